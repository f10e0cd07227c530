/* ASP201 and ASP203: copies from what no file declares, whether or not an environment needs them yet. */
#include "check/context.h"
#include "check/suggest.h"

static void identify(struct check *check, struct diag *diag, const struct secret_spec *spec, struct str token)
{
	struct str environment = file_environment(check->model, spec->file);

	diag_identify(check->sink, diag, subject_of(&check->arena, spec->application->name, spec->key), token);
	if (!str_is_absent(environment))
		diag_environment(check->sink, diag, environment);
}

/* A name as it is written, be it empty. */
static struct spec_text written_text(const struct node *stanza, struct str key)
{
	const struct node *node = node_resolve(node_get(stanza, key));

	return (struct spec_text){.text = node_string(node), .node = node_is_string(node) ? node : NULL};
}

static void report_unknown_application(struct check *check, const struct secret_spec *spec, struct spec_text name)
{
	struct str suggestion = nearest_application(check->model, name.text, &check->effort);
	struct str hint = did_you_mean(&check->arena, suggestion);
	struct str shown = quoted(&check->arena, name.text);
	struct diag *diag = diag_report(check->sink, rule_get(RULE_ASP201), node_value_span(name.node),
		"The application %.*s does not exist. There is nothing that '%.*s' could be copied from.%.*s",
		STR_ARG(shown), STR_ARG(spec->key), STR_ARG(hint));

	identify(check, diag, spec, name.text);
}

static void report_unknown_key(struct check *check, const struct secret_spec *spec,
	const struct application *application, struct spec_text key)
{
	struct str hint = did_you_mean(&check->arena, nearest_key(application, key.text, &check->effort));
	struct str shown = quoted(&check->arena, key.text);
	const struct secret_file *declarations = first_declarations(application);
	struct diag *diag = diag_report(check->sink, rule_get(RULE_ASP203), node_value_span(key.node),
		"The application '%.*s' declares no secret%s%.*s. There is nothing that '%.*s' could be copied "
		"from.%.*s",
		STR_ARG(application->name), declarations != NULL ? " " : "s at all, so not ", STR_ARG(shown),
		STR_ARG(spec->key), STR_ARG(hint));

	if (declarations != NULL)
		diag_relate(check->sink, diag, span_of_source(declarations->file->source),
			"The secrets of '%.*s' are declared here.", STR_ARG(application->name));
	identify(check, diag, spec, key.text);
}

static void check_copy(struct check *check, const struct secret_spec *spec)
{
	struct spec_text name = written_text(spec->copy.node, STR("application"));
	struct spec_text key = written_text(spec->copy.node, STR("key"));

	if (!spec_has(&name))
		return;
	const struct application *application = model_application(check->model, name.text);
	if (application == NULL)
		report_unknown_application(check, spec, name);
	else if (spec_has(&key) && application_any_secret(application, key.text) == NULL &&
		 application_declarations_are_sound(application))
		report_unknown_key(check, spec, application, key);
}

static void check_secret_file(struct check *check, const struct secret_file *secrets)
{
	for (size_t i = 0; secrets != NULL && i < secrets->specs.len; i++)
		check_copy(check, vec_pointer(&secrets->specs, i));
}

void check_copies(struct check *check)
{
	const struct vec *applications = &check->model->applications;

	for (size_t i = 0; i < applications->len; i++) {
		const struct application *application = vec_pointer(applications, i);

		check_secret_file(check, application->secrets);
		for (size_t j = 0; j < application->overlays.len; j++)
			check_secret_file(check,
				(*(const struct application_overlay **)vec_at(&application->overlays, j))->secrets);
	}
}
