#include "base/ascii.h"
#include "base/strbuf.h"
#include "delivery/build.h"

const struct delivery_environment *delivery_environment(const struct delivery *delivery, struct str name)
{
	return map_get(&delivery->environment_by_name, name);
}

void delivery_uses_of(struct vec *out, const struct delivery_environment *environment, struct str entry, struct str key)
{
	const struct vec *uses = map_get(&environment->uses_by_entry, entry);

	vec_init(out, sizeof(const struct vault_use *));
	for (size_t i = 0; uses && i < uses->len; i++) {
		const struct vault_use *use = vec_pointer(uses, i);
		if (str_is_absent(use->key) || str_equal(use->key, key))
			vec_push_pointer(out, use);
	}
}

const struct manifest_object *vault_use_object(const struct vault_use *use)
{
	return use->consumer ? use->consumer->manifest->object : use->producer->manifest->object;
}

const struct application *vault_use_application(const struct vault_use *use)
{
	return use->consumer ? use->consumer->application : use->producer->application;
}

struct str vault_use_key(const struct vault_use *use)
{
	return use->consumer ? use->consumer->manifest->key : use->key;
}

const char *vault_use_kind(const struct vault_use *use)
{
	return use->consumer ? consumer_kind_name(use->consumer->manifest->kind) : "vaultSecret";
}

const struct vec *delivery_producers_of(
	const struct delivery_environment *environment, struct str name_space, struct str secret)
{
	struct strbuf key = STRBUF_INIT;

	strbuf_append(&key, name_space);
	strbuf_append_char(&key, '/');
	strbuf_append(&key, secret);
	const struct vec *producers = map_get(&environment->producers_by_secret, strbuf_str(&key));
	strbuf_release(&key);
	return producers;
}

bool delivery_is_partial(const struct delivery *delivery, const struct application *application)
{
	const struct chart_info *info = chart_info_find(delivery, application->chart);
	return !info || info->partial;
}

static bool has_word(struct str text, struct str word)
{
	size_t at = 0;

	while (word.len > 0 && at + word.len <= text.len) {
		const char *found = memmem(text.ptr + at, text.len - at, word.ptr, word.len);
		if (!found)
			return false;
		size_t start = (size_t)(found - text.ptr), end = start + word.len;
		if ((start == 0 || !ascii_is_word(text.ptr[start - 1])) &&
			(end == text.len || !ascii_is_word(text.ptr[end])))
			return true;
		at = start + 1;
	}
	return false;
}

/* All templates of a chart and of those that it depends on, each chart once. Visits until told to stop. */
struct chart_walk {
	struct map seen; /* by folder */
	bool (*visit)(struct chart_walk *walk, const struct chart_info *info);
	struct str text;
};

static bool walk_charts(struct chart_walk *walk, const struct chart_info *info)
{
	if (map_has(&walk->seen, info->chart->folder))
		return false;
	map_set(&walk->seen, info->chart->folder, NULL);
	if (walk->visit(walk, info))
		return true;
	for (size_t i = 0; i < info->part_count; i++) {
		if (info->parts[i].info && walk_charts(walk, info->parts[i].info))
			return true;
	}
	return false;
}

static bool chart_mentions(struct chart_walk *walk, const struct chart_info *info)
{
	for (size_t i = 0; i < info->files.len; i++) {
		const struct template_file *file = vec_pointer(&info->files, i);
		if (has_word(file->file->source->text, walk->text))
			return true;
	}
	return false;
}

bool delivery_mentions(const struct delivery *delivery, const struct application *application, struct str text)
{
	const struct chart_info *info = chart_info_find(delivery, application->chart);
	struct chart_walk walk = {.visit = chart_mentions, .text = text};

	if (!info)
		return true;
	map_init(&walk.seen);
	bool mentions = walk_charts(&walk, info);
	map_release(&walk.seen);
	return mentions;
}

/* A walk over the uses of values in all templates of a chart and of those that it depends on. */
struct use_walk {
	delivery_use_visitor *visit;
	void *context;
	struct arena arena;   /* for templates that were not read */
	struct map parsed;    /* const struct template *: those, by path */
	struct strbuf prefix; /* what stands in front of a chart's own paths: "till.", say */
	struct strbuf path;
	unsigned depth;
	unsigned charts; /* visited so far: charts may depend on each other in circles */
};

enum { NESTING_MAX = 16, CHARTS_MAX = 5000 };

static void take_use(void *context, struct str dotted, struct span span)
{
	struct use_walk *walk = context;

	/* Globals are the same for all charts. */
	if (str_is(dotted, "global") || str_starts_with(dotted, STR("global."))) {
		walk->visit(walk->context, dotted, span);
		return;
	}
	strbuf_clear(&walk->path);
	strbuf_append(&walk->path, strbuf_str(&walk->prefix));
	strbuf_append(&walk->path, dotted);
	walk->visit(walk->context, strbuf_str(&walk->path), span);
}

static const struct template *syntax_of(struct use_walk *walk, const struct repo_file *file)
{
	void **slot = map_slot(&walk->parsed, file->path);

	if (!*slot)
		*slot = (void *)(uintptr_t)template_parse(&walk->arena, file->source->text, &TEMPLATE_HELM);
	return *slot;
}

static void walk_file(struct use_walk *walk, const struct template_file *file)
{
	struct helm_template unread = {.source = file->file->source};

	if (!file->read)
		unread.syntax = syntax_of(walk, file->file);
	helm_each_use(file->read ? file->read : &unread, take_use, walk);
}

static void walk_uses(struct use_walk *walk, const struct chart_info *info)
{
	size_t outer = walk->prefix.len;

	if (walk->depth > NESTING_MAX || walk->charts++ > CHARTS_MAX)
		return;
	walk->depth++;
	for (size_t i = 0; i < info->files.len; i++)
		walk_file(walk, vec_pointer(&info->files, i));
	for (size_t i = 0; i < info->part_count; i++) {
		const struct chart_part *part = &info->parts[i];
		if (!part->info)
			continue;
		strbuf_append(&walk->prefix, part->dependency->key);
		strbuf_append_char(&walk->prefix, '.');
		walk_uses(walk, part->info);
		strbuf_truncate(&walk->prefix, outer);
	}
	walk->depth--;
}

void delivery_each_values_use(const struct delivery *delivery, const struct application *application,
	delivery_use_visitor *visit, void *context)
{
	const struct chart_info *info = chart_info_find(delivery, application->chart);
	struct use_walk walk = {.visit = visit, .context = context, .prefix = STRBUF_INIT, .path = STRBUF_INIT};

	if (!info)
		return;
	arena_init(&walk.arena);
	map_init(&walk.parsed);
	walk_uses(&walk, info);
	strbuf_release(&walk.prefix);
	strbuf_release(&walk.path);
	map_release(&walk.parsed);
	arena_release(&walk.arena);
}

/* A search for the first use of a values path, or of something below it. */
struct use_search {
	struct str dotted;
	struct span found;
};

static void offer_use(void *context, struct str dotted, struct span span)
{
	struct use_search *search = context;
	struct str wanted = search->dotted;

	if (search->found.source || !str_starts_with(dotted, wanted))
		return;
	if (dotted.len == wanted.len || dotted.ptr[wanted.len] == '.')
		search->found = span;
}

struct span delivery_values_use(
	const struct delivery *delivery, const struct application *application, struct str dotted)
{
	struct use_search search = {.dotted = dotted, .found = {.source = NULL}};

	delivery_each_values_use(delivery, application, offer_use, &search);
	return search.found;
}
