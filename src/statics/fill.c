#include "statics/fill.h"

#include "statics/change.h"
#include "statics/place.h"
#include "statics/quote.h"
#include "statics/verify.h"

void static_missing(struct vec *out, const struct static_secrets *file, const struct wanted_secrets *wanted)
{
	struct map seen;

	map_init(&seen);
	for (size_t i = 0; i < file->values.len; i++) {
		const struct static_value *value = vec_at(&file->values, i);
		/* A mapping holds several places only of clients and registries, whose names are the members. */
		struct str place =
			arena_printf(file->arena, "%p %.*s", (const void *)value->holder, STR_ARG(value->member));

		if (value->node || !value->holder || value->holder->mapping.count == 0)
			continue;
		if (value->kind == STATIC_SECRET && !wanted_secrets_find(wanted, value->owner, value->name))
			continue;
		if (!map_set(&seen, place, (void *)value))
			vec_push_pointer(out, value);
	}
	map_release(&seen);
}

static struct str join(struct arena *arena, struct str key, struct str scalar, const char *quote)
{
	struct str colon = STR(": ");
	size_t quotes = strlen(quote);
	char *bytes = arena_bytes(arena, key.len + 2 * quotes + colon.len + scalar.len + 1), *to = bytes;

	to = (char *)memcpy(to, quote, quotes) + quotes;
	to = (char *)memcpy(to, key.ptr, key.len) + key.len;
	to = (char *)memcpy(to, quote, quotes) + quotes;
	to = (char *)memcpy(to, colon.ptr, colon.len) + colon.len;
	to = (char *)memcpy(to, scalar.ptr, scalar.len) + scalar.len;
	return (struct str){.ptr = bytes, .len = (size_t)(to - bytes)};
}

/* Whether the keys of a mapping are in double quotes, as those of JSON. */
static bool is_json(const struct node *mapping)
{
	return mapping->style == NODE_FLOW && mapping->mapping.pairs[0].key->style == NODE_DOUBLE_QUOTED;
}

static void fill_place(struct changer *changer, const struct given_value *given)
{
	const struct static_value *place = given->place;
	const struct node *holder = place->holder;
	struct str value = secret_str(given->value);
	bool json = is_json(holder);
	enum quote_style style = json ? QUOTE_JSON : holder->style == NODE_FLOW ? QUOTE_FLOW : QUOTE_BLOCK;
	struct str scalar = quote_value(changer->arena, value, style, changer->step);
	const struct node_pair *pair;
	struct members members;

	members_init(&members, holder);
	pair = members_find(&members, place->member);
	if (pair)
		change_scalar(changer, holder, pair, scalar);
	else
		change_insert(changer, holder, members_before(&members, place->member),
			join(changer->arena, place->member, scalar, json ? "\"" : ""));
	members_release(&members);
}

bool static_fill(struct str *out, struct static_secrets *file, const struct vec *given)
{
	struct changer changer;
	struct str end;

	changer_init(&changer, file);
	end = changer_end_line(&changer);
	for (size_t i = 0; i < given->len; i++)
		fill_place(&changer, vec_at(given, i));
	*out = edits_apply(&changer.edits, file->arena, changer.text);
	if (str_ends_with(*out, end))
		out->len -= end.len;
	changer_release(&changer);
	return verify_filled(file, *out, given);
}
