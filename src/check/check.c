#include "check/check.h"

#include <stdlib.h>

#include "base/path.h"
#include "base/pool.h"
#include "base/xalloc.h"
#include "check/context.h"
#include "check/hygiene.h"
#include "check/schemas.h"
#include "check/suggest.h"
#include "check/used_paths.h"

enum {
	SPECIFICATION_FIRST = 100, /* numbers of rules */
	CONDITIONS_LAST = 399,
	TOKENS_MAX = 16, /* different mistakes of one kind at one place that are told apart */
};

/* Rules for single files, run on the pool with a sink and scratch memory a worker. */
struct file_pass {
	const struct check *check;
	const struct vec *files; /* struct repo_file * */
	struct diag_sink *sinks;
	struct arena *scratch;
};

static void check_one_file(void *context, size_t item, unsigned worker)
{
	const struct file_pass *pass = context;
	const struct repo_file *file = vec_pointer(pass->files, item);
	struct diag_sink *sink = &pass->sinks[worker];
	struct arena *scratch = &pass->scratch[worker];

	if (!file->loaded || !(file->role & CHECK_ROLES))
		return;
	check_file(pass->check, sink, scratch, file);
	check_hygiene(pass->check, sink, scratch, file);
	if (!file_is_sound(file))
		return;
	check_schema(pass->check, sink, scratch, file);
	if (!(file->role & (FILE_SECRETS | FILE_SECRETS_ENVIRONMENT)))
		return;
	check_secrets(pass->check, sink, scratch, file);
	if (pass->check->wants_prose)
		check_prose(pass->check, sink, scratch, file);
}

static void run_file_pass(const struct check *check, const struct vec *files, unsigned jobs)
{
	struct file_pass pass = {.check = check, .files = files};

	jobs = jobs > 0 ? jobs : 1;
	pass.sinks = xcalloc(jobs, sizeof(*pass.sinks));
	pass.scratch = xcalloc(jobs, sizeof(*pass.scratch));
	for (unsigned i = 0; i < jobs; i++) {
		diag_sink_init(&pass.sinks[i]);
		arena_init(&pass.scratch[i]);
	}
	pool_run(jobs, files->len, check_one_file, &pass);
	for (unsigned i = 0; i < jobs; i++) {
		diag_sink_merge(check->sink, &pass.sinks[i]);
		diag_sink_release(&pass.sinks[i]);
		arena_release(&pass.scratch[i]);
	}
	free(pass.sinks);
	free(pass.scratch);
}

static bool is_named(const struct vec *names, struct str name)
{
	for (size_t i = 0; i < names->len; i++) {
		if (str_equal(*(const struct str *)vec_at(names, i), name))
			return true;
	}
	return false;
}

/* Who enables what, for the rules that start from applications. */
static void find_enabling(struct check *check, const struct environment *environment)
{
	if (!environment_is_sound(check, environment))
		return;
	for (size_t i = 0; i < environment->enabled.len; i++) {
		const struct enabled_application *enabled = vec_at(&environment->enabled, i);
		void **slot = map_slot(&check->enabling, enabled->name);

		if (*slot == NULL) {
			struct vec *environments = arena_alloc(&check->arena, sizeof(*environments));

			vec_init(environments, sizeof(const struct environment *));
			*slot = environments;
		}
		vec_push_pointer(*slot, environment);
	}
}

static void check_init(
	struct check *check, struct diag_sink *sink, const struct model *model, const struct check_settings *settings)
{
	*check = (struct check){
		.model = model,
		.repository = model->repository,
		.settings = settings,
		.sink = sink,
		.effort = EFFORT_OF_RUN,
		.environments = VEC_INIT(const struct environment *),
	};
	arena_init(&check->arena);
	map_init(&check->enabling);
	map_init(&check->used_paths);
	check->schemas = schema_set_new();
	check->last_soundness = arena_calloc(&check->arena, 1, sizeof(*check->last_soundness));
	for (size_t i = 0; i < model->environments.len; i++) {
		const struct environment *environment = vec_pointer(&model->environments, i);

		find_enabling(check, environment);
		if (settings == NULL || settings->environments.len == 0 ||
			is_named(&settings->environments, environment->name))
			vec_push_pointer(&check->environments, environment);
	}
}

