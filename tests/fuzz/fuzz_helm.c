/* Any bytes as a Helm template: read as it stands, written as JSON, and expanded with a few values. */
#include "fuzz_tree.h"

#include "helm/expand.h"
#include "helm/helm.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define VALUES                                                                                                         \
	"Values: {a: {b: c, d: [1, {e: f}]}, x: 'k: v', list: [a, b], map: {k: v}, t: true}\n"                         \
	"Release: {Name: r, Namespace: n}\nChart: {Name: c}\n"

/* How far a result is looked into. */
#define VISITS_OF_DATA 20000

/* Members follow one another in the order of the text, within their collection. */
static void check_members(const struct helm_template *read, const struct helm_collection *collection)
{
	uint32_t last = collection->start;

	for (size_t i = 0; i < collection->members.len; i++) {
		const struct helm_member *member = vec_at(&collection->members, i);

		require(member->start >= last && member->end >= member->start, "members are out of order",
			collection->node);
		require(member->end <= collection->end && member->end <= read->source->text.len,
			"a member leaves its collection", collection->node);
		require(member->insertion || member->pair || member->item || member->inside, "a member is nothing",
			collection->node);
		last = member->start;
		if (member->inside && member->inside->start >= member->start)
			check_members(read, member->inside);
	}
}

static void look_into(struct arena *arena, const struct data *value, size_t *visits, unsigned depth)
{
	struct data_entries entries = data_entries(arena, value);
	struct data_items items = data_items(arena, value);

	if (value->span.source)
		require(value->span.start <= value->span.end && value->span.end <= value->span.source->text.len,
			"a span leaves its source", NULL);
	data_truth(arena, value);
	for (size_t i = 0; i < entries.count && depth < 100 && ++*visits < VISITS_OF_DATA; i++)
		look_into(arena, entries.items[i].value, visits, depth + 1);
	for (size_t i = 0; i < items.count && depth < 100 && ++*visits < VISITS_OF_DATA; i++)
		look_into(arena, items.items[i], visits, depth + 1);
	if (value->kind == DATA_YAML && depth < 100)
		look_into(arena, value->structure, visits, depth + 1);
}

static void name_templates(struct map *names, struct arena *arena, const struct helm_template *read)
{
	for (size_t i = 0; i < read->syntax->define_count; i++) {
		struct named_template *named = arena_alloc(arena, sizeof(*named));

		*named = (struct named_template){.define = &read->syntax->defines[i], .owner = read};
		map_set(names, named->define->name, named);
	}
}

static void expand(struct arena *arena, const struct helm_template *read)
{
	struct yaml_stream *values = yaml_load(arena, STR("values.yaml"), STR(VALUES), false);
	struct vec documents = VEC_INIT(const struct data *);
	struct evaluation evaluation = {.arena = arena, .effort = 20000};
	struct map names;
	size_t visits = 0;

	map_init(&names);
	name_templates(&names, arena, read);
	evaluation.names = &names;
	helm_expand(&documents, &evaluation, read, data_of_node(arena, yaml_root(values), NULL));
	for (size_t i = 0; i < documents.len; i++)
		look_into(arena, vec_pointer(&documents, i), &visits, 0);
	vec_release(&documents);
	map_release(&names);
	yaml_stream_release(values);
}

static void visit_use(void *context, struct str dotted, struct span span)
{
	require(dotted.len > 0 && span.start < span.end, "a use is none", NULL);
	(void)context;
}

static void check_all_members(const struct helm_template *read)
{
	for (size_t i = 0; i < read->fragments.len; i++) {
		const struct helm_fragment *fragment = vec_at(&read->fragments, i);

		for (size_t j = 0; j < fragment->readings.len; j++)
			check_members(read, ((struct helm_reading *)vec_at(&fragment->readings, j))->documents);
	}
}

/* Takes some of everything. */
static enum helm_care interest(const struct helm_path *path)
{
	static const enum helm_care cares[] = {HELM_DESCEND, HELM_SKIP, HELM_DESCEND, HELM_KEEP, HELM_NAMES};

	return cares[path->key.len % (sizeof(cares) / sizeof(*cares))];
}

/* The same, with much of it left out. */
static void read_pruned(struct arena *arena, const struct source *source)
{
	struct helm_template *read = helm_read(arena, source, interest);

	check_all_members(read);
	expand(arena, read);
	helm_template_release(read);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct strbuf text = STRBUF_INIT;
	struct json_writer json;
	struct helm_template *read;
	struct source source;
	struct arena arena;

	arena_init(&arena);
	source_init(&source, &arena, STR("fuzz.yaml"), (struct str){(const char *)data, size});
	read = helm_read(&arena, &source, NULL);
	require(!read->gave_up || (read->problem.len > 0 && read->problem_at <= size), "it gives up without a word",
		NULL);
	require(read->syntax->problem || helm_blanked(&arena, read->syntax).len == size, "blanking changes the length",
		NULL);
	check_all_members(read);
	helm_each_use(read, visit_use, NULL);
	json_writer_init(&json, &text, 0);
	if (size < 10000)
		helm_write_json(&json, read);
	else
		json_null(&json);
	json_writer_release(&json);
	expand(&arena, read);
	read_pruned(&arena, &source);
	strbuf_release(&text);
	helm_template_release(read);
	arena_release(&arena);
	return 0;
}
