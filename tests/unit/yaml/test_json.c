#include "fixture.h"

static void values(void **state)
{
	struct fixture fixture;
	const struct node *root =
		fixture_load_json(&fixture, STR(" {\"a\": [1, -2.50, 1E5, 1.0], \"b\": {\"c\": null, \"d\": true}}\n"));
	const struct node *list = node_get(root, STR("a"));

	(void)state;
	assert_int_equal(fixture.stream->issues.len, 0);
	assert_span(list, "[1, -2.50, 1E5, 1.0]");
	assert_int_equal(list->sequence.items[0]->type, TYPE_INT);
	assert_int_equal(list->sequence.items[2]->type, TYPE_FLOAT);
	assert_int_equal(list->sequence.items[3]->type, TYPE_FLOAT);
	assert_text(node_text(list->sequence.items[1]), "-2.50");
	assert_true(node_truth(list->sequence.items[2]));
	assert_true(node_equal(list->sequence.items[0], list->sequence.items[3]));
	assert_true(node_bool(node_get(node_get(root, STR("b")), STR("d"))));
	assert_true(node_is_null(node_get(node_get(root, STR("b")), STR("c"))));
	assert_int_equal(root->style, NODE_FLOW);
	assert_int_equal(yaml_comments(fixture.stream)->len, 0);
	fixture_release(&fixture);
}

static void strings(void **state)
{
	struct fixture fixture;
	const struct node *root = fixture_load_json(&fixture, STR("[\"\", \"a\\n\\\"\\/\\u00e9\", \"\\ud83d\\ude00\", "
								  "\"\\ud800x\", \"\\udc00\", \"\\u0000\", \"yes\"]"));

	(void)state;
	assert_text(node_string(root->sequence.items[0]), "");
	assert_text(node_string(root->sequence.items[1]), "a\n\"/é");
	assert_text(node_string(root->sequence.items[2]), "😀");
	assert_text(node_string(root->sequence.items[3]), "\xEF\xBF\xBDx");
	assert_text(node_string(root->sequence.items[4]), "\xEF\xBF\xBD");
	assert_int_equal(node_string(root->sequence.items[5]).len, 1);
	assert_true(node_is_string(root->sequence.items[6]));
	fixture_release(&fixture);
}

/* What is refused, and where. */
static void check_refused(const char *text, uint32_t offset)
{
	struct fixture fixture;
	const struct yaml_issue *issue;

	assert_null(fixture_load_json(&fixture, str_of(text)));
	assert_true(fixture.stream->broken);
	assert_int_equal(fixture.stream->issues.len, 1);
	issue = vec_at(&fixture.stream->issues, 0);
	assert_int_equal(issue->kind, YAML_INVALID);
	if (issue->span.start != offset)
		fail_msg("%s: at %u", text, (unsigned)issue->span.start);
	fixture_release(&fixture);
}

static void refused(void **state)
{
	(void)state;
	check_refused("", 0);
	check_refused("  ", 2);
	check_refused("[1,]", 3);
	check_refused("[1 2]", 3);
	check_refused("{\"a\" 1}", 5);
	check_refused("{\"a\": 1,}", 8);
	check_refused("{a: 1}", 1);
	check_refused("['a']", 1);
	check_refused("01", 1);
	check_refused("-", 1);
	check_refused("+1", 0);
	check_refused("1.", 2);
	check_refused(".5", 0);
	check_refused("1e", 2);
	check_refused("tru", 0);
	check_refused("nan", 0);
	check_refused("\"a", 2);
	check_refused("\"\\q\"", 1);
	check_refused("\"\\u12\"", 1);
	check_refused("\"\\x41\"", 1);
	check_refused("\"a\nb\"", 2);
	check_refused("[1] 2", 4);
	check_refused("// c\n1", 0);
	check_refused("[", 1);
	check_refused("\xC2\xA0"
		      "1",
		0);
}

static void duplicates_and_depth(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct fixture fixture;

	(void)state;
	fixture_load_json(&fixture, STR("{\"a\": 1, \"\\u0061\": 2}"));
	assert_issue(&fixture, 0, YAML_DUPLICATE_KEY, "\"\\u0061\"");
	assert_span(node_get(fixture.root, STR("a")), "2");
	fixture_release(&fixture);
	strbuf_append_repeat(&text, '[', 100000);
	assert_null(fixture_load_json(&fixture, strbuf_str(&text)));
	assert_issue(&fixture, 0, YAML_NESTING, "[");
	fixture_release(&fixture);
	strbuf_release(&text);
}

static void byte_order_mark_and_encoding(void **state)
{
	struct fixture fixture;

	(void)state;
	assert_span(fixture_load_json(&fixture, STR("\xEF\xBB\xBF[1]")), "[1]");
	fixture_release(&fixture);
	assert_null(fixture_load_json(&fixture, STR("[\"\xFF\"]")));
	assert_issue(&fixture, 0, YAML_ENCODING, "\xFF");
	fixture_release(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values),
		cmocka_unit_test(strings),
		cmocka_unit_test(refused),
		cmocka_unit_test(duplicates_and_depth),
		cmocka_unit_test(byte_order_mark_and_encoding),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
