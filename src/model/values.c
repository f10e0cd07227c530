#include "model/values.h"

#include "base/strbuf.h"

/* A walk down both layers at once: at each component the layers that still count are mappings, or NULL. */
struct descent {
	const struct values *values;
	const struct node *overlay;
	const struct node *defaults;
	const struct node_pair *overlay_pair; /* of the component that was looked up last */
	const struct node_pair *defaults_pair;
	struct value_lookup lookup;
};

bool file_is_broken(const struct repo_file *file)
{
	if (!file)
		return false;
	if (!file->stream || file->stream->broken)
		return true;
	return yaml_root(file->stream) && !node_is_null(yaml_root(file->stream)) && !file_mapping(file);
}

const struct node *file_mapping(const struct repo_file *file)
{
	if (!file || !file->stream)
		return NULL;

	const struct node *root = node_resolve(yaml_root(file->stream));
	return node_is_mapping(root) ? root : NULL;
}

static const struct node *mapping_of(const struct node_pair *pair)
{
	const struct node *value = pair ? node_resolve(pair->value) : NULL;
	return node_is_mapping(value) ? value : NULL;
}

static void descent_begin(struct descent *descent, const struct values *values)
{
	*descent = (struct descent){
		.values = values,
		.overlay = file_mapping(values->overlay),
		.defaults = file_mapping(values->defaults),
	};
}

/* Looks a component up in the current layers. */
static bool descent_step(struct descent *descent, struct str component)
{
	struct value_lookup *lookup = &descent->lookup;

	descent->overlay_pair = descent->overlay ? node_find(descent->overlay, component) : NULL;
	descent->defaults_pair = descent->defaults ? node_find(descent->defaults, component) : NULL;
	if (!descent->overlay_pair && !descent->defaults_pair)
		return false;
	lookup->depth++;
	return true;
}

/* Enters the mappings that the last component led to. What the overlay holds hides the defaults unless both are mappings. */
static bool descent_enter(struct descent *descent)
{
	const struct node_pair *overlay = descent->overlay_pair;
	const struct node_pair *pair = overlay ? overlay : descent->defaults_pair;

	descent->overlay = mapping_of(overlay);
	descent->defaults = !overlay || descent->overlay ? mapping_of(descent->defaults_pair) : NULL;
	if (descent->overlay || descent->defaults)
		return true;
	descent->lookup.blocker = node_resolve(pair->value);
	descent->lookup.blocker_key = pair->key;
	descent->lookup.file = overlay ? descent->values->overlay : descent->values->defaults;
	return false;
}

/* Takes what the last component led to as the result. Of two mappings, merged, one with content decides the truth. */
static void descent_finish(struct descent *descent)
{
	const struct node_pair *pair = descent->overlay_pair;
	const struct node *overlay = mapping_of(pair), *defaults = mapping_of(descent->defaults_pair);
	bool by_overlay = pair && !(overlay && defaults && !node_truth(overlay) && node_truth(defaults));

	if (!by_overlay)
		pair = descent->defaults_pair;
	descent->lookup.node = node_resolve(pair->value);
	descent->lookup.key = pair->key;
	descent->lookup.file = by_overlay ? descent->values->overlay : descent->values->defaults;
}

struct values_path values_path_parse(struct arena *arena, struct str dotted)
{
	size_t count = 1;
	for (size_t i = 0; i < dotted.len; i++)
		count += dotted.ptr[i] == '.';

	struct str *components = arena_calloc(arena, count, sizeof(*components));
	struct str rest = arena_str(arena, dotted);
	for (size_t i = 0; i < count; i++)
		components[i] = str_cut(&rest, '.');
	return (struct values_path){.components = components, .count = count};
}

struct value_lookup values_find(const struct values *values, struct values_path path)
{
	struct descent descent;

	descent_begin(&descent, values);
	for (size_t i = 0; i < path.count; i++) {
		if ((i > 0 && !descent_enter(&descent)) || !descent_step(&descent, path.components[i]))
			return descent.lookup;
	}
	if (path.count > 0)
		descent_finish(&descent);
	return descent.lookup;
}

struct value_lookup values_get(const struct values *values, struct str dotted)
{
	struct descent descent;
	bool first = true;

	descent_begin(&descent, values);
	while (!str_is_absent(dotted)) {
		struct str component = str_cut(&dotted, '.');
		if ((!first && !descent_enter(&descent)) || !descent_step(&descent, component))
			return descent.lookup;
		first = false;
	}
	if (!first)
		descent_finish(&descent);
	return descent.lookup;
}

bool value_truth(const struct value_lookup *lookup)
{
	return node_truth(lookup->node);
}

#define PATH_DEPTH_MAX 32

struct path_walk {
	struct strbuf path;
	size_t budget;
	values_visitor *visit;
	void *context;
};

static void walk_paths(struct path_walk *walk, const struct node *mapping, unsigned depth)
{
	const struct node_pair *pair;
	struct node_pairs pairs;
	size_t len = walk->path.len;

	node_pairs_begin(&pairs, mapping);
	while (walk->budget > 0 && (pair = node_pairs_next(&pairs))) {
		struct str key = node_string(pair->key);
		const struct node *value = node_resolve(pair->value);
		if (str_is_absent(key))
			continue;
		if (depth > 0)
			strbuf_append_char(&walk->path, '.');
		strbuf_append(&walk->path, key);
		walk->budget--;
		walk->visit(walk->context, strbuf_str(&walk->path), value);
		if (node_is_mapping(value) && depth + 1 < PATH_DEPTH_MAX)
			walk_paths(walk, value, depth + 1);
		strbuf_truncate(&walk->path, len);
	}
	node_pairs_end(&pairs);
}

void values_each_path(const struct repo_file *file, size_t budget, values_visitor *visit, void *context)
{
	const struct node *root = file_mapping(file);
	struct path_walk walk = {.path = STRBUF_INIT, .budget = budget, .visit = visit, .context = context};

	if (root)
		walk_paths(&walk, root, 0);
	strbuf_release(&walk.path);
}
