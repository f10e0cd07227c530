#include "fixture.h"

#include "base/utf8.h"

/* The spans of the values of a mapping, in turn. */
static void check_values(const char *text, const char *const *expected)
{
	struct fixture fixture;
	const struct node *root = fixture_load(&fixture, str_of(text));

	assert_non_null(root);
	for (uint32_t i = 0; expected[i]; i++) {
		assert_true(i < root->mapping.count);
		assert_span(root->mapping.pairs[i].value, expected[i]);
	}
	fixture_release(&fixture);
}

static void spans_of_scalars(void **state)
{
	(void)state;
	check_values("a: plain # c\nb: 'single'\nc: \"double\"\nd: two\n  lines\ne: x\n",
		(const char *const[]){"plain", "'single'", "\"double\"", "two\n  lines", "x", NULL});
	check_values("a: &x !!str b\nc: !!str\n  # comment\n  d\ne: *x\n",
		(const char *const[]){"&x !!str b", "!!str\n  # comment\n  d", "*x", NULL});
}

static void spans_of_block_scalars(void **state)
{
	(void)state;
	check_values("a: | # header\n  one\n  two\n\n\n# comment\nb: >-\n  x \n\nc: |+\n\nd: |2\n    \n",
		(const char *const[]){"| # header\n  one\n  two", ">-\n  x ", "|+", "|2\n    ", NULL});
	check_values("a: |\nb: |-\n  c", (const char *const[]){"|", "|-\n  c", NULL});
}

static void spans_of_collections(void **state)
{
	(void)state;
	check_values("a:\n  b: c\n\n# comment\nd:\n- e\n- f\n\ng: [h, i: j]  # x\nk: {l: m,\n n}\n",
		(const char *const[]){"b: c", "- e\n- f", "[h, i: j]", "{l: m,\n n}", NULL});
	check_values("a: !!map\n  b: c\nd: &x\n- e\n", (const char *const[]){"!!map\n  b: c", "&x\n- e", NULL});
}

static void single_pair_of_flow_sequence(void **state)
{
	struct fixture fixture;
	const struct node *root = fixture_load(&fixture, STR("[a: b , {c: d}: e, ? f]"));

	(void)state;
	assert_span(root->sequence.items[0], "a: b");
	assert_span(root->sequence.items[1], "{c: d}: e");
	assert_span(root->sequence.items[2]->mapping.pairs[0].key, "f");
	fixture_release(&fixture);
}

static void assert_empty_at(const struct node *node, uint32_t offset)
{
	assert_int_equal(node->start, offset);
	assert_int_equal(node->end, offset);
	assert_int_equal(node->type, TYPE_NULL);
}

static void empty_values_stand_behind_the_colon(void **state)
{
	struct fixture fixture;
	const struct node *root = fixture_load(&fixture, STR("a:\n\n# c\nb:\n"));

	(void)state;
	assert_empty_at(root->mapping.pairs[0].value, 2);
	assert_empty_at(root->mapping.pairs[1].value, 10);
	fixture_release(&fixture);
	root = fixture_load(&fixture, STR("{a # x\n , b: # y\n}"));
	assert_empty_at(root->mapping.pairs[0].value, 2);
	assert_empty_at(root->mapping.pairs[1].value, 12);
	fixture_release(&fixture);
	root = fixture_load(&fixture, STR("-  \n-\n"));
	assert_empty_at(root->sequence.items[0], 1);
	assert_empty_at(root->sequence.items[1], 5);
	fixture_release(&fixture);
}

static void value_start_leaves_properties_out(void **state)
{
	struct fixture fixture;
	const struct node *root =
		fixture_load(&fixture, STR("- &a !!str b\n- !<tag:yaml.org,2002:seq> [c]\n- !!null &d\n"));

	(void)state;
	assert_text(span_text(node_value_span(root->sequence.items[0])), "b");
	assert_text(span_text(node_value_span(root->sequence.items[1])), "[c]");
	assert_text(span_text(node_value_span(root->sequence.items[2])), "");
	assert_text(node_anchor(root->sequence.items[0]), "a");
	assert_text(node_tag(root->sequence.items[0]), "tag:yaml.org,2002:str");
	assert_true(str_is_absent(node_anchor(root->sequence.items[1])));
	fixture_release(&fixture);
}

static void offsets_are_bytes(void **state)
{
	struct fixture fixture;
	const struct node *root = fixture_load(&fixture, STR("\xEF\xBB\xBFé: [ü, \"😀\"] # ö\nk: v\n"));

	(void)state;
	assert_span(root->mapping.pairs[0].key, "é");
	assert_span(root->mapping.pairs[0].value, "[ü, \"😀\"]");
	assert_span(root->mapping.pairs[0].value->sequence.items[1], "\"😀\"");
	assert_span(root->mapping.pairs[1].value, "v");
	fixture_release(&fixture);
}

