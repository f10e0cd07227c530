#include "cli/remote_commands.h"

const struct remote_command remote_commands[] = {
	{"secrets onepassword-secrets", cmd_secrets_onepassword_secrets},
	{"secrets vault-secrets", cmd_secrets_vault_secrets},
	{"vault export-secrets", cmd_vault_export_secrets},
	{NULL, NULL},
};
