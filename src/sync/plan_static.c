#include "sync/plan_static.h"

#include <string.h>

static const char *const state_names[] = {
	[GIVEN_VALUE] = "value",
	[GIVEN_KEEP] = "keep",
	[GIVEN_MISSING] = "missing",
	[GIVEN_MALFORMED] = "malformed",
};

static struct str hexadecimal(struct arena *arena, const unsigned char digest[DIGEST_SIZE])
{
	static const char digits[] = "0123456789abcdef";
	char *text = arena_bytes(arena, 2 * DIGEST_SIZE);

	for (size_t i = 0; i < DIGEST_SIZE; i++) {
		text[2 * i] = digits[digest[i] >> 4];
		text[2 * i + 1] = digits[digest[i] & 15];
	}
	return (struct str){.ptr = text, .len = 2 * DIGEST_SIZE};
}

bool plan_digest_named(struct str *out, struct arena *arena, struct str name, struct secret *value, struct secret *key,
	struct error *error)
{
	struct secret *text = secret_new(NULL, name.len + 1 + secret_size(value));
	unsigned char digest[DIGEST_SIZE];
	char *bytes = secret_bytes(text);
	bool good;

	memcpy(bytes, name.ptr, name.len);
	bytes[name.len] = '\0';
	memcpy(bytes + name.len + 1, secret_bytes(value), secret_size(value));
	good = digest_value(digest, key, text, error);
	if (good)
		*out = hexadecimal(arena, digest);
	secret_free(text);
	return good;
}

/* What is taken along while the values are gone through. */
struct digester {
	struct vec *out;
	struct arena *arena;
	struct secret *key;
	struct error *error;
};

static bool add(struct digester *digester, struct str name, enum given_state state, struct secret *value)
{
	struct plan_static *item = vec_push(digester->out);

	*item = (struct plan_static){.name = name, .state = str_of(state_names[state])};
	return !value || plan_digest_named(&item->digest, digester->arena, name, value, digester->key, digester->error);
}

static bool add_part(
	struct digester *digester, const char *kind, struct str owner, const char *part, struct secret *value)
{
	struct str name = arena_printf(digester->arena, "%s %.*s %s", kind, STR_ARG(owner), part);

	return add(digester, name, value ? GIVEN_VALUE : GIVEN_KEEP, value);
}

static bool add_registries(struct digester *digester, const struct given_values *given)
{
	bool good = true;

	if (given->names_pull_secret)
		good = add(digester, STR("pull-secret"), GIVEN_KEEP, NULL);
	for (size_t i = 0; i < given->registries.len && good; i++) {
		const struct given_registry *registry = vec_at(&given->registries, i);

		good = add_part(digester, "pull-secret", registry->host, "username", registry->username) &&
		       add_part(digester, "pull-secret", registry->host, "password", registry->password);
	}
	return good;
}

static bool add_clients(struct digester *digester, const struct given_values *given)
{
	bool good = true;

	if (given->names_oidc_clients)
		good = add(digester, STR("oidc-clients"), GIVEN_KEEP, NULL);
	for (size_t i = 0; i < given->clients.len && good; i++) {
		const struct given_client *client = vec_at(&given->clients, i);

		good = add_part(digester, "oidc-clients", client->name, "id", client->id) &&
		       add_part(digester, "oidc-clients", client->name, "secret", client->secret) &&
		       add_part(digester, "oidc-clients", client->name, "return_uri", client->return_uri);
	}
	return good;
}

bool plan_static_digest(
	struct vec *out, struct arena *arena, const struct given_values *given, struct secret *key, struct error *error)
{
	struct digester digester = {.out = out, .arena = arena, .key = key, .error = error};
	bool good = true;

	for (size_t i = 0; i < given->secrets.len && good; i++) {
		const struct given_secret *secret = vec_pointer(&given->secrets, i);
		struct str name = arena_printf(arena, "%.*s/%.*s", STR_ARG(secret->application), STR_ARG(secret->key));

		good = add(&digester, name, secret->state, secret->value);
	}
	return good && add_registries(&digester, given) && add_clients(&digester, given);
}
