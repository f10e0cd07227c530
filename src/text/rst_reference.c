#include "text/rst_reference_private.h"

void rst_references_init(struct rst_reader *reader)
{
	struct rst_references *references = arena_calloc(&reader->document->arena, 1, sizeof(*references));

	reader->references = references;
	map_init(&references->names);
	map_init(&references->ids);
	map_init(&references->id_counters);
	map_init(&references->entries);
	map_init(&references->substitutions);
	map_init(&references->folded);
	map_init(&references->roles);
	vec_init(&references->indirect_targets, sizeof(struct rst_entry *));
	vec_init(&references->substitution_references, sizeof(struct rst_entry *));
	vec_init(&references->automatic_footnotes, sizeof(struct rst_entry *));
	vec_init(&references->automatic_references, sizeof(struct rst_entry *));
	vec_init(&references->symbol_footnotes, sizeof(struct rst_entry *));
	vec_init(&references->symbol_references, sizeof(struct rst_entry *));
	vec_init(&references->footnotes, sizeof(struct rst_entry *));
	vec_init(&references->citations, sizeof(struct rst_entry *));
	references->default_role = STR("");
}

void rst_references_release(struct rst_reader *reader)
{
	struct rst_references *references = reader->references;

	map_release(&references->names);
	map_release(&references->ids);
	map_release(&references->id_counters);
	map_release(&references->entries);
	map_release(&references->substitutions);
	map_release(&references->folded);
	map_release(&references->roles);
	vec_release(&references->indirect_targets);
	vec_release(&references->substitution_references);
	vec_release(&references->automatic_footnotes);
	vec_release(&references->automatic_references);
	vec_release(&references->symbol_footnotes);
	vec_release(&references->symbol_references);
	vec_release(&references->footnotes);
	vec_release(&references->citations);
	reader->references = NULL;
}

struct rst_entry *rst_entry(struct rst_reader *reader, struct document_node *node)
{
	struct arena *arena = &reader->document->arena;
	struct str address = {.ptr = (const char *)&node, .len = sizeof(node)};
	struct rst_entry *entry = map_get(&reader->references->entries, address);

	if (!entry) {
		entry = arena_calloc(arena, 1, sizeof(*entry));
		entry->node = node;
		address.ptr = (const char *)&entry->node;
		map_set(&reader->references->entries, address, entry);
	}
	return entry;
}

struct rst_named *rst_named(struct rst_reader *reader, struct str name)
{
	void **slot = map_slot(&reader->references->names, name);

	if (!*slot)
		*slot = arena_calloc(&reader->document->arena, 1, sizeof(struct rst_named));
	return *slot;
}

struct rst_identified *rst_identified(struct rst_reader *reader, struct str id)
{
	void **slot = map_slot(&reader->references->ids, id);

	if (!*slot)
		*slot = arena_calloc(&reader->document->arena, 1, sizeof(struct rst_identified));
	return *slot;
}

void rst_entries_add(struct rst_reader *reader, struct rst_entries *entries, struct rst_entry *entry)
{
	struct rst_entry_link *link = arena_calloc(&reader->document->arena, 1, sizeof(*link));

	link->entry = entry;
	if (!entries->first)
		entries->last = &entries->first;
	*entries->last = link;
	entries->last = &link->next;
}

void rst_words_add(struct rst_reader *reader, struct rst_words *words, struct str text)
{
	struct rst_word *word = arena_calloc(&reader->document->arena, 1, sizeof(*word));

	word->text = text;
	if (!words->first)
		words->last = &words->first;
	*words->last = word;
	words->last = &word->next;
}

void rst_words_move(struct rst_words *to, struct rst_words *from)
{
	if (!from->first)
		return;
	if (!to->first)
		to->last = &to->first;
	*to->last = from->first;
	to->last = from->last;
	*from = (struct rst_words){0};
}

