/* ASP601, and ASP602 in containers: what manifests hold that others should bring. */
#include "base/path.h"
#include "check/credential_parts.h"
#include "check/hygiene.h"

enum {
	NESTING_MAX = 200,
	LEAST_REAL = 4, /* characters of a value */
	ANGLE_HOLE_MAX = 256,
};

/* The Secret at hand, with what was found in it. */
struct manifest_secret {
	const struct hygiene *hygiene;
	struct str name;
	struct str first; /* key of the first real value, with the mapping that it is in */
	struct span span; /* of that value */
	struct places others;
	size_t count;
};

/* What a Secret holds beside secrets: switches, numbers, addresses without a password. */
static bool is_plain_setting(struct str text)
{
	static const char *const words[] = {"true", "false", "yes", "no", "git", "helm", "opaque", "{}", "[]", "null"};

	text = str_trim(text);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (has_at(text, 0, words[i]) && text.len == strlen(words[i]))
			return true;
	}
	return text.len == 0 || (text.len < 256 && str_contains(text, STR("://")) && str_find(text, '\n') == text.len);
}

/* "<password>" and the like within a text, as the Argo CD Vault plugin fills them in; in XML they would end with "</". */
static bool holds_angle_hole(struct str text)
{
	if (str_contains(text, STR("</")))
		return false;
	for (size_t i = str_find(text, '<'); i + 1 < text.len;
		i += 1 + str_find(str_slice(text, i + 1, text.len), '<')) {
		struct str inside = str_slice(text, i + 1, ANGLE_HOLE_MAX);

		inside = str_slice(inside, 0, str_find(inside, '\n'));
		size_t end = str_find(inside, '>');
		if (end > 0 && end < inside.len && ascii_is_letter(inside.ptr[0]))
			return true;
	}
	return false;
}

static bool is_real(struct str name, struct str text)
{
	if (credential_form(name, text) != NULL)
		return true;
	return text.len >= LEAST_REAL && !credential_is_placeholder(text) && !holds_angle_hole(text) &&
	       !credential_is_public(text) && !is_plain_setting(text) && !credential_is_identifier(name);
}

static bool holds_real_value(struct str name, struct str text, bool encoded)
{
	struct strbuf decoded = STRBUF_INIT;

	if (text.len == 0 || credential_is_placeholder(text))
		return false;
	bool done = encoded && decode_base64(&decoded, text);
	bool real = is_real(name, done ? strbuf_str(&decoded) : text);
	strbuf_release(&decoded);
	return real;
}

static void add_value(struct manifest_secret *secret, const char *where, struct str key, const struct node *value)
{
	struct span span = hygiene_span(secret->hygiene, value);
	struct arena *arena = secret->hygiene->scratch;

	if (secret->count++ == 0) {
		secret->span = span;
		secret->first =
			where[0] == '\0' ? arena_str(arena, key) : arena_printf(arena, "%s.%.*s", where, STR_ARG(key));
		return;
	}
	diag_conceal(secret->hygiene->sink, span);
	places_add(&secret->others, span);
}

static void find_values(struct manifest_secret *secret, const struct node *manifest, const char *where, bool encoded)
{
	const struct node *data = node_resolve(node_get(manifest, str_of(where)));

	/* As written: of a key that is there twice, both values are committed. */
	for (uint32_t i = 0; node_is_mapping(data) && i < data->mapping.count; i++) {
		const struct node_pair *pair = &data->mapping.pairs[i];
		struct str key = node_text(pair->key);
		struct str text = hygiene_text(secret->hygiene, pair->value);

		if (!str_is_absent(key) && !str_is_absent(text) && holds_real_value(key, text, encoded))
			add_value(secret, where, key, pair->value);
	}
}

static void secret_init(struct manifest_secret *secret, const struct hygiene *hygiene, struct str name)
{
	*secret = (struct manifest_secret){.hygiene = hygiene, .name = name};
	places_init(&secret->others, hygiene->scratch);
}

static void report_secret(struct manifest_secret *secret, const char *advice)
{
	const struct hygiene *hygiene = secret->hygiene;
	struct str name = str_is_absent(secret->name) ? STR("") : quoted(hygiene->scratch, secret->name);
	struct str key = quoted(hygiene->scratch, secret->first);
	struct diag *diag;

	if (secret->count > 0) {
		diag = diag_report(hygiene->sink, rule_get(RULE_ASP601), secret->span,
			"The Secret %.*s%sis committed with a real value in %.*s. Whoever can read the repository has "
			"it, now and in its history, and base64 hides nothing: change the value at its source, and %s.",
			STR_ARG(name), name.len > 0 ? " " : "", STR_ARG(key), advice);
		struct str subject = subject_of(hygiene->scratch, hygiene->file->path, secret->name);
		diag_identify(hygiene->sink, diag, subject, secret->first);
		places_relate(&secret->others, hygiene->sink, diag, "This is a real value, too");
	} else {
		places_relate(&secret->others, hygiene->sink, NULL, "");
	}
}

