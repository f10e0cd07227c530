/* Terminal: what stands in a paragraph, and how lines are filled. */
#include "base/ascii.h"
#include "base/utf8.h"
#include "text/escape.h"
#include "text/uri.h"
#include "text/write_terminal_private.h"

#define WIDTH_LEAST 8

void terminal_text_init(struct terminal_text *text, const struct terminal_writer *w, unsigned style)
{
	*text = (struct terminal_text){.writer = w, .style = style};
	strbuf_init(&text->text);
	vec_init(&text->runs, sizeof(struct terminal_run));
}

void terminal_text_release(struct terminal_text *text)
{
	strbuf_release(&text->text);
	vec_release(&text->runs);
}

static void begin_run(struct terminal_text *text)
{
	const struct terminal_run *last = text->runs.len > 0 ? vec_last(&text->runs) : NULL;
	struct terminal_run *run;

	if (last && last->style == text->style && last->link.ptr == text->link.ptr)
		return;
	run = vec_push(&text->runs);
	*run = (struct terminal_run){.start = text->text.len, .style = text->style, .link = text->link};
}

void terminal_text_add(struct terminal_text *text, struct str plain)
{
	if (plain.len == 0)
		return;
	begin_run(text);
	escape_plain(&text->text, plain);
}

static void add_styled(struct terminal_text *text, const struct document_node *node, unsigned style)
{
	unsigned outer = text->style;

	text->style |= style;
	terminal_text_children(text, node);
	text->style = outer;
}

/* Without colour, asterisks show what is emphasized. */
static void add_emphasis(struct terminal_text *text, const struct document_node *node)
{
	struct str mark = text->writer->options->color ? STR("") : STR("*");

	terminal_text_add(text, mark);
	add_styled(text, node, TERMINAL_EMPHASIS);
	terminal_text_add(text, mark);
}

/* Without colour, back-quotes show where code begins and ends. */
static void add_code(struct terminal_text *text, const struct document_node *node)
{
	unsigned outer = text->style;
	bool quotes = !text->writer->options->color;
	bool inside = str_find(node->text, '`') < node->text.len;

	text->style |= TERMINAL_CODE;
	if (quotes)
		terminal_text_add(text, inside ? STR("`` ") : STR("`"));
	terminal_text_add(text, node->text);
	if (quotes)
		terminal_text_add(text, inside ? STR(" ``") : STR("`"));
	text->style = outer;
}

static bool says_target(const struct document_node *node)
{
	struct strbuf plain = STRBUF_INIT;
	struct str target = node->target;
	bool says;

	write_plain_line(&plain, node);
	if (str_starts_with(target, STR("mailto:")))
		target = str_slice(target, 7, target.len);
	says = str_equal(strbuf_str(&plain), target);
	strbuf_release(&plain);
	return says;
}

static void add_reference(struct terminal_text *text, const struct document_node *node)
{
	bool plain = node->target.len > 0 && uri_is_plain(node->target) && str_is_absent(text->link);
	bool hyperlink = plain && text->writer->options->hyperlinks;

	if (hyperlink)
		text->link = node->target;
	add_styled(text, node, plain ? TERMINAL_LINK : 0);
	if (hyperlink)
		text->link = STR_ABSENT;
	if (plain && !hyperlink && !says_target(node)) {
		terminal_text_add(text, STR(" ("));
		terminal_text_add(text, node->target);
		terminal_text_add(text, STR(")"));
	}
}

static void add_note_reference(struct terminal_text *text, const struct document_node *node)
{
	terminal_text_add(text, STR("["));
	terminal_text_children(text, node);
	terminal_text_add(text, STR("]"));
}

void terminal_text_inline(struct terminal_text *text, const struct document_node *node)
{
	switch (node->kind) {
	case DOCUMENT_LINE_BREAK:
		begin_run(text);
		strbuf_append_char(&text->text, TERMINAL_BREAK);
		break;
	case DOCUMENT_EMPHASIS:
	case DOCUMENT_TITLE_REFERENCE:
		add_emphasis(text, node);
		break;
	case DOCUMENT_STRONG:
		add_styled(text, node, TERMINAL_STRONG);
		break;
	case DOCUMENT_LITERAL:
	case DOCUMENT_MATH:
		add_code(text, node);
		break;
	case DOCUMENT_REFERENCE:
		add_reference(text, node);
		break;
	case DOCUMENT_FOOTNOTE_REFERENCE:
	case DOCUMENT_CITATION_REFERENCE:
		add_note_reference(text, node);
		break;
	default:
		terminal_text_add(text, node->text);
		terminal_text_children(text, node);
		break;
	}
}

void terminal_text_children(struct terminal_text *text, const struct document_node *parent)
{
	struct strbuf plain = STRBUF_INIT;

	text->depth++;
	for (const struct document_node *child = parent->first_child; child; child = child->next) {
		if (text->depth > WRITE_DEPTH_MAX && child->first_child) {
			strbuf_clear(&plain);
			write_plain_line(&plain, child);
			terminal_text_add(text, strbuf_str(&plain));
		} else {
			terminal_text_inline(text, child);
		}
	}
	text->depth--;
	strbuf_release(&plain);
}

static const struct {
	unsigned style;
	const char *sequence;
} sequences[] = {
	{TERMINAL_STRONG, "\033[1m"},
	{TERMINAL_EMPHASIS, "\033[3m"},
	{TERMINAL_LINK, "\033[4m"},
	{TERMINAL_CODE, "\033[36m"},
};