static void documents(void **state)
{
	struct fixture fixture;
	const struct yaml_document *document;

	(void)state;
	assert_null(fixture_load(&fixture, STR("")));
	assert_int_equal(fixture.stream->documents.len, 0);
	fixture_release(&fixture);
	fixture_load(&fixture, STR("%YAML 1.1\n--- a\n---\n--- ~\n"));
	assert_int_equal(fixture.stream->documents.len, 3);
	document = vec_at(&fixture.stream->documents, 0);
	assert_text(span_text(document->span), "---");
	assert_int_equal(document->span.start, 10);
	document = vec_at(&fixture.stream->documents, 1);
	assert_null(document->root);
	document = vec_at(&fixture.stream->documents, 2);
	assert_span(document->root, "~");
	fixture_release(&fixture);
}

static void syntax_errors(void **state)
{
	const struct yaml_issue *issue;
	struct fixture fixture;

	(void)state;
	assert_null(fixture_load(&fixture, STR("é: b\n c: d\n")));
	assert_true(fixture.stream->broken);
	issue = assert_issue(&fixture, 0, YAML_INVALID, ":");
	assert_text(issue->message, "mapping values are not allowed in this context");
	fixture_release(&fixture);
	fixture_load(&fixture, STR("a: [b\nc: d\n"));
	issue = assert_issue(&fixture, 0, YAML_INVALID, ":");
	fixture_release(&fixture);
	fixture_load(&fixture, STR("a: *b\n"));
	assert_issue(&fixture, 0, YAML_INVALID, "*b");
	fixture_release(&fixture);
	fixture_load(&fixture, STR("é: \x01x\n"));
	assert_issue(&fixture, 0, YAML_INVALID, "\x01");
	fixture_release(&fixture);
}

/* libyaml reads in pieces and tells the place of what it cannot read in bytes. */
static void control_character_far_away(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct fixture fixture;

	(void)state;
	for (int i = 0; i < 20000; i++)
		strbuf_append_c(&text, "- é\n");
	strbuf_append_c(&text, "- a\x7F\n");
	fixture_load(&fixture, strbuf_str(&text));
	assert_int_equal(assert_issue(&fixture, 0, YAML_INVALID, "\x7F")->span.start, 20000 * 5 + 3);
	fixture_release(&fixture);
	strbuf_release(&text);
}

static void directives(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct fixture fixture;

	(void)state;
	for (int i = 0; i < 1100; i++)
		strbuf_append_c(&text, "%TAG !e! tag:yaml.org,2002:\n--- !e!int 1\n...\n");
	fixture_load(&fixture, strbuf_str(&text));
	assert_int_equal(fixture.stream->documents.len, 1100);
	fixture_release(&fixture);
	strbuf_clear(&text);
	for (int i = 0; i < 1100; i++)
		strbuf_printf(&text, "%%TAG !e%d! x\n", i);
	strbuf_append_c(&text, "--- a\n");
	fixture_load(&fixture, strbuf_str(&text));
	assert_int_equal(((struct yaml_issue *)vec_at(&fixture.stream->issues, 0))->kind, YAML_NESTING);
	fixture_release(&fixture);
	strbuf_release(&text);
}

/* libyaml ends lines by more than line feeds, and a %TAG that starts no line is no directive. */
static void directives_behind_any_line_break(void **state)
{
	static const char *const breaks[] = {"\r", "\r\n", "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"};
	struct strbuf text = STRBUF_INIT;
	struct fixture fixture;

	(void)state;
	for (size_t i = 0; i < sizeof(breaks) / sizeof(breaks[0]); i++) {
		strbuf_clear(&text);
		for (int j = 0; j < 1100; j++)
			strbuf_printf(&text, "%%TAG !e%d! x%s", j, breaks[i]);
		strbuf_printf(&text, "--- a%s", breaks[i]);
		fixture_load(&fixture, strbuf_str(&text));
		assert_int_equal(((struct yaml_issue *)vec_at(&fixture.stream->issues, 0))->kind, YAML_NESTING);
		fixture_release(&fixture);
	}
	strbuf_clear(&text);
	for (int j = 0; j < 1100; j++)
		strbuf_append_c(&text, "- a %TAG\n");
	fixture_load(&fixture, strbuf_str(&text));
	assert_int_equal(fixture.stream->issues.len, 0);
	fixture_release(&fixture);
	strbuf_release(&text);
}

