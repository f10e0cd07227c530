/* Whether two texts are the same JSON value. */
#include <stdint.h>

#include "base/ascii.h"
#include "generate/json_private.h"
#include "generate/verify.h"

/* The decimal digits of a number that count, among others, and where its point is: 0.d1d2d3… × 10^exponent. */
struct decimal_number {
	struct str text; /* from the first digit that counts to the last one; a point may be among them */
	size_t count;    /* of digits; 0: it is zero */
	int64_t exponent;
	bool negative;
};

/* As read, but for exponents beyond all measure, which become the largest there is. */
static int64_t read_exponent(struct str text)
{
	static const int64_t bound = INT64_C(1) << 60;
	bool negative = text.len > 0 && text.ptr[0] == '-';
	int64_t value = 0;

	for (size_t i = 0; i < text.len && value < bound / 16; i++) {
		if (ascii_is_digit(text.ptr[i]))
			value = 10 * value + (text.ptr[i] - '0');
	}
	return negative ? -value : value;
}

static bool is_exponent(char c)
{
	return c == 'e' || c == 'E';
}

static struct decimal_number read_decimal(struct str text)
{
	struct decimal_number number = {.negative = text.ptr[0] == '-'};
	size_t first = SIZE_MAX, last = 0, end = 0, digits = 0;

	text = str_slice(text, number.negative, text.len);
	while (end < text.len && !is_exponent(text.ptr[end]))
		end++;
	number.exponent = (int64_t)str_find(str_slice(text, 0, end), '.');
	for (size_t i = 0; i < end; i++) {
		if (text.ptr[i] == '.')
			continue;
		digits++;
		if (text.ptr[i] == '0')
			continue;
		if (first == SIZE_MAX) {
			first = i;
			number.exponent -= (int64_t)digits - 1;
			digits = 1;
		}
		last = i;
		number.count = digits;
	}
	if (number.count == 0)
		return (struct decimal_number){.count = 0};
	number.text = str_slice(text, first, last + 1 - first);
	if (end < text.len)
		number.exponent += read_exponent(str_slice(text, end + 1, text.len));
	return number;
}

static bool numbers_equal(struct str a, struct str b)
{
	struct decimal_number left = read_decimal(a), right = read_decimal(b);
	size_t i = 0, j = 0;

	if (left.count != right.count || left.exponent != right.exponent || left.negative != right.negative)
		return false;
	while (i < left.text.len && j < right.text.len) {
		if (left.text.ptr[i] == '.') {
			i++;
		} else if (right.text.ptr[j] == '.') {
			j++;
		} else if (left.text.ptr[i++] != right.text.ptr[j++]) {
			return false;
		}
	}
	return true;
}

static bool is_number(const struct node *node)
{
	return node->type == TYPE_INT || node->type == TYPE_FLOAT;
}

static bool values_equal(const struct node *a, const struct node *b);

/* Of a member that is there twice, the later counts. */
static bool objects_equal(const struct node *a, const struct node *b)
{
	const struct node_pair *pair;
	struct node_pairs walk;
	size_t members = 0, others = 0;
	bool equal = true;

	for (node_pairs_begin(&walk, a); equal && (pair = node_pairs_next(&walk)); members++) {
		const struct node *other = node_get(b, pair->key->scalar);

		equal = other && values_equal(pair->value, other);
	}
	node_pairs_end(&walk);
	for (node_pairs_begin(&walk, b); equal && node_pairs_next(&walk);)
		others++;
	node_pairs_end(&walk);
	return equal && members == others;
}

static bool arrays_equal(const struct node *a, const struct node *b)
{
	bool equal = a->sequence.count == b->sequence.count;

	for (uint32_t i = 0; equal && i < a->sequence.count; i++)
		equal = values_equal(a->sequence.items[i], b->sequence.items[i]);
	return equal;
}

static bool values_equal(const struct node *a, const struct node *b)
{
	if (is_number(a) && is_number(b))
		return numbers_equal(a->scalar, b->scalar);
	if (a->type != b->type)
		return false;
	if (a->kind == NODE_MAPPING)
		return objects_equal(a, b);
	return a->kind == NODE_SEQUENCE ? arrays_equal(a, b) : str_equal(a->scalar, b->scalar);
}

void secret_json_init(struct secret_json *json, struct secret *value)
{
	arena_init_sensitive(&json->arena);
	json->stream = json_load(&json->arena, STR("value"), secret_str(value));
	json->root = json->stream->broken ? NULL : yaml_root(json->stream);
}

void secret_json_release(struct secret_json *json)
{
	yaml_stream_release(json->stream);
	arena_release(&json->arena);
}

bool verify_json_equal(struct secret *a, struct secret *b)
{
	struct secret_json left, right;
	bool equal;

	if (secret_equal(a, b))
		return true;
	secret_json_init(&left, a);
	secret_json_init(&right, b);
	equal = left.root && right.root && values_equal(left.root, right.root);
	secret_json_release(&right);
	secret_json_release(&left);
	return equal;
}
