/* Family 1xx, as far as it is about what a secret's parts mean together; their form is the schema's business (check_schema.c). */
#include "base/ascii.h"
#include "check/context.h"
#include "check/secrets.h"
#include "check/suggest.h"

enum { KEY_LENGTH_MAX = 253 };

/* The entry at hand, and where to report. */
struct entry {
	const struct check *check;
	struct diag_sink *sink;
	struct arena *scratch;
	const struct secret_spec *spec;
	struct str environment; /* that its file is for; absent: all */
	size_t *effort;         /* left for suggestions in this file */
};

const struct secret_file *secret_file_of(const struct model *model, const struct repo_file *file)
{
	const struct application *application = model_application(model, file->application);

	if (application == NULL || file->role == FILE_SECRETS)
		return application != NULL ? application->secrets : NULL;
	const struct application_overlay *overlay = application_overlay(application, file->environment);
	return overlay != NULL ? overlay->secrets : NULL;
}

static void identify(const struct entry *entry, struct diag *diag, struct str token)
{
	const struct secret_spec *spec = entry->spec;

	diag_identify(entry->sink, diag, subject_of(entry->scratch, spec->application->name, spec->key), token);
	if (!str_is_absent(entry->environment))
		diag_environment(entry->sink, diag, entry->environment);
}

/* A stanza or setting that is written and not null, whatever its type. */
static const struct node_pair *find_written(const struct node *mapping, const char *key)
{
	const struct node_pair *pair = node_is_mapping(mapping) ? node_find(mapping, str_of(key)) : NULL;

	return pair != NULL && !node_is_null(pair->value) ? pair : NULL;
}

bool condition_is_readable(const struct node *mapping)
{
	const struct node_pair *pair = find_written(mapping, "if");

	return pair == NULL || node_is_string(pair->value);
}

/* A stanza that is a mapping and without any `if`. */
static bool is_unconditional(const struct node *stanza)
{
	const struct node_pair *pair = find_written(stanza, "if");

	return stanza != NULL && (pair == NULL || (node_is_string(pair->value) && node_string(pair->value).len == 0));
}

static void check_description(const struct entry *entry)
{
	const struct secret_spec *spec = entry->spec;
	const struct node_pair *written = find_written(spec->node, "description");
	struct diag *diag;

	if (spec->node != NULL && !node_is_mapping(spec->node) && !node_is_null(spec->node))
		return;
	if (written != NULL && (!spec_has(&spec->description) || spec->description.text.len > 0)) {
		if (!spec_has(&spec->description) || str_trim(spec->description.text).len > 0)
			return;
		diag = diag_report(entry->sink, rule_get(RULE_ASP111), node_value_span(spec->description.node),
			"The description of '%.*s' is blank. Whoever has to provide the value learns nothing from it; "
			"say what it is for, where it comes from and what happens when it changes.",
			STR_ARG(spec->key));
	} else if (spec_copies_always(spec)) {
		return;
	} else {
		struct span span =
			written != NULL ? node_value_span(spec->description.node) : node_value_span(spec->key_node);

		diag = diag_report(entry->sink, rule_get(RULE_ASP105), span,
			"'%.*s' has no description. Whoever has to provide the value learns nothing about it%s.",
			STR_ARG(spec->key),
			spec->copy.node != NULL
				? "; the one of the secret that it is copied from counts only if the copy is "
				  "unconditional"
				: "; say what it is for, where it comes from and what happens when it changes");
	}
	identify(entry, diag, STR("description"));
}

