#include "base/json_writer.h"
#include "sync/plan_report.h"

static struct str value_name(enum plan_value value)
{
	static const char *const names[] = {
		[PLAN_VALUE_NONE] = "none",
		[PLAN_VALUE_STORED] = "stored",
		[PLAN_VALUE_KNOWN] = "known",
		[PLAN_VALUE_GENERATED] = "generated",
		[PLAN_VALUE_COPIED] = "copied",
	};

	return str_of(names[value]);
}

static struct str note_name(enum plan_note_kind kind)
{
	static const char *const names[] = {
		[PLAN_NOTE_FOLDER] = "folder",
		[PLAN_NOTE_DROPPED_CLIENT] = "dropped-client",
		[PLAN_NOTE_RESTART] = "restart",
		[PLAN_NOTE_KEPT] = "kept",
		[PLAN_NOTE_REFUSED] = "refused",
		[PLAN_NOTE_MALFORMED] = "malformed",
		[PLAN_NOTE_USAGE] = "usage",
		[PLAN_NOTE_WARNING] = "warning",
	};

	return str_of(names[kind]);
}

struct str given_source_name(enum given_source source)
{
	static const char *const names[] = {
		[GIVEN_NONE] = "store",
		[GIVEN_FILE] = "file",
		[GIVEN_ONEPASSWORD] = "onepassword",
	};

	return str_of(names[source]);
}

static const char *const entry_actions[] = {
	[PLAN_ENTRY_KEEP] = "keep",
	[PLAN_ENTRY_WRITE] = "write",
	[PLAN_ENTRY_DELETE] = "delete",
};

/* Absent and empty texts are null. */
static void member_text(struct json_writer *json, const char *key, struct str text)
{
	json_member_str(json, key, text.len > 0 ? text : STR_ABSENT);
}

static void write_key(struct json_writer *json, const struct plan_key *key)
{
	bool generated = key->value_kind == PLAN_VALUE_GENERATED;

	json_begin_object(json);
	json_member_str(json, "key", key->key);
	json_member_bool(json, "managed", key->managed);
	json_member_str(json, "action", plan_action_name(key->action));
	json_member_uint(json, "row", key->row);
	member_text(json, "reason", key->reason);
	json_member_str(json, "value", value_name(key->value_kind));
	json_member_str(json, "generate", generated ? generate_type_name(key->generate) : STR_ABSENT);
	json_key(json, "source");
	if (key->source) {
		json_begin_object(json);
		json_member_str(json, "application", key->source->entry->name);
		json_member_str(json, "key", key->source->key);
		json_end_object(json);
	} else {
		json_null(json);
	}
	json_end_object(json);
}

static void write_entry(struct json_writer *json, const struct plan_entry *entry)
{
	json_begin_object(json);
	json_member_str(json, "name", entry->name);
	json_member_c(json, "action", entry_actions[entry->action]);
	json_member_uint(json, "version", entry->cas);
	json_member_bool(json, "present", entry->stored != NULL);
	json_member_uint(json, "level", entry->level);
	member_text(json, "obstacle", entry->obstacle);
	json_key(json, "keys");
	json_begin_array(json);
	for (size_t i = 0; i < entry->keys.len; i++)
		write_key(json, vec_pointer(&entry->keys, i));
	json_end_array(json);
	json_end_object(json);
}

static void write_entries(struct json_writer *json, const struct plan *plan)
{
	json_key(json, "entries");
	json_begin_array(json);
	for (size_t i = 0; i < plan->entries.len; i++) {
		const struct plan_entry *entry = vec_pointer(&plan->entries, i);

		if (!entry->excluded)
			write_entry(json, entry);
	}
	json_end_array(json);
}

static void write_notes(struct json_writer *json, const struct plan *plan)
{
	json_key(json, "notes");
	json_begin_array(json);
	for (size_t i = 0; i < plan->notes.len; i++) {
		const struct plan_note *note = vec_at(&plan->notes, i);

		json_begin_object(json);
		json_member_str(json, "kind", note_name(note->kind));
		json_member_str(json, "text", note->text);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_summary(struct json_writer *json, const struct plan *plan)
{
	json_key(json, "summary");
	json_begin_object(json);
	for (int action = PLAN_KEEP; action <= PLAN_BLOCKED; action++) {
		json_key_str(json, plan_action_name((enum plan_action)action));
		json_uint(json, plan->count[action]);
	}
	json_member_uint(json, "deletions", plan->deletions);
	json_end_object(json);
}

static void write_steps(struct json_writer *json, const struct apply_result *result)
{
	json_key(json, "steps");
	json_begin_array(json);
	for (size_t i = 0; i < result->steps.len; i++) {
		const struct apply_step *step = vec_at(&result->steps, i);

		json_begin_object(json);
		json_member_str(json, "entry", step->entry);
		json_member_str(json, "key", step->key);
		json_member_str(json, "action", plan_action_name(step->action));
		json_member_str(json, "state", apply_state_name(step->state));
		json_member_uint(json, "version", step->version);
		member_text(json, "cause", step->cause);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_deletions(struct json_writer *json, const struct apply_result *result)
{
	json_key(json, "deleted");
	json_begin_array(json);
	for (size_t i = 0; i < result->deletions.len; i++) {
		const struct apply_deletion *deletion = vec_at(&result->deletions, i);

		json_begin_object(json);
		json_member_str(json, "entry", deletion->entry);
		json_member_uint(json, "version", deletion->version);
		member_text(json, "undelete", deletion->undelete);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_result(struct json_writer *json, const struct apply_result *result, struct str journal)
{
	json_key(json, "result");
	if (!result) {
		json_null(json);
		return;
	}
	json_begin_object(json);
	json_member_bool(json, "finished", !result->unfinished);
	json_member_uint(json, "signal", (uint64_t)result->signal);
	member_text(json, "journal", journal);
	write_steps(json, result);
	write_deletions(json, result);
	json_key(json, "summary");
	json_begin_object(json);
	for (int state = APPLY_KEPT; state < APPLY_STATE_COUNT; state++) {
		json_key_str(json, apply_state_name((enum apply_state)state));
		json_uint(json, result->count[state]);
	}
	json_member_uint(json, "blocked", result->blocked);
	json_end_object(json);
	json_end_object(json);
}

void plan_json(struct strbuf *out, const struct plan_report *report, const struct apply_result *result)
{
	struct json_writer json;

	json_writer_init(&json, out, 2);
	json_begin_object(&json);
	json_member_uint(&json, "version", 1);
	json_member_str(&json, "environment", report->plan->resolution->environment->name);
	json_member_str(&json, "store", report->plan->store_name);
	json_key(&json, "source");
	json_begin_object(&json);
	json_member_str(&json, "kind", given_source_name(report->given->source));
	member_text(&json, "name", report->given->name);
	json_end_object(&json);
	write_entries(&json, report->plan);
	write_notes(&json, report->plan);
	write_summary(&json, report->plan);
	write_result(&json, result, report->journal);
	json_end_object(&json);
	json_writer_release(&json);
	strbuf_append_char(out, '\n');
}
