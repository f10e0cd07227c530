/* A run with findings, for the tests of report/. */
#ifndef ASPIS_TESTS_REPORT_FIXTURE_H
#define ASPIS_TESTS_REPORT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/report.h"

static const struct rule rule_error = {
	.number = 203,
	.code = "ASP203",
	.name = "copy-unknown-key",
	.severity = SEVERITY_ERROR,
	.family = "resolution",
	.summary = "A secret is copied from a key that the other application does not declare.",
};
static const struct rule rule_warning = {
	.number = 301,
	.code = "ASP301",
	.name = "condition-never-set",
	.severity = SEVERITY_WARNING,
	.family = "conditions",
	.summary = "A condition asks for a setting that no values file has.",
};
static const struct rule rule_note = {
	.number = 13,
	.code = "ASP013",
	.name = "unused-application",
	.severity = SEVERITY_NOTE,
	.family = "files",
	.summary = "No environment deploys the application.",
};
static const struct rule rule_stop = {
	.number = 1,
	.code = "ASP001",
	.name = "unreadable-file",
	.severity = SEVERITY_ERROR,
	.family = "files",
	.stop = true,
	.summary = "A file or folder that must be read cannot be read.",
};

struct fixture {
	struct diag_sink sink;
	struct arena arena;
	struct report report;
	struct report_rule rules[3];
	struct strbuf out;
};

static inline void fixture_init(struct fixture *fixture)
{
	*fixture = (struct fixture){.out = STRBUF_INIT};
	diag_sink_init(&fixture->sink);
	arena_init(&fixture->arena);
	fixture->rules[0] = (struct report_rule){&rule_note, STR_ABSENT};
	fixture->rules[1] = (struct report_rule){&rule_error,
		STR("The copy can *never* be made.\nSay `key`.\n\n## Bad\n\n```yaml\na:\n  b: [1](2)\n```\n")};
	fixture->rules[2] = (struct report_rule){&rule_warning, STR("")};
	fixture->report = (struct report){.diags = &fixture->sink.diags,
		.show = SEVERITY_WARNING,
		.files = 1985,
		.version = "0.1.0",
		.rules = fixture->rules,
		.rule_count = 3};
}

static inline void fixture_release(struct fixture *fixture)
{
	diag_sink_release(&fixture->sink);
	arena_release(&fixture->arena);
	strbuf_release(&fixture->out);
}

static inline const struct source *fixture_source(struct fixture *fixture, struct str path, struct str text)
{
	struct source *source = arena_alloc(&fixture->arena, sizeof(*source));

	source_init(source, &fixture->arena, path, text);
	return source;
}

/* The first place of needle in a source. */
static inline struct span fixture_span(const struct source *source, const char *needle)
{
	const char *found = memmem(source->text.ptr, source->text.len, needle, strlen(needle));

	assert_non_null(found);
	uint32_t start = (uint32_t)(found - source->text.ptr);
	return (struct span){.source = source, .start = start, .end = start + (uint32_t)strlen(needle)};
}

static inline const char *fixture_render(struct fixture *fixture, const char *format)
{
	strbuf_clear(&fixture->out);
	report_render(&fixture->out, report_format_find(str_of(format)), &fixture->report);
	return fixture->out.ptr;
}

#endif
