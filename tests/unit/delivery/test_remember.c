/* What a template comes to is remembered from environment to environment: each must get what it gets alone. */
#include "delivery_fixture.h"

static const struct example {
	const char *what;
	const char *template;
	const char *values, *dev, *prod;
	const char *in_dev, *in_prod;
	const char *later; /* another template, which comes behind; NULL: none */
} examples[] = {
	{"a value that is read", POD("a", "{{ .Values.secret }}", "k"), "secret: low\n", "secret: high\n", "x: 1\n",
		"high k ", "low k ", NULL},
	{"a value that is not read", POD("a", "{{ .Values.secret }}", "k"), "secret: low\n", "other: 1\n", "other: 2\n",
		"low k ", "low k ", NULL},
	{"a map around what is read", POD("a", "{{ .Values.a.b.c }}", "k"), "a: {b: {c: low, d: 1}}\n",
		"a: {b: {d: 2}}\n", "a: {b: {c: high}}\n", "low k ", "high k ", NULL},
	{"a number for a text", POD("a", "s{{ if kindIs \"string\" .Values.x }}s{{ end }}", "k"), "x: 1\n",
		"x: \"1\"\n", "y: 1\n", "ss k ", "s k ", NULL},
	{"a map for a text", POD("a", "{{ if kindIs \"map\" .Values.x }}m{{ else }}s{{ end }}", "k"), "y: 1\n",
		"x: {a: 1}\n", "x: text\n", "m k ", "s k ", NULL},
	{"null, and nothing", POD("a", "{{ if hasKey .Values.m \"x\" }}there{{ else }}not{{ end }}", "k"),
		"m: {a: 1}\n", "m: {x: null, y: 1}\n", "m: {y: 1}\n", "? k ", "not k ", NULL},
	{"empty, and nothing", POD("a", "{{ if hasKey .Values.m \"x\" }}there{{ else }}not{{ end }}", "k"),
		"m: {a: 1}\n", "m: {x: \"\"}\n", "m: {y: \"\"}\n", "there k ", "not k ", NULL},
	{"a condition", "{{ if .Values.use }}\n" POD("a", "s", "k") "{{ end }}\n", "use: true\n", "use: false\n",
		"x: 1\n", "", "s k ", NULL},
	{"a condition on a text", "{{ if .Values.x }}\n" POD("a", "s", "k") "{{ end }}\n", "x: one\n", "x: two\n",
		"x: \"\"\n", "s k ", "", NULL},
	{"a condition on a text that is read", "{{ if .Values.x }}\n" POD("a", "{{ .Values.x }}", "k") "{{ end }}\n",
		"x: one\n", "x: two\n", "y: 1\n", "two k ", "one k ", NULL},
	{"a condition on a list", "{{ if not .Values.x }}\n" POD("a", "s", "k") "{{ end }}\n", "x: [a]\n", "x: []\n",
		"x: [b]\n", "s k ", "", NULL},
	{"whether there is anything", "{{ if .Values.m }}\n" POD("a", "s", "k") "{{ end }}\n", "m: {}\n", "m: {x: 1}\n",
		"n: 1\n", "s k ", "", NULL},
	{"the order of a list",
		"{{ range $i, $s := .Values.list }}\n---\n" POD("a", "{{ $s }}", "k{{ $i }}") "{{ end }}\n",
		"list: [a, b]\n", "list: [b, a]\n", "x: 1\n", "a k1 b k0 ", "a k0 b k1 ", NULL},
	{"what is in a list", "{{ range .Values.list }}\n---\n" POD("a", "{{ .s.t }}", "k") "{{ end }}\n",
		"list: [{s: {t: a}}]\n", "list: [{s: {t: b}}]\n", "x: 1\n", "b k ", "a k ", NULL},
	{"the keys of a map", "{{ range $k, $v := .Values.m }}\n---\n" POD("a", "{{ $k }}", "{{ $v }}") "{{ end }}\n",
		"m: {a: k}\n", "m: {b: l}\n", "m: {a: m}\n", "a k b l ", "a m ", NULL},
	{"with", "{{ with .Values.a }}{{ with .b }}\n" POD("a", "{{ .c }}", "{{ $.Values.k }}") "{{ end }}{{ end }}\n",
		"a: {b: {c: low}}\nk: k\n", "a: {b: {c: high}}\n", "k: l\n", "high k ", "low l ", NULL},
	{"a named template", "{{ define \"name\" }}{{ .Values.s }}{{ end }}" POD("a", "{{ include \"name\" . }}", "k"),
		"s: low\n", "s: high\n", "x: 1\n", "high k ", "low k ", NULL},
	{"what a named template is handed",
		"{{ define \"name\" }}{{ .all.Values.s }}{{ .map.t }}{{ end }}" POD(
			"a", "{{ include \"name\" (dict \"all\" . \"map\" .Values.m) }}", "k"),
		"s: low\nm: {t: 1, u: 1}\n", "m: {t: two}\n", "s: high\nm: {u: 2}\n", "lowtwo k ", "high1 k ", NULL},
	{"a variable", "{{ $m := .Values.m }}\n" POD("a", "{{ $m.s }}", "{{ get $m \"k\" }}"), "m: {s: low, k: k}\n",
		"m: {s: high}\n", "m: {k: l}\n", "high k ", "low l ", NULL},
	{"what is spliced in",
		"apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  imagePullSecrets:\n"
		"    {{- toYaml .Values.pull | nindent 4 }}\n",
		"pull: [{name: low}]\n", "pull: [{name: high}]\n", "x: 1\n", "high * ", "low * ", NULL},
	{"a map that is spliced in",
		"apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  {{- toYaml .Values.spec | nindent 2 }}\n",
		"spec: {imagePullSecrets: [{name: low}]}\n", "spec: {imagePullSecrets: [{name: high}], x: 1}\n",
		"spec: {y: 1}\n", "high * ", "low * ", NULL},
	{"where it stands", POD("a", "{{ toYaml .Values.s }}", "k"), "s: low\n", "s: low\n", "x: 1\n", "low k ",
		"low k ", NULL},
	{"a map that is changed",
		"{{ if .Values.use }}{{ $x := set .Values \"s\" \"y\" }}{{ end }}" POD("a", "{{ .Values.s }}", "k"),
		"use: true\ns: low\n", "use: false\n", "x: 1\n", "low k low l ", "? k ? l ",
		POD("b", "{{ .Values.s }}", "l")},
	{"a list's map that is changed",
		"{{ if .Values.use }}{{ range .Values.list }}{{ $x := set . \"s\" \"y\" }}{{ end }}{{ end }}" POD(
			"a", "{{ (index .Values.list 0).s }}", "k"),
		"use: true\nlist: [{s: low}]\n", "use: false\n", "x: 1\n", "low k low l ", "? k ? l ",
		POD("b", "{{ (index .Values.list 0).s }}", "l")},
};

