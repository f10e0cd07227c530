#include <stdlib.h>

#include "base/strbuf.h"
#include "base/xalloc.h"
#include "delivery/build.h"

/* So many things that a template came to are remembered. Where as many have never been of use, what it reads differs everywhere, and nothing is tried any more. */
enum { VARIANTS_MAX = 6 };

/* What differs between environments. */
enum { ROOT_VALUES, ROOT_RELEASE, ROOT_COUNT };

struct variant {
	const struct map *names; /* those that were known to it */
	struct data_reading reading;
	bool with_places; /* something stands in a values file */
	const struct outcome *outcome;
	struct variant *next;
};

struct remembered_file {
	struct variant *variants; /* the one that was of use last comes first */
	unsigned variant_count;
	bool useful;
};

/* By application, since charts of different ones may have the same name. */
struct remembered_instance {
	struct remembered_file *files; /* of the chart, by number */
};

struct memory {
	const struct delivery *delivery;
	struct map instances; /* struct remembered_instance * */
	struct arena arena;
	struct data_log log;
	bool disturbed; /* something that nobody watches was changed since data was made */
	struct remembered_instance *instance;
	const struct data *roots[ROOT_COUNT];
	const struct map *names;
	bool noting;
};

struct memory *memory_new(const struct delivery *delivery)
{
	struct memory *memory = xcalloc(1, sizeof(*memory));

	memory->delivery = delivery;
	map_init(&memory->instances);
	arena_init(&memory->arena);
	data_log_init(&memory->log);
	return memory;
}

void memory_free(struct memory *memory)
{
	map_release(&memory->instances);
	arena_release(&memory->arena);
	data_log_release(&memory->log);
	free(memory);
}

void memory_watch(struct memory *memory, struct arena *arena, const struct data *values, const struct data *release)
{
	data_watch(arena, values, &memory->log, ROOT_VALUES);
	data_watch(arena, release, &memory->log, ROOT_RELEASE);
}

bool memory_begin(struct memory *memory)
{
	bool disturbed = memory->disturbed;

	memory->disturbed = false;
	return disturbed;
}

void memory_begin_instance(struct memory *memory, struct arena *scratch, const struct application *application,
	const struct instance *instance, const struct map *names)
{
	struct strbuf key = STRBUF_INIT;
	const struct data *root = instance->root;

	strbuf_append(&key, application->folder);
	strbuf_append_char(&key, '\n');
	strbuf_append(&key, instance->path);
	memory->instance = map_get(&memory->instances, strbuf_str(&key));
	if (!memory->instance) {
		memory->instance = arena_alloc(&memory->arena, sizeof(*memory->instance));
		memory->instance->files =
			arena_calloc(&memory->arena, instance->info->files.len, sizeof(*memory->instance->files));
		map_set(&memory->instances, arena_str(&memory->arena, strbuf_str(&key)), memory->instance);
	}
	strbuf_release(&key);
	memory->roots[ROOT_VALUES] = data_get(scratch, root, STR("Values"));
	memory->roots[ROOT_RELEASE] = data_get(scratch, root, STR("Release"));
	memory->names = names;
}

const struct outcome *memory_find(struct memory *memory, struct arena *scratch, size_t file)
{
	struct remembered_file *remembered = &memory->instance->files[file];

	memory->noting = false;
	if (memory->disturbed || (remembered->variant_count == VARIANTS_MAX && !remembered->useful))
		return NULL;
	for (struct variant **link = &remembered->variants; *link; link = &(*link)->next) {
		struct variant *variant = *link;
		if (variant->names != memory->names ||
			!data_reading_holds(&variant->reading, scratch, memory->roots, variant->with_places))
			continue;
		*link = variant->next;
		variant->next = remembered->variants;
		remembered->variants = variant;
		remembered->useful = true;
		return variant->outcome;
	}
	memory->noting = remembered->variant_count < VARIANTS_MAX;
	if (memory->noting)
		data_log_begin(&memory->log);
	return NULL;
}

/* Whether a place is in a template, or nowhere. */
static bool is_in_template(const struct memory *memory, struct span span)
{
	return !span.source || map_has(&memory->delivery->template_by_path, span.source->path);
}

static bool producer_is_in_template(const struct memory *memory, const struct manifest_producer *producer)
{
	bool result = is_in_template(memory, producer->object->span) && is_in_template(memory, producer->secret_span) &&
		      (!producer->path || is_in_template(memory, producer->path->span));

	for (size_t i = 0; i < producer->keys.len && result; i++)
		result = is_in_template(memory, ((const struct produced_key *)vec_at(&producer->keys, i))->span);
	return result;
}

static bool outcome_is_in_template(const struct memory *memory, const struct outcome *outcome)
{
	bool result = true;

	for (size_t i = 0; i < outcome->producer_count && result; i++)
		result = producer_is_in_template(memory, &outcome->producers[i]);
	for (size_t i = 0; i < outcome->consumer_count && result; i++) {
		const struct manifest_consumer *consumer = &outcome->consumers[i];
		result = is_in_template(memory, consumer->object->span) &&
			 is_in_template(memory, consumer->secret_span) && is_in_template(memory, consumer->key_span);
	}
	return result;
}

void memory_add(struct memory *memory, size_t file, const struct outcome *outcome, const struct evaluation *evaluation)
{
	struct remembered_file *remembered = &memory->instance->files[file];
	bool complete = memory->noting && data_log_end(&memory->log);
	struct variant *variant;

	memory->disturbed = memory->disturbed || evaluation->changes_others;
	if (!complete || memory->disturbed)
		return;
	variant = arena_alloc(&memory->arena, sizeof(*variant));
	variant->names = memory->names;
	variant->reading = data_log_keep(&memory->log, &memory->arena);
	variant->with_places = !outcome_is_in_template(memory, outcome);
	variant->outcome = outcome;
	variant->next = remembered->variants;
	remembered->variants = variant;
	remembered->variant_count++;
}
