#include "statics/static_secrets.h"

#include "base/nearest.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "statics/issues.h"
#include "statics/template.h"

/* The members of each kind: where values stand, and what else is known. */
struct member_names {
	const char *values[4];
	const char *others[3];
};
static const struct member_names member_names[STATIC_KIND_COUNT] = {
	[STATIC_SECRET] = {{"value"}, {"description", "warning"}},
	[STATIC_CLIENT] = {{"id", "return_uri", "secret"}, {NULL}},
	[STATIC_REGISTRY] = {{"password", "username"}, {NULL}},
};

void static_problem_add(struct static_secrets *secrets, const struct node *node, const char *format, ...)
{
	struct static_problem *problem = vec_push(&secrets->problems);
	va_list args;

	va_start(args, format);
	problem->span = node_span(node);
	problem->message = arena_vprintf(secrets->arena, format, args);
	va_end(args);
}

/* A name as a message shows it. */
static struct str visible(struct static_secrets *secrets, struct str name)
{
	struct strbuf text = STRBUF_INIT;
	struct str shown;

	strbuf_append_visible(&text, utf8_prefix(name, 100));
	shown = arena_str(secrets->arena, strbuf_str(&text));
	strbuf_release(&text);
	return shown;
}

/* What tells one place from all others. No name holds a NUL that a message would have to show. */
static struct str full_name(struct arena *arena, enum static_kind kind, struct str owner, struct str name)
{
	struct str key = {.len = 1 + owner.len + 1 + name.len};
	char *bytes = arena_bytes(arena, key.len);

	key.ptr = bytes;
	*bytes++ = (char)('0' + (int)kind);
	if (owner.len > 0)
		memcpy(bytes, owner.ptr, owner.len);
	bytes += owner.len;
	*bytes++ = '\0';
	if (name.len > 0)
		memcpy(bytes, name.ptr, name.len);
	return key;
}

/* The text of a key, whatever its type. False, with a problem, where it is none. */
static bool read_name(struct static_secrets *secrets, struct str *name, const struct node *key)
{
	*name = node_text(key);
	if (str_is_absent(*name))
		static_problem_add(secrets, key, "This key is no text; a name is expected here.");
	return !str_is_absent(*name);
}

/* Says that something of another type is needed. */
static void refuse_type(struct static_secrets *secrets, const struct node *node, const char *what, const char *wanted)
{
	static_problem_add(secrets, node, "%s has to be %s, but this is %s.", what, wanted, node_type_phrase(node));
}

/* A value: a string, or nothing. */
static const struct node *read_value(struct static_secrets *secrets, const struct node *node)
{
	const struct node *scalar = node_resolve(node);

	if (node_is_null(scalar))
		return NULL;
	if (node_is_string(scalar))
		return scalar->scalar.len > 0 ? scalar : NULL;
	if (scalar->kind == NODE_SCALAR && scalar->type != TYPE_BINARY)
		static_problem_add(secrets, node,
			"The value is not in quotes, and YAML takes it for %s; put it in quotes, so that it is a "
			"string.",
			node_type_phrase(scalar));
	else
		refuse_type(secrets, node, "The value", "a string or null");
	return NULL;
}

/* A text for the reader: a string, or nothing. */
static struct str read_prose(struct static_secrets *secrets, const struct node *holder, const char *member)
{
	const struct node *node = node_get(holder, str_of(member));

	if (!node_is_null(node) && !node_is_string(node))
		refuse_type(secrets, node, "A text for the reader", "a string or null");
	return node_string(node);
}

/* Says so where a key is likely a known one that was mistyped: what it holds would not be seen. */
static void check_key(struct static_secrets *secrets, const struct node *key, const char *const *known)
{
	struct nearest nearest;

	nearest_init(&nearest, node_text(key));
	for (; *known; known++) {
		if (str_is(node_text(key), *known))
			return;
		nearest_offer(&nearest, str_of(*known));
	}
	if (!str_is_absent(nearest.best))
		static_problem_add(secrets, key,
			"\"%.*s\" is not a known key, so what it holds would be ignored; did you mean \"%.*s\"?",
			STR_ARG(visible(secrets, node_text(key))), STR_ARG(nearest.best));
}

