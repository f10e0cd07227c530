/* Any bytes as what a Vault answers: nothing is read out of bounds, what was read as an entry is written and read again unchanged, and no message repeats what it must not. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "store/json_values.h"
#include "store/vault_answer.h"
#include "store/vault_message.h"
#include "yaml/stream.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "%s\n", what);
	abort();
}

static bool secrets_equal(const struct secret *a, const struct secret *b)
{
	return a && b ? secret_equal(a, b) : a == b;
}

static void check_values(const struct store_entry *entry)
{
	check(entry->by_key.len == entry->values.len, "a key is there twice");
	for (size_t i = 0; i < entry->values.len; i++) {
		const struct store_value *value = vec_at(&entry->values, i);

		check(store_entry_find(entry, value->key) == value, "a key is not found");
		check(value->json && secret_size(value->json) > 0, "a value has no spelling");
		check(i == 0 || str_compare(((struct store_value *)vec_at(&entry->values, i - 1))->key, value->key) < 0,
			"values are not sorted");
	}
}

static struct store_entry *parse(struct arena *arena, struct str text, const char *what)
{
	struct store_entry *entry = arena_calloc(arena, 1, sizeof(*entry));

	store_entry_init(entry, STR("again"));
	check(json_values_parse(entry, arena, text, NULL), what);
	return entry;
}

/* As they are, and as texts that are spelled by us. */
static void check_written(const struct store_entry *entry, struct arena *arena, unsigned indent, bool ours)
{
	struct vec values = VEC_INIT(struct store_value);
	struct error error = ERROR_INIT;
	struct store_entry *again;
	struct secret *text;

	vec_append(&values, entry->values.items, entry->values.len);
	for (size_t i = 0; ours && i < values.len; i++) {
		struct store_value *value = vec_at(&values, i);

		value->json = value->text ? NULL : value->json;
	}
	text = json_values_write(&values, indent, &error);
	check(text != NULL, "it cannot be written");
	again = parse(
		arena, (struct str){.ptr = secret_bytes(text), .len = secret_size(text)}, "it cannot be read again");
	check(again->values.len == entry->values.len, "values come or go");
	for (size_t i = 0; i < values.len; i++) {
		const struct store_value *a = vec_at(&entry->values, i), *b = vec_at(&again->values, i);

		check(str_equal(a->key, b->key) && secrets_equal(a->text, b->text), "a value changes");
		check(ours || secret_equal(a->json, b->json), "a spelling changes");
	}
	store_entry_release(again);
	secret_free(text);
	vec_release(&values);
}

static void check_entry(const struct node *root, unsigned version, unsigned status)
{
	struct store_entry entry;
	struct arena arena;

	arena_init_sensitive(&arena);
	store_entry_init(&entry, STR("entry"));
	if (!vault_entry_read(&entry, &arena, version, status, root)) {
		check_values(&entry);
		check(entry.state != STORE_DELETED || (version == 2 && entry.version > 0), "deleted, of no version");
		check(entry.state != STORE_PRESENT || version == 1 || entry.version > 0, "present, of no version");
		check(entry.state != STORE_ABSENT || status == 404, "absent, with an answer");
		check(entry.state == STORE_PRESENT || entry.values.len == 0, "gone, with values");
		if (entry.state == STORE_PRESENT && str_is_absent(entry.obstacle)) {
			check_written(&entry, &arena, 0, false);
			check_written(&entry, &arena, 2, true);
		}
	}
	store_entry_release(&entry);
	arena_release(&arena);
}

static void check_listing(const struct node *root)
{
	struct vec names = VEC_INIT(struct str), folders = VEC_INIT(struct str);
	struct arena arena;

	arena_init(&arena);
	if (vault_names_read(&names, &folders, &arena, root)) {
		for (size_t i = 0; i < names.len; i++) {
			struct str name = *(struct str *)vec_at(&names, i);

			check(name.len > 0 && str_find(name, '/') == name.len && !str_is(name, ".."), "no name");
		}
	}
	vec_release(&names);
	vec_release(&folders);
	arena_release(&arena);
}

static void check_message(const struct node *root)
{
	struct vec concealed = VEC_INIT(struct str);
	struct strbuf text = STRBUF_INIT;

	*(struct str *)vec_push(&concealed) = STR("hvs.canary-of-a-token");
	if (vault_message_errors(&text, root, &concealed)) {
		check(!str_contains(strbuf_str(&text), STR("canary-o")), "a part of the token is shown");
		check(utf8_valid_prefix(strbuf_str(&text)) == text.len && str_find(strbuf_str(&text), '\n') == text.len,
			"what is shown is not fit to be");
	} else {
		check(text.len == 0, "it is shown in spite of all");
	}
	vec_release(&concealed);
	strbuf_release(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {.ptr = (const char *)data, .len = size};
	struct vec strings = VEC_INIT(struct str);
	struct yaml_stream *stream;
	struct vault_mount mount;
	const struct node *root;
	struct arena arena;
	uint64_t version;

	arena_init_sensitive(&arena);
	vault_message_conceal(&strings, &arena, text);
	stream = json_load(&arena, STR("fuzz.json"), text);
	root = stream->broken ? NULL : yaml_root(stream);
	if (root && root->kind == NODE_MAPPING) {
		for (unsigned kv = 1; kv <= 2; kv++) {
			check_entry(root, kv, 200);
			check_entry(root, kv, 404);
		}
		check_listing(root);
		check_message(root);
		if (vault_mount_read(&mount, &arena, root, STR("secret/phalanx/example")))
			check(str_starts_with(STR("secret/phalanx/example"), mount.path) && mount.version <= 2,
				"no mount");
		(void)vault_may(root, STR("secret/data/phalanx/example/+"), STR("update"));
		check(!vault_version_read(&version, root) || version > 0, "no version");
	}
	yaml_stream_release(stream);
	vec_release(&strings);
	arena_release(&arena);
	return 0;
}
