/* What a repository means: its applications, environments and charts. Built once from loaded files, never changed afterwards; it borrows the trees. */
#ifndef ASPIS_MODEL_MODEL_H
#define ASPIS_MODEL_MODEL_H

#include <stdbool.h>

#include "base/map.h"
#include "base/vec.h"
#include "model/application.h"
#include "model/argocd.h"
#include "model/environment.h"

/* The roles that must be loaded before model_new(). */
#define MODEL_ROLES                                                                                                    \
	(FILE_ENVIRONMENT_DEFAULTS | FILE_ENVIRONMENT | FILE_ARGOCD_TEMPLATE | FILE_CHART | FILE_VALUES |              \
		FILE_VALUES_ENVIRONMENT | FILE_SECRETS | FILE_SECRETS_ENVIRONMENT)

struct model {
	struct arena arena;
	const struct repository *repository;
	enum repo_layout layout;          /* as the content has it, where the names of the files allow it */
	const struct repo_file *defaults; /* environments/values.yaml; NULL: there is none */
	struct vec applications;          /* struct application *, sorted by name */
	struct map application_by_name;
	struct vec environments; /* struct environment *, sorted by name */
	struct map environment_by_name;
	struct vec charts; /* struct chart *, sorted by folder */
	struct map chart_by_folder;
	struct vec argocd;         /* struct argocd_application *, by file and position */
	struct map argocd_by_name; /* struct argocd_application *: the first of that name */
	struct map mandatory; /* struct argocd_application *, by name: those without anything conditional around them */
	bool argocd_generated; /* some Applications could not be read: what no template names may be deployed nevertheless */
};

/* Never fails: what cannot be read is left out. The repository must outlive it. The caller frees. */
struct model *model_new(const struct repository *repository);
void model_free(struct model *model);

const struct application *model_application(const struct model *model, struct str name);
const struct environment *model_environment(const struct model *model, struct str name);

/* Whether an environment deploys an application, by the guards of the Argo CD templates. */
enum truth model_deploys(
	const struct model *model, const struct environment *environment, const struct application *application);

/* Appends (struct repo_file const *) the files that an environment's declarations depend on, sorted by path: its settings, the Argo CD templates in the layout of
 * SQR-079, and the values and secrets of its enabled applications. */
void model_environment_files(struct vec *out, const struct model *model, const struct environment *environment);

#endif