static void check_members(struct static_secrets *secrets, const struct node *holder, const struct member_names *names)
{
	const char *known[8] = {NULL};
	size_t count = 0;
	struct node_pairs walk;
	const struct node_pair *pair;

	for (const char *const *name = names->values; *name; name++)
		known[count++] = *name;
	for (const char *const *name = names->others; *name; name++)
		known[count++] = *name;
	node_pairs_begin(&walk, holder);
	while ((pair = node_pairs_next(&walk)))
		check_key(secrets, pair->key, known);
	node_pairs_end(&walk);
}

static void add_value(struct static_secrets *secrets, struct static_value value)
{
	struct str name = full_name(secrets->arena, value.kind, value.owner, value.name);

	*(struct static_value *)vec_push(&secrets->values) = value;
	if (map_set(&secrets->by_name, name, (void *)secrets->values.len))
		static_problem_add(secrets, value.key, "This name is there already.");
}

/* The places of an entry, whose value is a mapping or null. */
static void read_entry(struct static_secrets *secrets, enum static_kind kind, struct str owner, struct str name,
	const struct node_pair *entry)
{
	const struct member_names *names = &member_names[kind];
	const struct node *holder = node_is_mapping(entry->value) ? node_resolve(entry->value) : NULL;
	struct static_value value = {.kind = kind, .owner = owner, .key = entry->key, .holder = holder};

	if (!holder && !node_is_null(entry->value)) {
		refuse_type(secrets, entry->value, "An entry", "a mapping");
		return;
	}
	if (holder)
		check_members(secrets, holder, names);
	if (kind == STATIC_SECRET && holder) {
		value.description = read_prose(secrets, holder, "description");
		value.warning = read_prose(secrets, holder, "warning");
	}
	for (const char *const *member = names->values; *member; member++) {
		value.member = str_of(*member);
		value.name = kind == STATIC_SECRET ? name : value.member;
		value.node = holder ? read_value(secrets, node_get(holder, value.member)) : NULL;
		add_value(secrets, value);
	}
}

/* The mapping that a node is; NULL, with a problem unless it is null, where it is none. */
static const struct node *read_mapping(struct static_secrets *secrets, const struct node *node, const char *what)
{
	if (node_is_mapping(node))
		return node_resolve(node);
	if (!node_is_null(node))
		refuse_type(secrets, node, what, "a mapping");
	return NULL;
}

/* The secrets of an application, or all clients or registries: owner is absent where each entry is its own. */
static void read_entries(
	struct static_secrets *secrets, enum static_kind kind, struct str owner, const struct node *mapping)
{
	struct node_pairs walk;
	const struct node_pair *pair;
	struct str name;

	node_pairs_begin(&walk, mapping);
	while ((pair = node_pairs_next(&walk))) {
		if (!read_name(secrets, &name, pair->key))
			continue;
		if (kind == STATIC_SECRET)
			read_entry(secrets, kind, owner, name, pair);
		else
			read_entry(secrets, kind, name, STR_ABSENT, pair);
	}
	node_pairs_end(&walk);
}

static void read_applications(struct static_secrets *secrets)
{
	struct node_pairs walk;
	const struct node_pair *pair;
	struct str name;

	node_pairs_begin(&walk, secrets->applications);
	while ((pair = node_pairs_next(&walk))) {
		const struct node *mapping;

		if (!read_name(secrets, &name, pair->key))
			continue;
		mapping = read_mapping(secrets, pair->value, "An application");
		if (mapping)
			read_entries(secrets, STATIC_SECRET, name, mapping);
	}
	node_pairs_end(&walk);
}

static void read_pull_secret(struct static_secrets *secrets, const struct node *node)
{
	static const struct member_names names = {{"registries"}, {"description"}};
	const struct node *pull = read_mapping(secrets, node, "The pull secret"), *registries;

	if (!pull)
		return;
	check_members(secrets, pull, &names);
	read_prose(secrets, pull, "description");
	registries = read_mapping(secrets, node_get(pull, STR("registries")), "The value of registries");
	if (registries)
		read_entries(secrets, STATIC_REGISTRY, STR_ABSENT, registries);
}

