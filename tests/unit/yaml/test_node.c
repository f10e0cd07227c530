#include "fixture.h"

#include <stdio.h>

static void last_duplicate_wins(void **state)
{
	struct fixture fixture;
	struct node_pairs walk;
	const struct node_pair *pair;

	(void)state;
	fixture_load(&fixture, STR("a: 1\nb: 2\na: 3\n"));
	assert_span(node_get(fixture.root, STR("a")), "3");
	node_pairs_begin(&walk, fixture.root);
	pair = node_pairs_next(&walk);
	assert_span(pair->key, "a");
	assert_span(pair->value, "3");
	assert_span(node_pairs_next(&walk)->value, "2");
	assert_null(node_pairs_next(&walk));
	node_pairs_end(&walk);
	fixture_release(&fixture);
}

static void check_merge(const char *text, const char *expected)
{
	struct strbuf found = STRBUF_INIT;
	const struct node_pair *pair;
	const struct node *merged;
	struct fixture fixture;
	struct node_pairs walk;

	fixture_load(&fixture, str_of(text));
	merged = node_get(fixture.root, STR("x"));
	node_pairs_begin(&walk, merged);
	while ((pair = node_pairs_next(&walk))) {
		strbuf_append(&found, node_text(pair->key));
		strbuf_append(&found, node_text(pair->value));
		assert_ptr_equal(node_find(merged, node_string(pair->key))->value, pair->value);
	}
	node_pairs_end(&walk);
	assert_string_equal(found.ptr, expected);
	strbuf_release(&found);
	fixture_release(&fixture);
}

static void merges(void **state)
{
	(void)state;
	check_merge("m: &m {a: 1, b: 2}\nx: {b: 3, <<: *m, c: 4}\n", "a1b3c4");
	check_merge("m: &m {a: 1}\nn: &n {a: 2, b: 2}\nx: {<<: [*m, *n]}\n", "a1b2");
	check_merge("m: &m {a: 1}\nn: &n {a: 2}\nx: {<<: *m, <<: *n}\n", "a2");
	check_merge("m: &m {a: 1}\nn: &n {<<: *m, b: 2}\nx: {<<: *n}\n", "a1b2");
	check_merge("x: {'<<': {a: 1}}\n", "<<");
	check_merge("x: {<<: nothing, a: 1}\n", "a1");
}

/* Own keys, the two << (the later one counts) and lists (the first item counts), with so much merged that it is indexed, at two levels. */
static void many_merges(void **state)
{
	struct strbuf text = STRBUF_INIT;

	(void)state;
	strbuf_append_c(&text, "m: &m {a: m}\nn: &n {a: n, b: n, c: n, d: n}\no: &o {<<: [*m");
	for (int i = 0; i < 200; i++)
		strbuf_append_c(&text, ", *n");
	strbuf_append_c(&text, "], c: o}\nx: {<<: [*n], <<: [{}, *o");
	for (int i = 0; i < 200; i++)
		strbuf_append_c(&text, ", *n");
	strbuf_append_c(&text, "], d: x}\n");
	check_merge(text.ptr, "ambncodx");
	strbuf_release(&text);
}

/* Each lookup of a key that is not there would go through all that is merged. */
static void lookups_in_large_merges(void **state)
{
	struct strbuf text = STRBUF_INIT;
	const struct node *merged;
	struct fixture fixture;
	char key[32];

	(void)state;
	strbuf_append_c(&text, "m: &m {a: 1}\nx: {<<: [*m");
	for (int i = 0; i < 200000; i++)
		strbuf_append_c(&text, ", *m");
	strbuf_append_c(&text, "]}\n");
	fixture_load(&fixture, strbuf_str(&text));
	merged = node_get(fixture.root, STR("x"));
	for (int i = 0; i < 100000; i++) {
		snprintf(key, sizeof(key), "k%d", i);
		assert_null(node_find(merged, str_of(key)));
	}
	assert_span(node_get(merged, STR("a")), "1");
	fixture_release(&fixture);
	strbuf_release(&text);
}

