/* What the files about saved plans share. Private to plan_file*.c. */
#ifndef ASPIS_SYNC_PLAN_FILE_PRIVATE_H
#define ASPIS_SYNC_PLAN_FILE_PRIVATE_H

#include "sync/plan_file.h"
#include "sync/plan_static.h"

/* An entry of the store when the plan was made; names and states are borrowed. */
struct plan_file_entry {
	struct str name;
	struct str state;
	uint64_t version;
};

/* What was to be done. */
struct plan_file_step {
	struct str entry;
	struct str key;
	struct str action;
	uint64_t row;
	/* what it is made from: "fernet-key", "mtime of gafaelfawr/token", "gafaelfawr/token"; absent: from nothing else */
	struct str made;
	struct str digest; /* of a value that secrets.yaml has in it: hexadecimal; absent: it is another */
};

struct plan_file {
	struct arena arena; /* sensitive, for the key */
	struct str path;
	struct str environment;
	struct str store;
	struct str source_kind;
	struct str source;
	struct str scheme;
	struct plan_options options;
	struct vec only;
	struct vec exclude;
	struct vec rotate;
	struct vec values;  /* struct plan_static */
	struct vec entries; /* struct plan_file_entry */
	struct vec steps;   /* struct plan_file_step */
	struct secret *key;
};

/* A flag of the options: its name in the file and its place in struct plan_options. */
struct plan_file_flag {
	const char *name;
	size_t offset;
};
#define PLAN_FILE_FLAG_COUNT 5
extern const struct plan_file_flag plan_file_flags[PLAN_FILE_FLAG_COUNT];

/* Takes down what the store holds (struct plan_file_entry), those that were deleted included. */
void plan_file_list_entries(struct vec *out, const struct store_snapshot *remote);

/* … and what will be done (struct plan_file_step), with the digests of literal values under a key; texts lie in arena. */
bool plan_file_list_steps(
	struct vec *out, struct arena *arena, const struct plan *plan, struct secret *key, struct error *error);

/* The end of a plan: the keyed digest of all that stands before it. text is the whole object without it; *out gets the digest in hexadecimal, in arena. */
#define PLAN_END         "\n}\n"
#define PLAN_SEAL_BEFORE ",\n  \"seal\": \""
#define PLAN_SEAL_AFTER  "\"" PLAN_END
bool plan_file_seal(struct str *out, struct arena *arena, struct str text, struct secret *key, struct error *error);

/* Where the key of a plan lies. */
struct str plan_file_key_path(struct arena *arena, const char *path);

#endif
