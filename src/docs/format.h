/* The formats of pages. What differs between them stands in a row each; everything else (inventory.h, view.h, the templates' names) is the same. */
#ifndef ASPIS_DOCS_FORMAT_H
#define ASPIS_DOCS_FORMAT_H

#include "base/embedded.h"
#include "docs/inventory.h"
#include "text/document_write.h"
#include "text/mustache.h"

/* The kinds of pages. Each has a template of its name: "index.mustache", "applications.mustache", …; those that lead to the pages of all applications and environments are made where the format has a template for
 * them. Other files of the template's folder are partials: {{> secret}} is
 * "secret.mustache". */
enum docs_page_kind {
	DOCS_PAGE_INDEX,
	DOCS_PAGE_APPLICATIONS,
	DOCS_PAGE_ENVIRONMENTS,
	DOCS_PAGE_APPLICATION,
	DOCS_PAGE_ENVIRONMENT,
	DOCS_PAGE_KIND_COUNT,
};
const char *docs_page_kind_name(enum docs_page_kind kind);

/* A page: exactly one of the last two is set, or neither for those of which there is one. */
struct docs_page {
	enum docs_page_kind kind;
	struct str page; /* "index", "applications/tap" */
	const struct docs_application *application;
	const struct docs_environment *environment;
};

/* A file of a format that is not made from a template: its path below the format's folder, and its bytes. Called for each by what makes them. */
struct docs_output;
void docs_output_file(struct docs_output *output, struct str path, struct str text);

/* The text of a file of the format's template folder that is no template ("style.css"), as --templates has it, else as it is built in. It must be one of those built in (asserted). */
struct str docs_output_asset(struct docs_output *output, const char *name);

struct docs_format {
	const char *name;                      /* "rst": of --format, and of its folder in templates/ */
	const char *suffix;                    /* ".rst" */
	const char *summary;                   /* for help */
	enum document_format prose;            /* of descriptions */
	unsigned heading;                      /* level of the headings that descriptions stand under */
	escape_function *escape;               /* of {{name}} */
	escape_function *code;                 /* a literal, as markup: of the names with _code (view.h) */
	const struct embedded_file *templates; /* NULL: it has no pages, `files` makes all there is */
	/* Adds names of the format's own to the view of a page; NULL: there are none. */
	void (*extend)(struct mustache_value *view, struct arena *arena, const struct docs_inventory *inventory,
		const struct docs_page *page);
	/* Makes the files that are not pages; NULL: there are none. */
	void (*files)(struct docs_output *output, const struct docs_inventory *inventory);
};

/* In the order in which they are shown. */
size_t docs_format_count(void);
const struct docs_format *docs_format_at(size_t index);
const struct docs_format *docs_format_find(struct str name); /* NULL: there is none */

#endif