static void huge_integers(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct fixture fixture;

	(void)state;
	strbuf_append_c(&text, "? 0x");
	strbuf_append_repeat(&text, 'f', 4000000);
	strbuf_append_c(&text, "\n: a\n? 1");
	for (int i = 0; i < 2000000; i++)
		strbuf_append_c(&text, ":0");
	strbuf_append_c(&text, "\n: b\n");
	fixture_load(&fixture, strbuf_str(&text));
	assert_int_equal(fixture.stream->issues.len, 0);
	assert_false(node_equal(fixture.root->mapping.pairs[0].key, fixture.root->mapping.pairs[1].key));
	assert_true(node_truth(fixture.root->mapping.pairs[1].key));
	fixture_release(&fixture);
	strbuf_release(&text);
}

static void lookups(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_load(&fixture, STR("1: a\n'1': b\n\"\": c\n*x : d\n") /* an alias without anchor: no tree */);
	assert_null(node_get(fixture.root, STR("1")));
	fixture_release(&fixture);
	fixture_load(&fixture, STR("1: a\n'1': b\n\"\": c\n? &x key\n: d\ne: {*x : f}\n"));
	assert_span(node_get(fixture.root, STR("1")), "b");
	assert_span(node_get(fixture.root, STR("")), "c");
	assert_span(node_get(node_get(fixture.root, STR("e")), STR("key")), "f");
	assert_null(node_get(fixture.root, STR("nothing")));
	assert_null(node_get(node_get(fixture.root, STR("nothing")), STR("nothing")));
	assert_null(node_get(NULL, STR("a")));
	fixture_release(&fixture);
}

static void truth(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_load(&fixture,
		STR("- [~, false, no, 0, 0.0, -0, 0x0, 0e, '', [], {}, {<<: {}}, !!binary '', !!set {}]\n"
		    "- [true, On, 1, 0.1, .nan, 'false', ' ', [~], {a: }, {<<: {a: 1}}, !!binary aGk=, 2001-12-14]\n"));
	for (uint32_t i = 0; i < fixture.root->sequence.items[0]->sequence.count; i++) {
		const struct node *node = fixture.root->sequence.items[0]->sequence.items[i];

		if (node_truth(node) != str_is(node_text(node), "0e"))
			fail_msg("item %u is not false", (unsigned)i);
	}
	for (uint32_t i = 0; i < fixture.root->sequence.items[1]->sequence.count; i++) {
		if (!node_truth(fixture.root->sequence.items[1]->sequence.items[i]))
			fail_msg("item %u is not true", (unsigned)i);
	}
	assert_false(node_truth(NULL));
	fixture_release(&fixture);
}

static void check_equal(const char *a, const char *b, bool expected)
{
	struct strbuf text = STRBUF_INIT;
	struct fixture fixture;
	const struct node *root;

	strbuf_printf(&text, "- %s\n- %s\n", a, b);
	root = fixture_load(&fixture, strbuf_str(&text));
	if (node_equal(root->sequence.items[0], root->sequence.items[1]) != expected)
		fail_msg("%s and %s", a, b);
	fixture_release(&fixture);
	strbuf_release(&text);
}

static void equality(void **state)
{
	(void)state;
	check_equal("1", "1.0", true);
	check_equal("true", "1", true);
	check_equal("0x10", "16", true);
	check_equal("1", "'1'", false);
	check_equal("1e3", "1000", false);
	check_equal("9007199254740993", "9007199254740992.0", false);
	check_equal("~", "", true);
	check_equal("a", "'a'", true);
	check_equal("[1, 2]", "[1, 2.0]", true);
	check_equal("[1, 2]", "[2, 1]", false);
	check_equal("{a: 1, b: 2}", "{b: 2, a: 1}", true);
	check_equal("{a: 1}", "{a: 2}", false);
	check_equal("{a: 1}", "{a: 1, b: 1}", false);
	check_equal("{a: 1, b: 2}", "{<<: {a: 1}, b: 2}", true);
	check_equal("!!set {a, b}", "!!set {b, a: 1}", true);
	check_equal("!!set {a}", "{a: }", false);
	check_equal("!!omap [a: 1]", "!!pairs [a: 1]", true);
	check_equal("!!omap [a: 1]", "[a: 1]", false);
	check_equal("2001-12-14T01:00:00+01:00", "2001-12-14T00:00:00Z", true);
	check_equal("2001-12-14T00:00:00", "2001-12-14T00:00:00Z", false);
	check_equal("2001-12-14", "2001-12-14T00:00:00", false);
	check_equal("!!binary aGk=", "!!binary aG k=", true);
	check_equal("!!binary aGk=", "hi", false);
}

