#include "base/diag.h"

#include "assert_str.h"
#include "base/strbuf.h"

static const struct rule copy_unknown_key = {.number = 203, .code = "ASP203", .severity = SEVERITY_ERROR};
static const struct rule wrong_type = {.number = 102, .code = "ASP102", .severity = SEVERITY_WARNING};

static struct span at(const struct source *source, uint32_t start, uint32_t end)
{
	return (struct span){.source = source, .start = start, .end = end};
}

static struct diag *diag_at(const struct diag_sink *sink, size_t index)
{
	return *(struct diag **)vec_at(&sink->diags, index);
}

/* All that a list of findings says, as text. */
static void describe(struct strbuf *out, const struct diag_sink *sink)
{
	for (size_t i = 0; i < sink->diags.len; i++) {
		const struct diag *diag = diag_at(sink, i);
		const struct str *environments = diag->environments.items;
		const struct diag_related *related = diag->related.items;

		if (diag->span.source)
			strbuf_append(out, diag->span.source->path);
		strbuf_printf(out, ":%u-%u %s %.*s", diag->span.start, diag->span.end, diag->rule->code,
			STR_ARG(diag->message));
		for (size_t j = 0; j < diag->environments.len; j++)
			strbuf_printf(out, " %.*s", STR_ARG(environments[j]));
		for (size_t j = 0; j < diag->related.len; j++)
			strbuf_printf(out, " (%u %.*s)", related[j].span.start, STR_ARG(related[j].message));
		strbuf_append_char(out, '\n');
	}
}

static void test_report(void **state)
{
	struct source source = {.path = STR("secrets.yaml"), .text = STR("key: 1")};
	struct diag_sink sink;
	struct diag *diag;
	char name[] = "lovelog";

	(void)state;
	diag_sink_init(&sink);
	diag = diag_report(&sink, &copy_unknown_key, at(&source, 5, 6), "no key %s", name);
	diag_relate(&sink, diag, at(&source, 0, 3), "%s is here", name);
	diag_identify(&sink, diag, STR("postgres/lovelog"), str_of(name));
	memset(name, 'x', sizeof(name) - 1);
	assert_int_equal(sink.diags.len, 1);
	assert_ptr_equal(diag_at(&sink, 0), diag);
	assert_ptr_equal(diag->rule, &copy_unknown_key);
	assert_int_equal(diag->severity, SEVERITY_ERROR);
	assert_str(span_text(diag->span), "1");
	assert_str(diag->message, "no key lovelog");
	assert_int_equal(diag->related.len, 1);
	assert_str(((struct diag_related *)vec_at(&diag->related, 0))->message, "lovelog is here");
	assert_str(diag->subject, "postgres/lovelog");
	assert_str(diag->token, "lovelog");
	diag_sink_release(&sink);
	assert_int_equal(sink.diags.len, 0);
	diag_sink_release(&sink);
}

static void test_environments_are_sorted_and_unique(void **state)
{
	const char *const names[] = {"usdfprod", "base", "idfdev", "usdfprod", "base", "a", "zz", "idfdev"};
	struct diag_sink sink;
	struct diag *diag;
	const struct str *environments;

	(void)state;
	diag_sink_init(&sink);
	diag = diag_report(&sink, &wrong_type, at(NULL, 0, 0), "x");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		diag_environment(&sink, diag, str_of(names[i]));
	environments = diag->environments.items;
	assert_int_equal(diag->environments.len, 5);
	assert_str(environments[0], "a");
	assert_str(environments[1], "base");
	assert_str(environments[2], "idfdev");
	assert_str(environments[3], "usdfprod");
	assert_str(environments[4], "zz");
	diag_sink_release(&sink);
}

static const struct source first = {.path = {.ptr = "a/b.yaml", .len = 8}};
static const struct source first_again = {.path = {.ptr = "a/b.yaml", .len = 8}};
static const struct source second = {.path = {.ptr = "a/c.yaml", .len = 8}};
static const struct source prefix = {.path = {.ptr = "a/b", .len = 3}};

/* The findings of a run, in their order; each is there twice. */
static const struct finding {
	const struct source *source;
	uint32_t start, end;
	const struct rule *rule;
	const char *message;
	const char *environments[2];
	const char *related;
} findings[] = {
	{NULL, 0, 0, &copy_unknown_key, "nowhere", {NULL, NULL}, NULL},
	{&prefix, 9, 9, &copy_unknown_key, "x", {NULL, NULL}, NULL},
	{&first, 1, 9, &copy_unknown_key, "z", {NULL, NULL}, NULL},
	{&first, 2, 3, &copy_unknown_key, "z", {NULL, NULL}, NULL},
	{&first, 2, 4, &wrong_type, "z", {NULL, NULL}, NULL},
	{&first_again, 2, 4, &copy_unknown_key, "a", {NULL, NULL}, NULL},
	{&first, 2, 4, &copy_unknown_key, "b", {NULL, NULL}, NULL},
	{&first, 2, 4, &copy_unknown_key, "b", {"base", NULL}, NULL},
	{&first_again, 2, 4, &copy_unknown_key, "b", {"base", "idfdev"}, NULL},
	{&first, 2, 4, &copy_unknown_key, "b", {"base", "idfprod"}, NULL},
	{&first, 2, 4, &copy_unknown_key, "b", {"base", "idfprod"}, "related"},
	{&first, 2, 4, &copy_unknown_key, "b", {"idfdev", NULL}, NULL},
	{&first, 10, 11, &wrong_type, "a", {NULL, NULL}, NULL},
	{&second, 0, 0, &wrong_type, "a", {NULL, NULL}, NULL},
};

