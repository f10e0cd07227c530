/* 1Password Connect as a source: items by title, fields by label in any section. What the fields mean is not known here. */
#ifndef ASPIS_STORE_ONEPASSWORD_H
#define ASPIS_STORE_ONEPASSWORD_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/map.h"
#include "base/secret.h"
#include "base/vec.h"
#include "store/http.h"

struct onepassword_field {
	struct str label;
	struct str section;   /* the label of the section it is in, "" of one without a name; absent: it is in none */
	struct str purpose;   /* "USERNAME", "PASSWORD", "NOTES" or absent */
	struct secret *value; /* UTF-8; NULL: it has none, or an empty one */
};

struct onepassword_item {
	struct str title;
	struct str id;
	struct str category; /* "LOGIN", "SECURE_NOTE" … */
	struct vec fields;   /* struct onepassword_field, in the order of the item */
};

struct onepassword_items {
	struct arena arena; /* sensitive */
	/* what the vault is called that they lie in: its title, or its id where that is what was asked for */
	struct str vault;
	struct vec items;    /* struct onepassword_item *, by title */
	struct map by_title; /* struct onepassword_item * */
	struct error error;  /* ERROR_NONE: it is complete; two items of one wanted title are an error */
};

void onepassword_items_init(struct onepassword_items *items);
void onepassword_items_release(struct onepassword_items *items); /* wipes */
const struct onepassword_item *onepassword_items_find(const struct onepassword_items *items, struct str title);

struct onepassword;

struct onepassword_settings {
	struct str url;         /* `onepassword.connectUrl` */
	struct str vault_title; /* absent: the only one that the token sees; more are an error that lists them */
	struct str vault_id;    /* absent: found by title (the legacy scheme has a UUID) */
	struct secret *token;   /* OP_CONNECT_TOKEN; copied */
};

/* NULL and an error where the URL is none that may be used. The client is borrowed. The caller frees. */
struct onepassword *onepassword_new(
	struct http *http, const struct onepassword_settings *settings, struct error *error);
void onepassword_free(struct onepassword *onepassword);

/* Starts reading the items of these titles (struct str, copied; NULL: all items) into items (initialised; borrowed until http_run() returns): the vault, the list of its items, and those that
 * are wanted, all at once; three requests one after the other at most, unless the server does not know the usual filter or does not find the vault by it. Items in the archive or the bin
 * do not count. A title without an item is no error: it is not in items then, which only the listing of the server says. ERROR_SYSTEM: 401, 403, 5xx, no such vault that the token sees, an
 * answer that is no JSON or of another form; ERROR_USAGE: several vaults, or items of a wanted title, that might be meant. No message shows anything of an answer but titles and ids. */
void onepassword_read_start(struct onepassword *onepassword, struct onepassword_items *items, const struct vec *titles);

#endif
