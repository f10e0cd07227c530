/* reStructuredText: what stands in a paragraph. Markup does not nest there: of nested elements, the innermost that can be written is. */
#include "base/utf8.h"
#include "text/escape.h"
#include "text/uri.h"
#include "text/write_rst_private.h"

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

/* Keeps markup apart from the text behind it. */
static void begin_text(struct rst_line *line, char next)
{
	if (line->after_markup && !is_blank(next) && !strchr("'\")]}>-/:.,;!?\\", next))
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

static void text(struct rst_line *line, struct str s)
{
	struct strbuf escaped = STRBUF_INIT;

	escape_rst_inline(&escaped, s);
	if (escaped.len > 0)
		begin_text(line, escaped.ptr[0]);
	if (last_char(&line->text) == ':' && escaped.ptr[0] == ':')
		strbuf_append_char(&line->text, '\\');
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
	} else {
		append_role(line, markups[kind].role, trimmed);
	}
	if (trimmed.ptr + trimmed.len < content.ptr + content.len)
		text(line, STR(" "));
	strbuf_release(&markup);
}

static void literal(struct rst_line *line, struct str content)
{
	struct strbuf markup = STRBUF_INIT;

	if (line->in_name && str_find(content, ':') < content.len) {
		text(line, content);
		return;
	}
	escape_rst_literal(&markup, content);
	append_markup(line, strbuf_str(&markup), markup.ptr[0] == '`' ? 2 : markup.len);
	strbuf_release(&markup);
}

/* Commands by which TeX on a page does more than show a formula. */
static bool is_tame_formula(struct str formula)
{
	static const char *const commands[] = {
		"href", "require", "data", "style", "class", "cssId", "url", "include", "unicode"};

	if (str_find(formula, '`') < formula.len || str_trim(formula).len < formula.len || formula.len == 0)
		return false;
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		if (str_contains(formula, str_of(commands[i])))
			return false;
	}
	return formula.ptr[formula.len - 1] != '\\';
}

static void formula(struct rst_line *line, struct str content)
{
	struct strbuf markup = STRBUF_INIT;

	if (!is_tame_formula(content)) {
		literal(line, content);
		return;
	}
	strbuf_append_c(&markup, ":math:`");
	escape_plain(&markup, content);
	strbuf_append_char(&markup, '`');
	append_markup(line, strbuf_str(&markup), markup.len);
	strbuf_release(&markup);
}

static bool is_word_character(char c)
{
	return (unsigned char)c < 0x80 && utf8_is_letter_or_digit((unsigned char)c);
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

/* An address that docutils finds in the text by itself, whatever is around it. */
static bool is_standalone(const struct document_node *node, struct str content)
{
	struct str mail = STR("mailto:");
	size_t at = str_find(content, '@');

	if (!str_is_absent(node->name))
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
		     !next->first_child && str_is_absent(line->writer->options->id_prefix) && !line->in_name &&
		     !line->in_term;
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

	if (str_trim(content).len == 0 || line->in_name)
		text(line, content);
	else if (target && target->name.len > 0)
		local(line, target->name, str_trim(content));
	else if (node->refid.len == 0 && uri_is_plain(node->target))
		address(line, node, str_trim(content));
	else
		text(line, content);
}

static void note_reference(struct rst_line *line, const struct document_node *node, struct str content)
{
	struct strbuf markup = STRBUF_INIT;
	bool written = target_of(line, node) != NULL;

	strbuf_append_char(&markup, '[');
	if (written) {
		const struct str prefix = line->writer->options->id_prefix;

		strbuf_append_c(&markup, str_is_absent(prefix)                       ? ""
					 : node->kind == DOCUMENT_FOOTNOTE_REFERENCE ? "#"
										     : "");
		strbuf_append(&markup, prefix);
	}
	escape_plain(&markup, content);
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

/* The element that text directly in node is shown as: itself, or the one around it where it has no markup of its own. */
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
		for (const struct document_node *child = node->first_child; child; child = child->next) {
			if (child->kind == DOCUMENT_TEXT)
				leaf(line, &(struct document_node){.kind = node->kind}, child->text);
			else
				rst_line_inline(line, child);
		}
		line->depth--;
	}
	strbuf_release(&content);
}

void rst_line_children(struct rst_line *line, const struct document_node *parent)
{
	for (const struct document_node *child = parent->first_child; child; child = child->next)
		rst_line_inline(line, child);
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

static struct str without_blanks(struct str line)
{
	while (line.len > 0 && line.ptr[0] == ' ')
		line = str_slice(line, 1, line.len);
	while (line.len > 0 && line.ptr[line.len - 1] == ' ' && (line.len < 2 || line.ptr[line.len - 2] != '\\'))
		line.len--;
	return line;
}

struct str rst_line_finish(struct rst_line *line)
{
	struct strbuf *text_so_far = &line->text;
	struct str trimmed;

	close_text(line);
	for (size_t i = 0; i < text_so_far->len; i++) {
		if (is_blank(text_so_far->ptr[i]))
			text_so_far->ptr[i] = ' ';
	}
	trimmed = without_blanks(strbuf_str(text_so_far));
	if (escape_rst_line(trimmed)) {
		struct strbuf escaped = STRBUF_INIT;

		strbuf_append_char(&escaped, '\\');
		strbuf_append(&escaped, trimmed);
		strbuf_release(text_so_far);
		*text_so_far = escaped;
		return strbuf_str(text_so_far);
	}
	return trimmed;
}

static void add_guarded(struct rst_writer *w, struct str line, const char *before)
{
	struct strbuf guarded = STRBUF_INIT;

	strbuf_append_c(&guarded, before);
	if (before[0] == '\0' && escape_rst_line(line))
		strbuf_append_char(&guarded, '\\');
	strbuf_append(&guarded, line);
	lines_add(&w->lines, strbuf_str(&guarded));
	strbuf_release(&guarded);
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
			add_guarded(w, piece, broken ? "| " : "");
		any = any || piece.len > 0;
	}
	rst_line_release(&line);
	return any;
}
