/* What the kinds of stores share. For this room alone. */
#ifndef ASPIS_STORE_STORE_PRIVATE_H
#define ASPIS_STORE_STORE_PRIVATE_H

#include "base/strbuf.h"
#include "store/store.h"

struct store_kind {
	void (*free)(struct store *store); /* what the kind has beside the struct store, and that */
	bool (*is_versioned)(const struct store *store);
	void (*read)(struct store *store, struct store_snapshot *snapshot, unsigned purposes, store_each *each,
		void *context);
	void (*entry)(struct store *store, struct str name, store_entry_done *done, void *context);
	void (*write)(struct store *store, struct str name, uint64_t cas, struct secret *body, store_write_done *done,
		void *context);
	void (*delete_version)(
		struct store *store, struct str name, uint64_t version, store_write_done *done, void *context);
	struct str (*undelete_command)(
		const struct store *store, struct arena *arena, struct str name, uint64_t version);
	void (*run)(struct store *store);
};

/* The first member of each kind. */
struct store {
	const struct store_kind *kind;
	struct arena arena; /* names and paths */
	struct str name;
};

void store_init(struct store *store, const struct store_kind *kind);
void store_release(struct store *store);

/* Takes an entry over that lies in the arena of the snapshot. One that is absent, or there already, is released: false. */
bool store_snapshot_add(struct store_snapshot *snapshot, struct store_entry *entry);

/* Sorts: all are there. */
void store_snapshot_seal(struct store_snapshot *snapshot);

/* Appends a word of a command line, quoted for a shell where it has to be, nothing in it that a terminal would act on. */
void store_shell_word(struct strbuf *out, struct str word);

#endif
