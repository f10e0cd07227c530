/* What an environment needs: every required secret of every enabled application with its one origin, copies followed across applications (SPEC section 4). */
#ifndef ASPIS_MODEL_RESOLVE_H
#define ASPIS_MODEL_RESOLVE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "model/model.h"

/* enumerator, name in `secrets list --format json`. */
#define SECRET_ORIGINS(ROW)                                                                                            \
	ROW(ORIGIN_STATIC, "static")                                                                                   \
	ROW(ORIGIN_VALUE, "value")                                                                                     \
	ROW(ORIGIN_COPY, "copy")                                                                                       \
	ROW(ORIGIN_GENERATE, "generate")

enum secret_origin {
#define ORIGIN_ENUMERATOR(enumerator, name) enumerator,
	SECRET_ORIGINS(ORIGIN_ENUMERATOR)
#undef ORIGIN_ENUMERATOR
};
struct str secret_origin_name(enum secret_origin origin);

/* An `if` as an environment decides it. */
struct condition {
	const spec_condition *spec; /* NULL: there is none, truth is true */
	bool truth;
	struct value_lookup lookup; /* what decided it; nothing found: false */
};

struct resolved_secret {
	const struct secret_spec *spec;
	const struct application *application;
	enum secret_origin origin;
	struct condition condition;        /* its own `if`: true, else it would not be here */
	struct condition origin_condition; /* the `if` of the copy or generate stanza that is its origin */
	struct resolved_secret *source; /* what it is copied or derived from; NULL: nothing, or it cannot be resolved */
	struct resolved_secret *next_user;  /* the next one with the same source, by application and key */
	struct resolved_secret *first_user; /* the first that is copied or derived from this one */
	unsigned mark;                      /* private: the walk for cycles that met it */
};

struct resolved_application {
	const struct application *application;
	const struct enabled_application *enabled;
	struct vec secrets; /* struct resolved_secret *, sorted by key */
	struct map by_key;  /* struct resolved_secret * */
};

enum resolve_problem_kind {
	/* copy.application is no application */
	RESOLVE_UNKNOWN_APPLICATION,
	/* it is, and declares the key, but is not enabled here; related: the declaration (environment_flag() tells what decides) */
	RESOLVE_DISABLED_APPLICATION,
	/* no file of it declares copy.key, whether it is enabled or not */
	RESOLVE_UNKNOWN_KEY,
	/* declared, but not required here: its `if` is false, or another environment's file declares it; related: that */
	RESOLVE_NOT_REQUIRED,
	/* copies and sources that lead back; once for a cycle, at its first secret by application and key */
	RESOLVE_CYCLE,
	/* copy and generate, or value with either, are both active (also where both are unconditional, ASP106); span and related: their keys */
	RESOLVE_ACTIVE_CONFLICT,
	/* generate.source is no key of the application */
	RESOLVE_UNKNOWN_SOURCE,
	/* it is, but not required here; related: its `if` */
	RESOLVE_SOURCE_NOT_REQUIRED,
};

struct resolve_problem {
	enum resolve_problem_kind kind;
	const struct resolved_secret *secret;
	struct span span;                 /* the token at fault, at the secret's end */
	struct span related;              /* the other end; source NULL: none */
	const struct secret_spec *target; /* the specification at the other end; NULL: none */
	struct str application;           /* names of the other end */
	struct str key;
	struct condition condition; /* NOT_REQUIRED ones: the target's `if`; spec NULL: it is not declared here */
	const struct resolved_secret **cycle; /* CYCLE: the secrets in the order in which each takes from the next */
	size_t cycle_length;                  /* 1: it copies itself */
};

struct resolution {
	struct arena arena;
	const struct model *model;
	const struct environment *environment;
	struct vec applications; /* struct resolved_application *: those enabled that have a folder, by name */
	struct map by_name;      /* struct resolved_application * */
	struct vec problems;     /* struct resolve_problem, by application, key and kind of the secret */
};

/* Never fails: problems are data. The model must outlive it. The caller frees. */
struct resolution *resolve_environment(const struct model *model, const struct environment *environment);
void resolution_free(struct resolution *resolution);

/* NULL where it is not required. */
const struct resolved_secret *resolution_find(
	const struct resolution *resolution, struct str application, struct str key);

/* Its description, or where it has none and copies, that of the source (through chains). Absent text where there is none. */
const struct spec_text *resolved_description(const struct resolution *resolution, const struct resolved_secret *secret);

/* Evaluates an `if` with the values of an application in an environment. A condition that is absent is true. */
struct condition condition_evaluate(
	const spec_condition *spec, const struct application *application, struct str environment);

#endif
