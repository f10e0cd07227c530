/* What apply does when nothing, or one other writer, stands in its way. */
#include "apply_fixture.h"

static void brings_everything_in_line(void **state)
{
	struct apply_fixture fixture;
	struct apply_result result;

	(void)state;
	apply_open(&fixture);
	apply_once(&fixture, &result);
	assert_accounted(&result, APPLY_STEPS);
	assert_int_equal(result.count[APPLY_DONE], APPLY_STEPS);
	assert_false(result.unfinished);
	assert_converged(&fixture);
	/* One write an entry, and two of those that wait for each other. */
	assert_int_equal(fixture.store.requests, 6);
	apply_result_release(&result);
	apply_close(&fixture);
}

static void does_nothing_twice(void **state)
{
	struct apply_fixture fixture;
	struct apply_result result;

	(void)state;
	apply_open(&fixture);
	apply_once(&fixture, &result);
	apply_result_release(&result);
	fixture.store.requests = 0;
	apply_once(&fixture, &result);
	assert_accounted(&result, APPLY_STEPS);
	assert_int_equal(result.count[APPLY_KEPT], APPLY_STEPS);
	assert_int_equal(fixture.store.requests, 0);
	apply_result_release(&result);
	apply_close(&fixture);
}

static void carries_through_what_others_have_put_there(void **state)
{
	static const char theirs[] =
		"{\"number\": 1.10, \"object\":{ \"a\" : [1,2] }, \"text\":\"\\u00e9\", \"given\": \"old\"}";
	struct apply_fixture fixture;
	struct apply_result result;

	(void)state;
	apply_open(&fixture);
	memory_put(&fixture.store, STR("alpha"), str_of(theirs));
	apply_once(&fixture, &result);
	struct str body = memory_body(&fixture.store, "alpha");
	assert_true(str_contains(body, STR("\"number\":1.10")));
	assert_true(str_contains(body, STR("\"object\":{ \"a\" : [1,2] }")));
	assert_true(str_contains(body, STR("\"text\":\"\\u00e9\"")));
	assert_false(str_contains(body, STR("old")));
	assert_int_equal(find_step(&result, "alpha", "given")->version, 2);
	assert_converged(&fixture);
	apply_result_release(&result);
	apply_close(&fixture);
}

static void writes_over_what_was_deleted(void **state)
{
	struct apply_fixture fixture;
	struct apply_result result;

	(void)state;
	apply_open(&fixture);
	memory_put(&fixture.store, STR("gamma"), STR("{}"));
	memory_find(&fixture.store, STR("gamma"))->deleted = true;
	apply_once(&fixture, &result);
	assert_int_equal(find_step(&result, "gamma", "key")->version, 2);
	assert_converged(&fixture);
	apply_result_release(&result);
	apply_close(&fixture);
}

/* Before the n-th write of an entry somebody else adds a key of their own. */
static void add_a_key(struct memory_store *store, const struct memory_request *request)
{
	struct strbuf body = STRBUF_INIT;
	struct str now;

	if (request->kind != MEMORY_WRITE || store->intrusions > 0 || store->requests != store->at)
		return;
	store->intrusions++;
	now = memory_find(store, request->name) ? *(struct str *)vec_last(&memory_find(store, request->name)->versions)
						: STR("{}");
	strbuf_append_c(&body, now.len > 2 ? "{\"foreign\":\"kept\"," : "{\"foreign\":\"kept\"");
	strbuf_append(&body, str_slice(now, 1, now.len));
	memory_put(store, request->name, strbuf_str(&body));
	strbuf_release(&body);
}

static size_t count_foreign(const struct memory_store *store)
{
	size_t count = 0;

	for (size_t i = 0; i < store->entries.len; i++) {
		struct memory_entry *entry = vec_pointer(&store->entries, i);

		count += str_contains(*(struct str *)vec_last(&entry->versions), STR("\"foreign\":\"kept\""));
	}
	return count;
}