static void read_clients(struct static_secrets *secrets, const struct node *node)
{
	const struct node *clients = read_mapping(secrets, node, "The value of oidc-clients");

	if (clients)
		read_entries(secrets, STATIC_CLIENT, STR_ABSENT, clients);
}

static void read_token(struct static_secrets *secrets)
{
	struct str member = template_member_name(MEMBER_WRITE_TOKEN);
	const struct node_pair *pair = node_find(secrets->root, member);

	if (pair)
		add_value(secrets, (struct static_value){.kind = STATIC_TOKEN,
					   .key = pair->key,
					   .holder = secrets->root,
					   .member = member,
					   .node = read_value(secrets, pair->value)});
}

static void read_nested(struct static_secrets *secrets)
{
	const struct node *root = secrets->root;
	static const struct member_names names = {
		{"applications", "oidc-clients", "pull-secret"}, {"vault-write-token"}};

	check_members(secrets, root, &names);
	secrets->applications = read_mapping(
		secrets, node_get(root, template_member_name(MEMBER_APPLICATIONS)), "The value of applications");
	if (secrets->applications)
		read_applications(secrets);
	read_clients(secrets, node_get(root, template_member_name(MEMBER_OIDC_CLIENTS)));
	read_pull_secret(secrets, node_get(root, template_member_name(MEMBER_PULL_SECRET)));
	read_token(secrets);
}

/* The nested form shows by any of its members. */
static enum static_form form_of(const struct node *root)
{
	for (unsigned member = 0; member < MEMBER_COUNT; member++) {
		if (node_get(root, template_member_name((enum template_member)member)))
			return STATIC_NESTED;
	}
	return STATIC_FLAT;
}

static void read_root(struct static_secrets *secrets, const struct node *root)
{
	const struct node *mapping = read_mapping(secrets, root, "A file of static secrets");

	if (!mapping)
		return;
	if (mapping->mapping.count > 0)
		secrets->form = form_of(mapping);
	secrets->root = mapping;
	if (node_find(mapping, STR("sops")))
		static_problem_add(secrets, node_find(mapping, STR("sops"))->key,
			"The file is encrypted by SOPS; decrypt it first.");
	if (secrets->form == STATIC_NESTED) {
		read_nested(secrets);
	} else {
		secrets->applications = mapping;
		read_applications(secrets);
	}
}

static int compare_problems(const void *a, const void *b)
{
	const struct static_problem *first = a, *second = b;

	return (first->span.start > second->span.start) - (first->span.start < second->span.start);
}

void static_secrets_read(
	struct static_secrets *out, struct arena *arena, struct str path, struct str text, enum static_form empty_form)
{
	*out = (struct static_secrets){.arena = arena, .form = empty_form};
	vec_init(&out->values, sizeof(struct static_value));
	vec_init(&out->problems, sizeof(struct static_problem));
	map_init(&out->by_name);
	out->stream = yaml_load(arena, path, text, false);
	static_issues_add(out);
	if (out->problems.len == 0 && !out->stream->broken)
		read_root(out, yaml_root(out->stream));
	vec_sort(&out->problems, compare_problems);
}

void static_secrets_release(struct static_secrets *secrets)
{
	yaml_stream_release(secrets->stream);
	vec_release(&secrets->values);
	vec_release(&secrets->problems);
	map_release(&secrets->by_name);
}

const struct static_value *static_secrets_find(
	const struct static_secrets *secrets, enum static_kind kind, struct str owner, struct str name)
{
	struct arena scratch;
	size_t place;

	arena_init(&scratch);
	place = (size_t)map_get(&secrets->by_name, full_name(&scratch, kind, owner, name));
	arena_release(&scratch);
	return place > 0 ? vec_at(&secrets->values, place - 1) : NULL;
}

struct secret *static_value_secret(const struct static_value *value)
{
	return value->node ? secret_new(value->node->scalar.ptr, value->node->scalar.len) : NULL;
}

size_t static_secrets_filled(const struct static_secrets *secrets)
{
	size_t count = 0;

	for (size_t i = 0; i < secrets->values.len; i++)
		count += ((struct static_value *)vec_at(&secrets->values, i))->node != NULL;
	return count;
}
