/* Whether and when a request is sent again. For http.c alone. */
#ifndef ASPIS_STORE_HTTP_RETRY_H
#define ASPIS_STORE_HTTP_RETRY_H

#include <stdbool.h>
#include <stdint.h>

/* Retry-After counts up to this, in milliseconds. */
#define HTTP_RETRY_AFTER_MAX 60000

/* Whether a status says that the same request may be answered otherwise later: 429, 500, 502, 503, 504. */
bool http_retry_status(unsigned status);

/* How long to wait before the next attempt, in milliseconds. attempts: those that have failed, one at least; unit: of the back-off; after: what the server asked for,
 * in seconds, or 0 where it did not. With full jitter: anything from 0 to unit × 2^attempts; where the server asked for a time, that time and at most a unit more,
 * so that not all come back at once. */
uint64_t http_retry_delay(unsigned attempts, unsigned unit, int64_t after);

#endif
