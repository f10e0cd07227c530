/* Keys of mappings: which ones are equal, and where they are found. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include <xxhash.h>

#include "base/strbuf.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "yaml/construct.h"
#include "yaml/internal.h"
#include "yaml/number.h"
#include "yaml/timestamp.h"

/* Mappings up to this size are searched through. */
#define SMALL_MAX 8

/* Of a key, messages show this much. */
#define SHOWN_MAX 200

/* Keys that are no strings are marked by a byte that is never part of UTF-8. */
#define MARK '\xFF'

/* A lookup goes through this many mappings at most: one that merges more gets an index of all keys. */
#define REACH_MAX 64

/* An open-addressing table of the pairs with string keys. */
struct key_index {
	uint32_t mask;
	struct node_pair *slots[]; /* NULL: free */
};

bool keys_is_merge(const struct node_pair *pair)
{
	return pair->key->type == TYPE_MERGE;
}

/* Numbers are equal across types, so all have their exact decimal form: 1, 1.0 and true are "1". */
static void append_number(struct strbuf *out, const struct node *key, struct str text)
{
	double value;

	if (key->type == TYPE_BOOL) {
		strbuf_append_char(out, node_bool(key) ? '1' : '0');
	} else if (key->type == TYPE_INT) {
		/* Not even a float is that large: only the like in another base is taken for another key. */
		if (text.len > NUMBER_DECIMAL_DIGITS_MAX || !yaml_construct_int(out, text))
			strbuf_append(out, text);
	} else if (!number_float(&value, text)) {
		strbuf_append(out, text);
	} else if (isfinite(value) && value == floor(value)) {
		strbuf_printf(out, "%.0f", value == 0 ? 0.0 : value);
	} else {
		number_format_float(out, value);
	}
}

static void append_timestamp(struct strbuf *out, struct str text)
{
	struct timestamp timestamp;

	if (!timestamp_match(&timestamp, text) || !timestamp_valid(&timestamp))
		strbuf_append(out, text);
	else if (!timestamp.has_time)
		timestamp_format(out, &timestamp);
	else
		strbuf_printf(out, "%c%" PRId64, timestamp.has_offset ? 'Z' : 'L', timestamp_instant(&timestamp));
}

struct str key_text(struct arena *scratch, const struct node *key)
{
	struct strbuf text = STRBUF_INIT;
	struct str value, result;

	key = node_resolve(key);
	value = verify_scalar_text(key);
	if (key->type == TYPE_STR && !str_is_absent(value))
		return value;
	strbuf_append_char(&text, MARK);
	if (str_is_absent(value)) {
		strbuf_printf(&text, "@%p", (const void *)key); /* a collection is equal to itself alone */
	} else if (key->type == TYPE_NULL) {
		strbuf_append_c(&text, "null");
	} else if (key->type == TYPE_BOOL || key->type == TYPE_INT || key->type == TYPE_FLOAT) {
		append_number(&text, key, value);
	} else if (key->type == TYPE_TIMESTAMP) {
		strbuf_append_char(&text, 't');
		append_timestamp(&text, value);
	} else {
		strbuf_append_char(&text, (char)('A' + key->type));
		strbuf_append(&text, node_tag(key));
		strbuf_append_char(&text, ' '); /* which no tag has */
		if (key->type != TYPE_BINARY || !yaml_construct_binary(&text, value))
			strbuf_append(&text, value);
	}
	result = arena_str(scratch, strbuf_str(&text));
	strbuf_release(&text);
	return result;
}

/* Records that the key of a pair is there before. Of more than two, each is told with the first. */
static void report_duplicate(
	struct yaml_stream *stream, struct node *mapping, const struct node *first, const struct node *later)
{
	struct str text = utf8_prefix(node_text(later), SHOWN_MAX);
	struct yaml_issue *issue = stream_issue(stream, YAML_DUPLICATE_KEY, node_span(later),
		"the key \"%.*s\" is there twice; the last one counts", STR_ARG(text));

	issue->related = node_span(first);
	mapping->repeats_key = true;
}