static void open_run(struct strbuf *out, const struct terminal_writer *w, const struct terminal_run *run)
{
	if (run->link.len > 0) {
		strbuf_append_c(out, "\033]8;;");
		uri_append(out, run->link);
		strbuf_append_c(out, "\033\\");
	}
	for (size_t i = 0; w->options->color && i < sizeof(sequences) / sizeof(*sequences); i++) {
		if (run->style & sequences[i].style)
			strbuf_append_c(out, sequences[i].sequence);
	}
}

static void close_run(struct strbuf *out, const struct terminal_writer *w, const struct terminal_run *run)
{
	if (w->options->color && run->style != 0)
		strbuf_append_c(out, "\033[0m");
	if (run->link.len > 0)
		strbuf_append_c(out, "\033]8;;\033\\");
}

/* Which run an offset is in: runs are sorted by where they start. */
static size_t find_run(const struct vec *runs, size_t offset)
{
	size_t low = 0;
	size_t high = runs->len;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (((const struct terminal_run *)vec_at(runs, middle))->start <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* Every kind of white space is a blank. */
static void append_blanked(struct strbuf *out, struct str part)
{
	for (size_t i = 0; i < part.len; i++)
		strbuf_append_char(out, part.ptr[i] == '\n' || part.ptr[i] == '\t' || part.ptr[i] == TERMINAL_BREAK
						? ' '
						: part.ptr[i]);
}

void terminal_text_append(struct strbuf *out, const struct terminal_text *text, size_t start, size_t end)
{
	struct str whole = strbuf_str(&text->text);

	if (start >= end)
		return;
	for (size_t i = find_run(&text->runs, start); i < text->runs.len && start < end; i++) {
		const struct terminal_run *run = vec_at(&text->runs, i);
		size_t run_end = i + 1 < text->runs.len
					 ? ((const struct terminal_run *)vec_at(&text->runs, i + 1))->start
					 : whole.len;
		size_t stop = run_end < end ? run_end : end;

		if (stop <= start)
			continue;
		open_run(out, text->writer, run);
		append_blanked(out, str_slice(whole, start, stop - start));
		close_run(out, text->writer, run);
		start = stop;
	}
}

/* The end of the word that begins at `at`, and its columns. Wide characters are words of their own: their scripts have no blanks between words. */
static size_t word_end(struct str text, size_t at, size_t *columns)
{
	size_t start = at;

	*columns = 0;
	while (at < text.len && !ascii_is_white(text.ptr[at]) && text.ptr[at] != TERMINAL_BREAK) {
		size_t bytes;
		size_t width;

		utf8_decode(str_slice(text, at, text.len), &bytes);
		width = utf8_display_width(str_slice(text, at, bytes), 0);
		if (width > 1 && at > start)
			break;
		*columns += width;
		at += bytes;
		if (width > 1)
			break;
	}
	return at;
}

bool terminal_text_line(const struct terminal_text *text, size_t *at, size_t width, size_t *start, size_t *end)
{
	struct str whole = strbuf_str(&text->text);
	size_t column = 0;
	bool any = false;

	while (*at < whole.len && ascii_is_white(whole.ptr[*at]))
		(*at)++;
	if (*at >= whole.len)
		return false;
	*start = *end = *at;
	while (*at < whole.len && whole.ptr[*at] != TERMINAL_BREAK) {
		size_t word = *at;
		size_t columns;
		size_t word_stop;

		while (word < whole.len && ascii_is_white(whole.ptr[word]))
			word++;
		word_stop = word_end(whole, word, &columns);
		if (word == word_stop) {
			*at = word;
			continue;
		}
		/* What is between two words is one blank or none: the rest of the text has them already as they are shown. */
		if (any && width > 0 && column + (word > *at) + columns > width)
			return true;
		column += (word > *at && any) + columns;
		any = true;
		*at = *end = word_stop;
	}
	if (*at < whole.len)
		(*at)++; /* the break */
	return true;
}

size_t terminal_text_width(const struct terminal_text *text, size_t *word)
{
	struct str whole = strbuf_str(&text->text);
	size_t widest = 0;
	size_t line = 0;

	*word = 0;
	for (size_t at = 0, stop; at < whole.len; at = stop) {
		size_t columns;

		stop = word_end(whole, at, &columns);
		line += columns;
		if (stop == at) {
			line = whole.ptr[at] == TERMINAL_BREAK ? 0 : line + 1;
			stop++;
		}
		*word = columns > *word ? columns : *word;
		widest = line > widest ? line : widest;
	}
	return widest;
}

/* White space in runs is one blank: what is filled has none else. */
void terminal_text_squeeze(struct terminal_text *text)
{
	size_t to = 0;
	size_t run = 0;
	bool blank = true;

	for (size_t from = 0; from < text->text.len; from++) {
		char c = text->text.ptr[from];
		bool space = ascii_is_white(c);

		for (; run < text->runs.len && ((struct terminal_run *)vec_at(&text->runs, run))->start <= from; run++)
			((struct terminal_run *)vec_at(&text->runs, run))->start = to;
		if (!space || !blank)
			text->text.ptr[to++] = space ? ' ' : c;
		blank = space || c == TERMINAL_BREAK;
	}
	for (; run < text->runs.len; run++)
		((struct terminal_run *)vec_at(&text->runs, run))->start = to;
	strbuf_truncate(&text->text, to);
}

void terminal_text_lines(struct terminal_writer *w, struct terminal_text *text)
{
	size_t prefix = w->lines.prefix.len;
	size_t width = w->width > prefix + WIDTH_LEAST ? w->width - prefix : WIDTH_LEAST;
	size_t at = 0;
	size_t start, end;

	terminal_text_squeeze(text);
	while (terminal_text_line(text, &at, width, &start, &end)) {
		struct strbuf line = STRBUF_INIT;

		terminal_text_append(&line, text, start, end);
		lines_add(&w->lines, strbuf_str(&line));
		strbuf_release(&line);
	}
}
