#include "base/path.h"
#include "base/strbuf.h"
#include "delivery/build.h"
#include "yaml/stream.h"

static const struct span nowhere = {.source = NULL};

bool is_prefix_key(struct str key)
{
	static const char *const names[] = {"vaultSecretsPath", "vaultSecretsPathPrefix", "vaultPathPrefix",
		"vaultPrefixPath", "vaultSecretsPrefix"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (str_is(key, names[i]))
			return true;
	}
	return false;
}

/* One source of an Application. */
struct reader {
	struct delivery_run *run;
	struct settings *settings;
	const struct application *application;
	const struct data *helm;
	struct deployment *out;
};

static const struct data *member(const struct reader *reader, const char *key)
{
	return data_get(&reader->run->scratch, reader->helm, str_of(key));
}

static void add_layer(const struct reader *reader, const struct data *layer)
{
	vec_push_pointer(&reader->out->layers, layer);
}

/* A name in valueFiles: seen from the chart, or from the root of the repository ("/x", and "$ref/x" of the repository itself). */
static const struct data *value_file(const struct reader *reader, struct str name)
{
	struct arena *arena = &reader->run->scratch;
	struct str folder = reader->application->folder;
	bool referred = str_starts_with(name, STR("$"));

	if (name.len == 0 || str_contains(name, STR("://")))
		return &DATA_IS_UNKNOWN;
	if (referred || name.ptr[0] == '/') {
		folder = STR("");
		name = str_slice(name, str_find(name, '/') + 1, name.len);
	}
	struct str path = path_normalize(arena, path_join(arena, folder, name));
	const struct repo_file *file = repository_file(reader->run->delivery->model->repository, path);
	if (!file && referred)
		return &DATA_IS_UNKNOWN;
	return values_of_file(reader->run, file);
}

/* Later files stand over earlier ones. The chart's own values.yaml comes last in any case. */
static void add_value_files(const struct reader *reader)
{
	struct arena *arena = &reader->run->scratch;
	const struct data *list = member(reader, "valueFiles");
	struct data_items items = data_items(arena, list);

	if (list->kind != DATA_NIL && (list->kind != DATA_LIST || list->open || list->maybe))
		add_layer(reader, &DATA_IS_UNKNOWN);
	for (size_t i = items.count; i-- > 0;) {
		struct str name = items.items[i]->maybe ? STR_ABSENT : data_text(arena, items.items[i]);
		if (i > 0 || !str_is(name, "values.yaml"))
			add_layer(reader, value_file(reader, name));
	}
}

/* Text of values: read as YAML, in lines where they stand in the template, as far as that is known. */
static const struct data *read_values(const struct reader *reader, const struct data *values)
{
	struct arena *arena = &reader->run->scratch;
	struct str text = values->maybe ? STR_ABSENT : data_text(arena, values);
	struct strbuf padded = STRBUF_INIT;

	if (str_is_absent(text))
		return &DATA_IS_UNKNOWN;
	uint32_t line = values->span.source ? source_line_at(values->span.source, values->span.start) : 0;
	strbuf_append_repeat(&padded, '\n', line);
	strbuf_append(&padded, text);
	struct str path = values->span.source ? values->span.source->path : STR("values");
	struct arena *kept = reader->run->arena; /* places in it are */
	struct yaml_stream *stream = yaml_load(kept, path, arena_str(kept, strbuf_str(&padded)), false);
	const struct node *root = node_resolve(yaml_root(stream));
	const struct data *data = &DATA_IS_UNKNOWN;
	if (!stream->broken && (node_is_mapping(root) || node_is_null(root)))
		data = data_of_node(arena, root, &stream->source);
	vec_push_pointer(&reader->run->streams, stream);
	strbuf_release(&padded);
	return data;
}

static void add_inline_values(const struct reader *reader)
{
	const struct data *object = member(reader, "valuesObject");
	const struct data *values = member(reader, "values");

	if (object->kind == DATA_STRING || object->kind == DATA_YAML)
		object = &DATA_IS_UNKNOWN;
	if (object->kind != DATA_NIL)
		add_layer(reader, object->maybe ? &DATA_IS_UNKNOWN : object);
	if (values->kind == DATA_YAML)
		add_layer(reader, values->maybe ? &DATA_IS_UNKNOWN : values->structure);
	else if (object->kind == DATA_NIL && values->kind != DATA_NIL)
		add_layer(reader, read_values(reader, values));
}

static struct deployment *add_deployment(
	struct vec *out, const struct application *application, struct str release, struct str name_space)
{
	struct deployment *deployment = vec_push(out);

	deployment->application = application;
	deployment->release = release;
	deployment->name_space = name_space;
	vec_init(&deployment->layers, sizeof(const struct data *));
	return deployment;
}

/* A source deploys the application if it names its folder. */
static bool is_source_of(struct arena *arena, const struct data *source, const struct application *application)
{
	struct str path = data_text(arena, data_get(arena, source, STR("path")));
	return path.len > 0 && str_equal(path_normalize(arena, path), application->folder);
}

