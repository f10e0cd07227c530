/* ASP602 and ASP603: credentials among values, and among the values that declarations of secrets give. */
#include "check/hygiene.h"

enum { SIBLINGS_MAX = 256 }; /* that a value is compared with */

/* What a scalar is a value of. */
struct setting {
	struct str name;
	const struct node *siblings; /* the mapping that it is in */
	bool among_many;             /* in a mapping or sequence that is named as one of many secrets */
};

/* Whether anything beside it has the same value under a name that is not secret, as a password that is its user's name has. */
static bool equals_sibling(const struct setting *setting, const struct node *value)
{
	const struct node *mapping = setting->siblings;

	for (uint32_t i = 0;
		mapping != NULL && mapping->kind == NODE_MAPPING && i < mapping->mapping.count && i < SIBLINGS_MAX;
		i++) {
		const struct node_pair *pair = &mapping->mapping.pairs[i];

		if (pair->value != value && str_equal(node_text(pair->value), value->scalar) &&
			!credential_is_named(node_text(pair->key)))
			return true;
	}
	return false;
}

/* The same among items that have a name and a value each, as environment variables have. */
static bool equals_item(const struct node *list, const struct node *value)
{
	for (uint32_t i = 0;
		list != NULL && list->kind == NODE_SEQUENCE && i < list->sequence.count && i < SIBLINGS_MAX; i++) {
		const struct node *item = node_resolve(list->sequence.items[i]);

		const struct node *other = node_is_mapping(item) ? node_get(item, STR("value")) : NULL;

		if (other != NULL && other != value && str_equal(node_text(other), value->scalar) &&
			!credential_is_named(node_text(node_get(item, STR("name")))))
			return true;
	}
	return false;
}

static void report_value(
	const struct hygiene *hygiene, const struct node *node, const struct hygiene_path *path, const char *what)
{
	struct str text = hygiene_path_text(hygiene->scratch, path);
	struct str subject = subject_of(hygiene->scratch, hygiene->file->path, text);
	struct str shown = quoted(hygiene->scratch, text);
	struct diag *diag = diag_report(hygiene->sink, rule_get(RULE_ASP603), node_value_span(node),
		"%.*s holds %s. Whoever can read the repository has it, now and in its history: change it at its "
		"source, declare it in secrets.yaml, and let the chart take it from a Secret.",
		STR_ARG(shown), what);
	struct str environment = file_environment(hygiene->check->model, hygiene->file);

	diag_identify(hygiene->sink, diag, subject, STR(""));
	if (!str_is_absent(environment))
		diag_environment(hygiene->sink, diag, environment);
}

static void check_scalar(const struct hygiene *hygiene, const struct node *node, const struct setting *setting,
	const struct node *list, const struct hygiene_path *path)
{
	if (node->type != TYPE_STR || node->scalar.len < CREDENTIAL_LENGTH_MIN)
		return;
	struct str text = node->scalar;
	const char *what = credential_of_setting(setting->name, text);
	if (what == NULL && setting->among_many && !credential_is_identifier(setting->name) &&
		credential_is_random(text))
		what = "a random password or token";
	if (what == NULL || equals_sibling(setting, node) || equals_item(list, node))
		return;
	report_value(hygiene, node, path, what);
}

static void walk(const struct hygiene *hygiene, const struct node *node, const struct setting *setting,
	const struct node *list, const struct hygiene_path *path);

/* Of {name: X, value: Y} X is the name of the setting. */
static struct str name_of_pair(const struct node *mapping, struct str key)
{
	struct str name = str_is(key, "value") ? node_string(node_get(mapping, STR("name"))) : STR_ABSENT;

	return str_is_absent(name) ? key : name;
}

/* Ciphertext under names of its own. */
static bool is_sealed(struct str key)
{
	return str_is(key, "encryptedData");
}

static void walk_mapping(const struct hygiene *hygiene, const struct node *mapping, const struct setting *around,
	const struct node *list, const struct hygiene_path *path)
{
	bool among_many = around != NULL && credential_names_many(around->name);

	for (uint32_t i = 0; i < mapping->mapping.count; i++) {
		const struct node_pair *pair = &mapping->mapping.pairs[i];
		struct str key = node_text(pair->key);
		struct hygiene_path inner = {.outer = path, .key = str_is_absent(key) ? STR("?") : key};
		struct setting setting = {
			.name = name_of_pair(mapping, inner.key),
			.siblings = mapping,
			.among_many = among_many,
		};

		if (!is_sealed(key))
			walk(hygiene, pair->value, &setting, list, &inner);
	}
}

