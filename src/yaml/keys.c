/* Keys of mappings: which ones are equal, and where they are found. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include <xxhash.h>

#include "base/strbuf.h"
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

/* An open-addressing table of the string keys: the number of their pair plus one, 0 where free. */
struct key_index {
	uint32_t mask;
	uint32_t slots[];
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
		if (!yaml_construct_int(out, text))
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
		strbuf_append(&text, key->tag);
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
	struct str text = str_slice(node_text(later), 0, SHOWN_MAX);
	struct yaml_issue *issue = stream_issue(stream, YAML_DUPLICATE_KEY, node_span(later),
		"the key \"%.*s\" is there twice; the last one counts", STR_ARG(text));

	issue->related = node_span(first);
	mapping->repeats_key = true;
}

/* The slot of a string key: that of its pair, or the free one where it belongs. */
static uint32_t *index_slot(struct key_index *index, const struct node *mapping, struct str key)
{
	uint32_t at = (uint32_t)XXH3_64bits(key.ptr, key.len) & index->mask;

	while (index->slots[at] != 0 && !str_equal(node_string(mapping->mapping.pairs[index->slots[at] - 1].key), key))
		at = (at + 1) & index->mask;
	return &index->slots[at];
}

static struct key_index *index_new(struct arena *arena, uint32_t count)
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
	const struct node_pair *pairs = mapping->mapping.pairs;
	uint32_t *first = NULL; /* of a pair that has an equal one before: the first of them */

	for (uint32_t i = 0; i < mapping->mapping.count; i++) {
		struct str key = node_string(pairs[i].key);
		uint32_t *slot, earlier;

		if (str_is_absent(key))
			continue;
		slot = index_slot(index, mapping, key);
		if (*slot != 0 && report) {
			if (!first)
				first = xcalloc(mapping->mapping.count, sizeof(*first));
			earlier = first[*slot - 1] ? first[*slot - 1] : *slot;
			first[i] = earlier;
			report_duplicate(stream, mapping, pairs[earlier - 1].key, pairs[i].key);
		}
		*slot = i + 1;
	}
	free(first);
	mapping->mapping.index = index;
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

void keys_index(struct yaml_stream *stream, struct node *mapping)
{
	bool strings = all_strings(mapping), large = mapping->mapping.count > SMALL_MAX;

	if (mapping->mapping.count < 2)
		return;
	if (!strings)
		find_duplicates(stream, mapping);
	else if (!large)
		compare_keys(stream, mapping);
	if (large)
		build_index(stream, mapping, strings);
}

const struct node_pair *keys_find(const struct node *mapping, struct str key)
{
	const struct key_index *index = mapping->mapping.index;
	uint32_t at;

	if (!index) {
		for (uint32_t i = mapping->mapping.count; i > 0; i--) {
			const struct node_pair *pair = &mapping->mapping.pairs[i - 1];

			if (str_equal(node_string(pair->key), key) && !str_is_absent(node_string(pair->key)))
				return pair;
		}
		return NULL;
	}
	at = (uint32_t)XXH3_64bits(key.ptr, key.len) & index->mask;
	for (; index->slots[at] != 0; at = (at + 1) & index->mask) {
		const struct node_pair *pair = &mapping->mapping.pairs[index->slots[at] - 1];

		if (str_equal(node_string(pair->key), key))
			return pair;
	}
	return NULL;
}
