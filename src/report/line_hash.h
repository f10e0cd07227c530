/* The hash by which GitHub code scanning knows a result again when lines move (`primaryLocationLineHash`). For this room alone. */
#ifndef ASPIS_REPORT_LINE_HASH_H
#define ASPIS_REPORT_LINE_HASH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/source.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/vec.h"

/* Of each line of a text: a polynomial hash (factor 37, modulo 2^64) of the 100 UTF-16 units other than blank and tab that follow its start, line
 * ends counted as LF, the end of the text as 65535 and then zeros; and how many lines up to this one have it. */
struct line_hash {
	uint64_t value;
	uint32_t occurrence; /* from 1 */
	uint32_t line;       /* 1-based */
};

/* Appends struct line_hash for every line of text to out, in order. */
void line_hashes(struct vec *out, struct str text);

/* Whether the hash of a line (1-based) is made of any concealed byte (conceal.h): who knows the rest of the line can try values against it. */
bool line_hash_reveals(const struct source *source, uint32_t line, const struct vec *concealed);

/* As it is written: "c129715d7a2bc9a3:1". */
void append_line_hash(struct strbuf *out, const struct line_hash *hash);

#endif
