/* Answers of a server as trees, for the tests of this room. */
#ifndef ASPIS_UNIT_STORE_ENTRY_FIXTURE_H
#define ASPIS_UNIT_STORE_ENTRY_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/strbuf.h"
#include "store/json_values.h"
#include "yaml/stream.h"

struct fixture {
	struct arena arena; /* sensitive */
	struct yaml_stream *stream;
	const struct node *root;
	struct store_entry entry;
};

static inline void fixture_init(struct fixture *fixture, const char *json)
{
	arena_init_sensitive(&fixture->arena);
	fixture->stream = json_load(&fixture->arena, STR("test.json"), str_of(json));
	assert_false(fixture->stream->broken);
	fixture->root = yaml_root(fixture->stream);
	store_entry_init(&fixture->entry, STR("argocd"));
}

static inline void fixture_release(struct fixture *fixture)
{
	store_entry_release(&fixture->entry);
	yaml_stream_release(fixture->stream);
	arena_release(&fixture->arena);
}

static inline void assert_text(struct str text, const char *expected)
{
	assert_int_equal(text.len, strlen(expected));
	assert_memory_equal(text.ptr, expected, text.len);
}

static inline void assert_secret(struct secret *secret, const char *expected)
{
	assert_non_null(secret);
	assert_text(secret_str(secret), expected);
}

#endif
