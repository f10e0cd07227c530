/* What the files of this room share and nobody else includes. */
#ifndef ASPIS_YAML_INTERNAL_H
#define ASPIS_YAML_INTERNAL_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "yaml/node.h"
#include "yaml/stream.h"

/* stream.c */

/* A stream without documents over text, its source set up. */
struct yaml_stream *stream_new(struct arena *arena, struct str path, struct str text);

struct span stream_span(const struct yaml_stream *stream, uint32_t start, uint32_t end);

/* The character at offset as a span, for what concerns a point. */
struct span stream_point(const struct yaml_stream *stream, uint32_t offset);

/* Records an issue and returns it, so that a related place can be added. */
struct yaml_issue *stream_issue(struct yaml_stream *stream, enum yaml_issue_kind kind, struct span span,
	const char *format, ...) __attribute__((format(printf, 4, 5), returns_nonnull));

/* Brings the issues into the order of the text; done once, when all are there. */
void stream_sort_issues(struct yaml_stream *stream);

/* A node at [start, end) of the stream, zeroed otherwise. */
struct node *stream_node(
	struct yaml_stream *stream, enum node_kind kind, enum node_style style, uint32_t start, uint32_t end);

/* What few nodes have, made if it is not there. */
struct node_extra *stream_extra(const struct yaml_stream *stream, struct node *node);

/* Gives a collection its children: those of the vec (struct node *) from first on, in the order of the text, of a mapping keys and values in turn.
 * They are taken out of the vec. */
void stream_close(struct node *node, struct yaml_stream *stream, struct vec *children, size_t first);

/* encoding.c */

/* UTF-16 (told by its byte order mark) as UTF-8. Returns false, *text being what could be read, where it is broken. */
bool encoding_is_utf16(struct str text);
bool encoding_from_utf16(struct str *text, struct arena *arena);

/* The offset of the first byte that is no UTF-8 or NUL (text.len where there is none), and whether all of the text is ASCII. */
size_t encoding_valid_prefix(const struct source *source, bool *is_ascii);

/* Records what is wrong with the encoding at offset. */
void encoding_issue(struct yaml_stream *stream, size_t offset);

/* The bytes of a byte order mark at the start of text: 0 or 3. */
size_t encoding_bom(struct str text);

/* span.c: places in the source that libyaml's marks do not tell */

/* Whether a line starts at offset, as YAML 1.1 sees lines. */
bool span_is_line_start(struct str text, size_t offset);

/* The width of the line break at offset: 0 where there is none; CRLF 2, NEL 2, LS and PS 3. */
size_t span_break_width(struct str text, size_t offset);

/* Behind white space, line breaks and comments. */
uint32_t span_skip_trivia(struct str text, uint32_t offset);

/* Behind anchor and tag (in any order) and the trivia that follow them. */
uint32_t span_skip_properties(struct str text, uint32_t offset);

/* Where the empty value of a key stands that ends at key_end: behind the colon, or at the key's end where there is none before limit. */
uint32_t span_empty_value(struct str text, uint32_t key_end, uint32_t limit);

/* The last character of a block scalar whose content has been given, its header at start; end is where libyaml ends it. */
uint32_t span_block_scalar_end(const struct node *scalar, uint32_t end);

/* The header of a block scalar at offset: the end of its indicators ("|2-"), the end of its line without the break, and the indentation indicator (0: none). */
struct block_header {
	uint32_t indicators_end;
	uint32_t line_end;
	unsigned indent;
	char chomping; /* '-', '+' or 0 */
};
struct block_header span_block_header(struct str text, uint32_t offset);

/* resolve.c */

/* The type that an explicit tag gives. */
enum node_type resolve_tag(const char *tag);

/* keys.c */

/* A text that is equal for keys that are equal in Python. That of a string is its value (borrowed); all others begin with a byte that UTF-8 has not. */
struct str key_text(struct arena *scratch, const struct node *key);

/* Looks for keys that are there twice (each becomes an issue) and builds the index where the mapping is large or merges many. */
void keys_index(struct yaml_stream *stream, struct node *mapping);

/* The last own pair of a mapping (merge keys left aside) with that string key. Where the mapping merges and yet reaches no further than itself, the
 * index holds the merged pairs, too, and one of these may be found. */
const struct node_pair *keys_find(const struct node *mapping, struct str key);

/* Whether a pair is a merge: its key << (plain, or tagged !!merge). */
bool keys_is_merge(const struct node_pair *pair);

/* pairs.c */

/* An entry of the dict that CSafeLoader builds: the key as it was first, and the pair whose value counts. */
struct dict_entry {
	const struct node *key;
	struct node_pair *pair;
};

/* Appends the entries of a mapping (of any type) to entries, a vec of struct dict_entry, in their order. */
void pairs_flatten(struct vec *entries, const struct node *mapping);

/* verify.c */

/* Whether a scalar of an implicit type has a value: an integer, float or timestamp may look like one and be none, << and = never have one. */
bool verify_implicit_scalar(const struct node *scalar);

/* Goes through a document as CSafeLoader constructs it and records what it rejects, in linear time. */
void verify_document(struct yaml_stream *stream, struct node *root);

/* The text that CSafeLoader takes for a scalar: of a scalar itself, of a mapping what its key = holds; else the absent string. */
struct str verify_scalar_text(const struct node *node);

#endif
