#include "fixture.h"

#include "model/resolve.h"

#define ENVIRONMENTS                                                                                                   \
	{"environments/values.yaml", "applications: {a: false, b: true, gone: false}\n"},                              \
		{"environments/values-e.yaml", "applications: {a: true, ghost: true}\n"},                              \
		{"environments/values-two.yaml", "applications: {b: false, gone: true}\n"},                            \
	{                                                                                                              \
		"applications/gone/Chart.yaml", "name: gone\n"                                                         \
	}

static const char *const problem_names[] = {
	[RESOLVE_UNKNOWN_APPLICATION] = "unknown-application",
	[RESOLVE_DISABLED_APPLICATION] = "disabled-application",
	[RESOLVE_UNKNOWN_KEY] = "unknown-key",
	[RESOLVE_NOT_REQUIRED] = "not-required",
	[RESOLVE_CYCLE] = "cycle",
	[RESOLVE_ACTIVE_CONFLICT] = "conflict",
	[RESOLVE_UNKNOWN_SOURCE] = "unknown-source",
	[RESOLVE_SOURCE_NOT_REQUIRED] = "source-not-required",
};

/* "app/key=origin" of every secret, with "<app/key" of its source. */
static void describe_secrets(struct strbuf *out, const struct resolution *resolution)
{
	for (size_t i = 0; i < resolution->applications.len; i++) {
		const struct resolved_application *resolved =
			*(struct resolved_application **)vec_at(&resolution->applications, i);
		for (size_t j = 0; j < resolved->secrets.len; j++) {
			const struct resolved_secret *secret =
				*(struct resolved_secret **)vec_at(&resolved->secrets, j);
			strbuf_printf(out, "%.*s/%.*s=%.*s", STR_ARG(secret->application->name),
				STR_ARG(secret->spec->key), STR_ARG(secret_origin_name(secret->origin)));
			if (secret->source)
				strbuf_printf(out, "<%.*s/%.*s", STR_ARG(secret->source->application->name),
					STR_ARG(secret->source->spec->key));
			strbuf_append_char(out, ' ');
		}
	}
}

/* "app/key:kind@line:column" of every problem. */
static void describe_problems(struct strbuf *out, const struct resolution *resolution)
{
	for (size_t i = 0; i < resolution->problems.len; i++) {
		const struct resolve_problem *problem = vec_at(&resolution->problems, i);
		struct position at = source_position(problem->span.source, problem->span.start);
		strbuf_printf(out, "%.*s/%.*s:%s@%u:%u ", STR_ARG(problem->secret->application->name),
			STR_ARG(problem->secret->spec->key), problem_names[problem->kind], at.line, at.column);
	}
}

static void assert_resolution(
	const struct fixture_file *files, const char *environment, const char *secrets, const char *problems)
{
	struct strbuf out = STRBUF_INIT;
	struct fixture fixture;

	fixture_open(&fixture, files);
	struct resolution *resolution = resolve_environment(fixture.model, fixture_environment(&fixture, environment));
	describe_secrets(&out, resolution);
	assert_string_equal(out.ptr, secrets);
	strbuf_clear(&out);
	describe_problems(&out, resolution);
	assert_string_equal(out.ptr, problems);
	strbuf_release(&out);
	resolution_free(resolution);
	fixture_close(&fixture);
}

static void finds_the_origin_of_each(void **state)
{
	static const struct fixture_file files[] = {
		ENVIRONMENTS,
		{"applications/a/values.yaml", "yeah: {x: true}\nnope: {x: 0}\n"},
		{"applications/a/secrets.yaml",
			"z: {description: d}\n"
			"made: {description: d, generate: {type: password}}\n"
			"given: {description: d, value: text}\n"
			"empty: {description: d, value: '', if: ''}\n"
			"hash: {description: d, generate: {type: bcrypt-password-hash, source: made}}\n"
			"taken: {copy: {application: b, key: k}}\n"
			"maybe: {description: d, copy: {if: nope.x, application: b, key: k}, generate: {if: yeah.x, "
			"type: "
			"password}}\n"
			"not: {description: d, if: nope.x}\n"
			"nowhere: {description: d, if: missing.x.y}\n"
			"nulls: {description: null, if: null, copy: null, generate: null, value: null}\n"
			"bare:\n"},
		{"applications/b/secrets.yaml", "k: {description: from b}\n"},
		{NULL, NULL},
	};

	(void)state;
	assert_resolution(files, "e",
		"a/bare=static a/empty=static a/given=value a/hash=generate<a/made a/made=generate a/maybe=generate "
		"a/nulls=static "
		"a/taken=copy<b/k a/z=static b/k=static ",
		"");
	assert_resolution(files, "two", "", "");
}

static void overlays_whole_entries(void **state)
{
	static const struct fixture_file files[] = {
		ENVIRONMENTS,
		{"applications/a/secrets.yaml",
			"one: {description: d, generate: {type: password}}\ntwo: {description: d}\n"},
		{"applications/a/secrets-e.yaml", "added: {description: d, value: x}\none: {description: d}\n"},
		{"applications/a/secrets-two.yaml", "two: {description: d, if: never}\n"},
		{NULL, NULL},
	};

	(void)state;
	assert_resolution(files, "e", "a/added=value a/one=static a/two=static ", "");
}

