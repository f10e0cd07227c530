/* Private to the files that blank: helm_blank.c, helm_blank_collect.c (what is copied) and helm_blank_block.c (block scalars). */
#ifndef ASPIS_HELM_HELM_BLANK_PRIVATE_H
#define ASPIS_HELM_HELM_BLANK_PRIVATE_H

#include "base/ascii.h"
#include "helm/helm_blank.h"

/* Something that prints: an action or call, or a whole block within a line. */
struct blank_hole {
	uint32_t start, end;
	const struct template_node *node;
	bool in_scalar;
};

/* A physical line, without its end. first and last are offsets of text that is not blank, or LINE_NO_TEXT. */
struct blank_line {
	uint32_t start, end;
	uint32_t first, last;
	size_t hole; /* the first that starts here or later */
};
#define LINE_NO_TEXT UINT32_MAX

struct blanker {
	struct arena *arena;
	struct arena *scratch;
	struct str source;
	uint32_t base, end;
	char *out;       /* of base */
	uint32_t filled; /* out has been written up to here */
	const struct helm_arm *without;
	struct vec holes;         /* struct blank_hole, by start */
	struct blank_line *lines; /* in scratch memory */
	size_t line_count, line_capacity;
	struct vec insertions;         /* struct helm_insertion */
	struct vec scalars;            /* struct helm_range */
	struct vec moves;              /* struct helm_range */
	uint32_t line_start, line_end; /* of the line that was looked at last while collecting */
	uint32_t last_text;            /* the last text that is not blank so far */
	bool at_head; /* nothing but actions without output in the line so far, the other arm left aside */
	bool has_text;
	bool has_returns; /* carriage returns, which end lines, too */
};

static inline bool is_break(char c)
{
	return c == '\n' || c == '\r';
}

/* The next line break in a text of the same offsets at `at` or behind it, or end. */
static inline uint32_t next_break(const struct blanker *blanker, const char *text, uint32_t at, uint32_t end)
{
	const char *feed;

	if (!blanker->has_returns) {
		feed = at < end ? memchr(text + at, '\n', end - at) : NULL;
		return feed ? (uint32_t)(feed - text) : at < end ? end : at;
	}
	while (at < end && !is_break(text[at]))
		at++;
	return at;
}

static inline char *out_at(const struct blanker *blanker, uint32_t offset)
{
	return blanker->out + (offset - blanker->base);
}

static inline struct blank_line *line_at(const struct blanker *blanker, size_t index)
{
	return &blanker->lines[index];
}

static inline struct blank_hole *hole_at(const struct blanker *blanker, size_t index)
{
	return vec_at(&blanker->holes, index);
}

/* Of {{ … | nindent 4 }}: its column, and whether it begins a line of its own. */
struct indentation {
	bool is_set;
	bool breaks;
	bool known;
	uint32_t columns;
};
struct indentation indentation_of(const struct template_node *node);

/* The column that the first line of what a hole prints gets. */
uint32_t hole_column(const struct blank_hole *hole, const struct blank_line *line);

/* The first byte that is not blank from at on, or end; and the offset behind the last one. */
static inline uint32_t skip_blanks(const char *text, uint32_t at, uint32_t end)
{
	while (end - at >= 8 && memcmp(text + at, "        ", 8) == 0)
		at += 8;
	while (at < end && ascii_is_blank(text[at]))
		at++;
	return at;
}

static inline uint32_t skip_blanks_back(const char *text, uint32_t start, uint32_t at)
{
	while (at - start >= 8 && memcmp(text + at - 8, "        ", 8) == 0)
		at -= 8;
	while (at > start && ascii_is_blank(text[at - 1]))
		at--;
	return at;
}

/* Blanks for all that was not written yet up to an offset, with the line ends of the source. */
void blank_up_to(struct blanker *blanker, uint32_t offset);

/* Copies the text of a list, blanks all else, and notes what prints. */
void blank_collect(struct blanker *blanker, const struct template_list *list);

/* Finds the block scalars that have actions in or behind them, once there are lines. */
void blank_scalars(struct blanker *blanker);

#endif
