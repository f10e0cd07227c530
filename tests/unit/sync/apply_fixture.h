/* A small environment with every way in which entries depend on one another, a store in memory, and runs of plan and apply over both. */
#ifndef ASPIS_TESTS_SYNC_APPLY_FIXTURE_H
#define ASPIS_TESTS_SYNC_APPLY_FIXTURE_H

#include "../model/fixture.h"
#include "generate/generate.h"
#include "generate/verify.h"
#include "memory_store.h"
#include "model/resolve.h"
#include "sync/apply.h"
#include "sync/plan.h"

/* Hashing at the product's cost takes seconds. */
const unsigned generate_bcrypt_cost = 4;

#define APPLY_SECRET "canary-0f3c9a"

/* beta and loop wait for each other. */
static const struct fixture_file apply_files[] = {
	{"environments/values.yaml", "applications: {alpha: true, beta: true, gamma: true, loop: true}\n"},
	{"environments/values-dev.yaml", "name: dev\nfqdn: dev.example.org\nvaultPathPrefix: secret/dev\n"},
	{"applications/alpha/Chart.yaml", "name: alpha\n"},
	{"applications/alpha/secrets.yaml",
		"password: {description: d, generate: {type: password}}\n"
		"hash: {description: d, generate: {type: bcrypt-password-hash, source: password}}\n"
		"time: {description: d, generate: {type: mtime, source: password}}\n"
		"given: {description: d}\n"
		"literal: {description: d, value: text}\n"},
	{"applications/beta/Chart.yaml", "name: beta\n"},
	{"applications/beta/secrets.yaml", "password: {description: d, copy: {application: alpha, key: password}}\n"
					   "own: {description: d, generate: {type: password}}\n"
					   "theirs: {description: d, copy: {application: loop, key: token}}\n"},
	{"applications/gamma/Chart.yaml", "name: gamma\n"},
	{"applications/gamma/secrets.yaml", "key: {description: d, copy: {application: alpha, key: given}}\n"},
	{"applications/loop/Chart.yaml", "name: loop\n"},
	{"applications/loop/secrets.yaml", "token: {description: d, generate: {type: password}}\n"
					   "own: {description: d, copy: {application: beta, key: own}}\n"},
	{NULL, NULL},
};

/* Steps of the environment above. */
#define APPLY_STEPS 11

struct apply_fixture {
	struct fixture repository;
	struct resolution *resolution;
	struct given_values given;
	struct memory_store store;
	struct plan_options options;
	struct journal *journal;
	size_t asked;        /* how often it was asked for a signal */
	size_t interrupt_at; /* at which of them there is one; 0: none */
};

static inline void apply_open(struct apply_fixture *fixture)
{
	*fixture = (struct apply_fixture){.options = plan_options_default};
	fixture_open(&fixture->repository, apply_files);
	fixture->resolution =
		resolve_environment(fixture->repository.model, fixture_environment(&fixture->repository, "dev"));
	given_values_init(&fixture->given);
	fixture->given.source = GIVEN_FILE;
	fixture->given.name = STR("static.yaml");
	given_values_add(&fixture->given, STR("alpha"), STR("given"), GIVEN_VALUE,
		secret_new(APPLY_SECRET, strlen(APPLY_SECRET)));
	given_values_seal(&fixture->given);
	memory_init(&fixture->store);
}

static inline void apply_close(struct apply_fixture *fixture)
{
	store_free(&fixture->store.store);
	given_values_release(&fixture->given);
	resolution_free(fixture->resolution);
	fixture_close(&fixture->repository);
}

static inline struct plan *apply_plan(void *context, const struct store_snapshot *remote)
{
	struct apply_fixture *fixture = context;
	struct plan_input input = {
		.resolution = fixture->resolution,
		.given = &fixture->given,
		.remote = remote,
		.store_name = STR("memory"),
		.options = &fixture->options,
	};

	return plan_new(&input);
}

static inline int apply_interruption(void *context)
{
	struct apply_fixture *fixture = context;

	fixture->asked++;
	return fixture->interrupt_at > 0 && fixture->asked >= fixture->interrupt_at ? 2 : 0;
}

/* A plan over what the store holds, carried out. The result is the caller's to release. */
static inline void apply_once(struct apply_fixture *fixture, struct apply_result *result)
{
	struct apply_input input = {
		.store = &fixture->store.store,
		.journal = fixture->journal,
		.jobs = 2,
		.now = 1700000000,
		.replan = apply_plan,
		.interrupted = apply_interruption,
		.context = fixture,
	};
	struct store_snapshot remote;
	struct plan *plan;

	memory_snapshot(&fixture->store, &remote);
	plan = apply_plan(fixture, &remote);
	input.plan = plan;
	input.remote = &remote;
	apply_run(result, &input);
	plan_free(plan);
	store_snapshot_release(&remote);
}

