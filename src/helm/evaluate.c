#include "helm/evaluate.h"

#include "helm/function.h"

/* Values that may wait at a time: one may depend on all others, and making it takes as many calls within each other. */
#define WAITING_MAX 50

void scope_init(struct scope *scope, const struct data *root)
{
	*scope = (struct scope){.dot = root, .root = root};
}

void scope_declare(struct evaluation *evaluation, struct scope *scope, struct str name, const struct data *value)
{
	struct variable *variable = arena_alloc(evaluation->arena, sizeof(*variable));

	*variable = (struct variable){.name = name, .value = value, .outer = scope->variables};
	scope->variables = variable;
}

static struct variable *find_variable(const struct scope *scope, struct str name)
{
	struct variable *variable = scope->variables;

	while (variable && !str_equal(variable->name, name))
		variable = variable->outer;
	return variable;
}

void scope_assign(struct evaluation *evaluation, struct scope *scope, struct str name, const struct data *value)
{
	struct variable *variable = find_variable(scope, name);

	if (!variable)
		return;
	evaluation_settle(evaluation);
	variable->value = scope->maybe ? &DATA_IS_UNKNOWN : value;
	variable->late = NULL;
}

bool evaluation_spend(struct evaluation *evaluation, size_t effort)
{
	if (evaluation->effort <= effort) {
		evaluation->effort = 0;
		return false;
	}
	evaluation->effort -= effort;
	return true;
}

/* What may not be there is nil or not: unknown. */
static const struct data *settle(const struct data *data)
{
	if (!data->maybe)
		return data;
	return data->kind == DATA_NIL ? &DATA_IS_NIL : &DATA_IS_UNKNOWN;
}

/* The first fields of a chain, so many. Of a nil that stands at its start each is nil; of a nil within, and of what is no map, templates fail. */
static const struct data *first_fields_of(
	struct evaluation *evaluation, const struct data *data, const struct template_operand *operand, size_t count)
{
	bool starts_with_nil = data->kind == DATA_NIL;

	for (size_t i = 0; i < count; i++) {
		if (data->kind == DATA_NIL && starts_with_nil)
			return data;
		if (data->kind != DATA_MAP)
			return &DATA_IS_UNKNOWN;
		data = settle(data_get(evaluation->arena, data, operand->fields[i]));
	}
	return data;
}

static const struct data *fields_of(
	struct evaluation *evaluation, const struct data *data, const struct template_operand *operand)
{
	return first_fields_of(evaluation, data, operand, operand->field_count);
}

static const struct data *make_value(struct evaluation *evaluation, struct late_value *late)
{
	if (!late->value)
		late->value = evaluate_commands(evaluation, &late->scope, late->pipeline);
	return late->value;
}

void evaluation_settle(struct evaluation *evaluation)
{
	struct late_value *waiting = evaluation->waiting;

	evaluation->waiting = NULL;
	for (; waiting; waiting = waiting->older)
		make_value(evaluation, waiting);
}

static const struct data *variable_value(struct evaluation *evaluation, const struct scope *scope, struct str name)
{
	const struct variable *variable;

	if (str_is(name, "$"))
		return scope->root;
	variable = find_variable(scope, name);
	if (!variable)
		return &DATA_IS_UNKNOWN;
	return variable->late ? make_value(evaluation, variable->late) : variable->value;
}

/* A character constant: 'x'. Those with escapes are left unknown. */
static const struct data *character_of(struct evaluation *evaluation, struct str text)
{
	if (text.len == 3 && text.ptr[2] == '\'' && (unsigned char)text.ptr[1] < 0x80 && text.ptr[1] != '\\')
		return data_int(evaluation->arena, text.ptr[1]);
	return &DATA_IS_UNKNOWN;
}

/* A constant: decimal integers and simple decimal fractions; other forms of Go's numbers are rare enough to stay unknown. */
static const struct data *number_of(struct evaluation *evaluation, struct str text)
{
	bool negative = text.len > 0 && text.ptr[0] == '-';
	size_t start = text.len > 0 && (negative || text.ptr[0] == '+') ? 1 : 0, point = text.len;
	int64_t value = 0;
	double scale = 1;

	if (text.len > 0 && text.ptr[0] == '\'')
		return character_of(evaluation, text);
	if (text.len == start || text.len - start > 15)
		return &DATA_IS_UNKNOWN;
	if (text.ptr[start] == '0' && text.len > start + 1 && text.ptr[start + 1] != '.')
		return &DATA_IS_UNKNOWN;
	for (size_t i = start; i < text.len; i++) {
		if (text.ptr[i] == '.' && point == text.len) {
			point = i;
			continue;
		}
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return &DATA_IS_UNKNOWN;
		value = value * 10 + (text.ptr[i] - '0');
		if (point < text.len)
			scale *= 10;
	}
	if (negative)
		value = -value;
	if (point == text.len)
		return data_int(evaluation->arena, value);
	return data_float(evaluation->arena, (double)value / scale);
}

