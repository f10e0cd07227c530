/* ASP604 and ASP605: files with the values of static secrets, in the forms of `secrets static-template` and of SQR-079 (SPEC section 8). */
#include "check/hygiene.h"

/* What a file of static secrets was found to hold. */
struct static_secrets {
	const struct hygiene *hygiene;
	struct span first; /* source NULL: all is empty */
	size_t count;
};

/* Whatever stands in the place of a value is one: also what would elsewhere be a dummy. */
static void take_value(struct static_secrets *found, const struct node *value)
{
	const struct node *scalar = node_resolve(value);

	if (node_is_null(scalar) || scalar->kind != NODE_SCALAR || credential_is_reference(scalar->scalar))
		return;
	struct span span = node_value_span(scalar);
	if (found->count++ == 0)
		found->first = span;
	diag_conceal(found->hygiene->sink, span);
}

static bool is_one_of(struct str key, const char *const *names)
{
	for (; *names != NULL; names++) {
		if (str_is(key, *names))
			return true;
	}
	return false;
}

/* Whether a node is a mapping with no other keys, and one at least. */
static bool has_only(const struct node *node, const char *const *names)
{
	if (!node_is_mapping(node))
		return false;
	node = node_resolve(node);
	for (uint32_t i = 0; i < node->mapping.count; i++) {
		if (!is_one_of(node_text(node->mapping.pairs[i].key), names))
			return false;
	}
	return node->mapping.count > 0;
}

static const char *const entry_keys[] = {"description", "value", "warning", NULL};
static const char *const registry_keys[] = {"username", "password", NULL};
static const char *const client_keys[] = {"id", "secret", "return_uri", NULL};

/* Whether a node is a mapping whose values are all mappings with nothing but these keys. */
static bool is_group(const struct node *node, const char *const *names)
{
	if (!node_is_mapping(node))
		return false;
	node = node_resolve(node);
	for (uint32_t i = 0; i < node->mapping.count; i++) {
		if (!has_only(node->mapping.pairs[i].value, names))
			return false;
	}
	return true;
}

/* Whether a node is the entry of a secret, to which somebody may have added keys. */
static bool is_entry(const struct node *node)
{
	if (node_is_null(node))
		return true;
	return has_only(node, entry_keys) ||
	       (node_is_mapping(node) && node_is_string(node_get(node, STR("description"))) &&
		       node_get(node, STR("value")) != NULL);
}

/* What speaks for entries of secrets. */
struct evidence {
	uint32_t entries;
	bool described; /* one has a description, as the template gives them */
};

/* Counts the entries of an application; false where it has something else. */
static bool count_entries(const struct node *group, struct evidence *evidence)
{
	if (node_is_null(group))
		return true;
	if (!node_is_mapping(group))
		return false;
	group = node_resolve(group);
	for (uint32_t i = 0; i < group->mapping.count; i++) {
		const struct node *entry = group->mapping.pairs[i].value;

		if (!is_entry(entry))
			return false;
		evidence->entries += node_is_mapping(entry);
		evidence->described =
			evidence->described || (node_is_mapping(entry) && node_get(entry, STR("description")) != NULL);
	}
	return true;
}

/* Whether it maps applications to groups of entries, with one entry at least. */
static bool is_applications(const struct node *node, struct evidence *evidence)
{
	if (!node_is_mapping(node))
		return false;
	node = node_resolve(node);
	for (uint32_t i = 0; i < node->mapping.count; i++) {
		if (!count_entries(node->mapping.pairs[i].value, evidence))
			return false;
	}
	return evidence->entries > 0;
}

/* All values of a key, for of one that is there twice both are committed. */
static void take_values(struct static_secrets *found, const struct node *mapping, const char *key)
{
	if (!node_is_mapping(mapping))
		return;
	mapping = node_resolve(mapping);
	for (uint32_t i = 0; i < mapping->mapping.count; i++) {
		if (str_is(node_text(mapping->mapping.pairs[i].key), key))
			take_value(found, mapping->mapping.pairs[i].value);
	}
}

