#include "text/rst_reference_private.h"

static struct rst_entry *note(struct rst_reader *reader, struct document_node *node, struct str refname, size_t line)
{
	struct rst_entry *entry = rst_entry(reader, node);

	entry->line = line;
	entry->refname = refname;
	if (!str_is_absent(refname))
		rst_entries_add(reader, &rst_named(reader, refname)->references, entry);
	return entry;
}

void rst_note_reference(struct rst_reader *reader, struct document_node *node, struct str refname, size_t line)
{
	struct rst_entry *entry = note(reader, node, refname, line);

	entry->refuri = node->target;
}

void rst_note_footnote_reference(struct rst_reader *reader, struct document_node *node, struct str label, size_t line)
{
	struct rst_references *references = reader->references;
	struct str name = rst_normalize_name(reader, label);
	char automatic = name.ptr[0] == '#' || name.ptr[0] == '*' ? name.ptr[0] : 0;

	if (automatic)
		name = str_slice(name, 1, name.len);
	struct rst_entry *entry = note(reader, node, name.len > 0 ? name : STR_ABSENT, line);
	entry->automatic = automatic;
	rst_set_id(reader, entry);
	if (automatic)
		vec_push_pointer(
			automatic == '#' ? &references->automatic_references : &references->symbol_references, entry);
	if (name.len > 0)
		rst_entries_add(reader, &rst_named(reader, name)->footnote_references, entry);
}

void rst_note_citation_reference(struct rst_reader *reader, struct document_node *node, struct str label, size_t line)
{
	struct str name = rst_normalize_name(reader, label);
	struct rst_entry *entry = note(reader, node, name, line);

	rst_set_id(reader, entry);
	rst_entries_add(reader, &rst_named(reader, name)->citation_references, entry);
}

void rst_note_substitution(struct rst_reader *reader, struct document_node *node, struct str name, size_t line)
{
	struct rst_entry *entry = rst_entry(reader, node);

	entry->line = line;
	entry->refname = rst_normalize_space(reader, name);
	vec_push_pointer(&reader->references->substitution_references, entry);
}

void rst_note_inline_target(struct rst_reader *reader, struct document_node *target, size_t line)
{
	struct rst_entry *entry = rst_declare(reader, target, target->name);

	entry->line = line;
	rst_note_explicit(reader, entry);
}

void rst_note_embedded_target(struct rst_reader *reader, struct document_node *target, struct str refname, size_t line)
{
	struct rst_entry *entry = rst_declare(reader, target, target->name);

	entry->line = line;
	entry->refname = refname;
	entry->refuri = target->target;
	entry->referenced = str_is_absent(refname);
	rst_note_indirect(reader, entry);
	rst_note_implicit(reader, entry);
}
