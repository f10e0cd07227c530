/* VaultSecret of the vault-secrets-operator. FORMATS.md 3.7 */
#include "manifest/kinds.h"
#include "manifest/vault_template.h"

/* So many actions of a template may be missing in what is written, for they have actions of Helm inside; then the rest is not looked for. */
#define MISSES_MAX 32

/* The keys of Vault that are asked for. */
struct wanted_keys {
	struct field list;
	struct data_items items;
	bool all;     /* there is no list */
	bool unknown; /* there may be more than are known */
};

/* What one template of `templates` says; places are found in the order of the text. */
struct template_place {
	struct manifest_producer *producer;
	const struct wanted_keys *wanted;
	struct str key; /* of the Secret */
	bool maybe;
	struct reader *reader;
	struct str text;
	struct span span;
	size_t next;     /* where to look from, in the text of span */
	uint32_t last;   /* the use before: where it is, and where its action starts (in text) */
	uint32_t action; /* UINT32_MAX: there was none */
	size_t found;    /* where that action is in the text of span; SIZE_MAX: nowhere */
	unsigned misses;
};

static struct wanted_keys wanted_keys_of(struct reader *reader, const struct data *spec)
{
	struct wanted_keys wanted = {.list = field_of(reader, spec, STR("keys"))};

	wanted.items = data_items(reader->arena, wanted.list.value);
	wanted.unknown = is_open(wanted.list.value) || wanted.list.maybe;
	wanted.all = !wanted.unknown && wanted.items.count == 0;
	for (size_t i = 0; i < wanted.items.count; i++) {
		const struct data *item = wanted.items.items[i];

		wanted.unknown = wanted.unknown || (item->kind == DATA_UNKNOWN && !item->maybe);
	}
	return wanted;
}

/* Every key that is asked for by name, under its own name or, of a template, the template's. */
static void add_wanted(struct reader *reader, struct manifest_producer *producer, const struct wanted_keys *wanted,
	const struct str *secret_key, bool maybe)
{
	for (size_t i = 0; i < wanted->items.count; i++) {
		const struct data *item = wanted->items.items[i];
		struct str key = data_name(reader->arena, item);
		struct produced_key *produced;

		if (key.len == 0)
			continue;
		produced = vec_push(&producer->keys);
		produced->key = secret_key ? *secret_key : key;
		produced->vault_key = key;
		produced->span = item->span.source ? item->span : wanted->list.value->span;
		produced->maybe = maybe || item->maybe || wanted->list.maybe;
	}
}

static enum truth is_wanted(struct reader *reader, const struct wanted_keys *wanted, struct str key)
{
	if (wanted->all)
		return TRUTH_YES;
	for (size_t i = 0; i < wanted->items.count; i++) {
		if (str_equal(data_name(reader->arena, wanted->items.items[i]), key))
			return wanted->items.items[i]->maybe || wanted->list.maybe ? TRUTH_UNKNOWN : TRUTH_YES;
	}
	return wanted->unknown ? TRUTH_UNKNOWN : TRUTH_NO;
}

/* The offset of needle in s from `from` on, or SIZE_MAX. */
static size_t find_from(struct str s, size_t from, struct str needle)
{
	const char *found;

	if (from > s.len || needle.len == 0)
		return SIZE_MAX;
	found = memmem(s.ptr + from, s.len - from, needle.ptr, needle.len);
	return found ? (size_t)(found - s.ptr) : SIZE_MAX;
}

/* Where the action around a use starts: at its "{%". What is known of the use before need not be looked through again. */
static uint32_t action_start(const struct template_place *place, uint32_t offset)
{
	bool follows = place->action != UINT32_MAX && place->last <= offset;
	uint32_t stop = follows ? place->last : 0;

	for (uint32_t at = offset; at > stop; at--) {
		if (place->text.ptr[at - 1] == '{' && place->text.ptr[at] == '%')
			return at - 1;
	}
	return follows ? place->action : 0;
}

static void look_for_action(struct template_place *place, struct str written, uint32_t action, uint32_t end)
{
	size_t close = find_from(place->text, end, STR("%}"));

	if (place->action != UINT32_MAX && action < place->action)
		place->next = 0;
	place->action = action;
	place->found = SIZE_MAX;
	if (close == SIZE_MAX || place->misses >= MISSES_MAX)
		return;
	place->found = find_from(written, place->next, str_slice(place->text, action, close + 2 - action));
	if (place->found == SIZE_MAX)
		place->misses++;
	else
		place->next = place->found + 1;
}

/* The place of a use in the sources: its action is looked for as it is written. */
static struct span place_of_use(struct template_place *place, uint32_t start, uint32_t end)
{
	uint32_t action = action_start(place, start);
	uint32_t base;

	if (!place->span.source)
		return place->span;
	if (place->action != action)
		look_for_action(place, span_text(place->span), action, end);
	place->last = start;
	if (place->found == SIZE_MAX)
		return place->span;
	base = place->span.start + (uint32_t)place->found;
	return (struct span){place->span.source, base + (start - action), base + (end - action)};
}

