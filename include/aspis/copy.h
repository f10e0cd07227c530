/* Copying the secrets of an environment from another path of its Vault. Nothing is written before aspis_copy_apply(). No text made here shows a value. */
#ifndef ASPIS_COPY_H
#define ASPIS_COPY_H

#include <stdbool.h>
#include <stddef.h>

#include <aspis/environment.h>
#include <aspis/error.h>
#include <aspis/export.h>
#include <aspis/remote.h>

#ifdef __cplusplus
extern "C" {
#endif

struct aspis_copy;

struct aspis_copy_options {
	const char *prefix;      /* the other path, mount first; of a KV engine of either version */
	const char *const *only; /* names of entries; NULL: all */
	size_t only_count;
	const char *const *exclude;
	size_t exclude_count;
	bool overwrite; /* also entries that are there and differ */
	bool apply;     /* it shall be carried out: that the token may is seen to before */
};

/* Reads both paths and plans. NULL and an error where they are the same, there is nothing to copy from, or not all could be read. The caller frees. */
ASPIS_API struct aspis_copy *aspis_copy_open(struct aspis_remote *remote, const struct aspis_environment *environment,
	const struct aspis_copy_options *options, struct aspis_error *error);
ASPIS_API void aspis_copy_free(struct aspis_copy *copy); /* accepts NULL */

/* Where it is written to, for a question: "Vault at https://vault.example.org, secret/phalanx/idfdev". Borrowed. */
ASPIS_API const char *aspis_copy_target(const struct aspis_copy *copy);

/* How many entries are to be written, and how many are refused or blocked: with one of these, nothing is written. */
ASPIS_API size_t aspis_copy_work(const struct aspis_copy *copy);
ASPIS_API size_t aspis_copy_refused(const struct aspis_copy *copy);

/* The plan and, once it was carried out, what became of it, as "text" (NULL is the same) or "json". The caller frees. NULL and an error for another format. */
ASPIS_API char *aspis_copy_render(
	const struct aspis_copy *copy, const char *format, bool quiet, size_t *size, struct aspis_error *error);

/* Carries it out: each entry upon the version that was read. False where not all was done: aspis_copy_summary() tells what was not. */
ASPIS_API bool aspis_copy_apply(struct aspis_copy *copy);

/* What became of it, in a line, with one before it for each entry that failed. The caller frees. */
ASPIS_API char *aspis_copy_summary(const struct aspis_copy *copy, size_t *size);

#ifdef __cplusplus
}
#endif

#endif
