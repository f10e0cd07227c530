#include "../model/fixture.h"

#include <fcntl.h>
#include <unistd.h>

#include "repo/repository.h"

struct folder {
	char path[64];
};

static void folder_make(struct folder *folder)
{
	snprintf(folder->path, sizeof(folder->path), "/tmp/aspis-repo-XXXXXX");
	assert_non_null(mkdtemp(folder->path));
}

static void in(const struct folder *folder, char *out, const char *path)
{
	snprintf(out, 256, "%s/%s", folder->path, path);
}

static void make_link(const struct folder *folder, const char *path, const char *target)
{
	char full[256];
	in(folder, full, path);
	assert_int_equal(symlink(target, full), 0);
}

static void make_folder(const struct folder *folder, const char *path, mode_t mode)
{
	char full[256];
	in(folder, full, path);
	assert_int_equal(mkdir(full, mode), 0);
}

static void open_folder(struct repository **out, const struct folder *folder, const struct vec *excludes)
{
	struct repository_options options = {.root = folder->path, .excludes = excludes};
	struct error error = ERROR_INIT;
	if (!repository_open(out, &options, &error))
		fail_msg("%s", error.message);
}

/* Paths with a ! where the load gave a problem, then the paths of problems. */
static void assert_files(const struct folder *folder, const struct vec *excludes, const char *expected)
{
	struct strbuf out = STRBUF_INIT;
	struct repository *repository;

	open_folder(&repository, folder, excludes);
	repository_load(repository, MODEL_ROLES | FILE_YAML, 3);
	for (size_t i = 0; i < repository->files.len; i++) {
		const struct repo_file *file = *(struct repo_file **)vec_at(&repository->files, i);
		strbuf_printf(&out, "%.*s%s ", STR_ARG(file->path), str_is_absent(file->problem) ? "" : "!");
	}
	for (size_t i = 0; i < repository->problems.len; i++) {
		const struct repo_problem *problem = vec_at(&repository->problems, i);
		strbuf_printf(&out, "?%.*s ", STR_ARG(problem->source->path));
	}
	assert_string_equal(out.ptr, expected);
	strbuf_release(&out);
	repository_free(repository);
}

/* Takes away what a test made: the names are few and known. */
static void folder_remove(const struct folder *folder, const char *const *paths)
{
	char full[256];
	for (; *paths; paths++) {
		in(folder, full, *paths);
		assert_int_equal(remove(full), 0);
	}
	assert_int_equal(remove(folder->path), 0);
}

static void walks_in_order(void **state)
{
	struct folder folder;

	(void)state;
	folder_make(&folder);
	fixture_write(folder.path, "environments/values-e.yaml", "a: 1\n");
	fixture_write(folder.path, "b/z.yaml", "");
	fixture_write(folder.path, "b.txt", "");
	fixture_write(folder.path, "b-x/a.yaml", "");
	fixture_write(folder.path, ".git/config", "");
	fixture_write(folder.path, "node_modules/m.yaml", "");
	assert_files(&folder, NULL, "b-x/a.yaml b.txt b/z.yaml environments/values-e.yaml ");

	struct vec excludes = VEC_INIT(struct str);
	*(struct str *)vec_push(&excludes) = STR("b");
	*(struct str *)vec_push(&excludes) = STR("**/a.yaml");
	assert_files(&folder, &excludes, "b.txt environments/values-e.yaml ");

	/* Other files depend on what the layout reads. */
	*(struct str *)vec_push(&excludes) = STR("environments");
	assert_files(&folder, &excludes, "b.txt environments/values-e.yaml ");
	vec_release(&excludes);
	folder_remove(&folder,
		(const char *const[]){"environments/values-e.yaml", "environments", "b/z.yaml", "b", "b.txt",
			"b-x/a.yaml", "b-x", ".git/config", ".git", "node_modules/m.yaml", "node_modules", NULL});
}

