#include <stdint.h>

#include "helm/template_literal.h"
#include "helm/template_parser.h"

static struct str token_text(const struct template_parser *parser, struct template_token token)
{
	return str_slice(parser->lexer.text, token.start, token.end - token.start);
}

const struct template_token *template_peek(struct template_parser *parser)
{
	if (parser->ahead_count == 0)
		parser->ahead[parser->ahead_count++] = template_lexer_next(&parser->lexer);
	return &parser->ahead[0];
}

static const struct template_token *peek_second(struct template_parser *parser)
{
	template_peek(parser);
	if (parser->ahead_count == 1)
		parser->ahead[parser->ahead_count++] = template_lexer_next(&parser->lexer);
	return &parser->ahead[1];
}

void template_skip(struct template_parser *parser)
{
	parser->last_end = template_peek(parser)->end;
	if (--parser->ahead_count > 0)
		parser->ahead[0] = parser->ahead[1];
}

struct template_token template_take(struct template_parser *parser)
{
	struct template_token token = *template_peek(parser);

	template_skip(parser);
	return token;
}

void *template_fail(struct template_parser *parser, const struct template_token *token, const char *problem)
{
	if (!parser->problem && token->kind == TOKEN_PROBLEM) {
		parser->problem = parser->lexer.problem;
		parser->problem_at = parser->lexer.problem_at;
	} else if (!parser->problem) {
		parser->problem = problem;
		parser->problem_at = token->start;
	}
	return NULL;
}

static bool fail_at_next(struct template_parser *parser, const char *problem)
{
	template_fail(parser, template_peek(parser), problem);
	return false;
}

void *template_take_above(struct template_parser *parser, struct vec *stack, size_t base, size_t *count)
{
	void *copy;

	*count = stack->len - base;
	if (*count == 0)
		return NULL;
	copy = arena_alloc(parser->arena, *count * stack->item_size);
	memcpy(copy, vec_at(stack, base), *count * stack->item_size);
	stack->len = base;
	return copy;
}

static void push_word(struct template_parser *parser, struct str word)
{
	*(struct str *)vec_push(&parser->words) = word;
}

/* Which declaration a variable stands for; one that is not in scope is taken for the outermost. */
static uint32_t home_of(const struct template_parser *parser, struct str name)
{
	size_t number = (uintptr_t)map_get(&parser->names, name);

	if (number <= parser->visible)
		return 0;
	return ((const struct template_declaration *)vec_at(&parser->declarations, number - 1))->home;
}

static void declare(struct template_parser *parser, struct template_pipeline *pipeline, struct str name, bool assigns)
{
	uint32_t home = assigns ? home_of(parser, name) : (uint32_t)parser->declarations.len;
	struct template_declaration *declaration = vec_push(&parser->declarations);
	void *number = (void *)(uintptr_t)parser->declarations.len;

	declaration->name = name;
	declaration->home = home;
	declaration->shadowed = map_set(&parser->names, name, number);
	push_word(parser, name);
	if (assigns && home < pipeline->outermost)
		pipeline->outermost = home;
}

void template_leave_scope(struct template_parser *parser, size_t count)
{
	while (parser->declarations.len > count) {
		struct template_declaration *last = vec_last(&parser->declarations);

		map_set(&parser->names, last->name, last->shadowed);
		vec_pop(&parser->declarations);
	}
}

static bool is_declared(const struct template_parser *parser, struct str name)
{
	return name.len == 1 || (uintptr_t)map_get(&parser->names, name) > parser->visible;
}

static bool starts_operand(enum token_kind kind)
{
	switch (kind) {
	case TOKEN_DOT:
	case TOKEN_FIELD:
	case TOKEN_VARIABLE:
	case TOKEN_IDENTIFIER:
	case TOKEN_STRING:
	case TOKEN_RAW_STRING:
	case TOKEN_CHARACTER:
	case TOKEN_NUMBER:
	case TOKEN_NIL:
	case TOKEN_TRUE:
	case TOKEN_FALSE:
	case TOKEN_OPEN:
		return true;
	default:
		return false;
	}
}

static bool read_parenthesized(
	struct template_parser *parser, struct template_operand *operand, const struct template_token *open)
{
	operand->kind = OPERAND_PIPELINE;
	if (parser->parentheses == TEMPLATE_PARENTHESES_MAX)
		return template_fail(parser, open, "parentheses are nested too deeply") != NULL;
	parser->parentheses++;
	operand->pipeline = template_parse_pipeline(parser, TOKEN_CLOSE, false);
	parser->parentheses--;
	return operand->pipeline != NULL;
}

