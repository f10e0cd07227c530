/* SARIF 2.1.0 (OASIS) as GitHub code scanning wants it. */
#include "report/sarif.h"

#define SCHEMA_URI "https://json.schemastore.org/sarif-2.1.0.json"

/* What separates analyses of one tool: "category/run-id", here without a run. */
#define AUTOMATION_ID "aspis/"

const char *sarif_level(enum severity severity)
{
	return severity == SEVERITY_OFF ? "none" : report_severity_name(severity);
}

void sarif_message(struct json_writer *json, const char *key, struct str text)
{
	json_key(json, key);
	json_begin_object(json);
	json_member_str(json, "text", text);
	json_end_object(json);
}

static void write_tool(struct json_writer *json, const struct report *report)
{
	json_key(json, "tool");
	json_begin_object(json);
	json_key(json, "driver");
	json_begin_object(json);
	json_member_c(json, "name", "aspis");
	json_member_c(json, "version", report->version);
	json_member_c(json, "semanticVersion", report->version);
	json_key(json, "rules");
	sarif_rules(json, report);
	json_end_object(json);
	json_end_object(json);
}

static void write_roots(struct json_writer *json)
{
	json_key(json, "originalUriBaseIds");
	json_begin_object(json);
	json_key(json, "%SRCROOT%");
	json_begin_object(json);
	sarif_message(json, "description", STR("The root of the repository."));
	json_end_object(json);
	json_end_object(json);
}

static void write_notification(struct json_writer *json, size_t left_out)
{
	struct strbuf text = STRBUF_INIT;

	append_count(&text, left_out, "finding");
	strbuf_append_c(&text, " left out, the least severe first: code scanning takes no more than 25,000 results of "
			       "a run. Choose rules or paths to see the "
			       "others.");
	json_key(json, "toolExecutionNotifications");
	json_begin_array(json);
	json_begin_object(json);
	json_member_c(json, "level", "warning");
	sarif_message(json, "message", strbuf_str(&text));
	json_end_object(json);
	json_end_array(json);
	strbuf_release(&text);
}

static void write_invocation(struct json_writer *json, const struct report *report, size_t left_out)
{
	struct totals totals;

	totals_count(&totals, report);
	json_key(json, "invocations");
	json_begin_array(json);
	json_begin_object(json);
	json_member_bool(json, "executionSuccessful", !totals.stopped);
	if (left_out > 0)
		write_notification(json, left_out);
	json_end_object(json);
	json_end_array(json);
}

static void write_run(struct json_writer *json, const struct report *report)
{
	json_begin_object(json);
	write_tool(json, report);
	json_key(json, "automationDetails");
	json_begin_object(json);
	json_member_c(json, "id", AUTOMATION_ID);
	json_end_object(json);
	write_roots(json);
	json_member_c(json, "columnKind", "unicodeCodePoints");
	json_key(json, "results");
	size_t left_out = sarif_results(json, report);
	write_invocation(json, report, left_out);
	json_end_object(json);
}

void render_sarif(struct strbuf *out, const struct report *report)
{
	struct json_writer json;

	json_writer_init(&json, out, 2);
	json_begin_object(&json);
	json_member_c(&json, "$schema", SCHEMA_URI);
	json_member_c(&json, "version", "2.1.0");
	json_key(&json, "runs");
	json_begin_array(&json);
	write_run(&json, report);
	json_end_array(&json);
	json_end_object(&json);
	json_writer_release(&json);
	strbuf_append_char(out, '\n');
}
