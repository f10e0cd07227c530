/* The located tree that everything read from YAML or JSON becomes (ARCHITECTURE decisions 1, 11–13). Nodes live in the arena of their stream, are
 * never changed after loading, and are kept to the end of the run: whoever looks at them borrows. */
#ifndef ASPIS_YAML_NODE_H
#define ASPIS_YAML_NODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/source.h"
#include "base/str.h"

struct yaml_stream;
struct key_index;

enum node_kind {
	NODE_SCALAR,
	NODE_SEQUENCE,
	NODE_MAPPING,
	NODE_ALIAS, /* a node of its own with a target; nothing is expanded */
};

enum node_style {
	NODE_PLAIN,
	NODE_SINGLE_QUOTED,
	NODE_DOUBLE_QUOTED,
	NODE_LITERAL, /* | */
	NODE_FOLDED,  /* > */
	NODE_BLOCK,   /* collections */
	NODE_FLOW,
};

/* What a node is as PyYAML's CSafeLoader sees it: by its explicit tag, or by the implicit rules of YAML 1.1. JSON gives the same types. */
enum node_type {
	TYPE_NULL,
	TYPE_BOOL,
	TYPE_INT,
	TYPE_FLOAT,
	TYPE_TIMESTAMP,
	TYPE_STR,
	TYPE_BINARY,
	TYPE_MERGE, /* a plain << */
	TYPE_VALUE, /* a plain =, which the loader cannot construct */
	TYPE_SEQ,
	TYPE_MAP,
	TYPE_SET,     /* !!set */
	TYPE_OMAP,    /* !!omap */
	TYPE_PAIRS,   /* !!pairs */
	TYPE_UNKNOWN, /* a tag that the loader does not know */
};

struct node_pair {
	struct node *key;
	struct node *value;
};

/* What few nodes have. */
struct node_extra {
	struct str tag;
	struct str anchor;
	const struct key_index *index; /* for large mappings, and for those that merge many */
};

struct node {
	uint8_t kind;         /* enum node_kind */
	uint8_t style;        /* enum node_style */
	uint8_t type;         /* enum node_type; of an alias: its target's */
	bool has_merge : 1;   /* a mapping with a merge key << */
	bool repeats_key : 1; /* a mapping with a key that is there twice (or <<) */
	bool word_keys : 1;   /* a mapping all keys of which are strings for every reader of YAML: quoted, or words */
	bool constructed : 1; /* private to loading: looked at as CSafeLoader constructs it */
	bool flattened : 1;   /* private to loading: its keys and values likewise, as those of a dict */
	uint32_t start, end;  /* bytes of the source: what a reader would underline, anchor and tag included */
	uint32_t value_start; /* behind anchor and tag */
	const struct yaml_stream *stream;
	struct node_extra *extra; /* private; NULL: nothing of it */
	union {
		struct str scalar; /* the value; of numbers the source text */
		struct {
			struct node **items;
			uint32_t count;
		} sequence;
		struct {
			struct node_pair *pairs; /* as written: duplicates and merge keys included */
			uint32_t count;
			/* private: mappings that are looked into for a key that is nowhere, this one included */
			uint32_t reach;
		} mapping;
		struct node *target; /* of an alias; never an alias itself */
	};
};

/* The node itself, or the target of an alias. NULL gives NULL, here and in everything below that takes a node. */
static inline const struct node *node_resolve(const struct node *node)
{
	return node && node->kind == NODE_ALIAS ? node->target : node;
}

/* The tag as resolved by libyaml ("tag:yaml.org,2002:int"), and the anchor without '&'; absent unless written. */
static inline struct str node_tag(const struct node *node)
{
	return node->extra ? node->extra->tag : STR_ABSENT;
}

static inline struct str node_anchor(const struct node *node)
{
	return node->extra ? node->extra->anchor : STR_ABSENT;
}

bool node_is_mapping(const struct node *node); /* !!map, through aliases */
bool node_is_sequence(const struct node *node);
bool node_is_string(const struct node *node); /* a scalar of TYPE_STR */
bool node_is_null(const struct node *node);   /* no node at all or a null scalar: "null means absent" */

/* The value of a string scalar, else the absent string. */
static inline struct str node_string(const struct node *node)
{
	node = node_resolve(node);
	return node && node->kind == NODE_SCALAR && node->type == TYPE_STR ? node->scalar : STR_ABSENT;
}

/* The text of any scalar as written (quotes removed), else the absent string. */
static inline struct str node_text(const struct node *node)
{
	node = node_resolve(node);
	return node && node->kind == NODE_SCALAR ? node->scalar : STR_ABSENT;
}

/* Looks a string key up as a Python dict built by CSafeLoader would: the last duplicate wins, own keys win over merged ones, of merged mappings
 * the first wins (a later << key overrides an earlier one). NULL where the key is not there. */
const struct node_pair *node_find(const struct node *mapping, struct str key);
const struct node *node_get(const struct node *mapping, struct str key); /* its value */

/* Walks the pairs that such a dict would have, in its order, every key once; keys may be of any type. Loop:
 * for (node_pairs_begin(&walk, mapping); (pair = node_pairs_next(&walk)); ) … node_pairs_end(&walk); */
struct node_pairs {
	/* private: those of the mapping itself where it needs no merging, else a computed list */
	struct node_pair *pairs;
	size_t count;
	size_t next;
	bool owned;
};
void node_pairs_begin(struct node_pairs *walk, const struct node *mapping);
const struct node_pair *node_pairs_next(struct node_pairs *walk);
void node_pairs_end(struct node_pairs *walk);

/* Truth as Helm and Python have it (SPEC section 3): missing, null, false, 0, 0.0, "", [], {} are false. */
bool node_truth(const struct node *node);

/* The value of a TYPE_BOOL node. */
bool node_bool(const struct node *node);

/* Whether both construct to equal values (Python's ==: 1 = 1.0 = true; mappings without regard to order). */
bool node_equal(const struct node *a, const struct node *b);

/* Where a node stands; the second leaves anchor and tag out. */
struct span node_span(const struct node *node);
struct span node_value_span(const struct node *node);

/* Depth-first over a node (depth 0) and everything below it, keys before their values, with a budget of visits against alias bombs. Aliases are
 * followed: the callback sees their targets. It may return NODE_SKIP (not into this one) or NODE_STOP. Returns false when the budget ran out. */
enum node_visit { NODE_CONTINUE, NODE_SKIP, NODE_STOP };
typedef enum node_visit node_visitor(void *context, const struct node *node, unsigned depth);
bool node_walk(const struct node *node, size_t budget, node_visitor *visitor, void *context);

/* What a type is called in messages, in the words of JSON Schema and YAML users: "a mapping", "a string", "a boolean", … */
const char *node_type_phrase(const struct node *node);

#endif
