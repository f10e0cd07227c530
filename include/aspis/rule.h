/* The rules: what aspis looks for. Their codes and names are the same for ever. */
#ifndef ASPIS_RULE_H
#define ASPIS_RULE_H

#include <stdbool.h>
#include <stddef.h>

#include <aspis/export.h>

#ifdef __cplusplus
extern "C" {
#endif

/* In ascending order, so that they can be compared. */
enum aspis_severity {
	ASPIS_SEVERITY_OFF,
	ASPIS_SEVERITY_NOTE,
	ASPIS_SEVERITY_WARNING,
	ASPIS_SEVERITY_ERROR,
};

/* "off", "note", "warning", "error". */
ASPIS_API const char *aspis_severity_name(enum aspis_severity severity);

/* A rule lives as long as the process; it is never freed. */
struct aspis_rule;

/* All rules, sorted by code; the index must be below the count. */
ASPIS_API size_t aspis_rule_count(void);
ASPIS_API const struct aspis_rule *aspis_rule_at(size_t index);

/* The rule of a code ("ASP203", in any case) or name ("copy-unknown-key"); NULL where there is none. */
ASPIS_API const struct aspis_rule *aspis_rule_find(const char *code_or_name);

/* The code or name that is most like one that is not known; NULL where none is near. The caller frees. */
ASPIS_API char *aspis_rule_suggest(const char *code_or_name);

ASPIS_API const char *aspis_rule_code(const struct aspis_rule *rule);             /* "ASP203" */
ASPIS_API const char *aspis_rule_name(const struct aspis_rule *rule);             /* "copy-unknown-key" */
ASPIS_API const char *aspis_rule_family(const struct aspis_rule *rule);           /* "resolution" */
ASPIS_API enum aspis_severity aspis_rule_severity(const struct aspis_rule *rule); /* by default */
ASPIS_API bool aspis_rule_is_fixable(const struct aspis_rule *rule);
ASPIS_API const char *aspis_rule_summary(const struct aspis_rule *rule); /* one sentence */

/* What the rule finds, why it matters and how to mend it, with a bad and a good example, in Markdown. */
ASPIS_API const char *aspis_rule_explanation(const struct aspis_rule *rule);

#ifdef __cplusplus
}
#endif

#endif
