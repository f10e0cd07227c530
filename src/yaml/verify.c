/* What CSafeLoader would reject while it constructs values. Only what it reaches is looked at: of a merged mapping, for one, the pairs but not the tag. */
#include "base/utf8.h"
#include "yaml/construct.h"
#include "yaml/internal.h"
#include "yaml/number.h"
#include "yaml/timestamp.h"

/* Of a text, messages show this much. */
#define SHOWN_MAX 100

static void construct(struct yaml_stream *stream, struct node *node);

static void flatten(struct yaml_stream *stream, struct node *mapping);

static struct node *target(struct node *node)
{
	return node->kind == NODE_ALIAS ? node->target : node;
}

/* Whether a key is a bare =, which is a string (as the loader has marked it) only among the keys of a dict. */
static bool is_value_key(const struct node *key)
{
	if (key->type == TYPE_VALUE)
		return true;
	return key->kind == NODE_SCALAR && key->style == NODE_PLAIN && str_is_absent(node_tag(key)) &&
	       str_is(key->scalar, "=");
}

struct str verify_scalar_text(const struct node *node)
{
	while (node && node->kind == NODE_MAPPING) {
		const struct node *value = NULL;

		for (uint32_t i = 0; i < node->mapping.count && !value; i++) {
			if (is_value_key(node->mapping.pairs[i].key))
				value = node->mapping.pairs[i].value;
		}
		node = node_resolve(value);
	}
	return node && node->kind == NODE_SCALAR ? node->scalar : STR_ABSENT;
}

static bool is_valid_timestamp(struct str text)
{
	struct timestamp timestamp;

	return timestamp_match(&timestamp, text) && timestamp_valid(&timestamp);
}

static bool is_valid_bool(struct str text)
{
	static const char *const words[] = {"yes", "no", "true", "false", "on", "off"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t at = 0;

		while (at < text.len && words[i][at] != '\0' && (text.ptr[at] | 0x20) == words[i][at])
			at++;
		if (at == text.len && words[i][at] == '\0')
			return true;
	}
	return false;
}

static bool is_valid_binary(struct str text)
{
	struct strbuf bytes = STRBUF_INIT;
	bool valid = yaml_construct_binary(&bytes, text);

	strbuf_release(&bytes);
	return valid;
}

/* Whether a text has a value of a type of scalars. */
static bool is_valid_text(enum node_type type, struct str text)
{
	switch (type) {
	case TYPE_BOOL:
		return is_valid_bool(text);
	case TYPE_INT:
		return number_is_int(text);
	case TYPE_FLOAT:
		return number_float(NULL, text);
	case TYPE_TIMESTAMP:
		return is_valid_timestamp(text);
	case TYPE_BINARY:
		return is_valid_binary(text);
	default:
		return true;
	}
}

/* A short decimal integer, the most common number, is valid without a closer look. */
static bool is_plain_digits(struct str text)
{
	if (text.len == 0 || text.len > 18 || text.ptr[0] == '0')
		return str_is(text, "0");
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
	}
	return true;
}

bool verify_implicit_scalar(const struct node *scalar)
{
	switch ((enum node_type)scalar->type) {
	case TYPE_INT:
		return is_plain_digits(scalar->scalar) || number_is_int(scalar->scalar);
	case TYPE_FLOAT:
		return str_find(scalar->scalar, ':') == scalar->scalar.len || is_valid_text(TYPE_FLOAT, scalar->scalar);
	case TYPE_TIMESTAMP:
		return is_valid_timestamp(scalar->scalar);
	case TYPE_MERGE:
	case TYPE_VALUE:
		return false;
	default:
		return true;
	}
}

static void reject(struct yaml_stream *stream, const struct node *node, const char *message)
{
	stream_issue(stream, YAML_UNCONSTRUCTIBLE, node_span(node), "%s", message);
}

static void reject_tag(struct yaml_stream *stream, const struct node *node)
{
	struct str shown = utf8_prefix(node_tag(node), SHOWN_MAX);

	stream_issue(stream, YAML_UNCONSTRUCTIBLE, node_span(node), "the tag \"%.*s\" is unknown", STR_ARG(shown));
}

static void reject_scalar(struct yaml_stream *stream, const struct node *node, struct str text)
{
	struct str shown = utf8_prefix(text, SHOWN_MAX);

	if (node->type == TYPE_INT && text.len >= SHOWN_MAX)
		stream_issue(stream, YAML_INVALID_SCALAR, node_span(node),
			"the number is no integer or has too many digits");
	else
		stream_issue(stream, YAML_INVALID_SCALAR, node_span(node), "\"%.*s\" is not %s", STR_ARG(shown),
			node_type_phrase(node));
}

