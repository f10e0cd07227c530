/* A folder that is written into, by paths in it. No symbolic link below it is ever followed. For this room alone. */
#ifndef ASPIS_DOCS_TREE_H
#define ASPIS_DOCS_TREE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

struct tree {
	struct arena arena;
	struct str root;   /* as it was given */
	int fd;            /* of the root; -1: it is not there */
	struct str folder; /* that was opened last: below the root */
	int folder_fd;     /* -1: it is not there */
};

/* A root that is not there is no error; one that is no folder is. The tree must be released in any case. Messages name paths as the user would. */
bool tree_open(struct tree *tree, const char *root, struct error *error) __attribute__((warn_unused_result));
void tree_release(struct tree *tree);

/* Whether a path from a list stays within the tree: relative, without "." and "..", empty components or NUL. */
bool tree_holds(struct str path);

/* Reads a file into arena; absent where it, or a folder on its way, is not there. False and an error for what is no regular file, for links and what cannot be read. Cheap for paths in sorted order. */
bool tree_read(struct str *out, struct arena *arena, struct tree *tree, struct str path, struct error *error)
	__attribute__((warn_unused_result));

/* Writes a file, and makes the folders on its way, the root included. */
bool tree_write(struct tree *tree, struct str path, struct str text, struct error *error)
	__attribute__((warn_unused_result));

/* Removes a file, and the folders that are empty then; the root stays. */
bool tree_remove(struct tree *tree, struct str path, struct error *error) __attribute__((warn_unused_result));

#endif
