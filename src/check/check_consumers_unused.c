/* ASP402: what is declared, and what nothing that can be read uses. As long as something that is not known could use it, nothing is said. */
#include <stdint.h>

#include "check/consumers.h"

enum {
	SEARCH_EFFORT =
		100000000, /* bytes of values files and templates of an application that are looked through for names of keys */
};

struct unused_rules {
	struct check *check;
	struct map used; /* NULL, by entry (all its keys may be used) and by "entry/key" */
	struct map
		charted; /* NULL, by name of an application that has manifests: others get their secrets in ways of their own */
	struct map telling; /* NULL, by folder of a chart that tells programs of Secrets by their configuration */
	struct map
		charts;   /* const struct chart *, by folder: of the application at hand, with all that it depends on */
	struct map sizes; /* size_t *, by folder of a chart: of the text of its templates */
	size_t size;      /* of all templates of the application at hand */
	size_t effort;    /* left for it */
};

static void note_used(struct unused_rules *rules, struct str entry, struct str key)
{
	if (!str_is_absent(entry) && !str_is_absent(key))
		map_set(&rules->used, subject_of(&rules->check->arena, entry, key), NULL);
	else if (!str_is_absent(entry))
		map_set(&rules->used, entry, NULL);
}

static void note_declared_uses(struct unused_rules *rules, const struct secret_file *secrets)
{
	for (size_t i = 0; secrets != NULL && i < secrets->specs.len; i++) {
		const struct secret_spec *spec = vec_pointer(&secrets->specs, i);

		if (spec_has(&spec->copy.application) && spec_has(&spec->copy.key))
			note_used(rules, spec->copy.application.text, spec->copy.key.text);
		if (spec_has(&spec->generate.source))
			note_used(rules, spec->application->name, spec->generate.source.text);
	}
}

/* A consumer of which it is not known what Secret it uses, or in which namespace, may use any of its application and of that namespace. */
static void note_unknown_consumers(struct unused_rules *rules, const struct delivery_environment *environment)
{
	struct map name_spaces;

	map_init(&name_spaces);
	for (size_t i = 0; i < environment->consumers.len; i++) {
		const struct delivery_consumer *consumer = vec_pointer(&environment->consumers, i);

		if (!str_is_absent(consumer->manifest->secret) && !str_is_absent(consumer->name_space))
			continue;
		note_used(rules, consumer->application->name, STR_ABSENT);
		if (!str_is_absent(consumer->name_space))
			map_set(&name_spaces, consumer->name_space, NULL);
	}
	for (size_t i = 0; name_spaces.len > 0 && i < environment->producers.len; i++) {
		const struct delivery_producer *producer = vec_pointer(&environment->producers, i);

		if (!str_is_absent(producer->name_space) && map_has(&name_spaces, producer->name_space))
			note_used(rules, producer->entry, STR_ABSENT);
	}
	map_release(&name_spaces);
}

/* One whose path is not known may read its application's entry, and one of which not all is known may take any key, for
 * anybody. */
static void note_vault_secret(struct unused_rules *rules, const struct delivery_producer *producer)
{
	if (str_is_absent(producer->entry) && !producer->elsewhere)
		note_used(rules, producer->application->name, STR_ABSENT);
	else if (producer->manifest->takes_whole || producer->manifest->open ||
		 str_is_absent(producer->manifest->secret) || str_is_absent(producer->name_space))
		note_used(rules, producer->entry, STR_ABSENT);
}

static void note_environment(struct unused_rules *rules, const struct delivery_environment *environment)
{
	for (size_t i = 0; i < environment->uses.len; i++) {
		const struct vault_use *use = vec_pointer(&environment->uses, i);

		/* To hand on what is there is no use of it. */
		if (use->consumer == NULL && use->whole && !use->producer->manifest->takes_whole)
			continue;
		note_used(rules, use->entry, use->whole ? STR_ABSENT : use->key);
	}
	for (size_t i = 0; i < environment->consumers.len; i++) {
		const struct delivery_consumer *consumer = vec_pointer(&environment->consumers, i);

		map_set(&rules->charted, consumer->application->name, NULL);
	}
	for (size_t i = 0; i < environment->producers.len; i++) {
		const struct delivery_producer *producer = vec_pointer(&environment->producers, i);

		map_set(&rules->charted, producer->application->name, NULL);
		if (producer->manifest->kind == PRODUCER_VAULT_SECRET)
			note_vault_secret(rules, producer);
	}
	note_unknown_consumers(rules, environment);
}

