/* Private to schema/: what the files of the compiler share. */
#ifndef ASPIS_SCHEMA_COMPILE_H
#define ASPIS_SCHEMA_COMPILE_H

#include "base/error.h"
#include "schema/schema_program.h"

struct compiler {
	struct schema *schema;
	struct schema_lookup lookup;
	struct map subschemas; /* by the bytes of the node's address */
	struct vec pending;    /* struct subschema *: known, but not compiled yet */
	struct map resources;  /* by the bytes of the resource's address, to struct program_resource */
	struct error *error;
};

/* One subschema while its keywords are read. */
struct builder {
	struct compiler *compiler;
	struct subschema *schema;
	struct vec instructions; /* struct instruction */
};

/* Sets the error "PATH:LINE:COLUMN: …" for a node; always false. */
bool compile_fail(struct compiler *compiler, const struct node *node, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The subschema at a place, to be compiled in its turn. NULL and an error when the place holds no schema. */
struct subschema *compile_subschema(struct compiler *compiler, struct schema_place place);

/* The vocabularies in force in a resource, by its $schema or that of the resource around it. False and an error for a dialect that is not known. */
bool compile_dialect(struct compiler *compiler, const struct schema_resource *resource, unsigned *vocabularies);

/* Adds what a keyword says to the builder's instructions; the value has the keyword's shape. */
bool compile_keyword(struct builder *builder, enum schema_keyword keyword, const struct node *value);

/* Whether the value has the shape that the keyword asks for; else false and an error. */
bool compile_shape(struct compiler *compiler, enum schema_keyword keyword, const struct node *value);

#endif
