#include "cli/remote_commands.h"

const struct remote_command remote_commands[] = {
	{"secrets onepassword-secrets", cmd_secrets_onepassword_secrets},
	{"secrets audit", cmd_secrets_audit},
	{"secrets sync", cmd_secrets_sync},
	{"secrets vault-secrets", cmd_secrets_vault_secrets},
	{"vault audit", cmd_vault_audit},
	{"vault create-read-approle", cmd_vault_create_read_approle},
	{"vault create-write-token", cmd_vault_create_write_token},
	{"vault copy-secrets", cmd_vault_copy_secrets},
	{"vault export-secrets", cmd_vault_export_secrets},
	{NULL, NULL},
};
