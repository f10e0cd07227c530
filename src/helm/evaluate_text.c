/* Text and insertions: what templates print. */
#include "base/strbuf.h"
#include "helm/function.h"
#include "helm/helm.h"

/* Text in the making. */
struct writer {
	struct evaluation *evaluation;
	const struct source *source;
	uint32_t start, end;
	struct str piece;             /* the text from behind the last unknown piece on, while it is one piece */
	struct strbuf text;           /* the same, once it is several */
	const struct data *structure; /* the only piece but for blanks: DATA_YAML */
	bool is_unknown;
	bool any; /* there was something to be executed */
};

static bool is_blank(struct str text)
{
	return str_trim(text).len == 0;
}

static struct str written(const struct writer *writer)
{
	return writer->text.len > 0 ? strbuf_str(&writer->text) : writer->piece;
}

static void add_piece(struct writer *writer, struct str text)
{
	if (text.len == 0)
		return;
	if (writer->text.len == 0 && writer->piece.len == 0) {
		writer->piece = text;
		return;
	}
	if (writer->text.len == 0)
		strbuf_append(&writer->text, writer->piece);
	strbuf_append(&writer->text, text);
}

static void begin_with(struct writer *writer, struct str text)
{
	strbuf_clear(&writer->text);
	writer->piece = text;
}

static void write_unknown(struct writer *writer, struct str tail)
{
	writer->is_unknown = true;
	begin_with(writer, tail);
}

static void write_text(struct writer *writer, struct str text, bool maybe)
{
	if (maybe && text.len > 0) {
		write_unknown(writer, STR(""));
		return;
	}
	if (writer->structure && !is_blank(text)) {
		writer->structure = NULL;
		writer->is_unknown = true;
	}
	evaluation_spend(writer->evaluation, text.len / 64);
	if (written(writer).len + text.len > EVALUATION_TEXT_MAX || writer->evaluation->effort == 0)
		write_unknown(writer, STR(""));
	else
		add_piece(writer, text);
}

static void write_structure(struct writer *writer, const struct data *data, bool maybe)
{
	if (maybe || writer->structure || writer->is_unknown || !is_blank(written(writer))) {
		writer->structure = NULL;
		write_unknown(writer, STR(""));
		return;
	}
	begin_with(writer, STR(""));
	writer->structure = data;
}

static void write_data(struct writer *writer, const struct data *data, bool maybe)
{
	struct str text = data_text(writer->evaluation->arena, data);

	if (data->kind == DATA_YAML) {
		write_structure(writer, data, maybe || data->maybe);
	} else if (data->kind == DATA_NIL) {
		write_text(writer, STR(EVALUATION_NO_VALUE), maybe);
	} else if (!str_is_absent(text)) {
		write_text(writer, text, maybe);
	} else {
		writer->structure = NULL;
		write_unknown(writer, data->kind == DATA_UNKNOWN && !maybe ? data->tail : STR(""));
	}
}

static const struct data *called(struct evaluation *evaluation, struct scope *scope, const struct template_node *node)
{
	const struct data *dot = &DATA_IS_NIL;

	if (node->pipeline)
		dot = evaluate_pipeline(evaluation, scope, node->pipeline);
	return evaluate_named(evaluation, node->name, dot);
}

static void write_node(struct template_walk *walk, const struct template_list *list, size_t index, struct scope *scope)
{
	const struct template_node *node = list->nodes[index];
	struct writer *writer = walk->context;
	uint32_t start = node->text_start > writer->start ? node->text_start : writer->start;
	uint32_t end = node->text_end < writer->end ? node->text_end : writer->end;

	writer->any = true;
	if (node->kind == TEMPLATE_CALL) {
		write_data(writer, called(walk->evaluation, scope, node), scope->maybe);
	} else if (node->kind == TEMPLATE_ACTION) {
		write_data(writer, evaluate_pipeline(walk->evaluation, scope, node->pipeline), scope->maybe);
	} else if (start < end) {
		struct str text = {.ptr = writer->source->text.ptr + start, .len = end - start};

		write_text(writer, text, scope->maybe);
	}
}

struct str evaluate_without_marks(struct arena *arena, struct str text)
{
	struct str mark = STR(EVALUATION_NO_VALUE);
	struct strbuf clean = STRBUF_INIT;
	struct str result;

