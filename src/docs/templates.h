/* The templates of a format: those built in, and what a folder of the user's has instead of them or besides. For this room alone. */
#ifndef ASPIS_DOCS_TEMPLATES_H
#define ASPIS_DOCS_TEMPLATES_H

#include "base/error.h"
#include "docs/format.h"

struct template_file {
	struct str name;  /* "index.mustache" */
	struct str shown; /* in messages: its path, or "rst/index.mustache (built in)" */
	struct str text;
	struct mustache_template *mustache; /* NULL: it is no template */
	bool is_own;                        /* of the user's folder */
};

struct template_set {
	struct arena arena;
	const struct docs_format *format;
	struct vec files; /* struct template_file * */
	struct map by_name;
};

/* folder: that of --templates, which has one for each format in it; NULL: there is none. False and an error where one cannot be read or is wrong; the set must be released in any case. */
bool template_set_init(struct template_set *set, const struct docs_format *format, const char *folder,
	struct error *error) __attribute__((warn_unused_result));
void template_set_release(struct template_set *set);

/* False and an error where a folder of --templates holds nothing for any of the formats, which is most likely another one than was meant. */
bool template_folder_check(const char *folder, const struct docs_format *const *formats, size_t count,
	struct error *error) __attribute__((warn_unused_result));

/* Whether there is a template for a kind of pages. */
bool template_set_has(struct template_set *set, enum docs_page_kind kind);

/* Appends what a template makes of a view. */
bool template_set_render(struct strbuf *out, struct template_set *set, enum docs_page_kind kind,
	const struct mustache_value *view, struct error *error) __attribute__((warn_unused_result));

/* The text of a file that is no template. */
struct str template_set_asset(struct template_set *set, struct str name);

/* False and an error where the user's folder has a file that nothing asks for, which is most likely misspelled. */
bool template_set_check(const struct template_set *set, struct error *error) __attribute__((warn_unused_result));

#endif
