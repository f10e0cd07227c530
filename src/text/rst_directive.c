#include "text/rst_directive.h"

void rst_refuse(struct rst_directive *directive, enum document_level level, const char *format, ...)
{
	const struct rst_line *last = &directive->machine->lines[directive->end - 1];
	va_list args;

	while (last > directive->line && last->text.len == 0)
		last--;
	va_start(args, format);
	rst_vreport(directive->machine->reader, level, directive->line->number, rst_line_start(directive->line),
		rst_line_end(last), format, args);
	va_end(args);
}

static bool is_host_directive(const struct rst_reader *reader, struct str name)
{
	for (size_t i = 0; i < reader->options->directive_count; i++) {
		if (str_equal(reader->options->directives[i], name))
			return true;
	}
	return false;
}

static bool is_next_blank(const struct rst_machine *machine)
{
	return machine->at >= machine->len || machine->lines[machine->at].text.len == 0;
}

/* A directive that docutils does not have. */
static bool read_unknown(struct rst_machine *machine, struct str name)
{
	const struct rst_line *line = &machine->lines[machine->at];
	size_t first = machine->at;
	struct rst_block block;

	rst_take_first_known(&block, machine, 0, RST_TAKE_KEEP_INDENT);
	bool blank_finish = block.blank_finish;
	rst_block_release(&block);
	if (is_host_directive(machine->reader, name)) {
		rst_give_up(machine, NULL, first, "directive \"%.*s\"", STR_ARG(name));
		return blank_finish;
	}
	rst_complain(machine, DOCUMENT_LEVEL_ERROR, line, 1,
		"there is no directive \"%.*s\"; its text is left out; if it is meant as a comment, write one colon",
		STR_ARG(name));
	return blank_finish;
}

static bool read_known(struct rst_machine *machine, const struct rst_directive_spec *spec, struct str name,
	size_t marker, bool substituted)
{
	struct rst_directive directive = {.machine = machine,
		.spec = spec,
		.name = name,
		.line = &machine->lines[machine->at],
		.first = machine->at,
		.substituted = substituted};
	struct rst_block block;

	rst_take_first_known(&block, machine, marker, RST_TAKE_KEEP_TOP);
	bool blank_finish = block.blank_finish || is_next_blank(machine);
	directive.end = machine->at;
	rst_parse_directive(&directive, &block);
	if (directive.wrong)
		rst_refuse(&directive, DOCUMENT_LEVEL_ERROR, "directive \"%.*s\": %s", STR_ARG(name), directive.wrong);
	else if (spec->needs_content && directive.content.len == 0)
		rst_refuse(&directive, DOCUMENT_LEVEL_ERROR,
			"directive \"%.*s\" has no text; write it behind the \"::\" or indented below", STR_ARG(name));
	else
		spec->run(&directive);
	rst_directive_release(&directive);
	rst_block_release(&block);
	return blank_finish;
}

bool rst_read_directive(struct rst_machine *machine, struct str name, size_t marker)
{
	const struct rst_directive_spec *spec = rst_find_directive(name);

	return spec ? read_known(machine, spec, name, marker, false) : read_unknown(machine, name);
}

void rst_read_substituted(struct rst_machine *machine, struct str name, size_t marker)
{
	const struct rst_directive_spec *spec = rst_find_directive(name);

	if (spec)
		read_known(machine, spec, name, marker, true);
	else
		read_unknown(machine, name);
}

struct document_node *rst_add_directed(struct rst_directive *directive, enum document_kind kind)
{
	struct rst_machine *machine = directive->machine;
	struct document_node *node = rst_add(machine, machine->node, kind, directive->line);
	const struct rst_option *name = rst_find_option(directive, "name");

	rst_close(machine, node);
	if (name)
		rst_declare_name(machine->reader, node, str_is_absent(name->value) ? STR("") : name->value);
	return node;
}
