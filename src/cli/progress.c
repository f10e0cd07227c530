#include "cli/progress.h"

#include <stdio.h>
#include <unistd.h>

#include "cli/arguments.h"

/* Between two lines, in milliseconds. */
#define PATIENCE 100

/* Back to the start of the line, which is cleared. */
#define CLEAR_LINE "\r\033[K"

void progress_init(struct progress *progress, const struct arguments *arguments)
{
	*progress = (struct progress){
		.wanted = isatty(STDERR_FILENO) == 1 && !arguments_has(arguments, OPTION_QUIET),
	};
}

static bool is_due(struct progress *progress)
{
	struct timespec now;
	long long passed;

	clock_gettime(CLOCK_MONOTONIC, &now);
	passed = (now.tv_sec - progress->last.tv_sec) * 1000LL + (now.tv_nsec - progress->last.tv_nsec) / 1000000;
	if (progress->shown && passed < PATIENCE)
		return false;
	progress->last = now;
	return true;
}

void progress_show(struct progress *progress, const char *what, size_t done, size_t count)
{
	if (!progress->wanted || (!is_due(progress) && done != count))
		return;
	progress->shown = true;
	if (count > 0)
		fprintf(stderr, CLEAR_LINE "%s %zu of %zu", what, done, count);
	else
		fprintf(stderr, CLEAR_LINE "%s %zu", what, done);
	fflush(stderr);
}

void progress_clear(struct progress *progress)
{
	if (progress->shown)
		fputs(CLEAR_LINE, stderr);
	progress->shown = false;
}