struct visits {
	struct strbuf text;
	unsigned stop_at;
};

static enum node_visit note_visit(void *context, const struct node *node, unsigned depth)
{
	struct visits *visits = context;

	strbuf_printf(&visits->text, "%u", depth);
	if (node->kind == NODE_SCALAR)
		strbuf_append(&visits->text, node->scalar);
	if (node->kind == NODE_SCALAR && str_is(node->scalar, "stop"))
		return NODE_STOP;
	return node->kind == NODE_SEQUENCE && node->sequence.count > 2 ? NODE_SKIP : NODE_CONTINUE;
}

static void walks(void **state)
{
	struct visits visits = {.text = STRBUF_INIT};
	struct fixture fixture;

	(void)state;
	fixture_load(&fixture, STR("a: &x [b]\nc: *x\nd: [e, f, g]\nh: stop\ni: j\n"));
	assert_true(node_walk(fixture.root, 100, note_visit, &visits));
	assert_string_equal(visits.text.ptr, "01a12b1c12b1d11h1stop");
	assert_false(node_walk(fixture.root, 3, note_visit, &visits));
	assert_true(node_walk(NULL, 0, note_visit, &visits));
	strbuf_release(&visits.text);
	fixture_release(&fixture);
}

static void comments(void **state)
{
	static const char *const expected[] = {"#!top", "# a", "# header", "# end", "# flow", "#last"};
	const struct vec *found;
	struct fixture fixture;

	(void)state;
	fixture_load(&fixture, STR("#!top\na: b#c # a\nd: \"# e\" \nf: | # header\n  # g\n\n # end\nh: [i, # flow\n "
				   "j#k]\nl: 'm\n # n'\n#last"));
	found = yaml_comments(fixture.stream);
	assert_int_equal(found->len, sizeof(expected) / sizeof(expected[0]));
	for (size_t i = 0; i < found->len; i++)
		assert_text(span_text(*(struct span *)vec_at(found, i)), expected[i]);
	assert_ptr_equal(yaml_comments(fixture.stream), found);
	fixture_release(&fixture);
}

static void comments_of_broken_text(void **state)
{
	const struct vec *found;
	struct fixture fixture;

	(void)state;
	fixture_load(&fixture, STR("# one\n\n# two\na: [ # three\n"));
	found = yaml_comments(fixture.stream);
	assert_int_equal(found->len, 2);
	assert_text(span_text(*(struct span *)vec_at(found, 1)), "# two");
	fixture_release(&fixture);
}

static void types(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_load(&fixture, STR("{s: &x a, m: {}, l: [], n: , b: yes, alias: *x, set: !!set {}}"));
	assert_true(node_is_string(node_get(fixture.root, STR("alias"))));
	assert_true(node_is_mapping(node_get(fixture.root, STR("m"))));
	assert_true(node_is_sequence(node_get(fixture.root, STR("l"))));
	assert_true(node_is_null(node_get(fixture.root, STR("n"))));
	assert_true(node_is_null(NULL));
	assert_true(node_bool(node_get(fixture.root, STR("b"))));
	assert_false(node_is_mapping(node_get(fixture.root, STR("set"))));
	assert_true(str_is_absent(node_string(node_get(fixture.root, STR("b")))));
	assert_text(node_text(node_get(fixture.root, STR("b"))), "yes");
	assert_string_equal(node_type_phrase(node_get(fixture.root, STR("alias"))), "a string");
	assert_string_equal(node_type_phrase(NULL), "nothing");
	fixture_release(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(last_duplicate_wins),
		cmocka_unit_test(merges),
		cmocka_unit_test(many_merges),
		cmocka_unit_test(lookups_in_large_merges),
		cmocka_unit_test(huge_integers),
		cmocka_unit_test(lookups),
		cmocka_unit_test(truth),
		cmocka_unit_test(equality),
		cmocka_unit_test(walks),
		cmocka_unit_test(comments),
		cmocka_unit_test(comments_of_broken_text),
		cmocka_unit_test(types),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
