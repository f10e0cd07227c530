#include "access/tokens.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "store/json_values.h"

void token_release(struct token *token)
{
	vec_release(&token->policies);
}

void tokens_release(struct vec *tokens)
{
	for (size_t i = 0; i < tokens->len; i++)
		token_release(vec_at(tokens, i));
	vec_release(tokens);
}

/* A lookup that is under way. */
struct lookup {
	struct access_session *session;
	struct secret *body;
	struct token token;
	bool found;
	struct error error;
};

static struct secret *lookup_body(struct str accessor)
{
	struct strbuf body = STRBUF_INIT;
	struct json_writer json;

	json_writer_init(&json, &body, 0);
	json_begin_object(&json);
	json_member_str(&json, "accessor", accessor);
	json_end_object(&json);
	json_writer_release(&json);
	struct secret *bytes = secret_new(body.ptr, body.len);
	strbuf_release(&body);
	return bytes;
}

static bool is_gone(const struct vault_answer *answer)
{
	return access_is_absent(answer) || vault_answer_says(answer, "errors", "invalid accessor");
}

static void on_lookup(void *context, const struct vault_answer *answer)
{
	struct lookup *lookup = context;
	struct arena *arena = &lookup->session->arena;
	const struct node *data = vault_answer_data(answer);

	if (answer->failure == HTTP_ANSWERED && !answer->success && is_gone(answer))
		return;
	if (!answer->success) {
		access_fail(answer, &lookup->error);
		return;
	}
	if (!data) {
		error_set(&lookup->error, ERROR_SYSTEM, "%s: what it answers about a token makes no sense",
			vault_server_name(lookup->session->server).ptr);
		return;
	}
	lookup->found = true;
	lookup->token.display_name = arena_str(arena, node_string(node_get(data, STR("display_name"))));
	lookup->token.expires = arena_str(arena, node_string(node_get(data, STR("expire_time"))));
	access_copy_list(&lookup->token.policies, arena, node_get(data, STR("policies")));
	if (!json_values_uint(&lookup->token.ttl, node_get(data, STR("ttl"))))
		lookup->token.ttl = 0;
}

static void lookup_start(struct lookup *lookup, struct access_session *session, struct str accessor)
{
	*lookup = (struct lookup){.session = session, .token = {.accessor = accessor}, .error = ERROR_INIT};
	vec_init(&lookup->token.policies, sizeof(struct str));
	lookup->body = lookup_body(accessor);
	vault_start(session->server, &(struct vault_request){.method = HTTP_POST,
					     .path = STR("auth/token/lookup-accessor"),
					     .query = STR_ABSENT,
					     .body = lookup->body,
					     .idempotent = true,
					     .answered = on_lookup,
					     .context = lookup});
}

/* Takes the token out of a lookup that is done. */
static bool lookup_end(struct lookup *lookup, struct token *token, struct error *error)
{
	bool good =
		lookup->error.kind == ERROR_NONE || error_set(error, lookup->error.kind, "%s", lookup->error.message);

	secret_free(lookup->body);
	error_release(&lookup->error);
	*token = lookup->token;
	return good;
}

bool token_look_up(
	struct token *token, bool *found, struct access_session *session, struct str accessor, struct error *error)
{
	struct lookup lookup;

	lookup_start(&lookup, session, accessor);
	http_run(session->http);
	*found = lookup.found;
	return lookup_end(&lookup, token, error);
}

/* The list of all tokens: */

struct listing {
	struct access_session *session;
	struct vec accessors; /* struct str */
	struct error error;
};

static void on_accessors(void *context, const struct vault_answer *answer)
{
	struct listing *listing = context;
	const struct node *data = vault_answer_data(answer);

	if (answer->success && data)
		access_copy_list(&listing->accessors, &listing->session->arena, node_get(data, STR("keys")));
	else if (!access_is_absent(answer))
		access_fail(answer, &listing->error);
}

static bool look_all_up(struct vec *tokens, const struct listing *listing, struct error *error)
{
	size_t count = listing->accessors.len;
	struct lookup *lookups = xcalloc(count, sizeof(*lookups));
	bool good = true;

	for (size_t i = 0; i < count; i++)
		lookup_start(&lookups[i], listing->session, *(struct str *)vec_at(&listing->accessors, i));
	http_run(listing->session->http);
	for (size_t i = 0; i < count; i++) {
		struct token token;
		good = lookup_end(&lookups[i], &token, error) && good;
		if (lookups[i].found && str_equal(token.display_name, listing->session->display_name))
			*(struct token *)vec_push(tokens) = token;
		else
			token_release(&token);
	}
	free(lookups);
	return good;
}

static int compare_tokens(const void *a, const void *b)
{
	return str_compare(((const struct token *)a)->accessor, ((const struct token *)b)->accessor);
}

bool tokens_find(struct vec *tokens, struct access_session *session, struct error *error)
{
	struct listing listing = {.session = session, .error = ERROR_INIT};

	vec_init(tokens, sizeof(struct token));
	vec_init(&listing.accessors, sizeof(struct str));
	access_ask(session, HTTP_LIST, STR("auth/token/accessors"), NULL, true, on_accessors, &listing);
	bool good =
		listing.error.kind == ERROR_NONE || error_set(error, listing.error.kind, "%s", listing.error.message);
	good = good && look_all_up(tokens, &listing, error);
	vec_sort(tokens, compare_tokens);
	error_release(&listing.error);
	vec_release(&listing.accessors);
	return good;
}

bool token_is_of_another(const struct token *token, const struct access_session *session)
{
	bool of_another = false;

	for (size_t i = 0; i < token->policies.len; i++) {
		struct str name = *(const struct str *)vec_at(&token->policies, i);
		if (str_equal(name, session->policies[POLICY_KIND_WRITE]))
			return false;
		of_another = of_another || str_ends_with(name, STR("/write"));
	}
	return of_another;
}