/* A long prefix that many tags have takes memory for each of them. */
static void tag_bomb(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct fixture fixture;

	(void)state;
	strbuf_append_c(&text, "%TAG !e! tag:");
	strbuf_append_repeat(&text, 'a', 100000);
	strbuf_append_c(&text, "\n---\n");
	for (int i = 0; i < 1000; i++)
		strbuf_append_c(&text, "- !e!x y\n");
	fixture_load(&fixture, strbuf_str(&text));
	assert_issue(&fixture, 0, YAML_NESTING, "!");
	assert_in_range(fixture.arena.size, 1, (size_t)30 << 20);
	fixture_release(&fixture);
	strbuf_release(&text);
}

/* Texts of a file are cut between characters. */
static void messages_stay_utf8(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct fixture fixture;
	struct str message;

	(void)state;
	for (int repeat = 0; repeat < 2; repeat++) {
		strbuf_append_c(&text, "? a");
		for (int i = 0; i < 200; i++)
			strbuf_append_c(&text, "é");
		strbuf_append_c(&text, "\n: 1\n");
	}
	fixture_load(&fixture, strbuf_str(&text));
	message = ((struct yaml_issue *)vec_at(&fixture.stream->issues, 0))->message;
	assert_int_equal(utf8_valid_prefix(message), message.len);
	fixture_release(&fixture);
	strbuf_release(&text);
}

static void encoding_errors(void **state)
{
	struct fixture fixture;
	const struct yaml_issue *issue;

	(void)state;
	assert_null(fixture_load(&fixture, STR("a: é\xFF\n")));
	issue = assert_issue(&fixture, 0, YAML_ENCODING, "\xFF");
	assert_int_equal(issue->span.start, 5);
	fixture_release(&fixture);
	fixture_load(&fixture, STR("a: long enough\0\n"));
	issue = vec_at(&fixture.stream->issues, 0);
	assert_int_equal(issue->kind, YAML_ENCODING);
	assert_int_equal(issue->span.start, 14);
	fixture_release(&fixture);
	fixture_load(&fixture, STR("\xFF\xFE"
				   "a\0"));
	assert_issue(&fixture, 0, YAML_ENCODING, "\xFF");
	fixture_release(&fixture);
}

static void utf16_on_request(void **state)
{
	static const char text[] = "\xFE\xFF\0a\0:\0 \xD8\x3D\xDE\x00";
	struct yaml_stream *stream;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	stream = yaml_load(&arena, STR("x"), (struct str){text, sizeof(text) - 1}, true);
	assert_span(yaml_root(stream)->mapping.pairs[0].value, "😀");
	yaml_stream_release(stream);
	stream = yaml_load(&arena, STR("x"), (struct str){text, sizeof(text) - 3}, true);
	assert_true(stream->broken);
	yaml_stream_release(stream);
	arena_release(&arena);
}

static void duplicate_keys(void **state)
{
	struct fixture fixture;
	const struct yaml_issue *issue;

	(void)state;
	fixture_load(&fixture, STR("a: 1\nb: 2\n'a': 3\n<<: {a: 4}\n<<: {a: 5}\n\"a\": 6\n"));
	assert_int_equal(fixture.stream->issues.len, 2);
	issue = assert_issue(&fixture, 0, YAML_DUPLICATE_KEY, "'a'");
	assert_text(span_text(issue->related), "a");
	assert_int_equal(issue->related.start, 0);
	issue = assert_issue(&fixture, 1, YAML_DUPLICATE_KEY, "\"a\"");
	assert_int_equal(issue->related.start, 0);
	assert_text(node_string(node_get(fixture.root, STR("zz"))), "");
	assert_span(node_get(fixture.root, STR("a")), "6");
	fixture_release(&fixture);
	fixture_load(&fixture, STR("1: a\n1.0: b\ntrue: c\n'1': d\n0x1: e\n.nan: f\n.NaN: g\n~: h\nnull: i\n"));
	assert_int_equal(fixture.stream->issues.len, 5);
	fixture_release(&fixture);
}

/* Of unknown tags, the tag and the value are told apart. */
static void keys_with_unknown_tags(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_load(&fixture, STR("!a bc: 1\n!ab c: 2\n"));
	for (size_t i = 0; i < fixture.stream->issues.len; i++)
		assert_int_equal(((struct yaml_issue *)vec_at(&fixture.stream->issues, i))->kind, YAML_UNCONSTRUCTIBLE);
	fixture_release(&fixture);
}

