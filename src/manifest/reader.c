#include "manifest/reader.h"

#include "base/map.h"

/* Up to so many entries are compared with each other; more are looked up. */
#define COMPARE_MAX 24

const struct data *structure_of(const struct data *data)
{
	while (data->kind == DATA_YAML)
		data = data->structure;
	return data;
}

bool is_open(const struct data *data)
{
	data = structure_of(data);
	return data->kind == DATA_UNKNOWN || data->open;
}

static enum entry_state state_before(enum entry_state own, bool later, enum entry_state latest)
{
	if (!later)
		return own;
	return latest == ENTRY_SURE ? ENTRY_HIDDEN : ENTRY_MAYBE;
}

static enum entry_state own_state(const struct data_entry *entry)
{
	return entry->value->maybe ? ENTRY_MAYBE : ENTRY_SURE;
}

static enum entry_state compared_state(struct data_entries entries, size_t index)
{
	enum entry_state latest = ENTRY_MAYBE;
	bool later = false;

	for (size_t i = index + 1; i < entries.count && latest != ENTRY_SURE; i++) {
		if (!str_equal(entries.items[i].key, entries.items[index].key))
			continue;
		later = true;
		latest = own_state(&entries.items[i]);
	}
	return state_before(own_state(&entries.items[index]), later, latest);
}

static void looked_up_states(unsigned char *states, struct data_entries entries)
{
	static const unsigned char sure = ENTRY_SURE, maybe = ENTRY_MAYBE;
	struct map later;

	map_init(&later);
	for (size_t i = entries.count; i-- > 0;) {
		void **slot = map_slot(&later, entries.items[i].key);
		enum entry_state own = own_state(&entries.items[i]);
		bool is_sure = *slot == &sure;

		states[i] = (unsigned char)state_before(own, *slot != NULL, is_sure ? ENTRY_SURE : ENTRY_MAYBE);
		*slot = (void *)(is_sure || own == ENTRY_SURE ? &sure : &maybe);
	}
	map_release(&later);
}

const unsigned char *entry_states(struct arena *arena, struct data_entries entries)
{
	unsigned char *states = (unsigned char *)arena_bytes(arena, entries.count);

	if (entries.count > COMPARE_MAX) {
		looked_up_states(states, entries);
		return states;
	}
	for (size_t i = 0; i < entries.count; i++)
		states[i] = (unsigned char)compared_state(entries, i);
	return states;
}

/* The entries under a key that may count, the last one first. */
static size_t live_entries(
	const struct data_entry *live[CHOICES_MAX], struct reader *reader, const struct data *map, struct str key)
{
	struct data_entries entries = data_entries(reader->arena, map);
	size_t count = 0;

	for (size_t i = entries.count; i-- > 0;) {
		if (!str_equal(entries.items[i].key, key))
			continue;
		if (count < CHOICES_MAX)
			live[count] = &entries.items[i];
		count++;
		if (!entries.items[i].value->maybe)
			break;
	}
	return count;
}

static struct field field_without_entry(const struct data *map)
{
	if (is_open(map))
		return (struct field){.value = &DATA_IS_UNKNOWN, .maybe = true};
	return (struct field){.value = &DATA_IS_NIL};
}

struct field field_of(struct reader *reader, const struct data *map, struct str key)
{
	const struct data_entry *live[CHOICES_MAX];
	size_t count;

	map = structure_of(map);
	count = live_entries(live, reader, map, key);
	if (count == 0)
		return field_without_entry(map);
	if (count > 1)
		return (struct field){.value = &DATA_IS_UNKNOWN, .key_span = live[0]->key_span, .maybe = true};
	return (struct field){
		.value = structure_of(live[0]->value),
		.key_span = live[0]->key_span,
		.maybe = live[0]->value->maybe,
	};
}

struct field field_at(struct reader *reader, const struct data *map, struct str dotted)
{
	struct field field = {.value = map};

	while (!str_is_absent(dotted)) {
		bool maybe = field.maybe;

		field = field_of(reader, field.value, str_cut(&dotted, '.'));
		field.maybe = field.maybe || maybe;
	}
	return field;
}

static void add_choice(
	struct reader *reader, struct choices *choices, const struct data *value, struct span key_span, bool maybe)
{
	struct choice choice = {.maybe = maybe};

	value = structure_of(value);
	if (value->kind == DATA_NIL || value->kind == DATA_LIST || value->kind == DATA_MAP)
		return;
	choice.text = data_name(reader->arena, value);
	choice.span = value->span.source ? value->span : key_span;
	if (value->kind == DATA_STRING && value->string.len == 0)
		return;
	choices->items[choices->count++] = choice;
}

struct choices choices_of(struct reader *reader, const struct data *map, struct str key)
{
	const struct data_entry *live[CHOICES_MAX];
	struct choices choices = {.count = 0};
	size_t count;

	map = structure_of(map);
	count = live_entries(live, reader, map, key);
	if (count > CHOICES_MAX)
		add_choice(reader, &choices, &DATA_IS_UNKNOWN, live[0]->key_span, true);
	else if (count == 0)
		add_choice(reader, &choices, field_without_entry(map).value, map->span, true);
	for (size_t i = count <= CHOICES_MAX ? count : 0; i-- > 0;)
		add_choice(reader, &choices, live[i]->value, live[i]->key_span, count > 1 || live[i]->value->maybe);
	return choices;
}

struct choices choices_at(struct reader *reader, const struct data *map, struct str dotted)
{
	size_t dot = str_find_last(dotted, '.');
	struct field around = {.value = map};
	struct choices choices;

	if (dot < dotted.len)
		around = field_at(reader, map, str_slice(dotted, 0, dot));
	else
		dot = (size_t)-1;
	choices = choices_of(reader, around.value, str_slice(dotted, dot + 1, dotted.len));
	for (size_t i = 0; i < choices.count; i++)
		choices.items[i].maybe = choices.items[i].maybe || around.maybe;
	return choices;
}

struct choices choices_of_data(struct reader *reader, const struct data *data, bool maybe)
{
	struct choices choices = {.count = 0};

	add_choice(reader, &choices, data, reader->object->span, maybe || data->maybe);
	return choices;
}

struct str sure_text(struct reader *reader, struct field field)
{
	return field.maybe ? STR_ABSENT : data_name(reader->arena, field.value);
}
