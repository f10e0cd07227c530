#include "base/ascii.h"
#include "text/rst_inline_private.h"
#include "text/rst_reference_private.h"

/* A start-string, or a whole construct. */
enum start_kind {
	START_EMPHASIS,
	START_STRONG,
	START_LITERAL,
	START_TARGET,
	START_SUBSTITUTION,
	START_INTERPRETED,
	START_REFERENCE,
	START_FOOTNOTE,
};

struct start {
	enum start_kind kind;
	size_t at;              /* where it begins */
	size_t to;              /* behind it: where content begins, or the text goes on */
	struct rst_range label; /* role, name of a reference, label of a footnote */
	size_t underscores;
};

/* A start-string of one or two characters that is not followed by white space. */
static bool match_mark(struct start *start, const struct rst_inliner *in, enum start_kind kind, size_t length)
{
	start->kind = kind;
	start->to = start->at + length;
	return start->to >= in->len || !rst_is_space(in->characters[start->to]);
}

static bool match_backquote(struct start *start, const struct rst_inliner *in, size_t at)
{
	if (!rst_is_at(in, at, '`') || rst_is_at(in, at + 1, '`'))
		return false;
	return match_mark(start, in, START_INTERPRETED, at + 1 - start->at);
}

/* ":role:`" */
static bool match_prefix_role(struct start *start, struct rst_inliner *in)
{
	size_t end = rst_name_end(in, start->at + 1);

	start->label = (struct rst_range){start->at + 1, end};
	return end > start->at + 1 && rst_is_at(in, end, ':') && match_backquote(start, in, end + 1);
}

/* "name_" or "name__" */
static bool match_reference(struct start *start, struct rst_inliner *in)
{
	size_t end = rst_name_end(in, start->at);

	if (!rst_is_at(in, end, '_'))
		return false;
	start->kind = START_REFERENCE;
	start->label = (struct rst_range){start->at, end};
	start->underscores = rst_is_at(in, end + 1, '_') ? 2 : 1;
	start->to = end + start->underscores;
	return rst_ends_here(in, start->to);
}

/* "[1]_", "[#]_", "[#name]_", "[*]_" or "[name]_" */
static bool match_footnote(struct start *start, struct rst_inliner *in)
{
	size_t begin = start->at + 1;
	size_t end;

	if (rst_is_at(in, begin, '*'))
		end = begin + 1;
	else if (rst_is_at(in, begin, '#'))
		end = rst_name_end(in, begin + 1);
	else
		end = rst_name_end(in, begin);
	if (end == begin || !rst_is_at(in, end, ']') || !rst_is_at(in, end + 1, '_'))
		return false;
	start->kind = START_FOOTNOTE;
	start->label = (struct rst_range){begin, end};
	start->to = end + 2;
	return rst_ends_here(in, start->to);
}

static bool match_start(struct start *start, struct rst_inliner *in, size_t at)
{
	uint32_t next = at + 1 < in->len ? in->characters[at + 1] : RST_ESCAPE;

	*start = (struct start){.at = at, .label = {at, at}};
	switch (in->characters[at]) {
	case '*':
		return next == '*' ? match_mark(start, in, START_STRONG, 2) : match_mark(start, in, START_EMPHASIS, 1);
	case '`':
		return next == '`' ? match_mark(start, in, START_LITERAL, 2) : match_backquote(start, in, at);
	case '_':
		return next == '`' && match_mark(start, in, START_TARGET, 2);
	case '|':
		return next != '|' && match_mark(start, in, START_SUBSTITUTION, 1);
	case ':':
		return match_prefix_role(start, in);
	case '[':
		return match_footnote(start, in);
	default:
		return match_reference(start, in);
	}
}

/* The next start-string in [begin, …). Where the text was cut by markup before, one may begin whatever stands before it. */
static bool find_start(struct start *start, struct rst_inliner *in, size_t begin)
{
	for (size_t at = begin; at < in->len; at++) {
		if (rst_starts_here(in, at, begin) && match_start(start, in, at))
			return true;
	}
	return false;
}

