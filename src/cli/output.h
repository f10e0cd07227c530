/* Data goes to standard output, where every write is noticed; messages go to standard error. */
#ifndef ASPIS_CLI_OUTPUT_H
#define ASPIS_CLI_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct output {
	FILE *stream;
	int error; /* errno of the first write that failed; nothing is written after it */
};

void output_init(struct output *output, FILE *stream);
void output_write(struct output *output, const char *bytes, size_t size);
void output_text(struct output *output, const char *text);
void output_printf(struct output *output, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Appends count spaces. */
void output_pad(struct output *output, size_t count);

/* Flushes and closes the stream. Returns status, or what takes its place when not all could be written: 3 with a message, or, for a pipe whose reader has
 * gone, quietly 128 + SIGPIPE, which is what a shell sees of a process that the signal ended. */
int output_finish(struct output *output, int status);

/* Whether something that is written to lies at a path, and no file: a pipe or a device, such as /dev/stdout. */
bool output_is_stream(const char *path);

/* "aspis: …" with control characters made visible, line by line. */
void message_print(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
