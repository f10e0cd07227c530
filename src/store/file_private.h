/* A folder as a store: what the files file*.c share. NAME.json holds the values of an entry. Beside them lies the folder .aspis, with NAME.version (which version the values are),
 * NAME.N.deleted (the values of version N, deleted) and lock. */
#ifndef ASPIS_STORE_FILE_PRIVATE_H
#define ASPIS_STORE_FILE_PRIVATE_H

#include "store/store_private.h"

/* The name of the folder in the folder. */
#define FILE_RECORDS ".aspis"

/* What tells one file from another that took its place. A saved file that somebody has edited since has another one. */
struct file_identity {
	uint64_t size;
	uint64_t seconds; /* of the last modification */
	uint64_t nanoseconds;
};

/* Which version the values of an entry are. */
struct file_record {
	uint64_t version;  /* 0: there is no record */
	bool has_identity; /* false: whatever lies there is that version */
	struct file_identity identity;
};

/* file_record.c; path is that of NAME.version. False and an error (a clause without the path) where it is there and cannot be read. */
bool file_record_read(struct file_record *out, struct str path, struct error *error)
	__attribute__((warn_unused_result));
bool file_record_write(struct str path, const struct file_record *record, struct error *error)
	__attribute__((warn_unused_result));

/* Of the file at path; false where there is none, with errno. */
bool file_identity_of(struct file_identity *out, struct str path) __attribute__((warn_unused_result));
bool file_identity_equal(const struct file_identity *a, const struct file_identity *b);

/* file_entry.c: an entry of a folder. The lock is held. */
struct file_place {
	struct str folder;
	struct str name;
	struct str values;  /* path of NAME.json */
	struct str records; /* of the folder .aspis */
	struct str record;  /* of NAME.version */
};
/* In arena. */
struct file_place file_place_of(struct arena *arena, struct str folder, struct str name);

/* Whether a file can have that name: no slash, no dot at the start, no control characters, at most 200 bytes. */
bool file_name_is_fit(struct str name);

/* Its state and version; *identity is that of the values where there are any. Errors name the file. */
bool file_state_read(enum store_state *state, uint64_t *version, struct file_identity *identity,
	const struct file_place *place, struct error *error) __attribute__((warn_unused_result));

/* All of it into an entry (initialised). */
bool file_entry_read(struct store_entry *entry, struct file_identity *identity, struct arena *arena,
	const struct file_place *place, struct error *error) __attribute__((warn_unused_result));

/* Puts version with the values of body (a JSON object) there, or moves the values of version away. */
enum store_outcome file_entry_write(const struct file_place *place, uint64_t version, struct secret *body,
	struct file_identity *identity, struct error *error) __attribute__((warn_unused_result));
bool file_entry_delete(const struct file_place *place, uint64_t version, struct error *error)
	__attribute__((warn_unused_result));

/* Where the values of a deleted version lie. In arena. */
struct str file_deleted_path(struct arena *arena, const struct file_place *place, uint64_t version);

/* file_lock.c: makes folder and lock where they are not there (exclusive), or does without where there is no lock (shared): *fd is -1 then. Waits for others half a minute. */
bool file_lock(int *fd, struct str folder, bool exclusive, struct error *error) __attribute__((warn_unused_result));
void file_unlock(int fd);

/* Whether something can be written there; errors name the folder. */
bool file_folder_is_writable(struct str folder, struct error *error) __attribute__((warn_unused_result));

#endif
