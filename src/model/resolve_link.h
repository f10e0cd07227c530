/* The second half of resolution: from each secret to its source. For model/ alone. */
#ifndef ASPIS_MODEL_RESOLVE_LINK_H
#define ASPIS_MODEL_RESOLVE_LINK_H

#include "model/resolve.h"

/* Links copies and derived secrets with their sources and users, and reports what cannot be linked, and cycles. */
void resolution_link(struct resolution *resolution);

/* A new problem, to be filled in; valid until the next one. */
struct resolve_problem *resolution_problem(struct resolution *resolution, enum resolve_problem_kind kind,
	const struct resolved_secret *secret, struct span span);

#endif
