#include "statics/verify.h"

static bool same_value(const struct static_value *a, const struct static_value *b)
{
	return a && b && a->node && b->node && str_equal(a->node->scalar, b->node->scalar);
}

/* Whether each value of a is one of b. */
static bool has_values(const struct static_secrets *a, const struct static_secrets *b)
{
	for (size_t i = 0; i < a->values.len; i++) {
		const struct static_value *value = vec_at(&a->values, i);

		if (value->node && !same_value(value, static_secrets_find(b, value->kind, value->owner, value->name)))
			return false;
	}
	return true;
}

static bool has_wanted(const struct static_secrets *secrets, const struct wanted_secrets *wanted)
{
	for (size_t i = 0; i < wanted->secrets.len; i++) {
		const struct wanted_secret *secret = vec_at(&wanted->secrets, i);

		if (!static_secrets_find(secrets, STATIC_SECRET, secret->application, secret->key))
			return false;
	}
	return true;
}

/* Reads the text as the file would be read. */
static bool read_again(struct static_secrets *out, struct static_secrets *file, struct str text)
{
	static_secrets_read(out, file->arena, file->stream->source.path, text, file->form);
	return out->problems.len == 0 && out->form == file->form;
}

bool verify_update(struct static_secrets *file, struct str text, const struct wanted_secrets *wanted)
{
	struct static_secrets next;
	bool good = read_again(&next, file, text) && has_wanted(&next, wanted) && has_values(file, &next) &&
		    has_values(&next, file);

	static_secrets_release(&next);
	return good;
}

/* Whether what was given stands in its place. */
static bool has_given(const struct static_secrets *secrets, const struct vec *given)
{
	for (size_t i = 0; i < given->len; i++) {
		const struct given_value *item = vec_at(given, i);
		const struct static_value *value =
			static_secrets_find(secrets, item->place->kind, item->place->owner, item->place->name);
		struct str wanted = secret_str(item->value);

		if (!value || !value->node || !str_equal(value->node->scalar, wanted))
			return false;
	}
	return true;
}

/* How many places have a value because they were given one, or share the mapping of one that was. */
static size_t count_given(const struct static_secrets *file, const struct vec *given)
{
	struct map places;
	size_t count = 0;

	map_init(&places);
	for (size_t i = 0; i < given->len; i++) {
		const struct static_value *place = ((struct given_value *)vec_at(given, i))->place;

		map_set(&places, (struct str){.ptr = (const char *)&place->holder, .len = sizeof(place->holder)},
			(void *)place);
	}
	for (size_t i = 0; i < file->values.len; i++) {
		const struct static_value *value = vec_at(&file->values, i);
		const struct static_value *place = map_get(
			&places, (struct str){.ptr = (const char *)&value->holder, .len = sizeof(value->holder)});

		count += place && !value->node;
	}
	map_release(&places);
	return count;
}

bool verify_filled(struct static_secrets *file, struct str text, const struct vec *given)
{
	struct static_secrets next;
	bool good = read_again(&next, file, text) && has_values(file, &next) && has_given(&next, given) &&
		    static_secrets_filled(&next) <= static_secrets_filled(file) + count_given(file, given);

	static_secrets_release(&next);
	return good;
}
