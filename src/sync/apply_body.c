#include "generate/verify.h"
#include "store/json_values.h"
#include "sync/apply_private.h"

static void add_stored(struct apply_entry *entry, const struct plan_key *planned)
{
	*(struct apply_member *)vec_push(&entry->members) =
		(struct apply_member){.key = planned->key, .json = planned->stored->json};
}

static bool add_changed(struct apply_entry *entry, struct apply_key *key)
{
	const struct plan_key *planned = key->planned;
	struct str why = STR_ABSENT;
	struct secret *value = apply_value(key, entry, &why);

	if (!value) {
		apply_settle(entry, APPLY_NOT_TRIED,
			arena_printf(&entry->apply->arena, "%.*s: %.*s", STR_ARG(planned->key), STR_ARG(why)));
		return false;
	}
	*(struct apply_member *)vec_push(&entry->members) =
		(struct apply_member){.key = planned->key, .changed = key, .text = value};
	return true;
}

/* Whether the write under way gives a key another value than the store holds. */
static bool is_changed(const struct apply_key *key)
{
	enum plan_value kind = key->planned->value_kind;

	if (key->entry->is_early && !key->planned->early)
		return false;
	if (!apply_changes(key->planned->action) || key->planned->action == PLAN_DELETE)
		return false;
	return kind == PLAN_VALUE_KNOWN || kind == PLAN_VALUE_GENERATED || kind == PLAN_VALUE_COPIED;
}

/* NULL and an error where a value cannot be a string of JSON. */
static struct secret *build_body(const struct vec *members, struct error *error)
{
	struct vec values = VEC_INIT(struct store_value);
	struct secret *body;

	for (size_t i = 0; i < members->len; i++) {
		const struct apply_member *member = vec_at(members, i);

		*(struct store_value *)vec_push(&values) =
			(struct store_value){.key = member->key, .text = member->text, .json = member->json};
	}
	body = json_values_write(&values, 0, error);
	vec_release(&values);
	return body;
}

void apply_discard(struct apply_entry *entry)
{
	secret_free(entry->body);
	entry->body = NULL;
	vec_clear(&entry->members);
}

bool apply_compose(struct apply_entry *entry)
{
	struct error error = ERROR_INIT;

	apply_discard(entry);
	for (size_t i = 0; i < entry->keys.len; i++) {
		struct apply_key *key = vec_pointer(&entry->keys, i);

		if (is_changed(key)) {
			if (!add_changed(entry, key))
				return false;
		} else if (key->planned->stored && (key->planned->action != PLAN_DELETE || entry->is_early)) {
			add_stored(entry, key->planned);
		}
	}
	entry->body = build_body(&entry->members, &error);
	if (!entry->body)
		apply_settle(entry, APPLY_FAILED, str_of(error.message));
	error_release(&error);
	return entry->body != NULL;
}

/* Whether the store holds a member as it was written; numbers and objects may come back in another spelling. */
static bool member_matches(const struct apply_member *member, const struct store_value *value)
{
	if (member->text)
		return value->text && secret_equal(member->text, value->text);
	return secret_equal(member->json, value->json) || verify_json_equal(member->json, value->json);
}

bool apply_matches(const struct apply_entry *entry, const struct store_entry *stored)
{
	if (stored->state != STORE_PRESENT || stored->values.len != entry->members.len)
		return false;
	for (size_t i = 0; i < entry->members.len; i++) {
		const struct apply_member *member = vec_at(&entry->members, i);
		const struct store_value *value = store_entry_find(stored, member->key);

		if (!value || !member_matches(member, value))
			return false;
	}
	return true;
}