/* The slot of a string key: that of its pair, or the free one where it belongs. */
static uint32_t index_place(const struct key_index *index, struct str key)
{
	uint32_t at = (uint32_t)XXH3_64bits(key.ptr, key.len) & index->mask;

	while (index->slots[at] && !str_equal(node_string(index->slots[at]->key), key))
		at = (at + 1) & index->mask;
	return at;
}

static struct key_index *index_new(struct arena *arena, size_t count)
{
	uint32_t slots = 16;
	struct key_index *index;

	while (slots < 2 * (uint64_t)count)
		slots *= 2;
	index = arena_calloc(arena, 1, sizeof(*index) + slots * sizeof(index->slots[0]));
	index->mask = slots - 1;
	return index;
}

/* Builds the index; with report, equal string keys become issues (then, no key is anything but a string). */
static void build_index(struct yaml_stream *stream, struct node *mapping, bool report)
{
	struct key_index *index = index_new(stream->arena, mapping->mapping.count);
	struct node_pair *pairs = mapping->mapping.pairs;
	struct node_pair **first = NULL; /* of a pair that has an equal one before: the first of them */

	for (uint32_t i = 0; i < mapping->mapping.count; i++) {
		struct str key = node_string(pairs[i].key);
		struct node_pair **slot;

		if (str_is_absent(key))
			continue;
		slot = &index->slots[index_place(index, key)];
		if (*slot && report) {
			if (!first)
				first = xcalloc(mapping->mapping.count, sizeof(struct node_pair *));
			first[i] = first[*slot - pairs] ? first[*slot - pairs] : *slot;
			report_duplicate(stream, mapping, first[i]->key, pairs[i].key);
		}
		*slot = &pairs[i];
	}
	free(first);
	stream_extra(stream, mapping)->index = index;
}

/* Equal keys of any types. */
static void find_duplicates(struct yaml_stream *stream, struct node *mapping)
{
	struct arena scratch;
	struct map seen;

	arena_init(&scratch);
	map_init(&seen);
	for (uint32_t i = 0; i < mapping->mapping.count; i++) {
		struct node *key = mapping->mapping.pairs[i].key;
		void **slot;

		if (keys_is_merge(&mapping->mapping.pairs[i]))
			continue;
		slot = map_slot(&seen, key_text(&scratch, key));
		if (*slot)
			report_duplicate(stream, mapping, *slot, key);
		else
			*slot = key;
	}
	map_release(&seen);
	arena_release(&scratch);
}

/* Equal keys of a small mapping whose keys are all strings. */
static void compare_keys(struct yaml_stream *stream, struct node *mapping)
{
	const struct node_pair *pairs = mapping->mapping.pairs;

	for (uint32_t i = 1; i < mapping->mapping.count; i++) {
		struct str key = pairs[i].key->scalar;

		for (uint32_t j = 0; j < i; j++) {
			struct str earlier = pairs[j].key->scalar;

			if (key.len == earlier.len && str_equal(key, earlier)) {
				report_duplicate(stream, mapping, pairs[j].key, pairs[i].key);
				break;
			}
		}
	}
}

static bool all_strings(const struct node *mapping)
{
	for (uint32_t i = 0; i < mapping->mapping.count; i++) {
		const struct node *key = mapping->mapping.pairs[i].key;

		if (key->kind != NODE_SCALAR || key->type != TYPE_STR)
			return false;
	}
	return true;
}

/* Readers differ about what looks like a number, and some take y and n for booleans. */
static bool all_words(const struct node *mapping)
{
	for (uint32_t i = 0; i < mapping->mapping.count; i++) {
		const struct node *key = mapping->mapping.pairs[i].key;
		char first = key->scalar.len > 1 ? (char)(*key->scalar.ptr | 0x20) : '0';

		if (key->style == NODE_PLAIN && (first < 'a' || first > 'z'))
			return false;
	}
	return true;
}

