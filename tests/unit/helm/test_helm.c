/* Templates read as they stand: blanking, members, holes and the uses of values. */
#include "helm_fixture.h"

struct example {
	const char *name;
	const char *text;
	const char *expected;
};

/* {"a": …} with ' for ". */
static const struct example documents[] = {
	{"no action", "a: 1\n---\nb: [x]\n", "[{'a':1},{'b':['x']}]"},
	{"empty", "", "[]"},
	{"no final newline", "a: {{ .x }}", "[{'a':{'$hole':'.x'}}]"},
	{"carriage returns", "a: {{ .x }}\r\nb:\r\n  {{- toYaml .y | nindent 2 }}\r\nc: 1\r\n",
		"[{'a':{'$hole':'.x'},'b':{'$insert':[{'$hole':'toYaml .y | nindent 2'}]},'c':1}]"},
	{"a byte order mark", "\xEF\xBB\xBF{{- if .x }}\na: {{ .y }}\n{{- end }}\n", "[{'a':{'$hole':'.y'}}]"},
	{"a byte order mark before an insertion", "\xEF\xBB\xBF{{ .x }}\na: 1\n",
		"[{'a':1,'$insert':[{'$hole':'.x'}]}]"},
	{"two holes", "a: {{ .x }} {{ .y }}\n", "[{'a':{'$parts':[{'$hole':'.x'},' ',{'$hole':'.y'}]}}]"},
	{"a hole as an item", "- {{ .x }}\n- b\n", "[[{'$hole':'.x'},'b']]"},
	{"a hole as a key", "{{ .k }}: {{ .v }}\n", "[{'{{ .k }}':{'$hole':'.v'}}]"},
	{"quotes and a comment", "a: \"{{ .x }}-y\" # {{ .z }}\n# {{ .w }}\nb: '{{ .x }}'\n",
		"[{'a':{'$parts':[{'$hole':'.x'},'-y']},'b':{'$hole':'.x'}}]"},
	{"trim markers", "a: {{- .x -}}\n", "[{'a':{'$hole':'.x'}}]"},
	{"a line that an action has to itself", "a:\n  {{ .x }}\n  b: 1\n",
		"[{'a':{'b':1,'$insert':[{'$hole':'.x'}]}}]"},
	{"an action over several lines", "a: {{ include \"x\"\n  (dict \"b\" 1) }}\nc: 1\n",
		"[{'a':{'$hole':'include \\\"x\\\"\\n  (dict \\\"b\\\" 1)'},'c':1}]"},
	{"tabs", "a:\t{{ .x }}\n\t{{- if .y }}\nb: 1\n\t{{- end }}\n", "[{'a':{'$hole':'.x'},'b':1}]"},
	{"characters beyond ASCII", "ä: {{ \"ö\" }}-ü\n", "[{'ä':{'$parts':[{'$hole':'\\\"ö\\\"'},'-ü']}}]"},
	{"a block scalar", "a: |\n  {{ .x }}\n  y\nb: 1\n", "[{'a':{'$parts':['  ',{'$hole':'.x'},'\\n  y']},'b':1}]"},
	{"a block scalar whose content stands at its key", "a:\n  b: |\n{{ .x | indent 4 }}\n  c: 1\n",
		"[{'a':{'b':{'$hole':'.x | indent 4'},'c':1}}]"},
	{"a block scalar in the line of its header", "a: |{{ .x | nindent 2 }}\nb: 1\n",
		"[{'a':{'$hole':'.x | nindent 2'},'b':1}]"},
	{"a block scalar that begins with a block", "a: |\n    {{- range .x }}\n  - {{ . }}\n    {{- end }}\nb: 1\n",
		"[{'a':{'$parts':['    ',{'$hole':'range .x'},'\\n  - ',{'$hole':'.'}]},'b':1}]"},
	{"a block scalar in an item", "- |\n  {{ .x }}\n- b\n", "[[{'$parts':['  ',{'$hole':'.x'}]},'b']]"},
	{"what looks like a block scalar in a comment", "# a: |\n  {{ .x }}\nb: 1\n",
		"[{'b':1,'$insert':[{'$hole':'.x'}]}]"},
	{"a block scalar with text that is indented elsewhere",
		"a:\n  b: |\n    c\n{{ .x }}\n    d\n{{ .y }}\n  e: 1\n",
		"[{'a':{'b':{'$parts':['    c\\n',{'$hole':'.x'},'\\n    d']},'e':1,'$insert':[{'$hole':'.y'}]}}]"},
	{"nindent in the line of its key", "a: {{ toYaml .x | nindent 2 }}\nb: 1\n",
		"[{'a':{'$insert':[{'$hole':'toYaml .x | nindent 2'}]},'b':1}]"},
	{"nindent and what follows it", "a: {{- toYaml .x | nindent 2 }}\n  b: 1\nc: 2\n",
		"[{'a':{'b':1,'$insert':[{'$hole':'toYaml .x | nindent 2'}]},'c':2}]"},
	{"by its column", "a:\n  b:\n    c: 1\n  {{- .x | nindent 4 }}\n  {{- .y | nindent 2 }}\n{{ .z }}\n",
		"[{'a':{'b':{'c':1,'$insert':[{'$hole':'.x | nindent 4'}]},'$insert':[{'$hole':'.y | nindent "
		"2'}]},'$insert':[{'$hole':'.z'}]}]"},
	{"below a scalar", "a: b\n  {{ .x }}\nc: 1\n", "[{'a':{'$insert':[{'$hole':'.x'}]},'c':1}]"},
	{"insertions alone", "{{ .x }}\n---\n{{ .y }}\n",
		"[{'$insert':[{'$hole':'.x'}]},{'$insert':[{'$hole':'.y'}]}]"},
	{"both arms", "{{ if .x }}\na: 1\n{{ else }}\na: 2\n{{ end }}\n", "[{'a':1,'a':2}]"},
	{"both arms in a line", "{{ if .x }}a: 1{{ else }}a: 2{{ end }}\nb: 3\n", "[{'a':1,'a':2,'b':3}]"},
	{"arms that cannot stand together", "a:\n{{ if .x }}\n  b: 1\n{{ else }}\n  - c\n{{ end }}\n",
		"[{'a':['c']},{'a':{'b':1}}]"},
	{"one broken document", "a: 1\n---\nb:\n{{ if .x }}\n  c: 1\n{{ else }}\n- d\n{{ end }}\n---\ne: 2\n",
		"[{'a':1},{'b':['d']},{'b':{'c':1}},{'e':2}]"},
	{"definitions", "{{ define \"x\" }}\na: [\n{{ end }}\nb: 1\n", "[{'b':1}]"},
	{"no value", "a: 2001-13-45\nb: =\nc: !!int x\n", "[{'a':'2001-13-45','b':'=','c':'x'}]"},
	{"an inline block", "a: {{ range $i, $t := .x }}{{ if $i }},{{ end }}{{ $t }}{{ end }}\n",
		"[{'a':{'$parts':[{'$hole':'range $i, $t := .x'},{'$hole':'if "
		"$i'},',',{'$hole':'end'},{'$hole':'$t'},{'$hole':'end'}]}}]"},
	{"set in brackets", "a: [{{ .x }}, {b: {{ .y }}}]\n", "[{'a':[{'$hole':'.x'},{'b':{'$hole':'.y'}}]}]"},
	{"an alias", "a: &x {b: {{ .y }}}\nc: *x\n", "[{'a':{'b':{'$hole':'.y'}},'c':{'b':{'$hole':'.y'}}}]"},
};

