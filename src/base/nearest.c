#include "base/nearest.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/utf8.h"

enum cost { COST_HALF = 1, COST_EDIT = 2 };

/* Of code points, by their last bits: letters and digits of ASCII are apart. */
#define KINDS 64

/* A name as code points; a byte that is no UTF-8 equals every other such byte. */
struct word {
	uint32_t codepoints[NEAREST_LENGTH_MAX];
	size_t len;
};

/* False where the name is too long. */
static bool decode(struct word *word, struct str name)
{
	size_t width;

	word->len = 0;
	for (size_t i = 0; i < name.len; i += width) {
		if (word->len == NEAREST_LENGTH_MAX)
			return false;
		word->codepoints[word->len++] = utf8_decode(str_slice(name, i, name.len), &width);
	}
	return true;
}

void nearest_init(struct nearest *nearest, struct str wanted)
{
	size_t length = utf8_length(wanted);
	size_t half_edits = length * COST_EDIT / 3;

	*nearest = (struct nearest){.wanted = wanted, .best = STR_ABSENT, .distance = half_edits};
	if (half_edits < COST_EDIT)
		nearest->distance = length < 2 ? COST_HALF : COST_EDIT;
}

static bool is_separator(uint32_t codepoint)
{
	return codepoint == '-' || codepoint == '_' || codepoint == '.';
}

static uint32_t lower(uint32_t codepoint)
{
	return codepoint >= 'A' && codepoint <= 'Z' ? codepoint + ('a' - 'A') : codepoint;
}

/* Of a code point that one name has and the other has not. */
static size_t cost_of_one(uint32_t codepoint)
{
	return is_separator(codepoint) ? COST_HALF : COST_EDIT;
}

static size_t cost_of_exchange(uint32_t a, uint32_t b)
{
	if (a == b)
		return 0;
	return lower(a) == lower(b) || (is_separator(a) && is_separator(b)) ? COST_HALF : COST_EDIT;
}

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* The rows of the table of distances that are looked back at: [0] is the present one. */
struct rows {
	size_t *row[3];
};

/* Fills the row of a's code point i and returns the smallest value in it. */
static size_t fill_row(const struct rows *rows, const struct word *a, const struct word *b, size_t i)
{
	size_t *row = rows->row[0];
	const size_t *above = rows->row[1];
	size_t least;

	row[0] = above[0] + cost_of_one(a->codepoints[i]);
	least = row[0];
	for (size_t j = 0; j < b->len; j++) {
		size_t cost = above[j] + cost_of_exchange(a->codepoints[i], b->codepoints[j]);

		cost = smaller(cost, above[j + 1] + cost_of_one(a->codepoints[i]));
		cost = smaller(cost, row[j] + cost_of_one(b->codepoints[j]));
		if (i > 0 && j > 0 && a->codepoints[i] == b->codepoints[j - 1] &&
			a->codepoints[i - 1] == b->codepoints[j])
			cost = smaller(cost, rows->row[2][j - 1] + COST_EDIT);
		row[j + 1] = cost;
		least = smaller(least, cost);
	}
	return least;
}

/* What the distance of two words is at least: a code point that one of them has more often than the other, in whatever place, takes an edit. Separators and
 * case, which cost less, are not counted; code points that fall together only lower the result. */
static size_t least_distance(const struct word *a, const struct word *b)
{
	int surplus[KINDS] = {0};
	int more = 0;
	int less = 0;

	for (size_t i = 0; i < a->len; i++)
		surplus[lower(a->codepoints[i]) % KINDS] += !is_separator(a->codepoints[i]);
	for (size_t i = 0; i < b->len; i++)
		surplus[lower(b->codepoints[i]) % KINDS] -= !is_separator(b->codepoints[i]);
	for (size_t i = 0; i < KINDS; i++) {
		more += surplus[i] > 0 ? surplus[i] : 0;
		less -= surplus[i] < 0 ? surplus[i] : 0;
	}
	return (size_t)(more > less ? more : less) * COST_EDIT;
}

/* The distance of a and b (optimal string alignment), or something above limit where it is above that. */
static size_t measure(const struct word *a, const struct word *b, size_t limit)
{
	size_t table[3][NEAREST_LENGTH_MAX + 1];
	struct rows rows = {{table[0], table[1], table[2]}};

	if ((a->len > b->len ? a->len - b->len : b->len - a->len) * COST_HALF > limit || least_distance(a, b) > limit)
		return limit + 1;
	rows.row[0][0] = 0;
	for (size_t j = 0; j < b->len; j++)
		rows.row[0][j + 1] = rows.row[0][j] + cost_of_one(b->codepoints[j]);
	for (size_t i = 0; i < a->len; i++) {
		rows = (struct rows){{rows.row[2], rows.row[0], rows.row[1]}};
		/* A transposition looks back two rows, but costs no less than the exchange that leads to the row between. */
		if (fill_row(&rows, a, b, i) > limit)
			return limit + 1;
	}
	return rows.row[0][b->len];
}

/* Whether two words are alike where they differ: names that only share an ending ("poi-password", "consdb-password") are no misspellings of each
 * other. Two edits are always forgiven, and what one word merely has more than the other. */
static bool is_misspelling(const struct word *a, const struct word *b, size_t distance)
{
	size_t shorter = smaller(a->len, b->len);
	size_t longer = a->len > b->len ? a->len : b->len;
	size_t front = 0, back = 0;

	while (front < shorter && a->codepoints[front] == b->codepoints[front])
		front++;
	while (back < shorter - front && a->codepoints[a->len - 1 - back] == b->codepoints[b->len - 1 - back])
		back++;
	if (distance <= 2 * COST_EDIT || front + back == shorter)
		return true;
	return distance <= (longer - front - back) * COST_EDIT / 2;
}

static void take(struct nearest *nearest, struct str candidate, size_t distance)
{
	if (distance > nearest->distance)
		return;
	if (distance == nearest->distance && !str_is_absent(nearest->best) &&
		str_compare(nearest->best, candidate) <= 0)
		return;
	nearest->best = candidate;
	nearest->distance = distance;
}

void nearest_offer(struct nearest *nearest, struct str candidate)
{
	struct word wanted;
	struct word offered;

	if (!decode(&wanted, nearest->wanted) || !decode(&offered, candidate))
		return;
	size_t distance = measure(&wanted, &offered, nearest->distance);
	if (distance <= nearest->distance && is_misspelling(&wanted, &offered, distance))
		take(nearest, candidate, distance);
}

static bool equal_but_for_case(struct str a, struct str b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++) {
		if (lower((unsigned char)a.ptr[i]) != lower((unsigned char)b.ptr[i]))
			return false;
	}
	return true;
}

void nearest_offer_any_case(struct nearest *nearest, struct str candidate)
{
	if (equal_but_for_case(nearest->wanted, candidate))
		take(nearest, candidate, str_equal(nearest->wanted, candidate) ? 0 : COST_HALF);
	else
		nearest_offer(nearest, candidate);
}
