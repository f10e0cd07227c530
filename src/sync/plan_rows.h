/* The decision table of the plan (plan_rows.def) by number: what is desired of a key, what is known of the value it ought to have, and what the store holds, give what is
 * done and why. The first row of a desire that fits counts. Pure data, so that it can be printed and held against docs/decisions.md. */
#ifndef ASPIS_SYNC_PLAN_ROWS_H
#define ASPIS_SYNC_PLAN_ROWS_H

#include "base/strbuf.h"
#include "sync/plan.h"

/* What an environment wants of a key: enumerator, words. */
#define PLAN_DESIRES(ROW)                                                                                              \
	ROW(WANT_UNRESOLVED, "a secret that cannot be resolved")                                                       \
	ROW(WANT_EXCLUDED, "anything in an entry that --exclude or --only leaves out")                                 \
	ROW(WANT_CONTESTED, "a key that two ask for")                                                                  \
	ROW(WANT_OBSTRUCTED, "a change of an entry that cannot be written")                                            \
	ROW(WANT_STATIC, "a static secret")                                                                            \
	ROW(WANT_LITERAL, "a literal value")                                                                           \
	ROW(WANT_COPY, "a copy")                                                                                       \
	ROW(WANT_GENERATED, "a generated secret")                                                                      \
	ROW(WANT_HASH, "a bcrypt hash of a source")                                                                    \
	ROW(WANT_TIME, "the time when a source was changed")                                                           \
	ROW(WANT_CLIENTS, "the list of OpenID Connect clients")                                                        \
	ROW(WANT_PULL_SECRET, "the pull secret")                                                                       \
	ROW(WANT_NO_KEY, "nothing, beside keys that are wanted")                                                       \
	ROW(WANT_NO_ENTRY, "nothing, in an entry that nobody wants")

/* What is known of the value that it ought to have. */
#define PLAN_KNOWLEDGE(ROW)                                                                                            \
	ROW(KNOWN_VALUE, "the value")                                                                                  \
	ROW(KNOWN_NOTHING, "nothing")                                                                                  \
	ROW(KNOWN_NO_ITEM, "1Password lacks it")                                                                       \
	ROW(KNOWN_MALFORMED, "the source gives what cannot be used")                                                   \
	ROW(KNOWN_UNRESOLVED, "its source cannot be resolved")                                                         \
	ROW(KNOWN_UNFIT, "its source cannot be used for it")                                                           \
	ROW(KNOWN_NEW, "this plan has its source generated")                                                           \
	ROW(KNOWN_CHANGED, "this plan changes its source")                                                             \
	ROW(KNOWN_ROTATED, "its source is renewed on request")                                                         \
	ROW(KNOWN_REHASHED, "a hash of its source is renewed")                                                         \
	ROW(KNOWN_RENEWAL, "it is to be renewed on request")                                                           \
	ROW(KNOWN_EMPTY, "the source names an empty one")                                                              \
	ROW(KNOWN_REMOVAL, "its removal is asked for")                                                                 \
	ROW(KNOWN_USED, "its removal is asked for, but something uses it")                                             \
	ROW(KNOWN_UNDECLARED, "its removal is asked for, but its application is enabled and declares nothing")         \
	ROW(KNOWN_ANY, "anything")

/* What the store holds. */
#define PLAN_REMOTES(ROW)                                                                                              \
	ROW(REMOTE_ABSENT, "nothing")                                                                                  \
	ROW(REMOTE_RIGHT, "what it ought to")                                                                          \
	ROW(REMOTE_OTHER, "something else")                                                                            \
	ROW(REMOTE_PADDED, "the right form with white space around it")                                                \
	ROW(REMOTE_FOREIGN, "a private key of another kind")                                                           \
	ROW(REMOTE_MALFORMED, "something malformed")                                                                   \
	ROW(REMOTE_PRESENT, "anything")

#define PLAN_STATE_ENUMERATOR(enumerator, words) enumerator,
enum plan_desire { PLAN_DESIRES(PLAN_STATE_ENUMERATOR) };
enum plan_known { PLAN_KNOWLEDGE(PLAN_STATE_ENUMERATOR) };
enum plan_remote { PLAN_REMOTES(PLAN_STATE_ENUMERATOR) };
#undef PLAN_STATE_ENUMERATOR

struct plan_row {
	unsigned number;
	enum plan_desire desire;
	enum plan_known known;   /* KNOWN_ANY: whatever */
	enum plan_remote remote; /* REMOTE_PRESENT: whatever but REMOTE_ABSENT */
	enum plan_action action;
	enum plan_value value;
	unsigned audit; /* enum audit_class */
	const char *
		reason; /* {source}: the key that it is made from, as application/key; {why}: a clause that the case brings along; {given}: the name of the static source */
};

/* By index, in the order of the table; NULL behind the last. */
const struct plan_row *plan_row_at(size_t index);

/* NULL: there is none of that number. */
const struct plan_row *plan_row_find(unsigned number);

/* The row that decides. remote is never REMOTE_PRESENT, known never KNOWN_ANY. NULL: the table has a hole, which is a mistake in it. */
const struct plan_row *plan_row_for(enum plan_desire desire, enum plan_known known, enum plan_remote remote);

/* The table as Markdown: what docs/decisions.md holds. */
void plan_rows_markdown(struct strbuf *out);

#endif
