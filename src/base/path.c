#include "base/path.h"

#include "base/vec.h"

static bool is_absolute(struct str path)
{
	return path.len > 0 && path.ptr[0] == '/';
}

struct str path_join(struct arena *arena, struct str directory, struct str name)
{
	bool slashed = str_ends_with(directory, STR("/"));
	char *bytes;

	if (directory.len == 0 || str_is(directory, ".") || is_absolute(name))
		return arena_str(arena, name);
	if (name.len == 0)
		return arena_str(arena, directory);
	bytes = arena_bytes(arena, directory.len + name.len + 2);
	memcpy(bytes, directory.ptr, directory.len);
	if (!slashed)
		bytes[directory.len] = '/';
	memcpy(bytes + directory.len + !slashed, name.ptr, name.len);
	bytes[directory.len + !slashed + name.len] = '\0';
	return (struct str){.ptr = bytes, .len = directory.len + !slashed + name.len};
}

struct str path_base(struct str path)
{
	size_t slash = str_find_last(path, '/');

	return slash < path.len ? str_slice(path, slash + 1, path.len) : path;
}

struct str path_directory(struct str path)
{
	size_t slash = str_find_last(path, '/');

	if (slash == path.len)
		return str_slice(path, 0, 0);
	return str_slice(path, 0, slash > 0 ? slash : 1);
}

/* Where the extension of a last component starts: its end where it has none. */
static size_t extension_start(struct str base)
{
	size_t dot = str_find_last(base, '.');

	return dot > 0 ? dot : base.len;
}

struct str path_without_slashes(struct str path)
{
	while (path.len > 0 && path.ptr[path.len - 1] == '/')
		path.len--;
	return path;
}

struct str path_stem(struct str path)
{
	struct str base = path_base(path);

	return str_slice(base, 0, extension_start(base));
}

struct str path_extension(struct str path)
{
	struct str base = path_base(path);

	return str_slice(base, extension_start(base), base.len);
}

struct str path_component(struct str *rest)
{
	struct str component;

	while (is_absolute(*rest))
		*rest = str_slice(*rest, 1, rest->len);
	component = str_cut(rest, '/');
	while (is_absolute(*rest))
		*rest = str_slice(*rest, 1, rest->len);
	if (rest->len == 0)
		*rest = STR_ABSENT;
	return component;
}

/* The components joined, behind a '/' where absolute; "." where there are none and it is not. */
static struct str assemble(struct arena *arena, const struct vec *components, bool absolute)
{
	const struct str *parts = components->items;
	size_t len = absolute;
	size_t end = 0;
	char *bytes;

	if (components->len == 0)
		return arena_str(arena, absolute ? STR("/") : STR("."));
	for (size_t i = 0; i < components->len; i++)
		len += parts[i].len + (i > 0);
	bytes = arena_bytes(arena, len + 1);
	for (size_t i = 0; i < components->len; i++) {
		if (i > 0 || absolute)
			bytes[end++] = '/';
		memcpy(bytes + end, parts[i].ptr, parts[i].len);
		end += parts[i].len;
	}
	bytes[end] = '\0';
	return (struct str){.ptr = bytes, .len = end};
}

struct str path_normalize(struct arena *arena, struct str path)
{
	struct vec components = VEC_INIT(struct str);
	bool absolute = is_absolute(path);
	struct str rest = path;
	struct str normal;

	while (!str_is_absent(rest)) {
		struct str component = path_component(&rest);
		bool up = str_is(component, "..");
		bool can_undo = components.len > 0 && !str_is(*(struct str *)vec_last(&components), "..");

		if (component.len == 0 || str_is(component, "."))
			continue;
		if (up && can_undo)
			vec_pop(&components);
		else if (!up || !absolute)
			*(struct str *)vec_push(&components) = component;
	}
	normal = assemble(arena, &components, absolute);
	vec_release(&components);
	return normal;
}

bool path_is_within(struct str path, struct str root)
{
	if (str_equal(path, root))
		return true;
	if (str_is(root, "."))
		return !is_absolute(path) && !str_is(path, "..") && !str_starts_with(path, STR("../"));
	if (!str_starts_with(path, root))
		return false;
	return str_is(root, "/") || path.ptr[root.len] == '/';
}

struct str path_relative(struct arena *arena, struct str path, struct str root)
{
	struct vec components = VEC_INIT(struct str);
	struct str from = root;
	struct str to = path;
	struct str relative;

	for (;;) {
		struct str from_next = from;
		struct str to_next = to;

		if (from.len == 0 || to.len == 0 || !str_equal(path_component(&from_next), path_component(&to_next)))
			break;
		from = from_next;
		to = to_next;
	}
	while (!str_is_absent(from)) {
		if (path_component(&from).len > 0)
			*(struct str *)vec_push(&components) = STR("..");
	}
	while (!str_is_absent(to)) {
		struct str component = path_component(&to);

		if (component.len > 0)
			*(struct str *)vec_push(&components) = component;
	}
	relative = assemble(arena, &components, false);
	vec_release(&components);
	return relative;
}
