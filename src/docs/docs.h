/* Pages and other files made of an inventory, and the folder that they are written into (SPEC section 7). */
#ifndef ASPIS_DOCS_DOCS_H
#define ASPIS_DOCS_DOCS_H

#include "base/error.h"
#include "docs/format.h"
#include "docs/view.h"

/* Called now and then while pages are made: how many of all there are. */
typedef void docs_progress(void *context, const char *format, size_t done, size_t total);

struct docs_request {
	const struct docs_inventory *inventory;
	const struct docs_format *const *formats;
	size_t format_count;
	const char *templates; /* a folder that has one for each format in it; NULL: those built in alone */
	struct docs_view_options view;
	docs_progress *progress; /* NULL: nobody is waiting */
	void *progress_context;
};

/* A file that was made: its path in the folder, '/' between components. */
struct docs_file {
	struct str path;
	struct str text;
	const struct docs_format *format;
};

struct docs_output {
	struct arena arena;
	struct vec files;               /* struct docs_file *, in the order in which they were made */
	struct map by_path;             /* struct docs_file * */
	struct vec formats;             /* const struct docs_format *: those asked for */
	struct str folder;              /* private: in front of paths: "", or "rst/" where there are several formats */
	struct template_set *templates; /* private: of the format that is being made */
};

/* Makes everything in memory. False and an error where a template cannot be read or is wrong. The output must be released in any case. */
bool docs_render(struct docs_output *output, const struct docs_request *request, struct error *error)
	__attribute__((warn_unused_result));
void docs_output_release(struct docs_output *output);

/* How a file in the folder stands to what was made. */
enum docs_state {
	DOCS_SAME,     /* its bytes are right */
	DOCS_MISSING,  /* it is not there */
	DOCS_STALE,    /* its bytes are others */
	DOCS_FOREIGN,  /* likewise, and no list of ours has it: somebody else's, which is never overwritten */
	DOCS_ORPHANED, /* the list of an earlier run has it, and nothing makes it any more */
	DOCS_KEPT,     /* likewise, but somebody changed it since: it is not removed */
	DOCS_STATE_COUNT,
};

struct docs_entry {
	struct str path;
	enum docs_state state;
	struct str old; /* what is there; absent: nothing */
	struct str new; /* what was made; absent: nothing */
};

/* A folder compared with what was made for it. Nothing is written. */
struct docs_comparison {
	struct arena arena;
	struct str folder; /* as it was given */
	struct vec
		entries; /* struct docs_entry: files that were made and orphans, by path; the list itself is the last one */
	size_t counts[DOCS_STATE_COUNT]; /* of all entries */
	struct vec foreign;              /* struct str: paths of those that are DOCS_FOREIGN */
	struct str list_with_orphans;    /* what the list says until the orphans are gone */
};

/* The name of the list of what was written, at the top of the folder. */
#define DOCS_LIST_NAME ".aspis-docs.json"

/* False and an error where the folder cannot be read, its list is broken, or something in it is no regular file (a symbolic link, say, through which nothing is ever written). The comparison must be released in any
 * case. */
bool docs_compare(struct docs_comparison *comparison, const char *folder, const struct docs_output *output,
	struct error *error) __attribute__((warn_unused_result));
void docs_comparison_release(struct docs_comparison *comparison);

/* Whether anything in the folder is not as it should be. */
bool docs_is_stale(const struct docs_comparison *comparison);

/* Appends what is missing, stale and orphaned, and the differences of what is stale, the list itself excepted. */
void docs_report(struct strbuf *out, const struct docs_comparison *comparison);

/* Writes what is missing or stale, removes orphans and folders that are empty then, and keeps the list. Refuses, before anything is written, to overwrite files of somebody else's. */
bool docs_apply(const struct docs_comparison *comparison, struct error *error) __attribute__((warn_unused_result));

/* The templates that are built in, one by one: "rst/index.mustache"; false at the end. The texts are in no arena. */
struct docs_built_in {
	const struct docs_format *format;
	const char *name;
	struct str text;
};
bool docs_built_in_at(struct docs_built_in *out, size_t index);

/* Writes all of them below a folder, for --templates. False and an error, and nothing written, where one of them is there already with other bytes. */
bool docs_dump_templates(const char *folder, size_t *written, struct error *error) __attribute__((warn_unused_result));

#endif
