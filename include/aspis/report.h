/* Findings and rules as text for people and programs. Everything that comes from files has control characters made visible. Whoever gets a text frees it;
 * *size (may be NULL) is its length without the NUL behind it. */
#ifndef ASPIS_REPORT_H
#define ASPIS_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include <aspis/diag.h>
#include <aspis/error.h>
#include <aspis/export.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The formats, in the order in which they are shown to users. */
ASPIS_API size_t aspis_report_format_count(void);
ASPIS_API const char *aspis_report_format_name(size_t index);    /* "sarif" */
ASPIS_API const char *aspis_report_format_summary(size_t index); /* one line */

struct aspis_report_options {
	const char *format;       /* one of the names above; NULL: "text" */
	enum aspis_severity show; /* the least severity that is shown; ASPIS_SEVERITY_OFF: warning */
	bool color;               /* with terminal colours, where the format has them */
	bool quiet;               /* findings only, without a summary, where the format has one */
	unsigned
		width; /* columns of a terminal, to which lines are cut or broken; 0: none, so that lines are cut late and never broken */
};

/* The findings in a format. NULL and an error for an unknown one. */
ASPIS_API char *aspis_report_render(const struct aspis_diag_list *list, const struct aspis_report_options *options,
	size_t *size, struct aspis_error *error);

/* The findings as Markdown for the file that $GITHUB_STEP_SUMMARY names: GitHub shows only the first few annotations of the format "github". */
ASPIS_API char *aspis_report_render_step_summary(
	const struct aspis_diag_list *list, const struct aspis_report_options *options, size_t *size);

/* All rules, as lines ("text", also for NULL) or with their explanations ("json"). NULL and an error for another format. */
ASPIS_API char *aspis_rules_render(const char *format, bool color, size_t *size, struct aspis_error *error);

/* A rule with its explanation and examples, for a terminal of width columns (0: a default). */
ASPIS_API char *aspis_rule_render(const struct aspis_rule *rule, unsigned width, bool color, size_t *size);

#ifdef __cplusplus
}
#endif

#endif