static void follows_links_within_the_root(void **state)
{
	struct folder folder;

	(void)state;
	folder_make(&folder);
	fixture_write(folder.path, "environments/values-e.yaml", "");
	fixture_write(folder.path, "real/inner/x.yaml", "x: 1\n");
	make_link(&folder, "alias", "real");
	make_link(&folder, "file.yaml", "real/inner/x.yaml");
	make_link(&folder, "real/inner/up", "..");
	make_link(&folder, "real/inner/self", ".");
	make_link(&folder, "real/other", "../environments");
	make_link(&folder, "outside", "/tmp");
	make_link(&folder, "passwd.yaml", "/etc/passwd");
	make_link(&folder, "dangling.yaml", "nothing");
	make_link(&folder, "loop.yaml", "loop.yaml");
	assert_files(&folder, NULL,
		"alias/inner/x.yaml dangling.yaml! environments/values-e.yaml file.yaml loop.yaml! passwd.yaml! "
		"real/inner/x.yaml real/other/values-e.yaml ");
	folder_remove(
		&folder, (const char *const[]){"real/inner/up", "real/inner/self", "real/other", "real/inner/x.yaml",
				 "real/inner", "real", "alias", "file.yaml", "outside", "passwd.yaml", "dangling.yaml",
				 "loop.yaml", "environments/values-e.yaml", "environments", NULL});
}

static void tells_what_cannot_be_read(void **state)
{
	struct folder folder;
	char fifo[256];

	(void)state;
	folder_make(&folder);
	fixture_write(folder.path, "environments/values.yaml", "");
	fixture_write(folder.path, "applications/a/values.yaml", "");
	make_folder(&folder, "applications/a/secrets.yaml", 0777);
	make_folder(&folder, "folder.yaml", 0777);
	in(&folder, fifo, "applications/a/secrets-e.yaml");
	assert_int_equal(mkfifo(fifo, 0666), 0);
	make_folder(&folder, "closed", 0);
	if (geteuid() == 0)
		assert_files(&folder, NULL,
			"applications/a/secrets-e.yaml! applications/a/secrets.yaml! applications/a/values.yaml "
			"environments/values.yaml ");
	else
		assert_files(&folder, NULL,
			"applications/a/secrets-e.yaml! applications/a/secrets.yaml! applications/a/values.yaml "
			"environments/values.yaml ?closed ");
	folder_remove(
		&folder, (const char *const[]){"closed", "applications/a/secrets-e.yaml", "applications/a/secrets.yaml",
				 "applications/a/values.yaml", "applications/a", "applications", "folder.yaml",
				 "environments/values.yaml", "environments", NULL});
}

static void a_file_that_vanished_is_a_problem(void **state)
{
	struct repository *repository;
	struct folder folder;
	char full[256];

	(void)state;
	folder_make(&folder);
	fixture_write(folder.path, "environments/values-e.yaml", "");
	open_folder(&repository, &folder, NULL);
	in(&folder, full, "environments/values-e.yaml");
	assert_int_equal(remove(full), 0);
	repository_load(repository, FILE_ENVIRONMENT, 1);
	const struct repo_file *file = repository_file(repository, STR("environments/values-e.yaml"));
	assert_true(file->loaded);
	assert_true(str_contains(file->problem, STR("No such file")));
	assert_null(file->stream);
	repository_free(repository);
	folder_remove(&folder, (const char *const[]){"environments", NULL});
}

static void loads_only_what_is_asked_for(void **state)
{
	struct repository *repository;
	struct folder folder;

	(void)state;
	folder_make(&folder);
	fixture_write(folder.path, "environments/values-e.yaml", "a: 1\n");
	fixture_write(folder.path, "x.yaml", "b: 1\n");
	fixture_write(folder.path, "applications/a/templates/t.yaml", "{{ not yaml\n");
	open_folder(&repository, &folder, NULL);
	repository_load(repository, FILE_ENVIRONMENT | FILE_TEMPLATE, 8);
	assert_false(repository_file(repository, STR("x.yaml"))->loaded);
	const struct repo_file *template = repository_file(repository, STR("applications/a/templates/t.yaml"));
	assert_text(template->source->text, "{{ not yaml\n");
	assert_null(template->stream);
	const struct yaml_stream *stream = repository_file(repository, STR("environments/values-e.yaml"))->stream;
	assert_non_null(stream);
	repository_load(repository, FILE_ENVIRONMENT | FILE_YAML, 1);
	assert_ptr_equal(repository_file(repository, STR("environments/values-e.yaml"))->stream, stream);
	assert_true(repository_file(repository, STR("x.yaml"))->loaded);
	repository_free(repository);
	folder_remove(&folder, (const char *const[]){"environments/values-e.yaml", "environments", "x.yaml",
				       "applications/a/templates/t.yaml", "applications/a/templates", "applications/a",
				       "applications", NULL});
}

