#include "store/onepassword.h"

#include <assert.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "store/onepassword_private.h"

/* An item that was asked for. */
struct item_reading {
	struct onepassword_reading *reading;
	struct onepassword_item *item;
};

struct onepassword *onepassword_new(struct http *http, const struct onepassword_settings *settings, struct error *error)
{
	struct onepassword *onepassword = xcalloc(1, sizeof(*onepassword));

	onepassword->http = http;
	arena_init(&onepassword->arena);
	onepassword->vault_title = arena_str(&onepassword->arena, settings->vault_title);
	onepassword->vault_id = arena_str(&onepassword->arena, settings->vault_id);
	onepassword->origin = http_origin_new(http, settings->url, error);
	if (onepassword->origin &&
		http_origin_credential(onepassword->origin, "Authorization", "Bearer ", settings->token, error)) {
		http_origin_use_common_tls(onepassword->origin);
		http_origin_header(onepassword->origin, "Accept", STR("application/json"));
		return onepassword;
	}
	onepassword_free(onepassword);
	return NULL;
}

void onepassword_free(struct onepassword *onepassword)
{
	if (!onepassword)
		return;
	http_origin_free(onepassword->origin);
	arena_release(&onepassword->arena);
	free(onepassword);
}

static int compare_items(const void *a, const void *b)
{
	const struct onepassword_item *first = *(struct onepassword_item *const *)a;
	const struct onepassword_item *second = *(struct onepassword_item *const *)b;
	int order = str_compare(first->title, second->title);

	return order != 0 ? order : str_compare(first->id, second->id);
}

void onepassword_finish(struct onepassword_reading *reading)
{
	struct onepassword_items *items = reading->items;

	vec_sort(&items->items, compare_items);
	for (size_t i = 0; i < items->items.len; i++) {
		struct onepassword_item *item = vec_pointer(&items->items, i);

		if (!map_has(&items->by_title, item->title))
			map_set(&items->by_title, item->title, item);
	}
	map_release(&reading->titles);
	arena_release(&reading->arena);
	free(reading);
}

void onepassword_ask(struct onepassword_reading *reading, struct str path, http_done *done, void *context)
{
	struct http_request request = {
		.method = HTTP_GET,
		.origin = reading->client->origin,
		.path = path,
		.idempotent = true,
		.done = done,
		.context = context,
	};

	http_start(reading->client->http, &request);
}

/* 'the item "tap" of the vault "RSP"', or 'the items of the vault "RSP"' without an item. */
static struct str subject(struct onepassword_reading *reading, const struct onepassword_item *item)
{
	struct strbuf text = STRBUF_INIT;
	struct str copy;

	strbuf_append_c(&text, item ? "the item " : "the items");
	if (item)
		onepassword_append_name(&text, item->title);
	strbuf_append_c(&text, " of the vault ");
	onepassword_append_name(&text, reading->items->vault);
	copy = arena_str(&reading->arena, strbuf_str(&text));
	strbuf_release(&text);
	return copy;
}

static void take_item(void *context, const struct http_response *response)
{
	struct item_reading *item_reading = context;
	struct onepassword_reading *reading = item_reading->reading;
	/* Of several errors the first counts: the others mostly say the same. */
	struct error *error = &reading->items->error;
	struct onepassword_question question = {
		.origin = reading->client->origin,
		.subject = subject(reading, item_reading->item),
		.not_found = "it was there a moment ago, so somebody has removed it meanwhile; try again",
	};
	struct onepassword_answer answer;
	bool good = onepassword_answer_read(&answer, &question, response, error) &&
		    onepassword_fields_read(item_reading->item, &reading->items->arena, answer.root, &question, error);

	onepassword_answer_release(&answer);
	assert(good || error->kind != ERROR_NONE);
	(void)good; /* where nothing is asserted */
	if (--reading->pending == 0)
		onepassword_finish(reading);
}

static void ask_item(struct onepassword_reading *reading, struct onepassword_item *item)
{
	struct item_reading *context = arena_calloc(&reading->arena, 1, sizeof(*context));
	struct str vault = http_encode(&reading->arena, reading->vault_id, false);
	struct str id = http_encode(&reading->arena, item->id, false);

	context->reading = reading;
	context->item = item;
	onepassword_ask(reading,
		arena_printf(&reading->arena, "/v1/vaults/%.*s/items/%.*s", STR_ARG(vault), STR_ARG(id)), take_item,
		context);
}

