/* A small thread pool: the same function over the items of a range. */
#ifndef ASPIS_BASE_POOL_H
#define ASPIS_BASE_POOL_H

#include <stddef.h>

/* Called once for each item; worker is below the number of jobs, so that a caller can keep one sink or arena a worker. */
typedef void pool_function(void *context, size_t item, unsigned worker);

/* The cores that this process may use (sched_getaffinity), at least 1. */
unsigned pool_default_jobs(void);

/* Runs function for items 0 … count-1 on up to jobs threads, the calling one included, and returns when all are done. Items are taken in
 * order, but end in any. A thread that cannot be started is done without. */
void pool_run(unsigned jobs, size_t count, pool_function *function, void *context);

#endif