/* Adds the text that stands before a place. */
static void flush(struct rst_inliner *in, size_t to)
{
	if (to > in->pending)
		rst_add_plain(in, (struct rst_range){in->pending, to});
	in->pending = to;
}

static void add_reference(struct rst_inliner *in, const struct start *start)
{
	struct rst_reader *reader = in->reader;
	struct rst_range whole = {start->at, start->to};
	struct str text = rst_unescaped(in, start->label);
	struct document_node *node = rst_add_inline_text(in, DOCUMENT_REFERENCE, whole, text);

	node->name = text;
	node->anonymous = start->underscores == 2;
	rst_note_reference(reader, node, node->anonymous ? STR_ABSENT : rst_normalize_name(reader, text),
		rst_line_of(in, start->at));
}

/* Whether a label is that of a citation: of a footnote are numbers in ASCII digits and what begins with # or *. */
static bool is_citation(struct str label)
{
	if (label.ptr[0] == '#' || label.ptr[0] == '*')
		return false;
	for (size_t i = 0; i < label.len; i++) {
		if (!ascii_is_digit(label.ptr[i]))
			return true;
	}
	return false;
}

static void add_footnote(struct rst_inliner *in, const struct start *start)
{
	struct rst_range whole = {start->at, start->to};
	struct str label = rst_unescaped(in, start->label);
	size_t line = rst_line_of(in, start->at);

	if (is_citation(label)) {
		struct document_node *node = rst_add_inline_text(in, DOCUMENT_CITATION_REFERENCE, whole, label);
		rst_note_citation_reference(in->reader, node, label, line);
	} else {
		bool is_automatic = label.ptr[0] == '#' || label.ptr[0] == '*';
		struct document_node *node =
			rst_add_inline_text(in, DOCUMENT_FOOTNOTE_REFERENCE, whole, is_automatic ? STR("") : label);
		rst_note_footnote_reference(in->reader, node, label, line);
	}
}

static void add_target(struct rst_inliner *in, struct rst_range whole, struct rst_range content)
{
	struct str text = rst_unescaped(in, content);
	struct document_node *node = rst_add_inline_text(in, DOCUMENT_TARGET, whole, text);

	node->name = rst_normalize_name(in->reader, text);
	rst_note_inline_target(in->reader, node, rst_line_of(in, whole.from));
}

/* Stands as text: what is defined is not put in its place. */
static void add_substitution(
	struct rst_inliner *in, struct rst_range whole, struct rst_range content, size_t underscores)
{
	struct rst_reader *reader = in->reader;
	struct document_node *parent = in->parent;
	size_t line = rst_line_of(in, whole.from);
	struct str name = rst_unescaped(in, content);

	if (underscores > 0) {
		in->parent = rst_add_inline(in, DOCUMENT_REFERENCE, whole);
		in->parent->name = name;
		in->parent->anonymous = underscores == 2;
		rst_note_reference(
			reader, in->parent, underscores == 2 ? STR_ABSENT : rst_normalize_name(reader, name), line);
	}
	struct document_node *node = rst_add_inline_text(
		in, DOCUMENT_TEXT, (struct rst_range){whole.from, content.to + 1}, rst_raw(in, whole));
	rst_note_substitution(reader, node, name, line);
	in->parent = parent;
}

/* What stands between a start-string and its end-string. */
static void add_content(struct rst_inliner *in, const struct start *start, const struct rst_end *end)
{
	static const enum document_kind kinds[] = {
		[START_EMPHASIS] = DOCUMENT_EMPHASIS,
		[START_STRONG] = DOCUMENT_STRONG,
		[START_LITERAL] = DOCUMENT_LITERAL,
	};
	struct rst_range whole = {start->at, end->to};
	struct rst_range content = {start->to, end->at};

	if (start->kind == START_TARGET)
		add_target(in, whole, content);
	else if (start->kind == START_SUBSTITUTION)
		add_substitution(in, whole, content, end->underscores);
	else
		rst_add_inline_text(in, kinds[start->kind], whole,
			start->kind == START_LITERAL ? rst_raw(in, content) : rst_unescaped(in, content));
}

