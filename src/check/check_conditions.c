/* Family 3xx: the `if` of secrets, copies and generated values, against the values files that decide them. */
#include <string.h>

#include <strings.h>

#include "check/context.h"
#include "check/suggest.h"
#include "check/used_paths.h"

/* An `if`, and all that the values files say to it. */
struct question {
	const struct secret_spec *spec;
	const spec_condition *condition;
	struct values_path path;
	struct vec environments; /* const struct environment *: those that ask it */
	bool sound;              /* all values files can be relied on */
	bool has_default;        /* values.yaml sets it */
	bool set_anywhere;       /* some values file does, be it of an environment that does not exist */
	struct value_lookup set; /* where an environment's file sets it first; key NULL: nowhere */
	size_t set_count;        /* how many do */
};

/* What a values file says to a question: about the setting that is found, or the one in its way. */
struct answer {
	const struct question *question;
	const struct node *node;
	struct str path; /* of the node */
};

struct condition_rules {
	struct check *check;
	struct shared_findings strings;  /* ASP304, by value */
	struct shared_findings blockers; /* ASP305, by value */
};

static void identify(struct check *check, struct diag *diag, const struct question *question)
{
	struct str environment = file_environment(check->model, question->spec->file);

	diag_identify(check->sink, diag,
		subject_of(&check->arena, question->spec->application->name, question->spec->key),
		question->condition->text);
	if (!str_is_absent(environment))
		diag_environment(check->sink, diag, environment);
}

/* An entry of secrets.yaml counts where the environment's own file does not replace it. */
static void find_environments(const struct check *check, struct question *question)
{
	const struct secret_spec *spec = question->spec;
	const struct vec *enabling = check_enabling(check, spec->application);

	vec_init(&question->environments, sizeof(const struct environment *));
	for (size_t i = 0; i < enabling->len; i++) {
		const struct environment *environment = vec_pointer(enabling, i);

		if (application_secret(spec->application, environment->name, spec->key) == spec)
			vec_push_pointer(&question->environments, environment);
	}
}

static void find_settings(const struct check *check, struct question *question)
{
	const struct application *application = question->spec->application;
	struct values defaults = {.overlay = NULL, .defaults = application->chart->values};
	struct value_lookup lookup = values_find(&defaults, question->path);

	question->sound = file_is_sound(application->chart->values);
	question->has_default = value_is_set(&lookup);
	question->set_anywhere = question->has_default;
	for (size_t i = 0; i < application->overlays.len; i++) {
		const struct application_overlay *overlay = vec_pointer(&application->overlays, i);
		struct values values = {.overlay = overlay->values, .defaults = NULL};

		question->sound = question->sound && file_is_sound(overlay->values);
		lookup = values_find(&values, question->path);
		if (!value_is_set(&lookup))
			continue;
		question->set_anywhere = true;
		if (model_environment(check->model, overlay->environment) == NULL)
			continue;
		if (question->set_count++ == 0)
			question->set = lookup;
	}
}

static bool reads_as_false(struct str text)
{
	static const char *const words[] = {"false", "no", "off", "0", "f", "n", "none", "null", "disabled"};

	text = str_trim(text);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (text.len == strlen(words[i]) && strncasecmp(text.ptr, words[i], text.len) == 0)
			return true;
	}
	return false;
}

/* The first components of a path. */
static struct str path_prefix(struct str path, size_t count)
{
	struct str rest = path;

	for (size_t i = 0; i < count && !str_is_absent(rest); i++)
		str_cut(&rest, '.');
	return str_is_absent(rest) ? path : str_slice(path, 0, path.len - rest.len - 1);
}

static void note_answer(struct condition_rules *rules, struct shared_findings *findings,
	const struct question *question, const struct environment *environment, const struct answer *found)
{
	struct answer *answer = arena_alloc(&rules->check->arena, sizeof(*answer));

	*answer = *found;
	answer->question = question;
	shared_add(findings, node_value_span(found->node), STR(""), environment, answer);
}

/* What the values of one environment (NULL: values.yaml alone) answer. Returns whether the path is blocked. */
static bool take_answer(
	struct condition_rules *rules, const struct question *question, const struct environment *environment)
{
	struct str path = question->condition->text;
	struct values values =
		application_values(question->spec->application, environment != NULL ? environment->name : STR_ABSENT);
	struct value_lookup lookup = values_find(&values, question->path);

