#include "text/rst_block.h"

/* Shorter lines of punctuation are taken for text where they do not fit. */
#define RULE_MIN 4

static unsigned level_of(const struct document_node *node)
{
	unsigned level = 0;

	for (; node; node = node->parent)
		level += node->kind == DOCUMENT_SECTION;
	return level;
}

static unsigned find_style(const struct rst_styles *styles, struct rst_style style)
{
	unsigned level = 0;

	while (level < styles->len &&
		(styles->items[level].overline != style.overline || styles->items[level].underline != style.underline))
		level++;
	return level + 1;
}

/* Leaves a section: it ends with what it holds. */
static void leave_section(struct rst_machine *machine)
{
	struct document_node *section = machine->node;

	if (section->last_child && section->last_child->end > section->end)
		section->end = section->last_child->end;
	machine->node = section->parent;
}

void rst_leave_sections(struct rst_machine *machine)
{
	while (machine->node->parent)
		leave_section(machine);
}

/* Makes the parent of a section of such a title the machine's node; false where its level cannot be here. */
static bool enter_level(struct rst_machine *machine, struct rst_style style, const struct rst_line *lines, size_t count)
{
	struct rst_styles *styles = machine->styles;
	unsigned old = level_of(machine->node);
	unsigned level = find_style(styles, style);

	if (level > old + 1) {
		rst_complain(machine, DOCUMENT_LEVEL_ERROR, lines, count,
			"this title is of level %u by its adornment, but stands in a section of level %u: its section "
			"is left out; use the adornment of level %u",
			level, old, old + 1);
		return false;
	}
	for (; old >= level; old--)
		leave_section(machine);
	if (level > styles->len)
		styles->items[styles->len++] = style;
	return true;
}

void rst_mark(struct rst_machine *machine, struct document_node *node, size_t messages)
{
	struct rst_mark *mark = vec_push(&machine->styles->marks);

	*mark = (struct rst_mark){.node = node, .messages = messages};
}

static size_t count_messages(const struct rst_machine *machine)
{
	return machine->reader->document->messages.len;
}

/* Lines are those of the title with its adornments; title is the one in it. Of the messages, those from `before` on are about it. */
static void begin_section(struct rst_machine *machine, struct rst_style style, const struct rst_line *lines,
	size_t count, struct rst_line title, size_t before)
{
	if (!enter_level(machine, style, lines, count))
		return;
	struct document_node *section = rst_add(machine, machine->node, DOCUMENT_SECTION, &lines[0]);
	struct document_node *node = rst_add(machine, section, DOCUMENT_TITLE, &title);
	rst_mark(machine, section, before);
	section->end = rst_line_end(&lines[count - 1]);
	rst_inline_lines(machine, node, &title, 1);
	rst_declare_section(machine->reader, section, node);
	machine->node = section;
}

static void complain_short(struct rst_machine *machine, const struct rst_line *lines, size_t count, const char *what)
{
	rst_complain(machine, DOCUMENT_LEVEL_WARNING, lines, count,
		"the title's %s is shorter than its text; make it %zu characters long", what,
		rst_column_width(count == 3 ? lines[1].text : lines[0].text));
}

bool rst_read_underlined(struct rst_machine *machine)
{
	const struct rst_line *lines = &machine->lines[machine->at];
	struct str underline = lines[1].text;
	size_t before = count_messages(machine);
	bool is_short = rst_column_width(lines[0].text) > underline.len;

	if (is_short && underline.len < RULE_MIN) {
		if (machine->styles)
			rst_complain(machine, DOCUMENT_LEVEL_INFO, &lines[1], 1,
				"this may be the underline of a title, but is too short for it, and is taken as text; "
				"make it as long as the title if it is one");
		return false;
	}
	machine->at += 2;
	if (is_short)
		complain_short(machine, lines, 2, "underline");
	if (machine->styles)
		begin_section(machine, (struct rst_style){.overline = 0, .underline = underline.ptr[0]}, lines, 2,
			lines[0], before);
	else
		rst_complain(machine, DOCUMENT_LEVEL_ERROR, lines, 2,
			"a title cannot stand inside of another element, and is left out; move it to the left margin");
	return true;
}

