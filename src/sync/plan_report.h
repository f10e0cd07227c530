/* What a plan and its outcome look like: for the engineer who reads it at night, and as JSON (schemas/plan.json). No value is shown. */
#ifndef ASPIS_SYNC_PLAN_REPORT_H
#define ASPIS_SYNC_PLAN_REPORT_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "store/store.h"
#include "sync/apply.h"
#include "sync/given.h"
#include "sync/plan.h"

struct plan_report {
	const struct plan *plan;
	const struct given_values *given;
	const struct store *store; /* for the commands that bring back what is deleted */
	bool color;
	bool quiet;         /* nothing about what comes next */
	struct str journal; /* where it lies; absent: none is kept */
};

/* What will be done to each entry and why, what cannot be and what to do about it, counts, what comes next. What stays as it is is only counted. */
void plan_text(struct strbuf *out, const struct plan_report *report);

/* One object, ended by a newline; result is NULL as long as nothing was applied. */
void plan_json(struct strbuf *out, const struct plan_report *report, const struct apply_result *result);

/* What has become of it: what failed and was not tried, each with its cause, how to bring back what was deleted, counts. */
void apply_text(struct strbuf *out, const struct plan_report *report, const struct apply_result *result);

/* In JSON. */
struct str given_source_name(enum given_source source);

#endif
