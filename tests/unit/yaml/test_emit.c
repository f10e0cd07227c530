/* What libyaml's emitter is told; that it prints what PyYAML prints, tests/statics/template.py shows. */
#include "yaml/emit.h"

#include "fixture.h"

static void assert_written(enum node_style mapping, enum node_style style, struct str text, const char *expected)
{
	struct yaml_writer_options options = {.indent = 2, .width = mapping == NODE_FLOW ? 0 : 30};
	struct strbuf out = STRBUF_INIT;
	struct yaml_writer *writer = yaml_writer_new(&out, &options);

	yaml_write_begin_mapping(writer, mapping);
	yaml_write_string(writer, STR("key"), NODE_PLAIN);
	yaml_write_string(writer, text, style);
	yaml_write_string(writer, STR("12"), NODE_PLAIN);
	yaml_write_begin_mapping(writer, NODE_BLOCK);
	yaml_write_end_mapping(writer);
	yaml_write_string(writer, STR("no"), NODE_DOUBLE_QUOTED);
	yaml_write_null(writer);
	yaml_write_end_mapping(writer);
	yaml_writer_free(writer);
	if (!str_is(strbuf_str(&out), expected))
		fail_msg("written: %s", out.ptr);
	strbuf_release(&out);
}

static void styles(void **state)
{
	struct str lines = STR("a text that is folded at the first blank behind a column\n\nand more");

	(void)state;
	assert_written(NODE_BLOCK, NODE_PLAIN, STR("x"), "key: x\n'12': {}\n\"no\": null\n");
	assert_written(NODE_BLOCK, NODE_PLAIN, STR("yes"), "key: 'yes'\n'12': {}\n\"no\": null\n");
	assert_written(NODE_BLOCK, NODE_FOLDED, lines,
		"key: >-\n  a text that is folded at the first\n  blank behind a column\n\n\n  and more\n'12': "
		"{}\n\"no\": null\n");
	assert_written(NODE_BLOCK, NODE_FOLDED, STR("\xC3\xA4\n"), "key: \"\\xE4\\n\"\n'12': {}\n\"no\": null\n");
	assert_written(NODE_BLOCK, NODE_FOLDED, STR(""), "key: \"\"\n'12': {}\n\"no\": null\n");
	assert_written(NODE_BLOCK, NODE_LITERAL, STR("a\nb\n"), "key: |\n  a\n  b\n'12': {}\n\"no\": null\n");
	assert_written(NODE_FLOW, NODE_SINGLE_QUOTED, STR("it's"), "{key: 'it''s', '12': {}, \"no\": null}\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(styles)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
