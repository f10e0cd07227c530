#include "sync/copy.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "generate/verify.h"
#include "store/json_values.h"

void copy_init(struct copy *copy)
{
	arena_init(&copy->arena);
	vec_init(&copy->steps, sizeof(struct copy_step));
}

void copy_release(struct copy *copy)
{
	for (size_t i = 0; i < copy->steps.len; i++) {
		struct copy_step *step = vec_at(&copy->steps, i);
		vec_release(&step->keys);
		vec_release(&step->dropped);
	}
	vec_release(&copy->steps);
	arena_release(&copy->arena);
}

static bool is_named(struct str name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (str_is(name, names[i]))
			return true;
	}
	return false;
}

/* Whether two values are the same to whoever reads them. */
static bool is_same(const struct store_value *a, const struct store_value *b)
{
	if (a->text && b->text)
		return secret_equal(a->text, b->text);
	if (a->text || b->text)
		return false;
	return secret_equal(a->json, b->json) || verify_json_equal(a->json, b->json);
}

static void compare(struct copy_step *step, const struct store_entry *from, const struct store_entry *to)
{
	for (size_t i = 0; i < from->values.len; i++) {
		const struct store_value *value = vec_at(&from->values, i);
		const struct store_value *there = to ? store_entry_find(to, value->key) : NULL;
		if (!there || !is_same(value, there))
			*(struct str *)vec_push(&step->keys) = value->key;
	}
	for (size_t i = 0; to && i < to->values.len; i++) {
		const struct store_value *value = vec_at(&to->values, i);
		if (!store_entry_find(from, value->key))
			*(struct str *)vec_push(&step->dropped) = value->key;
	}
}

static void plan_entry(struct copy *copy, const struct store_entry *from, const struct store_entry *to, bool overwrite)
{
	struct copy_step *step = vec_push(&copy->steps);
	const struct store_entry *there = to && to->state == STORE_PRESENT ? to : NULL;

	*step = (struct copy_step){.entry = from, .version = to ? to->version : 0, .failure = STR_ABSENT};
	vec_init(&step->keys, sizeof(struct str));
	vec_init(&step->dropped, sizeof(struct str));
	compare(step, from, there);
	if (!str_is_absent(from->obstacle)) {
		step->action = COPY_BLOCK;
		step->failure = from->obstacle;
	} else if (!there) {
		step->action = COPY_CREATE;
	} else if (step->keys.len == 0 && step->dropped.len == 0) {
		step->action = COPY_KEEP;
	} else {
		step->action = overwrite ? COPY_OVERWRITE : COPY_REFUSE;
	}
}

static bool check_names(const struct store_snapshot *from, const struct copy_options *options, struct error *error)
{
	for (size_t i = 0; i < options->only_count; i++) {
		const struct store_entry *entry = store_snapshot_find(from, str_of(options->only[i]));
		if (!entry || entry->state != STORE_PRESENT)
			return error_set(error, ERROR_USAGE, "there is no entry '%s' to be copied", options->only[i]);
	}
	return true;
}

bool copy_plan(struct copy *copy, const struct store_snapshot *from, const struct store_snapshot *to,
	const struct copy_options *options, struct error *error)
{
	if (!check_names(from, options, error))
		return false;
	for (size_t i = 0; i < from->entries.len; i++) {
		const struct store_entry *entry = vec_pointer(&from->entries, i);
		bool wanted = !options->only || is_named(entry->name, options->only, options->only_count);
		if (entry->state == STORE_PRESENT && wanted &&
			!is_named(entry->name, options->exclude, options->exclude_count))
			plan_entry(copy, entry, store_snapshot_find(to, entry->name), options->overwrite);
	}
	return true;
}

size_t copy_count(const struct copy *copy, enum copy_action action)
{
	size_t count = 0;

	for (size_t i = 0; i < copy->steps.len; i++)
		count += ((const struct copy_step *)vec_at(&copy->steps, i))->action == action;
	return count;
}

/* A write that is under way. */
struct writing {
	struct copy *copy;
	struct store *to;
	struct copy_step *step;
	struct secret *body;
};

static void fail(struct writing *writing, const char *why)
{
	writing->step->outcome = COPY_FAILED;
	writing->step->failure = arena_str(&writing->copy->arena, str_of(why));
}

/* The connection was lost: the entry tells whether it was written. */
static void on_reread(void *context, const struct store_entry *entry, const struct error *error)
{
	struct writing *writing = context;
	struct copy_step compared;

	if (!entry) {
		fail(writing, error->message);
		return;
	}
	vec_init(&compared.keys, sizeof(struct str));
	vec_init(&compared.dropped, sizeof(struct str));
	compare(&compared, writing->step->entry, entry);
	if (entry->state == STORE_PRESENT && compared.keys.len == 0 && compared.dropped.len == 0)
		writing->step->outcome = COPY_DONE;
	else
		fail(writing, "the connection was lost, and it has not been written");
	vec_release(&compared.keys);
	vec_release(&compared.dropped);
}

static void on_written(void *context, enum store_outcome outcome, uint64_t version, const struct error *error)
{
	struct writing *writing = context;

	(void)version;
	switch (outcome) {
	case STORE_DONE:
		writing->step->outcome = COPY_DONE;
		break;
	case STORE_CONFLICT:
		fail(writing, "somebody else has written it meanwhile, and it is left as it is");
		break;
	case STORE_FAILED:
		fail(writing, error->message);
		break;
	case STORE_UNCERTAIN:
		store_entry_start(writing->to, writing->step->entry->name, on_reread, writing);
		break;
	}
}

static void write_start(struct writing *writing)
{
	struct error error = ERROR_INIT;
	struct copy_step *step = writing->step;

	writing->body = json_values_write(&step->entry->values, 0, &error);
	if (writing->body)
		store_write_start(writing->to, step->entry->name, step->version, writing->body, on_written, writing);
	else
		fail(writing, error.message);
	error_release(&error);
}

bool copy_apply(struct copy *copy, struct store *to)
{
	struct writing *writings = xcalloc(copy->steps.len, sizeof(*writings));
	bool all = true;

	for (size_t i = 0; i < copy->steps.len; i++) {
		struct copy_step *step = vec_at(&copy->steps, i);
		writings[i] = (struct writing){.copy = copy, .to = to, .step = step};
		if (step->action == COPY_CREATE || step->action == COPY_OVERWRITE)
			write_start(&writings[i]);
	}
	store_run(to);
	for (size_t i = 0; i < copy->steps.len; i++) {
		all = all && writings[i].step->outcome != COPY_FAILED;
		secret_free(writings[i].body);
	}
	free(writings);
	return all;
}
