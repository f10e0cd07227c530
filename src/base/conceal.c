#include "base/conceal.h"

static int compare_sources(const struct source *a, const struct source *b)
{
	return a == b ? 0 : str_compare(a->path, b->path);
}

static int compare_spans(const void *left, const void *right)
{
	const struct span *a = left;
	const struct span *b = right;
	int order = compare_sources(a->source, b->source);

	return order != 0 ? order : (a->start > b->start) - (a->start < b->start);
}

void conceal_sort(struct vec *spans)
{
	struct span *items;
	size_t kept = 0;

	vec_sort(spans, compare_spans);
	items = spans->items;
	for (size_t i = 0; i < spans->len; i++) {
		struct span *last = kept > 0 ? &items[kept - 1] : NULL;

		if (last == NULL || compare_sources(last->source, items[i].source) != 0 || items[i].start > last->end)
			items[kept++] = items[i];
		else if (items[i].end > last->end)
			last->end = items[i].end;
	}
	spans->len = kept;
}

/* The index of the first that ends behind the start of a span, in the order of the list. */
static size_t lower_bound(const struct vec *concealed, struct span span)
{
	size_t low = 0;
	size_t high = concealed->len;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct span *item = vec_at(concealed, middle);
		int order = compare_sources(item->source, span.source);

		if (order < 0 || (order == 0 && item->end <= span.start))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const struct span *find_at(const struct vec *concealed, size_t index, struct span span)
{
	const struct span *item = index < concealed->len ? vec_at(concealed, index) : NULL;

	return item != NULL && compare_sources(item->source, span.source) == 0 && item->start < span.end ? item : NULL;
}

const struct span *conceal_find(const struct vec *concealed, struct span span)
{
	if (concealed == NULL || concealed->len == 0 || span.source == NULL)
		return NULL;
	return find_at(concealed, lower_bound(concealed, span), span);
}

bool conceal_mask(const struct vec *concealed, struct span span, char *bytes)
{
	const struct span *item;
	bool any = false;

	if (conceal_find(concealed, span) == NULL)
		return false;
	for (size_t i = lower_bound(concealed, span); (item = find_at(concealed, i, span)) != NULL; i++) {
		uint32_t start = item->start > span.start ? item->start : span.start;
		uint32_t end = item->end < span.end ? item->end : span.end;

		memset(bytes + (start - span.start), '*', end - start);
		any = any || end > start;
	}
	return any;
}
