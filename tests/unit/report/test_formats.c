/* The table of formats, and those of them that programs read: concise, json, github. */
#include "report_fixture.h"

static void assert_contains(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("not found: %s\nin: %s", part, text);
}

static void formats_are_found_by_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < report_format_count; i++) {
		assert_ptr_equal(report_format_find(str_of(report_formats[i].name)), &report_formats[i]);
		assert_true(strlen(report_formats[i].description) > 0);
	}
	assert_null(report_format_find(STR("tex")));
	assert_null(report_format_find(STR("text ")));
	assert_null(report_format_find(STR_ABSENT));
}

/* A finding in a place with every character that some format must escape. */
static struct diag *add_hostile(struct fixture *fixture)
{
	const struct source *source =
		fixture_source(fixture, STR("a b/c:d,e%f\xFF|.yaml"), STR("k: \xE6\x97\xA5 v\nw: x\n"));
	struct diag *diag = diag_report(&fixture->sink, &rule_error, (struct span){source, 7, 8},
		"100%% of \r\n::error::`v` is \x1B[31m<b>@x|y</b> http://x.");

	diag_relate(&fixture->sink, diag, (struct span){source, 9, 12}, "see w: x");
	diag_relate(&fixture->sink, diag, (struct span){.source = NULL}, "everywhere");
	diag_environment(&fixture->sink, diag, STR("b"));
	diag_environment(&fixture->sink, diag, STR("a"));
	return diag;
}

static void concise_is_one_line_each(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_init(&fixture);
	assert_string_equal(fixture_render(&fixture, "concise"), "");
	add_hostile(&fixture);
	diag_report(&fixture.sink, &rule_note, (struct span){.source = NULL}, "hidden");
	diag_report(&fixture.sink, &rule_warning, (struct span){.source = NULL}, "nowhere");
	assert_string_equal(fixture_render(&fixture, "concise"),
		"a b/c:d,e%f\\xFF|.yaml:1:6: error ASP203 100% of \\r\\n::error::`v` is \\x1B[31m<b>@x|y</b> http://x. "
		"(in a, b)\n"
		".:1:1: warning ASP301 nowhere\n");
	fixture_release(&fixture);
}

static void json_without_findings(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_init(&fixture);
	fixture.report.suppressed = 2;
	assert_string_equal(fixture_render(&fixture, "json"), "{\n"
							      "  \"version\": 1,\n"
							      "  \"tool\": {\n"
							      "    \"name\": \"aspis\",\n"
							      "    \"version\": \"0.1.0\"\n"
							      "  },\n"
							      "  \"findings\": [],\n"
							      "  \"summary\": {\n"
							      "    \"error\": 0,\n"
							      "    \"warning\": 0,\n"
							      "    \"note\": 0,\n"
							      "    \"suppressed\": 2,\n"
							      "    \"files\": 1985\n"
							      "  }\n"
							      "}\n");
	fixture_release(&fixture);
}

static void json_of_a_finding(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_init(&fixture);
	const struct source *source = fixture_source(&fixture, STR("f\xFF"), STR("a: \xF0\x9F\x9B\xA1 b\n"));
	struct diag *diag = diag_report(&fixture.sink, &rule_warning, (struct span){source, 8, 9}, "\x1B");
	diag_relate(&fixture.sink, diag, (struct span){source, 10, 10}, "end");
	diag_environment(&fixture.sink, diag, STR("e"));
	diag_report(&fixture.sink, &rule_note, span_of_source(source), "hidden");
	char fingerprint[REPORT_FINGERPRINT_SIZE];
	report_fingerprint(fingerprint, diag);

	struct str expected = arena_printf(&fixture.arena,
		"  \"findings\": [\n"
		"    {\n"
		"      \"code\": \"ASP301\",\n"
		"      \"name\": \"condition-never-set\",\n"
		"      \"severity\": \"warning\",\n"
		"      \"message\": \"\\\\x1B\",\n"
		"      \"path\": \"f\xEF\xBF\xBD\",\n"
		"      \"start\": {\n"
		"        \"line\": 1,\n"
		"        \"column\": 6\n"
		"      },\n"
		"      \"end\": {\n"
		"        \"line\": 1,\n"
		"        \"column\": 7\n"
		"      },\n"
		"      \"environments\": [\n"
		"        \"e\"\n"
		"      ],\n"
		"      \"related\": [\n"
		"        {\n"
		"          \"message\": \"end\",\n"
		"          \"path\": \"f\xEF\xBF\xBD\",\n"
		"          \"start\": {\n"
		"            \"line\": 2,\n"
		"            \"column\": 1\n"
		"          },\n"
		"          \"end\": {\n"
		"            \"line\": 2,\n"
		"            \"column\": 1\n"
		"          }\n"
		"        }\n"
		"      ],\n"
		"      \"fingerprint\": \"%s\",\n"
		"      \"fixes\": []\n"
		"    }\n"
		"  ],\n"
		"  \"summary\": {\n"
		"    \"error\": 0,\n"
		"    \"warning\": 1,\n"
		"    \"note\": 1,\n",
		fingerprint);
	assert_contains(fixture_render(&fixture, "json"), expected.ptr);
	fixture_release(&fixture);
}

