/* Resolves targets and what refers to them. */
#include "text/rst_reference_private.h"

void rst_lead_to(struct rst_reader *reader, struct rst_entry *entry, struct str uri, struct str refid)
{
	entry->refname = STR_ABSENT;
	if (!str_is_absent(refid)) {
		rst_note_refid(reader, entry, refid);
		return;
	}
	entry->refid = entry->node->refid = STR_ABSENT;
	entry->refuri = entry->node->target = uri;
}

/* A block that is a target of the element behind it, as far as it tells itself. */
static bool is_empty_target(struct rst_reader *reader, const struct document_node *node)
{
	if (!node || node->kind != DOCUMENT_TARGET || !node->parent ||
		document_kind_content(node->parent->kind) == DOCUMENT_HOLDS_INLINES)
		return false;
	const struct rst_entry *entry = rst_entry(reader, (struct document_node *)node);
	return str_is_absent(entry->refuri) && str_is_absent(entry->refname) && str_is_absent(entry->refid);
}

/* What may not be the target of one before it, because it is not shown or a target of another kind. */
static bool takes_no_target(const struct document_node *node)
{
	return !node || node->kind == DOCUMENT_COMMENT || node->kind == DOCUMENT_FOOTNOTE ||
	       node->kind == DOCUMENT_CITATION;
}

/* Hands a target's names and ids on to an element behind it. */
static void hand_on(struct rst_reader *reader, struct rst_entry *target, struct rst_entry *to)
{
	struct str refid = target->ids.first->text;

	for (const struct rst_word *id = target->ids.first; id; id = id->next) {
		struct rst_identified *identified = rst_identified(reader, id->text);
		identified->owner = to;
		identified->origin = target;
	}
	for (const struct rst_word *name = target->names.first; name; name = name->next)
		rst_named(reader, name->text)->origin = target;
	/* An element shows one id: the others stay where they are. */
	if (str_is_absent(to->node->id)) {
		to->node->id = refid;
		target->node->id = STR_ABSENT;
	}
	rst_words_move(&to->ids, &target->ids);
	rst_words_move(&to->names, &target->names);
	rst_note_refid(reader, target, refid);
}

/* Targets in a row lead to what the last one of them leads to: the nearest comes first there. */
static void hand_on_row(struct rst_reader *reader, struct vec *row, const struct document_node *behind)
{
	if (takes_no_target(behind)) {
		behind = vec_last_pointer(row);
		vec_pop(row);
	}
	struct rst_entry *to = rst_entry(reader, (struct document_node *)behind);
	for (; row->len > 0; vec_pop(row))
		hand_on(reader, rst_entry(reader, vec_last_pointer(row)), to);
}

void rst_propagate_targets(struct rst_reader *reader)
{
	const struct document_node *root = reader->document->root;
	struct vec row = VEC_INIT(struct document_node *);

	for (const struct document_node *node = document_next(root, NULL); node;) {
		while (is_empty_target(reader, node)) {
			vec_push_pointer(&row, node);
			node = document_next(root, node);
		}
		if (row.len > 0)
			hand_on_row(reader, &row, node);
		node = node ? document_next(root, node) : NULL;
	}
	vec_release(&row);
}

/* The entries of the elements of a kind that are anonymous, in the order of the document. */
static void collect_anonymous(struct vec *out, struct rst_reader *reader, enum document_kind kind)
{
	const struct document_node *root = reader->document->root;

	for (struct document_node *node = document_next(root, NULL); node; node = document_next(root, node)) {
		if (node->kind == kind && node->anonymous)
			vec_push_pointer(out, rst_entry(reader, node));
	}
}

static void pair_anonymous(struct rst_reader *reader, struct rst_entry *reference, struct rst_entry *target)
{
	target->referenced = true;
	/* One that was handed on leads to the element behind it. */
	if (str_is_absent(target->refuri) && !target->ids.first)
		target = rst_identified(reader, target->refid)->owner;
	if (!str_is_absent(target->refuri)) {
		rst_lead_to(reader, reference, target->refuri, STR_ABSENT);
		reference->resolved = true;
	} else if (target->ids.first) {
		rst_lead_to(reader, reference, STR_ABSENT, target->ids.first->text);
	}
}

void rst_resolve_anonymous(struct rst_reader *reader)
{
	struct vec references = VEC_INIT(struct rst_entry *);
	struct vec targets = VEC_INIT(struct rst_entry *);

	collect_anonymous(&references, reader, DOCUMENT_REFERENCE);
	collect_anonymous(&targets, reader, DOCUMENT_TARGET);
	if (references.len != targets.len)
		rst_report_unresolved(reader, vec_pointer(references.len > 0 ? &references : &targets, 0),
			"there are %zu references of the form `…`__ but %zu targets \"__ …\", so none of them leads "
			"anywhere: "
			"write as many of one as of the other",
			references.len, targets.len);
	for (size_t i = 0; references.len == targets.len && i < references.len; i++)
		pair_anonymous(reader, vec_pointer(&references, i), vec_pointer(&targets, i));
	vec_release(&references);
	vec_release(&targets);
}

/* The end of an indirect target: where the one leads that it names. */
static void finish_indirect(
	struct rst_reader *reader, struct rst_entry *target, const struct rst_entry *to, struct str id)
{
	if (!str_is_absent(to->refuri))
		rst_lead_to(reader, target, to->refuri, STR_ABSENT);
	else
		rst_lead_to(reader, target, STR_ABSENT, str_is_absent(to->refid) ? id : to->refid);
	target->resolved = true;
}