static void read_source(struct vec *out, struct reader *reader, const struct data *document, const struct data *source)
{
	struct arena *arena = &reader->run->scratch;

	if (!is_source_of(arena, source, reader->application))
		return;
	reader->helm = data_get(arena, source, STR("helm"));
	const struct data *release = member(reader, "releaseName");
	if (release->kind == DATA_NIL)
		release = data_get_path(arena, document, STR("metadata.name"));
	const struct data *name_space = data_get_path(arena, document, STR("spec.destination.namespace"));
	reader->out = add_deployment(out, reader->application, data_name(arena, release), data_name(arena, name_space));
	reader->out->maybe = document->maybe || source->maybe;
	add_layer(reader, parameter_values(arena, reader->helm));
	add_inline_values(reader);
	add_value_files(reader);
}

/* Whether a source brings manifests from elsewhere; one with `ref` alone lends its values files. */
static bool is_foreign(const struct reader *reader, const struct data *source)
{
	struct arena *arena = &reader->run->scratch;

	return data_get(arena, source, STR("chart"))->kind != DATA_NIL ||
	       (data_get(arena, source, STR("path"))->kind != DATA_NIL &&
		       !is_source_of(arena, source, reader->application));
}

/* What other sources deploy beside the application is not followed. */
static void read_sources(struct vec *out, struct reader *reader, const struct data *document, struct data_items sources)
{
	size_t before = out->len;
	bool foreign = false;

	for (size_t i = 0; i < sources.count; i++) {
		read_source(out, reader, document, sources.items[i]);
		foreign = foreign || is_foreign(reader, sources.items[i]);
	}
	if (foreign && out->len > before)
		chart_info_of(reader->run, reader->application->chart)->partial = true;
}

static void read_document(struct vec *out, struct reader *reader, const struct data *document)
{
	struct arena *arena = &reader->run->scratch;
	const struct data *spec = data_get(arena, document, STR("spec"));
	struct data_items sources = data_items(arena, data_get(arena, spec, STR("sources")));

	if (!str_is(data_text(arena, data_get(arena, document, STR("kind"))), "Application"))
		return;
	read_sources(out, reader, document, sources);
	if (sources.count == 0)
		read_source(out, reader, document, data_get(arena, spec, STR("source")));
}

/* Where no Application tells what is handed to the charts: what holds the path to Vault by its name, and is not set by any file, is the environment's. */
struct prefix_search {
	struct arena *arena;
	const struct data *values;
	const struct data *prefix;
	struct data *found;
};

static bool is_unset(const struct data *value)
{
	return value->kind == DATA_NIL || (value->kind == DATA_STRING && value->string.len == 0);
}

static void offer_prefix(void *context, struct str dotted, const struct node *value)
{
	struct prefix_search *search = context;
	struct str key = str_slice(dotted, str_find_last(dotted, '.') + 1, dotted.len);

	(void)value;
	if (str_find_last(dotted, '.') == dotted.len)
		key = dotted;
	if (is_prefix_key(key) && is_unset(data_get_path(search->arena, search->values, dotted)))
		set_path(search->arena, search->found, dotted, search->prefix);
}

enum { VISIT_BUDGET = 100000 };

static const struct data *assumed_prefixes(const struct reader *reader, const struct data *values)
{
	struct arena *arena = &reader->run->scratch;
	struct str prefix = reader->settings->prefix;
	struct prefix_search search = {
		.arena = arena,
		.values = values,
		.prefix = str_is_absent(prefix) ? &DATA_IS_UNKNOWN : data_string(arena, prefix, nowhere),
		.found = data_map_new(arena, nowhere),
	};

	offer_prefix(&search, STR("global.vaultSecretsPath"), NULL);
	offer_prefix(&search, STR("global.vaultSecretsPathPrefix"), NULL);
	offer_prefix(&search, STR("global.vaultPathPrefix"), NULL);
	if (reader->application->chart->values)
		values_each_path(reader->application->chart->values, VISIT_BUDGET, offer_prefix, &search);
	return search.found;
}

static void add_assumed(struct vec *out, struct reader *reader)
{
	const struct application *application = reader->application;
	const struct application_overlay *overlay =
		application_overlay(application, reader->settings->environment->name);
	const struct data *layers[] = {
		values_of_file(reader->run, overlay ? overlay->values : NULL),
		values_of_file(reader->run, application->chart->values),
	};
	const struct data *values = data_merge(&reader->run->scratch, layers, 2);

	reader->out = add_deployment(out, application, application->name, application->name);
	add_layer(reader, assumed_prefixes(reader, values));
	add_layer(reader, layers[0]);
}

void deployments_of(struct vec *out, struct delivery_run *run, struct settings *settings,
	const struct application *application, bool maybe)
{
	struct reader reader = {.run = run, .settings = settings, .application = application};
	size_t first = out->len;
	const struct repo_file *last = NULL;

	for (size_t i = 0; i < application->argocd.len; i++) {
		const struct argocd_application *argocd = vec_pointer(&application->argocd, i);
		const struct vec *documents =
			argocd->file == last ? NULL : argocd_documents(run, settings, argocd->file);
		for (size_t j = 0; documents && j < documents->len; j++)
			read_document(out, &reader, vec_pointer(documents, j));
		last = argocd->file;
	}
	if (out->len == first)
		add_assumed(out, &reader);
	for (size_t i = first; i < out->len; i++) {
		struct deployment *deployment = vec_at(out, i);
		deployment->maybe = deployment->maybe || maybe;
	}
}

void deployments_release(struct vec *deployments)
{
	for (size_t i = 0; i < deployments->len; i++)
		vec_release(&((struct deployment *)vec_at(deployments, i))->layers);
	vec_release(deployments);
}
