/* What the rules of one run share. For this room alone. */
#ifndef ASPIS_CHECK_CONTEXT_H
#define ASPIS_CHECK_CONTEXT_H

#include "base/diag.h"
#include "base/map.h"
#include "check/check.h"
#include "delivery/delivery.h"
#include "model/model.h"
#include "model/resolve.h"
#include "schema/schema.h"

/* Whether all that decides on an application in an environment is sound. */
struct soundness {
	const struct application *application;
	const struct environment *environment;
	bool sound;
};

struct check {
	const struct model *model;
	const struct repository *repository;
	const struct check_settings *settings; /* NULL: the defaults */
	struct diag_sink *sink;                /* single-threaded rules report here; rules for files get their own */
	struct arena arena;                    /* scratch of the single-threaded rules */
	struct vec environments;               /* const struct environment *: those asked for */
	struct map enabling;                   /* struct vec * of const struct environment *, by application */
	struct schema_set *schemas;
	size_t effort;                    /* left for suggestions (suggest.h) */
	struct map used_paths;            /* struct map *, by application (used_paths.h) */
	bool wants_prose;                 /* a rule of family 7xx is on, and the run is not about declarations alone */
	const struct delivery *delivery;  /* of all environments; NULL: no rule that is on wants it */
	struct soundness *last_soundness; /* private to family 4xx */
};

/* The environments that enable an application; empty, not NULL, where none does. */
const struct vec *check_enabling(const struct check *check, const struct application *application);

/* Whether a rule is on: for what is costly to find out. */
bool check_wants(const struct check *check, enum rule_id rule);

/* Whether a file says what it says: there (NULL: nothing to be wrong), read, and one mapping at most. Of what is not sound, nothing else is concluded. */
bool file_is_sound(const struct repo_file *file);
bool application_declarations_are_sound(const struct application *application);
bool environment_is_sound(const struct check *check, const struct environment *environment);

/* Whether all that decides on an application's secrets in an environment is sound. */
bool application_is_sound_in(const struct application *application, struct str environment);

/* Its secrets.yaml, or else the file of the first environment that declares any; NULL: there is none. */
const struct secret_file *first_declarations(const struct application *application);

/* The environment that a file is for, if it is one that exists; else the absent string. */
struct str file_environment(const struct model *model, const struct repo_file *file);

/* A span cut off at the end of its first line: of a collection one underlines where it begins. */
struct span span_first_line(struct span span);

/* "application/key" for fingerprints. */
struct str subject_of(struct arena *arena, struct str first, struct str second);

/* A text as messages quote it: at most 60 characters of it, with "…" behind if that is not all. */
struct str quoted(struct arena *arena, struct str text);

/* Findings of several environments that are one: collected first, then worded once. */
struct shared_finding {
	struct span span;
	const void *first;       /* what the first environment had to say; the caller's */
	struct vec environments; /* const struct environment *, in the order of adding */
	struct vec others;       /* const void *: what each environment had to say, the first included */
};
struct shared_findings {
	struct arena *arena;
	struct map by_key; /* struct shared_finding * */
};
void shared_init(struct shared_findings *shared, struct arena *arena);
void shared_release(struct shared_findings *shared);

/* Adds what an environment (NULL: none in particular) has to say about a place; findings with the same span and name are one. */
void shared_add(struct shared_findings *shared, struct span span, struct str name,
	const struct environment *environment, const void *what);
void shared_attach(struct diag_sink *sink, struct diag *diag, const struct shared_finding *finding);

/* Places of one kind to be shown beside a finding, such as the flags of many environments: each once, the first ones only, with the number of the others behind. */
enum { PLACES_SHOWN = 3 };
struct places {
	struct arena *arena;
	struct span spans[PLACES_SHOWN];
	struct map known;
};
void places_init(struct places *places, struct arena *arena);
void places_add(struct places *places, struct span span); /* a span without a source is none */

/* Adds them to a finding, and releases them. words: a clause without a final period. */
void places_relate(struct places *places, struct diag_sink *sink, struct diag *diag, const char *words);

/* Whether an Argo CD template names a file of the application in `valueFiles`. */
bool is_value_file(const struct application *application, struct str name);

/* The rules, by family. Those for files run on the pool, with a sink each. */
void check_file(const struct check *check, struct diag_sink *sink, struct arena *scratch, const struct repo_file *file);
void check_secrets(
	const struct check *check, struct diag_sink *sink, struct arena *scratch, const struct repo_file *file);
void check_schema(
	const struct check *check, struct diag_sink *sink, struct arena *scratch, const struct repo_file *file);
void check_prose(
	const struct check *check, struct diag_sink *sink, struct arena *scratch, const struct repo_file *file);
void check_hygiene(
	const struct check *check, struct diag_sink *sink, struct arena *scratch, const struct repo_file *file);
void check_flags(const struct check *check, struct diag_sink *sink, struct arena *scratch,
	const struct repo_file *file); /* part of the former: environments in the layout of SQR-079 */

void check_folders(struct check *check);
void check_layout(struct check *check);
void check_enabled(struct check *check); /* also part of the former */
void check_unread_files(struct check *check);
void check_hooks(struct check *check);
void check_copies(struct check *check);
void check_resolution(struct check *check);
void check_conditions(struct check *check);
void check_consumers(struct check *check);
void check_environments(struct check *check);

#endif