static void reports_what_cannot_be_resolved(void **state)
{
	static const struct fixture_file files[] = {
		ENVIRONMENTS,
		{"applications/a/secrets.yaml",
			"c1: {copy: {application: nobody, key: k}}\n"
			"c2: {copy: {application: gone, key: k}}\n"
			"c3: {copy: {application: b, key: unknown}}\n"
			"c4: {copy: {application: b, key: optional}}\n"
			"c5: {copy: {application: b, key: elsewhere}}\n"
			"c6: {copy: {application: gone, key: unknown}}\n"
			"both: {copy: {application: b, key: k}, generate: {type: password}, value: x}\n"
			"d1: {description: d, generate: {type: mtime, source: unknown}}\n"
			"d2: {description: d, generate: {type: mtime, source: hidden}}\n"
			"hidden: {description: d, if: never}\n"
			"half: {copy: {application: b}}\n"
			"odd: {copy: [], generate: 1}\n"},
		{"applications/b/secrets.yaml", "k: {description: d}\noptional: {description: d, if: never.set}\n"},
		{"applications/b/secrets-two.yaml", "elsewhere: {description: d}\n"},
		{"applications/gone/secrets.yaml", "k: {description: d}\n"},
		{NULL, NULL},
	};

	(void)state;
	assert_resolution(files, "e",
		"a/both=copy<b/k a/c1=copy a/c2=copy a/c3=copy a/c4=copy a/c5=copy a/c6=copy a/d1=generate "
		"a/d2=generate a/half=copy a/odd=static "
		"b/k=static ",
		"a/both:conflict@7:40 a/both:conflict@7:68 a/c1:unknown-application@1:26 "
		"a/c2:disabled-application@2:26 a/c3:unknown-key@3:34 "
		"a/c4:not-required@4:34 a/c5:not-required@5:34 a/c6:unknown-key@6:37 a/d1:unknown-source@8:54 "
		"a/d2:source-not-required@9:54 ");
}

static void finds_cycles_once(void **state)
{
	static const struct fixture_file files[] = {
		ENVIRONMENTS,
		{"applications/a/secrets.yaml", "into: {copy: {application: b, key: two}}\n"
						"one: {copy: {application: b, key: two}}\n"
						"self: {copy: {application: a, key: self}}\n"},
		{"applications/b/secrets.yaml", "three: {copy: {application: a, key: one}}\n"
						"two: {description: d, generate: {type: mtime, source: three}}\n"},
		{NULL, NULL},
	};
	struct fixture fixture;

	(void)state;
	fixture_open(&fixture, files);
	struct resolution *resolution = resolve_environment(fixture.model, fixture_environment(&fixture, "e"));
	assert_int_equal(resolution->problems.len, 2);
	const struct resolve_problem *problem = vec_at(&resolution->problems, 0);
	assert_int_equal(problem->kind, RESOLVE_CYCLE);
	assert_int_equal(problem->cycle_length, 3);
	assert_text(problem->cycle[0]->spec->key, "one");
	assert_text(problem->cycle[1]->spec->key, "two");
	assert_text(problem->cycle[2]->spec->key, "three");
	problem = vec_at(&resolution->problems, 1);
	assert_int_equal(problem->cycle_length, 1);
	assert_text(problem->secret->spec->key, "self");
	assert_text(span_text(problem->span), "self");
	resolution_free(resolution);
	fixture_close(&fixture);
}

static void takes_descriptions_from_the_source(void **state)
{
	static const struct fixture_file files[] = {
		ENVIRONMENTS,
		{"applications/a/secrets.yaml", "chain: {copy: {application: a, key: link}}\n"
						"link: {copy: {application: gone, key: k}}\n"
						"own: {description: mine, copy: {application: gone, key: k}}\n"
						"loop: {copy: {application: a, key: loop}}\n"},
		{"applications/gone/secrets-two.yaml", "k: {description: from afar}\n"},
		{NULL, NULL},
	};
	struct fixture fixture;

	(void)state;
	fixture_open(&fixture, files);
	struct resolution *resolution = resolve_environment(fixture.model, fixture_environment(&fixture, "e"));
	const struct resolved_secret *link = resolution_find(resolution, STR("a"), STR("link"));
	assert_text(resolved_description(resolution, resolution_find(resolution, STR("a"), STR("chain")))->text,
		"from afar");
	assert_text(resolved_description(resolution, link)->text, "from afar");
	assert_text(resolved_description(resolution, resolution_find(resolution, STR("a"), STR("own")))->text, "mine");
	assert_true(str_is_absent(
		resolved_description(resolution, resolution_find(resolution, STR("a"), STR("loop")))->text));
	assert_text(link->first_user->spec->key, "chain");
	assert_null(link->first_user->next_user);
	assert_null(resolution_find(resolution, STR("a"), STR("nothing")));
	resolution_free(resolution);
	fixture_close(&fixture);
}

static void tells_what_decided_a_condition(void **state)
{
	static const struct fixture_file files[] = {
		ENVIRONMENTS,
		{"applications/a/values.yaml", "config: {x: false}\n"},
		{"applications/a/values-e.yaml", "config:\n  x: 1\n"},
		{"applications/a/secrets.yaml", "k: {description: d, if: config.x}\n"},
		{NULL, NULL},
	};
	struct fixture fixture;

	(void)state;
	fixture_open(&fixture, files);
	struct resolution *resolution = resolve_environment(fixture.model, fixture_environment(&fixture, "e"));
	const struct resolved_secret *secret = resolution_find(resolution, STR("a"), STR("k"));
	assert_text(secret->condition.spec->text, "config.x");
	assert_text(secret->condition.lookup.file->path, "applications/a/values-e.yaml");
	assert_int_equal(
		source_position(node_span(secret->condition.lookup.node).source, secret->condition.lookup.node->start)
			.line,
		2);
	assert_null(secret->origin_condition.spec);
	resolution_free(resolution);
	fixture_close(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_the_origin_of_each),
		cmocka_unit_test(overlays_whole_entries),
		cmocka_unit_test(reports_what_cannot_be_resolved),
		cmocka_unit_test(finds_cycles_once),
		cmocka_unit_test(takes_descriptions_from_the_source),
		cmocka_unit_test(tells_what_decided_a_condition),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
