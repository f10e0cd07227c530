/* What the token may do, before anything is written. */
#include <stdlib.h>

#include "base/strbuf.h"
#include "base/xalloc.h"
#include "store/json_values.h"
#include "store/vault_private.h"

/* What a purpose needs of every entry. */
static const struct need {
	enum store_purpose purpose;
	const char *part; /* of a KV engine of version 2 */
	struct str capability;
} needs[] = {
	{STORE_READ, "data", {"read", 4}},
	{STORE_WRITE, "data", {"create", 6}},
	{STORE_WRITE, "data", {"update", 6}},
	{STORE_DELETE, "delete", {"update", 6}},
};

#define NEED_COUNT (sizeof(needs) / sizeof(needs[0]))

/* Stands for any entry: the policies that we write grant to all of them. */
static const char any_name[] = "+";

/* An entry that nobody has, for requests that must change nothing. */
static const char probe_name[] = "aspis-probe";

struct asking {
	struct vault_store *vault;
	unsigned purposes;
	vault_verdict_done *done;
	void *context;
	struct arena arena;
	struct secret *body;
	struct vault_verdict verdict;
	size_t pending;
};

static struct asking *asking_new(struct vault_store *vault, unsigned purposes, vault_verdict_done *done, void *context)
{
	struct asking *asking = xcalloc(1, sizeof(*asking));

	*asking = (struct asking){.vault = vault, .purposes = purposes, .done = done, .context = context};
	arena_init(&asking->arena);
	return asking;
}

static void finish(struct asking *asking)
{
	asking->done(asking->context, &asking->verdict);
	error_release(&asking->verdict.error);
	secret_free(asking->body);
	arena_release(&asking->arena);
	free(asking);
}

static struct str need_path(const struct asking *asking, struct arena *arena, const struct need *need, const char *name)
{
	return vault_path(asking->vault, arena, need->part, str_of(name));
}

static void judge(struct asking *asking, const struct vault_answer *answer)
{
	for (size_t i = 0; i < NEED_COUNT; i++) {
		struct str path = need_path(asking, &asking->arena, &needs[i], any_name);

		if ((asking->purposes & needs[i].purpose) != 0 && !vault_may(answer->root, path, needs[i].capability))
			asking->verdict.lacking |= 1u << i;
	}
}

static void on_capabilities(void *context, const struct vault_answer *answer)
{
	struct asking *asking = context;
	struct error *error = &asking->verdict.error;

	asking->verdict.was_told = answer->success && answer->root;
	if (asking->verdict.was_told)
		judge(asking, answer);
	else if (answer->success)
		error_set(error, ERROR_SYSTEM, "%s: the answer to what the token may do is empty: is this a Vault?",
			vault_server_name(asking->vault->server).ptr);
	else if (!vault_answer_refuses(answer))
		error_set(error, ERROR_SYSTEM, "%s", answer->message.ptr);
	finish(asking);
}

/* {"paths": […]}, each path once. */
static struct secret *make_body(struct asking *asking)
{
	struct strbuf text = STRBUF_INIT;
	struct secret *body;

	strbuf_append_c(&text, "{\"paths\":[");
	for (size_t i = 0; i < NEED_COUNT; i++) {
		struct str path = need_path(asking, &asking->arena, &needs[i], any_name);
		struct secret *quoted;

		if ((asking->purposes & needs[i].purpose) == 0 || (i > 0 && needs[i - 1].purpose == needs[i].purpose))
			continue;
		quoted = json_values_quote(path);
		if (text.ptr[text.len - 1] != '[')
			strbuf_append_char(&text, ',');
		strbuf_append_bytes(&text, secret_bytes(quoted), secret_size(quoted));
		secret_free(quoted);
	}
	strbuf_append_c(&text, "]}");
	body = secret_new(text.ptr, text.len);
	strbuf_release(&text);
	return body;
}