	if (lookup.blocker != NULL && !node_is_null(lookup.blocker)) {
		note_answer(rules, &rules->blockers, question, environment,
			&(struct answer){.node = lookup.blocker, .path = path_prefix(path, lookup.depth)});
		return true;
	}
	if (node_is_string(lookup.node) && reads_as_false(node_string(lookup.node)))
		note_answer(rules, &rules->strings, question, environment,
			&(struct answer){.node = lookup.node, .path = path});
	return false;
}

static bool take_answers(struct condition_rules *rules, const struct question *question)
{
	bool blocked = false;

	if (question->environments.len == 0)
		return take_answer(rules, question, NULL);
	for (size_t i = 0; i < question->environments.len; i++)
		blocked |= take_answer(rules, question, vec_pointer(&question->environments, i));
	return blocked;
}

/* What a condition that is false leaves out, as the end of "so …". */
static struct str left_out(struct arena *arena, const struct question *question)
{
	const struct secret_spec *spec = question->spec;
	struct str shown = quoted(arena, spec->key);
	const char *what = question->condition == &spec->copy.condition       ? "copied"
			   : question->condition == &spec->generate.condition ? "generated"
									      : "needed";

	return arena_printf(arena, "%.*s is never %s", STR_ARG(shown), what);
}

static void report_misread(struct check *check, const struct question *question, const struct node *key)
{
	struct str shown = quoted(&check->arena, question->condition->text);
	struct str loss = left_out(&check->arena, question);
	struct diag *diag = diag_report(check->sink, rule_get(RULE_ASP301), node_value_span(question->condition->node),
		"No values file sets %.*s, because the key `%.*s` on the way is %s. Conditions look for strings, so "
		"this one is false everywhere and %.*s; write the key of the values file in quotes: `\"%.*s\"`.",
		STR_ARG(shown), STR_ARG(node_text(key)), node_type_phrase(key), STR_ARG(loss), STR_ARG(node_text(key)));

	diag_relate(check->sink, diag, node_value_span(key), "This key is %s.", node_type_phrase(key));
	identify(check, diag, question);
}

/* Whether a text is what a condition can be: names with single dots between them. Keys may hold much, but hardly what expressions are made of. */
static bool is_plain_path(struct str path)
{
	static const char foreign[] = " \t\r\n\"'`()[]{}<>=!|&$,;";

	for (size_t i = 0; i < path.len; i++) {
		if (path.ptr[i] != '\0' && strchr(foreign, path.ptr[i]) != NULL)
			return false;
		if (path.ptr[i] == '.' && (i == 0 || i + 1 == path.len || path.ptr[i - 1] == '.'))
			return false;
	}
	return path.len > 0;
}

/* Where a template of the application names the path of a condition first, or one below it; source NULL: nowhere, or it is not known. */
static struct span first_use(struct check *check, const struct question *question)
{
	const struct span *use = map_get(used_paths_of(check, question->spec->application), question->condition->text);

	return use != NULL ? *use : (struct span){.source = NULL};
}

static void relate_use(struct check *check, struct diag *diag, struct span use)
{
	if (use.source != NULL)
		diag_relate(check->sink, diag, span_first_line(use), "A template uses it here.");
}

/* Whether it can be said that no template names the path. */
static bool is_known_unused(const struct check *check, const struct question *question, struct span use)
{
	return use.source == NULL && check->delivery != NULL &&
	       !delivery_is_partial(check->delivery, question->spec->application);
}

/* What to write instead. A path that templates use is right, and lacks its setting; any other is likely a slip. */
static struct str never_set_hint(struct check *check, const struct question *question, bool is_path, struct span use)
{
	if (use.source != NULL)
		return STR(" Templates use the same path, so that it seems right: give it a default in values.yaml.");
	const struct application *application = question->spec->application;
	struct str suggestion = nearest_values_path(&check->arena, application, used_paths_of(check, application),
		question->condition->text, &check->effort);
	if (!str_is_absent(suggestion))
		return did_you_mean(&check->arena, suggestion);
	return is_path ? STR(" Correct the path, or add the setting to values.yaml.")
		       : STR(" Name the one setting that decides.");
}

