#include "base/vec.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

#define CAPACITY_MIN 8

/* Below this size in bytes, memory is cheaper than to grow again. */
#define SMALL_SIZE 256

void vec_init(struct vec *vec, size_t item_size)
{
	assert(item_size > 0);
	*vec = (struct vec){.item_size = item_size};
}

void vec_release(struct vec *vec)
{
	free(vec->items);
	*vec = (struct vec){.item_size = vec->item_size};
}

void vec_clear(struct vec *vec)
{
	vec->len = 0;
}

__attribute__((noinline)) static void grow(struct vec *vec, size_t more)
{
	size_t capacity = vec->capacity > 0 ? vec->capacity : CAPACITY_MIN;
	size_t needed = xalloc_sum(vec->len, more);

	if (vec->capacity > 0 && capacity * vec->item_size < SMALL_SIZE)
		capacity *= 4;
	while (capacity < needed)
		capacity = xalloc_product(capacity, 2);
	vec->items = xgrow(vec->items, vec->capacity * vec->item_size, xalloc_product(capacity, vec->item_size));
	vec->capacity = capacity;
}

static inline void reserve(struct vec *vec, size_t more)
{
	if (more > vec->capacity - vec->len)
		grow(vec, more);
}

static char *address(const struct vec *vec, size_t index)
{
	return (char *)vec->items + index * vec->item_size;
}

void *vec_push(struct vec *vec)
{
	reserve(vec, 1);
	return memset(address(vec, vec->len++), 0, vec->item_size);
}

void vec_append(struct vec *vec, const void *items, size_t count)
{
	if (count == 0)
		return;
	reserve(vec, count);
	memcpy(address(vec, vec->len), items, count * vec->item_size);
	vec->len += count;
}

void *vec_at(const struct vec *vec, size_t index)
{
	assert(index < vec->len);
	return address(vec, index);
}

void *vec_last(const struct vec *vec)
{
	assert(vec->len > 0);
	return address(vec, vec->len - 1);
}

void vec_pop(struct vec *vec)
{
	assert(vec->len > 0);
	vec->len--;
}

/* By memcpy, since the items have the type of what they point to. */
static void *read_pointer(const void *item)
{
	void *pointer;

	memcpy(&pointer, item, sizeof(pointer));
	return pointer;
}

void *vec_pointer(const struct vec *vec, size_t index)
{
	assert(vec->item_size == sizeof(void *));
	return read_pointer(vec_at(vec, index));
}

void *vec_last_pointer(const struct vec *vec)
{
	assert(vec->item_size == sizeof(void *));
	return read_pointer(vec_last(vec));
}

void vec_push_pointer(struct vec *vec, const void *pointer)
{
	assert(vec->item_size == sizeof(void *));
	reserve(vec, 1);
	memcpy(address(vec, vec->len++), &pointer, sizeof(pointer));
}

/* The items and the runs of them that a merge sort works on: from one array into the other. */
struct merge {
	const char *from;
	char *to;
	size_t size; /* of an item */
	int (*compare)(const void *, const void *);
};

/* Pointers, which most vectors are of, are copied without a call. */
static inline void copy_item(char *to, const char *from, size_t size)
{
	if (size == sizeof(void *))
		memcpy(to, from, sizeof(void *));
	else
		memcpy(to, from, size);
}

/* Whether two runs are one already. */
static bool are_in_order(const struct merge *merge, size_t middle, size_t end)
{
	const char *right = merge->from + middle * merge->size;

	return middle == end || merge->compare(right - merge->size, right) <= 0;
}

/* Merges the sorted runs [start, middle) and [middle, end). */
static void merge_runs(const struct merge *merge, size_t start, size_t middle, size_t end)
{
	size_t left = start;
	size_t right = middle;

	if (are_in_order(merge, middle, end)) {
		memcpy(merge->to + start * merge->size, merge->from + start * merge->size, (end - start) * merge->size);
		return;
	}
	for (size_t i = start; i < end; i++) {
		const char *a = merge->from + left * merge->size;
		const char *b = merge->from + right * merge->size;
		bool take_left = right == end || (left < middle && merge->compare(a, b) <= 0);

		copy_item(merge->to + i * merge->size, take_left ? a : b, merge->size);
		left += take_left;
		right += !take_left;
	}
}

void vec_sort(struct vec *vec, int (*compare)(const void *, const void *))
{
	char *from = vec->items;
	char *to;

	if (vec->len < 2)
		return;
	to = xreallocarray(NULL, vec->capacity, vec->item_size);
	for (size_t width = 1; width < vec->len;) {
		struct merge merge = {.from = from, .to = to, .size = vec->item_size, .compare = compare};

		for (size_t start = 0; start < vec->len;) {
			size_t middle = vec->len - start > width ? start + width : vec->len;
			size_t end = vec->len - middle > width ? middle + width : vec->len;

			merge_runs(&merge, start, middle, end);
			start = end;
		}
		to = from;
		from = merge.to;
		width = width <= vec->len / 2 ? width * 2 : vec->len;
	}
	vec->items = from;
	free(to);
}
