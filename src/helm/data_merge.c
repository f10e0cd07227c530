/* Maps in layers, as Helm merges values. */
#include "helm/data_private.h"

/* Whether a map stands below a layer at that key. */
static bool has_map_below(struct arena *arena, const struct data_map *map, size_t layer, struct str key)
{
	for (size_t i = layer + 1; i < map->layer_count; i++) {
		const struct data *value = data_find_unwatched(arena, map->layers[i], key);

		if (map->layers[i]->kind != DATA_MAP || map->layers[i]->open || (value && value->kind == DATA_MAP))
			return true;
	}
	return false;
}

static bool has_key_below(struct arena *arena, const struct data_map *map, size_t layer, struct str key)
{
	for (size_t i = layer + 1; i < map->layer_count; i++) {
		if (data_find_unwatched(arena, map->layers[i], key))
			return true;
	}
	return false;
}

/* Whether a null stays as such or goes with its key depends on more than the layers: it is `maybe`. A map above what is no map is merged with a map below that in
 * some cases and not in others. */
const struct data *data_merged_value(struct arena *arena, const struct data_map *map, struct str key)
{
	const struct data **found = arena_alloc(arena, map->layer_count * sizeof(struct data *));
	size_t count = 0;

	for (size_t i = 0; i < map->layer_count; i++) {
		const struct data *layer = map->layers[i];
		const struct data *value = data_find_unwatched(arena, layer, key);

		if (!value && layer->kind == DATA_MAP && !layer->open)
			continue;
		if (!value && count == 0)
			return has_key_below(arena, map, i, key) ? &DATA_IS_UNKNOWN : NULL;
		if (!value || value->maybe)
			value = value && value->kind == DATA_NIL ? value : &DATA_IS_UNKNOWN;
		if (value->kind == DATA_MAP) {
			found[count++] = value;
			continue;
		}
		if (count == 0)
			return value->kind == DATA_NIL ? data_maybe(arena, value) : value;
		if (value->kind == DATA_UNKNOWN || has_map_below(arena, map, i, key))
			found[count++] = &DATA_IS_UNKNOWN;
		break;
	}
	return count > 0 ? data_merge(arena, found, count) : NULL;
}

const struct data *data_merge(struct arena *arena, const struct data *const *layers, size_t count)
{
	const struct data **kept = arena_alloc(arena, count * sizeof(struct data *));
	struct data *merged = data_map_new(arena, (struct span){0});
	size_t kept_count = 0;

	for (size_t i = 0; i < count; i++) {
		const struct data *layer = layers[i];

		if (layer->kind != DATA_MAP && layer->kind != DATA_UNKNOWN)
			continue;
		if (layer->kind == DATA_MAP && layer->maybe)
			layer = &DATA_IS_UNKNOWN;
		data_settle(arena, layer);
		if (!merged->span.source)
			merged->span = layer->span;
		merged->open = merged->open || layer->kind == DATA_UNKNOWN || layer->open;
		kept[kept_count++] = layer;
	}
	if (kept_count == 0)
		return merged;
	merged->map->layers = kept;
	merged->map->layer_count = kept_count;
	merged->map->filled = false;
	return merged;
}
