/* The rules for `aspis rules` and `aspis explain`. */
#include "base/json_writer.h"
#include "base/style.h"
#include "report/markdown.h"
#include "report/report.h"

enum {
	DEFAULT_WIDTH = 80,
	SEVERITY_WIDTH = 7, /* of "warning" */
};

void report_rules_text(struct strbuf *out, const struct report_rule *rules, size_t count, bool colour)
{
	size_t name_width = 0;

	for (size_t i = 0; i < count; i++) {
		size_t length = strlen(rules[i].rule->name);

		name_width = length > name_width ? length : name_width;
	}
	for (size_t i = 0; i < count; i++) {
		const struct rule *rule = rules[i].rule;
		enum style style = style_of_severity(rule->severity);

		style_text(out, STYLE_STRONG, colour, rule->code);
		strbuf_printf(out, "  %-*s  ", (int)name_width, rule->name);
		style_begin(out, style, colour);
		strbuf_printf(out, "%-*s", SEVERITY_WIDTH, report_severity_name(rule->severity));
		style_end(out, style, colour);
		strbuf_printf(out, "  %s\n", rule->summary);
	}
}

void report_rules_json(struct strbuf *out, const struct report_rule *rules, size_t count)
{
	struct json_writer json;

	json_writer_init(&json, out, 2);
	json_begin_object(&json);
	json_member_uint(&json, "version", 1);
	json_key(&json, "rules");
	json_begin_array(&json);
	for (size_t i = 0; i < count; i++) {
		const struct rule *rule = rules[i].rule;

		json_begin_object(&json);
		json_member_c(&json, "code", rule->code);
		json_member_c(&json, "name", rule->name);
		json_member_c(&json, "severity", report_severity_name(rule->severity));
		json_member_c(&json, "family", rule->family);
		json_member_bool(&json, "fixable", rule->fixable);
		json_member_bool(&json, "stop", rule->stop);
		json_member_c(&json, "summary", rule->summary);
		json_member_str(&json, "explanation", rules[i].explanation);
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
	json_writer_release(&json);
	strbuf_append_char(out, '\n');
}

void report_explain(struct strbuf *out, const struct report_rule *rule, unsigned width, bool colour)
{
	enum style style = style_of_severity(rule->rule->severity);

	style_begin(out, STYLE_STRONG, colour);
	strbuf_printf(out, "%s %s", rule->rule->code, rule->rule->name);
	style_end(out, STYLE_STRONG, colour);
	strbuf_append_c(out, " (");
	style_text(out, style, colour, report_severity_name(rule->rule->severity));
	strbuf_printf(out, ", %s%s)\n\n", rule->rule->family, rule->rule->fixable ? ", fixable" : "");
	markdown_plain(out, str_of(rule->rule->summary), width > 0 ? width : DEFAULT_WIDTH, colour);
	if (rule->explanation.len > 0)
		strbuf_append_char(out, '\n');
	markdown_plain(out, rule->explanation, width > 0 ? width : DEFAULT_WIDTH, colour);
}
