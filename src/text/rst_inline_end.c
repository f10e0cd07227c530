#include "text/rst_inline_private.h"

/* Whether an end-string may stand at a place: behind content that does not end in white space or an escape. What stands before the content is not looked at. */
static bool follows_content(const struct rst_inliner *in, enum rst_end_kind kind, size_t at, size_t content)
{
	if (at == content)
		return true;
	uint32_t before = in->characters[at - 1];
	if (kind == RST_END_LITERAL)
		return !rst_is_space(before);
	if (!rst_is_space(before) && before != RST_ESCAPE)
		return true;
	/* Escaped white space may end interpreted text. */
	return kind == RST_END_INTERPRETED && at >= content + 2 && in->characters[at - 2] == RST_ESCAPE;
}

static bool ends_at(struct rst_end *end, const struct rst_inliner *in, size_t to)
{
	end->to = to;
	return rst_ends_here(in, to);
}

/* Underscores behind an end-string: as many as fit, at most two. */
static bool match_underscores(struct rst_end *end, const struct rst_inliner *in, size_t at)
{
	size_t count = 0;

	while (count < 2 && rst_is_at(in, at + count, '_'))
		count++;
	for (;; count--) {
		end->underscores = count;
		if (ends_at(end, in, at + count))
			return true;
		if (count == 0)
			return false;
	}
}

/* ":role:" behind a backquote. A colon may be part of the name, so that several could be the last one: the longest name wins. */
static bool match_role(struct rst_end *end, struct rst_inliner *in, size_t at)
{
	size_t name_end = rst_name_end(in, at + 1);

	for (size_t colon = name_end; colon > at + 1; colon--) {
		if (!rst_is_at(in, colon, ':') || !rst_is_word(in->characters[colon - 1]))
			continue;
		end->role = (struct rst_range){at + 1, colon};
		if (match_underscores(end, in, colon + 1))
			return true;
	}
	end->role = (struct rst_range){at, at};
	return false;
}

static bool match_end(struct rst_end *end, struct rst_inliner *in, enum rst_end_kind kind, size_t at, size_t content)
{
	static const struct {
		uint32_t mark;
		size_t count;
	} marks[] = {
		[RST_END_EMPHASIS] = {'*', 1},
		[RST_END_STRONG] = {'*', 2},
		[RST_END_LITERAL] = {'`', 2},
		[RST_END_TARGET] = {'`', 1},
		[RST_END_SUBSTITUTION] = {'|', 1},
		[RST_END_INTERPRETED] = {'`', 1},
	};
	size_t behind = at + marks[kind].count;

	if (!rst_is_at(in, at, marks[kind].mark) || !rst_is_at(in, behind - 1, marks[kind].mark))
		return false;
	if (!follows_content(in, kind, at, content))
		return false;
	*end = (struct rst_end){.at = at};
	if (kind == RST_END_INTERPRETED && rst_is_at(in, behind, ':') && match_role(end, in, behind))
		return true;
	if (kind == RST_END_INTERPRETED || kind == RST_END_SUBSTITUTION)
		return match_underscores(end, in, behind);
	return ends_at(end, in, behind);
}

/* Behind the first character of the content, whether an end-string matches does not depend on where the content begins: so the next one is searched only once. */
bool rst_find_end(struct rst_inliner *in, enum rst_end_kind kind, size_t content, struct rst_end *end)
{
	size_t from = content + 1;

	if (content >= in->len || match_end(end, in, kind, content, content))
		return false;
	if (!in->ends[kind].valid || from < in->ends[kind].from || from > in->ends[kind].end.at) {
		struct rst_end found = {.at = from};
		while (found.at < in->len && !match_end(&found, in, kind, found.at, content))
			found.at++;
		in->ends[kind].from = from;
		in->ends[kind].end = found;
		in->ends[kind].valid = true;
	}
	*end = in->ends[kind].end;
	return end->at < in->len;
}
