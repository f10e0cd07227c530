/* A store in memory, for the tests of apply: what is started is carried out, in order, when it is run. Any request can be made to fail or to end in doubt, and a second writer can come in
 * before it. It remembers every version of every entry. */
#ifndef ASPIS_TESTS_SYNC_MEMORY_STORE_H
#define ASPIS_TESTS_SYNC_MEMORY_STORE_H

#include "base/strbuf.h"
#include "store/json_values.h"
#include "store/store_private.h"

enum memory_fault {
	MEMORY_FINE,
	MEMORY_REFUSED,   /* nothing happens */
	MEMORY_LOST,      /* nothing happens, but that is not known */
	MEMORY_UNNOTICED, /* it happens, but that is not known */
};

struct memory_entry {
	struct str name;
	struct vec versions; /* struct str: bodies; the last is the present one */
	bool deleted;
};

enum memory_kind { MEMORY_WRITE, MEMORY_DELETE, MEMORY_ENTRY };

struct memory_request {
	enum memory_kind kind;
	struct str name;
	uint64_t version;
	struct str body;
	store_write_done *written;
	store_entry_done *read;
	void *context;
};

struct memory_store;
typedef void memory_intruder(struct memory_store *store, const struct memory_request *request);

struct memory_store {
	struct store store;
	struct vec entries; /* struct memory_entry * */
	struct vec queue;   /* struct memory_request */
	size_t next;
	size_t requests; /* carried out so far */
	size_t at;       /* of which request (from 1 on) the fault is; 0: none */
	enum memory_fault fault;
	memory_intruder *intruder; /* NULL: none; called before each request */
	size_t intrusions;
};

static inline struct memory_store *memory_of(struct store *store)
{
	return (struct memory_store *)(void *)store;
}

static inline struct memory_entry *memory_find(const struct memory_store *store, struct str name)
{
	for (size_t i = 0; i < store->entries.len; i++) {
		struct memory_entry *entry = vec_pointer(&store->entries, i);

		if (str_equal(entry->name, name))
			return entry;
	}
	return NULL;
}

/* Writes a version, whatever was there. */
static inline void memory_put(struct memory_store *store, struct str name, struct str body)
{
	struct memory_entry *entry = memory_find(store, name);

	if (!entry) {
		entry = arena_calloc(&store->store.arena, 1, sizeof(*entry));
		entry->name = arena_str(&store->store.arena, name);
		vec_init(&entry->versions, sizeof(struct str));
		vec_push_pointer(&store->entries, entry);
	}
	*(struct str *)vec_push(&entry->versions) = arena_str(&store->store.arena, body);
	entry->deleted = false;
}

static inline uint64_t memory_version(const struct memory_entry *entry)
{
	return entry ? entry->versions.len : 0;
}

/* The body of the present version; "" where there is none. */
static inline struct str memory_body(const struct memory_store *store, const char *name)
{
	const struct memory_entry *entry = memory_find(store, str_of(name));

	return entry && !entry->deleted ? *(struct str *)vec_last(&entry->versions) : STR("");
}

/* The entry as a store gives it, in arena; to be released. */
static inline struct store_entry *memory_read(const struct memory_entry *entry, struct arena *arena, struct str name)
{
	struct store_entry *out = arena_calloc(arena, 1, sizeof(*out));
	struct error error = ERROR_INIT;

	store_entry_init(out, arena_str(arena, name));
	out->state = !entry ? STORE_ABSENT : entry->deleted ? STORE_DELETED : STORE_PRESENT;
	out->version = memory_version(entry);
	if (out->state == STORE_PRESENT)
		assert_true(json_values_parse(out, arena, *(struct str *)vec_last(&entry->versions), &error));
	return out;
}

static inline void memory_snapshot(const struct memory_store *store, struct store_snapshot *snapshot)
{
	store_snapshot_init(snapshot);
	for (size_t i = 0; i < store->entries.len; i++) {
		struct memory_entry *entry = vec_pointer(&store->entries, i);

		store_snapshot_add(snapshot, memory_read(entry, &snapshot->arena, entry->name));
	}
	store_snapshot_seal(snapshot);
}

static inline void memory_free(struct store *store)
{
	struct memory_store *memory = memory_of(store);

	for (size_t i = 0; i < memory->entries.len; i++)
		vec_release(&((struct memory_entry *)vec_pointer(&memory->entries, i))->versions);
	vec_release(&memory->entries);
	vec_release(&memory->queue);
	store_release(store);
}

