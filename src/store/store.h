/* Where the secrets of an environment lie: one entry an application below a prefix, each a JSON object. A Vault KV engine (vault.c) or a folder
 * (file.c) behind one interface. Everything is asked for at once: what is started here is carried out by store_run(). */
#ifndef ASPIS_STORE_STORE_H
#define ASPIS_STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/map.h"
#include "base/secret.h"
#include "base/vec.h"
#include "store/http.h"

/* A member of an entry. */
struct store_value {
	struct str key;
	struct secret *text; /* of a string: its characters as UTF-8; NULL: it is no string */
	/* the value as the server spelled it, whatever its type: what carries it through unchanged */
	struct secret *json;
};

enum store_state {
	STORE_ABSENT, /* there has never been one: written with check-and-set 0 */
	STORE_DELETED, /* its current version is soft-deleted or destroyed: absent to readers, written with the version's number */
	STORE_PRESENT,
};

struct store_entry {
	struct str name; /* below the prefix: the application, "pull-secret" … */
	enum store_state state;
	/* the one that was read: what check-and-set asks for; 0: STORE_ABSENT, or a store without versions */
	uint64_t version;
	struct vec values; /* struct store_value, sorted by key */
	struct map by_key; /* struct store_value * */
	/* Why it cannot be written back without a loss (a key that is there twice, …); absent: it can. */
	struct str obstacle;
};

/* An absent entry without values; the name is borrowed. Released, its values are wiped; the arena in which name, keys and obstacle lie is not its own. */
void store_entry_init(struct store_entry *entry, struct str name);
void store_entry_release(struct store_entry *entry);

/* NULL: it has none of that name. */
const struct store_value *store_entry_find(const struct store_entry *entry, struct str key);

/* Everything that lies below the prefix. */
struct store_snapshot {
	struct arena arena; /* sensitive: names and keys */
	struct vec entries; /* struct store_entry *, sorted by name; without absent ones */
	struct map by_name; /* struct store_entry * */
	struct vec folders; /* struct str, names that end in '/': reported, never touched */
	struct error error; /* ERROR_NONE: it is complete */
};

void store_snapshot_init(struct store_snapshot *snapshot);
void store_snapshot_release(struct store_snapshot *snapshot); /* wipes */
const struct store_entry *store_snapshot_find(const struct store_snapshot *snapshot, struct str name);

/* What will be asked of a store, so that it can say before the first write that it may not be. */
enum store_purpose {
	STORE_READ = 1,
	STORE_WRITE = 2,
	STORE_DELETE = 4,
};

struct store;
void store_free(struct store *store);

/* "Vault at https://vault.example.org, secret/phalanx/idfdev" or "folder /tmp/store": for prompts, plans and messages. NUL-terminated, borrowed. */
struct str store_name(const struct store *store);

/* Whether an entry can be written with check-and-set, as everything but KV v1 can; known after a snapshot. */
bool store_is_versioned(const struct store *store);

/* Starts reading everything into snapshot (initialised, borrowed until store_run() returns): mount, capabilities for the purposes (enum store_purpose), listing and
 * entries, whatever can be at the same time is. each (may be NULL) is called for every entry as it comes in. What is missing, such as a capability of the token, is named
 * in snapshot->error. */
typedef void store_each(void *context, const struct store_entry *entry);
void store_read_start(
	struct store *store, struct store_snapshot *snapshot, unsigned purposes, store_each *each, void *context);

/* Starts reading one entry anew. done gets NULL and an error, or the entry (also an absent one), which lives as long as the call. */
typedef void store_entry_done(void *context, const struct store_entry *entry, const struct error *error);
void store_entry_start(struct store *store, struct str name, store_entry_done *done, void *context);

enum store_outcome {
	STORE_DONE,
	STORE_CONFLICT,  /* somebody else has written since: nothing was changed */
	STORE_FAILED,    /* refused or not reached: nothing was changed */
	STORE_UNCERTAIN, /* the connection was lost: read the entry to know */
};

typedef void store_write_done(void *context, enum store_outcome outcome, uint64_t version, const struct error *error);

/* All callbacks come from store_run(), but those of a write or deletion that cannot be sent at all (STORE_FAILED), which may come at once. */

/* Starts a write of a whole entry: body is its JSON object, borrowed until done. Check-and-set always: cas is the version that was read. Never sent twice. */
void store_write_start(
	struct store *store, struct str name, uint64_t cas, struct secret *body, store_write_done *done, void *context);

/* Starts the soft deletion of the very version that was read, and of no other: a newer one stays. Vault does not tell whether there is one, and it is STORE_DONE; a folder says
 * STORE_CONFLICT then. */
void store_delete_start(struct store *store, struct str name, uint64_t version, store_write_done *done, void *context);

/* The command that brings a deleted version back, for a person; in arena. Absent where the store has no such thing. */
struct str store_undelete_command(const struct store *store, struct arena *arena, struct str name, uint64_t version);

/* Carries out all that was started, until callbacks start no more. */
void store_run(struct store *store);

/* A Vault KV engine. The token is copied; prefix is `vaultPathPrefix`, its first component the mount unless the server says otherwise. The client is borrowed, so that
 * several stores and 1Password Connect can be asked at the same time. NULL and an error where the URL is none that may be used. */
struct vault_settings {
	struct str url;
	struct str prefix;
	struct str namespace_name; /* VAULT_NAMESPACE; absent: none */
	struct secret *token;
};
struct store *store_vault_new(struct http *http, const struct vault_settings *settings, struct error *error);

/* A folder with NAME.json for each entry, 0600; made (0700) with the first write. Versions are kept beside the values, in the folder .aspis, so that check-and-set holds
 * here, too, also between processes; a file that somebody else has put there is a version of its own. */
struct store *store_file_new(struct str folder, struct error *error);

#endif
