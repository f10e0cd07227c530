/* The findings as one JSON object (SPEC section 5; schemas/findings.json). */
#include "report/render.h"

static void write_position(struct json_writer *json, const char *key, struct position position)
{
	json_key(json, key);
	json_begin_object(json);
	json_member_uint(json, "line", position.line);
	json_member_uint(json, "column", position.column);
	json_end_object(json);
}

static void write_place(struct json_writer *json, struct place place)
{
	json_member_str(json, "path", place.path);
	write_position(json, "start", place.start);
	write_position(json, "end", place.end);
}

static void write_environments(struct json_writer *json, const struct diag *diag)
{
	json_key(json, "environments");
	json_begin_array(json);
	for (size_t i = 0; i < diag->environments.len; i++)
		json_string(json, *(const struct str *)vec_at(&diag->environments, i));
	json_end_array(json);
}

static void write_related(struct json_writer *json, const struct diag *diag)
{
	struct locator locator = LOCATOR_INIT;

	json_key(json, "related");
	json_begin_array(json);
	for (size_t i = 0; i < diag->related.len; i++) {
		const struct diag_related *related = vec_at(&diag->related, i);

		json_begin_object(json);
		json_member_visible(json, "message", related->message);
		write_place(json, locate(&locator, related->span));
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_finding(struct json_writer *json, struct locator *locator, const struct diag *diag)
{
	char fingerprint[REPORT_FINGERPRINT_SIZE];

	report_fingerprint(fingerprint, diag);
	json_begin_object(json);
	json_member_c(json, "code", diag->rule->code);
	json_member_c(json, "name", diag->rule->name);
	json_member_c(json, "severity", report_severity_name(diag->severity));
	json_member_visible(json, "message", diag->message);
	write_place(json, locate(locator, diag->span));
	write_environments(json, diag);
	write_related(json, diag);
	json_member_c(json, "fingerprint", fingerprint);
	json_key(json, "fixes");
	json_begin_array(json);
	json_end_array(json);
	json_end_object(json);
}

static void write_summary(struct json_writer *json, const struct report *report)
{
	struct totals totals;

	totals_count(&totals, report);
	json_key(json, "summary");
	json_begin_object(json);
	for (int severity = SEVERITY_ERROR; severity > SEVERITY_OFF; severity--)
		json_member_uint(json, report_severity_name((enum severity)severity), totals.of[severity]);
	json_member_uint(json, "suppressed", report->suppressed);
	json_member_uint(json, "files", report->files);
	json_end_object(json);
}

void render_json(struct strbuf *out, const struct report *report)
{
	struct locator locator = LOCATOR_INIT;
	struct json_writer json;

	json_writer_init(&json, out, 2);
	json_begin_object(&json);
	json_member_uint(&json, "version", 1);
	json_key(&json, "tool");
	json_begin_object(&json);
	json_member_c(&json, "name", "aspis");
	json_member_c(&json, "version", report->version);
	json_end_object(&json);
	json_key(&json, "findings");
	json_begin_array(&json);
	for (size_t i = 0; i < report->diags->len; i++) {
		const struct diag *diag = report_diag(report, i);

		if (report_shows(report, diag))
			write_finding(&json, &locator, diag);
	}
	json_end_array(&json);
	write_summary(&json, report);
	json_end_object(&json);
	json_writer_release(&json);
	strbuf_append_char(out, '\n');
}
