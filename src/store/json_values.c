#include "store/json_values.h"

#include <assert.h>

#include "base/ascii.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "yaml/stream.h"

/* The code unit of the escape \uNNNN at an offset of valid JSON; UINT32_MAX where there is none. */
static uint32_t read_unit(struct str text, size_t offset)
{
	uint32_t unit = 0;

	if (!str_starts_with(str_slice(text, offset, 2), STR("\\u")) || text.len - offset < 6)
		return UINT32_MAX;
	for (size_t i = offset + 2; i < offset + 6; i++)
		unit = unit << 4 | (uint32_t)str_hex_digit(text.ptr[i]);
	return unit;
}

/* What stands in strings of valid JSON that a reader may change: a clause, or NULL. */
static const char *find_odd_escape(struct str text)
{
	size_t at = str_find(text, '\\');

	while (at < text.len) {
		uint32_t unit = read_unit(text, at);

		if (unit == 0)
			return "has a NUL character in it";
		if ((unit & 0xFFFFFC00) == 0xDC00)
			return "has half a surrogate pair in it, which is no character";
		at += unit == UINT32_MAX ? 2 : 6;
		if ((unit & 0xFFFFFC00) == 0xD800) {
			if ((read_unit(text, at) & 0xFFFFFC00) != 0xDC00)
				return "has half a surrogate pair in it, which is no character";
			at += 6;
		}
		at += str_find(str_slice(text, at, text.len), '\\');
	}
	return NULL;
}

static struct str source_text(const struct node *node)
{
	return str_slice(node->stream->source.text, node->start, node->end - node->start);
}

static void set_obstacle(struct store_entry *entry, struct arena *arena, struct str key, const char *what)
{
	struct strbuf shown = STRBUF_INIT;

	if (!str_is_absent(entry->obstacle))
		return;
	strbuf_append_visible(&shown, utf8_prefix(key, 200));
	entry->obstacle = arena_printf(arena, "the key “%s” %s", shown.ptr, what);
	strbuf_release(&shown);
}

static enum node_visit visit_repeated(void *context, const struct node *node, unsigned depth)
{
	bool *found = context;

	(void)depth;
	*found = *found || (node->kind == NODE_MAPPING && node->repeats_key);
	return *found ? NODE_STOP : NODE_CONTINUE;
}

static bool repeats_keys(const struct node *value)
{
	bool found = false;

	return !node_walk(value, SIZE_MAX, visit_repeated, &found) || found;
}

static void look_for_obstacles(struct store_entry *entry, struct arena *arena, const struct node_pair *pair)
{
	struct str key = pair->key->scalar;
	const char *odd = find_odd_escape(source_text(pair->key));

	if (odd)
		set_obstacle(entry, arena, key, odd);
	odd = find_odd_escape(source_text(pair->value));
	if (odd)
		set_obstacle(entry, arena, key, pair->value->type == TYPE_STR ? odd : "holds a string that is no text");
	if (repeats_keys(pair->value))
		set_obstacle(entry, arena, key, "holds an object in which a key is there twice");
}

static bool is_text(const struct node *node)
{
	return node->kind == NODE_SCALAR && node->type == TYPE_STR;
}

/* What a value takes: as it is spelled and, of a string, its characters. */
static size_t size_of(const struct node *node)
{
	return source_text(node).len + (is_text(node) ? node->scalar.len : 0);
}

static struct secret *take(struct secret *whole, size_t *used, struct str bytes)
{
	struct secret *part = secret_part(whole, *used, bytes.len);

	if (bytes.len > 0)
		memcpy(secret_bytes(part), bytes.ptr, bytes.len);
	*used += bytes.len;
	return part;
}

/* The values of keys (in the order of the map), all in one secret of which each is a part. */
static void take_values(struct store_entry *entry, struct arena *arena, const struct map *nodes)
{
	struct secret *whole;
	size_t size = 0, used = 0;

	for (size_t i = 0; i < nodes->len; i++)
		size += size_of(nodes->entries[i].value);
	whole = secret_new(NULL, size);
	for (size_t i = 0; i < nodes->len; i++) {
		const struct node *node = nodes->entries[i].value;
		struct store_value *value = vec_push(&entry->values);

		value->key = arena_str(arena, nodes->entries[i].key);
		value->text = is_text(node) ? take(whole, &used, node->scalar) : NULL;
		value->json = take(whole, &used, source_text(node));
	}
	secret_free(whole);
}

static int compare_keys(const void *a, const void *b)
{
	return str_compare(((const struct store_value *)a)->key, ((const struct store_value *)b)->key);
}

void json_values_read(struct store_entry *entry, struct arena *arena, const struct node *object)
{
	struct map last;

	assert(object->kind == NODE_MAPPING);
	map_init(&last);
	for (uint32_t i = 0; i < object->mapping.count; i++) {
		const struct node_pair *pair = &object->mapping.pairs[i];

		look_for_obstacles(entry, arena, pair);
		if (map_set(&last, pair->key->scalar, pair->value))
			set_obstacle(entry, arena, pair->key->scalar, "is there twice");
	}
	take_values(entry, arena, &last);
	map_release(&last);
	vec_sort(&entry->values, compare_keys);
	for (size_t i = 0; i < entry->values.len; i++) {
		struct store_value *value = vec_at(&entry->values, i);

		map_set(&entry->by_key, value->key, value);
	}
}

/* The reader's words quote keys at most, and these only where one is there twice, which is no failure here. */
static bool fail_parse(const struct yaml_stream *stream, struct error *error)
{
	const struct yaml_issue *issue = stream->issues.len > 0 ? vec_at(&stream->issues, 0) : NULL;
	struct position position;

	if (!stream->broken || !issue)
		return error_set(error, ERROR_SYSTEM, "is no JSON object");
	position = source_position(&stream->source, issue->span.start);
	return error_set(error, ERROR_SYSTEM, "is no JSON: %.*s (line %u, column %u)", STR_ARG(issue->message),
		position.line, position.column);
}

bool json_values_parse(struct store_entry *entry, struct arena *arena, struct str text, struct error *error)
{
	struct arena scratch;
	struct yaml_stream *stream;
	const struct node *root;
	bool done = true;

	arena_init_sensitive(&scratch);
	stream = json_load(&scratch, STR("JSON"), text);
	root = stream->broken ? NULL : yaml_root(stream);
	if (root && root->kind == NODE_MAPPING)
		json_values_read(entry, arena, root);
	else
		done = fail_parse(stream, error);
	yaml_stream_release(stream);
	arena_release(&scratch);
	return done;
}

bool json_values_uint(uint64_t *out, const struct node *node)
{
	struct str digits = node && node->kind == NODE_SCALAR && node->type == TYPE_INT ? node->scalar : STR_ABSENT;

	*out = 0;
	for (size_t i = 0; i < digits.len; i++) {
		if (!ascii_is_digit(digits.ptr[i]) || __builtin_mul_overflow(*out, 10, out) ||
			__builtin_add_overflow(*out, (uint64_t)(digits.ptr[i] - '0'), out))
			return false;
	}
	return digits.len > 0;
}
