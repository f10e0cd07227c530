#include "base/style.h"
#include "base/utf8.h"
#include "sync/plan_report.h"

/* What an action is called, and how it looks. */
static const struct {
	const char *summary; /* "3 to create" */
	enum style style;
} actions[] = {
	[PLAN_KEEP] = {"kept", STYLE_FAINT},
	[PLAN_CREATE] = {"to create", STYLE_NOTE},
	[PLAN_UPDATE] = {"to update", STYLE_WARNING},
	[PLAN_ROTATE] = {"to rotate", STYLE_WARNING},
	[PLAN_DELETE] = {"to delete", STYLE_ERROR},
	[PLAN_CONFLICT] = {"in conflict", STYLE_ERROR},
	[PLAN_BLOCKED] = {"blocked", STYLE_ERROR},
};

static const struct {
	const char *label;
	enum style style;
} notes[] = {
	[PLAN_NOTE_FOLDER] = {"note", STYLE_NOTE},
	[PLAN_NOTE_DROPPED_CLIENT] = {"warning", STYLE_WARNING},
	[PLAN_NOTE_RESTART] = {"restart", STYLE_NOTE},
	[PLAN_NOTE_KEPT] = {"kept", STYLE_NOTE},
	[PLAN_NOTE_REFUSED] = {"refused", STYLE_ERROR},
	[PLAN_NOTE_MALFORMED] = {"error", STYLE_ERROR},
	[PLAN_NOTE_USAGE] = {"error", STYLE_ERROR},
	[PLAN_NOTE_WARNING] = {"warning", STYLE_WARNING},
};

/* The widest name of an action, and the widest key that others are lined up with. */
enum { ACTION_WIDTH = 8, KEY_WIDTH_MAX = 32 };

/* Whether a key is a step worth a line: it changes, or cannot. */
static bool is_shown(const struct plan_key *key)
{
	return key->action != PLAN_KEEP;
}

static bool is_stuck(const struct plan_key *key)
{
	return key->action == PLAN_BLOCKED || key->action == PLAN_CONFLICT;
}

static void put_visible(struct strbuf *out, enum style style, bool color, struct str text)
{
	style_begin(out, style, color);
	strbuf_append_visible(out, text);
	style_end(out, style, color);
}

static void pad(struct strbuf *out, size_t width, size_t wanted)
{
	strbuf_append_repeat(out, ' ', width < wanted ? wanted - width : 0);
}

static void put_source(struct strbuf *out, const struct given_values *given)
{
	static const char *const kinds[] = {
		[GIVEN_NONE] = "the store itself: what it holds is taken as right",
		[GIVEN_FILE] = "the file ",
		[GIVEN_ONEPASSWORD] = "1Password, vault ",
	};

	strbuf_append_c(out, kinds[given->source]);
	if (given->source != GIVEN_NONE)
		strbuf_append_visible(out, given->name);
}

static void put_head(struct strbuf *out, const struct plan_report *report)
{
	const struct plan *plan = report->plan;

	put_visible(out, STYLE_STRONG, report->color, plan->resolution->environment->name);
	strbuf_append_c(out, "\n  written to      ");
	strbuf_append_visible(out, plan->store_name);
	strbuf_append_c(out, "\n  static secrets  from ");
	put_source(out, report->given);
	strbuf_append_c(out, "\n");
}

/* How far the reasons of an entry are indented. */
static size_t key_width(const struct plan_entry *entry, bool stuck)
{
	size_t width = 0;

	for (size_t i = 0; i < entry->keys.len; i++) {
		const struct plan_key *key = vec_pointer(&entry->keys, i);
		size_t own = utf8_display_width(key->key, 0);

		if (is_shown(key) && is_stuck(key) == stuck && own > width && own <= KEY_WIDTH_MAX)
			width = own;
	}
	return width;
}

static void put_key(struct strbuf *out, const struct plan_report *report, const struct plan_key *key, size_t width)
{
	struct str action = plan_action_name(key->action);

	strbuf_append_c(out, "  ");
	put_visible(out, actions[key->action].style, report->color, action);
	pad(out, action.len, ACTION_WIDTH);
	strbuf_append_c(out, "  ");
	put_visible(out, STYLE_STRONG, report->color, key->key);
	if (!str_is_absent(key->reason) && key->reason.len > 0) {
		pad(out, utf8_display_width(key->key, 0), width);
		strbuf_append_c(out, "  ");
		strbuf_append_visible(out, key->reason);
	}
	strbuf_append_char(out, '\n');
}

