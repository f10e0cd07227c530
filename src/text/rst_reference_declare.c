#include "base/strbuf.h"
#include "text/rst_inline_private.h"
#include "text/rst_reference_private.h"

void rst_declare_section(struct rst_reader *reader, struct document_node *section, const struct document_node *title)
{
	struct strbuf text = STRBUF_INIT;

	document_plain_text(&text, title);
	section->name = rst_normalize_name(reader, strbuf_str(&text));
	strbuf_release(&text);
	rst_note_implicit(reader, rst_declare(reader, section, section->name));
}

void rst_declare_name(struct rst_reader *reader, struct document_node *element, struct str name)
{
	struct rst_entry *entry = rst_declare(reader, element, rst_normalize_name(reader, name));

	if (str_is_absent(element->name))
		element->name = entry->names.first->text;
	rst_note_explicit(reader, entry);
}

/* "name_" or "`any name`_" alone: the name, or an absent one. */
static struct str parse_indirect(struct rst_inliner *in)
{
	size_t last = in->len;

	if (last < 2 || in->characters[last - 1] != '_')
		return STR_ABSENT;
	if (rst_name_end(in, 0) == last - 1)
		return rst_raw(in, (struct rst_range){0, last - 1});
	last -= 2;
	if (in->characters[0] != '`' || in->characters[last] != '`' || last < 2 || in->characters[1] == ' ' ||
		rst_is_space(in->characters[last - 1]) || in->characters[last - 1] == RST_ESCAPE)
		return STR_ABSENT;
	return rst_unescaped(in, (struct rst_range){1, last});
}

static void declare_reference(struct rst_reader *reader, struct rst_entry *entry, const struct rst_text *block)
{
	struct rst_text joined = {.text = rst_normalize_space(reader, block->text)};
	struct rst_inliner in;

	rst_inliner_init(&in, reader, &joined);
	struct str refname = parse_indirect(&in);
	rst_inliner_release(&in);
	if (!str_is_absent(refname)) {
		entry->refname = rst_normalize_name(reader, refname);
		return;
	}
	rst_inliner_init(&in, reader, block);
	struct str uri = rst_join_uri(&in, (struct rst_range){0, in.len});
	rst_inliner_release(&in);
	if (uri.len == 0)
		return;
	entry->refuri = entry->node->anonymous ? uri : rst_adjust_uri(reader, uri);
	entry->node->target = entry->refuri;
}

void rst_declare_target(struct rst_reader *reader, struct document_node *target, const struct rst_text *block)
{
	if (!target->anonymous)
		target->name = rst_normalize_name(reader, target->name);
	struct rst_entry *entry = rst_declare(reader, target, target->anonymous ? STR_ABSENT : target->name);

	entry->line = block->line;
	declare_reference(reader, entry, block);
	if (target->anonymous)
		rst_set_id(reader, entry);
	else
		rst_note_explicit(reader, entry);
	rst_note_indirect(reader, entry);
}

void rst_declare_footnote(struct rst_reader *reader, struct document_node *footnote, struct str label)
{
	struct rst_references *references = reader->references;
	struct str name = rst_normalize_name(reader, label);
	struct rst_entry *entry = rst_entry(reader, footnote);

	if (str_starts_with(name, STR("#")) || str_is(name, "*")) {
		entry->automatic = name.ptr[0];
		name = str_slice(name, 1, name.len);
	}
	if (name.len > 0) {
		footnote->name = name;
		rst_words_add(reader, &entry->names, name);
	}
	rst_set_id(reader, entry);
	vec_push_pointer(entry->automatic == '#'   ? &references->automatic_footnotes
			 : entry->automatic == '*' ? &references->symbol_footnotes
						   : &references->footnotes,
		entry);
	if (name.len > 0)
		rst_note_explicit(reader, entry);
}

void rst_declare_citation(struct rst_reader *reader, struct document_node *citation, struct str label)
{
	citation->name = rst_normalize_name(reader, label);
	struct rst_entry *entry = rst_declare(reader, citation, citation->name);

	vec_push_pointer(&reader->references->citations, entry);
	rst_note_explicit(reader, entry);
}

void rst_declare_substitution(struct rst_reader *reader, struct str name, size_t line, size_t start, size_t end)
{
	struct str key = rst_normalize_space(reader, name);

	if (map_has(&reader->references->substitutions, key))
		rst_report(reader, DOCUMENT_LEVEL_ERROR, line, start, end,
			"the substitution \"%.*s\" is defined twice: give one of them another name", STR_ARG(key));
	map_set(&reader->references->substitutions, key, reader);
	map_set(&reader->references->folded, rst_normalize_name(reader, name), reader);
}
