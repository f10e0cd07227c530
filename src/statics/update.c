#include "statics/update.h"

#include <assert.h>

#include "statics/change.h"
#include "statics/place.h"
#include "statics/verify.h"

/* Removals of neighbours in a flow mapping take several rounds. */
#define ROUNDS_MAX 40

/* A round of changes. */
struct updater {
	struct changer changer;
	struct static_secrets *file;
	const struct wanted_secrets *wanted;
	struct map applications; /* what is wanted: size_t, the place of the first secret, counted from 1 */
	struct vec *changes;     /* NULL: they have been told */
};

/* New members of a mapping that come to stand at one place. */
struct addition {
	const struct updater *updater;
	piece_writer *write;
	size_t index; /* of a wanted secret, or a member of the nested form */
	struct str key;
	const char *prose; /* description or warning */
	struct str text;
};

struct additions {
	struct vec list; /* struct addition, by key */
};

static const struct wanted_secret *wanted_at(const struct updater *updater, size_t index)
{
	return vec_at(&updater->wanted->secrets, index);
}

static void tell(struct updater *updater, enum static_change_kind kind, struct str application, struct str key,
	const struct node *node)
{
	if (updater->changes)
		*(struct static_change *)vec_push(updater->changes) = (struct static_change){
			.kind = kind,
			.application = application,
			.key = key,
			.span = node ? node_span(node) : (struct span){.source = NULL},
		};
}

static void write_application(struct yaml_writer *writer, const struct template_style *style, const void *context)
{
	const struct addition *addition = context;

	template_write_application(writer, style, addition->updater->wanted, addition->index);
}

static void write_entry(struct yaml_writer *writer, const struct template_style *style, const void *context)
{
	const struct addition *addition = context;

	template_write_entry(writer, style, wanted_at(addition->updater, addition->index));
}

static void write_member(struct yaml_writer *writer, const struct template_style *style, const void *context)
{
	const struct addition *addition = context;

	template_write_member(writer, style, addition->updater->wanted, (enum template_member)addition->index);
}

static void write_prose(struct yaml_writer *writer, const struct template_style *style, const void *context)
{
	const struct addition *addition = context;

	template_write_prose(writer, style, addition->prose, addition->text);
}

static void write_value(struct yaml_writer *writer, const struct template_style *style, const void *context)
{
	(void)context;
	yaml_write_string(writer, STR("value"), style->key);
	yaml_write_null(writer);
}

static void write_members(struct yaml_writer *writer, const struct template_style *style, const void *context)
{
	const struct updater *updater = context;

	template_write_members(writer, style, updater->wanted);
}

/* A range of additions. */
struct slice {
	const struct addition *first;
	size_t count;
};

static void write_slice(struct yaml_writer *writer, const struct template_style *style, const void *context)
{
	const struct slice *slice = context;

	for (size_t i = 0; i < slice->count; i++)
		slice->first[i].write(writer, style, &slice->first[i]);
}

/* Puts new members, by key, into a mapping that has some: those that come to the same place in one piece. */
static void insert_all(struct updater *updater, const struct members *members, const struct vec *additions)
{
	const struct node *mapping = members->mapping;
	unsigned column = mapping->style == NODE_BLOCK ? change_column(&updater->changer, mapping) : 0;

	for (size_t i = 0, end; i < additions->len; i = end) {
		struct slice slice = {.first = vec_at(additions, i)};
		const struct node_pair *before = members_before(members, slice.first->key);

		for (end = i + 1; end < additions->len; end++) {
			if (members_before(members, ((struct addition *)vec_at(additions, end))->key) != before)
				break;
		}
		slice.count = end - i;
		change_insert(&updater->changer, mapping, before,
			change_piece(&updater->changer, mapping, column, write_slice, &slice));
	}
}

/* Makes an empty value a mapping with these members. */
static void fill_with(
	struct updater *updater, const struct node *parent, const struct node_pair *member, const struct vec *additions)
{
	struct slice slice = {.count = additions->len};

	if (slice.count == 0)
		return;
	slice.first = vec_at(additions, 0);
	change_fill_empty(&updater->changer, parent, member, write_slice, &slice);
}

/* Whether a value can be made a mapping by writing one in its place: it is null or has no members, also as an alias. */
static bool is_empty(const struct node *value)
{
	const struct node *node = node_resolve(value);

	return node_is_null(node) || (node_is_mapping(node) && node->mapping.count == 0);
}

/* Whether a value is a mapping that stands right there. */
static bool is_own_mapping(const struct node *value)
{
	return value->kind == NODE_MAPPING;
}

