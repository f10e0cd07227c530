/* Timestamps as PyYAML reads and Python's datetime holds them. Private to the room. */
#ifndef ASPIS_YAML_TIMESTAMP_H
#define ASPIS_YAML_TIMESTAMP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "base/strbuf.h"

struct timestamp {
	int year, month, day;
	int hour, minute, second, microsecond;
	int offset; /* minutes east of UTC */
	bool has_time;
	bool has_offset;
};

/* Whether text has the form of a timestamp; its numbers may still be out of range. */
bool timestamp_match(struct timestamp *timestamp, struct str text);

/* Whether datetime accepts the numbers. */
bool timestamp_valid(const struct timestamp *timestamp);

/* Appends isoformat(). */
void timestamp_format(struct strbuf *out, const struct timestamp *timestamp);

/* Microseconds since year 0, of UTC where there is an offset: equal for what Python takes for equal. */
int64_t timestamp_instant(const struct timestamp *timestamp);

#endif
