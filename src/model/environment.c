#include "model/environment.h"

#include "model/build.h"

static struct environment *environment_at(const struct model *model, size_t index)
{
	return vec_pointer(&model->environments, index);
}

static const struct repo_file *file_at(const struct model *model, size_t index)
{
	return vec_pointer(&model->repository->files, index);
}

/* The mapping of a file whose keys are names of applications. */
static const struct node *flag_mapping(const struct model *model, const struct repo_file *file)
{
	const struct node *root = file_mapping(file);
	const struct node *mapping =
		model->layout == LAYOUT_CURRENT ? node_resolve(node_get(root, STR("applications"))) : root;
	return node_is_mapping(mapping) ? mapping : NULL;
}

static struct value_lookup find_flag(const struct model *model, const struct values *values, struct str name)
{
	struct str current[] = {STR("applications"), name};
	struct str flat[] = {name, STR("enabled")};
	struct values_path path = {.components = model->layout == LAYOUT_CURRENT ? current : flat, .count = 2};
	return values_find(values, path);
}

/* In the layout of SQR-079 other settings stand beside the applications. */
static bool is_application_name(const struct model *model, struct str name)
{
	return model->layout == LAYOUT_CURRENT || map_has(&model->application_by_name, name) ||
	       map_has(&model->argocd_by_name, name);
}

static void enable(struct environment *environment, const struct model *model, struct str name)
{
	struct enabled_application *enabled = vec_push(&environment->enabled);
	enabled->name = name;
	enabled->application = model_application(model, name);
}

/* Enables an application if its flag is true. */
static void take_flag(struct environment *environment, const struct model *model, struct str name)
{
	struct value_lookup lookup = find_flag(model, &environment->values, name);

	if (!value_truth(&lookup) || !is_application_name(model, name))
		return;
	enable(environment, model, name);
	struct enabled_application *enabled = vec_last(&environment->enabled);
	enabled->key = lookup.key;
	enabled->file = lookup.file;
	enabled->span = node_span(lookup.key);
}

/* Calls take for every name that a file has a flag for. */
static void each_name(struct environment *environment, const struct model *model, const struct repo_file *file,
	void (*take)(struct environment *, const struct model *, struct str))
{
	const struct node *mapping = flag_mapping(model, file);
	const struct node_pair *pair;
	struct node_pairs pairs;

	if (!mapping)
		return;
	node_pairs_begin(&pairs, mapping);
	while ((pair = node_pairs_next(&pairs))) {
		struct str name = node_string(pair->key);
		if (!str_is_absent(name))
			take(environment, model, name);
	}
	node_pairs_end(&pairs);
}

static int compare_enabled(const void *a, const void *b)
{
	const struct enabled_application *one = a, *other = b;
	return str_compare(one->name, other->name);
}

/* Those of the defaults that the environment's own file says nothing about; it takes no look-up to know that they are enabled. */
static void take_defaults(
	struct environment *environment, const struct model *model, const struct environment *defaults)
{
	const struct node *root = file_mapping(environment->file);
	const struct node *own = flag_mapping(model, environment->file);

	if (model->layout == LAYOUT_CURRENT && !own && node_find(root, STR("applications")))
		return; /* replaced by something that is no mapping */
	for (size_t i = 0; i < defaults->enabled.len; i++) {
		const struct enabled_application *enabled = vec_at(&defaults->enabled, i);
		if (!own || !node_find(own, enabled->name))
			vec_append(&environment->enabled, enabled, 1);
	}
}

/* The mandatory ones of the layout of SQR-079 that no flag enables. */
static void take_mandatory(struct environment *environment, const struct model *model)
{
	struct map by_name;

	if (model->layout != LAYOUT_SQR079)
		return;
	map_init(&by_name);
	for (size_t i = 0; i < environment->enabled.len; i++) {
		struct enabled_application *enabled = vec_at(&environment->enabled, i);
		map_set(&by_name, enabled->name, enabled);
	}
	for (size_t i = 0; i < model->mandatory.len; i++) {
		const struct argocd_application *argocd = model->mandatory.entries[i].value;
		if (map_has(&by_name, argocd->name))
			continue;
		enable(environment, model, argocd->name);
		struct enabled_application *enabled = vec_last(&environment->enabled);
		enabled->file = argocd->file;
		enabled->span = argocd->span;
	}
	map_release(&by_name);
}

