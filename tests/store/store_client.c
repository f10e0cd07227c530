/* A store by commands on standard input, for test_vault.py and test_file.py:
 *
 *   store_client file:FOLDER | URL PREFIX
 *
 * The token is TOKEN of the environment, NAMESPACE the namespace, CA the file of an authority. A command is a line, its parts separated by tabs; each is answered by a line of JSON:
 *
 *   snapshot [PURPOSES]   letters of rwd
 *   entry NAME
 *   write NAME CAS BODY
 *   delete NAME VERSION
 *   undelete NAME VERSION */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/json_writer.h"
#include "store/store.h"

struct client {
	struct store *store;
	struct json_writer json; /* of the answer to a command */
};

static void print_value(struct json_writer *json, const struct store_value *value)
{
	json_key_str(json, value->key);
	json_raw(json, (struct str){.ptr = secret_bytes(value->json), .len = secret_size(value->json)});
}

static void print_texts(struct json_writer *json, const struct store_entry *entry)
{
	json_key(json, "texts");
	json_begin_object(json);
	for (size_t i = 0; i < entry->values.len; i++) {
		const struct store_value *value = vec_at(&entry->values, i);

		if (!value->text)
			continue;
		json_key_str(json, value->key);
		json_string(json, (struct str){.ptr = secret_bytes(value->text), .len = secret_size(value->text)});
	}
	json_end_object(json);
}

static void print_entry(struct json_writer *json, const struct store_entry *entry)
{
	static const char *const states[] = {
		[STORE_ABSENT] = "absent", [STORE_DELETED] = "deleted", [STORE_PRESENT] = "present"};

	json_begin_object(json);
	json_member_str(json, "name", entry->name);
	json_member_c(json, "state", states[entry->state]);
	json_member_uint(json, "version", entry->version);
	json_member_str(json, "obstacle", entry->obstacle);
	json_key(json, "values");
	json_begin_object(json);
	for (size_t i = 0; i < entry->values.len; i++)
		print_value(json, vec_at(&entry->values, i));
	json_end_object(json);
	print_texts(json, entry);
	json_end_object(json);
}

static void print_error(struct json_writer *json, const struct error *error)
{
	json_member_str(json, "error", error && error->kind != ERROR_NONE ? str_of(error->message) : STR_ABSENT);
	json_member_uint(json, "kind", error ? error->kind : ERROR_NONE);
}

static void take_each(void *context, const struct store_entry *entry)
{
	(void)entry;
	++*(size_t *)context;
}

static unsigned read_purposes(struct str letters)
{
	unsigned purposes = 0;

	for (size_t i = 0; i < letters.len; i++)
		purposes |= letters.ptr[i] == 'r' ? STORE_READ : letters.ptr[i] == 'w' ? STORE_WRITE : STORE_DELETE;
	return purposes;
}

static void snapshot(struct client *client, struct str purposes)
{
	struct json_writer *json = &client->json;
	struct store_snapshot snapshot;
	size_t each = 0;

	store_snapshot_init(&snapshot);
	store_read_start(client->store, &snapshot, read_purposes(purposes), take_each, &each);
	store_run(client->store);
	print_error(json, &snapshot.error);
	json_member_bool(json, "versioned", store_is_versioned(client->store));
	json_member_uint(json, "each", each);
	json_key(json, "entries");
	json_begin_array(json);
	for (size_t i = 0; i < snapshot.entries.len; i++)
		print_entry(json, vec_pointer(&snapshot.entries, i));
	json_end_array(json);
	json_key(json, "folders");
	json_begin_array(json);
	for (size_t i = 0; i < snapshot.folders.len; i++)
		json_string(json, *(struct str *)vec_at(&snapshot.folders, i));
	json_end_array(json);
	store_snapshot_release(&snapshot);
}

static void take_entry(void *context, const struct store_entry *entry, const struct error *error)
{
	struct client *client = context;

	print_error(&client->json, error);
	if (!entry)
		return;
	json_key(&client->json, "entry");
	print_entry(&client->json, entry);
}