static void any_file_of_an_application_belongs_to_it(void **state)
{
	struct repository *repository;
	struct folder folder;
	char full[256];

	(void)state;
	folder_make(&folder);
	fixture_write(folder.path, "environments/values-e.yaml", "");
	fixture_write(folder.path, "applications/a/secrets.yml", "");
	open_folder(&repository, &folder, NULL);
	assert_text(repository_file(repository, STR("applications/a/secrets.yml"))->application, "a");
	repository_free(repository);

	/* Without the Phalanx layout there are no applications. */
	in(&folder, full, "environments/values-e.yaml");
	assert_int_equal(remove(full), 0);
	open_folder(&repository, &folder, NULL);
	assert_true(str_is_absent(repository_file(repository, STR("applications/a/secrets.yml"))->application));
	repository_free(repository);
	folder_remove(&folder, (const char *const[]){"environments", "applications/a/secrets.yml", "applications/a",
				       "applications", NULL});
}

static void finds_the_root_upwards(void **state)
{
	struct error error = ERROR_INIT;
	struct folder folder;
	struct arena arena;
	struct str root;
	char start[256], real[4096];

	(void)state;
	arena_init(&arena);
	folder_make(&folder);
	make_folder(&folder, "x", 0777);
	make_folder(&folder, "x/y", 0777);
	make_folder(&folder, "applications", 0777);
	in(&folder, start, "x/y");
	assert_non_null(realpath(folder.path, real));
	assert_false(repository_find_root(&root, &arena, start, &error));
	assert_int_equal(error.kind, ERROR_USAGE);
	error_release(&error);
	error = (struct error)ERROR_INIT;
	make_folder(&folder, "environments", 0777);
	assert_true(repository_find_root(&root, &arena, start, &error));
	assert_text(root, real);
	fixture_write(folder.path, "x/aspis.yaml", "");
	assert_true(repository_find_root(&root, &arena, start, &error));
	assert_true(str_ends_with(root, STR("/x")));
	make_folder(&folder, "x/y/.git", 0777);
	assert_true(repository_find_root(&root, &arena, start, &error));
	assert_true(str_ends_with(root, STR("/x/y")));
	folder_remove(&folder,
		(const char *const[]){"x/y/.git", "x/y", "x/aspis.yaml", "x", "applications", "environments", NULL});
	arena_release(&arena);
}

static void a_root_that_is_no_folder_is_a_usage_error(void **state)
{
	static const char *const roots[] = {"/nothing/here", "/etc/passwd"};
	struct repository *repository;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct repository_options options = {.root = roots[i]};
		struct error error = ERROR_INIT;
		assert_false(repository_open(&repository, &options, &error));
		assert_int_equal(error.kind, ERROR_USAGE);
		assert_non_null(strstr(error.message, roots[i]));
		error_release(&error);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(walks_in_order),
		cmocka_unit_test(follows_links_within_the_root),
		cmocka_unit_test(tells_what_cannot_be_read),
		cmocka_unit_test(a_file_that_vanished_is_a_problem),
		cmocka_unit_test(loads_only_what_is_asked_for),
		cmocka_unit_test(any_file_of_an_application_belongs_to_it),
		cmocka_unit_test(finds_the_root_upwards),
		cmocka_unit_test(a_root_that_is_no_folder_is_a_usage_error),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
