#include "sync/plan_file_private.h"
#include "sync/plan_report.h"

/* Where the sentences about changes go. */
struct changes {
	struct vec *list;
	struct arena *arena;
};

static void add_change(struct changes *changes, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void add_change(struct changes *changes, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	*(struct str *)vec_push(changes->list) = arena_vprintf(changes->arena, format, args);
	va_end(args);
}

static bool same(struct str a, struct str b)
{
	return str_is_absent(a) == str_is_absent(b) && str_equal(a, b);
}

static void compare_values(struct changes *changes, const struct vec *before, const struct vec *now)
{
	struct map known;

	map_init(&known);
	for (size_t i = 0; i < before->len; i++) {
		struct plan_static *value = vec_at(before, i);

		map_set(&known, value->name, value);
	}
	for (size_t i = 0; i < now->len; i++) {
		const struct plan_static *value = vec_at(now, i), *old = map_set(&known, value->name, NULL);

		if (!old)
			add_change(changes, "the static source gives %.*s, which it did not", STR_ARG(value->name));
		else if (!same(old->state, value->state) || !same(old->digest, value->digest))
			add_change(changes, "the static source gives another value for %.*s", STR_ARG(value->name));
	}
	for (size_t i = 0; i < known.len; i++) {
		if (known.entries[i].value)
			add_change(changes, "the static source does not give %.*s any more",
				STR_ARG(known.entries[i].key));
	}
	map_release(&known);
}

static void compare_entries(struct changes *changes, const struct vec *before, const struct vec *now)
{
	struct map known;

	map_init(&known);
	for (size_t i = 0; i < before->len; i++) {
		struct plan_file_entry *entry = vec_at(before, i);

		map_set(&known, entry->name, entry);
	}
	for (size_t i = 0; i < now->len; i++) {
		const struct plan_file_entry *entry = vec_at(now, i), *old = map_set(&known, entry->name, NULL);

		if (!old)
			add_change(changes, "the store has the entry %.*s, which it had not", STR_ARG(entry->name));
		else if (!same(old->state, entry->state))
			add_change(changes, "the entry %.*s of the store was %.*s and is %.*s now",
				STR_ARG(entry->name), STR_ARG(old->state), STR_ARG(entry->state));
		else if (old->version != entry->version)
			add_change(changes, "the entry %.*s of the store had version %llu and has %llu now",
				STR_ARG(entry->name), (unsigned long long)old->version,
				(unsigned long long)entry->version);
	}
	for (size_t i = 0; i < known.len; i++) {
		if (known.entries[i].value)
			add_change(changes, "the entry %.*s of the store is gone", STR_ARG(known.entries[i].key));
	}
	map_release(&known);
}

static struct str step_name(struct arena *arena, const struct plan_file_step *step)
{
	return arena_printf(arena, "%.*s/%.*s", STR_ARG(step->entry), STR_ARG(step->key));
}

static struct str name_of(struct str made)
{
	return str_is_absent(made) ? STR("nothing else") : made;
}

/* What the files of the repository say now. */
static void compare_steps(struct changes *changes, const struct vec *before, const struct vec *now)
{
	struct map known;

	map_init(&known);
	for (size_t i = 0; i < before->len; i++) {
		struct plan_file_step *step = vec_at(before, i);

		map_set(&known, step_name(changes->arena, step), step);
	}
	for (size_t i = 0; i < now->len; i++) {
		const struct plan_file_step *step = vec_at(now, i);
		struct str name = step_name(changes->arena, step);
		const struct plan_file_step *old = map_set(&known, name, NULL);

		if (!old)
			add_change(changes, "a new step: %.*s %.*s", STR_ARG(step->action), STR_ARG(name));
		else if (!same(old->action, step->action) || old->row != step->row)
			add_change(changes, "%.*s was to be: %.*s; now it is: %.*s (row %llu of the decisions)",
				STR_ARG(name), STR_ARG(old->action), STR_ARG(step->action),
				(unsigned long long)step->row);
		else if (!same(old->made, step->made))
			add_change(changes, "%.*s was to be made from %.*s; now it is from %.*s", STR_ARG(name),
				STR_ARG(name_of(old->made)), STR_ARG(name_of(step->made)));
		else if (!same(old->digest, step->digest))
			add_change(changes, "secrets.yaml has another value for %.*s", STR_ARG(name));
	}
	for (size_t i = 0; i < known.len; i++) {
		const struct plan_file_step *old = known.entries[i].value;

		if (old)
			add_change(changes, "a step has gone: %.*s %.*s", STR_ARG(old->action),
				STR_ARG(known.entries[i].key));
	}
	map_release(&known);
}

bool plan_file_compare(const struct plan_file *file, const struct plan_subject *subject, struct vec *changes,
	struct arena *arena, struct error *error)
{
	struct changes sentences = {.list = changes, .arena = arena};
	struct vec values = VEC_INIT(struct plan_static);
	struct vec entries = VEC_INIT(struct plan_file_entry);
	struct vec steps = VEC_INIT(struct plan_file_step);
	struct str source = given_source_name(subject->given->source);
	bool good = plan_static_digest(&values, arena, subject->given, file->key, error) &&
		    plan_file_list_steps(&steps, arena, subject->plan, file->key, error);

	if (good) {
		plan_file_list_entries(&entries, subject->remote);
		if (!same(file->store, subject->plan->store_name))
			add_change(&sentences, "it was made for %.*s, and this is %.*s", STR_ARG(file->store),
				STR_ARG(subject->plan->store_name));
		if (!same(file->source_kind, source))
			add_change(&sentences, "static values came from %.*s, and come from %.*s now",
				STR_ARG(file->source_kind), STR_ARG(source));
		compare_values(&sentences, &file->values, &values);
		compare_entries(&sentences, &file->entries, &entries);
		compare_steps(&sentences, &file->steps, &steps);
	}
	vec_release(&values);
	vec_release(&entries);
	vec_release(&steps);
	return good;
}