void vault_capabilities_start(struct vault_store *vault, unsigned purposes, vault_verdict_done *done, void *context)
{
	struct asking *asking = asking_new(vault, purposes, done, context);

	asking->body = make_body(asking);
	vault_start(vault->server, &(struct vault_request){
					   .method = HTTP_POST,
					   .path = STR("sys/capabilities-self"),
					   .body = asking->body,
					   .idempotent = true,
					   .answered = on_capabilities,
					   .context = asking,
				   });
}

/* A request that is allowed fails with 400, for what it asks for can never be; one that is not, with 403. */
static const struct probe {
	enum store_purpose purpose;
	const char *part;
	unsigned needs; /* bits: what is lacking where it is refused */
	const char *body;
} probes[] = {
	{STORE_WRITE, "data", 1u << 1 | 1u << 2, "{\"data\":{},\"options\":{\"cas\":9007199254740991}}"},
	{STORE_DELETE, "delete", 1u << 3, "{\"versions\":[]}"},
};

struct probing {
	struct asking *asking;
	const struct probe *probe;
	struct secret *body;
};

static void settle(struct asking *asking)
{
	if (--asking->pending == 0)
		finish(asking);
}

static void on_probe(void *context, const struct vault_answer *answer)
{
	struct probing *probing = context;
	struct asking *asking = probing->asking;

	if (answer->failure == HTTP_ANSWERED && answer->status == 403)
		asking->verdict.lacking |= probing->probe->needs;
	else if (!answer->success && answer->status != 400)
		error_set(&asking->verdict.error, ERROR_SYSTEM, "%s", answer->message.ptr);
	secret_free(probing->body);
	free(probing);
	settle(asking);
}

void vault_probe_start(struct vault_store *vault, unsigned purposes, vault_verdict_done *done, void *context)
{
	struct asking *asking = asking_new(vault, purposes, done, context);

	asking->verdict.was_told = true;
	asking->pending = 1;
	for (size_t i = 0; i < sizeof(probes) / sizeof(probes[0]); i++) {
		struct probing *probing;

		if ((purposes & probes[i].purpose) == 0)
			continue;
		probing = xcalloc(1, sizeof(*probing));
		probing->asking = asking;
		probing->probe = &probes[i];
		probing->body = secret_new(probes[i].body, strlen(probes[i].body));
		asking->pending++;
		vault_start(vault->server,
			&(struct vault_request){
				.method = HTTP_POST,
				.path = vault_path(vault, &asking->arena, probes[i].part, str_of(probe_name)),
				.body = probing->body,
				.answered = on_probe,
				.context = probing,
			});
	}
	settle(asking);
}

unsigned vault_lacking_without(unsigned lacking, enum store_purpose purpose)
{
	for (size_t i = 0; i < NEED_COUNT; i++) {
		if (needs[i].purpose == purpose)
			lacking &= ~(1u << i);
	}
	return lacking;
}

/* As "create, update on secret/data/phalanx/example/…; update on …", with an asterisk at the ends. */
static void append_lacking(struct strbuf *out, const struct vault_store *vault, unsigned lacking)
{
	struct arena arena;

	arena_init(&arena);
	for (size_t i = 0; i < NEED_COUNT; i++) {
		bool goes_on = i + 1 < NEED_COUNT && (lacking & 1u << (i + 1)) != 0 &&
			       strcmp(needs[i].part, needs[i + 1].part) == 0;

		if ((lacking & 1u << i) == 0)
			continue;
		strbuf_append(out, needs[i].capability);
		if (goes_on)
			strbuf_append_c(out, ", ");
		else
			strbuf_printf(out, " on %s%s", vault_path(vault, &arena, needs[i].part, STR("*")).ptr,
				lacking >> (i + 1) != 0 ? "; " : "");
	}
	arena_release(&arena);
}

void vault_lacking_error(const struct vault_store *vault, unsigned lacking, struct error *error)
{
	struct strbuf text = STRBUF_INIT;

	append_lacking(&text, vault, lacking);
	error_set(error, ERROR_SYSTEM,
		"%s: the token lacks capabilities (%s): use a token with the policy that this environment needs",
		vault_server_name(vault->server).ptr, text.ptr);
	strbuf_release(&text);
}
