/* What a plan says beside its steps. */
#include "sync/plan_private.h"

void plan_note(struct plan *plan, enum plan_note_kind kind, const char *format, ...)
{
	struct plan_note *note = vec_push(&plan->notes);
	va_list args;

	va_start(args, format);
	note->kind = kind;
	note->text = arena_vprintf(&plan->arena, format, args);
	va_end(args);
}

static void note_restarts_of(struct planner *planner, struct map *seen, const struct plan_key *key)
{
	struct plan *plan = planner->plan;
	struct vec uses;

	delivery_uses_of(&uses, planner->input->delivery, key->entry->name, key->key);
	for (size_t i = 0; i < uses.len; i++) {
		const struct vault_use *use = vec_pointer(&uses, i);
		struct str title;

		if (!use->consumer)
			continue;
		title = plan_object_title(plan, vault_use_object(use));
		title = arena_printf(&plan->arena, "%.*s of %.*s, which uses what changes%s", STR_ARG(title),
			STR_ARG(vault_use_application(use)->name), use->maybe ? ", if it is there" : "");
		if (map_has(seen, title))
			continue;
		map_set(seen, title, NULL);
		plan_note(plan, PLAN_NOTE_RESTART, "%.*s", STR_ARG(title));
	}
	vec_release(&uses);
}

static void note_restarts(struct planner *planner)
{
	struct map seen;

	map_init(&seen);
	for (size_t i = 0; planner->input->delivery && i < planner->plan->entries.len; i++) {
		const struct plan_entry *entry = vec_pointer(&planner->plan->entries, i);

		for (size_t j = 0; j < entry->keys.len; j++) {
			const struct plan_key *key = vec_pointer(&entry->keys, j);

			if (key->action == PLAN_ROTATE || key->action == PLAN_UPDATE)
				note_restarts_of(planner, &seen, key);
		}
	}
	map_release(&seen);
}

/* What is left out keeps its value, although what it is made from gets another: a person has to know. */
static void note_left_behind(struct plan *plan)
{
	for (size_t i = 0; i < plan->entries.len; i++) {
		const struct plan_entry *entry = vec_pointer(&plan->entries, i);

		for (size_t j = 0; entry->excluded && j < entry->keys.len; j++) {
			const struct plan_key *key = vec_pointer(&entry->keys, j);

			if (!key->source || !key->stored || !plan_changes(key->source->action))
				continue;
			plan_note(plan, PLAN_NOTE_WARNING,
				"%.*s is left out and stays, although %.*s, which it is made from, changes",
				STR_ARG(plan_key_title(plan, key)), STR_ARG(plan_key_title(plan, key->source)));
		}
	}
}

/* A value that nobody asks for may be meant for a name that was misspelt. */
static void note_unused(struct planner *planner)
{
	const struct given_values *given = planner->input->given;
	struct plan *plan = planner->plan;

	for (size_t i = 0; given && i < given->secrets.len; i++) {
		const struct given_secret *secret = vec_pointer(&given->secrets, i);
		const struct plan_key *key = plan_find_key(plan, secret->application, secret->key);
		struct str title;

		if (secret->state != GIVEN_VALUE || (key && key->secret && key->secret->origin == ORIGIN_STATIC) ||
			plan_is_excluded(planner, secret->application))
			continue;
		title = arena_printf(&plan->arena, "%.*s/%.*s", STR_ARG(secret->application), STR_ARG(secret->key));
		title = plan_visible(plan, title);
		plan_note(plan, PLAN_NOTE_WARNING, "%.*s: %s, so that the value that is given for it is not used",
			STR_ARG(title),
			key && key->secret ? "it is not static in this environment"
					   : "the environment needs no such secret");
	}
}

static void note_source(struct planner *planner)
{
	const struct given_values *given = planner->input->given;

	for (size_t i = 0; given && i < given->problems.len; i++)
		plan_note(planner->plan, PLAN_NOTE_MALFORMED, "%.*s",
			STR_ARG(*(const struct str *)vec_at(&given->problems, i)));
}

static void note_folders(struct planner *planner)
{
	const struct store_snapshot *remote = planner->input->remote;

	for (size_t i = 0; i < remote->folders.len; i++) {
		struct str name = *(const struct str *)vec_at(&remote->folders, i);

		if (str_ends_with(name, STR("/")))
			name = str_slice(name, 0, name.len - 1);
		if (plan_is_excluded(planner, name))
			continue;
		plan_note(planner->plan, PLAN_NOTE_FOLDER,
			"%.*s/ is a folder in the store: it is not looked into and not touched",
			STR_ARG(plan_visible(planner->plan, name)));
	}
}

static void note_refusals(struct planner *planner)
{
	struct plan *plan = planner->plan;

	if (plan->deletions > planner->options->max_delete)
		plan_note(plan, PLAN_NOTE_REFUSED,
			"%zu deletion%s, more than the %u that --max-delete allows: where that is meant, give "
			"--max-delete %zu",
			plan->deletions, plan->deletions == 1 ? "" : "s", planner->options->max_delete,
			plan->deletions);
}

void plan_add_notes(struct planner *planner)
{
	note_source(planner);
	note_folders(planner);
	note_restarts(planner);
	note_left_behind(planner->plan);
	note_unused(planner);
	note_refusals(planner);
}
