/* What the files of an update share: the round that is under way, and what it does with entries and applications. For this room alone. */
#ifndef ASPIS_STATICS_UPDATER_H
#define ASPIS_STATICS_UPDATER_H

#include "statics/change.h"
#include "statics/update.h"

/* A round of changes. */
struct updater {
	struct changer changer;
	struct static_secrets *file;
	const struct wanted_secrets *wanted;
	struct map applications; /* what is wanted: size_t, the place of the first secret, counted from 1 */
	struct vec *changes;     /* NULL: they have been told */
};

/* New members of a mapping that come to stand at one place. */
struct addition {
	const struct updater *updater;
	piece_writer *write;
	size_t index; /* of a wanted secret, or a member of the nested form */
	struct str key;
	const char *prose; /* description or warning */
	struct str text;
};

/* update_entry.c */

const struct wanted_secret *updater_wanted(const struct updater *updater, size_t index);

/* Records a change; node is what it is about in the file, or NULL. */
void updater_tell(struct updater *updater, enum static_change_kind kind, struct str application, struct str key,
	const struct node *node);

/* Puts new members (struct addition, by key) into a mapping that has some: those that come to the same place in one piece. */
void updater_insert(struct updater *updater, const struct members *members, const struct vec *additions);

/* Makes an empty value a mapping with these members. */
void updater_fill(struct updater *updater, const struct node *parent, const struct node_pair *member,
	const struct vec *additions);

/* Whether a value can be made a mapping by writing one in its place: it is null or has no members, also as an alias. */
bool updater_is_empty(const struct node *value);

/* Whether a value is a mapping that stands right there. */
static inline bool updater_is_own(const struct node *value)
{
	return value->kind == NODE_MAPPING;
}

/* Gives an entry (or the pull secret) the text that a member of it is to have. Returns whether it had another one. */
bool updater_refresh_prose(struct updater *updater, const struct members *members, const char *key, struct str text);

/* An entry that is there and wanted. */
void updater_update_entry(struct updater *updater, const struct node *application, const struct node_pair *pair,
	const struct wanted_secret *wanted);

/* An entry that is there and not wanted. Returns whether it goes. What is shared through an anchor stays. */
bool updater_dismiss_entry(struct updater *updater, struct str application, const struct node *mapping,
	const struct node_pair *pair, bool shared);

/* update_applications.c */

/* The applications that are missing, and those that are there. Returns whether all go and none comes. */
bool updater_update_applications(struct updater *updater, const struct node *applications, bool shared);

/* The piece of an addition that is an application. */
piece_writer updater_write_application;

#endif