static void read_environment(struct model *model, const struct repo_file *file, const struct environment *defaults)
{
	struct environment *environment = arena_calloc(&model->arena, 1, sizeof(*environment));

	environment->name = file->environment;
	environment->file = file;
	environment->values = (struct values){.overlay = file, .defaults = model->defaults};
	vec_init(&environment->enabled, sizeof(struct enabled_application));
	map_init(&environment->enabled_by_name);
	take_defaults(environment, model, defaults);
	each_name(environment, model, file, take_flag);
	take_mandatory(environment, model);
	vec_sort(&environment->enabled, compare_enabled);
	for (size_t i = 0; i < environment->enabled.len; i++) {
		struct enabled_application *enabled = vec_at(&environment->enabled, i);
		map_set(&environment->enabled_by_name, enabled->name, enabled);
	}
	vec_append(&model->environments, &environment, 1);
	map_set(&model->environment_by_name, environment->name, environment);
}

/* Whether a top-level key looks like {app}: {enabled: …}. */
static bool has_flat_flag(const struct node *root)
{
	const struct node_pair *pair;
	struct node_pairs pairs;
	bool found = false;

	node_pairs_begin(&pairs, root);
	while (!found && (pair = node_pairs_next(&pairs))) {
		const struct node *value = node_resolve(pair->value);
		found = node_is_mapping(value) && node_find(value, STR("enabled"));
	}
	node_pairs_end(&pairs);
	return found;
}

/* Whether a file says what no other tool's values do, or may say it: it cannot be read. */
static bool has_setting(const struct repo_file *file)
{
	static const char *const settings[] = {"applications", "fqdn", "onepassword", "vaultPathPrefix", "vaultUrl"};
	const struct node *root = file_mapping(file);

	for (size_t i = 0; root && i < sizeof(settings) / sizeof(settings[0]); i++)
		if (node_find(root, str_of(settings[i])))
			return true;
	return file_is_broken(file);
}

/* By content: an `applications` mapping in any of the files is the current layout, flags of applications at the top level are SQR-079's. Without applications,
 * templates and settings, environments/values-*.yaml are somebody else's. */
static enum repo_layout find_layout(const struct model *model)
{
	bool known = model->applications.len > 0;
	bool flat = false;

	if (model->repository->layout == LAYOUT_NONE)
		return LAYOUT_NONE;
	for (size_t i = 0; i < model->repository->files.len; i++) {
		const struct repo_file *file = file_at(model, i);
		const struct node *root = file_mapping(file);
		known = known || file->role == FILE_ARGOCD_TEMPLATE;
		if (!(file->role & (FILE_ENVIRONMENT | FILE_ENVIRONMENT_DEFAULTS)))
			continue;
		known = known || has_setting(file);
		if (!root)
			continue;
		if (node_is_mapping(node_resolve(node_get(root, STR("applications")))))
			return LAYOUT_CURRENT;
		flat = flat || has_flat_flag(root);
	}
	return !known ? LAYOUT_NONE : flat ? LAYOUT_SQR079 : model->repository->layout;
}

static int compare_environments(const void *a, const void *b)
{
	return str_compare((*(struct environment *const *)a)->name, (*(struct environment *const *)b)->name);
}

void build_environments(struct model *model)
{
	struct environment defaults = {.name = STR_ABSENT};

	model->layout = find_layout(model);
	if (model->layout == LAYOUT_NONE)
		return;
	model->defaults = repository_file(model->repository, STR("environments/values.yaml"));
	defaults.values.defaults = model->defaults;
	vec_init(&defaults.enabled, sizeof(struct enabled_application));
	each_name(&defaults, model, model->defaults, take_flag);
	for (size_t i = 0; i < model->repository->files.len; i++) {
		const struct repo_file *file = file_at(model, i);
		if (file->role == FILE_ENVIRONMENT)
			read_environment(model, file, &defaults);
	}
	vec_sort(&model->environments, compare_environments);
	vec_release(&defaults.enabled);
}

void release_environments(struct model *model)
{
	for (size_t i = 0; i < model->environments.len; i++) {
		vec_release(&environment_at(model, i)->enabled);
		map_release(&environment_at(model, i)->enabled_by_name);
	}
	vec_release(&model->environments);
	map_release(&model->environment_by_name);
}

struct value_lookup environment_flag(
	const struct model *model, const struct environment *environment, struct str application)
{
	return find_flag(model, &environment->values, application);
}

const struct enabled_application *environment_enabled(const struct environment *environment, struct str application)
{
	return map_get(&environment->enabled_by_name, application);
}

struct value_lookup environment_setting(const struct environment *environment, struct str dotted)
{
	return values_get(&environment->values, dotted);
}

struct span environment_span(const struct environment *environment)
{
	return span_of_source(environment->file->source);
}
