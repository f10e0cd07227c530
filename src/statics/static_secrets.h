/* Reading a file of static secrets in either form (SPEC section 8). Values stay in the memory that the text was read into, which is wiped; who needs one takes a
 * copy of its own type. No message shows what stands in a value's place. */
#ifndef ASPIS_STATICS_STATIC_SECRETS_H
#define ASPIS_STATICS_STATIC_SECRETS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/secret.h"
#include "base/vec.h"
#include "statics/wanted.h"
#include "yaml/stream.h"

enum static_kind {
	STATIC_SECRET,   /* owner: the application; name: the key */
	STATIC_CLIENT,   /* of OpenID Connect; owner: its name; name: "id", "return_uri" or "secret" */
	STATIC_REGISTRY, /* of container images; owner: the host; name: "password" or "username" */
	STATIC_TOKEN,    /* the one that may write to Vault; owner and name: absent */
	STATIC_KIND_COUNT,
};

/* A place for a value; those of a registry and of a client are there whether or not the file has them. */
struct static_value {
	enum static_kind kind;
	struct str owner;
	struct str name;
	const struct node *key;    /* what to point at: the key of the secret, client or registry */
	const struct node *holder; /* the mapping that the value is a member of */
	struct str member;         /* the key that the value has in it */
	const struct node *node;   /* a scalar; NULL: missing, null or empty */
	struct str description;    /* absent: none */
	struct str warning;        /* absent: none */
};

/* What is wrong with a file: one sentence that shows no value. */
struct static_problem {
	struct span span;
	struct str message;
};

struct static_secrets {
	struct arena *arena;
	struct yaml_stream *stream;
	enum static_form form;
	const struct node *root;         /* NULL: the file is empty */
	const struct node *applications; /* the mapping of them, through aliases; NULL: there is none */
	struct vec values;               /* struct static_value, by kind and then as in the file, which for the hosts of
					  * pull secrets matters */
	struct map by_name;              /* size_t: the place in values, counted from 1 */
	struct vec problems;             /* struct static_problem, in the order of the text */
};

/* Reads a text, which lies in arena as everything made of it will: a sensitive one, wiped when it is released. Always gives an object; whoever
 * uses the values looks whether there are problems first. An empty file has the form that is given. The caller releases. */
void static_secrets_read(
	struct static_secrets *out, struct arena *arena, struct str path, struct str text, enum static_form empty_form);
void static_secrets_release(struct static_secrets *secrets);

/* NULL: the file has no place for it. Owner and name as in struct static_value. */
const struct static_value *static_secrets_find(
	const struct static_secrets *secrets, enum static_kind kind, struct str owner, struct str name);

/* A copy of a value, which the caller frees; NULL where there is none. */
struct secret *static_value_secret(const struct static_value *value);

/* How many values are filled in. */
size_t static_secrets_filled(const struct static_secrets *secrets);

/* Records a problem. The text shows no value, or it is a mistake. */
void static_problem_add(struct static_secrets *secrets, const struct node *node, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
