/* Documents as JSON, in the form of `aspis debug yaml`. */
#include "base/json_writer.h"
#include "base/utf8.h"
#include "yaml/construct.h"
#include "yaml/internal.h"

/* {"$name": "text"} for what JSON has no type for. */
static void dump_special(struct json_writer *json, const char *name, struct str text)
{
	json_begin_object(json);
	json_member_str(json, name, text);
	json_end_object(json);
}

static void append_base64(struct strbuf *out, struct str bytes)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < bytes.len; i += 3) {
		unsigned group = 0;

		for (size_t j = 0; j < 3; j++)
			group = group << 8 | (i + j < bytes.len ? (unsigned char)bytes.ptr[i + j] : 0);
		for (size_t j = 0; j < 4; j++)
			strbuf_append_char(out, i + j <= bytes.len ? digits[group >> (18 - 6 * j) & 0x3F] : '=');
	}
}

static void dump_binary(struct json_writer *json, struct str text)
{
	struct strbuf bytes = STRBUF_INIT, base64 = STRBUF_INIT;

	yaml_construct_binary(&bytes, text);
	append_base64(&base64, strbuf_str(&bytes));
	dump_special(json, "$binary", strbuf_str(&base64));
	strbuf_release(&bytes);
	strbuf_release(&base64);
}

static void dump_scalar(struct json_writer *json, const struct node *node)
{
	struct str text = verify_scalar_text(node);
	struct strbuf value = STRBUF_INIT;
	bool is_date = false;

	switch ((enum node_type)node->type) {
	case TYPE_NULL:
		json_null(json);
		break;
	case TYPE_BOOL:
		json_bool(json, node_bool(node));
		break;
	case TYPE_INT:
		yaml_construct_int(&value, text);
		json_raw(json, strbuf_str(&value));
		break;
	case TYPE_FLOAT:
		yaml_construct_float(&value, text);
		if (value.ptr[value.len - 1] == 'f' || value.ptr[value.len - 1] == 'n')
			dump_special(json, "$float", strbuf_str(&value));
		else
			json_raw(json, strbuf_str(&value));
		break;
	case TYPE_TIMESTAMP:
		yaml_construct_timestamp(&value, text, &is_date);
		dump_special(json, is_date ? "$date" : "$datetime", strbuf_str(&value));
		break;
	case TYPE_BINARY:
		dump_binary(json, text);
		break;
	default:
		json_string(json, text);
	}
	strbuf_release(&value);
}

static void dump_pair(struct json_writer *json, const struct node *key, const struct node *value)
{
	json_begin_array(json);
	yaml_dump_node(json, key);
	yaml_dump_node(json, value);
	json_end_array(json);
}

static bool all_strings(const struct vec *entries)
{
	for (size_t i = 0; i < entries->len; i++) {
		if (node_resolve(((struct dict_entry *)vec_at(entries, i))->key)->type != TYPE_STR)
			return false;
	}
	return true;
}

/* The entries of a set or of a mapping with keys that are no strings. */
static void dump_list(struct json_writer *json, const struct vec *entries, bool is_set)
{
	json_begin_object(json);
	json_key(json, is_set ? "$set" : "$map");
	json_begin_array(json);
	for (size_t i = 0; i < entries->len; i++) {
		const struct dict_entry *entry = vec_at(entries, i);

		if (is_set)
			yaml_dump_node(json, entry->key);
		else
			dump_pair(json, entry->key, entry->pair->value);
	}
	json_end_array(json);
	json_end_object(json);
}

static void dump_mapping(struct json_writer *json, const struct node *node)
{
	struct vec entries = VEC_INIT(struct dict_entry);

	pairs_flatten(&entries, node);
	if (node->type == TYPE_SET || !all_strings(&entries)) {
		dump_list(json, &entries, node->type == TYPE_SET);
	} else {
		json_begin_object(json);
		for (size_t i = 0; i < entries.len; i++) {
			const struct dict_entry *entry = vec_at(&entries, i);

			json_key_str(json, verify_scalar_text(node_resolve(entry->key)));
			yaml_dump_node(json, entry->pair->value);
		}
		json_end_object(json);
	}
	vec_release(&entries);
}

static void dump_sequence(struct json_writer *json, const struct node *node)
{
	json_begin_array(json);
	for (uint32_t i = 0; i < node->sequence.count; i++)
		yaml_dump_node(json, node->sequence.items[i]);
	json_end_array(json);
}

static void dump_pairs(struct json_writer *json, const struct node *node)
{
	json_begin_object(json);
	json_key(json, "$pairs");
	json_begin_array(json);
	for (uint32_t i = 0; i < node->sequence.count; i++) {
		const struct node *item = node_resolve(node->sequence.items[i]);

		dump_pair(json, item->mapping.pairs[0].key, item->mapping.pairs[0].value);
	}
	json_end_array(json);
	json_end_object(json);
}

void yaml_dump_node(struct json_writer *json, const struct node *node)
{
	node = node_resolve(node);
	switch ((enum node_type)node->type) {
	case TYPE_SEQ:
		dump_sequence(json, node);
		break;
	case TYPE_OMAP:
	case TYPE_PAIRS:
		dump_pairs(json, node);
		break;
	case TYPE_MAP:
	case TYPE_SET:
		dump_mapping(json, node);
		break;
	default:
		dump_scalar(json, node);
	}
}

/* The first issue that makes CSafeLoader raise, or NULL. */
static const struct yaml_issue *first_rejection(const struct yaml_stream *stream)
{
	for (size_t i = 0; i < stream->issues.len; i++) {
		const struct yaml_issue *issue = vec_at(&stream->issues, i);

		if (issue->kind != YAML_DUPLICATE_KEY)
			return issue;
	}
	return NULL;
}

static void dump_error(struct strbuf *out, const struct yaml_issue *issue)
{
	struct position position = source_position(issue->span.source, issue->span.start);

	strbuf_printf(out, "error %u:%u: ", (unsigned)position.line, (unsigned)position.column);
	strbuf_append_visible(out, issue->message);
	strbuf_append_char(out, '\n');
}

bool yaml_dump(struct strbuf *out, const struct yaml_stream *stream)
{
	const struct yaml_issue *issue = first_rejection(stream);

	if (issue) {
		dump_error(out, issue);
		return false;
	}
	for (size_t i = 0; i < stream->documents.len; i++) {
		const struct yaml_document *document = vec_at(&stream->documents, i);
		struct json_writer json;

		json_writer_init(&json, out, 0);
		if (document->root)
			yaml_dump_node(&json, document->root);
		else
			json_null(&json);
		json_writer_release(&json);
		strbuf_append_char(out, '\n');
	}
	return true;
}
