/* What is unknown stays so, and nothing else becomes it; insertions; the way of execution; bounds. */
#include "evaluate_fixture.h"
#include "helm/data.h"

static const char values[] = "name: alpha\n"
			     "list: [a, b, c]\n"
			     "map: {k: v}\n"
			     "text: |\n  one\n  two\n"
			     "flag: true\n";

static const char helpers[] = "{{- define \"fullname\" -}}{{ .Release.Name }}-{{ .Values.name }}{{- end }}"
			      "{{- define \"labels\" -}}\napp: {{ .Values.name }}\n{{- end }}"
			      "{{- define \"map\" -}}\n{{ toYaml .Values.map }}\n{{- end }}"
			      "{{- define \"tail\" -}}{{ .Unknown }}-secret{{- end }}"
			      "{{- define \"twice\" }}{{ include \"thrice\" . }}{{ include \"thrice\" . }}{{ end }}"
			      "{{- define \"thrice\" }}{{ include \"twice\" . }}{{ include \"twice\" . }}{{ end }}";

struct expectation {
	const char *text;
	const char *known; /* NULL: it is unknown */
	const char *tail;  /* of what is unknown */
};

static void check(struct fixture *fixture, const struct expectation *row)
{
	const struct data *data = fixture_evaluate(fixture, row->text);
	bool right = false;

	assert_non_null(data);
	if (row->known)
		right = data->kind == DATA_STRING && str_is(data->string, row->known);
	else
		right = data->kind == DATA_UNKNOWN && str_is(data->tail, row->tail);
	if (right)
		return;
	print_error("%s\n  gives kind %d, \"%.*s\"\n", row->text, (int)data->kind,
		STR_ARG(data->kind == DATA_STRING || data->kind == DATA_UNKNOWN ? data->string : STR("")));
	fail();
}

static void check_all(const struct expectation *rows, size_t count)
{
	struct fixture fixture;

	fixture_init(&fixture, values, helpers);
	for (size_t i = 0; i < count; i++)
		check(&fixture, &rows[i]);
	fixture_release(&fixture);
}

static void test_unknown(void **state)
{
	static const struct expectation rows[] = {
		{"{{ .Unknown }}", NULL, ""},
		{"{{ .Unknown.a.b }}-x", NULL, "-x"},
		{"a-{{ .Unknown }}-b-{{ .Unknown }}-c", NULL, "-c"},
		{"{{ default \"x\" .Unknown }}", NULL, ""},
		{"{{ default .Unknown .Values.name }}", "alpha", NULL},
		{"{{ default .Unknown .Values.missing }}", NULL, ""},
		{"{{ coalesce .Values.missing .Values.name .Unknown }}", "alpha", NULL},
		{"{{ coalesce .Values.missing .Unknown .Values.name }}", NULL, ""},
		{"{{ if or .Unknown .Values.flag }}y{{ else }}n{{ end }}", "y", NULL},
		{"{{ if or .Values.flag .Unknown }}y{{ else }}n{{ end }}", "y", NULL},
		{"{{ if and .Unknown .Values.missing }}y{{ else }}n{{ end }}", "n", NULL},
		{"{{ if not (and .Unknown .Values.missing) }}y{{ else }}n{{ end }}", "y", NULL},
		{"{{ if and (or .Unknown true) (not false) }}y{{ end }}", "y", NULL},
		{"{{ or .Unknown .Values.name }}", NULL, ""},
		{"{{ and .Values.flag .Unknown }}", NULL, ""},
		{"{{ not .Unknown }}", NULL, ""},
		{"{{ eq .Unknown \"x\" }}", NULL, ""},
		{"{{ eq .Values.name .Unknown \"alpha\" }}", "true", NULL},
		{"{{ ternary \"a\" .Unknown .Values.flag }}", "a", NULL},
		{"{{ required \"m\" .Unknown }}", NULL, ""},
		{"{{ printf \"%s-%s\" .Unknown .Values.name }}", NULL, "-alpha"},
		{"{{ include \"tail\" . }}", NULL, "-secret"},
		{"{{ printf \"%s/%s-x\" .Values.name (include \"tail\" .) }}", NULL, "-secret-x"},
		{"{{ if include \"tail\" . }}y{{ end }}", "y", NULL},
		{"{{ list .Unknown \"x\" | last }}", "x", NULL},
		{"{{ list .Unknown \"x\" | len }}", "2", NULL},
		{"{{ has \"x\" (list .Unknown \"x\") }}", "true", NULL},
		{"{{ has \"y\" (list .Unknown \"x\") }}", NULL, ""},
		{"{{ (dict \"a\" .Unknown \"b\" \"x\").b }}", "x", NULL},
		{"{{ $d := dict \"a\" 1 }}{{ $_ := set $d .Unknown 2 }}{{ $d.a }}", NULL, ""},
		{"{{ randAlphaNum 5 }}", NULL, ""},
		{"{{ now | date \"2006\" }}-x", NULL, "-x"},
		{"{{ lookup \"v1\" \"Secret\" \"a\" \"b\" }}", NULL, ""},
		{"{{ fail \"no\" }}", NULL, ""},
		{"{{ no_such_function 1 }}", NULL, ""},
	};

	(void)state;
	check_all(rows, sizeof(rows) / sizeof(rows[0]));
}

