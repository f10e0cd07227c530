/* Private to data*.c and function*.c: how maps and lists are kept. */
#ifndef ASPIS_HELM_DATA_PRIVATE_H
#define ASPIS_HELM_DATA_PRIVATE_H

#include "helm/data.h"

struct data_trace;

/* A value that a map was asked for before it was filled. */
struct data_found {
	struct str key;
	const struct data *value; /* NULL: the key is not there */
	const struct data_found *next;
};

/* A map is filled from a YAML mapping or from the maps that it merges when it is asked for all that it holds, or for more than a few keys; each value is
 * made when it is asked for. */
struct data_map {
	const struct node *node;          /* a mapping that has not been read yet; else NULL */
	const struct source *source;      /* of that mapping */
	const struct data *const *layers; /* maps and what is unknown, the first on top; NULL: no merge */
	size_t layer_count;
	bool filled;
	bool simple; /* a mapping that has not been read yet, all keys of which are texts of its own: node_find() knows them as well */
	bool fresh; /* made by a function of a template, which may then change it */
	unsigned char found_count;
	const struct data_found *found;
	struct data_trace *trace; /* whom reading is told to (data_log.h); NULL: nobody */
	struct data_entry *entries;
	const struct node_pair **pairs; /* of a YAML mapping: where the entries come from */
	size_t count;
	size_t capacity;
	uint32_t *slots;   /* index into entries + 1, 0: free; NULL while the map is small */
	size_t slot_count; /* a power of two */
};

struct data_list {
	const struct node *node; /* a sequence that has not been read yet; else NULL */
	const struct source *source;
	const struct node *origin; /* the sequence that it is, read or not; NULL: it is of no file */
	bool unordered;            /* the items are known, their order is not (sprig's keys) */
	const struct data **items;
	size_t count;
	size_t capacity;
};

/* For data_of_node(): what is read stands nowhere in the sources. */
extern const struct source DATA_NOWHERE;

/* A map that functions may change. */
struct data *data_map_fresh(struct arena *arena);

/* The value of a key that is there, else NULL. Of what is no map: NULL. */
const struct data *data_find(struct arena *arena, const struct data *map, struct str key);

/* The same, but nobody is told (data_log.h): for maps that are layers of another one. */
const struct data *data_find_unwatched(struct arena *arena, const struct data *data, struct str key);

/* What the layers of a merged map come to at a key; NULL where none has it. */
const struct data *data_merged_value(struct arena *arena, const struct data_map *map, struct str key);

/* Whether a map is open shows when its keys are looked at; those of a merged one have been. */
void data_settle(struct arena *arena, const struct data *data);

/* Whether a map has anything in it. */
enum truth data_map_truth(struct arena *arena, const struct data *data);

/* About how much there is in a map or list, without looking into it. */
size_t data_weight(const struct data *data);

/* Takes a key out of a map. */
void data_remove(struct arena *arena, const struct data *data, struct str key);

/* Whether the items of a list, or the entries of a map, are all known to be there, with nothing else. */
bool data_is_closed(struct arena *arena, const struct data *data);

/* A scalar with the type that Helm's YAML reader gives it; span is where it stands. */
const struct data *data_of_scalar(struct arena *arena, const struct node *node, struct span span);

/* The key that Helm's JSON view of YAML makes of a scalar key: "true" of yes, "8" of 010. Absent where it makes none. The second tells keys that are
 * strings in YAML already. */
struct str data_key_of_node(struct arena *arena, const struct node *key);
bool data_key_is_text(const struct node *key);

/* A number as Go prints it with %v, its digits being those of a float of that many bits (32 or 64). */
struct str data_float_text(struct arena *arena, double value, unsigned bits);

#endif
