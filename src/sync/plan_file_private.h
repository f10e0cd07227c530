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

/* … and what will be done (struct plan_file_step). */
void plan_file_list_steps(struct vec *out, const struct plan *plan);

/* Where the key of a plan lies. */
struct str plan_file_key_path(struct arena *arena, const char *path);

#endif
