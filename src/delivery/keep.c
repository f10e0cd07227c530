#include "delivery/build.h"

/* An object of which the last producer or consumer was kept: several stand in one. */
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

struct manifest_producer *keep_producer(struct keeper *keeper, struct manifest_producer *producer)
{
	struct manifest_producer *kept = arena_alloc(keeper->arena, sizeof(*kept));

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
	return kept;
}

struct manifest_consumer *keep_consumer(struct keeper *keeper, const struct manifest_consumer *consumer)
{
	struct manifest_consumer *kept = arena_alloc(keeper->arena, sizeof(*kept));

	*kept = *consumer;
	kept->object = keep_object(keeper, consumer->object);
	kept->secret = arena_str(keeper->arena, consumer->secret);
	kept->key = arena_str(keeper->arena, consumer->key);
	return kept;
}
