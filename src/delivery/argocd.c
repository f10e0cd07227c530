#include "base/path.h"
#include "delivery/build.h"
#include "helm/expand.h"

static const struct span nowhere = {.source = NULL};

/* The parts of an Application that say how it is deployed. */
static enum helm_care interest(const struct helm_path *path)
{
	static const struct {
		const char *outer; /* NULL: the document itself */
		const char *key;
		enum helm_care care;
	} rows[] = {
		{NULL, "kind", HELM_KEEP},
		{NULL, "metadata", HELM_DESCEND},
		{"metadata", "name", HELM_KEEP},
		{NULL, "spec", HELM_DESCEND},
		{"spec", "destination", HELM_DESCEND},
		{"destination", "namespace", HELM_KEEP},
		{"spec", "source", HELM_DESCEND},
		{"spec", "sources", HELM_DESCEND},
		{"source", "path", HELM_KEEP},
		{"source", "helm", HELM_KEEP},
		{"sources", "path", HELM_KEEP},
		{"sources", "helm", HELM_KEEP},
		{"sources", "chart", HELM_KEEP},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (!path->outer != !rows[i].outer || !str_is(path->key, rows[i].key))
			continue;
		if (!path->outer || str_is(path->outer->key, rows[i].outer))
			return rows[i].care;
	}
	return HELM_SKIP;
}

static bool defines_any(struct str text)
{
	return str_contains(text, STR("define")) || str_contains(text, STR("block"));
}

void argocd_prepare(struct delivery_run *run, const struct map *files)
{
	const struct vec *all = &run->delivery->model->repository->files;

	for (size_t i = 0; i < all->len; i++) {
		const struct repo_file *file = vec_pointer(all, i);
		if (file->role != FILE_ARGOCD_TEMPLATE || !file->loaded)
			continue;
		if (!map_has(files, file->path) && !defines_any(file->source->text))
			continue;
		struct helm_template *read = helm_read(run->arena, file->source, interest);
		map_set(&run->argocd, file->path, read);
		names_add(&run->argocd_names, run->arena, read);
	}
}

void settings_init(struct settings *settings, struct delivery_run *run, const struct environment *environment)
{
	struct arena *arena = &run->scratch;
	const struct data *layers[] = {
		values_of_file(run, environment->file), values_of_file(run, run->delivery->model->defaults)};

	settings->environment = environment;
	settings->values = data_merge(arena, layers, 2);
	settings->prefix =
		path_without_slashes(data_text(arena, data_get(arena, settings->values, STR("vaultPathPrefix"))));
	map_init(&settings->expanded);
	struct data *root = data_map_new(arena, nowhere);
	data_map_add(arena, root, STR("Values"), nowhere, settings->values);
	data_map_add(arena, root, STR("Release"), nowhere, &DATA_IS_UNKNOWN);
	data_map_add(arena, root, STR("Chart"), nowhere, &DATA_IS_UNKNOWN);
	root->open = true;
	settings->root = root;
}

void settings_release(struct settings *settings)
{
	for (size_t i = 0; i < settings->expanded.len; i++)
		vec_release(settings->expanded.entries[i].value);
	map_release(&settings->expanded);
}

/* The documents of an Argo CD template in an environment. */
const struct vec *argocd_documents(struct delivery_run *run, struct settings *settings, const struct repo_file *file)
{
	void **slot = map_slot(&settings->expanded, file->path);
	const struct helm_template *read = map_get(&run->argocd, file->path);
	struct evaluation evaluation = {
		.arena = &run->scratch, .names = &run->argocd_names, .effort = EVALUATION_EFFORT};

	if (*slot)
		return *slot;
	struct vec *documents = arena_alloc(&run->scratch, sizeof(*documents));
	vec_init(documents, sizeof(const struct data *));
	if (read)
		helm_expand(documents, &evaluation, read, settings->root);
	*slot = documents;
	return documents;
}
