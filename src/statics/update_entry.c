#include "statics/updater.h"

const struct wanted_secret *updater_wanted(const struct updater *updater, size_t index)
{
	return vec_at(&updater->wanted->secrets, index);
}

void updater_tell(struct updater *updater, enum static_change_kind kind, struct str application, struct str key,
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

void updater_insert(struct updater *updater, const struct members *members, const struct vec *additions)
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

void updater_fill(
	struct updater *updater, const struct node *parent, const struct node_pair *member, const struct vec *additions)
{
	struct slice slice = {.count = additions->len};

	if (slice.count == 0)
		return;
	slice.first = vec_at(additions, 0);
	change_fill_empty(&updater->changer, parent, member, write_slice, &slice);
}

bool updater_is_empty(const struct node *value)
{
	const struct node *node = node_resolve(value);

	return node_is_null(node) || (node_is_mapping(node) && node->mapping.count == 0);
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

bool updater_refresh_prose(struct updater *updater, const struct members *members, const char *key, struct str text)
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
		updater_insert(updater, members, &additions);
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
		return updater_refresh_prose(updater, members, "warning", template_warning());
	if (!pair || !str_equal(node_string(pair->value), template_warning()) || members->by_key.len < 2 ||
		!change_may_remove(&updater->changer, members->mapping, pair))
		return false;
	change_remove(&updater->changer, members->mapping, pair);
	return true;
}

void updater_update_entry(struct updater *updater, const struct node *application, const struct node_pair *pair,
	const struct wanted_secret *wanted)
{
	bool changed = false;

	if (updater_is_own(pair->value) && pair->value->mapping.count > 0) {
		struct members members;

		members_init(&members, pair->value);
		changed = updater_refresh_prose(updater, &members, "description", wanted->description);
		changed = refresh_warning(updater, &members, wanted) || changed;
		members_release(&members);
	} else if (updater_is_empty(pair->value)) {
		struct vec additions = VEC_INIT(struct addition);

		*(struct addition *)vec_push(&additions) = prose_addition("description", wanted->description);
		*(struct addition *)vec_push(&additions) = (struct addition){.write = write_value};
		if (wanted->encoded && updater->file->form == STATIC_NESTED)
			*(struct addition *)vec_push(&additions) = prose_addition("warning", template_warning());
		updater_fill(updater, application, pair, &additions);
		vec_release(&additions);
		changed = true;
	}
	if (changed)
		updater_tell(updater, STATIC_DESCRIBED, wanted->application, wanted->key, pair->key);
}

/* Whether an entry has nothing but what the template gives, and no value: null in every other key counts as nothing. */
static bool is_bare(const struct node *value)
{
	if (node_is_null(value))
		return true;
	if (!updater_is_own(value))
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

bool updater_dismiss_entry(struct updater *updater, struct str application, const struct node *mapping,
	const struct node_pair *pair, bool shared)
{
	struct str key = node_text(pair->key);
	const struct static_value *value = static_secrets_find(updater->file, STATIC_SECRET, application, key);

	if (value && value->node) {
		updater_tell(updater, STATIC_KEPT, application, key, pair->key);
		return false;
	}
	if (shared || !is_bare(pair->value) || !change_may_remove(&updater->changer, mapping, pair)) {
		updater_tell(updater, STATIC_LEFT, application, key, pair->key);
		return false;
	}
	updater_tell(updater, STATIC_REMOVED, application, key, pair->key);
	return true;
}
