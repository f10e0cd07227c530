/* Paths as byte strings with '/' between components. Lexical: the file system is not asked. */
#ifndef ASPIS_BASE_PATH_H
#define ASPIS_BASE_PATH_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

/* "a/b"; an absolute second part wins; an empty or "." first part is left out, and so is an empty second one. */
struct str path_join(struct arena *arena, struct str directory, struct str name);

/* "a/b/c.yaml" → "c.yaml"; → "a/b" ("" where there is no directory, "/" for what lies in the root). Borrowed from path. */
struct str path_base(struct str path);
struct str path_directory(struct str path);

/* Of the last component: "a/c.yaml" → "c"; → ".yaml" (from the last dot; a leading dot is part of the name). Borrowed from path. */
struct str path_stem(struct str path);
struct str path_extension(struct str path);

/* Without the slashes at its end, of which "/" has nothing left; of an address, too. Borrowed from path. */
struct str path_without_slashes(struct str path);

/* Removes "." and empty components and resolves ".." lexically (what leads above a relative path's start stays, above "/" goes); "" becomes ".". */
struct str path_normalize(struct arena *arena, struct str path);

/* Whether path is root or lies below it (both normalized). "." holds every relative path but those that lead out of it. */
bool path_is_within(struct str path, struct str root);

/* path as seen from root (both absolute and normalized), "." for root itself; with ".." where it lies outside. */
struct str path_relative(struct arena *arena, struct str path, struct str root);

/* Component by component: cuts the first one off *rest, which becomes absent with the last. Empty components (a leading, doubled or
 * trailing '/') are passed over; a path without any gives "". */
struct str path_component(struct str *rest);

#endif
