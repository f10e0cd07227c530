/* The values that are composed of what the static source gives: the pull secret and the list of clients. */
#include "base/xalloc.h"
#include "generate/compose.h"
#include "generate/verify.h"
#include "sync/plan_private.h"
#include "yaml/stream.h"

#include <stdlib.h>

struct secret *plan_compose_clients(struct planner *planner, struct str *why)
{
	const struct given_values *given = planner->input->given;
	struct compose_client *clients = xcalloc(given->clients.len, sizeof(*clients));
	struct secret *value = NULL;

	for (size_t i = 0; i < given->clients.len; i++) {
		const struct given_client *client = vec_at(&given->clients, i);

		if (!client->id || !client->secret || !client->return_uri) {
			struct str name = plan_visible(planner->plan, client->name);

			*why = arena_printf(&planner->plan->arena, "the client %.*s lacks %s", STR_ARG(name),
				!client->id       ? "its id"
				: !client->secret ? "its secret"
						  : "its return_uri");
			goto done;
		}
		clients[i] = (struct compose_client){client->id, client->secret, client->return_uri};
	}
	value = compose_oidc_clients(clients, given->clients.len);
	if (!value)
		*why = STR("something of the clients is not UTF-8");
done:
	free(clients);
	return plan_own(planner->plan, value);
}

struct secret *plan_compose_pull_secret(struct planner *planner, struct str *why)
{
	const struct given_values *given = planner->input->given;
	struct compose_login *logins = xcalloc(given->registries.len, sizeof(*logins));
	struct secret *value = NULL;

	for (size_t i = 0; i < given->registries.len; i++) {
		const struct given_registry *registry = vec_at(&given->registries, i);

		if (!registry->username || !registry->password) {
			struct str host = plan_visible(planner->plan, registry->host);

			*why = arena_printf(&planner->plan->arena, "the registry %.*s lacks its %s", STR_ARG(host),
				!registry->username ? "username" : "password");
			goto done;
		}
		logins[i] = (struct compose_login){registry->host, registry->username, registry->password};
	}
	value = compose_docker_config(logins, given->registries.len);
	if (!value)
		*why = STR("something of the registries is not UTF-8");
done:
	free(logins);
	return plan_own(planner->plan, value);
}

/* Holds the store against a composed value, or says that it could not be composed. */
static void compare_json(struct plan_case *out, const struct planned_key *key, struct secret *value)
{
	const struct store_value *stored = plan_held(&key->key);

	out->known = value ? KNOWN_VALUE : KNOWN_MALFORMED;
	out->value = value;
	if (!stored)
		out->remote = REMOTE_ABSENT;
	else
		out->remote =
			value && stored->text && verify_json_equal(stored->text, value) ? REMOTE_RIGHT : REMOTE_OTHER;
}

void plan_case_clients(struct plan_case *out, struct planner *planner, const struct planned_key *key)
{
	const struct given_values *given = planner->input->given;

	if (given && given->source != GIVEN_NONE && given->names_oidc_clients) {
		compare_json(out, key, plan_compose_clients(planner, &out->why));
		return;
	}
	out->known = KNOWN_NOTHING;
	if (!plan_held(&key->key))
		out->value = plan_own(planner->plan, secret_new("[]", 2));
	if (plan_case_stored(out, key))
		plan_case_judge(out, verify_oidc_clients(key->key.stored->text));
}

void plan_case_pull_secret(struct plan_case *out, struct planner *planner, const struct planned_key *key)
{
	const struct given_values *given = planner->input->given;

	if (given && given->names_pull_secret && given->registries.len > 0) {
		compare_json(out, key, plan_compose_pull_secret(planner, &out->why));
		return;
	}
	out->known = KNOWN_NOTHING;
	if (given && given->names_pull_secret)
		out->known = planner->options->delete_pull_secret ? KNOWN_REMOVAL : KNOWN_EMPTY;
	if (plan_case_stored(out, key))
		plan_case_judge(out, verify_docker_config(key->key.stored->text));
}

/* The ids of a list of clients; what has none is passed over. */
static void add_ids(struct map *ids, const struct node *list)
{
	if (!list || list->type != TYPE_SEQ)
		return;
	for (uint32_t i = 0; i < list->sequence.count; i++) {
		struct str id = node_string(node_get(list->sequence.items[i], STR("id")));

		if (!str_is_absent(id))
			map_set(ids, id, NULL);
	}
}

static void read_ids(struct map *ids, struct vec *streams, struct arena *arena, struct secret *value)
{
	struct yaml_stream *stream = json_load(arena, STR("the list of clients"), secret_str(value));

	vec_push_pointer(streams, stream);
	add_ids(ids, yaml_root(stream));
}

size_t plan_note_dropped(struct planner *planner, const struct plan_key *key)
{
	struct vec streams = VEC_INIT(struct yaml_stream *);
	struct plan *plan = planner->plan;
	struct arena arena;
	struct map before, after;
	size_t dropped = 0;

	if (!key->stored || !key->stored->text)
		return 0;
	arena_init_sensitive(&arena);
	map_init(&before);
	map_init(&after);
	read_ids(&before, &streams, &arena, key->stored->text);
	read_ids(&after, &streams, &arena, key->value);
	for (size_t i = 0; i < before.len; i++) {
		struct str id = before.entries[i].key;

		if (map_has(&after, id))
			continue;
		dropped++;
		plan_note(plan, PLAN_NOTE_DROPPED_CLIENT, "%.*s loses the client %.*s",
			STR_ARG(plan_key_title(plan, key)), STR_ARG(plan_visible(plan, id)));
	}
	map_release(&before);
	map_release(&after);
	for (size_t i = 0; i < streams.len; i++)
		yaml_stream_release(vec_pointer(&streams, i));
	vec_release(&streams);
	arena_release(&arena);
	return dropped;
}