#define FINDING_COUNT (sizeof(findings) / sizeof(findings[0]))

static void report_finding(struct diag_sink *sink, const struct finding *finding)
{
	struct diag *diag = diag_report(
		sink, finding->rule, at(finding->source, finding->start, finding->end), "%s", finding->message);

	for (size_t i = 0; i < 2; i++) {
		if (finding->environments[i])
			diag_environment(sink, diag, str_of(finding->environments[i]));
	}
	if (finding->related)
		diag_relate(sink, diag, at(finding->source, 7, 8), "%s", finding->related);
}

/* However the findings are dealt to workers and in whatever order, the list is the same. */
static void test_sort_is_the_same_for_any_workers(void **state)
{
	struct diag_sink expected;
	struct strbuf expected_text = STRBUF_INIT;
	unsigned random = 1;

	(void)state;
	diag_sink_init(&expected);
	for (size_t i = 0; i < FINDING_COUNT; i++)
		report_finding(&expected, &findings[i]);
	describe(&expected_text, &expected);
	for (unsigned workers = 1; workers <= 8; workers++) {
		struct diag_sink sinks[8];
		struct diag_sink all;
		struct strbuf text = STRBUF_INIT;
		size_t order[FINDING_COUNT * 2];

		diag_sink_init(&all);
		for (unsigned i = 0; i < workers; i++)
			diag_sink_init(&sinks[i]);
		for (size_t i = 0; i < FINDING_COUNT * 2; i++) {
			size_t other;

			random = random * 1103515245u + 12345;
			other = (random >> 16) % (i + 1);
			order[i] = order[other];
			order[other] = i % FINDING_COUNT;
		}
		for (size_t i = 0; i < FINDING_COUNT * 2; i++)
			report_finding(&sinks[i % workers], &findings[order[i]]);
		for (unsigned i = 0; i < workers; i++) {
			diag_sink_merge(&all, &sinks[i]);
			assert_int_equal(sinks[i].diags.len, 0);
			diag_sink_release(&sinks[i]);
		}
		assert_int_equal(all.diags.len, FINDING_COUNT * 2);
		diag_sink_sort(&all);
		describe(&text, &all);
		assert_string_equal(text.ptr, expected_text.ptr);
		strbuf_release(&text);
		diag_sink_release(&all);
	}
	strbuf_release(&expected_text);
	diag_sink_release(&expected);
}

static void test_what_differs_is_kept(void **state)
{
	struct diag_sink sink;
	struct diag *diag;

	(void)state;
	diag_sink_init(&sink);
	diag_sink_sort(&sink);
	diag_report(&sink, &wrong_type, at(&first, 0, 1), "x");
	diag = diag_report(&sink, &wrong_type, at(&first, 0, 1), "x");
	diag_identify(&sink, diag, STR("subject"), STR("token"));
	diag = diag_report(&sink, &wrong_type, at(&first, 0, 1), "x");
	diag->severity = SEVERITY_NOTE;
	diag = diag_report(&sink, &wrong_type, at(&first, 0, 1), "x");
	diag_identify(&sink, diag, STR("subject"), STR("other"));
	diag_sink_sort(&sink);
	assert_int_equal(sink.diags.len, 4);
	assert_int_equal(diag_at(&sink, 0)->severity, SEVERITY_NOTE);
	assert_true(str_is_absent(diag_at(&sink, 1)->subject));
	assert_str(diag_at(&sink, 2)->token, "other");
	assert_str(diag_at(&sink, 3)->token, "token");
	diag_sink_release(&sink);
}

/* A sink that was merged goes on, and what it gave away lives on without it. */
static void test_merge_moves(void **state)
{
	struct diag_sink all;
	struct diag_sink one;

	(void)state;
	diag_sink_init(&all);
	diag_sink_init(&one);
	for (int round = 0; round < 3; round++) {
		diag_report(&one, &wrong_type, at(&first, 0, 1), "round %d", round);
		diag_sink_merge(&all, &one);
	}
	diag_sink_release(&one);
	diag_sink_sort(&all);
	assert_int_equal(all.diags.len, 3);
	assert_str(diag_at(&all, 2)->message, "round 2");
	diag_sink_release(&all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_report),
		cmocka_unit_test(test_environments_are_sorted_and_unique),
		cmocka_unit_test(test_sort_is_the_same_for_any_workers),
		cmocka_unit_test(test_what_differs_is_kept),
		cmocka_unit_test(test_merge_moves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