static const struct data *call_with(struct evaluation *evaluation, struct scope *scope, struct str name,
	const struct data *const *arguments, size_t count)
{
	const struct function *function = function_find(name);
	struct call call = {.evaluation = evaluation,
		.arena = evaluation->arena,
		.maybe = scope->maybe,
		.arguments = arguments,
		.count = count};

	return function ? settle(function_call(function, &call)) : &DATA_IS_UNKNOWN;
}

const struct data *evaluate_operand(
	struct evaluation *evaluation, struct scope *scope, const struct template_operand *operand)
{
	switch (operand->kind) {
	case OPERAND_DOT:
		return fields_of(evaluation, scope->dot, operand);
	case OPERAND_VARIABLE:
		return fields_of(evaluation, variable_value(evaluation, scope, operand->text), operand);
	case OPERAND_FUNCTION:
		return call_with(evaluation, scope, operand->text, NULL, 0);
	case OPERAND_PIPELINE:
		return fields_of(evaluation, evaluate_pipeline(evaluation, scope, operand->pipeline), operand);
	case OPERAND_STRING:
		return data_string(evaluation->arena, operand->text, (struct span){0});
	case OPERAND_NUMBER:
		return number_of(evaluation, operand->text);
	case OPERAND_BOOL:
		return data_bool(operand->boolean);
	case OPERAND_NIL:
		return &DATA_IS_NIL;
	}
	return &DATA_IS_UNKNOWN;
}

static bool is_call_of(const struct template_command *command, const char *name)
{
	return command->operands[0].kind == OPERAND_FUNCTION && str_is(command->operands[0].text, name);
}

static bool is_logic(const struct template_command *command)
{
	if (command->operands[0].text.len > 3)
		return false;
	return is_call_of(command, "and") || is_call_of(command, "or") || is_call_of(command, "not");
}

static bool is_field(const struct template_operand *operand)
{
	return (operand->kind == OPERAND_DOT || operand->kind == OPERAND_VARIABLE) && operand->field_count > 0;
}

/* Nothing but its truth is read of the last field. */
static enum truth field_truth(
	struct evaluation *evaluation, const struct scope *scope, const struct template_operand *operand)
{
	const struct data *start =
		operand->kind == OPERAND_DOT ? scope->dot : variable_value(evaluation, scope, operand->text);
	const struct data *around = first_fields_of(evaluation, start, operand, operand->field_count - 1);

	if (around->kind != DATA_MAP)
		return start->kind == DATA_NIL ? TRUTH_NO : TRUTH_UNKNOWN;
	return data_truth_at(evaluation->arena, around, operand->fields[operand->field_count - 1]);
}

static enum truth operand_truth(
	struct evaluation *evaluation, struct scope *scope, const struct template_operand *operand)
{
	if (is_field(operand))
		return field_truth(evaluation, scope, operand);
	if (operand->kind == OPERAND_PIPELINE && operand->field_count == 0)
		return evaluate_truth(evaluation, scope, operand->pipeline);
	return data_truth(evaluation->arena, evaluate_operand(evaluation, scope, operand));
}

static enum truth negate(enum truth truth)
{
	return truth == TRUTH_UNKNOWN ? truth : truth == TRUTH_YES ? TRUTH_NO : TRUTH_YES;
}

/* `and`, `or` and `not` of three values: one operand may decide, wherever it stands. */
static enum truth logic_truth(struct evaluation *evaluation, struct scope *scope,
	const struct template_command *command, const struct data *last)
{
	bool is_or = is_call_of(command, "or");
	enum truth decides = is_or ? TRUTH_YES : TRUTH_NO, truth = negate(decides);
	size_t count = command->count - 1 + (last ? 1 : 0);

	if (count == 0 || (is_call_of(command, "not") && count != 1))
		return TRUTH_UNKNOWN;
	for (size_t i = 0; i < count && truth != decides; i++) {
		enum truth next = i + 1 < command->count ? operand_truth(evaluation, scope, &command->operands[i + 1])
							 : data_truth(evaluation->arena, last);

		if (next != negate(decides))
			truth = next;
	}
	return is_call_of(command, "not") ? negate(truth) : truth;
}

/* The value of `and` and `or`: the first operand that decides, or the last one; those behind it are not looked at. */
static const struct data *logic_value(struct evaluation *evaluation, struct scope *scope,
	const struct template_command *command, const struct data *last)
{
	enum truth decides = is_call_of(command, "or") ? TRUTH_YES : TRUTH_NO, truth;
	size_t count = command->count - 1 + (last ? 1 : 0);
	const struct data *value = &DATA_IS_UNKNOWN;

	if (is_call_of(command, "not")) {
		truth = logic_truth(evaluation, scope, command, last);
		return truth == TRUTH_UNKNOWN ? &DATA_IS_UNKNOWN : data_bool(truth == TRUTH_YES);
	}
	for (size_t i = 0; i < count; i++) {
		value = i + 1 < command->count ? evaluate_operand(evaluation, scope, &command->operands[i + 1]) : last;
		truth = data_truth(evaluation->arena, value);
		if (truth == TRUTH_UNKNOWN && i + 1 < count)
			return &DATA_IS_UNKNOWN;
		if (truth == decides)
			break;
	}
	return value;
}

