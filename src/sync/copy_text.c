/* How a copy is told. */
#include "base/json_writer.h"
#include "base/utf8.h"
#include "sync/copy.h"

static const struct {
	const char *name;
	const char *shown;
} actions[] = {
#define X(id, name, shown) [COPY_##id] = {name, shown},
	COPY_ACTIONS(X)
#undef X
};

static void append_names(struct strbuf *out, const char *before, const struct vec *names)
{
	for (size_t i = 0; i < names->len; i++) {
		strbuf_append_c(out, i == 0 ? before : ", ");
		strbuf_append_visible(out, *(const struct str *)vec_at(names, i));
	}
}

static void append_reason(struct strbuf *out, const struct copy_step *step)
{
	switch (step->action) {
	case COPY_CREATE:
		strbuf_printf(out, ": %zu key%s", step->keys.len, step->keys.len == 1 ? "" : "s");
		break;
	case COPY_OVERWRITE:
	case COPY_REFUSE:
		append_names(out, ": differs in ", &step->keys);
		append_names(out, step->keys.len > 0 ? "; would lose " : ": would lose ", &step->dropped);
		break;
	case COPY_KEEP:
		strbuf_append_c(out, ": the same");
		break;
	case COPY_BLOCK:
	case COPY_ACTION_COUNT:
		break;
	}
	if (!str_is_absent(step->failure)) {
		strbuf_append_c(out, step->outcome == COPY_FAILED ? "; failed: " : ": ");
		strbuf_append_visible(out, step->failure);
	}
}

void copy_text(struct strbuf *out, const struct copy *copy, struct str from, struct str to, bool quiet)
{
	strbuf_printf(out, "From %.*s\nto   %.*s\n", STR_ARG(from), STR_ARG(to));
	for (size_t i = 0; i < copy->steps.len; i++) {
		const struct copy_step *step = vec_at(&copy->steps, i);
		if (quiet && step->action == COPY_KEEP)
			continue;
		strbuf_printf(out, "  %-9s ", actions[step->action].shown);
		strbuf_append_visible(out, step->entry->name);
		append_reason(out, step);
		strbuf_append_char(out, '\n');
	}
	strbuf_printf(out, "%zu to copy, %zu to overwrite, %zu the same", copy_count(copy, COPY_CREATE),
		copy_count(copy, COPY_OVERWRITE), copy_count(copy, COPY_KEEP));
	if (copy_count(copy, COPY_BLOCK) > 0)
		strbuf_printf(out, ", %zu blocked", copy_count(copy, COPY_BLOCK));
	if (copy_count(copy, COPY_REFUSE) > 0)
		strbuf_printf(out, ", %zu refused (--overwrite copies over what differs, --exclude leaves it out)",
			copy_count(copy, COPY_REFUSE));
	strbuf_append_char(out, '\n');
}

static void write_names(struct json_writer *json, const char *key, const struct vec *names)
{
	json_key(json, key);
	json_begin_array(json);
	for (size_t i = 0; i < names->len; i++)
		json_string(json, *(const struct str *)vec_at(names, i));
	json_end_array(json);
}

void copy_json(struct strbuf *out, const struct copy *copy, struct str from, struct str to)
{
	static const char *const outcomes[] = {
		[COPY_NOT_TRIED] = NULL,
		[COPY_DONE] = "done",
		[COPY_FAILED] = "failed",
	};
	struct json_writer json;

	json_writer_init(&json, out, 2);
	json_begin_object(&json);
	json_member_uint(&json, "version", 1);
	json_member_str(&json, "from", from);
	json_member_str(&json, "to", to);
	json_key(&json, "entries");
	json_begin_array(&json);
	for (size_t i = 0; i < copy->steps.len; i++) {
		const struct copy_step *step = vec_at(&copy->steps, i);
		json_begin_object(&json);
		json_member_str(&json, "name", step->entry->name);
		json_member_c(&json, "action", actions[step->action].name);
		write_names(&json, "keys", &step->keys);
		write_names(&json, "dropped", &step->dropped);
		json_member_str(&json, "reason", step->failure);
		json_member_str(
			&json, "outcome", outcomes[step->outcome] ? str_of(outcomes[step->outcome]) : STR_ABSENT);
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
	json_writer_release(&json);
	strbuf_append_char(out, '\n');
}

void copy_summary(struct strbuf *out, const struct copy *copy)
{
	size_t done = 0;

	for (size_t i = 0; i < copy->steps.len; i++) {
		const struct copy_step *step = vec_at(&copy->steps, i);
		done += step->outcome == COPY_DONE;
		if (step->outcome != COPY_FAILED)
			continue;
		strbuf_append_c(out, "failed    ");
		strbuf_append_visible(out, step->entry->name);
		strbuf_append_c(out, ": ");
		strbuf_append_visible(out, step->failure);
		strbuf_append_char(out, '\n');
	}
	strbuf_printf(
		out, "%zu of %zu copied\n", done, copy_count(copy, COPY_CREATE) + copy_count(copy, COPY_OVERWRITE));
}
