/* Given values as the text of a file of static secrets. For this room alone. */
#ifndef ASPIS_API_REMOTE_ONEPASSWORD_FILE_H
#define ASPIS_API_REMOTE_ONEPASSWORD_FILE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "sync/given.h"

/* The text, in the nested form and without descriptions, that says what is given; hosts of registries in their order, all else sorted. What has no value is null. In arena, which is a sensitive
 * one. False and an error where a value is no text. */
bool onepassword_file_text(struct str *out, struct arena *arena, const struct given_values *given, struct error *error)
	__attribute__((warn_unused_result));

/* Whether writing the text to a path loses no value of a file of static secrets that is there. False, with an error, where it would, or where that cannot be told. */
bool onepassword_file_may_replace(const char *path, struct str text, struct error *error)
	__attribute__((warn_unused_result));

#endif
