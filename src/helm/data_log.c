#include "helm/data_log.h"

#include <math.h>
#include <stdlib.h>
#include <xxhash.h>

#include "base/xalloc.h"
#include "helm/data_private.h"

/* Who reads more than that is not worth comparing. */
#define READS_MAX 4096

/* Each map that is watched knows where it was found. */
struct data_trace {
	struct data_log *log;
	struct data_trace *outer; /* NULL: it is a root */
	struct str key;           /* in the outer map */
	unsigned root;
	const struct data *map;
	unsigned round; /* of the log: the one that `place` is of */
	uint32_t place; /* of the read that found it */
};

enum read_kind {
	READ_ROOT,     /* the map itself */
	READ_KEY,      /* what stands under a key */
	READ_ENTRIES,  /* which keys there are, in which order */
	READ_TRUTH,    /* whether there is anything in it */
	READ_TRUTH_AT, /* whether what stands under a key, and is no map, is true */
};

struct data_read {
	enum read_kind kind;
	uint32_t at; /* the read that found the map; of a root its number */
	struct str key;
	bool missing;
	struct data found;           /* of a list and a map without what is in it */
	const struct node *origin;   /* of a list */
	const struct source *source; /* likewise */
	enum truth truth;
	const struct data_entry *entries;
	size_t count;
};

void data_log_init(struct data_log *log)
{
	*log = (struct data_log){.reads = VEC_INIT(struct data_read)};
	arena_init(&log->memory);
}

void data_log_release(struct data_log *log)
{
	vec_release(&log->reads);
	arena_release(&log->memory);
	free(log->slots);
}

static void watch(struct arena *arena, const struct data *map, struct data_trace trace)
{
	trace.map = map;
	map->map->trace = arena_alloc(arena, sizeof(trace));
	*map->map->trace = trace;
}

void data_watch(struct arena *arena, const struct data *map, struct data_log *log, unsigned root)
{
	watch(arena, map, (struct data_trace){.log = log, .root = root});
}

void data_watch_below(struct arena *arena, struct data_trace *outer, struct str key, const struct data *map)
{
	watch(arena, map, (struct data_trace){.log = outer->log, .outer = outer, .key = key});
}

static void clear_slots(struct data_log *log)
{
	if (log->slot_count > 0)
		memset(log->slots, 0, log->slot_count * sizeof(*log->slots));
}

void data_log_begin(struct data_log *log)
{
	vec_clear(&log->reads);
	arena_clear(&log->memory);
	clear_slots(log);
	log->round++;
	log->active = log->complete = true;
}

bool data_log_end(struct data_log *log)
{
	log->active = false;
	return log->complete;
}

static void note_found(struct data_log *log, struct data_read *read, const struct data *value)
{
	read->missing = !value;
	if (!value)
		return;
	read->found = *value;
	if (value->kind == DATA_LIST) {
		read->origin = value->list->origin;
		read->source = value->list->source;
	}
	if ((value->kind == DATA_LIST && !read->origin) || value->kind == DATA_YAML)
		log->complete = false;
}

static uint32_t *slot_of(const struct data_log *log, const struct data_read *read)
{
	const struct data_read *reads = log->reads.items;
	uint64_t seed = (uint64_t)read->at << 3 | read->kind;
	size_t mask = log->slot_count - 1, slot = (size_t)XXH3_64bits_withSeed(read->key.ptr, read->key.len, seed);

	for (slot &= mask; log->slots[slot] != 0; slot = (slot + 1) & mask) {
		const struct data_read *other = &reads[log->slots[slot] - 1];
		if (other->kind == read->kind && other->at == read->at && str_equal(other->key, read->key))
			break;
	}
	return &log->slots[slot];
}

static void grow_slots(struct data_log *log)
{
	log->slot_count = log->slot_count > 0 ? log->slot_count * 2 : 64;
	log->slots = xrealloc(log->slots, log->slot_count * sizeof(*log->slots));
	clear_slots(log);
	for (size_t i = 0; i < log->reads.len; i++)
		*slot_of(log, vec_at(&log->reads, i)) = (uint32_t)i + 1;
}

/* A read that has not been noted yet, to be filled in. NULL: it has, or there are too many. */
static struct data_read *add_read(struct data_log *log, enum read_kind kind, uint32_t at, struct str key)
{
	struct data_read read = {.kind = kind, .at = at, .key = key};

	if (log->reads.len >= READS_MAX) {
		log->complete = false;
		return NULL;
	}
	if (log->reads.len * 2 >= log->slot_count)
		grow_slots(log);
	uint32_t *slot = slot_of(log, &read);
	if (*slot != 0)
		return NULL;
	read.key = arena_str(&log->memory, key);
	vec_append(&log->reads, &read, 1);
	*slot = (uint32_t)log->reads.len;
	return vec_last(&log->reads);
}

/* The read that found a map. */
static uint32_t place_of(struct data_trace *trace)
{
	struct data_log *log = trace->log;
	struct data_read *read;

	if (trace->round == log->round)
		return trace->place;
	if (trace->outer)
		read = add_read(log, READ_KEY, place_of(trace->outer), trace->key);
	else
		read = add_read(log, READ_ROOT, trace->root, STR(""));
	trace->round = log->round;
	trace->place = log->reads.len > 0 ? (uint32_t)log->reads.len - 1 : 0;
	if (read)
		note_found(log, read, trace->map);
	else
		log->complete = false;
	return trace->place;
}

