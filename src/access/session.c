#include "access/session.h"

#include <stdarg.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "store/vault_answer.h"

void access_tell(const struct access_session *session, const char *format, ...)
{
	struct strbuf text = STRBUF_INIT, visible = STRBUF_INIT;
	va_list args;

	va_start(args, format);
	strbuf_vprintf(&text, format, args);
	va_end(args);
	strbuf_append_visible(&visible, strbuf_str(&text));
	if (session->warn)
		session->warn(session->warn_context, visible.ptr);
	strbuf_release(&text);
	strbuf_release(&visible);
}

void access_ask(struct access_session *session, enum http_method method, struct str path, const struct strbuf *body,
	bool idempotent, vault_answered *answered, void *context)
{
	struct secret *bytes = body ? secret_new(body->ptr, body->len) : NULL;

	vault_start(session->server, &(struct vault_request){.method = method,
					     .path = path,
					     .query = STR_ABSENT,
					     .body = bytes,
					     .idempotent = idempotent,
					     .answered = answered,
					     .context = context});
	http_run(session->http);
	secret_free(bytes);
}

bool access_fail(const struct vault_answer *answer, struct error *error)
{
	return error_set(error, ERROR_SYSTEM, "%.*s%s", STR_ARG(answer->message),
		answer->status == 403 ? "; this takes a token that may manage policies, AppRoles and tokens" : "");
}

bool access_is_absent(const struct vault_answer *answer)
{
	/* What stands between here and Vault says 404 in another way. */
	return answer->status == 404 && vault_answer_is_silent(answer);
}

void access_copy_list(struct vec *out, struct arena *arena, const struct node *list)
{
	if (!node_is_sequence(list))
		return;
	for (uint32_t i = 0; i < list->sequence.count; i++) {
		struct str text = node_string(list->sequence.items[i]);
		if (!str_is_absent(text))
			*(struct str *)vec_push(out) = arena_str(arena, text);
	}
}

/* Where the prefix is mounted: */

struct mount_answer {
	struct access_session *session;
	struct str prefix;
	struct error error;
};

/* What the server does not say, perhaps to this token alone, is the first component. */
static void on_mount(void *context, const struct vault_answer *answer)
{
	struct mount_answer *mount_answer = context;
	struct access_session *session = mount_answer->session;
	struct str prefix = mount_answer->prefix;
	struct vault_mount mount;

	session->mount = str_slice(prefix, 0, str_find(prefix, '/'));
	if (answer->failure != HTTP_ANSWERED || answer->status >= 500 || answer->status == 429)
		access_fail(answer, &mount_answer->error);
	else if (answer->success && vault_mount_read(&mount, answer->arena, answer->root, prefix))
		session->mount = arena_str(&session->arena, mount.path);
}

/* As Vault makes display names of what is asked for. */
static struct str display_name(struct arena *arena, struct str name)
{
	struct str text = arena_printf(arena, "token-%.*s", STR_ARG(name));
	char *bytes = arena_bytes(arena, text.len + 1);

	for (size_t i = 0; i < text.len; i++)
		bytes[i] = ascii_is_alnum(text.ptr[i]) ? text.ptr[i] : '-';
	while (text.len > 0 && bytes[text.len - 1] == '-')
		text.len--;
	bytes[text.len] = '\0';
	return (struct str){.ptr = bytes, .len = text.len};
}

/* Vault has names of policies in small letters. */
static struct str policy_name(struct arena *arena, struct str path, const char *tail)
{
	struct str text = arena_printf(arena, "%.*s/%s", STR_ARG(path), tail);
	char *bytes = arena_bytes(arena, text.len + 1);

	for (size_t i = 0; i < text.len; i++)
		bytes[i] = ascii_to_lower(text.ptr[i]);
	bytes[text.len] = '\0';
	return (struct str){.ptr = bytes, .len = text.len};
}

static bool name_all(struct access_session *session, struct str prefix, struct error *error)
{
	size_t slash;

	session->path = str_slice(prefix, session->mount.len + 1, prefix.len);
	if (session->path.len == 0)
		return error_set(error, ERROR_USAGE,
			"vaultPathPrefix (%.*s) is a mount as a whole: it has to name a path below one, such as "
			"secret/phalanx/example",
			STR_ARG(prefix));
	slash = str_find_last(session->path, '/');
	session->name =
		slash < session->path.len ? str_slice(session->path, slash + 1, session->path.len) : session->path;
	session->name = arena_str(&session->arena, session->name);
	session->display_name = display_name(&session->arena, session->name);
	session->policies[POLICY_KIND_READ] = policy_name(&session->arena, session->path, "read");
	session->policies[POLICY_KIND_WRITE] = policy_name(&session->arena, session->path, "write");
	return true;
}

