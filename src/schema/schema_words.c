/* From what was found to words. */
#include "base/nearest.h"
#include "base/strbuf.h"
#include "schema/schema_evaluate.h"

/* A message lists no more values than this. */
#define VALUES_SHOWN 20

static void append_alternatives(struct strbuf *out, size_t index, size_t count)
{
	if (index > 0)
		strbuf_append_c(out, index + 1 == count ? " or " : ", ");
}

static struct str type_message(struct arena *arena, const struct found *found)
{
	const struct node *node = found->instance;
	unsigned types = found->expected_types;
	struct strbuf text = STRBUF_INIT;
	size_t count = 0;
	size_t index = 0;
	struct str message;

	if (types & JSON_NUMBER)
		types &= ~(unsigned)JSON_INTEGER;
	for (unsigned bit = 0; bit < JSON_TYPE_COUNT; bit++)
		count += types >> bit & 1;
	strbuf_append_c(&text, "expected ");
	for (unsigned bit = 0; bit < JSON_TYPE_COUNT; bit++) {
		if (!(types >> bit & 1))
			continue;
		append_alternatives(&text, index++, count);
		strbuf_append_c(&text, json_type_phrase(bit));
	}
	strbuf_printf(&text, ", found %s", node_type_phrase(node));
	if ((types & JSON_STRING) && node != NULL && node->kind == NODE_SCALAR && node->scalar.len > 0)
		strbuf_append_c(&text, ": write it in quotes to make it a string");
	message = arena_str(arena, strbuf_str(&text));
	strbuf_release(&text);
	return message;
}

static void append_value(struct strbuf *out, const struct node *value)
{
	if (node_is_string(value))
		strbuf_printf(out, "'%.*s'", STR_ARG(value->scalar));
	else if (value != NULL && value->kind == NODE_SCALAR && value->scalar.len > 0)
		strbuf_append(out, value->scalar);
	else if ((node_is_mapping(value) && value->mapping.count == 0) ||
		 (node_is_sequence(value) && value->sequence.count == 0))
		strbuf_append_c(out, node_is_mapping(value) ? "{}" : "[]");
	else
		strbuf_printf(
			out, "%s", node_is_mapping(value) || node_is_sequence(value) ? "a certain collection" : "null");
}

static struct str value_message(struct arena *arena, const struct value_list *values)
{
	struct strbuf text = STRBUF_INIT;
	size_t shown = values->count <= VALUES_SHOWN ? values->count : VALUES_SHOWN;
	struct str message;

	strbuf_append_c(&text, values->count > 1 ? "expected one of " : "expected ");
	for (size_t i = 0; i < shown; i++) {
		append_alternatives(&text, i, values->count);
		append_value(&text, values->items[i]);
	}
	if (shown < values->count)
		strbuf_printf(&text, " or %zu more", values->count - shown);
	if (values->count == 0)
		strbuf_append_c(&text, "nothing at all");
	message = arena_str(arena, strbuf_str(&text));
	strbuf_release(&text);
	return message;
}

static void suggest_value(struct arena *arena, struct found *found)
{
	struct nearest nearest;

	if (!node_is_string(found->instance))
		return;
	nearest_init(&nearest, found->instance->scalar);
	for (size_t i = 0; i < found->values->count; i++)
		if (node_is_string(found->values->items[i]))
			nearest_offer(&nearest, found->values->items[i]->scalar);
	found->error.suggestion = arena_str(arena, nearest.best);
}

void word_error(struct evaluation *evaluation, struct found *found)
{
	if (!str_is_absent(found->error.message))
		return;
	if (found->operation == OPERATION_TYPE) {
		found->error.message = type_message(evaluation->arena, found);
		return;
	}
	found->error.message = value_message(evaluation->arena, found->values);
	if (evaluation->suggestions++ < SUGGESTIONS_MAX)
		suggest_value(evaluation->arena, found);
}

void stop_error(struct evaluation *evaluation, struct vec *errors)
{
	struct schema_error *error = vec_push(errors);

	error->fault = SCHEMA_UNDECIDED;
	error->node = evaluation->stopped_at;
	error->keyword = STR("");
	error->pointer = STR("");
	error->schema_pointer = STR("");
	error->message = arena_str(evaluation->arena, str_of(evaluation->stopped));
}

void finish_errors(struct evaluation *evaluation, struct vec *errors)
{
	struct map seen;

	if (evaluation->found.len == 0) {
		evaluation_stop(evaluation, evaluation->stopped_at, "there are more mistakes than can be told");
		stop_error(evaluation, errors);
	}
	evaluation->arena_max = evaluation->arena->size + SCHEMA_TEXTS_MAX;
	map_init(&seen);
	for (size_t i = 0; i < evaluation->found.len && (i == 0 || evaluation->arena->size <= evaluation->arena_max);
		i++) {
		struct found *found = vec_at(&evaluation->found, i);
		struct str key;

		word_error(evaluation, found);
		key = arena_printf(&evaluation->scratch, "%.*s\n%.*s", STR_ARG(found->error.pointer),
			STR_ARG(found->error.message));
		if (map_has(&seen, key))
			continue;
		map_set(&seen, key, found);
		*(struct schema_error *)vec_push(errors) = found->error;
	}
	map_release(&seen);
}