size_t rst_line_of_entry(struct rst_reader *reader, const struct rst_entry *entry)
{
	struct rst_references *references = reader->references;
	size_t start = entry->node->start;

	if (entry->line > 0)
		return entry->line;
	if (references->line == 0 || start < references->line_at) {
		references->line_at = 0;
		references->line = 1;
	}
	for (; references->line_at < start && references->line_at < reader->source.len; references->line_at++)
		references->line += reader->source.ptr[references->line_at] == '\n';
	return references->line;
}

void rst_report_entry(
	struct rst_reader *reader, enum document_level level, const struct rst_entry *entry, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	struct str message = arena_vprintf(&reader->document->arena, format, args);
	va_end(args);
	rst_report(reader, level, rst_line_of_entry(reader, entry), entry->node->start, entry->node->end, "%.*s",
		STR_ARG(message));
}

/* Only the first id is shown. */
static void add_id(struct rst_reader *reader, struct rst_entry *entry, struct str id)
{
	rst_words_add(reader, &entry->ids, id);
	rst_identified(reader, id)->owner = entry;
	if (str_is_absent(entry->node->id))
		entry->node->id = id;
}

static bool is_free(const struct rst_reader *reader, struct str id)
{
	const struct rst_identified *known = map_get(&reader->references->ids, id);

	return !known || !known->owner;
}

/* An id with a number behind a prefix that makes it the only one. */
static struct str number_id(struct rst_reader *reader, struct str prefix)
{
	struct arena *arena = &reader->document->arena;
	void **slot = map_slot(&reader->references->id_counters, prefix);
	struct str id;

	if (!*slot)
		*slot = arena_calloc(arena, 1, sizeof(size_t));
	size_t *count = *slot;
	do
		id = arena_printf(arena, "%.*s-%zu", STR_ARG(prefix), ++*count);
	while (!is_free(reader, id));
	return id;
}

/* The id that docutils makes for an element's name, for one that it lost, or for its kind. */
static struct str make_id(struct rst_reader *reader, const struct rst_entry *entry)
{
	struct str prefix = STR("");

	for (const struct rst_word *name = entry->names.first; name; name = name->next) {
		prefix = rst_make_id(reader, name->text);
		if (prefix.len > 0 && is_free(reader, prefix))
			return prefix;
	}
	if (prefix.len == 0 && !str_is_absent(entry->duplicate))
		prefix = rst_make_id(reader, entry->duplicate);
	if (prefix.len == 0)
		prefix = rst_make_id(reader, str_of(document_kind_name(entry->node->kind)));
	return number_id(reader, prefix);
}

void rst_set_id(struct rst_reader *reader, struct rst_entry *entry)
{
	if (!entry->ids.first)
		add_id(reader, entry, make_id(reader, entry));
	for (const struct rst_word *name = entry->names.first; name; name = name->next) {
		struct rst_named *named = rst_named(reader, name->text);
		named->has_id = true;
		named->id = entry->ids.first->text;
	}
}

/* An element loses a name that others have as well. What nobody can refer to shall not be told as unreferenced. */
static void lose_name(struct rst_entry *entry, struct str name)
{
	struct rst_word **link = &entry->names.first;

	while (*link && !str_equal((*link)->text, name))
		link = &(*link)->next;
	if (*link)
		*link = (*link)->next;
	for (entry->names.last = &entry->names.first; *entry->names.last;)
		entry->names.last = &(*entry->names.last)->next;
	if (str_is_absent(entry->duplicate))
		entry->duplicate = name;
	if (str_equal(entry->node->name, name))
		entry->node->name = STR_ABSENT;
	entry->referenced = true;
}

static bool is_same(struct str a, struct str b)
{
	return !str_is_absent(a) && !str_is_absent(b) && str_equal(a, b);
}

/* Nobody has the name any more. */
static void void_name(struct rst_named *named, struct str name)
{
	lose_name(named->owner, name);
	named->owner = NULL;
	named->has_id = true;
	named->id = STR_ABSENT;
}

