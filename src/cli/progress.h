/* A line on the terminal that tells how far something is, as long as it takes. */
#ifndef ASPIS_CLI_PROGRESS_H
#define ASPIS_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

struct arguments;

struct progress {
	bool wanted; /* standard error is a terminal, and nobody asked for quiet */
	bool shown;
	struct timespec last;
};

void progress_init(struct progress *progress, const struct arguments *arguments);

/* "writing 3 of 12", or "reading 3" where count is 0; not more often than the eye can follow. */
void progress_show(struct progress *progress, const char *what, size_t done, size_t count);

/* Takes the line away, before anything else is printed. */
void progress_clear(struct progress *progress);

#endif
