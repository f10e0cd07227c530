/* Texts in reStructuredText with what docutils 0.23 makes of them: the worst level of its messages, and its tree as XML (without the document around it; NULL where there is none to be shown). */
#ifndef ASPIS_TEST_RST_FIXTURE_H
#define ASPIS_TEST_RST_FIXTURE_H

#include "../base/assert_str.h"
#include "text/document_write.h"
#include "text/rst.h"

struct rst_case {
	const char *text;
	const char *level;
	const char *tree;
};

static const char *verdict_of(const struct document *document)
{
	enum document_level worst = document_worst(document);

	if (worst < DOCUMENT_LEVEL_ERROR && document->unsupported.len > 0)
		return "unsupported";
	return worst == DOCUMENT_LEVEL_DEBUG ? "ok" : document_level_name(worst);
}

static void expect_tree(const struct document *document, const char *tree)
{
	struct strbuf expected = STRBUF_INIT, written = STRBUF_INIT;

	strbuf_printf(&expected, *tree ? "<document>%s</document>" : "<document/>%s", tree);
	document_write(&written, document->root, DOCUMENT_FORMAT_XML, NULL);
	assert_string_equal(written.ptr, expected.ptr);
	strbuf_release(&expected);
	strbuf_release(&written);
}

static void expect_case(const struct rst_case *expected)
{
	struct document *document = rst_read(str_of(expected->text), NULL);
	const char *verdict = verdict_of(document);

	if (strcmp(verdict, expected->level) != 0)
		fail_msg("%s instead of %s: %s", verdict, expected->level, expected->text);
	if (expected->tree)
		expect_tree(document, expected->tree);
	document_free(document);
}

static inline void expect_cases(const struct rst_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++)
		expect_case(&cases[i]);
}

#define EXPECT_CASES(cases) expect_cases((cases), sizeof(cases) / sizeof((cases)[0]))

#endif
