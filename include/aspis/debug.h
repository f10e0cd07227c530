/* For harnesses: how the parts of aspis see an input. Not covered by the promises of the public interface: may change with any release. */
#ifndef ASPIS_DEBUG_H
#define ASPIS_DEBUG_H

#include <stdbool.h>
#include <stddef.h>

#include <aspis/error.h>
#include <aspis/export.h>
#include <aspis/repository.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Reads a YAML file (UTF-8 or UTF-16) as PyYAML's CSafeLoader constructs it: one JSON line for each document, or a line "error LINE:COL: ..." where the
 * loader rejects it; *valid tells which. NULL and an error where the file cannot be read. The caller frees. */
ASPIS_API char *aspis_debug_yaml(const char *file, size_t *size, bool *valid, struct aspis_error *error);

/* Follows the keys of environments to their ends: a JSON line for each manifest that makes a Secret and for each place that uses one. Of no names, all
 * environments. NULL and an error where there is none of a name. The caller frees. */
ASPIS_API char *aspis_debug_delivery(struct aspis_repository *repository, const char *const *environments, size_t count,
	size_t *size, struct aspis_error *error);

/* Reads a Helm template as it stands: one JSON line for each document, with holes where its actions are, or a line "error LINE:COL: ..." where it
 * is given up; *valid tells which. NULL and an error where the file cannot be read. The caller frees. */
ASPIS_API char *aspis_debug_helm(const char *file, size_t *size, bool *valid, struct aspis_error *error);

/* The same of a template that is given as a JSON string: one line, a JSON array of the documents or an object with `error`, `line` and `column`. NULL and
 * an error where json is no string in JSON. */
ASPIS_API char *aspis_debug_helm_line(const char *json, size_t json_size, size_t *size, struct aspis_error *error);

/* Reads a file of reStructuredText as docutils does: a line with the worst level of the messages ("ok" where there are none) or "unsupported", a line "LINE: LEVEL: text" for each
 * message and for what is unsupported, and the document's tree as XML unless there is an error; *valid tells that. NULL and an error where the file cannot be read. The caller frees. */
ASPIS_API char *aspis_debug_rst(const char *file, size_t *size, bool *valid, struct aspis_error *error);

/* The same of a text that is given as a JSON string: one line, a JSON object with `level`, `messages`, `unsupported` and `tree` (null where there is an error). NULL and an error where
 * json is no string in JSON. */
ASPIS_API char *aspis_debug_rst_line(const char *json, size_t json_size, size_t *size, struct aspis_error *error);

/* A JSON Schema (draft 2020-12) with the resources that it may refer to. */
struct aspis_debug_schema;

ASPIS_API struct aspis_debug_schema *aspis_debug_schema_new(void);
ASPIS_API void aspis_debug_schema_free(struct aspis_debug_schema *schema);

/* Makes the JSON in a file known under uri. */
ASPIS_API bool aspis_debug_schema_add(
	struct aspis_debug_schema *schema, const char *uri, const char *file, struct aspis_error *error);

/* Compiles the schema in a file: once, after its resources were added. */
ASPIS_API bool aspis_debug_schema_compile(
	struct aspis_debug_schema *schema, const char *file, struct aspis_error *error);

/* Whether a JSON text is valid by the schema, in *valid. False and an error where it is no JSON or cannot be judged. */
ASPIS_API bool aspis_debug_schema_check(
	struct aspis_debug_schema *schema, const char *json, size_t size, bool *valid, struct aspis_error *error);

/* A partial of a Mustache template, by the name that {{> name}} uses. */
struct aspis_debug_partial {
	const char *name;
	const char *file;
};

/* Renders the Mustache template in a file with the JSON text as its data. lenient: unknown names are empty, as the Mustache specification has it, instead
 * of errors. NULL and an error where a file cannot be read, the JSON or a template is broken. The caller frees. */
ASPIS_API char *aspis_debug_mustache(const char *file, const struct aspis_debug_partial *partials, size_t partial_count,
	bool lenient, const char *json, size_t json_size, size_t *size, struct aspis_error *error);

#ifdef __cplusplus
}
#endif

#endif
