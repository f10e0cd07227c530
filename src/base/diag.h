/* The one sink of findings (ARCHITECTURE decision 2). Whoever finds something reports it here; renderers show the sorted list; the exit status is computed from it. */
#ifndef ASPIS_BASE_DIAG_H
#define ASPIS_BASE_DIAG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/str.h"
#include "base/vec.h"

enum severity {
	SEVERITY_OFF,
	SEVERITY_NOTE,
	SEVERITY_WARNING,
	SEVERITY_ERROR,
};

/* What a rule is. The table of all rules is in check/rules.def; the texts are rules/ASPnnn.md. */
struct rule {
	unsigned number;        /* 203 */
	const char *code;       /* "ASP203" */
	const char *name;       /* "copy-unknown-key" */
	enum severity severity; /* by default */
	const char *family;     /* "resolution" */
	bool fixable;
	bool stop;           /* the run could not finish: exit 3 */
	bool sensitive;      /* the span of a finding holds a secret value: no report shows the text there */
	const char *summary; /* one line, a sentence */
};

struct diag_related {
	struct span span;
	struct str message;
};

/* A finding. All texts live in the arena of the sink. */
struct diag {
	const struct rule *rule;
	enum severity severity; /* after the configuration */
	struct span span;
	struct str message;      /* one or more sentences: what is wrong, what follows, what to write instead */
	struct vec related;      /* struct diag_related, in the order of reporting */
	struct vec environments; /* struct str, sorted, unique; empty: not bound to environments */
	struct str subject;      /* semantic path for the fingerprint, such as "postgres/exposurelog_db" */
	struct str token;        /* the offending token for the fingerprint, such as "lovelog" */
};

struct diag_sink {
	struct arena arena;
	struct vec diags; /* struct diag * */
	/* struct span: where secret values stand, found by whatever rule, shown or not; sorted (conceal.h) after diag_sink_sort(). */
	struct vec concealed;
};

void diag_sink_init(struct diag_sink *sink);
void diag_sink_release(struct diag_sink *sink);

/* Adds a finding and returns it for the functions below. Text taken from files is passed through as it is: renderers make control characters visible. */
struct diag *diag_report(struct diag_sink *sink, const struct rule *rule, struct span span, const char *format, ...)
	__attribute__((format(printf, 4, 5), returns_nonnull));

void diag_relate(struct diag_sink *sink, struct diag *diag, struct span span, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
void diag_environment(struct diag_sink *sink, struct diag *diag, struct str environment);

/* What the fingerprint is made of besides the code; without it, path and message are. */
void diag_identify(struct diag_sink *sink, struct diag *diag, struct str subject, struct str token);

/* Says that a secret value stands there, which no report may show; of the place of a finding itself, the rule says so (`sensitive`). */
void diag_conceal(struct diag_sink *sink, struct span span);

/* Moves all findings of from (left empty) into sink. */
void diag_sink_merge(struct diag_sink *sink, struct diag_sink *from);

/* Sorts by path, start, end, code, message, environments, and drops exact duplicates: the same list for any number of threads. */
void diag_sink_sort(struct diag_sink *sink);

#endif
