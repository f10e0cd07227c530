/* The forms of values that are JSON. */
#include "base/base64.h"
#include "generate/json_private.h"
#include "generate/verify.h"

/* A clause of what is wrong with the value of a text; NULL: nothing. */
typedef const char *judge_json(const struct node *root);

static const char *verify_as(struct secret *value, judge_json *judge)
{
	struct secret_json json;
	const char *problem;

	secret_json_init(&json, value);
	problem = json.root ? judge(json.root) : "is not JSON";
	secret_json_release(&json);
	return problem;
}

static const char *judge_any(const struct node *root)
{
	(void)root;
	return NULL;
}

const char *verify_json(struct secret *value)
{
	return verify_as(value, judge_any);
}

static const char *judge_client(const struct node *client)
{
	static const char *const members[] = {"id", "secret", "return_uri"};

	if (client->type != TYPE_MAP)
		return "is a JSON list of something else than objects";
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		if (!node_is_string(node_get(client, str_of(members[i]))))
			return "has a client without one of the strings id, secret and return_uri";
	}
	return NULL;
}

static const char *judge_clients(const struct node *root)
{
	const char *problem = NULL;

	if (root->type != TYPE_SEQ)
		return "is not a JSON list";
	for (uint32_t i = 0; !problem && i < root->sequence.count; i++)
		problem = judge_client(root->sequence.items[i]);
	return problem;
}

const char *verify_oidc_clients(struct secret *value)
{
	return verify_as(value, judge_clients);
}

/* Whether what is encoded is username, a colon and password; absent ones are not compared. */
static bool auth_fits(struct secret *decoded, struct str username, struct str password)
{
	struct str text = secret_str(decoded);
	size_t colon;

	if (!str_is_absent(username)) {
		/* A user name may have a colon in it. */
		if (!str_starts_with(text, username))
			return false;
		text = str_slice(text, username.len, text.len);
		colon = text.len > 0 && text.ptr[0] == ':' ? 0 : text.len;
	} else {
		colon = str_find(text, ':');
	}
	return colon < text.len &&
	       (str_is_absent(password) || str_equal(str_slice(text, colon + 1, text.len), password));
}

static const char *judge_auth(struct str auth, struct str username, struct str password)
{
	struct secret *text = secret_new(auth.ptr, auth.len);
	struct secret *decoded = base64_decode(text);
	const char *problem = NULL;

	if (!decoded)
		problem = "has a host whose auth is not base64";
	else if (!auth_fits(decoded, username, password))
		problem = "has a host whose auth does not fit its username and password";
	secret_free(decoded);
	secret_free(text);
	return problem;
}

static bool is_string_or_absent(const struct node *node)
{
	return !node || node_is_string(node);
}

static const char *judge_login(const struct node *login)
{
	const struct node *auth = node_get(login, STR("auth"));
	const struct node *username = node_get(login, STR("username")), *password = node_get(login, STR("password"));

	if (login->type != TYPE_MAP)
		return "has a host whose login is not an object";
	if (!is_string_or_absent(auth) || !is_string_or_absent(username) || !is_string_or_absent(password))
		return "has a host whose auth, username or password is not a string";
	if (auth)
		return judge_auth(node_string(auth), node_string(username), node_string(password));
	/* What some registries hand out in the place of a password. */
	if ((username && password) || node_get(login, STR("identitytoken")) || node_get(login, STR("registrytoken")))
		return NULL;
	return "has a host with neither auth nor username and password";
}

static const char *judge_docker_config(const struct node *root)
{
	const struct node *auths = node_get(root, STR("auths"));
	const struct node_pair *pair;
	const char *problem = NULL;
	struct node_pairs walk;

	if (!node_is_mapping(root) || !auths)
		return "is not a JSON object with auths";
	if (!node_is_mapping(auths))
		return "has auths that are not an object of logins by host";
	for (node_pairs_begin(&walk, auths); !problem && (pair = node_pairs_next(&walk));)
		problem = judge_login(pair->value);
	node_pairs_end(&walk);
	return problem;
}

const char *verify_docker_config(struct secret *value)
{
	return verify_as(value, judge_docker_config);
}
