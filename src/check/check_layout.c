/* ASP010 to ASP013: folders and files that name an application or an environment, and those that do not exist or are not used. */
#include "check/context.h"
#include "check/suggest.h"

bool is_value_file(const struct application *application, struct str name)
{
	for (size_t i = 0; i < application->argocd.len; i++) {
		const struct argocd_application *argocd = vec_pointer(&application->argocd, i);

		for (size_t j = 0; j < argocd->value_files.len; j++) {
			if (str_equal(*(const struct str *)vec_at(&argocd->value_files, j), name))
				return true;
		}
	}
	return false;
}

static void report_unknown_environment(
	struct check *check, const struct application *application, const struct repo_file *file)
{
	struct str suggestion = nearest_environment(check->model, file->environment, &check->effort);
	struct str name = str_slice(file->path, application->folder.len + 1, file->path.len);

	if (is_value_file(application, name))
		return;
	struct str hint = str_is_absent(suggestion) ? STR(" Rename the file, or delete it.")
						    : did_you_mean(&check->arena, suggestion);
	struct diag *diag = diag_report(check->sink, rule_get(RULE_ASP010), span_of_source(file->source),
		"There is no environment '%.*s'. Nothing reads '%.*s', so what it says takes no effect.%.*s",
		STR_ARG(file->environment), STR_ARG(name), STR_ARG(hint));
	diag_identify(check->sink, diag, file->path, file->environment);
}

static void check_overlays(struct check *check, const struct application *application)
{
	for (size_t i = 0; i < application->overlays.len; i++) {
		const struct application_overlay *overlay = vec_pointer(&application->overlays, i);

		if (model_environment(check->model, overlay->environment) != NULL)
			continue;
		if (overlay->values != NULL)
			report_unknown_environment(check, application, overlay->values);
		if (overlay->secrets != NULL)
			report_unknown_environment(check, application, overlay->secrets->file);
	}
}

static void check_chart(struct check *check, const struct application *application)
{
	/* Folders of editors and notebooks begin with a dot: they are not meant as applications. */
	if (application->chart->file != NULL || application->first_file == NULL ||
		str_starts_with(application->name, STR(".")))
		return;
	struct diag *diag =
		diag_report(check->sink, rule_get(RULE_ASP012), span_of_source(application->first_file->source),
			"The application '%.*s' has no Chart.yaml. Without it the folder '%.*s' is no Helm chart and "
			"Argo CD cannot deploy it; add the file, or move the folder elsewhere.",
			STR_ARG(application->name), STR_ARG(application->folder));

	diag_identify(check->sink, diag, application->folder, STR("Chart.yaml"));
}

/* Without a single Argo CD template the flags are all there is. */
static bool is_deployed_somewhere(const struct check *check, const struct application *application)
{
	const struct model *model = check->model;
	const struct vec *environments = &model->environments;

	if (model->argocd.len == 0 && !model->argocd_generated)
		return check_enabling(check, application)->len > 0;
	for (size_t i = 0; i < environments->len; i++) {
		const struct environment *environment = vec_pointer(environments, i);

		if (!environment_is_sound(check, environment) ||
			model_deploys(model, environment, application) != TRUTH_NO)
			return true;
	}
	return false;
}

static void check_use(struct check *check, const struct application *application)
{
	if (application->chart->file == NULL || is_deployed_somewhere(check, application))
		return;
	struct diag *diag;
	struct span span = span_of_source(application->chart->file->source);
	if (application->argocd.len == 0 && check->model->argocd.len > 0)
		diag = diag_report(check->sink, rule_get(RULE_ASP013), span,
			"No environment deploys the application '%.*s'. There is no Argo CD Application for it in "
			"environments/templates, so its secrets are needed nowhere.",
			STR_ARG(application->name));
	else
		diag = diag_report(check->sink, rule_get(RULE_ASP013), span,
			"No environment deploys the application '%.*s'. It is not enabled in any, so its secrets are "
			"needed nowhere.",
			STR_ARG(application->name));
	for (size_t i = 0; i < application->argocd.len; i++) {
		const struct argocd_application *argocd = vec_pointer(&application->argocd, i);

		diag_relate(check->sink, diag, argocd->span,
			"The condition around this Application is false in every environment.");
	}
	diag_identify(check->sink, diag, application->folder, STR(""));
}

/* The name of the application where it is enabled: in the layout of SQR-079 the flag is a key below it. */
static struct span enabled_span(const struct environment *environment, const struct enabled_application *enabled)
{
	struct value_lookup entry = environment_setting(environment, enabled->name);

	return enabled->key != NULL && node_is_mapping(entry.node) ? node_span(entry.key) : enabled->span;
}

void check_enabled(struct check *check)
{
	struct shared_findings shared;

	shared_init(&shared, &check->arena);
	for (size_t i = 0; i < check->environments.len; i++) {
		const struct environment *environment = vec_pointer(&check->environments, i);

		for (size_t j = 0; j < environment->enabled.len; j++) {
			const struct enabled_application *enabled = vec_at(&environment->enabled, j);

			if (enabled->application == NULL)
				shared_add(&shared, enabled_span(environment, enabled), enabled->name, environment,
					enabled);
		}
	}
	for (size_t i = 0; i < shared.by_key.len; i++) {
		const struct shared_finding *finding = shared.by_key.entries[i].value;
		const struct enabled_application *enabled = finding->first;
		struct str hint =
			did_you_mean(&check->arena, nearest_application(check->model, enabled->name, &check->effort));
		struct diag *diag = diag_report(check->sink, rule_get(RULE_ASP011), finding->span,
			"The application '%.*s' does not exist. There is no folder 'applications/%.*s' to deploy.%.*s",
			STR_ARG(enabled->name), STR_ARG(enabled->name), STR_ARG(hint));

		shared_attach(check->sink, diag, finding);
		diag_identify(check->sink, diag, enabled->file->path, enabled->name);
	}
	shared_release(&shared);
}

void check_layout(struct check *check)
{
	const struct vec *applications = &check->model->applications;
	bool has_environments = check->model->environments.len > 0;

	for (size_t i = 0; i < applications->len; i++) {
		const struct application *application = vec_pointer(applications, i);

		check_chart(check, application);
		if (!has_environments)
			continue;
		check_overlays(check, application);
		check_use(check, application);
	}
	check_enabled(check);
}
