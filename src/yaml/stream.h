/* Loading: a text becomes a stream of located trees, and what is wrong with it a list of issues. Loading never fails as such: the loader records,
 * `check` judges. */
#ifndef ASPIS_YAML_STREAM_H
#define ASPIS_YAML_STREAM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/source.h"
#include "base/vec.h"
#include "yaml/node.h"

/* libyaml is quadratic in the depth. Aliases count with the depth of their targets, so that who follows them goes no deeper either. */
#define YAML_DEPTH_MAX 1000

/* Aliases may add no more nodes than this to a document. */
#define YAML_EXPANSION_MAX 1000000

enum yaml_issue_kind {
	/* not YAML 1.1 (or JSON): no tree from here on */
	YAML_INVALID,
	/* not UTF-8, or a NUL byte: no tree */
	YAML_ENCODING,
	/* deeper than YAML_DEPTH_MAX, aliases that expand beyond bounds or contain themselves, tags or directives without measure: no tree */
	YAML_NESTING,
	/* span: the later key, related: the first */
	YAML_DUPLICATE_KEY,
	/* a scalar that its tag, implicit or explicit, cannot hold (!!int x, a bare =, 2001-13-45) */
	YAML_INVALID_SCALAR,
	/* anything else that CSafeLoader rejects: unknown tag, unhashable key, !!omap of what are no pairs, a merge of no mapping, an anchor that is defined
	 * twice (the later definition counts) */
	YAML_UNCONSTRUCTIBLE,
};

struct yaml_issue {
	enum yaml_issue_kind kind;
	struct span span;
	struct span related; /* source NULL: none */
	struct str message;  /* libyaml's or our own words, a clause without a final period */
};

struct yaml_document {
	struct node *root; /* NULL: an empty document (CSafeLoader's None) */
	struct span span;  /* where it starts ('---' or its first node) */
};

struct yaml_stream {
	struct arena *arena;
	struct source source;
	struct vec documents; /* struct yaml_document */
	struct vec issues;    /* struct yaml_issue, in the order of the text */
	struct vec comments;  /* struct span, from '#' to the end of the line */
	bool broken;          /* an issue left no tree behind */
	bool has_comments;    /* private: comments were looked for */
};

/* Reads YAML 1.1 or JSON (RFC 8259) from text into arena (all three, and path, must live as long as the tree). The stream itself lives in the
 * arena too; its vectors are released by yaml_stream_release. UTF-8 with or without BOM; UTF-16 only where accept_utf16 is set (it is converted,
 * and positions are those of the converted text). In JSON, a surrogate escape that has no partner reads as U+FFFD.
 * Of a text with secret values the arena is a sensitive one; the reader then wipes what it copied elsewhere. */
struct yaml_stream *yaml_load(struct arena *arena, struct str path, struct str text, bool accept_utf16);
struct yaml_stream *json_load(struct arena *arena, struct str path, struct str text);
void yaml_stream_release(struct yaml_stream *stream);

/* The root of the first document, or NULL (empty, or broken before its end). */
const struct node *yaml_root(const struct yaml_stream *stream);

/* The comments are found on demand, once; not thread-safe for one stream. */
const struct vec *yaml_comments(struct yaml_stream *stream);

#endif
