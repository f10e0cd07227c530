/* Renders what `aspis check` found, what `aspis secrets list` lists and what the rules say into string buffers. Nothing is judged, sorted or printed here
 * (ARCHITECTURE decisions 2 and 4). Texts that come from files have control characters made visible in every format. */
#ifndef ASPIS_REPORT_REPORT_H
#define ASPIS_REPORT_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/vec.h"

/* A rule with its text, handed in by whoever knows both. */
struct report_rule {
	const struct rule *rule;
	struct str explanation; /* Markdown; absent or empty: the summary serves */
};

/* The findings of one run and how to show them. All is borrowed. */
struct report {
	const struct vec *diags;     /* struct diag *, sorted (diag_sink_sort) */
	const struct vec *concealed; /* struct span, as of the sink: what must not be shown; NULL: nothing */
	enum severity show;          /* the least severity that is shown; what lies below is only counted */
	size_t files;                /* how many were checked */
	size_t suppressed;           /* findings that suppressions or a baseline took away */
	const char *version;         /* of the program, such as "0.1.0" */
	const struct report_rule *rules;
	size_t rule_count; /* SARIF describes all of them, whether found or not */
	bool colour;       /* text: with SGR sequences */
	bool quiet;        /* text, github: without the totals */
	unsigned width;    /* text: terminal columns, where source lines are cut and remarks broken; 0: 120, unbroken */
};

/* Appends to out; the text ends with a newline unless it is empty. */
typedef void report_function(struct strbuf *out, const struct report *report);

/* An output format of `check --format`. */
struct report_format {
	const char *name;
	report_function *render;
	const char *description; /* for --help: a phrase without a full stop */
};

/* The table of formats, in the order of --help, and its length. */
extern const struct report_format report_formats[];
extern const size_t report_format_count;

/* The format of that name, or NULL. */
const struct report_format *report_format_find(struct str name);

/* Appends the findings in that format (SPEC section 5). */
void report_render(struct strbuf *out, const struct report_format *format, const struct report *report);

/* The findings as Markdown for the file that $GITHUB_STEP_SUMMARY names: all of those shown, as long as they fit into the 1 MiB that GitHub takes.
 * The companion of the format `github`, which can annotate ten findings of each severity only. */
void report_github_summary(struct strbuf *out, const struct report *report);

/* The fingerprint of a finding: 32 lower-case hexadecimal digits of XXH3 over the code and diag_identify()'s subject and token (else path and
 * message). It stays the same when lines move, files are reformatted or the history is rewritten. */
#define REPORT_FINGERPRINT_SIZE 33
void report_fingerprint(char out[REPORT_FINGERPRINT_SIZE], const struct diag *diag);

/* "error", "warning", "note" or "off". */
const char *report_severity_name(enum severity severity);

/* `aspis rules`: all rules, one a line in aligned columns, or as JSON with their explanations. */
void report_rules_text(struct strbuf *out, const struct report_rule *rules, size_t count, bool colour);
void report_rules_json(struct strbuf *out, const struct report_rule *rules, size_t count);

/* `aspis explain CODE`: the rule and its explanation for a terminal of width columns (0: 80). */
void report_explain(struct strbuf *out, const struct report_rule *rule, unsigned width, bool colour);

#endif
