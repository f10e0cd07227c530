/* SARIF: what readers rely on. That it is valid as a whole is the business of tests/oracle/sarif. */
#include "report_fixture.h"

static void assert_contains(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("not found: %s\nin: %.4000s", part, text);
}

static void result_with_everything(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_init(&fixture);
	const struct source *source =
		fixture_source(&fixture, STR("a b/\xFF:%.yaml"), STR("\xE6\x97\xA5: \xF0\x9F\x9B\xA1\r\nx: y"));
	struct diag *diag =
		diag_report(&fixture.sink, &rule_error, (struct span){source, 5, 12}, "See [x](http://evil).");
	diag_relate(&fixture.sink, diag, (struct span){source, 14, 15}, "the [y]");
	diag_environment(&fixture.sink, diag, STR("dev"));
	diag_identify(&fixture.sink, diag, STR("a"), STR("b"));
	const char *text = fixture_render(&fixture, "sarif");

	assert_contains(text,
		"          \"ruleId\": \"ASP203\",\n          \"ruleIndex\": 1,\n          \"level\": \"error\",\n");
	assert_contains(text, "\"See \\\\[x\\\\](http://evil).\\nIn dev.\\nSee: [the \\\\[y\\\\]](1)\"");
	assert_contains(text, "\"uri\": \"a%20b/%FF%3A%25.yaml\",\n                  \"uriBaseId\": \"%SRCROOT%\"");
	assert_contains(text,
		"\"startLine\": 1,\n                  \"startColumn\": 4,\n                  \"endLine\": 2,\n"
		"                  \"endColumn\": 2\n");
	assert_contains(text, "\"id\": 1,\n");
	assert_contains(text, "\"aspis/v1\": \"");
	assert_contains(text, "\"environments\": [\n              \"dev\"\n            ]");
	assert_contains(text, "\"columnKind\": \"unicodeCodePoints\"");
	assert_contains(text, "\"executionSuccessful\": true");
	fixture_release(&fixture);
}

static void hash_of_the_line(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_init(&fixture);
	const struct source *source = fixture_source(&fixture, STR("f"), STR(" a\nb\n  \t\tc\n d"));
	diag_report(&fixture.sink, &rule_error, fixture_span(source, "c"), "m");
	assert_contains(fixture_render(&fixture, "sarif"), "\"primaryLocationLineHash\": \"180aee12dab6264:1\"");
	fixture_release(&fixture);
}

static void rules_are_described(void **state)
{
	struct fixture fixture;
	struct strbuf long_text = STRBUF_INIT;

	(void)state;
	fixture_init(&fixture);
	for (size_t i = 0; i < 600; i++)
		strbuf_append_c(&long_text, "\xF0\x9F\x9B\xA1");
	fixture.rules[2].explanation = strbuf_str(&long_text);
	const char *text = fixture_render(&fixture, "sarif");
	assert_contains(text, "\"id\": \"ASP203\",\n              \"name\": \"copy-unknown-key\"");
	assert_contains(text, "\"text\": \"The copy can *never* be made. Say `key`.\"\n");
	assert_contains(text, "\"markdown\": \"The copy can *never* be made.\\nSay `key`.\\n\\n## Bad");
	assert_contains(text, "\"level\": \"note\"");
	/* 511 characters of two units and the ellipsis, then nothing. */
	const char *description = strstr(strstr(text, "ASP301"), "fullDescription");
	const char *cut = strstr(description, "\xE2\x80\xA6\"");
	assert_non_null(cut);
	assert_int_equal(cut - strchr(strstr(description, "text") + 6, '"') - 1, 511 * 4);
	strbuf_release(&long_text);
	fixture_release(&fixture);
}

static void notes_only_when_shown_and_stops_always(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_init(&fixture);
	diag_report(&fixture.sink, &rule_note, (struct span){.source = NULL}, "a note");
	const char *text = fixture_render(&fixture, "sarif");
	assert_contains(text, "\"results\": []");
	fixture.report.show = SEVERITY_NOTE;
	text = fixture_render(&fixture, "sarif");
	assert_contains(text, "\"text\": \"a note\"");
	assert_contains(text, "\"uri\": \".\"");
	diag_report(&fixture.sink, &rule_stop, (struct span){.source = NULL}, "cannot be read");
	text = fixture_render(&fixture, "sarif");
	assert_contains(text, "\"executionSuccessful\": false");
	fixture_release(&fixture);
}

/* How many lines begin with start, after their indentation. */
static size_t count_lines(const char *text, const char *start)
{
	size_t found = 0;

	for (const char *line = text; line != NULL; line = strchr(line, '\n')) {
		line += strspn(line, "\n ");
		found += strncmp(line, start, strlen(start)) == 0;
	}
	return found;
}

static void too_many_results_are_told(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_init(&fixture);
	for (int i = 0; i < 24999; i++)
		diag_report(&fixture.sink, &rule_warning, (struct span){.source = NULL}, "w");
	diag_report(&fixture.sink, &rule_note, (struct span){.source = NULL}, "n");
	diag_report(&fixture.sink, &rule_error, (struct span){.source = NULL}, "e");
	diag_report(&fixture.sink, &rule_error, (struct span){.source = NULL}, "e");
	fixture.report.show = SEVERITY_NOTE;
	const char *text = fixture_render(&fixture, "sarif");
	assert_int_equal(count_lines(text, "\"ruleId\""), 25000);
	assert_int_equal(count_lines(text, "\"ruleId\": \"ASP203\""), 2);
	assert_int_equal(count_lines(text, "\"ruleId\": \"ASP013\""), 0);
	assert_contains(text, "\"toolExecutionNotifications\"");
	assert_contains(text, "\"2 findings left out, ");
	fixture_release(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(result_with_everything),
		cmocka_unit_test(hash_of_the_line),
		cmocka_unit_test(rules_are_described),
		cmocka_unit_test(notes_only_when_shown_and_stops_always),
		cmocka_unit_test(too_many_results_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
