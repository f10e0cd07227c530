/* What pages are made of: the resolved model of several environments side by side, with the names under which pages speak of its parts. Views (view.h), the inventory as JSON and the
 * site's graph and search are made from it; they add nothing to it. Everything is sorted by name, and borrows from the model. */
#ifndef ASPIS_DOCS_INVENTORY_H
#define ASPIS_DOCS_INVENTORY_H

#include "base/diag.h"
#include "delivery/delivery.h"
#include "model/model.h"
#include "model/resolve.h"
#include "text/prose.h"

/* How pages call something and where they show it. */
struct docs_link {
	struct str name; /* as the repository has it: any text, but never empty on pages (view.h) */
	struct str
		page; /* "applications/tap": relative to the folder of the pages, without suffix. Absent: has no page */
	struct str
		label; /* "aspis-app-tap": unique on all pages together; a-z, 0-9 and single hyphens, a letter first: an id in HTML as it is */
};

struct docs_need;

/* A place in the manifests that takes a secret, in one environment or several. */
struct docs_consumer {
	const struct vault_use
		*use; /* of the first of them; what differs between environments (the namespace) is that one's */
	struct vec environments; /* const struct docs_environment *, by name */
	bool maybe;              /* not certain in some of them */
};

/* A secret that is copied or derived from another one, in one environment or several. */
struct docs_user {
	const struct docs_secret *secret;
	enum secret_origin origin; /* copy or generate */
	struct vec environments;   /* const struct docs_environment *, by name */
};

/* An entry of secrets.yaml, or of a secrets-{env}.yaml that replaces it there. */
struct docs_declaration {
	const struct secret_spec *spec;
	struct docs_secret *secret;
	struct str environment; /* of secrets-{env}.yaml; absent: secrets.yaml */
	struct document
		*description;   /* its own, or where it has none and copies, that of the source; NULL: there is none */
	struct str source_text; /* what was read, without credentials: of a description that is shown as it stands */
	bool is_rejected;       /* the description has errors (7xx): it is to be shown as it stands */
	const struct docs_declaration
		*description_of; /* the one that the description is borrowed from; NULL: its own */
	struct str literal;      /* `value`; absent: it has none, or one that is withheld */
	bool is_withheld;        /* `value` looks like a credential, which pages must not show */
	size_t index;            /* among all declarations: for tables beside them */
};

/* A key of an application, in whatever file it is declared. */
struct docs_secret {
	struct docs_link link; /* its name is the key; "aspis-secret-tap-google-creds-json" */
	struct docs_application *application;
	struct vec declarations; /* struct docs_declaration *: secrets.yaml first, then by environment */
	struct vec needs; /* struct docs_need *: one for each environment shown that enables the application, by name */
	struct vec consumers;  /* struct docs_consumer *, by the first environment and place */
	struct vec users;      /* struct docs_user *, by application, key and origin */
	size_t required_count; /* environments shown that require it */
	size_t index;          /* among all secrets: for tables beside them */
};

/* A secret in an environment that enables its application. */
struct docs_need {
	struct docs_secret *secret;
	struct docs_environment *environment;
	const struct docs_declaration
		*declaration;       /* that counts there; NULL: it is declared for other environments only */
	struct condition condition; /* its `if` there */
	const struct resolved_secret *resolved; /* with origin and source; NULL: not required there */
	struct docs_need *source; /* what it is copied or derived from; NULL: nothing, or not to be found */
	struct docs_need *first_user, *next_user; /* those that are copied or derived from it, by application and key */
	struct vec findings;                      /* const struct diag *: why it cannot be resolved */
};

struct docs_application {
	struct docs_link link; /* "applications/tap", "aspis-app-tap" */
	const struct application *application;
	struct vec secrets; /* struct docs_secret *, by key */
	struct map secret_by_key;
	struct vec enablings; /* struct docs_enabling *: where it is enabled, by environment */
	size_t index;         /* among all applications */
};

/* An application that an environment enables. */
struct docs_enabling {
	struct docs_environment *environment;
	struct docs_application *application; /* NULL: there is no such folder */
	struct str name;                      /* of the application */
	struct str label; /* of the application's section on the environment's page, "aspis-env-idfdev-tap" */
	struct vec needs; /* struct docs_need *: the secrets required there, by key */
};

/* A setting with the place where it is set; text absent: it is not. */
struct docs_setting {
	struct str text;
	struct span span;
};

/* Why a secret cannot be resolved, in the words of `aspis check`. */
struct docs_finding {
	const struct diag *diag;
	const struct docs_need *need; /* that it is about */
};

struct docs_environment {
	struct docs_link link; /* "environments/idfdev", "aspis-env-idfdev" */
	const struct environment *environment;
	struct resolution *resolution;
	const struct delivery_environment *delivery;
	struct vec enablings; /* struct docs_enabling *, by application */
	struct map enabling_by_name;
	struct docs_setting fqdn;
	struct docs_setting vault_url; /* without a slash at its end; like all of these, without credentials */
	struct docs_setting vault_path;
	struct docs_setting connect_url; /* of 1Password; absent: static secrets come from a file */
	struct docs_setting vault_title;
	struct vec findings; /* struct docs_finding: all that cannot be resolved here, by application and key */
	size_t required;     /* secrets */
	size_t static_count; /* of these, those that somebody must provide */
	size_t index;        /* among all environments shown */
};

struct docs_inventory {
	struct arena arena;
	const struct model *model;
	struct vec applications; /* struct docs_application *: all that have a folder, by name */
	struct map application_by_name;
	struct vec environments; /* struct docs_environment *: those asked for, by name */
	struct map environment_by_name;
	struct vec declarations; /* struct docs_declaration *, by their index */
	size_t secret_count;
	struct str index_label;                            /* of the first page */
	struct str applications_label, environments_label; /* of those that lead to the pages of all of them */
	bool is_partial;                                   /* some environments were left out */
};

struct docs_inventory_options {
	const struct vec *environments;     /* const struct environment *: those to show; NULL: all */
	const struct delivery *delivery;    /* of these */
	const struct diag_sink *findings;   /* of family 2xx, sorted; NULL: what cannot be resolved is not told */
	const struct prose_settings *prose; /* how descriptions are read; NULL: as reStructuredText */
	/* What kind of credential a literal value is by its looks, so that pages do not show it; NULL: none. NULL itself: none is. */
	const char *(*credential)(struct str key, struct str value);
	/* A text without the credentials in it; what it makes is in arena. NULL: texts are shown as they are. */
	struct str (*conceal)(struct arena *arena, struct str text);
};

/* Never fails. What it is made of must outlive it. The caller frees. */
struct docs_inventory *docs_inventory_new(const struct model *model, const struct docs_inventory_options *options);
void docs_inventory_free(struct docs_inventory *inventory);

struct docs_application *docs_inventory_application(const struct docs_inventory *inventory, struct str name);
struct docs_environment *docs_inventory_environment(const struct docs_inventory *inventory, struct str name);
struct docs_secret *docs_inventory_secret(
	const struct docs_inventory *inventory, struct str application, struct str key);

#endif
