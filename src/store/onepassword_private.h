/* What the files onepassword*.c share. For these alone. */
#ifndef ASPIS_STORE_ONEPASSWORD_PRIVATE_H
#define ASPIS_STORE_ONEPASSWORD_PRIVATE_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "store/onepassword.h"
#include "yaml/node.h"
#include "yaml/stream.h"

/* The answer to a request as a tree, which lives as long as this and the response. */
struct onepassword_answer {
	struct arena arena; /* sensitive */
	struct yaml_stream *stream;
	const struct node *root;
};

/* What was asked for: how a message calls it ("the items of the vault …"), and what a 404 means then. */
struct onepassword_question {
	const struct http_origin *origin;
	struct str subject;
	const char *not_found;
};

/* Reads the answer to a question. False, with an error that says what is to be done about it, where there is none, it is a refusal, or it is not JSON. Release it in
 * either case. */
bool onepassword_answer_read(struct onepassword_answer *answer, const struct onepassword_question *question,
	const struct http_response *response, struct error *error) __attribute__((warn_unused_result));
void onepassword_answer_release(struct onepassword_answer *answer);

/* Says that an answer is JSON, but not what the interface promises. Always false. */
bool onepassword_answer_refuse(const struct onepassword_question *question, const char *expected, struct error *error);

struct onepassword {
	struct http *http;
	struct http_origin *origin;
	struct arena arena;
	struct str vault_title; /* absent: the only one */
	struct str vault_id;    /* absent: by title */
};

/* How the vault is looked for: some servers know the other name of the attribute only, and not every title fits into a filter. */
enum onepassword_search {
	SEARCH_BY_NAME,
	SEARCH_BY_TITLE,
	SEARCH_ALL,
};

/* A read under way: the vault, then the list of its items, then these at the same time. The interface has no pages: each list is whole. */
struct onepassword_reading {
	struct onepassword *client;
	struct onepassword_items *items;
	struct arena arena;
	struct map titles; /* those that are wanted */
	bool all;          /* all items are */
	enum onepassword_search search;
	struct str vault_id;
	size_t pending; /* items that were asked for */
};

/* Ends a read: all is there, or there is an error. */
void onepassword_finish(struct onepassword_reading *reading);

/* Starts a request. */
void onepassword_ask(struct onepassword_reading *reading, struct str path, http_done *done, void *context);

/* Starts looking for the vault; what follows is onepassword_list(). */
void onepassword_search(struct onepassword_reading *reading);

/* Starts reading the list of items of the vault whose id the reading has. */
void onepassword_list(struct onepassword_reading *reading);

/* Appends a name in quotes as a message shows it. */
void onepassword_append_name(struct strbuf *out, struct str name);

/* Fills in the fields of an item from its whole form. False and an error where the answer has another one. Texts are copied to arena. */
bool onepassword_fields_read(struct onepassword_item *item, struct arena *arena, const struct node *root,
	const struct onepassword_question *question, struct error *error) __attribute__((warn_unused_result));

#endif