static void fail_indirect(struct rst_reader *reader, struct rst_entry *target, const char *why)
{
	rst_report_unresolved(reader, target, "this target leads to \"%.*s\", %s", STR_ARG(target->refname), why);
	target->resolved = true;
}

/* What an indirect target leads to, marked as referenced; NULL and a message where that is nothing. */
static struct rst_entry *follow(struct rst_reader *reader, struct rst_entry *target)
{
	if (str_is_absent(target->refname))
		return rst_identified(reader, target->refid)->owner;
	struct rst_named *named = rst_named(reader, target->refname);
	if (!named->owner) {
		fail_indirect(reader, target,
			named->is_known ? "which several targets are called: name one of them otherwise"
					: "which does not exist: declare it, or write the URI");
		return NULL;
	}
	if (!named->has_id || str_is_absent(named->id))
		rst_set_id(reader, named->owner);
	rst_mark_referenced(reader, named->owner, STR_ABSENT, named->id);
	return named->owner;
}

static bool is_open(const struct rst_entry *target)
{
	return target->node->kind == DOCUMENT_TARGET && !target->resolved && !str_is_absent(target->refname);
}

/* Goes from target to target up to one that leads somewhere, and back. */
static void resolve_target(struct rst_reader *reader, struct rst_entry *target)
{
	struct vec way = VEC_INIT(struct rst_entry *);

	for (;;) {
		struct rst_entry *to = follow(reader, target);
		if (to && is_open(to) && target->on_the_way)
			fail_indirect(reader, target, "which leads back to it: let one of them lead to a URI");
		else if (to && is_open(to)) {
			target->on_the_way = true;
			vec_push_pointer(&way, target);
			target = to;
			continue;
		} else if (to) {
			finish_indirect(reader, target, to,
				str_is_absent(target->refname) ? target->refid
							       : rst_named(reader, target->refname)->id);
		}
		break;
	}
	for (; way.len > 0; vec_pop(&way)) {
		struct rst_entry *before = vec_last_pointer(&way);
		before->on_the_way = false;
		if (!before->resolved)
			finish_indirect(reader, before, rst_named(reader, before->refname)->owner,
				rst_named(reader, before->refname)->id);
	}
	vec_release(&way);
}

/* Lets all that refers to a target lead where that does; targets among them are put on the stack. */
static void lead_references(struct rst_reader *reader, const struct rst_entries *references,
	const struct rst_entry *target, struct vec *stack)
{
	for (const struct rst_entry_link *link = references->first; link; link = link->next) {
		struct rst_entry *entry = link->entry;
		if (entry->resolved)
			continue;
		rst_lead_to(reader, entry, target->refuri, target->refid);
		entry->resolved = true;
		if (entry->node->kind == DOCUMENT_TARGET)
			vec_push_pointer(stack, entry);
	}
}

static void resolve_references_of(struct rst_reader *reader, struct rst_entry *target, struct vec *stack)
{
	if (str_is_absent(target->refid) && str_is_absent(target->refuri))
		return;
	for (const struct rst_word *name = target->names.first; name; name = name->next) {
		const struct rst_entries *references = &rst_named(reader, name->text)->references;
		if (references->first)
			rst_mark_referenced(reader, target, name->text, STR_ABSENT);
		lead_references(reader, references, target, stack);
	}
	for (const struct rst_word *id = target->ids.first; id; id = id->next) {
		const struct rst_entries *references = &rst_identified(reader, id->text)->references;
		if (references->first)
			rst_mark_referenced(reader, target, STR_ABSENT, id->text);
		lead_references(reader, references, target, stack);
	}
}

void rst_resolve_indirect(struct rst_reader *reader)
{
	struct vec *targets = &reader->references->indirect_targets;
	struct vec stack = VEC_INIT(struct rst_entry *);

	for (size_t i = 0; i < targets->len; i++) {
		struct rst_entry *target = vec_pointer(targets, i);
		if (!target->resolved)
			resolve_target(reader, target);
		vec_push_pointer(&stack, target);
		while (stack.len > 0) {
			struct rst_entry *next = vec_last_pointer(&stack);
			vec_pop(&stack);
			resolve_references_of(reader, next, &stack);
		}
	}
	vec_release(&stack);
}

/* References to the names of a target lead to its URI or, without one, to itself. */
static void resolve_names(struct rst_reader *reader, struct rst_entry *target)
{
	for (const struct rst_word *name = target->names.first; name; name = name->next) {
		struct rst_named *named = rst_named(reader, name->text);
		if (named->references.first)
			rst_mark_referenced(reader, target, name->text, STR_ABSENT);
		for (const struct rst_entry_link *link = named->references.first; link; link = link->next) {
			if (link->entry->resolved)
				continue;
			if (!str_is_absent(target->refuri))
				rst_lead_to(reader, link->entry, target->refuri, STR_ABSENT);
			else if (named->has_id && !str_is_absent(named->id))
				rst_lead_to(reader, link->entry, STR_ABSENT, named->id);
			link->entry->resolved = true;
		}
	}
}

static void resolve_targets(struct rst_reader *reader, bool are_external)
{
	const struct document_node *root = reader->document->root;

	for (struct document_node *node = document_next(root, NULL); node; node = document_next(root, node)) {
		struct rst_entry *target = node->kind == DOCUMENT_TARGET ? rst_entry(reader, node) : NULL;
		if (!target || str_is_absent(target->refuri) == are_external)
			continue;
		if (are_external || str_is_absent(target->refid))
			resolve_names(reader, target);
	}
}

void rst_resolve_external(struct rst_reader *reader)
{
	resolve_targets(reader, true);
}

void rst_resolve_internal(struct rst_reader *reader)
{
	resolve_targets(reader, false);
}
