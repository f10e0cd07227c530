/* reStructuredText: what stands in a paragraph. Markup does not nest there: of nested elements, the innermost that can be written is. */
#include "base/utf8.h"
#include "text/escape.h"
#include "text/uri.h"
#include "text/write_rst_private.h"

#define LITERAL_MAX 2000

/* How an element is marked up: by what stands around it, or by a role. */
static const struct {
	const char *mark;
	const char *role;
} markups[DOCUMENT_KIND_COUNT] = {
	[DOCUMENT_EMPHASIS] = {"*", "emphasis"},
	[DOCUMENT_STRONG] = {"**", "strong"},
	[DOCUMENT_TITLE_REFERENCE] = {NULL, "title"},
	[DOCUMENT_SUBSCRIPT] = {NULL, "sub"},
	[DOCUMENT_SUPERSCRIPT] = {NULL, "sup"},
	[DOCUMENT_ABBREVIATION] = {NULL, "abbreviation"},
	[DOCUMENT_ACRONYM] = {NULL, "acronym"},
};

void rst_line_init(struct rst_line *line, const struct rst_writer *w)
{
	*line = (struct rst_line){.writer = w};
	strbuf_init(&line->text);
}

void rst_line_release(struct rst_line *line)
{
	strbuf_release(&line->text);
}

static bool is_word_character(char c)
{
	return (unsigned char)c < 0x80 && utf8_is_letter_or_digit((unsigned char)c);
}

static char last_char(const struct strbuf *text)
{
	return text->len > 0 ? text->ptr[text->len - 1] : '\n';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == RST_BREAK;
}

/* What a character that begins a quotation is ended by. */
static char closing(char opening)
{
	static const char pairs[] = "()[]{}\"\"''";
	const char *found = opening ? strchr(pairs, opening) : NULL;

	return found ? found[1] : '\0';
}

/* Keeps markup apart from what stands before it. */
static void append_markup(struct rst_line *line, struct str markup, size_t mark_length)
{
	char before = last_char(&line->text);
	bool free = is_blank(before) || before == '/' || before == '-';

	if (!free && before != '\0' && strchr("([{\"'", before))
		free = mark_length >= markup.len || markup.ptr[mark_length] != closing(before);
	if (!free || line->after_markup)
		strbuf_append_c(&line->text, "\\ ");
	strbuf_append(&line->text, markup);
	line->after_markup = true;
}