	if (!str_contains(text, mark))
		return text;
	for (size_t i = 0; i < text.len; i++) {
		if (str_starts_with(str_slice(text, i, text.len), mark))
			i += mark.len - 1;
		else
			strbuf_append_char(&clean, text.ptr[i]);
	}
	result = arena_str(arena, strbuf_str(&clean));
	strbuf_release(&clean);
	return result;
}

/* What was written, to stay: a piece does so anyway. */
static struct str keep_written(const struct writer *writer)
{
	return writer->text.len > 0 ? arena_str(writer->evaluation->arena, strbuf_str(&writer->text)) : writer->piece;
}

static const struct data *write_list(
	struct writer *writer, const struct template_list *list, size_t from, struct scope *scope)
{
	struct template_walk walk = {.evaluation = writer->evaluation,
		.context = writer,
		.start = writer->start,
		.end = writer->end,
		.visit = write_node};
	struct span span = {0};
	struct arena *arena = writer->evaluation->arena;
	const struct data *result = &DATA_IS_NIL;

	template_walk(&walk, list, from, scope);
	if (writer->structure && !writer->is_unknown)
		result = writer->structure;
	else if (writer->is_unknown)
		result = data_unknown(arena, keep_written(writer), span);
	else if (writer->any)
		result = data_string(arena, keep_written(writer), span);
	strbuf_release(&writer->text);
	return result;
}

const struct data *evaluate_text(struct evaluation *evaluation, const struct source *source,
	const struct template_list *list, size_t from, struct scope *scope, uint32_t start, uint32_t end)
{
	struct writer writer = {.evaluation = evaluation,
		.source = source,
		.start = start,
		.end = end,
		.piece = STR(""),
		.text = STRBUF_INIT};
	struct span span = {.source = source, .start = start, .end = end};
	const struct data *data = write_list(&writer, list, from, scope);
	struct data *copy = arena_alloc(evaluation->arena, sizeof(*copy));

	*copy = *data;
	copy->span = span;
	if (data->kind == DATA_STRING)
		copy->string = evaluate_without_marks(evaluation->arena, data->string);
	else if (data->kind == DATA_UNKNOWN)
		copy->tail = evaluate_without_marks(evaluation->arena, data->tail);
	return copy;
}

/* A body as a whole, with a dot of its own. Text that is all blank but for nothing executed is the empty text. */
static const struct data *write_body(struct evaluation *evaluation, const struct source *source,
	const struct template_list *list, const struct data *dot)
{
	struct writer writer = {.evaluation = evaluation,
		.source = source,
		.start = list->start,
		.end = list->end,
		.piece = STR(""),
		.text = STRBUF_INIT};
	const struct data *result;
	struct scope scope;

	if (evaluation->depth >= EVALUATION_DEPTH_MAX || evaluation->effort == 0)
		return &DATA_IS_UNKNOWN;
	evaluation->depth++;
	scope_init(&scope, dot);
	result = write_list(&writer, list, 0, &scope);
	evaluation->depth--;
	return result->kind == DATA_NIL ? data_string(evaluation->arena, STR(""), (struct span){0}) : result;
}

const struct data *evaluate_template_text(struct evaluation *evaluation, struct str text, const struct data *dot)
{
	const struct template *parsed;
	struct source source = {.text = text};

	if (!str_contains(text, STR("{{")))
		return data_string(evaluation->arena, text, (struct span){0});
	if (!evaluation_spend(evaluation, text.len / 16))
		return &DATA_IS_UNKNOWN;
	parsed = template_parse(evaluation->arena, text, &TEMPLATE_HELM);
	if (parsed->problem || parsed->define_count > 0)
		return &DATA_IS_UNKNOWN;
	return write_body(evaluation, &source, parsed->root, dot);
}

static const struct named_template *find_named(const struct evaluation *evaluation, struct str name)
{
	const struct named_template *named = evaluation->names ? map_get(evaluation->names, name) : NULL;

	return named && named->define->node->body ? named : NULL;
}

const struct data *evaluate_named(struct evaluation *evaluation, struct str name, const struct data *dot)
{
	const struct named_template *named = find_named(evaluation, name);

	if (!named)
		return &DATA_IS_UNKNOWN;
	return write_body(evaluation, named->owner->source, named->define->node->body, dot);
}