/* Origins that are always active, in the order of the text. */
static size_t find_origins(const struct secret_spec *spec, const struct node_pair *origins[3])
{
	const struct node_pair *found[] = {
		spec_has(&spec->value) ? node_find(spec->node, STR("value")) : NULL,
		is_unconditional(spec->copy.node) ? node_find(spec->node, STR("copy")) : NULL,
		is_unconditional(spec->generate.node) ? node_find(spec->node, STR("generate")) : NULL,
	};
	size_t count = 0;

	for (size_t i = 0; i < sizeof(found) / sizeof(found[0]); i++) {
		size_t place = count;

		if (found[i] == NULL)
			continue;
		for (; place > 0 && origins[place - 1]->key->start > found[i]->key->start; place--)
			origins[place] = origins[place - 1];
		origins[place] = found[i];
		count++;
	}
	return count;
}

bool spec_conflicts_always(const struct secret_spec *spec)
{
	const struct node_pair *origins[3];

	return spec->node != NULL && find_origins(spec, origins) > 1;
}

static void check_origins(const struct entry *entry)
{
	const struct secret_spec *spec = entry->spec;
	const struct node_pair *origins[3];
	size_t count = find_origins(spec, origins);

	if (count < 2)
		return;
	struct str first = node_string(origins[0]->key);
	struct str last = node_string(origins[count - 1]->key);
	struct diag *diag = diag_report(entry->sink, rule_get(RULE_ASP106), node_span(origins[count - 1]->key),
		"'%.*s' has both `%.*s` and `%.*s`. Only one can be its value, and which one is not defined; keep the "
		"one that is meant.",
		STR_ARG(spec->key), STR_ARG(first), STR_ARG(last));
	for (size_t i = 0; i + 1 < count; i++)
		diag_relate(entry->sink, diag, node_span(origins[i]->key), "This is an origin, too.");
	identify(entry, diag, last);
}

static void check_encoded(const struct entry *entry)
{
	const struct secret_spec *spec = entry->spec;
	const struct node_pair *origins[3];

	if (!spec->encoded || find_origins(spec, origins) == 0)
		return;
	struct str origin = node_string(origins[0]->key);
	const struct node_pair *pair = node_find(node_get(spec->node, STR("onepassword")), STR("encoded"));
	struct diag *diag = diag_report(entry->sink, rule_get(RULE_ASP113), node_span(pair->key),
		"`encoded` is without effect for '%.*s'. It concerns reading from 1Password, but the value comes from "
		"`%.*s` in every environment; remove it%s.",
		STR_ARG(spec->key), STR_ARG(origin),
		str_is(origin, "copy") ? ", or put it at the secret that is copied" : "");
	diag_relate(entry->sink, diag, node_span(origins[0]->key), "This is where the value comes from.");
	identify(entry, diag, STR("encoded"));
}

static void report_unexpected_source(const struct entry *entry)
{
	const struct spec_generate *generate = &entry->spec->generate;
	const struct node_pair *pair = node_find(generate->node, STR("source"));
	struct diag *diag = diag_report(entry->sink, rule_get(RULE_ASP108), node_span(pair->key),
		"'%.*s' has a `source`, but `%.*s` is not derived from another secret. Phalanx refuses the whole "
		"file for it; remove the key, or choose `bcrypt-password-hash` or `mtime`.",
		STR_ARG(entry->spec->key), STR_ARG(generate->type_text.text));

	diag_relate(entry->sink, diag, node_value_span(generate->type_text.node), "The type is set here.");
	identify(entry, diag, STR("source"));
}

static void check_source_key(const struct entry *entry)
{
	const struct application *application = entry->spec->application;
	struct spec_text source = entry->spec->generate.source;

	if (application_any_secret(application, source.text) != NULL ||
		!application_declarations_are_sound(application))
		return;
	struct str hint = did_you_mean(entry->scratch, nearest_key(application, source.text, entry->effort));
	struct diag *diag = diag_report(entry->sink, rule_get(RULE_ASP109), node_value_span(source.node),
		"'%.*s' declares no secret '%.*s' to derive '%.*s' from. Its value can never be made; the source must "
		"be declared by the same application.%.*s",
		STR_ARG(application->name), STR_ARG(source.text), STR_ARG(entry->spec->key), STR_ARG(hint));
	identify(entry, diag, source.text);
}

