/* `aspis secrets list`: a small repository with every origin, a chain of copies, a copy that dangles and conditions of both kinds. */
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "report/list.h"
#include "report_fixture.h"

struct listing {
	char root[32];
	struct arena arena;
	struct error error;
	struct repository *repository;
	struct model *model;
	struct resolution *resolution;
	struct delivery *delivery;
	struct strbuf out;
};

static void write_file(struct listing *listing, const char *path, const char *text)
{
	struct str whole = arena_printf(&listing->arena, "%s/%s", listing->root, path);

	for (char *slash = strchr(whole.ptr + strlen(listing->root) + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(whole.ptr, 0777);
		*slash = '/';
	}
	assert_true(file_write(whole.ptr, str_of(text), 0, NULL, &listing->error));
}

static void write_files(struct listing *listing)
{
	write_file(listing, "environments/values.yaml", "applications: {}\n");
	write_file(listing, "environments/values-dev.yaml",
		"name: dev\nfqdn: dev.example.com\nvaultPathPrefix: secret/dev\napplications:\n  mailer: true\n  "
		"store: true\n");
	write_file(listing, "applications/store/Chart.yaml", "name: store\nversion: 1.0.0\n");
	write_file(listing, "applications/store/secrets.yaml",
		"password:\n  description: >-\n    Of the store.\n  generate:\n    type: password\n"
		"hash:\n  description: A hash.\n  generate:\n    type: bcrypt-password-hash\n    source: password\n"
		"token:\n  description: Given by hand.\n  if: config.token\n");
	write_file(listing, "applications/store/values.yaml", "config:\n  token: false\n");
	write_file(listing, "applications/store/templates/secret.yaml",
		"apiVersion: ricoberger.de/v1alpha1\nkind: VaultSecret\nmetadata:\n  name: store\nspec:\n"
		"  path: \"{{ .Values.global.vaultSecretsPath }}/store\"\n  type: Opaque\n");
	write_file(listing, "applications/store/templates/job.yaml",
		"apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: sweep\nspec:\n  template:\n    spec:\n"
		"      containers:\n        - name: sweep\n          env:\n            - name: TOKEN\n"
		"              valueFrom:\n                secretKeyRef:\n                  name: store\n"
		"                  key: token\n");
	write_file(listing, "applications/store/values-dev.yaml", "config:\n  # on\n  token: true\n");
	write_file(listing, "applications/mailer/Chart.yaml", "name: mailer\nversion: 1.0.0\n");
	write_file(listing, "applications/mailer/secrets.yaml",
		"store-password:\n  copy:\n    application: store\n    key: password\n"
		"dangling:\n  description: Nowhere.\n  copy:\n    application: store\n    key: pasword\n"
		"user:\n  description: Not secret.\n  value: mailer\n"
		"never:\n  description: Not here.\n  if: no.such.setting\n");
}

static int set_up(void **state)
{
	struct listing *listing = calloc(1, sizeof(*listing));

	snprintf(listing->root, sizeof(listing->root), "%s", "/tmp/aspis-list-XXXXXX");
	assert_non_null(mkdtemp(listing->root));
	arena_init(&listing->arena);
	strbuf_init(&listing->out);
	write_files(listing);
	struct repository_options options = {.root = listing->root};
	assert_true(repository_open(&listing->repository, &options, &listing->error));
	repository_load(listing->repository, MODEL_ROLES | DELIVERY_ROLES, 1);
	listing->model = model_new(listing->repository);
	const struct environment *environment = model_environment(listing->model, STR("dev"));
	assert_non_null(environment);
	listing->resolution = resolve_environment(listing->model, environment);
	listing->delivery = delivery_new(listing->model, NULL, 1);
	*state = listing;
	return 0;
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *walk)
{
	(void)status;
	(void)type;
	(void)walk;
	return remove(path);
}

static int tear_down(void **state)
{
	struct listing *listing = *state;

	delivery_free(listing->delivery);
	resolution_free(listing->resolution);
	model_free(listing->model);
	repository_free(listing->repository);
	error_release(&listing->error);
	strbuf_release(&listing->out);
	nftw(listing->root, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
	arena_release(&listing->arena);
	free(listing);
	return 0;
}

static void text_is_sorted_lines(void **state)
{
	struct listing *listing = *state;

	list_text(&listing->out, listing->resolution);
	assert_string_equal(listing->out.ptr, "mailer dangling\n"
					      "mailer store-password\n"
					      "mailer user\n"
					      "store hash\n"
					      "store password\n"
					      "store token\n");
}

static void assert_contains(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("not found: %s\nin: %s", part, text);
}

static void json_tells_the_origins(void **state)
{
	struct listing *listing = *state;

	list_json(&listing->out, listing->resolution, delivery_environment(listing->delivery, STR("dev")));
	assert_contains(listing->out.ptr, "{\n  \"version\": 1,\n  \"environment\": \"dev\",\n  \"secrets\": [\n");
	assert_contains(listing->out.ptr, "    {\n"
					  "      \"application\": \"mailer\",\n"
					  "      \"key\": \"store-password\",\n"
					  "      \"origin\": \"copy\",\n"
					  "      \"generate\": null,\n"
					  "      \"description\": \"Of the store.\",\n"
					  "      \"declared\": {\n"
					  "        \"path\": \"applications/mailer/secrets.yaml\",\n"
					  "        \"line\": 1\n"
					  "      },\n"
					  "      \"condition\": null,\n"
					  "      \"originCondition\": null,\n"
					  "      \"copiedFrom\": {\n"
					  "        \"application\": \"store\",\n"
					  "        \"key\": \"password\",\n"
					  "        \"resolved\": true\n"
					  "      },\n"
					  "      \"derivedFrom\": null,\n"
					  "      \"copiedTo\": [],\n"
					  "      \"derived\": [],\n"
					  "      \"consumers\": []\n"
					  "    }");
	assert_contains(listing->out.ptr, "        \"key\": \"pasword\",\n        \"resolved\": false\n");
	assert_contains(listing->out.ptr, "      \"key\": \"user\",\n      \"origin\": \"value\",\n");
	assert_contains(listing->out.ptr,
		"      \"derivedFrom\": {\n        \"key\": \"password\",\n        \"resolved\": true\n      }");
	assert_contains(listing->out.ptr, "      \"copiedTo\": [\n        {\n          \"application\": \"mailer\",\n  "
					  "        \"key\": \"store-password\"\n        }\n      ],\n"
					  "      \"derived\": [\n        {\n          \"application\": \"store\",\n    "
					  "      \"key\": \"hash\"\n        }\n      ],\n");
	assert_contains(listing->out.ptr, "      \"condition\": {\n"
					  "        \"if\": \"config.token\",\n"
					  "        \"truth\": true,\n"
					  "        \"decided\": {\n"
					  "          \"path\": \"applications/store/values-dev.yaml\",\n"
					  "          \"line\": 3\n"
					  "        }\n"
					  "      },\n");
}

/* The manifest that copies the whole entry, and the variable that takes one key of it. */
static void json_tells_the_consumers(void **state)
{
	struct listing *listing = *state;

	list_json(&listing->out, listing->resolution, delivery_environment(listing->delivery, STR("dev")));
	assert_contains(listing->out.ptr, "          \"kind\": \"env\",\n"
					  "          \"application\": \"store\",\n"
					  "          \"workload\": {\n"
					  "            \"kind\": \"Job\",\n"
					  "            \"name\": \"sweep\"\n"
					  "          },\n"
					  "          \"secret\": \"store\",\n"
					  "          \"key\": \"token\",\n"
					  "          \"namespace\": \"store\",\n"
					  "          \"path\": \"applications/store/templates/job.yaml\",\n"
					  "          \"line\": 15,\n"
					  "          \"column\": 24,\n"
					  "          \"certain\": true\n");
	assert_contains(listing->out.ptr, "          \"kind\": \"vaultSecret\",\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(text_is_sorted_lines, set_up, tear_down),
		cmocka_unit_test_setup_teardown(json_tells_the_origins, set_up, tear_down),
		cmocka_unit_test_setup_teardown(json_tells_the_consumers, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
