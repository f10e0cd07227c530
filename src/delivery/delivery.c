#include "delivery/delivery.h"

#include <stdlib.h>

#include "base/strbuf.h"
#include "base/xalloc.h"

static void add_environment(struct delivery *delivery, const struct environment *environment)
{
	struct delivery_environment *out = arena_calloc(&delivery->arena, 1, sizeof(*out));

	out->environment = environment;
	vec_init(&out->producers, sizeof(struct delivery_producer *));
	vec_init(&out->consumers, sizeof(struct delivery_consumer *));
	vec_init(&out->uses, sizeof(struct vault_use *));
	map_init(&out->uses_by_entry);
	map_init(&out->producers_by_secret);
	vec_push_pointer(&delivery->environments, out);
	map_set(&delivery->environment_by_name, environment->name, out);
}

struct delivery *delivery_new(const struct model *model, const struct vec *environments, unsigned jobs)
{
	struct delivery *delivery = xcalloc(1, sizeof(*delivery));

	(void)jobs;
	environments = environments ? environments : &model->environments;
	arena_init(&delivery->arena);
	delivery->model = model;
	vec_init(&delivery->environments, sizeof(struct delivery_environment *));
	vec_init(&delivery->templates, sizeof(const struct helm_template *));
	map_init(&delivery->environment_by_name);
	map_init(&delivery->template_by_path);
	for (size_t i = 0; i < environments->len; i++)
		add_environment(delivery, vec_pointer(environments, i));
	return delivery;
}

void delivery_free(struct delivery *delivery)
{
	if (!delivery)
		return;
	vec_release(&delivery->environments);
	vec_release(&delivery->templates);
	map_release(&delivery->environment_by_name);
	map_release(&delivery->template_by_path);
	arena_release(&delivery->arena);
	free(delivery);
}

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
		if (use->whole || str_equal(use->key, key))
			vec_push_pointer(out, use);
	}
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
	(void)delivery;
	(void)application;
	return true;
}

bool delivery_mentions(const struct delivery *delivery, const struct application *application, struct str text)
{
	(void)delivery;
	(void)application;
	(void)text;
	return true;
}

struct span delivery_values_use(
	const struct delivery *delivery, const struct application *application, struct str dotted)
{
	(void)delivery;
	(void)application;
	(void)dotted;
	return (struct span){.source = NULL};
}
