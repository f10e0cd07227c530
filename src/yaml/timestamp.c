#include "yaml/timestamp.h"

#include <stddef.h>

#include "base/ascii.h"

#define MINUTES_PER_DAY     (24 * 60)
#define MICROSECOND_DIGITS  6
#define MICROSECONDS_MINUTE (INT64_C(60) * 1000000)

/* Reads a number of min to max digits at *at; false where there are fewer. */
static bool number(struct str text, size_t *at, unsigned min, unsigned max, int *value)
{
	unsigned digits = 0;

	*value = 0;
	for (; digits < max && *at < text.len && ascii_is_digit(text.ptr[*at]); digits++)
		*value = *value * 10 + (text.ptr[(*at)++] - '0');
	return digits >= min;
}

static bool literal(struct str text, size_t *at, char c)
{
	if (*at >= text.len || text.ptr[*at] != c)
		return false;
	++*at;
	return true;
}

static size_t skip_blanks(struct str text, size_t *at)
{
	size_t start = *at;

	while (*at < text.len && (text.ptr[*at] == ' ' || text.ptr[*at] == '\t'))
		++*at;
	return *at - start;
}

/* The digits behind the point: six count, the rest is dropped. */
static void fraction(struct str text, size_t *at, int *microsecond)
{
	int digit;

	*microsecond = 0;
	for (unsigned i = 0; i < MICROSECOND_DIGITS; i++) {
		if (number(text, at, 1, 1, &digit))
			*microsecond = *microsecond * 10 + digit;
		else
			*microsecond *= 10;
	}
	while (number(text, at, 1, 1, &digit))
		;
}

/* [-+]hh[:mm] or Z up to the end; nothing is fine as well. */
static bool zone(struct str text, size_t at, struct timestamp *timestamp)
{
	int hours, minutes = 0, sign;

	if (at == text.len)
		return true;
	skip_blanks(text, &at);
	timestamp->has_offset = true;
	if (literal(text, &at, 'Z'))
		return at == text.len;
	sign = literal(text, &at, '-') ? -1 : 1;
	if (sign > 0 && !literal(text, &at, '+'))
		return false;
	if (!number(text, &at, 1, 2, &hours))
		return false;
	if (literal(text, &at, ':') && !number(text, &at, 2, 2, &minutes))
		return false;
	timestamp->offset = sign * (hours * 60 + minutes);
	return at == text.len;
}

bool timestamp_match(struct timestamp *timestamp, struct str text)
{
	size_t at = 0;

	*timestamp = (struct timestamp){0};
	if (text.len > 0 && text.ptr[text.len - 1] == '\n') /* as $ in Python */
		text.len--;
	if (!number(text, &at, 4, 4, &timestamp->year) || !literal(text, &at, '-') ||
		!number(text, &at, 1, 2, &timestamp->month) || !literal(text, &at, '-') ||
		!number(text, &at, 1, 2, &timestamp->day))
		return false;
	if (at == text.len)
		return true;
	timestamp->has_time = true;
	if (!literal(text, &at, 'T') && !literal(text, &at, 't') && skip_blanks(text, &at) == 0)
		return false;
	if (!number(text, &at, 1, 2, &timestamp->hour) || !literal(text, &at, ':') ||
		!number(text, &at, 2, 2, &timestamp->minute) || !literal(text, &at, ':') ||
		!number(text, &at, 2, 2, &timestamp->second))
		return false;
	if (literal(text, &at, '.'))
		fraction(text, &at, &timestamp->microsecond);
	return zone(text, at, timestamp);
}

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_of_month(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return days[month - 1] + (month == 2 && is_leap(year));
}

bool timestamp_valid(const struct timestamp *timestamp)
{
	if (timestamp->year < 1 || timestamp->month < 1 || timestamp->month > 12 || timestamp->day < 1 ||
		timestamp->day > days_of_month(timestamp->year, timestamp->month))
		return false;
	if (timestamp->hour > 23 || timestamp->minute > 59 || timestamp->second > 59)
		return false;
	return timestamp->offset > -MINUTES_PER_DAY && timestamp->offset < MINUTES_PER_DAY;
}

void timestamp_format(struct strbuf *out, const struct timestamp *timestamp)
{
	int offset = timestamp->offset < 0 ? -timestamp->offset : timestamp->offset;

	strbuf_printf(out, "%04d-%02d-%02d", timestamp->year, timestamp->month, timestamp->day);
	if (!timestamp->has_time)
		return;
	strbuf_printf(out, "T%02d:%02d:%02d", timestamp->hour, timestamp->minute, timestamp->second);
	if (timestamp->microsecond > 0)
		strbuf_printf(out, ".%06d", timestamp->microsecond);
	if (timestamp->has_offset)
		strbuf_printf(out, "%c%02d:%02d", timestamp->offset < 0 ? '-' : '+', offset / 60, offset % 60);
}

int64_t timestamp_instant(const struct timestamp *timestamp)
{
	int64_t years = timestamp->year - 1;
	int64_t minutes = (years * 365 + years / 4 - years / 100 + years / 400) * MINUTES_PER_DAY;

	for (int month = 1; month < timestamp->month; month++)
		minutes += (int64_t)days_of_month(timestamp->year, month) * MINUTES_PER_DAY;
	minutes += (int64_t)(timestamp->day - 1) * MINUTES_PER_DAY + timestamp->hour * 60 + timestamp->minute -
		   timestamp->offset;
	return minutes * MICROSECONDS_MINUTE + (int64_t)timestamp->second * 1000000 + timestamp->microsecond;
}