static const char *json_text(struct fixture *fixture)
{
	struct json_writer json;

	json_writer_init(&json, &fixture->text, 0);
	helm_write_json(&json, fixture->read);
	json_writer_release(&json);
	for (size_t i = 0; i < fixture->text.len; i++) {
		if (fixture->text.ptr[i] == '"' && (i == 0 || fixture->text.ptr[i - 1] != '\\'))
			fixture->text.ptr[i] = '\'';
	}
	return fixture->text.ptr;
}

static void reads_documents(void **state)
{
	size_t failures = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(documents) / sizeof(documents[0]); i++) {
		struct fixture fixture;

		fixture_read(&fixture, str_of(documents[i].text), NULL);
		if (fixture.read->gave_up) {
			print_message("%s: %.*s\n", documents[i].name, STR_ARG(fixture.read->problem));
			failures++;
		} else if (strcmp(json_text(&fixture), documents[i].expected) != 0) {
			print_message("%s:\n  %s\nis not\n  %s\n", documents[i].name, fixture.text.ptr,
				documents[i].expected);
			failures++;
		}
		fixture_release(&fixture);
	}
	assert_int_equal(failures, 0);
}

static void gives_up(void **state)
{
	static const char *const texts[] = {"a: {{ .x }\n", "{{ if .x }}\n", "a: [\n", "a: b: c\n", "a: \"\n{{ .x }}\n",
		"{{ if .x }}\na: [\n{{ end }}\n", "a: \x01\n", "{{ .x }}\n\xFF: 1\n"};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct fixture fixture;

		fixture_read(&fixture, str_of(texts[i]), NULL);
		assert_true(fixture.read->gave_up);
		assert_true(fixture.read->problem.len > 0);
		assert_true(fixture.read->problem_at <= fixture.source.text.len);
		fixture_release(&fixture);
	}
}

static const struct example blanked[] = {
	{"control", "{{- if .x }}\na: 1\n{{- end }}\n", "            \na: 1\n          \n"},
	{"a line of its own", "{{ if .x }}a: 1{{ else }}a: 2{{ end }}\n", "          \na: 1         \na: 2         \n"},
	{"holes", "a: {{ .x }}-{{ .y }}\n", "a: xxxxxxxx-xxxxxxxx\n"},
	{"insertions", "a:\n  {{ .x }}\n", "a:\n          \n"},
	{"a block scalar", "a: |\n      {{- if .x }}\n  b{{ .y }}\n  {{- end }}\n",
		"a: |\n  x   xxx xx xx xx\n  bxx xx xx\n#           \n"},
	{"lines within", "a: {{ .x\n  }}\nb: {{/* c\n */}} 1\n", "a: xxxxx\n    \nb:       \n      1\n"},
	{"a definition", "{{ define \"x\" }}\na: 1\n{{ end }}\nb: 2\n", "                \n    \n         \nb: 2\n"},
};

