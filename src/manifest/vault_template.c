#include "manifest/vault_template.h"

#include "base/map.h"
#include "base/vec.h"
#include "helm/template.h"

/* What a value is, as far as it leads to keys. */
enum value_kind {
	VALUE_OTHER,
	VALUE_ROOT,    /* what the operator gives: .Secrets, .SecretsPaths, .Vault … */
	VALUE_SECRETS, /* the map of keys */
};

/* A result: a string that stands in the template is known as such. */
struct value {
	enum value_kind kind;
	const struct template_operand *literal; /* NULL: none */
};

/* A variable's value before it was declared anew. */
struct shadowed {
	struct str name;
	enum value_kind kind;
};

/* A named template that is to be read for what its dot is. */
struct call {
	const struct template_define *define;
	enum value_kind dot;
};

struct reading {
	struct str text;
	vault_key_visitor *visitor;
	void *context;
	struct vault_template_uses uses;
	struct map defines; /* struct template_define * */
	struct map called;  /* of names that are called: which value kinds, as bits */
	struct vec calls;   /* struct call */
	/* Of the template that is being read. */
	enum value_kind root;
	struct map variables; /* enum value_kind */
	struct vec shadowed;  /* struct shadowed */
};

/* Functions that take a key out of a map, and whether all operands behind the map are keys. */
static const struct key_function {
	struct str name;
	bool many;
} key_functions[] = {
	{{"index", 5}, false},
	{{"get", 3}, false},
	{{"hasKey", 6}, false},
	{{"pick", 4}, true},
};

static const struct value OTHER = {.kind = VALUE_OTHER};

static struct value read_pipeline(
	struct reading *reading, const struct template_pipeline *pipeline, enum value_kind dot, bool is_range);

static void *kind_pointer(enum value_kind kind)
{
	return (void *)(uintptr_t)kind;
}

static enum value_kind variable_kind(const struct reading *reading, struct str name)
{
	if (name.len == 1)
		return reading->root;
	return (enum value_kind)(uintptr_t)map_get(&reading->variables, name);
}

/* A field of a value; end is where it ends in the text. */
static enum value_kind read_field(
	struct reading *reading, enum value_kind kind, const struct template_operand *operand, struct str field)
{
	if (kind == VALUE_ROOT && str_is(field, "Secrets"))
		return VALUE_SECRETS;
	if (kind == VALUE_ROOT && str_is(field, "SecretsPaths"))
		reading->uses.whole = true;
	if (kind == VALUE_SECRETS)
		reading->visitor(
			reading->context, field, operand->start, (uint32_t)(field.ptr + field.len - reading->text.ptr));
	return VALUE_OTHER;
}

static struct value read_operand(struct reading *reading, const struct template_operand *operand, enum value_kind dot)
{
	struct value value = OTHER;

	if (operand->kind == OPERAND_DOT)
		value.kind = dot;
	else if (operand->kind == OPERAND_VARIABLE)
		value.kind = variable_kind(reading, operand->text);
	else if (operand->kind == OPERAND_PIPELINE)
		value = read_pipeline(reading, operand->pipeline, dot, false);
	else if (operand->kind == OPERAND_STRING)
		value.literal = operand;
	for (size_t i = 0; i < operand->field_count; i++) {
		value.kind = read_field(reading, value.kind, operand, operand->fields[i]);
		value.literal = NULL;
	}
	return value;
}

/* A value goes where it cannot be followed. */
static void escape(struct reading *reading, struct value value)
{
	if (value.kind != VALUE_OTHER)
		reading->uses.whole = true;
}

static const struct key_function *find_key_function(const struct template_operand *first)
{
	for (size_t i = 0; i < sizeof(key_functions) / sizeof(key_functions[0]); i++)
		if (first->kind == OPERAND_FUNCTION && first->field_count == 0 &&
			str_equal(first->text, key_functions[i].name))
			return &key_functions[i];
	return NULL;
}

static void read_key(struct reading *reading, struct value key)
{
	if (key.literal)
		reading->visitor(reading->context, key.literal->text, key.literal->start, key.literal->end);
	else
		reading->uses.whole = true;
}

/* A command's operands, and behind them what the command before gives; piped is NULL for the first one. */
static struct value read_command(
	struct reading *reading, const struct template_command *command, const struct value *piped, enum value_kind dot)
{
	const struct key_function *function = find_key_function(command->operands);
	struct value first = read_operand(reading, command->operands, dot);
	size_t count = command->count + (piped ? 1 : 0);
	bool takes_key = false;

	if (count == 1)
		return first;
	escape(reading, first);
	for (size_t i = 1; i < count; i++) {
		struct value value = i < command->count ? read_operand(reading, &command->operands[i], dot) : *piped;

		if (i == 1 && function && value.kind == VALUE_SECRETS && count > 2)
			takes_key = true;
		else if (takes_key && (i == 2 || function->many))
			read_key(reading, value);
		else
			escape(reading, value);
	}
	return OTHER;
}