static void test_unknown_blocks(void **state)
{
	static const struct expectation rows[] = {
		{"a{{ if .Unknown }}b{{ end }}c", NULL, "c"},
		{"a{{ if .Unknown }}b{{ else }}d{{ end }}", NULL, ""},
		{"{{ $x := 1 }}{{ if .Unknown }}{{ $x = 2 }}{{ end }}{{ $x }}", NULL, ""},
		{"{{ $x := 1 }}{{ if .Unknown }}{{ $y := 2 }}{{ end }}{{ $x }}", "1", NULL},
		{"{{ $x := 1 }}{{ range .Unknown }}{{ $x = 2 }}{{ end }}{{ $x }}", NULL, ""},
		{"{{ $x := true }}{{ range .Unknown }}{{ if $x }}a{{ end }}{{ $x = false }}{{ end }}z", NULL, "z"},
		{"{{ with .Unknown }}{{ end }}z", "z", NULL},
		{"{{ range .Values.list }}{{ if $.Unknown }}{{ break }}{{ end }}{{ end }}z", "z", NULL},
		{"{{ range .Values.list }}{{ . }}{{ if $.Unknown }}{{ break }}{{ end }}{{ end }}z", NULL, "z"},
		{"{{ $n := \"\" }}{{ range .Values.list }}{{ if $.Unknown }}{{ continue }}{{ end }}{{ $n = . }}{{ end "
		 "}}{{ $n }}",
			NULL, ""},
		{"{{ $n := \"\" }}{{ range .Values.list }}{{ $n = . }}{{ if eq . \"b\" }}{{ break }}{{ end }}{{ end "
		 "}}{{ $n }}",
			"b", NULL},
		{"{{ $d := dict \"k\" \"a\" }}{{ if .Unknown }}{{ $_ := set $d \"k\" \"b\" }}{{ end }}{{ $d.k }}", NULL,
			""},
		{"{{ $d := dict }}{{ range .Unknown }}{{ hasKey $d \"k\" }}{{ $_ := set $d \"k\" 1 }}{{ end }}{{ "
		 "hasKey $d \"k\" }}",
			NULL, ""},
		{"{{ range keys (dict \"a\" 1 \"b\" 2) }}{{ . }}{{ end }}", NULL, ""},
		{"{{ $_ := set .Values \"name\" \"other\" }}{{ .Values.name }}", NULL, ""},
	};

	(void)state;
	check_all(rows, sizeof(rows) / sizeof(rows[0]));
}

/* What of a template is asked for, and what of that is executed. */
static void test_parts(void **state)
{
	static const char text[] = "{{ $x := \"v\" }}{{ if .Values.flag }}key: {{ $x }}-{{ .Values.name }}{{ end }}\n"
				   "{{ if .Values.missing }}gone{{ end }}";
	struct str whole = str_of(text);
	uint32_t start = (uint32_t)(strstr(text, "{{ $x }}") - text);
	uint32_t end = (uint32_t)(strstr(text, "{{ end }}\n") - text);
	uint32_t gone = (uint32_t)(strstr(text, "gone") - text);
	const struct template_list *list;
	const struct data *data;
	struct fixture fixture;

	(void)state;
	fixture_init(&fixture, values, helpers);
	list = fixture_parse(&fixture, text);
	data = evaluate_text(&fixture.evaluation, &fixture.source, list, 0, &fixture.scope, start, end);
	assert_int_equal(data->kind, DATA_STRING);
	assert_true(str_is(data->string, "v-alpha"));
	assert_ptr_equal(data->span.source, &fixture.source);
	assert_int_equal(data->span.start, start);
	assert_int_equal(data->span.end, end);
	data = evaluate_text(&fixture.evaluation, &fixture.source, list, 0, &fixture.scope, gone, gone + 4);
	assert_int_equal(data->kind, DATA_NIL);
	assert_true(whole.len > gone + 4);
	fixture_release(&fixture);
}

