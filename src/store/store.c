#include "store/store.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "store/store_private.h"

void store_init(struct store *store, const struct store_kind *kind)
{
	*store = (struct store){.kind = kind};
	arena_init(&store->arena);
}

void store_release(struct store *store)
{
	arena_release(&store->arena);
}

void store_entry_init(struct store_entry *entry, struct str name)
{
	*entry = (struct store_entry){.name = name, .values = VEC_INIT(struct store_value)};
	map_init(&entry->by_key);
}

void store_entry_release(struct store_entry *entry)
{
	for (size_t i = 0; i < entry->values.len; i++) {
		struct store_value *value = vec_at(&entry->values, i);

		secret_free(value->text);
		secret_free(value->json);
	}
	vec_release(&entry->values);
	map_release(&entry->by_key);
}

const struct store_value *store_entry_find(const struct store_entry *entry, struct str key)
{
	return map_get(&entry->by_key, key);
}

void store_snapshot_init(struct store_snapshot *snapshot)
{
	*snapshot = (struct store_snapshot){
		.entries = VEC_INIT(struct store_entry *), .folders = VEC_INIT(struct str), .error = ERROR_INIT};
	arena_init_sensitive(&snapshot->arena);
	map_init(&snapshot->by_name);
}

void store_snapshot_release(struct store_snapshot *snapshot)
{
	for (size_t i = 0; i < snapshot->entries.len; i++)
		store_entry_release(vec_pointer(&snapshot->entries, i));
	vec_release(&snapshot->entries);
	map_release(&snapshot->by_name);
	vec_release(&snapshot->folders);
	error_release(&snapshot->error);
	arena_release(&snapshot->arena);
}

const struct store_entry *store_snapshot_find(const struct store_snapshot *snapshot, struct str name)
{
	return map_get(&snapshot->by_name, name);
}

bool store_snapshot_add(struct store_snapshot *snapshot, struct store_entry *entry)
{
	if (entry->state == STORE_ABSENT || map_has(&snapshot->by_name, entry->name)) {
		store_entry_release(entry);
		return false;
	}
	vec_push_pointer(&snapshot->entries, entry);
	map_set(&snapshot->by_name, entry->name, entry);
	return true;
}

static int compare_entries(const void *a, const void *b)
{
	const struct store_entry *first = *(struct store_entry *const *)a, *second = *(struct store_entry *const *)b;

	return str_compare(first->name, second->name);
}

static int compare_names(const void *a, const void *b)
{
	return str_compare(*(const struct str *)a, *(const struct str *)b);
}

void store_snapshot_seal(struct store_snapshot *snapshot)
{
	vec_sort(&snapshot->entries, compare_entries);
	vec_sort(&snapshot->folders, compare_names);
}

void store_free(struct store *store)
{
	if (store)
		store->kind->free(store);
}

struct str store_name(const struct store *store)
{
	return store->name;
}

bool store_is_versioned(const struct store *store)
{
	return store->kind->is_versioned(store);
}

void store_read_start(
	struct store *store, struct store_snapshot *snapshot, unsigned purposes, store_each *each, void *context)
{
	store->kind->read(store, snapshot, purposes, each, context);
}

void store_entry_start(struct store *store, struct str name, store_entry_done *done, void *context)
{
	store->kind->entry(store, name, done, context);
}

void store_write_start(
	struct store *store, struct str name, uint64_t cas, struct secret *body, store_write_done *done, void *context)
{
	store->kind->write(store, name, cas, body, done, context);
}

void store_delete_start(struct store *store, struct str name, uint64_t version, store_write_done *done, void *context)
{
	store->kind->delete_version(store, name, version, done, context);
}

struct str store_undelete_command(const struct store *store, struct arena *arena, struct str name, uint64_t version)
{
	return store->kind->undelete_command(store, arena, name, version);
}

void store_run(struct store *store)
{
	store->kind->run(store);
}

static bool is_plain(struct str word)
{
	for (size_t i = 0; i < word.len; i++) {
		if (!ascii_is_alnum(word.ptr[i]) && !memchr("_-./:=@%+,", word.ptr[i], 10))
			return false;
	}
	return word.len > 0;
}

/* Whether a terminal shows it as it is. */
static bool is_visible(struct str word)
{
	struct strbuf shown = STRBUF_INIT;
	bool same;

	strbuf_append_visible(&shown, word);
	same = str_equal(strbuf_str(&shown), word);
	strbuf_release(&shown);
	return same;
}

/* $'…' of bash, ksh and zsh. */
static void append_escaped(struct strbuf *out, struct str word)
{
	strbuf_append_c(out, "$'");
	for (size_t i = 0; i < word.len; i++) {
		char c = word.ptr[i];

		if (c == '\'' || c == '\\')
			strbuf_printf(out, "\\%c", c);
		else if (c < ' ' || c > '~')
			strbuf_printf(out, "\\x%02x", (unsigned)(unsigned char)c);
		else
			strbuf_append_char(out, c);
	}
	strbuf_append_char(out, '\'');
}

void store_shell_word(struct strbuf *out, struct str word)
{
	if (is_plain(word)) {
		strbuf_append(out, word);
		return;
	}
	if (!is_visible(word)) {
		append_escaped(out, word);
		return;
	}
	strbuf_append_char(out, '\'');
	for (size_t i = 0; i < word.len; i++) {
		if (word.ptr[i] == '\'')
			strbuf_append_c(out, "'\\''");
		else
			strbuf_append_char(out, word.ptr[i]);
	}
	strbuf_append_char(out, '\'');
}
