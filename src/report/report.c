#include "report/report.h"

#include "base/utf8.h"
#include "report/render.h"

/* clang-format off */
const struct report_format report_formats[] = {
	{"text", render_text, "findings with their source lines, for people"},
	{"concise", render_concise, "one line for each finding, for editors and grep"},
	{"json", render_json, "one JSON object, for programs"},
	{"sarif", render_sarif, "SARIF 2.1.0, for GitHub code scanning and other viewers"},
	{"github", render_github, "workflow commands, which GitHub Actions turns into annotations"},
};
/* clang-format on */
const size_t report_format_count = sizeof(report_formats) / sizeof(report_formats[0]);

const struct report_format *report_format_find(struct str name)
{
	for (size_t i = 0; i < report_format_count; i++) {
		if (str_is(name, report_formats[i].name))
			return &report_formats[i];
	}
	return NULL;
}

void report_render(struct strbuf *out, const struct report_format *format, const struct report *report)
{
	format->render(out, report);
}

const char *report_severity_name(enum severity severity)
{
	static const char *const names[] = {
		[SEVERITY_OFF] = "off",
		[SEVERITY_NOTE] = "note",
		[SEVERITY_WARNING] = "warning",
		[SEVERITY_ERROR] = "error",
	};
	return names[severity];
}

const struct diag *report_diag(const struct report *report, size_t index)
{
	return vec_pointer(report->diags, index);
}

bool report_shows(const struct report *report, const struct diag *diag)
{
	return diag->severity != SEVERITY_OFF && diag->severity >= report->show;
}

void totals_count(struct totals *totals, const struct report *report)
{
	*totals = (struct totals){.all = 0};
	for (size_t i = 0; i < report->diags->len; i++) {
		const struct diag *diag = report_diag(report, i);

		if (diag->severity == SEVERITY_OFF)
			continue;
		totals->of[diag->severity]++;
		totals->all++;
		totals->stopped = totals->stopped || diag->rule->stop;
	}
}

static void append_grouped(struct strbuf *out, size_t number)
{
	if (number >= 1000) {
		append_grouped(out, number / 1000);
		strbuf_printf(out, ",%03zu", number % 1000);
	} else {
		strbuf_append_uint(out, number);
	}
}

void append_count(struct strbuf *out, size_t number, const char *noun)
{
	append_grouped(out, number);
	strbuf_printf(out, " %s%s", noun, number == 1 ? "" : "s");
}

void append_totals(struct strbuf *out, const struct totals *totals, const struct report *report)
{
	const char *separator = "";

	for (int severity = SEVERITY_ERROR; severity > SEVERITY_OFF; severity--) {
		if (totals->of[severity] == 0)
			continue;
		strbuf_append_c(out, separator);
		append_count(out, totals->of[severity], report_severity_name((enum severity)severity));
		separator = ", ";
	}
	if (totals->all == 0)
		strbuf_append_c(out, "no findings");
	strbuf_append_c(out, " in ");
	append_count(out, report->files, "file");
	if (report->suppressed > 0) {
		strbuf_append_c(out, ", ");
		append_grouped(out, report->suppressed);
		strbuf_append_c(out, " suppressed");
	}
}

void append_environments(struct strbuf *out, const struct diag *diag)
{
	for (size_t i = 0; i < diag->environments.len; i++) {
		if (i > 0)
			strbuf_append_c(out, ", ");
		strbuf_append_visible(out, *(const struct str *)vec_at(&diag->environments, i));
	}
}

/* Whether the full stop (or question mark) at i ends a sentence: a blank and the start of another one follow. */
static bool ends_sentence(struct str message, size_t i)
{
	if ((message.ptr[i] != '.' && message.ptr[i] != '?') || i + 2 >= message.len || message.ptr[i + 1] != ' ')
		return false;
	char next = message.ptr[i + 2];
	return next < 'a' || next > 'z';
}

/* The offset behind the quoted text that starts at i, or i + 1 where none does. What is quoted comes from files and may look like sentences. */
static size_t skip_quoted(struct str message, size_t i)
{
	char quote = message.ptr[i];

	if (quote != '`' && quote != '"')
		return i + 1;
	struct str rest = str_slice(message, i + 1, message.len);
	size_t length = str_find(rest, quote);
	return length == rest.len ? i + 1 : i + length + 2;
}

struct str message_heading(struct str message, struct str *rest)
{
	*rest = STR_ABSENT;
	for (size_t i = 0; i < message.len; i = skip_quoted(message, i)) {
		if (!ends_sentence(message, i))
			continue;
		*rest = str_slice(message, i + 2, message.len);
		return str_slice(message, 0, message.ptr[i] == '.' ? i : i + 1);
	}
	return str_ends_with(message, STR(".")) ? str_slice(message, 0, message.len - 1) : message;
}

void json_member_visible(struct json_writer *json, const char *key, struct str text)
{
	struct strbuf visible = STRBUF_INIT;

	strbuf_append_visible(&visible, text);
	json_member_str(json, key, strbuf_str(&visible));
	strbuf_release(&visible);
}
