/* Pages and data about the secrets of a repository: what there is, where each secret comes from, who needs it, and what somebody must provide. Nothing here shows a value.
 *
 *     struct aspis_docs *docs = aspis_docs_new(repository);
 *     bool done = aspis_docs_add_format(docs, "rst", &error) && aspis_docs_write(docs, "docs/secrets", &result, &broken, &error);
 */
#ifndef ASPIS_DOCS_H
#define ASPIS_DOCS_H

#include <stdbool.h>
#include <stddef.h>

#include <aspis/diag.h>
#include <aspis/error.h>
#include <aspis/export.h>
#include <aspis/repository.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The formats, in the order in which they are shown to users: "rst", "html", "json", "myst". */
ASPIS_API size_t aspis_docs_format_count(void);
ASPIS_API const char *aspis_docs_format_name(size_t index);
ASPIS_API const char *aspis_docs_format_summary(size_t index); /* a phrase */

/* How applications and environments are linked in pages for Sphinx: "plain" (to the pages about their secrets) or "phalanx" (also by the roles :px-app: and :px-env: of Phalanx's own documentation). */
ASPIS_API const char *aspis_docs_role_style_name(size_t index); /* NULL at the end */

/* What to make, set up step by step. It borrows the repository. */
struct aspis_docs;

ASPIS_API struct aspis_docs *aspis_docs_new(struct aspis_repository *repository);
ASPIS_API void aspis_docs_free(struct aspis_docs *docs);

/* Adds a format; without any, "rst" is made. Of several each gets a folder of its name. False and an error where there is none of that name. */
ASPIS_API bool aspis_docs_add_format(struct aspis_docs *docs, const char *name, struct aspis_error *error);

/* Limits the pages to an environment; each call adds one. False and an error where there is no environment of that name. */
ASPIS_API bool aspis_docs_add_environment(struct aspis_docs *docs, const char *name, struct aspis_error *error);

/* Templates to be used instead of those that are built in: a folder with one for each format in it. */
ASPIS_API void aspis_docs_set_templates(struct aspis_docs *docs, const char *folder);
ASPIS_API bool aspis_docs_set_role_style(struct aspis_docs *docs, const char *name, struct aspis_error *error);

/* Is called now and then while pages are made: how many of how many, of a format. */
typedef void aspis_docs_progress(void *context, const char *format, size_t done, size_t total);
ASPIS_API void aspis_docs_set_progress(struct aspis_docs *docs, aspis_docs_progress *progress, void *context);

/* How the folder stood to what was made, in numbers of files; the list of them counts as well. */
struct aspis_docs_result {
	size_t unchanged;
	size_t missing;
	size_t stale;
	size_t foreign;          /* it differs, and was written by no run: somebody else's, never overwritten */
	size_t orphaned;         /* written by an earlier run, and made by nothing any more */
	size_t kept;             /* likewise, but changed by somebody since: never removed */
	const char **kept_paths; /* these, within the folder; NULL-terminated; live as long as `docs` */
	bool differs;            /* there is anything but what is unchanged */
};

/* Writes what is missing or stale into a folder and removes what is orphaned. What is right already is not touched, and nothing at all is written in case of an error before. False and an error, or findings that say which
 * files are broken (*broken, which the caller frees; NULL: none), where pages cannot be made. */
ASPIS_API bool aspis_docs_write(struct aspis_docs *docs, const char *folder, struct aspis_docs_result *result,
	struct aspis_diag_list **broken, struct aspis_error *error);

/* Writes nothing. The text lists what is missing, stale, somebody else's and orphaned, with the differences as a unified diff; empty where all is well. NULL as above. The caller frees. */
ASPIS_API char *aspis_docs_check(struct aspis_docs *docs, const char *folder, size_t *size,
	struct aspis_docs_result *result, struct aspis_diag_list **broken, struct aspis_error *error);

/* The templates that are built in, a line each, by the names that they have in a folder for aspis_docs_set_templates(): "rst/index.mustache". The caller frees. */
ASPIS_API char *aspis_docs_list_templates(size_t *size);

/* Writes them all into a folder. False and an error where another file of the name of one is there. */
ASPIS_API bool aspis_docs_dump_templates(const char *folder, size_t *written, struct aspis_error *error);

#ifdef __cplusplus
}
#endif

#endif
