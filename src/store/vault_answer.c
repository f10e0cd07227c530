#include "store/vault_answer.h"

#include "base/path.h"
#include "store/json_values.h"

static struct str trim_slashes(struct str path)
{
	while (path.len > 0 && path.ptr[0] == '/')
		path = str_slice(path, 1, path.len);
	return path_without_slashes(path);
}

static const struct node *get_mapping(const struct node *node, struct str key)
{
	const struct node *member = node && node->kind == NODE_MAPPING ? node_get(node, key) : NULL;

	return member && member->kind == NODE_MAPPING ? member : NULL;
}

static const struct node *get_member(const struct node *mapping, struct str key)
{
	return mapping ? node_get(mapping, key) : NULL;
}

/* Without options, an engine is of the first version. Version numbers are strings here, but who knows. */
static unsigned kv_version(struct str type, const struct node *options)
{
	struct str version = node_text(get_member(options, STR("version")));

	if (!str_is(type, "kv") && !str_is(type, "generic"))
		return 0;
	if (str_is_absent(version) || version.len == 0 || str_is(version, "1"))
		return 1;
	return str_is(version, "2") ? 2 : 0;
}

bool vault_mount_read(struct vault_mount *out, struct arena *arena, const struct node *root, struct str prefix)
{
	const struct node *data = get_mapping(root, STR("data"));
	struct str path = trim_slashes(node_string(get_member(data, STR("path"))));
	struct str type = node_string(get_member(data, STR("type")));

	if (path.len == 0 || str_is_absent(type) || !str_starts_with(prefix, path) ||
		(prefix.len > path.len && prefix.ptr[path.len] != '/'))
		return false;
	*out = (struct vault_mount){
		.path = arena_str(arena, path),
		.type = arena_str(arena, type),
		.version = kv_version(type, get_mapping(data, STR("options"))),
	};
	return true;
}

/* What a client or a proxy may take for a step in the tree of paths. */
static bool is_dots(struct str name)
{
	return str_is(name, ".") || str_is(name, "..") || str_is(name, "./") || str_is(name, "../");
}

bool vault_names_read(struct vec *names, struct vec *folders, struct arena *arena, const struct node *root)
{
	const struct node *keys = get_member(get_mapping(root, STR("data")), STR("keys"));

	if (!keys || keys->kind != NODE_SEQUENCE)
		return false;
	for (uint32_t i = 0; i < keys->sequence.count; i++) {
		struct str name = node_string(keys->sequence.items[i]);

		if (str_is_absent(name) || name.len == 0 || str_find(name, '\0') < name.len || is_dots(name))
			return false;
		if (str_ends_with(name, STR("/")))
			*(struct str *)vec_push(folders) = arena_str(arena, name);
		else if (str_find(name, '/') < name.len)
			return false;
		else
			*(struct str *)vec_push(names) = arena_str(arena, name);
	}
	return true;
}

static bool read_version(struct store_entry *entry, const struct node *data)
{
	const struct node *metadata = get_mapping(data, STR("metadata"));

	return json_values_uint(&entry->version, get_member(metadata, STR("version"))) && entry->version > 0;
}

static bool is_gone(const struct node *data)
{
	const struct node *metadata = get_mapping(data, STR("metadata"));
	const struct node *destroyed = get_member(metadata, STR("destroyed"));

	return node_string(get_member(metadata, STR("deletion_time"))).len > 0 ||
	       (destroyed && destroyed->type == TYPE_BOOL && node_bool(destroyed));
}

static const char *read_versioned(
	struct store_entry *entry, struct arena *arena, unsigned status, const struct node *data)
{
	const struct node *values = get_member(data, STR("data"));
	bool is_null = node_is_null(values);

	if (!read_version(entry, data))
		return "the answer says no version";
	/* A time of deletion may also lie ahead: then the values are there. */
	if (is_null && (status == 404 || is_gone(data))) {
		entry->state = STORE_DELETED;
		return NULL;
	}
	if (status == 404 || is_null || values->kind != NODE_MAPPING)
		return "the answer holds no values, and does not say that they are deleted";
	entry->state = STORE_PRESENT;
	json_values_read(entry, arena, values);
	return NULL;
}

/* A path that never was, or one that is not ours to see: who asks has looked at `errors` before. */
const char *vault_entry_read(struct store_entry *entry, struct arena *arena, unsigned kv_version_number,
	unsigned status, const struct node *root)
{
	const struct node *data = get_mapping(root, STR("data"));

	if (status == 404 && !data)
		return NULL;
	if (!data)
		return "the answer holds no data";
	if (kv_version_number == 2)
		return read_versioned(entry, arena, status, data);
	if (status == 404)
		return "the answer holds data, and says that there are none";
	entry->state = STORE_PRESENT;
	json_values_read(entry, arena, data);
	return NULL;
}

static bool lists_capability(const struct node *list, struct str capability)
{
	bool granted = false;

	for (uint32_t i = 0; list && list->kind == NODE_SEQUENCE && i < list->sequence.count; i++) {
		struct str item = node_string(list->sequence.items[i]);

		if (str_is_absent(item))
			continue;
		if (str_is(item, "deny"))
			return false;
		granted = granted || str_equal(item, capability) || str_is(item, "root");
	}
	return granted;
}

bool vault_may(const struct node *root, struct str path, struct str capability)
{
	const struct node *data = get_mapping(root, STR("data"));
	const struct node *list = get_member(data, path);

	return lists_capability(list ? list : get_member(root, path), capability);
}

bool vault_version_read(uint64_t *out, const struct node *root)
{
	const struct node *data = get_mapping(root, STR("data"));

	return json_values_uint(out, get_member(data, STR("version"))) && *out > 0;
}