/* A line of punctuation that is too short for what it might be: told, and taken as text. */
static bool take_for_text(struct rst_machine *machine, const struct rst_line *rule)
{
	rst_complain(machine, DOCUMENT_LEVEL_INFO, rule, 1,
		"this may be the overline of a title, but is taken as text, as it is so short; make it at least as "
		"long as the title if it is one");
	return false;
}

/* What is wrong with a title that has an overline; NULL: nothing. */
static const char *find_mismatch(const struct rst_line *lines, size_t count)
{
	if (count < 3)
		return "the title that begins with this overline has no underline, and is left out; add the same line "
		       "below";
	if (!rst_is_rule(lines[2].text))
		return "the title with this overline has no underline, and is left out; add the same line below";
	if (!str_equal(lines[0].text, lines[2].text))
		return "overline and underline of this title differ, and it is left out; make them the same";
	return NULL;
}

static struct rst_line without_indent(struct rst_line line)
{
	return rst_line_skip(line, rst_line_indent(&line));
}

static bool read_overlined(struct rst_machine *machine)
{
	const struct rst_line *lines = &machine->lines[machine->at];
	size_t count = machine->len - machine->at < 3 ? 2 : 3;
	const char *mismatch = find_mismatch(lines, count);
	size_t before = count_messages(machine);
	bool is_short = !mismatch && rst_column_width(lines[1].text) > lines[0].text.len;

	if ((mismatch || is_short) && lines[0].text.len < RULE_MIN)
		return take_for_text(machine, &lines[0]);
	machine->at += count;
	if (mismatch) {
		rst_complain(machine, DOCUMENT_LEVEL_ERROR, lines, count, "%s", mismatch);
		return true;
	}
	if (is_short)
		complain_short(machine, lines, 3, "overline");
	begin_section(machine, (struct rst_style){lines[0].text.ptr[0], lines[2].text.ptr[0]}, lines, count,
		without_indent(lines[1]), before);
	return true;
}

/* A line of punctuation where titles cannot be. */
static bool read_nested_rule(struct rst_machine *machine, const struct rst_line *rule)
{
	if (str_is(rule->text, "::"))
		return false;
	if (rule->text.len < RULE_MIN) {
		rst_complain(machine, DOCUMENT_LEVEL_INFO, rule, 1,
			"this line of punctuation is taken as text, as it is so short; titles and transitions cannot "
			"stand here");
		return false;
	}
	rst_complain(machine, DOCUMENT_LEVEL_ERROR, rule, 1,
		"a title or transition cannot stand inside of another element, and is left out; move it to the left "
		"margin");
	machine->at++;
	return true;
}

bool rst_read_rule(struct rst_machine *machine, size_t marker)
{
	const struct rst_line *rule = &machine->lines[machine->at];
	bool at_end = machine->at + 1 == machine->len;

	(void)marker;
	if (!machine->styles)
		return read_nested_rule(machine, rule);
	if (at_end || rule[1].text.len == 0) {
		if (rule->text.len < RULE_MIN)
			return false;
		rst_mark(machine, rst_add(machine, machine->node, DOCUMENT_TRANSITION, rule), count_messages(machine));
		machine->at++;
		return true;
	}
	/* Line's "underline" is tried before its "text", its "indent" before both. */
	if (!rst_is_rule(rule[1].text))
		return read_overlined(machine);
	if (rule->text.len < RULE_MIN)
		return take_for_text(machine, rule);
	rst_complain(machine, DOCUMENT_LEVEL_ERROR, rule, 2,
		"two lines of punctuation follow one another: neither a title nor a transition; put a title or a blank "
		"line between");
	machine->at += 2;
	return true;
}
