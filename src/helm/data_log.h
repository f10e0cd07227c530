/* What an evaluation reads of maps that are watched (a chart's values, say), kept so that its result can be used again wherever the same is read: a log is begun, reading
 * any map below a watched one is noted with what was found there, and later readings are compared with what maps then hold. What was found is known by its
 * kind and text; of lists by the sequence in its file, which lives as long as the run; of maps by what is read of them in turn. */
#ifndef ASPIS_HELM_DATA_LOG_H
#define ASPIS_HELM_DATA_LOG_H

#include "base/vec.h"
#include "helm/data.h"

struct data_trace;

struct data_log {
	struct vec reads; /* private, as all below: struct data_read, those of outer maps before those of inner ones */
	struct arena memory; /* of their keys */
	uint32_t *slots;     /* index into reads + 1, by hash; 0: free */
	size_t slot_count;
	unsigned round; /* how many times it was begun */
	bool active;
	bool complete;
};
void data_log_init(struct data_log *log);
void data_log_release(struct data_log *log);

/* Watches a map, and all merged maps that are found in it. root is its number among those that are watched together. The log must outlive the map. */
void data_watch(struct arena *arena, const struct data *map, struct data_log *log, unsigned root);

/* From the first call to the second all that is read is noted. False where that does not tell all (a list that is of no file was read, or a map was
 * changed). */
void data_log_begin(struct data_log *log);
bool data_log_end(struct data_log *log);

/* What was noted between the last two such calls, in arena memory; it does not depend on the maps that were read. */
struct data_reading {
	const struct data_read *reads;
	size_t count;
};
struct data_reading data_log_keep(const struct data_log *log, struct arena *arena);

/* Whether reading other maps, by the numbers of those that were watched, finds the same. with_places: it must also stand at the same places. */
bool data_reading_holds(
	const struct data_reading *reading, struct arena *arena, const struct data *const *roots, bool with_places);

/* For data*.c alone: they tell of what is read or changed. value NULL: the key is not there. */
void data_watch_below(struct arena *arena, struct data_trace *outer, struct str key, const struct data *map);
void data_log_find(struct data_trace *trace, struct str key, const struct data *value);
void data_log_entries(struct data_trace *trace, const struct data_entry *entries, size_t count);
void data_log_truth(struct data_trace *trace, enum truth truth);
void data_log_truth_at(struct data_trace *trace, struct str key, enum truth truth);
void data_log_change(struct data_trace *trace);

#endif