/* What becomes of the entry as a whole. */
static void put_entry_head(struct strbuf *out, const struct plan_report *report, const struct plan_entry *entry)
{
	strbuf_append_char(out, '\n');
	put_visible(out, STYLE_STRONG, report->color, entry->name);
	if (entry->action == PLAN_ENTRY_DELETE)
		strbuf_append_c(out, entry->keys.len > 0 ? ", deleted as a whole" : ", deleted: it holds nothing");
	else if (!entry->stored)
		strbuf_append_c(out, ", new");
	if (entry->action == PLAN_ENTRY_WRITE && entry->stored && entry->stored->version > 0)
		strbuf_printf(out, ", over version %llu", (unsigned long long)entry->stored->version);
	strbuf_append_char(out, '\n');
}

static bool has_steps(const struct plan_entry *entry, bool stuck)
{
	if (entry->keys.len == 0)
		return !stuck && entry->action == PLAN_ENTRY_DELETE;
	for (size_t i = 0; i < entry->keys.len; i++) {
		const struct plan_key *key = vec_pointer(&entry->keys, i);

		if (is_shown(key) && is_stuck(key) == stuck)
			return true;
	}
	return false;
}

static void put_undelete(struct strbuf *out, const struct plan_report *report, const struct plan_entry *entry)
{
	struct arena arena;
	struct str command;

	arena_init(&arena);
	command = store_undelete_command(report->store, &arena, entry->name, entry->cas);
	if (!str_is_absent(command)) {
		strbuf_append_c(out, "  brought back by: ");
		put_visible(out, STYLE_CODE, report->color, command);
		strbuf_append_char(out, '\n');
	}
	arena_release(&arena);
}

static void put_entry(struct strbuf *out, const struct plan_report *report, const struct plan_entry *entry, bool stuck)
{
	size_t width = key_width(entry, stuck);

	if (entry->excluded || !has_steps(entry, stuck))
		return;
	if (stuck) {
		strbuf_append_char(out, '\n');
		put_visible(out, STYLE_STRONG, report->color, entry->name);
		strbuf_append_c(out, !str_is_absent(entry->obstacle) ? ", not touched\n" : "\n");
	} else {
		put_entry_head(out, report, entry);
	}
	for (size_t i = 0; i < entry->keys.len; i++) {
		const struct plan_key *key = vec_pointer(&entry->keys, i);

		if (is_shown(key) && is_stuck(key) == stuck)
			put_key(out, report, key, width);
	}
	if (!stuck && entry->action == PLAN_ENTRY_DELETE)
		put_undelete(out, report, entry);
}

/* What can be done about what is blocked, by its row of the decisions. */
static const struct {
	unsigned first;
	unsigned last;
	const char *hint;
	const char *rest; /* of the hint, behind the name of the environment; NULL: it is not named */
} hints[] = {
	{11, 12, "mend what 'aspis check' reports of the copies and sources that lead nowhere", NULL},
	{15, 16, "rename the application, or take its secret out", NULL},
	{17, 18, "mend the entry in the store by hand", NULL},
	{105, 105, "give it a value: 'aspis secrets static-template ",
		" --fill FILE' asks for all, and --secrets FILE takes them"},
	{108, 109, "add the item or field in 1Password, or give the value with --secrets FILE", NULL},
	{110, 111, "mend the value where it comes from", NULL},
};

static bool has_row(const struct plan *plan, unsigned first, unsigned last)
{
	for (size_t i = 0; i < plan->entries.len; i++) {
		const struct plan_entry *entry = vec_pointer(&plan->entries, i);

		for (size_t j = 0; j < entry->keys.len && !entry->excluded; j++) {
			const struct plan_key *key = vec_pointer(&entry->keys, j);

			if (is_stuck(key) && key->row >= first && key->row <= last)
				return true;
		}
	}
	return false;
}

static void put_hints(struct strbuf *out, const struct plan_report *report)
{
	bool any = false;

	for (size_t i = 0; i < sizeof(hints) / sizeof(hints[0]); i++) {
		if (!has_row(report->plan, hints[i].first, hints[i].last))
			continue;
		strbuf_append_c(out, any ? "" : "\n");
		any = true;
		style_text(out, STYLE_NOTE, report->color, "to do");
		strbuf_append_c(out, ": ");
		strbuf_append_c(out, hints[i].hint);
		if (hints[i].rest) {
			strbuf_append_visible(out, report->plan->resolution->environment->name);
			strbuf_append_c(out, hints[i].rest);
		}
		strbuf_append_char(out, '\n');
	}
}

