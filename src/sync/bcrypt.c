/* Verifying bcrypt hashes takes seconds each: it is done on threads, while requests are under way and for several at the same time. */
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#include "base/pool.h"
#include "base/xalloc.h"
#include "generate/verify.h"
#include "sync/plan_private.h"

enum verdict_state {
	VERDICT_WAITING,
	VERDICT_UNDER_WAY,
	VERDICT_KNOWN,
};

struct verdict {
	struct secret *hash;
	struct secret *source;
	enum verdict_state state;
	bool fits;
};

struct bcrypt_verdicts {
	pthread_mutex_t mutex;
	pthread_cond_t work;  /* there is something to verify, or it ends */
	pthread_cond_t known; /* a verdict has come */
	struct vec verdicts;  /* struct verdict *, in the order in which they were asked for */
	size_t next;          /* all before it are under way or known */
	pthread_t *threads;
	unsigned thread_count;
	unsigned thread_max;
	unsigned idle;
	bool ends;
};

struct bcrypt_verdicts *bcrypt_verdicts_new(void)
{
	struct bcrypt_verdicts *verdicts = xcalloc(1, sizeof(*verdicts));

	pthread_mutex_init(&verdicts->mutex, NULL);
	pthread_cond_init(&verdicts->work, NULL);
	pthread_cond_init(&verdicts->known, NULL);
	vec_init(&verdicts->verdicts, sizeof(struct verdict *));
	verdicts->thread_max = pool_default_jobs();
	verdicts->threads = xcalloc(verdicts->thread_max, sizeof(*verdicts->threads));
	return verdicts;
}

void bcrypt_verdicts_free(struct bcrypt_verdicts *verdicts)
{
	if (!verdicts)
		return;
	pthread_mutex_lock(&verdicts->mutex);
	verdicts->ends = true;
	pthread_cond_broadcast(&verdicts->work);
	pthread_mutex_unlock(&verdicts->mutex);
	for (unsigned i = 0; i < verdicts->thread_count; i++)
		pthread_join(verdicts->threads[i], NULL);
	for (size_t i = 0; i < verdicts->verdicts.len; i++) {
		struct verdict *verdict = vec_pointer(&verdicts->verdicts, i);

		secret_free(verdict->hash);
		secret_free(verdict->source);
		free(verdict);
	}
	vec_release(&verdicts->verdicts);
	free(verdicts->threads);
	pthread_cond_destroy(&verdicts->known);
	pthread_cond_destroy(&verdicts->work);
	pthread_mutex_destroy(&verdicts->mutex);
	free(verdicts);
}

/* With the mutex held, which is let go while it is verified. */
static void verify(struct bcrypt_verdicts *verdicts, struct verdict *verdict)
{
	bool fits;

	verdict->state = VERDICT_UNDER_WAY;
	pthread_mutex_unlock(&verdicts->mutex);
	fits = verify_bcrypt(verdict->hash, verdict->source);
	/* The thread's stack is not given back while the process lasts. */
	secret_wipe_stack();
	pthread_mutex_lock(&verdicts->mutex);
	verdict->fits = fits;
	verdict->state = VERDICT_KNOWN;
	pthread_cond_broadcast(&verdicts->known);
}

/* NULL: nothing waits. */
static struct verdict *take(struct bcrypt_verdicts *verdicts)
{
	while (verdicts->next < verdicts->verdicts.len) {
		struct verdict *verdict = vec_pointer(&verdicts->verdicts, verdicts->next++);

		if (verdict->state == VERDICT_WAITING)
			return verdict;
	}
	return NULL;
}

static void *work(void *argument)
{
	struct bcrypt_verdicts *verdicts = argument;

	pthread_mutex_lock(&verdicts->mutex);
	while (!verdicts->ends) {
		struct verdict *verdict = take(verdicts);

		if (verdict) {
			verify(verdicts, verdict);
			continue;
		}
		verdicts->idle++;
		pthread_cond_wait(&verdicts->work, &verdicts->mutex);
		verdicts->idle--;
	}
	pthread_mutex_unlock(&verdicts->mutex);
	return NULL;
}

