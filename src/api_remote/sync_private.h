/* The inside of a sync, for sync*.c alone. */
#ifndef ASPIS_API_REMOTE_SYNC_PRIVATE_H
#define ASPIS_API_REMOTE_SYNC_PRIVATE_H

#include <aspis/sync.h>

#include "api_remote/server.h"
#include "delivery/delivery.h"
#include "model/resolve.h"
#include "store/onepassword.h"
#include "store/store.h"
#include "sync/apply.h"
#include "sync/given.h"
#include "sync/plan.h"
#include "sync/plan_file.h"

struct aspis_sync {
	struct arena arena;
	/* its pointers are the caller's, and used by aspis_sync_open() alone; progress and context apart */
	struct aspis_sync_options settings;
	const struct aspis_environment *environment;
	const struct resolution *resolution;
	struct server server;
	struct plan_options options;
	struct vec only; /* struct str */
	struct vec exclude;
	struct vec rotate;
	bool legacy;
	struct str secrets; /* the absolute path of the file of static secrets; absent: another source */
	struct given_values given;
	bool is_given; /* given is complete */
	struct store_snapshot remote;
	size_t entries_read;
	struct delivery *delivery; /* NULL: nobody asks who uses what */
	struct bcrypt_verdicts *verdicts;
	struct plan *plan;
	struct plan_file *file; /* NULL: there is no saved plan */
	struct vec changes;     /* struct str: since that was made */
	bool is_applied;
	struct apply_result result;
	struct str journal; /* its path; absent: none is kept */
	int64_t now;
	aspis_sync_interrupted *interrupted;
	void *interrupted_context;
};

/* Reads both sides at the same time. */
bool sync_read(struct aspis_sync *sync, struct error *error);

/* A plan over what the store holds. */
struct plan *sync_plan(const struct aspis_sync *sync, const struct store_snapshot *remote);

/* Takes the options, from a saved plan where there is one. */
bool sync_take_options(struct aspis_sync *sync, struct error *error);

#endif