static void check_secret(const struct hygiene *hygiene, const struct node *manifest)
{
	struct str version = node_string(node_get(manifest, STR("apiVersion")));
	const struct node *metadata = node_resolve(node_get(manifest, STR("metadata")));
	struct manifest_secret secret;

	if (!str_is(node_string(node_get(manifest, STR("kind"))), "Secret") ||
		(!str_is_absent(version) && !str_is(version, "v1")))
		return;
	secret_init(&secret, hygiene,
		node_is_mapping(metadata) ? hygiene_text(hygiene, node_get(metadata, STR("name"))) : STR_ABSENT);
	find_values(&secret, manifest, "data", true);
	find_values(&secret, manifest, "stringData", false);
	report_secret(&secret, "deliver it with a VaultSecret, or another reference to where secrets are kept");
}

/* Literals of a Kustomize secretGenerator: "key=value". */
static void find_literals(struct manifest_secret *secret, const struct node *generator)
{
	const struct node *literals = node_resolve(node_get(generator, STR("literals")));

	for (uint32_t i = 0; node_is_sequence(literals) && i < literals->sequence.count; i++) {
		const struct node *item = literals->sequence.items[i];
		struct str text = hygiene_text(secret->hygiene, item);
		size_t equals = str_is_absent(text) ? 0 : str_find(text, '=');
		struct str key = str_slice(text, 0, equals);

		if (equals > 0 && equals < text.len &&
			holds_real_value(key, str_slice(text, equals + 1, text.len), false))
			add_value(secret, "", key, item);
	}
}

static void check_generators(const struct hygiene *hygiene, const struct node *root)
{
	const struct node *generators = node_resolve(node_get(root, STR("secretGenerator")));

	for (uint32_t i = 0; node_is_sequence(generators) && i < generators->sequence.count; i++) {
		const struct node *generator = node_resolve(generators->sequence.items[i]);
		struct manifest_secret secret;

		if (!node_is_mapping(generator))
			continue;
		secret_init(&secret, hygiene, node_string(node_get(generator, STR("name"))));
		find_literals(&secret, generator);
		report_secret(&secret, "let the generator read a file or a variable that is not committed");
	}
}

static void check_variable(const struct hygiene *hygiene, struct str name, const struct node *value)
{
	struct str text = hygiene_text(hygiene, value);
	const char *what = str_is_absent(text) ? NULL : credential_form(name, text);

	if (what == NULL)
		return;
	struct str shown = quoted(hygiene->scratch, name);
	struct diag *diag = diag_report(hygiene->sink, rule_get(RULE_ASP602), hygiene_span(hygiene, value),
		"The variable %.*s is set to %s. Whoever can read the repository has it, now and in its "
		"history: change it at its source, and take it from a Secret with `valueFrom.secretKeyRef`.",
		STR_ARG(shown), what);
	diag_identify(hygiene->sink, diag, hygiene->file->path, name);
}

/* Environment variables of containers: known forms alone, for names there say little. */
static void check_variables(const struct hygiene *hygiene, const struct node *list)
{
	for (uint32_t i = 0; i < list->sequence.count; i++) {
		const struct node *item = node_resolve(list->sequence.items[i]);
		struct str name = node_is_mapping(item) ? node_string(node_get(item, STR("name"))) : STR_ABSENT;

		for (uint32_t j = 0; !str_is_absent(name) && j < item->mapping.count; j++) {
			const struct node_pair *pair = &item->mapping.pairs[j];

			if (str_is(node_text(pair->key), "value"))
				check_variable(hygiene, name, node_resolve(pair->value));
		}
	}
}

static void find_variables(const struct hygiene *hygiene, const struct node *node, unsigned depth)
{
	if (depth > NESTING_MAX || node == NULL)
		return;
	if (node->kind == NODE_SEQUENCE) {
		for (uint32_t i = 0; i < node->sequence.count; i++)
			find_variables(hygiene, node->sequence.items[i], depth + 1);
	} else if (node->kind == NODE_MAPPING) {
		for (uint32_t i = 0; i < node->mapping.count; i++) {
			const struct node_pair *pair = &node->mapping.pairs[i];

			if (pair->value->kind == NODE_SEQUENCE && str_is(node_string(pair->key), "env"))
				check_variables(hygiene, pair->value);
			else
				find_variables(hygiene, pair->value, depth + 1);
		}
	}
}

void hygiene_manifests(const struct hygiene *hygiene, const struct node *root)
{
	root = node_resolve(root);
	if (!node_is_mapping(root) || hygiene_is_encrypted(root))
		return;
	const struct node *items = node_resolve(node_get(root, STR("items")));
	check_secret(hygiene, root);
	check_generators(hygiene, root);
	for (uint32_t i = 0; node_is_sequence(items) && i < items->sequence.count; i++) {
		const struct node *item = node_resolve(items->sequence.items[i]);

		if (node_is_mapping(item))
			check_secret(hygiene, item);
	}
	find_variables(hygiene, root, 0);
}