static struct addition prose_addition(const char *key, struct str text)
{
	return (struct addition){.write = write_prose, .key = str_of(key), .prose = key, .text = text};
}

/* The scalar of a piece "key: scalar", as it would stand behind the colon. */
static struct str scalar_of(struct updater *updater, const struct node *mapping, struct addition *addition)
{
	unsigned column = mapping->style == NODE_BLOCK ? change_column(&updater->changer, mapping) : 0;
	struct str piece = change_piece(&updater->changer, mapping, column, write_prose, addition);
	size_t colon = str_find(piece, ':');

	return str_slice(piece, colon + 2, piece.len);
}

/* Gives an entry (or the pull secret) the text that a member of it is to have. Returns whether it had another one. */
static bool refresh_prose(struct updater *updater, const struct members *members, const char *key, struct str text)
{
	const struct node_pair *pair = members_find(members, str_of(key));
	struct addition addition = prose_addition(key, text);

	if (str_is_absent(text) || str_equal(node_string(node_get(members->mapping, str_of(key))), text))
		return false;
	if (pair) {
		change_scalar(
			&updater->changer, members->mapping, pair, scalar_of(updater, members->mapping, &addition));
	} else {
		struct vec additions = VEC_INIT(struct addition);

		*(struct addition *)vec_push(&additions) = addition;
		insert_all(updater, members, &additions);
		vec_release(&additions);
	}
	return true;
}

/* The warning of an entry comes and goes with 1Password's encoding; any other text in its place is the user's. */
static bool refresh_warning(struct updater *updater, const struct members *members, const struct wanted_secret *wanted)
{
	const struct node_pair *pair = members_find(members, STR("warning"));

	if (updater->file->form == STATIC_FLAT)
		return false;
	if (wanted->encoded)
		return refresh_prose(updater, members, "warning", template_warning());
	if (!pair || !str_equal(node_string(pair->value), template_warning()) || members->by_key.len < 2 ||
		!change_may_remove(&updater->changer, members->mapping, pair))
		return false;
	change_remove(&updater->changer, members->mapping, pair);
	return true;
}

/* An entry that is there and wanted. */
static void update_entry(struct updater *updater, const struct node *application, const struct node_pair *pair,
	const struct wanted_secret *wanted)
{
	bool changed = false;

	if (is_own_mapping(pair->value) && pair->value->mapping.count > 0) {
		struct members members;

		members_init(&members, pair->value);
		changed = refresh_prose(updater, &members, "description", wanted->description);
		changed = refresh_warning(updater, &members, wanted) || changed;
		members_release(&members);
	} else if (is_empty(pair->value)) {
		struct vec additions = VEC_INIT(struct addition);

		*(struct addition *)vec_push(&additions) = prose_addition("description", wanted->description);
		*(struct addition *)vec_push(&additions) = (struct addition){.write = write_value};
		if (wanted->encoded && updater->file->form == STATIC_NESTED)
			*(struct addition *)vec_push(&additions) = prose_addition("warning", template_warning());
		fill_with(updater, application, pair, &additions);
		vec_release(&additions);
		changed = true;
	}
	if (changed)
		tell(updater, STATIC_DESCRIBED, wanted->application, wanted->key, pair->key);
}

/* Whether an entry has nothing but what the template gives, and no value: null in every other key counts as nothing. */
static bool is_bare(const struct node *value)
{
	if (node_is_null(value))
		return true;
	if (!is_own_mapping(value))
		return false;
	for (uint32_t i = 0; i < value->mapping.count; i++) {
		const struct node_pair *pair = &value->mapping.pairs[i];
		struct str key = node_text(pair->key);

		if (!str_is(key, "description") && !str_is(key, "warning") && !node_is_null(pair->value) &&
			!(str_is(key, "value") && str_is(node_string(pair->value), "")))
			return false;
	}
	return true;
}