/* A name that is taken already: explicit targets go before implicit ones, and of equal ones none keeps it, unless both point to the same place. */
static void judge_duplicate(
	struct rst_reader *reader, struct rst_named *named, struct rst_entry *entry, struct str name, bool is_explicit)
{
	struct rst_entry *old = named->owner;
	bool was_explicit = named->is_explicit;

	named->is_explicit |= is_explicit;
	if (old && (is_same(entry->refname, old->refname) || is_same(entry->refuri, old->refuri))) {
		lose_name(entry, name);
		rst_report_entry(reader, DOCUMENT_LEVEL_INFO, entry, "\"%.*s\" is declared twice, with the same target",
			STR_ARG(name));
	} else if (is_explicit && was_explicit) {
		lose_name(entry, name);
		if (old)
			void_name(named, name);
		rst_report_entry(reader, DOCUMENT_LEVEL_WARNING, entry,
			"\"%.*s\" is declared twice, so nothing can refer to it: give one of the targets another name",
			STR_ARG(name));
	} else if (is_explicit) {
		named->owner = entry;
		if (!old)
			return;
		lose_name(old, name);
		rst_report_entry(reader, DOCUMENT_LEVEL_INFO, entry,
			"\"%.*s\" is also the name of a title: references lead here", STR_ARG(name));
	} else {
		lose_name(entry, name);
		if (old && !was_explicit) {
			void_name(named, name);
			rst_set_id(reader, old);
		}
		rst_report_entry(
			reader, DOCUMENT_LEVEL_INFO, entry, "\"%.*s\" names something else already", STR_ARG(name));
	}
	/* What stands in the text itself gets its id now, so that numbers are given in docutils' order. */
	if (entry->node->kind != DOCUMENT_TARGET || entry->node->first_child)
		rst_set_id(reader, entry);
}

static void note_names(struct rst_reader *reader, struct rst_entry *entry, bool is_explicit)
{
	struct rst_word *next;

	for (struct rst_word *name = entry->names.first; name; name = next) {
		struct rst_named *named = rst_named(reader, name->text);
		next = name->next;
		if (named->is_known && named->owner != entry) {
			judge_duplicate(reader, named, entry, name->text, is_explicit);
			continue;
		}
		if (!named->is_known)
			named->is_explicit = is_explicit;
		named->is_known = true;
		named->owner = entry;
	}
}

void rst_note_explicit(struct rst_reader *reader, struct rst_entry *entry)
{
	note_names(reader, entry, true);
	rst_set_id(reader, entry);
}

void rst_note_implicit(struct rst_reader *reader, struct rst_entry *entry)
{
	note_names(reader, entry, false);
	rst_set_id(reader, entry);
}

void rst_note_refid(struct rst_reader *reader, struct rst_entry *entry, struct str refid)
{
	entry->refid = refid;
	entry->node->refid = refid;
	rst_entries_add(reader, &rst_identified(reader, refid)->references, entry);
}

static void mark(struct rst_entry *entry)
{
	if (entry)
		entry->referenced = true;
}

void rst_mark_referenced(struct rst_reader *reader, struct rst_entry *entry, struct str name, struct str id)
{
	mark(entry);
	if (!str_is_absent(name))
		mark(rst_named(reader, name)->origin);
	if (!str_is_absent(id))
		mark(rst_identified(reader, id)->origin);
}

struct rst_entry *rst_declare(struct rst_reader *reader, struct document_node *node, struct str name)
{
	struct rst_entry *entry = rst_entry(reader, node);

	if (!str_is_absent(name))
		rst_words_add(reader, &entry->names, name);
	return entry;
}

/* An indirect target is one of the references to a name. */
void rst_note_indirect(struct rst_reader *reader, struct rst_entry *entry)
{
	if (str_is_absent(entry->refname))
		return;
	vec_push_pointer(&reader->references->indirect_targets, entry);
	if (entry->names.first)
		rst_entries_add(reader, &rst_named(reader, entry->refname)->references, entry);
}
