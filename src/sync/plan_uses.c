/* Who uses what the store holds and nobody declares: it is not deleted then. */
#include "sync/plan_private.h"

struct str plan_object_title(struct plan *plan, const struct manifest_object *object)
{
	struct str kind = str_is_absent(object->kind) ? STR("something") : object->kind;

	if (str_is_absent(object->name))
		kind = plan_visible(plan, kind);
	else
		kind = plan_visible(
			plan, arena_printf(&plan->arena, "%.*s %.*s", STR_ARG(kind), STR_ARG(object->name)));
	return kind;
}

/* Two names that may be the same: an absent one is unknown. */
static bool may_be(struct str a, struct str b)
{
	return str_is_absent(a) || str_is_absent(b) || str_equal(a, b);
}

/* The name of a key of an entry in the index of doubtful uses. */
static struct str place_of(struct arena *arena, struct str entry, struct str key)
{
	return arena_printf(arena, "%.*s/%.*s", STR_ARG(entry), STR_ARG(key));
}

/* The VaultSecrets of each application. */
static void index_producers(struct map *producers, struct arena *arena, const struct delivery_environment *delivery)
{
	for (size_t i = 0; i < delivery->producers.len; i++) {
		struct delivery_producer *producer = vec_pointer(&delivery->producers, i);
		void **slot;

		if (producer->manifest->kind != PRODUCER_VAULT_SECRET || producer->elsewhere)
			continue;
		slot = map_slot(producers, producer->application->name);
		if (!*slot) {
			*slot = arena_alloc(arena, sizeof(struct vec));
			vec_init(*slot, sizeof(struct delivery_producer *));
		}
		vec_push_pointer(*slot, producer);
	}
}

/* Notes what a consumer takes if it is of the Secret that a VaultSecret of its application makes. Where the entry is not known, it will be that of the application. */
static void add_doubtful(
	struct planner *planner, const struct delivery_consumer *consumer, const struct delivery_producer *producer)
{
	struct str entry = str_is_absent(producer->entry) ? producer->application->name : producer->entry;

	if (may_be(consumer->manifest->secret, producer->manifest->secret) &&
		may_be(consumer->name_space, producer->name_space))
		map_set(&planner->doubtful, place_of(&planner->plan->arena, entry, consumer->manifest->key),
			(void *)(uintptr_t)consumer->manifest->object);
}

/* Those who name a key in a Secret that nobody can tell: a name, a namespace or a path is not to be read from the templates. */
static void index_doubtful(struct planner *planner)
{
	const struct delivery_environment *delivery = planner->input->delivery;
	struct arena scratch;
	struct map producers;

	arena_init(&scratch);
	map_init(&producers);
	index_producers(&producers, &scratch, delivery);
	for (size_t i = 0; i < delivery->consumers.len; i++) {
		const struct delivery_consumer *consumer = vec_pointer(&delivery->consumers, i);
		const struct vec *own = map_get(&producers, consumer->application->name);

		for (size_t j = 0; own && j < own->len && !str_is_absent(consumer->manifest->key); j++)
			add_doubtful(planner, consumer, vec_pointer(own, j));
	}
	for (size_t i = 0; i < producers.len; i++)
		vec_release(producers.entries[i].value);
	map_release(&producers);
	arena_release(&scratch);
	planner->doubtful_is_known = true;
}

static const struct manifest_object *find_doubtful(struct planner *planner, struct str entry, struct str key)
{
	const struct manifest_object *object;
	struct arena scratch;

	if (!planner->doubtful_is_known)
		index_doubtful(planner);
	arena_init(&scratch);
	object = map_get(&planner->doubtful, place_of(&scratch, entry, key));
	arena_release(&scratch);
	return object;
}

/* Who takes an entry as a whole takes what there is: only who names the key would miss it. */
bool plan_is_used(struct planner *planner, struct str entry, struct str key, struct str *who)
{
	const struct manifest_object *doubtful;
	struct vec uses;
	bool found = false;

	if (!planner->input->delivery)
		return false;
	delivery_uses_of(&uses, planner->input->delivery, entry, key);
	for (size_t i = 0; i < uses.len && !found; i++) {
		const struct vault_use *use = vec_pointer(&uses, i);

		if (str_is_absent(use->key) || use->whole)
			continue;
		*who = plan_object_title(planner->plan, vault_use_object(use));
		found = true;
	}
	vec_release(&uses);
	if (found)
		return true;
	doubtful = find_doubtful(planner, entry, key);
	if (doubtful)
		*who = arena_printf(
			&planner->plan->arena, "%.*s perhaps", STR_ARG(plan_object_title(planner->plan, doubtful)));
	return doubtful != NULL;
}

bool plan_entry_is_used(const struct planner *planner, struct str entry, struct str *who)
{
	const struct planned_entry *found = map_get(&planner->plan->by_name, entry);

	if (!found || !found->is_used)
		return false;
	*who = STR("a VaultSecret");
	return true;
}
