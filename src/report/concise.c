/* One line a finding, in the form that compilers made known: editors and grep find their way. */
#include "base/utf8.h"
#include "report/render.h"

void render_concise(struct strbuf *out, const struct report *report)
{
	struct locator locator = LOCATOR_INIT;

	for (size_t i = 0; i < report->diags->len; i++) {
		const struct diag *diag = report_diag(report, i);

		if (!report_shows(report, diag))
			continue;
		append_place(out, locate(&locator, diag->span));
		strbuf_printf(out, ": %s %s ", report_severity_name(diag->severity), diag->rule->code);
		strbuf_append_visible(out, diag->message);
		if (diag->environments.len > 0) {
			strbuf_append_c(out, " (in ");
			append_environments(out, diag);
			strbuf_append_char(out, ')');
		}
		strbuf_append_char(out, '\n');
	}
}
