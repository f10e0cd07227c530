#include "docs/docs.h"
#include "docs/tree.h"

enum { FOREIGN_NAMED = 3 };

static bool refuse_foreign(const struct docs_comparison *comparison, struct error *error)
{
	struct strbuf names = STRBUF_INIT;
	size_t count = comparison->foreign.len;

	for (size_t i = 0; i < count && i < FOREIGN_NAMED; i++) {
		strbuf_append_c(&names, i > 0 ? ", " : "");
		strbuf_append(&names, *(const struct str *)vec_at(&comparison->foreign, i));
	}
	if (count > FOREIGN_NAMED)
		strbuf_printf(&names, " and %zu more", count - FOREIGN_NAMED);
	error_set(error, ERROR_USAGE,
		"%.*s holds files that 'aspis docs' would overwrite, but did not write: %s. Nothing was written; "
		"choose another "
		"folder, or move them away",
		STR_ARG(comparison->folder), names.ptr);
	strbuf_release(&names);
	return false;
}

static const struct docs_entry *list_entry(const struct docs_comparison *comparison)
{
	return vec_last(&comparison->entries);
}

/* Whatever happens next, the list has what is in the folder. */
static bool announce(struct tree *tree, const struct docs_comparison *comparison, struct error *error)
{
	const struct docs_entry *list = list_entry(comparison);

	if (!str_is_absent(list->old) && str_equal(list->old, comparison->list_with_orphans))
		return true;
	return tree_write(tree, list->path, comparison->list_with_orphans, error);
}

static bool conclude(struct tree *tree, const struct docs_comparison *comparison, struct error *error)
{
	const struct docs_entry *list = list_entry(comparison);

	return str_equal(list->new, comparison->list_with_orphans) || tree_write(tree, list->path, list->new, error);
}

static bool apply_entry(struct tree *tree, const struct docs_entry *entry, struct error *error)
{
	if (entry->state == DOCS_MISSING || entry->state == DOCS_STALE)
		return tree_write(tree, entry->path, entry->new, error);
	return entry->state != DOCS_ORPHANED || tree_remove(tree, entry->path, error);
}

bool docs_apply(const struct docs_comparison *comparison, struct error *error)
{
	struct tree tree;

	if (comparison->foreign.len > 0)
		return refuse_foreign(comparison, error);
	bool done = tree_open(&tree, comparison->folder.ptr, error) && announce(&tree, comparison, error);
	for (size_t i = 0; done && i + 1 < comparison->entries.len; i++)
		done = apply_entry(&tree, vec_at(&comparison->entries, i), error);
	done = done && conclude(&tree, comparison, error);
	tree_release(&tree);
	return done;
}

bool docs_built_in_at(struct docs_built_in *out, size_t index)
{
	for (size_t i = 0; i < docs_format_count(); i++) {
		const struct docs_format *format = docs_format_at(i);

		for (const struct embedded_file *row = format->templates; row != NULL && row->name != NULL; row++) {
			if (index-- > 0)
				continue;
			*out = (struct docs_built_in){
				.format = format, .name = row->name, .text = {.ptr = row->bytes, .len = row->size}};
			return true;
		}
	}
	return false;
}

/* Writes one of them, or sees whether it could be written. */
static bool dump(struct tree *tree, const struct docs_built_in *file, bool write, size_t *written, struct error *error)
{
	struct arena *arena = &tree->arena;
	struct str path = arena_printf(arena, "%s/%s", file->format->name, file->name);
	struct str old;

	if (!tree_read(&old, arena, tree, path, error))
		return false;
	if (!str_is_absent(old) && str_equal(old, file->text))
		return true;
	if (!str_is_absent(old))
		return error_set(error, ERROR_USAGE,
			"%.*s/%.*s is there already and differs from the template that is built in. Nothing was "
			"written; choose "
			"another folder, or move it away",
			STR_ARG(tree->root), STR_ARG(path));
	*written += write ? 1 : 0;
	return !write || tree_write(tree, path, file->text, error);
}

bool docs_dump_templates(const char *folder, size_t *written, struct error *error)
{
	struct docs_built_in file;
	struct tree tree;
	bool done = tree_open(&tree, folder, error);

	*written = 0;
	for (size_t i = 0; done && docs_built_in_at(&file, i); i++)
		done = dump(&tree, &file, false, written, error);
	for (size_t i = 0; done && docs_built_in_at(&file, i); i++)
		done = dump(&tree, &file, true, written, error);
	tree_release(&tree);
	return done;
}