static const struct data *without_marks(struct evaluation *evaluation, const struct data *data)
{
	struct str text = data->kind == DATA_STRING ? data->string : data->kind == DATA_UNKNOWN ? data->tail : STR("");
	struct str clean = evaluate_without_marks(evaluation->arena, text);

	if (clean.len == text.len)
		return data;
	if (data->kind == DATA_STRING)
		return data_string(evaluation->arena, clean, data->span);
	return data_unknown(evaluation->arena, clean, data->span);
}

const struct data *evaluate_include(struct evaluation *evaluation, struct str name, const struct data *dot)
{
	return without_marks(evaluation, evaluate_named(evaluation, name, dot));
}

/* Whether a command does no more to what comes through the pipe than to indent or to trim it. *indent is what it indents by. */
static bool is_layout(const struct template_command *command, int *indent)
{
	const struct template_operand *operands = command->operands;
	int value = 0;

	*indent = -1;
	if (operands[0].kind != OPERAND_FUNCTION)
		return false;
	if (command->count == 1)
		return str_is(operands[0].text, "trim");
	if (command->count != 2 || operands[1].kind != OPERAND_NUMBER || operands[1].text.len > 4)
		return false;
	for (size_t i = 0; i < operands[1].text.len; i++) {
		char digit = operands[1].text.ptr[i];

		if (digit < '0' || digit > '9' || (digit == '0' && i == 0 && operands[1].text.len > 1))
			return false;
		value = value * 10 + (digit - '0');
	}
	*indent = value;
	return str_is(operands[0].text, "indent") || str_is(operands[0].text, "nindent");
}

/* How many commands a pipeline has before those that lay out what it gives; *indent is that of the last one that indents. */
static size_t without_layout(const struct template_pipeline *pipeline, int *indent)
{
	size_t count = pipeline->command_count;
	int next;

	*indent = -1;
	for (; count > 1 && is_layout(&pipeline->commands[count - 1], &next); count--) {
		if (next >= 0 && *indent >= 0)
			break;
		if (next >= 0)
			*indent = next;
	}
	return count;
}

static struct yaml_insertion insert_named(struct evaluation *evaluation, struct str name, const struct data *dot)
{
	const struct named_template *named = find_named(evaluation, name);

	if (!named)
		return (struct yaml_insertion){.value = &DATA_IS_UNKNOWN, .indent = -1};
	return (struct yaml_insertion){.named = named, .dot = dot, .indent = -1};
}

static bool is_include(const struct template_command *command)
{
	return command->count == 3 && command->operands[0].kind == OPERAND_FUNCTION &&
	       str_is(command->operands[0].text, "include");
}

static const struct data *insertion_value(
	struct evaluation *evaluation, struct scope *scope, const struct template_pipeline *pipeline, size_t count)
{
	const struct data *value = evaluate_first_commands(evaluation, scope, pipeline, count);

	return without_marks(evaluation, value);
}

struct yaml_insertion evaluate_insertion(
	struct evaluation *evaluation, struct scope *scope, const struct template_node *node)
{
	struct yaml_insertion insertion = {.value = &DATA_IS_UNKNOWN, .indent = -1};
	const struct data *name;
	size_t count;
	int indent;

	if (node->kind == TEMPLATE_CALL)
		return insert_named(evaluation, node->name,
			node->pipeline ? evaluate_pipeline(evaluation, scope, node->pipeline) : &DATA_IS_NIL);
	if (!node->pipeline || node->pipeline->variable_count > 0 || node->pipeline->command_count == 0)
		return insertion;
	count = without_layout(node->pipeline, &indent);
	if (count == 1 && is_include(&node->pipeline->commands[0])) {
		const struct template_operand *operands = node->pipeline->commands[0].operands;

		name = evaluate_operand(evaluation, scope, &operands[1]);
		if (name->kind == DATA_STRING)
			insertion = insert_named(
				evaluation, name->string, evaluate_operand(evaluation, scope, &operands[2]));
	} else {
		insertion.value = insertion_value(evaluation, scope, node->pipeline, count);
	}
	insertion.indent = indent;
	return insertion;
}
