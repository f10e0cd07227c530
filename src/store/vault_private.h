/* A Vault KV engine as a store: what the files vault*.c share. */
#ifndef ASPIS_STORE_VAULT_PRIVATE_H
#define ASPIS_STORE_VAULT_PRIVATE_H

#include "store/store_private.h"
#include "store/vault_answer.h"
#include "store/vault_request.h"

struct vault_store {
	struct store store;
	struct http *http;
	struct vault_server *server;
	struct str namespace_name; /* absent: none */
	struct str prefix;         /* "secret/phalanx/idfdev": doubled slashes made one, none at its ends */
	/* as the server says; until then the first component of prefix, taken for a KV engine of version 2 */
	struct vault_mount mount;
	bool is_known; /* the server has said it */
};

/* Paths below /v1/, in arena. Of version 2: "secret/data/phalanx/idfdev/app", with "data", "metadata", "delete"; of version 1: "secret/phalanx/idfdev/app" whatever the kind.
 * The name may be absent: that of all entries. */
struct str vault_path(const struct vault_store *vault, struct arena *arena, const char *kind, struct str name);

/* vault_mount.c */

enum vault_detection {
	VAULT_DETECTED,
	VAULT_UNTOLD, /* the server does not say it, perhaps not to us */
	VAULT_FAILED, /* not reached, sealed …: there is an error */
};

/* Asks the server where the prefix lies. mount lives as long as the call; NULL without VAULT_DETECTED. */
typedef void vault_mount_done(
	void *context, enum vault_detection detection, const struct vault_mount *mount, const struct error *error);
void vault_mount_start(struct vault_store *vault, vault_mount_done *done, void *context);

/* Has the store lie there from now on; false and what to do where it is no engine that serves the purposes. */
bool vault_mount_use(
	struct vault_store *vault, const struct vault_mount *mount, unsigned purposes, struct error *error);

/* Nothing is mounted where the prefix begins. */
void vault_mount_missing(const struct vault_store *vault, struct error *error);

/* vault_capabilities.c: what the token may not do of that which the purposes need, below the mount that is known. */
struct vault_verdict {
	bool was_told;      /* false: the server does not tell capabilities to this token */
	unsigned lacking;   /* bits, for the functions below */
	struct error error; /* the server was not reached, or says what makes no sense */
};
typedef void vault_verdict_done(void *context, const struct vault_verdict *verdict);
void vault_capabilities_start(struct vault_store *vault, unsigned purposes, vault_verdict_done *done, void *context);

/* The same by requests that change nothing whatever is answered; reading is not probed. */
void vault_probe_start(struct vault_store *vault, unsigned purposes, vault_verdict_done *done, void *context);

/* Without what a purpose needs. */
unsigned vault_lacking_without(unsigned lacking, enum store_purpose purpose);

/* Says what is lacking, and what to do. */
void vault_lacking_error(const struct vault_store *vault, unsigned lacking, struct error *error);

/* vault_entry.c: one entry, into arena (sensitive, borrowed until done, which takes the entry over). */
typedef void vault_entry_done(void *context, struct store_entry *entry, const struct error *error);
void vault_fetch_start(
	struct vault_store *vault, struct arena *arena, struct str name, vault_entry_done *done, void *context);

/* vault_read.c, vault_write.c: see store.h. */
void vault_read_start(
	struct store *store, struct store_snapshot *snapshot, unsigned purposes, store_each *each, void *context);
void vault_entry_start(struct store *store, struct str name, store_entry_done *done, void *context);
void vault_write_start(
	struct store *store, struct str name, uint64_t cas, struct secret *body, store_write_done *done, void *context);
void vault_delete_start(struct store *store, struct str name, uint64_t version, store_write_done *done, void *context);

#endif
