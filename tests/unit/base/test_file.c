#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "assert_str.h"

/* Each test works in an empty folder of its own. */
static int enter_folder(void **state)
{
	char *folder = strdup("/tmp/aspis-test-XXXXXX");

	*state = folder;
	return !mkdtemp(folder) || chdir(folder) != 0;
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *place)
{
	(void)status;
	(void)kind;
	(void)place;
	return remove(path);
}

static int leave_folder(void **state)
{
	int failed = chdir("/") != 0 || nftw(*state, remove_entry, 16, FTW_DEPTH | FTW_PHYS) != 0;

	free(*state);
	return failed;
}

static void make_file(const char *path, const char *text, mode_t mode)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
	assert_int_equal(fclose(file), 0);
	assert_int_equal(chmod(path, mode), 0);
}

static void check_content(const char *path, const char *expected)
{
	struct arena arena;
	struct str text;
	struct error error = ERROR_INIT;

	arena_init(&arena);
	assert_true(file_read(&text, &arena, AT_FDCWD, path, &error));
	assert_int_equal(text.len, strlen(expected));
	assert_string_equal(text.ptr, expected);
	arena_release(&arena);
}

static mode_t mode_of(const char *path)
{
	struct stat status;

	assert_int_equal(stat(path, &status), 0);
	return status.st_mode & 07777;
}

static ino_t inode_of(const char *path)
{
	struct stat status;

	assert_int_equal(stat(path, &status), 0);
	return status.st_ino;
}

/* What is in a folder besides "." and "..". */
static size_t count_entries(const char *path)
{
	DIR *folder = opendir(path);
	size_t count = 0;

	assert_non_null(folder);
	while (readdir(folder))
		count++;
	closedir(folder);
	return count - 2;
}

static void check_read_fails(const char *path, const char *message)
{
	struct arena arena;
	struct str text = STR("before");
	struct error error = ERROR_INIT;

	arena_init(&arena);
	assert_false(file_read(&text, &arena, AT_FDCWD, path, &error));
	assert_true(str_is_absent(text));
	assert_int_equal(error.kind, ERROR_SYSTEM);
	assert_string_equal(error.message, message);
	error_release(&error);
	arena_release(&arena);
}

static void test_read(void **state)
{
	struct arena arena;
	struct str text;
	struct error error = ERROR_INIT;
	int folder;

	(void)state;
	make_file("values.yaml", "key: value\n", 0644);
	make_file("empty", "", 0644);
	check_content("values.yaml", "key: value\n");
	check_content("empty", "");
	assert_int_equal(symlink("values.yaml", "link"), 0);
	check_content("link", "key: value\n");
	assert_int_equal(mkdir("folder", 0755), 0);
	make_file("folder/inner", "inner", 0600);
	folder = open("folder", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	arena_init(&arena);
	assert_true(file_read(&text, &arena, folder, "inner", &error));
	assert_str(text, "inner");
	arena_release(&arena);
	close(folder);
}

/* A file whose size is not known before: procfs says 0. */
static void test_read_what_says_no_size(void **state)
{
	struct arena arena;
	struct str text;
	struct error error = ERROR_INIT;

	(void)state;
	arena_init(&arena);
	assert_true(file_read(&text, &arena, AT_FDCWD, "/proc/self/status", &error));
	assert_true(str_contains(text, STR("Threads:")));
	assert_int_equal(text.ptr[text.len], '\0');
	arena_release(&arena);
}

static void test_read_refuses(void **state)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "socket"};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	(void)state;
	check_read_fails("missing", "cannot be opened: No such file or directory");
	assert_int_equal(mkdir("folder", 0755), 0);
	check_read_fails("folder", "is a folder, not a file");
	assert_int_equal(mkfifo("fifo", 0644), 0);
	check_read_fails("fifo", "is a FIFO, not a file");
	check_read_fails("/dev/null", "is a device, not a file");
	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	check_read_fails("socket", "is a socket, not a file");
	close(fd);
	assert_int_equal(symlink("loop", "loop"), 0);
	check_read_fails("loop", "cannot be opened: Too many levels of symbolic links");
	make_file("file", "", 0644);
	check_read_fails("file/inner", "cannot be opened: Not a directory");
}

static void test_read_refuses_what_is_too_large(void **state)
{
	(void)state;
	make_file("huge", "", 0644);
	assert_int_equal(truncate("huge", (off_t)FILE_SIZE_MAX + 1), 0);
	check_read_fails("huge", "is larger than 256 MiB, more than any file of a repository should be");
}

static bool write_text(const char *path, const char *text, unsigned flags)
{
	struct error error = ERROR_INIT;
	bool changed = false;

	if (!file_write(path, str_of(text), flags, &changed, &error))
		print_error("%s\n", error.message);
	assert_int_equal(error.kind, ERROR_NONE);
	return changed;
}

static void test_write_new(void **state)
{
	mode_t mask = umask(027);

	(void)state;
	assert_true(write_text("plain", "one\n", 0));
	assert_true(write_text("private", "two\n", FILE_WRITE_PRIVATE));
	assert_true(write_text("empty", "", FILE_WRITE_SYNC));
	umask(mask);
	check_content("plain", "one\n");
	check_content("private", "two\n");
	check_content("empty", "");
	assert_int_equal(mode_of("plain"), 0640);
	assert_int_equal(mode_of("private"), 0600);
	assert_int_equal(count_entries("."), 3);
	assert_true(file_write("other", STR("x"), 0, NULL, NULL));
}

