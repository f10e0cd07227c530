#include "base/diag.h"

#include <assert.h>
#include <stdarg.h>

#include "base/conceal.h"

void diag_sink_init(struct diag_sink *sink)
{
	arena_init(&sink->arena);
	vec_init(&sink->diags, sizeof(struct diag *));
	vec_init(&sink->concealed, sizeof(struct span));
}

static struct diag *diag_at(const struct diag_sink *sink, size_t index)
{
	return vec_pointer(&sink->diags, index);
}

static void release_diag(struct diag *diag)
{
	vec_release(&diag->related);
	vec_release(&diag->environments);
}

void diag_sink_release(struct diag_sink *sink)
{
	for (size_t i = 0; i < sink->diags.len; i++)
		release_diag(diag_at(sink, i));
	vec_release(&sink->diags);
	vec_release(&sink->concealed);
	arena_release(&sink->arena);
}

struct diag *diag_report(struct diag_sink *sink, const struct rule *rule, struct span span, const char *format, ...)
{
	struct diag *diag = arena_alloc(&sink->arena, sizeof(*diag));
	va_list args;

	*diag = (struct diag){
		.rule = rule,
		.severity = rule->severity,
		.span = span,
		.related = VEC_INIT(struct diag_related),
		.environments = VEC_INIT(struct str),
	};
	va_start(args, format);
	diag->message = arena_vprintf(&sink->arena, format, args);
	va_end(args);
	vec_push_pointer(&sink->diags, diag);
	if (rule->sensitive)
		diag_conceal(sink, span);
	return diag;
}

void diag_relate(struct diag_sink *sink, struct diag *diag, struct span span, const char *format, ...)
{
	struct diag_related *related = vec_push(&diag->related);
	va_list args;

	related->span = span;
	va_start(args, format);
	related->message = arena_vprintf(&sink->arena, format, args);
	va_end(args);
}

void diag_environment(struct diag_sink *sink, struct diag *diag, struct str environment)
{
	struct vec *environments = &diag->environments;
	struct str *items;
	size_t place = environments->len;

	for (items = environments->items; place > 0; place--) {
		int order = str_compare(items[place - 1], environment);

		if (order == 0)
			return;
		if (order < 0)
			break;
	}
	vec_push(environments);
	items = environments->items;
	memmove(items + place + 1, items + place, (environments->len - 1 - place) * sizeof(*items));
	items[place] = arena_str(&sink->arena, environment);
}

void diag_identify(struct diag_sink *sink, struct diag *diag, struct str subject, struct str token)
{
	diag->subject = arena_str(&sink->arena, subject);
	diag->token = arena_str(&sink->arena, token);
}

void diag_conceal(struct diag_sink *sink, struct span span)
{
	if (span.source != NULL && span.end > span.start)
		vec_append(&sink->concealed, &span, 1);
}

void diag_sink_merge(struct diag_sink *sink, struct diag_sink *from)
{
	assert(sink != from);
	vec_append(&sink->diags, from->diags.items, from->diags.len);
	vec_clear(&from->diags);
	vec_append(&sink->concealed, from->concealed.items, from->concealed.len);
	vec_clear(&from->concealed);
	arena_adopt(&sink->arena, &from->arena);
}

static int compare_numbers(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static int compare_spans(struct span a, struct span b)
{
	int order;

	if (!a.source || !b.source)
		return (a.source != NULL) - (b.source != NULL);
	order = a.source == b.source ? 0 : str_compare(a.source->path, b.source->path);
	if (order == 0)
		order = compare_numbers(a.start, b.start);
	return order != 0 ? order : compare_numbers(a.end, b.end);
}

static int compare_environments(const struct vec *a, const struct vec *b)
{
	const struct str *left = a->items;
	const struct str *right = b->items;

	for (size_t i = 0; i < a->len && i < b->len; i++) {
		int order = str_compare(left[i], right[i]);

		if (order != 0)
			return order;
	}
	return compare_numbers(a->len, b->len);
}

static int compare_related(const struct vec *a, const struct vec *b)
{
	const struct diag_related *left = a->items;
	const struct diag_related *right = b->items;

	for (size_t i = 0; i < a->len && i < b->len; i++) {
		int order = compare_spans(left[i].span, right[i].span);

		if (order == 0)
			order = str_compare(left[i].message, right[i].message);
		if (order != 0)
			return order;
	}
	return compare_numbers(a->len, b->len);
}

/* Everything that a reader sees takes part, so that what compares equal is the same finding. */
static int compare_diags(const void *left, const void *right)
{
	const struct diag *a = *(struct diag *const *)left;
	const struct diag *b = *(struct diag *const *)right;
	int order = compare_spans(a->span, b->span);

	if (order == 0)
		order = strcmp(a->rule->code, b->rule->code);
	if (order == 0)
		order = str_compare(a->message, b->message);
	if (order == 0)
		order = compare_environments(&a->environments, &b->environments);
	if (order == 0)
		order = compare_related(&a->related, &b->related);
	if (order == 0)
		order = compare_numbers(a->severity, b->severity);
	if (order == 0)
		order = str_compare(a->subject, b->subject);
	return order != 0 ? order : str_compare(a->token, b->token);
}

void diag_sink_sort(struct diag_sink *sink)
{
	struct diag **diags;
	size_t kept = 0;

	vec_sort(&sink->diags, compare_diags);
	diags = sink->diags.items;
	for (size_t i = 0; i < sink->diags.len; i++) {
		if (kept > 0 && compare_diags(&diags[kept - 1], &diags[i]) == 0)
			release_diag(diags[i]);
		else
			diags[kept++] = diags[i];
	}
	sink->diags.len = kept;
	conceal_sort(&sink->concealed);
}
