/* Which parts of a template say anything about Secrets. */
#include "manifest/annotations.h"
#include "manifest/barren.h"
#include "manifest/references.h"

const struct certificate_annotation CERTIFICATE_ANNOTATIONS[CERTIFICATE_ANNOTATION_COUNT] = {
	{"cert-manager.io/cluster-issuer", false},
	{"cert-manager.io/issuer", false},
	{"certmanager.k8s.io/cluster-issuer", false},
	{"certmanager.k8s.io/issuer", false},
	{"kubernetes.io/tls-acme", true},
};

const char *const HOOK_ANNOTATIONS[HOOK_ANNOTATION_COUNT] = {"argocd.argoproj.io/hook", "helm.sh/hook"};

bool annotation_matters(struct str key)
{
	for (size_t i = 0; i < HOOK_ANNOTATION_COUNT; i++) {
		if (str_is(key, HOOK_ANNOTATIONS[i]))
			return true;
	}
	for (size_t i = 0; i < CERTIFICATE_ANNOTATION_COUNT; i++) {
		if (str_is(key, CERTIFICATE_ANNOTATIONS[i].key))
			return true;
	}
	return reference_matters(key);
}

/* The fields of `spec` by which kinds that make Secrets say what is in them, and those of the object itself: sorted by byte. */
static const char *const spec_fields[] = {
	"additionalOutputFormats",
	"authentication",
	"clientsCa",
	"clusterCa",
	"data",
	"dataFrom",
	"destination",
	"encryptedData",
	"keys",
	"keystores",
	"path",
	"paths",
	"reconcileStrategy",
	"secretEngine",
	"secretObjects",
	"target",
	"templates",
	"type",
};
static const char *const root_fields[] = {"apiVersion", "kind", "type"};

/* What never leads to a Secret: sorted by byte. */
static const char *const barren[] = {
	"affinity",
	"annotations",
	"labels",
	"livenessProbe",
	"matchExpressions",
	"matchLabels",
	"nodeSelector",
	"podSecurityContext",
	"readinessProbe",
	"securityContext",
	"startupProbe",
	"tolerations",
	"topologySpreadConstraints",
};

/* Of sorted words. */
static bool is_one_of(struct str key, const char *const *words, size_t count)
{
	char first = key.len > 0 ? *key.ptr : '\0';

	for (size_t i = 0; i < count && *words[i] <= first; i++) {
		if (*words[i] == first && str_is(key, words[i]))
			return true;
	}
	return false;
}

bool key_is_barren(struct str key)
{
	return is_one_of(key, barren, sizeof(barren) / sizeof(*barren));
}

/* Whether a path is key from the top of an object, and outer.key. */
static inline bool is_top(const struct helm_path *path, const char *key)
{
	return path && !path->outer && str_is(path->key, key);
}

static inline bool is_below_top(const struct helm_path *path, const char *outer, const char *key)
{
	return path && is_top(path->outer, outer) && str_is(path->key, key);
}

static enum helm_care care_in_object(struct str key)
{
	if (str_is(key, "data") || str_is(key, "stringData"))
		return HELM_NAMES;
	if (is_one_of(key, root_fields, sizeof(root_fields) / sizeof(*root_fields)) || reference_matters(key))
		return HELM_KEEP;
	return HELM_DESCEND;
}

static enum helm_care care_in_metadata(struct str key)
{
	if (str_is(key, "name") || str_is(key, "namespace"))
		return HELM_KEEP;
	return str_is(key, "annotations") ? HELM_DESCEND : HELM_SKIP;
}

static enum helm_care care_of_any(const struct helm_path *path)
{
	bool in_container = path->outer && str_ends_with(path->outer->key, STR("ontainers"));

	if (reference_matters(path->key))
		return HELM_KEEP;
	if (key_is_barren(path->key) || (in_container && str_is(path->key, "resources")))
		return HELM_SKIP;
	return HELM_DESCEND;
}

static enum helm_care care_in_object_at(const struct helm_path *path)
{
	const struct helm_path *outer = path->outer;

	if (!outer)
		return care_in_object(path->key);
	if (is_top(outer, "metadata"))
		return care_in_metadata(path->key);
	if (is_below_top(outer, "metadata", "annotations") ||
		(is_below_top(outer->outer, "template", "metadata") && str_is(outer->key, "annotations")))
		return annotation_matters(path->key) ? HELM_KEEP : HELM_SKIP;
	if (is_below_top(outer, "template", "metadata"))
		return str_is(path->key, "annotations") ? HELM_DESCEND : HELM_SKIP;
	if (str_is(path->key, "metadata") && !is_below_top(path, "template", "metadata"))
		return HELM_SKIP;
	if (is_top(outer, "spec") && is_one_of(path->key, spec_fields, sizeof(spec_fields) / sizeof(*spec_fields)))
		return HELM_KEEP;
	if (is_below_top(outer, "spec", "template") && (str_is(path->key, "data") || str_is(path->key, "type")))
		return HELM_KEEP;
	return care_of_any(path);
}

/* The items of a List are objects: their paths are cut off there. */
#define CUT_MAX 8

enum helm_care manifest_interest(const struct helm_path *path)
{
	struct helm_path cut[CUT_MAX];
	const struct helm_path *at = path;
	size_t count = 0;

	while (at->outer) {
		if (count < CUT_MAX)
			cut[count] = (struct helm_path){.outer = &cut[count + 1], .key = at->key};
		count++;
		at = at->outer;
	}
	if (!str_is(at->key, "items") || count == 0)
		return care_in_object_at(path);
	if (count > CUT_MAX)
		return care_of_any(path);
	cut[count - 1].outer = NULL;
	return care_in_object_at(&cut[0]);
}
