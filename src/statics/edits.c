#include "statics/edits.h"

#include "base/xalloc.h"

void edits_init(struct edits *edits)
{
	vec_init(&edits->list, sizeof(struct edit));
}

void edits_release(struct edits *edits)
{
	vec_release(&edits->list);
}

void edits_add(struct edits *edits, size_t start, size_t end, struct str text)
{
	*(struct edit *)vec_push(&edits->list) = (struct edit){.start = start, .end = end, .text = text};
}

static int compare_edits(const void *a, const void *b)
{
	const struct edit *first = a, *second = b;
	bool first_removes = first->end > first->start, second_removes = second->end > second->start;

	if (first->start != second->start)
		return first->start < second->start ? -1 : 1;
	return (int)first_removes - (int)second_removes;
}

/* Takes out those that overlap, and returns the size of what comes out. */
static size_t settle(struct vec *list, size_t size)
{
	size_t kept = 0, end = 0;

	vec_sort(list, compare_edits);
	for (size_t i = 0; i < list->len; i++) {
		const struct edit *edit = vec_at(list, i);

		if (edit->start < end)
			continue;
		end = edit->end;
		size = xalloc_sum(size - (edit->end - edit->start), edit->text.len);
		*(struct edit *)vec_at(list, kept++) = *edit;
	}
	list->len = kept;
	return size;
}

static char *copy(char *to, struct str text)
{
	if (text.len > 0)
		memcpy(to, text.ptr, text.len);
	return to + text.len;
}

struct str edits_apply(struct edits *edits, struct arena *arena, struct str text)
{
	size_t size, at = 0;
	char *bytes, *to;

	size = settle(&edits->list, text.len);
	bytes = arena_bytes(arena, xalloc_sum(size, 1));
	to = bytes;
	for (size_t i = 0; i < edits->list.len; i++) {
		const struct edit *edit = vec_at(&edits->list, i);

		to = copy(to, str_slice(text, at, edit->start - at));
		to = copy(to, edit->text);
		at = edit->end;
	}
	to = copy(to, str_slice(text, at, text.len));
	*to = '\0';
	return (struct str){.ptr = bytes, .len = size};
}
