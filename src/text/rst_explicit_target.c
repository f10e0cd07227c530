#include "base/utf8.h"
#include "text/rst_directive.h"

/* Walks over a text in which backslashes escape what follows and line breaks count for nothing. */
struct scan {
	struct str text;
	size_t at;           /* of the present character */
	size_t width;        /* its bytes */
	uint32_t codepoint;  /* it */
	uint32_t before;     /* the character before it; 0 for a backslash that escapes */
	bool escaped;        /* the present character is escaped */
	bool before_escaped; /* the one before was */
	bool is_backslash;   /* the present one escapes what follows */
};

static void scan_to(struct scan *scan, size_t at)
{
	scan->at = at;
	while (scan->at < scan->text.len && scan->text.ptr[scan->at] == '\n')
		scan->at++;
	scan->width = 0;
	if (scan->at < scan->text.len)
		scan->codepoint = utf8_decode(str_slice(scan->text, scan->at, 4), &scan->width);
	scan->is_backslash = scan->codepoint == '\\' && !scan->escaped;
}

static void scan_next(struct scan *scan)
{
	scan->before = scan->is_backslash ? 0 : scan->codepoint;
	scan->before_escaped = scan->escaped;
	scan->escaped = scan->is_backslash;
	scan_to(scan, scan->at + scan->width);
}

static bool at_end(const struct scan *scan)
{
	return scan->at >= scan->text.len;
}

/* Whether what is before the present character may end a name: neither white space nor a backslash. */
static bool may_end(const struct scan *scan)
{
	return scan->before != 0 && !rst_is_space(scan->before);
}

/* Whether a delimiter at `at` has a blank or the end of its line behind it; *behind is where what follows begins. */
static bool is_closed(struct str text, size_t at, size_t *behind)
{
	size_t blanks = rst_count(text, at, ' ');

	*behind = at + blanks;
	return blanks > 0 || at >= text.len || text.ptr[at] == '\n';
}

/* Whether the colon that ends the name of a target stands at `at`, a blank before it allowed. */
static bool is_colon(struct str text, size_t at, size_t *behind)
{
	if (at < text.len && text.ptr[at] == ' ')
		at++;
	return at < text.len && text.ptr[at] == ':' && is_closed(text, at + 1, behind);
}

struct target_name {
	size_t start, end; /* of the name in the text; both 0 for an anonymous one */
	size_t behind;     /* where what the target points to begins */
};

/* The name of a target, in backquotes or not, up to an unescaped colon. */
static bool parse_target_name(struct str text, struct target_name *name)
{
	bool quoted = text.ptr[0] == '`';
	struct scan scan = {.text = text};

	*name = (struct target_name){.start = quoted};
	if (text.ptr[0] == '_')
		return is_colon(text, 1, &name->behind);
	scan_to(&scan, quoted);
	if (at_end(&scan) || scan.codepoint == ' ' || scan.codepoint == '`')
		return false;
	for (scan_next(&scan); !at_end(&scan); scan_next(&scan)) {
		name->end = scan.at;
		if (!may_end(&scan) || (!quoted && scan.before == ':' && !scan.before_escaped))
			continue;
		if (quoted ? scan.codepoint == '`' && is_colon(text, scan.at + 1, &name->behind)
			   : is_colon(text, scan.at, &name->behind))
			return true;
	}
	return false;
}

/* The text from a byte on. */
static struct rst_text rest_of(const struct rst_text *text, size_t start)
{
	struct rst_text rest = {.text = str_slice(text->text, start, text->text.len), .at = text->at + start};

	rest.line = text->line;
	for (size_t i = 0; i < start; i++)
		rest.line += text->text.ptr[i] == '\n';
	return rest;
}

bool rst_read_target(struct rst_machine *machine, size_t at, bool *blank_finish)
{
	const struct rst_line *line = &machine->lines[machine->at];
	struct rst_block block;
	struct target_name name;

	rst_take_first_known(&block, machine, at + 1, RST_TAKE_UNTIL_BLANK | RST_TAKE_KEEP_INDENT);
	struct rst_text text = rst_join(machine->reader, block.lines, block.len);
	bool found = parse_target_name(text.text, &name);
	*blank_finish = block.blank_finish;
	if (found) {
		struct document_node *node = rst_add(machine, machine->node, DOCUMENT_TARGET, line);
		struct rst_text rest = rest_of(&text, name.behind);
		rst_close(machine, node);
		node->anonymous = name.end == 0;
		node->name = node->anonymous ? STR_ABSENT
					     : rst_unescape(machine->reader,
						       str_slice(text.text, name.start, name.end - name.start), false);
		rst_declare_target(machine->reader, node, &rest);
	} else {
		rst_complain(machine, DOCUMENT_LEVEL_WARNING, line, block.len,
			"a target without the colon that ends its name, and so a comment; write \".. _name:\", and a "
			"backslash before colons in the name");
	}
	rst_block_release(&block);
	return found;
}

