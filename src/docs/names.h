/* Names of files and labels made of whatever a repository calls its things. For this room alone.
 *
 * What comes out is made of a-z, 0-9 and single hyphens, is never empty, longer than NAMES_LENGTH_MAX or a name that a system reserves, and is given once: two names never share a file, also where file
 * systems do not tell case apart. A name that is of this form already stays as it is; of several that would become the same one, the others get the hash of the original name behind it, so that it depends on nothing else. */
#ifndef ASPIS_DOCS_NAMES_H
#define ASPIS_DOCS_NAMES_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/map.h"

enum { NAMES_LENGTH_MAX = 120 };

struct page_names {
	struct arena *arena;
	struct map taken;
};

void page_names_init(struct page_names *names, struct arena *arena);
void page_names_release(struct page_names *names);

/* Whether page_names_add() would leave a name as it is, were it free. */
bool page_names_is_plain(struct str name);

/* The name to be used for the original one behind a prefix that is of this form ("aspis-app-"; may be empty). The result, prefix included, is in the arena. Names that are plain should be added before others, lest those
 * take theirs. */
struct str page_names_add(struct page_names *names, struct str prefix, struct str original);

#endif
