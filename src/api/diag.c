#include <aspis/diag.h>

#include <assert.h>
#include <stdlib.h>

#include "api/api.h"
#include "base/xalloc.h"

/* Texts of the sink are NUL-terminated; paths of sources need not be, so they are copied. */
struct aspis_diag {
	const struct diag *diag;
	const char *path;
	const char **related_paths;
};

static const char *path_of(struct arena *arena, struct span span)
{
	return span.source ? api_text(arena, span.source->path) : ".";
}

static void wrap(struct aspis_diag *item, struct arena *arena, const struct diag *diag)
{
	item->diag = diag;
	item->path = path_of(arena, diag->span);
	item->related_paths = arena_calloc(arena, diag->related.len, sizeof(*item->related_paths));
	for (size_t i = 0; i < diag->related.len; i++) {
		const struct diag_related *related = vec_at(&diag->related, i);
		item->related_paths[i] = path_of(arena, related->span);
	}
}

struct aspis_diag_list *api_diag_list(struct diag_sink *sink, size_t files)
{
	struct aspis_diag_list *list = xcalloc(1, sizeof(*list));

	diag_sink_init(&list->sink);
	diag_sink_merge(&list->sink, sink);
	list->files = files;
	list->items = xcalloc(list->sink.diags.len, sizeof(*list->items));
	for (size_t i = 0; i < list->sink.diags.len; i++)
		wrap(&list->items[i], &list->sink.arena, vec_pointer(&list->sink.diags, i));
	return list;
}

void aspis_diag_list_free(struct aspis_diag_list *list)
{
	if (!list)
		return;
	free(list->items);
	diag_sink_release(&list->sink);
	free(list);
}

size_t aspis_diag_list_count(const struct aspis_diag_list *list)
{
	return list->sink.diags.len;
}

const struct aspis_diag *aspis_diag_list_at(const struct aspis_diag_list *list, size_t index)
{
	assert(index < list->sink.diags.len);
	return &list->items[index];
}

size_t aspis_diag_list_count_severity(const struct aspis_diag_list *list, enum aspis_severity severity)
{
	size_t count = 0;
	for (size_t i = 0; i < list->sink.diags.len; i++)
		count += aspis_diag_severity(&list->items[i]) == severity;
	return count;
}

int aspis_diag_list_exit_status(const struct aspis_diag_list *list, enum aspis_severity fail_on)
{
	int status = 0;
	for (size_t i = 0; i < list->sink.diags.len; i++) {
		const struct aspis_diag *item = &list->items[i];
		if (item->diag->rule->stop)
			return 3;
		if (aspis_diag_severity(item) >= fail_on)
			status = 1;
	}
	return status;
}

const struct aspis_rule *aspis_diag_rule(const struct aspis_diag *diag)
{
	return api_public_rule(diag->diag->rule);
}

enum aspis_severity aspis_diag_severity(const struct aspis_diag *diag)
{
	return (enum aspis_severity)diag->diag->severity;
}

const char *aspis_diag_message(const struct aspis_diag *diag)
{
	return diag->diag->message.ptr;
}

struct aspis_span api_span(struct span span, const char *path)
{
	struct aspis_span result = {.path = path, .start_line = 1, .start_column = 1, .end_line = 1, .end_column = 1};
	if (span.source) {
		struct position start = source_position(span.source, span.start);
		struct position end = source_position(span.source, span.end);
		result.start_line = start.line;
		result.start_column = start.column;
		result.end_line = end.line;
		result.end_column = end.column;
	}
	return result;
}

struct aspis_span aspis_diag_span(const struct aspis_diag *diag)
{
	return api_span(diag->diag->span, diag->path);
}

size_t aspis_diag_environment_count(const struct aspis_diag *diag)
{
	return diag->diag->environments.len;
}

const char *aspis_diag_environment(const struct aspis_diag *diag, size_t index)
{
	return ((const struct str *)vec_at(&diag->diag->environments, index))->ptr;
}

size_t aspis_diag_related_count(const struct aspis_diag *diag)
{
	return diag->diag->related.len;
}

struct aspis_span aspis_diag_related_span(const struct aspis_diag *diag, size_t index)
{
	const struct diag_related *related = vec_at(&diag->diag->related, index);
	return api_span(related->span, diag->related_paths[index]);
}

const char *aspis_diag_related_message(const struct aspis_diag *diag, size_t index)
{
	return ((const struct diag_related *)vec_at(&diag->diag->related, index))->message.ptr;
}
