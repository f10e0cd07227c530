/* "Did you mean" for dotted paths of Helm values. For this room alone. */
#ifndef ASPIS_CHECK_NEAREST_PATH_H
#define ASPIS_CHECK_NEAREST_PATH_H

#include "model/application.h"

/* The path most like one that nothing sets, among those that the values files of an application and of the charts that it depends on set: the same but for slips in its
 * components, or with one component more or less. Absent where none is like it; lives in arena. */
struct str nearest_values_path(struct arena *arena, const struct application *application, struct str wanted);

#endif
