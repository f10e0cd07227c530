/* Trees of literal texts, for the tests of this room. */
#ifndef ASPIS_UNIT_YAML_FIXTURE_H
#define ASPIS_UNIT_YAML_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/strbuf.h"
#include "yaml/construct.h"
#include "yaml/node.h"
#include "yaml/scalar_map.h"
#include "yaml/stream.h"

struct fixture {
	struct arena arena;
	struct yaml_stream *stream;
	const struct node *root;
};

static inline const struct node *fixture_load(struct fixture *fixture, struct str text)
{
	arena_init(&fixture->arena);
	fixture->stream = yaml_load(&fixture->arena, STR("test.yaml"), text, false);
	fixture->root = yaml_root(fixture->stream);
	return fixture->root;
}

static inline const struct node *fixture_load_json(struct fixture *fixture, struct str text)
{
	arena_init(&fixture->arena);
	fixture->stream = json_load(&fixture->arena, STR("test.json"), text);
	fixture->root = yaml_root(fixture->stream);
	return fixture->root;
}

static inline void fixture_release(struct fixture *fixture)
{
	yaml_stream_release(fixture->stream);
	arena_release(&fixture->arena);
}

static inline void assert_text(struct str text, const char *expected)
{
	struct strbuf copy = STRBUF_INIT;

	strbuf_append(&copy, text);
	assert_string_equal(copy.ptr, expected);
	assert_int_equal(copy.len, strlen(expected));
	strbuf_release(&copy);
}

/* What a node covers in the source. */
static inline void assert_span(const struct node *node, const char *expected)
{
	assert_non_null(node);
	assert_text(span_text(node_span(node)), expected);
}

static inline void assert_dump(const char *text, const char *expected)
{
	struct strbuf dump = STRBUF_INIT;
	struct fixture fixture;

	fixture_load(&fixture, str_of(text));
	yaml_dump(&dump, fixture.stream);
	assert_string_equal(dump.ptr, expected);
	strbuf_release(&dump);
	fixture_release(&fixture);
}

/* The issue of that number, which must be of that kind and cover that text. */
static inline const struct yaml_issue *assert_issue(
	const struct fixture *fixture, size_t number, enum yaml_issue_kind kind, const char *covers)
{
	const struct yaml_issue *issue;

	assert_true(number < fixture->stream->issues.len);
	issue = vec_at(&fixture->stream->issues, number);
	assert_int_equal(issue->kind, kind);
	assert_text(span_text(issue->span), covers);
	return issue;
}

#endif
