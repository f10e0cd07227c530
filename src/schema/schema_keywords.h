/* Private to schema/: the one table of the keywords of draft 2020-12. */
#ifndef ASPIS_SCHEMA_KEYWORDS_H
#define ASPIS_SCHEMA_KEYWORDS_H

#include "base/str.h"

/* As bits: a resource's metaschema says which it uses. */
enum schema_vocabulary {
	VOCABULARY_CORE = 1 << 0,
	VOCABULARY_APPLICATOR = 1 << 1,
	VOCABULARY_UNEVALUATED = 1 << 2,
	VOCABULARY_VALIDATION = 1 << 3,
	VOCABULARY_METADATA = 1 << 4,
	VOCABULARY_FORMAT = 1 << 5, /* format-annotation */
	VOCABULARY_CONTENT = 1 << 6,
	VOCABULARY_ALL = (1 << 7) - 1,
};

/* What a keyword's value must be. */
enum schema_shape {
	SHAPE_ANY,
	SHAPE_STRING,
	SHAPE_BOOLEAN,
	SHAPE_NUMBER,
	SHAPE_DIVISOR, /* a number above 0 */
	SHAPE_COUNT,   /* an integer from 0 on */
	SHAPE_PATTERN,
	SHAPE_TYPES,   /* a type's name or a list of such */
	SHAPE_STRINGS, /* a list of strings */
	SHAPE_LIST,
	SHAPE_SCHEMA,
	SHAPE_SCHEMA_LIST, /* not empty */
	SHAPE_SCHEMA_MAP,
	SHAPE_PATTERN_MAP, /* of schemas, by regular expressions */
	SHAPE_STRINGS_MAP, /* of lists of strings */
	SHAPE_BOOLEAN_MAP,
};

/* What is carried out for a keyword; several keywords may share one operation. They are carried out in this order: what is cheap first, and what asks
 * which properties and items others have evaluated last. */
#define SCHEMA_OPERATIONS(X)                                                                                           \
	X(NONE)                                                                                                        \
	X(TYPE)                                                                                                        \
	X(ENUM)                                                                                                        \
	X(CONST)                                                                                                       \
	X(MULTIPLE_OF)                                                                                                 \
	X(MAXIMUM)                                                                                                     \
	X(EXCLUSIVE_MAXIMUM)                                                                                           \
	X(MINIMUM)                                                                                                     \
	X(EXCLUSIVE_MINIMUM)                                                                                           \
	X(MAX_LENGTH)                                                                                                  \
	X(MIN_LENGTH)                                                                                                  \
	X(PATTERN)                                                                                                     \
	X(MAX_ITEMS)                                                                                                   \
	X(MIN_ITEMS)                                                                                                   \
	X(UNIQUE_ITEMS)                                                                                                \
	X(MAX_PROPERTIES)                                                                                              \
	X(MIN_PROPERTIES)                                                                                              \
	X(REQUIRED)                                                                                                    \
	X(DEPENDENT_REQUIRED)                                                                                          \
	X(PROPERTY_NAMES)                                                                                              \
	X(PROPERTIES)                                                                                                  \
	X(ITEMS)                                                                                                       \
	X(CONTAINS)                                                                                                    \
	X(REF)                                                                                                         \
	X(DYNAMIC_REF)                                                                                                 \
	X(ALL_OF)                                                                                                      \
	X(ANY_OF)                                                                                                      \
	X(ONE_OF)                                                                                                      \
	X(NOT)                                                                                                         \
	X(IF)                                                                                                          \
	X(DEPENDENT_SCHEMAS)                                                                                           \
	X(UNEVALUATED_ITEMS)                                                                                           \
	X(UNEVALUATED_PROPERTIES)

enum schema_operation {
#define X(name) OPERATION_##name,
	SCHEMA_OPERATIONS(X)
#undef X
		OPERATION_COUNT
};

