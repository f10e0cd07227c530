/* Documents as JSON, for `aspis debug helm`. */
#include "helm/helm.h"
#include "yaml/construct.h"

static void write_collection(
	struct json_writer *json, const struct helm_template *read, const struct helm_collection *collection);

/* The text of the action at [start, end): without delimiters, trim markers and the blanks around. */
static struct str action_text(const struct helm_template *read, uint32_t start, uint32_t end)
{
	struct str text = str_slice(read->source->text, start, end - start);

	if (str_starts_with(text, STR("{{")))
		text = str_slice(text, 2, text.len - 2);
	if (str_ends_with(text, STR("}}")))
		text = str_slice(text, 0, text.len - 2);
	if (text.len > 1 && text.ptr[0] == '-' && strchr(" \t\r\n", text.ptr[1]))
		text = str_slice(text, 1, text.len);
	if (text.len > 1 && text.ptr[text.len - 1] == '-' && strchr(" \t\r\n", text.ptr[text.len - 2]))
		text = str_slice(text, 0, text.len - 1);
	return str_trim(text);
}

static void write_hole(struct json_writer *json, const struct helm_template *read, uint32_t start, uint32_t end)
{
	json_begin_object(json);
	json_member_str(json, "$hole", action_text(read, start, end));
	json_end_object(json);
}

/* The parts of a scalar: text, and the actions of a list that have a part in it. */
struct parts {
	struct json_writer *json;
	const struct helm_template *read;
	uint32_t start, end;
	uint32_t at;
};

static void write_text_until(struct parts *parts, uint32_t end)
{
	if (end > parts->at)
		json_string(parts->json, str_slice(parts->read->source->text, parts->at, end - parts->at));
}

/* An action at [start, end) that is not text. */
static void write_action(struct parts *parts, uint32_t start, uint32_t end)
{
	if (start >= end || end <= parts->at || start >= parts->end)
		return;
	write_text_until(parts, start);
	write_hole(parts->json, parts->read, start, end);
	parts->at = end;
}

static void write_actions(struct parts *parts, const struct template_list *list)
{
	size_t low = 0, high = list ? list->count : 0;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (list->nodes[middle]->end <= parts->start)
			low = middle + 1;
		else
			high = middle;
	}
	for (; list && low < list->count && list->nodes[low]->start < parts->end; low++) {
		const struct template_node *node = list->nodes[low];

		if (node->kind == TEMPLATE_TEXT)
			continue;
		if (!node->body || node->kind == TEMPLATE_CALL) {
			write_action(parts, node->start, node->end);
			continue;
		}
		write_action(parts, node->start, node->body->start);
		write_actions(parts, node->body);
		if (node->otherwise) {
			write_action(parts, node->body->end, node->otherwise->start);
			write_actions(parts, node->otherwise);
		}
		write_action(parts, node->otherwise ? node->otherwise->end : node->body->end, node->end);
	}
}

/* Where the text of a scalar is, without quotes or the header of a block scalar. */
static struct helm_range content_of(const struct helm_template *read, const struct node *scalar)
{
	struct helm_range range = {scalar->value_start, scalar->end};

	if (scalar->style == NODE_LITERAL || scalar->style == NODE_FOLDED) {
		struct str text = str_slice(read->source->text, range.start, range.end - range.start);

		size_t at = 1;

		while (at < text.len && memchr("+-123456789 \t\r", text.ptr[at], 14))
			at++;
		range.start += (uint32_t)(at < text.len && text.ptr[at] == '\n' ? at + 1 : 1);
	} else if (scalar->style == NODE_SINGLE_QUOTED || scalar->style == NODE_DOUBLE_QUOTED) {
		range.start++;
		range.end--;
	}
	return range;
}

static bool is_one_action(const struct helm_template *read, const struct helm_range *range)
{
	size_t low = 0, high = read->syntax->root->count;
	const struct template_list *list = read->syntax->root;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct template_node *node = list->nodes[middle];

		if (node->start == range->start && node->end == range->end && !node->body)
			return true;
		if (node->end <= range->start) {
			low = middle + 1;
		} else if (node->start > range->start || (!node->body && node->start == range->start)) {
			high = middle;
		} else {
			bool in_otherwise = node->otherwise && node->otherwise->start <= range->start;

			list = in_otherwise ? node->otherwise : node->body;
			low = 0;
			high = list ? list->count : 0;
		}
	}
	return false;
}

