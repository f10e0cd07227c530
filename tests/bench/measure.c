/* measure FILE COMMAND [ARGUMENT…]: runs a command with FILE as its input and its output thrown away, and prints
 * "STATUS WALL CPU MEMORY": exit status, seconds, seconds of processor time, KiB resident at most. A program of its own because a
 * large parent's memory would be counted as the child's. */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double seconds(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

int main(int argc, char **argv)
{
	posix_spawn_file_actions_t actions;
	struct rusage usage;
	pid_t child;
	int status;

	if (argc < 3)
		return 2;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, argv[1], O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	double start = now();
	int problem = posix_spawnp(&child, argv[2], &actions, NULL, argv + 2, environ);
	if (problem != 0) {
		fprintf(stderr, "measure: %s: %s\n", argv[2], strerror(problem));
		return 2;
	}
	if (wait4(child, &status, 0, &usage) != child)
		return 2;
	double wall = now() - start;
	posix_spawn_file_actions_destroy(&actions);
	printf("%d %.6f %.6f %ld\n", WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), wall,
		seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss);
	return 0;
}
