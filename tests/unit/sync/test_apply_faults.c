/* Whatever goes wrong at whichever request: a second run finishes, nothing is lost, nothing is made twice. */
#include "apply_fixture.h"

#include <unistd.h>

/* More than there are requests. */
#define REQUESTS 16

static void finish(struct apply_fixture *fixture)
{
	struct apply_result result;

	fixture->store.at = 0;
	fixture->interrupt_at = 0;
	apply_once(fixture, &result);
	assert_accounted(&result, APPLY_STEPS);
	assert_false(result.unfinished);
	assert_converged(fixture);
	assert_all_made_once(fixture);
	apply_result_release(&result);
}

static void fail_at_each(enum memory_fault fault, bool is_error)
{
	for (size_t at = 1; at < REQUESTS; at++) {
		struct apply_fixture fixture;
		struct apply_result result;
		bool struck;

		apply_open(&fixture);
		fixture.store.fault = fault;
		fixture.store.at = at;
		apply_once(&fixture, &result);
		struck = fixture.store.requests >= at;
		assert_accounted(&result, APPLY_STEPS);
		assert_int_equal(result.unfinished, struck && is_error);
		apply_result_release(&result);
		finish(&fixture);
		apply_close(&fixture);
	}
}

static void recovers_from_a_refusal_at_each_request(void **state)
{
	(void)state;
	fail_at_each(MEMORY_REFUSED, true);
}

static void recovers_from_a_lost_request(void **state)
{
	(void)state;
	fail_at_each(MEMORY_LOST, true);
}

static void notices_a_write_that_happened(void **state)
{
	(void)state;
	fail_at_each(MEMORY_UNNOTICED, false);
}

/* The answer to a write is lost, and the store cannot be read any more, either. */
static void lose_the_next(struct memory_store *store, const struct memory_request *request)
{
	if (request->kind == MEMORY_ENTRY) {
		store->at = store->requests;
		store->fault = MEMORY_REFUSED;
	}
}

static void recovers_where_doubt_remains(void **state)
{
	(void)state;
	for (size_t at = 1; at < REQUESTS; at++) {
		struct apply_fixture fixture;
		struct apply_result result;

		apply_open(&fixture);
		fixture.store.fault = MEMORY_UNNOTICED;
		fixture.store.at = at;
		fixture.store.intruder = lose_the_next;
		apply_once(&fixture, &result);
		assert_accounted(&result, APPLY_STEPS);
		apply_result_release(&result);
		fixture.store.intruder = NULL;
		finish(&fixture);
		apply_close(&fixture);
	}
}

static void stops_at_a_signal_and_goes_on_later(void **state)
{
	size_t at = 1;
	bool struck = true;

	(void)state;
	for (; struck; at++) {
		struct apply_fixture fixture;
		struct apply_result result;

		apply_open(&fixture);
		fixture.interrupt_at = at;
		apply_once(&fixture, &result);
		struck = fixture.asked >= at;
		assert_accounted(&result, APPLY_STEPS);
		assert_int_equal(result.signal, struck ? 2 : 0);
		assert_int_equal(fixture.store.next, fixture.store.queue.len);
		apply_result_release(&result);
		finish(&fixture);
		apply_close(&fixture);
	}
	assert_true(at > 4);
}

/* Somebody else writes after ours has been lost: neither is mistaken for the other. */
static void write_after_loss(struct memory_store *store, const struct memory_request *request)
{
	if (request->kind == MEMORY_ENTRY && store->intrusions++ == 0)
		memory_put(store, request->name, STR("{\"theirs\":\"1\"}"));
}

static void does_not_take_theirs_for_ours(void **state)
{
	struct apply_fixture fixture;
	struct apply_result result;

	(void)state;
	apply_open(&fixture);
	fixture.store.fault = MEMORY_LOST;
	fixture.store.at = 1;
	fixture.store.intruder = write_after_loss;
	apply_once(&fixture, &result);
	assert_accounted(&result, APPLY_STEPS);
	assert_true(result.unfinished);
	apply_result_release(&result);
	fixture.store.intruder = NULL;
	finish(&fixture);
	apply_close(&fixture);
}

