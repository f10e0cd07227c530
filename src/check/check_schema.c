/* ASP101 to ASP104: the form of secrets files and of environments, as the schemas have it. */
#include "base/nearest.h"
#include "check/context.h"
#include "check/form_words.h"
#include "check/schemas.h"
#include "check/secrets.h"

enum {
	NEIGHBOURS = 8, /* issues looked at before a place */
};

struct form_check {
	const struct check *check;
	struct diag_sink *sink;
	struct arena *scratch;
	const struct repo_file *file;
	const struct secret_file *secrets; /* NULL: the file is of an environment */
	struct str environment;
};

/* Whether the loader objected to this very place already. Issues stand in the order of the text; one that begins far above does not speak for it. */
static bool was_rejected(const struct repo_file *file, struct span span)
{
	const struct vec *issues = &file->stream->issues;
	size_t low = 0, high = issues->len;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (((const struct yaml_issue *)vec_at(issues, middle))->span.start < span.end)
			low = middle + 1;
		else
			high = middle;
	}
	for (size_t i = low; i > 0 && low - i < NEIGHBOURS; i--) {
		const struct yaml_issue *issue = vec_at(issues, i - 1);

		if ((issue->kind == YAML_INVALID_SCALAR || issue->kind == YAML_UNCONSTRUCTIBLE) &&
			span.start < issue->span.end)
			return true;
	}
	return false;
}

/* null means absent, so of a null that is no allowed value one says that the key is missing. */
static enum rule_id rule_of_error(const struct schema_error *error)
{
	switch (error->fault) {
	case SCHEMA_UNKNOWN_PROPERTY:
		return RULE_ASP101;
	case SCHEMA_WRONG_TYPE:
		return error_is_of_null(error) ? RULE_ASP103 : RULE_ASP102;
	case SCHEMA_MISSING_PROPERTY:
		return RULE_ASP103;
	case SCHEMA_INVALID_VALUE:
		break;
	case SCHEMA_UNDECIDED:
		return RULE_ASP007;
	}
	return RULE_ASP104;
}

/* The place to underline: of a mapping that lacks something its key, else what is wrong itself. */
static struct span error_span(const struct schema_error *error)
{
	bool at_owner = error->fault == SCHEMA_MISSING_PROPERTY || error_is_of_null(error);

	if (at_owner && error->owner != NULL)
		return node_value_span(error->owner);
	return span_first_line(node_value_span(error->node));
}

/* What concerns several keys at once stands apart in the schema: each of it has a rule of its own (check_secrets.c). */
static bool secrets_say_it_elsewhere(const struct schema_error *error)
{
	return str_starts_with(error->schema_pointer, STR("/$defs/constraints/"));
}

/* Family 8xx judges what is missing or empty, after the merge; which unknown keys matter is judged below. */
static bool environments_say_it_elsewhere(const struct schema_error *error)
{
	if (error->fault == SCHEMA_MISSING_PROPERTY || error->fault == SCHEMA_UNKNOWN_PROPERTY)
		return true;
	return node_is_null(error->node) || (error->fault == SCHEMA_INVALID_VALUE && !node_truth(error->node));
}

static struct str token_of(const struct schema_error *error)
{
	if (!str_is_absent(error->property))
		return error->property;
	struct str text = node_text(error->node);
	return str_is_absent(text) ? error->keyword : text;
}

static void identify(const struct form_check *form, struct diag *diag, struct str pointer, struct str token)
{
	const struct repo_file *file = form->file;
	struct str subject = arena_printf(form->scratch, "%.*s%.*s",
		STR_ARG(form->secrets != NULL ? file->application : file->path), STR_ARG(pointer));

	diag_identify(form->sink, diag, subject, token);
	if (!str_is_absent(form->environment))
		diag_environment(form->sink, diag, form->environment);
}

/* Whoever reads the file may hope that it is sound where it could not be judged, so this does not pass in silence. */
static void report_undecided(const struct form_check *form, const struct schema_error *error)
{
	struct diag *diag = diag_report(form->sink, rule_get(RULE_ASP007), error_span(error),
		"The form of the file cannot be judged: %.*s. No other mistake of form is reported here; make it "
		"smaller, or divide it.",
		STR_ARG(error->message));

	identify(form, diag, error->pointer, STR(""));
}

static const char *consequence(const struct form_check *form)
{
	if (form->secrets != NULL)
		return "Phalanx refuses the whole file for it";
	return form->file->role == FILE_ENVIRONMENT ? "Phalanx cannot load the environment with it"
						    : "Phalanx cannot load an environment with it";
}

static void report_error(
	const struct form_check *form, const struct schema_error *error, const struct form_words *words)
{
	struct span span = error_span(error);

	if (was_rejected(form->file, span))
		return;
	struct str message = form_message(words, error);
	struct diag *diag = diag_report(form->sink, rule_get(rule_of_error(error)), span, "%.*s", STR_ARG(message));
	identify(form, diag, error->pointer, token_of(error));
}

