/* What must hold of every tree, over every YAML file of both corpora; above all, that the value of each scalar comes out of its source again, and that both readers
 * see the same. Nearly all files should be simple. */
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/file.h"

#include "../../fuzz/fuzz_tree.h"
#include "../../fuzz/same_tree.h"

#define SKIPPED 77

/* nftw() has no context to pass on. */
static size_t files, broken, simple;

static int check_file(const char *path, const struct stat *status, int type, struct FTW *place)
{
	struct error error = ERROR_INIT;
	struct yaml_stream *stream;
	struct arena arena;
	struct str text;

	(void)status;
	(void)place;
	if (type != FTW_F || !str_ends_with(str_of(path), STR(".yaml")))
		return 0;
	arena_init(&arena);
	if (!file_read(&text, &arena, AT_FDCWD, path, &error)) {
		fprintf(stderr, "%s\n", error.message);
		abort();
	}
	stream = yaml_load(&arena, str_of(path), text, false);
	check_stream(stream);
	files++;
	broken += stream->broken;
	simple += require_same_readers(text);
	yaml_stream_release(stream);
	arena_release(&arena);
	return 0;
}

int main(void)
{
	const char *shared = getenv("ASPIS_SHARED");
	char path[4096];

	snprintf(path, sizeof(path), "%s/corpus", shared ? shared : "shared");
	if (nftw(path, check_file, 16, FTW_PHYS) != 0 || files == 0) {
		puts("skipped: no corpus");
		return SKIPPED;
	}
	printf("%zu files, %zu of them not YAML, %zu simple\n", files, broken, simple);
	return simple < (files - broken) / 10 * 9;
}
