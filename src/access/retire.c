/* The end of credentials that a new one has taken the place of. */
#include <stdlib.h>

#include "access/credential.h"
#include "base/xalloc.h"

static const struct {
	const char *name;   /* of one of them */
	const char *member; /* of the request's body */
} kinds[] = {
	[CREDENTIAL_READ_APPROLE] = {"SecretID", "secret_id_accessor"},
	[CREDENTIAL_WRITE_TOKEN] = {"write token", "accessor"},
};

struct retirement {
	struct access_session *session;
	struct secret *body;
	bool done;
	struct error error;
};

static void on_retired(void *context, const struct vault_answer *answer)
{
	struct retirement *retirement = context;

	/* It may have ended by itself, or with an attempt that got no answer. */
	retirement->done =
		answer->success ||
		(answer->failure == HTTP_ANSWERED &&
			(access_is_absent(answer) || vault_answer_says(answer, "errors", "invalid accessor") ||
				vault_answer_says(answer, "errors", "failed to find accessor")));
	if (!retirement->done)
		access_fail(answer, &retirement->error);
}

static struct secret *body_of(enum credential_kind kind, struct str accessor)
{
	struct strbuf body = STRBUF_INIT;
	struct json_writer json;

	json_writer_init(&json, &body, 0);
	json_begin_object(&json);
	json_member_str(&json, kinds[kind].member, accessor);
	json_end_object(&json);
	json_writer_release(&json);
	struct secret *bytes = secret_new(body.ptr, body.len);
	strbuf_release(&body);
	return bytes;
}

static struct str path_of(struct access_session *session, enum credential_kind kind)
{
	if (kind == CREDENTIAL_WRITE_TOKEN)
		return STR("auth/token/revoke-accessor");
	return arena_printf(
		&session->arena, "auth/approle/role/%.*s/secret-id-accessor/destroy", STR_ARG(session->name));
}

static void start(
	struct retirement *retirement, struct access_session *session, enum credential_kind kind, struct str accessor)
{
	*retirement = (struct retirement){.session = session, .error = ERROR_INIT};
	retirement->body = body_of(kind, accessor);
	vault_start(session->server, &(struct vault_request){.method = HTTP_POST,
					     .path = path_of(session, kind),
					     .query = STR_ABSENT,
					     .body = retirement->body,
					     .idempotent = true,
					     .answered = on_retired,
					     .context = retirement});
}

bool credential_retire(
	const struct credential *credential, struct access_session *session, size_t *count, struct error *error)
{
	const struct vec *old = &credential->old;
	struct retirement *retirements = xcalloc(old->len, sizeof(*retirements));
	struct strbuf left = STRBUF_INIT;

	*count = 0;
	for (size_t i = 0; i < old->len; i++)
		start(&retirements[i], session, credential->kind, *(struct str *)vec_at(old, i));
	http_run(session->http);
	for (size_t i = 0; i < old->len; i++) {
		*count += retirements[i].done;
		if (!retirements[i].done)
			strbuf_printf(&left, "\nthe old %s with the accessor %.*s is still valid: %s",
				kinds[credential->kind].name, STR_ARG(*(struct str *)vec_at(old, i)),
				retirements[i].error.message);
		error_release(&retirements[i].error);
		secret_free(retirements[i].body);
	}
	free(retirements);
	bool all = left.len == 0 || error_set(error, ERROR_SYSTEM, "%s", left.ptr + 1);
	strbuf_release(&left);
	return all;
}
