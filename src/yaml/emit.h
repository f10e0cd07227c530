/* Writing YAML, node by node, through libyaml's emitter: what comes out is what PyYAML's CSafeDumper prints of the same nodes. */
#ifndef ASPIS_YAML_EMIT_H
#define ASPIS_YAML_EMIT_H

#include "base/str.h"
#include "base/strbuf.h"
#include "yaml/node.h"

/* Writes one document. What is written passes through memory that is not wiped: no secret values. */
struct yaml_writer;

struct yaml_writer_options {
	unsigned indent; /* spaces a level, 2 to 9 */
	unsigned width;  /* lines are folded at the first space behind this column; 0: never */
};

/* A writer that appends to out (borrowed), as UTF-8 with LF; what is not ASCII is escaped. The caller frees. */
struct yaml_writer *yaml_writer_new(struct strbuf *out, const struct yaml_writer_options *options)
	__attribute__((returns_nonnull, warn_unused_result));

/* Ends the document, whose nodes must all be complete, and frees the writer; accepts NULL. The text is complete only then. */
void yaml_writer_free(struct yaml_writer *writer);

/* A mapping, NODE_BLOCK or NODE_FLOW; between begin and end follow keys and values in turn. */
void yaml_write_begin_mapping(struct yaml_writer *writer, enum node_style style);
void yaml_write_end_mapping(struct yaml_writer *writer);

/* A string, in a style that is taken where the text allows it; NODE_PLAIN is quoted where it would be read as anything but a string. The text is UTF-8
 * (asserted). */
void yaml_write_string(struct yaml_writer *writer, struct str text, enum node_style style);

void yaml_write_null(struct yaml_writer *writer);

#endif
