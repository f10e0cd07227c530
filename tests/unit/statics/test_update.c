/* Updates of exotic files; those as people leave them are in tests/statics/update.py. */
#include "statics/update.h"

#include "statics_fixture.h"

struct row {
	const char *application;
	const char *key;
	const char *description;
};

/* An update by rows that end with an empty one; NULL where it is refused. */
static void assert_update(const char *before, const struct row *rows, const char *expected)
{
	struct vec changes = VEC_INIT(struct static_change);
	struct wanted_secrets wanted = {.secrets = VEC_INIT(struct wanted_secret)};
	struct fixture fixture;
	struct str text;
	bool good;

	for (; rows->application; rows++)
		*(struct wanted_secret *)vec_push(&wanted.secrets) =
			(struct wanted_secret){.application = str_of(rows->application),
				.key = str_of(rows->key),
				.description = str_of(rows->description)};
	fixture_init(&fixture, before);
	good = static_update(&text, &changes, &fixture.file, &wanted);
	if (good != (expected != NULL) || (expected && !str_is(text, expected)))
		fail_msg("%s became %.*s", before, STR_ARG(good ? text : STR("nothing")));
	assert_int_equal(fixture.file.problems.len > 0, !good);
	fixture_release(&fixture);
	wanted_secrets_release(&wanted);
	vec_release(&changes);
}

static const struct row none[] = {{NULL, NULL, NULL}};
static const struct row one[] = {{"b", "k", "D"}, {NULL, NULL, NULL}};
static const struct row two[] = {{"b", "j", "D"}, {"b", "k", "D"}, {NULL, NULL, NULL}};

static void test_places(void **state)
{
	(void)state;
	/* Among sorted neighbours; at the end of others; before comments that belong to the next. */
	assert_update("a: {x: {value: v}}\nc: {x: {value: v}}\n", one,
		"a: {x: {value: v}}\nb:\n  k:\n    description: >-\n      D\n    value: null\nc: {x: {value: v}}\n");
	assert_update("c: {x: {value: v}}\na: {x: {value: v}}\n", one,
		"c: {x: {value: v}}\na: {x: {value: v}}\nb:\n  k:\n    description: >-\n      D\n    value: null\n");
	assert_update("a: {x: {value: v}}\n# of c\nc: {x: {value: v}}\n", one,
		"a: {x: {value: v}}\nb:\n  k:\n    description: >-\n      D\n    value: null\n# of c\nc: {x: {value: "
		"v}}\n");
	assert_update("# of the file\nc: {x: {value: v}}\n", one,
		"# of the file\nb:\n  k:\n    description: >-\n      D\n    value: null\nc: {x: {value: v}}\n");
	assert_update("b:\n    j: {description: D, value: v}\n    # still of j\n", two,
		"b:\n    j: {description: D, value: v}\n    k:\n        description: >-\n            D\n        value: "
		"null\n    # still of j\n");
	/* No line break at the end, and none comes. */
	assert_update("a: {x: {value: v}}", one,
		"a: {x: {value: v}}\nb:\n  k:\n    description: >-\n      D\n    value: null");
	assert_update("a:\n  x:\n    value: |\n      v", one,
		"a:\n  x:\n    value: |-\n      v\nb:\n  k:\n    description: >-\n      D\n    value: null");
}

/* A file without members becomes the template, around what is in it. */
static void test_empty(void **state)
{
	static const char members[] = "applications: {}\noidc-clients: {}\npull-secret:\n  description: >-\n"
				      "    Pull secrets for Docker registries. Each key under registries is the\n"
				      "    name of a Docker registry that needs a pull secret. The value should\n"
				      "    have two keys, username and password, that provide the HTTP Basic Auth\n"
				      "    credentials for that registry.\n  registries: {}\nvault-write-token: null\n";
	struct arena arena;

	(void)state;
	arena_init(&arena);
	assert_update("", none, members);
	assert_update("# c", none, arena_printf(&arena, "# c\n%.*s", (int)sizeof(members) - 2, members).ptr);
	assert_update("--- # c\n...\n", none, arena_printf(&arena, "--- # c\n%s...\n", members).ptr);
	assert_update("null\n", none, members);
	assert_update(
		"--- ~ # c\n", none, arena_printf(&arena, "---\n%.*s # c\n", (int)sizeof(members) - 2, members).ptr);
	assert_update("{}\n", none, "{}\n");
	arena_release(&arena);
}

