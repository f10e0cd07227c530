/* Running the rules over a model (SPEC section 5). What is found goes into a sink, sorted; nothing is printed. */
#ifndef ASPIS_CHECK_CHECK_H
#define ASPIS_CHECK_CHECK_H

#include "base/diag.h"
#include "check/rules.h"
#include "check/settings.h"
#include "delivery/delivery.h"
#include "model/model.h"

/* The roles of files that must be loaded before check_run(), those of the model and of delivery included. */
#define CHECK_ROLES (MODEL_ROLES | DELIVERY_ROLES | FILE_PRE_COMMIT | FILE_YAML)

/* Runs every rule that is on, with rules for single files on up to jobs threads, and leaves the findings in sink, sorted (diag_sink_sort), with their severities
 * after the settings, and limited to the environments and paths that the settings name: a finding of no environment in particular stays, and so does one that says that
 * something could not be read. The findings borrow from the model's files. */
void check_run(struct diag_sink *sink, const struct model *model, const struct check_settings *settings, unsigned jobs);

/* What is wrong, by the errors of the families 0xx and 1xx, with the files that the declarations of environments (const struct environment *) depend on (model_environment_files): as long as there is
 * anything, the declarations must not be relied on (SPEC section 4). Leaves the findings in sink, sorted. */
void check_declarations(
	struct diag_sink *sink, const struct model *model, const struct vec *environments, unsigned jobs);

/* What cannot be resolved in environments, by the rules of family 2xx, and whatever the settings say of these. Leaves the findings in sink, sorted. */
void check_unresolved(struct diag_sink *sink, const struct model *model, const struct vec *environments);

#endif
