/* Findings as text for people and programs. */
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
};

/* The report as text; *size is its length without the NUL behind it. NULL and an error for an unknown format. The caller frees. */
ASPIS_API char *aspis_report_render(const struct aspis_diag_list *list, const struct aspis_report_options *options,
	size_t *size, struct aspis_error *error);

#ifdef __cplusplus
}
#endif

#endif