static void walk(const struct hygiene *hygiene, const struct node *node, const struct setting *setting,
	const struct node *list, const struct hygiene_path *path)
{
	/* What an alias stands for is looked at where it is written. */
	if (node->kind == NODE_SCALAR) {
		check_scalar(hygiene, node, setting, list, path);
	} else if (node->kind == NODE_MAPPING) {
		walk_mapping(hygiene, node, setting, list, path);
	} else if (node->kind == NODE_SEQUENCE) {
		bool among_many = credential_names_many(setting->name);

		for (uint32_t i = 0; i < node->sequence.count; i++) {
			struct hygiene_path inner = {.outer = path, .key = STR_ABSENT, .index = i};
			struct setting item = {.name = setting->name, .siblings = NULL, .among_many = among_many};

			walk(hygiene, node->sequence.items[i], &item, node, &inner);
		}
	}
}

static void check_declaration(const struct hygiene *hygiene, struct str key, const struct node *value)
{
	struct str text = hygiene_text(hygiene, value);
	const char *what = str_is_absent(text) ? NULL : credential_of_declaration(key, text);

	if (what == NULL)
		return;
	struct str shown = quoted(hygiene->scratch, key);
	struct str application = hygiene->file->application;
	struct diag *diag = diag_report(hygiene->sink, rule_get(RULE_ASP602), node_value_span(node_resolve(value)),
		"The `value` of %.*s is %s. Whoever can read the repository has it, now and in its history: change it "
		"at its source, and leave `value` out, so that it is provided as a static secret.",
		STR_ARG(shown), what);
	struct str environment = file_environment(hygiene->check->model, hygiene->file);

	diag_identify(hygiene->sink, diag, subject_of(hygiene->scratch, application, key), STR(""));
	if (!str_is_absent(environment))
		diag_environment(hygiene->sink, diag, environment);
}

static void check_description(const struct hygiene *hygiene, struct str key, const struct node *description)
{
	struct str text = hygiene_text(hygiene, description);
	const char *what = str_is_absent(text) ? NULL : credential_anywhere(text);

	if (what == NULL)
		return;
	struct str shown = quoted(hygiene->scratch, key);
	struct diag *diag = diag_report(hygiene->sink, rule_get(RULE_ASP602),
		node_value_span(node_resolve(description)),
		"The `description` of %.*s holds %s. Whoever can read the repository has it, now and in its history: "
		"change it at its source, and describe what it is for instead.",
		STR_ARG(shown), what);
	struct str environment = file_environment(hygiene->check->model, hygiene->file);

	diag_identify(
		hygiene->sink, diag, subject_of(hygiene->scratch, hygiene->file->application, key), STR("description"));
	if (!str_is_absent(environment))
		diag_environment(hygiene->sink, diag, environment);
}

static void check_declarations_of(const struct hygiene *hygiene, const struct node *root)
{
	/* As written: of what is there twice, both are committed. */
	for (uint32_t i = 0; i < root->mapping.count; i++) {
		const struct node_pair *pair = &root->mapping.pairs[i];
		const struct node *entry = node_resolve(pair->value);

		for (uint32_t j = 0; node_is_mapping(entry) && j < entry->mapping.count; j++) {
			const struct node_pair *member = &entry->mapping.pairs[j];

			if (str_is(node_text(member->key), "value"))
				check_declaration(hygiene, node_text(pair->key), member->value);
			else if (str_is(node_text(member->key), "description"))
				check_description(hygiene, node_text(pair->key), member->value);
		}
	}
}

void hygiene_values(const struct hygiene *hygiene)
{
	const struct repo_file *file = hygiene->file;

	for (size_t i = 0; i < file->stream->documents.len; i++) {
		const struct node *root = ((const struct yaml_document *)vec_at(&file->stream->documents, i))->root;

		if (!node_is_mapping(root) || hygiene_is_encrypted(root))
			continue;
		if (file->role & (FILE_SECRETS | FILE_SECRETS_ENVIRONMENT))
			check_declarations_of(hygiene, root);
		else
			walk_mapping(hygiene, root, NULL, NULL, NULL);
	}
}