static void note_uses(struct unused_rules *rules)
{
	const struct vec *applications = &rules->check->model->applications;
	const struct vec *environments = &rules->check->delivery->environments;

	for (size_t i = 0; i < applications->len; i++) {
		const struct application *application = vec_pointer(applications, i);

		note_declared_uses(rules, application->secrets);
		for (size_t j = 0; j < application->overlays.len; j++)
			note_declared_uses(rules,
				(*(const struct application_overlay **)vec_at(&application->overlays, j))->secrets);
	}
	for (size_t i = 0; i < environments->len; i++)
		note_environment(rules, vec_pointer(environments, i));
}

/* Programs may make pods by themselves, as their configuration says: which keys these use cannot be known. */
static bool tells_of_secrets(struct str template)
{
	static const char *const words[] = {"secretName", "secretKeyRef", "secretRef", "imagePullSecrets"};

	if (!str_contains(template, STR("ConfigMap")))
		return false;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (str_contains(template, str_of(words[i])))
			return true;
	}
	return false;
}

/* The folder of the chart that a template belongs to. */
static struct str chart_folder(struct str path)
{
	const char *below = memmem(path.ptr, path.len, "/templates/", strlen("/templates/"));

	return below != NULL ? str_slice(path, 0, (size_t)(below - path.ptr)) : path;
}

static void note_size(struct unused_rules *rules, const struct repo_file *file)
{
	void **slot = map_slot(&rules->sizes, chart_folder(file->path));
	size_t *size = *slot;

	if (size == NULL)
		*slot = size = arena_calloc(&rules->check->arena, 1, sizeof(*size));
	*size += file->source->text.len;
}

static void note_templates(struct unused_rules *rules)
{
	const struct vec *files = &rules->check->repository->files;

	for (size_t i = 0; i < files->len; i++) {
		const struct repo_file *file = vec_pointer(files, i);

		if (file->role != FILE_TEMPLATE)
			continue;
		if (!str_is_absent(file->application))
			map_set(&rules->charted, file->application, NULL);
		note_size(rules, file);
		if (tells_of_secrets(file->source->text))
			map_set(&rules->telling, chart_folder(file->path), NULL);
	}
}

/* Whether an environment deploys an application, as far as that is known. Where nothing guards it, its flag decides. */
static enum truth is_deployed_in(
	const struct check *check, const struct application *application, const struct environment *environment)
{
	bool enabled = environment_enabled(environment, application->name) != NULL;
	enum truth truth = model_deploys(check->model, environment, application);

	if (application->argocd.len == 0 || (truth == TRUTH_UNKNOWN && enabled))
		return enabled ? TRUTH_YES : TRUTH_NO;
	return truth;
}

/* Whether some environment does, and of every one it is known whether it does. Of what is deployed nowhere nobody expects a use. */
static bool is_deployed(const struct check *check, const struct application *application)
{
	const struct vec *environments = &check->model->environments;
	bool deployed = false;

	for (size_t i = 0; i < environments->len; i++) {
		const struct environment *environment = vec_pointer(environments, i);
		enum truth truth = is_deployed_in(check, application, environment);

		if (truth == TRUTH_UNKNOWN || !environment_is_sound(check, environment) ||
			!application_is_sound_in(application, environment->name))
			return false;
		deployed |= truth == TRUTH_YES;
	}
	return deployed;
}

/* False where too much has been looked through already. */
static bool spend(struct unused_rules *rules, size_t size)
{
	rules->effort = size <= rules->effort ? rules->effort - size : 0;
	return rules->effort > 0;
}

static bool file_mentions(struct unused_rules *rules, const struct repo_file *file, struct str text)
{
	return file != NULL && (!spend(rules, file->source->text.len) || str_contains(file->source->text, text));
}

/* The chart of an application and all that it depends on: those behind the last that is known are looked at in turn. */
static void find_charts(struct unused_rules *rules, const struct application *application)
{
	map_release(&rules->charts);
	map_init(&rules->charts);
	map_set(&rules->charts, application->chart->folder, (void *)(uintptr_t)application->chart);
	for (size_t i = 0; i < rules->charts.len; i++) {
		const struct chart *chart = rules->charts.entries[i].value;

		for (size_t j = 0; j < chart->dependencies.len; j++) {
			const struct chart *other =
				((const struct chart_dependency *)vec_at(&chart->dependencies, j))->chart;

			if (other != NULL && !map_has(&rules->charts, other->folder))
				map_set(&rules->charts, other->folder, (void *)(uintptr_t)other);
		}
	}
}

