#include "cli/command.h"

#include "cli/cmd.h"
#include "cli/remote.h"

static const enum option_id global_options[] = {
	OPTION_ROOT,
	OPTION_CONFIG_FILE,
	OPTION_COLOR,
	OPTION_QUIET,
	OPTION_HELP,
	OPTION_VERSION,
	OPTION_NONE,
};

/* The status texts that several commands share. */
#define STATUS_TEXT_DONE       "Done"
#define STATUS_TEXT_USAGE      "Wrong usage"
#define STATUS_TEXT_UNFINISHED "Could not finish: a file could not be read or written"

static const struct command commands[] = {
	{
		.name = "",
		.summary =
			"Checks, lists and delivers the secrets of a GitOps repository. It works offline, but for the "
			"commands that name Vault or 1Password: these run in a program of their own, aspis-remote.",
	},
	{
		.name = "check",
		.operands = "[PATH]...",
		.operands_max = OPERANDS_UNLIMITED,
		.summary = "Check the whole repository, all environments",
		.description =
			"Checks the whole repository, all environments, in one run and offline.\n\n"
			"With PATH, only findings that stand in these files or folders, or point into them, are "
			"reported. Notes are counted, and shown with --show note or --fail-on note. Without --format, "
			"the format is what aspis.yaml says, else github when GITHUB_ACTIONS is set, else text. "
			"--format can be given several times, to print one format and write others to files.\n\n"
			"Colour is decided by the first of these that applies: --color; FORCE_COLOR; NO_COLOR; "
			"CLICOLOR_FORCE; TERM=dumb; whether the output is a terminal.",
		.options = {OPTION_ENV, OPTION_SELECT, OPTION_IGNORE, OPTION_FAIL_ON, OPTION_SHOW, OPTION_REPORT_FORMAT,
			OPTION_JOBS},
		.examples =
			{
				{"aspis check", "Check the repository around the working directory."},
				{"aspis check --env idfdev --show note applications/tap",
					"Show everything there is to say about one application in one environment."},
				{"aspis check --ignore ASP3,empty-description", "Leave out a family and a rule."},
				{"aspis check --format text --format sarif=aspis.sarif",
					"Print the findings, and write them to a file for code scanning."},
			},
		.status =
			{
				"No finding is as grave as --fail-on",
				"Findings",
				"Wrong usage, or broken settings",
				"Could not finish: a file could not be read or written",
			},
		.run = cmd_check,
	},
	{
		.name = "secrets",
		.summary = "Lists the secrets that an environment requires, prints the file that a person fills in and "
			   "the "
			   "schema of their specifications, and brings Vault in line with all that.",
	},
	{
		.name = "secrets list",
		.operands = "ENV",
		.operands_min = 1,
		.operands_max = 1,
		.summary = "List the secrets that an environment requires",
		.description =
			"Lists the secrets that the environment ENV requires, sorted by application and key. json adds "
			"where each comes from, the condition that it is required by and where that was decided, its "
			"description, what it is copied from and to, and who uses it.\n\n"
			"When a file that the environment depends on is broken, its findings are printed instead: a "
			"file that cannot be read must not look like secrets that are no longer wanted. Copies "
			"that lead nowhere are no hindrance; 'aspis check' reports them.",
		.options = {OPTION_LIST_FORMAT},
		.examples =
			{
				{"aspis secrets list idfdev", "Print a line \"application key\" for each secret."},
				{"aspis secrets list idfdev --format json", "The same with all that is known of each."},
			},
		.status = {STATUS_TEXT_DONE, NULL, "Wrong usage, an unknown environment, or a broken file",
			STATUS_TEXT_UNFINISHED},
		.run = cmd_secrets_list,
	},
	{
		.name = "secrets schema",
		.operands = "[NAME]",
		.operands_max = 1,
		.summary = "Print the JSON Schema of secrets.yaml",
		.description =
			"Prints the JSON Schema (draft 2020-12) of secrets.yaml and secrets-ENV.yaml, for editors "
			"and other checkers; with the NAME static-secrets, that of the file that "
			"'aspis secrets static-template' prints.",
		.options = {OPTION_OUTPUT},
		.examples = {{"aspis secrets schema -o secrets.schema.json", "Write it to a file."}},
		.status = {STATUS_TEXT_DONE, NULL, STATUS_TEXT_USAGE, STATUS_TEXT_UNFINISHED},
		.run = cmd_secrets_schema,
	},
	{
		.name = "secrets static-template",
		.operands = "ENV",
		.operands_min = 1,
		.operands_max = 1,
		.summary = "Print the file of static secrets to fill in",
		.description =
			"Prints the YAML file of the secrets that a person has to provide for the environment ENV, "
			"byte for "
			"byte as Phalanx's own command does: descriptions, and a place for each value. For a "
			"repository "
			"laid out as SQR-079 has it, that note's flat form is taken. When a file that the environment "
			"depends on is broken, its findings are printed instead, as 'aspis secrets list' does.\n\n"
			"A file that is written can be read only by its owner (mode 0600). -o does not overwrite one "
			"that "
			"has values. --update changes nothing but what it must: it adds what is needed now, renews "
			"descriptions, and takes out what is no longer needed, unless that has a value or comments. It "
			"prints what it did.\n\n"
			"--fill asks on the terminal, which does not show what is typed. Enter alone skips a value. "
			"What "
			"the terminal pastes is taken with its line breaks; Ctrl-E begins a value of several lines, "
			"which Ctrl-D at the start of a line ends; Ctrl-F asks for a file to take the value from. A "
			"value of "
			"one line gets no line break at its end. Ctrl-D as an answer ends the questions and writes "
			"what was given so far; Ctrl-C writes nothing.",
		.options = {OPTION_OUTPUT, OPTION_UPDATE, OPTION_FILL, OPTION_FLAT},
		.examples =
			{
				{"aspis secrets static-template idfdev", "Print the template."},
				{"aspis secrets static-template idfdev --fill secrets.yaml",
					"Ask for all values, and write them to a file."},
				{"aspis secrets static-template idfdev --update secrets.yaml",
					"Bring a file up to date that is filled in."},
			},
		.status = {STATUS_TEXT_DONE, NULL,
			"Wrong usage, an unknown environment, a broken file, or no terminal to ask on",
			STATUS_TEXT_UNFINISHED},
		.run = cmd_secrets_static_template,
	},
#include "cli/commands_remote.def"
	{
		.name = "docs",
		.operands = "OUT",
		.operands_max = 1,
		.summary = "Write pages about all secrets",
		.description =
			"Writes pages about the secrets of all environments into the folder OUT: an index with what "
			"each "
			"application requires in each environment, a page for each application with all of its "
			"secrets, "
			"and a page for each environment with what must be provided there. No page shows a value that "
			"is "
			"secret.\n\n"
			"rst and myst are for Sphinx, html is a site that needs no server, and json is the same as "
			"data.\n\n"
			"Files that are right already are not touched. OUT/.aspis-docs.json lists what was written, so "
			"that "
			"files that belong to no page any more can be removed. One that somebody changed since is "
			"kept; files "
			"that are not on the list are never overwritten, and nothing is written through symbolic "
			"links.\n\n"
			"When a file that an environment depends on is broken, its findings are printed instead and "
			"nothing is written.",
		.options = {OPTION_DOCS_FORMAT, OPTION_DOCS_ENV, OPTION_DOCS_CHECK, OPTION_TEMPLATES, OPTION_ROLE_STYLE,
			OPTION_LIST_TEMPLATES, OPTION_DUMP_TEMPLATES, OPTION_JOBS},
		.examples =
			{
				{"aspis docs docs/secrets", "Write pages for Sphinx."},
				{"aspis docs --format html --format json public",
					"Write the site into public/html and the data into public/json."},
				{"aspis docs --check docs/secrets", "See in CI whether the pages are up to date."},
				{"aspis docs --dump-templates templates",
					"Write the templates into a folder, to change them."},
			},
		.status = {"Done; with --check, OUT is up to date",
			"With --check, OUT is not up to date; else a file that belongs to no page was kept",
			"Wrong usage, a wrong template, a broken file, or files in OUT that are somebody else's",
			STATUS_TEXT_UNFINISHED},
		.run = cmd_docs,
	},
	{
		.name = "rules",
		.operands = "",
		.summary = "List the rules of check",
		.description = "Lists the rules that 'aspis check' knows: code, name, severity and summary.",
		.options = {OPTION_LIST_FORMAT},
		.status = {STATUS_TEXT_DONE, NULL, STATUS_TEXT_USAGE, STATUS_TEXT_UNFINISHED},
		.run = cmd_rules,
	},
	{
		.name = "explain",
		.operands = "CODE...",
		.operands_min = 1,
		.operands_max = OPERANDS_UNLIMITED,
		.summary = "Explain a rule, with examples",
		.description =
			"Explains what a rule finds, why it matters and how to mend it, with an example of either "
			"kind. CODE is a rule's code or its name.",
		.examples =
			{
				{"aspis explain ASP203", "By its code."},
				{"aspis explain copy-unknown-key", "By its name."},
			},
		.status = {STATUS_TEXT_DONE, NULL, "Wrong usage, or an unknown rule", STATUS_TEXT_UNFINISHED},
		.run = cmd_explain,
	},
	{
		.name = "version",
		.operands = "",
		.summary = "Print the version",
		.status = {STATUS_TEXT_DONE, NULL, STATUS_TEXT_USAGE, STATUS_TEXT_UNFINISHED},
		.run = cmd_version,
	},
	{
		.name = "help",
		.operands = "[COMMAND]...",
		.operands_max = OPERANDS_UNLIMITED,
		.summary = "Print help on a command",
		.description = "Prints the help of a command, as COMMAND --help does; without one, of the program.",
		.examples = {{"aspis help secrets list", "How to list secrets."}},
		.status = {STATUS_TEXT_DONE, NULL, "Wrong usage, or an unknown command", STATUS_TEXT_UNFINISHED},
		.run = cmd_help,
	},
	{
		.name = "debug",
		.hidden = true,
		.summary = "Shows how the parts of aspis see an input; for harnesses.",
	},
	{
		.name = "debug yaml",
		.operands = "FILE...",
		.operands_min = 1,
		.operands_max = OPERANDS_UNLIMITED,
		.hidden = true,
		.summary = "Print YAML as PyYAML's CSafeLoader constructs it",
		.description =
			"Prints each document of each FILE as a line of JSON, as PyYAML's CSafeLoader constructs "
			"it, or a line \"error LINE:COL: ...\" where the loader rejects it. What JSON lacks is "
			"an object with one member: $float, $date, $datetime, $binary, $set, $pairs, $map.",
		.status = {"All files were accepted", "A file was rejected", STATUS_TEXT_USAGE, STATUS_TEXT_UNFINISHED},
		.run = cmd_debug_yaml,
	},
	{
		.name = "debug delivery",
		.operands = "[ENV]...",
		.operands_max = OPERANDS_UNLIMITED,
		.hidden = true,
		.summary = "Print what makes and what uses Secrets",
		.description =
			"Prints a JSON line for each manifest that makes a Secret in an environment and for each "
			"place that uses one, as far as it can be told from the templates; of no ENV, for all "
			"environments.",
		.options = {OPTION_JOBS},
		.status = {STATUS_TEXT_DONE, NULL, "Wrong usage, or an unknown environment", STATUS_TEXT_UNFINISHED},
		.run = cmd_debug_delivery,
	},
	{
		.name = "debug schema",
		.operands = "SCHEMA",
		.operands_min = 1,
		.operands_max = 1,
		.hidden = true,
		.summary = "Validate JSON by a JSON Schema",
		.description =
			"Reads JSON instances, one a line, from standard input and prints 'valid' or 'invalid' for "
			"each, by the JSON Schema (draft 2020-12) in the file SCHEMA.",
		.options = {OPTION_RESOURCE},
		.status = {STATUS_TEXT_DONE, NULL,
			"Wrong usage, a schema that cannot be compiled, or a line that is not JSON",
			STATUS_TEXT_UNFINISHED},
		.run = cmd_debug_schema,
	},
	{
		.name = "debug mustache",
		.operands = "TEMPLATE",
		.operands_min = 1,
		.operands_max = 1,
		.hidden = true,
		.summary = "Render a Mustache template",
		.description = "Reads JSON from standard input and prints what the Mustache template in the "
			       "file TEMPLATE makes of it. Names in {{...}} are escaped for HTML.",
		.options = {OPTION_PARTIAL, OPTION_LENIENT},
		.status = {STATUS_TEXT_DONE, NULL,
			"Wrong usage, a broken template, an unknown name, or input that is not JSON",
			STATUS_TEXT_UNFINISHED},
		.run = cmd_debug_mustache,
	},
	{
		.name = "debug rst",
		.operands = "FILE|--batch",
		.operands_max = 1,
		.hidden = true,
		.summary = "Print reStructuredText as docutils reads it",
		.description =
			"Prints how docutils reads the reStructuredText in FILE: the worst level of its messages (ok, "
			"info, warning, error, severe) or 'unsupported', a line \"LINE: LEVEL: text\" for each "
			"message and for what is unsupported, and the document's tree as XML unless there is an "
			"error.\n\n"
			"With --batch, texts are read from standard input as JSON strings, one a line; for each a JSON "
			"object is printed with the members level, messages, unsupported and tree.",
		.options = {OPTION_BATCH},
		.status = {"The text was accepted", "The text has an error", STATUS_TEXT_USAGE, STATUS_TEXT_UNFINISHED},
		.run = cmd_debug_rst,
	},
	{
		.name = "debug helm",
		.operands = "FILE|--batch",
		.operands_max = 1,
		.hidden = true,
		.summary = "Print the YAML around the actions of a Helm template",
		.description =
			"Prints each document of the Helm template FILE as a line of JSON, or a line \"error LINE:COL: "
			"...\" where it is given up. What is one action is {\"$hole\": \"its text\"}, text with "
			"actions "
			"in it {\"$parts\": [...]}, and what an action brings to a mapping or sequence \"$insert\".\n\n"
			"With --batch, templates are read from standard input as JSON strings, one a line; for each an "
			"array of its documents is printed, or an object with the members error, line and column.",
		.options = {OPTION_BATCH},
		.status = {"The template was read", "The template was given up", STATUS_TEXT_USAGE,
			STATUS_TEXT_UNFINISHED},
		.run = cmd_debug_helm,
	},
};

const struct command_table program_table = {
	.commands = commands,
	.command_count = sizeof(commands) / sizeof(commands[0]),
	.options = program_options,
	.global_options = global_options,
};
