#include "model/chart.h"

#include "base/path.h"
#include "model/build.h"

static struct chart *chart_at(const struct model *model, size_t index)
{
	return vec_pointer(&model->charts, index);
}

struct chart *build_chart(struct model *model, struct str folder)
{
	struct chart *chart = map_get(&model->chart_by_folder, folder);
	if (chart)
		return chart;

	chart = arena_calloc(&model->arena, 1, sizeof(*chart));
	chart->folder = arena_str(&model->arena, folder);
	chart->name = path_base(chart->folder);
	vec_init(&chart->dependencies, sizeof(struct chart_dependency));
	map_init(&chart->dependency_by_key);
	vec_append(&model->charts, &chart, 1);
	map_set(&model->chart_by_folder, chart->folder, chart);
	return chart;
}

/* Where a dependency lies: at its file:// address, or vendored in charts/. */
static struct chart *find_dependency(
	struct model *model, const struct chart *parent, struct str name, struct str repository)
{
	struct str scheme = STR("file://");
	struct str folder;

	if (str_starts_with(repository, scheme))
		folder = path_join(&model->arena, parent->folder, str_slice(repository, scheme.len, repository.len));
	else
		folder = path_join(&model->arena, path_join(&model->arena, parent->folder, STR("charts")), name);
	return map_get(&model->chart_by_folder, path_normalize(&model->arena, folder));
}

static void read_dependency(struct model *model, struct chart *chart, const struct node *entry)
{
	struct str name = node_string(node_get(entry, STR("name")));
	struct str alias = node_string(node_get(entry, STR("alias")));
	struct str repository = node_string(node_get(entry, STR("repository")));

	if (!node_is_mapping(entry) || str_is_absent(name))
		return;
	struct chart *target = find_dependency(model, chart, name, repository);
	struct chart_dependency *dependency = vec_push(&chart->dependencies);
	dependency->key = alias.len ? alias : name;
	dependency->name = name;
	dependency->repository = repository;
	dependency->node = entry;
	dependency->chart = target;
	if (target && str_equal(path_directory(path_directory(target->folder)), chart->folder))
		target->listed = true;
}

static void read_chart(struct model *model, struct chart *chart)
{
	const struct node *root = file_mapping(chart->file);
	const struct node *list = node_resolve(node_get(root, STR("dependencies")));
	struct str name = node_string(node_get(root, STR("name")));

	if (name.len)
		chart->name = name;
	for (uint32_t i = 0; node_is_sequence(list) && i < list->sequence.count; i++)
		read_dependency(model, chart, node_resolve(list->sequence.items[i]));
}

/* Helm also takes what merely lies in charts/. */
static void add_unlisted(struct model *model, struct chart *chart)
{
	struct str above = path_directory(chart->folder);
	struct chart *parent = map_get(&model->chart_by_folder, path_directory(above));

	if (chart->listed || !parent || !str_is(path_base(above), "charts"))
		return;
	struct chart_dependency *dependency = vec_push(&parent->dependencies);
	dependency->key = chart->name;
	dependency->name = chart->name;
	dependency->chart = chart;
}

/* Once all are there, as they do not move any more. */
static void index_dependencies(struct chart *chart)
{
	for (size_t i = 0; i < chart->dependencies.len; i++) {
		struct chart_dependency *dependency = vec_at(&chart->dependencies, i);
		if (!map_has(&chart->dependency_by_key, dependency->key))
			map_set(&chart->dependency_by_key, dependency->key, dependency);
	}
}

static int compare_charts(const void *a, const void *b)
{
	return str_compare((*(struct chart *const *)a)->folder, (*(struct chart *const *)b)->folder);
}

void build_charts(struct model *model)
{
	const struct vec *files = &model->repository->files;

	for (size_t i = 0; i < files->len; i++) {
		const struct repo_file *file = vec_pointer(files, i);
		if (file->role == FILE_CHART)
			build_chart(model, path_directory(file->path))->file = file;
		else if (file->role == FILE_VALUES)
			build_chart(model, path_directory(file->path))->values = file;
	}
	for (size_t i = 0; i < model->charts.len; i++)
		read_chart(model, chart_at(model, i));
	vec_sort(&model->charts, compare_charts);
	for (size_t i = 0; i < model->charts.len; i++)
		add_unlisted(model, chart_at(model, i));
	for (size_t i = 0; i < model->charts.len; i++)
		index_dependencies(chart_at(model, i));
}

void release_charts(struct model *model)
{
	for (size_t i = 0; i < model->charts.len; i++) {
		vec_release(&chart_at(model, i)->dependencies);
		map_release(&chart_at(model, i)->dependency_by_key);
	}
	vec_release(&model->charts);
	map_release(&model->chart_by_folder);
}

/* The values of a whole chart, as the value of its key. */
static struct value_lookup whole_values(const struct chart *chart)
{
	struct value_lookup lookup = {.node = file_mapping(chart->values), .file = chart->values};
	lookup.key = lookup.node;
	return lookup;
}

enum subchart_result chart_find_default(struct value_lookup *out, const struct chart *chart, struct str dotted)
{
	for (;;) {
		struct str key = str_cut(&dotted, '.');
		const struct chart_dependency *dependency = map_get(&chart->dependency_by_key, key);
		if (!dependency)
			return file_is_broken(chart->file) ? SUBCHART_ELSEWHERE : SUBCHART_NO;
		chart = dependency->chart;
		if (!chart || file_is_broken(chart->values))
			return SUBCHART_ELSEWHERE;
		struct values values = {.defaults = chart->values};
		struct value_lookup lookup = str_is_absent(dotted) ? whole_values(chart) : values_get(&values, dotted);
		if (value_is_set(&lookup)) {
			*out = lookup;
			return SUBCHART_SET;
		}
		if (str_is_absent(dotted))
			return SUBCHART_NO;
	}
}
