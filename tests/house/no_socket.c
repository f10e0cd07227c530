/* no_socket COMMAND [ARGUMENT…]: runs a command under a filter that kills whoever calls socket(2).
 * no_socket --prove: calls it itself, to show that the filter bites. */
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define THIS_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define THIS_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

enum { STATUS_SKIPPED = 77, STATUS_FAILED = 126 };

#ifdef THIS_ARCHITECTURE
static int forbid_sockets(void)
{
	struct sock_filter program[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, THIS_ARCHITECTURE, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog filter = {.len = sizeof(program) / sizeof(program[0]), .filter = program};

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return errno;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0 ? 0 : errno;
}
#else
static int forbid_sockets(void)
{
	return ENOSYS;
}
#endif

int main(int argc, char **argv)
{
	if (argc < 2) {
		fprintf(stderr, "usage: no_socket --prove | COMMAND [ARGUMENT...]\n");
		return STATUS_FAILED;
	}
	int problem = forbid_sockets();
	if (problem != 0) {
		fprintf(stderr, "no_socket: no filter can be set here: %s\n", strerror(problem));
		return STATUS_SKIPPED;
	}
	if (strcmp(argv[1], "--prove") == 0)
		return socket(AF_UNIX, SOCK_STREAM, 0) >= 0 ? 0 : STATUS_FAILED;
	execvp(argv[1], argv + 1);
	fprintf(stderr, "no_socket: %s: %s\n", argv[1], strerror(errno));
	return STATUS_FAILED;
}