static void report_never_set(struct check *check, const struct question *question)
{
	struct str path = question->condition->text;
	const struct node *misread = misread_key(question->spec->application, path, &check->effort);
	struct str loss = left_out(&check->arena, question);

	if (misread != NULL) {
		report_misread(check, question, misread);
		return;
	}
	struct str shown = quoted(&check->arena, path);
	bool is_path = is_plain_path(path) || str_starts_with(path, STR(".Values."));
	struct span use = first_use(check, question);
	struct str hint = never_set_hint(check, question, is_path, use);
	struct diag *diag = diag_report(check->sink, rule_get(RULE_ASP301), node_value_span(question->condition->node),
		"No values file sets %.*s%s. %s everywhere and always, so %.*s.%.*s", STR_ARG(shown),
		is_plain_path(path) && is_known_unused(check, question, use) ? ", and no template names it" : "",
		is_path ? "The condition is false"
			: "A condition is a plain path of Helm values such as `config.enabled`, not an expression: "
			  "this one is false",
		STR_ARG(loss), STR_ARG(hint));

	relate_use(check, diag, use);
	identify(check, diag, question);
}

static struct value_lookup answer_of(const struct question *question, size_t index)
{
	const struct environment *environment = vec_pointer(&question->environments, index);
	struct values values = application_values(question->spec->application, environment->name);

	return values_find(&values, question->path);
}

/* The environments in which the setting is missing, so that Helm takes the subchart's default and the secrets do not. */
static void attach_disagreeing(struct check *check, struct diag *diag, const struct question *question)
{
	for (size_t i = 0; i < question->environments.len; i++) {
		struct value_lookup lookup = answer_of(question, i);

		if (!value_is_set(&lookup))
			diag_environment(check->sink, diag,
				(*(const struct environment **)vec_at(&question->environments, i))->name);
	}
}

static bool is_missing_somewhere(const struct question *question)
{
	for (size_t i = 0; i < question->environments.len; i++) {
		struct value_lookup lookup = answer_of(question, i);

		if (!value_is_set(&lookup))
			return true;
	}
	return question->environments.len == 0;
}

static void report_undeclared(
	struct check *check, const struct question *question, const struct value_lookup *subchart, bool disagrees)
{
	struct span span = node_value_span(question->condition->node);
	struct str shown = quoted(&check->arena, question->condition->text);
	struct str key = quoted(&check->arena, question->spec->key);
	struct diag *diag;

	if (disagrees)
		diag = diag_report(check->sink, rule_get(RULE_ASP302), span,
			"%.*s has no default in values.yaml. A chart that the application depends on has one that is "
			"true, but secrets are decided by the application's own values files, where it counts as "
			"false: Helm and the condition of %.*s disagree. Add it to values.yaml.",
			STR_ARG(shown), STR_ARG(key));
	else
		diag = diag_report(check->sink, rule_get(RULE_ASP302), span,
			"%.*s has no default in values.yaml. Where an environment does not set it, the condition of "
			"%.*s is false for want of a setting; add it to values.yaml.",
			STR_ARG(shown), STR_ARG(key));
	if (question->set_count > 0)
		diag_relate(check->sink, diag, node_span(question->set.key), "%s",
			question->set_count == 1 ? "It is set for one environment, here."
						 : "It is set for some environments, first here.");
	if (disagrees) {
		diag_relate(check->sink, diag, node_value_span(subchart->node), "The chart's default is true.");
		attach_disagreeing(check, diag, question);
	}
	relate_use(check, diag, first_use(check, question));
	identify(check, diag, question);
}

static void judge_presence(struct check *check, const struct question *question)
{
	const struct application *application = question->spec->application;
	struct value_lookup subchart;

	if (!question->sound || question->has_default)
		return;
	enum subchart_result result = chart_find_default(&subchart, application->chart, question->condition->text);
	if (result == SUBCHART_NO && !question->set_anywhere) {
		if (!application_is_injected(application, question->condition->text))
			report_never_set(check, question);
		return;
	}
	bool disagrees = result == SUBCHART_SET && node_truth(subchart.node) && is_missing_somewhere(question);
	if (disagrees || (result == SUBCHART_NO && question->set_count > 0))
		report_undeclared(check, question, &subchart, disagrees);
}

static void judge_constancy(struct check *check, const struct question *question)
{
	size_t yes = 0;

	if (question->environments.len < 2 || !question->set_anywhere || !question->sound)
		return;
	for (size_t i = 0; i < question->environments.len; i++) {
		struct value_lookup lookup = answer_of(question, i);

		yes += value_truth(&lookup);
	}
	if (yes != 0 && yes != question->environments.len)
		return;
	struct str shown = quoted(&check->arena, question->condition->text);
	struct str key = quoted(&check->arena, question->spec->key);
	struct diag *diag = diag_report(check->sink, rule_get(RULE_ASP303), node_value_span(question->condition->node),
		"The condition %.*s of %.*s is %s in every environment that enables '%.*s'. %s.", STR_ARG(shown),
		STR_ARG(key), yes > 0 ? "true" : "false", STR_ARG(question->spec->application->name),
		yes > 0 ? "It could be left out" : "What it guards is needed nowhere");
	identify(check, diag, question);
}

