/* What a run of the rules is told: aspis.yaml (its schema is schemas/config.json) and the options of the command line. */
#ifndef ASPIS_CHECK_SETTINGS_H
#define ASPIS_CHECK_SETTINGS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/vec.h"
#include "check/rules.h"
#include "text/prose.h"

struct check_settings {
	struct arena arena;
	enum severity severities[RULE_COUNT]; /* as aspis.yaml has them, else by default */
	bool selected[RULE_COUNT];            /* meaningful once has_selection is set */
	bool has_selection;
	bool ignored[RULE_COUNT];
	struct vec environments;     /* struct str: names; empty: all */
	struct vec paths;            /* struct str: relative to the root, normalized; empty: all */
	struct vec excludes;         /* struct str: glob patterns for repository_open() */
	enum severity fail_on;       /* SEVERITY_WARNING unless aspis.yaml says otherwise */
	enum severity show;          /* SEVERITY_WARNING unless aspis.yaml says otherwise */
	struct str format;           /* of the report; absent: not set */
	struct prose_settings prose; /* how descriptions are read */
};

/* The defaults. */
void check_settings_init(struct check_settings *settings);
void check_settings_release(struct check_settings *settings);

/* Reads the settings file at path (opened relative to the working directory; called shown in errors). False when it cannot be read (ERROR_SYSTEM; one that is not there,
 * ERROR_USAGE) or is wrong (ERROR_USAGE, each mistake on a line of its own as path:line:column: message). Settings may be half set then. */
bool check_settings_load(struct check_settings *settings, const char *path, const char *shown, struct error *error)
	__attribute__((warn_unused_result));

/* The same for a text that is there already. */
bool check_settings_read(struct check_settings *settings, struct str path, struct str text, struct error *error)
	__attribute__((warn_unused_result));

/* --select and --ignore: once there is a selection, only what it names is reported; what is ignored is not reported in any case. A rule that is off is
 * switched on, as a note, by being selected by its code or name. False and an error, with the likely one, where a selector means no rule (rules.h). */
bool check_settings_select(struct check_settings *settings, struct str selector, struct error *error);
bool check_settings_ignore(struct check_settings *settings, struct str selector, struct error *error);

/* Limits the findings to an environment (that the caller knows to exist), or to files at or below a path relative to the root. Each call adds one. */
void check_settings_add_environment(struct check_settings *settings, struct str name);
void check_settings_add_path(struct check_settings *settings, struct str path);

/* The severity that findings of a rule get; SEVERITY_OFF: they are not reported. A rule with `stop` says that the run could not finish: it is always an error. */
enum severity check_settings_severity(const struct check_settings *settings, enum rule_id rule);

#endif
