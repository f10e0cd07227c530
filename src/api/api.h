/* How the public interface is made of the rooms below. For this room alone: everything here connects, nothing decides. */
#ifndef ASPIS_API_API_H
#define ASPIS_API_API_H

#include <aspis/diag.h>
#include <aspis/error.h>
#include <aspis/repository.h>
#include <aspis/rule.h>

#include "base/diag.h"
#include "base/error.h"
#include "base/strbuf.h"
#include "check/settings.h"
#include "delivery/delivery.h"
#include "model/model.h"
#include "repo/repository.h"

/* Hands an error up, its message made visible. The source is released. Always false. */
bool api_fail(struct aspis_error *error, struct error *cause);

/* Sets an error of usage in this room's own words. Always false. */
bool api_refuse(struct aspis_error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Gives the text of a buffer away, for functions that return text and its size (NULL: not asked for). */
char *api_detach(struct strbuf *text, size_t *size);

/* A NUL-terminated copy in arena, or NULL of the absent string. */
const char *api_text(struct arena *arena, struct str text);

/* The types that the public interface only gives another name to. */
static inline const struct rule *api_rule(const struct aspis_rule *rule)
{
	return (const struct rule *)rule;
}

static inline const struct aspis_rule *api_public_rule(const struct rule *rule)
{
	return (const struct aspis_rule *)rule;
}

struct aspis_repository {
	struct arena arena;
	struct check_settings settings; /* of aspis.yaml */
	struct repository *files;
	struct model *model;          /* NULL until asked for */
	struct vec environment_names; /* const char *; with the model */
	struct vec application_names;
	const char *report_format; /* of the settings, or NULL */
	unsigned jobs;
};

/* The model, once the files of these roles have been read. */
const struct model *api_model(struct aspis_repository *repository, unsigned roles);

/* The environment of that name. NULL and an error, with the likely one, where there is none. */
const struct environment *api_environment(
	struct aspis_repository *repository, const char *name, struct aspis_error *error);

/* Who uses what in environments (const struct environment *; NULL: all of them), once the templates have been read. The caller frees. */
struct delivery *api_delivery(struct aspis_repository *repository, const struct vec *environments);

/* A list that takes all findings of a sorted sink; files is how many they are about. */
struct aspis_diag_list *api_diag_list(struct diag_sink *sink, size_t files);

/* What is wrong with the files that environments (const struct environment *) depend on, so that their declarations must not be relied on; NULL: nothing. The caller frees. */
struct aspis_diag_list *api_broken(struct aspis_repository *repository, const struct vec *environments);

struct aspis_diag_list {
	struct diag_sink sink;
	struct aspis_diag *items; /* one for each of the sink */
	size_t files;             /* how many were checked */
};

/* A place as the public interface gives it, with a NUL-terminated path. */
struct aspis_span api_span(struct span span, const char *path);

#endif
