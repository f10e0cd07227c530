/* Findings for people: where, what and what to do, with the source line underlined. */
#include <stdio.h>

#include "base/style.h"
#include "base/utf8.h"
#include "report/excerpt.h"
#include "report/fill.h"
#include "report/render.h"

enum {
	DEFAULT_WIDTH = 120,
	LEAST_DIGITS = 4, /* of a line number, so that most findings line up */
};

struct text_writer {
	struct strbuf *out;
	const struct report *report;
	struct locator locator;
	int digits; /* of the line numbers of the finding at hand */
};

static void gutter(struct text_writer *writer, uint32_t line)
{
	style_begin(writer->out, STYLE_GUTTER, writer->report->colour);
	if (line > 0)
		strbuf_printf(writer->out, " %*u |", writer->digits, line);
	else
		strbuf_printf(writer->out, " %*s |", writer->digits, "");
	style_end(writer->out, STYLE_GUTTER, writer->report->colour);
}

static size_t columns_for_source(const struct text_writer *writer)
{
	size_t width = writer->report->width > 0 ? writer->report->width : DEFAULT_WIDTH;
	size_t taken = (size_t)writer->digits + sizeof("  | ") - 1;

	return width > taken ? width - taken : 0;
}

static void source_excerpt(struct text_writer *writer, struct span span, char mark, enum style style)
{
	struct excerpt excerpt;

	if (!excerpt_init(&excerpt, span, columns_for_source(writer), writer->report->concealed))
		return;
	gutter(writer, excerpt.line);
	if (excerpt.text.len > 0)
		strbuf_append_char(writer->out, ' ');
	strbuf_append(writer->out, strbuf_str(&excerpt.text));
	strbuf_append_char(writer->out, '\n');
	gutter(writer, 0);
	strbuf_append_repeat(writer->out, ' ', 1 + excerpt.column);
	style_begin(writer->out, style, writer->report->colour);
	strbuf_append_repeat(writer->out, mark, excerpt.width);
	style_end(writer->out, style, writer->report->colour);
	strbuf_append_char(writer->out, '\n');
	excerpt_release(&excerpt);
}

/* Says something more about the finding: on one line, or on a terminal in as many as it takes. */
static void remark(struct text_writer *writer, struct str visible)
{
	size_t indent = (size_t)writer->digits + sizeof("  = ") - 1;
	size_t width = writer->report->width;

	style_begin(writer->out, STYLE_GUTTER, writer->report->colour);
	strbuf_printf(writer->out, " %*s =", writer->digits, "");
	style_end(writer->out, STYLE_GUTTER, writer->report->colour);
	strbuf_append_char(writer->out, ' ');
	if (width > 0 && indent + utf8_display_width(visible, indent) > width)
		append_filled(writer->out, visible, indent, indent, width);
	else
		strbuf_append(writer->out, visible);
	strbuf_append_char(writer->out, '\n');
}

/* What follows from the finding, and where it applies. */
static void remarks(struct text_writer *writer, const struct diag *diag, struct str rest)
{
	struct strbuf visible = STRBUF_INIT;

	if (!str_is_absent(rest)) {
		strbuf_append_visible(&visible, rest);
		remark(writer, strbuf_str(&visible));
	}
	if (diag->environments.len > 0) {
		strbuf_clear(&visible);
		strbuf_append_c(&visible, "in ");
		append_environments(&visible, diag);
		remark(writer, strbuf_str(&visible));
	}
	strbuf_release(&visible);
}

/* "path:line:col: severity: " */
static void opening(struct text_writer *writer, struct span span, struct locator *locator, enum severity severity)
{
	bool colour = writer->report->colour;
	enum style style = style_of_severity(severity);

	if (span.source != NULL) {
		style_begin(writer->out, STYLE_STRONG, colour);
		append_place(writer->out, locate(locator, span));
		style_end(writer->out, STYLE_STRONG, colour);
		strbuf_append_c(writer->out, ": ");
	}
	style_begin(writer->out, style, colour);
	strbuf_append_c(writer->out, report_severity_name(severity));
	style_end(writer->out, style, colour);
	strbuf_append_c(writer->out, ": ");
}