static struct yaml_insertion insertion_of(struct fixture *fixture, const char *text)
{
	const struct template_list *list = fixture_parse(fixture, text);

	assert_non_null(list);
	return evaluate_insertion(&fixture->evaluation, &fixture->scope, list->nodes[0]);
}

static void test_insertions(void **state)
{
	struct yaml_insertion insertion;
	struct fixture fixture;

	(void)state;
	fixture_init(&fixture, values, helpers);
	insertion = insertion_of(&fixture, "{{ toYaml .Values.map | nindent 8 }}");
	assert_int_equal(insertion.value->kind, DATA_YAML);
	assert_true(str_is(data_get(&fixture.arena, insertion.value->structure, STR("k"))->string, "v"));
	assert_int_equal(insertion.indent, 8);
	insertion = insertion_of(&fixture, "{{- include \"labels\" . | trim | indent 4 }}");
	assert_null(insertion.value);
	assert_true(str_is(insertion.named->define->name, "labels"));
	assert_ptr_equal(insertion.dot, fixture.root);
	assert_int_equal(insertion.indent, 4);
	insertion = insertion_of(&fixture, "{{ template \"labels\" .Values.map }}");
	assert_int_equal(insertion.dot->kind, DATA_MAP);
	assert_int_equal(insertion.indent, -1);
	insertion = insertion_of(&fixture, "{{ .Values.text | indent 2 }}");
	assert_true(str_is(insertion.value->string, "one\ntwo\n"));
	insertion = insertion_of(&fixture, "{{ include \"nowhere\" . | nindent 4 }}");
	assert_int_equal(insertion.value->kind, DATA_UNKNOWN);
	insertion = insertion_of(&fixture, "{{ tpl (toYaml .Values.list) . | nindent 4 }}");
	assert_int_equal(insertion.value->kind, DATA_YAML);
	insertion = insertion_of(&fixture, "{{ toYaml .Unknown | nindent 4 }}");
	assert_int_equal(insertion.value->kind, DATA_UNKNOWN);
	assert_int_equal(insertion.indent, 4);
	assert_int_equal(fixture_evaluate(&fixture, "{{ include \"map\" . }}")->kind, DATA_YAML);
	assert_int_equal(fixture_evaluate(&fixture, "a: {{ toYaml .Values.map }}")->kind, DATA_UNKNOWN);
	fixture_release(&fixture);
}

/* Templates that would take for ever, or all memory, are unknown soon. */
static void test_bounds(void **state)
{
	static const struct expectation rows[] = {
		{"{{ range until 100000 }}{{ range until 100000 }}x{{ end }}{{ end }}", NULL, ""},
		{"{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}z", "z", NULL},
		{"{{ include \"twice\" . }}", NULL, ""},
		{"{{ repeat 1000000000 \"x\" }}", NULL, ""},
		{"{{ until 1000000000 | len }}", NULL, ""},
		{"{{ printf \"%999999999d\" 1 }}", NULL, ""},
		{"{{ $x := \"xxxxxxxx\" }}{{ range until 100 }}{{ $x = printf \"%s%s\" $x $x }}{{ end }}{{ $x }}", NULL,
			""},
		{"{{ $d := dict \"a\" 1 }}{{ $_ := set $d \"self\" $d }}{{ toYaml $d }}", NULL, ""},
		{"{{ $d := dict }}{{ range until 10000 }}{{ $d = dict \"n\" $d }}{{ end }}{{ toYaml $d }}", NULL, ""},
		{"{{ $d := dict \"a\" 1 }}{{ $_ := set $d \"self\" $d }}{{ tpl (toYaml $d) . }}{{ (deepCopy $d).a }}",
			NULL, ""},
		{"{{ $l := list }}{{ range until 100000 }}{{ $l = append $l . }}{{ end }}{{ len $l }}", NULL, ""},
		{"{{ $l := until 50000 }}{{ len (uniq $l) }}", NULL, ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fixture fixture;
		const struct data *data;

		fixture_init(&fixture, values, helpers);
		data = fixture_evaluate(&fixture, rows[i].text);
		if (rows[i].known ? data->kind == DATA_STRING && !str_is(data->string, rows[i].known)
				  : data->kind != DATA_UNKNOWN)
			fail_msg("%s", rows[i].text);
		fixture_release(&fixture);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_unknown_blocks),
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_insertions),
		cmocka_unit_test(test_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