static void construct_scalar(struct yaml_stream *stream, const struct node *node)
{
	struct str text = verify_scalar_text(node);

	if (str_is_absent(text))
		stream_issue(stream, YAML_UNCONSTRUCTIBLE, node_span(node), "the tag says %s, but this is a %s",
			node_type_phrase(node), node->kind == NODE_MAPPING ? "mapping" : "list");
	else if (!is_valid_text(node->type, text) || (node->type == TYPE_TIMESTAMP && node->kind != NODE_SCALAR))
		reject_scalar(stream, node, text);
}

static bool is_hashable(const struct node *node)
{
	switch ((enum node_type)node->type) {
	case TYPE_SEQ:
	case TYPE_MAP:
	case TYPE_SET:
	case TYPE_OMAP:
	case TYPE_PAIRS:
		return false;
	default:
		return true;
	}
}

static void merge(struct yaml_stream *stream, struct node *value)
{
	struct node *merged = target(value);

	if (merged->kind == NODE_MAPPING) {
		flatten(stream, merged);
		return;
	}
	if (merged->kind != NODE_SEQUENCE) {
		reject(stream, value, "a merge key << takes a mapping or a list of mappings");
		return;
	}
	for (uint32_t i = 0; i < merged->sequence.count; i++) {
		struct node *item = target(merged->sequence.items[i]);

		if (item->kind == NODE_MAPPING)
			flatten(stream, item);
		else
			reject(stream, merged->sequence.items[i], "a merge key << takes mappings only");
	}
}

/* Among the keys of a dict, a bare = is a string. */
static void retag_key(struct node *key)
{
	struct node *node = target(key);

	if (node->type == TYPE_VALUE) {
		node->type = TYPE_STR;
		key->type = TYPE_STR;
	}
}

/* The pairs of a mapping as those of a dict, its own or one that it is merged into. */
static void flatten(struct yaml_stream *stream, struct node *mapping)
{
	if (mapping->flattened)
		return;
	mapping->flattened = true;
	for (uint32_t i = 0; i < mapping->mapping.count; i++)
		retag_key(mapping->mapping.pairs[i].key);
	for (uint32_t i = 0; i < mapping->mapping.count; i++) {
		struct node_pair *pair = &mapping->mapping.pairs[i];

		if (keys_is_merge(pair)) {
			merge(stream, pair->value);
			continue;
		}
		construct(stream, pair->key);
		if (!is_hashable(target(pair->key)))
			reject(stream, pair->key, "a key must be a scalar");
		construct(stream, pair->value);
	}
}

static void construct_pair(struct yaml_stream *stream, struct node *item)
{
	struct node *mapping = target(item);

	if (mapping->kind != NODE_MAPPING || mapping->mapping.count != 1) {
		reject(stream, item, "an item of !!omap or !!pairs must be a mapping with one key");
		return;
	}
	if (is_value_key(mapping->mapping.pairs[0].key))
		reject_scalar(stream, mapping->mapping.pairs[0].key, STR("="));
	construct(stream, mapping->mapping.pairs[0].key);
	construct(stream, mapping->mapping.pairs[0].value);
}

/* A collection is what its tag says. */
static bool has_kind(struct yaml_stream *stream, const struct node *node, enum node_kind kind)
{
	if (node->kind == kind)
		return true;
	stream_issue(stream, YAML_UNCONSTRUCTIBLE, node_span(node), "the tag says %s, but this is %s",
		node_type_phrase(node),
		node->kind == NODE_SCALAR     ? "a scalar"
		: node->kind == NODE_SEQUENCE ? "a list"
					      : "a mapping");
	return false;
}

static void construct(struct yaml_stream *stream, struct node *node)
{
	node = target(node);
	if (node->constructed)
		return;
	node->constructed = true;
	switch ((enum node_type)node->type) {
	case TYPE_SEQ:
		for (uint32_t i = 0; has_kind(stream, node, NODE_SEQUENCE) && i < node->sequence.count; i++)
			construct(stream, node->sequence.items[i]);
		break;
	case TYPE_OMAP:
	case TYPE_PAIRS:
		for (uint32_t i = 0; has_kind(stream, node, NODE_SEQUENCE) && i < node->sequence.count; i++)
			construct_pair(stream, node->sequence.items[i]);
		break;
	case TYPE_MAP:
	case TYPE_SET:
		if (has_kind(stream, node, NODE_MAPPING))
			flatten(stream, node);
		break;
	case TYPE_MERGE:
	case TYPE_VALUE:
		stream_issue(stream, YAML_INVALID_SCALAR, node_span(node),
			"a plain %s is not a value; quote it to make it a string",
			node->type == TYPE_MERGE ? "<<" : "=");
		break;
	case TYPE_UNKNOWN:
		reject_tag(stream, node);
		break;
	default:
		construct_scalar(stream, node);
	}
}

void verify_document(struct yaml_stream *stream, struct node *root)
{
	construct(stream, root);
}
