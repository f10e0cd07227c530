/* An environment: environments/values-{env}.yaml over environments/values.yaml. */
#ifndef ASPIS_MODEL_ENVIRONMENT_H
#define ASPIS_MODEL_ENVIRONMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/map.h"
#include "base/vec.h"
#include "model/application.h"
#include "model/guard.h"

/* An application that an environment enables by its flags, as upstream reads them: true entries of the merged `applications` map, or (layout of SQR-079) a
 * true {app}.enabled or a template without an `if`. In the latter layout any other key is allowed at the top level, so that a flag counts only where there is a folder or
 * a template of that name. */
struct enabled_application {
	struct str name;
	const struct application *application; /* NULL: it has no folder (ASP011) */
	const struct node *key;       /* the key `{app}` or `enabled` of the flag that decides; NULL: mandatory */
	const struct repo_file *file; /* of the flag, or the template where it is mandatory */
	struct span span;             /* of the flag's key, or of the name in the template */
};

struct environment {
	struct str name;              /* from the name of its file */
	const struct repo_file *file; /* values-{env}.yaml */
	struct values values;         /* the settings: look up with values_get() */
	struct vec enabled;           /* struct enabled_application, sorted by name */
	struct map enabled_by_name;   /* struct enabled_application * */
	const uint8_t *deploys;       /* enum truth, by the number of an application: ask model_deploys() */
};

/* NULL: not enabled. */
const struct enabled_application *environment_enabled(const struct environment *environment, struct str application);

struct model;

/* What decides whether an application is enabled here, true or false: the entry of `applications`, or {app}.enabled. Not set: nothing says so. */
struct value_lookup environment_flag(
	const struct model *model, const struct environment *environment, struct str application);

/* A setting of the merged values, such as "vaultUrl" or "onepassword.connectUrl". */
struct value_lookup environment_setting(const struct environment *environment, struct str dotted);

/* Where to point for the environment as a whole: the start of its file. */
struct span environment_span(const struct environment *environment);

#endif