static inline bool memory_is_versioned(const struct store *store)
{
	return store != NULL;
}

static inline void memory_start_entry(struct store *store, struct str name, store_entry_done *done, void *context)
{
	*(struct memory_request *)vec_push(&memory_of(store)->queue) =
		(struct memory_request){.kind = MEMORY_ENTRY, .name = name, .read = done, .context = context};
}

static inline void memory_start_write(
	struct store *store, struct str name, uint64_t cas, struct secret *body, store_write_done *done, void *context)
{
	*(struct memory_request *)vec_push(&memory_of(store)->queue) = (struct memory_request){
		.kind = MEMORY_WRITE,
		.name = name,
		.version = cas,
		.body = arena_str(&store->arena, secret_str(body)),
		.written = done,
		.context = context,
	};
}

static inline void memory_start_delete(
	struct store *store, struct str name, uint64_t version, store_write_done *done, void *context)
{
	*(struct memory_request *)vec_push(&memory_of(store)->queue) = (struct memory_request){
		.kind = MEMORY_DELETE, .name = name, .version = version, .written = done, .context = context};
}

static inline struct str memory_undelete(
	const struct store *store, struct arena *arena, struct str name, uint64_t version)
{
	(void)store;
	return arena_printf(arena, "undelete %.*s %llu", STR_ARG(name), (unsigned long long)version);
}

static inline void memory_execute_read(
	struct memory_store *store, const struct memory_request *request, enum memory_fault fault)
{
	struct error error = ERROR_INIT;
	struct arena arena;

	if (fault != MEMORY_FINE) {
		error_set(&error, ERROR_SYSTEM, "the server does not answer");
		request->read(request->context, NULL, &error);
		error_release(&error);
		return;
	}
	arena_init(&arena);
	struct store_entry *entry = memory_read(memory_find(store, request->name), &arena, request->name);
	request->read(request->context, entry, NULL);
	store_entry_release(entry);
	arena_release(&arena);
}

/* Whether it happened. */
static inline bool memory_change(struct memory_store *store, const struct memory_request *request)
{
	struct memory_entry *entry = memory_find(store, request->name);

	if (memory_version(entry) != request->version || (request->kind == MEMORY_DELETE && entry->deleted))
		return false;
	if (request->kind == MEMORY_WRITE)
		memory_put(store, request->name, request->body);
	else
		entry->deleted = true;
	return true;
}

static inline void memory_execute_change(
	struct memory_store *store, const struct memory_request *request, enum memory_fault fault)
{
	struct error error = ERROR_INIT;
	enum store_outcome outcome = STORE_UNCERTAIN;

	if (fault == MEMORY_REFUSED)
		outcome = STORE_FAILED;
	else if (fault == MEMORY_FINE)
		outcome = memory_change(store, request) ? STORE_DONE : STORE_CONFLICT;
	else if (fault == MEMORY_UNNOTICED)
		memory_change(store, request);
	if (outcome != STORE_DONE)
		error_set(&error, ERROR_SYSTEM, "the server does not want to");
	request->written(request->context, outcome,
		outcome == STORE_DONE ? memory_version(memory_find(store, request->name)) : 0, &error);
	error_release(&error);
}

static inline void memory_run(struct store *base)
{
	struct memory_store *store = memory_of(base);

	for (; store->next < store->queue.len; store->next++) {
		struct memory_request request = *(struct memory_request *)vec_at(&store->queue, store->next);
		enum memory_fault fault = ++store->requests == store->at ? store->fault : MEMORY_FINE;

		if (store->intruder)
			store->intruder(store, &request);
		if (request.kind == MEMORY_ENTRY)
			memory_execute_read(store, &request, fault);
		else
			memory_execute_change(store, &request, fault);
	}
}

static const struct store_kind memory_kind = {
	.free = memory_free,
	.is_versioned = memory_is_versioned,
	.entry = memory_start_entry,
	.write = memory_start_write,
	.delete_version = memory_start_delete,
	.undelete_command = memory_undelete,
	.run = memory_run,
};

static inline void memory_init(struct memory_store *store)
{
	*store = (struct memory_store){
		.entries = VEC_INIT(struct memory_entry *), .queue = VEC_INIT(struct memory_request)};
	store_init(&store->store, &memory_kind);
	store->store.name = STR("memory");
}

#endif