/* The subschema that a property of a schema leads to, through local references. */
static const struct node *property_schema(const struct node *root, const struct node *schema, struct str name)
{
	const struct node *found = node_get(node_get(schema, STR("properties")), name);
	struct str reference = node_string(node_get(found, STR("$ref")));
	struct str prefix = STR("#/$defs/");

	if (!str_is_absent(reference) && str_starts_with(reference, prefix))
		found = node_get(
			node_get(root, STR("$defs")), str_slice(reference, prefix.len, reference.len - prefix.len));
	return found;
}

/* A key that is so much like a known one that it can hardly be meant otherwise. */
static struct str near_miss(const struct node *properties, struct str key)
{
	struct node_pairs walk;
	const struct node_pair *pair;
	struct nearest nearest;

	nearest_init(&nearest, key);
	node_pairs_begin(&walk, properties);
	while ((pair = node_pairs_next(&walk)) != NULL)
		nearest_offer(&nearest, node_string(pair->key));
	node_pairs_end(&walk);
	/* Half edits: one slip in a short name, two in a long one. */
	return nearest.distance <= (key.len < 8 ? 2 : 4) ? nearest.best : STR_ABSENT;
}

/* In the layout of SQR-079 applications stand at the top, each with its flag. */
static bool is_application_entry(const struct form_check *form, const struct node_pair *pair)
{
	return model_application(form->check->model, node_string(pair->key)) != NULL ||
	       (node_is_mapping(pair->value) && node_get(pair->value, STR("enabled")) != NULL);
}

static void check_names(
	const struct form_check *form, const struct node *root, const struct node *schema, const struct node *mapping)
{
	const struct node *properties = node_get(schema, STR("properties"));
	struct node_pairs walk;
	const struct node_pair *pair;

	node_pairs_begin(&walk, mapping);
	while ((pair = node_pairs_next(&walk)) != NULL) {
		struct str key = node_string(pair->key);
		const struct node *known = str_is_absent(key) ? NULL : property_schema(root, schema, key);
		struct str likely;

		if (known != NULL) {
			if (node_get(known, STR("properties")) != NULL && node_is_mapping(pair->value))
				check_names(form, root, known, node_resolve(pair->value));
			continue;
		}
		if (str_is_absent(key) || is_application_entry(form, pair) ||
			str_is_absent(likely = near_miss(properties, key)))
			continue;
		struct str shown = quoted(form->scratch, key);
		struct diag *diag = diag_report(form->sink, rule_get(RULE_ASP101), node_span(pair->key),
			"There is no setting %.*s. Nothing reads it; did you mean '%.*s'?", STR_ARG(shown),
			STR_ARG(likely));
		identify(form, diag, STR(""), key);
	}
	node_pairs_end(&walk);
}

static void check_form(const struct form_check *form, enum schema_name name)
{
	const struct node *root = yaml_root(form->file->stream);
	struct vec errors = VEC_INIT(struct schema_error);
	struct form_words words = {
		.arena = form->scratch,
		.schema = schema_set_tree(form->check->schemas, name),
		.consequence = consequence(form),
		.of_secrets = form->secrets != NULL,
	};

	schema_validate(schema_set_get(form->check->schemas, name), root, form->scratch, &errors);
	for (size_t i = 0; i < errors.len; i++) {
		const struct schema_error *error = vec_at(&errors, i);

		if (error->fault == SCHEMA_UNDECIDED)
			report_undecided(form, error);
		else if (form->secrets != NULL ? !secrets_say_it_elsewhere(error)
					       : !environments_say_it_elsewhere(error))
			report_error(form, error, &words);
	}
	vec_release(&errors);
}

void check_schema(
	const struct check *check, struct diag_sink *sink, struct arena *scratch, const struct repo_file *file)
{
	struct form_check form = {
		.check = check,
		.sink = sink,
		.scratch = scratch,
		.file = file,
		.environment = file_environment(check->model, file),
	};

	if (!node_is_mapping(yaml_root(file->stream)))
		return;
	if (file->role & (FILE_SECRETS | FILE_SECRETS_ENVIRONMENT)) {
		form.secrets = secret_file_of(check->model, file);
		if (form.secrets == NULL)
			return;
		check_form(&form, SCHEMA_SECRETS);
	} else if (file->role & (FILE_ENVIRONMENT | FILE_ENVIRONMENT_DEFAULTS)) {
		const struct node *tree = schema_set_tree(check->schemas, SCHEMA_ENVIRONMENT);

		check_form(&form, SCHEMA_ENVIRONMENT);
		check_names(&form, tree, tree, yaml_root(file->stream));
		check_flags(check, sink, scratch, file);
	}
}