/* Whether a plan would find anything to do. */
static inline bool apply_has_work(struct apply_fixture *fixture)
{
	struct store_snapshot remote;
	struct plan *plan;
	bool has_work;

	memory_snapshot(&fixture->store, &remote);
	plan = apply_plan(fixture, &remote);
	has_work = plan_has_work(plan);
	plan_free(plan);
	store_snapshot_release(&remote);
	return has_work;
}

/* Every step is accounted for, once. */
static inline void assert_accounted(const struct apply_result *result, size_t steps)
{
	size_t sum = 0;

	assert_int_equal(result->steps.len, steps);
	for (int state = 0; state < APPLY_STATE_COUNT; state++)
		sum += result->count[state];
	assert_int_equal(sum, steps);
	for (size_t i = 0; i < result->steps.len; i++) {
		const struct apply_step *step = vec_at(&result->steps, i);

		if (step->state == APPLY_FAILED || step->state == APPLY_NOT_TRIED)
			assert_true(step->cause.len > 0);
	}
}

static inline const struct apply_step *find_step(const struct apply_result *result, const char *entry, const char *key)
{
	for (size_t i = 0; i < result->steps.len; i++) {
		const struct apply_step *step = vec_at(&result->steps, i);

		if (str_is(step->entry, entry) && str_is(step->key, key))
			return step;
	}
	fail_msg("no step %s %s", entry, key);
	return NULL;
}

/* A member of a version of an entry; the caller frees. NULL: it has none. */
static inline struct secret *member_of(struct str body, const char *key)
{
	struct error error = ERROR_INIT;
	struct store_entry entry;
	struct secret *copy = NULL;
	struct arena arena;

	arena_init(&arena);
	store_entry_init(&entry, STR("x"));
	assert_true(json_values_parse(&entry, &arena, body, &error));
	const struct store_value *value = store_entry_find(&entry, str_of(key));
	if (value && value->text)
		copy = secret_new(secret_bytes(value->text), secret_size(value->text));
	store_entry_release(&entry);
	arena_release(&arena);
	return copy;
}

static inline struct secret *present(const struct apply_fixture *fixture, const char *entry, const char *key)
{
	struct secret *value = member_of(memory_body(&fixture->store, entry), key);

	if (!value)
		fail_msg("%s %s is not there", entry, key);
	return value;
}

static inline void assert_same(const struct apply_fixture *fixture, const char *entry, const char *key,
	const char *other_entry, const char *other)
{
	struct secret *a = present(fixture, entry, key), *b = present(fixture, other_entry, other);

	assert_true(secret_equal(a, b));
	secret_free(a);
	secret_free(b);
}

/* All is there, and fits together. */
static inline void assert_converged(struct apply_fixture *fixture)
{
	struct secret *hash = present(fixture, "alpha", "hash"), *password = present(fixture, "alpha", "password");

	assert_true(verify_bcrypt(hash, password));
	secret_free(hash);
	secret_free(password);
	assert_same(fixture, "alpha", "password", "beta", "password");
	assert_same(fixture, "loop", "token", "beta", "theirs");
	assert_same(fixture, "beta", "own", "loop", "own");
	assert_same(fixture, "alpha", "given", "gamma", "key");
	assert_false(apply_has_work(fixture));
}

/* A value that was generated has never been replaced by another one, and never gone. */
static inline void assert_made_once(const struct apply_fixture *fixture, const char *name, const char *key)
{
	const struct memory_entry *entry = memory_find(&fixture->store, str_of(name));
	struct secret *first = NULL;

	for (size_t i = 0; entry && i < entry->versions.len; i++) {
		struct secret *value = member_of(*(struct str *)vec_at(&entry->versions, i), key);

		assert_true(!first || (value && secret_equal(first, value)));
		if (first)
			secret_free(value);
		else
			first = value;
	}
	secret_free(first);
}

static inline void assert_all_made_once(const struct apply_fixture *fixture)
{
	assert_made_once(fixture, "alpha", "password");
	assert_made_once(fixture, "alpha", "hash");
	assert_made_once(fixture, "beta", "own");
	assert_made_once(fixture, "loop", "token");
}

#endif
