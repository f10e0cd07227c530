#include "sync/given.h"

#include "base/utf8.h"

#define NAME_SHOWN_MAX 100

void given_values_init(struct given_values *given)
{
	*given = (struct given_values){.source = GIVEN_NONE, .name = STR("")};
	arena_init_sensitive(&given->arena);
	vec_init(&given->secrets, sizeof(struct given_secret *));
	map_init(&given->by_name);
	vec_init(&given->registries, sizeof(struct given_registry));
	vec_init(&given->clients, sizeof(struct given_client));
	vec_init(&given->problems, sizeof(struct str));
}

static void release_registries(struct given_values *given)
{
	for (size_t i = 0; i < given->registries.len; i++) {
		struct given_registry *registry = vec_at(&given->registries, i);

		secret_free(registry->username);
		secret_free(registry->password);
	}
}

void given_values_release(struct given_values *given)
{
	for (size_t i = 0; i < given->secrets.len; i++)
		secret_free(((struct given_secret *)vec_pointer(&given->secrets, i))->value);
	release_registries(given);
	for (size_t i = 0; i < given->clients.len; i++) {
		struct given_client *client = vec_at(&given->clients, i);

		secret_free(client->id);
		secret_free(client->secret);
		secret_free(client->return_uri);
	}
	secret_free(given->vault_write_token);
	vec_release(&given->secrets);
	map_release(&given->by_name);
	vec_release(&given->registries);
	vec_release(&given->clients);
	vec_release(&given->problems);
	arena_release(&given->arena);
}

/* What tells a secret from all others: no name of an application holds a NUL. */
static struct str full_name(struct arena *arena, struct str application, struct str key)
{
	struct str name = {.len = application.len + 1 + key.len};
	char *bytes = arena_bytes(arena, name.len + 1);

	name.ptr = bytes;
	if (application.len > 0)
		memcpy(bytes, application.ptr, application.len);
	bytes[application.len] = '\0';
	if (key.len > 0)
		memcpy(bytes + application.len + 1, key.ptr, key.len);
	bytes[name.len] = '\0';
	return name;
}

struct given_secret *given_values_add(struct given_values *given, struct str application, struct str key,
	enum given_state state, struct secret *value)
{
	struct str name = full_name(&given->arena, application, key);
	struct given_secret *secret = map_get(&given->by_name, name);

	if (secret) {
		secret_free(secret->value);
	} else {
		secret = arena_calloc(&given->arena, 1, sizeof(*secret));
		secret->application = str_slice(name, 0, application.len);
		secret->key = str_slice(name, application.len + 1, key.len);
		map_set(&given->by_name, name, secret);
		vec_push_pointer(&given->secrets, secret);
	}
	secret->state = state;
	secret->value = value;
	secret->problem = STR_ABSENT;
	secret->no_item = false;
	return secret;
}

const struct given_secret *given_values_find(const struct given_values *given, struct str application, struct str key)
{
	const struct given_secret *secret;
	struct arena scratch;

	arena_init(&scratch);
	secret = map_get(&given->by_name, full_name(&scratch, application, key));
	arena_release(&scratch);
	return secret;
}

struct str given_visible(struct given_values *given, struct str name)
{
	struct strbuf text = STRBUF_INIT;
	struct str shown;

	strbuf_append_visible(&text, utf8_prefix(name, NAME_SHOWN_MAX));
	if (name.len > NAME_SHOWN_MAX)
		strbuf_append_c(&text, "…");
	shown = arena_str(&given->arena, strbuf_str(&text));
	strbuf_release(&text);
	return shown;
}

void given_values_problem(struct given_values *given, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	*(struct str *)vec_push(&given->problems) = arena_vprintf(&given->arena, format, args);
	va_end(args);
}

void given_values_forget_pull_secret(struct given_values *given)
{
	struct vec kept = VEC_INIT(struct str);

	for (size_t i = 0; i < given->problems.len; i++) {
		if (i < given->pull_secret_problem ||
			i >= given->pull_secret_problem + given->pull_secret_problem_count)
			*(struct str *)vec_push(&kept) = *(const struct str *)vec_at(&given->problems, i);
	}
	vec_release(&given->problems);
	given->problems = kept;
	given->pull_secret_problem_count = 0;
	given->names_pull_secret = false;
	release_registries(given);
	vec_clear(&given->registries);
}

static int compare_secrets(const void *a, const void *b)
{
	const struct given_secret *first = *(struct given_secret *const *)a, *second = *(struct given_secret *const *)b;
	int order = str_compare(first->application, second->application);

	return order != 0 ? order : str_compare(first->key, second->key);
}

static int compare_clients(const void *a, const void *b)
{
	return str_compare(((const struct given_client *)a)->name, ((const struct given_client *)b)->name);
}

void given_values_seal(struct given_values *given)
{
	vec_sort(&given->secrets, compare_secrets);
	vec_sort(&given->clients, compare_clients);
}