/* Constant, name, vocabulary, shape, operation. `definitions` is no keyword any more, but still a place where schemas with identifiers stand. */
#define SCHEMA_KEYWORDS(X)                                                                                             \
	X(ID, "$id", CORE, STRING, NONE)                                                                               \
	X(SCHEMA, "$schema", CORE, STRING, NONE)                                                                       \
	X(ANCHOR, "$anchor", CORE, STRING, NONE)                                                                       \
	X(DYNAMIC_ANCHOR, "$dynamicAnchor", CORE, STRING, NONE)                                                        \
	X(REF, "$ref", CORE, STRING, REF)                                                                              \
	X(DYNAMIC_REF, "$dynamicRef", CORE, STRING, DYNAMIC_REF)                                                       \
	X(VOCABULARY, "$vocabulary", CORE, BOOLEAN_MAP, NONE)                                                          \
	X(COMMENT, "$comment", CORE, STRING, NONE)                                                                     \
	X(DEFS, "$defs", CORE, SCHEMA_MAP, NONE)                                                                       \
	X(DEFINITIONS, "definitions", CORE, SCHEMA_MAP, NONE)                                                          \
	X(PREFIX_ITEMS, "prefixItems", APPLICATOR, SCHEMA_LIST, ITEMS)                                                 \
	X(ITEMS, "items", APPLICATOR, SCHEMA, ITEMS)                                                                   \
	X(CONTAINS, "contains", APPLICATOR, SCHEMA, CONTAINS)                                                          \
	X(PROPERTIES, "properties", APPLICATOR, SCHEMA_MAP, PROPERTIES)                                                \
	X(PATTERN_PROPERTIES, "patternProperties", APPLICATOR, PATTERN_MAP, PROPERTIES)                                \
	X(ADDITIONAL_PROPERTIES, "additionalProperties", APPLICATOR, SCHEMA, PROPERTIES)                               \
	X(PROPERTY_NAMES, "propertyNames", APPLICATOR, SCHEMA, PROPERTY_NAMES)                                         \
	X(DEPENDENT_SCHEMAS, "dependentSchemas", APPLICATOR, SCHEMA_MAP, DEPENDENT_SCHEMAS)                            \
	X(IF, "if", APPLICATOR, SCHEMA, IF)                                                                            \
	X(THEN, "then", APPLICATOR, SCHEMA, IF)                                                                        \
	X(ELSE, "else", APPLICATOR, SCHEMA, IF)                                                                        \
	X(ALL_OF, "allOf", APPLICATOR, SCHEMA_LIST, ALL_OF)                                                            \
	X(ANY_OF, "anyOf", APPLICATOR, SCHEMA_LIST, ANY_OF)                                                            \
	X(ONE_OF, "oneOf", APPLICATOR, SCHEMA_LIST, ONE_OF)                                                            \
	X(NOT, "not", APPLICATOR, SCHEMA, NOT)                                                                         \
	X(UNEVALUATED_ITEMS, "unevaluatedItems", UNEVALUATED, SCHEMA, UNEVALUATED_ITEMS)                               \
	X(UNEVALUATED_PROPERTIES, "unevaluatedProperties", UNEVALUATED, SCHEMA, UNEVALUATED_PROPERTIES)                \
	X(TYPE, "type", VALIDATION, TYPES, TYPE)                                                                       \
	X(ENUM, "enum", VALIDATION, LIST, ENUM)                                                                        \
	X(CONST, "const", VALIDATION, ANY, CONST)                                                                      \
	X(MULTIPLE_OF, "multipleOf", VALIDATION, DIVISOR, MULTIPLE_OF)                                                 \
	X(MAXIMUM, "maximum", VALIDATION, NUMBER, MAXIMUM)                                                             \
	X(EXCLUSIVE_MAXIMUM, "exclusiveMaximum", VALIDATION, NUMBER, EXCLUSIVE_MAXIMUM)                                \
	X(MINIMUM, "minimum", VALIDATION, NUMBER, MINIMUM)                                                             \
	X(EXCLUSIVE_MINIMUM, "exclusiveMinimum", VALIDATION, NUMBER, EXCLUSIVE_MINIMUM)                                \
	X(MAX_LENGTH, "maxLength", VALIDATION, COUNT, MAX_LENGTH)                                                      \
	X(MIN_LENGTH, "minLength", VALIDATION, COUNT, MIN_LENGTH)                                                      \
	X(PATTERN, "pattern", VALIDATION, PATTERN, PATTERN)                                                            \
	X(MAX_ITEMS, "maxItems", VALIDATION, COUNT, MAX_ITEMS)                                                         \
	X(MIN_ITEMS, "minItems", VALIDATION, COUNT, MIN_ITEMS)                                                         \
	X(UNIQUE_ITEMS, "uniqueItems", VALIDATION, BOOLEAN, UNIQUE_ITEMS)                                              \
	X(MAX_CONTAINS, "maxContains", VALIDATION, COUNT, CONTAINS)                                                    \
	X(MIN_CONTAINS, "minContains", VALIDATION, COUNT, CONTAINS)                                                    \
	X(MAX_PROPERTIES, "maxProperties", VALIDATION, COUNT, MAX_PROPERTIES)                                          \
	X(MIN_PROPERTIES, "minProperties", VALIDATION, COUNT, MIN_PROPERTIES)                                          \
	X(REQUIRED, "required", VALIDATION, STRINGS, REQUIRED)                                                         \
	X(DEPENDENT_REQUIRED, "dependentRequired", VALIDATION, STRINGS_MAP, DEPENDENT_REQUIRED)                        \
	X(TITLE, "title", METADATA, STRING, NONE)                                                                      \
	X(DESCRIPTION, "description", METADATA, STRING, NONE)                                                          \
	X(DEFAULT, "default", METADATA, ANY, NONE)                                                                     \
	X(DEPRECATED, "deprecated", METADATA, BOOLEAN, NONE)                                                           \
	X(READ_ONLY, "readOnly", METADATA, BOOLEAN, NONE)                                                              \
	X(WRITE_ONLY, "writeOnly", METADATA, BOOLEAN, NONE)                                                            \
	X(EXAMPLES, "examples", METADATA, LIST, NONE)                                                                  \
	X(FORMAT, "format", FORMAT, STRING, NONE)                                                                      \
	X(CONTENT_ENCODING, "contentEncoding", CONTENT, STRING, NONE)                                                  \
	X(CONTENT_MEDIA_TYPE, "contentMediaType", CONTENT, STRING, NONE)                                               \
	X(CONTENT_SCHEMA, "contentSchema", CONTENT, SCHEMA, NONE)

enum schema_keyword {
#define X(constant, name, vocabulary, shape, operation) KEYWORD_##constant,
	SCHEMA_KEYWORDS(X)
#undef X
		KEYWORD_COUNT
};

struct keyword {
	const char *name;
	enum schema_vocabulary vocabulary;
	enum schema_shape shape;
	enum schema_operation operation;
};

/* The row of a keyword, and the keyword of a name: KEYWORD_COUNT for one that the draft does not define. */
const struct keyword *keyword_row(enum schema_keyword keyword);
enum schema_keyword keyword_find(struct str name);

/* The bit of a vocabulary by its URI, 0 for one that is not known. */
unsigned vocabulary_find(struct str uri);

#endif