static void test_write_replaces(void **state)
{
	ino_t inode;

	(void)state;
	make_file("file", "old", 0751);
	inode = inode_of("file");
	assert_false(write_text("file", "old", FILE_WRITE_SYNC));
	assert_int_equal(inode_of("file"), inode);
	assert_true(write_text("file", "new", FILE_WRITE_SYNC));
	check_content("file", "new");
	assert_int_not_equal(inode_of("file"), inode);
	assert_int_equal(mode_of("file"), 0751);
	assert_true(write_text("file", "longer than before", 0));
	check_content("file", "longer than before");
	assert_int_equal(count_entries("."), 1);
}

static void test_write_private_narrows(void **state)
{
	(void)state;
	make_file("file", "same", 0644);
	assert_true(write_text("file", "same", FILE_WRITE_PRIVATE));
	assert_int_equal(mode_of("file"), 0600);
	assert_false(write_text("file", "same", FILE_WRITE_PRIVATE));
	make_file("strict", "same", 0400);
	assert_true(write_text("strict", "other", FILE_WRITE_PRIVATE));
	assert_int_equal(mode_of("strict"), 0400);
}

static void test_write_follows_links(void **state)
{
	struct stat status;

	(void)state;
	assert_int_equal(mkdir("folder", 0755), 0);
	make_file("folder/file", "old", 0644);
	assert_int_equal(symlink("file", "folder/inner"), 0);
	assert_int_equal(symlink("folder/inner", "outer"), 0);
	assert_true(write_text("outer", "new", 0));
	check_content("folder/file", "new");
	assert_int_equal(lstat("outer", &status), 0);
	assert_true(S_ISLNK(status.st_mode));
	assert_int_equal(lstat("folder/inner", &status), 0);
	assert_true(S_ISLNK(status.st_mode));
	assert_int_equal(symlink("folder/later", "dangling"), 0);
	assert_true(write_text("dangling", "made", 0));
	check_content("folder/later", "made");
	assert_int_equal(count_entries("."), 3);
	assert_int_equal(count_entries("folder"), 3);
}

static void check_write_fails(const char *path, const char *message)
{
	struct error error = ERROR_INIT;
	bool changed = true;

	assert_false(file_write(path, STR("new"), FILE_WRITE_SYNC, &changed, &error));
	assert_false(changed);
	assert_int_equal(error.kind, ERROR_SYSTEM);
	assert_string_equal(error.message, message);
	error_release(&error);
}

static void test_write_fails(void **state)
{
	(void)state;
	check_write_fails(
		"missing/file", "cannot be written, as its folder cannot be opened: No such file or directory");
	assert_int_equal(mkdir("folder", 0755), 0);
	check_write_fails("folder", "is a folder, not a file");
	assert_int_equal(mkfifo("fifo", 0644), 0);
	check_write_fails("fifo", "is a FIFO, not a file");
	assert_int_equal(symlink("loop", "loop"), 0);
	check_write_fails("loop", "cannot be examined: Too many levels of symbolic links");
	make_file("file", "old", 0644);
	check_write_fails("file/inner", "cannot be examined: Not a directory");
	check_write_fails("folder/", "cannot be replaced: No such file or directory");
	check_write_fails("", "cannot be replaced: No such file or directory");
	check_content("file", "old");
	assert_int_equal(count_entries("."), 4);
	assert_int_equal(count_entries("folder"), 0);
}

/* The disk is full, or nearly so: the limit on the size of files makes write() fail half way. */
static void test_write_fails_half_way(void **state)
{
	struct rlimit before;
	struct rlimit small;
	char text[20001];

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	make_file("file", "old", 0644);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = (struct rlimit){.rlim_cur = 10000, .rlim_max = before.rlim_max};
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	{
		struct error error = ERROR_INIT;
		bool changed = true;
		bool done = file_write("file", str_of(text), 0, &changed, &error);

		assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
		assert_false(done);
		assert_false(changed);
		assert_string_equal(error.message, "cannot be written: File too large");
		error_release(&error);
	}
	check_content("file", "old");
	assert_int_equal(count_entries("."), 1);
}

static void test_no_descriptor_is_left(void **state)
{
	int before = open("/dev/null", O_RDONLY | O_CLOEXEC);
	int after;

	(void)state;
	close(before);
	make_file("file", "old", 0644);
	check_content("file", "old");
	check_read_fails("missing", "cannot be opened: No such file or directory");
	assert_int_equal(mkdir("folder", 0755), 0);
	check_read_fails("folder", "is a folder, not a file");
	write_text("file", "new", FILE_WRITE_SYNC);
	write_text("file", "new", 0);
	check_write_fails("folder", "is a folder, not a file");
	check_write_fails("folder/", "cannot be replaced: No such file or directory");
	after = open("/dev/null", O_RDONLY | O_CLOEXEC);
	close(after);
	assert_int_equal(after, before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_read, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(test_read_what_says_no_size, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(test_read_refuses, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(test_read_refuses_what_is_too_large, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(test_write_new, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(test_write_replaces, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(test_write_private_narrows, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(test_write_follows_links, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(test_write_fails, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(test_write_fails_half_way, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(test_no_descriptor_is_left, enter_folder, leave_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
