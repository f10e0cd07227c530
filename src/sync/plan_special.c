/* The values that are composed of what the static source gives: the pull secret and the list of clients. */
#include "base/xalloc.h"
#include "generate/compose.h"
#include "generate/verify.h"
#include "sync/plan_private.h"
#include "yaml/stream.h"

#include <stdlib.h>

/* What the static source makes of the special secrets. NULL and a clause: it cannot be made. */
static struct secret *compose_clients(struct planner *planner, struct str *why)
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

static struct secret *compose_pull_secret(struct planner *planner, struct str *why)
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
		compare_json(out, key, compose_clients(planner, &out->why));
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
		compare_json(out, key, compose_pull_secret(planner, &out->why));
		return;
	}
	out->known = KNOWN_NOTHING;
	if (given && given->names_pull_secret)
		out->known = planner->options->delete_pull_secret ? KNOWN_REMOVAL : KNOWN_EMPTY;
	if (plan_case_stored(out, key))
		plan_case_judge(out, verify_docker_config(key->key.stored->text));
}

/* What a client is known by, whatever scalar that is in the store; absent: nothing. */
static struct str id_of(const struct node *client)
{
	const struct node *id = node_get(client, STR("id"));

	return node_is_null(id) ? STR_ABSENT : node_text(id);
}

/* The members of a list of clients; NULL: there are no more, or it is none. */
static const struct node *client_at(const struct node *list, uint32_t index)
{
	return node_is_sequence(list) && index < list->sequence.count ? list->sequence.items[index] : NULL;
}

static void note_client(struct plan *plan, const struct plan_key *key, struct str id)
{
	struct str title = plan_key_title(plan, key);

	if (str_is_absent(id))
		plan_note(plan, PLAN_NOTE_DROPPED_CLIENT, "%.*s loses a client that has no id", STR_ARG(title));
	else
		plan_note(plan, PLAN_NOTE_DROPPED_CLIENT, "%.*s loses the client %.*s", STR_ARG(title),
			STR_ARG(plan_visible(plan, id)));
}

/* kept has the ids that stay; those that are dropped come to it, so that each is told once. */
static size_t note_lost(struct plan *plan, const struct plan_key *key, const struct node *before, struct map *kept)
{
	const struct node *client;
	size_t dropped = 0;

	for (uint32_t i = 0; (client = client_at(before, i)) != NULL; i++) {
		struct str id = id_of(client);

		if (!str_is_absent(id) && map_has(kept, id))
			continue;
		note_client(plan, key, id);
		dropped++;
		if (!str_is_absent(id))
			map_set(kept, id, NULL);
	}
	return dropped;
}

size_t plan_note_dropped(struct planner *planner, const struct plan_key *key)
{
	const struct store_value *stored = key->stored;
	struct yaml_stream *before, *after;
	const struct node *client;
	struct arena arena;
	struct map kept;
	size_t dropped;

	if (!stored)
		return 0;
	arena_init_sensitive(&arena);
	map_init(&kept);
	/* A list that somebody has put there as such, not as a text, has clients just as well. */
	before = json_load(&arena, STR("the list of clients"), secret_str(stored->text ? stored->text : stored->json));
	after = json_load(&arena, STR("the list of clients"), secret_str(key->value));
	for (uint32_t i = 0; (client = client_at(yaml_root(after), i)) != NULL; i++)
		map_set(&kept, id_of(client), NULL);
	dropped = note_lost(planner->plan, key, yaml_root(before), &kept);
	map_release(&kept);
	yaml_stream_release(before);
	yaml_stream_release(after);
	arena_release(&arena);
	return dropped;
}