static void related_places(struct text_writer *writer, const struct diag *diag)
{
	struct locator locator = LOCATOR_INIT;

	for (size_t i = 0; i < diag->related.len; i++) {
		const struct diag_related *related = vec_at(&diag->related, i);

		strbuf_append_c(writer->out, "  ");
		opening(writer, related->span, &locator, SEVERITY_NOTE);
		strbuf_append_visible(writer->out, related->message);
		strbuf_append_char(writer->out, '\n');
		source_excerpt(writer, related->span, '-', STYLE_NOTE);
	}
}

static int line_digits(struct span span)
{
	return span.source == NULL ? 0 : snprintf(NULL, 0, "%u", source_line_at(span.source, span.start));
}

/* How wide the line numbers of a finding are. */
static int diag_digits(const struct diag *diag)
{
	int digits = line_digits(diag->span);

	for (size_t i = 0; i < diag->related.len; i++) {
		int related = line_digits(((const struct diag_related *)vec_at(&diag->related, i))->span);

		digits = related > digits ? related : digits;
	}
	return digits > LEAST_DIGITS ? digits : LEAST_DIGITS;
}

static void finding(struct text_writer *writer, const struct diag *diag)
{
	struct str rest;
	struct str heading = message_heading(diag->message, &rest);

	writer->digits = diag_digits(diag);
	opening(writer, diag->span, &writer->locator, diag->severity);
	style_begin(writer->out, STYLE_STRONG, writer->report->colour);
	strbuf_append_visible(writer->out, heading);
	style_end(writer->out, STYLE_STRONG, writer->report->colour);
	strbuf_append_char(writer->out, ' ');
	style_begin(writer->out, STYLE_FAINT, writer->report->colour);
	strbuf_printf(writer->out, "[%s %s]", diag->rule->code, diag->rule->name);
	style_end(writer->out, STYLE_FAINT, writer->report->colour);
	strbuf_append_char(writer->out, '\n');
	source_excerpt(writer, diag->span, '^', style_of_severity(diag->severity));
	remarks(writer, diag, rest);
	related_places(writer, diag);
}

/* Begins another hint behind the totals. */
static void begin_hint(struct strbuf *out, bool *any)
{
	strbuf_append_c(out, *any ? "; " : "");
	*any = true;
}

/* What is not on the screen, and how to see it. */
static void hints(struct strbuf *out, const struct report *report, const struct totals *totals, const char *code)
{
	bool any = false;

	for (int severity = (int)report->show - 1; severity > SEVERITY_OFF; severity--) {
		const char *name = report_severity_name((enum severity)severity);

		if (totals->of[severity] == 0)
			continue;
		begin_hint(out, &any);
		append_count(out, totals->of[severity], name);
		strbuf_printf(out, " not shown: --show %s", name);
	}
	if (code != NULL) {
		begin_hint(out, &any);
		strbuf_printf(out, "more about a rule: aspis explain %s", code);
	}
	if (any)
		strbuf_append_char(out, '\n');
}

/* code: of a finding that is shown, as the example; NULL: none is. */
static void summary(struct strbuf *out, const struct report *report, const char *code)
{
	struct totals totals;
	int worst = SEVERITY_ERROR;

	totals_count(&totals, report);
	while (worst > SEVERITY_OFF && totals.of[worst] == 0)
		worst--;
	enum style style = worst == SEVERITY_OFF ? STYLE_STRONG : style_of_severity((enum severity)worst);
	style_begin(out, style, report->colour);
	append_totals(out, &totals, report);
	style_end(out, style, report->colour);
	strbuf_append_char(out, '\n');
	hints(out, report, &totals, code);
}

void render_text(struct strbuf *out, const struct report *report)
{
	struct text_writer writer = {.out = out, .report = report, .locator = LOCATOR_INIT};
	const char *code = NULL;

	for (size_t i = 0; i < report->diags->len; i++) {
		const struct diag *diag = report_diag(report, i);

		if (!report_shows(report, diag))
			continue;
		if (code == NULL)
			code = diag->rule->code;
		finding(&writer, diag);
		strbuf_append_char(out, '\n');
	}
	if (!report->quiet)
		summary(out, report, code);
}
