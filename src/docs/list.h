/* The list of what was written into a folder, with a fingerprint of each file, so that what nothing makes any more can be removed, and that alone. For this room alone. */
#ifndef ASPIS_DOCS_LIST_H
#define ASPIS_DOCS_LIST_H

#include "base/arena.h"
#include "base/error.h"
#include "base/map.h"
#include "base/strbuf.h"
#include "base/vec.h"

enum { FINGERPRINT_DIGITS = 32 };

struct listed_file {
	struct str path;
	struct str format;      /* its name, also of one that this version does not know */
	struct str fingerprint; /* hexadecimal digits */
};

struct file_list {
	struct vec files;   /* struct listed_file, by path */
	struct map by_path; /* struct listed_file *, of a list that was read */
};

void file_list_init(struct file_list *list);
void file_list_release(struct file_list *list);

/* Reads a list; texts are in arena. False and an error where it is none of ours: shown is its path. */
bool file_list_read(struct file_list *list, struct arena *arena, struct str shown, struct str text, struct error *error)
	__attribute__((warn_unused_result));

/* Adds a file (borrowed texts); writing sorts. */
void file_list_add(struct file_list *list, struct str path, struct str format, struct str fingerprint);
void file_list_write(struct strbuf *out, struct file_list *list);

struct str fingerprint_of(struct arena *arena, struct str text);

#endif
