#include "text/rst_reference_private.h"

/* Shows an inline element as it was written. */
static void make_problematic(struct rst_reader *reader, struct document_node *node)
{
	struct str written = str_slice(reader->source, node->start, node->end - node->start);

	node->kind = DOCUMENT_PROBLEMATIC;
	node->text = STR_ABSENT;
	node->first_child = node->last_child = NULL;
	struct document_node *text = document_add_text(reader->document, node, written);
	text->start = node->start;
	text->end = node->end;
}

void rst_report_unresolved(struct rst_reader *reader, struct rst_entry *entry, const char *format, ...)
{
	va_list args;

	if (reader->document->unsupported.len > 0)
		return;
	va_start(args, format);
	struct str message = arena_vprintf(&reader->document->arena, format, args);
	va_end(args);
	rst_report_entry(reader, DOCUMENT_LEVEL_ERROR, entry, "%.*s", STR_ARG(message));
	if (!document_kind_is_block(entry->node->kind))
		make_problematic(reader, entry->node);
}

static void check_substitutions(struct rst_reader *reader)
{
	const struct rst_references *references = reader->references;

	for (size_t i = 0; i < references->substitution_references.len; i++) {
		struct rst_entry *entry = vec_pointer(&references->substitution_references, i);
		if (!map_has(&references->substitutions, entry->refname) &&
			!map_has(&references->folded, rst_normalize_name(reader, entry->refname)))
			rst_report_unresolved(reader, entry,
				"the substitution |%.*s| is not defined: write a backslash before bars that are meant "
				"as such",
				STR_ARG(entry->refname));
	}
}

static void complain_of_name(struct rst_reader *reader, struct rst_entry *entry, bool is_known)
{
	const char *form = entry->node->kind == DOCUMENT_REFERENCE            ? "target"
			   : entry->node->kind == DOCUMENT_FOOTNOTE_REFERENCE ? "footnote"
									      : "citation";

	if (is_known)
		rst_report_unresolved(reader, entry,
			"several elements are called \"%.*s\", so this leads nowhere: give them names of their own",
			STR_ARG(entry->refname));
	else if (str_find(entry->refname, '<') < entry->refname.len ||
		 str_find(entry->refname, '>') < entry->refname.len)
		rst_report_unresolved(reader, entry,
			"there is no target \"%.*s\": a URI stands in `text <https://…>`_, last and with a blank "
			"before it",
			STR_ARG(entry->refname));
	else
		rst_report_unresolved(reader, entry,
			"there is no %s \"%.*s\": declare it, or write a backslash before the underscore", form,
			STR_ARG(entry->refname));
}

static void resolve_rest(struct rst_reader *reader)
{
	const struct document_node *root = reader->document->root;

	for (struct document_node *node = document_next(root, NULL); node; node = document_next(root, node)) {
		if (node->kind != DOCUMENT_REFERENCE && node->kind != DOCUMENT_FOOTNOTE_REFERENCE &&
			node->kind != DOCUMENT_CITATION_REFERENCE)
			continue;
		struct rst_entry *entry = rst_entry(reader, node);
		if (entry->resolved || str_is_absent(entry->refname))
			continue;
		const struct rst_named *named = rst_named(reader, entry->refname);
		if (!named->has_id || str_is_absent(named->id)) {
			complain_of_name(reader, entry, named->has_id);
			continue;
		}
		rst_mark_referenced(reader, rst_identified(reader, named->id)->owner, STR_ABSENT, named->id);
		rst_lead_to(reader, entry, STR_ABSENT, named->id);
		entry->resolved = true;
	}
}

static struct str name_of(const struct rst_entry *target)
{
	if (target->names.first)
		return target->names.first->text;
	return target->ids.first ? target->ids.first->text : target->refid;
}

static void report_unreferenced(struct rst_reader *reader)
{
	const struct document_node *root = reader->document->root;

	for (struct document_node *node = document_next(root, NULL); node; node = document_next(root, node)) {
		const struct rst_entry *target = node->kind == DOCUMENT_TARGET ? rst_entry(reader, node) : NULL;
		if (target && !target->referenced && !node->anonymous)
			rst_report_entry(reader, DOCUMENT_LEVEL_INFO, target, "nothing refers to the target \"%.*s\"",
				STR_ARG(name_of(target)));
	}
}

void rst_resolve(struct rst_reader *reader)
{
	check_substitutions(reader);
	rst_propagate_targets(reader);
	rst_resolve_anonymous(reader);
	rst_resolve_indirect(reader);
	rst_resolve_footnotes(reader);
	rst_resolve_external(reader);
	rst_resolve_internal(reader);
	resolve_rest(reader);
	if (reader->document->unsupported.len == 0)
		report_unreferenced(reader);
}