static void blanks_in_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(blanked) / sizeof(blanked[0]); i++) {
		struct fixture fixture;
		struct str text;

		fixture_read(&fixture, str_of(blanked[i].text), NULL);
		text = helm_blanked(&fixture.arena, fixture.read->syntax);
		assert_int_equal(text.len, strlen(blanked[i].text));
		strbuf_append(&fixture.text, text);
		assert_string_equal(fixture.text.ptr, blanked[i].expected);
		fixture_release(&fixture);
	}
}

static const struct example uses[] = {
	{"a path", "a: {{ .Values.a.b }}\n", "a.b@.Values.a.b "},
	{"the root", "{{ range .Values.x }}{{ $.Values.a }}{{ .Values.b }}{{ .c }}{{ end }}",
		"x@.Values.x a@$.Values.a "},
	{"index", "{{ index .Values \"a\" \"b-c\" }}{{ index .Values.a \"b\" 0 }}",
		"a.b-c@index .Values \"a\" \"b-c\" a.b@index .Values.a \"b\" 0 "},
	{"get", "{{ get .Values.a \"b\" }}", "a.b@get .Values.a \"b\" "},
	{"parentheses", "{{ (.Values.a).b }}{{ ((.Values.a).b).c | default .Values.d }}",
		"a.b@(.Values.a).b a.b.c@((.Values.a).b).c d@.Values.d "},
	{"with", "{{ with .Values.a }}{{ .b }}{{ with .c }}{{ .d }}{{ end }}{{ else }}{{ .Values.e }}{{ end }}",
		"a@.Values.a a.b@.b a.c@.c a.c.d@.d e@.Values.e "},
	{"nothing else",
		"{{ .Chart.Name }}{{ .Values }}{{ $x := .Values.a }}{{ $x.b }}{{ with tpl .a . }}{{ .b }}{{ end }}",
		"a@.Values.a "},
};

static void note_use(void *context, struct str dotted, struct span span)
{
	struct strbuf *text = context;

	strbuf_append(text, dotted);
	strbuf_append_char(text, '@');
	strbuf_append(text, span_text(span));
	strbuf_append_char(text, ' ');
}

static void finds_uses(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(uses) / sizeof(uses[0]); i++) {
		struct fixture fixture;

		fixture_read(&fixture, str_of(uses[i].text), NULL);
		helm_each_use(fixture.read, note_use, &fixture.text);
		assert_string_equal(fixture.text.ptr, uses[i].expected);
		fixture_release(&fixture);
	}
}

static enum helm_care care_for(const struct helm_path *path)
{
	if (str_is(path->key, "keep"))
		return HELM_KEEP;
	if (str_is(path->key, "names"))
		return HELM_NAMES;
	return str_is(path->key, "skip") ? HELM_SKIP : HELM_DESCEND;
}

/* Only what is of interest is expanded. */
static void expands_what_matters(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_read(&fixture,
		STR("a: 1\nb: {c: 1, keep: [1, {d: 2}]}\nskip:\n  keep: 1\n  {{- toYaml .x | nindent 2 }}\ne:\n  {{- "
		    "toYaml .Values.x | nindent 2 }}\n"
		    "names:\n  f: {{ fail \"no\" }}\n  {{ .Values.key }}: 1\ng: {h: {i: 1}}\n"),
		care_for);
	fixture_expand(&fixture, "{x: {j: 1}, key: k}");
	assert_string_equal(fixture_text(&fixture), "{b: {c: 1, keep: [1, {d: 2}]}, e: {j: 1}, names: {f: ?, k: ?}}");
	fixture_release(&fixture);
}

static void finds_holes(void **state)
{
	struct fixture fixture;
	const struct helm_fragment *body;
	const struct helm_member *document, *pair;

	(void)state;
	fixture_read(&fixture, STR("a: x\nb: {{ .y }}\nc: |\n  {{ .z | nindent 2 }}\nd: x\n"), NULL);
	body = vec_at(&fixture.read->fragments, 0);
	document = vec_at(&body->documents, 0);
	for (size_t i = 0; i < 4; i++) {
		pair = vec_at(&document->inside->members, i);
		assert_int_equal(helm_has_hole(fixture.read, pair->pair->value), i == 1 || i == 2);
	}
	fixture_release(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_documents),
		cmocka_unit_test(gives_up),
		cmocka_unit_test(blanks_in_place),
		cmocka_unit_test(finds_uses),
		cmocka_unit_test(expands_what_matters),
		cmocka_unit_test(finds_holes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
