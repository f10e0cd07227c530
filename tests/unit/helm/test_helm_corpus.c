/* Every template of both corpora is read; those that are given up are counted, and may be one in a hundred. */
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/file.h"
#include "helm/helm.h"

#define SKIPPED 77

/* nftw() has no context to pass on. */
static size_t templates, given_up, unreadable;

static bool is_template(struct str path)
{
	return str_contains(path, STR("/templates/")) &&
	       (str_ends_with(path, STR(".yaml")) || str_ends_with(path, STR(".yml")) ||
		       str_ends_with(path, STR(".tpl")));
}

static void count(const char *path, const struct helm_template *read)
{
	templates++;
	for (size_t i = 1; i < read->fragments.len; i++)
		unreadable += ((struct helm_fragment *)vec_at(&read->fragments, i))->unreadable;
	if (!read->gave_up)
		return;
	given_up++;
	printf("%s:%u: %.*s\n", path, (unsigned)source_line_at(read->source, read->problem_at), STR_ARG(read->problem));
}

static int read_file(const char *path, const struct stat *status, int type, struct FTW *place)
{
	struct error error = ERROR_INIT;
	struct helm_template *read;
	struct source source;
	struct arena arena;
	struct str text;

	(void)status;
	(void)place;
	if (type != FTW_F || !is_template(str_of(path)))
		return 0;
	arena_init(&arena);
	if (!file_read(&text, &arena, AT_FDCWD, path, &error)) {
		fprintf(stderr, "%s\n", error.message);
		abort();
	}
	source_init(&source, &arena, str_of(path), text);
	read = helm_read(&arena, &source, NULL);
	count(path, read);
	helm_template_release(read);
	arena_release(&arena);
	return 0;
}

int main(void)
{
	const char *shared = getenv("ASPIS_SHARED");
	char path[4096];

	snprintf(path, sizeof(path), "%s/corpus", shared ? shared : "shared");
	if (nftw(path, read_file, 16, FTW_PHYS) != 0 || templates == 0) {
		puts("skipped: no corpus");
		return SKIPPED;
	}
	printf("%zu templates, %zu of them given up; %zu named templates are no YAML\n", templates, given_up,
		unreadable);
	return given_up * 100 > templates;
}
