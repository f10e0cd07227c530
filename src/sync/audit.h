/* What differs between what an environment needs and what its store holds, in all classes at once (SPEC section 9): a reading of a plan. Nothing of a value is shown. */
#ifndef ASPIS_SYNC_AUDIT_H
#define ASPIS_SYNC_AUDIT_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "sync/plan.h"

/* enumerator, bit, name in `--format json`, heading. The first five are Phalanx's, in its words and order; a blank line parts them from ours. */
#define AUDIT_CLASSES(ROW)                                                                                             \
	ROW(AUDIT_MISSING, 1U << 0, "missing", "Missing secrets:")                                                     \
	ROW(AUDIT_MISMATCH, 1U << 1, "mismatched", "Secrets that do not have their expected value:")                   \
	ROW(AUDIT_UNKNOWN, 1U << 2, "unknown", "Unknown secrets in Vault:")                                            \
	ROW(AUDIT_UNRESOLVED, 1U << 3, "unresolved", "Unresolved secrets:")                                            \
	ROW(AUDIT_NOT_IN_ONEPASSWORD, 1U << 4, "missing_from_onepassword", "Missing static secrets from 1Password:")   \
	ROW(AUDIT_MALFORMED, 1U << 5, "malformed", "Malformed secrets:")                                               \
	ROW(AUDIT_STALE, 1U << 6, "stale_derived", "Derived secrets that do not fit their source:")

enum audit_class {
#define AUDIT_ENUMERATOR(enumerator, bit, name, heading) enumerator = (bit),
	AUDIT_CLASSES(AUDIT_ENUMERATOR)
#undef AUDIT_ENUMERATOR
};

/* A line of the report. */
struct audit_finding {
	const struct plan_key *key;
	/* as it is printed behind the bullet, by which lines are sorted: "app key", "app/key", "app" or "pull-secret" */
	struct str text;
	struct str reason; /* of the last two classes: a clause; absent: none */
};

#define AUDIT_CLASS_COUNT 7

struct audit {
	struct arena arena;
	const struct plan *plan;
	struct vec
		findings[AUDIT_CLASS_COUNT]; /* struct audit_finding, in the order of AUDIT_CLASSES, sorted by text */
};

/* The plan is one without --regenerate, --rotate and --delete, and must outlive it. The caller frees. */
struct audit *audit_new(const struct plan *plan);
void audit_free(struct audit *audit);

/* Nothing to be said: exit 0, else 1. */
bool audit_is_clean(const struct audit *audit);

/* Phalanx's text, byte for byte, and ours behind it; nothing where it is clean. */
void audit_text(struct strbuf *out, const struct audit *audit);

/* One object (schemas/audit.json). */
void audit_json(struct strbuf *out, const struct audit *audit);

#endif
