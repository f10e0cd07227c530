#include "check/rules.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

#include "base/nearest.h"

/* A number with leading zeros would be octal: 003 becomes 1003 and loses its 1000 again. */
static const struct rule rules[] = {
#define RULE(digits, its_name, its_severity, its_family, is_fixable, does_stop, is_sensitive, its_summary)             \
	[RULE_ASP##digits] = {                                                                                         \
		.number = 1##digits - 1000,                                                                            \
		.code = "ASP" #digits,                                                                                 \
		.name = its_name,                                                                                      \
		.severity = SEVERITY_##its_severity,                                                                   \
		.family = #its_family,                                                                                 \
		.fixable = is_fixable,                                                                                 \
		.stop = does_stop,                                                                                     \
		.sensitive = is_sensitive,                                                                             \
		.summary = its_summary,                                                                                \
	},
#include "check/rules.def"
#undef RULE
};

_Static_assert(sizeof(rules) / sizeof(rules[0]) == RULE_COUNT, "one row for each rule");

const struct rule *rule_get(enum rule_id id)
{
	assert(id < RULE_COUNT);
	return &rules[id];
}

enum rule_id rule_id(const struct rule *rule)
{
	assert(rule >= rules && rule < rules + RULE_COUNT);
	return (enum rule_id)(rule - rules);
}

static bool equal_ignoring_case(struct str a, const char *text)
{
	return a.len == strlen(text) && strncasecmp(a.ptr, text, a.len) == 0;
}

const struct rule *rule_by_code(struct str code_or_name)
{
	for (size_t i = 0; i < RULE_COUNT; i++) {
		if (equal_ignoring_case(code_or_name, rules[i].code) ||
			equal_ignoring_case(code_or_name, rules[i].name))
			return &rules[i];
	}
	return NULL;
}

/* "ASP2", "ASP20" or "ASP2xx", "ASP20x": digits, then wildcards up to the length of a code. */
static bool code_prefix_matches(const char *code, struct str selector)
{
	size_t len = selector.len;
	if (len < strlen("ASP0") || len > strlen(code))
		return false;
	if (len == strlen(code)) {
		while (len > strlen("ASP0") && (selector.ptr[len - 1] == 'x' || selector.ptr[len - 1] == 'X'))
			len--;
	}
	return strncasecmp(selector.ptr, code, len) == 0;
}

bool rule_matches(const struct rule *rule, struct str selector)
{
	return equal_ignoring_case(selector, "all") || equal_ignoring_case(selector, rule->name) ||
	       equal_ignoring_case(selector, rule->family) || code_prefix_matches(rule->code, selector);
}

bool rule_selector_is_known(struct str selector)
{
	for (size_t i = 0; i < RULE_COUNT; i++) {
		if (rule_matches(&rules[i], selector))
			return true;
	}
	return false;
}

/* "ASP" and three digits: any two codes are alike, so what is near to one that does not exist says nothing. */
static bool is_code(struct str selector)
{
	if (selector.len != strlen("ASP000") || strncasecmp(selector.ptr, "ASP", strlen("ASP")) != 0)
		return false;
	for (size_t i = strlen("ASP"); i < selector.len; i++) {
		if (selector.ptr[i] < '0' || selector.ptr[i] > '9')
			return false;
	}
	return true;
}

struct str rule_suggest(struct str selector)
{
	struct nearest nearest;

	if (is_code(selector))
		return STR_ABSENT;
	nearest_init(&nearest, selector);
	nearest_offer(&nearest, STR("all"));
	for (size_t i = 0; i < RULE_COUNT; i++) {
		nearest_offer(&nearest, str_of(rules[i].code));
		nearest_offer(&nearest, str_of(rules[i].name));
		nearest_offer(&nearest, str_of(rules[i].family));
	}
	return nearest.best;
}
