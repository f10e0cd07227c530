#include "statics/updater.h"

void updater_write_application(struct yaml_writer *writer, const struct template_style *style, const void *context)
{
	const struct addition *addition = context;

	template_write_application(writer, style, addition->updater->wanted, addition->index);
}

static void write_entry(struct yaml_writer *writer, const struct template_style *style, const void *context)
{
	const struct addition *addition = context;

	template_write_entry(writer, style, updater_wanted(addition->updater, addition->index));
}

/* What is wanted of an application: [first, end) of the wanted secrets; first == end: nothing. */
struct range {
	size_t first;
	size_t end;
};

static struct range wanted_range(const struct updater *updater, struct str application)
{
	size_t place = (size_t)map_get(&updater->applications, application);

	if (place == 0)
		return (struct range){0, 0};
	return (struct range){place - 1, wanted_application_end(updater->wanted, place - 1)};
}

/* The entries that an application lacks, merged ones being there. */
static void missing_entries(
	struct updater *updater, struct vec *additions, struct range range, const struct node *mapping)
{
	for (size_t i = range.first; i < range.end; i++) {
		const struct wanted_secret *wanted = updater_wanted(updater, i);

		if (mapping && node_find(mapping, wanted->key))
			continue;
		*(struct addition *)vec_push(additions) =
			(struct addition){.updater = updater, .write = write_entry, .index = i, .key = wanted->key};
		updater_tell(updater, STATIC_ADDED, wanted->application, wanted->key, NULL);
	}
}

/* Takes members (const struct node_pair *) out. Where all those of a flow mapping go and others come, these come first, and they go in the next round: a
 * comma has to stand between members that are there. */
static void remove_all(
	struct updater *updater, const struct node *mapping, const struct vec *going, const struct vec *additions)
{
	if (mapping->style == NODE_FLOW && going->len == mapping->mapping.count && additions->len > 0)
		return;
	for (size_t i = 0; i < going->len; i++)
		change_remove(&updater->changer, mapping, vec_pointer(going, i));
}

/* Goes through the entries of an application that are there. Returns whether it goes itself, as all of them do, none comes and it may. */
static bool update_entries(struct updater *updater, struct str name, const struct members *members,
	const struct vec *additions, bool shared, bool may_go)
{
	const struct node *mapping = members->mapping;
	struct vec going = VEC_INIT(struct node_pair *);
	bool all;

	for (size_t i = 0; i < members->by_key.len; i++) {
		const struct node_pair *pair = members->by_key.entries[i].value;
		const struct wanted_secret *wanted =
			wanted_secrets_find(updater->wanted, name, members->by_key.entries[i].key);

		if (wanted)
			updater_update_entry(updater, mapping, pair, wanted);
		else if (updater_dismiss_entry(updater, name, mapping, pair, shared))
			vec_push_pointer(&going, pair);
	}
	all = may_go && going.len == mapping->mapping.count && additions->len == 0;
	if (!all)
		remove_all(updater, mapping, &going, additions);
	vec_release(&going);
	return all;
}

static void refuse(struct updater *updater, const struct node *node, const char *what)
{
	static_problem_add(updater->file, node,
		"This application comes from %s, and something is missing in what that stands for; write its entries "
		"out "
		"here.",
		what);
}

/* An application that the file has. Returns whether it goes as a whole. */
static bool update_application(
	struct updater *updater, const struct node *applications, const struct node_pair *pair, bool shared)
{
	struct str name = node_text(pair->key);
	struct range range = wanted_range(updater, name);
	struct vec additions = VEC_INIT(struct addition);
	bool goes = false;

	shared = shared || !str_is_absent(node_anchor(pair->value));
	missing_entries(updater, &additions, range, node_is_mapping(pair->value) ? node_resolve(pair->value) : NULL);
	if (updater_is_empty(pair->value)) {
		updater_fill(updater, applications, pair, &additions);
	} else if (updater_is_own(pair->value)) {
		struct members members;

		members_init(&members, pair->value);
		goes = update_entries(updater, name, &members, &additions, shared,
			change_may_remove(&updater->changer, applications, pair));
		updater_insert(updater, &members, &additions);
		members_release(&members);
	} else if (additions.len > 0) {
		refuse(updater, pair->value, "an alias");
	}
	vec_release(&additions);
	return goes;
}

/* What a merge key brings cannot be added to here. */
static void check_merged(struct updater *updater, size_t first, const struct node_pair *merged)
{
	const struct node *mapping = node_is_mapping(merged->value) ? node_resolve(merged->value) : NULL;

	for (size_t i = first; i < wanted_application_end(updater->wanted, first); i++) {
		if (mapping && node_find(mapping, updater_wanted(updater, i)->key))
			continue;
		refuse(updater, merged->key, "a merge key");
		return;
	}
}

bool updater_update_applications(struct updater *updater, const struct node *applications, bool shared)
{
	struct vec additions = VEC_INIT(struct addition), going = VEC_INIT(struct node_pair *);
	struct members members;
	bool all;

	members_init(&members, applications);
	for (size_t i = 0; i < members.by_key.len; i++) {
		const struct node_pair *pair = members.by_key.entries[i].value;

		if (update_application(updater, applications, pair, shared))
			vec_push_pointer(&going, pair);
	}
	for (size_t i = 0; i < updater->wanted->secrets.len; i = wanted_application_end(updater->wanted, i)) {
		struct str name = updater_wanted(updater, i)->application;
		const struct node_pair *merged = node_find(applications, name);

		if (members_find(&members, name))
			continue;
		if (merged) {
			check_merged(updater, i, merged);
			continue;
		}
		*(struct addition *)vec_push(&additions) = (struct addition){
			.updater = updater, .write = updater_write_application, .index = i, .key = name};
		for (size_t j = i; j < wanted_application_end(updater->wanted, i); j++)
			updater_tell(updater, STATIC_ADDED, name, updater_wanted(updater, j)->key, NULL);
	}
	all = going.len == applications->mapping.count && additions.len == 0;
	if (!all || !change_clear(&updater->changer, applications))
		remove_all(updater, applications, &going, &additions);
	updater_insert(updater, &members, &additions);
	members_release(&members);
	vec_release(&additions);
	vec_release(&going);
	return all;
}
