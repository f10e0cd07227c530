/* What the renderers of findings share. For this room alone. */
#ifndef ASPIS_REPORT_RENDER_H
#define ASPIS_REPORT_RENDER_H

#include "base/json_writer.h"
#include "report/report.h"

/* The renderers behind the table of formats. */
report_function render_text;
report_function render_concise;
report_function render_json;
report_function render_sarif;
report_function render_github;

/* How many findings there are, whether shown or not. */
struct totals {
	size_t of[SEVERITY_ERROR + 1]; /* by severity */
	size_t all;
	bool stopped; /* one of them says that the run could not finish */
};
void totals_count(struct totals *totals, const struct report *report);

/* The finding at index, and whether it is shown. */
const struct diag *report_diag(const struct report *report, size_t index);
bool report_shows(const struct report *report, const struct diag *diag);

/* Where something is, as every format says it. */
struct place {
	struct str path; /* "." where the span is nowhere: the repository itself */
	struct position start;
	struct position end; /* one past the last character */
};

/* Finds positions. It starts from the last one, so that the findings of one endless line do not each count its characters anew. */
struct locator {
	const struct source *source;
	uint32_t offset;
	struct position position;
};
#define LOCATOR_INIT                                                                                                   \
	{                                                                                                              \
		.source = NULL                                                                                         \
	}
struct place locate(struct locator *locator, struct span span);

/* "14 errors", "1,985 files": with the plural and thousands separators. */
void append_count(struct strbuf *out, size_t number, const char *noun);

/* "14 errors, 4 warnings, 10 notes in 1,985 files, 2 suppressed", without a newline. */
void append_totals(struct strbuf *out, const struct totals *totals, const struct report *report);

/* "usdfdev, usdfprod", made visible. */
void append_environments(struct strbuf *out, const struct diag *diag);

/* The path made visible. One with "::" in it gets "./" in front, so that no line of output starts with a workflow command of somebody else's making
 * (`::error::…`, also after blanks). */
void append_path(struct strbuf *out, struct str path);

/* "path:line:col". */
void append_place(struct strbuf *out, struct place place);

/* The first sentence of a message without its full stop; *rest is what follows, absent where nothing does. */
struct str message_heading(struct str message, struct str *rest);

/* The message made visible, as a JSON member. */
void json_member_visible(struct json_writer *json, const char *key, struct str text);

#endif
