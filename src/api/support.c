#include <aspis/support.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/api.h"
#include "base/file.h"
#include "base/nearest.h"
#include "base/utf8.h"

const char *aspis_support_suggest(const char *wanted, const char *const *candidates, size_t count)
{
	struct nearest nearest;

	nearest_init(&nearest, str_of(wanted));
	for (size_t i = 0; i < count; i++)
		nearest_offer(&nearest, str_of(candidates[i]));
	for (size_t i = 0; i < count; i++) {
		if (candidates[i] == nearest.best.ptr)
			return candidates[i];
	}
	return NULL;
}

char *aspis_support_visible(const char *text)
{
	struct strbuf visible = STRBUF_INIT;
	struct str rest = str_of(text);

	for (bool first = true; !str_is_absent(rest); first = false) {
		if (!first)
			strbuf_append_char(&visible, '\n');
		strbuf_append_visible(&visible, str_cut(&rest, '\n'));
	}
	return strbuf_detach(&visible, NULL);
}

/* Writes all of text to a descriptor. False and errno where that fails. */
static bool write_all(int fd, struct str text)
{
	while (text.len > 0) {
		ssize_t written = write(fd, text.ptr, text.len);
		if (written < 0 && errno != EINTR)
			return false;
		if (written > 0)
			text = str_slice(text, (size_t)written, text.len);
	}
	return true;
}

static bool write_to(const char *path, int flags, struct str text, struct aspis_error *error)
{
	struct error cause = ERROR_INIT;
	int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY | flags, 0666);
	bool written = fd >= 0 && write_all(fd, text);

	if (!written)
		error_set_errno(&cause, errno, "%s cannot be written", path);
	if (fd >= 0 && close(fd) != 0 && written)
		written = error_set_errno(&cause, errno, "%s cannot be written", path);
	return written || api_fail(error, &cause);
}

/* A pipe or a device, such as /dev/stdout: there is nothing to replace. */
static bool is_stream(const char *path)
{
	struct stat status;
	return stat(path, &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

bool aspis_support_write_file(const char *path, const char *text, size_t size, struct aspis_error *error)
{
	struct error inner = ERROR_INIT;
	struct error cause = ERROR_INIT;
	struct str bytes = {.ptr = text, .len = size};

	if (is_stream(path))
		return write_to(path, 0, bytes, error);
	if (file_write(path, bytes, 0, NULL, &inner))
		return true;
	error_set(&cause, inner.kind, "%s %s", path, inner.message);
	error_release(&inner);
	return api_fail(error, &cause);
}

bool aspis_support_append_file(const char *path, const char *text, size_t size, struct aspis_error *error)
{
	return write_to(path, O_APPEND | O_CREAT, (struct str){.ptr = text, .len = size}, error);
}
