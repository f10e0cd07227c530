/* Checking a repository: every rule, every environment, in one run and offline.
 *
 *     struct aspis_check *check = aspis_check_new(repository);
 *     struct aspis_diag_list *findings = aspis_check_run(check);
 */
#ifndef ASPIS_CHECK_H
#define ASPIS_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include <aspis/diag.h>
#include <aspis/error.h>
#include <aspis/export.h>
#include <aspis/repository.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What to check, set up step by step. It borrows the repository. */
struct aspis_check;

ASPIS_API struct aspis_check *aspis_check_new(struct aspis_repository *repository);
ASPIS_API void aspis_check_free(struct aspis_check *check);

/* Limits the findings to those that concern this environment or none in particular. Each call adds one; without, all are checked. False and an error where
 * there is no environment of that name. */
ASPIS_API bool aspis_check_add_environment(struct aspis_check *check, const char *name, struct aspis_error *error);

/* Limits the findings to those that stand in, or point into, files at or below this path, absolute or relative to the working directory. Each call adds one. What could not be read is
 * reported wherever it lies. False and an error where the path does not exist or lies outside of the repository. */
ASPIS_API bool aspis_check_add_path(struct aspis_check *check, const char *path, struct aspis_error *error);

/* Selects rules: once there is a selection, only what it names is reported; what is ignored is not reported in any case. A selector is a code or
 * name of a rule, the beginning of codes ("ASP2"), the name of a family, or "all". A rule that is off by default is switched on by being
 * selected by its code or name. False and an error (with the likely one) where it means no rule. */
ASPIS_API bool aspis_check_select(struct aspis_check *check, const char *selector, struct aspis_error *error);
ASPIS_API bool aspis_check_ignore(struct aspis_check *check, const char *selector, struct aspis_error *error);

/* Runs the check, which cannot fail: what is in its way is a finding. What is found does not depend on the number of threads. The caller frees the list. */
ASPIS_API struct aspis_diag_list *aspis_check_run(struct aspis_check *check);

#ifdef __cplusplus
}
#endif

#endif
