#include "store/onepassword_private.h"

#define VAULTS_SHOWN_MAX 20

/* Whether a title can stand between quotes in a filter: no server says how others would be escaped. */
static bool fits_filter(struct str title)
{
	for (size_t i = 0; i < title.len; i++) {
		unsigned char byte = (unsigned char)title.ptr[i];

		if (byte == '"' || byte == '\\' || byte < ' ' || byte == 0x7F)
			return false;
	}
	return title.len > 0;
}

static void ask_vaults(struct onepassword_reading *reading);

/* Appends "name" or, to tell those of one name apart, "name" (id). */
static void append_vaults(struct strbuf *out, const struct vec *vaults, bool with_ids)
{
	for (size_t i = 0; i < vaults->len && i < VAULTS_SHOWN_MAX; i++) {
		const struct node *vault = vec_pointer(vaults, i);

		if (i > 0)
			strbuf_append_c(out, ", ");
		onepassword_append_name(out, node_string(node_get(vault, STR("name"))));
		if (with_ids) {
			strbuf_append_c(out, " with the id ");
			onepassword_append_name(out, node_string(node_get(vault, STR("id"))));
		}
	}
	if (vaults->len > VAULTS_SHOWN_MAX)
		strbuf_printf(out, " and %zu more", vaults->len - VAULTS_SHOWN_MAX);
}

/* Says that no vault, or not one alone, is the one; found are those that might be. */
static void refuse_vaults(struct onepassword_reading *reading, const struct vec *seen, const struct vec *found)
{
	struct str title = reading->client->vault_title;
	struct strbuf text = STRBUF_INIT;

	if (seen->len == 0) {
		strbuf_append_c(&text, "sees no vault at all; give it access to the one of this environment");
	} else if (str_is_absent(title)) {
		strbuf_printf(&text, "sees %zu vaults, and the environment does not say which: ", seen->len);
		append_vaults(&text, seen, false);
		strbuf_append_c(&text, "; set `onepassword.vaultTitle`, or take a token that sees one alone");
	} else if (found->len == 0) {
		strbuf_append_c(&text, "sees no vault ");
		onepassword_append_name(&text, title);
		strbuf_append_c(&text, ", but ");
		append_vaults(&text, seen, false);
		strbuf_append_c(&text, "; check `onepassword.vaultTitle`, or give it access");
	} else {
		strbuf_printf(&text, "sees %zu vaults of one title: ", found->len);
		append_vaults(&text, found, true);
		strbuf_append_c(&text, "; rename one, or take a token that sees one alone");
	}
	/* What a token does not see may be there: only too many are surely a matter of what is configured. */
	error_set(&reading->items->error,
		seen->len > 0 && (str_is_absent(title) || found->len > 0) ? ERROR_USAGE : ERROR_SYSTEM,
		"the token in OP_CONNECT_TOKEN for 1Password Connect at %.*s %s",
		STR_ARG(http_origin_name(reading->client->origin)), text.ptr);
	strbuf_release(&text);
}

/* Appends the vaults of an answer to seen, and those that might be the one to found (const struct node *). */
static bool sort_vaults(struct vec *seen, struct vec *found, const struct onepassword_reading *reading,
	const struct node *list, const struct onepassword_question *question)
{
	struct str title = reading->client->vault_title;
	bool good = node_is_sequence(list);

	list = node_resolve(list);
	for (uint32_t i = 0; good && i < list->sequence.count; i++) {
		const struct node *vault = list->sequence.items[i];
		struct str name = node_string(node_get(vault, STR("name")));

		good = node_string(node_get(vault, STR("id"))).len > 0 && !str_is_absent(name);
		vec_push_pointer(seen, vault);
		if (good && (str_is_absent(title) || str_equal(name, title)))
			vec_push_pointer(found, vault);
	}
	return good ||
	       onepassword_answer_refuse(question, "a list of vaults with ids and names", &reading->items->error);
}

/* Goes on with what was found: the one vault, the next way of looking for it, or an error. */
static void choose_vault(struct onepassword_reading *reading, const struct vec *seen, const struct vec *found)
{
	struct onepassword_items *items = reading->items;

	if (found->len == 1) {
		const struct node *vault = vec_pointer(found, 0);

		items->vault = arena_str(&items->arena, node_string(node_get(vault, STR("name"))));
		reading->vault_id = arena_str(&items->arena, node_string(node_get(vault, STR("id"))));
		onepassword_list(reading);
		return;
	}
	if (found->len == 0 && reading->search != SEARCH_ALL) {
		/* To see it under a filter that is taken another way, or to say what there is instead. */
		reading->search = SEARCH_ALL;
		ask_vaults(reading);
		return;
	}
	refuse_vaults(reading, seen, found);
	onepassword_finish(reading);
}

static void take_vaults(void *context, const struct http_response *response)
{
	struct onepassword_reading *reading = context;
	struct onepassword_question question = {
		.origin = reading->client->origin,
		.subject = STR("its vaults"),
		.not_found = "that is no Connect server; check its URL in the configuration of the environment",
	};
	struct vec seen = VEC_INIT(const struct node *), found = VEC_INIT(const struct node *);
	struct onepassword_answer answer;

	if (response->status == 400 && reading->search != SEARCH_ALL) {
		reading->search = reading->search == SEARCH_BY_NAME ? SEARCH_BY_TITLE : SEARCH_ALL;
		ask_vaults(reading);
		return;
	}
	if (onepassword_answer_read(&answer, &question, response, &reading->items->error) &&
		sort_vaults(&seen, &found, reading, answer.root, &question))
		choose_vault(reading, &seen, &found);
	else
		onepassword_finish(reading);
	vec_release(&seen);
	vec_release(&found);
	onepassword_answer_release(&answer);
}

static void ask_vaults(struct onepassword_reading *reading)
{
	struct arena *arena = &reading->arena;
	struct str path = STR("/v1/vaults");

	if (reading->search != SEARCH_ALL) {
		struct str filter = arena_printf(arena, "%s eq \"%.*s\"",
			reading->search == SEARCH_BY_NAME ? "name" : "title", STR_ARG(reading->client->vault_title));
		path = arena_printf(arena, "/v1/vaults?filter=%.*s", STR_ARG(http_encode(arena, filter, false)));
	}
	onepassword_ask(reading, path, take_vaults, reading);
}

void onepassword_search(struct onepassword_reading *reading)
{
	struct str title = reading->client->vault_title;

	reading->search = !str_is_absent(title) && fits_filter(title) ? SEARCH_BY_NAME : SEARCH_ALL;
	ask_vaults(reading);
}
