#include "docs/diff.h"

#include <stdlib.h>
#include <xxhash.h>

#include "base/utf8.h"
#include "base/vec.h"
#include "base/xalloc.h"

enum { CONTEXT = 3 };

struct line {
	struct str text; /* without its line feed */
	uint64_t hash;
	bool is_cut; /* no line feed ends it */
};

/* A run of lines that differ: those of the old text, and those that take their place. */
struct change {
	size_t old_at, old_count;
	size_t new_at, new_count;
};

struct diff {
	struct vec old, new; /* struct line */
	struct vec changes;  /* struct change, in order */
};

static void split(struct vec *lines, struct str text)
{
	while (text.len > 0) {
		size_t length = str_find(text, '\n');
		struct line *line = vec_push(lines);

		line->text = str_slice(text, 0, length);
		line->hash = XXH3_64bits(line->text.ptr, length);
		line->is_cut = length == text.len;
		text = str_slice(text, length + 1, text.len);
	}
}

static const struct line *old_line(const struct diff *diff, size_t index)
{
	return vec_at(&diff->old, index);
}

static const struct line *new_line(const struct diff *diff, size_t index)
{
	return vec_at(&diff->new, index);
}

static bool is_same(const struct diff *diff, size_t old_at, size_t new_at)
{
	const struct line *a = old_line(diff, old_at), *b = new_line(diff, new_at);

	return a->hash == b->hash && a->is_cut == b->is_cut && str_equal(a->text, b->text);
}

/* Adds to the last change where it touches it. */
static void add_change(struct diff *diff, struct change change)
{
	struct change *last = diff->changes.len > 0 ? vec_last(&diff->changes) : NULL;

	if (last != NULL && last->old_at + last->old_count == change.old_at &&
		last->new_at + last->new_count == change.new_at) {
		last->old_count += change.old_count;
		last->new_count += change.new_count;
		return;
	}
	vec_append(&diff->changes, &change, 1);
}

/* The part of both texts that is left once what is equal at both ends is gone. */
struct window {
	size_t old_at, old_count;
	size_t new_at, new_count;
};

static struct window trim(const struct diff *diff)
{
	struct window window = {.old_count = diff->old.len, .new_count = diff->new.len};

	while (window.old_count > 0 && window.new_count > 0 && is_same(diff, window.old_at, window.new_at)) {
		window.old_at++, window.new_at++;
		window.old_count--, window.new_count--;
	}
	while (window.old_count > 0 && window.new_count > 0 &&
		is_same(diff, window.old_at + window.old_count - 1, window.new_at + window.new_count - 1))
		window.old_count--, window.new_count--;
	return window;
}

/* Myers' greedy search. furthest[effort][diagonal] is how far in the old text one gets with that many changed lines on a diagonal (old - new); rows are kept to find the way back. */
struct search {
	const struct diff *diff;
	struct window window;
	size_t *rows[DIFF_EFFORT + 1]; /* of 2 × effort + 1 entries */
};

static size_t reached(const struct search *search, long effort, long diagonal)
{
	return search->rows[effort][diagonal + effort];
}

/* Whether the best way to a diagonal comes from the one above: a line is added. */
static bool comes_by_adding(const struct search *search, long effort, long diagonal)
{
	if (diagonal == -effort)
		return true;
	return diagonal != effort &&
	       reached(search, effort - 1, diagonal - 1) < reached(search, effort - 1, diagonal + 1);
}

/* Where a step to a diagonal ends, before any equal lines are followed; that may be outside of the texts. */
static size_t step_to(const struct search *search, long effort, long diagonal)
{
	if (effort == 0)
		return 0;
	return comes_by_adding(search, effort, diagonal) ? reached(search, effort - 1, diagonal + 1)
							 : reached(search, effort - 1, diagonal - 1) + 1;
}

static size_t follow(const struct search *search, size_t old_at, long diagonal)
{
	const struct window *window = &search->window;
	long new_at = (long)old_at - diagonal;

	while (old_at < window->old_count && new_at >= 0 && (size_t)new_at < window->new_count &&
		is_same(search->diff, window->old_at + old_at, window->new_at + (size_t)new_at)) {
		old_at++;
		new_at++;
	}
	return old_at;
}

/* One more changed line on each diagonal. True when the end is reached. */
static bool advance(struct search *search, long effort)
{
	long goal = (long)search->window.old_count - (long)search->window.new_count;

	search->rows[effort] = xcalloc(2 * (size_t)effort + 1, sizeof(size_t));
	for (long diagonal = -effort; diagonal <= effort; diagonal += 2) {
		size_t at = follow(search, step_to(search, effort, diagonal), diagonal);

		search->rows[effort][diagonal + effort] = at;
		if (diagonal == goal && at >= search->window.old_count)
			return true;
	}
	return false;
}

/* The changes on the way back from the end, which come in reverse. */
static void trace(struct search *search, struct diff *diff, long effort)
{
	struct vec changes = VEC_INIT(struct change);
	long diagonal = (long)search->window.old_count - (long)search->window.new_count;

	for (; effort > 0; effort--) {
		bool adds = comes_by_adding(search, effort, diagonal);
		size_t end = step_to(search, effort, diagonal);
		struct change *change = vec_push(&changes);
		size_t old_at = adds ? end : end - 1;

		diagonal += adds ? 1 : -1;
		*change = (struct change){
			.old_at = search->window.old_at + old_at,
			.old_count = adds ? 0 : 1,
			.new_at = search->window.new_at + (size_t)((long)old_at - diagonal),
			.new_count = adds ? 1 : 0,
		};
	}
	while (changes.len > 0) {
		add_change(diff, *(struct change *)vec_last(&changes));
		vec_pop(&changes);
	}
	vec_release(&changes);
}

