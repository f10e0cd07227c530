/* A policy of Vault as what it grants: which capabilities on which paths. Two texts that grant the same are the same policy. */
#ifndef ASPIS_ACCESS_POLICY_H
#define ASPIS_ACCESS_POLICY_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/vec.h"

/* Of Vault's table, in the order in which they are told. */
#define POLICY_CAPABILITIES(X)                                                                                         \
	X(CREATE, "create")                                                                                            \
	X(READ, "read")                                                                                                \
	X(UPDATE, "update")                                                                                            \
	X(PATCH, "patch")                                                                                              \
	X(DELETE, "delete")                                                                                            \
	X(LIST, "list")                                                                                                \
	X(SUDO, "sudo")                                                                                                \
	X(DENY, "deny")                                                                                                \
	X(SUBSCRIBE, "subscribe")                                                                                      \
	X(RECOVER, "recover")                                                                                          \
	X(ROOT, "root")

enum policy_capability {
#define X(id, name) POLICY_##id,
	POLICY_CAPABILITIES(X)
#undef X
		POLICY_CAPABILITY_COUNT
};

struct policy_grant {
	struct str path;       /* with its wildcards, without a slash before it */
	unsigned capabilities; /* a bit 1 << enum policy_capability each */
	struct vec limits; /* struct str: names of what makes the grant depend on more, such as allowed_parameters */
};

struct policy {
	struct arena arena;
	struct vec grants;    /* struct policy_grant, sorted by path, each path once */
	struct map positions; /* private: while it is read, of paths in grants */
	/* What could not be read, "line 3, column 7: …": the grants say less than the text then. Absent: all was. */
	struct str unread;
};

void policy_init(struct policy *policy);
void policy_release(struct policy *policy);

/* Reads a text in HCL or JSON into policy (initialised). The text is not needed any more. */
void policy_read(struct policy *policy, struct str text);

enum policy_difference_kind {
	POLICY_LACKS,   /* capabilities that are missing */
	POLICY_EXCEEDS, /* capabilities that should not be there */
	POLICY_LIMITED, /* the grant depends on what word names */
	POLICY_UNREAD,  /* word: what could not be read */
};

struct policy_difference {
	enum policy_difference_kind kind;
	struct str path; /* absent: POLICY_UNREAD */
	unsigned capabilities;
	struct str word;
};

/* What actual grants otherwise than wanted, by path; appended to differences (struct policy_difference), whose texts are borrowed from both. */
void policy_compare(struct vec *differences, const struct policy *wanted, const struct policy *actual);

/* Appends "it does not grant read and list on secret/data/x/+". */
void policy_describe(struct strbuf *out, const struct policy_difference *difference);

/* The name of a capability. */
const char *policy_capability_name(enum policy_capability capability);

/* The names of the two policies, and the templates that they are made of. */
enum policy_kind { POLICY_KIND_READ, POLICY_KIND_WRITE, POLICY_KIND_COUNT };

/* The text of a policy for the secrets below mount and path, from templates/vault/. In arena. */
struct str policy_text(struct arena *arena, enum policy_kind kind, struct str mount, struct str path);

/* Whether a mount and path can stand in a policy as they are: nothing in them that is a wildcard, a template or the end of a string there. */
bool policy_can_name(struct str path);

#endif