static void add_use(void *context, struct str key, uint32_t start, uint32_t end)
{
	struct template_place *place = context;
	enum truth wanted = is_wanted(place->reader, place->wanted, key);
	struct produced_key *produced;

	if (wanted == TRUTH_NO)
		return;
	produced = vec_push(&place->producer->keys);
	produced->key = place->key;
	produced->vault_key = key;
	produced->span = place_of_use(place, start, end);
	produced->maybe = place->maybe || wanted == TRUTH_UNKNOWN;
}

/* A template that takes what cannot be told by name takes all that is asked for. */
static void add_whole(struct reader *reader, struct manifest_producer *producer, const struct wanted_keys *wanted,
	const struct str *key, bool maybe)
{
	if (wanted->all || wanted->unknown)
		producer->takes_whole = true;
	add_wanted(reader, producer, wanted, key, maybe);
}

static void read_template(struct reader *reader, struct manifest_producer *producer, const struct wanted_keys *wanted,
	const struct data_entry *entry, bool maybe)
{
	const struct data *value = structure_of(entry->value);
	struct str text = value->kind == DATA_STRING ? value->string : data_text(reader->arena, value);
	size_t before = producer->keys.len;
	struct template_place place = {
		.producer = producer,
		.wanted = wanted,
		.key = entry->key,
		.maybe = maybe,
		.reader = reader,
		.text = text,
		.span = value->span.source ? value->span : entry->key_span,
		.action = UINT32_MAX,
	};

	if (str_is_absent(text))
		add_whole(reader, producer, wanted, &entry->key, true);
	else if (vault_template_each_key(reader->arena, text, add_use, &place).whole)
		add_whole(reader, producer, wanted, &entry->key, maybe);
	if (producer->keys.len == before)
		produce_key(producer, entry->key, entry->key_span, maybe);
}

static void read_templates(struct reader *reader, struct manifest_producer *producer, const struct wanted_keys *wanted,
	struct field templates)
{
	struct data_entries entries = data_entries(reader->arena, templates.value);
	const unsigned char *states = entry_states(reader->arena, entries);

	for (size_t i = 0; i < entries.count; i++) {
		if (states[i] != ENTRY_HIDDEN)
			read_template(reader, producer, wanted, &entries.items[i],
				templates.maybe || states[i] == ENTRY_MAYBE);
	}
	if (!is_open(templates.value) && !templates.maybe)
		return;
	producer->open = true;
	add_whole(reader, producer, wanted, &STR_ABSENT, true);
}

/* The one entry of Vault that is read, unknown where there are several. Of other engines than kv there is none. */
static const struct data *path_of(struct reader *reader, const struct data *spec)
{
	struct field path = field_of(reader, spec, STR("path"));
	struct field paths = field_of(reader, spec, STR("paths"));
	struct field engine = field_of(reader, spec, STR("secretEngine"));
	struct data_items items = data_items(reader->arena, paths.value);
	struct str kind = sure_text(reader, engine);

	if (engine.value->kind != DATA_NIL && kind.len > 0 && !str_is(kind, "kv"))
		return &DATA_IS_UNKNOWN;
	if (path.maybe || is_open(paths.value) || paths.maybe || engine.value->kind == DATA_UNKNOWN)
		return &DATA_IS_UNKNOWN;
	if (items.count == 0)
		return path.value->kind == DATA_NIL ? NULL : path.value;
	return items.count == 1 && path.value->kind == DATA_NIL && !items.items[0]->maybe ? items.items[0]
											  : &DATA_IS_UNKNOWN;
}

/* Any other strategy replaces what is there. */
static bool may_merge(struct reader *reader, const struct data *spec)
{
	struct field strategy = field_of(reader, spec, STR("reconcileStrategy"));
	struct str text = sure_text(reader, strategy);

	return strategy.value->kind != DATA_NIL && (str_is_absent(text) || str_is(text, "Merge"));
}

void fill_vault_secret(struct reader *reader, struct manifest_producer *producer, const struct data *root)
{
	struct field spec = field_of(reader, root, STR("spec"));
	struct field templates = field_of(reader, spec.value, STR("templates"));
	struct wanted_keys wanted = wanted_keys_of(reader, spec.value);
	bool has_templates = is_open(templates.value) || data_entries(reader->arena, templates.value).count > 0;

	producer->maybe = producer->maybe || spec.maybe;
	if (may_merge(reader, spec.value))
		producer->shares = producer->open = true;
	producer->type = sure_text(reader, field_of(reader, spec.value, STR("type")));
	producer->path = path_of(reader, spec.value);
	if (has_templates)
		has_templates = is_open(templates.value) || templates.value->kind == DATA_MAP;
	if (has_templates) {
		read_templates(reader, producer, &wanted, templates);
		return;
	}
	add_wanted(reader, producer, &wanted, NULL, false);
	producer->whole = wanted.all;
	producer->open = producer->open || wanted.unknown;
	producer->takes_whole = wanted.unknown;
}
