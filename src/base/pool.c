#include "base/pool.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/xalloc.h"

/* The same whatever the C library's default: readers of nested input are given this much. */
#define STACK_SIZE ((size_t)8 << 20)

#define CORES_MAX  65536

/* What the threads share. */
struct job {
	atomic_size_t next;
	size_t count;
	pool_function *function;
	void *context;
};

struct worker {
	struct job *job;
	unsigned number;
	pthread_t thread;
};

/* The set of the C library has room for 1024 cores; a larger machine refuses it, and is asked with a larger one. */
unsigned pool_default_jobs(void)
{
	for (size_t cores = CPU_SETSIZE; cores <= CORES_MAX; cores *= 2) {
		cpu_set_t *set = CPU_ALLOC(cores);
		int usable = 0;

		if (!set)
			xalloc_fail(CPU_ALLOC_SIZE(cores));
		if (sched_getaffinity(0, CPU_ALLOC_SIZE(cores), set) == 0)
			usable = CPU_COUNT_S(CPU_ALLOC_SIZE(cores), set);
		CPU_FREE(set);
		if (usable > 0)
			return (unsigned)usable;
	}
	return 1;
}

static void *work(void *argument)
{
	const struct worker *worker = argument;
	struct job *job = worker->job;

	for (;;) {
		size_t item = atomic_fetch_add(&job->next, 1);

		if (item >= job->count)
			return NULL;
		job->function(job->context, item, worker->number);
	}
}

/* Starts workers 1 … and returns how many run. Signals are left to the thread that called. */
static unsigned start(struct worker *workers, unsigned jobs)
{
	pthread_attr_t attributes;
	sigset_t all;
	sigset_t before;
	unsigned started = 1;

	if (pthread_attr_init(&attributes) != 0)
		return started;
	pthread_attr_setstacksize(&attributes, STACK_SIZE);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	while (started < jobs && pthread_create(&workers[started].thread, &attributes, work, &workers[started]) == 0)
		started++;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attributes);
	return started;
}

void pool_run(unsigned jobs, size_t count, pool_function *function, void *context)
{
	struct job job = {.count = count, .function = function, .context = context};
	struct worker *workers;
	unsigned started;

	if (jobs > count)
		jobs = (unsigned)count;
	if (jobs == 0)
		jobs = 1;
	workers = xcalloc(jobs, sizeof(*workers));
	for (unsigned i = 0; i < jobs; i++)
		workers[i] = (struct worker){.job = &job, .number = i};
	started = start(workers, jobs);
	work(&workers[0]);
	for (unsigned i = 1; i < started; i++)
		pthread_join(workers[i].thread, NULL);
	free(workers);
}
