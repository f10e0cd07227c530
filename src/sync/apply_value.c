#include <stdlib.h>

#include "base/pool.h"
#include "generate/generate.h"
#include "sync/apply_private.h"

static bool is_generated(const struct apply_key *key)
{
	return key->planned && key->planned->value_kind == PLAN_VALUE_GENERATED;
}

static struct apply_key *source_of(const struct apply_key *key)
{
	const struct plan_key *source = key->planned ? key->planned->source : NULL;

	return source ? apply_find(key->entry->apply, source->entry->name, source->key) : NULL;
}

/* Follows copies to the key whose value it is. */
static struct apply_key *origin_of(struct apply_key *key)
{
	while (key && key->planned && !(key->confirmed && key->made) && key->planned->value_kind == PLAN_VALUE_COPIED)
		key = source_of(key);
	return key;
}

static struct secret *held_value(const struct apply_key *key)
{
	if (key->made)
		return key->made;
	if (!key->planned)
		return NULL;
	if (key->planned->value_kind == PLAN_VALUE_KNOWN)
		return key->planned->value;
	return key->planned->stored ? key->planned->stored->text : NULL;
}

struct secret *apply_value(struct apply_key *key, const struct apply_entry *writer, struct str *why)
{
	struct apply_key *origin = origin_of(key);
	struct arena *arena = &writer->apply->arena;

	if (!origin || !origin->planned) {
		*why = STR("what it is copied from is not there any more");
		return NULL;
	}
	/* What is made has to lie in the store before anybody else relies on it. */
	if (!is_generated(origin) || origin->confirmed || origin->entry == writer) {
		struct secret *value = held_value(origin);

		if (!value)
			*why = arena_printf(arena, "%.*s/%.*s has no value that is a string",
				STR_ARG(origin->entry->name), STR_ARG(origin->planned->key));
		return value;
	}
	*why = arena_printf(arena, "it needs %.*s/%.*s, which was not written", STR_ARG(origin->entry->name),
		STR_ARG(origin->planned->key));
	return NULL;
}

bool apply_has_early(const struct apply_entry *entry)
{
	for (size_t i = 0; i < entry->keys.len; i++) {
		const struct apply_key *key = vec_pointer(&entry->keys, i);

		if (key->planned->early && !key->confirmed)
			return true;
	}
	return false;
}

/* A value that takes time to be made: a hash, or a key of RSA. */
struct slow_job {
	struct apply_key *key;
	struct secret *source; /* of a hash */
	struct error error;
};

static bool is_slow(const struct apply_key *key)
{
	return key->planned->generate == GENERATE_BCRYPT_PASSWORD_HASH ||
	       key->planned->generate == GENERATE_RSA_PRIVATE_KEY;
}

static void make_slow(void *context, size_t item, unsigned worker)
{
	struct slow_job *job = vec_at(context, item);

	(void)worker;
	if (job->key->planned->generate == GENERATE_RSA_PRIVATE_KEY)
		generate_rsa_private_key(&job->key->made, &job->error);
	else
		generate_bcrypt_password_hash(&job->key->made, job->source, &job->error);
	/* The thread's stack is not given back while the process lasts. */
	secret_wipe_stack();
}

static bool make_mtime(struct secret **out, const struct apply *apply, struct error *error)
{
	return generate_mtime(out, apply->input->now, error);
}

/* Makes a value that depends on no other. */
static bool make_value(struct apply_key *key, struct error *error)
{
	switch (key->planned->generate) {
	case GENERATE_PASSWORD:
		return generate_password(&key->made, error);
	case GENERATE_GAFAELFAWR_TOKEN:
		return generate_gafaelfawr_token(&key->made, error);
	case GENERATE_FERNET_KEY:
		return generate_fernet_key(&key->made, error);
	case GENERATE_MTIME:
		return make_mtime(&key->made, key->entry->apply, error);
	default:
		return error_set(
			error, ERROR_SYSTEM, "%.*s: nothing can be generated for it", STR_ARG(key->planned->key));
	}
}

static void fail_made(struct apply_key *key, struct error *error)
{
	struct arena *arena = &key->entry->apply->arena;
	const char *message = error->message ? error->message : "it could not be made";

	apply_settle(key->entry, APPLY_FAILED, arena_printf(arena, "%.*s: %s", STR_ARG(key->planned->key), message));
	error_release(error);
}

/* Whether the write under way needs a value that is still to be made. */
static bool is_to_be_made(const struct apply_key *key)
{
	return is_generated(key) && !key->made && (key->planned->early || !key->entry->is_early);
}

static void make_plain(struct apply_entry *entry)
{
	for (size_t i = 0; i < entry->keys.len && !entry->settled; i++) {
		struct apply_key *key = vec_pointer(&entry->keys, i);
		struct error error = ERROR_INIT;

		if (is_to_be_made(key) && !is_slow(key) && !make_value(key, &error))
			fail_made(key, &error);
	}
}

/* What a hash is made of; NULL: it is not to be had, and the entry is settled. */
static struct secret *hash_source(struct apply_key *key)
{
	struct apply_key *from = source_of(key);
	struct str why = STR("what it is a hash of is not there any more");
	struct secret *source = from ? apply_value(from, key->entry, &why) : NULL;

	if (!source)
		apply_settle(key->entry, APPLY_NOT_TRIED, why);
	return source;
}

/* Whether a hash is one of another that is made for the same write, and has to wait for it. */
static bool waits(const struct apply_key *key)
{
	const struct apply_key *origin = origin_of(source_of(key));

	return origin && origin->entry == key->entry && is_to_be_made(origin) && is_slow(origin);
}

/* Returns whether keys are left that wait for those that were added. */
static bool add_slow(struct vec *jobs, struct apply_entry *entry)
{
	bool is_waiting = false;

	for (size_t i = 0; i < entry->keys.len && !entry->settled; i++) {
		struct apply_key *key = vec_pointer(&entry->keys, i);
		bool is_hash = key->planned && key->planned->generate == GENERATE_BCRYPT_PASSWORD_HASH;
		struct secret *source = NULL;

		if (!is_to_be_made(key) || !is_slow(key))
			continue;
		if (is_hash && waits(key)) {
			is_waiting = true;
			continue;
		}
		if (is_hash)
			source = hash_source(key);
		if (!entry->settled)
			*(struct slow_job *)vec_push(jobs) = (struct slow_job){.key = key, .source = source};
	}
	return is_waiting;
}

static void run_slow(struct apply *apply, struct vec *jobs)
{
	/* Threads begin with the registers of whoever starts them. */
	secret_wipe_stack();
	pool_run(apply->input->jobs > 0 ? apply->input->jobs : 1, jobs->len, make_slow, jobs);
	for (size_t i = 0; i < jobs->len; i++) {
		struct slow_job *job = vec_at(jobs, i);

		if (!job->key->made)
			fail_made(job->key, &job->error);
	}
}

void apply_make(struct apply *apply, const struct vec *entries)
{
	struct vec jobs = VEC_INIT(struct slow_job);
	bool is_waiting;

	for (size_t i = 0; i < entries->len; i++)
		make_plain(vec_pointer(entries, i));
	do {
		is_waiting = false;
		vec_clear(&jobs);
		for (size_t i = 0; i < entries->len; i++)
			is_waiting = add_slow(&jobs, vec_pointer(entries, i)) || is_waiting;
		run_slow(apply, &jobs);
	} while (is_waiting && jobs.len > 0);
	vec_release(&jobs);
}
