#include <time.h>

#include "rst_fixture.h"

static const struct document_node *find_kind(const struct document *document, enum document_kind kind)
{
	const struct document_node *node = document->root;

	while (node && node->kind != kind)
		node = document_next(document->root, node);
	assert_non_null(node);
	return node;
}

/* Where an element stands in the text: in tabs, indentation and markers, to the byte. */
static void expect_place(const char *text, enum document_kind kind, const char *place)
{
	struct document *document = rst_read(str_of(text), NULL);
	const struct document_node *node = find_kind(document, kind);

	check_str(str_slice(str_of(text), node->start, node->end - node->start), str_of(place), text, __LINE__);
	document_free(document);
}

static void test_elements(void **state)
{
	(void)state;
	expect_place("a\n\n- b\n  *c*\n\nd", DOCUMENT_BULLET_LIST, "- b\n  *c*");
	expect_place("a\n\n- b\n  *c*\n\nd", DOCUMENT_EMPHASIS, "*c*");
	expect_place("- a\n\n\tb\tc\n", DOCUMENT_BLOCK_QUOTE, "b\tc");
	expect_place("Title\n=====\n\na", DOCUMENT_TITLE, "Title");
	expect_place("====\n T\n====\n", DOCUMENT_TITLE, "T");
	expect_place("a::\n\n   b\n    c\n\nd", DOCUMENT_LITERAL_BLOCK, "b\n    c");
	expect_place("t : c\n  d\n", DOCUMENT_CLASSIFIER, "c");
	expect_place("t : c\n  d\n", DOCUMENT_DEFINITION, "d");
	expect_place(":n: b\n", DOCUMENT_FIELD_NAME, "n");
	expect_place(":n: b\n\n   *c*\n", DOCUMENT_FIELD_BODY, "b\n\n   *c*");
	expect_place("-a X  b\n", DOCUMENT_OPTION_ARGUMENT, "X");
	expect_place("+---+\n|*a*|\n+---+\n", DOCUMENT_EMPHASIS, "*a*");
	expect_place("==  ==\na   *b*\n==  ==\n", DOCUMENT_EMPHASIS, "*b*");
	expect_place(".. note::\n   :class: x\n\n   *b*\n\nc", DOCUMENT_EMPHASIS, "*b*");
	expect_place(".. note::\n   :class: x\n\n   *b*\n\nc", DOCUMENT_NOTE, ".. note::\n   :class: x\n\n   *b*");
	expect_place("x\n\n:n:\n", DOCUMENT_FIELD_BODY, "");
	expect_place("A\n=\n\nb\n\nC\n-\n\n- d\n", DOCUMENT_SECTION, "A\n=\n\nb\n\nC\n-\n\n- d");
	expect_place("  a\n\n  -- *b*\n", DOCUMENT_EMPHASIS, "*b*");
	expect_place("a\r\n\r\nb\r\n*c*\r\n", DOCUMENT_EMPHASIS, "*c*");
}

/* The line and place of the first message. */
static void expect_message(const char *text, enum document_level level, size_t line, const char *place)
{
	struct document *document = rst_read(str_of(text), NULL);
	const struct document_message *message = vec_at(&document->messages, 0);

	assert_int_equal(message->level, level);
	assert_int_equal(message->line, line);
	check_str(
		str_slice(str_of(text), message->start, message->end - message->start), str_of(place), text, __LINE__);
	document_free(document);
}

static void test_messages(void **state)
{
	(void)state;
	expect_message("a\nb\n   c", DOCUMENT_LEVEL_ERROR, 3, "c");
	expect_message("- a\n\n  Ti\n  ==", DOCUMENT_LEVEL_ERROR, 3, "Ti\n  ==");
	expect_message("- a\nb", DOCUMENT_LEVEL_WARNING, 2, "b");
	expect_message("x\n\nTitle\n====", DOCUMENT_LEVEL_WARNING, 3, "Title\n====");
	expect_message("a\n\n.. nope:: b", DOCUMENT_LEVEL_ERROR, 3, ".. nope:: b");
	expect_message("a\n\n.. note::\n   :x: y\n\n   z", DOCUMENT_LEVEL_ERROR, 3, ".. note::\n   :x: y\n\n   z");
	expect_message("== ==\na  b\n== ===\n", DOCUMENT_LEVEL_ERROR, 3, "== ===");
}

/* Texts of many lines or deep nesting take a time that grows with their size, and no stack. */
static void expect_quick(const char *line, size_t count, const char *level)
{
	struct strbuf text = STRBUF_INIT;
	clock_t before = clock();

	for (size_t i = 0; i < count; i++)
		strbuf_append_c(&text, line);
	struct document *document = rst_read(strbuf_str(&text), NULL);
	assert_string_equal(verdict_of(document), level);
	document_free(document);
	strbuf_release(&text);
	assert_true(clock() - before < 10 * CLOCKS_PER_SEC);
}

static void test_many_lines(void **state)
{
	(void)state;
	expect_quick("word\n", 100000, "ok");
	expect_quick("- a\n", 100000, "ok");
	expect_quick("----\n\n", 50000, "warning");
	expect_quick("a::\n\n", 50000, "warning");
	expect_quick("  a\n\n  -- b\n\n", 25000, "ok");
	expect_quick("+---+\n| a |\n+---+\nb\n", 20000, "warning");
	expect_quick(".. _a\n   b\n", 50000, "warning");
}

static void test_deep(void **state)
{
	struct strbuf text = STRBUF_INIT;

	(void)state;
	for (size_t i = 0; i < 2000; i++) {
		strbuf_append_repeat(&text, ' ', 2 * i);
		strbuf_append_c(&text, "- a\n\n");
	}
	struct document *document = rst_read(strbuf_str(&text), NULL);
	assert_string_equal(verdict_of(document), "unsupported");
	document_free(document);
	strbuf_release(&text);
}

/* docutils reads no document with a line of more than 10,000 characters. */
static void test_long_line(void **state)
{
	struct strbuf text = STRBUF_INIT;

	(void)state;
	for (size_t i = 0; i < 10000; i++)
		strbuf_append_c(&text, "\303\251");
	struct document *document = rst_read(strbuf_str(&text), NULL);
	assert_string_equal(verdict_of(document), "ok");
	document_free(document);
	strbuf_append_c(&text, "\303\251");
	document = rst_read(strbuf_str(&text), NULL);
	assert_string_equal(verdict_of(document), "error");
	assert_null(document->root->first_child);
	document_free(document);
	strbuf_release(&text);
}

static void test_host(void **state)
{
	const struct str directives[] = {STR("versionadded")};
	const struct rst_options options = {.directives = directives, .directive_count = 1};
	const char *text = ".. versionadded:: 1\n\na";
	struct document *document = rst_read(str_of(text), &options);

	(void)state;
	assert_string_equal(verdict_of(document), "unsupported");
	expect_tree(document,
		"<literal_block xml:space=\"preserve\">.. versionadded:: 1</literal_block><paragraph>a</paragraph>");
	document_free(document);
	document = rst_read(str_of(text), NULL);
	assert_string_equal(verdict_of(document), "error");
	document_free(document);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_elements),
		cmocka_unit_test(test_messages),
		cmocka_unit_test(test_many_lines),
		cmocka_unit_test(test_deep),
		cmocka_unit_test(test_long_line),
		cmocka_unit_test(test_host),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