static void write_parts(struct json_writer *json, const struct helm_template *read, const struct node *scalar)
{
	struct helm_range range = content_of(read, scalar);
	struct parts parts = {json, read, range.start, range.end, range.start};

	if (is_one_action(read, &range)) {
		write_hole(json, read, range.start, range.end);
		return;
	}
	json_begin_object(json);
	json_key(json, "$parts");
	json_begin_array(json);
	write_actions(&parts, read->syntax->root);
	write_text_until(&parts, range.end);
	json_end_array(json);
	json_end_object(json);
}

/* Whether a scalar has a value that its type allows; what a template leaves need not. */
static bool has_value(const struct node *scalar)
{
	struct strbuf value = STRBUF_INIT;
	bool valid = true, is_date;

	switch ((enum node_type)scalar->type) {
	case TYPE_BOOL:
	case TYPE_NULL:
	case TYPE_STR:
		break;
	case TYPE_INT:
		valid = yaml_construct_int(&value, scalar->scalar);
		break;
	case TYPE_FLOAT:
		valid = yaml_construct_float(&value, scalar->scalar);
		break;
	case TYPE_TIMESTAMP:
		valid = yaml_construct_timestamp(&value, scalar->scalar, &is_date);
		break;
	case TYPE_BINARY:
		valid = yaml_construct_binary(&value, scalar->scalar);
		break;
	default:
		valid = false;
	}
	strbuf_release(&value);
	return valid;
}

static void write_scalar(struct json_writer *json, const struct helm_template *read, const struct node *scalar)
{
	if (helm_has_action(read, scalar->value_start, scalar->end))
		write_parts(json, read, scalar);
	else if (has_value(scalar))
		yaml_dump_node(json, scalar);
	else
		json_string(json, scalar->scalar);
}

static void write_value(struct json_writer *json, const struct helm_template *read, const struct node *value,
	const struct helm_collection *inside)
{
	const struct node *node = node_resolve(value);

	if (inside)
		write_collection(json, read, inside);
	else if (!node)
		json_null(json);
	else if (node->kind == NODE_SCALAR)
		write_scalar(json, read, node);
	else
		json_null(json);
}

static void write_key(struct json_writer *json, const struct helm_template *read, const struct node *key)
{
	struct str written = str_slice(read->source->text, key->start, key->end - key->start);

	if (node_resolve(key)->kind == NODE_SCALAR && !helm_has_hole(read, key))
		written = node_text(key);
	json_key_str(json, written);
}

/* The insertions among the members of a mapping, under a key of their own. */
static void write_insertions(
	struct json_writer *json, const struct helm_template *read, const struct helm_collection *collection)
{
	bool any = false;

	for (size_t i = 0; i < collection->members.len; i++) {
		const struct helm_member *member = vec_at(&collection->members, i);

		if (!member->insertion)
			continue;
		if (!any) {
			json_key(json, "$insert");
			json_begin_array(json);
		}
		any = true;
		write_hole(json, read, member->start, member->end);
	}
	if (any)
		json_end_array(json);
}

static void write_item(struct json_writer *json, const struct helm_template *read, const struct helm_member *member)
{
	if (!member->insertion) {
		write_value(json, read, member->item, member->inside);
		return;
	}
	json_begin_object(json);
	json_key(json, "$insert");
	write_hole(json, read, member->start, member->end);
	json_end_object(json);
}

static void write_collection(
	struct json_writer *json, const struct helm_template *read, const struct helm_collection *collection)
{
	bool is_sequence = collection->node && collection->node->kind == NODE_SEQUENCE;

	if (is_sequence)
		json_begin_array(json);
	else
		json_begin_object(json);
	for (size_t i = 0; i < collection->members.len; i++) {
		const struct helm_member *member = vec_at(&collection->members, i);

		if (is_sequence) {
			write_item(json, read, member);
		} else if (member->pair) {
			write_key(json, read, member->pair->key);
			write_value(json, read, member->pair->value, member->inside);
		}
	}
	if (!is_sequence)
		write_insertions(json, read, collection);
	if (is_sequence)
		json_end_array(json);
	else
		json_end_object(json);
}

void helm_write_document(struct json_writer *json, const struct helm_template *read, const struct helm_member *document)
{
	write_value(json, read, document->item, document->inside);
}

void helm_write_json(struct json_writer *json, const struct helm_template *read)
{
	const struct helm_fragment *body = vec_at(&read->fragments, 0);

	json_begin_array(json);
	for (size_t i = 0; i < body->documents.len; i++)
		helm_write_document(json, read, vec_at(&body->documents, i));
	json_end_array(json);
}