static void judge(struct condition_rules *rules, const struct secret_spec *spec, const spec_condition *condition)
{
	struct check *check = rules->check;

	if (!spec_has(condition) || str_trim(condition->text).len == 0)
		return;
	struct question *question = arena_calloc(&check->arena, 1, sizeof(*question));
	question->spec = spec;
	question->condition = condition;
	question->path = values_path_parse(&check->arena, condition->text);
	find_environments(check, question);
	find_settings(check, question);
	if (!take_answers(rules, question)) {
		judge_presence(check, question);
		if (check_wants(check, RULE_ASP303))
			judge_constancy(check, question);
	}
	vec_release(&question->environments);
}

/* The conditions that ask for a setting, each once. */
static void relate_conditions(struct check *check, struct diag *diag, const struct shared_finding *finding)
{
	struct places places;

	places_init(&places, &check->arena);
	for (size_t i = 0; i < finding->others.len; i++) {
		const struct answer *answer = vec_pointer(&finding->others, i);

		places_add(&places, node_value_span(answer->question->condition->node));
	}
	places_relate(&places, check->sink, diag, "This condition asks for it");
}

static void report_strings(struct check *check, const struct shared_findings *shared)
{
	for (size_t i = 0; i < shared->by_key.len; i++) {
		const struct shared_finding *finding = shared->by_key.entries[i].value;
		const struct answer *answer = finding->first;
		const struct question *question = answer->question;
		struct str text = quoted(&check->arena, node_string(answer->node));
		struct str key = quoted(&check->arena, question->spec->key);
		struct diag *diag = diag_report(check->sink, rule_get(RULE_ASP304), finding->span,
			"`%.*s` is the string %.*s, which counts as true. So does every string that is not empty, for "
			"Helm and for the condition of %.*s; write `false`, without quotes.",
			STR_ARG(answer->path), STR_ARG(text), STR_ARG(key));

		shared_attach(check->sink, diag, finding);
		relate_conditions(check, diag, finding);
		diag_identify(check->sink, diag, finding->span.source->path, question->condition->text);
	}
}

static void report_blockers(struct check *check, const struct shared_findings *shared)
{
	for (size_t i = 0; i < shared->by_key.len; i++) {
		const struct shared_finding *finding = shared->by_key.entries[i].value;
		const struct answer *answer = finding->first;
		const struct question *question = answer->question;
		struct str shown = quoted(&check->arena, question->condition->text);
		struct str key = quoted(&check->arena, question->spec->key);
		struct diag *diag = diag_report(check->sink, rule_get(RULE_ASP305), span_first_line(finding->span),
			"`%.*s` is %s, but the condition %.*s of %.*s asks for what is below it. The path leads "
			"nowhere, so the condition is false; correct the path, or turn the setting into a mapping.",
			STR_ARG(answer->path), node_type_phrase(answer->node), STR_ARG(shown), STR_ARG(key));

		shared_attach(check->sink, diag, finding);
		relate_conditions(check, diag, finding);
		diag_identify(check->sink, diag, finding->span.source->path, question->condition->text);
	}
}

static void judge_secrets(struct condition_rules *rules, const struct secret_file *secrets)
{
	for (size_t i = 0; secrets != NULL && i < secrets->specs.len; i++) {
		const struct secret_spec *spec = vec_pointer(&secrets->specs, i);

		judge(rules, spec, &spec->condition);
		judge(rules, spec, &spec->copy.condition);
		judge(rules, spec, &spec->generate.condition);
	}
}

void check_conditions(struct check *check)
{
	const struct vec *applications = &check->model->applications;
	struct condition_rules rules = {.check = check};

	shared_init(&rules.strings, &check->arena);
	shared_init(&rules.blockers, &check->arena);
	for (size_t i = 0; i < applications->len; i++) {
		const struct application *application = vec_pointer(applications, i);

		judge_secrets(&rules, application->secrets);
		for (size_t j = 0; j < application->overlays.len; j++)
			judge_secrets(&rules,
				(*(const struct application_overlay **)vec_at(&application->overlays, j))->secrets);
	}
	report_strings(check, &rules.strings);
	report_blockers(check, &rules.blockers);
	shared_release(&rules.strings);
	shared_release(&rules.blockers);
}