static const struct data *evaluate_call(struct evaluation *evaluation, struct scope *scope,
	const struct template_command *command, const struct data *last)
{
	size_t count = command->count - 1;
	const struct data **arguments = arena_alloc(evaluation->arena, command->count * sizeof(struct data *));

	for (size_t i = 0; i < count; i++)
		arguments[i] = evaluate_operand(evaluation, scope, &command->operands[i + 1]);
	if (last)
		arguments[count++] = last;
	return call_with(evaluation, scope, command->operands[0].text, arguments, count);
}

/* One command; last is what comes through the pipe, NULL for the first. */
static const struct data *evaluate_command(struct evaluation *evaluation, struct scope *scope,
	const struct template_command *command, const struct data *last)
{
	if (!evaluation_spend(evaluation, command->count))
		return &DATA_IS_UNKNOWN;
	if (is_logic(command))
		return logic_value(evaluation, scope, command, last);
	if (command->operands[0].kind == OPERAND_FUNCTION)
		return evaluate_call(evaluation, scope, command, last);
	if (command->count > 1 || last || command->operands[0].kind == OPERAND_NIL)
		return &DATA_IS_UNKNOWN;
	return evaluate_operand(evaluation, scope, &command->operands[0]);
}

const struct data *evaluate_first_commands(
	struct evaluation *evaluation, struct scope *scope, const struct template_pipeline *pipeline, size_t count)
{
	const struct data *value = NULL;

	for (size_t i = 0; i < count; i++)
		value = evaluate_command(evaluation, scope, &pipeline->commands[i], value);
	return value ? value : &DATA_IS_UNKNOWN;
}

const struct data *evaluate_commands(
	struct evaluation *evaluation, struct scope *scope, const struct template_pipeline *pipeline)
{
	return evaluate_first_commands(evaluation, scope, pipeline, pipeline->command_count);
}

const struct data *evaluate_pipeline(
	struct evaluation *evaluation, struct scope *scope, const struct template_pipeline *pipeline)
{
	const struct data *value = evaluate_commands(evaluation, scope, pipeline);

	for (size_t i = 0; i < pipeline->variable_count; i++) {
		if (pipeline->assigns)
			scope_assign(evaluation, scope, pipeline->variables[i], value);
		else
			scope_declare(evaluation, scope, pipeline->variables[i], value);
	}
	return value;
}

static void declare_late(struct evaluation *evaluation, struct scope *scope, const struct template_pipeline *pipeline)
{
	struct late_value *late = arena_alloc(evaluation->arena, sizeof(*late));

	if (evaluation->waiting && evaluation->waiting->count == WAITING_MAX)
		evaluation_settle(evaluation);
	*late = (struct late_value){.pipeline = pipeline,
		.scope = *scope,
		.older = evaluation->waiting,
		.count = evaluation->waiting ? evaluation->waiting->count + 1 : 1};
	evaluation->waiting = late;
	scope_declare(evaluation, scope, pipeline->variables[0], NULL);
	scope->variables->late = late;
}

void evaluate_setting(struct evaluation *evaluation, struct scope *scope, const struct template_pipeline *pipeline)
{
	if (pipeline->waits)
		declare_late(evaluation, scope, pipeline);
	else
		evaluate_pipeline(evaluation, scope, pipeline);
}

enum truth evaluate_truth(struct evaluation *evaluation, struct scope *scope, const struct template_pipeline *pipeline)
{
	const struct template_command *last;
	const struct data *piped;

	if (pipeline->variable_count > 0 || pipeline->command_count == 0)
		return data_truth(evaluation->arena, evaluate_pipeline(evaluation, scope, pipeline));
	last = &pipeline->commands[pipeline->command_count - 1];
	if (pipeline->command_count == 1 && last->count == 1 && is_field(&last->operands[0]))
		return evaluation_spend(evaluation, 1) ? field_truth(evaluation, scope, &last->operands[0])
						       : TRUTH_UNKNOWN;
	if (!is_logic(last))
		return data_truth(evaluation->arena, evaluate_commands(evaluation, scope, pipeline));
	if (!evaluation_spend(evaluation, last->count))
		return TRUTH_UNKNOWN;
	piped = pipeline->command_count > 1
			? evaluate_first_commands(evaluation, scope, pipeline, pipeline->command_count - 1)
			: NULL;
	return logic_truth(evaluation, scope, last, piped);
}
