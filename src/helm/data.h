/* The data that templates work on: what values files hold, what expressions give, and what a template comes to (expand.h). Data lives in an arena and is
 * not changed once made, but that maps and lists over YAML are read as they are asked for (so that one thread at a time may use them), and that
 * sprig's `set` and its like change maps. Maps may stand in layers, as Helm merges values files. */
#ifndef ASPIS_HELM_DATA_H
#define ASPIS_HELM_DATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/str.h"
#include "base/truth.h"
#include "yaml/node.h"

enum data_kind {
	DATA_UNKNOWN,
	DATA_NIL, /* null, and what is not there */
	DATA_BOOL,
	DATA_INT,
	DATA_FLOAT,
	DATA_STRING,
	DATA_LIST,
	DATA_MAP,
	DATA_YAML, /* text as toYaml and its like print it: known by its structure alone */
};

struct data_map;
struct data_list;

struct data {
	enum data_kind kind;
	bool maybe; /* may not be there at all: a condition around it is unknown */
	bool open;  /* of maps and lists: there may be more in it than is known */
	bool json;  /* of DATA_YAML: the text is JSON */
	/* Where it is written: in the template, or in the values file that it comes from. source NULL: nowhere. */
	struct span span;
	union {
		bool boolean;
		int64_t integer;
		double number;
		struct str string;
		struct str tail; /* of DATA_UNKNOWN: the text that it is known to end with; may be empty */
		struct data_list *list;
		struct data_map *map;
		const struct data *structure; /* of DATA_YAML */
	};
};

/* Those without anything to them; borrowed, never freed. */
extern const struct data DATA_IS_UNKNOWN;
extern const struct data DATA_IS_NIL;

const struct data *data_bool(bool value);
const struct data *data_int(struct arena *arena, int64_t value);
const struct data *data_float(struct arena *arena, double value);
const struct data *data_string(struct arena *arena, struct str text, struct span span); /* text is borrowed */
const struct data *data_unknown(struct arena *arena, struct str tail, struct span span);
const struct data *data_yaml(struct arena *arena, const struct data *structure);

/* The same data, which may not be there. */
const struct data *data_maybe(struct arena *arena, const struct data *data);

/* What a YAML node holds, with the types that Helm's YAML reader gives: maps with string keys; timestamps are strings as written, and every number is a
 * DATA_FLOAT, which prints as Go prints it (1000000 as "1e+06"). Binaries, and what Helm cannot read, are unknown. NULL gives nil. source is the file's
 * (node->stream->source where it is NULL). */
const struct data *data_of_node(struct arena *arena, const struct node *node, const struct source *source);

/* A map to be filled in, and a list. Of equal keys the last one counts for data_get(); all are walked by data_entries(). */
struct data *data_map_new(struct arena *arena, struct span span);
void data_map_add(
	struct arena *arena, struct data *map, struct str key, struct span key_span, const struct data *value);
struct data *data_list_new(struct arena *arena, struct span span);
void data_list_add(struct arena *arena, struct data *list, const struct data *item);

/* One map of several, the first being on top: maps merge recursively, anything else replaces, and null takes away what lies below it (Helm's coalescing);
 * whether its key stays depends on more than the layers, so that it is a nil that may not be there.
 * Layers that are no maps are passed over; an unknown layer makes the map open, and unknown what is not set above it. */
const struct data *data_merge(struct arena *arena, const struct data *const *layers, size_t count);

/* The value of a key. Of what is unknown: unknown; of an open map that lacks it: unknown; of anything else without it: nil. Never NULL. */
const struct data *data_get(struct arena *arena, const struct data *data, struct str key);
const struct data *data_get_path(struct arena *arena, const struct data *data, struct str dotted);

/* Sets a key of a map for everyone who holds it (sprig's set, unset with NULL). */
void data_set(struct arena *arena, const struct data *data, struct str key, const struct data *value);

struct data_entry {
	struct str key;
	struct span key_span;
	const struct data *value;
};

/* The entries of a map in the order of writing (upper layers first), and the items of a list. Of other kinds: none. */
struct data_entries {
	const struct data_entry *items;
	size_t count;
};
struct data_items {
	const struct data *const *items;
	size_t count;
};
struct data_entries data_entries(struct arena *arena, const struct data *data);
struct data_items data_items(struct arena *arena, const struct data *data);

/* Truth as text/template has it: false, 0, nil, and empty strings, lists and maps are false. */
enum truth data_truth(struct arena *arena, const struct data *data);

/* That of the value of a key (data_get()), unknown where it may not be there: all that is noted of reading it (data_log.h) unless it is a map. */
enum truth data_truth_at(struct arena *arena, const struct data *map, struct str key);

/* The text that printing gives (fmt.Print): absent where it is unknown, or no text of this world should depend on it (maps, lists). Nil is "" as
 * Helm prints it. */
struct str data_text(struct arena *arena, const struct data *data);

/* The same for what YAML would read of such text as a string: names and keys; of DATA_YAML that of its structure. Absent for maps, lists, nil and what is
 * unknown. */
struct str data_name(struct arena *arena, const struct data *data);

#endif
