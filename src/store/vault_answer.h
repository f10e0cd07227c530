/* What the answers of a KV engine mean: pure, from trees. For the files vault_*.c. */
#ifndef ASPIS_STORE_VAULT_ANSWER_H
#define ASPIS_STORE_VAULT_ANSWER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/vec.h"
#include "store/store.h"
#include "yaml/node.h"

/* Where an engine is mounted, and what it is. */
struct vault_mount {
	struct str path;  /* "secret", "team/kv": without slashes at its ends */
	struct str type;  /* "kv", "pki" … */
	unsigned version; /* of a KV engine: 1 or 2; 0: it is none, or one of a version that we do not know */
};

/* From the answer of sys/internal/ui/mounts/PREFIX. False where it makes no sense: it lacks a path, or one that prefix (without slashes at its ends) does not lie in. */
bool vault_mount_read(struct vault_mount *out, struct arena *arena, const struct node *root, struct str prefix)
	__attribute__((warn_unused_result));

/* From the answer of a listing: names and folders (struct str, in arena), folders with their slash. False where it makes no sense. */
bool vault_names_read(struct vec *names, struct vec *folders, struct arena *arena, const struct node *root)
	__attribute__((warn_unused_result));

/* From the answer of a read with that status (200 or 404) into an entry (initialised). NULL, or a clause for a person that shows nothing of it where it makes no sense. */
const char *vault_entry_read(struct store_entry *entry, struct arena *arena, unsigned kv_version, unsigned status,
	const struct node *root) __attribute__((warn_unused_result));

/* From the answer of sys/capabilities-self: whether one is granted on a path that was asked for. */
bool vault_may(const struct node *root, struct str path, struct str capability);

/* From the answer of a write: the version that it made. False where it says none. */
bool vault_version_read(uint64_t *out, const struct node *root) __attribute__((warn_unused_result));

#endif
