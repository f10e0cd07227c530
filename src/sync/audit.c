#include "sync/audit.h"

#include <stdlib.h>

#include "base/json_writer.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "sync/plan_private.h"

struct class_row {
	unsigned bit;
	const char *name;
	const char *heading;
};

static const struct class_row classes[] = {
#define CLASS_ROW(enumerator, bit, name, heading) {enumerator, name, heading},
	AUDIT_CLASSES(CLASS_ROW)
#undef CLASS_ROW
};
_Static_assert(sizeof(classes) / sizeof(classes[0]) == AUDIT_CLASS_COUNT, "each class has its place");

/* Classes that Phalanx does not have tell their reason. */
static bool is_ours(const struct class_row *row)
{
	return row->bit == AUDIT_MALFORMED || row->bit == AUDIT_STALE;
}

/* An item that is missing is one line, whatever would lie in it. */
static bool is_whole_item(const struct class_row *row, const struct plan_key *key)
{
	return row->bit == AUDIT_NOT_IN_ONEPASSWORD && key->no_item;
}

static struct str line_of(struct audit *audit, const struct class_row *row, const struct plan_key *key)
{
	struct strbuf line = STRBUF_INIT;
	struct str copy;

	strbuf_append_visible(&line, key->entry->name);
	if (!is_whole_item(row, key) && (key->secret || !key->managed)) {
		strbuf_append_char(&line, row->bit == AUDIT_UNRESOLVED ? '/' : ' ');
		strbuf_append_visible(&line, key->key);
	}
	copy = arena_str(&audit->arena, strbuf_str(&line));
	strbuf_release(&line);
	return copy;
}

static struct str reason_of(const struct class_row *row, const struct plan_key *key)
{
	return row->bit == AUDIT_MALFORMED ? key->malformed : key->reason;
}

static void add(struct audit *audit, size_t place, const struct plan_key *key)
{
	const struct class_row *row = &classes[place];
	struct vec *findings = &audit->findings[place];
	struct audit_finding *finding;

	if (findings->len > 0 && is_whole_item(row, key)) {
		const struct audit_finding *last = vec_last(findings);

		if (last->key->entry == key->entry && is_whole_item(row, last->key))
			return;
	}
	finding = vec_push(findings);
	finding->key = key;
	finding->text = line_of(audit, row, key);
	finding->reason = reason_of(row, key);
}

static int compare_findings(const void *a, const void *b)
{
	return str_compare(((const struct audit_finding *)a)->text, ((const struct audit_finding *)b)->text);
}

struct audit *audit_new(const struct plan *plan)
{
	struct audit *audit = xcalloc(1, sizeof(*audit));

	arena_init(&audit->arena);
	audit->plan = plan;
	for (size_t place = 0; place < AUDIT_CLASS_COUNT; place++)
		vec_init(&audit->findings[place], sizeof(struct audit_finding));
	for (size_t i = 0; i < plan->entries.len; i++) {
		const struct plan_entry *entry = vec_pointer(&plan->entries, i);

		for (size_t j = 0; j < entry->keys.len; j++) {
			const struct plan_key *key = vec_pointer(&entry->keys, j);

			for (size_t place = 0; place < AUDIT_CLASS_COUNT; place++) {
				if (key->audit & classes[place].bit)
					add(audit, place, key);
			}
		}
	}
	for (size_t place = 0; place < AUDIT_CLASS_COUNT; place++)
		vec_sort(&audit->findings[place], compare_findings);
	return audit;
}

void audit_free(struct audit *audit)
{
	if (!audit)
		return;
	for (size_t place = 0; place < AUDIT_CLASS_COUNT; place++)
		vec_release(&audit->findings[place]);
	arena_release(&audit->arena);
	free(audit);
}

bool audit_is_clean(const struct audit *audit)
{
	for (size_t place = 0; place < AUDIT_CLASS_COUNT; place++) {
		if (audit->findings[place].len > 0)
			return false;
	}
	return true;
}

void audit_text(struct strbuf *out, const struct audit *audit)
{
	bool first = true;

	for (size_t place = 0; place < AUDIT_CLASS_COUNT; place++) {
		const struct vec *findings = &audit->findings[place];

		if (findings->len == 0)
			continue;
		if (!first)
			strbuf_append_char(out, '\n');
		first = false;
		strbuf_printf(out, "%s\n", classes[place].heading);
		for (size_t i = 0; i < findings->len; i++) {
			const struct audit_finding *finding = vec_at(findings, i);

			strbuf_printf(out, "• %.*s", STR_ARG(finding->text));
			if (is_ours(&classes[place]))
				strbuf_printf(out, " (%.*s)", STR_ARG(finding->reason));
			strbuf_append_char(out, '\n');
		}
	}
}

static void write_finding(struct json_writer *json, const struct class_row *row, const struct audit_finding *finding)
{
	json_begin_object(json);
	json_member_str(json, "entry", finding->key->entry->name);
	json_member_str(json, "key", is_whole_item(row, finding->key) ? STR_ABSENT : finding->key->key);
	json_member_str(json, "reason", finding->reason);
	json_member_uint(json, "row", finding->key->row);
	json_end_object(json);
}

void audit_json(struct strbuf *out, const struct audit *audit)
{
	struct json_writer json;

	json_writer_init(&json, out, 2);
	json_begin_object(&json);
	json_member_uint(&json, "version", 1);
	json_member_str(&json, "environment", audit->plan->resolution->environment->name);
	json_member_str(&json, "store", audit->plan->store_name);
	json_member_bool(&json, "clean", audit_is_clean(audit));
	for (size_t place = 0; place < AUDIT_CLASS_COUNT; place++) {
		json_key(&json, classes[place].name);
		json_begin_array(&json);
		for (size_t i = 0; i < audit->findings[place].len; i++)
			write_finding(&json, &classes[place], vec_at(&audit->findings[place], i));
		json_end_array(&json);
	}
	json_end_object(&json);
	json_writer_release(&json);
	strbuf_append_char(out, '\n');
}
