/* The token that secrets are written with. */
#include <inttypes.h>

#include "access/credential.h"
#include "access/tokens.h"
#include "store/json_values.h"

/* A server may take a moment of the time that was asked for. */
#define TOLERANCE 60

struct creation {
	struct access_session *session;
	struct credential *credential;
	uint64_t granted; /* seconds */
	bool refused;
	struct error error;
};

/* Those that the new one takes the place of. */
static bool find_old(struct credential *credential, struct access_session *session, struct error *error)
{
	struct vec tokens;
	bool good = tokens_find(&tokens, session, error);

	for (size_t i = 0; good && i < tokens.len; i++) {
		const struct token *token = vec_at(&tokens, i);
		if (token_is_of_another(token, session))
			access_tell(session,
				"a token called %.*s (accessor %.*s) may write to another path, and is left alone",
				STR_ARG(token->display_name), STR_ARG(token->accessor));
		else
			*(struct str *)vec_push(&credential->old) = arena_str(&credential->arena, token->accessor);
	}
	tokens_release(&tokens);
	return good;
}

static void on_created(void *context, const struct vault_answer *answer)
{
	struct creation *creation = context;
	struct credential *credential = creation->credential;
	const struct node *auth = answer->root ? node_get(answer->root, STR("auth")) : NULL;
	struct str value = node_is_mapping(auth) ? node_string(node_get(auth, STR("client_token"))) : STR_ABSENT;

	error_release(&creation->error);
	creation->refused = answer->status == 403;
	if (!answer->success) {
		access_fail(answer, &creation->error);
		return;
	}
	if (value.len == 0) {
		error_set(&creation->error, ERROR_SYSTEM, "%s: the answer to a new token holds none",
			vault_server_name(creation->session->server).ptr);
		return;
	}
	credential->value = secret_new(value.ptr, value.len);
	credential->accessor = arena_str(&credential->arena, node_string(node_get(auth, STR("accessor"))));
	access_copy_list(&credential->policies, &credential->arena, node_get(auth, STR("token_policies")));
	if (!json_values_uint(&creation->granted, node_get(auth, STR("lease_duration"))))
		creation->granted = 0;
}

static void write_body(struct strbuf *body, const struct access_session *session, uint64_t lifetime)
{
	struct json_writer json;

	json_writer_init(&json, body, 0);
	json_begin_object(&json);
	json_member_str(&json, "display_name", session->name);
	json_key(&json, "policies");
	json_begin_array(&json);
	json_string(&json, session->policies[POLICY_KIND_WRITE]);
	json_end_array(&json);
	json_key(&json, "ttl");
	struct strbuf ttl = STRBUF_INIT;
	strbuf_append_uint(&ttl, lifetime);
	strbuf_append_char(&ttl, 's');
	json_string(&json, strbuf_str(&ttl));
	strbuf_release(&ttl);
	json_end_object(&json);
	json_writer_release(&json);
}

/* One that outlives the token which makes it, where that is allowed. */
static bool create(struct creation *creation, uint64_t lifetime, struct error *error)
{
	struct access_session *session = creation->session;
	struct strbuf body = STRBUF_INIT;

	write_body(&body, session, lifetime);
	access_ask(session, HTTP_POST, STR("auth/token/create-orphan"), &body, false, on_created, creation);
	if (creation->refused) {
		access_ask(session, HTTP_POST, STR("auth/token/create"), &body, false, on_created, creation);
		if (!creation->refused && creation->error.kind == ERROR_NONE)
			access_tell(session, "the new token ends with the one that made it, which may not make others "
					     "(auth/token/create-orphan)");
	}
	strbuf_release(&body);
	bool good = creation->error.kind == ERROR_NONE ||
		    error_set(error, creation->error.kind, "%s", creation->error.message);
	error_release(&creation->error);
	return good;
}

/* When it ends. The token is there whatever becomes of this: it has to be printed. */
static void describe(struct creation *creation, uint64_t lifetime)
{
	struct credential *credential = creation->credential;
	struct access_session *session = creation->session;
	struct error error = ERROR_INIT;
	struct token token;
	bool found;

	if (token_look_up(&token, &found, session, credential->accessor, &error) && found) {
		credential->display_name = arena_str(&credential->arena, token.display_name);
		credential->expires = arena_str(&credential->arena, token.expires);
	} else {
		credential->display_name = arena_str(&credential->arena, session->display_name);
		access_tell(session, "when the new token expires is not known: %s",
			error.message ? error.message : "the server does not find it");
	}
	token_release(&token);
	error_release(&error);
	if (creation->granted > 0 && creation->granted + TOLERANCE < lifetime)
		access_tell(session,
			"the server grants the token %" PRIu64 " hours instead of %" PRIu64
			"%s%.*s: its max_lease_ttl bounds them; renew it in time, or have that raised and make another",
			creation->granted / 3600, lifetime / 3600, str_is_absent(credential->expires) ? "" : ", until ",
			STR_ARG(credential->expires));
}

bool credential_make_token(
	struct credential *credential, struct access_session *session, uint64_t lifetime, struct error *error)
{
	struct creation creation = {.session = session, .credential = credential, .error = ERROR_INIT};

	if (!find_old(credential, session, error) || !access_write_policy(session, POLICY_KIND_WRITE, error) ||
		!create(&creation, lifetime, error))
		return false;
	describe(&creation, lifetime);
	return true;
}
