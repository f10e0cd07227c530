/* Private to helm_prune*.c: one reads lines, one knows collections, one puts together what is kept. */
#ifndef ASPIS_TEXT_HELM_PRUNE_PRIVATE_H
#define ASPIS_TEXT_HELM_PRUNE_PRIVATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"
#include "text/helm_prune.h"

#define PRUNE_DASHES_MAX 8

/* What stands behind a key, or behind a dash, on its line. */
enum prune_value {
	PRUNE_NOTHING,
	PRUNE_SCALAR,
	PRUNE_FLOW,  /* a flow collection, whole */
	PRUNE_BLOCK, /* the head of a block scalar */
	PRUNE_KEY,
};

/* A line of block collections, by columns. */
struct prune_line {
	uint32_t dashes[PRUNE_DASHES_MAX];
	size_t dash_count;
	enum prune_value content; /* behind the dashes */
	uint32_t key_start, key_end;
	struct str key;         /* without quotes */
	enum prune_value value; /* behind the key */
};

/* Reads a line that has text; indent is the column of its first. False where it is anything but a key or an item that is complete, but for block scalars. */
bool prune_read_line(struct prune_line *out, struct str line, uint32_t indent);

/* A line of the blanked text; the last of a vector of them stands for its end. */
struct kept_line {
	uint32_t start; /* in that text */
	bool kept;
	bool empty; /* nothing but a comment, or blanks: never kept but behind a block scalar */
};

/* Whether each line of a text is one for YAML, too, which knows more line breaks than the line feed. */
bool prune_is_in_lines(struct str text);

/* Puts the kept lines (so many, of struct kept_line) one after another. */
void prune_extract(struct helm_extract *out, struct arena *arena, const struct helm_blank *blank,
	const struct vec *lines, size_t kept);

#endif
