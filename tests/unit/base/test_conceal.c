#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/conceal.h"
#include "base/diag.h"

static const struct rule plain = {.number = 1, .code = "ASP001", .name = "plain", .severity = SEVERITY_ERROR};
static const struct rule sensitive = {
	.number = 2, .code = "ASP002", .name = "sensitive", .severity = SEVERITY_ERROR, .sensitive = true};

struct fixture {
	struct arena arena;
	struct source first;
	struct source second;
	struct diag_sink sink;
};

static void fixture_init(struct fixture *fixture)
{
	arena_init(&fixture->arena);
	source_init(&fixture->first, &fixture->arena, STR("a.yaml"), STR("key: 0123456789 end\n"));
	source_init(&fixture->second, &fixture->arena, STR("b.yaml"), STR("key: 0123456789 end\n"));
	diag_sink_init(&fixture->sink);
}

static void fixture_release(struct fixture *fixture)
{
	diag_sink_release(&fixture->sink);
	arena_release(&fixture->arena);
}

static struct span span(const struct source *source, uint32_t start, uint32_t end)
{
	return (struct span){.source = source, .start = start, .end = end};
}

static void test_sensitive_findings(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_init(&fixture);
	diag_report(&fixture.sink, &plain, span(&fixture.first, 0, 3), "one");
	assert_int_equal(fixture.sink.concealed.len, 0);
	diag_report(&fixture.sink, &sensitive, span(&fixture.first, 5, 15), "two");
	diag_sink_sort(&fixture.sink);
	assert_int_equal(fixture.sink.concealed.len, 1);
	assert_non_null(conceal_find(&fixture.sink.concealed, span(&fixture.first, 0, 20)));
	fixture_release(&fixture);
}

static void test_merged(void **state)
{
	struct fixture fixture;
	struct diag_sink other;

	(void)state;
	fixture_init(&fixture);
	diag_sink_init(&other);
	diag_conceal(&other, span(&fixture.second, 5, 9));
	diag_conceal(&other, span(&fixture.first, 8, 12));
	diag_conceal(&other, span(&fixture.first, 8, 8));
	diag_conceal(&other, span(NULL, 1, 2));
	diag_conceal(&fixture.sink, span(&fixture.first, 5, 9));
	diag_sink_merge(&fixture.sink, &other);
	assert_int_equal(other.concealed.len, 0);
	diag_sink_sort(&fixture.sink);
	assert_int_equal(fixture.sink.concealed.len, 2);
	const struct span *joined = vec_at(&fixture.sink.concealed, 0);
	assert_ptr_equal(joined->source, &fixture.first);
	assert_int_equal(joined->start, 5);
	assert_int_equal(joined->end, 12);
	diag_sink_release(&other);
	fixture_release(&fixture);
}

static void test_find(void **state)
{
	struct fixture fixture;
	const struct vec *concealed = &fixture.sink.concealed;

	(void)state;
	fixture_init(&fixture);
	assert_null(conceal_find(NULL, span(&fixture.first, 0, 20)));
	assert_null(conceal_find(concealed, span(&fixture.first, 0, 20)));
	diag_conceal(&fixture.sink, span(&fixture.first, 5, 8));
	diag_conceal(&fixture.sink, span(&fixture.first, 12, 15));
	diag_sink_sort(&fixture.sink);
	assert_null(conceal_find(concealed, span(&fixture.first, 0, 5)));
	assert_null(conceal_find(concealed, span(&fixture.first, 8, 12)));
	assert_null(conceal_find(concealed, span(&fixture.first, 15, 20)));
	assert_null(conceal_find(concealed, span(&fixture.second, 0, 20)));
	assert_null(conceal_find(concealed, span(NULL, 0, 20)));
	assert_int_equal(conceal_find(concealed, span(&fixture.first, 0, 20))->start, 5);
	assert_int_equal(conceal_find(concealed, span(&fixture.first, 7, 20))->start, 5);
	assert_int_equal(conceal_find(concealed, span(&fixture.first, 8, 13))->start, 12);
	fixture_release(&fixture);
}

static void test_mask(void **state)
{
	struct fixture fixture;
	char line[] = "key: 0123456789 end";
	char part[] = "123";

	(void)state;
	fixture_init(&fixture);
	assert_false(conceal_mask(&fixture.sink.concealed, span(&fixture.first, 0, 19), line));
	diag_conceal(&fixture.sink, span(&fixture.first, 5, 7));
	diag_conceal(&fixture.sink, span(&fixture.first, 13, 15));
	diag_sink_sort(&fixture.sink);
	assert_true(conceal_mask(&fixture.sink.concealed, span(&fixture.first, 0, 19), line));
	assert_string_equal(line, "key: **234567** end");
	assert_true(conceal_mask(&fixture.sink.concealed, span(&fixture.first, 6, 9), part));
	assert_string_equal(part, "*23");
	fixture_release(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sensitive_findings),
		cmocka_unit_test(test_merged),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_mask),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
