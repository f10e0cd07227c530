/* GitHub Actions: workflow commands for annotations, and the Markdown of the step summary. */
#include "base/utf8.h"
#include "report/render.h"

enum {
	MOST_ANNOTATIONS = 10,      /* of each severity that GitHub takes of a step */
	SUMMARY_SIZE = 1000 * 1000, /* below the 1 MiB that it takes of a step's summary */
};

/* The three commands that annotate. */
static const char *command_name(enum severity severity)
{
	return severity == SEVERITY_NOTE ? "notice" : report_severity_name(severity);
}

/* Escapes what a workflow command would misread (actions/toolkit's rules): of a property also what ends it. */
static void append_escaped(struct strbuf *out, struct str text, bool property)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		bool escape = c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ','));

		if (escape)
			strbuf_printf(out, "%%%02X", (unsigned char)c);
		else
			strbuf_append_char(out, c);
	}
}

static void append_properties(struct strbuf *out, struct place place)
{
	struct strbuf path = STRBUF_INIT;

	strbuf_append_visible(&path, place.path);
	strbuf_append_c(out, " file=");
	append_escaped(out, strbuf_str(&path), true);
	strbuf_printf(out, ",line=%u,endLine=%u", place.start.line, place.end.line);
	if (place.start.line == place.end.line)
		strbuf_printf(out, ",col=%u,endColumn=%u", place.start.column, place.end.column);
	strbuf_release(&path);
}

/* The message and what belongs to it, in lines. */
static void append_message(struct strbuf *out, const struct diag *diag)
{
	struct locator locator = LOCATOR_INIT;

	strbuf_append_visible(out, diag->message);
	if (diag->environments.len > 0) {
		strbuf_append_c(out, "\nin ");
		append_environments(out, diag);
	}
	for (size_t i = 0; i < diag->related.len; i++) {
		const struct diag_related *related = vec_at(&diag->related, i);

		strbuf_append_char(out, '\n');
		if (related->span.source != NULL) {
			append_place(out, locate(&locator, related->span));
			strbuf_append_c(out, ": ");
		}
		strbuf_append_visible(out, related->message);
	}
}

static void annotate(struct strbuf *out, struct locator *locator, const struct diag *diag)
{
	struct strbuf message = STRBUF_INIT;

	strbuf_printf(out, "::%s", command_name(diag->severity));
	if (diag->span.source != NULL)
		append_properties(out, locate(locator, diag->span));
	strbuf_printf(
		out, "%stitle=%s %s::", diag->span.source != NULL ? "," : " ", diag->rule->code, diag->rule->name);
	append_message(&message, diag);
	append_escaped(out, strbuf_str(&message), false);
	strbuf_append_char(out, '\n');
	strbuf_release(&message);
}

/* Annotates the first findings of a severity. */
static void annotate_severity(struct strbuf *out, const struct report *report, enum severity severity)
{
	struct locator locator = LOCATOR_INIT;
	size_t annotated = 0;

	for (size_t i = 0; i < report->diags->len && annotated < MOST_ANNOTATIONS; i++) {
		const struct diag *diag = report_diag(report, i);

		if (diag->severity != severity || !report_shows(report, diag))
			continue;
		annotate(out, &locator, diag);
		annotated++;
	}
}

/* Says what was not annotated. */
static void tell_dropped(struct strbuf *out, const struct report *report, const struct totals *totals)
{
	bool any = false;

	for (int severity = SEVERITY_ERROR; severity > SEVERITY_OFF; severity--) {
		if ((enum severity)severity < report->show || totals->of[severity] <= MOST_ANNOTATIONS)
			continue;
		strbuf_append_c(out, any ? ", " : "Not annotated: ");
		append_count(
			out, totals->of[severity] - MOST_ANNOTATIONS, report_severity_name((enum severity)severity));
		any = true;
	}
	if (any)
		strbuf_printf(out, " (GitHub takes %d of each severity from a step). The step summary has them all.\n",
			MOST_ANNOTATIONS);
}

void render_github(struct strbuf *out, const struct report *report)
{
	struct totals totals;

	totals_count(&totals, report);
	for (int severity = SEVERITY_ERROR; severity > SEVERITY_OFF; severity--)
		annotate_severity(out, report, (enum severity)severity);
	tell_dropped(out, report, &totals);
	if (report->quiet)
		return;
	strbuf_append_c(out, "aspis: ");
	append_totals(out, &totals, report);
	strbuf_append_char(out, '\n');
}

/* Text of a table's cell in which nothing is markup. */
static void append_cell(struct strbuf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == '<')
			strbuf_append_c(out, "&lt;");
		else if (c == '&')
			strbuf_append_c(out, "&amp;");
		else if (c == '@')
			strbuf_append_c(out, "&#64;");
		else if (c == '\n')
			strbuf_append_c(out, "<br>");
		else if (c == ':' && i + 1 < text.len && text.ptr[i + 1] == '/')
			strbuf_append_c(out, "&#58;"); /* an address stays text */
		else if (c != '\0' && strchr("\\`*_{}[]()#+!|>~", c) != NULL)
			strbuf_printf(out, "\\%c", c);
		else
			strbuf_append_char(out, c);
	}
}

static void append_row(struct strbuf *out, struct locator *locator, const struct diag *diag)
{
	struct strbuf text = STRBUF_INIT;

	strbuf_printf(out, "| %s | %s %s | ", report_severity_name(diag->severity), diag->rule->code, diag->rule->name);
	if (diag->span.source != NULL)
		append_place(&text, locate(locator, diag->span));
	append_cell(out, strbuf_str(&text));
	strbuf_append_c(out, " | ");
	strbuf_clear(&text);
	append_message(&text, diag);
	append_cell(out, strbuf_str(&text));
	strbuf_append_c(out, " |\n");
	strbuf_release(&text);
}

/* Appends the rows of a severity until the summary is full; returns how many did not fit. */
static size_t append_rows(struct strbuf *out, size_t limit, const struct report *report, enum severity severity)
{
	struct locator locator = LOCATOR_INIT;
	size_t left_out = 0;

	for (size_t i = 0; i < report->diags->len; i++) {
		const struct diag *diag = report_diag(report, i);
		size_t mark = out->len;

		if (diag->severity != severity || !report_shows(report, diag))
			continue;
		if (left_out == 0)
			append_row(out, &locator, diag);
		if (left_out > 0 || out->len > limit) {
			strbuf_truncate(out, mark);
			left_out++;
		}
	}
	return left_out;
}

void report_github_summary(struct strbuf *out, const struct report *report)
{
	size_t limit = out->len + SUMMARY_SIZE;
	struct totals totals;
	size_t shown = 0;
	size_t left_out = 0;

	totals_count(&totals, report);
	strbuf_append_c(out, "## aspis\n\n");
	append_totals(out, &totals, report);
	strbuf_append_char(out, '\n');
	for (int severity = SEVERITY_ERROR; severity >= (int)report->show && severity > SEVERITY_OFF; severity--)
		shown += totals.of[severity];
	if (shown == 0)
		return;
	strbuf_append_c(out, "\n| severity | rule | place | finding |\n|---|---|---|---|\n");
	for (int severity = SEVERITY_ERROR; severity > SEVERITY_OFF; severity--)
		left_out += append_rows(out, limit, report, (enum severity)severity);
	if (left_out == 0)
		return;
	strbuf_append_char(out, '\n');
	append_count(out, left_out, "more finding");
	strbuf_append_c(out, left_out == 1 ? " does not fit here.\n" : " do not fit here.\n");
}