static void add_interpreted(struct rst_inliner *in, const struct start *start, const struct rst_end *end)
{
	struct rst_range whole = {start->at, end->to};
	struct rst_range content = {start->to, end->at};
	bool has_prefix = start->label.to > start->label.from;
	bool has_suffix = end->role.to > end->role.from;

	if (has_prefix && has_suffix)
		rst_problem(in, DOCUMENT_LEVEL_WARNING, whole,
			"interpreted text has a role on both sides, so it stays as it is: take one of them away");
	else if (end->underscores > 0 && (has_prefix || has_suffix))
		rst_problem(in, DOCUMENT_LEVEL_WARNING, whole,
			"interpreted text has both a role and the \"_\" of a reference, so it stays as it is: take one "
			"of "
			"them away");
	else if (end->underscores > 0)
		rst_add_phrase_reference(in, whole, content, end->underscores == 2);
	else
		rst_add_interpreted(in, whole, content, rst_raw(in, has_prefix ? start->label : end->role));
}

static void complain_of_start(struct rst_inliner *in, const struct start *start)
{
	static const struct {
		const char *what;
		const char *mark;
	} names[] = {
		[START_EMPHASIS] = {"emphasis", "*"},
		[START_STRONG] = {"strong emphasis", "**"},
		[START_LITERAL] = {"literal text", "``"},
		[START_TARGET] = {"a target", "`"},
		[START_SUBSTITUTION] = {"a substitution", "|"},
		[START_INTERPRETED] = {"interpreted text or a reference", "`"},
	};
	struct rst_range mark = {start->at, start->to};

	/* A role stays text. */
	if (start->kind == START_INTERPRETED)
		mark.from = start->to - 1;
	flush(in, mark.from);
	rst_problem(in, DOCUMENT_LEVEL_WARNING, mark,
		"%s begins here and never ends, so the characters stay as they are: close it with \"%s\" directly "
		"behind "
		"its last character, or write a backslash before it",
		names[start->kind].what, names[start->kind].mark);
}

/* Reads what begins with a start-string; where the text goes on is told back. */
static size_t read_start(struct rst_inliner *in, const struct start *start)
{
	static const enum rst_end_kind ends[] = {
		[START_EMPHASIS] = RST_END_EMPHASIS,
		[START_STRONG] = RST_END_STRONG,
		[START_LITERAL] = RST_END_LITERAL,
		[START_TARGET] = RST_END_TARGET,
		[START_SUBSTITUTION] = RST_END_SUBSTITUTION,
		[START_INTERPRETED] = RST_END_INTERPRETED,
	};
	struct rst_end end;

	if (start->kind == START_REFERENCE || start->kind == START_FOOTNOTE) {
		flush(in, start->at);
		if (start->kind == START_REFERENCE)
			add_reference(in, start);
		else
			add_footnote(in, start);
		return start->to;
	}
	if (!rst_find_end(in, ends[start->kind], start->to, &end)) {
		complain_of_start(in, start);
		return start->to;
	}
	flush(in, start->at);
	if (start->kind == START_INTERPRETED)
		add_interpreted(in, start, &end);
	else
		add_content(in, start, &end);
	return end.to;
}

/* Whether a start-string stands in quotes, as in "*", or at the very end: it is text then. Behind a role it never is. */
static bool is_quoted(const struct rst_inliner *in, const struct start *start, size_t begin)
{
	if (start->kind >= START_REFERENCE || start->label.to > start->label.from || start->at == begin)
		return false;
	if (start->to >= in->len)
		return true;
	return rst_are_quotes_around(in->characters[start->at - 1], in->characters[start->to]);
}

void rst_inline(struct rst_reader *reader, struct document_node *parent, const struct rst_text *text)
{
	struct rst_inliner in;
	struct start start;

	rst_inliner_init(&in, reader, text);
	in.parent = parent;
	for (size_t begin = 0; find_start(&start, &in, begin);) {
		if (is_quoted(&in, &start, begin)) {
			begin = start.to;
		} else {
			begin = read_start(&in, &start);
			in.pending = begin;
		}
	}
	flush(&in, in.len);
	rst_inliner_release(&in);
}
