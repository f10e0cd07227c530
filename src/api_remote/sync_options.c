#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "api_remote/sync_private.h"

void aspis_sync_options_init(struct aspis_sync_options *options)
{
	*options = (struct aspis_sync_options){.purpose = ASPIS_SYNC_PLAN, .max_delete = ASPIS_SYNC_MAX_DELETE};
}

static void take_words(struct aspis_sync *sync, struct vec *out, const struct aspis_sync_words *words)
{
	for (size_t i = 0; i < words->count; i++)
		*(struct str *)vec_push(out) = arena_str(&sync->arena, str_of(words->items[i]));
}

/* Pipes have a name in /dev/fd that leads to no file: `<(…)`, and /dev/stdin behind a `|`. */
static bool refuse_path(const char *path, int number, struct error *error)
{
	struct stat status;

	if (strcmp(path, "-") == 0 || strncmp(path, "/dev/", 5) == 0 || stat(path, &status) == 0)
		return error_set(error, ERROR_USAGE,
			"%s is no file: static secrets are read from a file alone, neither from a pipe nor from "
			"standard "
			"input, as they may be needed a second time; write them to one that only you can read",
			path);
	if (number == ENOENT)
		return error_set(error, ERROR_USAGE, "%s cannot be read: there is no such file", path);
	return error_set_errno(error, number, "%s cannot be read", path);
}

/* The working directory may be another one when a saved plan is carried out. */
static bool take_path(struct aspis_sync *sync, const char *path, struct error *error)
{
	char *absolute = path ? realpath(path, NULL) : NULL;

	if (path && !absolute)
		return refuse_path(path, errno, error);
	sync->secrets = absolute ? arena_str(&sync->arena, str_of(absolute)) : STR_ABSENT;
	free(absolute);
	return true;
}

static bool take_given(struct aspis_sync *sync, struct error *error)
{
	const struct aspis_sync_options *settings = &sync->settings;

	take_words(sync, &sync->only, &settings->only);
	take_words(sync, &sync->exclude, &settings->exclude);
	take_words(sync, &sync->rotate, &settings->rotate);
	sync->options = (struct plan_options){
		.only = &sync->only,
		.exclude = &sync->exclude,
		.rotate = &sync->rotate,
		.regenerate = settings->regenerate,
		.delete_unknown = settings->delete_unknown,
		.force = settings->force,
		.delete_pull_secret = settings->delete_pull_secret,
		.max_delete = settings->max_delete,
		.partial = settings->partial,
	};
	sync->legacy = settings->legacy;
	return take_path(sync, settings->secrets, error);
}

static bool same_words(const struct vec *a, const struct vec *b)
{
	if (a->len != b->len)
		return false;
	for (size_t i = 0; i < a->len; i++) {
		if (!str_equal(*(const struct str *)vec_at(a, i), *(const struct str *)vec_at(b, i)))
			return false;
	}
	return true;
}

/* What was given again beside a saved plan has to be what it was made with. */
static const char *find_contradiction(const struct aspis_sync *sync, const struct plan_options *saved)
{
	const struct plan_options *given = &sync->options;
	const struct {
		const char *name;
		bool contradicts;
	} checks[] = {
		{"only", given->only->len > 0 && !same_words(given->only, saved->only)},
		{"exclude", given->exclude->len > 0 && !same_words(given->exclude, saved->exclude)},
		{"rotate", given->rotate->len > 0 && !same_words(given->rotate, saved->rotate)},
		{"regenerate", given->regenerate && !saved->regenerate},
		{"delete", given->delete_unknown && !saved->delete_unknown},
		{"force", given->force && !saved->force},
		{"delete-pull-secret", given->delete_pull_secret && !saved->delete_pull_secret},
		{"partial", given->partial && !saved->partial},
		{"max-delete", given->max_delete != ASPIS_SYNC_MAX_DELETE && given->max_delete != saved->max_delete},
		{"onepassword-scheme", sync->legacy && !str_is(plan_file_scheme(sync->file), "legacy")},
		{"secrets", !str_is_absent(sync->secrets) && !str_equal(sync->secrets, plan_file_source(sync->file))},
	};

	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++) {
		if (checks[i].contradicts)
			return checks[i].name;
	}
	return NULL;
}

static bool take_saved(struct aspis_sync *sync, struct error *error)
{
	struct str name = sync->resolution->environment->name;
	const struct plan_options *saved;
	const char *contradiction;

	sync->file = plan_file_read(sync->settings.plan, error);
	if (!sync->file)
		return false;
	if (!str_equal(plan_file_environment(sync->file), name))
		return error_set(error, ERROR_USAGE, "%s is a plan for the environment %.*s, not for %.*s",
			sync->settings.plan, STR_ARG(plan_file_environment(sync->file)), STR_ARG(name));
	saved = plan_file_options(sync->file);
	contradiction = find_contradiction(sync, saved);
	if (contradiction)
		return error_set(error, ERROR_USAGE,
			"%s was not made with the --%s that is given here; leave it out, or plan again",
			sync->settings.plan, contradiction);
	sync->options = *saved;
	sync->legacy = str_is(plan_file_scheme(sync->file), "legacy");
	sync->secrets = arena_str(&sync->arena, plan_file_source(sync->file));
	return true;
}

bool sync_take_options(struct aspis_sync *sync, struct error *error)
{
	return take_given(sync, error) && (!sync->settings.plan || take_saved(sync, error));
}
