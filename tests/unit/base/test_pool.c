#include "base/pool.h"

#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

#include "assert_str.h"

#define ITEM_COUNT 5000
#define JOBS_MAX   16

struct tally {
	atomic_uint visits[ITEM_COUNT];
	atomic_uint running[JOBS_MAX]; /* 1 while a worker of that number is at work */
	atomic_bool clash;
	unsigned jobs;
};

static void visit(void *context, size_t item, unsigned worker)
{
	struct tally *tally = context;

	if (worker >= tally->jobs || atomic_fetch_add(&tally->running[worker], 1) != 0)
		atomic_store(&tally->clash, true);
	atomic_fetch_add(&tally->visits[item], 1);
	if (item % 100 == 0)
		sched_yield();
	atomic_fetch_sub(&tally->running[worker], 1);
}

/* Each item once, and no two at a time by the worker of one number. */
static void test_each_item_once(void **state)
{
	static const size_t counts[] = {0, 1, 2, 15, ITEM_COUNT};

	(void)state;
	for (unsigned jobs = 0; jobs <= JOBS_MAX; jobs++) {
		for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
			struct tally *tally = calloc(1, sizeof(*tally));

			tally->jobs = jobs > 0 ? jobs : 1;
			if (tally->jobs > counts[i])
				tally->jobs = (unsigned)counts[i];
			pool_run(jobs, counts[i], visit, tally);
			assert_false(atomic_load(&tally->clash));
			for (size_t item = 0; item < ITEM_COUNT; item++)
				assert_int_equal(atomic_load(&tally->visits[item]), item < counts[i]);
			free(tally);
		}
	}
}

struct order {
	pthread_t caller;
	size_t next;
	bool wrong;
};

static void follow(void *context, size_t item, unsigned worker)
{
	struct order *order = context;

	if (item != order->next++ || worker != 0 || !pthread_equal(order->caller, pthread_self()))
		order->wrong = true;
}

static void test_one_job_is_the_caller(void **state)
{
	struct order order = {.caller = pthread_self()};

	(void)state;
	pool_run(1, 1000, follow, &order);
	assert_int_equal(order.next, 1000);
	assert_false(order.wrong);
}

static void meet(void *context, size_t item, unsigned worker)
{
	(void)item;
	(void)worker;
	pthread_barrier_wait(context);
}

/* Four items that wait for each other end only if four threads run them. */
static void test_runs_in_parallel(void **state)
{
	pthread_barrier_t barrier;

	(void)state;
	assert_int_equal(pthread_barrier_init(&barrier, NULL, 4), 0);
	pool_run(4, 4, meet, &barrier);
	pthread_barrier_destroy(&barrier);
}

/* No more threads than items, whatever is asked for. */
static void test_more_jobs_than_items(void **state)
{
	struct tally *tally = calloc(1, sizeof(*tally));

	(void)state;
	tally->jobs = 2;
	pool_run(UINT_MAX, 2, visit, tally);
	assert_false(atomic_load(&tally->clash));
	assert_int_equal(atomic_load(&tally->visits[0]), 1);
	assert_int_equal(atomic_load(&tally->visits[1]), 1);
	free(tally);
}

static void test_default_jobs(void **state)
{
	cpu_set_t before;
	cpu_set_t one;
	size_t cpu = 0;

	(void)state;
	assert_true(pool_default_jobs() >= 1);
	assert_int_equal(sched_getaffinity(0, sizeof(before), &before), 0);
	assert_int_equal(pool_default_jobs(), CPU_COUNT(&before));
	while (!CPU_ISSET(cpu, &before))
		cpu++;
	CPU_ZERO(&one);
	CPU_SET(cpu, &one);
	assert_int_equal(sched_setaffinity(0, sizeof(one), &one), 0);
	assert_int_equal(pool_default_jobs(), 1);
	assert_int_equal(sched_setaffinity(0, sizeof(before), &before), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_item_once),
		cmocka_unit_test(test_one_job_is_the_caller),
		cmocka_unit_test(test_runs_in_parallel),
		cmocka_unit_test(test_more_jobs_than_items),
		cmocka_unit_test(test_default_jobs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
