/* The rules: what check/rules.def says, made searchable. For everybody who shows, selects or reports rules. */
#ifndef ASPIS_CHECK_RULES_H
#define ASPIS_CHECK_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/str.h"

enum rule_id {
#define RULE(digits, ...) RULE_ASP##digits,
#include "check/rules.def"
#undef RULE
	RULE_COUNT
};

/* The rule, which lives as long as the program. Iteration goes over 0 … RULE_COUNT-1, in the order of the codes. */
const struct rule *rule_get(enum rule_id id) __attribute__((returns_nonnull));

/* The place of a rule in the table; rule must come from rule_get or the look-ups below. */
enum rule_id rule_id(const struct rule *rule);

/* A single rule by its code ("ASP203", "asp203") or its name ("copy-unknown-key"); NULL where there is none. */
const struct rule *rule_by_code(struct str code_or_name);

/* Whether a selector, as --select, --ignore and aspis.yaml take it, means this rule: its code or name, the beginning of its code ("ASP2", "ASP20"), its
 * family as "ASP2xx" or by name ("resolution"), or "all". Letters may be of either case. */
bool rule_matches(const struct rule *rule, struct str selector);

/* Whether a selector means any rule at all. */
bool rule_selector_is_known(struct str selector);

/* The code, rule name or family name that is most like a selector that is not known, or the absent string. */
struct str rule_suggest(struct str selector);

#endif
