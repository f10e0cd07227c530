/* The entries and keys of a plan: what is desired and what the store holds, side by side. */
#include <limits.h>

#include "sync/plan_private.h"

static struct planned_entry *entry_of(struct plan *plan, struct str name)
{
	void **slot = map_slot(&plan->by_name, name);

	if (!*slot) {
		struct planned_entry *entry = arena_calloc(&plan->arena, 1, sizeof(*entry));

		entry->entry.name = name;
		entry->entry.obstacle = STR_ABSENT;
		entry->entry.early_level = UINT_MAX;
		vec_init(&entry->entry.keys, sizeof(struct planned_key *));
		map_init(&entry->entry.by_key);
		vec_init(&entry->order.users, sizeof(struct planned_entry *));
		vec_init(&entry->early.users, sizeof(struct planned_entry *));
		vec_push_pointer(&plan->entries, entry);
		*slot = entry;
	}
	return *slot;
}

static struct planned_key *key_of(struct plan *plan, struct planned_entry *entry, struct str name)
{
	void **slot = map_slot(&entry->entry.by_key, name);

	if (!*slot) {
		struct planned_key *key = arena_calloc(&plan->arena, 1, sizeof(*key));

		key->key.entry = &entry->entry;
		key->key.key = name;
		key->key.generate = GENERATE_TYPE_COUNT;
		key->key.malformed = STR_ABSENT;
		key->key.reason = STR_ABSENT;
		key->cause = STR_ABSENT;
		vec_push_pointer(&entry->entry.keys, key);
		*slot = key;
	}
	return *slot;
}

struct planned_key *plan_planned_key(const struct plan *plan, struct str entry, struct str key)
{
	return (struct planned_key *)plan_find_key(plan, entry, key);
}

static void add_desired(struct plan *plan, const struct resolved_application *application)
{
	struct planned_entry *entry;

	if (application->secrets.len == 0)
		return;
	entry = entry_of(plan, application->application->name);
	entry->entry.application = application;
	for (size_t i = 0; i < application->secrets.len; i++) {
		const struct resolved_secret *secret = vec_pointer(&application->secrets, i);
		struct planned_key *key = key_of(plan, entry, secret->spec->key);

		key->key.secret = secret;
		key->key.managed = true;
		if (secret->origin == ORIGIN_GENERATE)
			key->key.generate = secret->spec->generate.type;
	}
}

/* A version that was deleted is only a number to write after. */
static void add_stored(struct plan *plan, const struct store_entry *stored)
{
	struct planned_entry *entry = map_get(&plan->by_name, stored->name);

	if (stored->state == STORE_PRESENT) {
		entry = entry_of(plan, stored->name);
		entry->entry.stored = stored;
		entry->entry.obstacle = stored->obstacle;
		for (size_t i = 0; i < stored->values.len; i++) {
			const struct store_value *value = vec_at(&stored->values, i);

			key_of(plan, entry, value->key)->key.stored = value;
		}
	}
	if (entry)
		entry->entry.cas = stored->version;
}

/* It is desired where the source names one, and is nobody's but ours where the store has one. */
static void add_pull_secret(struct planner *planner)
{
	const struct given_values *given = planner->input->given;
	struct plan *plan = planner->plan;
	struct planned_key *key;

	key = plan_planned_key(plan, PULL_SECRET_ENTRY, PULL_SECRET_KEY);
	if (!(given && given->names_pull_secret && given->registries.len > 0) && !(key && plan_held(&key->key)))
		return;
	key = key_of(plan, entry_of(plan, PULL_SECRET_ENTRY), PULL_SECRET_KEY);
	key->contested = key->key.managed;
	key->pull_secret = true;
	key->key.managed = true;
}

static int compare_entries(const void *a, const void *b)
{
	const struct plan_entry *first = *(struct plan_entry *const *)a, *second = *(struct plan_entry *const *)b;

	return str_compare(first->name, second->name);
}

static int compare_keys(const void *a, const void *b)
{
	const struct plan_key *first = *(struct plan_key *const *)a, *second = *(struct plan_key *const *)b;

	return str_compare(first->key, second->key);
}

static void link_sources(struct plan *plan, struct plan_entry *entry)
{
	for (size_t i = 0; i < entry->keys.len; i++) {
		struct planned_key *key = planned_key_at(&entry->keys, i);
		const struct resolved_secret *source = key->key.secret ? key->key.secret->source : NULL;
		struct planned_key *found =
			source ? plan_planned_key(plan, source->application->name, source->spec->key) : NULL;

		key->key.source = found ? &found->key : NULL;
	}
}

/* Who is to be followed to which entry, asked for once for all. */
static void mark_used(struct planner *planner)
{
	const struct delivery_environment *delivery = planner->input->delivery;

	for (size_t i = 0; delivery && i < delivery->producers.len; i++) {
		const struct delivery_producer *producer = vec_pointer(&delivery->producers, i);
		struct planned_entry *entry = NULL;

		if (!str_is_absent(producer->entry) && !producer->elsewhere)
			entry = map_get(&planner->plan->by_name, producer->entry);
		if (entry)
			entry->is_used = true;
	}
}

void plan_add_entries(struct planner *planner)
{
	const struct plan_input *input = planner->input;
	struct plan *plan = planner->plan;

	for (size_t i = 0; i < input->resolution->applications.len; i++)
		add_desired(plan, vec_pointer(&input->resolution->applications, i));
	for (size_t i = 0; i < input->remote->entries.len; i++)
		add_stored(plan, vec_pointer(&input->remote->entries, i));
	add_pull_secret(planner);
	/* The pull secret may be the first to ask for an entry that was deleted. */
	for (size_t i = 0; i < input->remote->entries.len; i++)
		add_stored(plan, vec_pointer(&input->remote->entries, i));
	vec_sort(&plan->entries, compare_entries);
	for (size_t i = 0; i < plan->entries.len; i++) {
		struct plan_entry *entry = vec_pointer(&plan->entries, i);

		entry->excluded = plan_is_excluded(planner, entry->name);
		vec_sort(&entry->keys, compare_keys);
		link_sources(plan, entry);
	}
	mark_used(planner);
}
