#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json_writer.h"
#include "sync/plan_file_private.h"
#include "sync/plan_report.h"

/* What a plan begins with: whatever else there is, is not overwritten. */
#define PLAN_BEGINNING "{\n  \"plan\": 1,"

static void write_words(struct json_writer *json, const char *key, const struct vec *words)
{
	json_key(json, key);
	json_begin_array(json);
	for (size_t i = 0; words && i < words->len; i++)
		json_string(json, *(struct str *)vec_at(words, i));
	json_end_array(json);
}

static void write_options(struct json_writer *json, const struct plan_options *options)
{
	json_key(json, "options");
	json_begin_object(json);
	write_words(json, "only", options->only);
	write_words(json, "exclude", options->exclude);
	write_words(json, "rotate", options->rotate);
	for (size_t i = 0; i < PLAN_FILE_FLAG_COUNT; i++)
		json_member_bool(json, plan_file_flags[i].name,
			*(const bool *)((const char *)options + plan_file_flags[i].offset));
	json_member_uint(json, "maxDelete", options->max_delete);
	json_end_object(json);
}

static void write_values(struct json_writer *json, const struct vec *values)
{
	json_key(json, "static");
	json_begin_array(json);
	for (size_t i = 0; i < values->len; i++) {
		const struct plan_static *value = vec_at(values, i);

		json_begin_object(json);
		json_member_str(json, "name", value->name);
		json_member_str(json, "state", value->state);
		json_member_str(json, "digest", value->digest);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_entries(struct json_writer *json, const struct store_snapshot *remote)
{
	struct vec entries = VEC_INIT(struct plan_file_entry);

	plan_file_list_entries(&entries, remote);
	json_key(json, "entries");
	json_begin_array(json);
	for (size_t i = 0; i < entries.len; i++) {
		const struct plan_file_entry *entry = vec_at(&entries, i);

		json_begin_object(json);
		json_member_str(json, "name", entry->name);
		json_member_str(json, "state", entry->state);
		json_member_uint(json, "version", entry->version);
		json_end_object(json);
	}
	json_end_array(json);
	vec_release(&entries);
}

static void write_steps(struct json_writer *json, const struct vec *steps)
{
	json_key(json, "steps");
	json_begin_array(json);
	for (size_t i = 0; i < steps->len; i++) {
		const struct plan_file_step *step = vec_at(steps, i);

		json_begin_object(json);
		json_member_str(json, "entry", step->entry);
		json_member_str(json, "key", step->key);
		json_member_str(json, "action", step->action);
		json_member_uint(json, "row", step->row);
		json_member_str(json, "made", step->made);
		json_member_str(json, "digest", step->digest);
		json_end_object(json);
	}
	json_end_array(json);
}

static void render(
	struct strbuf *out, const struct plan_subject *subject, const struct vec *values, const struct vec *steps)
{
	struct json_writer json;

	json_writer_init(&json, out, 2);
	json_begin_object(&json);
	json_member_uint(&json, "plan", 1);
	json_member_str(&json, "environment", subject->plan->resolution->environment->name);
	json_member_str(&json, "store", subject->plan->store_name);
	write_options(&json, subject->options);
	json_key(&json, "source");
	json_begin_object(&json);
	json_member_str(&json, "kind", given_source_name(subject->given->source));
	json_member_str(&json, "name", subject->source);
	json_member_str(&json, "scheme", subject->scheme);
	json_end_object(&json);
	write_values(&json, values);
	write_entries(&json, subject->remote);
	write_steps(&json, steps);
	json_end_object(&json);
	json_writer_release(&json);
	strbuf_append_char(out, '\n');
}

/* What lies where the key would, and belongs to no plan, may be a key of something else. */
static bool check_key(const char *path, struct arena *arena, struct error *error)
{
	struct str key = plan_file_key_path(arena, path);

	return access(key.ptr, F_OK) != 0 || error_set(error, ERROR_USAGE,
						     "%s is there, and there is no plan that it belongs to; give "
						     "another name to --plan-out, or remove "
						     "it if it was the key of a plan",
						     key.ptr);
}

/* Whether what lies at a path may be replaced: nothing, or an earlier plan. */
static bool check_target(const char *path, struct arena *arena, struct error *error)
{
	struct error cause = ERROR_INIT;
	struct str text;
	bool good = false;

	if (access(path, F_OK) != 0)
		return check_key(path, arena, error);
	if (!file_read(&text, arena, AT_FDCWD, path, &cause))
		error_set(error, cause.kind, "%s %s", path, cause.message);
	else if (!str_starts_with(text, STR(PLAN_BEGINNING)))
		error_set(error, ERROR_USAGE, "%s is there and is no plan; give another name to --plan-out", path);
	else
		good = true;
	error_release(&cause);
	return good;
}

static bool write_private(const char *path, struct str text, struct error *error)
{
	struct error cause = ERROR_INIT;
	bool good = file_write(path, text, FILE_WRITE_PRIVATE | FILE_WRITE_SYNC, NULL, &cause);

	if (!good)
		error_set(error, cause.kind, "%s %s", path, cause.message);
	error_release(&cause);
	return good;
}

/* Ends the plan with its seal. */
static bool seal(struct strbuf *text, struct arena *arena, struct secret *key, struct error *error)
{
	struct str digest;

	if (!plan_file_seal(&digest, arena, strbuf_str(text), key, error))
		return false;
	strbuf_truncate(text, text->len - (sizeof(PLAN_END) - 1));
	strbuf_append_c(text, PLAN_SEAL_BEFORE);
	strbuf_append(text, digest);
	strbuf_append_c(text, PLAN_SEAL_AFTER);
	return true;
}

static bool compose(struct strbuf *text, struct arena *arena, const struct plan_subject *subject, struct secret *key,
	struct error *error)
{
	struct vec values = VEC_INIT(struct plan_static);
	struct vec steps = VEC_INIT(struct plan_file_step);
	bool good = plan_static_digest(&values, arena, subject->given, key, error) &&
		    plan_file_list_steps(&steps, arena, subject->plan, key, error);

	if (good) {
		render(text, subject, &values, &steps);
		good = seal(text, arena, key, error);
	}
	vec_release(&values);
	vec_release(&steps);
	return good;
}

bool plan_file_write(const char *path, const struct plan_subject *subject, struct error *error)
{
	struct strbuf text = STRBUF_INIT;
	struct secret *key = NULL;
	struct arena arena;
	bool good;

	arena_init_sensitive(&arena);
	good = check_target(path, &arena, error) && digest_key(&key, error) &&
	       compose(&text, &arena, subject, key, error);
	if (good) {
		struct str bytes = {.ptr = secret_bytes(key), .len = secret_size(key)};

		/* The key first: a plan without it is of no use. */
		good = write_private(plan_file_key_path(&arena, path).ptr, bytes, error) &&
		       write_private(path, strbuf_str(&text), error);
	}
	secret_free(key);
	strbuf_release(&text);
	arena_release(&arena);
	return good;
}
