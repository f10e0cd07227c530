#include "cli/remote.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <aspis/version.h>

#include "cli/arguments.h"
#include "cli/output.h"
#include "cli/status.h"

#define FOLDERS_MAX 3

/* Where the helper may be, in the order of the search. */
struct search {
	char folders[FOLDERS_MAX][PATH_MAX];
	size_t count;
};

static void add_folder(struct search *search, const char *start, const char *rest)
{
	char *folder = search->folders[search->count];

	if (snprintf(folder, PATH_MAX, "%s%s", start, rest) < PATH_MAX)
		search->count++;
}

/* The folder of the file that runs: what it was called by may be a link, or anything. False where the system does not tell. */
static bool find_own_folder(char *folder, size_t size)
{
	ssize_t length = readlink("/proc/self/exe", folder, size - 1);

	if (length <= 0)
		return false;
	folder[length] = '\0';
	char *slash = strrchr(folder, '/');
	if (!slash)
		return false;
	*(slash == folder ? slash + 1 : slash) = '\0';
	return true;
}

static void list_folders(struct search *search)
{
	const char *chosen = getenv("ASPIS_LIBEXEC");
	char own[PATH_MAX];

	search->count = 0;
	if (chosen && *chosen) {
		add_folder(search, chosen, "");
		return;
	}
	if (find_own_folder(own, sizeof(own))) {
		add_folder(search, own, "");
		add_folder(search, own, "/../libexec/aspis");
	}
	add_folder(search, ASPIS_INSTALLED_HELPER, "");
}

/* The environment with one row more, or NULL. The rows are borrowed. */
static char **make_environment(char *row)
{
	size_t count = 0, length = strlen(REMOTE_VERSION_VARIABLE "=");

	while (environ[count])
		count++;
	char **rows = calloc(count + 2, sizeof(*rows));
	if (!rows)
		return NULL;
	size_t kept = 0;
	for (size_t i = 0; i < count; i++) {
		if (strncmp(environ[i], row, length) != 0)
			rows[kept++] = environ[i];
	}
	rows[kept] = row;
	return rows;
}

/* Returns where it did not become the helper: true, if one is there that cannot be run. */
static bool try_folder(const char *folder, char *const *argv, char *const *environment)
{
	char path[PATH_MAX];

	if (snprintf(path, sizeof(path), "%s/" REMOTE_PROGRAM, folder) >= PATH_MAX)
		return false;
	execve(path, argv, environment);
	if (errno == ENOENT || errno == ENOTDIR)
		return false;
	message_print("%s cannot be run: %s", path, strerror(errno));
	return true;
}

static void say_missing(const struct arguments *arguments, const struct search *search)
{
	char list[FOLDERS_MAX * (PATH_MAX + 2)];
	size_t length = 0;

	for (size_t i = 0; i < search->count; i++)
		length += (size_t)snprintf(
			list + length, sizeof(list) - length, "%s%s", i == 0 ? "" : ", ", search->folders[i]);
	message_print(
		"'%s' needs the program " REMOTE_PROGRAM
		", which talks to servers and is not installed here (looked in "
		"%s)\nInstall version %s of it: it comes with a build of aspis with -DASPIS_REMOTE=ON. Where it lies "
		"elsewhere, name its folder in ASPIS_LIBEXEC.",
		arguments->command->name, list, aspis_version());
}

int cmd_remote(const struct arguments *arguments, struct output *output)
{
	char row[64];
	struct search search;
	bool found = false;

	(void)output; /* nothing has been written */
	snprintf(row, sizeof(row), REMOTE_VERSION_VARIABLE "=%s", aspis_version());
	char **environment = make_environment(row);
	if (!environment)
		abort();
	list_folders(&search);
	for (size_t i = 0; i < search.count && !found; i++)
		found = try_folder(search.folders[i], (char *const *)(const void *)arguments->argv, environment);
	free(environment);
	if (!found)
		say_missing(arguments, &search);
	return STATUS_UNFINISHED;
}