static bool read_variable(
	struct template_parser *parser, struct template_operand *operand, const struct template_token *token)
{
	operand->kind = OPERAND_VARIABLE;
	operand->text = token_text(parser, *token);
	if (!is_declared(parser, operand->text))
		template_fail(parser, token,
			arena_printf(parser->arena, "the variable `%.*s` is not defined", STR_ARG(operand->text)).ptr);
	return !parser->problem;
}

static bool read_string(
	struct template_parser *parser, struct template_operand *operand, const struct template_token *token)
{
	operand->kind = OPERAND_STRING;
	operand->text = template_unquote(parser->arena, token_text(parser, *token));
	if (str_is_absent(operand->text))
		template_fail(parser, token, "a string holds an escape that Go does not know");
	return !parser->problem;
}

static bool read_number(
	struct template_parser *parser, struct template_operand *operand, const struct template_token *token)
{
	operand->kind = OPERAND_NUMBER;
	operand->text = token_text(parser, *token);
	if (token->kind == TOKEN_CHARACTER ? !template_is_character(operand->text) : !template_is_number(operand->text))
		template_fail(parser, token,
			token->kind == TOKEN_CHARACTER ? "a character constant must be one character"
						       : "a number is not written as Go wants it, or too large");
	return !parser->problem;
}

/* An operand without the fields behind it; false: a problem. */
/* flat */
static bool read_term(struct template_parser *parser, struct template_operand *operand)
{
	struct template_token token = template_take(parser);

	*operand = (struct template_operand){.start = token.start};
	switch (token.kind) {
	case TOKEN_OPEN:
		return read_parenthesized(parser, operand, &token);
	case TOKEN_VARIABLE:
		return read_variable(parser, operand, &token);
	case TOKEN_STRING:
	case TOKEN_RAW_STRING:
		return read_string(parser, operand, &token);
	case TOKEN_CHARACTER:
	case TOKEN_NUMBER:
		return read_number(parser, operand, &token);
	case TOKEN_IDENTIFIER:
		operand->kind = OPERAND_FUNCTION;
		operand->text = token_text(parser, token);
		return true;
	case TOKEN_NIL:
		operand->kind = OPERAND_NIL;
		return true;
	case TOKEN_TRUE:
	case TOKEN_FALSE:
		operand->kind = OPERAND_BOOL;
		operand->boolean = token.kind == TOKEN_TRUE;
		return true;
	case TOKEN_FIELD:
		push_word(parser, str_slice(token_text(parser, token), 1, token.end));
		operand->kind = OPERAND_DOT;
		return true;
	default:
		operand->kind = OPERAND_DOT;
		return true;
	}
}

static bool has_fields(const struct template_operand *operand, bool is_field)
{
	switch (operand->kind) {
	case OPERAND_DOT:
		return is_field;
	case OPERAND_VARIABLE:
	case OPERAND_PIPELINE:
	case OPERAND_FUNCTION:
		return true;
	default:
		return false;
	}
}

static bool follows_as_field(const struct template_token *token)
{
	return token->kind == TOKEN_FIELD && !token->spaced;
}

static bool read_operand(struct template_parser *parser)
{
	size_t words = parser->words.len;
	struct template_operand operand;

	if (!read_term(parser, &operand))
		return false;
	if (follows_as_field(template_peek(parser)) && !has_fields(&operand, parser->words.len > words))
		return fail_at_next(parser, "what stands before this field has no fields");
	while (follows_as_field(template_peek(parser))) {
		struct str text = token_text(parser, template_take(parser));

		push_word(parser, str_slice(text, 1, text.len));
	}
	operand.end = parser->last_end;
	operand.fields = template_take_above(parser, &parser->words, words, &operand.field_count);
	vec_append(&parser->operands, &operand, 1);
	return true;
}

static bool read_command(struct template_parser *parser)
{
	struct template_command command = {.start = template_peek(parser)->start};
	size_t operands = parser->operands.len;
	const struct template_token *next = template_peek(parser);

	if (!starts_operand(next->kind))
		return fail_at_next(parser, "a value or function is expected here");
	do {
		if (!read_operand(parser))
			return false;
		next = template_peek(parser);
	} while (next->spaced && starts_operand(next->kind));
	command.end = parser->last_end;
	command.operands = template_take_above(parser, &parser->operands, operands, &command.count);
	vec_append(&parser->commands, &command, 1);
	if (next->kind == TOKEN_PIPE)
		template_skip(parser);
	else if (next->kind != TOKEN_RIGHT && next->kind != TOKEN_CLOSE)
		return fail_at_next(parser, starts_operand(next->kind) ? "white space is missing before this"
								       : "this cannot follow a value");
	return true;
}

