/* Findings for people: layout, underlines by display width, cutting, hints, colour. */
#include "report_fixture.h"

static void finding_with_everything(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_init(&fixture);
	const struct source *secrets = fixture_source(&fixture, STR("applications/narrativelog/secrets.yaml"),
		STR("password:\n  copy:\n    application: postgres\n    key: lovelog\n"));
	const struct source *other = fixture_source(
		&fixture, STR("applications/postgres/secrets.yaml"), STR("\n\n\n\n\n\n\n\n\nlovelog_password:\n"));
	struct diag *diag = diag_report(&fixture.sink, &rule_error, fixture_span(secrets, "lovelog"),
		"postgres declares no secret `love. Log`. The copy can never be made. Did you mean "
		"`lovelog_password`?");
	diag_relate(&fixture.sink, diag, fixture_span(other, "lovelog_password"), "the nearest key is declared here");
	diag_environment(&fixture.sink, diag, STR("usdfprod"));
	diag_environment(&fixture.sink, diag, STR("usdfdev"));
	diag_report(&fixture.sink, &rule_note, span_of_source(other), "No environment deploys it.");

	assert_string_equal(fixture_render(&fixture, "text"),
		"applications/narrativelog/secrets.yaml:4:10: error: postgres declares no secret `love. Log` "
		"[ASP203 copy-unknown-key]\n"
		"    4 |     key: lovelog\n"
		"      |          ^^^^^^^\n"
		"      = The copy can never be made. Did you mean `lovelog_password`?\n"
		"      = in usdfdev, usdfprod\n"
		"  applications/postgres/secrets.yaml:10:1: note: the nearest key is declared here\n"
		"   10 | lovelog_password:\n"
		"      | ----------------\n"
		"\n"
		"1 error, 1 note in 1,985 files\n"
		"1 note not shown: --show note; more about a rule: aspis explain ASP203\n");
	fixture_release(&fixture);
}

static void nothing_found(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_init(&fixture);
	assert_string_equal(fixture_render(&fixture, "text"), "no findings in 1,985 files\n");
	fixture.report.files = 1;
	fixture.report.suppressed = 1234567;
	assert_string_equal(fixture_render(&fixture, "text"), "no findings in 1 file, 1,234,567 suppressed\n");
	fixture.report.quiet = true;
	assert_string_equal(fixture_render(&fixture, "text"), "");
	fixture_release(&fixture);
}

static void notes_when_asked_for(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_init(&fixture);
	const struct source *source = fixture_source(&fixture, STR("a.yaml"), STR("a: 1\n"));
	diag_report(&fixture.sink, &rule_note, span_of_source(source), "For the file as a whole.");
	fixture.report.show = SEVERITY_NOTE;
	assert_string_equal(fixture_render(&fixture, "text"),
		"a.yaml:1:1: note: For the file as a whole [ASP013 unused-application]\n"
		"\n"
		"1 note in 1,985 files\n"
		"more about a rule: aspis explain ASP013\n");
	fixture_release(&fixture);
}

/* Renders one warning "x" over [start, end) and compares the excerpt. */
static void assert_excerpt(struct str text, uint32_t start, uint32_t end, const char *expected)
{
	struct fixture fixture;

	fixture_init(&fixture);
	const struct source *source = fixture_source(&fixture, STR("f"), text);
	diag_report(&fixture.sink, &rule_warning, (struct span){source, start, end}, "x");
	fixture.report.quiet = true;
	fixture.report.width = 48;
	const char *excerpt = strchr(fixture_render(&fixture, "text"), '\n') + 1;
	assert_string_equal(excerpt, expected);
	fixture_release(&fixture);
}

static void underlines_follow_the_display_width(void **state)
{
	(void)state;
	assert_excerpt(STR("\ta:\tb c"), 4, 5, "    1 |         a:      b c\n      |                 ^\n\n");
	assert_excerpt(
		STR("\xE6\x97\xA5\xE6\x9C\xAC: x"), 0, 6, "    1 | \xE6\x97\xA5\xE6\x9C\xAC: x\n      | ^^^^\n\n");
	assert_excerpt(
		STR("\xE6\x97\xA5\xE6\x9C\xAC: x"), 8, 9, "    1 | \xE6\x97\xA5\xE6\x9C\xAC: x\n      |       ^\n\n");
	assert_excerpt(STR("e\xCC\x81 x"), 4, 5, "    1 | e\xCC\x81 x\n      |   ^\n\n");
	assert_excerpt(STR("\x1B[31m x"), 6, 7, "    1 | \\x1B[31m x\n      |          ^\n\n");
	assert_excerpt(STR("\xE2\x80\xAE x"), 0, 3, "    1 | \\u{202E} x\n      | ^^^^^^^^\n\n");
	assert_excerpt(STR("a\0b x"), 4, 5, "    1 | a\\x00b x\n      |        ^\n\n");
	assert_excerpt(STR("\xFF\xFE x"), 3, 4, "    1 | \\xFF\\xFE x\n      |          ^\n\n");
}

static void underlines_at_the_edges(void **state)
{
	(void)state;
	assert_excerpt(STR("abc"), 3, 3, "    1 | abc\n      |    ^\n\n");
	assert_excerpt(STR("abc\n"), 4, 4, "    2 |\n      | ^\n\n");
	assert_excerpt(STR("abc\r\ndef"), 3, 5, "    1 | abc\n      |    ^\n\n");
	assert_excerpt(STR("abc\rdef"), 4, 7, "    2 | def\n      | ^^^\n\n");
	assert_excerpt(STR("ab: |  \n  x\n"), 4, 11, "    1 | ab: |\n      |     ^\n\n");
	assert_excerpt(STR(""), 0, 0, "\n");
}