/* Wakes a thread, or starts one more; where there can be none, who asks verifies. Signals are left to the threads that were there before. */
static void wake(struct bcrypt_verdicts *verdicts)
{
	sigset_t all, before;

	if (verdicts->idle > 0) {
		pthread_cond_signal(&verdicts->work);
		return;
	}
	if (verdicts->thread_count == verdicts->thread_max)
		return;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	/* A thread begins with the registers of whoever starts it. */
	secret_wipe_stack();
	if (pthread_create(&verdicts->threads[verdicts->thread_count], NULL, work, verdicts) == 0)
		verdicts->thread_count++;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* The verdict on a pair, new where it is asked for the first time. */
static struct verdict *find(struct bcrypt_verdicts *verdicts, struct secret *hash, struct secret *source)
{
	struct verdict *verdict;

	for (size_t i = 0; i < verdicts->verdicts.len; i++) {
		verdict = vec_pointer(&verdicts->verdicts, i);
		if (secret_equal(verdict->hash, hash) && secret_equal(verdict->source, source))
			return verdict;
	}
	verdict = xcalloc(1, sizeof(*verdict));
	verdict->hash = secret_new(secret_bytes(hash), secret_size(hash));
	verdict->source = secret_new(secret_bytes(source), secret_size(source));
	vec_push_pointer(&verdicts->verdicts, verdict);
	return verdict;
}

void bcrypt_verdicts_start(struct bcrypt_verdicts *verdicts, struct secret *hash, struct secret *source)
{
	size_t before;

	pthread_mutex_lock(&verdicts->mutex);
	before = verdicts->verdicts.len;
	find(verdicts, hash, source);
	if (verdicts->verdicts.len > before)
		wake(verdicts);
	pthread_mutex_unlock(&verdicts->mutex);
}

bool bcrypt_verdicts_ask(struct bcrypt_verdicts *verdicts, struct secret *hash, struct secret *source)
{
	struct verdict *verdict;
	bool fits;

	pthread_mutex_lock(&verdicts->mutex);
	verdict = find(verdicts, hash, source);
	if (verdict->state == VERDICT_WAITING)
		verify(verdicts, verdict);
	while (verdict->state != VERDICT_KNOWN)
		pthread_cond_wait(&verdicts->known, &verdicts->mutex);
	fits = verdict->fits;
	pthread_mutex_unlock(&verdicts->mutex);
	return fits;
}

/* Chains of copies that are followed: cycles have no end. */
enum { COPIES_MAX = 64 };

/* What a source of a hash will most likely be, a new secret: literal or given, through copies, else what the entry holds. NULL: nobody knows. */
static struct secret *foresee(
	const struct resolved_secret *source, const struct given_values *given, const struct store_entry *entry)
{
	const struct store_value *stored = store_entry_find(entry, source->spec->key);
	const struct given_secret *found = NULL;
	struct secret *value = stored ? stored->text : NULL;

	for (unsigned i = 0; i < COPIES_MAX && source->origin == ORIGIN_COPY && source->source; i++)
		source = source->source;
	if (source->origin == ORIGIN_VALUE)
		return secret_new(source->spec->value.text.ptr, source->spec->value.text.len);
	if (source->origin == ORIGIN_STATIC && given)
		found = given_values_find(given, source->application->name, source->spec->key);
	if (found && found->state == GIVEN_VALUE)
		value = found->value;
	return value ? secret_new(secret_bytes(value), secret_size(value)) : NULL;
}

void bcrypt_verdicts_foresee(struct bcrypt_verdicts *verdicts, const struct resolution *resolution,
	const struct given_values *given, const struct store_entry *entry)
{
	const struct resolved_application *application = map_get(&resolution->by_name, entry->name);

	for (size_t i = 0; application && i < application->secrets.len; i++) {
		const struct resolved_secret *secret = vec_pointer(&application->secrets, i);
		const struct store_value *hash = store_entry_find(entry, secret->spec->key);
		struct secret *source;

		if (secret->origin != ORIGIN_GENERATE || !secret->source || !hash || !hash->text ||
			secret->spec->generate.type != GENERATE_BCRYPT_PASSWORD_HASH)
			continue;
		source = foresee(secret->source, given, entry);
		if (source)
			bcrypt_verdicts_start(verdicts, hash->text, source);
		secret_free(source);
	}
}

size_t bcrypt_verdicts_count(struct bcrypt_verdicts *verdicts)
{
	size_t count;

	pthread_mutex_lock(&verdicts->mutex);
	count = verdicts->verdicts.len;
	pthread_mutex_unlock(&verdicts->mutex);
	return count;
}