bool rst_read_anonymous_target(struct rst_machine *machine, size_t marker)
{
	const struct rst_line *line = &machine->lines[machine->at];
	struct document_node *node = rst_add(machine, machine->node, DOCUMENT_TARGET, line);
	struct rst_block block;

	rst_take_first_known(&block, machine, marker, RST_TAKE_UNTIL_BLANK);
	rst_close(machine, node);
	struct rst_line rest = rst_line_slice(*line, line->text.len, 0);
	struct rst_text text =
		rst_join(machine->reader, block.len > 0 ? block.lines : &rest, block.len > 0 ? block.len : 1);
	node->anonymous = true;
	rst_declare_target(machine->reader, node, &text);
	bool blank_finish = block.blank_finish;
	rst_block_release(&block);
	return blank_finish;
}

/* The end of the name of a substitution in a text: its unescaped bar. */
static bool find_bar(struct str text, size_t *end, size_t *behind)
{
	struct scan scan = {.text = text};
	bool line_began = false;

	scan_to(&scan, 0);
	for (scan_next(&scan); !at_end(&scan); scan_next(&scan)) {
		/* Lines are joined by a blank, without their indentation. */
		line_began = scan.at > 0 && text.ptr[scan.at - 1] == '\n';
		if (scan.codepoint != '|' || line_began || !may_end(&scan) || !is_closed(text, scan.at + 1, behind))
			continue;
		*end = scan.at;
		return true;
	}
	return false;
}

/* The lines of a definition behind its name. */
static void take_contents(struct rst_block *block, const struct rst_text *text, size_t behind)
{
	size_t skipped = 0;

	for (size_t i = 0; i < behind; i++)
		skipped += text->text.ptr[i] == '\n';
	size_t before = behind;
	while (before > 0 && text->text.ptr[before - 1] != '\n')
		before--;
	block->lines += skipped;
	block->len -= skipped;
	block->lines[0] = rst_line_slice(block->lines[0], behind - before, block->lines[0].text.len);
	if (block->lines[0].text.len == 0) {
		block->lines++;
		block->len--;
	}
	rst_trim_end(block);
}

/* Whether the first line of a definition is a directive; it loses its indentation. */
static bool begins_directive(struct rst_block *block)
{
	struct rst_line first = rst_line_skip(block->lines[0], rst_line_indent(&block->lines[0]));
	size_t length = rst_simple_name(first.text);
	struct str behind = str_slice(first.text, length, first.text.len);

	block->lines[0] = first;
	return length > 0 && str_starts_with(behind, STR("::")) && (behind.len == 2 || behind.ptr[2] == ' ');
}

/* What a name stands for: one directive, read for what is wrong with it. */
static void read_contents(
	struct rst_machine *machine, const struct rst_block *block, const struct rst_line *line, struct str name)
{
	struct rst_machine nested = {.reader = machine->reader,
		.lines = block->lines,
		.len = block->len,
		.node = document_add(machine->reader->document, NULL, DOCUMENT_PARAGRAPH),
		.depth = machine->depth + 1};
	struct str first = block->lines[0].text;
	size_t length = rst_simple_name(first);

	rst_read_substituted(&nested, str_slice(first, 0, length), length + 2 + rst_count(first, length + 2, ' '));
	rst_declare_substitution(machine->reader, name, line->number, rst_line_start(line), rst_line_end(line));
}

bool rst_read_substitution(struct rst_machine *machine, size_t at, bool *blank_finish)
{
	size_t start = machine->at, end = 0, behind = 0;
	const struct rst_line *line = &machine->lines[start];
	struct rst_block block;

	rst_take_first_known(&block, machine, at + 1, RST_TAKE_KEEP_INDENT);
	struct rst_text text = rst_join(machine->reader, block.lines, block.len);
	bool found = find_bar(text.text, &end, &behind);
	*blank_finish = block.blank_finish;
	if (!found) {
		rst_complain(machine, DOCUMENT_LEVEL_WARNING, line, 1,
			"a substitution without the bar that ends its name, and so a comment; write \".. |name| …\"");
	} else {
		struct str name = rst_unescape(machine->reader, str_slice(text.text, 0, end), true);
		take_contents(&block, &text, behind);
		if (block.len > 0 && begins_directive(&block)) {
			rst_give_up(machine, NULL, start, "substitution definition |%.*s|", STR_ARG(name));
			read_contents(machine, &block, line, name);
		} else {
			rst_complain(machine, DOCUMENT_LEVEL_WARNING, line, 1,
				"the substitution |%.*s| stands for nothing; write a directive behind it, such as "
				"\"replace:: text\"",
				STR_ARG(name));
			/* Below a blank line, docutils takes what follows for a block quote. */
			if (block.len > 0 && block.lines[0].text.len == 0)
				rst_give_up(machine, NULL, start, "substitution definition |%.*s|", STR_ARG(name));
		}
	}
	rst_block_release(&block);
	return found;
}