static void check_release(struct check *check)
{
	schema_set_free(check->schemas);
	used_paths_release(check);
	for (size_t i = 0; i < check->enabling.len; i++)
		vec_release(check->enabling.entries[i].value);
	map_release(&check->enabling);
	vec_release(&check->environments);
	arena_release(&check->arena);
}

static bool concerns_environments(const struct diag *diag, const struct vec *names)
{
	for (size_t i = 0; i < diag->environments.len; i++) {
		if (is_named(names, *(const struct str *)vec_at(&diag->environments, i)))
			return true;
	}
	return names->len == 0 || diag->environments.len == 0;
}

static bool lies_within(struct span span, const struct vec *paths)
{
	for (size_t i = 0; i < paths->len; i++) {
		if (path_is_within(span.source->path, *(const struct str *)vec_at(paths, i)))
			return true;
	}
	return false;
}

/* A change in one file may break another: what points into the paths belongs to them, too. */
static bool concerns_paths(const struct diag *diag, const struct vec *paths)
{
	for (size_t i = 0; i < diag->related.len; i++) {
		if (lies_within(((const struct diag_related *)vec_at(&diag->related, i))->span, paths))
			return true;
	}
	return paths->len == 0 || lies_within(diag->span, paths);
}

static bool is_excluded(const struct diag *diag, const struct repository *repository)
{
	const struct repo_file *file = repository_file(repository, diag->span.source->path);

	return file != NULL && file->excluded;
}

/* What could not be read is reported for any environment and path: a run that is not finished must not look as if it were. */
static bool is_asked_for(
	const struct diag *diag, const struct repository *repository, const struct check_settings *settings)
{
	if (is_excluded(diag, repository))
		return false;
	return diag->rule->stop ||
	       (diag->severity != SEVERITY_OFF && concerns_environments(diag, &settings->environments) &&
		       concerns_paths(diag, &settings->paths));
}

static void truncate_sink(struct diag_sink *sink, size_t kept)
{
	while (sink->diags.len > kept) {
		struct diag *diag = vec_last_pointer(&sink->diags);

		vec_release(&diag->related);
		vec_release(&diag->environments);
		vec_pop(&sink->diags);
	}
}

/* Whether two findings at one place, through whatever aliases it was reached, are one mistake. In the families from the specification to the conditions the token says
 * what is wrong there; elsewhere the words do. */
static bool is_same_mistake(const struct diag *a, const struct diag *b)
{
	if (a->rule != b->rule || a->span.source != b->span.source || a->span.start != b->span.start ||
		a->span.end != b->span.end)
		return false;
	if (str_equal(a->message, b->message))
		return true;
	return a->rule->number >= SPECIFICATION_FIRST && a->rule->number <= CONDITIONS_LAST &&
	       str_equal(a->token, b->token);
}

/* Sorted findings of one place stand together, but not in the order of their tokens: there are few of these. */
static struct diag *find_same_mistake(struct diag **kept, size_t count, const struct diag *diag)
{
	for (size_t i = count; i > 0 && count - i < TOKENS_MAX; i--) {
		if (kept[i - 1]->span.start != diag->span.start)
			return NULL;
		if (is_same_mistake(kept[i - 1], diag))
			return kept[i - 1];
	}
	return NULL;
}

/* What is reached through several aliases is found several times, and reported once. */
static void drop_repetitions(struct diag_sink *sink)
{
	struct diag **diags = sink->diags.items;
	size_t kept = 0;

	for (size_t i = 0; i < sink->diags.len; i++) {
		struct diag *diag = diags[i];
		struct diag *same = find_same_mistake(diags, kept, diag);

		if (same == NULL) {
			diags[i] = diags[kept];
			diags[kept++] = diag;
			continue;
		}
		for (size_t j = 0; j < diag->environments.len; j++)
			diag_environment(sink, same, *(const struct str *)vec_at(&diag->environments, j));
	}
	truncate_sink(sink, kept);
}

/* Drops all findings but those that the function wants kept; it may change them. */
typedef bool keep_function(const void *context, struct diag *diag);

static void keep_only(struct diag_sink *sink, keep_function *keeps, const void *context)
{
	struct diag **diags = sink->diags.items;
	size_t kept = 0;

	for (size_t i = 0; i < sink->diags.len; i++) {
		struct diag *diag = diags[i];

		if (!keeps(context, diag))
			continue;
		diags[i] = diags[kept];
		diags[kept++] = diag;
	}
	truncate_sink(sink, kept);
}

