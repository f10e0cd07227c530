#include "check/used_paths.h"

enum {
	COMPONENTS_MAX = 32, /* nobody nests values deeper */
};

struct collection {
	struct arena *arena;
	struct map *paths;
};

static void add_use(void *context, struct str dotted, struct span span)
{
	const struct collection *collection = context;
	struct str path = arena_str(collection->arena, dotted);
	struct str rest = path;
	struct span *place = arena_alloc(collection->arena, sizeof(*place));

	*place = span;
	for (unsigned i = 0; i < COMPONENTS_MAX && !str_is_absent(rest); i++) {
		str_cut(&rest, '.');
		struct str beginning = str_is_absent(rest) ? path : str_slice(path, 0, path.len - rest.len - 1);
		void **slot = map_slot(collection->paths, beginning);

		if (*slot == NULL)
			*slot = place;
	}
}

const struct map *used_paths_of(struct check *check, const struct application *application)
{
	struct map *paths = map_get(&check->used_paths, application->name);

	if (paths != NULL)
		return paths;
	paths = arena_alloc(&check->arena, sizeof(*paths));
	map_init(paths);
	map_set(&check->used_paths, application->name, paths);
	if (check->delivery != NULL)
		delivery_each_values_use(check->delivery, application, add_use,
			&(struct collection){.arena = &check->arena, .paths = paths});
	return paths;
}

void used_paths_release(struct check *check)
{
	for (size_t i = 0; i < check->used_paths.len; i++)
		map_release(check->used_paths.entries[i].value);
	map_release(&check->used_paths);
}
