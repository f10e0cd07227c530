/* An application: a folder of applications/ with its chart, values and secrets. */
#ifndef ASPIS_MODEL_APPLICATION_H
#define ASPIS_MODEL_APPLICATION_H

#include <stdbool.h>

#include "base/map.h"
#include "base/vec.h"
#include "model/chart.h"
#include "model/secret_spec.h"

/* What an application has for one environment: values-{env}.yaml and secrets-{env}.yaml, whether or not the environment exists. */
struct application_overlay {
	struct str environment;
	const struct repo_file *values; /* NULL: there is none */
	struct secret_file *secrets;    /* NULL: there is none */
};

struct application {
	struct str name;
	struct str folder;                  /* "applications/tap" */
	const struct repo_file *first_file; /* by path: where to point for the folder as a whole */
	struct chart *chart;                /* never NULL; chart->file is where Chart.yaml is missing */
	struct secret_file *secrets;        /* secrets.yaml; NULL: there is none */
	struct vec overlays;                /* struct application_overlay *, sorted by environment */
	struct map overlay_by_environment;  /* struct application_overlay * */
	struct vec argocd;                  /* struct argocd_application *: the templates that deploy it */
	size_t number;                      /* its place among the applications of the model */
};

/* NULL where the application has nothing for that environment. */
const struct application_overlay *application_overlay(const struct application *application, struct str environment);

/* Its values in an environment: an absent name gives values.yaml alone. */
struct values application_values(const struct application *application, struct str environment);

/* The specification of a key in an environment: secrets-{env}.yaml over secrets.yaml. NULL: not declared there. An absent name: secrets.yaml alone. */
const struct secret_spec *application_secret(
	const struct application *application, struct str environment, struct str key);

/* Any specification of a key, secrets.yaml first, then secrets-{env}.yaml in the order of names. NULL: not declared in any file. */
const struct secret_spec *application_any_secret(const struct application *application, struct str key);

/* Whether the Argo CD templates may set a dotted path of the values: by a parameter (`parameters: - name: "global.host"`), or in valuesObject or values. */
bool application_is_injected(const struct application *application, struct str dotted);

#endif
