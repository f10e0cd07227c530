#include "store/http_retry.h"

#include <stddef.h>
#include <sys/random.h>

/* Longer than this the back-off never is, in milliseconds. */
#define BACK_OFF_MAX 20000

bool http_retry_status(unsigned status)
{
	static const unsigned statuses[] = {429, 500, 502, 503, 504};

	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
		if (statuses[i] == status)
			return true;
	}
	return false;
}

/* A number from 0 to most, each as likely as the others but for a trifle. Without randomness: most. */
static uint64_t choose(uint64_t most)
{
	uint64_t random = 0;

	if (getrandom(&random, sizeof(random), 0) != (ssize_t)sizeof(random))
		return most;
	return random % (most + 1);
}

uint64_t http_retry_delay(unsigned attempts, unsigned unit, int64_t after)
{
	uint64_t most = unit;

	if (after > 0) {
		uint64_t asked = after > HTTP_RETRY_AFTER_MAX / 1000 ? HTTP_RETRY_AFTER_MAX : (uint64_t)after * 1000;
		return asked + choose(unit);
	}
	for (unsigned i = 0; i < attempts && most < BACK_OFF_MAX; i++)
		most *= 2;
	return choose(most < BACK_OFF_MAX ? most : BACK_OFF_MAX);
}
