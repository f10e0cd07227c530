/* A whole check: the input is a small repository, its files behind lines "-- PATH --" (only the paths below count, so that nothing is written
 * anywhere else), laid over a valid one. Every format renders what is found, and every environment is listed. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <aspis/check.h>
#include <aspis/environment.h>
#include <aspis/report.h>
#include <aspis/repository.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct file {
	const char *path;
	const char *text;
};

static const struct file repository_files[] = {
	{"environments/values.yaml",
		"vaultUrl: https://vault.example.org\napplications:\n  app: true\n  other: false\n"},
	{"environments/values-one.yaml",
		"name: one\nfqdn: one.example.org\nvaultPathPrefix: secret/one\napplications:\n  other: true\n"},
	{"environments/values-two.yaml", "name: two\nfqdn: two.example.org\nvaultPathPrefix: secret/two\n"},
	{"environments/templates/applications/rest/other.yaml",
		"{{- if .Values.applications.other }}\nkind: Application\nspec:\n  source:\n    path: "
		"applications/other\n{{- end }}\n"},
	{"applications/app/Chart.yaml", "apiVersion: v2\nname: app\nversion: 1.0.0\n"},
	{"applications/app/values.yaml", "config:\n  enabled: true\n"},
	{"applications/app/values-one.yaml", "{}\n"},
	{"applications/app/secrets.yaml", "password:\n  description: Words.\n  if: config.enabled\n"},
	{"applications/app/secrets-one.yaml", "{}\n"},
	{"applications/other/Chart.yaml", "apiVersion: v2\nname: other\nversion: 1.0.0\n"},
	{"applications/other/values.yaml", "{}\n"},
	{"applications/other/secrets.yaml",
		"copied:\n  description: Words.\n  copy: {application: app, key: password}\n"},
	{".pre-commit-config.yaml", "repos: []\n"},
	{"aspis.yaml", "{}\n"},
};

enum { FILE_COUNT = sizeof(repository_files) / sizeof(repository_files[0]) };

static void check_call(bool success, const char *what)
{
	if (!success) {
		perror(what);
		abort();
	}
}

static void make_folders(const char *path)
{
	char parent[256];

	for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		snprintf(parent, sizeof(parent), "%.*s", (int)(slash - path), path);
		check_call(mkdir(parent, 0700) == 0 || errno == EEXIST, parent);
	}
}

static void write_file(const char *path, const uint8_t *bytes, size_t size)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	check_call(fd >= 0, path);
	check_call(size == 0 || write(fd, bytes, size) == (ssize_t)size, path);
	close(fd);
}

/* The folder that this process works in, and its removal at the end. */
static char folder[512];

static void remove_folder(void)
{
	for (size_t i = 0; i < FILE_COUNT; i++) {
		char path[256];
		snprintf(path, sizeof(path), "%s", repository_files[i].path);
		unlink(path);
		for (char *slash; (slash = strrchr(path, '/')) != NULL;) {
			*slash = '\0';
			rmdir(path);
		}
	}
	rmdir(folder);
}

static void enter_folder(void)
{
	const char *temporary = getenv("TMPDIR");

	snprintf(folder, sizeof(folder), "%s/aspis-fuzz-%ld", temporary ? temporary : "/tmp", (long)getpid());
	check_call(mkdir(folder, 0700) == 0 || errno == EEXIST, folder);
	check_call(chdir(folder) == 0, folder);
	for (size_t i = 0; i < FILE_COUNT; i++)
		make_folders(repository_files[i].path);
	atexit(remove_folder);
}

/* The length of a line "-- PATH --\n" for one of the files, at the very start of text; 0 for anything else. */
static size_t marker(const uint8_t *text, size_t size, size_t *file)
{
	for (*file = 0; *file < FILE_COUNT; (*file)++) {
		char line[256];
		size_t length = (size_t)snprintf(line, sizeof(line), "-- %s --\n", repository_files[*file].path);
		if (size >= length && memcmp(text, line, length) == 0)
			return length;
	}
	return 0;
}

/* Where the next marker begins, or the end. */
static size_t next_marker(const uint8_t *data, size_t size, size_t at)
{
	size_t file;

	while (at < size) {
		if (marker(data + at, size - at, &file) > 0)
			return at;
		const uint8_t *newline = memchr(data + at, '\n', size - at);
		if (!newline)
			break;
		at = (size_t)(newline - data) + 1;
	}
	return size;
}

static void lay_out(const uint8_t *data, size_t size)
{
	for (size_t i = 0; i < FILE_COUNT; i++) {
		const struct file *file = &repository_files[i];
		write_file(file->path, (const uint8_t *)file->text, strlen(file->text));
	}
	for (size_t at = next_marker(data, size, 0); at < size;) {
		size_t file;
		size_t start = at + marker(data + at, size - at, &file);
		at = next_marker(data, size, start);
		write_file(repository_files[file].path, data + start, at - start);
	}
}

static void render_all(const struct aspis_diag_list *list)
{
	for (size_t i = 0; i < aspis_report_format_count(); i++) {
		struct aspis_report_options options = {
			.format = aspis_report_format_name(i), .show = ASPIS_SEVERITY_NOTE, .color = true};
		size_t size;
		char *text = aspis_report_render(list, &options, &size, NULL);
		if (!text || strlen(text) != size)
			abort();
		free(text);
	}
}

static void list_environments(struct aspis_repository *repository)
{
	for (size_t i = 0; i < aspis_repository_environment_count(repository); i++) {
		struct aspis_diag_list *broken = NULL;
		const char *name = aspis_repository_environment_name(repository, i);
		struct aspis_environment *environment = aspis_environment_open(repository, name, &broken, NULL);
		if (environment) {
			size_t size;
			free(aspis_environment_render(environment, "json", &size, NULL));
		}
		aspis_environment_free(environment);
		aspis_diag_list_free(broken);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool entered;
	struct aspis_repository_options options = {.root = ".", .jobs = 1};

	if (!entered)
		enter_folder();
	entered = true;
	lay_out(data, size);
	struct aspis_repository *repository = aspis_repository_open(&options, NULL);
	if (!repository)
		return 0;
	struct aspis_check *check = aspis_check_new(repository);
	struct aspis_diag_list *list = aspis_check_run(check);
	render_all(list);
	aspis_diag_list_free(list);
	aspis_check_free(check);
	list_environments(repository);
	aspis_repository_free(repository);
	return 0;
}
