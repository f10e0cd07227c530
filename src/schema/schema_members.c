/* The keywords that look into objects and arrays. */
#include <inttypes.h>

#include "schema/schema_evaluate.h"

static bool require(const struct step *step, const char *keyword, const struct string_list *names, struct str because)
{
	bool valid = true;

	for (size_t i = 0; i < names->count && (valid || is_collecting(step->evaluation)); i++)
		if (node_find(step->frame->node, names->items[i]) == NULL)
			valid = report_missing(step, keyword, names->items[i], because);
	return valid;
}

bool evaluate_required(const struct step *step)
{
	return step->frame->types != JSON_OBJECT || require(step, "required", &step->instruction->strings, STR_ABSENT);
}

bool evaluate_dependent_required(const struct step *step)
{
	const struct dependent_list *dependents = &step->instruction->dependents;
	bool valid = true;

	if (step->frame->types != JSON_OBJECT)
		return true;
	for (size_t i = 0; i < dependents->count; i++) {
		const struct dependent *dependent = &dependents->items[i];

		if (node_find(step->frame->node, dependent->property) != NULL)
			valid = require(step, "dependentRequired", &dependent->required, dependent->property) && valid;
	}
	return valid;
}

bool evaluate_property_names(const struct step *step)
{
	const struct json_members *members = &step->frame->members;
	bool valid = true;

	if (step->frame->types != JSON_OBJECT)
		return true;
	for (size_t i = 0; i < members->count && (valid || is_collecting(step->evaluation)); i++) {
		struct frame name = {.node = node_resolve(members->items[i].key), .parent = step->frame, .index = i};
		size_t start = step->evaluation->found.len;

		name.depth = step->frame->depth + 1;
		name.types = json_types(name.node);
		if (!evaluate(step->evaluation, step->instruction->schema, &name, NO_MARKS))
			valid = report_name(step, i, start);
	}
	return valid;
}

static bool evaluate_member(const struct step *step, const struct subschema *schema, const char *keyword, size_t index)
{
	mark(step, index);
	if (schema->is_boolean && !schema->allows)
		return report_forbidden(step, keyword, index);
	return evaluate_child(step, schema, index);
}

static bool evaluate_patterns(const struct step *step, size_t index, struct str name, bool *matched)
{
	const struct property_rules *rules = step->instruction->properties;
	bool valid = true;

	for (size_t i = 0; i < rules->pattern_count; i++) {
		const struct pattern_schema *pattern = &rules->patterns[i];
		enum regex_result result = regex_search_within(pattern->regex, name, &step->evaluation->pattern_steps);

		if (result == REGEX_UNDECIDED)
			return evaluation_stop(
				step->evaluation, step->frame->node, "a pattern takes too long on a key");
		if (result == REGEX_NO_MATCH)
			continue;
		*matched = true;
		valid = evaluate_member(step, pattern->schema, "patternProperties", index) && valid;
	}
	return valid;
}

static bool evaluate_property(const struct step *step, size_t index)
{
	const struct property_rules *rules = step->instruction->properties;
	struct str name = node_string(step->frame->members.items[index].key);
	const struct subschema *schema;
	bool matched;
	bool valid = true;

	if (str_is_absent(name))
		return true;
	schema = map_get(&rules->names, name);
	matched = schema != NULL;
	if (matched)
		valid = evaluate_member(step, schema, "properties", index);
	valid = evaluate_patterns(step, index, name, &matched) && valid;
	if (matched || rules->additional == NULL)
		return valid;
	mark(step, index);
	if (rules->additional->is_boolean && !rules->additional->allows)
		return report_unknown(step, "additionalProperties", index);
	return evaluate_child(step, rules->additional, index) && valid;
}

bool evaluate_properties(const struct step *step)
{
	bool valid = true;

	if (step->frame->types != JSON_OBJECT)
		return true;
	for (size_t i = 0; i < step->frame->count && (valid || is_collecting(step->evaluation)); i++)
		valid = evaluate_property(step, i) && valid;
	return valid;
}

static bool evaluate_item(const struct step *step, const struct subschema *schema, const char *keyword, size_t index)
{
	mark(step, index);
	if (schema->is_boolean && !schema->allows)
		return report_item(step, keyword, index, "there is an item too many");
	return evaluate_child(step, schema, index);
}

bool evaluate_items(const struct step *step)
{
	const struct item_rules *rules = &step->instruction->items;
	size_t prefix = rules->prefix.count;
	bool valid = true;

	if (step->frame->types != JSON_ARRAY)
		return true;
	for (size_t i = 0; i < step->frame->count && (valid || is_collecting(step->evaluation)); i++) {
		if (i < prefix)
			valid = evaluate_item(step, rules->prefix.items[i], "prefixItems", i) && valid;
		else if (rules->rest != NULL)
			valid = evaluate_item(step, rules->rest, "items", i) && valid;
		else
			break;
	}
	return valid;
}

static uint64_t count_matches(const struct step *step)
{
	const struct contains_rule *rule = &step->instruction->contains;
	uint64_t matches = 0;

	step->evaluation->quiet++;
	for (size_t i = 0; i < step->frame->count; i++) {
		if (!evaluate_child(step, rule->schema, i))
			continue;
		mark(step, i);
		matches++;
		if (step->marks == NO_MARKS && matches >= rule->min && rule->max == UINT64_MAX)
			break;
	}
	step->evaluation->quiet--;
	return matches;
}

bool evaluate_contains(const struct step *step)
{
	const struct contains_rule *rule = &step->instruction->contains;
	uint64_t matches;

	if (step->frame->types != JSON_ARRAY || rule->schema == NULL)
		return true;
	matches = count_matches(step);
	if (matches > rule->max)
		return report(step, "maxContains",
			"expected at most %" PRIu64 " items of a certain form, found %" PRIu64, rule->max, matches);
	if (matches >= rule->min)
		return true;
	if (rule->min == 1)
		return report(step, "contains", "no item has the form that one must have");
	return report(step, "minContains", "expected at least %" PRIu64 " items of a certain form, found %" PRIu64,
		rule->min, matches);
}

bool evaluate_unevaluated_items(const struct step *step)
{
	const struct subschema *schema = step->instruction->schema;
	bool valid = true;

	if (step->frame->types != JSON_ARRAY)
		return true;
	for (size_t i = 0; i < step->frame->count && (valid || is_collecting(step->evaluation)); i++)
		if (!is_marked(step, i))
			valid = evaluate_item(step, schema, "unevaluatedItems", i) && valid;
	return valid;
}

bool evaluate_unevaluated_properties(const struct step *step)
{
	const struct subschema *schema = step->instruction->schema;
	bool valid = true;

	if (step->frame->types != JSON_OBJECT)
		return true;
	for (size_t i = 0; i < step->frame->count && (valid || is_collecting(step->evaluation)); i++) {
		if (is_marked(step, i))
			continue;
		mark(step, i);
		if (schema->is_boolean && !schema->allows)
			valid = report_unknown(step, "unevaluatedProperties", i);
		else
			valid = evaluate_child(step, schema, i) && valid;
	}
	return valid;
}