void data_log_find(struct data_trace *trace, struct str key, const struct data *value)
{
	struct data_log *log = trace->log;
	struct data_read *read;

	if (!log->active || !log->complete)
		return;
	if (value && value->kind == DATA_MAP) {
		if (value->map->trace)
			place_of(value->map->trace);
		else
			log->complete = false;
		return;
	}
	read = add_read(log, READ_KEY, place_of(trace), key);
	if (read)
		note_found(log, read, value);
}

void data_log_entries(struct data_trace *trace, const struct data_entry *entries, size_t count)
{
	struct data_log *log = trace->log;
	struct data_read *read;

	if (!log->active || !log->complete)
		return;
	read = add_read(log, READ_ENTRIES, place_of(trace), STR(""));
	if (!read)
		return;
	read->entries = entries;
	read->count = count;
	for (size_t i = 0; i < count; i++)
		data_log_find(trace, entries[i].key, entries[i].value);
}

void data_log_truth(struct data_trace *trace, enum truth truth)
{
	struct data_log *log = trace->log;
	struct data_read *read;

	if (!log->active || !log->complete)
		return;
	read = add_read(log, READ_TRUTH, place_of(trace), STR(""));
	if (read)
		read->truth = truth;
}

void data_log_truth_at(struct data_trace *trace, struct str key, enum truth truth)
{
	struct data_log *log = trace->log;
	struct data_read *read;

	if (!log->active || !log->complete)
		return;
	read = add_read(log, READ_TRUTH_AT, place_of(trace), key);
	if (read)
		read->truth = truth;
}

void data_log_change(struct data_trace *trace)
{
	trace->log->complete = false;
}

static void keep_read(struct data_read *kept, const struct data_read *read, struct arena *arena)
{
	struct data_entry *entries = arena_alloc(arena, read->count * sizeof(*entries));

	*kept = *read;
	kept->key = arena_str(arena, read->key);
	if (read->found.kind == DATA_STRING)
		kept->found.string = arena_str(arena, read->found.string);
	if (read->found.kind == DATA_UNKNOWN)
		kept->found.tail = arena_str(arena, read->found.tail);
	for (size_t i = 0; i < read->count; i++) {
		entries[i] = read->entries[i];
		entries[i].key = arena_str(arena, read->entries[i].key);
		entries[i].value = NULL;
	}
	kept->entries = entries;
}

struct data_reading data_log_keep(const struct data_log *log, struct arena *arena)
{
	struct data_read *reads = arena_alloc(arena, log->reads.len * sizeof(*reads));

	for (size_t i = 0; i < log->reads.len; i++)
		keep_read(&reads[i], vec_at(&log->reads, i), arena);
	return (struct data_reading){.reads = reads, .count = log->reads.len};
}

/* Whether something stands in a file or not may change what is made of it, even where its place does not matter. */
static bool is_same_place(struct span a, struct span b, bool with_places)
{
	if (!with_places)
		return !a.source == !b.source;
	return a.source == b.source && a.start == b.start && a.end == b.end;
}

static bool is_same(const struct data_read *read, const struct data *value, bool with_places)
{
	const struct data *found = &read->found;

	if (read->missing || !value)
		return read->missing && !value;
	if (found->kind != value->kind || found->maybe != value->maybe || found->open != value->open)
		return false;
	if (!is_same_place(found->span, value->span, with_places))
		return false;
	switch (found->kind) {
	case DATA_UNKNOWN:
		return str_equal(found->tail, value->tail);
	case DATA_BOOL:
		return found->boolean == value->boolean;
	case DATA_INT:
		return found->integer == value->integer;
	case DATA_FLOAT:
		return found->number == value->number && signbit(found->number) == signbit(value->number);
	case DATA_STRING:
		return str_equal(found->string, value->string);
	case DATA_LIST:
		return read->origin == value->list->origin && read->source == value->list->source;
	case DATA_NIL:
	case DATA_MAP:
		return true;
	case DATA_YAML:
		break;
	}
	return false;
}

static bool has_same_keys(const struct data_read *read, struct arena *arena, const struct data *map, bool with_places)
{
	struct data_entries entries = data_entries(arena, map);

	if (entries.count != read->count)
		return false;
	for (size_t i = 0; i < entries.count; i++) {
		if (!str_equal(entries.items[i].key, read->entries[i].key) ||
			!is_same_place(entries.items[i].key_span, read->entries[i].key_span, with_places))
			return false;
	}
	return true;
}

bool data_reading_holds(
	const struct data_reading *reading, struct arena *arena, const struct data *const *roots, bool with_places)
{
	const struct data **found = arena_alloc(arena, reading->count * sizeof(*found));

	for (size_t i = 0; i < reading->count; i++) {
		const struct data_read *read = &reading->reads[i];
		bool same = false;

		found[i] = NULL;
		switch (read->kind) {
		case READ_ROOT:
			found[i] = roots[read->at];
			same = is_same(read, found[i], with_places);
			break;
		case READ_KEY:
			found[i] = data_find(arena, found[read->at], read->key);
			same = is_same(read, found[i], with_places);
			break;
		case READ_ENTRIES:
			same = has_same_keys(read, arena, found[read->at], with_places);
			break;
		case READ_TRUTH:
			same = data_map_truth(arena, found[read->at]) == read->truth;
			break;
		case READ_TRUTH_AT:
			same = data_truth_at(arena, found[read->at], read->key) == read->truth;
			break;
		}
		if (!same)
			return false;
	}
	return true;
}
