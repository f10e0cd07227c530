/* The AppRole that secrets are read with. */
#include "access/approle.h"

#include "access/credential.h"
#include "store/json_values.h"

/* What is filled in from an answer. */
struct reading {
	struct access_session *session;
	struct approle *approle;
	struct credential *credential;
	struct error error;
};

static struct str role_path(struct access_session *session, const char *tail)
{
	return arena_printf(&session->arena, "auth/approle/role/%.*s%s", STR_ARG(session->name), tail);
}

/* Asks for something of the role. False and an error where that fails. */
static bool ask(struct reading *reading, enum http_method method, const char *tail, const struct strbuf *body,
	bool idempotent, vault_answered *answered, struct error *error)
{
	access_ask(reading->session, method, role_path(reading->session, tail), body, idempotent, answered, reading);
	if (reading->error.kind == ERROR_NONE)
		return true;
	error_set(error, reading->error.kind, "%s", reading->error.message);
	error_release(&reading->error);
	return false;
}

static void fail(struct reading *reading, const struct vault_answer *answer)
{
	if (answer->status == 404 && vault_answer_says(answer, "errors", "no handler for route"))
		error_set(&reading->error, ERROR_SYSTEM,
			"%s: AppRoles are not enabled there: `vault auth enable approle`",
			vault_server_name(reading->session->server).ptr);
	else
		access_fail(answer, &reading->error);
}

static void make_no_sense(struct reading *reading)
{
	error_set(&reading->error, ERROR_SYSTEM, "%s: what it answers about the AppRole %.*s makes no sense",
		vault_server_name(reading->session->server).ptr, STR_ARG(reading->session->name));
}

/* The object `data` of an answer; NULL and an error where there is none. */
static const struct node *data_of(struct reading *reading, const struct vault_answer *answer)
{
	const struct node *data = vault_answer_data(answer);

	if (!answer->success)
		fail(reading, answer);
	else if (!data)
		make_no_sense(reading);
	return answer->success ? data : NULL;
}

static uint64_t number_of(const struct node *data, const char *key)
{
	uint64_t number = 0;

	return json_values_uint(&number, node_get(data, str_of(key))) ? number : 0;
}

static void on_role(void *context, const struct vault_answer *answer)
{
	struct reading *reading = context;
	struct approle *approle = reading->approle;
	const struct node *data = access_is_absent(answer) ? NULL : data_of(reading, answer);

	if (!data)
		return;
	approle->exists = true;
	access_copy_list(&approle->policies, &reading->session->arena, node_get(data, STR("token_policies")));
	approle->token_ttl = number_of(data, "token_ttl");
	approle->token_max_ttl = number_of(data, "token_max_ttl");
}

bool approle_read(struct approle *approle, struct access_session *session, struct error *error)
{
	struct reading reading = {.session = session, .approle = approle, .error = ERROR_INIT};

	*approle = (struct approle){.exists = false};
	vec_init(&approle->policies, sizeof(struct str));
	return ask(&reading, HTTP_GET, "", NULL, true, on_role, error);
}

void approle_release(struct approle *approle)
{
	vec_release(&approle->policies);
}

/* Making it: */

static void on_accessors(void *context, const struct vault_answer *answer)
{
	struct reading *reading = context;
	const struct node *data = access_is_absent(answer) ? NULL : data_of(reading, answer);

	if (data)
		access_copy_list(&reading->credential->old, &reading->credential->arena, node_get(data, STR("keys")));
}

/* AppRoles are named after the last component of a path alone, so that two environments may want one of the same name. Making it anew would take it, and its SecretIDs,
 * from the other. */
static bool is_ours(const struct approle *approle, const struct access_session *session, struct error *error)
{
	struct str ours = session->policies[POLICY_KIND_READ];
	struct str foreign = STR_ABSENT;

	for (size_t i = 0; i < approle->policies.len; i++) {
		struct str policy = *(struct str *)vec_at(&approle->policies, i);

		if (str_equal(policy, ours))
			return true;
		if (str_ends_with(policy, STR("/read")))
			foreign = policy;
	}
	if (str_is_absent(foreign))
		return true;
	return error_set(error, ERROR_SYSTEM,
		"%s: the AppRole %.*s is there for another path: it has the policy %.*s, not %.*s. Making it anew "
		"would "
		"destroy the credentials of who reads there; where nobody does any more, remove it first: "
		"vault delete auth/approle/role/%.*s",
		vault_server_name(session->server).ptr, STR_ARG(session->name), STR_ARG(foreign), STR_ARG(ours),
		STR_ARG(session->name));
}

