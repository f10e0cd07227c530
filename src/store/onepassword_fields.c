#include "store/onepassword_private.h"

/* A text that may be missing: "" then. */
static struct str text_of(const struct node *node)
{
	struct str text = node_string(node);

	return str_is_absent(text) ? STR("") : text;
}

/* Sets by_id to the sections of an item (const struct node *). False where they are no list of objects. */
static bool take_sections(struct map *by_id, const struct node *root)
{
	const struct node *sections = node_resolve(node_get(root, STR("sections")));

	if (node_is_null(sections))
		return true;
	if (!node_is_sequence(sections))
		return false;
	for (uint32_t i = 0; i < sections->sequence.count; i++) {
		const struct node *section = sections->sequence.items[i];

		if (!node_is_mapping(section))
			return false;
		map_set(by_id, text_of(node_get(section, STR("id"))), (void *)section);
	}
	return true;
}

/* The label of the section that a field is in: fields name it by its id. */
static struct str section_label(const struct map *by_id, const struct node *field)
{
	const struct node *reference = node_get(field, STR("section"));
	struct str id = text_of(node_get(reference, STR("id"))), own = text_of(node_get(reference, STR("label")));
	const struct node *section = map_get(by_id, id);

	if (!section && id.len == 0 && own.len == 0)
		return STR_ABSENT;
	return section ? text_of(node_get(section, STR("label"))) : own;
}

/* False where the value is no text, number or the like. */
static bool take_value(struct onepassword_field *out, const struct node *value)
{
	struct str text = node_is_null(value) ? STR("") : node_text(value);

	if (text.len > 0)
		out->value = secret_new(text.ptr, text.len);
	return !str_is_absent(text);
}

static bool take_field(
	struct onepassword_item *item, struct arena *arena, const struct map *sections, const struct node *field)
{
	struct onepassword_field *out = vec_push(&item->fields);

	out->label = arena_str(arena, text_of(node_get(field, STR("label"))));
	out->section = arena_str(arena, section_label(sections, field));
	out->purpose = arena_str(arena, node_string(node_get(field, STR("purpose"))));
	return node_is_mapping(field) && take_value(out, node_get(field, STR("value")));
}

static bool take_fields(
	struct onepassword_item *item, struct arena *arena, const struct map *sections, const struct node *root)
{
	const struct node *fields = node_resolve(node_get(root, STR("fields")));

	if (node_is_null(fields))
		return true;
	if (!node_is_sequence(fields))
		return false;
	for (uint32_t i = 0; i < fields->sequence.count; i++) {
		if (!take_field(item, arena, sections, fields->sequence.items[i]))
			return false;
	}
	return true;
}

bool onepassword_fields_read(struct onepassword_item *item, struct arena *arena, const struct node *root,
	const struct onepassword_question *question, struct error *error)
{
	struct str id = node_string(node_get(root, STR("id")));
	struct map sections;
	bool good;

	if (!node_is_mapping(root) || !str_equal(id, item->id))
		return onepassword_answer_refuse(question, "an object with the id that was asked for", error);
	map_init(&sections);
	good = take_sections(&sections, root) && take_fields(item, arena, &sections, root);
	map_release(&sections);
	return good || onepassword_answer_refuse(question, "an item with its sections and fields", error);
}
