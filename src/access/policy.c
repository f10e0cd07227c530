#include "access/policy.h"

#include "access/policy_hcl.h"
#include "base/embedded.h"
#include "base/error.h"
#include "text/mustache.h"
#include "yaml/stream.h"

void policy_init(struct policy *policy)
{
	*policy = (struct policy){.unread = STR_ABSENT};
	arena_init(&policy->arena);
	vec_init(&policy->grants, sizeof(struct policy_grant));
	map_init(&policy->positions);
}

void policy_release(struct policy *policy)
{
	for (size_t i = 0; i < policy->grants.len; i++)
		vec_release(&((struct policy_grant *)vec_at(&policy->grants, i))->limits);
	vec_release(&policy->grants);
	map_release(&policy->positions);
	arena_release(&policy->arena);
}

const char *policy_capability_name(enum policy_capability capability)
{
	static const char *const names[] = {
#define X(id, name) [POLICY_##id] = name,
		POLICY_CAPABILITIES(X)
#undef X
	};

	return names[capability];
}

struct policy_grant *policy_grant_for(struct policy *policy, struct str path)
{
	struct policy_grant *grant;

	while (path.len > 0 && path.ptr[0] == '/')
		path = str_slice(path, 1, path.len);
	if (map_has(&policy->positions, path))
		return vec_at(&policy->grants, (uintptr_t)map_get(&policy->positions, path));
	path = arena_str(&policy->arena, path);
	map_set(&policy->positions, path, (void *)(uintptr_t)policy->grants.len);
	grant = vec_push(&policy->grants);
	grant->path = path;
	vec_init(&grant->limits, sizeof(struct str));
	return grant;
}

bool policy_add_capability(struct policy_grant *grant, struct str name)
{
	for (unsigned i = 0; i < POLICY_CAPABILITY_COUNT; i++) {
		if (str_is(name, policy_capability_name((enum policy_capability)i))) {
			grant->capabilities |= 1U << i;
			return true;
		}
	}
	return false;
}

bool policy_add_word(struct policy_grant *grant, struct str word)
{
	enum { LIST_READ = 1U << POLICY_READ | 1U << POLICY_LIST };
	enum { WRITE = LIST_READ | 1U << POLICY_CREATE | 1U << POLICY_UPDATE | 1U << POLICY_DELETE };
	static const struct {
		const char *name;
		unsigned capabilities;
	} words[] = {
		{"deny", 1U << POLICY_DENY},
		{"read", LIST_READ},
		{"write", WRITE},
		{"sudo", WRITE | 1U << POLICY_SUDO},
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (str_is(word, words[i].name)) {
			grant->capabilities |= words[i].capabilities;
			return true;
		}
	}
	return false;
}

void policy_add_limit(struct policy *policy, struct policy_grant *grant, struct str word)
{
	*(struct str *)vec_push(&grant->limits) = arena_str(&policy->arena, word);
}

/* Notes what in JSON is not what a policy has there. */
static void refuse_json(struct policy *policy, const char *what)
{
	if (str_is_absent(policy->unread))
		policy->unread = arena_str(&policy->arena, str_of(what));
}

static void read_json_capabilities(struct policy *policy, struct policy_grant *grant, const struct node *list)
{
	if (!node_is_sequence(list)) {
		refuse_json(policy, "capabilities that are no list");
		return;
	}
	for (uint32_t i = 0; i < list->sequence.count; i++) {
		struct str name = node_string(list->sequence.items[i]);
		if (str_is_absent(name) || !policy_add_capability(grant, name))
			refuse_json(policy, "a capability that is not known");
	}
}

static void read_json_grant(struct policy *policy, struct str path, const struct node *rules)
{
	struct policy_grant *grant = policy_grant_for(policy, path);

	if (!node_is_mapping(rules)) {
		refuse_json(policy, "a path whose rules are no object");
		return;
	}
	for (uint32_t i = 0; i < rules->mapping.count; i++) {
		struct str name = node_string(rules->mapping.pairs[i].key);
		const struct node *value = rules->mapping.pairs[i].value;
		if (str_is(name, "capabilities"))
			read_json_capabilities(policy, grant, value);
		else if (str_is(name, "policy") && !policy_add_word(grant, node_string(value)))
			refuse_json(policy, "a policy word that is not known");
		else if (!str_is(name, "policy"))
			policy_add_limit(policy, grant, name);
	}
}

static void read_json(struct policy *policy, struct str text)
{
	struct arena arena;

	arena_init(&arena);
	struct yaml_stream *stream = json_load(&arena, STR("policy"), text);
	const struct node *root = stream->broken ? NULL : yaml_root(stream);
	const struct node *paths = node_is_mapping(root) ? node_get(root, STR("path")) : NULL;
	if (!node_is_mapping(paths))
		refuse_json(policy, "JSON without an object `path`");
	for (uint32_t i = 0; node_is_mapping(paths) && i < paths->mapping.count; i++)
		read_json_grant(policy, node_string(paths->mapping.pairs[i].key), paths->mapping.pairs[i].value);
	yaml_stream_release(stream);
	arena_release(&arena);
}

static int compare_grants(const void *a, const void *b)
{
	return str_compare(((const struct policy_grant *)a)->path, ((const struct policy_grant *)b)->path);
}

