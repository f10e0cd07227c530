/* The file of static secrets: what a person has to provide for an environment, with a place for each value. */
#ifndef ASPIS_STATIC_SECRETS_H
#define ASPIS_STATIC_SECRETS_H

#include <stdbool.h>
#include <stddef.h>

#include <aspis/environment.h>
#include <aspis/error.h>
#include <aspis/export.h>
#include <aspis/secret.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The text of such a file, and what is known of it. Values in it are wiped when it is freed. It borrows from its environment. */
struct aspis_static_secrets;

/* The two forms. */
enum aspis_static_form {
	/* nested, or flat in the layout of SQR-079; of a file that is there: its own */
	ASPIS_STATIC_FORM_AUTO,
	/* applications.{app}.{key}.{description,value,warning}, and the special secrets beside `applications` */
	ASPIS_STATIC_FORM_NESTED,
	/* {app}.{key}.{description,value} */
	ASPIS_STATIC_FORM_FLAT,
};

/* A file that nobody has filled in yet, byte for byte as Phalanx's own command prints it. The caller frees. */
ASPIS_API struct aspis_static_secrets *aspis_static_secrets_new(
	const struct aspis_environment *environment, enum aspis_static_form form);

/* A file that is there, brought up to date with what the environment requires, so far in memory alone. Whatever need not change keeps its bytes: values, comments,
 * order, other keys. NULL and an error where it cannot be read, is no such file, has another form than the one that is asked for, or cannot
 * be changed without touching what must stay; the error names each place, and no value. The caller frees. */
ASPIS_API struct aspis_static_secrets *aspis_static_secrets_open(const struct aspis_environment *environment,
	const char *path, enum aspis_static_form form, struct aspis_error *error);
ASPIS_API void aspis_static_secrets_free(struct aspis_static_secrets *secrets);

/* What opening a file has changed, and what it has not, sorted by application and key. */
enum aspis_static_change_kind {
	ASPIS_STATIC_ADDED,     /* required, and the file had no place for it */
	ASPIS_STATIC_DESCRIBED, /* its description or warning is another now */
	ASPIS_STATIC_KEPT,      /* no longer required; it stays, because it has a value */
	ASPIS_STATIC_LEFT, /* no longer required and without a value; it stays, because there is more to it, such as comments */
	ASPIS_STATIC_REMOVED, /* no longer required, without a value, and gone */
};

struct aspis_static_change {
	enum aspis_static_change_kind kind;
	const char *application; /* NULL for a special secret */
	const char *key;         /* of the secret, or the name of the special one, such as "pull-secret" */
	unsigned line;           /* where it stands in the file as it was; 0: nowhere */
};

ASPIS_API size_t aspis_static_secrets_change_count(const struct aspis_static_secrets *secrets);
ASPIS_API const struct aspis_static_change *aspis_static_secrets_change(
	const struct aspis_static_secrets *secrets, size_t index);

/* The places that have no value, in the order of the file: secrets that are required, and the special ones. */
struct aspis_static_place {
	const char *name;        /* "tap google_creds.json"; "pull-secret ghcr.io password"; "vault-write-token" */
	const char *description; /* NULL: there is none */
};

ASPIS_API size_t aspis_static_secrets_missing_count(const struct aspis_static_secrets *secrets);
ASPIS_API const struct aspis_static_place *aspis_static_secrets_missing(
	const struct aspis_static_secrets *secrets, size_t index);

/* Gives one of these places a value, which is copied; the last one given counts. False and an error for a value that no file of text can hold: it is empty or not
 * UTF-8. */
ASPIS_API bool aspis_static_secrets_fill(
	struct aspis_static_secrets *secrets, size_t index, struct aspis_secret *value, struct aspis_error *error);

/* The text with all values given so far, *size bytes of UTF-8. It may hold values. Borrowed, until the next change. NULL and an error where a
 * value has no place in the way that the file is written. */
ASPIS_API const char *aspis_static_secrets_text(
	struct aspis_static_secrets *secrets, size_t *size, struct aspis_error *error);

/* Writes the text to a file that its owner alone can read, whole or not at all; one with the same bytes and such a mode is left alone (*changed, which may be
 * NULL, tells). A file that is there is overwritten only where it is the one that was opened, still as it was then, or where it holds no values. False and an error
 * where that fails. */
ASPIS_API bool aspis_static_secrets_write(
	struct aspis_static_secrets *secrets, const char *path, bool *changed, struct aspis_error *error);

#ifdef __cplusplus
}
#endif

#endif
