/* The steps that a model is built in, in this order. For model/ alone. */
#ifndef ASPIS_MODEL_BUILD_H
#define ASPIS_MODEL_BUILD_H

#include "model/model.h"

/* Applications with their secrets, and an empty chart each. */
void build_applications(struct model *model);

/* All charts with their files and dependencies. */
void build_charts(struct model *model);

/* Argo CD Applications, by application. */
void build_argocd(struct model *model);

/* Environments and what they enable. */
void build_environments(struct model *model);

/* The chart of a folder, made if need be. */
struct chart *build_chart(struct model *model, struct str folder);

/* Reads a secrets file of an application into the arena of the model; environment is absent for secrets.yaml. */
struct secret_file *build_secrets(struct model *model, const struct application *application,
	const struct repo_file *file, struct str environment);

void release_charts(struct model *model);
void release_applications(struct model *model);
void release_environments(struct model *model);

#endif