static void find_changes(struct diff *diff)
{
	struct search search = {.diff = diff, .window = trim(diff)};
	struct window *window = &search.window;
	bool found = false;
	long effort = 0;

	if (window->old_count == 0 && window->new_count == 0)
		return;
	while (!found && effort <= DIFF_EFFORT)
		found = advance(&search, effort++);
	if (found)
		trace(&search, diff, effort - 1);
	else
		add_change(diff, (struct change){window->old_at, window->old_count, window->new_at, window->new_count});
	for (long i = 0; i < effort; i++)
		free(search.rows[i]);
}

/* As it is, unless a terminal could act on it. */
static void append_line(struct strbuf *out, char mark, const struct line *line)
{
	struct strbuf visible = STRBUF_INIT;
	struct str text = line->text;

	strbuf_append_char(out, mark);
	while (!str_is_absent(text)) {
		strbuf_append_visible(&visible, str_cut(&text, '\t'));
		if (!str_is_absent(text))
			strbuf_append_char(&visible, '\t');
	}
	strbuf_append(out, strbuf_str(&visible));
	strbuf_append_c(out, line->is_cut ? "\n\\ No newline at end of file\n" : "\n");
	strbuf_release(&visible);
}

/* "12,3"; a range of nothing counts from the line before. */
static void append_range(struct strbuf *out, size_t at, size_t count)
{
	strbuf_append_uint(out, count > 0 ? at + 1 : at);
	if (count == 1)
		return;
	strbuf_append_char(out, ',');
	strbuf_append_uint(out, count);
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* How many changes from the first on stand so near to each other that their contexts touch. */
static size_t hunk_length(const struct diff *diff, size_t first)
{
	size_t count = 1;

	while (first + count < diff->changes.len) {
		const struct change *last = vec_at(&diff->changes, first + count - 1);
		const struct change *next = vec_at(&diff->changes, first + count);

		if (next->old_at - (last->old_at + last->old_count) > 2 * (size_t)CONTEXT)
			break;
		count++;
	}
	return count;
}

static void append_body(struct strbuf *out, const struct diff *diff, size_t first, size_t count, struct window hunk)
{
	size_t at = hunk.old_at;

	for (size_t i = first; i < first + count; i++) {
		const struct change *change = vec_at(&diff->changes, i);

		for (; at < change->old_at; at++)
			append_line(out, ' ', old_line(diff, at));
		for (; at < change->old_at + change->old_count; at++)
			append_line(out, '-', old_line(diff, at));
		for (size_t j = 0; j < change->new_count; j++)
			append_line(out, '+', new_line(diff, change->new_at + j));
	}
	for (; at < hunk.old_at + hunk.old_count; at++)
		append_line(out, ' ', old_line(diff, at));
}

static void append_hunk(struct strbuf *out, const struct diff *diff, size_t first, size_t count)
{
	const struct change *start = vec_at(&diff->changes, first);
	const struct change *end = vec_at(&diff->changes, first + count - 1);
	size_t before = least(CONTEXT, start->old_at);
	size_t after = least(CONTEXT, diff->old.len - (end->old_at + end->old_count));
	struct window hunk = {
		.old_at = start->old_at - before,
		.old_count = end->old_at + end->old_count + after - (start->old_at - before),
		.new_at = start->new_at - before,
		.new_count = end->new_at + end->new_count + after - (start->new_at - before),
	};

	strbuf_append_c(out, "@@ -");
	append_range(out, hunk.old_at, hunk.old_count);
	strbuf_append_c(out, " +");
	append_range(out, hunk.new_at, hunk.new_count);
	strbuf_append_c(out, " @@\n");
	append_body(out, diff, first, count, hunk);
}

static void append_name(struct strbuf *out, const char *mark, const char *side, struct str name, struct str text)
{
	strbuf_append_c(out, mark);
	if (str_is_absent(text)) {
		strbuf_append_c(out, "/dev/null\n");
		return;
	}
	strbuf_append_c(out, side);
	strbuf_append_visible(out, name);
	strbuf_append_char(out, '\n');
}

void diff_unified(struct strbuf *out, struct str name, struct str old, struct str new)
{
	struct diff diff = {
		.old = VEC_INIT(struct line), .new = VEC_INIT(struct line), .changes = VEC_INIT(struct change)};

	split(&diff.old, old);
	split(&diff.new, new);
	find_changes(&diff);
	if (diff.changes.len > 0) {
		append_name(out, "--- ", "a/", name, old);
		append_name(out, "+++ ", "b/", name, new);
	}
	for (size_t i = 0; i < diff.changes.len;) {
		size_t count = hunk_length(&diff, i);

		append_hunk(out, &diff, i, count);
		i += count;
	}
	vec_release(&diff.old);
	vec_release(&diff.new);
	vec_release(&diff.changes);
}