/* "SECRET KEY ", with the place of the Secret's name behind if asked for. */
static const char *uses(
	struct strbuf *out, const struct delivery *delivery, const char *name, const char *prefix, bool places)
{
	const struct delivery_environment *environment = delivery_environment(delivery, str_of(name));

	strbuf_clear(out);
	assert_non_null(environment);
	for (size_t i = 0; i < environment->consumers.len; i++) {
		const struct delivery_consumer *consumer = vec_pointer(&environment->consumers, i);
		const struct manifest_consumer *manifest = consumer->manifest;
		struct span span = manifest->secret_span;

		if (!str_starts_with(or_unknown(consumer->name_space), str_of(prefix)))
			continue;
		strbuf_printf(out, "%.*s %.*s ", STR_ARG(or_unknown(manifest->secret)),
			STR_ARG(manifest->whole ? STR("*") : or_unknown(manifest->key)));
		if (places)
			strbuf_printf(out, "%.*s:%u ", STR_ARG(span.source ? span.source->path : STR("nowhere")),
				(unsigned)span.start);
	}
	return out->ptr;
}

/* An environment that is followed alone finds the same as in a row with others, at the same places. */
static void assert_same_alone(const struct followed *followed, const char *name)
{
	struct vec environments = VEC_INIT(const struct environment *);
	struct strbuf alone = STRBUF_INIT, together = STRBUF_INIT;
	struct delivery *delivery;

	vec_push_pointer(&environments, followed_environment(followed, name)->environment);
	delivery = delivery_new(followed->fixture.model, &environments, 1);
	assert_string_equal(
		uses(&together, followed->delivery, name, "", true), uses(&alone, delivery, name, "", true));
	delivery_free(delivery);
	vec_release(&environments);
	strbuf_release(&alone);
	strbuf_release(&together);
}

#define APPLICATIONS "  shop: true\n  store: true\n"

/* Values for a subchart, as its parent has them. */
static const char *below_sub(struct strbuf *out, const char *values)
{
	struct str rest = str_of(values);

	strbuf_append_c(out, "sub:\n");
	while (rest.len > 0) {
		struct str line = str_cut(&rest, '\n');
		strbuf_printf(out, "  %.*s\n", STR_ARG(line));
	}
	return out->ptr;
}

static void assert_uses(const struct followed *followed, const char *name, const char *expected)
{
	struct strbuf lines = STRBUF_INIT;

	assert_string_equal(uses(&lines, followed->delivery, name, "shop", false), expected);
	assert_string_equal(uses(&lines, followed->delivery, name, "store", false), expected);
	strbuf_release(&lines);
}