/* All lines of the only journal in a folder, which is removed. */
static void read_journal(struct strbuf *out, struct str path)
{
	FILE *file = fopen(path.ptr, "r");
	char buffer[4096];
	size_t size;

	assert_non_null(file);
	while ((size = fread(buffer, 1, sizeof(buffer), file)) > 0)
		strbuf_append_bytes(out, buffer, size);
	fclose(file);
}

static size_t count_of(const struct strbuf *text, const char *needle)
{
	size_t count = 0;

	for (const char *at = text->ptr; (at = strstr(at, needle)) != NULL; at += strlen(needle))
		count++;
	return count;
}

static void keeps_a_journal_without_values(void **state)
{
	char folder[] = "/tmp/aspis-journal-XXXXXX";
	struct apply_fixture fixture;
	struct apply_result result;
	struct error error = ERROR_INIT;
	struct strbuf text = STRBUF_INIT;
	struct stat status;
	struct arena arena;

	(void)state;
	assert_non_null(mkdtemp(folder));
	apply_open(&fixture);
	arena_init(&arena);
	fixture.journal = journal_new(journal_folder(&arena, folder, NULL), STR("dev"), STR("memory"), &error);
	assert_non_null(fixture.journal);
	assert_int_equal(stat(journal_path(fixture.journal).ptr, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	fixture.store.at = 3;
	fixture.store.fault = MEMORY_REFUSED;
	apply_once(&fixture, &result);
	assert_true(journal_end(fixture.journal, 0, result.count[APPLY_DONE], result.count[APPLY_FAILED],
		result.count[APPLY_NOT_TRIED], &error));
	read_journal(&text, journal_path(fixture.journal));
	assert_int_equal(count_of(&text, "\"phase\":\"done\""), result.count[APPLY_DONE]);
	assert_int_equal(count_of(&text, "\"phase\":\"failed\""), result.count[APPLY_FAILED]);
	assert_int_equal(count_of(&text, "\"phase\":\"not-tried\""), result.count[APPLY_NOT_TRIED]);
	assert_true(count_of(&text, "\"phase\":\"intent\"") >= result.count[APPLY_DONE] + result.count[APPLY_FAILED]);
	assert_int_equal(count_of(&text, "\"phase\":\"end\""), 1);
	assert_int_equal(count_of(&text, APPLY_SECRET), 0);
	apply_result_release(&result);
	remove(journal_path(fixture.journal).ptr);
	journal_free(fixture.journal);
	fixture.journal = NULL;
	strbuf_release(&text);
	strbuf_printf(&text, "%s/aspis/sync", folder);
	for (; text.len >= strlen(folder); strbuf_truncate(&text, (size_t)(strrchr(text.ptr, '/') - text.ptr)))
		assert_int_equal(rmdir(text.ptr), 0);
	strbuf_release(&text);
	arena_release(&arena);
	apply_close(&fixture);
}

static void ignores_state_folders_that_are_relative(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	assert_text(journal_folder(&arena, "/state", "/h/u"), "/state/aspis/sync");
	assert_text(journal_folder(&arena, "state", "/h/u"), "/h/u/.local/state/aspis/sync");
	assert_text(journal_folder(&arena, NULL, "/h/u"), "/h/u/.local/state/aspis/sync");
	assert_true(str_is_absent(journal_folder(&arena, "", "u")));
	assert_true(str_is_absent(journal_folder(&arena, NULL, NULL)));
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(recovers_from_a_refusal_at_each_request),
		cmocka_unit_test(recovers_from_a_lost_request),
		cmocka_unit_test(notices_a_write_that_happened),
		cmocka_unit_test(recovers_where_doubt_remains),
		cmocka_unit_test(stops_at_a_signal_and_goes_on_later),
		cmocka_unit_test(does_not_take_theirs_for_ours),
		cmocka_unit_test(keeps_a_journal_without_values),
		cmocka_unit_test(ignores_state_folders_that_are_relative),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
