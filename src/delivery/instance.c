#include "base/strbuf.h"
#include "delivery/build.h"

/* Nobody has more charts within each other, or in one application. */
enum { DEPTH_MAX = 16, INSTANCES_MAX = 5000 };

static const struct span nowhere = {.source = NULL};

/* A chart on its way to become an instance. */
struct level {
	struct chart_info *info;
	struct str path;
	const struct data *chart; /* .Chart */
	struct vec
		layers; /* const struct data *: of values, the first on top, the chart's own values.yaml being the last */
	const struct data
		*tags; /* those that the application's own values set; NULL: it is the application's own chart */
	bool maybe;
};

struct builder {
	struct delivery_run *run;
	struct vec *out;
	size_t first;               /* in out */
	const struct data *release; /* .Release */
	bool complete;
};

/* The values of a chart: its layers over the defaults of those parts that are there (NULL: all of them). */
static const struct data *merge_values(struct delivery_run *run, const struct level *level, const enum truth *enabled)
{
	struct chart_info *info = level->info;
	struct vec layers = VEC_INIT(const struct data *);

	vec_append(&layers, level->layers.items, level->layers.len);
	if (!enabled) {
		vec_push_pointer(&layers, chart_defaults(run, info));
	} else {
		struct data *below = data_map_new(&run->scratch, nowhere);
		for (size_t i = 0; i < info->part_count; i++) {
			struct chart_part *part = &info->parts[i];
			const struct data *values = part->info && enabled[i] == TRUTH_YES
							    ? chart_defaults(run, part->info)
							    : &DATA_IS_UNKNOWN;
			if (enabled[i] != TRUTH_NO)
				data_map_add(&run->scratch, below, part->dependency->key, nowhere, values);
		}
		vec_push_pointer(&layers, below);
	}
	if (info->imports)
		vec_push_pointer(&layers, &DATA_IS_UNKNOWN);
	const struct data *values = data_merge(&run->scratch, layers.items, layers.len);
	vec_release(&layers);
	return values;
}

/* The first path of a comma-separated list that is a boolean decides, as in Helm; fallback where none is. */
static enum truth condition_truth(struct arena *arena, const struct data *values, struct str paths, enum truth fallback)
{
	paths = str_trim(paths);
	while (!str_is_absent(paths)) {
		struct str path = str_cut(&paths, ',');
		const struct data *value = path.len > 0 ? data_get_path(arena, values, path) : &DATA_IS_NIL;
		if (value->kind == DATA_UNKNOWN || value->maybe)
			return TRUTH_UNKNOWN;
		if (value->kind == DATA_BOOL)
			return value->boolean ? TRUTH_YES : TRUTH_NO;
	}
	return fallback;
}

/* Off where some tag of it is false and none is true. */
static enum truth tags_truth(struct arena *arena, const struct data *tags, const struct node *list)
{
	bool on = false, off = false, unknown = false;

	list = node_resolve(list);
	for (uint32_t i = 0; node_is_sequence(list) && i < list->sequence.count; i++) {
		const struct data *value = data_get(arena, tags, node_string(node_resolve(list->sequence.items[i])));
		unknown = unknown || value->kind == DATA_UNKNOWN || value->maybe;
		on = on || (value->kind == DATA_BOOL && value->boolean);
		off = off || (value->kind == DATA_BOOL && !value->boolean);
	}
	return unknown ? TRUTH_UNKNOWN : off && !on ? TRUTH_NO : TRUTH_YES;
}

/* Which parts of a chart are there; arena memory. NULL: all, as none depends on values. */
static const enum truth *enabled_parts(struct delivery_run *run, const struct level *level)
{
	const struct chart_info *info = level->info;
	bool conditional = false;

	for (size_t i = 0; i < info->part_count; i++)
		conditional = conditional || info->parts[i].conditional;
	if (!conditional)
		return NULL;
	const struct data *values = merge_values(run, level, NULL);
	enum truth *enabled = arena_calloc(&run->scratch, info->part_count, sizeof(*enabled));
	const struct data *tags = level->tags ? level->tags : data_get(&run->scratch, values, STR("tags"));
	for (size_t i = 0; i < info->part_count; i++) {
		const struct node *node = info->parts[i].dependency->node;
		enum truth truth = tags_truth(&run->scratch, tags, node_get(node, STR("tags")));
		struct str condition = node_string(node_get(node, STR("condition")));
		enabled[i] = condition.len ? condition_truth(&run->scratch, values, condition, truth) : truth;
	}
	return enabled;
}

