#include "sync/given_docker.h"

#include "sync/given_decode.h"
#include "yaml/stream.h"

static struct secret *string_secret(const struct node *node)
{
	struct str text = node_string(node);

	return text.len > 0 ? secret_new(text.ptr, text.len) : NULL;
}

/* Takes username and password out of base64 of "username:password". */
static bool take_authorization(struct given_registry *registry, struct str encoded)
{
	const char *problem;
	struct secret *text = secret_new(encoded.ptr, encoded.len), *decoded = given_decode(text, &problem);
	struct str pair, username;

	secret_free(text);
	if (!decoded)
		return false;
	pair = secret_str(decoded);
	username = str_cut(&pair, ':');
	if (!str_is_absent(pair)) {
		registry->username = secret_new(username.ptr, username.len);
		registry->password = secret_new(pair.ptr, pair.len);
	}
	secret_free(decoded);
	return registry->username != NULL;
}

static bool take_registry(struct given_values *out, const struct node_pair *pair)
{
	struct given_registry registry = {.host = arena_str(&out->arena, node_string(pair->key))};
	struct str authorization = node_string(node_get(pair->value, STR("auth")));

	if (!node_is_mapping(pair->value))
		return false;
	registry.username = string_secret(node_get(pair->value, STR("username")));
	registry.password = string_secret(node_get(pair->value, STR("password")));
	if (!registry.username && !registry.password && authorization.len > 0 &&
		!take_authorization(&registry, authorization))
		return false;
	*(struct given_registry *)vec_push(&out->registries) = registry;
	return true;
}

static const char *take_registries(struct given_values *out, const struct node *root)
{
	const struct node *registries = node_get(root, STR("auths"));
	const struct node_pair *pair;
	struct node_pairs walk;
	bool good = node_is_mapping(registries);

	node_pairs_begin(&walk, good ? registries : NULL);
	while (good && (pair = node_pairs_next(&walk)))
		good = take_registry(out, pair);
	node_pairs_end(&walk);
	return good ? NULL : "has no `auths` with a username and a password for each registry";
}

const char *given_docker_registries(struct given_values *out, struct str text)
{
	const char *problem = "is not JSON, as a Docker configuration is";
	struct yaml_stream *stream;
	struct arena arena;

	arena_init_sensitive(&arena);
	stream = json_load(&arena, STR("pull-secret"), arena_str(&arena, text));
	if (!stream->broken && node_is_mapping(yaml_root(stream)))
		problem = take_registries(out, yaml_root(stream));
	yaml_stream_release(stream);
	arena_release(&arena);
	return problem;
}
