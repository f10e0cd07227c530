/* MyST: what stands in a paragraph. */
#include "base/ascii.h"
#include "base/utf8.h"
#include "text/escape.h"
#include "text/uri.h"
#include "text/write_myst_private.h"

#define LITERAL_MAX 2000

void myst_line_init(struct myst_line *line, const struct myst_writer *w)
{
	*line = (struct myst_line){.writer = w};
	strbuf_init(&line->text);
}

void myst_line_release(struct myst_line *line)
{
	strbuf_release(&line->text);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == MYST_BREAK;
}

/* White space as CommonMark has it, ASCII's and Unicode's. */
static bool is_space(uint32_t codepoint)
{
	return codepoint == '\t' || codepoint == '\n' || codepoint == MYST_BREAK || utf8_is_space_separator(codepoint);
}

static uint32_t first_codepoint(struct str s)
{
	size_t width;

	return s.len > 0 ? utf8_decode(s, &width) : ' ';
}

/* Where the last code point of a text begins. */
static size_t last_start(struct str s)
{
	size_t at = s.len;

	while (at > 0 && ((unsigned char)s.ptr[--at] & 0xC0) == 0x80)
		;
	return at;
}

static uint32_t last_codepoint(struct str s)
{
	return s.len > 0 ? first_codepoint(str_slice(s, last_start(s), s.len)) : ' ';
}

/* Next to this, marks of any kind open and close. */
static bool sets_apart(uint32_t codepoint)
{
	return is_space(codepoint) || (codepoint < 0x80 && ascii_is_punctuation((char)codepoint));
}

static void append_reference(struct strbuf *out, uint32_t codepoint)
{
	strbuf_printf(out, "&#%u;", (unsigned)codepoint);
}

static void text(struct myst_line *line, struct str s)
{
	struct str rest = s;

	if (rest.len > 0 && line->detach) {
		uint32_t codepoint = first_codepoint(rest);

		if (codepoint != UTF8_INVALID && codepoint >= 0x30 && !sets_apart(codepoint) &&
			!(codepoint >= 0x7F && codepoint < 0xA0) && !(codepoint >= 0x2028 && codepoint <= 0x2069)) {
			escape_next(&rest);
			append_reference(&line->text, codepoint);
		}
		line->detach = false;
	}
	escape_myst_inline(&line->text, rest);
}

/* Writes what stands before a mark in a way that lets the mark open. */
static void detach_before(struct myst_line *line)
{
	struct str before = strbuf_str(&line->text);
	uint32_t last = last_codepoint(before);

	if (before.len == 0 || sets_apart(last))
		return;
	strbuf_truncate(&line->text, last_start(before));
	append_reference(&line->text, last);
}

/* The mark of emphasis: another one than those next to it; 0 where neither can be told from them. */
static char choose_mark(const struct myst_line *line, struct str content)
{
	static const char marks[] = "*_";
	char before = line->text.len > 0 ? line->text.ptr[line->text.len - 1] : ' ';

	for (const char *mark = marks; *mark; mark++) {
		if (before != *mark && content.ptr[0] != *mark && content.ptr[content.len - 1] != *mark)
			return *mark;
	}
	return '\0';
}

static struct str without_space(struct str content, size_t *leading)
{
	struct str trimmed = utf8_trim(content, is_space);

	*leading = (size_t)(trimmed.ptr - content.ptr);
	return trimmed;
}

static void append_marked(struct myst_line *line, struct str content, const char *mark)
{
	strbuf_append_c(&line->text, mark);
	strbuf_append(&line->text, content);
	strbuf_append_c(&line->text, mark);
}

/* Emphasis, its content being written already. White space at its ends stands outside. */
static void emphasize(struct myst_line *line, struct str content, size_t count)
{
	size_t leading;
	struct str inside = without_space(content, &leading);
	char mark = inside.len > 0 ? choose_mark(line, inside) : '\0';

	strbuf_append(&line->text, str_slice(content, 0, leading));
	if (!mark) {
		strbuf_append(&line->text, inside);
	} else {
		bool open_apart = mark == '_' || !utf8_is_letter_or_digit(first_codepoint(inside));
		bool close_apart = mark == '_' || !utf8_is_letter_or_digit(last_codepoint(inside));

		if (open_apart)
			detach_before(line);
		append_marked(line, inside, (char[]){mark, count > 1 ? mark : '\0', '\0'});
		line->detach = close_apart && leading + inside.len == content.len;
	}
	strbuf_append(&line->text, str_slice(content, leading + inside.len, content.len));
}

static void emphasis(struct myst_line *line, const struct document_node *node, size_t count)
{
	struct myst_line inner = {
		.writer = line->writer, .in_link = line->in_link, .in_cell = line->in_cell, .depth = line->depth};

	strbuf_init(&inner.text);
	myst_line_children(&inner, node);
	line->detach = false;
	emphasize(line, strbuf_str(&inner.text), count);
	strbuf_release(&inner.text);
}

static void append_code(struct myst_line *line, struct str code)
{
	for (size_t i = 0; i < code.len; i++) {
		if (code.ptr[i] == '|' && line->in_cell)
			strbuf_append_char(&line->text, '\\');
		strbuf_append_char(&line->text, code.ptr[i]);
	}
	line->detach = false;
}