static void put_notes(struct strbuf *out, const struct plan_report *report)
{
	if (report->plan->notes.len > 0)
		strbuf_append_char(out, '\n');
	for (size_t i = 0; i < report->plan->notes.len; i++) {
		const struct plan_note *note = vec_at(&report->plan->notes, i);

		style_text(out, notes[note->kind].style, report->color, notes[note->kind].label);
		strbuf_append_c(out, ": ");
		strbuf_append_visible(out, note->text);
		strbuf_append_char(out, '\n');
	}
}

/* What nobody asks for and nobody has asked to delete: it is counted apart, as it stays whatever is done. */
static size_t count_unknown(const struct plan *plan)
{
	size_t count = 0;

	for (size_t i = 0; i < plan->entries.len; i++) {
		const struct plan_entry *entry = vec_pointer(&plan->entries, i);

		for (size_t j = 0; j < entry->keys.len && !entry->excluded; j++) {
			const struct plan_key *key = vec_pointer(&entry->keys, j);

			count += !key->managed && key->action == PLAN_KEEP;
		}
	}
	return count;
}

static bool has_note(const struct plan *plan, enum plan_note_kind kind)
{
	for (size_t i = 0; i < plan->notes.len; i++) {
		const struct plan_note *note = vec_at(&plan->notes, i);

		if (note->kind == kind)
			return true;
	}
	return false;
}

/* Where --delete was given and something stays all the same, a note has told why. */
static void put_unknown(struct strbuf *out, const struct plan_report *report)
{
	size_t count = count_unknown(report->plan);

	if (count == 0)
		return;
	strbuf_printf(out, ", %zu unknown left alone", count);
	if (!has_note(report->plan, PLAN_NOTE_KEPT))
		strbuf_printf(out, " (--delete removes %s)", count == 1 ? "it" : "them");
}

/* "3 to create, 1 to update, 2 blocked, 34 kept, 1 unknown left alone (--delete removes it)" */
static void put_counts(struct strbuf *out, const struct plan_report *report)
{
	static const enum plan_action order[] = {
		PLAN_CREATE, PLAN_UPDATE, PLAN_ROTATE, PLAN_DELETE, PLAN_CONFLICT, PLAN_BLOCKED};
	bool any = false;

	strbuf_append_char(out, '\n');
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		enum plan_action action = order[i];
		size_t count = report->plan->count[action];

		if (count == 0)
			continue;
		strbuf_append_c(out, any ? ", " : "");
		style_begin(out, actions[action].style, report->color);
		strbuf_printf(out, "%zu %s", count, actions[action].summary);
		style_end(out, actions[action].style, report->color);
		any = true;
	}
	strbuf_printf(out, "%s%zu kept", any ? ", " : "", report->plan->count[PLAN_KEEP]);
	put_unknown(out, report);
	strbuf_append_char(out, '\n');
}

static void put_next(struct strbuf *out, const struct plan_report *report)
{
	size_t blocked = plan_blocked(report->plan);
	int obstruction = plan_obstruction(report->plan);

	if (!plan_has_work(report->plan) && blocked == 0 && obstruction == 0)
		strbuf_append_c(out, "Nothing is to be done.\n");
	else if (obstruction > 1)
		strbuf_append_c(out, "Nothing was written, and nothing will be before the errors above are mended.\n");
	else if (obstruction == 1 && blocked > 0 && !report->plan->partial)
		strbuf_append_c(out, "Nothing was written. --apply will write nothing as long as something is blocked; "
				     "--apply --partial writes the rest.\n");
	else if (obstruction == 1)
		strbuf_append_c(out, "Nothing was written, and --apply will refuse for the reasons above.\n");
	else if (plan_has_work(report->plan))
		strbuf_append_c(out, "Nothing was written yet: the same command with --apply carries this out.\n");
	else
		strbuf_append_c(out, "Nothing can be written as long as this is blocked.\n");
}

