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
	const struct guard *guard; /* NULL: nothing around it, it is mandatory */
	bool conditional;          /* an `if` stands around it, understood or not */
	struct vec parameters;     /* struct argocd_parameter */
	struct vec value_files;    /* struct str: names in valueFiles that no action is part of */
};

/* What a template holds. */
struct argocd_template {
	struct vec applications; /* struct argocd_application * */
	bool generates; /* it may make Applications whose names cannot be read (from a path with an action in it, an ApplicationSet) */
};

/* Reads a loaded template. Everything lives in arena; the vectors are released by argocd_template_release. */
void argocd_read(struct argocd_template *out, struct arena *arena, const struct repo_file *file);
void argocd_template_release(struct argocd_template *template);

#endif
