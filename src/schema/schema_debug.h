/* What `aspis debug schema` does (SPEC section 13): JSON schemas and instances given as text. */
#ifndef ASPIS_SCHEMA_SCHEMA_DEBUG_H
#define ASPIS_SCHEMA_SCHEMA_DEBUG_H

#include <stddef.h>

#include "base/error.h"
#include "base/str.h"

/* A document that the schema may refer to by its URI or by the $id inside. */
struct schema_debug_resource {
	struct str uri;
	struct str text;
};

struct schema_debug;

/* Reads and compiles a schema. NULL and an error that names the place when a text is no JSON or the schema is none. All texts, and path (as the errors
 * name the schema), are borrowed until the caller frees the result. */
struct schema_debug *schema_debug_new(struct str path, struct str schema, const struct schema_debug_resource *resources,
	size_t resource_count, struct error *error) __attribute__((warn_unused_result));
void schema_debug_free(struct schema_debug *debug);

enum schema_verdict {
	SCHEMA_VALID,
	SCHEMA_INVALID,
	SCHEMA_ERROR, /* the line is no JSON, or the evaluation had to stop at a limit; the error says which */
};

/* Judges one JSON text. */
enum schema_verdict schema_debug_line(const struct schema_debug *debug, struct str line, struct error *error);

#endif