static void github_escapes(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_init(&fixture);
	struct diag *diag = add_hostile(&fixture);
	diag_report(&fixture.sink, &rule_warning, (struct span){diag->span.source, 0, 12}, "two lines");
	diag_report(&fixture.sink, &rule_note, (struct span){.source = NULL}, "nowhere");
	fixture.report.show = SEVERITY_NOTE;
	assert_string_equal(fixture_render(&fixture, "github"),
		"::error file=a b/c%3Ad%2Ce%25f\\xFF|.yaml,line=1,endLine=1,col=6,endColumn=7,title=ASP203 "
		"copy-unknown-key::"
		"100%25 of \\r\\n::error::`v` is \\x1B[31m<b>@x|y</b> http://x.%0Ain a, b%0A"
		"a b/c:d,e%25f\\xFF|.yaml:2:1: see w: x%0Aeverywhere\n"
		"::warning file=a b/c%3Ad%2Ce%25f\\xFF|.yaml,line=1,endLine=2,title=ASP301 condition-never-set::two "
		"lines\n"
		"::notice title=ASP013 unused-application::nowhere\n"
		"aspis: 1 error, 1 warning, 1 note in 1,985 files\n");
	fixture_release(&fixture);
}

static size_t count_lines(const char *text, const char *start)
{
	size_t count = 0;

	for (const char *line = text; line != NULL && *line != '\0'; line = strchr(line, '\n') + 1)
		count += strncmp(line, start, strlen(start)) == 0;
	return count;
}

static void github_says_what_it_drops(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_init(&fixture);
	for (int i = 0; i < 11; i++)
		diag_report(&fixture.sink, &rule_warning, (struct span){.source = NULL}, "w%d", i);
	for (int i = 0; i < 13; i++)
		diag_report(&fixture.sink, &rule_error, (struct span){.source = NULL}, "e%d", i);
	for (int i = 0; i < 12; i++)
		diag_report(&fixture.sink, &rule_note, (struct span){.source = NULL}, "n%d", i);
	const char *text = fixture_render(&fixture, "github");
	assert_int_equal(count_lines(text, "::error "), 10);
	assert_int_equal(count_lines(text, "::warning "), 10);
	assert_int_equal(count_lines(text, "::notice "), 0);
	assert_int_equal(strncmp(text, "::error ", 8), 0);
	assert_contains(text, "\nNot annotated: 3 errors, 1 warning (GitHub takes 10 of each severity from a step). "
			      "The step summary has them all.\n"
			      "aspis: 13 errors, 11 warnings, 12 notes in 1,985 files\n");
	fixture.report.quiet = true;
	text = fixture_render(&fixture, "github");
	assert_contains(text, "The step summary has them all.\n");
	assert_null(strstr(text, "aspis: "));
	fixture_release(&fixture);
}

static void step_summary_is_inert_markdown(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_init(&fixture);
	add_hostile(&fixture);
	report_github_summary(&fixture.out, &fixture.report);
	assert_string_equal(fixture.out.ptr,
		"## aspis\n\n1 error in 1,985 files\n\n"
		"| severity | rule | place | finding |\n|---|---|---|---|\n"
		"| error | ASP203 copy-unknown-key | a b/c:d,e%f\\\\xFF\\|.yaml:1:6 | "
		"100% of \\\\r\\\\n::error::\\`v\\` is \\\\x1B\\[31m&lt;b\\>&#64;x\\|y&lt;/b\\> http&#58;//x."
		"<br>in a, b<br>a b/c:d,e%f\\\\xFF\\|.yaml:2:1: see w: x<br>everywhere |\n");
	fixture_release(&fixture);
}

static void step_summary_stays_below_the_limit(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_init(&fixture);
	for (int i = 0; i < 30000; i++)
		diag_report(&fixture.sink, &rule_warning, (struct span){.source = NULL}, "a finding of some length");
	report_github_summary(&fixture.out, &fixture.report);
	assert_true(fixture.out.len < 1024 * 1024 && fixture.out.len > 900 * 1000);
	assert_contains(fixture.out.ptr, " more findings do not fit here.\n");
	fixture_release(&fixture);
}

static void fingerprints_follow_the_content(void **state)
{
	struct fixture fixture;
	char first[REPORT_FINGERPRINT_SIZE];
	char second[REPORT_FINGERPRINT_SIZE];

	(void)state;
	fixture_init(&fixture);
	const struct source *source = fixture_source(&fixture, STR("a"), STR("x x\n"));
	struct diag *one = diag_report(&fixture.sink, &rule_error, (struct span){source, 0, 1}, "m");
	struct diag *two = diag_report(&fixture.sink, &rule_error, (struct span){source, 2, 3}, "m");
	report_fingerprint(first, one);
	assert_int_equal(strlen(first), 32);
	assert_int_equal(strspn(first, "0123456789abcdef"), 32);
	report_fingerprint(second, two);
	assert_string_equal(first, second);

	diag_identify(&fixture.sink, one, STR("app:key"), STR("token"));
	diag_identify(&fixture.sink, two, STR("app"), STR("key:token"));
	report_fingerprint(first, one);
	report_fingerprint(second, two);
	assert_string_not_equal(first, second);
	diag_identify(&fixture.sink, two, STR("app:key"), STR("token"));
	report_fingerprint(second, two);
	assert_string_equal(first, second);
	two->rule = &rule_warning;
	report_fingerprint(second, two);
	assert_string_not_equal(first, second);
	fixture_release(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(formats_are_found_by_name),
		cmocka_unit_test(concise_is_one_line_each),
		cmocka_unit_test(json_without_findings),
		cmocka_unit_test(json_of_a_finding),
		cmocka_unit_test(github_escapes),
		cmocka_unit_test(github_says_what_it_drops),
		cmocka_unit_test(step_summary_is_inert_markdown),
		cmocka_unit_test(step_summary_stays_below_the_limit),
		cmocka_unit_test(fingerprints_follow_the_content),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
