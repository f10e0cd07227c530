/* Private to manifest/: keys below which no Secret is ever named. */
#ifndef ASPIS_MANIFEST_BARREN_H
#define ASPIS_MANIFEST_BARREN_H

#include "base/str.h"

/* Whether nothing that stands below a key of a mapping, wherever it is, concerns Secrets: labels, affinity, probes … */
bool key_is_barren(struct str key);

#endif
