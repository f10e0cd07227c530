#include "base/path.h"
#include "base/strbuf.h"
#include "delivery/build.h"

/* A vector of pointers in a map, made if need be. */
static struct vec *group(struct map *map, struct arena *arena, struct str key)
{
	struct vec *members = map_get(map, key);

	if (!members) {
		members = arena_alloc(arena, sizeof(*members));
		vec_init(members, sizeof(void *));
		map_set(map, arena_str(arena, key), members);
	}
	return members;
}

/* What a path leaves below the prefix; absent where it is not below it. */
static struct str below_prefix(struct str path, struct str prefix)
{
	if (!str_starts_with(path, prefix) || path.len <= prefix.len || path.ptr[prefix.len] != '/')
		return STR_ABSENT;
	struct str entry = path_without_slashes(str_slice(path, prefix.len + 1, path.len));
	return entry.len > 0 ? entry : STR_ABSENT;
}

/* Whether the action at a place takes the path of the environment from where it is handed to charts. */
static bool mentions_prefix(struct span span)
{
	struct str text = span.source ? span_text(span) : STR("");

	for (size_t i = 0; i < text.len;) {
		size_t start = i;
		while (i < text.len && ((text.ptr[i] | 32) >= 'a' && (text.ptr[i] | 32) <= 'z'))
			i++;
		if (i > start && is_prefix_key(str_slice(text, start, i - start)))
			return true;
		i += i == start;
	}
	return false;
}

static void find_entry(struct delivery_producer *producer, struct arena *arena, const struct settings *settings)
{
	const struct data *path = producer->manifest->path;

	if (producer->manifest->kind != PRODUCER_VAULT_SECRET || !path)
		return;
	struct str text = data_text(arena, path);
	if (path->kind == DATA_UNKNOWN) {
		if (str_starts_with(path->tail, STR("/")) && mentions_prefix(path->span))
			producer->entry = below_prefix(path->tail, STR(""));
	} else if (!str_is_absent(text) && !str_is_absent(settings->prefix)) {
		producer->entry = below_prefix(text, settings->prefix);
		producer->elsewhere = str_is_absent(producer->entry);
	}
}

static struct str secret_name(struct strbuf *buffer, struct str name_space, struct str secret)
{
	strbuf_clear(buffer);
	strbuf_append(buffer, name_space);
	strbuf_append_char(buffer, '/');
	strbuf_append(buffer, secret);
	return strbuf_str(buffer);
}

static void index_producers(struct delivery_environment *environment, struct arena *arena)
{
	struct strbuf name = STRBUF_INIT;

	for (size_t i = 0; i < environment->producers.len; i++) {
		struct delivery_producer *producer = vec_pointer(&environment->producers, i);
		struct str secret = producer->manifest->secret;
		if (str_is_absent(secret) || str_is_absent(producer->name_space))
			continue;
		secret_name(&name, producer->name_space, secret);
		vec_push_pointer(group(&environment->producers_by_secret, arena, strbuf_str(&name)), producer);
	}
	strbuf_release(&name);
}

/* Gives each consumer the producers of its Secret, which are those of the index, and counts it with them. */
static void find_producers(struct delivery_environment *environment)
{
	struct strbuf name = STRBUF_INIT;

	for (size_t i = 0; i < environment->consumers.len; i++) {
		struct delivery_consumer *consumer = vec_pointer(&environment->consumers, i);
		if (str_is_absent(consumer->manifest->secret) || str_is_absent(consumer->name_space))
			continue;
		secret_name(&name, consumer->name_space, consumer->manifest->secret);
		const struct vec *producers = map_get(&environment->producers_by_secret, strbuf_str(&name));
		if (!producers)
			continue;
		consumer->producers = *producers;
		for (size_t j = 0; j < producers->len; j++)
			((struct delivery_producer *)vec_pointer(producers, j))->consumers.capacity++;
	}
	strbuf_release(&name);
}

/* Both directions, in memory that is no larger than it has to be: there are thousands of short lists. */
static void connect(struct delivery_environment *environment, struct arena *arena)
{
	find_producers(environment);
	for (size_t i = 0; i < environment->producers.len; i++) {
		struct vec *consumers =
			&((struct delivery_producer *)vec_pointer(&environment->producers, i))->consumers;
		consumers->items = arena_alloc(arena, consumers->capacity * consumers->item_size);
	}
	for (size_t i = 0; i < environment->consumers.len; i++) {
		struct delivery_consumer *consumer = vec_pointer(&environment->consumers, i);
		for (size_t j = 0; j < consumer->producers.len; j++) {
			struct delivery_producer *producer = vec_pointer(&consumer->producers, j);
			vec_push_pointer(&producer->consumers, consumer);
		}
	}
}

struct user {
	struct delivery_environment *environment;
	struct arena *arena;
	const struct delivery_producer *producer;
	const struct delivery_consumer *consumer; /* NULL: the VaultSecret itself */
	bool maybe;
	struct span span;
};