/* Keeps markup apart from the text behind it; ":name:" there would be a role. */
static void begin_text(struct rst_line *line, struct str text)
{
	bool role =
		text.ptr[0] == ':' && text.len > 1 && is_word_character(text.ptr[1]) && last_char(&line->text) == '`';

	if (line->after_markup && (role || (!is_blank(text.ptr[0]) && !strchr("'\")]}>-/:.,;!?\\", text.ptr[0]))))
		strbuf_append_c(&line->text, "\\ ");
	line->after_markup = false;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

/* A colon that could end the name of a field, or that stands between a term and its classifier. */
static bool is_separator(const struct rst_line *line, struct str text, size_t at)
{
	if (text.ptr[at] != ':' || (at > 0 && text.ptr[at - 1] == '\\'))
		return false;
	return line->in_name || (line->in_term && (at == 0 || text.ptr[at - 1] == ' '));
}

/* A colon at the end of one text may make a URI, or announce a literal block, together with the next. */
static void escape_last(struct strbuf *text)
{
	char last = text->ptr[text->len - 1];

	if (text->len > 1 && text->ptr[text->len - 2] == '\\')
		return;
	strbuf_truncate(text, text->len - 1);
	strbuf_append_char(text, '\\');
	strbuf_append_char(text, last);
}

static void text(struct rst_line *line, struct str s)
{
	struct strbuf escaped = STRBUF_INIT;

	escape_rst_inline(&escaped, s);
	if (escaped.len > 0)
		begin_text(line, strbuf_str(&escaped));
	if (last_char(&line->text) == ':' && escaped.len > 0 && !is_blank(escaped.ptr[0]))
		escape_last(&line->text);
	for (size_t i = 0; i < escaped.len; i++) {
		if (is_separator(line, strbuf_str(&escaped), i))
			strbuf_append_char(&line->text, '\\');
		strbuf_append_char(&line->text, escaped.ptr[i]);
	}
	strbuf_release(&escaped);
}

/* The content of interpreted text: what could end it is escaped, and "<" in front of what docutils or a role would take for an address. */
static void append_content(struct strbuf *out, struct str content)
{
	struct str rest = content;
	bool blank_end = content.len > 0 && is_space(content.ptr[content.len - 1]);

	if (content.len == 0 || is_space(content.ptr[0]))
		strbuf_append_c(out, "\\ ");
	while (rest.len > 0) {
		uint32_t codepoint = escape_next(&rest);

		if (codepoint == 0x2028 || codepoint == 0x2029 || codepoint == '\t' || codepoint == '\n')
			codepoint = ' ';
		if (escape_bidi(out, codepoint, "\\\\"))
			continue;
		if (codepoint == '\\' || codepoint == '`' || codepoint == '<')
			strbuf_append_char(out, '\\');
		strbuf_append_codepoint(out, codepoint);
	}
	strbuf_append_c(out, blank_end ? "\\ " : "");
}

static void append_role(struct rst_line *line, const char *role, struct str content)
{
	struct strbuf markup = STRBUF_INIT;

	strbuf_printf(&markup, ":%s:`", role);
	append_content(&markup, content);
	strbuf_append_char(&markup, '`');
	append_markup(line, strbuf_str(&markup), markup.len);
	strbuf_release(&markup);
}

/* Text as the content of a kind of element: white space at its ends goes outside. */
static void marked(struct rst_line *line, enum document_kind kind, struct str content)
{
	struct str trimmed = str_trim(content);
	struct strbuf markup = STRBUF_INIT;
	const char *mark = markups[kind].mark;

	if (trimmed.len == 0) {
		text(line, content);
		return;
	}
	if (trimmed.ptr > content.ptr)
		text(line, STR(" "));
	if (mark) {
		strbuf_append_c(&markup, mark);
		escape_rst_inline(&markup, trimmed);
		strbuf_append_c(&markup, mark);
		append_markup(line, strbuf_str(&markup), strlen(mark));
	} else if (!line->in_name) {
		append_role(line, markups[kind].role, trimmed);
	} else { /* a colon in front would end the name */
		strbuf_append_char(&markup, '`');
		append_content(&markup, trimmed);
		strbuf_append_char(&markup, '`');
		if (kind != DOCUMENT_TITLE_REFERENCE)
			strbuf_printf(&markup, ":%s:", markups[kind].role);
		append_markup(line, strbuf_str(&markup), 1);
	}
	if (trimmed.ptr + trimmed.len < content.ptr + content.len)
		text(line, STR(" "));
	strbuf_release(&markup);
}

static void literal_piece(struct rst_line *line, struct str content)
{
	struct strbuf markup = STRBUF_INIT;

	escape_rst_literal(&markup, content);
	if (line->in_name && (markup.ptr[0] == ':' || str_find(content, ':') < content.len))
		text(line, content);
	else
		append_markup(line, strbuf_str(&markup), markup.ptr[0] == '`' ? 2 : markup.len);
	strbuf_release(&markup);
}

/* Long ones in pieces, between which lines can be broken. */
static void literal(struct rst_line *line, struct str content)
{
	struct str rest = content;

	do {
		struct str piece = utf8_prefix(rest, LITERAL_MAX);

		literal_piece(line, piece);
		rest = str_slice(rest, piece.len, rest.len);
	} while (rest.len > 0);
}

/* Commands by which TeX on a page does more than show a formula. */
static bool is_tame_formula(struct str formula)
{
	static const char *const commands[] = {
		"href", "require", "data", "style", "class", "cssId", "url", "include", "unicode"};

	if (str_find(formula, '`') < formula.len || str_trim(formula).len < formula.len || formula.len == 0)
		return false;
	for (struct str rest = formula; rest.len > 0; rest = str_slice(rest, 1, rest.len)) {
		for (size_t i = 0; rest.ptr[0] == '\\' && i < sizeof(commands) / sizeof(*commands); i++) {
			if (str_starts_with(str_slice(rest, 1, rest.len), str_of(commands[i])))
				return false;
		}
	}
	return formula.ptr[formula.len - 1] != '\\';
}

static void formula(struct rst_line *line, struct str content)
{
	struct strbuf markup = STRBUF_INIT;

	if (line->in_name || !is_tame_formula(content)) {
		literal(line, content);
		return;
	}
	strbuf_append_c(&markup, ":math:`");
	escape_plain(&markup, content);
	strbuf_append_char(&markup, '`');
	append_markup(line, strbuf_str(&markup), markup.len);
	strbuf_release(&markup);
}

/* Whether a text consists of letters, digits and some punctuation between them; an underscore before anything else would end a reference. */
static bool consists_of(struct str s, const char *punctuation)
{
	for (size_t i = 0; i < s.len; i++) {
		char next = i + 1 < s.len ? s.ptr[i + 1] : '\0';

		if (is_word_character(s.ptr[i]))
			continue;
		if (s.ptr[i] == '\0' || next == '\0' || !strchr(punctuation, s.ptr[i]))
			return false;
		if ((s.ptr[i] == '_' || s.ptr[i] == '.') && !is_word_character(next))
			return false;
	}
	return s.len > 0 && is_word_character(s.ptr[0]);
}

/* Whether an element begins with what may follow an address without being taken for a part of it. */
static bool begins_with_end(const struct document_node *node)
{
	return node->kind == DOCUMENT_TEXT && node->text.len > 0 && strchr(" \n.,;!?)", node->text.ptr[0]) != NULL;
}

/* An address that docutils finds in the text by itself, whatever is around it. */
static bool is_standalone(const struct document_node *node, struct str content)
{
	struct str mail = STR("mailto:");
	size_t at = str_find(content, '@');

	if (!str_is_absent(node->name) || (node->next && !begins_with_end(node->next)))
		return false;
	if (str_starts_with(node->target, mail) &&
		str_equal(str_slice(node->target, mail.len, node->target.len), content))
		return at < content.len && consists_of(str_slice(content, 0, at), "._-") &&
		       consists_of(str_slice(content, at + 1, content.len), ".-");
	if (!str_equal(node->target, content))
		return false;
	return (str_starts_with(content, STR("http://")) || str_starts_with(content, STR("https://"))) &&
	       consists_of(content, "-:./~%?=#_");
}

static void address(struct rst_line *line, const struct document_node *node, struct str content)
{
	const struct document_node *next = node->next;
	bool named = next && next->kind == DOCUMENT_TARGET && str_equal(next->target, node->target) &&
		     !next->first_child && str_is_absent(line->writer->options->id_prefix);
	struct strbuf markup = STRBUF_INIT;

	if (is_standalone(node, content)) {
		append_markup(line, content, content.len);
	} else {
		strbuf_append_char(&markup, '`');
		append_content(&markup, content);
		strbuf_append_c(&markup, " <");
		rst_append_uri(&markup, node->target);
		strbuf_append_c(&markup, named ? ">`_" : ">`__");
		append_markup(line, strbuf_str(&markup), 1);
	}
	strbuf_release(&markup);
}

/* A reference to a target of this document. */
static void local(struct rst_line *line, struct str name, struct str content)
{
	struct strbuf markup = STRBUF_INIT;

	strbuf_append_char(&markup, '`');
	append_content(&markup, content);
	strbuf_append_c(&markup, " <");
	rst_append_name(&markup, name, line->writer->options);
	strbuf_append_c(&markup, "_>`__");
	append_markup(line, strbuf_str(&markup), 1);
	strbuf_release(&markup);
}

static const struct document_node *target_of(const struct rst_line *line, const struct document_node *reference)
{
	if (!line->writer->targets || reference->refid.len == 0)
		return NULL;
	return map_get(line->writer->targets, reference->refid);
}

static void reference(struct rst_line *line, const struct document_node *node, struct str content)
{
	const struct document_node *target = target_of(line, node);

	if (str_trim(content).len == 0 ||
		(line->in_name && str_find(content, ':') < content.len && !is_standalone(node, content)))
		text(line, content);
	else if (target && target->name.len > 0)
		local(line, target->name, content);
	else if (node->refid.len == 0 && uri_is_plain(node->target) &&
		 node->target.len + content.len < ESCAPE_LINE_MAX / 3)
		address(line, node, content);
	else
		text(line, content);
}

static void note_reference(struct rst_line *line, const struct document_node *node, struct str content)
{
	struct strbuf markup = STRBUF_INIT;
	bool written = target_of(line, node) != NULL;

	strbuf_append_char(&markup, '[');
	if (written)
		rst_append_label(&markup, node->kind, content, line->writer->options);
	else
		strbuf_append(&markup, content);
	strbuf_append_c(&markup, written ? "]_" : "]");
	if (written)
		append_markup(line, strbuf_str(&markup), 1);
	else
		text(line, strbuf_str(&markup));
	strbuf_release(&markup);
}

static bool is_role_name(struct str name)
{
	for (size_t i = 0; i < name.len; i++) {
		if (!is_word_character(name.ptr[i]) &&
			(i == 0 || i + 1 == name.len || name.ptr[i] == '\0' || !strchr("-_.:+", name.ptr[i])))
			return false;
	}
	return name.len > 0;
}

/* The host's own role, where it is known to be there: "text <target>" unless both are the same. */
static void host_role(struct rst_line *line, const struct document_node *node, struct str content)
{
	struct strbuf markup = STRBUF_INIT;

	if (!line->writer->options->roles || !is_role_name(node->name) || line->in_name || str_trim(content).len == 0) {
		text(line, content);
		return;
	}
	strbuf_append_char(&markup, ':');
	strbuf_append(&markup, node->name);
	strbuf_append_c(&markup, ":`");
	append_content(&markup, str_trim(content));
	if (node->target.len > 0 && !str_equal(node->target, content)) {
		strbuf_append_c(&markup, " <");
		append_content(&markup, node->target);
		strbuf_append_char(&markup, '>');
	}
	strbuf_append_char(&markup, '`');
	append_markup(line, strbuf_str(&markup), markup.len);
	strbuf_release(&markup);
}

/* An inline target: others refer to it by what it says. */
static void inline_target(struct rst_line *line, const struct document_node *node, struct str content)
{
	struct strbuf markup = STRBUF_INIT;

	if (!node->first_child || !rst_is_written_target(node, line->writer->options) ||
		str_trim(content).len < content.len) {
		text(line, content);
		return;
	}
	strbuf_append_c(&markup, "_`");
	append_content(&markup, content);
	strbuf_append_char(&markup, '`');
	append_markup(line, strbuf_str(&markup), 2);
	strbuf_release(&markup);
}

/* flat */
static void leaf(struct rst_line *line, const struct document_node *node, struct str content)
{
	switch (node->kind) {
	case DOCUMENT_LITERAL:
		literal(line, content);
		break;
	case DOCUMENT_MATH:
		formula(line, content);
		break;
	case DOCUMENT_REFERENCE:
		reference(line, node, content);
		break;
	case DOCUMENT_FOOTNOTE_REFERENCE:
	case DOCUMENT_CITATION_REFERENCE:
		note_reference(line, node, content);
		break;
	case DOCUMENT_ROLE:
		host_role(line, node, content);
		break;
	case DOCUMENT_TARGET:
		inline_target(line, node, content);
		break;
	default:
		if (markups[node->kind].role)
			marked(line, node->kind, content);
		else
			text(line, content);
		break;
	}
}

/* Whether the element is written as one piece: it holds nothing but text, or what it is matters more than what is marked up within. */
static bool is_leaf(const struct document_node *node)
{
	bool whole = node->kind == DOCUMENT_REFERENCE || node->kind == DOCUMENT_FOOTNOTE_REFERENCE ||
		     node->kind == DOCUMENT_CITATION_REFERENCE || node->kind == DOCUMENT_ROLE;

	for (const struct document_node *child = node->first_child; child && !whole; child = child->next) {
		if (child->kind != DOCUMENT_TEXT)
			return false;
	}
	return true;
}

/* Of elements within each other, the innermost that can be written; text directly in node is shown as what node is. itself, or the one around it where it has no markup of its own. */
void rst_line_inline(struct rst_line *line, const struct document_node *node)
{
	struct strbuf content = STRBUF_INIT;

	if (node->kind == DOCUMENT_LINE_BREAK) {
		strbuf_append_char(&line->text, RST_BREAK);
		line->after_markup = false;
	} else if (is_leaf(node) || line->depth > WRITE_DEPTH_MAX) {
		document_plain_text(&content, node);
		leaf(line, node, strbuf_str(&content));
	} else {
		line->depth++;
		rst_line_children(line, node);
		line->depth--;
	}
	strbuf_release(&content);
}

/* Whether nothing but the text of an element is written. */
static bool is_text(const struct rst_line *line, const struct document_node *node)
{
	const struct document_node *target;

	switch (node->kind) {
	case DOCUMENT_TEXT:
		return true;
	case DOCUMENT_ROLE:
		return !line->writer->options->roles;
	case DOCUMENT_REFERENCE:
		target = target_of(line, node);
		return !(target && target->name.len > 0) && (node->refid.len > 0 || !uri_is_plain(node->target));
	default:
		return false;
	}
}

/* Texts that stand side by side are one: what is escaped depends on what is around it. `as`: what they are shown as. Gives the last of them. */
static const struct document_node *text_run(
	struct rst_line *line, const struct document_node *first, enum document_kind as)
{
	const struct document_node *last = first;
	struct strbuf content = STRBUF_INIT;

	document_plain_text(&content, first);
	for (; last->next && is_text(line, last->next); last = last->next)
		document_plain_text(&content, last->next);
	leaf(line, &(struct document_node){.kind = as}, strbuf_str(&content));
	strbuf_release(&content);
	return last;
}

void rst_line_children(struct rst_line *line, const struct document_node *parent)
{
	enum document_kind as = document_kind_is_block(parent->kind) ? DOCUMENT_TEXT : parent->kind;

	line->source = line->source ? line->source : parent;
	for (const struct document_node *child = parent->first_child; child; child = child->next) {
		if (is_text(line, child))
			child = text_run(line, child, as);
		else
			rst_line_inline(line, child);
	}
}

/* A colon at the very end that would announce a literal block. */
static void close_text(struct rst_line *line)
{
	struct str text_so_far = strbuf_str(&line->text);

	if (!str_ends_with(text_so_far, STR("::")))
		return;
	strbuf_truncate(&line->text, text_so_far.len - 1);
	strbuf_append_c(&line->text, "\\:");
}

/* Without white space at both ends, as docutils takes it away; a blank that is escaped stays. */
static struct str without_blanks(struct str line)
{
	struct str trimmed = write_trim(line);
	size_t end = (size_t)(trimmed.ptr - line.ptr) + trimmed.len;

	if (trimmed.len > 0 && trimmed.ptr[trimmed.len - 1] == '\\' && end < line.len && line.ptr[end] == ' ' &&
		(trimmed.len < 2 || trimmed.ptr[trimmed.len - 2] != '\\'))
		trimmed.len++;
	return trimmed;
}

/* The beginning of the plain text, for a line that is too long to be written with its markup. */
static void shorten(struct rst_line *line)
{
	struct strbuf plain = STRBUF_INIT;

	if (line->source)
		write_plain_line(&plain, line->source);
	strbuf_clear(&line->text);
	escape_rst(&line->text, strbuf_str(&plain));
	for (size_t i = 0; line->in_name && i < line->text.len; i++) {
		if (line->text.ptr[i] == ':')
			line->text.ptr[i] = ' ';
	}
	strbuf_release(&plain);
}

struct str rst_line_finish(struct rst_line *line)
{
	struct strbuf *text_so_far = &line->text;
	struct str trimmed;

	close_text(line);
	if (line->text.len > WRITE_LINE_MAX)
		shorten(line);
	for (size_t i = 0; i < text_so_far->len; i++) {
		if (is_blank(text_so_far->ptr[i]))
			text_so_far->ptr[i] = ' ';
	}
	trimmed = without_blanks(strbuf_str(text_so_far));
	if (!line->inside && escape_rst_guard(trimmed)[0] != '\0') {
		struct strbuf escaped = STRBUF_INIT;

		strbuf_append_c(&escaped, escape_rst_guard(trimmed));
		strbuf_append(&escaped, trimmed);
		strbuf_release(text_so_far);
		*text_so_far = escaped;
		return strbuf_str(text_so_far);
	}
	return trimmed;
}

static bool is_run_of_one(struct str line)
{
	for (size_t i = 1; i < line.len; i++) {
		if (line.ptr[i] != line.ptr[0])
			return false;
	}
	return true;
}

/* guard: at the start of the line something may have to be escaped. Where the line is too long it is broken, within a word by an escaped line break, which is nothing. */
static void add_line(struct rst_writer *w, struct str line, const char *before, bool guard)
{
	struct strbuf whole = STRBUF_INIT;
	bool blank;
	size_t at = write_break(line, &blank);

	strbuf_append_c(&whole, before);
	strbuf_append_c(&whole, guard ? escape_rst_guard(line) : "");
	strbuf_append(&whole, str_slice(line, 0, at));
	strbuf_append_c(&whole, at < line.len && !blank ? "\\" : "");
	lines_add(&w->lines, strbuf_str(&whole));
	strbuf_release(&whole);
}

/* A line of a paragraph; before: of a line block, whose other lines are indented. */
static void add_lines(struct rst_writer *w, struct str line, const char *before)
{
	struct str rest = line;
	const char *mark = before;
	bool blank;

	add_line(w, rest, mark, before[0] == '\0');
	for (size_t at = write_break(rest, &blank); at < rest.len; at = write_break(rest, &blank)) {
		rest = str_slice(rest, at + blank, rest.len);
		mark = before[0] != '\0' ? "  " : "";
		add_line(w, rest, mark, before[0] == '\0' && (!blank || is_run_of_one(rest)));
	}
}

bool rst_paragraph(struct rst_writer *w, const struct document_node *parent)
{
	struct rst_line line;
	struct str rest;
	bool broken;
	bool any = false;

	rst_line_init(&line, w);
	if (document_kind_is_block(parent->kind))
		rst_line_children(&line, parent);
	else
		rst_line_inline(&line, parent);
	close_text(&line);
	rest = strbuf_str(&line.text);
	broken = str_find(rest, RST_BREAK) < rest.len;
	for (size_t i = 0; broken && i < rest.len; i++) {
		if (rest.ptr[i] == '\n')
			line.text.ptr[i] = ' ';
	}
	while (!str_is_absent(rest)) {
		struct str piece = without_blanks(str_cut(&rest, broken ? RST_BREAK : '\n'));

		if (piece.len > 0)
			add_lines(w, piece, broken ? "| " : "");
		any = any || piece.len > 0;
	}
	rst_line_release(&line);
	return any;
}
