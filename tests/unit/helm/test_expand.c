/* What templates come to with values. */
#include "helm_fixture.h"

struct example {
	const char *name;
	const char *text;
	const char *values;
	const char *expected;
};

static const struct example examples[] = {
	{"text alone", "a: 1\nb: [x, 'y']\n", "{}", "{a: 1, b: ['x', 'y']}"},
	{"a hole as a value", "a: {{ .Values.x }}\n", "{x: foo}", "{a: 'foo'}"},
	{"what is printed without quotes has YAML's type",
		"a: {{ .Values.x }}\nb: {{ .Values.w }}\nc: {{ .Values.z }}\n", "{x: 80, w: 'true', z: ''}",
		"{a: 80, b: true, c: null}"},
	{"what is printed in quotes is a string",
		"a: \"{{ .Values.x }}\"\nb: '{{ .Values.x }}'\nc: {{ .Values.x | quote }}\n", "{x: 80}",
		"{a: '80', b: '80', c: '80'}"},
	{"escapes", "a: \"\\u0041{{ .Values.x }}\\n\"\nb: 'it''s {{ .Values.x }}'\n", "{x: b}",
		"{a: 'Ab\n', b: 'it's b'}"},
	{"mixed", "a: {{ .Release.Name }}-{{ .Values.x }}-z\n", "{x: q}", "{a: 'app-q-z'}"},
	{"unknown with a tail", "a: \"{{ now }}/key\"\nb: {{ now }}-x\n", "{}", "{a: ?/key, b: ?-x}"},
	{"two arms of a value",
		"a: {{ if .Values.x }}\"b\"{{ else }}c{{ end }}\nd: {{ if .Values.w }}x{{ else }}80{{ end }}\n",
		"{x: true}", "{a: 'b', d: 80}"},
	{"one arm of a value", "a: {{ if .Values.x }}b{{ end }}\n", "{}", "{a: null}"},
	{"an arm of pairs",
		"a: 1\n{{- if .Values.x }}\nb: 2\nc: {{ .Values.x }}\n{{- else }}\nd: 3\n{{- end }}\ne: 4\n", "{x: 5}",
		"{a: 1, b: 2, c: 5, e: 4}"},
	{"the other arm", "a: 1\n{{- if .Values.x }}\nb: 2\n{{- else }}\nd: 3\n{{- end }}\ne: 4\n", "{}",
		"{a: 1, d: 3, e: 4}"},
	{"an unknown condition", "a: 1\n{{- if now }}\nb: {c: 2}\n{{- end }}\n", "{}", "{a: 1, b: maybe {c: 2}}"},
	{"a condition on what is unknown",
		"a: 1\n{{- if lookup \"v1\" \"Secret\" \"a\" \"b\" }}\nb: {c: {{ .Values.x }}}\n{{- else }}\nd: 1\n{{- "
		"end }}\n",
		"{x: 2}", "{a: 1, b: maybe {c: 2}, d: maybe 1}"},
	{"the first pair in an arm", "{{ if .Values.x }}apiVersion: a{{ else }}apiVersion: b{{ end }}\nkind: c\n", "{}",
		"{apiVersion: 'b', kind: 'c'}"},
	{"a whole document in a block", "{{- if .Values.x }}\na: 1\n{{- end }}\n---\nb: 2\n", "{}", "{b: 2}"},
	{"with", "{{- with .Values.x }}\na: {{ .b }}\n{{- end }}\n", "{x: {b: 3}}", "{a: 3}"},
	{"a range over items", "a:\n{{- range .Values.x }}\n  - name: {{ .m }}\n    v: 1\n{{- end }}\n  - last\n",
		"{x: [{m: b}, {m: c}]}", "{a: [{name: 'b', v: 1}, {name: 'c', v: 1}, 'last']}"},
	{"a range over pairs", "a:\n  {{- range $k, $v := .Values.x }}\n  {{ $k }}: {{ $v | quote }}\n  {{- end }}\n",
		"{x: {c: 1, b: 2}}", "{a: {b: '2', c: '1'}}"},
	{"an unknown range", "a:\n  {{- range now }}\n  - b: {{ . }}\n  {{- end }}\n", "{}", "{a: [maybe {b: ?}]}"},
	{"a range over documents", "{{- range .Values.x }}\n---\na: {{ . }}\n{{- end }}\n", "{x: [1, 2]}",
		"{a: 1}\n{a: 2}"},
	{"variables", "{{- $x := .Values.x }}\na:\n  {{- $y := \"q\" }}\n  b: {{ $x }}{{ $y }}\n", "{x: p}",
		"{a: {b: 'pq'}}"},
	{"variables that are set in a range",
		"{{- $i := 0 }}\na:\n{{- range .Values.x }}\n- m: {{ $i }}\n{{- $i = add $i 1 }}\n{{- end }}\nb: {{ $i "
		"}}\n",
		"{x: [1, 2]}", "{a: [{m: 0}, {m: 1}], b: 2}"},
	{"toYaml of a map below a key", "a:\n  {{- toYaml .Values.x | nindent 2 }}\n", "{x: {b: 1, c: [d]}}",
		"{a: {b: 1, c: ['d']}}"},
	{"toYaml in the line of its key", "a: {{- toYaml .Values.x | nindent 2 }}\nb: 1\n", "{x: {b: 1}}",
		"{a: {b: 1}, b: 1}"},
	{"toYaml as a value", "a: {{ toYaml .Values.x }}\nb: {{ .Values.x | toJson }}\n", "{x: [1]}",
		"{a: [1], b: [1]}"},
	{"toYaml of a scalar", "a:\n  {{- toYaml .Values.x | nindent 2 }}\n", "{x: foo}", "{a: 'foo'}"},
	{"toYaml beside pairs", "a:\n  z: 0\n  {{- toYaml .Values.x | nindent 2 }}\n  w: 1\n", "{x: {b: 1}}",
		"{a: {z: 0, b: 1, w: 1}}"},
	{"toYaml before pairs", "a:\n{{ toYaml .Values.x | indent 2 }}\n  w: 1\n", "{x: {b: 1}}", "{a: {b: 1, w: 1}}"},
	{"toYaml of what is unknown",
		"a:\n  z: 0\n  {{- toYaml now | nindent 2 }}\nb:\n  {{- toYaml now | nindent 2 }}\n", "{}",
		"{a: {z: 0 …}, b: ?}"},
	{"toYaml of items", "a:\n  - z\n  {{- toYaml .Values.x | nindent 2 }}\n", "{x: [b, c]}",
		"{a: ['z', 'b', 'c']}"},
	{"toYaml below a dash", "a:\n  - {{ toYaml .Values.x | nindent 4 }}\n", "{x: {b: c}}", "{a: [{b: 'c'}]}"},
	{"items in the column of their key", "a:\n{{ toYaml .Values.x }}\nb: 1\n", "{x: [1]}", "{a: [1], b: 1}"},
	{"pairs in the column of the key above", "a:\n{{ toYaml .Values.x }}\nb: 1\n", "{x: {c: 1}}",
		"{a: null, c: 1, b: 1}"},
	{"items behind a sequence in the column of its key", "a:\n- z\n{{ toYaml .Values.x }}\n", "{x: [1]}",
		"{a: ['z', 1]}"},
	{"pairs behind a sequence in the column of its key", "a:\n- z\n{{ toYaml .Values.x }}\n", "{x: {c: 1}}",
		"{a: ['z'], c: 1}"},
	{"an insertion too deep, which is not executed",
		"a: b\n  {{- with .Values.x }}\n  {{- toYaml . | nindent 4 }}\n  {{- end }}\nc: 1\n", "{}",
		"{a: 'b', c: 1}"},
	{"an insertion too deep", "a: b\n  {{- with .Values.x }}\n  {{- toYaml . | nindent 4 }}\n  {{- end }}\nc: 1\n",
		"{x: {d: 1}}", "{a: ?, c: 1}"},
	{"text that is YAML", "a:\n  {{- .Values.x | nindent 2 }}\n", "{x: \"b: 1\\nc: [2]\"}", "{a: {b: 1, c: [2]}}"},
	{"a named template of pairs",
		"{{- define \"l\" }}\nb: 1\nc: {{ .Release.Name }}\n{{- end }}\na:\n  {{- include \"l\" . | nindent 2 "
		"}}\n",
		"{}", "{a: {b: 1, c: 'app'}}"},
	{"a named template within a named template",
		"{{- define \"l\" }}\nb: 1\n{{ include \"m\" . }}\n{{- end }}\n{{- define \"m\" }}\nc: {{ .Chart.Name "
		"}}\n{{- end }}\na:\n  {{- include \"l\" . | nindent 2 }}\n",
		"{}", "{a: {b: 1, c: 'chart'}}"},
	{"a named template of text",
		"{{- define \"n\" -}}\n{{ .Release.Name }}-{{ .Values.x }}\n{{- end }}\na: {{ include \"n\" . }}\nb:\n "
		" {{ include \"n\" . }}\n",
		"{x: 'y'}", "{a: 'app-y', b: 'app-y'}"},
	{"a named template of a document",
		"{{- define \"d\" }}\na: {{ .x }}\n{{- end }}\n{{ template \"d\" (dict \"x\" 1) }}\n---\n{{ include "
		"\"d\" (dict \"x\" 2) }}\n",
		"{}", "{a: 1}\n{a: 2}"},
	{"a named template that renders values",
		"{{- define \"r\" -}}\n{{- $value := kindIs \"string\" .value | ternary .value (.value | toYaml) "
		"}}\n{{- if kindIs \"string\" .value }}\n"
		"  {{- tpl $value .context }}\n{{- else }}\n    {{- $value }}\n{{- end }}\n{{- end -}}\n"
		"a:\n  {{- include \"r\" (dict \"value\" .Values.x \"context\" $) | nindent 2 }}\nb: {{ include \"r\" "
		"(dict \"value\" .Values.v \"context\" $) }}\n",
		"{x: {c: 1}, v: '{{ .Release.Name }}-z'}", "{a: {c: 1}, b: 'app-z'}"},
	{"a named template that nobody has", "a:\n  {{- include \"no\" . | nindent 2 }}\nb: 1\n", "{}", "{a: ?, b: 1}"},
	{"a named template that includes itself",
		"{{- define \"l\" }}\na: 1\n{{ include \"l\" . }}\n{{- end }}\n{{ include \"l\" . }}\nb: 2\n", "{}",
		NULL},
	{"a block scalar", "a: |\n  x\n  {{ .Values.x }}\n  {{- if .Values.w }}\n  no\n  {{- end }}\n  z\n", "{x: 'y'}",
		"{a: 'x\ny\nz\n'}"},
	{"a folded scalar", "a: >-\n  {% index .Secrets \"{{ .Values.x }}\" %}\nb: 1\n", "{x: 'y'}",
		"{a: '{% index .Secrets \"y\" %}', b: 1}"},
	{"a block scalar of an insertion", "a: |\n{{ .Values.x | indent 4 }}\nb: 1\n", "{x: \"k: v\\nl: w\"}",
		"{a: 'k: v\nl: w\n', b: 1}"},
	{"a block scalar before the end of a block", "a:\n  {{- if true }}\n  b: |\n    x\n  {{- end }}\n  c: 1\n",
		"{}", "{a: {b: 'x\n', c: 1}}"},
	{"a block scalar of toYaml", "a: |\n  {{- toYaml .Values.x | nindent 2 }}\nb: 1\n", "{x: {c: d}}",
		"{a: ?, b: 1}"},
	{"flow collections", "a: [{{ .Values.x }}, \"{{ .Values.w }}\"]\nb: {c: {{ .Values.x }}}\n", "{x: 1, w: 2}",
		"{a: [1, '2'], b: {c: 1}}"},
	{"several items in one hole", "a: [{{ .Values.x }}]\n", "{x: \"b, c\"}", "{a: [? …]}"},
	{"a range in a flow collection", "a: [{{ range .Values.x }}\"{{ . }}\",{{ end }}]\n", "{x: [b, c]}",
		"{a: ['b', 'c']}"},
	{"an unknown key", "a:\n  {{ now }}: 1\n  b: 2\n", "{}", "{a: {b: 2 …}}"},
	{"arms that cannot stand together", "a:\n{{- if .Values.x }}\n  b: 1\n{{- else }}\n  - c\n{{- end }}\nd: 1\n",
		"{}", "{a: ['c'], d: 1}"},
	{"arms that cannot stand together, of which neither is sure",
		"a:\n{{- if lookup \"v1\" \"Secret\" \"a\" \"b\" }}\n  b: 1\n{{- else }}\n  - c\n{{- end }}\nd: 1\n",
		"{}", "maybe {a: [maybe 'c'], d: 1}\nmaybe {a: {b: maybe 1}, d: 1}"},
	{"a comment with an action", "# {{ .Values.x }}\na: 1 # {{ .Values.x }}\n", "{x: 'b: 1'}", "{a: 1}"},
	{"anchors", "a: &x {b: 1}\nc: *x\nd: {<<: *x, e: 1}\n", "{}", "{a: {b: 1}, c: {b: 1}, d: {b: 1, e: 1}}"},
};

