/* Consumers and producers as they are written down. */
#include "manifest/reader.h"

const struct manifest_object *object_elsewhere(struct reader *reader, struct str name_space)
{
	struct manifest_object *object;

	if (!str_is_absent(name_space) && str_equal(name_space, reader->object->name_space))
		return reader->object;
	object = arena_alloc(reader->arena, sizeof(*object));
	*object = *reader->object;
	object->name_space = name_space;
	object->name_space_unknown = str_is_absent(name_space);
	return object;
}

/* References of custom resources may say in which namespace they look; those of pods have no such field. */
static const struct manifest_object *object_of(struct reader *reader, enum consumer_kind kind, const struct data *map)
{
	struct field name_space = {.value = &DATA_IS_NIL};
	struct str text;

	if (kind == CONSUMER_REFERENCE || kind == CONSUMER_TLS || kind == CONSUMER_CSI)
		name_space = field_of(reader, map, STR("namespace"));
	if (name_space.value->kind == DATA_NIL || map->kind != DATA_MAP)
		return reader->object;
	text = sure_text(reader, name_space);
	return text.len == 0 && !str_is_absent(text) ? reader->object : object_elsewhere(reader, text);
}

struct reference reference_to(struct reader *reader, enum consumer_kind kind, struct choices secrets, bool maybe)
{
	return (struct reference){
		.kind = kind,
		.object = reader->object,
		.secrets = secrets,
		.maybe = maybe,
	};
}

struct reference reference_of(
	struct reader *reader, enum consumer_kind kind, const struct data *map, struct str name_key, bool maybe)
{
	struct reference reference = reference_to(reader, kind, choices_of(reader, map, name_key), maybe || map->maybe);
	struct field optional = field_of(reader, map, STR("optional"));

	reference.object = object_of(reader, kind, map);
	reference.optional = optional.maybe || data_truth(reader->arena, optional.value) != TRUTH_NO;
	return reference;
}

static void consume(
	struct reader *reader, const struct reference *reference, size_t secret, const struct choice *key, bool whole)
{
	struct manifest_consumer *consumer = arena_calloc(reader->arena, 1, sizeof(*consumer));
	const struct choice *name = &reference->secrets.items[secret];

	consumer->object = reference->object;
	consumer->kind = reference->kind;
	consumer->secret = name->text;
	consumer->secret_span = name->span;
	consumer->key = key ? key->text : STR_ABSENT;
	consumer->key_span = key && !str_is_absent(key->text) ? key->span : (struct span){0};
	consumer->whole = whole;
	consumer->optional = reference->optional;
	consumer->maybe =
		reader->maybe || reader->object->maybe || reference->maybe || name->maybe || (key && key->maybe);
	vec_push_pointer(reader->consumers, consumer);
}

void refer_whole(struct reader *reader, const struct reference *reference)
{
	for (size_t i = 0; i < reference->secrets.count; i++)
		consume(reader, reference, i, NULL, true);
}

void refer_unknown(struct reader *reader, const struct reference *reference)
{
	for (size_t i = 0; i < reference->secrets.count; i++)
		consume(reader, reference, i, NULL, false);
}

void refer_keys(struct reader *reader, const struct reference *reference, const struct choices *keys)
{
	if (keys->count == 0)
		refer_unknown(reader, reference);
	for (size_t i = 0; i < reference->secrets.count; i++) {
		for (size_t j = 0; j < keys->count; j++)
			consume(reader, reference, i, &keys->items[j], false);
	}
}

struct manifest_producer *produce(struct reader *reader, enum producer_kind kind, const struct choice *secret)
{
	struct manifest_producer *producer = arena_calloc(reader->arena, 1, sizeof(*producer));

	producer->object = reader->object;
	producer->kind = kind;
	producer->secret = secret->text;
	producer->secret_span = secret->span;
	producer->maybe = reader->maybe || reader->object->maybe || secret->maybe;
	producer->shares = reader->shares;
	vec_init(&producer->keys, sizeof(struct produced_key));
	vec_push_pointer(reader->producers, producer);
	return producer;
}

void produce_key(struct manifest_producer *producer, struct str key, struct span span, bool maybe)
{
	struct produced_key *produced = vec_push(&producer->keys);

	produced->key = key;
	produced->span = span;
	produced->maybe = maybe;
}

void produce_keys_of(struct reader *reader, struct manifest_producer *producer, struct field map)
{
	struct data_entries entries = data_entries(reader->arena, map.value);
	const unsigned char *states = entry_states(reader->arena, entries);

	for (size_t i = 0; i < entries.count; i++) {
		if (states[i] != ENTRY_HIDDEN)
			produce_key(producer, entries.items[i].key, entries.items[i].key_span,
				map.maybe || states[i] == ENTRY_MAYBE);
	}
	producer->open = producer->open || is_open(map.value);
}

void manifest_producers_release(struct vec *producers)
{
	for (size_t i = 0; i < producers->len; i++) {
		struct manifest_producer *producer = vec_pointer(producers, i);

		vec_release(&producer->keys);
	}
	vec_release(producers);
}
