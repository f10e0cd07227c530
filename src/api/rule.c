#include <aspis/rule.h>

#include <assert.h>

#include "api/api.h"
#include "check/rule_text.h"
#include "check/rules.h"
#include "report/report.h"

_Static_assert((int)ASPIS_SEVERITY_OFF == (int)SEVERITY_OFF && (int)ASPIS_SEVERITY_NOTE == (int)SEVERITY_NOTE &&
		       (int)ASPIS_SEVERITY_WARNING == (int)SEVERITY_WARNING &&
		       (int)ASPIS_SEVERITY_ERROR == (int)SEVERITY_ERROR,
	"the severities are the same inside and outside");

const char *aspis_severity_name(enum aspis_severity severity)
{
	return report_severity_name((enum severity)severity);
}

size_t aspis_rule_count(void)
{
	return RULE_COUNT;
}

const struct aspis_rule *aspis_rule_at(size_t index)
{
	assert(index < RULE_COUNT);
	return api_public_rule(rule_get((enum rule_id)index));
}

const struct aspis_rule *aspis_rule_find(const char *code_or_name)
{
	return api_public_rule(rule_by_code(str_of(code_or_name)));
}

char *aspis_rule_suggest(const char *code_or_name)
{
	struct strbuf text = STRBUF_INIT;
	struct str near = rule_suggest(str_of(code_or_name));
	if (str_is_absent(near))
		return NULL;
	strbuf_append(&text, near);
	return strbuf_detach(&text, NULL);
}

const char *aspis_rule_code(const struct aspis_rule *rule)
{
	return api_rule(rule)->code;
}

const char *aspis_rule_name(const struct aspis_rule *rule)
{
	return api_rule(rule)->name;
}

const char *aspis_rule_family(const struct aspis_rule *rule)
{
	return api_rule(rule)->family;
}

enum aspis_severity aspis_rule_severity(const struct aspis_rule *rule)
{
	return (enum aspis_severity)api_rule(rule)->severity;
}

bool aspis_rule_is_fixable(const struct aspis_rule *rule)
{
	return api_rule(rule)->fixable;
}

const char *aspis_rule_summary(const struct aspis_rule *rule)
{
	return api_rule(rule)->summary;
}

const char *aspis_rule_explanation(const struct aspis_rule *rule)
{
	return rule_text_get(api_rule(rule)).whole.ptr;
}
