/* The two readers of YAML: a quick one for simple texts, and libyaml for all. For yaml/ alone. */
#ifndef ASPIS_YAML_READERS_H
#define ASPIS_YAML_READERS_H

#include <stdbool.h>
#include <stdint.h>

#include "yaml/builder.h"

/* Reads the text of the builder's stream from start on with libyaml; what it refuses becomes an issue. The text is UTF-8 without NUL, and start behind its
 * byte order mark. */
void libyaml_read(struct builder *builder, uint32_t start, bool is_ascii);

/* Reads the whole text if it is simple: what nearly all files consist of, as block mappings and sequences of plain and quoted scalars on one line each, block
 * scalars, flow collections and comments. Gives the builder the very tree that libyaml_read() would give; returns false, the builder having got some of it, at
 * the first thing that is not simple or may be an error. It takes a fraction of the time. */
bool simple_read(struct builder *builder) __attribute__((warn_unused_result));

#endif