/* Assignments may happen in any branch and any round of a loop, so that what they set is not followed; nor is a new `$`. */
static void set_variable(struct reading *reading, struct str name, bool assigns, struct value value)
{
	enum value_kind before = variable_kind(reading, name);

	if (assigns || name.len == 1) {
		escape(reading, value);
		escape(reading, (struct value){.kind = before});
		return;
	}
	*(struct shadowed *)vec_push(&reading->shadowed) = (struct shadowed){.name = name, .kind = before};
	map_set(&reading->variables, name, kind_pointer(value.kind));
}

static struct value read_pipeline(
	struct reading *reading, const struct template_pipeline *pipeline, enum value_kind dot, bool is_range)
{
	struct value value = OTHER;

	for (size_t i = 0; i < pipeline->command_count; i++)
		value = read_command(reading, &pipeline->commands[i], i > 0 ? &value : NULL, dot);
	for (size_t i = 0; i < pipeline->variable_count; i++)
		set_variable(reading, pipeline->variables[i], pipeline->assigns, is_range ? OTHER : value);
	return value;
}

static void leave_scope(struct reading *reading, size_t count)
{
	while (reading->shadowed.len > count) {
		struct shadowed *last = vec_last(&reading->shadowed);

		map_set(&reading->variables, last->name, kind_pointer(last->kind));
		vec_pop(&reading->shadowed);
	}
}

static void read_call(struct reading *reading, struct str name, enum value_kind dot)
{
	struct call call = {.define = map_get(&reading->defines, name), .dot = dot};
	uintptr_t bit = (uintptr_t)1 << dot, bits;
	void **slot;

	if (!call.define || dot == VALUE_OTHER)
		return;
	slot = map_slot(&reading->called, name);
	bits = (uintptr_t)*slot;
	if (!(bits & bit))
		vec_append(&reading->calls, &call, 1);
	*slot = (void *)(bits | bit);
}

static void read_list(struct reading *reading, const struct template_list *list, enum value_kind dot);

static void read_block(struct reading *reading, const struct template_node *node, enum value_kind dot)
{
	size_t scope = reading->shadowed.len;
	struct value value = read_pipeline(reading, node->pipeline, dot, node->kind == TEMPLATE_RANGE);
	enum value_kind inner = dot;

	if (node->kind == TEMPLATE_WITH)
		inner = value.kind;
	else if (node->kind == TEMPLATE_RANGE)
		inner = VALUE_OTHER;
	if (node->kind == TEMPLATE_RANGE || (node->kind == TEMPLATE_IF && value.kind == VALUE_SECRETS))
		escape(reading, value);
	read_list(reading, node->body, inner);
	if (node->otherwise)
		read_list(reading, node->otherwise, dot);
	leave_scope(reading, scope);
}

static void read_node(struct reading *reading, const struct template_node *node, enum value_kind dot)
{
	struct value value;

	switch (node->kind) {
	case TEMPLATE_ACTION:
		value = read_pipeline(reading, node->pipeline, dot, false);
		if (node->pipeline->variable_count == 0)
			escape(reading, value);
		break;
	case TEMPLATE_IF:
	case TEMPLATE_RANGE:
	case TEMPLATE_WITH:
		read_block(reading, node, dot);
		break;
	case TEMPLATE_CALL:
		value = node->pipeline ? read_pipeline(reading, node->pipeline, dot, false) : OTHER;
		read_call(reading, node->name, value.kind);
		break;
	case TEMPLATE_TEXT:
	case TEMPLATE_COMMENT:
	case TEMPLATE_DEFINE:
	case TEMPLATE_BREAK:
	case TEMPLATE_CONTINUE:
		break;
	}
}

static void read_list(struct reading *reading, const struct template_list *list, enum value_kind dot)
{
	for (size_t i = 0; i < list->count; i++)
		read_node(reading, list->nodes[i], dot);
}

static void read_template(struct reading *reading, const struct template_list *list, enum value_kind dot)
{
	reading->root = dot;
	read_list(reading, list, dot);
	leave_scope(reading, 0);
}

static void read_all(struct reading *reading, const struct template *parsed)
{
	for (size_t i = 0; i < parsed->define_count; i++) {
		const struct template_define *define = &parsed->defines[i];

		if (!define->blank || !map_has(&reading->defines, define->name))
			map_set(&reading->defines, define->name, (void *)(uintptr_t)define);
	}
	read_template(reading, parsed->root, VALUE_ROOT);
	for (size_t i = 0; i < reading->calls.len; i++) {
		struct call call = *(struct call *)vec_at(&reading->calls, i);

		read_template(reading, call.define->node->body, call.dot);
	}
}

struct vault_template_uses vault_template_each_key(
	struct arena *arena, struct str text, vault_key_visitor *visitor, void *context)
{
	const struct template *parsed = template_parse(arena, text, &TEMPLATE_VAULT_SECRET);
	struct reading reading = {.text = text,
		.visitor = visitor,
		.context = context,
		.calls = VEC_INIT(struct call),
		.shadowed = VEC_INIT(struct shadowed)};

	if (parsed->problem)
		return (struct vault_template_uses){.invalid = true};
	map_init(&reading.defines);
	map_init(&reading.called);
	map_init(&reading.variables);
	read_all(&reading, parsed);
	map_release(&reading.variables);
	map_release(&reading.called);
	map_release(&reading.defines);
	vec_release(&reading.shadowed);
	vec_release(&reading.calls);
	return reading.uses;
}