/* The SecretIDs that there are. */
static bool find_old(struct reading *reading, struct error *error)
{
	struct approle approle;

	bool good = approle_read(&approle, reading->session, error) && is_ours(&approle, reading->session, error) &&
		    (!approle.exists || ask(reading, HTTP_LIST, "/secret-id", NULL, true, on_accessors, error));
	approle_release(&approle);
	return good;
}

static void on_written(void *context, const struct vault_answer *answer)
{
	if (!answer->success)
		fail(context, answer);
}

static bool write_role(struct reading *reading, uint64_t token_lifetime, struct error *error)
{
	struct strbuf body = STRBUF_INIT;
	struct json_writer json;

	json_writer_init(&json, &body, 0);
	json_begin_object(&json);
	json_key(&json, "token_policies");
	json_begin_array(&json);
	json_string(&json, reading->session->policies[POLICY_KIND_READ]);
	json_end_array(&json);
	json_member_c(&json, "token_type", "service");
	if (token_lifetime > 0) {
		json_member_uint(&json, "token_ttl", token_lifetime);
		json_member_uint(&json, "token_max_ttl", token_lifetime);
	}
	json_end_object(&json);
	json_writer_release(&json);
	bool done = ask(reading, HTTP_POST, "", &body, true, on_written, error);
	strbuf_release(&body);
	return done;
}

static void on_role_id(void *context, const struct vault_answer *answer)
{
	struct reading *reading = context;
	const struct node *data = data_of(reading, answer);
	struct str role_id = data ? node_string(node_get(data, STR("role_id"))) : STR_ABSENT;

	if (data && role_id.len == 0)
		make_no_sense(reading);
	reading->credential->role_id = arena_str(&reading->credential->arena, role_id);
}

/* What the server has made of it. */
static bool describe_role(struct reading *reading, struct error *error)
{
	struct credential *credential = reading->credential;
	struct approle approle;
	bool good = approle_read(&approle, reading->session, error);

	for (size_t i = 0; i < approle.policies.len; i++)
		*(struct str *)vec_push(&credential->policies) =
			arena_str(&credential->arena, *(struct str *)vec_at(&approle.policies, i));
	credential->token_ttl = approle.token_ttl;
	credential->token_max_ttl = approle.token_max_ttl;
	approle_release(&approle);
	return good;
}

static void on_secret_id(void *context, const struct vault_answer *answer)
{
	struct reading *reading = context;
	struct credential *credential = reading->credential;
	const struct node *data = data_of(reading, answer);
	struct str value = data ? node_string(node_get(data, STR("secret_id"))) : STR_ABSENT;
	struct str accessor = data ? node_string(node_get(data, STR("secret_id_accessor"))) : STR_ABSENT;

	if (!data)
		return;
	if (value.len == 0 || accessor.len == 0) {
		make_no_sense(reading);
		return;
	}
	credential->value = secret_new(value.ptr, value.len);
	credential->accessor = arena_str(&credential->arena, accessor);
}

bool credential_make_approle(
	struct credential *credential, struct access_session *session, uint64_t token_lifetime, struct error *error)
{
	struct reading reading = {.session = session, .credential = credential, .error = ERROR_INIT};
	struct strbuf nothing = STRBUF_INIT;

	strbuf_append_c(&nothing, "{}");
	bool made = find_old(&reading, error) && access_write_policy(session, POLICY_KIND_READ, error) &&
		    write_role(&reading, token_lifetime, error) &&
		    ask(&reading, HTTP_GET, "/role-id", NULL, true, on_role_id, error) &&
		    describe_role(&reading, error) &&
		    ask(&reading, HTTP_POST, "/secret-id", &nothing, false, on_secret_id, error);
	strbuf_release(&nothing);
	return made;
}
