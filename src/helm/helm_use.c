/* Which values a template uses, as far as that can be told without executing it. */
#include "base/strbuf.h"
#include "helm/helm.h"

struct search {
	const struct helm_template *read;
	helm_use_visitor *visit;
	void *context;
	struct strbuf path;
	const struct template_operand *part; /* of a longer use, and so none of its own */
};

static bool append_operand(struct strbuf *path, const struct template_operand *operand, const struct template_dot *dot);

static void append_field(struct strbuf *path, struct str field)
{
	strbuf_append_char(path, '.');
	strbuf_append(path, field);
}

/* Appends what stands for the dot, with a dot in front of each field. False where it is unknown. */
static bool append_dot(struct strbuf *path, const struct template_dot *dot)
{
	if (!dot)
		return true;
	return !dot->item && dot->operand && append_operand(path, dot->operand, dot->outer);
}

/* index X "a" "b" and get X "a". */
static bool append_call(struct strbuf *path, const struct template_command *command, const struct template_dot *dot)
{
	bool is_get = str_is(command->operands[0].text, "get") && command->count == 3;

	if (command->operands[0].kind != OPERAND_FUNCTION || command->count < 3 ||
		!(is_get || str_is(command->operands[0].text, "index")))
		return false;
	if (!append_operand(path, &command->operands[1], dot))
		return false;
	for (size_t i = 2; i < command->count; i++) {
		if (command->operands[i].kind != OPERAND_STRING)
			return i > 2;
		append_field(path, command->operands[i].text);
	}
	return true;
}

/* ( … ), of one command. */
static bool append_pipeline(
	struct strbuf *path, const struct template_pipeline *pipeline, const struct template_dot *dot)
{
	const struct template_command *command;

	if (!pipeline || pipeline->command_count != 1)
		return false;
	command = &pipeline->commands[0];
	if (command->count == 1)
		return append_operand(path, &command->operands[0], dot);
	return append_call(path, command, dot);
}

static bool append_operand(struct strbuf *path, const struct template_operand *operand, const struct template_dot *dot)
{
	bool known = false;

	if (operand->kind == OPERAND_DOT)
		known = append_dot(path, dot);
	else if (operand->kind == OPERAND_VARIABLE)
		known = str_is(operand->text, "$");
	else if (operand->kind == OPERAND_PIPELINE)
		known = append_pipeline(path, operand->pipeline, dot);
	for (size_t i = 0; known && i < operand->field_count; i++)
		append_field(path, operand->fields[i]);
	return known;
}

static void report(struct search *search, uint32_t start, uint32_t end)
{
	struct str path = strbuf_str(&search->path), prefix = STR(".Values.");

	if (str_starts_with(path, prefix) && path.len > prefix.len)
		search->visit(search->context, str_slice(path, prefix.len, path.len),
			(struct span){search->read->source, start, end});
}

/* The operand that a longer use begins with: of (.Values.a).b, or of index .Values.a "b". */
static const struct template_operand *inner_operand(const struct template_operand *operand)
{
	const struct template_pipeline *pipeline = operand->pipeline;

	if (operand->kind != OPERAND_PIPELINE || !pipeline || pipeline->command_count != 1)
		return NULL;
	return &pipeline->commands[0].operands[0];
}

static void visit_operand(void *context, const struct template_command *command, const struct template_operand *operand,
	const struct template_dot *dot)
{
	struct search *search = context;
	bool is_part = operand == search->part;
	bool is_call = operand == &command->operands[0] && operand->kind == OPERAND_FUNCTION;

	if (operand->kind == OPERAND_PIPELINE && operand->field_count == 0 && !is_part)
		return;
	strbuf_clear(&search->path);
	if (is_call ? !append_call(&search->path, command, dot) : !append_operand(&search->path, operand, dot))
		return;
	if (!is_part)
		report(search, operand->start, is_call ? command->end : operand->end);
	if (is_call)
		search->part = &command->operands[1];
	else
		search->part = inner_operand(operand);
}

void helm_each_use(const struct helm_template *read, helm_use_visitor *visit, void *context)
{
	struct search search = {.read = read, .visit = visit, .context = context, .path = STRBUF_INIT};

	template_each_operand(read->syntax, visit_operand, &search);
	strbuf_release(&search.path);
}
