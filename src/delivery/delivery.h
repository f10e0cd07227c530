/* Follows every key to its end, by environment: Vault entry → VaultSecret → Secret → environment variable, volume, pull secret. Built once from the model and the Helm templates of
 * all charts; never changed afterwards. What is unknown is not there, or marked as such. */
#ifndef ASPIS_DELIVERY_DELIVERY_H
#define ASPIS_DELIVERY_DELIVERY_H

#include "helm/helm.h"
#include "manifest/manifest.h"
#include "model/model.h"

/* The roles that must be loaded besides MODEL_ROLES. */
#define DELIVERY_ROLES FILE_TEMPLATE

struct delivery_producer {
	const struct manifest_producer *manifest; /* its object's root is NULL: documents are not kept */
	const struct application *application;    /* whose chart (or its subchart) makes it */
	const struct chart *chart;                /* that the template stands in */
	struct str name_space;                    /* of the Secret; absent: unknown */
	/* Of a VaultSecret: the entry that it reads below the environment's vaultPathPrefix ("mobu"). Absent: unknown, or elsewhere in Vault (then `elsewhere`). */
	struct str entry;
	bool elsewhere;
	struct vec consumers; /* const struct delivery_consumer *: those that use its Secret */
};

struct delivery_consumer {
	const struct manifest_consumer *manifest; /* likewise */
	const struct application *application;
	const struct chart *chart;
	struct str name_space;
	struct vec
		producers; /* const struct delivery_producer *: those of its Secret. Empty: nothing in the repository, or unknown */
};

/* A key of a Vault entry that something takes. */
struct vault_use {
	struct str entry; /* "mobu" */
	struct str key;   /* absent: all of them (`whole`), or unknown */
	bool whole;
	bool maybe; /* a condition around it is unknown, or there are other producers of the Secret */
	const struct delivery_producer *producer; /* the VaultSecret */
	const struct delivery_consumer *
		consumer; /* that uses it through the Secret; NULL: the VaultSecret itself names it (keys, templates) */
	struct span span; /* of the key where it is named, else of the Secret's name */
};

struct delivery_environment {
	const struct environment *environment;
	struct vec producers;           /* struct delivery_producer *, by application, file, position */
	struct vec consumers;           /* struct delivery_consumer *, likewise */
	struct vec uses;                /* struct vault_use *, by entry, key, file, position */
	struct map uses_by_entry;       /* struct vec * of struct vault_use * */
	struct map producers_by_secret; /* struct vec * of struct delivery_producer *, by "namespace/name" */
};

struct delivery {
	struct arena arena;
	const struct model *model;
	struct vec environments; /* struct delivery_environment *, in the model's order */
	struct map environment_by_name;
	struct vec templates; /* const struct helm_template *: those that were read, by path */
	struct map template_by_path;
	struct map charts;    /* private: struct chart_info *, by folder */
	struct vec manifests; /* private: struct manifest_producer *: those that own vectors */
};

/* Never fails. environments: const struct environment *, those to follow; NULL: all. jobs: threads for reading templates. The caller frees. */
struct delivery *delivery_new(const struct model *model, const struct vec *environments, unsigned jobs);
void delivery_free(struct delivery *delivery);

const struct delivery_environment *delivery_environment(const struct delivery *delivery, struct str name);

/* Who takes a key of an application's entry: const struct vault_use *, whole-entry uses included; out is the caller's to release. */
void delivery_uses_of(
	struct vec *out, const struct delivery_environment *environment, struct str entry, struct str key);

/* What takes the key: the consumer, else the VaultSecret itself. Its object, the application whose chart makes it, the key of the Secret (of the entry where the VaultSecret names it), and
 * the name of the way: "env", …, or "vaultSecret". */
const struct manifest_object *vault_use_object(const struct vault_use *use);
const struct application *vault_use_application(const struct vault_use *use);
struct str vault_use_key(const struct vault_use *use);
const char *vault_use_kind(const struct vault_use *use);

/* Who makes a Secret: const struct delivery_producer *; NULL: nobody. */
const struct vec *delivery_producers_of(
	const struct delivery_environment *environment, struct str name_space, struct str secret);

/* Whether an application's charts hold something that could not be read or that lies elsewhere (a chart of another repository): what is not found there may be all the same. */
bool delivery_is_partial(const struct delivery *delivery, const struct application *application);

/* Whether the templates of an application's charts (its own and those it depends on) mention a text anywhere. */
bool delivery_mentions(const struct delivery *delivery, const struct application *application, struct str text);

/* The first place where a template of an application's charts uses a values path of the application (".Values.config.x" there is "config.x" here; a subchart's path has its key in front), or
 * something below it. source NULL: none. */
struct span delivery_values_use(
	const struct delivery *delivery, const struct application *application, struct str dotted);

/* Calls visit for every values path that the templates of an application's charts use, spelled as above; those of the application's own chart first, by file and place. The path
 * lives until the call returns. Costly where templates were not read for another reason. */
typedef void delivery_use_visitor(void *context, struct str dotted, struct span span);
void delivery_each_values_use(const struct delivery *delivery, const struct application *application,
	delivery_use_visitor *visit, void *context);

#endif
