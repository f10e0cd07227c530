/* Bringing the store of an environment in line with what it needs: what is read, what is planned, what is carried out. Nothing is written before aspis_sync_apply(). No text
 * made here shows a value. */
#ifndef ASPIS_SYNC_H
#define ASPIS_SYNC_H

#include <stdbool.h>
#include <stddef.h>

#include <aspis/environment.h>
#include <aspis/error.h>
#include <aspis/export.h>
#include <aspis/remote.h>

#ifdef __cplusplus
extern "C" {
#endif

struct aspis_sync;

/* What goes on, for who shows it: "reading" (count 0: it is not known how much there is) or "writing". Called from the thread that called. */
typedef void aspis_sync_progress(void *context, const char *what, size_t done, size_t count);

/* What will be asked of the store, so that it can be said before the first request of that kind that it may not be. */
enum aspis_sync_purpose {
	ASPIS_SYNC_AUDIT,
	ASPIS_SYNC_PLAN,
	ASPIS_SYNC_APPLY,
};

/* Names of applications and entries; "application/key" for rotate. */
struct aspis_sync_words {
	const char *const *items;
	size_t count;
};

#define ASPIS_SYNC_MAX_DELETE 10

struct aspis_sync_options {
	enum aspis_sync_purpose purpose;
	const char *
		secrets; /* the file of static secrets; NULL: 1Password where the environment configures it, else the store itself */
	bool legacy; /* the earlier scheme of 1Password */
	struct aspis_sync_words only;
	struct aspis_sync_words exclude;
	struct aspis_sync_words rotate;
	bool regenerate;
	bool delete_unknown;
	bool force;
	bool delete_pull_secret;
	bool partial;
	unsigned max_delete;
	/* A saved plan, whose options then count: those above have to be the same, or not given (max_delete: ASPIS_SYNC_MAX_DELETE). NULL: none. */
	const char *plan;
	unsigned jobs;                 /* threads that hash and verify; 0: one for each core */
	aspis_sync_progress *progress; /* may be NULL */
	aspis_remote_warning *warn;    /* may be NULL */
	void *context;                 /* of both */
};

/* The values to begin with. */
ASPIS_API void aspis_sync_options_init(struct aspis_sync_options *options);

/* Reads both sides and plans. NULL and an error where a side could not be read, completely or at all, or where options contradict one another. What cannot be done is no error but in the plan. The
 * environment, its repository and the remote object must outlive it. The caller frees. */
ASPIS_API struct aspis_sync *aspis_sync_open(struct aspis_remote *remote, const struct aspis_environment *environment,
	const struct aspis_sync_options *options, struct aspis_error *error);
ASPIS_API void aspis_sync_free(struct aspis_sync *sync);

/* "Vault at https://vault.example.org, secret/phalanx/idfdev": where it would be written to. */
ASPIS_API const char *aspis_sync_store(const struct aspis_sync *sync);

/* Whether there is anything to be written or deleted; whether anything cannot be brought in line. */
ASPIS_API bool aspis_sync_has_work(const struct aspis_sync *sync);
ASPIS_API bool aspis_sync_is_blocked(const struct aspis_sync *sync);

/* Why nothing will be written, as an exit status: 0: it can be; 1: blocked keys without `partial`, or a refusal; 2: the static source or an option is wrong. */
ASPIS_API int aspis_sync_obstruction(const struct aspis_sync *sync);

/* What is wrong with the static source or an option, a sentence each; NULL at the end. */
ASPIS_API const char *aspis_sync_error(const struct aspis_sync *sync, size_t index);

/* Of these, what is wrong with the static source beside the value of a single secret, which an audit has no line for; NULL at the end. */
ASPIS_API const char *aspis_sync_source_error(const struct aspis_sync *sync, size_t index);

/* What has changed since the saved plan was made, a sentence each; NULL at the end. Something: it is stale, and must not be carried out. */
ASPIS_API const char *aspis_sync_change(const struct aspis_sync *sync, size_t index);

/* The plan, or, once it was carried out and as JSON, the plan with what became of it: "text" or "json". *size (may be NULL) is its length. NULL and an error for another format. The
 * caller frees. */
ASPIS_API char *aspis_sync_render(const struct aspis_sync *sync, const char *format, bool color, bool quiet,
	size_t *size, struct aspis_error *error);

/* What became of it, for a person: a few lines, or many where much went wrong. The caller frees. */
ASPIS_API char *aspis_sync_outcome(const struct aspis_sync *sync, bool color, bool quiet, size_t *size);

/* What differs, as `aspis secrets audit` prints it: "text" or "json". Whether anything does is in *clean. The caller frees. */
ASPIS_API char *aspis_sync_audit(
	const struct aspis_sync *sync, const char *format, bool *clean, size_t *size, struct aspis_error *error);

/* Saves the plan without values into path and path.key, both for their owner alone. */
ASPIS_API bool aspis_sync_save(const struct aspis_sync *sync, const char *path, struct aspis_error *error);

/* The number of a signal that asks to stop, or 0. */
typedef int aspis_sync_interrupted(void *context);

/* Carries the plan out, once, and keeps a journal. Returns the exit status: 0: all is done; 1: something was blocked, the rest is done; 3: something failed; 128 + the
 * signal that ended it. */
ASPIS_API int aspis_sync_apply(struct aspis_sync *sync, aspis_sync_interrupted *interrupted, void *context);

#ifdef __cplusplus
}
#endif

#endif
