#include "text/rst_block.h"

/* The index of the first byte of the delimiter " : " from start on, and the one behind it; end where there is none. */
static size_t find_delimiter(struct str text, size_t start, size_t end, size_t *behind)
{
	for (size_t i = start; i < end;) {
		size_t blanks = rst_count(text, i, ' ');
		size_t after = i + blanks;
		if (blanks > 0 && after < end && text.ptr[after] == ':' && after + 1 < end &&
			text.ptr[after + 1] == ' ') {
			*behind = after + 1 + rst_count(text, after + 1, ' ');
			*behind = *behind > end ? end : *behind;
			return i;
		}
		i += blanks > 0 ? blanks : 1;
	}
	*behind = end;
	return end;
}

/* The index in the text of an offset in the source. */
static size_t index_of(const struct rst_text *text, size_t offset)
{
	size_t low = 0, high = text->text.len;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (text->at[middle] < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct term {
	struct rst_machine *machine;
	struct document_node *item;
	struct document_node *node; /* the term, or the classifier that is last */
	const struct rst_text *text;
};

/* Adds a part of the text to the last node: the text between two delimiters. */
static void add_part(struct term *term, size_t start, size_t end)
{
	struct document *document = term->machine->reader->document;
	struct str raw = str_slice(term->text->text, start, end - start);

	if (raw.len == 0)
		return;
	struct document_node *node =
		document_add_text(document, term->node, rst_unescape(term->machine->reader, raw, true));
	node->start = term->text->at[start];
	node->end = term->text->at[end];
	term->node->end = node->end;
}

/* The end of a text without white space before it. */
static size_t strip_end(struct str text, size_t start, size_t end)
{
	struct str stripped = rst_strip(str_slice(text, start, end - start));

	return stripped.len > 0 ? (size_t)(stripped.ptr + stripped.len - text.ptr) : start;
}

/* A piece of text of the term: what stands behind " : " in it begins a classifier. */
static void split_text(struct term *term, const struct document_node *piece)
{
	size_t start = index_of(term->text, piece->start), end = index_of(term->text, piece->end);
	size_t behind;
	bool is_first = true;

	for (size_t at = find_delimiter(term->text->text, start, end, &behind);;
		at = find_delimiter(term->text->text, start, end, &behind)) {
		add_part(term, start, is_first ? strip_end(term->text->text, start, at) : at);
		is_first = false;
		if (at == end)
			break;
		term->node = document_add(term->machine->reader->document, term->item, DOCUMENT_CLASSIFIER);
		term->node->start = term->text->at[behind];
		term->node->end = term->text->at[behind];
		start = behind;
		if (start == end)
			break;
	}
}

static bool has_delimiter(const struct rst_text *text, const struct document_node *piece)
{
	size_t end = index_of(text, piece->end), behind;

	return find_delimiter(text->text, index_of(text, piece->start), end, &behind) < end;
}

/* The term of an item with its classifiers. Inline markup goes first, so that " : " in it is none. */
static void read_term(struct rst_machine *machine, struct document_node *item, const struct rst_line *line)
{
	struct rst_text text = rst_join(machine->reader, line, 1);
	struct document_node *whole = rst_add(machine, NULL, DOCUMENT_TERM, line);
	struct term term = {.machine = machine, .item = item, .text = &text};

	term.node = rst_add(machine, item, DOCUMENT_TERM, line);
	rst_inline(machine->reader, whole, &text);
	for (struct document_node *child = whole->first_child, *next; child; child = next) {
		next = child->next;
		child->next = NULL;
		if (child->kind == DOCUMENT_TEXT && has_delimiter(&text, child)) {
			split_text(&term, child);
		} else {
			document_append(term.node, child);
			if (child->end >
				term.node->end) /* the target of an embedded address lies within its reference */
				term.node->end = child->end;
		}
	}
}

static bool read_definition(struct rst_machine *machine, struct document_node *list)
{
	const struct rst_line *line = &machine->lines[machine->at];
	struct document_node *item = rst_add(machine, list, DOCUMENT_DEFINITION_LIST_ITEM, line);
	struct rst_block block;

	read_term(machine, item, line);
	if (str_ends_with(line->text, STR("::")))
		rst_complain(machine, DOCUMENT_LEVEL_INFO, line, 1,
			"no blank line stands between \"::\" and what is indented below, so that this is a term with "
			"its definition; put one in if a literal block is meant");
	machine->at++;
	rst_take_indented(&block, machine);
	struct document_node *definition = rst_add(machine, item, DOCUMENT_DEFINITION, &block.lines[0]);
	rst_read_nested(machine, block.lines, block.len, definition);
	rst_close(machine, definition);
	rst_close(machine, item);
	bool blank_finish = block.blank_finish;
	rst_block_release(&block);
	return blank_finish;
}

/* Whether the next lines that are not blank are text and something indented; the machine then stands there. */
static bool find_next(struct rst_machine *machine)
{
	size_t at = machine->at;

	while (at < machine->len && machine->lines[at].text.len == 0)
		at++;
	if (at + 1 >= machine->len || rst_match_line(machine->lines[at].text).pattern != RST_TEXT ||
		rst_match_line(machine->lines[at + 1].text).pattern != RST_INDENT)
		return false;
	machine->at = at;
	return true;
}

void rst_read_definition_list(struct rst_machine *machine)
{
	struct document_node *list =
		rst_add(machine, machine->node, DOCUMENT_DEFINITION_LIST, &machine->lines[machine->at]);
	bool blank_finish;

	do
		blank_finish = read_definition(machine, list);
	while (find_next(machine));
	rst_close(machine, list);
	if (!blank_finish)
		rst_complain_unindent(machine, "definition list");
}
