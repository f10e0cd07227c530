#include <stdlib.h>

#include "api_remote/remote.h"

/* A variable that is set to nothing says nothing. */
static struct str read_variable(struct arena *arena, const char *name)
{
	const char *value = getenv(name);

	return value && *value ? arena_str(arena, str_of(value)) : STR_ABSENT;
}

/* As Vault's own programs read truth. */
static bool is_true(struct str value)
{
	static const char *const words[] = {"1", "t", "T", "TRUE", "true", "True"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!str_is_absent(value) && str_is(value, words[i]))
			return true;
	}
	return false;
}

void remote_variables_read(struct remote_variables *out, struct arena *arena)
{
	out->vault_address = read_variable(arena, "VAULT_ADDR");
	out->vault_namespace = read_variable(arena, "VAULT_NAMESPACE");
	out->ca_file = read_variable(arena, "VAULT_CACERT");
	out->ca_folder = read_variable(arena, "VAULT_CAPATH");
	out->client_certificate = read_variable(arena, "VAULT_CLIENT_CERT");
	out->client_key = read_variable(arena, "VAULT_CLIENT_KEY");
	out->server_name = read_variable(arena, "VAULT_TLS_SERVER_NAME");
	out->onepassword_host = read_variable(arena, "OP_CONNECT_HOST");
	out->home = read_variable(arena, "HOME");
	out->skip_verify = is_true(read_variable(arena, "VAULT_SKIP_VERIFY"));
}
