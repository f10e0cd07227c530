/* ASP101 and ASP102 in the layout of SQR-079: the flags `{application}: {enabled: …}` at the top of the environments' files. The schema leaves such keys open, as other
 * settings stand among them. */
#include "check/context.h"
#include "check/suggest.h"

enum {
	TEXT_EFFORT = 256, /* bytes of templates that cost as much as the comparison of two names */
};

struct flag_check {
	const struct check *check;
	struct diag_sink *sink;
	struct arena *scratch;
	const struct repo_file *file;
	size_t effort;
};

static void identify(const struct flag_check *flags, struct diag *diag, struct str application, struct str token)
{
	struct str environment = file_environment(flags->check->model, flags->file);

	diag_identify(flags->sink, diag, subject_of(flags->scratch, flags->file->path, application), token);
	if (!str_is_absent(environment))
		diag_environment(flags->sink, diag, environment);
}

static bool names_application(const struct model *model, struct str name)
{
	return map_has(&model->application_by_name, name) || map_has(&model->argocd_by_name, name);
}

/* Whether a template of Argo CD may read what stands under a name: some write `cert_manager` for cert-manager. */
static bool is_in_template(struct flag_check *flags, struct str name)
{
	const struct vec *files = &flags->check->repository->files;

	for (size_t i = 0; i < files->len; i++) {
		const struct repo_file *file = vec_pointer(files, i);
		size_t cost;

		if (file->role != FILE_ARGOCD_TEMPLATE)
			continue;
		cost = 1 + file->source->text.len / TEXT_EFFORT;
		if (flags->effort < cost || str_contains(file->source->text, name))
			return true;
		flags->effort -= cost;
	}
	return false;
}

static void check_type(struct flag_check *flags, struct str application, const struct node_pair *flag)
{
	const struct node *value = node_resolve(flag->value);

	if (value->type == TYPE_BOOL || node_is_null(value))
		return;
	struct diag *diag = diag_report(flags->sink, rule_get(RULE_ASP102), span_first_line(node_value_span(value)),
		"`%.*s.enabled` must be a boolean, not %s. Helm takes for true what is not empty, be it \"false\"; "
		"write "
		"`true` or `false`, without quotes.",
		STR_ARG(application), node_type_phrase(value));
	identify(flags, diag, application, STR("enabled"));
}

/* An application without a flag is not enabled; of its keys only a near miss of the flag's is wrong. */
static void check_keys(struct flag_check *flags, struct str application, const struct node *entry)
{
	const struct node_pair *pair;
	struct node_pairs walk;

	node_pairs_begin(&walk, entry);
	while ((pair = node_pairs_next(&walk)) != NULL) {
		struct str key = node_string(pair->key);

		if (str_is_absent(key) || !is_near_miss(key, STR("enabled")))
			continue;
		struct str shown = quoted(flags->scratch, key);
		struct diag *diag = diag_report(flags->sink, rule_get(RULE_ASP101), node_span(pair->key),
			"There is no setting %.*s of '%.*s'. Nothing reads it, so it enables nothing; did you mean "
			"'enabled'?",
			STR_ARG(shown), STR_ARG(application));
		identify(flags, diag, application, key);
	}
	node_pairs_end(&walk);
}

static void check_name(struct flag_check *flags, struct str name, const struct node *key)
{
	struct str likely = nearest_application(flags->check->model, name, &flags->effort);

	if (str_is_absent(likely) || is_in_template(flags, name))
		return;
	struct str shown = quoted(flags->scratch, name);
	struct diag *diag = diag_report(flags->sink, rule_get(RULE_ASP101), node_span(key),
		"There is no application %.*s. Nothing reads its flag, so it enables nothing; did you mean '%.*s'?",
		STR_ARG(shown), STR_ARG(likely));
	identify(flags, diag, name, STR(""));
}

void check_flags(const struct check *check, struct diag_sink *sink, struct arena *scratch, const struct repo_file *file)
{
	struct flag_check flags = {
		.check = check, .sink = sink, .scratch = scratch, .file = file, .effort = EFFORT_OF_FILE};
	const struct node_pair *pair;
	struct node_pairs walk;

	if (check->model->layout != LAYOUT_SQR079)
		return;
	node_pairs_begin(&walk, yaml_root(file->stream));
	while ((pair = node_pairs_next(&walk)) != NULL) {
		struct str name = node_string(pair->key);
		const struct node *entry = node_resolve(pair->value);
		const struct node_pair *flag = node_is_mapping(entry) ? node_find(entry, STR("enabled")) : NULL;

		if (str_is_absent(name) || !node_is_mapping(entry))
			continue;
		if (!names_application(check->model, name)) {
			if (flag != NULL && !check->model->argocd_generated)
				check_name(&flags, name, pair->key);
		} else if (flag != NULL) {
			check_type(&flags, name, flag);
		} else {
			check_keys(&flags, name, entry);
		}
	}
	node_pairs_end(&walk);
}
