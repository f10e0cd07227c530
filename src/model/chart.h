/* Helm charts of the repository: an application's own, those below its charts/ folder, and the shared ones in charts/. */
#ifndef ASPIS_MODEL_CHART_H
#define ASPIS_MODEL_CHART_H

#include "base/map.h"
#include "base/vec.h"
#include "model/values.h"

struct chart;

/* A chart that another one depends on: by Chart.yaml, or by lying in its charts/ folder. */
struct chart_dependency {
	struct str key;            /* alias, else name: the key that its values stand under in its parent's */
	struct str name;           /* of the chart */
	struct str repository;     /* as written; absent where it is none */
	const struct node *node;   /* its entry in Chart.yaml; NULL: found by its folder alone */
	const struct chart *chart; /* where it lies in this repository; NULL: it comes from elsewhere */
};

struct chart {
	struct str folder;            /* "applications/tap", "charts/cadc-tap", "applications/love/charts/love-nginx" */
	struct str name;              /* Chart.yaml's, else the last component of the folder */
	const struct repo_file *file; /* Chart.yaml; NULL: there is none */
	const struct repo_file *values; /* values.yaml; NULL: there is none */
	struct vec dependencies;        /* struct chart_dependency, those of Chart.yaml first, in its order */
	struct map dependency_by_key;   /* struct chart_dependency *: the first of that key */
	bool listed;                    /* private: its parent's Chart.yaml names it */
};

/* Whether a dependency sets a path (its first component is the dependency's key, SPEC section 3). */
enum subchart_result {
	SUBCHART_NO,        /* no dependency has that key, or the path is not in its values */
	SUBCHART_SET,       /* found in the values.yaml of a dependency, or of one of its own */
	SUBCHART_ELSEWHERE, /* the dependency comes from elsewhere, or a file cannot be read: cannot be known */
};

/* The nearest chart to the top decides, as in Helm. out is filled where the result is SUBCHART_SET; its node may be a whole values.yaml. */
enum subchart_result chart_find_default(struct value_lookup *out, const struct chart *chart, struct str dotted);

#endif