/* An entry that is there and not wanted. Returns whether it goes. */
static bool dismiss_entry(struct updater *updater, struct str application, const struct node *mapping,
	const struct node_pair *pair, bool shared)
{
	struct str key = node_text(pair->key);
	const struct static_value *value = static_secrets_find(updater->file, STATIC_SECRET, application, key);

	if (value && value->node) {
		tell(updater, STATIC_KEPT, application, key, pair->key);
		return false;
	}
	if (shared || !is_bare(pair->value) || !change_may_remove(&updater->changer, mapping, pair)) {
		tell(updater, STATIC_LEFT, application, key, pair->key);
		return false;
	}
	tell(updater, STATIC_REMOVED, application, key, pair->key);
	return true;
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
		const struct wanted_secret *wanted = wanted_at(updater, i);

		if (mapping && node_find(mapping, wanted->key))
			continue;
		*(struct addition *)vec_push(additions) =
			(struct addition){.updater = updater, .write = write_entry, .index = i, .key = wanted->key};
		tell(updater, STATIC_ADDED, wanted->application, wanted->key, NULL);
	}
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
			update_entry(updater, mapping, pair, wanted);
		else if (dismiss_entry(updater, name, mapping, pair, shared))
			vec_push_pointer(&going, pair);
	}
	all = may_go && going.len == mapping->mapping.count && additions->len == 0;
	for (size_t i = 0; !all && i < going.len; i++)
		change_remove(&updater->changer, mapping, vec_pointer(&going, i));
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
	if (is_empty(pair->value)) {
		fill_with(updater, applications, pair, &additions);
	} else if (is_own_mapping(pair->value)) {
		struct members members;

		members_init(&members, pair->value);
		goes = update_entries(updater, name, &members, &additions, shared,
			change_may_remove(&updater->changer, applications, pair));
		insert_all(updater, &members, &additions);
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
		if (mapping && node_find(mapping, wanted_at(updater, i)->key))
			continue;
		refuse(updater, merged->key, "a merge key");
		return;
	}
}

/* The applications that are missing, and those that are there. Returns whether all go and none comes. */
static bool update_applications(struct updater *updater, const struct node *applications, bool shared)
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
		struct str name = wanted_at(updater, i)->application;
		const struct node_pair *merged = node_find(applications, name);

		if (members_find(&members, name))
			continue;
		if (merged) {
			check_merged(updater, i, merged);
			continue;
		}
		*(struct addition *)vec_push(&additions) =
			(struct addition){.updater = updater, .write = write_application, .index = i, .key = name};
		for (size_t j = i; j < wanted_application_end(updater->wanted, i); j++)
			tell(updater, STATIC_ADDED, name, wanted_at(updater, j)->key, NULL);
	}
	all = going.len == applications->mapping.count && additions.len == 0;
	if (!all || !change_clear(&updater->changer, applications)) {
		for (size_t i = 0; i < going.len; i++)
			change_remove(&updater->changer, applications, vec_pointer(&going, i));
	}
	insert_all(updater, &members, &additions);
	members_release(&members);
	vec_release(&additions);
	vec_release(&going);
	return all;
}

/* The special secrets: what the pull secret is for may have another wording. */
static void update_pull_secret(struct updater *updater, const struct node_pair *pair)
{
	struct members members;

	if (!pair || !is_own_mapping(pair->value) || pair->value->mapping.count == 0)
		return;
	members_init(&members, pair->value);
	if (refresh_prose(updater, &members, "description", template_pull_secret_description()))
		tell(updater, STATIC_DESCRIBED, STR_ABSENT, node_text(pair->key), pair->key);
	members_release(&members);
}

/* `applications` of the nested form. */
static void update_applications_member(struct updater *updater, const struct node *root, const struct node_pair *pair)
{
	struct vec additions = VEC_INIT(struct addition);

	if (!is_empty(pair->value)) {
		const struct node *applications = node_resolve(pair->value);
		bool shared = pair->value->kind == NODE_ALIAS || !str_is_absent(node_anchor(applications));

		if (update_applications(updater, applications, shared))
			change_empty(&updater->changer, pair);
		return;
	}
	for (size_t i = 0; i < updater->wanted->secrets.len; i++) {
		const struct wanted_secret *wanted = wanted_at(updater, i);

		tell(updater, STATIC_ADDED, wanted->application, wanted->key, NULL);
		if (additions.len == 0 || !str_equal(wanted->application, wanted_at(updater, i - 1)->application))
			*(struct addition *)vec_push(&additions) =
				(struct addition){.updater = updater, .write = write_application, .index = i};
	}
	fill_with(updater, root, pair, &additions);
	vec_release(&additions);
}

static void update_nested(struct updater *updater, const struct node *root)
{
	struct vec additions = VEC_INIT(struct addition);
	struct members members;

	members_init(&members, root);
	for (unsigned i = 0; i < MEMBER_COUNT; i++) {
		struct str name = template_member_name((enum template_member)i);
		const struct node_pair *pair = members_find(&members, name);

		if (pair && i == MEMBER_APPLICATIONS) {
			update_applications_member(updater, root, pair);
		} else if (pair && i == MEMBER_PULL_SECRET) {
			update_pull_secret(updater, pair);
		} else if (!node_find(root, name)) {
			*(struct addition *)vec_push(&additions) =
				(struct addition){.updater = updater, .write = write_member, .index = i, .key = name};
			tell(updater, STATIC_ADDED, STR_ABSENT, name, NULL);
		}
	}
	insert_all(updater, &members, &additions);
	members_release(&members);
	vec_release(&additions);
}

