#include <aspis/report.h>

#include <aspis/version.h>

#include <assert.h>

#include "api/api.h"
#include "base/xalloc.h"
#include "check/rule_text.h"
#include "check/rules.h"
#include "report/report.h"

size_t aspis_report_format_count(void)
{
	return report_format_count;
}

const char *aspis_report_format_name(size_t index)
{
	assert(index < report_format_count);
	return report_formats[index].name;
}

const char *aspis_report_format_summary(size_t index)
{
	assert(index < report_format_count);
	return report_formats[index].description;
}

static struct report_rule rule_with_text(enum rule_id id)
{
	const struct rule *rule = rule_get(id);
	return (struct report_rule){.rule = rule, .explanation = rule_text_get(rule).whole};
}

static void add_rules(struct report_rule rules[RULE_COUNT])
{
	for (unsigned i = 0; i < RULE_COUNT; i++)
		rules[i] = rule_with_text((enum rule_id)i);
}

/* The findings and how to show them, for the renderers. */
static struct report report_of(
	const struct aspis_diag_list *list, const struct aspis_report_options *options, const struct report_rule *rules)
{
	enum severity show = (enum severity)options->show;
	return (struct report){
		.diags = &list->sink.diags,
		.concealed = &list->sink.concealed,
		.show = show == SEVERITY_OFF ? SEVERITY_WARNING : show,
		.files = list->files,
		.version = aspis_version(),
		.rules = rules,
		.rule_count = RULE_COUNT,
		.colour = options->color,
		.quiet = options->quiet,
		.width = options->width,
	};
}

char *aspis_report_render(const struct aspis_diag_list *list, const struct aspis_report_options *options, size_t *size,
	struct aspis_error *error)
{
	struct report_rule rules[RULE_COUNT];
	struct strbuf text = STRBUF_INIT;
	const struct report_format *format =
		options->format ? report_format_find(str_of(options->format)) : &report_formats[0];

	if (!format) {
		api_refuse(error, "there is no report format '%s'", options->format);
		return NULL;
	}
	add_rules(rules);
	struct report report = report_of(list, options, rules);
	report_render(&text, format, &report);
	return api_detach(&text, size);
}

char *aspis_report_render_step_summary(
	const struct aspis_diag_list *list, const struct aspis_report_options *options, size_t *size)
{
	struct report_rule rules[RULE_COUNT];
	struct strbuf text = STRBUF_INIT;

	add_rules(rules);
	struct report report = report_of(list, options, rules);
	report_github_summary(&text, &report);
	return api_detach(&text, size);
}

char *aspis_rules_render(const char *format, bool color, size_t *size, struct aspis_error *error)
{
	struct report_rule rules[RULE_COUNT];
	struct strbuf text = STRBUF_INIT;

	add_rules(rules);
	if (!format || str_is(str_of(format), "text")) {
		report_rules_text(&text, rules, RULE_COUNT, color);
	} else if (str_is(str_of(format), "json")) {
		report_rules_json(&text, rules, RULE_COUNT);
	} else {
		api_refuse(error, "rules cannot be listed as '%s'", format);
		return NULL;
	}
	return api_detach(&text, size);
}

char *aspis_rule_render(const struct aspis_rule *rule, unsigned width, bool color, size_t *size)
{
	struct strbuf text = STRBUF_INIT;
	struct report_rule row = rule_with_text(rule_id(api_rule(rule)));

	report_explain(&text, &row, width, color);
	return api_detach(&text, size);
}
