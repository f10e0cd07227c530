/* From the Vault entry to its end: entries, renamed keys, whole entries, and what the rest of the program asks. */
#include "delivery_fixture.h"

#define LAYOUT                                                                                                         \
	{"environments/values.yaml", "applications: {}\n"},                                                            \
		{"environments/values-dev.yaml", ENVIRONMENT("dev", "  shop: true\n  bank: true\n")},                  \
		{"environments/templates/applications/shop.yaml", APPLICATION("shop")},                                \
		{"environments/templates/applications/bank.yaml", APPLICATION("bank")},                                \
		{"applications/bank/Chart.yaml", "name: bank\nversion: 1.0.0\n"},                                      \
	{                                                                                                              \
		"applications/shop/Chart.yaml", "name: shop\nversion: 1.0.0\n"                                         \
	}

#define PATH "{{ .Values.global.vaultSecretsPath }}/shop"

static void entries_are_below_the_prefix(void **state)
{
	(void)state;
	static const struct fixture_file files[] = {
		LAYOUT,
		{"applications/shop/templates/secrets.yaml",
			VAULT_SECRET("a", PATH, "") "---\n" VAULT_SECRET(
				"b", "secret/other/shop", "") "---\n" VAULT_SECRET("c", "secret/devious/shop",
				"") "---\n" VAULT_SECRET("d", "{{ .Files.Get \"x\" }}/shop", "")},
		{NULL, NULL},
	};
	struct followed followed;

	followed_open(&followed, files);
	assert_string_equal(followed_lines(&followed, "dev"), "makes shop-space/a from shop\n"
							      "makes shop-space/b from ?\n"
							      "makes shop-space/c from ?\n"
							      "makes shop-space/d from ?\n");
	const struct delivery_environment *environment = followed_environment(&followed, "dev");
	static const bool elsewhere[] = {false, true, true, false};
	for (size_t i = 0; i < 4; i++) {
		const struct delivery_producer *producer = vec_pointer(&environment->producers, i);
		assert_int_equal(producer->elsewhere, elsewhere[i]);
	}
	followed_close(&followed);
}

static void whole_entries_go_through_by_name(void **state)
{
	(void)state;
	static const struct fixture_file files[] = {
		LAYOUT,
		{"applications/shop/templates/secret.yaml", VAULT_SECRET("s", PATH, "")},
		{"applications/shop/templates/pod.yaml", POD("a", "s", "token")},
		{"applications/bank/templates/pod.yaml", POD("a", "s", "token")},
		{NULL, NULL},
	};
	struct followed followed;

	followed_open(&followed, files);
	/* The bank's Pod is in another namespace. */
	assert_string_equal(followed_uses(&followed, "dev"), "shop token env\nshop * vaultSecret\n");
	followed_close(&followed);
}

static void renamed_keys_are_followed(void **state)
{
	(void)state;
	static const struct fixture_file files[] = {
		LAYOUT,
		{"applications/shop/templates/secret.yaml", VAULT_SECRET("s", PATH,
								    "  templates:\n    url: >-\n      {% .Secrets.user "
								    "%}:{% index .Secrets \"pass-word\" %}\n")},
		{"applications/shop/templates/pod.yaml", POD("a", "s", "url") "---\n" POD("b", "s", "user")},
		{NULL, NULL},
	};
	struct followed followed;
	struct vec uses;

	followed_open(&followed, files);
	assert_string_equal(followed_uses(&followed, "dev"),
		"shop pass-word env\nshop pass-word vaultSecret\nshop user env\nshop user vaultSecret\n");
	delivery_uses_of(&uses, followed_environment(&followed, "dev"), STR("shop"), STR("user"));
	assert_int_equal(uses.len, 2);
	vec_release(&uses);
	followed_close(&followed);
}

static void other_producers_leave_doubt(void **state)
{
	(void)state;
	static const struct fixture_file files[] = {
		LAYOUT,
		{"applications/shop/templates/secret.yaml",
			VAULT_SECRET("s", PATH, "") "---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n"
						    "stringData:\n  token: x\n"},
		{"applications/shop/templates/pod.yaml", POD("a", "s", "token")},
		{NULL, NULL},
	};
	struct followed followed;

	followed_open(&followed, files);
	assert_string_equal(followed_uses(&followed, "dev"), "shop token env maybe\nshop * vaultSecret\n");
	const struct delivery_environment *environment = followed_environment(&followed, "dev");
	assert_int_equal(delivery_producers_of(environment, STR("shop-space"), STR("s"))->len, 2);
	assert_null(delivery_producers_of(environment, STR("bank-space"), STR("s")));
	followed_close(&followed);
}

static void values_and_words_are_found(void **state)
{
	(void)state;
	static const struct fixture_file files[] = {
		LAYOUT,
		{"applications/shop/charts/till/Chart.yaml", "name: till\nversion: 1.0.0\n"},
		{"applications/shop/charts/till/templates/map.yaml", "a: {{ .Values.config.inner }}\n"},
		{"applications/shop/templates/map.yaml",
			"{{- with .Values.config }}\na: {{ .name.first }} # my_token\n{{- end }}\n"},
		{NULL, NULL},
	};
	struct followed followed;

	followed_open(&followed, files);
	const struct application *shop = fixture_application(&followed.fixture, "shop");
	const struct application *bank = fixture_application(&followed.fixture, "bank");
	assert_non_null(delivery_values_use(followed.delivery, shop, STR("config.name")).source);
	assert_non_null(delivery_values_use(followed.delivery, shop, STR("till.config.inner")).source);
	assert_null(delivery_values_use(followed.delivery, shop, STR("config.inner")).source);
	assert_null(delivery_values_use(followed.delivery, bank, STR("config.name")).source);
	assert_true(delivery_mentions(followed.delivery, shop, STR("my_token")));
	assert_false(delivery_mentions(followed.delivery, shop, STR("token")));
	assert_false(delivery_mentions(followed.delivery, bank, STR("my_token")));
	followed_close(&followed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entries_are_below_the_prefix),
		cmocka_unit_test(whole_entries_go_through_by_name),
		cmocka_unit_test(renamed_keys_are_followed),
		cmocka_unit_test(other_producers_leave_doubt),
		cmocka_unit_test(values_and_words_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