static void expands(void **state)
{
	size_t failures = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
		struct fixture fixture;

		fixture_read(&fixture, str_of(examples[i].text), NULL);
		if (fixture.read->gave_up) {
			print_message("%s: %.*s\n", examples[i].name, STR_ARG(fixture.read->problem));
			failures++;
		}
		fixture_expand(&fixture, examples[i].values);
		if (examples[i].expected && strcmp(fixture_text(&fixture), examples[i].expected) != 0) {
			print_message("%s:\n  %s\nis not\n  %s\n", examples[i].name, fixture_text(&fixture),
				examples[i].expected);
			failures++;
		}
		fixture_release(&fixture);
	}
	assert_int_equal(failures, 0);
}

static void assert_entry(struct fixture *fixture, const struct data *map, size_t index, const char *key,
	const char *path, const char *value)
{
	struct data_entry entry = data_entries(&fixture->arena, map).items[index];

	strbuf_clear(&fixture->text);
	strbuf_append(&fixture->text, span_text(entry.key_span));
	strbuf_append_char(&fixture->text, ' ');
	strbuf_append(&fixture->text, entry.value->span.source->path);
	strbuf_append_char(&fixture->text, ' ');
	strbuf_append(&fixture->text, span_text(entry.value->span));
	strbuf_append_c(&fixture->text, "");
	assert_true(str_starts_with(strbuf_str(&fixture->text), str_of(key)));
	assert_true(str_contains(strbuf_str(&fixture->text), str_of(path)));
	assert_true(str_ends_with(strbuf_str(&fixture->text), str_of(value)));
}

