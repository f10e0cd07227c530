#include "sync/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "base/json_writer.h"
#include "base/path.h"
#include "base/xalloc.h"

struct journal {
	struct arena arena;
	struct str path;
	int file;
	int error; /* errno of the first write that failed; 0: none */
};

static const char *const phase_names[] = {
#define JOURNAL_NAME(enumerator, name) [enumerator] = (name),
	JOURNAL_PHASES(JOURNAL_NAME)
#undef JOURNAL_NAME
};

/* The specification of XDG has relative values ignored. */
static bool is_absolute(const char *folder)
{
	return folder && folder[0] == '/';
}

struct str journal_folder(struct arena *arena, const char *state_home, const char *home)
{
	struct str state = STR_ABSENT;

	if (is_absolute(state_home))
		state = str_of(state_home);
	else if (is_absolute(home))
		state = path_join(arena, str_of(home), STR(".local/state"));
	return str_is_absent(state) ? state : path_join(arena, state, STR("aspis/sync"));
}

/* Makes a folder and those above it, which it changes only while it makes them. */
static bool make_folder(struct arena *arena, struct str path)
{
	struct str parent = path_directory(path);

	if (mkdir(arena_str(arena, path).ptr, 0700) == 0 || errno == EEXIST)
		return true;
	if (errno != ENOENT || parent.len == 0 || parent.len == path.len || !make_folder(arena, parent))
		return false;
	return mkdir(arena_str(arena, path).ptr, 0700) == 0 || errno == EEXIST;
}

static struct str moment(struct arena *arena)
{
	time_t now = time(NULL);
	struct tm parts;
	char text[32];
	size_t len;

	gmtime_r(&now, &parts);
	len = strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &parts);
	return arena_str(arena, (struct str){.ptr = text, .len = len});
}

/* The name of an environment is one of a file, and so cannot lead elsewhere. The time is without what divides it. */
static struct str file_name(struct arena *arena, struct str environment)
{
	struct str time = moment(arena);
	char digits[32];
	size_t len = 0;

	for (size_t i = 0; i < time.len && len < sizeof(digits); i++) {
		if (ascii_is_alnum(time.ptr[i]))
			digits[len++] = time.ptr[i];
	}
	return arena_printf(
		arena, "%.*s-%.*s-%ld.jsonl", STR_ARG(path_base(environment)), (int)len, digits, (long)getpid());
}

static void put(struct journal *journal, const struct strbuf *line)
{
	const char *next = line->ptr;
	size_t left = line->len;

	while (left > 0 && journal->error == 0) {
		ssize_t written = write(journal->file, next, left);

		if (written < 0 && errno != EINTR)
			journal->error = errno;
		if (written > 0) {
			next += written;
			left -= (size_t)written;
		}
	}
}

static void begin_line(struct json_writer *json, struct strbuf *line)
{
	struct arena arena;

	arena_init(&arena);
	json_writer_init(json, line, 0);
	json_begin_object(json);
	json_member_str(json, "time", moment(&arena));
	arena_release(&arena);
}

static void end_line(struct journal *journal, struct json_writer *json, struct strbuf *line)
{
	json_end_object(json);
	json_writer_release(json);
	strbuf_append_char(line, '\n');
	put(journal, line);
	strbuf_release(line);
}

static void write_head(struct journal *journal, struct str environment, struct str store)
{
	struct strbuf line = STRBUF_INIT;
	struct json_writer json;

	begin_line(&json, &line);
	json_member_uint(&json, "journal", 1);
	json_member_str(&json, "environment", environment);
	json_member_str(&json, "store", store);
	json_member_c(&json, "program", ASPIS_VERSION);
	end_line(journal, &json, &line);
}

struct journal *journal_new(struct str folder, struct str environment, struct str store, struct error *error)
{
	struct journal *journal = xcalloc(1, sizeof(*journal));

	arena_init(&journal->arena);
	journal->path = path_join(&journal->arena, folder, file_name(&journal->arena, environment));
	journal->file = -1;
	if (make_folder(&journal->arena, folder))
		journal->file =
			open(journal->path.ptr, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (journal->file >= 0) {
		write_head(journal, environment, store);
		return journal;
	}
	error_set_errno(error, errno, "no journal can be kept in %.*s", STR_ARG(folder));
	journal_free(journal);
	return NULL;
}

void journal_write(struct journal *journal, const struct journal_line *line)
{
	struct strbuf text = STRBUF_INIT;
	struct json_writer json;

	begin_line(&json, &text);
	json_member_c(&json, "phase", phase_names[line->phase]);
	json_member_str(&json, "entry", line->entry);
	json_member_str(&json, "key", line->key);
	json_member_str(&json, "action", line->action);
	json_member_uint(&json, "version", line->version);
	if (line->phase != JOURNAL_INTENT)
		json_member_str(&json, "cause", line->cause);
	end_line(journal, &json, &text);
}

void journal_sync(struct journal *journal)
{
	if (journal->error == 0 && fsync(journal->file) != 0)
		journal->error = errno;
}

bool journal_end(
	struct journal *journal, int signal, uint64_t done, uint64_t failed, uint64_t not_tried, struct error *error)
{
	struct strbuf line = STRBUF_INIT;
	struct json_writer json;

	begin_line(&json, &line);
	json_member_c(&json, "phase", "end");
	json_member_uint(&json, "signal", (uint64_t)signal);
	json_member_uint(&json, "done", done);
	json_member_uint(&json, "failed", failed);
	json_member_uint(&json, "notTried", not_tried);
	end_line(journal, &json, &line);
	journal_sync(journal);
	if (journal->error != 0)
		return error_set_errno(error, journal->error, "the journal %s is not complete", journal->path.ptr);
	return true;
}

void journal_free(struct journal *journal)
{
	if (!journal)
		return;
	if (journal->file >= 0)
		close(journal->file);
	arena_release(&journal->arena);
	free(journal);
}

struct str journal_path(const struct journal *journal)
{
	return journal->path;
}