/* A code span; next to another one, a reference to an invisible character keeps both apart. */
static void literal_piece(struct myst_line *line, struct str content)
{
	struct strbuf code = STRBUF_INIT;

	escape_myst_literal(&code, content);
	if (line->text.len > 0 && line->text.ptr[line->text.len - 1] == '`' && code.len > 0)
		strbuf_append_c(&line->text, "&#8288;");
	append_code(line, strbuf_str(&code));
	strbuf_release(&code);
}

/* Long ones in pieces, between which lines are broken. */
static void literal(struct myst_line *line, struct str content)
{
	struct str rest = content;

	while (rest.len > 0) {
		struct str piece = utf8_prefix(rest, LITERAL_MAX);

		literal_piece(line, piece);
		rest = str_slice(rest, piece.len, rest.len);
		strbuf_append_c(&line->text, rest.len > 0 ? "\n" : "");
	}
}

static void append_address(struct strbuf *out, struct str uri)
{
	struct strbuf encoded = STRBUF_INIT;
	bool parentheses;

	uri_append(&encoded, uri);
	parentheses =
		str_find(strbuf_str(&encoded), '(') < encoded.len || str_find(strbuf_str(&encoded), ')') < encoded.len;
	strbuf_append_c(out, parentheses ? "<" : "");
	for (size_t i = 0; i < encoded.len; i++) {
		if (strchr("&*_", encoded.ptr[i]))
			strbuf_append_char(out, '\\');
		strbuf_append_char(out, encoded.ptr[i]);
	}
	strbuf_append_c(out, parentheses ? ">" : "");
	strbuf_release(&encoded);
}

/* Addresses that are relative would be looked for among the documents by MyST, which warns of those that it does not find. */
static bool is_absolute(struct str uri)
{
	return uri.len < ESCAPE_LINE_MAX / 3 && uri_is_plain(uri) &&
	       (str_starts_with(uri, STR("http")) || str_starts_with(uri, STR("mailto:"))) &&
	       str_find(uri, ':') < uri.len;
}

static void reference(struct myst_line *line, const struct document_node *node)
{
	bool was_in_link = line->in_link;

	if (was_in_link || node->refid.len > 0 || !is_absolute(node->target)) {
		myst_line_children(line, node);
		return;
	}
	line->in_link = true;
	line->detach = false;
	strbuf_append_char(&line->text, '[');
	myst_line_children(line, node);
	strbuf_append_c(&line->text, "](");
	append_address(&line->text, node->target);
	strbuf_append_char(&line->text, ')');
	line->in_link = was_in_link;
	line->detach = false;
}

static void note_reference(struct myst_line *line, const struct document_node *node)
{
	strbuf_append_c(&line->text, "\\[");
	line->detach = false;
	myst_line_children(line, node);
	strbuf_append_c(&line->text, "\\]");
}

static bool is_role_name(struct str name)
{
	for (size_t i = 0; i < name.len; i++) {
		if (!ascii_is_letter(name.ptr[i]) && (i == 0 || name.ptr[i] == '\0' || !strchr("_-+:", name.ptr[i])))
			return false;
	}
	return name.len > 0 && name.len <= 36;
}

/* "{name}`content`", where roles are known to be there. False where it cannot be written. */
static bool role(struct myst_line *line, struct str name, struct str content, struct str target)
{
	struct strbuf whole = STRBUF_INIT;
	struct strbuf code = STRBUF_INIT;
	bool possible = line->writer->options->roles && is_role_name(name) && str_trim(content).len == content.len &&
			content.len > 0 && str_find(content, '<') == content.len &&
			str_find(content, '`') == content.len && str_find(target, '`') == target.len;

	if (possible) {
		strbuf_append(&whole, content);
		if (target.len > 0 && !str_equal(target, content)) {
			strbuf_append_c(&whole, " <");
			strbuf_append(&whole, target);
			strbuf_append_char(&whole, '>');
		}
		strbuf_append_char(&line->text, '{');
		strbuf_append(&line->text, name);
		strbuf_append_char(&line->text, '}');
		escape_myst_literal(&code, strbuf_str(&whole));
		append_code(line, strbuf_str(&code));
	}
	strbuf_release(&code);
	strbuf_release(&whole);
	return possible;
}

static void role_or_text(struct myst_line *line, const struct document_node *node, struct str name)
{
	struct strbuf content = STRBUF_INIT;

	document_plain_text(&content, node);
	if (!role(line, name, strbuf_str(&content), node->target))
		text(line, strbuf_str(&content));
	strbuf_release(&content);
}