static void test_flow(void **state)
{
	(void)state;
	assert_update(
		"{c: {x: {value: v}}}\n", one, "{b: {k: {description: \"D\", value: null}}, c: {x: {value: v}}}\n");
	assert_update("{\n  \"a\": {\"x\": {\"value\": \"v\"}}\n}\n", one,
		"{\n  \"a\": {\"x\": {\"value\": \"v\"}},\n  \"b\": {\"k\": {\"description\": \"D\", \"value\": "
		"null}}\n}\n");
	assert_update("{b: {}}\n", one, "{b: {k: {description: \"D\", value: null}}}\n");
	assert_update("{b: }\n", one, "{b: {k: {description: \"D\", value: null}} }\n");
	assert_update("{b: {k: {description: D}, x: {value: null}, y: {value: null}, z: {value: null}}}\n", one,
		"{b: {k: {description: D}}}\n");
	assert_update("{b: {k: {description: D}}, c: {y: {value: null}}}\n", one, "{b: {k: {description: D}}}\n");
	assert_update("{c: {y: {value: null}}}\n", none, "{}\n");
	assert_update(
		"{b: {j: {value: null}, x: {value: ''}}}\n", one, "{b: {k: {description: \"D\", value: null}}}\n");
	assert_update("{a: {j: {value: null}}}\n", one, "{b: {k: {description: \"D\", value: null}}}\n");
}

static void test_descriptions(void **state)
{
	(void)state;
	assert_update("b:\n  k:\n    description: old # why\n    value: v\n", one,
		"b:\n  k:\n    description: >- # why\n      D\n    value: v\n");
	assert_update("b:\n  k:\n    description: |+ # why\n      old\n\n    value: v\n", one,
		"b:\n  k:\n    description: >- # why\n      D\n    value: v\n");
	assert_update("b:\n  k:\n    'value': v\n", one, "b:\n  k:\n    'description': >-\n      D\n    'value': v\n");
	assert_update(
		"b:\n  k:\n    description: D\n    note: x\n", one, "b:\n  k:\n    description: D\n    note: x\n");
	assert_update("a:\n  x: {description: &d D, value: v}\nb:\n  k: {description: *d}\n", one,
		"a:\n  x: {description: &d D, value: v}\nb:\n  k: {description: *d}\n");
	assert_update("a:\n  x: {description: &d E, value: v}\nb:\n  k: {description: *d}\n", one,
		"a:\n  x: {description: &d E, value: v}\nb:\n  k: {description: \"D\"}\n");
}

static void test_what_goes(void **state)
{
	(void)state;
	assert_update(
		"b:\n  k: {description: D}\n  x:\n    value:\n  y: {value: ''}\n", one, "b:\n  k: {description: D}\n");
	assert_update("b:\n  k: {description: D}\n  x:\n    # why\n    value:\n", one,
		"b:\n  k: {description: D}\n  x:\n    # why\n    value:\n");
	assert_update("b:\n  k: {description: D}\n  x: {value: , note: y}\n", one,
		"b:\n  k: {description: D}\n  x: {value: , note: y}\n");
	assert_update(
		"b:\n  k: {description: D}\n  x: {value: v}\n", one, "b:\n  k: {description: D}\n  x: {value: v}\n");
	assert_update("b:\n  x: &x {value: null}\n  k: {description: D}\n", one,
		"b:\n  x: &x {value: null}\n  k: {description: D}\n");
	assert_update("c:\n  x:\n    value: |\n      v\n  y:", none, "c:\n  x:\n    value: |\n      v\n");
	assert_update("# all\nc:\n  x: {value: null}\n", none, "# all\n{}\n");
	assert_update("a:\n  x:\n    value: |+\n      v\nb:\n  z:\n\nc:\n  x: {value: v}\n", none,
		"a:\n  x:\n    value: |+\n      v\nc:\n  x: {value: v}\n");
}

static void test_refusals(void **state)
{
	(void)state;
	assert_update("a: &a {x: {value: v}}\nb: *a\n", one, NULL);
	assert_update("a: &a {b: {x: {value: v}}}\n<<: *a\n", one, NULL);
	assert_update("a: {b: {value: 1}}\n", one, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_flow),
		cmocka_unit_test(test_descriptions),
		cmocka_unit_test(test_what_goes),
		cmocka_unit_test(test_refusals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