static const struct data *make_root(const struct builder *builder, const struct level *level, const struct data *values)
{
	struct arena *arena = &builder->run->scratch;
	struct data *root = data_map_new(arena, nowhere);
	struct data *template = data_map_new(arena, nowhere);
	struct str folder = arena_printf(arena, "%.*s/templates", STR_ARG(level->path));

	data_map_add(arena, template, STR("BasePath"), nowhere, data_string(arena, folder, nowhere));
	template->open = true;
	memory_watch(builder->run->memory, arena, values, builder->release);
	data_map_add(arena, root, STR("Values"), nowhere, values);
	data_map_add(arena, root, STR("Chart"), nowhere, level->chart);
	data_map_add(arena, root, STR("Release"), nowhere, builder->release);
	data_map_add(arena, root, STR("Template"), nowhere, template);
	data_map_add(arena, root, STR("Capabilities"), nowhere, &DATA_IS_UNKNOWN);
	data_map_add(arena, root, STR("Files"), nowhere, &DATA_IS_UNKNOWN);
	data_map_add(arena, root, STR("Subcharts"), nowhere, &DATA_IS_UNKNOWN);
	return root;
}

/* Whether a layer takes away what those below it have under a key. */
static bool holds_null(struct arena *arena, const struct data *layer, struct str key)
{
	struct data_entries entries = data_entries(arena, layer);

	for (size_t i = 0; i < entries.count; i++) {
		const struct data *value = entries.items[i].value;

		if (value->kind == DATA_NIL && !value->maybe && str_equal(entries.items[i].key, key))
			return true;
	}
	return false;
}

/* The layers of a part: what stands below its key in those of its parent, and the parent's globals above all. */
static void part_layers(struct vec *out, struct arena *arena, const struct level *parent, struct str key,
	const struct data *parent_values)
{
	const struct data *global = data_get(arena, parent_values, STR("global"));
	struct data *top = data_map_new(arena, nowhere);

	vec_init(out, sizeof(const struct data *));
	data_map_add(
		arena, top, STR("global"), nowhere, global->kind == DATA_NIL ? data_map_new(arena, nowhere) : global);
	vec_push_pointer(out, top);
	for (size_t i = 0; i < parent->layers.len; i++) {
		const struct data *layer = data_get(arena, vec_pointer(&parent->layers, i), key);
		if (layer->kind == DATA_MAP || layer->kind == DATA_UNKNOWN)
			vec_push_pointer(out, layer);
		else if (holds_null(arena, vec_pointer(&parent->layers, i), key))
			break;
	}
}

static void add_level(struct builder *builder, const struct level *level, unsigned depth);

static void add_part(struct builder *builder, const struct level *level, struct chart_part *part,
	const struct data *values, enum truth enabled, unsigned depth)
{
	struct arena *arena = &builder->run->scratch;
	struct str key = part->dependency->key;
	struct level inner = {
		.info = part->info,
		.path = arena_printf(arena, "%.*s/charts/%.*s", STR_ARG(level->path), STR_ARG(key)),
		.chart = part_metadata(builder->run, part),
		.tags = level->tags,
		.maybe = level->maybe || enabled == TRUTH_UNKNOWN,
	};

	part_layers(&inner.layers, arena, level, key, values);
	vec_push_pointer(&inner.layers, chart_values(builder->run, part->info));
	add_level(builder, &inner, depth + 1);
	vec_release(&inner.layers);
}

static void add_level(struct builder *builder, const struct level *level, unsigned depth)
{
	struct level own = *level;

	if (depth > DEPTH_MAX || builder->out->len - builder->first >= INSTANCES_MAX) {
		builder->complete = false;
		return;
	}
	const enum truth *enabled = enabled_parts(builder->run, level);
	const struct data *values = merge_values(builder->run, level, enabled);
	if (!own.tags)
		own.tags = data_get(&builder->run->scratch, values, STR("tags"));
	struct instance *instance = vec_push(builder->out);
	instance->info = level->info;
	instance->root = make_root(builder, level, values);
	instance->path = level->path;
	instance->maybe = level->maybe;
	for (size_t i = 0; i < level->info->part_count; i++) {
		struct chart_part *part = &level->info->parts[i];
		enum truth truth = enabled ? enabled[i] : TRUTH_YES;
		if (part->info && truth != TRUTH_NO)
			add_part(builder, &own, part, values, truth, depth);
	}
}