static void take_outcome(void *context, enum store_outcome outcome, uint64_t version, const struct error *error)
{
	static const char *const outcomes[] = {[STORE_DONE] = "done",
		[STORE_CONFLICT] = "conflict",
		[STORE_FAILED] = "failed",
		[STORE_UNCERTAIN] = "uncertain"};
	struct client *client = context;

	json_member_c(&client->json, "outcome", outcomes[outcome]);
	json_member_uint(&client->json, "version", version);
	print_error(&client->json, error);
}

static void undelete(struct client *client, struct str name, uint64_t version)
{
	struct arena arena;

	arena_init(&arena);
	json_member_str(&client->json, "command", store_undelete_command(client->store, &arena, name, version));
	arena_release(&arena);
}

static uint64_t number_of(struct str text)
{
	return strtoull(text.len > 0 ? text.ptr : "0", NULL, 10);
}

static void carry_out(struct client *client, struct str line)
{
	struct str command = str_cut(&line, '\t'), name = str_is_absent(line) ? STR("") : str_cut(&line, '\t');
	struct secret *body = NULL;

	if (str_is(command, "snapshot")) {
		snapshot(client, name);
	} else if (str_is(command, "entry")) {
		store_entry_start(client->store, name, take_entry, client);
	} else if (str_is(command, "write")) {
		uint64_t cas = number_of(str_cut(&line, '\t'));

		body = secret_new(line.ptr, line.len);
		store_write_start(client->store, name, cas, body, take_outcome, client);
	} else if (str_is(command, "delete")) {
		store_delete_start(client->store, name, number_of(line), take_outcome, client);
	} else {
		undelete(client, name, number_of(line));
	}
	store_run(client->store);
	secret_free(body);
}

static void serve(struct client *client)
{
	struct strbuf answer = STRBUF_INIT;
	size_t capacity = 0;
	char *line = NULL;
	ssize_t len;

	while ((len = getline(&line, &capacity, stdin)) > 0) {
		json_writer_init(&client->json, &answer, 0);
		json_begin_object(&client->json);
		json_member_str(&client->json, "store", store_name(client->store));
		carry_out(client, (struct str){.ptr = line, .len = (size_t)len - 1});
		json_end_object(&client->json);
		json_writer_release(&client->json);
		puts(answer.ptr);
		fflush(stdout);
		strbuf_clear(&answer);
	}
	strbuf_release(&answer);
	free(line);
}

static struct str variable(const char *name)
{
	return getenv(name) ? str_of(getenv(name)) : STR_ABSENT;
}

static struct store *open_vault(struct http *http, char **arguments, struct error *error)
{
	struct str token = variable("TOKEN");
	struct vault_settings settings = {
		.url = str_of(arguments[1]),
		.prefix = str_of(arguments[2]),
		.namespace_name = variable("NAMESPACE"),
		.token = secret_new(token.ptr, token.len),
	};
	struct store *store = store_vault_new(http, &settings, error);

	secret_free(settings.token);
	return store;
}

int main(int argc, char **argv)
{
	struct error error = ERROR_INIT;
	struct client client = {.store = NULL};
	struct http_settings settings;
	struct http *http = NULL;
	struct str where = argc > 1 ? str_of(argv[1]) : STR("");

	http_settings_init(&settings);
	settings.retry_delay = 1;
	settings.ca_file = variable("CA");
	if (!http_global_init() || !(http = http_new(&settings, &error)))
		return 3;
	if (str_starts_with(where, STR("file:")))
		client.store = store_file_new(str_slice(where, 5, where.len), &error);
	else if (argc == 3)
		client.store = open_vault(http, argv, &error);
	if (client.store)
		serve(&client);
	else
		fprintf(stderr, "%s\n", error.message ? error.message : "store_client file:FOLDER | URL PREFIX");
	store_free(client.store);
	http_free(http);
	error_release(&error);
	return client.store ? 0 : 2;
}
