/* The order of writes: only values that are generated order entries. An entry is written after those whose new values it copies, as soon as they are; of entries that
 * wait for each other, what is generated is written first by itself. */
#include <limits.h>

#include "sync/plan_private.h"

static struct planned_entry *entry_of(const struct plan_key *key)
{
	return (struct planned_entry *)key->entry;
}

/* The key of another entry whose new value a key copies; NULL: none. */
static const struct plan_key *awaited(const struct planned_key *key)
{
	const struct plan_key *root = key->root;

	if (key->key.value_kind != PLAN_VALUE_COPIED || root->value_kind != PLAN_VALUE_GENERATED ||
		root->entry == key->key.entry)
		return NULL;
	return root;
}

static void wait_for(struct planned_order *order, struct planned_order *awaited_order, struct planned_entry *entry)
{
	vec_push_pointer(&awaited_order->users, entry);
	order->waits++;
}

static void add_edges(struct planned_entry *entry)
{
	for (size_t i = 0; i < entry->entry.keys.len; i++) {
		const struct plan_key *root = awaited(planned_key_at(&entry->entry.keys, i));

		if (root)
			wait_for(&entry->order, &entry_of(root)->order, entry);
	}
}

static void place(struct vec *queue, struct planned_entry *entry, unsigned level)
{
	entry->order.placed = true;
	entry->entry.level = level;
	vec_push_pointer(queue, entry);
}

/* Places all that wait for nothing any more, those that wait for the entries of queue, which are placed, from next on. */
static void spread(struct vec *queue, size_t next)
{
	for (; next < queue->len; next++) {
		const struct planned_entry *entry = vec_pointer(queue, next);

		for (size_t i = 0; i < entry->order.users.len; i++) {
			struct planned_entry *user = vec_pointer(&entry->order.users, i);

			if (user->order.base <= entry->entry.level)
				user->order.base = entry->entry.level + 1;
			if (--user->order.waits == 0 && !user->order.placed)
				place(queue, user, user->order.base);
		}
	}
}

/* For how many keys of entries that are not placed yet others wait for this one. */
static size_t count_users(const struct planned_entry *entry)
{
	size_t count = 0;

	for (size_t i = 0; i < entry->order.users.len; i++) {
		const struct planned_entry *user = vec_pointer(&entry->order.users, i);

		count += !user->order.placed;
	}
	return count;
}

/* Marks those that wait for each other, and who stands between such: of entries that are not placed, whoever no other waits for is none of them, again and again. */
static void find_core(const struct vec *left)
{
	struct vec queue = VEC_INIT(struct planned_entry *);
	struct vec counts = VEC_INIT(size_t);

	for (size_t i = 0; i < left->len; i++) {
		struct planned_entry *entry = vec_pointer(left, i);
		size_t *count = vec_push(&counts);

		entry->index = i;
		entry->core = true;
		*count = count_users(entry);
		if (*count == 0)
			vec_push_pointer(&queue, entry);
	}
	for (size_t next = 0; next < queue.len; next++) {
		struct planned_entry *entry = vec_pointer(&queue, next);

		entry->core = false;
		for (size_t i = 0; i < entry->entry.keys.len; i++) {
			const struct plan_key *root = awaited(planned_key_at(&entry->entry.keys, i));

			if (root && !entry_of(root)->order.placed &&
				--*(size_t *)vec_at(&counts, entry_of(root)->index) == 0)
				vec_push_pointer(&queue, entry_of(root));
		}
	}
	vec_release(&counts);
	vec_release(&queue);
}

static bool is_derived(const struct planned_key *key)
{
	return key->key.value_kind == PLAN_VALUE_GENERATED && generate_type_is_derived(key->key.generate);
}

/* Appends what is derived from a key in its own application. */
static void push_derived(const struct plan *plan, struct vec *keys, struct planned_key *source)
{
	const struct resolved_secret *user = source->key.secret->first_user;

	if (source->spread)
		return;
	source->spread = true;
	for (; user; user = user->next_user) {
		struct planned_key *key = user->origin == ORIGIN_GENERATE
						  ? plan_planned_key(plan, user->application->name, user->spec->key)
						  : NULL;

		if (key && is_derived(key))
			vec_push_pointer(keys, key);
	}
}

/* A value, what it is derived from and what is derived of that are written at the same time: if nothing came after that write, a later run could not know that a time
 * has to change. */
static void mark_early(const struct plan *plan, const struct plan_key *root)
{
	struct vec keys = VEC_INIT(struct planned_key *);

	vec_push_pointer(&keys, root);
	while (keys.len > 0) {
		struct planned_key *key = vec_last_pointer(&keys);

		vec_pop(&keys);
		if (key->key.early || !plan_changes(key->key.action))
			continue;
		key->key.early = true;
		push_derived(plan, &keys, key);
		if (!is_derived(key))
			continue;
		vec_push_pointer(&keys, key->key.source);
		push_derived(plan, &keys, (struct planned_key *)key->key.source);
	}
	vec_release(&keys);
}

