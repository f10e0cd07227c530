/* The keywords that look at a value alone. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "base/xalloc.h"
#include "schema/schema_evaluate.h"

bool evaluate_type(const struct step *step)
{
	return (step->frame->types & step->instruction->types) || report_type(step);
}

static bool has_value(const struct value_list *values, const struct node *node)
{
	uint64_t hash = json_hash(node);
	size_t low = 0;
	size_t high = values->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (values->hashed[middle].hash < hash)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < values->count && values->hashed[low].hash == hash; low++)
		if (json_equal(node, values->hashed[low].node))
			return true;
	return false;
}

bool evaluate_enum(const struct step *step)
{
	const struct value_list *values = step->instruction->values;
	unsigned types = step->frame->types;
	bool may_have = types == 0 ? values->has_other_types : (types & values->types) != 0;

	return (may_have && has_value(values, step->frame->node)) || report_value(step);
}

static bool read_number(const struct step *step, struct decimal *number)
{
	if (!(step->frame->types & JSON_NUMBER))
		return false;
	return json_decimal(number, &step->evaluation->scratch, step->frame->node) ||
	       evaluation_stop(step->evaluation, step->frame->node, "the number has too many digits");
}

bool evaluate_multiple_of(const struct step *step)
{
	struct decimal number;

	if (!read_number(step, &number))
		return true;
	switch (decimal_divide(&number, &step->instruction->number)) {
	case DECIMAL_MULTIPLE:
		return true;
	case DECIMAL_TOO_LONG:
		return evaluation_stop(
			step->evaluation, step->frame->node, "the number has too many digits to be divided");
	case DECIMAL_NO_MULTIPLE:
		break;
	}
	return report(step, "multipleOf", "expected a multiple of %.*s", STR_ARG(step->instruction->number.text));
}

bool evaluate_bound(const struct step *step)
{
	static const struct {
		const char *keyword, *phrase;
		int wrong;  /* the sign of the comparison that fails, */
		bool equal; /* and whether equality does */
	} bounds[] = {
		[OPERATION_MAXIMUM - OPERATION_MAXIMUM] = {"maximum", "at most", 1, false},
		[OPERATION_EXCLUSIVE_MAXIMUM - OPERATION_MAXIMUM] = {"exclusiveMaximum", "below", 1, true},
		[OPERATION_MINIMUM - OPERATION_MAXIMUM] = {"minimum", "at least", -1, false},
		[OPERATION_EXCLUSIVE_MINIMUM - OPERATION_MAXIMUM] = {"exclusiveMinimum", "above", -1, true},
	};
	size_t which = step->instruction->operation - OPERATION_MAXIMUM;
	struct decimal number;
	int comparison;

	if (!read_number(step, &number))
		return true;
	comparison = decimal_compare(&number, &step->instruction->number);
	if (comparison == 0 ? !bounds[which].equal : (comparison > 0) != (bounds[which].wrong > 0))
		return true;
	return report(step, bounds[which].keyword, "expected a number %s %.*s", bounds[which].phrase,
		STR_ARG(step->instruction->number.text));
}

bool evaluate_length(const struct step *step)
{
	uint64_t bound = step->instruction->count;
	uint64_t length;

	if (step->frame->types != JSON_STRING)
		return true;
	length = utf8_length(step->frame->node->scalar);
	if (step->instruction->operation == OPERATION_MAX_LENGTH)
		return length <= bound ||
		       report(step, "maxLength", "expected at most %" PRIu64 " characters, found %" PRIu64, bound,
			       length);
	if (length >= bound)
		return true;
	if (bound == 1)
		return report(step, "minLength", "must not be empty");
	return report(step, "minLength", "expected at least %" PRIu64 " characters, found %" PRIu64, bound, length);
}

bool evaluate_pattern(const struct step *step)
{
	const struct pattern_schema *pattern = &step->instruction->pattern;

	if (step->frame->types != JSON_STRING)
		return true;
	switch (regex_search_within(pattern->regex, step->frame->node->scalar, &step->evaluation->pattern_steps)) {
	case REGEX_MATCH:
		return true;
	case REGEX_UNDECIDED:
		return evaluation_stop(step->evaluation, step->frame->node, "a pattern takes too long on this value");
	case REGEX_NO_MATCH:
		break;
	}
	return report(step, "pattern", "does not match the pattern %.*s", STR_ARG(pattern->pattern));
}

/* "expected at most 2 items, found 3" */
static bool check_count(const struct step *step, const char *keyword, bool at_most, const char *noun)
{
	uint64_t bound = step->instruction->count;
	uint64_t count = step->frame->count;

	if (at_most ? count <= bound : count >= bound)
		return true;
	if (bound == 1 && !at_most)
		return report(step, keyword, "must not be empty");
	return report(step, keyword, "expected at %s %" PRIu64 " %s%s, found %" PRIu64, at_most ? "most" : "least",
		bound, noun, bound == 1 ? "" : "s", count);
}

bool evaluate_item_count(const struct step *step)
{
	bool at_most = step->instruction->operation == OPERATION_MAX_ITEMS;

	return step->frame->types != JSON_ARRAY ||
	       check_count(step, at_most ? "maxItems" : "minItems", at_most, "item");
}

bool evaluate_property_count(const struct step *step)
{
	bool at_most = step->instruction->operation == OPERATION_MAX_PROPERTIES;

	return step->frame->types != JSON_OBJECT ||
	       check_count(step, at_most ? "maxProperties" : "minProperties", at_most, "key");
}

struct hashed_item {
	uint64_t hash;
	size_t index;
};

static int compare_hashed_items(const void *a, const void *b)
{
	const struct hashed_item *left = a;
	const struct hashed_item *right = b;

	if (left->hash != right->hash)
		return left->hash < right->hash ? -1 : 1;
	return (left->index > right->index) - (left->index < right->index);
}

/* The index of the first item that equals an earlier one, which is *first; else count. */
static size_t find_duplicate(const struct node *list, struct hashed_item *items, size_t count, size_t *first)
{
	size_t found = count;

	for (size_t i = 1; i < count; i++) {
		for (size_t j = i; j-- > 0 && items[j].hash == items[i].hash;) {
			const struct node *later = list->sequence.items[items[i].index];

			if (!json_equal(later, list->sequence.items[items[j].index]))
				continue;
			if (items[i].index < found) {
				found = items[i].index;
				*first = items[j].index;
			}
			break;
		}
	}
	return found;
}

bool evaluate_unique_items(const struct step *step)
{
	const struct frame *frame = step->frame;
	struct hashed_item *items;
	size_t duplicate;
	size_t first = 0;

	if (frame->types != JSON_ARRAY || step->instruction->count == 0)
		return true;
	items = xcalloc(frame->count, sizeof(*items));
	for (size_t i = 0; i < frame->count; i++)
		items[i] = (struct hashed_item){.hash = json_hash(frame->node->sequence.items[i]), .index = i};
	if (frame->count > 0)
		qsort(items, frame->count, sizeof(*items), compare_hashed_items);
	duplicate = find_duplicate(frame->node, items, frame->count, &first);
	free(items);
	return duplicate == frame->count || report_duplicate(step, duplicate, first);
}