static void loses_nothing_of_a_second_writer(void **state)
{
	(void)state;
	for (size_t at = 1; at <= 6; at++) {
		struct apply_fixture fixture;
		struct apply_result result;

		apply_open(&fixture);
		fixture.store.intruder = add_a_key;
		fixture.store.at = at;
		apply_once(&fixture, &result);
		assert_accounted(&result, APPLY_STEPS);
		assert_int_equal(result.count[APPLY_DONE], APPLY_STEPS);
		assert_int_equal(fixture.store.intrusions, 1);
		assert_int_equal(count_foreign(&fixture.store), 1);
		assert_converged(&fixture);
		assert_all_made_once(&fixture);
		apply_result_release(&result);
		apply_close(&fixture);
	}
}

/* Somebody else gives the very keys that are about to be written values of their own. */
static void write_first(struct memory_store *store, const struct memory_request *request)
{
	if (request->kind != MEMORY_WRITE || store->intrusions > 0 || !str_is(request->name, "alpha"))
		return;
	store->intrusions++;
	memory_put(store, request->name, STR("{\"password\":\"theirs\",\"given\":\"theirs, too\"}"));
}

static void overwrites_no_value_that_the_plan_had_not_seen(void **state)
{
	struct apply_fixture fixture;
	struct apply_result result;

	(void)state;
	apply_open(&fixture);
	fixture.store.intruder = write_first;
	apply_once(&fixture, &result);
	assert_accounted(&result, APPLY_STEPS);
	assert_int_equal(find_step(&result, "alpha", "given")->state, APPLY_FAILED);
	assert_int_equal(find_step(&result, "beta", "password")->state, APPLY_NOT_TRIED);
	assert_true(result.unfinished);
	assert_int_equal(memory_version(memory_find(&fixture.store, STR("alpha"))), 1);
	apply_result_release(&result);
	apply_once(&fixture, &result);
	assert_false(result.unfinished);
	assert_converged(&fixture);
	/* A generated value that somebody else has put there is as good as ours. */
	assert_true(str_contains(memory_body(&fixture.store, "beta"), STR("\"theirs\"")));
	apply_result_release(&result);
	apply_close(&fixture);
}

static void generate_first(struct memory_store *store, const struct memory_request *request)
{
	if (request->kind != MEMORY_WRITE || store->intrusions > 0 || !str_is(request->name, "alpha"))
		return;
	store->intrusions++;
	memory_put(store, request->name, STR("{\"password\":\"0123456789abcdef0123456789abcdef\"}"));
}

static void takes_a_value_that_was_generated_meanwhile(void **state)
{
	struct apply_fixture fixture;
	struct apply_result result;

	(void)state;
	apply_open(&fixture);
	fixture.store.intruder = generate_first;
	apply_once(&fixture, &result);
	assert_accounted(&result, APPLY_STEPS);
	assert_false(result.unfinished);
	assert_converged(&fixture);
	assert_true(str_contains(memory_body(&fixture.store, "beta"), STR("0123456789abcdef0123456789abcdef")));
	apply_result_release(&result);
	apply_close(&fixture);
}

static void write_always(struct memory_store *store, const struct memory_request *request)
{
	if (request->kind != MEMORY_WRITE || !str_is(request->name, "gamma"))
		return;
	store->intrusions++;
	memory_put(store, request->name, STR("{\"theirs\":\"1\"}"));
}

static void gives_up_where_somebody_keeps_writing(void **state)
{
	struct apply_fixture fixture;
	struct apply_result result;

	(void)state;
	apply_open(&fixture);
	fixture.store.intruder = write_always;
	apply_once(&fixture, &result);
	assert_accounted(&result, APPLY_STEPS);
	assert_int_equal(fixture.store.intrusions, 1 + APPLY_CONFLICTS_MAX);
	assert_int_equal(find_step(&result, "gamma", "key")->state, APPLY_FAILED);
	assert_int_equal(result.count[APPLY_DONE], APPLY_STEPS - 1);
	apply_result_release(&result);
	apply_close(&fixture);
}

