#include "cli/output.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <aspis/support.h>

#include "cli/status.h"

void output_init(struct output *output, FILE *stream)
{
	output->stream = stream;
	output->error = 0;
}

void output_write(struct output *output, const char *bytes, size_t size)
{
	if (!output->error && fwrite(bytes, 1, size, output->stream) != size)
		output->error = errno;
}

void output_text(struct output *output, const char *text)
{
	output_write(output, text, strlen(text));
}

void output_printf(struct output *output, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (!output->error && vfprintf(output->stream, format, args) < 0)
		output->error = errno;
	va_end(args);
}

void output_pad(struct output *output, size_t count)
{
	output_printf(output, "%*s", (int)count, "");
}

int output_finish(struct output *output, int status)
{
	if (fflush(output->stream) != 0 && !output->error)
		output->error = errno;
	if (fclose(output->stream) != 0 && !output->error)
		output->error = errno;
	if (!output->error)
		return status;
	if (output->error == EPIPE)
		return STATUS_SIGNAL + SIGPIPE;
	message_print("cannot write to standard output: %s", strerror(output->error));
	return STATUS_UNFINISHED;
}

bool output_is_stream(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

void message_print(const char *format, ...)
{
	char *text = NULL;
	va_list args;

	va_start(args, format);
	int length = vasprintf(&text, format, args);
	va_end(args);
	if (length < 0)
		return;
	char *visible = aspis_support_visible(text);
	fprintf(stderr, "aspis: %s\n", visible);
	free(visible);
	free(text);
}