static const struct data *text_or_unknown(struct arena *arena, struct str text)
{
	return str_is_absent(text) ? &DATA_IS_UNKNOWN : data_string(arena, text, nowhere);
}

static const struct data *make_release(struct arena *arena, const struct deployment *deployment)
{
	struct data *release = data_map_new(arena, nowhere);

	data_map_add(arena, release, STR("Name"), nowhere, text_or_unknown(arena, deployment->release));
	data_map_add(arena, release, STR("Namespace"), nowhere, text_or_unknown(arena, deployment->name_space));
	data_map_add(arena, release, STR("Service"), nowhere, data_string(arena, STR("Helm"), nowhere));
	data_map_add(arena, release, STR("IsInstall"), nowhere, data_bool(true));
	data_map_add(arena, release, STR("IsUpgrade"), nowhere, data_bool(false));
	data_map_add(arena, release, STR("Revision"), nowhere, data_int(arena, 1));
	return release;
}

bool instances_of(struct vec *out, struct delivery_run *run, const struct deployment *deployment)
{
	struct chart_info *info = chart_info_of(run, deployment->application->chart);
	struct builder builder = {
		.run = run,
		.out = out,
		.first = out->len,
		.release = make_release(&run->scratch, deployment),
		.complete = true,
	};
	struct level top = {
		.info = info,
		.path = info->chart->name,
		.chart = chart_metadata(run, info),
		.layers = VEC_INIT(const struct data *),
		.maybe = deployment->maybe,
	};

	vec_append(&top.layers, deployment->layers.items, deployment->layers.len);
	vec_push_pointer(&top.layers, chart_values(run, info));
	add_level(&builder, &top, 0);
	vec_release(&top.layers);
	return builder.complete;
}

/* A file with named templates; those nearer to the top win, and of equal depth the first by path. */
struct definer {
	struct str path; /* of the chart */
	const struct template_file *file;
	size_t depth;
};

static size_t count_slashes(struct str path)
{
	size_t count = 0;

	for (size_t i = 0; i < path.len; i++)
		count += path.ptr[i] == '/';
	return count;
}

static int compare_definers(const void *a, const void *b)
{
	const struct definer *one = a, *other = b;
	int order = one->depth < other->depth ? -1 : one->depth > other->depth;

	if (order == 0)
		order = str_compare(one->path, other->path);
	return order != 0 ? order : str_compare(one->file->name, other->file->name);
}

static void add_definers(struct vec *definers, const struct instance *instance)
{
	for (size_t i = 0; i < instance->info->files.len; i++) {
		const struct template_file *file = vec_pointer(&instance->info->files, i);
		if (!file->read || file->part_count < 2)
			continue;
		struct definer *definer = vec_push(definers);
		definer->path = instance->path;
		definer->file = file;
		definer->depth = count_slashes(instance->path) + count_slashes(file->name);
	}
}

/* Several instances of a chart define the same. */
static void drop_repeated(struct vec *definers)
{
	struct map seen;
	size_t kept = 0;

	map_init(&seen);
	for (size_t i = 0; i < definers->len; i++) {
		const struct definer *definer = vec_at(definers, i);
		struct str path = definer->file->file->path;
		if (map_has(&seen, path))
			continue;
		map_set(&seen, path, NULL);
		*(struct definer *)vec_at(definers, kept++) = *definer;
	}
	definers->len = kept;
	map_release(&seen);
}

const struct map *instances_names(struct delivery_run *run, const struct vec *instances)
{
	struct vec definers = VEC_INIT(struct definer);
	struct strbuf key = STRBUF_INIT;

	for (size_t i = 0; i < instances->len; i++)
		add_definers(&definers, vec_at(instances, i));
	vec_sort(&definers, compare_definers);
	drop_repeated(&definers);
	for (size_t i = 0; i < definers.len; i++) {
		strbuf_append(&key, ((const struct definer *)vec_at(&definers, i))->file->file->path);
		strbuf_append_char(&key, '\n');
	}
	struct map *names = map_get(&run->names_by_charts, strbuf_str(&key));
	if (!names) {
		names = arena_alloc(run->arena, sizeof(*names));
		map_init(names);
		for (size_t i = 0; i < definers.len; i++)
			names_add(names, run->arena, ((const struct definer *)vec_at(&definers, i))->file->read);
		map_set(&run->names_by_charts, arena_str(run->arena, strbuf_str(&key)), names);
	}
	strbuf_release(&key);
	vec_release(&definers);
	return names;
}