/* The template stands in a chart, and in the subchart of another one. */
static void check_example(const struct example *example)
{
	struct strbuf dev = STRBUF_INIT, prod = STRBUF_INIT;
	const char *sub_dev = below_sub(&dev, example->dev), *sub_prod = below_sub(&prod, example->prod);
	const struct fixture_file files[] = {
		{"environments/values.yaml", "applications: {}\n"},
		{"environments/values-base.yaml", ENVIRONMENT("base", APPLICATIONS)},
		{"environments/values-dev.yaml", ENVIRONMENT("dev", APPLICATIONS)},
		{"environments/values-late.yaml", ENVIRONMENT("late", APPLICATIONS)},
		{"environments/values-prod.yaml", ENVIRONMENT("prod", APPLICATIONS)},
		{"environments/values-test.yaml", ENVIRONMENT("test", APPLICATIONS)},
		{"environments/templates/applications/shop.yaml", APPLICATION("shop")},
		{"environments/templates/applications/store.yaml", APPLICATION("store")},
		{"applications/shop/Chart.yaml", "name: shop\nversion: 1.0.0\n"},
		{"applications/shop/templates/it.yaml", example->template},
		{"applications/shop/templates/later.yaml", example->later ? example->later : ""},
		{"applications/shop/values.yaml", example->values},
		{"applications/shop/values-base.yaml", example->prod},
		{"applications/shop/values-dev.yaml", example->dev},
		{"applications/shop/values-late.yaml", example->dev},
		{"applications/shop/values-prod.yaml", example->prod},
		{"applications/store/Chart.yaml", "name: store\nversion: 1.0.0\n"},
		{"applications/store/charts/sub/Chart.yaml", "name: sub\nversion: 1.0.0\n"},
		{"applications/store/charts/sub/templates/it.yaml", example->template},
		{"applications/store/charts/sub/templates/later.yaml", example->later ? example->later : ""},
		{"applications/store/charts/sub/values.yaml", example->values},
		{"applications/store/values-base.yaml", sub_prod},
		{"applications/store/values-dev.yaml", sub_dev},
		{"applications/store/values-late.yaml", sub_dev},
		{"applications/store/values-prod.yaml", sub_prod},
		{NULL, NULL},
	};
	static const char *const names[] = {"base", "dev", "late", "prod", "test"};
	struct followed followed;

	followed_open(&followed, files);
	assert_uses(&followed, "base", example->in_prod);
	assert_uses(&followed, "dev", example->in_dev);
	assert_uses(&followed, "late", example->in_dev);
	assert_uses(&followed, "prod", example->in_prod);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_same_alone(&followed, names[i]);
	followed_close(&followed);
	strbuf_release(&dev);
	strbuf_release(&prod);
}

static void each_environment_gets_its_own(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
		print_message("%s\n", examples[i].what);
		check_example(&examples[i]);
	}
}

/* Which named templates there are depends on the environment, too. */
static void names_count(void **state)
{
	static const struct fixture_file files[] = {
		{"environments/values.yaml", "applications: {}\n"},
		{"environments/values-dev.yaml", ENVIRONMENT("dev", "  shop: true\n")},
		{"environments/values-prod.yaml", ENVIRONMENT("prod", "  shop: true\n")},
		{"environments/templates/applications/shop.yaml", APPLICATION("shop")},
		{"applications/shop/Chart.yaml",
			"name: shop\nversion: 1.0.0\ndependencies:\n  - {name: sub, condition: sub.use}\n"},
		{"applications/shop/values.yaml", "sub: {use: true}\n"},
		{"applications/shop/values-prod.yaml", "sub: {use: false}\n"},
		{"applications/shop/templates/_helpers.tpl", "{{ define \"name\" }}own{{ end }}\n"},
		{"applications/shop/templates/it.yaml", POD("a", "{{ include \"sub.name\" . }}", "k")},
		{"applications/shop/charts/sub/Chart.yaml", "name: sub\nversion: 1.0.0\n"},
		{"applications/shop/charts/sub/templates/_helpers.tpl", "{{ define \"sub.name\" }}sub{{ end }}\n"},
		{NULL, NULL},
	};
	struct strbuf lines = STRBUF_INIT;
	struct followed followed;

	(void)state;
	followed_open(&followed, files);
	assert_string_equal(uses(&lines, followed.delivery, "dev", "", false), "sub k ");
	assert_string_equal(uses(&lines, followed.delivery, "prod", "", false), "? k ");
	followed_close(&followed);
	strbuf_release(&lines);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_environment_gets_its_own),
		cmocka_unit_test(names_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
