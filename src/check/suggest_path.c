/* The likely path of Helm values for one that nothing sets. */
#include "base/nearest.h"
#include "check/suggest.h"

enum likeness {
	LIKE_SLIPS,  /* as many components, each the same or nearly so */
	LIKE_LENGTH, /* one component is missing, or one too many */
	LIKE_NOTHING,
};

struct path_search {
	size_t *effort;
	struct arena *arena;
	struct str wanted;
	struct str prefix; /* of the file at hand: "" or "subchart." */
	struct str best;
	enum likeness likeness;
	size_t distance;
	bool is_mapping; /* a setting beats a group of settings */
};

static size_t count_components(struct str path)
{
	size_t count = 1;

	for (size_t i = 0; i < path.len; i++)
		count += path.ptr[i] == '.';
	return count;
}

/* The sum of the distances of components, where each is near its counterpart. */
static bool compare_slips(struct str wanted, struct str candidate, size_t *distance)
{
	*distance = 0;
	while (!str_is_absent(wanted)) {
		struct str a = str_cut(&wanted, '.');
		struct str b = str_cut(&candidate, '.');
		struct nearest nearest;

		if (str_equal(a, b))
			continue;
		nearest_init(&nearest, a);
		nearest_offer(&nearest, b);
		if (str_is_absent(nearest.best))
			return false;
		*distance += nearest.distance;
	}
	return true;
}

/* Whether the longer path is the shorter one with one component put in. */
static bool has_one_more(struct str longer, struct str shorter)
{
	bool skipped = false;

	while (!str_is_absent(longer)) {
		struct str component = str_cut(&longer, '.');
		struct str rest = shorter;

		if (!str_is_absent(rest) && str_equal(component, str_cut(&rest, '.')))
			shorter = rest;
		else if (skipped)
			return false;
		else
			skipped = true;
	}
	return skipped && str_is_absent(shorter);
}

static enum likeness compare(struct str wanted, struct str candidate, size_t *distance)
{
	size_t a = count_components(wanted);
	size_t b = count_components(candidate);

	*distance = 0;
	if (a == b)
		return compare_slips(wanted, candidate, distance) ? LIKE_SLIPS : LIKE_NOTHING;
	if (a + 1 == b && has_one_more(candidate, wanted))
		return LIKE_LENGTH;
	if (b + 1 == a && has_one_more(wanted, candidate))
		return LIKE_LENGTH;
	return LIKE_NOTHING;
}

/* Whether a path is only the beginning of another one: a group is hardly meant where a setting in it is asked for. */
static bool leads_to(struct str path, struct str longer)
{
	return !str_is_absent(longer) && str_starts_with(longer, path) && longer.len > path.len &&
	       longer.ptr[path.len] == '.';
}

static bool is_better(
	const struct path_search *search, enum likeness likeness, size_t distance, bool is_mapping, struct str path)
{
	if (likeness != search->likeness)
		return likeness < search->likeness;
	if (distance != search->distance)
		return distance < search->distance;
	if (is_mapping != search->is_mapping)
		return search->is_mapping;
	return str_compare(path, search->best) < 0;
}

static void offer_path(void *context, struct str dotted, const struct node *value)
{
	struct path_search *search = context;
	struct str path = dotted;
	bool is_mapping = node_is_mapping(value);
	size_t distance;

	if (*search->effort > 0)
		--*search->effort;
	/* Far too long or short: not worth a copy. */
	if (search->prefix.len + path.len > 2 * search->wanted.len + 64)
		return;
	if (search->prefix.len > 0)
		path = arena_printf(search->arena, "%.*s%.*s", STR_ARG(search->prefix), STR_ARG(dotted));
	enum likeness likeness = compare(search->wanted, path, &distance);
	if (likeness == LIKE_NOTHING || (is_mapping && leads_to(path, search->wanted)) ||
		!is_better(search, likeness, distance, is_mapping, path))
		return;
	search->best = arena_str(search->arena, path);
	search->likeness = likeness;
	search->distance = distance;
	search->is_mapping = is_mapping;
}

static void search_file(struct path_search *search, const struct repo_file *file)
{
	if (file != NULL && *search->effort > 0)
		values_each_path(file, *search->effort, offer_path, search);
}

struct str nearest_values_path(struct arena *arena, const struct application *application, const struct map *used,
	struct str wanted, size_t *effort)
{
	const struct vec *dependencies = &application->chart->dependencies;
	struct path_search search = {
		.effort = effort,
		.arena = arena,
		.wanted = wanted,
		.prefix = STR(""),
		.best = STR_ABSENT,
		.likeness = LIKE_NOTHING,
	};

	/* What templates write in front of the path. */
	if (str_starts_with(wanted, STR(".Values.")))
		search.wanted = str_slice(wanted, sizeof(".Values.") - 1, wanted.len);
	else if (str_starts_with(wanted, STR("Values.")))
		search.wanted = str_slice(wanted, sizeof("Values.") - 1, wanted.len);
	search_file(&search, application->chart->values);
	for (size_t i = 0; i < application->overlays.len; i++)
		search_file(&search, (*(const struct application_overlay **)vec_at(&application->overlays, i))->values);
	for (size_t i = 0; i < dependencies->len; i++) {
		const struct chart_dependency *dependency = vec_at(dependencies, i);

		search.prefix = arena_printf(arena, "%.*s.", STR_ARG(dependency->key));
		if (dependency->chart != NULL)
			search_file(&search, dependency->chart->values);
	}
	search.prefix = STR("");
	for (size_t i = 0; *effort > 0 && i < used->len; i++)
		offer_path(&search, used->entries[i].key, NULL);
	return search.best;
}

/* The pair under a component, be its key a string (then *misread stays) or only written like it. */
static const struct node_pair *find_written(
	const struct node *mapping, struct str component, const struct node **misread, size_t *effort)
{
	const struct node_pair *pair = node_find(mapping, component);
	const struct node_pair *found = NULL;
	struct node_pairs walk;

	if (pair != NULL || *effort < mapping->mapping.count)
		return pair;
	*effort -= mapping->mapping.count;
	node_pairs_begin(&walk, mapping);
	while (found == NULL && (pair = node_pairs_next(&walk)) != NULL) {
		if (!node_is_string(pair->key) && str_equal(node_text(pair->key), component))
			found = pair;
	}
	node_pairs_end(&walk);
	if (found != NULL && *misread == NULL)
		*misread = found->key;
	return found;
}

static const struct node *misread_in(const struct repo_file *file, struct str wanted, size_t *effort)
{
	const struct node *node = file != NULL ? file_mapping(file) : NULL;
	const struct node *misread = NULL;

	while (!str_is_absent(wanted)) {
		struct str component = str_cut(&wanted, '.');
		const struct node_pair *pair =
			node_is_mapping(node) ? find_written(node, component, &misread, effort) : NULL;

		if (pair == NULL)
			return NULL;
		node = node_resolve(pair->value);
	}
	return misread;
}

const struct node *misread_key(const struct application *application, struct str wanted, size_t *effort)
{
	const struct node *found = misread_in(application->chart->values, wanted, effort);

	for (size_t i = 0; found == NULL && i < application->overlays.len; i++)
		found = misread_in((*(const struct application_overlay **)vec_at(&application->overlays, i))->values,
			wanted, effort);
	return found;
}