static void duplicates_of_large_mappings(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct fixture fixture;

	(void)state;
	for (int i = 0; i < 300; i++)
		strbuf_printf(&text, "key%d: %d\n", i % 100, i);
	fixture_load(&fixture, strbuf_str(&text));
	assert_int_equal(fixture.stream->issues.len, 200);
	for (size_t i = 0; i < 200; i++) {
		const struct yaml_issue *issue = vec_at(&fixture.stream->issues, i);

		assert_true(issue->related.start < 980);
	}
	assert_span(node_get(fixture.root, STR("key7")), "207");
	assert_null(node_get(fixture.root, STR("key100")));
	fixture_release(&fixture);
	strbuf_release(&text);
}

static void nesting(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct fixture fixture;

	(void)state;
	strbuf_append_repeat(&text, '[', YAML_DEPTH_MAX);
	strbuf_append_repeat(&text, ']', YAML_DEPTH_MAX);
	assert_non_null(fixture_load(&fixture, strbuf_str(&text)));
	fixture_release(&fixture);
	strbuf_append_char(&text, ']');
	text.ptr[YAML_DEPTH_MAX] = '[';
	assert_null(fixture_load(&fixture, strbuf_str(&text)));
	assert_issue(&fixture, 0, YAML_NESTING, "[");
	fixture_release(&fixture);
	strbuf_release(&text);
	fixture_load(&fixture, STR("a: &x [1, *x]\n"));
	assert_issue(&fixture, 0, YAML_NESTING, "*x");
	fixture_release(&fixture);
}

static void alias_bomb(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct fixture fixture;

	(void)state;
	strbuf_append_c(&text, "a0: &a0 [x, x]\n");
	for (int i = 1; i < 40; i++)
		strbuf_printf(&text, "a%d: &a%d [*a%d, *a%d]\n", i, i, i - 1, i - 1);
	fixture_load(&fixture, strbuf_str(&text));
	assert_int_equal(((struct yaml_issue *)vec_at(&fixture.stream->issues, 0))->kind, YAML_NESTING);
	fixture_release(&fixture);
	strbuf_release(&text);
}

static void issues_of_construction(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_load(&fixture, STR("- !!int x\n- =\n- 2001-13-45\n- !foo y\n- {[a]: b}\n- !!omap [c]\n- <<: d\n- [&e "
				   "1, &e 2, *e]\n- <<\n"));
	assert_false(fixture.stream->broken);
	assert_issue(&fixture, 0, YAML_INVALID_SCALAR, "!!int x");
	assert_issue(&fixture, 1, YAML_INVALID_SCALAR, "=");
	assert_issue(&fixture, 2, YAML_INVALID_SCALAR, "2001-13-45");
	assert_issue(&fixture, 3, YAML_UNCONSTRUCTIBLE, "!foo y");
	assert_issue(&fixture, 4, YAML_UNCONSTRUCTIBLE, "[a]");
	assert_issue(&fixture, 5, YAML_UNCONSTRUCTIBLE, "c");
	assert_issue(&fixture, 6, YAML_UNCONSTRUCTIBLE, "d");
	assert_issue(&fixture, 7, YAML_UNCONSTRUCTIBLE, "&e ");
	assert_issue(&fixture, 8, YAML_INVALID_SCALAR, "<<");
	assert_int_equal(fixture.stream->issues.len, 9);
	assert_span(node_resolve(fixture.root->sequence.items[7]->sequence.items[2]), "&e 2");
	fixture_release(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spans_of_scalars),
		cmocka_unit_test(spans_of_block_scalars),
		cmocka_unit_test(spans_of_collections),
		cmocka_unit_test(single_pair_of_flow_sequence),
		cmocka_unit_test(empty_values_stand_behind_the_colon),
		cmocka_unit_test(value_start_leaves_properties_out),
		cmocka_unit_test(offsets_are_bytes),
		cmocka_unit_test(documents),
		cmocka_unit_test(syntax_errors),
		cmocka_unit_test(control_character_far_away),
		cmocka_unit_test(directives),
		cmocka_unit_test(directives_behind_any_line_break),
		cmocka_unit_test(tag_bomb),
		cmocka_unit_test(messages_stay_utf8),
		cmocka_unit_test(encoding_errors),
		cmocka_unit_test(utf16_on_request),
		cmocka_unit_test(duplicate_keys),
		cmocka_unit_test(keys_with_unknown_tags),
		cmocka_unit_test(duplicates_of_large_mappings),
		cmocka_unit_test(nesting),
		cmocka_unit_test(alias_bomb),
		cmocka_unit_test(issues_of_construction),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
