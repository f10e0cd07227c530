/* What a command and an option are. The table of all of them is cli/commands.c; parsing, every --help, completion and manual pages come from it. */
#ifndef ASPIS_CLI_COMMAND_H
#define ASPIS_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

struct arguments;
struct output;

enum option_id {
	OPTION_NONE, /* ends a list of options */
	OPTION_ROOT,
	OPTION_CONFIG_FILE,
	OPTION_COLOR,
	OPTION_QUIET,
	OPTION_HELP,
	OPTION_VERSION,
	OPTION_ENV,
	OPTION_SELECT,
	OPTION_IGNORE,
	OPTION_FAIL_ON,
	OPTION_SHOW,
	OPTION_JOBS,
	OPTION_REPORT_FORMAT,
	OPTION_LIST_FORMAT,
	OPTION_OUTPUT,
	OPTION_RESOURCE,
	OPTION_PARTIAL,
	OPTION_LENIENT,
	OPTION_BATCH,
	OPTION_FLAT,
	OPTION_DOCS_FORMAT,
	OPTION_DOCS_ENV,
	OPTION_DOCS_CHECK,
	OPTION_TEMPLATES,
	OPTION_ROLE_STYLE,
	OPTION_LIST_TEMPLATES,
	OPTION_DUMP_TEMPLATES,
	OPTION_UPDATE,
	OPTION_FILL,
	OPTION_SECRETS,
	OPTION_ONLY,
	OPTION_EXCLUDE,
	OPTION_DELETE,
	OPTION_DELETE_PULL_SECRET,
	OPTION_MAX_DELETE,
	OPTION_FORCE,
	OPTION_REGENERATE,
	OPTION_ROTATE,
	OPTION_APPLY,
	OPTION_YES,
	OPTION_NO_INPUT,
	OPTION_PLAN,
	OPTION_PLAN_OUT,
	OPTION_EXIT_CODE,
	OPTION_SYNC_PARTIAL,
	OPTION_ONEPASSWORD_SCHEME,
	OPTION_STORE,
	OPTION_AS_SECRET,
	OPTION_TOKEN_LIFETIME,
	OPTION_LIFETIME,
	OPTION_OVERWRITE,
	OPTION_TOKEN_FILE,
	OPTION_USE_VAULT_TOKEN_FILE,
	OPTION_CA_CERT,
	OPTION_INSECURE_HTTP,
	OPTION_CONCURRENCY,
	OPTION_COUNT
};

enum option_kind {
	OPTION_FLAG,        /* takes no value */
	OPTION_TEXT,        /* any value */
	OPTION_WORDS,       /* several values, separated by commas */
	OPTION_NUMBER,      /* 1 … 9999, or what it says of its own */
	OPTION_CHOICE,      /* one of its choices */
	OPTION_CHOICES,     /* several of its choices, separated by commas */
	OPTION_CHOICE_FILE, /* one of its choices, with "=FILE" behind it or not */
};

/* The choices of an option one by one; NULL at the end. */
typedef const char *option_choices(size_t index);

struct option {
	const char *name;  /* without the dashes */
	const char *alias; /* another long name, or NULL */
	char letter;       /* 0: none */
	enum option_kind kind;
	bool repeatable;         /* every occurrence counts, else the last one */
	bool zero;               /* a number may be 0 */
	unsigned maximum;        /* of a number; 0: 9999 */
	const char *placeholder; /* of the value, as shown in help */
	option_choices *choices;
	const char *help;
};

/* Runs a command and returns the exit status. Data goes to output. */
typedef int command_run(const struct arguments *arguments, struct output *output);

enum command_place {
	COMMAND_LOCAL,  /* works offline, in this program */
	COMMAND_REMOTE, /* talks to servers: in the helper program, which `aspis` hands over to (cli/remote.h) */
};

#define COMMAND_OPTIONS_MAX  28
#define COMMAND_EXAMPLES_MAX 6
#define COMMAND_STATUS_MAX   4
#define OPERANDS_UNLIMITED   ((unsigned)-1)

struct command_example {
	const char *line;
	const char *meaning;
};

struct command {
	const char *name;     /* all its words: "secrets list"; "" for the program itself */
	const char *operands; /* as shown behind the name: "[PATH...]" */
	unsigned operands_min;
	unsigned operands_max;
	enum command_place place;
	bool hidden;             /* not shown in lists of commands */
	const char *summary;     /* one line, for lists of commands */
	const char *description; /* paragraphs, separated by blank lines; NULL: the summary says it all */
	enum option_id options[COMMAND_OPTIONS_MAX + 1]; /* besides the global ones */
	struct command_example examples[COMMAND_EXAMPLES_MAX + 1];
	const char *status[COMMAND_STATUS_MAX]; /* what each exit status means here; NULL: does not occur */
	command_run *run;                       /* NULL: a group of commands */
};

/* A table of commands, the program itself first, with the options that they name. */
struct command_table {
	const struct command *commands;
	size_t command_count;
	const struct option *options;         /* OPTION_COUNT of them, by their id */
	const enum option_id *global_options; /* understood everywhere; ended by OPTION_NONE */
};

/* All options, by their id (cli/options.c). */
extern const struct option program_options[OPTION_COUNT];

/* The table of this program. */
extern const struct command_table program_table;

/* The command made of the words of parent and one more, or NULL. */
const struct command *command_child(const struct command_table *table, const struct command *parent, const char *word);

/* Whether a command stands below another one, at any depth; the words in between do not count when they are hidden. */
bool command_is_below(const struct command *command, const struct command *parent);

/* The name of the visible command below parent that a word which is none was likely meant to be, or NULL. */
const char *command_suggest(const struct command_table *table, const struct command *parent, const char *word);

#endif
