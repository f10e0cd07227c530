/* What templates print, against what Helm prints (evaluate_cases.h). */
#include "evaluate_cases.h"
#include "evaluate_fixture.h"

/* The fixture and a case that is wrong. */
static void wrong(const struct evaluate_case *row, const struct data *data)
{
	struct str text = data && data->kind == DATA_STRING ? data->string : STR("(none)");

	print_error("%s\n  gives kind %d, \"%.*s\"\n", row->text, data ? (int)data->kind : -1, STR_ARG(text));
	fail();
}

static void test_cases(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_init(&fixture, case_values, case_helpers);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct evaluate_case *row = &cases[i];
		const struct data *data = fixture_evaluate(&fixture, row->text);
		bool is_text = data && (data->kind == DATA_STRING || data->kind == DATA_NIL);
		struct str text = is_text ? data_text(&fixture.arena, data) : STR_ABSENT;

		if (is_text ? !row->printed || !str_is(text, row->printed) : row->known)
			wrong(row, data);
		if (data && data->kind == DATA_UNKNOWN && row->printed &&
			!str_ends_with(str_of(row->printed), data->tail))
			wrong(row, data);
	}
	fixture_release(&fixture);
}

/* Each function is found under its name: the table is in order. */
static void test_functions_are_found(void **state)
{
	static const char *const templates[] = {"{{ abbrev 5 \"abcdefgh\" }}", "{{ without (list 1) 2 | len }}",
		"{{ b64enc \"a\" }}", "{{ mustToJson 1 | indent 2 }}", "{{ lower \"A\" }}", "{{ quote 1 }}"};
	struct fixture fixture;

	(void)state;
	fixture_init(&fixture, "{}", "");
	for (size_t i = 0; i < sizeof(templates) / sizeof(templates[0]); i++)
		assert_int_not_equal(fixture_evaluate(&fixture, templates[i])->kind, DATA_UNKNOWN);
	fixture_release(&fixture);
}

/* Values wait until somebody asks for them, but not so many that one which depends on all others could not be made. */
static void test_variables_depend_on_each_other(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct fixture fixture;
	const struct data *data;

	(void)state;
	fixture_init(&fixture, "{}", "");
	strbuf_append_c(&text, "{{ $v0 := 0 }}");
	for (int i = 1; i <= 20000; i++)
		strbuf_printf(&text, "{{ $v%d := $v%d }}", i, i - 1);
	strbuf_append_c(&text, "{{ $v20000 }}");
	data = fixture_evaluate(&fixture, text.ptr);
	assert_non_null(data);
	assert_int_equal(data->kind, DATA_STRING);
	assert_true(str_is(data->string, "0"));
	strbuf_release(&text);
	fixture_release(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_functions_are_found),
		cmocka_unit_test(test_variables_depend_on_each_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