/* Whether an item of the list is one to be read: of those in the archive or the bin there is nothing to be had. */
static bool is_wanted(const struct onepassword_reading *reading, const struct node *summary)
{
	struct str state = node_string(node_get(summary, STR("state")));

	if (str_is(state, "ARCHIVED") || str_is(state, "DELETED"))
		return false;
	return reading->all || map_has(&reading->titles, node_string(node_get(summary, STR("title"))));
}

/* Two items of one title: which one is meant cannot be told. */
static bool refuse_repeated(struct onepassword_reading *reading, const struct onepassword_item *first,
	const struct onepassword_item *second)
{
	struct strbuf text = STRBUF_INIT;

	strbuf_append_c(&text, "the vault ");
	onepassword_append_name(&text, reading->items->vault);
	strbuf_append_c(&text, " of 1Password has two items of the title ");
	onepassword_append_name(&text, first->title);
	strbuf_append_c(&text, ", with the ids ");
	onepassword_append_name(&text, first->id);
	strbuf_append_c(&text, " and ");
	onepassword_append_name(&text, second->id);
	strbuf_append_c(&text, "; rename or remove the one that is not meant");
	error_set(&reading->items->error, ERROR_USAGE, "%s", text.ptr);
	strbuf_release(&text);
	return false;
}

/* Takes an item of the list on, without its fields so far. */
static bool take_summary(
	struct onepassword_reading *reading, const struct node *summary, const struct onepassword_question *question)
{
	struct onepassword_items *items = reading->items;
	struct str id = node_string(node_get(summary, STR("id")));
	struct onepassword_item *item, *other;
	void **place;

	if (!node_is_mapping(summary) || id.len == 0 || str_is_absent(node_string(node_get(summary, STR("title")))))
		return onepassword_answer_refuse(question, "a list of items with ids and titles", &items->error);
	if (!is_wanted(reading, summary))
		return true;
	item = arena_calloc(&items->arena, 1, sizeof(*item));
	item->title = arena_str(&items->arena, node_string(node_get(summary, STR("title"))));
	item->id = arena_str(&items->arena, id);
	item->category = arena_str(&items->arena, node_string(node_get(summary, STR("category"))));
	vec_init(&item->fields, sizeof(struct onepassword_field));
	vec_push_pointer(&items->items, item);
	if (reading->all)
		return true;
	place = map_slot(&reading->titles, item->title);
	other = *place;
	*place = item;
	return !other || refuse_repeated(reading, other, item);
}

static bool take_summaries(
	struct onepassword_reading *reading, const struct node *list, const struct onepassword_question *question)
{
	list = node_resolve(list);
	if (!node_is_sequence(list))
		return onepassword_answer_refuse(
			question, "a list of items with ids and titles", &reading->items->error);
	for (uint32_t i = 0; i < list->sequence.count; i++) {
		if (!take_summary(reading, list->sequence.items[i], question))
			return false;
	}
	return true;
}

static void take_list(void *context, const struct http_response *response)
{
	struct onepassword_reading *reading = context;
	const struct vec *items = &reading->items->items;
	struct onepassword_question question = {
		.origin = reading->client->origin,
		.subject = subject(reading, NULL),
		.not_found = "the token in OP_CONNECT_TOKEN sees no such vault; check it, and the vault in the "
			     "configuration",
	};
	struct onepassword_answer answer;
	bool good = onepassword_answer_read(&answer, &question, response, &reading->items->error) &&
		    take_summaries(reading, answer.root, &question);

	onepassword_answer_release(&answer);
	reading->pending = items->len;
	if (!good || items->len == 0) {
		onepassword_finish(reading);
		return;
	}
	for (size_t i = 0; i < items->len; i++)
		ask_item(reading, vec_pointer(items, i));
}

void onepassword_list(struct onepassword_reading *reading)
{
	struct str vault = http_encode(&reading->arena, reading->vault_id, false);

	onepassword_ask(
		reading, arena_printf(&reading->arena, "/v1/vaults/%.*s/items", STR_ARG(vault)), take_list, reading);
}

void onepassword_read_start(struct onepassword *onepassword, struct onepassword_items *items, const struct vec *titles)
{
	struct onepassword_reading *reading = xcalloc(1, sizeof(*reading));

	reading->client = onepassword;
	reading->items = items;
	reading->all = titles == NULL;
	arena_init(&reading->arena);
	map_init(&reading->titles);
	for (size_t i = 0; titles && i < titles->len; i++)
		map_set(&reading->titles, arena_str(&reading->arena, *(struct str *)vec_at(titles, i)), NULL);
	if (str_is_absent(onepassword->vault_id)) {
		onepassword_search(reading);
		return;
	}
	items->vault = arena_str(&items->arena, onepassword->vault_id);
	reading->vault_id = items->vault;
	onepassword_list(reading);
}
