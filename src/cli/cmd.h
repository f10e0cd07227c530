/* The commands, one file each (cmd_*.c). Each does nothing but carry what the command line says to the library and what the library says to the output. */
#ifndef ASPIS_CLI_CMD_H
#define ASPIS_CLI_CMD_H

#include "cli/arguments.h"
#include "cli/output.h"

struct aspis_diag_list;
struct aspis_environment;
struct aspis_error;
struct aspis_repository;

command_run cmd_check;
command_run cmd_secrets_list;
command_run cmd_secrets_schema;
command_run cmd_secrets_static_template;
command_run cmd_docs;
command_run cmd_rules;
command_run cmd_explain;
command_run cmd_version;
command_run cmd_help;
command_run cmd_debug_yaml;
command_run cmd_debug_schema;
command_run cmd_debug_mustache;
command_run cmd_debug_helm;
command_run cmd_debug_rst;
command_run cmd_debug_delivery;

/* What several of them do: */

/* Says what went wrong, a message for each line of it, releases the error and returns its exit status. */
int cmd_fail(struct aspis_error *error);

/* Opens the repository that the global options name. NULL and an error where that fails. */
struct aspis_repository *cmd_open_repository(const struct arguments *arguments, struct aspis_error *error);

/* Opens an environment of it. NULL where that fails, and an error; where a file that it depends on is broken, the findings have been printed. */
struct aspis_environment *cmd_open_environment(const struct arguments *arguments, struct aspis_repository *repository,
	const char *name, struct aspis_error *error);

/* Prints why declarations cannot be relied on: a message for a person, so on standard error. */
void cmd_show_broken(const struct arguments *arguments, const struct aspis_diag_list *broken);

/* Writes text that was made for the output and frees it; says the error where there is none. Returns the exit status. */
int cmd_write(struct output *output, char *text, size_t size, struct aspis_error *error);

/* How a part of aspis sees a file, and a text that is given as a JSON string; as the functions of <aspis/debug.h> tell it. */
typedef char *cmd_view_file(const char *file, size_t *size, bool *valid, struct aspis_error *error);
typedef char *cmd_view_line(const char *json, size_t json_size, size_t *size, struct aspis_error *error);

/* Prints how the FILE is seen, or with --batch each line of standard input. Returns the exit status. */
int cmd_debug_batch(
	const struct arguments *arguments, struct output *output, cmd_view_file *view_file, cmd_view_line *view_line);

/* Whether output (or standard error) is coloured, by --color and the environment. */
bool cmd_color(const struct arguments *arguments, int fd);

#endif
