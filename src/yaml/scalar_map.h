/* From offsets of a scalar's value to where they stand in the source: through quotes, escapes, folding and indentation, so that a finding in the middle
 * of a block scalar gets the column of the very character. */
#ifndef ASPIS_YAML_SCALAR_MAP_H
#define ASPIS_YAML_SCALAR_MAP_H

#include "yaml/node.h"

struct scalar_map;

/* The map of a scalar (through an alias). It holds a value rebuilt from the source, which equals node->scalar for every scalar that libyaml accepts; in the
 * case that it does not, NULL. The caller frees. */
struct scalar_map *scalar_map_new(const struct node *scalar);
void scalar_map_free(struct scalar_map *map);

/* The source range that the value's bytes [start, end) come from. */
struct span scalar_map_span(const struct scalar_map *map, size_t start, size_t end);

/* The value as rebuilt from the source. */
struct str scalar_map_text(const struct scalar_map *map);

#endif