static void report_missing_source(const struct entry *entry)
{
	const struct spec_generate *generate = &entry->spec->generate;
	struct diag *diag = diag_report(entry->sink, rule_get(RULE_ASP107), node_value_span(generate->type_text.node),
		"'%.*s' does not say what it is derived from. `%.*s` is made from another secret; add `source` with "
		"the key of a secret of '%.*s'.",
		STR_ARG(entry->spec->key), STR_ARG(generate->type_text.text), STR_ARG(entry->spec->application->name));

	identify(entry, diag, STR("source"));
}

static void check_source(const struct entry *entry)
{
	const struct spec_generate *generate = &entry->spec->generate;

	if (generate->node == NULL || generate->type == GENERATE_TYPE_COUNT)
		return;
	const struct node_pair *written = find_written(generate->node, "source");
	if (!generate_type_is_derived(generate->type)) {
		if (written != NULL)
			report_unexpected_source(entry);
	} else if (spec_has(&generate->source)) {
		check_source_key(entry);
	} else if (written == NULL || node_is_string(written->value)) {
		report_missing_source(entry);
	}
}

static bool is_key_character(char c)
{
	return ascii_is_word(c) || c == '-' || c == '.';
}

static void check_key(const struct entry *entry)
{
	struct str key = entry->spec->key;
	const char *problem = NULL;

	/* ASP102 says of another key what it must be at all. */
	if (!node_is_string(entry->spec->key_node))
		return;

	for (size_t i = 0; i < key.len; i++) {
		if (!is_key_character(key.ptr[i]))
			problem = "consist only of letters, digits, '-', '_' and '.'";
	}
	if (key.len == 0)
		problem = "have one character at least";
	else if (key.len > KEY_LENGTH_MAX)
		problem = "have 253 characters at most";
	else if (str_is(key, ".") || str_starts_with(key, STR("..")))
		problem = "do not begin with two dots, nor are they a single one";
	if (problem == NULL)
		return;
	struct str name = quoted(entry->scratch, key);
	struct diag *diag = diag_report(entry->sink, rule_get(RULE_ASP110), node_value_span(entry->spec->key_node),
		"A Kubernetes Secret cannot hold the key %.*s. Its keys %s, and it is refused as a whole, "
		"with all other secrets in it; rename the key.",
		STR_ARG(name), problem);
	identify(entry, diag, key);
}

static void check_override(const struct entry *entry)
{
	const struct secret_spec *spec = entry->spec;

	if (spec->replaces == NULL || str_is_absent(entry->environment) || node_is_null(spec->node) ||
		!node_equal(spec->node, spec->replaces->node))
		return;
	struct diag *diag = diag_report(entry->sink, rule_get(RULE_ASP112), node_value_span(spec->key_node),
		"'%.*s' is declared in secrets.yaml with the same words. The entry changes nothing, and the two will "
		"drift apart; remove it.",
		STR_ARG(spec->key));

	diag_relate(entry->sink, diag, node_value_span(spec->replaces->key_node), "This is what it repeats.");
	identify(entry, diag, STR(""));
}

void check_secrets(
	const struct check *check, struct diag_sink *sink, struct arena *scratch, const struct repo_file *file)
{
	const struct secret_file *secrets = secret_file_of(check->model, file);
	size_t effort = EFFORT_OF_FILE;

	for (size_t i = 0; secrets != NULL && i < secrets->specs.len; i++) {
		struct entry entry = {
			.check = check,
			.sink = sink,
			.scratch = scratch,
			.spec = vec_pointer(&secrets->specs, i),
			.environment = file_environment(check->model, file),
			.effort = &effort,
		};

		check_key(&entry);
		check_description(&entry);
		if (!node_is_mapping(entry.spec->node))
			continue;
		check_origins(&entry);
		check_encoded(&entry);
		check_source(&entry);
		check_override(&entry);
	}
}
