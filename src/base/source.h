/* The text of one file and the way from byte offsets to lines and columns. Everything that has a position has it as bytes of a source. */
#ifndef ASPIS_BASE_SOURCE_H
#define ASPIS_BASE_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

struct source_mark;
struct source_lines;

struct source {
	/* as shown: relative to the root of the repository, '/' between components, any bytes */
	struct str path;
	/* UTF-8 unless a finding says otherwise; may be empty for a file that was not read or a folder */
	struct str text;
	bool is_plain;                   /* printable ASCII characters and line feeds are all that the text has */
	struct source_lines *lines;      /* private: found when a line is first asked for; NULL: always anew */
	const struct source_mark *marks; /* private: where to start counting code points; NULL: the text is all ASCII */
	uint32_t mark_count;
};

/* 1-based; columns in code points. */
struct position {
	uint32_t line;
	uint32_t column;
};

/* A range of bytes [start, end) of a source. */
struct span {
	const struct source *source; /* NULL: nowhere */
	uint32_t start;
	uint32_t end;
};

/* Sets source up in arena. Path and text are borrowed and must live as long. Lines are physical: LF, CRLF or CR end them; what follows the last line end is a line,
 * be it empty. Texts are below 4 GiB (asserted). */
void source_init(struct source *source, struct arena *arena, struct str path, struct str text);

/* The number of lines, 1 at least; the line of an offset (1-based); the offset of a line's first byte. */
uint32_t source_line_count(const struct source *source);
uint32_t source_line_at(const struct source *source, uint32_t offset);
uint32_t source_line_start(const struct source *source, uint32_t line);

/* The position of an offset (at most text.len). */
struct position source_position(const struct source *source, uint32_t offset);

/* The offset of a position; beyond the end of its line: the end of that line. */
uint32_t source_offset(const struct source *source, struct position position);

/* The text of a line (1-based) without its line end. */
struct str source_line(const struct source *source, uint32_t line);

/* The start of a file as a span: for what concerns a file or folder as a whole. */
struct span span_of_source(const struct source *source);

struct str span_text(struct span span);

#endif
