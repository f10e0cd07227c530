/* Trees that no text should make anyone build: deep, wide, with everything in every place. In all formats, and in time that grows with the size. */
#include "../base/assert_str.h"
#include "base/utf8.h"
#include "text/document_write.h"
#include "text/markdown.h"
#include "text/rst.h"

#define DEEP 10000
#define LONG 100000

static const enum document_format formats[] = {
#define FORMAT(enumerator, name) enumerator,
	DOCUMENT_FORMATS(FORMAT)
#undef FORMAT
};

#define FORMAT_COUNT (sizeof(formats) / sizeof(*formats))

static void write_all(const struct document *document, const char *kept, size_t size_max)
{
	for (size_t i = 0; i < FORMAT_COUNT; i++) {
		struct strbuf out = STRBUF_INIT;

		document_write(&out, document->root, formats[i], NULL);
		assert_int_equal(utf8_valid_prefix(strbuf_str(&out)), out.len);
		assert_true(out.len <= size_max);
		if (!str_contains(strbuf_str(&out), str_of(kept)))
			fail_msg("\"%s\" is lost in format %zu", kept, i);
		document_write_inline(&out, document->root, formats[i], NULL);
		strbuf_release(&out);
	}
}

/* Each kind of block within itself, with a text at the bottom. */
static void deep_blocks(void **state)
{
	static const enum document_kind pairs[][3] = {
		{DOCUMENT_BLOCK_QUOTE, DOCUMENT_BLOCK_QUOTE, DOCUMENT_BLOCK_QUOTE},
		{DOCUMENT_BULLET_LIST, DOCUMENT_LIST_ITEM, DOCUMENT_BLOCK_QUOTE},
		{DOCUMENT_ENUMERATED_LIST, DOCUMENT_LIST_ITEM, DOCUMENT_NOTE},
		{DOCUMENT_DEFINITION_LIST, DOCUMENT_DEFINITION_LIST_ITEM, DOCUMENT_DEFINITION},
		{DOCUMENT_FIELD_LIST, DOCUMENT_FIELD, DOCUMENT_FIELD_BODY},
		{DOCUMENT_SECTION, DOCUMENT_SECTION, DOCUMENT_ADMONITION},
		{DOCUMENT_LINE_BLOCK, DOCUMENT_LINE_BLOCK, DOCUMENT_LINE_BLOCK},
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		struct document *document = document_new();
		struct document_node *node = document->root;
		bool lines = pairs[i][0] == DOCUMENT_LINE_BLOCK;

		for (size_t depth = 0; depth < DEEP; depth++)
			node = document_add(document, node, pairs[i][depth % 3]);
		document_add_text(document, document_add(document, node, lines ? DOCUMENT_LINE : DOCUMENT_PARAGRAPH),
			STR("bottom"));
		write_all(document, "bottom", (size_t)100 * DEEP);
		document_free(document);
	}
	(void)state;
}

static void deep_tables(void **state)
{
	static const enum document_kind kinds[] = {
		DOCUMENT_TABLE, DOCUMENT_TGROUP, DOCUMENT_TBODY, DOCUMENT_ROW, DOCUMENT_ENTRY};
	struct document *document = document_new();
	struct document_node *node = document->root;

	for (size_t depth = 0; depth < DEEP; depth++)
		node = document_add(document, node, kinds[depth % 5]);
	document_add_text(document, document_add(document, node, DOCUMENT_PARAGRAPH), STR("bottom"));
	write_all(document, "bottom", (size_t)100 * DEEP);
	document_free(document);
	(void)state;
}

static void deep_inlines(void **state)
{
	static const enum document_kind kinds[] = {
		DOCUMENT_EMPHASIS, DOCUMENT_STRONG, DOCUMENT_REFERENCE, DOCUMENT_ROLE};
	struct document *document = document_new();
	struct document_node *node = document_add(document, document->root, DOCUMENT_PARAGRAPH);

	for (size_t depth = 0; depth < DEEP; depth++) {
		node = document_add(document, node, kinds[depth % 4]);
		node->target = STR("http://a.b");
	}
	document_add_text(document, node, STR("bottom"));
	write_all(document, "bottom", (size_t)100 * DEEP);
	document_free(document);
	(void)state;
}

static void append_many(struct strbuf *text, const char *piece, size_t count)
{
	for (size_t i = 0; i < count; i++)
		strbuf_append_c(text, piece);
}

/* Texts of Markdown that repeat a piece. */
static void long_texts(void **state)
{
	static const char *const pieces[] = {"x", "x ", "*", "`", "\\*", "_", "[", "<", "&amp;", ":", "|",
		"\xE7\xA7\x98", "\xE2\x80\xAE", "- x\n", "> x\n\n- y\n\n", "1. x\n", "# x\n\n", "*x*", "`x`", "<b>",
		"[x](http://y)", "x\\\n", "    x\n\n", "***\n\nx\n\n"};

	for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
		struct strbuf text = STRBUF_INIT;
		struct document *document;

		append_many(&text, pieces[i], LONG / strlen(pieces[i]));
		document = markdown_read(strbuf_str(&text));
		write_all(document, "", (size_t)60 * LONG);
		document_free(document);
		strbuf_release(&text);
	}
	(void)state;
}

static void long_lines_stay_below_the_limit(void **state)
{
	static const char *const texts[] = {"x", "x ", "*", "\\*", "=", "\xE7\xA7\x98"};
	static const char *const around[][2] = {{"", ""}, {"# ", ""}, {"`", "`"}, {"**", "**"}, {"    ", ""},
		{"[", "](http://x.y)"}, {"[x](http://x.y/", ")"}};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts) * (sizeof(around) / sizeof(*around)); i++) {
		struct strbuf text = STRBUF_INIT;
		struct document *document;

		strbuf_append_c(&text, around[i % 7][0]);
		append_many(&text, texts[i / 7], LONG / 4);
		strbuf_append_c(&text, around[i % 7][1]);
		document = markdown_read(strbuf_str(&text));
		for (size_t j = 0; j < FORMAT_COUNT; j++) {
			struct strbuf out = STRBUF_INIT;
			struct str rest;

			document_write(&out, document->root, formats[j], NULL);
			rest = strbuf_str(&out);
			while (!str_is_absent(rest) &&
				(formats[j] == DOCUMENT_FORMAT_RST || formats[j] == DOCUMENT_FORMAT_MYST))
				assert_true(utf8_length(str_cut(&rest, '\n')) < 10000);
			strbuf_release(&out);
		}
		document_free(document);
		strbuf_release(&text);
	}
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(deep_blocks),
		cmocka_unit_test(deep_tables),
		cmocka_unit_test(deep_inlines),
		cmocka_unit_test(long_texts),
		cmocka_unit_test(long_lines_stay_below_the_limit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