void policy_read(struct policy *policy, struct str text)
{
	struct str start = str_trim(text);

	if (start.len > 0 && start.ptr[0] == '{')
		read_json(policy, text);
	else
		policy_hcl_read(policy, text);
	map_release(&policy->positions);
	map_init(&policy->positions);
	vec_sort(&policy->grants, compare_grants);
}

static void add_difference(struct vec *differences, struct policy_difference difference)
{
	if (difference.capabilities != 0 || !str_is_absent(difference.word))
		*(struct policy_difference *)vec_push(differences) = difference;
}

/* What stands at one path; either may be NULL. */
static void compare_at(struct vec *differences, const struct policy_grant *wanted, const struct policy_grant *actual)
{
	unsigned expected = wanted ? wanted->capabilities : 0;
	unsigned found = actual ? actual->capabilities : 0;
	struct policy_difference difference = {.path = wanted ? wanted->path : actual->path, .word = STR_ABSENT};

	difference.kind = POLICY_LACKS;
	difference.capabilities = expected & ~found;
	add_difference(differences, difference);
	difference.kind = POLICY_EXCEEDS;
	difference.capabilities = found & ~expected;
	add_difference(differences, difference);
	difference.kind = POLICY_LIMITED;
	difference.capabilities = 0;
	for (size_t i = 0; actual && i < actual->limits.len; i++) {
		difference.word = *(struct str *)vec_at(&actual->limits, i);
		add_difference(differences, difference);
	}
}

void policy_compare(struct vec *differences, const struct policy *wanted, const struct policy *actual)
{
	size_t i = 0, j = 0;

	while (i < wanted->grants.len || j < actual->grants.len) {
		const struct policy_grant *a = i < wanted->grants.len ? vec_at(&wanted->grants, i) : NULL;
		const struct policy_grant *b = j < actual->grants.len ? vec_at(&actual->grants, j) : NULL;
		int order = !a ? 1 : !b ? -1 : str_compare(a->path, b->path);

		compare_at(differences, order <= 0 ? a : NULL, order >= 0 ? b : NULL);
		i += order <= 0;
		j += order >= 0;
	}
	add_difference(differences,
		(struct policy_difference){.kind = POLICY_UNREAD, .path = STR_ABSENT, .word = actual->unread});
}

/* "read, list and sudo" */
static void append_capabilities(struct strbuf *out, unsigned capabilities)
{
	for (unsigned i = 0, rest = capabilities; i < POLICY_CAPABILITY_COUNT; i++) {
		unsigned bit = 1U << i;
		if (!(capabilities & bit))
			continue;
		rest &= ~bit;
		strbuf_append_c(out, policy_capability_name((enum policy_capability)i));
		if (rest != 0)
			strbuf_append_c(out, (rest & (rest - 1)) == 0 ? " and " : ", ");
	}
}

void policy_describe(struct strbuf *out, const struct policy_difference *difference)
{
	switch (difference->kind) {
	case POLICY_LACKS:
	case POLICY_EXCEEDS:
		strbuf_append_c(out, difference->kind == POLICY_LACKS ? "does not grant " : "grants ");
		append_capabilities(out, difference->capabilities);
		strbuf_printf(out, " on %.*s%s", STR_ARG(difference->path),
			difference->kind == POLICY_LACKS ? "" : ", which it should not");
		break;
	case POLICY_LIMITED:
		strbuf_printf(out, "has %.*s on %.*s, whose effect is not judged here", STR_ARG(difference->word),
			STR_ARG(difference->path));
		break;
	case POLICY_UNREAD:
		strbuf_printf(out, "cannot be read to its end: %.*s", STR_ARG(difference->word));
		break;
	}
}

extern const struct embedded_file access_policy_templates[];

struct str policy_text(struct arena *arena, enum policy_kind kind, struct str mount, struct str path)
{
	static const char *const files[] = {
		[POLICY_KIND_READ] = "read.hcl.mustache",
		[POLICY_KIND_WRITE] = "write.hcl.mustache",
	};
	struct error error = ERROR_INIT;
	struct strbuf text = STRBUF_INIT;
	struct str source = embedded_find(access_policy_templates, files[kind]);
	struct mustache_template *mustache = mustache_parse(str_of(files[kind]), source, &error);
	struct mustache_value *view = mustache_map(arena);
	struct str result = STR_ABSENT;

	mustache_set_text(view, "mount", mount);
	mustache_set_text(view, "path", path);
	/* The template is part of the program, and tested. */
	if (mustache && mustache_render(&text, mustache, view, NULL, &error))
		result = arena_str(arena, str_trim(strbuf_str(&text)));
	mustache_template_free(mustache);
	strbuf_release(&text);
	error_release(&error);
	return result;
}

bool policy_can_name(struct str path)
{
	while (!str_is_absent(path)) {
		struct str component = str_cut(&path, '/');
		if (component.len == 0 || str_is(component, "+") || str_is(component, ".") || str_is(component, ".."))
			return false;
		for (size_t i = 0; i < component.len; i++) {
			char c = component.ptr[i];
			if ((unsigned char)c < ' ' || c == 0x7F || strchr("\"\\*{}$", c))
				return false;
		}
	}
	return true;
}