/* What the template writes is there, what toYaml brings is in the values file. */
static void keeps_places(void **state)
{
	struct fixture fixture;
	const struct data *document;

	(void)state;
	fixture_read(&fixture,
		STR("a: b\nc: {{ .Values.x }}\nd: \"{{ .Values.x }}-e\"\nf: |\n  {{ .Values.x }}\n{{ .Values.k }}: "
		    "1\n{{ toYaml .Values.more }}\n"),
		NULL);
	fixture_expand(&fixture, "{x: foo, k: key, more: {deep: {er: 1}}}");
	document = vec_pointer(&fixture.documents, 0);
	assert_entry(&fixture, document, 0, "a ", " test.yaml ", "b");
	assert_entry(&fixture, document, 1, "c ", " test.yaml ", " {{ .Values.x }}");
	assert_entry(&fixture, document, 2, "d ", " test.yaml ", "\"{{ .Values.x }}-e\"");
	assert_entry(&fixture, document, 3, "f ", " test.yaml ", "|\n  {{ .Values.x }}");
	assert_entry(&fixture, document, 4, "{{ .Values.k }} ", " test.yaml ", " 1");
	assert_entry(&fixture, document, 5, "deep ", " values.yaml ", " {er: 1}");
	fixture_release(&fixture);
}

/* Once the effort is used up, what is left is unknown. */
static void stops_in_time(void **state)
{
	struct fixture fixture;
	struct strbuf text = STRBUF_INIT;

	(void)state;
	for (size_t i = 0; i < 10; i++)
		strbuf_append_c(&text, "{{ range .Values.x }}\n");
	strbuf_append_c(&text, "- a: {{ . }}\n");
	for (size_t i = 0; i < 10; i++)
		strbuf_append_c(&text, "{{ end }}\n");
	fixture_read(&fixture, strbuf_str(&text), NULL);
	fixture_expand(&fixture, "{x: [1, 2, 3, 4, 5, 6, 7, 8, 9]}");
	assert_true(fixture.documents.len > 0);
	strbuf_release(&text);
	fixture_release(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(expands),
		cmocka_unit_test(keeps_places),
		cmocka_unit_test(stops_in_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
