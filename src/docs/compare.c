#include "base/path.h"
#include "base/utf8.h"
#include "docs/diff.h"
#include "docs/docs.h"
#include "docs/list.h"
#include "docs/tree.h"

static const char *const state_names[DOCS_STATE_COUNT] = {
	[DOCS_SAME] = "unchanged",
	[DOCS_MISSING] = "missing",
	[DOCS_STALE] = "stale",
	[DOCS_FOREIGN] = "somebody else's",
	[DOCS_ORPHANED] = "orphaned",
	[DOCS_KEPT] = "orphaned but edited",
};

static const char *state_name(enum docs_state state)
{
	return state_names[state];
}

/* A comparison under way. */
struct comparing {
	struct docs_comparison *comparison;
	const struct docs_output *output;
	struct tree tree;
	struct file_list known; /* of an earlier run */
	struct file_list list;  /* as it shall be */
	struct file_list orphans;
};

static struct docs_entry *add_entry(struct comparing *comparing, struct str path, struct str old, struct str new)
{
	struct docs_entry *entry = vec_push(&comparing->comparison->entries);

	entry->path = arena_str(&comparing->comparison->arena, path);
	entry->old = old;
	entry->new = new;
	if (str_is_absent(old))
		entry->state = DOCS_MISSING;
	else
		entry->state = str_equal(old, new) ? DOCS_SAME : DOCS_STALE;
	return entry;
}

static bool compare_file(struct comparing *comparing, const struct docs_file *file, struct error *error)
{
	struct docs_comparison *comparison = comparing->comparison;
	struct arena *arena = &comparison->arena;
	struct str old;

	if (!tree_read(&old, arena, &comparing->tree, file->path, error))
		return false;
	struct docs_entry *entry = add_entry(comparing, file->path, old, file->text);
	if (entry->state == DOCS_STALE && !map_has(&comparing->known.by_path, file->path)) {
		entry->state = DOCS_FOREIGN;
		*(struct str *)vec_push(&comparison->foreign) = entry->path;
	}
	comparison->counts[entry->state]++;
	file_list_add(&comparing->list, entry->path, str_of(file->format->name), fingerprint_of(arena, file->text));
	return true;
}

static bool is_made_now(const struct comparing *comparing, struct str format)
{
	for (size_t i = 0; i < comparing->output->formats.len; i++) {
		const struct docs_format *made = vec_pointer(&comparing->output->formats, i);

		if (str_is(format, made->name))
			return true;
	}
	return false;
}

/* What an earlier run wrote and this one did not: of other formats it stays; what is gone is forgotten. */
static bool compare_listed(struct comparing *comparing, const struct listed_file *listed, struct error *error)
{
	struct docs_comparison *comparison = comparing->comparison;
	struct str old;

	if (map_has(&comparing->output->by_path, listed->path))
		return true;
	if (!is_made_now(comparing, listed->format)) {
		file_list_add(&comparing->list, listed->path, listed->format, listed->fingerprint);
		return true;
	}
	if (!tree_read(&old, &comparison->arena, &comparing->tree, listed->path, error))
		return false;
	if (str_is_absent(old))
		return true;
	struct docs_entry *entry = add_entry(comparing, listed->path, old, STR_ABSENT);
	bool edited = !str_equal(fingerprint_of(&comparison->arena, old), listed->fingerprint);
	entry->state = edited ? DOCS_KEPT : DOCS_ORPHANED;
	comparison->counts[entry->state]++;
	file_list_add(
		edited ? &comparing->list : &comparing->orphans, entry->path, listed->format, listed->fingerprint);
	return true;
}

static int compare_entries(const void *a, const void *b)
{
	return str_compare(((const struct docs_entry *)a)->path, ((const struct docs_entry *)b)->path);
}

static struct str list_text(struct comparing *comparing)
{
	struct strbuf text = STRBUF_INIT;

	file_list_write(&text, &comparing->list);
	struct str copy = arena_str(&comparing->comparison->arena, strbuf_str(&text));
	strbuf_release(&text);
	return copy;
}

static bool compare_all(struct comparing *comparing, struct error *error)
{
	struct docs_comparison *comparison = comparing->comparison;
	struct arena *arena = &comparison->arena;
	struct str old, shown = path_join(arena, comparison->folder, STR(DOCS_LIST_NAME));

	if (!tree_read(&old, arena, &comparing->tree, STR(DOCS_LIST_NAME), error) ||
		(!str_is_absent(old) && !file_list_read(&comparing->known, arena, shown, old, error)))
		return false;
	for (size_t i = 0; i < comparing->output->files.len; i++) {
		if (!compare_file(comparing, vec_pointer(&comparing->output->files, i), error))
			return false;
	}
	for (size_t i = 0; i < comparing->known.files.len; i++) {
		if (!compare_listed(comparing, vec_at(&comparing->known.files, i), error))
			return false;
	}
	vec_sort(&comparison->entries, compare_entries);
	const struct docs_entry *list = add_entry(comparing, STR(DOCS_LIST_NAME), old, list_text(comparing));
	comparison->counts[list->state]++;
	vec_append(&comparing->list.files, comparing->orphans.files.items, comparing->orphans.files.len);
	comparison->list_with_orphans = list_text(comparing);
	return true;
}

bool docs_compare(
	struct docs_comparison *comparison, const char *folder, const struct docs_output *output, struct error *error)
{
	struct comparing comparing = {.comparison = comparison, .output = output};

	*comparison = (struct docs_comparison){
		.entries = VEC_INIT(struct docs_entry),
		.foreign = VEC_INIT(struct str),
	};
	arena_init(&comparison->arena);
	comparison->folder = arena_str(&comparison->arena, str_of(folder));
	file_list_init(&comparing.known);
	file_list_init(&comparing.list);
	file_list_init(&comparing.orphans);
	bool done = tree_open(&comparing.tree, folder, error) && compare_all(&comparing, error);
	tree_release(&comparing.tree);
	file_list_release(&comparing.known);
	file_list_release(&comparing.list);
	file_list_release(&comparing.orphans);
	return done;
}

void docs_comparison_release(struct docs_comparison *comparison)
{
	vec_release(&comparison->entries);
	vec_release(&comparison->foreign);
	arena_release(&comparison->arena);
}

bool docs_is_stale(const struct docs_comparison *comparison)
{
	for (size_t i = 0; i < comparison->entries.len; i++) {
		if (((const struct docs_entry *)vec_at(&comparison->entries, i))->state != DOCS_SAME)
			return true;
	}
	return false;
}

void docs_report(struct strbuf *out, const struct docs_comparison *comparison)
{
	for (size_t i = 0; i < comparison->entries.len; i++) {
		const struct docs_entry *entry = vec_at(&comparison->entries, i);

		if (entry->state == DOCS_SAME)
			continue;
		strbuf_append_c(out, state_name(entry->state));
		strbuf_append_c(out, ": ");
		strbuf_append_visible(out, entry->path);
		strbuf_append_char(out, '\n');
	}
	for (size_t i = 0; i + 1 < comparison->entries.len; i++) {
		const struct docs_entry *entry = vec_at(&comparison->entries, i);

		if (entry->state == DOCS_STALE)
			diff_unified(out, entry->path, entry->old, entry->new);
	}
}
