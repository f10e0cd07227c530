/* A growing array of items of one size. Items move when it grows: keep indices, or pointers to what does not live in it. */
#ifndef ASPIS_BASE_VEC_H
#define ASPIS_BASE_VEC_H

#include <stddef.h>

struct vec {
	void *items;
	size_t len;
	size_t capacity;
	size_t item_size;
};

#define VEC_INIT(type)                                                                                                 \
	{                                                                                                              \
		.items = NULL, .len = 0, .capacity = 0, .item_size = sizeof(type)                                      \
	}

void vec_init(struct vec *vec, size_t item_size);
void vec_release(struct vec *vec); /* what items own is the caller's */
void vec_clear(struct vec *vec);   /* keeps the memory */

/* A new zeroed item at the end, to be filled in. */
void *vec_push(struct vec *vec) __attribute__((returns_nonnull));

/* Appends count items from items. */
void vec_append(struct vec *vec, const void *items, size_t count);

/* The item at index, which must be less than len (asserted); vec_last needs one at least. */
void *vec_at(const struct vec *vec, size_t index) __attribute__((returns_nonnull));
void *vec_last(const struct vec *vec) __attribute__((returns_nonnull));
void vec_pop(struct vec *vec);

/* For a vector of pointers: the pointer itself, at an index or the last, and one more at the end. What it points to is the vector's owner's. */
void *vec_pointer(const struct vec *vec, size_t index);
void *vec_last_pointer(const struct vec *vec);
void vec_push_pointer(struct vec *vec, const void *pointer);

/* A stable sort, so that what compares equal keeps its order. */
void vec_sort(struct vec *vec, int (*compare)(const void *, const void *));

#endif