#define TEN    "0123456789"
#define THIRTY TEN TEN TEN

static void long_lines_are_cut_around_the_mark(void **state)
{
	(void)state;
	assert_excerpt(STR(THIRTY TEN), 39, 40,
		"    1 | " THIRTY TEN "\n      |                                        ^\n\n");
	assert_excerpt(STR("x" THIRTY TEN), 1, 4, "    1 | x" THIRTY "01234567\xE2\x80\xA6\n      |  ^^^\n\n");
	assert_excerpt(STR(THIRTY THIRTY THIRTY "ab" THIRTY THIRTY), 90, 92,
		"    1 | \xE2\x80\xA6"
		"7890123456789ab" TEN TEN "012\xE2\x80\xA6\n      |               ^^\n\n");
}

static void nowhere_and_odd_paths(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_init(&fixture);
	const struct source *source = fixture_source(&fixture, STR(" ::error::\xFF\n.yaml"), STR("a: 1\n"));
	diag_report(&fixture.sink, &rule_error, (struct span){.source = NULL},
		"It is, e.g. here, \n::error:: nowhere. Look there.");
	diag_report(&fixture.sink, &rule_error, (struct span){source, 0, 1}, "y?");
	fixture.report.quiet = true;
	assert_string_equal(fixture_render(&fixture, "text"),
		"error: It is, e.g. here, \\n::error:: nowhere [ASP203 copy-unknown-key]\n"
		"      = Look there.\n"
		"\n"
		"./ ::error::\\xFF\\n.yaml:1:1: error: y? [ASP203 copy-unknown-key]\n"
		"    1 | a: 1\n"
		"      | ^\n"
		"\n");
	fixture_release(&fixture);
}

static void colour_only_when_asked_for(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_init(&fixture);
	const struct source *source = fixture_source(&fixture, STR("f"), STR("a: 1\n"));
	diag_report(&fixture.sink, &rule_warning, (struct span){source, 0, 1}, "x");
	fixture.report.quiet = true;
	assert_null(strchr(fixture_render(&fixture, "text"), '\033'));
	fixture.report.colour = true;
	assert_string_equal(fixture_render(&fixture, "text"),
		"\033[1mf:1:1\033[0m: \033[1;33mwarning\033[0m: \033[1mx\033[0m \033[2m[ASP301 "
		"condition-never-set]\033[0m\n"
		"\033[34m    1 |\033[0m a: 1\n"
		"\033[34m      |\033[0m \033[1;33m^\033[0m\n"
		"\n");
	fixture_release(&fixture);
}

/* Underlining the n-th of many findings of one line must not count the line from its start each time. */
static void many_findings_of_one_line(void **state)
{
	struct fixture fixture;
	struct strbuf text = STRBUF_INIT;

	(void)state;
	fixture_init(&fixture);
	for (size_t i = 0; i < 50000; i++)
		strbuf_append_c(&text, "abc: \xC3\xA9, ");
	const struct source *source = fixture_source(&fixture, STR("f"), strbuf_str(&text));
	for (uint32_t i = 0; i < 50000; i++)
		diag_report(&fixture.sink, &rule_warning, (struct span){source, 9 * i, 9 * i + 3}, "x");
	const char *rendered = fixture_render(&fixture, "concise");
	assert_non_null(strstr(rendered, "\nf:1:399993: warning ASP301 x\n"));
	fixture_render(&fixture, "text");
	fixture_render(&fixture, "sarif");
	strbuf_release(&text);
	fixture_release(&fixture);
}

static void breaks_remarks_on_a_terminal_alone(void **state)
{
	struct fixture fixture;
	struct diag *diag;

	(void)state;
	fixture_init(&fixture);
	const struct source *source = fixture_source(&fixture, STR("f"), STR("key"));
	diag = diag_report(&fixture.sink, &rule_warning, fixture_span(source, "key"),
		"Wrong. What follows takes more columns than there are, and goes on.");
	diag_environment(&fixture.sink, diag, STR("one"));
	fixture.report.quiet = true;
	assert_string_equal(fixture_render(&fixture, "text"),
		"f:1:1: warning: Wrong [ASP301 condition-never-set]\n"
		"    1 | key\n"
		"      | ^^^\n"
		"      = What follows takes more columns than there are, and goes on.\n"
		"      = in one\n\n");
	fixture.report.width = 40;
	assert_string_equal(fixture_render(&fixture, "text"), "f:1:1: warning: Wrong [ASP301 condition-never-set]\n"
							      "    1 | key\n"
							      "      | ^^^\n"
							      "      = What follows takes more columns\n"
							      "        than there are, and goes on.\n"
							      "      = in one\n\n");
	fixture_release(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finding_with_everything),
		cmocka_unit_test(nothing_found),
		cmocka_unit_test(notes_when_asked_for),
		cmocka_unit_test(underlines_follow_the_display_width),
		cmocka_unit_test(breaks_remarks_on_a_terminal_alone),
		cmocka_unit_test(underlines_at_the_edges),
		cmocka_unit_test(long_lines_are_cut_around_the_mark),
		cmocka_unit_test(nowhere_and_odd_paths),
		cmocka_unit_test(colour_only_when_asked_for),
		cmocka_unit_test(many_findings_of_one_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