static void add_early_edges(struct planned_entry *entry)
{
	for (size_t i = 0; i < entry->entry.keys.len; i++) {
		const struct planned_key *key = planned_key_at(&entry->entry.keys, i);
		const struct plan_key *root = key->key.early ? awaited(key) : NULL;

		if (root && entry_of(root)->core)
			wait_for(&entry->early, &entry_of(root)->early, entry);
	}
}

static bool has_early(const struct planned_entry *entry)
{
	for (size_t i = 0; i < entry->entry.keys.len; i++) {
		if (planned_key_at(&entry->entry.keys, i)->key.early)
			return true;
	}
	return false;
}

static void place_early(struct vec *queue, struct planned_entry *entry, unsigned level)
{
	entry->early.placed = true;
	entry->entry.early_level = level;
	vec_push_pointer(queue, entry);
}

/* Levels of the early writes of the core, from base on; returns the level behind the last. */
static unsigned order_early(const struct vec *core, unsigned base)
{
	struct vec queue = VEC_INIT(struct planned_entry *);
	unsigned end = base + 1;

	for (size_t i = 0; i < core->len; i++) {
		struct planned_entry *entry = vec_pointer(core, i);

		if (has_early(entry) && entry->early.waits == 0)
			place_early(&queue, entry, base);
	}
	for (size_t next = 0; next < queue.len; next++) {
		const struct planned_entry *entry = vec_pointer(&queue, next);

		end = entry->entry.early_level + 1;
		for (size_t i = 0; i < entry->early.users.len; i++) {
			struct planned_entry *user = vec_pointer(&entry->early.users, i);

			if (--user->early.waits == 0)
				place_early(&queue, user, end);
		}
	}
	/* Values that are derived across and back again: a later run makes good what one cannot. */
	for (size_t i = 0; i < core->len; i++) {
		struct planned_entry *entry = vec_pointer(core, i);

		if (has_early(entry) && !entry->early.placed)
			place_early(&queue, entry, base);
	}
	vec_release(&queue);
	return end;
}

static void collect(struct vec *out, const struct vec *entries, bool core)
{
	for (size_t i = 0; i < entries->len; i++) {
		struct planned_entry *entry = vec_pointer(entries, i);

		if (entry->entry.action == PLAN_ENTRY_WRITE && !entry->order.placed && (!core || entry->core))
			vec_push_pointer(out, entry);
	}
}

/* Entries that wait for each other get an early write, and with that wait no more. */
static void part_core(const struct plan *plan, struct vec *queue)
{
	struct vec left = VEC_INIT(struct planned_entry *), core = VEC_INIT(struct planned_entry *);
	size_t next = queue->len;
	unsigned base = 0, level;

	collect(&left, &plan->entries, false);
	find_core(&left);
	collect(&core, &left, true);
	for (size_t i = 0; i < core.len; i++) {
		struct planned_entry *entry = vec_pointer(&core, i);

		base = entry->order.base > base ? entry->order.base : base;
		for (size_t j = 0; j < entry->entry.keys.len; j++) {
			const struct plan_key *root = awaited(planned_key_at(&entry->entry.keys, j));

			if (root && entry_of(root)->core)
				mark_early(plan, root);
		}
	}
	for (size_t i = 0; i < core.len; i++)
		add_early_edges(vec_pointer(&core, i));
	level = order_early(&core, base);
	for (size_t i = 0; i < core.len; i++)
		place(queue, vec_pointer(&core, i), level);
	spread(queue, next);
	vec_release(&left);
	vec_release(&core);
}

/* Deletions come last: with the last writes. */
static void place_deletions(struct plan *plan)
{
	for (size_t i = 0; i < plan->entries.len; i++) {
		struct plan_entry *entry = vec_pointer(&plan->entries, i);

		if (entry->action == PLAN_ENTRY_WRITE && entry->level >= plan->level_count)
			plan->level_count = entry->level + 1;
	}
	for (size_t i = 0; i < plan->entries.len; i++) {
		struct plan_entry *entry = vec_pointer(&plan->entries, i);

		if (entry->action != PLAN_ENTRY_DELETE)
			continue;
		if (plan->level_count == 0)
			plan->level_count = 1;
		entry->level = plan->level_count - 1;
	}
}

void plan_order(struct plan *plan)
{
	struct vec queue = VEC_INIT(struct planned_entry *);
	size_t writes = 0;

	for (size_t i = 0; i < plan->entries.len; i++)
		add_edges(planned_entry_at(plan, i));
	for (size_t i = 0; i < plan->entries.len; i++) {
		struct planned_entry *entry = planned_entry_at(plan, i);

		if (entry->entry.action != PLAN_ENTRY_WRITE)
			continue;
		writes++;
		if (entry->order.waits == 0)
			place(&queue, entry, 0);
	}
	spread(&queue, 0);
	if (queue.len < writes)
		part_core(plan, &queue);
	vec_release(&queue);
	place_deletions(plan);
}