/* flat */
void myst_line_inline(struct myst_line *line, const struct document_node *node)
{
	switch (node->kind) {
	case DOCUMENT_TEXT:
		text(line, node->text);
		break;
	case DOCUMENT_LINE_BREAK:
		strbuf_append_char(&line->text, MYST_BREAK);
		line->detach = false;
		break;
	case DOCUMENT_LITERAL:
	case DOCUMENT_MATH:
		literal(line, node->text);
		break;
	case DOCUMENT_EMPHASIS:
	case DOCUMENT_TITLE_REFERENCE:
		emphasis(line, node, 1);
		break;
	case DOCUMENT_STRONG:
		emphasis(line, node, 2);
		break;
	case DOCUMENT_REFERENCE:
		reference(line, node);
		break;
	case DOCUMENT_FOOTNOTE_REFERENCE:
	case DOCUMENT_CITATION_REFERENCE:
		note_reference(line, node);
		break;
	case DOCUMENT_ROLE:
		role_or_text(line, node, node->name);
		break;
	case DOCUMENT_SUBSCRIPT:
		role_or_text(line, node, STR("sub"));
		break;
	case DOCUMENT_SUPERSCRIPT:
		role_or_text(line, node, STR("sup"));
		break;
	default:
		myst_line_children(line, node);
		break;
	}
}

void myst_line_children(struct myst_line *line, const struct document_node *parent)
{
	struct strbuf plain = STRBUF_INIT;

	line->source = line->source ? line->source : parent;
	line->depth++;
	for (const struct document_node *child = parent->first_child; child; child = child->next) {
		if (line->depth > WRITE_DEPTH_MAX && child->first_child) {
			strbuf_clear(&plain);
			write_plain_line(&plain, child);
			text(line, strbuf_str(&plain));
		} else {
			myst_line_inline(line, child);
		}
	}
	line->depth--;
	strbuf_release(&plain);
}

static struct str without_blanks(struct str s)
{
	return write_trim(s);
}

void myst_line_append(struct strbuf *out, const struct myst_line *line)
{
	struct str trimmed = without_blanks(strbuf_str(&line->text));
	struct strbuf plain = STRBUF_INIT;

	if (trimmed.len > WRITE_LINE_MAX && line->source) {
		write_plain_line(&plain, line->source);
		escape_myst(out, strbuf_str(&plain));
		trimmed.len = 0;
	}
	for (size_t i = 0; i < trimmed.len; i++)
		strbuf_append_char(out, is_blank(trimmed.ptr[i]) ? ' ' : trimmed.ptr[i]);
	strbuf_release(&plain);
}

void myst_append_guarded(struct strbuf *out, struct str line)
{
	size_t at = 0;
	bool guard = escape_myst_line(line, &at);

	strbuf_append(out, str_slice(line, 0, guard ? at : 0));
	strbuf_append_c(out, guard ? "\\" : "");
	strbuf_append(out, str_slice(line, guard ? at : 0, line.len));
}

static void add_line(struct myst_writer *w, struct str before, struct str line, bool broken)
{
	struct strbuf whole = STRBUF_INIT;

	strbuf_append(&whole, before);
	strbuf_append(&whole, line);
	strbuf_append_c(&whole, broken ? "\\" : "");
	lines_add(&w->lines, strbuf_str(&whole));
	strbuf_release(&whole);
}

void myst_guarded_line(struct myst_writer *w, struct str line, bool broken)
{
	struct strbuf guarded = STRBUF_INIT;
	bool blank;

	for (size_t at = write_break(line, &blank); line.len > 0; at = write_break(line, &blank)) {
		struct str rest = str_slice(line, at + blank, line.len);

		strbuf_clear(&guarded);
		myst_append_guarded(&guarded, str_slice(line, 0, at));
		add_line(w, STR(""), strbuf_str(&guarded), broken && rest.len == 0);
		line = rest;
	}
	strbuf_release(&guarded);
}

/* The next line of rest that is not blank; broken: a hard line break ends it, and something follows. */
static struct str next_line(struct str *rest, bool *broken)
{
	struct str line = STR("");
	size_t len;

	while (line.len == 0 && rest->len > 0) {
		for (len = 0; len < rest->len && rest->ptr[len] != '\n' && rest->ptr[len] != MYST_BREAK; len++)
			;
		line = without_blanks(str_slice(*rest, 0, len));
		*broken = len < rest->len && rest->ptr[len] == MYST_BREAK;
		*rest = str_slice(*rest, len + 1, rest->len);
	}
	*broken = *broken && without_blanks(*rest).len > 0;
	return line;
}

bool myst_paragraph(struct myst_writer *w, const struct document_node *parent, struct str before)
{
	struct myst_line line;
	struct str rest;
	bool any = false;
	bool broken = false;

	myst_line_init(&line, w);
	if (document_kind_is_block(parent->kind))
		myst_line_children(&line, parent);
	else
		myst_line_inline(&line, parent);
	rest = without_blanks(strbuf_str(&line.text));
	while (rest.len > 0) {
		struct str piece = next_line(&rest, &broken);

		if (any || before.len == 0)
			myst_guarded_line(w, piece, broken);
		else
			add_line(w, before, piece, broken);
		any = true;
	}
	myst_line_release(&line);
	return any;
}

void myst_text(struct myst_writer *w, struct str s)
{
	struct strbuf escaped = STRBUF_INIT;

	escape_myst(&escaped, s);
	if (escaped.len > 0)
		lines_add(&w->lines, strbuf_str(&escaped));
	strbuf_release(&escaped);
}
