/* What the rules of family 6xx share. For this room alone. */
#ifndef ASPIS_CHECK_HYGIENE_H
#define ASPIS_CHECK_HYGIENE_H

#include "check/context.h"
#include "check/credential.h"
#include "helm/helm.h"

/* A file that is looked through. */
struct hygiene {
	const struct check *check;
	struct diag_sink *sink;
	struct arena *scratch;
	const struct repo_file *file;
	const struct helm_template *template; /* that the tree is read from; NULL: plain YAML */
};

/* The way to a node: the innermost first. */
struct hygiene_path {
	const struct hygiene_path *outer; /* NULL: right in the document */
	struct str key;                   /* of a mapping; absent: an item of a sequence */
	uint32_t index;                   /* of the item */
};

/* "spec.containers[0].env", in arena. Keys that are credentials themselves read "…". */
struct str hygiene_path_text(struct arena *arena, const struct hygiene_path *path);

/* The value of a string scalar that is written out; the absent string where it is none or depends on an action. */
struct str hygiene_text(const struct hygiene *hygiene, const struct node *node);

/* Where the value of a node stands in the file: the tree of a template has a text of its own, which does not last. */
struct span hygiene_span(const struct hygiene *hygiene, const struct node *node);

/* Whether a document is encrypted by SOPS: what it holds in the open is not secret. */
bool hygiene_is_encrypted(const struct node *root);

/* The rules, by the kind of file. */
void hygiene_values(const struct hygiene *hygiene); /* ASP602 and ASP603: files of values and of declarations */
void hygiene_manifests(const struct hygiene *hygiene, const struct node *root); /* ASP601, and ASP602 in containers */
void hygiene_static_secrets(const struct hygiene *hygiene);                     /* ASP604, ASP605 */

/* After all rules: conceals what stands in the lines that findings show, and takes it out of their messages and identities. Needs a sorted sink, and leaves it so. */
void withhold_secrets(struct diag_sink *sink, const struct repository *repository);

#endif