struct wanted {
	const struct repository *repository;
	const struct check_settings *settings;
};

static bool apply_settings(const void *context, struct diag *diag)
{
	const struct wanted *wanted = context;

	diag->severity = check_settings_severity(wanted->settings, rule_id(diag->rule));
	return is_asked_for(diag, wanted->repository, wanted->settings);
}

/* Descriptions are read when a rule wants it: what lists and pages need of the declarations does not depend on them. */
static bool wants_prose(const struct check *check)
{
	for (enum rule_id rule = RULE_ASP701; rule <= RULE_ASP706; rule++) {
		if (check_wants(check, rule))
			return true;
	}
	return false;
}

/* Following every key through the templates is costly. All environments are followed, even when few are asked for: what one of them does not use, another one may. */
static bool wants_delivery(const struct check *check)
{
	static const enum rule_id rules[] = {RULE_ASP301, RULE_ASP302, RULE_ASP401, RULE_ASP402, RULE_ASP403,
		RULE_ASP404, RULE_ASP405, RULE_ASP406, RULE_ASP407};

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		if (check_wants(check, rules[i]))
			return true;
	}
	return false;
}

void check_run(struct diag_sink *sink, const struct model *model, const struct check_settings *settings, unsigned jobs)
{
	struct check check;
	struct delivery *delivery = NULL;

	check_init(&check, sink, model, settings);
	if (wants_delivery(&check))
		check.delivery = delivery = delivery_new(model, NULL, jobs);
	check.wants_prose = wants_prose(&check);
	run_file_pass(&check, &model->repository->files, jobs);
	check_folders(&check);
	check_layout(&check);
	check_unread_files(&check);
	check_hooks(&check);
	check_copies(&check);
	check_resolution(&check);
	check_conditions(&check);
	check_environments(&check);
	check_consumers(&check);
	check_release(&check);
	keep_only(sink, apply_settings, &(struct wanted){.repository = model->repository, .settings = settings});
	diag_sink_sort(sink);
	drop_repetitions(sink);
	withhold_secrets(sink, model->repository);
	delivery_free(delivery);
}

static bool is_error(const void *context, struct diag *diag)
{
	(void)context;
	return diag->severity == SEVERITY_ERROR;
}

/* The files that several environments depend on, each once. */
static void collect_files(struct vec *files, const struct model *model, const struct vec *environments)
{
	struct map seen;

	map_init(&seen);
	for (size_t i = 0; i < environments->len; i++) {
		struct vec some = VEC_INIT(const struct repo_file *);

		model_environment_files(&some, model, vec_pointer(environments, i));
		for (size_t j = 0; j < some.len; j++) {
			const struct repo_file *file = vec_pointer(&some, j);

			if (map_has(&seen, file->path))
				continue;
			map_set(&seen, file->path, NULL);
			vec_push_pointer(files, file);
		}
		vec_release(&some);
	}
	map_release(&seen);
}

/* A check of some environments alone, whatever the settings say. */
static void check_init_some(
	struct check *check, struct diag_sink *sink, const struct model *model, const struct vec *environments)
{
	check_init(check, sink, model, NULL);
	vec_clear(&check->environments);
	vec_append(&check->environments, environments->items, environments->len);
}

void check_declarations(
	struct diag_sink *sink, const struct model *model, const struct vec *environments, unsigned jobs)
{
	struct check check;
	struct vec files = VEC_INIT(const struct repo_file *);

	check_init_some(&check, sink, model, environments);
	collect_files(&files, model, environments);
	run_file_pass(&check, &files, jobs);
	check_enabled(&check);
	vec_release(&files);
	check_release(&check);
	keep_only(sink, is_error, NULL);
	diag_sink_sort(sink);
	drop_repetitions(sink);
	withhold_secrets(sink, model->repository);
}

void check_unresolved(struct diag_sink *sink, const struct model *model, const struct vec *environments)
{
	struct check check;

	check_init_some(&check, sink, model, environments);
	check_copies(&check);
	check_resolution(&check);
	check_release(&check);
	diag_sink_sort(sink);
	drop_repetitions(sink);
	withhold_secrets(sink, model->repository);
}