/* The mappings that a lookup goes through in a merged value. */
static uint64_t reach_of(const struct node *value)
{
	uint64_t reach = 0;

	value = node_resolve(value);
	if (value->kind == NODE_MAPPING)
		return value->mapping.reach;
	for (uint32_t i = 0; value->kind == NODE_SEQUENCE && i < value->sequence.count; i++) {
		const struct node *item = node_resolve(value->sequence.items[i]);

		reach += item->kind == NODE_MAPPING ? item->mapping.reach : 0;
	}
	return reach;
}

static void collect(struct map *pairs, const struct node *mapping);

static void collect_pair(struct map *pairs, struct node_pair *pair)
{
	struct str key = node_string(pair->key);
	void **slot;

	if (str_is_absent(key))
		return;
	slot = map_slot(pairs, key);
	if (!*slot)
		*slot = pair;
}

static void collect_merged(struct map *pairs, const struct node *value)
{
	value = node_resolve(value);
	if (value->kind == NODE_MAPPING)
		collect(pairs, value);
	for (uint32_t i = 0; value->kind == NODE_SEQUENCE && i < value->sequence.count; i++) {
		const struct node *item = node_resolve(value->sequence.items[i]);

		if (item->kind == NODE_MAPPING)
			collect(pairs, item);
	}
}

/* The pairs that a lookup in a mapping can find, in the order in which it looks at them: the first of a key counts. */
static void collect(struct map *pairs, const struct node *mapping)
{
	const struct key_index *index = mapping->extra ? mapping->extra->index : NULL;

	if (index && mapping->has_merge && mapping->mapping.reach == 1) {
		for (size_t i = 0; i <= index->mask; i++) {
			if (index->slots[i])
				collect_pair(pairs, index->slots[i]);
		}
		return;
	}
	for (uint32_t i = mapping->mapping.count; i > 0; i--)
		collect_pair(pairs, &mapping->mapping.pairs[i - 1]);
	for (uint32_t i = mapping->mapping.count; mapping->has_merge && i > 0; i--) {
		if (keys_is_merge(&mapping->mapping.pairs[i - 1]))
			collect_merged(pairs, mapping->mapping.pairs[i - 1].value);
	}
}

/* Notes how far lookups reach; where that is too far, the index gets what is merged. */
static void index_merged(struct yaml_stream *stream, struct node *mapping)
{
	struct key_index *index;
	struct map pairs;
	uint64_t reach = 1;

	for (uint32_t i = 0; i < mapping->mapping.count; i++) {
		if (keys_is_merge(&mapping->mapping.pairs[i]))
			reach += reach_of(mapping->mapping.pairs[i].value);
	}
	mapping->mapping.reach = (uint32_t)reach;
	if (reach <= REACH_MAX)
		return;
	map_init(&pairs);
	collect(&pairs, mapping);
	index = index_new(stream->arena, pairs.len);
	for (size_t i = 0; i < pairs.len; i++)
		index->slots[index_place(index, pairs.entries[i].key)] = pairs.entries[i].value;
	map_release(&pairs);
	stream_extra(stream, mapping)->index = index;
	mapping->mapping.reach = 1;
}

static void find_and_index(struct yaml_stream *stream, struct node *mapping)
{
	bool strings = all_strings(mapping), large = mapping->mapping.count > SMALL_MAX;

	mapping->word_keys = strings && all_words(mapping);
	if (mapping->mapping.count < 2)
		return;
	if (!strings)
		find_duplicates(stream, mapping);
	else if (!large)
		compare_keys(stream, mapping);
	if (large)
		build_index(stream, mapping, strings);
}

void keys_index(struct yaml_stream *stream, struct node *mapping)
{
	find_and_index(stream, mapping);
	mapping->mapping.reach = 1;
	if (mapping->has_merge)
		index_merged(stream, mapping);
}

const struct node_pair *keys_find(const struct node *mapping, struct str key)
{
	const struct key_index *index = mapping->extra ? mapping->extra->index : NULL;

	if (index)
		return index->slots[index_place(index, key)];
	for (uint32_t i = mapping->mapping.count; i > 0; i--) {
		const struct node_pair *pair = &mapping->mapping.pairs[i - 1];
		struct str own = node_string(pair->key);

		if (own.len == key.len && str_equal(own, key) && !str_is_absent(own))
			return pair;
	}
	return NULL;
}
