/* Prints the SARIF log of a run whose files, names and messages are as bad as they can be. */
#include <stdio.h>

#include "report_fixture.h"

static struct str with_noise(struct arena *arena, const char *text)
{
	return arena_printf(
		arena, "%s \x1B[31m \xE2\x80\xAE \xFF\xFE %% { } {0} [a](b) \\ \"\r\n\t\xF0\x9F\x9B\xA1", text);
}

static void add_findings(struct fixture *fixture)
{
	static const char *const paths[] = {"a b/c:d,e%f#g?.yaml", "\xFF\xFE/\xE6\x97\xA5.yaml", "::error::x.yaml",
		"/outside/aspis.yaml", "new\nline.yaml", "", "[x](y).yaml"};
	static const char *const texts[] = {
		"", "a: 1\r\nb: \xF0\x9F\x9B\xA1 2\r\n", "\r\r\r", "a\0b", "\xFF\xFE\x80", "a: b", "\t\t\n"};

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		struct str text = str_of(texts[i]);
		const struct source *source = fixture_source(fixture, str_of(paths[i]), text);
		struct span whole = {source, 0, (uint32_t)text.len};
		struct span end = {source, (uint32_t)text.len, (uint32_t)text.len};
		struct str message = with_noise(&fixture->arena, paths[i]);
		struct diag *diag = diag_report(&fixture->sink, &rule_error, whole, "%.*s", STR_ARG(message));

		diag_relate(&fixture->sink, diag, end, "%.*s", STR_ARG(message));
		diag_relate(&fixture->sink, diag, (struct span){.source = NULL}, "nowhere");
		diag_environment(&fixture->sink, diag, message);
		diag_report(&fixture->sink, &rule_note, end, "end");
	}
	diag_report(&fixture->sink, &rule_warning, (struct span){.source = NULL}, "nowhere");
}

int main(void)
{
	struct fixture fixture;

	fixture_init(&fixture);
	add_findings(&fixture);
	diag_sink_sort(&fixture.sink);
	fixture.report.show = SEVERITY_NOTE;
	fputs(fixture_render(&fixture, "sarif"), stdout);
	fixture_release(&fixture);
	return 0;
}