static void take_group(struct static_secrets *found, const struct node *group, const char *value_key)
{
	if (!node_is_mapping(group))
		return;
	group = node_resolve(group);
	for (uint32_t i = 0; i < group->mapping.count; i++) {
		const struct node *entry = node_resolve(group->mapping.pairs[i].value);

		take_values(found, entry, value_key);
	}
}

static void take_applications(struct static_secrets *found, const struct node *node)
{
	node = node_resolve(node);
	for (uint32_t i = 0; i < node->mapping.count; i++)
		take_group(found, node->mapping.pairs[i].value, "value");
}

/* The form of today: applications below a key of their own, and the special secrets beside it. */
static bool take_nested(struct static_secrets *found, const struct node *root)
{
	static const char *const root_keys[] = {
		"applications", "pull-secret", "vault-write-token", "oidc-clients", "sops", NULL};
	static const char *const pull_keys[] = {"description", "registries", NULL};
	const struct node *applications = node_get(root, STR("applications"));
	const struct node *pull = node_get(root, STR("pull-secret"));
	const struct node *registries = has_only(pull, pull_keys) ? node_get(pull, STR("registries")) : NULL;
	const struct node *token = node_resolve(node_get(root, STR("vault-write-token")));
	const struct node *clients = node_get(root, STR("oidc-clients"));
	struct evidence evidence = {.entries = 0};
	bool nested = is_applications(applications, &evidence);
	bool known = nested || is_group(registries, registry_keys) || is_group(clients, client_keys) ||
		     (token != NULL && token->kind == NODE_SCALAR);

	/* Descriptions tell such a file from others, whatever else is in it. */
	if (!known || !((nested && evidence.described) || has_only(root, root_keys)))
		return false;
	if (nested)
		take_applications(found, applications);
	if (is_group(registries, registry_keys))
		take_group(found, registries, "password");
	if (is_group(clients, client_keys))
		take_group(found, clients, "secret");
	take_values(found, root, "vault-write-token");
	return true;
}

static void report_committed(const struct static_secrets *found)
{
	const struct hygiene *hygiene = found->hygiene;
	const struct repo_file *file = hygiene->file;
	struct diag *diag = diag_report(hygiene->sink, rule_get(RULE_ASP604), found->first,
		"A static secrets file that is filled in lies in the repository, with %zu value%s. Whoever can read "
		"the repository has %s, now and in its history: change %s at the source, and keep such a file "
		"elsewhere.",
		found->count, found->count == 1 ? "" : "s", found->count == 1 ? "it" : "them",
		found->count == 1 ? "it" : "them");

	diag_identify(hygiene->sink, diag, file->path, STR(""));
}

static void report_exposed(const struct hygiene *hygiene, unsigned mode)
{
	const struct repo_file *file = hygiene->file;
	struct diag *diag = diag_report(hygiene->sink, rule_get(RULE_ASP605), span_of_source(file->source),
		"The file holds values of static secrets, and others than its owner can read it (mode %04o). Every "
		"account of this machine may have them; run `chmod 600` on it.",
		mode);

	diag_identify(hygiene->sink, diag, file->path, STR(""));
}

void hygiene_static_secrets(const struct hygiene *hygiene)
{
	const struct repo_file *file = hygiene->file;
	const struct node *root = node_resolve(yaml_root(file->stream));
	struct static_secrets found = {.hygiene = hygiene};
	struct evidence evidence = {.entries = 0};
	unsigned mode;

	if (file->stream->documents.len != 1 || !node_is_mapping(root) || hygiene_is_encrypted(root))
		return;
	if (!take_nested(&found, root)) {
		if (!is_applications(root, &evidence) || !evidence.described)
			return;
		take_applications(&found, root);
	}
	if (found.count == 0)
		return;
	report_committed(&found);
	if (repository_file_mode(hygiene->check->repository, file, &mode) && (mode & 044) != 0)
		report_exposed(hygiene, mode);
}