static void open_unknown(struct apply_fixture *fixture)
{
	struct apply_result result;

	apply_open(fixture);
	apply_once(fixture, &result);
	apply_result_release(&result);
	memory_put(&fixture->store, STR("stranger"), STR("{\"a\":\"1\"}"));
	fixture->options.delete_unknown = true;
}

static void deletes_the_version_that_was_read(void **state)
{
	struct apply_fixture fixture;
	struct apply_result result;

	(void)state;
	open_unknown(&fixture);
	apply_once(&fixture, &result);
	assert_accounted(&result, APPLY_STEPS + 1);
	assert_true(memory_find(&fixture.store, STR("stranger"))->deleted);
	assert_int_equal(result.deletions.len, 1);
	const struct apply_deletion *deletion = vec_at(&result.deletions, 0);
	assert_true(str_is(deletion->undelete, "undelete stranger 1"));
	apply_result_release(&result);
	apply_close(&fixture);
}

static void change_stranger(struct memory_store *store, const struct memory_request *request)
{
	if (request->kind == MEMORY_DELETE && store->intrusions++ == 0)
		memory_put(store, request->name, STR("{\"a\":\"2\"}"));
}

static void deletes_nothing_that_has_changed(void **state)
{
	struct apply_fixture fixture;
	struct apply_result result;

	(void)state;
	open_unknown(&fixture);
	fixture.store.intruder = change_stranger;
	apply_once(&fixture, &result);
	assert_false(memory_find(&fixture.store, STR("stranger"))->deleted);
	assert_int_equal(find_step(&result, "stranger", "a")->state, APPLY_FAILED);
	assert_true(result.unfinished);
	apply_result_release(&result);
	apply_close(&fixture);
}

static void deletes_nothing_where_something_else_failed(void **state)
{
	struct apply_fixture fixture;
	struct apply_result result;

	(void)state;
	open_unknown(&fixture);
	memory_put(&fixture.store, STR("gamma"), STR("{\"key\":\"another\"}"));
	fixture.store.at = fixture.store.requests + 1;
	fixture.store.fault = MEMORY_REFUSED;
	apply_once(&fixture, &result);
	assert_int_equal(find_step(&result, "gamma", "key")->state, APPLY_FAILED);
	assert_int_equal(find_step(&result, "stranger", "a")->state, APPLY_NOT_TRIED);
	assert_false(memory_find(&fixture.store, STR("stranger"))->deleted);
	apply_result_release(&result);
	apply_close(&fixture);
}

static void renews_with_all_that_hangs_on_it(void **state)
{
	struct apply_fixture fixture;
	struct apply_result result;
	struct vec rotate = VEC_INIT(struct str);

	(void)state;
	apply_open(&fixture);
	apply_once(&fixture, &result);
	apply_result_release(&result);
	struct secret *before = present(&fixture, "alpha", "password");
	*(struct str *)vec_push(&rotate) = STR("alpha/password");
	fixture.options.rotate = &rotate;
	apply_once(&fixture, &result);
	struct secret *after = present(&fixture, "alpha", "password");
	assert_false(secret_equal(before, after));
	assert_int_equal(find_step(&result, "beta", "password")->state, APPLY_DONE);
	fixture.options.rotate = NULL;
	assert_converged(&fixture);
	secret_free(before);
	secret_free(after);
	apply_result_release(&result);
	vec_release(&rotate);
	apply_close(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(brings_everything_in_line),
		cmocka_unit_test(does_nothing_twice),
		cmocka_unit_test(carries_through_what_others_have_put_there),
		cmocka_unit_test(writes_over_what_was_deleted),
		cmocka_unit_test(loses_nothing_of_a_second_writer),
		cmocka_unit_test(overwrites_no_value_that_the_plan_had_not_seen),
		cmocka_unit_test(takes_a_value_that_was_generated_meanwhile),
		cmocka_unit_test(gives_up_where_somebody_keeps_writing),
		cmocka_unit_test(deletes_the_version_that_was_read),
		cmocka_unit_test(deletes_nothing_that_has_changed),
		cmocka_unit_test(deletes_nothing_where_something_else_failed),
		cmocka_unit_test(renews_with_all_that_hangs_on_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
