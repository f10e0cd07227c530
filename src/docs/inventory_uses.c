#include "base/strbuf.h"
#include "docs/inventory_build.h"

/* What was seen of a secret in the environments before, by what makes two of them the same. */
struct seen {
	struct build *build;
	struct map by_key;
	struct strbuf key;
};

static void append_part(struct strbuf *key, struct str part)
{
	strbuf_append(key, part);
	strbuf_append_char(key, '\0');
}

/* The same place of the same object, using the same Secret in the same way. */
static void write_use_key(struct strbuf *key, const struct vault_use *use)
{
	const struct manifest_consumer *consumer = use->consumer != NULL ? use->consumer->manifest : NULL;
	const struct manifest_object *object = vault_use_object(use);
	unsigned kind = consumer != NULL ? consumer->kind : CONSUMER_KIND_COUNT;

	strbuf_clear(key);
	strbuf_append_bytes(key, &use->span.source, sizeof(use->span.source));
	strbuf_append_bytes(key, &use->span.start, sizeof(use->span.start));
	strbuf_append_bytes(key, &kind, sizeof(kind));
	append_part(key, object->kind);
	append_part(key, object->name);
	append_part(key, use->producer->manifest->secret);
	append_part(key, vault_use_key(use));
}

static struct docs_consumer *find_consumer(struct seen *seen, struct docs_secret *secret, const struct vault_use *use)
{
	struct arena *arena = &seen->build->inventory->arena;

	write_use_key(&seen->key, use);
	struct docs_consumer *consumer = map_get(&seen->by_key, strbuf_str(&seen->key));
	if (consumer != NULL)
		return consumer;
	consumer = arena_calloc(arena, 1, sizeof(*consumer));
	consumer->use = use;
	vec_init(&consumer->environments, sizeof(const struct docs_environment *));
	vec_push_pointer(&secret->consumers, consumer);
	map_set(&seen->by_key, arena_str(arena, strbuf_str(&seen->key)), consumer);
	return consumer;
}

/* Environments come one after the other: an environment that is there already is the last one. */
static void add_environment(struct vec *environments, const struct docs_environment *environment)
{
	if (environments->len == 0 || vec_last_pointer(environments) != environment)
		vec_push_pointer(environments, environment);
}

static void add_consumers(struct seen *seen, struct docs_secret *secret, const struct docs_need *need)
{
	const struct docs_environment *environment = need->environment;
	struct vec uses;

	if (environment->delivery == NULL)
		return;
	delivery_uses_of(&uses, environment->delivery, secret->application->link.name, secret->link.name);
	for (size_t i = 0; i < uses.len; i++) {
		const struct vault_use *use = vec_pointer(&uses, i);
		struct docs_consumer *consumer = find_consumer(seen, secret, use);

		consumer->maybe = consumer->maybe || use->maybe;
		add_environment(&consumer->environments, environment);
	}
	vec_release(&uses);
}

static struct docs_user *find_user(struct seen *seen, struct docs_secret *secret, const struct docs_need *user)
{
	struct arena *arena = &seen->build->inventory->arena;
	enum secret_origin origin = user->resolved->origin;

	strbuf_clear(&seen->key);
	strbuf_append_bytes(&seen->key, &user->secret, sizeof(user->secret));
	strbuf_append_bytes(&seen->key, &origin, sizeof(origin));
	struct docs_user *found = map_get(&seen->by_key, strbuf_str(&seen->key));
	if (found != NULL)
		return found;
	found = arena_calloc(arena, 1, sizeof(*found));
	found->secret = user->secret;
	found->origin = origin;
	vec_init(&found->environments, sizeof(const struct docs_environment *));
	vec_push_pointer(&secret->users, found);
	map_set(&seen->by_key, arena_str(arena, strbuf_str(&seen->key)), found);
	return found;
}

static int compare_users(const void *a, const void *b)
{
	const struct docs_user *one = *(struct docs_user *const *)a, *other = *(struct docs_user *const *)b;
	int order = str_compare(one->secret->application->link.name, other->secret->application->link.name);

	if (order == 0)
		order = str_compare(one->secret->link.name, other->secret->link.name);
	return order != 0 ? order : (int)one->origin - (int)other->origin;
}

static void find_uses(struct seen *seen, struct docs_secret *secret)
{
	map_release(&seen->by_key);
	map_init(&seen->by_key);
	for (size_t i = 0; i < secret->needs.len; i++) {
		const struct docs_need *need = vec_pointer(&secret->needs, i);

		if (need->resolved == NULL)
			continue;
		add_consumers(seen, secret, need);
		for (const struct docs_need *user = need->first_user; user != NULL; user = user->next_user)
			add_environment(&find_user(seen, secret, user)->environments, need->environment);
	}
	vec_sort(&secret->users, compare_users);
}

void build_uses(struct build *build)
{
	const struct vec *applications = &build->inventory->applications;
	struct seen seen = {.build = build, .key = STRBUF_INIT};

	map_init(&seen.by_key);
	for (size_t i = 0; i < applications->len; i++) {
		const struct docs_application *application = vec_pointer(applications, i);

		for (size_t j = 0; j < application->secrets.len; j++)
			find_uses(&seen, vec_pointer(&application->secrets, j));
	}
	map_release(&seen.by_key);
	strbuf_release(&seen.key);
}
