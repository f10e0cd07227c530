/* The Argo CD `Application` manifests in environments/templates, found by a tolerant scan of the Helm templates. */
#ifndef ASPIS_MODEL_ARGOCD_H
#define ASPIS_MODEL_ARGOCD_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/vec.h"
#include "model/guard.h"

/* A values path that an Application sets: the path, all above it, and (the value may be anything) all below it. */
struct argocd_parameter {
	struct str name; /* "global.host"; "" stands for every path */
	struct span span;
};

struct argocd_application {
	struct str name; /* NAME of spec.source.path: applications/NAME */
	const struct repo_file *file;
	struct span span;          /* NAME in the file */
	const struct guard *guard; /* what stands around it; NULL: nothing */
	bool conditional;          /* an `if`, `with` or `range` stands around it; otherwise it is mandatory */
	struct vec parameters;     /* struct argocd_parameter */
	struct vec value_files;    /* struct str: names in valueFiles that no action is part of */
};

/* What a template holds. */
struct argocd_template {
	struct vec applications; /* struct argocd_application * */
	bool generates; /* it may make Applications that cannot be read (a path or a manifest from an action, an ApplicationSet) */
};

/* Reads a loaded template. Everything lives in arena, but for the vectors: argocd_template_release and argocd_application_release give them back. */
void argocd_read(struct argocd_template *out, struct arena *arena, const struct repo_file *file);
void argocd_template_release(struct argocd_template *template);
void argocd_application_release(struct argocd_application *application);

#endif