static void add_use(const struct user *user, struct str key, bool whole, bool maybe)
{
	struct vault_use *use = arena_calloc(user->arena, 1, sizeof(*use));

	use->entry = user->producer->entry;
	use->key = key;
	use->whole = whole;
	use->maybe = user->maybe || maybe;
	use->producer = user->producer;
	use->consumer = user->consumer;
	use->span = user->span;
	vec_push_pointer(&user->environment->uses, use);
}

/* What the VaultSecret itself names. */
static void add_own_uses(struct user *user)
{
	const struct manifest_producer *manifest = user->producer->manifest;
	struct span place =
		manifest->path && manifest->path->span.source ? manifest->path->span : manifest->secret_span;

	user->consumer = NULL;
	user->maybe = manifest->maybe;
	for (size_t i = 0; i < manifest->keys.len; i++) {
		const struct produced_key *key = vec_at(&manifest->keys, i);
		user->span = key->span.source ? key->span : place;
		if (!str_is_absent(key->vault_key))
			add_use(user, key->vault_key, false, key->maybe);
	}
	user->span = place;
	if (manifest->whole || manifest->takes_whole)
		add_use(user, STR_ABSENT, true, false);
}

/* What somebody takes through the Secret. */
static void add_uses_through(struct user *user)
{
	const struct manifest_producer *made = user->producer->manifest;
	const struct manifest_consumer *used = user->consumer->manifest;

	user->maybe = used->maybe || made->maybe || user->consumer->producers.len > 1;
	user->span = used->key_span.source ? used->key_span : used->secret_span;
	if (str_is_absent(used->key) && !used->whole) {
		add_use(user, STR_ABSENT, false, true);
		return;
	}
	if (made->whole)
		add_use(user, used->key, used->whole, false);
	for (size_t i = 0; i < made->keys.len; i++) {
		const struct produced_key *key = vec_at(&made->keys, i);
		bool taken = used->whole || (!str_is_absent(key->key) && str_equal(key->key, used->key));
		if (taken && !str_is_absent(key->vault_key) && !(made->whole && str_equal(key->vault_key, used->key)))
			add_use(user, key->vault_key, false, key->maybe);
	}
}

static void add_uses(
	struct delivery_environment *environment, struct arena *arena, const struct delivery_producer *producer)
{
	struct user user = {.environment = environment, .arena = arena, .producer = producer};

	if (str_is_absent(producer->entry))
		return;
	add_own_uses(&user);
	for (size_t i = 0; i < producer->consumers.len; i++) {
		user.consumer = vec_pointer(&producer->consumers, i);
		add_uses_through(&user);
	}
}

static int compare_texts(struct str a, struct str b)
{
	if (a.ptr == b.ptr && a.len == b.len)
		return 0;
	if (str_is_absent(a) || str_is_absent(b))
		return str_is_absent(a) - str_is_absent(b);
	return str_compare(a, b);
}

static int compare_uses(const void *a, const void *b)
{
	const struct vault_use *one = *(struct vault_use *const *)a, *other = *(struct vault_use *const *)b;
	int order = compare_texts(one->entry, other->entry);

	if (order == 0)
		order = compare_texts(one->key, other->key);
	if (order == 0 && one->span.source && other->span.source && one->span.source != other->span.source)
		order = str_compare(one->span.source->path, other->span.source->path);
	if (order == 0)
		order = one->span.start < other->span.start ? -1 : one->span.start > other->span.start;
	return order;
}

static struct str entry_of(const struct vec *uses, size_t index)
{
	return ((const struct vault_use *)vec_pointer(uses, index))->entry;
}

/* Those of an entry stand together, so that the index has no lists of its own. */
static void index_uses(struct delivery_environment *environment, struct arena *arena)
{
	const struct vec *uses = &environment->uses;
	size_t end;

	for (size_t start = 0; start < uses->len; start = end) {
		struct str entry = entry_of(uses, start);
		struct vec *members = arena_alloc(arena, sizeof(*members));
		for (end = start + 1; end < uses->len && str_equal(entry_of(uses, end), entry);)
			end++;
		*members = (struct vec){.items = vec_at(uses, start),
			.len = end - start,
			.capacity = end - start,
			.item_size = uses->item_size};
		map_set(&environment->uses_by_entry, arena_str(arena, entry), members);
	}
}

void join_environment(struct delivery_environment *environment, struct arena *arena, const struct settings *settings)
{
	for (size_t i = 0; i < environment->producers.len; i++)
		find_entry(vec_pointer(&environment->producers, i), arena, settings);
	index_producers(environment, arena);
	connect(environment, arena);
	for (size_t i = 0; i < environment->producers.len; i++)
		add_uses(environment, arena, vec_pointer(&environment->producers, i));
	vec_sort(&environment->uses, compare_uses);
	index_uses(environment, arena);
}
