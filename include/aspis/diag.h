/* Findings: what is wrong with the files of a repository, where, and what follows from it. */
#ifndef ASPIS_DIAG_H
#define ASPIS_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <aspis/export.h>
#include <aspis/rule.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A sorted list of findings: by path, start, end, code, message, environments. It borrows from the repository that it is about,
 * which must be freed after it. */
struct aspis_diag_list;

/* A finding; it belongs to its list. */
struct aspis_diag;

/* A range of characters. Lines and columns count from 1, columns in code points; the end is the place right behind the last character. */
struct aspis_span {
	const char *path; /* relative to the root of the repository; any bytes but NUL */
	uint32_t start_line;
	uint32_t start_column;
	uint32_t end_line;
	uint32_t end_column;
};

ASPIS_API void aspis_diag_list_free(struct aspis_diag_list *list);
ASPIS_API size_t aspis_diag_list_count(const struct aspis_diag_list *list);
ASPIS_API const struct aspis_diag *aspis_diag_list_at(const struct aspis_diag_list *list, size_t index);

/* How many findings have exactly this severity. */
ASPIS_API size_t aspis_diag_list_count_severity(const struct aspis_diag_list *list, enum aspis_severity severity);

/* The exit status that a program shows for the list (0, 1 or 3): 3 when a finding says that something could not be read, so that the list may be
 * incomplete; else 1 when there is a finding at or above fail_on; else 0. */
ASPIS_API int aspis_diag_list_exit_status(const struct aspis_diag_list *list, enum aspis_severity fail_on);

ASPIS_API const struct aspis_rule *aspis_diag_rule(const struct aspis_diag *diag);
ASPIS_API enum aspis_severity aspis_diag_severity(const struct aspis_diag *diag); /* after the configuration */

/* What is wrong, what follows from it and, where known, what to write instead. Text taken from files stands in it as it is: whoever
 * shows it on a terminal makes control characters visible, as the formats of aspis/report.h do. */
ASPIS_API const char *aspis_diag_message(const struct aspis_diag *diag);
ASPIS_API struct aspis_span aspis_diag_span(const struct aspis_diag *diag);

/* The environments that a finding concerns, sorted; none where it is not bound to environments. */
ASPIS_API size_t aspis_diag_environment_count(const struct aspis_diag *diag);
ASPIS_API const char *aspis_diag_environment(const struct aspis_diag *diag, size_t index);

/* Other places that belong to the finding, each with a message of its own. */
ASPIS_API size_t aspis_diag_related_count(const struct aspis_diag *diag);
ASPIS_API struct aspis_span aspis_diag_related_span(const struct aspis_diag *diag, size_t index);
ASPIS_API const char *aspis_diag_related_message(const struct aspis_diag *diag, size_t index);

#ifdef __cplusplus
}
#endif

#endif
