#include "manifest/annotations.h"
#include "manifest/kinds.h"
#include "manifest/references.h"

/* So many parts of a document are looked at, and so deep: YAML may refer to itself in ways that never end. */
#define EFFORT    1000000
#define DEPTH_MAX 200

static const struct {
	const char *name;
	const char *words;
} kinds[] = {
#define CONSUMER_ROW(enumerator, name, words) {name, words},
	CONSUMER_KINDS(CONSUMER_ROW)
#undef CONSUMER_ROW
};

const char *consumer_kind_name(enum consumer_kind kind)
{
	return kinds[kind].name;
}

const char *consumer_kind_words(enum consumer_kind kind)
{
	return kinds[kind].words;
}

static void walk(
	struct reader *reader, const struct data *data, const struct helm_path *path, bool maybe, unsigned depth);

static void walk_map(
	struct reader *reader, const struct data *map, const struct helm_path *outer, bool maybe, unsigned depth)
{
	struct data_entries entries = data_entries(reader->arena, map);
	const unsigned char *states = entry_states(reader->arena, entries);

	for (size_t i = 0; i < entries.count && reader->effort > 0; i++) {
		const struct data_entry *entry = &entries.items[i];
		struct helm_path path = {.outer = outer, .key = entry->key};
		struct place place = {.path = &path, .around = map, .maybe = maybe || states[i] == ENTRY_MAYBE};
		reference_reader *read = states[i] == ENTRY_HIDDEN ? NULL : reference_reader_of(entry->key);

		reader->effort--;
		if (states[i] == ENTRY_HIDDEN || (read && read(reader, &place, structure_of(entry->value))))
			continue;
		walk(reader, entry->value, &path, place.maybe, depth + 1);
	}
}

static void walk(
	struct reader *reader, const struct data *data, const struct helm_path *path, bool maybe, unsigned depth)
{
	struct data_items items;

	data = structure_of(data);
	if (depth > DEPTH_MAX)
		return;
	if (data->kind == DATA_MAP)
		walk_map(reader, data, path, maybe, depth);
	if (data->kind != DATA_LIST)
		return;
	items = data_items(reader->arena, data);
	for (size_t i = 0; i < items.count && reader->effort > 0; i++) {
		reader->effort--;
		walk(reader, items.items[i], path, maybe || items.items[i]->maybe, depth + 1);
	}
}

static const struct manifest_object *object_of(struct reader *reader, const struct data *root, bool maybe)
{
	struct manifest_object *object = arena_calloc(reader->arena, 1, sizeof(*object));
	struct choices names = choices_at(reader, root, STR("metadata.name"));
	struct field name_space = field_at(reader, root, STR("metadata.namespace"));

	object->api_version = sure_text(reader, field_of(reader, root, STR("apiVersion")));
	object->kind = sure_text(reader, field_of(reader, root, STR("kind")));
	object->name = names.count == 1 ? names.items[0].text : STR_ABSENT;
	object->span = names.count > 0 && names.items[0].span.source ? names.items[0].span : root->span;
	object->name_space = sure_text(reader, name_space);
	object->name_space_unknown = name_space.value->kind != DATA_NIL && str_is_absent(object->name_space);
	if (object->name_space.len == 0)
		object->name_space = STR_ABSENT;
	object->maybe = maybe;
	object->root = root;
	return object;
}

/* Also where it cannot be known. */
static bool is_hook(struct reader *reader, const struct data *root)
{
	struct field annotations = field_at(reader, root, STR("metadata.annotations"));

	for (size_t i = 0; i < HOOK_ANNOTATION_COUNT; i++) {
		if (field_of(reader, annotations.value, str_of(HOOK_ANNOTATIONS[i])).value->kind != DATA_NIL)
			return true;
	}
	return false;
}

static void read_object(struct reader *reader, const struct data *root, bool maybe)
{
	struct field kind = field_of(reader, root, STR("kind"));

	reader->object = object_of(reader, root, maybe);
	reader->rule = kind_rule_of(reader->object->api_version, reader->object->kind);
	reader->maybe = (kind.value->kind != DATA_NIL && str_is_absent(reader->object->kind)) ||
			(reader->rule && reader->rule->scattered);
	reader->shares = reader->rule && is_hook(reader, root);
	kind_produce(reader, root);
	if (!reader->rule || !reader->rule->opaque)
		walk(reader, root, NULL, false, 0);
}

static bool is_list(struct reader *reader, const struct data *root)
{
	return str_ends_with(sure_text(reader, field_of(reader, root, STR("kind"))), STR("List")) &&
	       field_of(reader, root, STR("items")).value->kind == DATA_LIST;
}

/* A document of which nothing is known may make any Secret, and use any. */
static void read_unknown(struct reader *reader, const struct data *root)
{
	struct manifest_object *object = arena_calloc(reader->arena, 1, sizeof(*object));
	struct choices secrets = {.count = 1, .items = {{.text = STR_ABSENT, .span = root->span, .maybe = true}}};

	object->root = root;
	object->span = root->span;
	object->name_space_unknown = object->maybe = true;
	reader->object = object;
	reader->rule = NULL;
	reader->shares = true;
	produce(reader, PRODUCER_OTHER, &secrets.items[0])->open = true;
	struct reference reference = reference_to(reader, CONSUMER_REFERENCE, secrets, true);
	refer_unknown(reader, &reference);
}

static void read_document(struct reader *reader, const struct data *root, bool maybe, unsigned depth)
{
	struct field list;
	struct data_items items;

	maybe = maybe || root->maybe;
	root = structure_of(root);
	if (root->kind == DATA_UNKNOWN)
		read_unknown(reader, root);
	if (root->kind != DATA_MAP || depth > DEPTH_MAX)
		return;
	if (!is_list(reader, root)) {
		read_object(reader, root, maybe);
		return;
	}
	list = field_of(reader, root, STR("items"));
	items = data_items(reader->arena, list.value);
	for (size_t i = 0; i < items.count && reader->effort > 0; i++) {
		reader->effort--;
		read_document(reader, items.items[i], maybe || list.maybe, depth + 1);
	}
}

void manifest_read(struct vec *producers, struct vec *consumers, struct arena *arena, const struct data *document)
{
	struct manifest_object nothing = {.span = document->span};
	struct reader reader = {
		.producers = producers,
		.consumers = consumers,
		.arena = arena,
		.object = &nothing,
		.effort = EFFORT,
	};

	read_document(&reader, document, false, 0);
}
