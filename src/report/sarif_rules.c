/* The rules as SARIF's reportingDescriptor objects. */
#include "base/utf8.h"
#include "report/markdown.h"
#include "report/sarif.h"

/* The most characters that code scanning takes in a description. */
enum { LONGEST_DESCRIPTION = 1024 };

#define ELLIPSIS "…"

/* Cuts text at a code point where it is too long. Counted in UTF-16 units: never less than what any reader counts. */
static void limit_description(struct strbuf *text)
{
	struct str whole = strbuf_str(text);
	size_t units = 0;
	size_t done = 0;

	if (utf8_utf16_length(whole) <= LONGEST_DESCRIPTION)
		return;
	while (done < whole.len) {
		size_t width;
		uint32_t codepoint = utf8_decode(str_slice(whole, done, whole.len), &width);

		units += codepoint > 0xFFFF && codepoint != UTF8_INVALID ? 2 : 1;
		if (units > LONGEST_DESCRIPTION - 1)
			break;
		done += width;
	}
	strbuf_truncate(text, done);
	strbuf_append_c(text, ELLIPSIS);
}

/* The Markdown as text without markup and without a line end behind it; the summary where there is none. */
static void append_plain(struct strbuf *out, const struct report_rule *rule, struct str markdown)
{
	markdown_plain(out, markdown, 0, false);
	while (out->len > 0 && out->ptr[out->len - 1] == '\n')
		strbuf_truncate(out, out->len - 1);
	if (out->len == 0)
		strbuf_append_c(out, rule->rule->summary);
}

static void write_texts(struct json_writer *json, const struct report_rule *rule)
{
	struct str explanation = str_trim(rule->explanation);
	struct strbuf text = STRBUF_INIT;

	sarif_message(json, "shortDescription", str_of(rule->rule->summary));
	append_plain(&text, rule, markdown_first_paragraph(explanation));
	limit_description(&text);
	sarif_message(json, "fullDescription", strbuf_str(&text));
	strbuf_clear(&text);
	append_plain(&text, rule, explanation);
	json_key(json, "help");
	json_begin_object(json);
	json_member_str(json, "text", strbuf_str(&text));
	if (explanation.len > 0)
		json_member_str(json, "markdown", explanation);
	json_end_object(json);
	strbuf_release(&text);
}

static void write_configuration(struct json_writer *json, const struct rule *rule)
{
	json_key(json, "defaultConfiguration");
	json_begin_object(json);
	if (rule->severity == SEVERITY_OFF)
		json_member_bool(json, "enabled", false);
	else
		json_member_c(json, "level", sarif_level(rule->severity));
	json_end_object(json);
}

static void write_properties(struct json_writer *json, const struct rule *rule)
{
	static const char *const problem_severities[] = {
		[SEVERITY_OFF] = "recommendation",
		[SEVERITY_NOTE] = "recommendation",
		[SEVERITY_WARNING] = "warning",
		[SEVERITY_ERROR] = "error",
	};

	json_key(json, "properties");
	json_begin_object(json);
	json_key(json, "tags");
	json_begin_array(json);
	json_string_c(json, "secrets");
	json_string_c(json, rule->family);
	json_end_array(json);
	json_member_c(json, "precision", "high");
	json_member_c(json, "problem.severity", problem_severities[rule->severity]);
	json_end_object(json);
}

void sarif_rules(struct json_writer *json, const struct report *report)
{
	json_begin_array(json);
	for (size_t i = 0; i < report->rule_count; i++) {
		const struct report_rule *rule = &report->rules[i];

		json_begin_object(json);
		json_member_c(json, "id", rule->rule->code);
		json_member_c(json, "name", rule->rule->name);
		write_texts(json, rule);
		write_configuration(json, rule->rule);
		write_properties(json, rule->rule);
		json_end_object(json);
	}
	json_end_array(json);
}
