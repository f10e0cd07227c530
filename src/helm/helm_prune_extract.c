/* Kept lines as a text of their own, and where they stand. */
#include "helm/helm_prune_private.h"

/* Whether a text has a byte that the next ones make a character of, each of 1 or 2 bytes; NUL bytes are none. */
static bool has_bytes(struct str text, char lead, const char *second, const char *third)
{
	const char *end = text.ptr + text.len;

	for (const char *at = text.ptr; at < end && (at = memchr(at, lead, (size_t)(end - at))); at++) {
		if (end - at < 2 || at[1] != *second)
			continue;
		if (!third || (end - at > 2 && memchr(third, at[2], 2)))
			return true;
	}
	return false;
}

static bool has_lone_return(struct str text)
{
	const char *end = text.ptr + text.len;

	for (const char *at = text.ptr; at < end && (at = memchr(at, '\r', (size_t)(end - at))); at++) {
		if (at + 1 == end || at[1] != '\n')
			return true;
	}
	return false;
}

/* NEL, LS and PS are line breaks; a byte order mark is no part of its line. */
bool prune_is_in_lines(struct str text)
{
	return !has_lone_return(text) && !has_bytes(text, '\xC2', "\x85", NULL) &&
	       !has_bytes(text, '\xE2', "\x80", "\xA8\xA9") && !has_bytes(text, '\xEF', "\xBB", "\xBF\xBF");
}

static uint32_t size_of(const struct kept_line *line)
{
	return line->kept ? line[1].start - line->start : 0;
}

struct str prune_text(struct arena *arena, const struct helm_blank *blank, const struct vec *lines)
{
	const struct kept_line *line = lines->items;
	size_t count = lines->len - 1, length = 0;
	char *text;

	for (size_t i = 0; i < count; i++)
		length += size_of(&line[i]);
	text = arena_bytes(arena, length);
	length = 0;
	for (size_t i = 0; i < count; i++) {
		if (!line[i].kept)
			continue;
		memcpy(text + length, blank->text.ptr + line[i].start, size_of(&line[i]));
		length += size_of(&line[i]);
	}
	return (struct str){text, length};
}

void prune_find_pieces(struct helm_extract *out, struct arena *arena, const struct helm_blank *blank,
	const struct vec *lines, size_t kept)
{
	const struct kept_line *line = lines->items;
	struct helm_piece *pieces = arena_alloc(arena, (kept + 1) * sizeof(*pieces));
	uint32_t length = 0;

	out->piece_count = 0;
	for (size_t i = 0; i + 1 < lines->len; i++) {
		if (line[i].kept && (i == 0 || !line[i - 1].kept))
			pieces[out->piece_count++] = (struct helm_piece){length, blank->base + line[i].start};
		length += size_of(&line[i]);
	}
	if (out->piece_count == 0)
		pieces[out->piece_count++] = (struct helm_piece){0, blank->base};
	out->pieces = pieces;
	out->last = 0;
}

static bool is_in_piece(const struct helm_extract *extract, size_t index, uint32_t offset)
{
	return extract->pieces[index].from <= offset &&
	       (index + 1 == extract->piece_count || extract->pieces[index + 1].from > offset);
}

/* The last piece that begins at an offset or before it. */
static size_t find_piece(const struct helm_extract *extract, uint32_t offset)
{
	size_t low = 0, high = extract->piece_count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (extract->pieces[middle].from <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static const struct helm_piece *piece_of(struct helm_extract *extract, uint32_t offset)
{
	if (!is_in_piece(extract, extract->last, offset)) {
		size_t next = extract->last + 1;

		extract->last = next < extract->piece_count && is_in_piece(extract, next, offset)
					? next
					: find_piece(extract, offset);
	}
	return &extract->pieces[extract->last];
}

uint32_t helm_extract_start(struct helm_extract *extract, uint32_t offset)
{
	const struct helm_piece *piece = piece_of(extract, offset);

	return offset - piece->from + piece->to;
}

uint32_t helm_extract_end(struct helm_extract *extract, uint32_t offset)
{
	return offset == 0 ? helm_extract_start(extract, 0) : helm_extract_start(extract, offset - 1) + 1;
}
