/* Schemas and instances of literal texts, for the tests of this room. Both are YAML, so that neither needs escaped quotes. */
#ifndef ASPIS_TESTS_UNIT_SCHEMA_SCHEMA_FIXTURE_H
#define ASPIS_TESTS_UNIT_SCHEMA_SCHEMA_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "schema/schema.h"
#include "yaml/stream.h"

struct fixture {
	struct arena arena;
	struct vec streams; /* struct yaml_stream * */
	struct schema *schema;
	struct error error;
	struct vec errors; /* struct schema_error */
};

static inline const struct node *fixture_load(struct fixture *fixture, const char *name, const char *text)
{
	struct yaml_stream *stream = yaml_load(&fixture->arena, str_of(name), str_of(text), false);

	*(struct yaml_stream **)vec_push(&fixture->streams) = stream;
	assert_false(stream->broken);
	return yaml_root(stream);
}

static inline const struct node *fixture_load_json(struct fixture *fixture, const char *name, const char *text)
{
	struct yaml_stream *stream = json_load(&fixture->arena, str_of(name), str_of(text));

	*(struct yaml_stream **)vec_push(&fixture->streams) = stream;
	assert_false(stream->broken);
	return yaml_root(stream);
}

/* Compiles the schema; where it does not compile, schema is NULL and error says why. */
static inline void fixture_init(struct fixture *fixture, const char *schema)
{
	*fixture = (struct fixture){.error = ERROR_INIT};
	arena_init(&fixture->arena);
	vec_init(&fixture->streams, sizeof(struct yaml_stream *));
	vec_init(&fixture->errors, sizeof(struct schema_error));
	fixture->schema = schema_compile(NULL, STR(""), fixture_load(fixture, "schema", schema), &fixture->error);
}

/* Validates; the errors of an earlier instance are dropped. */
static inline bool fixture_validate(struct fixture *fixture, const char *instance)
{
	assert_non_null(fixture->schema);
	vec_clear(&fixture->errors);
	return schema_validate(
		fixture->schema, fixture_load(fixture, "instance", instance), &fixture->arena, &fixture->errors);
}

static inline void fixture_release(struct fixture *fixture)
{
	schema_free(fixture->schema);
	for (size_t i = 0; i < fixture->streams.len; i++)
		yaml_stream_release(*(struct yaml_stream **)vec_at(&fixture->streams, i));
	vec_release(&fixture->streams);
	vec_release(&fixture->errors);
	error_release(&fixture->error);
	arena_release(&fixture->arena);
}

/* Whether a schema accepts an instance. */
static inline bool accepts(const char *schema, const char *instance)
{
	struct fixture fixture;
	bool valid;

	fixture_init(&fixture, schema);
	if (fixture.schema == NULL)
		fail_msg("%s: %s", schema, fixture.error.message);
	valid = fixture_validate(&fixture, instance);
	assert_int_equal(valid, fixture.errors.len == 0);
	fixture_release(&fixture);
	return valid;
}

#endif