/* Without slashes at the ends, and doubled ones. */
static struct str clean_prefix(struct arena *arena, struct str prefix)
{
	struct strbuf text = STRBUF_INIT;

	while (!str_is_absent(prefix)) {
		struct str component = str_cut(&prefix, '/');
		if (component.len > 0 && text.len > 0)
			strbuf_append_char(&text, '/');
		strbuf_append(&text, component);
	}
	prefix = arena_str(arena, strbuf_str(&text));
	strbuf_release(&text);
	return prefix;
}

bool access_open(
	struct access_session *session, struct http *http, const struct vault_settings *settings, struct error *error)
{
	struct mount_answer answer = {.session = session, .error = ERROR_INIT};

	*session = (struct access_session){.http = http};
	arena_init(&session->arena);
	answer.prefix = clean_prefix(&session->arena, settings->prefix);
	if (!policy_can_name(answer.prefix))
		return error_set(error, ERROR_USAGE,
			"vaultPathPrefix (%.*s) cannot stand in a policy: quotes, backslashes, braces, $, * and "
			"components "
			"that are +, . or .. mean something else there",
			STR_ARG(answer.prefix));
	session->server = vault_server_new(http, settings->url, settings->namespace_name, settings->token, error);
	if (!session->server)
		return false;
	access_ask(session, HTTP_GET,
		arena_printf(&session->arena, "sys/internal/ui/mounts/%.*s", STR_ARG(answer.prefix)), NULL, true,
		on_mount, &answer);
	bool reached =
		answer.error.kind == ERROR_NONE || error_set(error, answer.error.kind, "%s", answer.error.message);
	error_release(&answer.error);
	return reached && name_all(session, answer.prefix, error);
}

void access_close(struct access_session *session)
{
	vault_server_free(session->server);
	arena_release(&session->arena);
}

/* Policies: */

/* The API for policies of today, and the one that Phalanx's own command uses: a token may be let into either. */
static const char *const policy_folders[] = {"sys/policies/acl", "sys/policy"};

#define POLICY_FOLDER_COUNT (sizeof(policy_folders) / sizeof(policy_folders[0]))

struct policy_answer {
	struct access_session *session;
	struct str *text; /* NULL: it is written */
	bool refused;
	struct error error;
};

static void on_policy(void *context, const struct vault_answer *answer)
{
	struct policy_answer *policy = context;

	policy->refused = answer->status == 403;
	error_release(&policy->error);
	if (!answer->success && !(policy->text && access_is_absent(answer)))
		access_fail(answer, &policy->error);
	if (policy->text && answer->success) {
		const struct node *data = vault_answer_data(answer);
		struct str text = data ? node_string(node_get(data, STR("policy"))) : STR_ABSENT;

		if (str_is_absent(text) && data)
			text = node_string(node_get(data, STR("rules")));
		if (str_is_absent(text))
			error_set(&policy->error, ERROR_SYSTEM, "%s: the answer holds no policy",
				vault_server_name(policy->session->server).ptr);
		*policy->text = arena_str(&policy->session->arena, text);
	}
}

static bool ask_policy(struct access_session *session, enum http_method method, struct str name,
	const struct strbuf *body, struct str *text, struct error *error)
{
	struct policy_answer answer = {.session = session, .text = text, .refused = true, .error = ERROR_INIT};

	for (size_t i = 0; i < POLICY_FOLDER_COUNT && answer.refused; i++)
		access_ask(session, method, arena_printf(&session->arena, "%s/%.*s", policy_folders[i], STR_ARG(name)),
			body, true, on_policy, &answer);
	bool good = answer.error.kind == ERROR_NONE || error_set(error, answer.error.kind, "%s", answer.error.message);
	error_release(&answer.error);
	return good;
}

bool access_write_policy(struct access_session *session, enum policy_kind kind, struct error *error)
{
	struct strbuf body = STRBUF_INIT;
	struct json_writer json;

	json_writer_init(&json, &body, 0);
	json_begin_object(&json);
	json_member_str(&json, "policy", policy_text(&session->arena, kind, session->mount, session->path));
	json_end_object(&json);
	json_writer_release(&json);
	bool done = ask_policy(session, HTTP_PUT, session->policies[kind], &body, NULL, error);
	strbuf_release(&body);
	return done;
}

bool access_read_policy(struct access_session *session, struct str name, struct str *text, struct error *error)
{
	*text = STR_ABSENT;
	return ask_policy(session, HTTP_GET, name, NULL, text, error);
}
