/* Numbers footnotes and resolves what refers to them and to citations. */
#include "text/rst_reference_private.h"

static void add_text(struct rst_reader *reader, struct document_node *node, struct str text)
{
	struct document_node *child = document_add_text(reader->document, node, text);

	child->start = node->start;
	child->end = node->end;
}

static void prepend_label(struct rst_reader *reader, struct document_node *footnote, struct str text)
{
	struct document_node *label = document_add(reader->document, NULL, DOCUMENT_LABEL);

	label->start = footnote->start;
	label->end = footnote->start;
	label->parent = footnote;
	label->next = footnote->first_child;
	footnote->first_child = label;
	if (!footnote->last_child)
		footnote->last_child = label;
	add_text(reader, label, text);
}

/* References to the names of a footnote or citation lead to it; automatic ones get their number. */
static void lead_to_note(struct rst_reader *reader, const struct rst_entry *note, const struct rst_entries *references,
	struct str number)
{
	for (const struct rst_entry_link *link = references->first; link; link = link->next) {
		if (link->entry->resolved)
			continue;
		if (!str_is_absent(number))
			add_text(reader, link->entry->node, number);
		rst_lead_to(reader, link->entry, STR_ABSENT, note->ids.first->text);
		link->entry->resolved = true;
	}
}

/* Gives numbers that no label has; those of footnotes without a label are told back in order. */
static void number_footnotes(struct rst_reader *reader, struct vec *unlabeled)
{
	const struct vec *footnotes = &reader->references->automatic_footnotes;
	size_t number = 1;

	for (size_t i = 0; i < footnotes->len; i++) {
		struct rst_entry *footnote = vec_pointer(footnotes, i);
		struct str label;
		do
			label = arena_printf(&reader->document->arena, "%zu", number++);
		while (rst_named(reader, label)->has_id);
		prepend_label(reader, footnote->node, label);
		for (const struct rst_word *name = footnote->names.first; name; name = name->next)
			lead_to_note(reader, footnote, &rst_named(reader, name->text)->footnote_references, label);
		if (footnote->names.first || !str_is_absent(footnote->duplicate))
			continue;
		rst_words_add(reader, &footnote->names, label);
		rst_note_explicit(reader, footnote);
		vec_push_pointer(unlabeled, footnote);
	}
}

/* More references than footnotes. What names a label that nothing has is told by that name, later. */
static void complain_of_excess(struct rst_reader *reader, struct rst_entry *reference, const char *form, size_t count)
{
	if (!str_is_absent(reference->refname) && !rst_named(reader, reference->refname)->has_id)
		return;
	rst_report_unresolved(reader, reference,
		"there are more references %s than footnotes of that form (%zu): write a footnote for each, or refer "
		"to one "
		"by its label",
		form, count);
}

/* The automatic references in turn lead to the footnotes in turn. Those to a label that no footnote has take part: docutils sees to it before it looks for the label. */
static void lead_in_turn(
	struct rst_reader *reader, const struct vec *references, const struct vec *footnotes, const char *form)
{
	size_t next = 0;

	for (size_t i = 0; i < references->len; i++) {
		struct rst_entry *reference = vec_pointer(references, i);
		if (reference->resolved || !str_is_absent(reference->refid))
			continue;
		if (next == footnotes->len) {
			complain_of_excess(reader, reference, form, footnotes->len);
			break;
		}
		struct rst_entry *footnote = vec_pointer(footnotes, next++);
		add_text(reader, reference->node, footnote->node->first_child->first_child->text);
		rst_lead_to(reader, reference, STR_ABSENT, footnote->ids.first->text);
		reference->resolved = true;
	}
}

/* How often a symbol is repeated at most: nobody counts further. */
#define SYMBOLS_MAX 100

/* In docutils' order. */
static const char *const symbols[] = {"*", "\xE2\x80\xA0", "\xE2\x80\xA1", "\xC2\xA7", "\xC2\xB6", "#", "\xE2\x99\xA0",
	"\xE2\x99\xA5", "\xE2\x99\xA6", "\xE2\x99\xA3"};
#define SYMBOL_COUNT (sizeof(symbols) / sizeof(symbols[0]))

static struct str repeat_symbol(struct rst_reader *reader, size_t index, size_t times)
{
	struct str symbol = str_of(symbols[index]);
	char *label = arena_bytes(&reader->document->arena, times * symbol.len);

	for (size_t i = 0; i < times; i++)
		memcpy(label + i * symbol.len, symbol.ptr, symbol.len);
	return (struct str){.ptr = label, .len = times * symbol.len};
}

static void symbolize_footnotes(struct rst_reader *reader)
{
	const struct vec *footnotes = &reader->references->symbol_footnotes;

	for (size_t i = 0; i < footnotes->len; i++) {
		const struct rst_entry *footnote = vec_pointer(footnotes, i);
		size_t times = i / SYMBOL_COUNT + 1;
		if (i == SYMBOL_COUNT * SYMBOLS_MAX)
			rst_unsupported(reader, rst_line_of_entry(reader, footnote), footnote->node->start,
				footnote->node->end, "more than %zu footnotes with symbols", i);
		prepend_label(reader, footnote->node,
			repeat_symbol(reader, i % SYMBOL_COUNT, times < SYMBOLS_MAX ? times : SYMBOLS_MAX));
	}
}

static void lead_to_notes(struct rst_reader *reader, const struct vec *notes, bool are_citations)
{
	for (size_t i = 0; i < notes->len; i++) {
		const struct rst_entry *note = vec_pointer(notes, i);
		for (const struct rst_word *name = note->names.first; name; name = name->next) {
			const struct rst_named *named = rst_named(reader, name->text);
			lead_to_note(reader, note,
				are_citations ? &named->citation_references : &named->footnote_references, STR_ABSENT);
		}
	}
}

void rst_resolve_footnotes(struct rst_reader *reader)
{
	struct rst_references *references = reader->references;
	struct vec unlabeled = VEC_INIT(struct rst_entry *);

	number_footnotes(reader, &unlabeled);
	lead_in_turn(reader, &references->automatic_references, &unlabeled, "[#]_");
	symbolize_footnotes(reader);
	lead_in_turn(reader, &references->symbol_references, &references->symbol_footnotes, "[*]_");
	lead_to_notes(reader, &references->footnotes, false);
	lead_to_notes(reader, &references->citations, true);
	vec_release(&unlabeled);
}
