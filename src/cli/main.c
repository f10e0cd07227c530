#include <fcntl.h>
#include <unistd.h>

#include "cli/program.h"

/* A file opened later must not take the place of a standard stream that the caller closed: what is printed would end up in it. The stand-in is open in
 * the wrong direction, so that using it is an error as it would have been. */
static void occupy_standard_streams(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
			return;
	}
}

int main(int argc, char **argv)
{
	occupy_standard_streams();
	return program_run(&program_table, argc, (const char *const *)argv);
}