static bool read_variables(struct template_parser *parser, struct template_pipeline *pipeline, bool is_range)
{
	size_t words = parser->words.len;
	enum token_kind next = TOKEN_COMMA;

	while (next == TOKEN_COMMA && template_peek(parser)->kind == TOKEN_VARIABLE) {
		next = peek_second(parser)->kind;
		if (next != TOKEN_COMMA && next != TOKEN_DECLARE && next != TOKEN_ASSIGN)
			break;
		if (next == TOKEN_COMMA && (!is_range || parser->words.len > words))
			return fail_at_next(parser, "more variables are set here than there are values");
		declare(parser, pipeline, token_text(parser, template_take(parser)), next != TOKEN_DECLARE);
		template_skip(parser);
		pipeline->assigns = next == TOKEN_ASSIGN;
	}
	if (next == TOKEN_COMMA && parser->words.len > words && template_peek(parser)->kind != TOKEN_VARIABLE)
		return fail_at_next(parser, "a variable is expected here");
	pipeline->variables = template_take_above(parser, &parser->words, words, &pipeline->variable_count);
	return true;
}

/* Only the first command of a pipeline may be a mere value. */
static bool is_executable(const struct template_operand *first)
{
	return first->kind == OPERAND_FUNCTION || first->kind == OPERAND_VARIABLE || first->kind == OPERAND_PIPELINE ||
	       first->field_count > 0;
}

static bool check_commands(struct template_parser *parser, const struct template_pipeline *pipeline)
{
	for (size_t i = 1; i < pipeline->command_count; i++) {
		const struct template_operand *first = pipeline->commands[i].operands;
		struct template_token place = {.kind = TOKEN_OTHER, .start = first->start};

		if (!is_executable(first))
			template_fail(parser, &place, "a mere value cannot take the result of the command before it");
	}
	return !parser->problem;
}

static bool function_changes_map(struct str name)
{
	switch (*name.ptr) {
	case 's':
		return str_is(name, "set");
	case 'u':
		return str_is(name, "unset");
	case 'm':
		return str_is(name, "merge") || str_is(name, "mergeOverwrite") || str_is(name, "mustMerge") ||
		       str_is(name, "mustMergeOverwrite");
	default:
		return false;
	}
}

const struct template_operand *template_changed_map(const struct template_command *command)
{
	const struct template_operand *function = command->operands;

	if (function->kind != OPERAND_FUNCTION || command->count < 2 || !function_changes_map(function->text))
		return NULL;
	return &command->operands[1];
}

static bool changes_maps(const struct template_pipeline *pipeline)
{
	bool changes = false;

	for (size_t i = 0; i < pipeline->command_count && !changes; i++)
		changes = template_changed_map(&pipeline->commands[i]) != NULL;
	return changes;
}

/* Whether a pipeline does more than to give a value, or what it calls may. */
static bool does_more(const struct template_pipeline *pipeline)
{
	for (size_t i = 0; i < pipeline->command_count; i++) {
		const struct template_command *command = &pipeline->commands[i];

		for (size_t j = 0; j < command->count; j++) {
			const struct template_operand *operand = &command->operands[j];

			if (operand->kind == OPERAND_PIPELINE && does_more(operand->pipeline))
				return true;
			if (operand->kind == OPERAND_FUNCTION &&
				(str_is(operand->text, "include") || str_is(operand->text, "tpl") ||
					function_changes_map(operand->text)))
				return true;
		}
	}
	return false;
}

const struct template_pipeline *template_parse_pipeline(
	struct template_parser *parser, enum token_kind end, bool is_range)
{
	struct template_pipeline *pipeline = arena_calloc(parser->arena, 1, sizeof(*pipeline));
	size_t commands = parser->commands.len;

	pipeline->start = template_peek(parser)->start;
	pipeline->outermost = UINT32_MAX;
	if (!read_variables(parser, pipeline, is_range))
		return NULL;
	while (template_peek(parser)->kind != end)
		if (!read_command(parser))
			return NULL;
	pipeline->end = parser->last_end;
	pipeline->commands = template_take_above(parser, &parser->commands, commands, &pipeline->command_count);
	if (pipeline->command_count == 0) {
		fail_at_next(parser, "a value is missing");
		return NULL;
	}
	pipeline->changes_maps = changes_maps(pipeline);
	pipeline->waits = pipeline->variable_count == 1 && !pipeline->assigns && !does_more(pipeline);
	template_skip(parser);
	return check_commands(parser, pipeline) ? pipeline : NULL;
}

bool template_parse_name(struct template_parser *parser, struct str *name, struct template_token *token)
{
	struct template_operand operand = {.kind = OPERAND_NIL};

	*token = *template_peek(parser);
	if (token->kind != TOKEN_STRING && token->kind != TOKEN_RAW_STRING)
		return fail_at_next(parser, "the name of a template, a string, is expected here");
	template_skip(parser);
	if (!read_string(parser, &operand, token))
		return false;
	*name = operand.text;
	return true;
}
