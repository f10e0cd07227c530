#include "sync/plan_rows.h"

#include "sync/audit.h"

static const struct plan_row rows[] = {
#define ROW(number, desire, known, remote, action, value, audit, reason)                                               \
	{(number), (desire), (known), (remote), (action), (value), (audit), (reason)},
#include "sync/plan_rows.def"
#undef ROW
};

#define ROW_COUNT                      (sizeof(rows) / sizeof(rows[0]))

#define STATE_WORDS(enumerator, words) [enumerator] = (words),
static const char *const desire_words[] = {PLAN_DESIRES(STATE_WORDS)};
static const char *const known_words[] = {PLAN_KNOWLEDGE(STATE_WORDS)};
static const char *const remote_words[] = {PLAN_REMOTES(STATE_WORDS)};
#undef STATE_WORDS

static const char *const value_words[] = {
	[PLAN_VALUE_NONE] = "nothing",
	[PLAN_VALUE_STORED] = "what is stored",
	[PLAN_VALUE_KNOWN] = "the value",
	[PLAN_VALUE_GENERATED] = "a new value",
	[PLAN_VALUE_COPIED] = "the source's new value",
};

const struct plan_row *plan_row_at(size_t index)
{
	return index < ROW_COUNT ? &rows[index] : NULL;
}

const struct plan_row *plan_row_find(unsigned number)
{
	for (size_t i = 0; i < ROW_COUNT; i++) {
		if (rows[i].number == number)
			return &rows[i];
	}
	return NULL;
}

static bool row_fits(
	const struct plan_row *row, enum plan_desire desire, enum plan_known known, enum plan_remote remote)
{
	if (row->desire != desire || (row->known != KNOWN_ANY && row->known != known))
		return false;
	return row->remote == remote || (row->remote == REMOTE_PRESENT && remote != REMOTE_ABSENT);
}

const struct plan_row *plan_row_for(enum plan_desire desire, enum plan_known known, enum plan_remote remote)
{
	for (size_t i = 0; i < ROW_COUNT; i++) {
		if (row_fits(&rows[i], desire, known, remote))
			return &rows[i];
	}
	return NULL;
}

static void append_audit(struct strbuf *out, unsigned audit)
{
	static const struct {
		unsigned bit;
		const char *name;
	} classes[] = {
#define CLASS_NAME(enumerator, bit, name, heading) {enumerator, name},
		AUDIT_CLASSES(CLASS_NAME)
#undef CLASS_NAME
	};
	const char *separator = "";

	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
		if (!(audit & classes[i].bit))
			continue;
		strbuf_printf(out, "%s`%s`", separator, classes[i].name);
		separator = ", ";
	}
	if (audit == 0)
		strbuf_append_c(out, "—");
}

static void append_row(struct strbuf *out, const struct plan_row *row)
{
	struct str action = plan_action_name(row->action);

	strbuf_printf(out, "| %u | %s | %s | **%.*s** | %s | ", row->number, known_words[row->known],
		remote_words[row->remote], STR_ARG(action), value_words[row->value]);
	append_audit(out, row->audit);
	strbuf_printf(out, " | %s |\n", row->reason);
}

void plan_rows_markdown(struct strbuf *out)
{
	strbuf_append_c(out, "# What sync decides\n\n"
			     "Each key of each entry is decided by one row, which `--format json` names. Of the rows "
			     "of a desire, the "
			     "first that fits counts. `{source}` is the key that it is copied\nor derived from, "
			     "`{given}` the static "
			     "source, `{why}` a clause that the case brings along. The table is "
			     "`src/sync/plan_rows.def`; a test holds "
			     "this page against it.\n");
	for (size_t i = 0; i < ROW_COUNT; i++) {
		if (i == 0 || rows[i].desire != rows[i - 1].desire) {
			const char *words = desire_words[rows[i].desire];

			strbuf_printf(out, "\n## Desired: %s\n\n", words);
			strbuf_append_c(out,
				"| row | known | the store holds | action | then it has | audit | reason |\n"
				"|---|---|---|---|---|---|---|\n");
		}
		append_row(out, &rows[i]);
	}
}