/* A file without anything. */
static void update_empty(struct updater *updater)
{
	/* `{}` may be either form, and is as good as any. */
	if ((updater->file->form == STATIC_FLAT || updater->file->root) && updater->wanted->secrets.len == 0)
		return;
	for (size_t i = 0; i < updater->wanted->secrets.len; i++) {
		const struct wanted_secret *wanted = wanted_at(updater, i);

		tell(updater, STATIC_ADDED, wanted->application, wanted->key, NULL);
	}
	change_fill_root(&updater->changer, write_members, updater);
}

static void update_flat(struct updater *updater, const struct node *root)
{
	if (update_applications(updater, root, !str_is_absent(node_anchor(root))))
		change_empty_root(&updater->changer, root);
}

static void run(struct updater *updater)
{
	const struct node *root = updater->file->root;

	for (size_t i = 0; i < updater->wanted->secrets.len; i = wanted_application_end(updater->wanted, i))
		map_set(&updater->applications, wanted_at(updater, i)->application, (void *)(i + 1));
	if (!root || root->mapping.count == 0)
		update_empty(updater);
	else if (updater->file->form == STATIC_NESTED)
		update_nested(updater, root);
	else
		update_flat(updater, root);
}

/* One round. Returns whether it changed anything. */
static bool round_of(struct str *text, struct vec *changes, struct static_secrets *file,
	const struct wanted_secrets *wanted, bool thorough)
{
	struct updater updater = {.file = file, .wanted = wanted, .changes = changes};
	struct str end;
	bool changed;

	changer_init(&updater.changer, file);
	updater.changer.thorough = thorough;
	map_init(&updater.applications);
	end = changer_end_line(&updater.changer);
	run(&updater);
	if (end.len > 0 && updater.changer.edits.list.len > 0)
		change_seal(&updater.changer);
	changed = updater.changer.edits.list.len > 0 && file->problems.len == 0;
	if (changed)
		*text = edits_apply(&updater.changer.edits, file->arena, updater.changer.text);
	if (changed && str_ends_with(*text, end))
		text->len -= end.len;
	map_release(&updater.applications);
	changer_release(&updater.changer);
	return changed;
}

/* The problem of a later round, said of the file as it was. */
static bool give_up(struct static_secrets *file)
{
	if (file->problems.len == 0)
		*(struct static_problem *)vec_push(&file->problems) = (struct static_problem){
			.span = span_of_source(&file->stream->source),
			.message = STR("The file is written in a way that cannot be changed in places without touching "
				       "values that stand there; write it in the form of the template."),
		};
	return false;
}

static int compare_changes(const void *a, const void *b)
{
	const struct static_change *first = a, *second = b;
	bool first_special = str_is_absent(first->application), second_special = str_is_absent(second->application);
	int order = (int)first_special - (int)second_special;

	if (order == 0 && !first_special)
		order = str_compare(first->application, second->application);
	return order != 0 ? order : str_compare(first->key, second->key);
}

/* All rounds, from the text of the file on. Problems of the first are those of the file. */
static struct str update(
	struct vec *changes, struct static_secrets *file, const struct wanted_secrets *wanted, bool thorough)
{
	struct str text = file->stream->source.text;
	bool changed = true;

	for (unsigned i = 0; changed && i < ROUNDS_MAX; i++) {
		struct static_secrets next;

		static_secrets_read(&next, file->arena, file->stream->source.path, text, file->form);
		changed = next.problems.len == 0 && round_of(&text, i == 0 ? changes : NULL, &next, wanted, thorough);
		if (i == 0)
			vec_append(&file->problems, next.problems.items, next.problems.len);
		static_secrets_release(&next);
	}
	return text;
}

bool static_update(
	struct str *out, struct vec *changes, struct static_secrets *file, const struct wanted_secrets *wanted)
{
	*out = update(changes, file, wanted, false);
	vec_sort(changes, compare_changes);
	if (file->problems.len == 0 && !verify_update(file, *out, wanted))
		*out = update(NULL, file, wanted, true);
	return file->problems.len == 0 && (verify_update(file, *out, wanted) || give_up(file));
}
