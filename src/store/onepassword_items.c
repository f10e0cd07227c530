#include "store/onepassword.h"

void onepassword_items_init(struct onepassword_items *items)
{
	*items = (struct onepassword_items){.vault = STR(""), .error = ERROR_INIT};
	arena_init_sensitive(&items->arena);
	vec_init(&items->items, sizeof(struct onepassword_item *));
	map_init(&items->by_title);
}

static void release_item(struct onepassword_item *item)
{
	for (size_t i = 0; i < item->fields.len; i++)
		secret_free(((struct onepassword_field *)vec_at(&item->fields, i))->value);
	vec_release(&item->fields);
}

void onepassword_items_release(struct onepassword_items *items)
{
	for (size_t i = 0; i < items->items.len; i++)
		release_item(vec_pointer(&items->items, i));
	vec_release(&items->items);
	map_release(&items->by_title);
	error_release(&items->error);
	arena_release(&items->arena);
}

const struct onepassword_item *onepassword_items_find(const struct onepassword_items *items, struct str title)
{
	return map_get(&items->by_title, title);
}