static size_t templates_size(const struct unused_rules *rules)
{
	size_t sum = 0;

	for (size_t i = 0; i < rules->charts.len; i++) {
		const size_t *size = map_get(&rules->sizes, rules->charts.entries[i].key);

		sum += size != NULL ? *size : 0;
	}
	return sum;
}

static bool charts_tell(const struct unused_rules *rules)
{
	for (size_t i = 0; i < rules->charts.len; i++) {
		if (map_has(&rules->telling, rules->charts.entries[i].key))
			return true;
	}
	return false;
}

/* Whether the values of the application name a key: programs are told of keys by their configuration, too. */
static bool values_mention(struct unused_rules *rules, const struct application *application, struct str text)
{
	for (size_t i = 0; i < application->overlays.len; i++) {
		const struct application_overlay *overlay = vec_pointer(&application->overlays, i);

		if (file_mentions(rules, overlay->values, text))
			return true;
	}
	for (size_t i = 0; i < rules->charts.len; i++) {
		if (file_mentions(rules, ((const struct chart *)rules->charts.entries[i].value)->values, text))
			return true;
	}
	return false;
}

static bool is_unused(struct unused_rules *rules, const struct secret_spec *spec)
{
	const struct application *application = spec->application;

	if (map_has(&rules->used, subject_of(&rules->check->arena, application->name, spec->key)) ||
		values_mention(rules, application, spec->key))
		return false;
	return spend(rules, rules->size) && !delivery_mentions(rules->check->delivery, application, spec->key);
}

static void report_unused(struct check *check, const struct secret_spec *spec)
{
	struct str environment = file_environment(check->model, spec->file);
	struct str key = quoted(&check->arena, spec->key);
	struct diag *diag =
		diag_report(check->sink, rule_get(RULE_ASP402), span_first_line(node_value_span(spec->key_node)),
			"%.*s is declared, but no template of '%.*s' uses it, and nothing is copied or derived from "
			"it. Somebody "
			"has to provide a value that nobody reads; remove it, or use it.",
			STR_ARG(key), STR_ARG(spec->application->name));

	if (!str_is_absent(environment))
		diag_environment(check->sink, diag, environment);
	diag_identify(check->sink, diag, subject_of(&check->arena, spec->application->name, spec->key), spec->key);
}

static void judge_secrets(struct unused_rules *rules, const struct secret_file *secrets)
{
	for (size_t i = 0; secrets != NULL && i < secrets->specs.len; i++) {
		const struct secret_spec *spec = vec_pointer(&secrets->specs, i);

		if (spec->replaces == NULL && is_unused(rules, spec))
			report_unused(rules->check, spec);
	}
}

static bool may_be_judged(const struct unused_rules *rules, const struct application *application)
{
	return application_declares_secrets(application) && !map_has(&rules->used, application->name) &&
	       map_has(&rules->charted, application->name) && application_declarations_are_sound(application) &&
	       is_deployed(rules->check, application) && !delivery_is_partial(rules->check->delivery, application);
}

static void judge_application(struct unused_rules *rules, const struct application *application)
{
	if (!may_be_judged(rules, application))
		return;
	find_charts(rules, application);
	if (charts_tell(rules))
		return;
	rules->size = templates_size(rules);
	rules->effort = SEARCH_EFFORT;
	judge_secrets(rules, application->secrets);
	for (size_t i = 0; i < application->overlays.len; i++)
		judge_secrets(
			rules, (*(const struct application_overlay **)vec_at(&application->overlays, i))->secrets);
}

void check_unused_keys(struct check *check)
{
	const struct vec *applications = &check->model->applications;
	struct unused_rules rules = {.check = check};

	if (!check_wants(check, RULE_ASP402))
		return;
	map_init(&rules.used);
	map_init(&rules.charted);
	map_init(&rules.telling);
	map_init(&rules.charts);
	map_init(&rules.sizes);
	note_templates(&rules);
	note_uses(&rules);
	for (size_t i = 0; i < applications->len; i++)
		judge_application(&rules, vec_pointer(applications, i));
	map_release(&rules.used);
	map_release(&rules.charted);
	map_release(&rules.telling);
	map_release(&rules.charts);
	map_release(&rules.sizes);
}
