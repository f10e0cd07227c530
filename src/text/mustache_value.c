#include "text/mustache_private.h"

#include <assert.h>
#include <xxhash.h>

#define MEMBERS_UNINDEXED 8

static struct mustache_value *new_value(struct arena *arena, enum mustache_value_kind kind, struct str text, bool truth)
{
	struct mustache_value *value = arena_calloc(arena, 1, sizeof(*value));

	value->kind = kind;
	value->arena = arena;
	value->text = str_is_absent(text) ? STR("") : text;
	value->truth = truth;
	return value;
}

struct mustache_value *mustache_text(struct arena *arena, struct str text)
{
	return new_value(arena, MUSTACHE_TEXT, text, text.len > 0);
}

struct mustache_value *mustache_markup(struct arena *arena, struct str text)
{
	return new_value(arena, MUSTACHE_MARKUP, text, text.len > 0);
}

struct mustache_value *mustache_bool(struct arena *arena, bool value)
{
	return new_value(arena, MUSTACHE_BOOL, value ? STR("true") : STR("false"), value);
}

struct mustache_value *mustache_number(struct arena *arena, long value)
{
	return new_value(arena, MUSTACHE_NUMBER, arena_printf(arena, "%ld", value), value != 0);
}

struct mustache_value *mustache_list(struct arena *arena)
{
	return new_value(arena, MUSTACHE_LIST, STR_ABSENT, false);
}

struct mustache_value *mustache_map(struct arena *arena)
{
	return new_value(arena, MUSTACHE_MAP, STR_ABSENT, true);
}

/* Room for one more thing of a list or a map, whose things are of that size. */
static void *grow(struct mustache_value *value, void *things, size_t size)
{
	if (value->count < value->capacity)
		return things;
	size_t capacity = value->capacity > 0 ? value->capacity * 2 : 4;
	things = arena_grow(value->arena, things, value->capacity * size, capacity * size);
	value->capacity = capacity;
	return things;
}

void mustache_push(struct mustache_value *list, struct mustache_value *item)
{
	assert(list->kind == MUSTACHE_LIST);
	list->items = grow(list, list->items, sizeof(struct mustache_value *));
	list->items[list->count++] = item;
}

/* The slot of a name, or the free one where it belongs. */
static uint32_t *find_slot(const struct mustache_value *map, struct str name)
{
	size_t mask = map->slot_count - 1;
	size_t slot = (size_t)XXH3_64bits(name.ptr, name.len) & mask;

	while (map->slots[slot] != 0 && !str_equal(map->members[map->slots[slot] - 1].name, name))
		slot = (slot + 1) & mask;
	return &map->slots[slot];
}

static struct mustache_member *find_member(const struct mustache_value *map, struct str name)
{
	if (map->slot_count > 0) {
		uint32_t slot = *find_slot(map, name);
		return slot != 0 ? &map->members[slot - 1] : NULL;
	}
	for (size_t i = 0; i < map->count; i++) {
		if (str_equal(map->members[i].name, name))
			return &map->members[i];
	}
	return NULL;
}

/* The index of a map that has outgrown looking at each of its members; at most half of the slots are taken. */
static void index_members(struct mustache_value *map)
{
	if (map->count <= MEMBERS_UNINDEXED)
		return;
	if (map->count * 2 <= map->slot_count) {
		*find_slot(map, map->members[map->count - 1].name) = (uint32_t)map->count;
		return;
	}
	map->slot_count = map->slot_count > 0 ? map->slot_count * 2 : MEMBERS_UNINDEXED * 4;
	map->slots = arena_calloc(map->arena, map->slot_count, sizeof(*map->slots));
	for (size_t i = 0; i < map->count; i++)
		*find_slot(map, map->members[i].name) = (uint32_t)i + 1;
}

void mustache_set_str(struct mustache_value *map, struct str name, struct mustache_value *value)
{
	struct mustache_member *member;

	assert(map->kind == MUSTACHE_MAP);
	member = find_member(map, name);
	if (member) {
		member->value = value;
		return;
	}
	map->members = grow(map, map->members, sizeof(struct mustache_member));
	map->members[map->count++] = (struct mustache_member){.name = name, .value = value};
	index_members(map);
}

void mustache_set(struct mustache_value *map, const char *name, struct mustache_value *value)
{
	mustache_set_str(map, str_of(name), value);
}

void mustache_set_text(struct mustache_value *map, const char *name, struct str text)
{
	mustache_set(map, name, str_is_absent(text) ? NULL : mustache_text(map->arena, text));
}

void mustache_set_bool(struct mustache_value *map, const char *name, bool value)
{
	mustache_set(map, name, mustache_bool(map->arena, value));
}

void mustache_set_number(struct mustache_value *map, const char *name, long value)
{
	mustache_set(map, name, mustache_number(map->arena, value));
}

void mustache_inherit(struct mustache_value *map, const struct mustache_value *base)
{
	assert(map->kind == MUSTACHE_MAP && base->kind == MUSTACHE_MAP);
	map->base = base;
}

bool mustache_truth(const struct mustache_value *value)
{
	return value && (value->kind == MUSTACHE_LIST ? value->count > 0 : value->truth);
}

const struct mustache_member *mustache_find(const struct mustache_value *value, struct str name)
{
	const struct mustache_member *member = NULL;

	if (value && value->kind == MUSTACHE_MAP) {
		for (; value && !member; value = value->base)
			member = find_member(value, name);
	}
	return member;
}

const char *mustache_kind_phrase(const struct mustache_value *value)
{
	static const char *const phrases[] = {
		[MUSTACHE_TEXT] = "a text",
		[MUSTACHE_MARKUP] = "a text",
		[MUSTACHE_NUMBER] = "a number",
		[MUSTACHE_BOOL] = "a boolean",
		[MUSTACHE_LIST] = "a list",
		[MUSTACHE_MAP] = "a map",
	};

	return value ? phrases[value->kind] : "nothing";
}
