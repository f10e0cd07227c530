/* What was written to a store, when and by which run: one JSON object a line, without values. For a person who wants to know the day after, and for whoever
 * finds a run interrupted.
 *
 * It lies in $XDG_STATE_HOME/aspis/sync/ (~/.local/state/aspis/sync/ where that is not set or not absolute; folders 0700, files 0600), one file for each run that wrote:
 * ENVIRONMENT-YYYYMMDDTHHMMSSZ-PID.jsonl, times in UTC, so that `ls` sorts them by time. Its lines:
 * - first {"journal":1,"time","environment","store","program"};
 * - for each step {"time","phase":"intent","entry","key","action","version"} before the request is sent, version being the one that is written on (its check-and-set); key
 *   is null where a whole entry is deleted;
 * - and after it {"time","phase":"done"|"conflict"|"failed"|"not-tried","entry","key","action","version","cause"}, version being the one that has it now; after a
 *   conflict, which changed nothing, either another intent follows or one of the others;
 * - last {"time","phase":"end","signal","done","failed","notTried"}.
 * An intent without what comes after it was under way when the run was killed: the entry in the store tells whether it happened. Lines are on the disk before the requests
 * that they announce are sent. */
#ifndef ASPIS_SYNC_JOURNAL_H
#define ASPIS_SYNC_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

/* enumerator, name. */
#define JOURNAL_PHASES(ROW)                                                                                            \
	ROW(JOURNAL_INTENT, "intent")                                                                                  \
	ROW(JOURNAL_DONE, "done")                                                                                      \
	ROW(JOURNAL_CONFLICT, "conflict")                                                                              \
	ROW(JOURNAL_FAILED, "failed")                                                                                  \
	ROW(JOURNAL_NOT_TRIED, "not-tried")

enum journal_phase {
#define JOURNAL_ENUMERATOR(enumerator, name) enumerator,
	JOURNAL_PHASES(JOURNAL_ENUMERATOR)
#undef JOURNAL_ENUMERATOR
};

struct journal_line {
	enum journal_phase phase;
	struct str entry;
	struct str key;    /* absent: the entry as a whole */
	struct str action; /* absent: none */
	uint64_t version;
	struct str cause; /* absent: none */
};

struct journal;

/* Where journals lie, by the values of XDG_STATE_HOME and HOME (NULL: not set), in arena. Absent where neither is an absolute path. */
struct str journal_folder(struct arena *arena, const char *state_home, const char *home);

/* Begins the journal of a run in a folder, which is made (0700) where it is not there. NULL and an error (ERROR_SYSTEM, which names the folder) where it cannot be kept. The caller
 * frees. */
struct journal *journal_new(struct str folder, struct str environment, struct str store, struct error *error);

/* Adds a line. An error stays with the journal until it is closed. */
void journal_write(struct journal *journal, const struct journal_line *line);

/* Has all lines so far on the disk. */
void journal_sync(struct journal *journal);

/* The last line. False and an error where something could not be written, now or before. */
bool journal_end(
	struct journal *journal, int signal, uint64_t done, uint64_t failed, uint64_t not_tried, struct error *error);
void journal_free(struct journal *journal);

/* Where it lies, for messages; NUL-terminated, borrowed. */
struct str journal_path(const struct journal *journal);

#endif
