/* The commands that talk to servers, one file each (cmd_*.c); in the helper alone. */
#ifndef ASPIS_CLI_REMOTE_COMMANDS_H
#define ASPIS_CLI_REMOTE_COMMANDS_H

#include "cli/arguments.h"
#include "cli/output.h"
#include "cli/program.h"

struct aspis_environment;

/* What `aspis-remote` runs, by the names of the table of commands. */
extern const struct remote_command remote_commands[];

command_run cmd_secrets_onepassword_secrets;
command_run cmd_secrets_audit;
command_run cmd_secrets_sync;
command_run cmd_secrets_vault_secrets;
command_run cmd_vault_export_secrets;
command_run cmd_vault_audit;
command_run cmd_vault_copy_secrets;
command_run cmd_vault_create_read_approle;
command_run cmd_vault_create_write_token;

/* What all of them do: takes the options that say how servers are reached, opens the repository and the environment that the first operand names, and calls work. Returns the
 * exit status, having said what is wrong. */
typedef int cmd_remote_work(
	const struct arguments *arguments, const struct aspis_environment *environment, struct output *output);
int cmd_with_environment(const struct arguments *arguments, struct output *output, cmd_remote_work *work);

#endif
