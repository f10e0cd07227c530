#include "delivery/build.h"

/* Several producers and consumers stand in one object. */
struct keeper {
	struct arena *arena;
	const struct manifest_object *object, *kept; /* the last one, and its copy */
};

/* An object of which the last producer or consumer was kept is there already. */
static const struct manifest_object *keep_object(struct keeper *keeper, const struct manifest_object *object)
{
	if (keeper->object == object)
		return keeper->kept;
	struct manifest_object *kept = arena_alloc(keeper->arena, sizeof(*kept));
	*kept = *object;
	kept->api_version = arena_str(keeper->arena, object->api_version);
	kept->kind = arena_str(keeper->arena, object->kind);
	kept->name = arena_str(keeper->arena, object->name);
	kept->name_space = arena_str(keeper->arena, object->name_space);
	kept->root = NULL;
	keeper->object = object;
	keeper->kept = kept;
	return kept;
}

/* A path as the text that it is, or what is known of it. */
static const struct data *keep_path(struct arena *arena, const struct data *path)
{
	if (!path)
		return NULL;
	struct str text = data_text(arena, path);
	if (str_is_absent(text) || path->kind == DATA_NIL) {
		struct str tail = path->kind == DATA_UNKNOWN ? path->tail : STR("");
		return data_unknown(arena, arena_str(arena, tail), path->span);
	}
	return data_string(arena, arena_str(arena, text), path->span);
}

static void keep_producer(
	struct manifest_producer *kept, struct keeper *keeper, const struct manifest_producer *producer)
{
	*kept = *producer;
	kept->object = keep_object(keeper, producer->object);
	kept->secret = arena_str(keeper->arena, producer->secret);
	kept->type = arena_str(keeper->arena, producer->type);
	kept->path = keep_path(keeper->arena, producer->path);
	for (size_t i = 0; i < kept->keys.len; i++) {
		struct produced_key *key = vec_at(&kept->keys, i);
		key->key = arena_str(keeper->arena, key->key);
		key->vault_key = arena_str(keeper->arena, key->vault_key);
	}
}

static void keep_consumer(
	struct manifest_consumer *kept, struct keeper *keeper, const struct manifest_consumer *consumer)
{
	*kept = *consumer;
	kept->object = keep_object(keeper, consumer->object);
	kept->secret = arena_str(keeper->arena, consumer->secret);
	kept->key = arena_str(keeper->arena, consumer->key);
}

struct outcome *outcome_keep(struct delivery *delivery, const struct vec *producers, const struct vec *consumers)
{
	struct arena *arena = &delivery->arena;
	struct keeper keeper = {.arena = arena};
	struct outcome *outcome = arena_alloc(arena, sizeof(*outcome));

	outcome->producer_count = producers->len;
	outcome->producers = arena_alloc(arena, producers->len * sizeof(*outcome->producers));
	for (size_t i = 0; i < producers->len; i++) {
		keep_producer(&outcome->producers[i], &keeper, vec_pointer(producers, i));
		vec_push_pointer(&delivery->manifests, &outcome->producers[i]);
	}
	outcome->consumer_count = consumers->len;
	outcome->consumers = arena_alloc(arena, consumers->len * sizeof(*outcome->consumers));
	for (size_t i = 0; i < consumers->len; i++)
		keep_consumer(&outcome->consumers[i], &keeper, vec_pointer(consumers, i));
	return outcome;
}
