#include <stdlib.h>

#include "base/ascii.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "text/rst_directive.h"

void rst_directive_release(struct rst_directive *directive)
{
	vec_release(&directive->options);
	rst_block_release(&directive->content);
}

const struct rst_option *rst_find_option(const struct rst_directive *directive, const char *name)
{
	for (size_t i = 0; i < directive->options.len; i++) {
		const struct rst_option *option = vec_at(&directive->options, i);
		if (str_is(option->name, name))
			return option;
	}
	return NULL;
}

/* The name of an option as docutils compares it: the text of its inline markup in lower case. */
static struct str option_name(struct rst_machine *machine, const struct rst_line *line)
{
	struct rst_reader *reader = machine->reader;
	struct document_node *node = document_add(reader->document, NULL, DOCUMENT_FIELD_NAME);
	struct strbuf text = STRBUF_INIT;

	rst_inline_lines(machine, node, line, 1);
	document_plain_text(&text, node);
	for (size_t i = 0; i < text.len; i++)
		text.ptr[i] = ascii_to_lower(text.ptr[i]);
	struct str name = arena_str(&reader->document->arena, strbuf_str(&text));
	strbuf_release(&text);
	return name;
}

static const struct rst_option_spec *find_spec(const struct rst_directive_spec *spec, struct str name)
{
	for (size_t i = 0; i < RST_DIRECTIVE_OPTIONS_MAX && spec->options[i].name; i++) {
		if (str_is(name, spec->options[i].name))
			return &spec->options[i];
	}
	return NULL;
}

/* What is wrong with an option; NULL: nothing. */
static const char *judge_option(struct rst_directive *directive, const struct rst_option *option)
{
	const struct rst_option_spec *spec = find_spec(directive->spec, option->name);

	if (!spec)
		return "it has no option of this name; take the option out, or leave a blank line before it if it is "
		       "part of the text";
	if (rst_find_option(directive, spec->name))
		return "an option is given twice; take one of them out";
	if (!spec->is_valid(directive->machine->reader, option->value))
		return "an option has a value that it cannot take; see docutils' reference of directives";
	return NULL;
}

const char *rst_parse_options(
	struct rst_machine *machine, const struct rst_line *lines, size_t count, struct vec *options)
{
	struct rst_machine fields = {.reader = machine->reader, .lines = lines, .len = count};

	while (fields.at < count) {
		const struct rst_line *line = &lines[fields.at];
		size_t marker = rst_match_field(line->text);
		struct rst_option option = {.value = STR_ABSENT};
		struct rst_block block;
		if (marker == 0)
			return "what stands below its options is none, and not indented as their values; leave a "
			       "blank line between options and text";
		size_t colon = str_find_last(str_slice(line->text, 0, marker), ':');
		struct rst_line inside = rst_line_slice(*line, 1, colon - 1);
		option.name = option_name(machine, &inside);
		rst_take_first_known(&block, &fields, marker, 0);
		if (block.len > 0)
			option.value = rst_join_plain(fields.reader, block.lines, block.len);
		rst_block_release(&block);
		vec_append(options, &option, 1);
	}
	return NULL;
}

/* Options are a field list of their own, without inline markup in their values. */
static const char *parse_options(struct rst_directive *directive, const struct rst_line *lines, size_t count)
{
	struct vec options = VEC_INIT(struct rst_option);
	const char *wrong = rst_parse_options(directive->machine, lines, count, &options);

	for (size_t i = 0; i < options.len && !wrong; i++) {
		wrong = judge_option(directive, vec_at(&options, i));
		vec_append(&directive->options, vec_at(&options, i), 1);
	}
	vec_release(&options);
	return wrong;
}

struct str rst_cut_word(struct str *rest)
{
	size_t end = 0, width;

	*rest = rst_strip(*rest);
	while (end < rest->len && !rst_is_space(utf8_decode(str_slice(*rest, end, 4), &width)))
		end += width;
	struct str word = str_slice(*rest, 0, end);
	*rest = str_slice(*rest, end, rest->len);
	return word;
}

static size_t count_words(struct str text)
{
	size_t words = 0;

	while (rst_cut_word(&text).len > 0)
		words++;
	return words;
}

static const char *parse_arguments(struct rst_directive *directive, const struct rst_line *lines, size_t count)
{
	const struct rst_directive_spec *spec = directive->spec;
	struct rst_text text = rst_join(directive->machine->reader, lines, count);
	struct str stripped = rst_strip(text.text);

	directive->argument = text;
	if (stripped.len > 0)
		directive->argument.at += stripped.ptr - text.text.ptr;
	directive->argument.text = stripped;
	directive->argument_count = count_words(stripped);
	if (directive->argument_count < spec->required)
		return "it needs an argument; write it behind the \"::\"";
	if (directive->argument_count > spec->required + spec->optional && !spec->whitespace)
		return "it takes one word behind the \"::\", not more; leave a blank line before its text";
	return NULL;
}

/* The number of lines up to the first blank one, or the first option. */
static size_t count_lines(const struct rst_line *lines, size_t count, bool options)
{
	size_t i = 0;

	while (i < count && (options ? rst_match_field(lines[i].text) == 0 : lines[i].text.len > 0))
		i++;
	return i;
}

/* The content: two runs of lines, one behind the other. */
static void set_content(struct rst_directive *directive, const struct rst_line *lines, size_t count,
	const struct rst_line *more, size_t more_count)
{
	struct rst_block *content = &directive->content;

	content->memory = xcalloc(count + more_count + 1, sizeof(*content->memory));
	content->lines = content->memory;
	content->len = count + more_count;
	if (count > 0)
		memcpy(content->lines, lines, count * sizeof(*lines));
	if (more_count > 0)
		memcpy(content->lines + count, more, more_count * sizeof(*more));
	rst_trim_start(content);
	rst_trim_end(content);
}

void rst_parse_directive(struct rst_directive *directive, struct rst_block *block)
{
	const struct rst_directive_spec *spec = directive->spec;
	bool arguments = spec->required + spec->optional > 0;
	bool options = spec->options[0].name != NULL;
	size_t head = 0, words = 0;

	vec_init(&directive->options, sizeof(struct rst_option));
	if (block->len > 0 && block->lines[0].text.len == 0) {
		block->lines++;
		block->len--;
	}
	rst_trim_end(block);
	if (arguments || options)
		head = count_lines(block->lines, block->len, false);
	words = options ? count_lines(block->lines, head, true) : head;
	if (words < head)
		directive->wrong = parse_options(directive, block->lines + words, head - words);
	set_content(directive, block->lines, arguments ? 0 : words, block->lines + head, block->len - head);
	if (!directive->wrong && arguments)
		directive->wrong = parse_arguments(directive, block->lines, words);
	if (!directive->wrong && directive->content.len > 0 && !spec->content)
		directive->wrong =
			"it takes no text below; put a blank line between, and do not indent what is not its own";
}
