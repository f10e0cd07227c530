/* Helm's own functions, and those of Go that look into maps and lists. */
#include "helm/function.h"
#include "yaml/stream.h"

const struct data *function_include(const struct call *call)
{
	struct str name;

	if (!call_string(call, 0, &name))
		return &DATA_IS_UNKNOWN;
	return evaluate_named(call->evaluation, name, call->arguments[1]);
}

/* Maps and lists within each other; who makes a structure of more has it unknown. */
#define DEPTH_MAX 200

/* Whether a structure prints no action of a template, as far as it is known. */
static bool is_plain(const struct call *call, const struct data *data, unsigned depth)
{
	struct data_entries entries;
	struct data_items items;

	if (!evaluation_spend(call->evaluation, 1) || depth > DEPTH_MAX || data->kind == DATA_UNKNOWN || data->open)
		return false;
	if (data->kind == DATA_YAML)
		return is_plain(call, data->structure, depth + 1);
	if (data->kind == DATA_STRING)
		return !str_contains(data->string, STR("{{"));
	entries = data_entries(call->arena, data);
	for (size_t i = 0; i < entries.count; i++) {
		if (str_contains(entries.items[i].key, STR("{{")) || !is_plain(call, entries.items[i].value, depth + 1))
			return false;
	}
	items = data_items(call->arena, data);
	for (size_t i = 0; i < items.count; i++) {
		if (!is_plain(call, items.items[i], depth + 1))
			return false;
	}
	return true;
}

const struct data *function_tpl(const struct call *call)
{
	const struct data *text = call->arguments[0], *result;

	if (text->kind == DATA_YAML)
		return is_plain(call, text, 0) ? text : &DATA_IS_UNKNOWN;
	if (text->kind != DATA_STRING)
		return &DATA_IS_UNKNOWN;
	result = evaluate_template_text(call->evaluation, text->string, call->arguments[1]);
	if (result->kind == DATA_STRING)
		return call_text(call, evaluate_without_marks(call->arena, result->string));
	return result->kind == DATA_YAML ? result : &DATA_IS_UNKNOWN;
}

/* Whether a structure ends: maps that templates have put together may hold themselves. Those of YAML have been looked at by its reader. */
static bool is_finite(const struct call *call, const struct data *data, unsigned depth)
{
	struct data_entries entries = {0};
	struct data_items items = data_items(call->arena, data);

	if (!evaluation_spend(call->evaluation, 1) || depth > DEPTH_MAX)
		return false;
	if (data->kind == DATA_YAML)
		return is_finite(call, data->structure, depth + 1);
	if (data->kind == DATA_MAP && data->map->fresh)
		entries = data_entries(call->arena, data);
	for (size_t i = 0; i < entries.count; i++) {
		if (!is_finite(call, entries.items[i].value, depth + 1))
			return false;
	}
	for (size_t i = 0; i < items.count; i++) {
		if (!is_finite(call, items.items[i], depth + 1))
			return false;
	}
	return true;
}

const struct data *function_to_yaml(const struct call *call)
{
	const struct data *data = call->arguments[0];

	return is_finite(call, data, 0) ? data_yaml(call->arena, data) : &DATA_IS_UNKNOWN;
}

const struct data *function_to_json(const struct call *call)
{
	const struct data *data = function_to_yaml(call);
	struct data *json = (struct data *)data;

	if (data->kind == DATA_YAML)
		json->json = true;
	return data;
}

/* A text read as YAML or JSON. What it holds stands nowhere in the sources. */
static const struct data *read_text(const struct call *call, struct str text, bool json)
{
	const struct data *data = &DATA_IS_UNKNOWN;
	struct yaml_stream *stream;

	if (str_contains(text, STR(EVALUATION_NO_VALUE)) || !evaluation_spend(call->evaluation, text.len / 4))
		return data;
	stream = json ? json_load(call->arena, STR(""), text) : yaml_load(call->arena, STR(""), text, false);
	if (stream->issues.len == 0 && stream->documents.len == 1)
		data = data_of_node(call->arena, yaml_root(stream), &DATA_NOWHERE);
	yaml_stream_release(stream);
	return data;
}

static const struct data *read_back(const struct call *call, enum data_kind kind, bool json)
{
	const struct data *data = call->arguments[0];

	if (data->kind == DATA_YAML)
		data = json && !data->json ? &DATA_IS_UNKNOWN : data->structure;
	else if (data->kind == DATA_STRING)
		data = read_text(call, data->string, json);
	return data->kind == kind ? data : &DATA_IS_UNKNOWN;
}

const struct data *function_from_yaml(const struct call *call)
{
	return read_back(call, DATA_MAP, false);
}

const struct data *function_from_yaml_array(const struct call *call)
{
	return read_back(call, DATA_LIST, false);
}

const struct data *function_from_json(const struct call *call)
{
	return read_back(call, DATA_MAP, true);
}

const struct data *function_from_json_array(const struct call *call)
{
	return read_back(call, DATA_LIST, true);
}

/* The item of a list, or the value of a key: NULL where Go fails. */
static const struct data *index_once(const struct call *call, const struct data *data, const struct data *index)
{
	struct data_items items;

	if (data->kind == DATA_MAP && index->kind == DATA_STRING)
		return data_get(call->arena, data, index->string);
	if (data->kind != DATA_LIST || index->kind != DATA_INT || !data_is_closed(call->arena, data))
		return NULL;
	items = data_items(call->arena, data);
	if (index->integer < 0 || (uint64_t)index->integer >= items.count || (data->list->unordered && items.count > 1))
		return NULL;
	return items.items[index->integer];
}

const struct data *function_index(const struct call *call)
{
	const struct data *data = call->arguments[0];

	if (data->kind == DATA_NIL)
		return &DATA_IS_UNKNOWN;
	for (size_t i = 1; i < call->count; i++) {
		data = index_once(call, data, call->arguments[i]);
		if (!data || (data->maybe && data->kind != DATA_NIL))
			return &DATA_IS_UNKNOWN;
	}
	return data;
}

const struct data *function_len(const struct call *call)
{
	const struct data *data = call->arguments[0];

	if (data->kind == DATA_STRING)
		return data_int(call->arena, (int64_t)data->string.len);
	if (!data_is_closed(call->arena, data))
		return &DATA_IS_UNKNOWN;
	if (data->kind == DATA_LIST)
		return data_int(call->arena, (int64_t)data_items(call->arena, data).count);
	return data_int(call->arena, (int64_t)data_entries(call->arena, data).count);
}
