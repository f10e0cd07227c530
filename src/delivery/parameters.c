#include <strings.h>

#include "delivery/build.h"

static const struct span nowhere = {.source = NULL};

static struct data *child_of(struct arena *arena, struct data *map, struct str key)
{
	const struct data *child = data_get(arena, map, key);

	if (child->kind == DATA_MAP)
		return (struct data *)(uintptr_t)child;
	struct data *made = data_map_new(arena, nowhere);
	data_set(arena, map, key, made);
	return made;
}

/* Where the first component of a dotted path ends. */
static size_t component_end(struct str path)
{
	size_t at = 0;

	while (at < path.len && path.ptr[at] != '.' && path.ptr[at] != '[')
		at += path.ptr[at] == '\\' && at + 1 < path.len ? 2 : 1;
	return at;
}

/* Cuts the next component off; "\." is a dot within one. Of lists that are indexed no part is told apart: *indexed, and nothing is left. */
static struct str cut_component(struct arena *arena, struct str *rest, bool *indexed)
{
	size_t end = component_end(*rest), len = 0;
	char *component = arena_bytes(arena, end);

	for (size_t i = 0; i < end; i++) {
		if (rest->ptr[i] == '\\' && i + 1 < end)
			i++;
		component[len++] = rest->ptr[i];
	}
	*indexed = end < rest->len && rest->ptr[end] == '[';
	*rest = end < rest->len && !*indexed ? str_slice(*rest, end + 1, rest->len) : STR_ABSENT;
	return (struct str){component, len};
}

void set_path(struct arena *arena, struct data *map, struct str dotted, const struct data *value)
{
	for (;;) {
		bool indexed = false;
		struct str key = cut_component(arena, &dotted, &indexed);
		if (str_is_absent(dotted)) {
			data_set(arena, map, key, indexed ? &DATA_IS_UNKNOWN : value);
			return;
		}
		map = child_of(arena, map, key);
	}
}

static bool is_word(struct str text, const char *word)
{
	return text.len == strlen(word) && strncasecmp(text.ptr, word, text.len) == 0;
}

/* A decimal number of 64 bits, as strconv.ParseInt takes it. */
static bool read_integer(struct str text, int64_t *out)
{
	bool negative = text.len > 0 && text.ptr[0] == '-';
	size_t i = negative || (text.len > 0 && text.ptr[0] == '+') ? 1 : 0;
	int64_t value = 0;

	if (i == text.len)
		return false;
	for (; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9' || __builtin_mul_overflow(value, 10, &value) ||
			__builtin_sub_overflow(value, text.ptr[i] - '0', &value))
			return false;
	}
	*out = negative ? value : -value;
	return negative || value != INT64_MIN;
}

/* What takes text from the surroundings (Argo CD replaces $NAME) cannot be known; lists in braces and escapes are not looked into. */
static bool is_simple(struct str text)
{
	return !str_is_absent(text) && str_find(text, '$') == text.len && str_find(text, '\\') == text.len &&
	       !str_starts_with(text, STR("{"));
}

static const struct data *parameter_value(struct arena *arena, const struct data *value, bool force_string)
{
	struct str text = data_text(arena, value);
	int64_t integer;

	if (!is_simple(text))
		return &DATA_IS_UNKNOWN;
	if (!force_string && is_word(text, "true"))
		return data_bool(true);
	if (!force_string && is_word(text, "false"))
		return data_bool(false);
	if (!force_string && is_word(text, "null"))
		return &DATA_IS_NIL;
	if (!force_string && (str_is(text, "0") || (!str_starts_with(text, STR("0")) && read_integer(text, &integer))))
		return data_int(arena, str_is(text, "0") ? 0 : integer);
	return data_string(arena, text, value->span);
}

/* Whether all that the list says is known: names, and which entries there are. */
static bool set_parameters(struct arena *arena, struct data *map, const struct data *list, bool files)
{
	struct data_items items = data_items(arena, list);

	for (size_t i = 0; i < items.count; i++) {
		const struct data *item = items.items[i];
		struct str name = data_text(arena, data_get(arena, item, STR("name")));
		const struct data *value = data_get(arena, item, STR("value"));
		enum truth force = data_truth(arena, data_get(arena, item, STR("forceString")));
		bool known = !files && !item->maybe && !value->maybe && force != TRUTH_UNKNOWN;

		if (name.len == 0)
			return false;
		set_path(
			arena, map, name, known ? parameter_value(arena, value, force == TRUTH_YES) : &DATA_IS_UNKNOWN);
	}
	return list->kind == DATA_NIL || (list->kind == DATA_LIST && !list->open && !list->maybe);
}

const struct data *parameter_values(struct arena *arena, const struct data *helm)
{
	struct data *map = data_map_new(arena, nowhere);
	bool known = set_parameters(arena, map, data_get(arena, helm, STR("parameters")), false) &&
		     set_parameters(arena, map, data_get(arena, helm, STR("fileParameters")), true);

	return known ? map : &DATA_IS_UNKNOWN;
}