void plan_text(struct strbuf *out, const struct plan_report *report)
{
	const struct vec *entries = &report->plan->entries;

	put_head(out, report);
	for (size_t i = 0; i < entries->len; i++)
		put_entry(out, report, vec_pointer(entries, i), false);
	if (plan_blocked(report->plan) > 0) {
		strbuf_append_char(out, '\n');
		style_text(out, STYLE_ERROR, report->color, "What cannot be done:");
		strbuf_append_char(out, '\n');
	}
	for (size_t i = 0; i < entries->len; i++)
		put_entry(out, report, vec_pointer(entries, i), true);
	put_hints(out, report);
	put_notes(out, report);
	put_counts(out, report);
	if (!report->quiet)
		put_next(out, report);
}

static void put_step(struct strbuf *out, const struct plan_report *report, const struct apply_step *step)
{
	bool failed = step->state == APPLY_FAILED;

	style_text(out, failed ? STYLE_ERROR : STYLE_WARNING, report->color, failed ? "failed" : "not tried");
	strbuf_append_c(out, ": ");
	style_begin(out, STYLE_STRONG, report->color);
	strbuf_append_visible(out, step->entry);
	strbuf_append_char(out, '/');
	strbuf_append_visible(out, step->key);
	style_end(out, STYLE_STRONG, report->color);
	if (!str_is_absent(step->cause)) {
		strbuf_append_c(out, ": ");
		strbuf_append_visible(out, step->cause);
	}
	strbuf_append_char(out, '\n');
}

static void put_deletions(struct strbuf *out, const struct plan_report *report, const struct apply_result *result)
{
	for (size_t i = 0; i < result->deletions.len; i++) {
		const struct apply_deletion *deletion = vec_at(&result->deletions, i);

		strbuf_append_c(out, "deleted: ");
		put_visible(out, STYLE_STRONG, report->color, deletion->entry);
		if (!str_is_absent(deletion->undelete)) {
			strbuf_append_c(out, ", brought back by: ");
			put_visible(out, STYLE_CODE, report->color, deletion->undelete);
		}
		strbuf_append_char(out, '\n');
	}
}

/* "3 secrets in 2 entries written": how many of those that are done, and in how many entries. */
static size_t put_done(struct strbuf *out, const struct apply_result *result, bool deleted)
{
	struct str last = STR_ABSENT;
	size_t secrets = 0;
	size_t entries = 0;

	for (size_t i = 0; i < result->steps.len; i++) {
		const struct apply_step *step = vec_at(&result->steps, i);

		if (step->state != APPLY_DONE || (step->action == PLAN_DELETE) != deleted)
			continue;
		secrets++;
		entries += str_is_absent(last) || !str_equal(step->entry, last);
		last = step->entry;
	}
	if (secrets > 0)
		strbuf_printf(out, "%zu secret%s in %zu entr%s %s, ", secrets, secrets == 1 ? "" : "s", entries,
			entries == 1 ? "y" : "ies", deleted ? "deleted" : "written");
	return secrets;
}

void apply_text(struct strbuf *out, const struct plan_report *report, const struct apply_result *result)
{
	size_t failed = result->count[APPLY_FAILED];
	size_t open = result->count[APPLY_NOT_TRIED] - result->blocked;

	for (size_t i = 0; i < result->steps.len; i++) {
		const struct apply_step *step = vec_at(&result->steps, i);

		if (step->state == APPLY_FAILED || (step->state == APPLY_NOT_TRIED && step->action != PLAN_BLOCKED &&
							   step->action != PLAN_CONFLICT))
			put_step(out, report, step);
	}
	put_deletions(out, report, result);
	if (put_done(out, result, false) + put_done(out, result, true) == 0 && result->deletions.len == 0)
		strbuf_append_c(out, "Nothing was written, ");
	if (failed > 0)
		strbuf_printf(out, "%zu failed, ", failed);
	if (open > 0)
		strbuf_printf(out, "%zu not tried, ", open);
	if (result->blocked > 0)
		strbuf_printf(out, "%zu blocked, ", result->blocked);
	strbuf_printf(out, "%zu kept\n", result->count[APPLY_KEPT]);
	if (report->quiet || !result->unfinished)
		return;
	strbuf_append_c(out, "Nothing is lost: the same command again does what is left.");
	if (!str_is_absent(report->journal)) {
		strbuf_append_c(out, " What was done is written down in ");
		strbuf_append_visible(out, report->journal);
	}
	strbuf_append_char(out, '\n');
}
