/* Any bytes as a file of static secrets: brought up to date, it has all its values and needs nothing more; filled in, what was given. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "statics/fill.h"
#include "statics/update.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "%s\n", what);
	abort();
}

static void want(struct wanted_secrets *wanted)
{
	static const struct {
		const char *application, *key, *description;
		bool encoded;
	} rows[] = {
		{"argocd", "dex.clientSecret",
			"Secret of a client: \"quoted\", # and \\ so on.\n\nIn two paragraphs.\n", false},
		{"mail", "relay-password", "Password of the mail relay.", false},
		{"mail", "tls.key", "Schl\xC3\xBCssel", true},
		{"store", "access-key", " begins with a blank, and goes on for longer than a line of the file may be.",
			false},
	};

	vec_init(&wanted->secrets, sizeof(struct wanted_secret));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		*(struct wanted_secret *)vec_push(&wanted->secrets) = (struct wanted_secret){
			.application = str_of(rows[i].application),
			.key = str_of(rows[i].key),
			.description = str_of(rows[i].description),
			.encoded = rows[i].encoded,
		};
}

static void check_problems(const struct static_secrets *file)
{
	for (size_t i = 0; i < file->problems.len; i++) {
		const struct static_problem *problem = vec_at(&file->problems, i);

		check(problem->span.source && problem->span.end <= problem->span.source->text.len, "a span is nowhere");
		check(problem->message.len > 0, "a problem has no message");
	}
}

/* Whether each value of a is one of b. */
static void check_values(const struct static_secrets *a, const struct static_secrets *b)
{
	for (size_t i = 0; i < a->values.len; i++) {
		const struct static_value *value = vec_at(&a->values, i), *other;

		if (!value->node)
			continue;
		other = static_secrets_find(b, value->kind, value->owner, value->name);
		check(other && other->node && str_equal(other->node->scalar, value->node->scalar), "a value is lost");
	}
}

static void fill(struct static_secrets *file, const struct wanted_secrets *wanted)
{
	static const char *const values[] = {
		"plain", "it's: # \"x\"", "two\nlines\n", " \t\x01\xC3\xBC\xF0\x9F\x94\x91\r\n", "- a\n  b"};
	struct vec missing = VEC_INIT(const struct static_value *), given = VEC_INIT(struct given_value);
	struct static_secrets next;
	struct str text;

	static_missing(&missing, file, wanted);
	for (size_t i = 0; i < missing.len; i++) {
		const char *value = values[i % (sizeof(values) / sizeof(values[0]))];

		*(struct given_value *)vec_push(&given) = (struct given_value){
			.place = vec_pointer(&missing, i), .value = secret_new(value, strlen(value))};
	}
	if (static_fill(&text, file, &given)) {
		static_secrets_read(&next, file->arena, STR("fuzz.yaml"), text, file->form);
		check(next.problems.len == 0, "what was filled in cannot be read");
		check_values(file, &next);
		check(static_secrets_filled(&next) >= static_secrets_filled(file) + given.len,
			"what was given is not there");
		static_secrets_release(&next);
	}
	for (size_t i = 0; i < given.len; i++)
		secret_free(((struct given_value *)vec_at(&given, i))->value);
	vec_release(&missing);
	vec_release(&given);
}

static void update(struct static_secrets *file, const struct wanted_secrets *wanted)
{
	struct vec changes = VEC_INIT(struct static_change), more = VEC_INIT(struct static_change);
	struct static_secrets next;
	struct str text, again;

	if (!static_update(&text, &changes, file, wanted)) {
		check(file->problems.len > 0, "it failed without a word");
		check_problems(file);
	} else {
		static_secrets_read(&next, file->arena, STR("fuzz.yaml"), text, file->form);
		check(next.problems.len == 0, "what was updated cannot be read");
		check_values(file, &next);
		check_values(&next, file);
		check(static_update(&again, &more, &next, wanted) && str_equal(text, again),
			"a second update changes it");
		fill(&next, wanted);
		static_secrets_release(&next);
	}
	vec_release(&changes);
	vec_release(&more);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct wanted_secrets wanted;
	struct static_secrets file;
	struct arena arena;

	arena_init_sensitive(&arena);
	want(&wanted);
	static_secrets_read(&file, &arena, STR("fuzz.yaml"), (struct str){(const char *)data, size},
		size % 2 == 0 ? STATIC_NESTED : STATIC_FLAT);
	check_problems(&file);
	if (file.problems.len == 0)
		update(&file, &wanted);
	static_secrets_release(&file);
	wanted_secrets_release(&wanted);
	arena_release(&arena);
	return 0;
}
