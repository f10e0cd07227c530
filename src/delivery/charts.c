#include "base/path.h"
#include "delivery/build.h"

/* What Chart.yaml says, as templates see it: Go fields, of which those that are not set are empty texts. */
static const struct {
	const char *field;
	const char *key;
} metadata_fields[] = {
	{"Name", "name"},
	{"Version", "version"},
	{"AppVersion", "appVersion"},
	{"APIVersion", "apiVersion"},
	{"Description", "description"},
	{"Type", "type"},
	{"Home", "home"},
	{"Icon", "icon"},
	{"KubeVersion", "kubeVersion"},
};

/* .Chart; the alias counts as the chart's name where it has one. */
static const struct data *make_metadata(struct arena *arena, const struct chart *chart, struct str name, bool root)
{
	const struct node *node = file_mapping(chart->file);
	struct data *map = data_map_new(arena, (struct span){.source = NULL});

	for (size_t i = 0; i < sizeof(metadata_fields) / sizeof(metadata_fields[0]); i++) {
		const struct node *value = node_resolve(node_get(node, str_of(metadata_fields[i].key)));
		struct str text = i == 0 ? name : node_text(value);
		struct span span = value ? node_span(value) : (struct span){.source = NULL};

		if (str_is_absent(text) || (i > 0 && node_is_null(value)))
			text = STR("");
		data_map_add(arena, map, str_of(metadata_fields[i].field), span, data_string(arena, text, span));
	}
	data_map_add(arena, map, STR("IsRoot"), (struct span){.source = NULL}, data_bool(root));
	map->open = true;
	return map;
}

const struct data *values_of_file(struct delivery_run *run, const struct repo_file *file)
{
	if (!file || !file->loaded)
		return file ? &DATA_IS_UNKNOWN : data_map_new(&run->scratch, (struct span){.source = NULL});
	void **slot = map_slot(&run->values_by_path, file->path);
	if (!*slot) {
		const struct node *root = file_mapping(file);
		const struct data *data = &DATA_IS_UNKNOWN;
		if (root)
			data = data_of_node(&run->scratch, root, file->source);
		else if (!file_is_broken(file))
			data = data_map_new(&run->scratch, (struct span){.source = NULL});
		*slot = (void *)(uintptr_t)data;
	}
	return *slot;
}

static bool is_conditional(const struct chart_dependency *dependency)
{
	return node_find(dependency->node, STR("condition")) || node_find(dependency->node, STR("tags"));
}

static void add_parts(struct delivery_run *run, struct chart_info *info)
{
	const struct vec *dependencies = &info->chart->dependencies;

	info->parts = arena_calloc(run->arena, dependencies->len, sizeof(*info->parts));
	for (size_t i = 0; i < dependencies->len; i++) {
		const struct chart_dependency *dependency = vec_at(dependencies, i);
		struct chart_part *part = &info->parts[i];

		part->dependency = dependency;
		part->conditional = is_conditional(dependency);
		info->imports = info->imports || node_find(dependency->node, STR("import-values"));
		if (!dependency->chart) {
			info->partial = true;
			continue;
		}
		part->info = chart_info_of(run, dependency->chart);
	}
	info->part_count = dependencies->len;
}

struct chart_info *chart_info_of(struct delivery_run *run, const struct chart *chart)
{
	struct chart_info *info = map_get(&run->delivery->charts, chart->folder);
	if (info)
		return info;

	info = arena_calloc(run->arena, 1, sizeof(*info));
	map_set(&run->delivery->charts, chart->folder, info);
	info->chart = chart;
	info->library = str_is(node_string(node_get(file_mapping(chart->file), STR("type"))), "library");
	info->partial = file_is_broken(chart->file) || file_is_broken(chart->values);
	vec_init(&info->files, sizeof(struct template_file *));
	add_parts(run, info);
	return info;
}

const struct chart_info *chart_info_find(const struct delivery *delivery, const struct chart *chart)
{
	return map_get(&delivery->charts, chart->folder);
}

/* Charts that depend on each other in circles are partial together: hence as often as anything changes, deepest first in most cases. */
void charts_settle(struct delivery *delivery)
{
	bool changed = true;

	while (changed) {
		changed = false;
		for (size_t i = delivery->charts.len; i-- > 0;) {
			struct chart_info *info = delivery->charts.entries[i].value;
			for (size_t j = 0; j < info->part_count && !info->partial; j++) {
				info->partial = info->parts[j].info && info->parts[j].info->partial;
				changed = changed || info->partial;
			}
		}
	}
}

void chart_infos_release(struct delivery *delivery)
{
	for (size_t i = 0; i < delivery->charts.len; i++) {
		struct chart_info *info = delivery->charts.entries[i].value;
		vec_release(&info->files);
	}
	map_release(&delivery->charts);
}

const struct data *chart_values(struct delivery_run *run, struct chart_info *info)
{
	if (!info->own)
		info->own = values_of_file(run, info->chart->values);
	return info->own;
}

const struct data *chart_metadata(struct delivery_run *run, struct chart_info *info)
{
	if (!info->metadata)
		info->metadata = make_metadata(run->arena, info->chart, info->chart->name, true);
	return info->metadata;
}

const struct data *part_metadata(struct delivery_run *run, struct chart_part *part)
{
	if (!part->chart)
		part->chart = make_metadata(run->arena, part->info->chart, part->dependency->key, false);
	return part->chart;
}

const struct data *chart_defaults(struct delivery_run *run, struct chart_info *info)
{
	struct span nowhere = {.source = NULL};

	if (info->visiting)
		return &DATA_IS_UNKNOWN;
	if (info->part_count == 0)
		return chart_values(run, info);
	if (info->defaults)
		return info->defaults;
	info->visiting = true;
	struct data *below = data_map_new(&run->scratch, nowhere);
	for (size_t i = 0; i < info->part_count; i++) {
		struct chart_part *part = &info->parts[i];
		const struct data *values = part->info ? chart_defaults(run, part->info) : &DATA_IS_UNKNOWN;
		data_map_add(&run->scratch, below, part->dependency->key, nowhere, values);
	}
	const struct data *layers[] = {chart_values(run, info), below, &DATA_IS_UNKNOWN};
	info->defaults = data_merge(&run->scratch, layers, info->imports ? 3 : 2);
	info->visiting = false;
	return info->defaults;
}

static void forget_metadata(struct chart_info *info)
{
	info->metadata = NULL;
	for (size_t i = 0; i < info->part_count; i++)
		info->parts[i].chart = NULL;
}

void charts_begin(struct delivery_run *run, bool changed)
{
	const struct map *charts = &run->delivery->charts;

	for (size_t i = 0; i < charts->len; i++) {
		struct chart_info *info = charts->entries[i].value;
		info->own = info->defaults = NULL;
		if (changed)
			forget_metadata(info);
	}
	map_release(&run->values_by_path);
	map_init(&run->values_by_path);
	arena_clear(&run->scratch);
}
