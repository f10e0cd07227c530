/* What a Kubernetes manifest says about Secrets: which ones it produces, and which keys of which ones it uses. It knows kinds and fields of Kubernetes and of the
 * operators that deal with Secrets (FORMATS.md); it does not know where the manifest comes from, nor who asks. */
#ifndef ASPIS_MANIFEST_MANIFEST_H
#define ASPIS_MANIFEST_MANIFEST_H

#include "base/vec.h"
#include "helm/data.h"
#include "helm/helm.h"

/* enumerator, name in output, what it is in a sentence */
#define CONSUMER_KINDS(ROW)                                                                                            \
	ROW(CONSUMER_ENV, "env", "an environment variable (secretKeyRef)")                                             \
	ROW(CONSUMER_ENV_FROM, "envFrom", "all environment variables (envFrom)")                                       \
	ROW(CONSUMER_VOLUME, "volume", "a volume")                                                                     \
	ROW(CONSUMER_PROJECTED, "projected", "a projected volume")                                                     \
	ROW(CONSUMER_IMAGE_PULL, "imagePullSecret", "an image pull secret")                                            \
	ROW(CONSUMER_TLS, "tls", "a TLS certificate")                                                                  \
	ROW(CONSUMER_CSI, "csi", "a CSI driver's nodePublishSecretRef")                                                \
	ROW(CONSUMER_REFERENCE, "reference", "a reference in a custom resource")

enum consumer_kind {
#define CONSUMER_ENUMERATOR(enumerator, name, words) enumerator,
	CONSUMER_KINDS(CONSUMER_ENUMERATOR)
#undef CONSUMER_ENUMERATOR
		CONSUMER_KIND_COUNT,
};
const char *consumer_kind_name(enum consumer_kind kind);
const char *consumer_kind_words(enum consumer_kind kind);

/* The object that a producer or consumer stands in. Texts are absent where they are not there or unknown. */
struct manifest_object {
	struct str api_version;
	struct str kind;
	struct str name;
	struct str name_space;   /* metadata.namespace */
	bool name_space_unknown; /* it is there, but unknown */
	bool maybe;              /* a condition around it is unknown */
	struct span span;        /* of its name, else of the object */
	const struct data *root;
};

/* A use of one key of a Secret, or of all of them. Where conditions leave several names or keys open there is one for each, all of them `maybe`. A
 * reference without a key, whose kind does not take all of them, has neither key nor `whole`. */
struct manifest_consumer {
	const struct manifest_object
		*object; /* a copy with the namespace that the reference itself names, if it does */
	enum consumer_kind kind;
	struct str secret; /* absent: unknown */
	struct str key;    /* absent: whole, or unknown */
	bool whole;        /* all keys */
	bool optional;     /* `optional: true`, or something unknown: may be missing */
	bool maybe; /* a condition around it is unknown, or whether it is a reference at all, or where its object looks (ClusterIssuer) */
	struct span secret_span;
	struct span key_span; /* source NULL where no key is named */
};

/* What makes a Secret. */
enum producer_kind {
	PRODUCER_VAULT_SECRET, /* ricoberger.de VaultSecret */
	PRODUCER_SECRET,       /* a plain Secret */
	PRODUCER_OTHER, /* made by an operator: ExternalSecret, SealedSecret, Certificate, KafkaUser, GafaelfawrServiceToken, … */
};

/* A key of the Secret, and for a VaultSecret where it comes from: one entry for each key of Vault that it is made of. */
struct produced_key {
	struct str key;       /* of the Secret; absent: unknown */
	struct str vault_key; /* of the Vault entry; absent: none, or unknown */
	struct span span;     /* of the key in `keys`, of `.Secrets.k` in a template, else of the key in data */
	bool maybe;
};

struct manifest_producer {
	const struct manifest_object *object;
	enum producer_kind kind;
	struct str secret; /* the Secret's name; absent: unknown */
	struct span secret_span;
	struct str type; /* of the Secret: "Opaque"; absent: not given */
	bool maybe;
	bool shares; /* it is made to stand beside another producer: merges its keys into a Secret that is there (spec.reconcileStrategy or
			spec.target.creationPolicy of Merge), asks cert-manager for one, or is there for the time of a deployment alone (helm.sh/hook, argocd.argoproj.io/hook); also where
			that is unknown */
	/* The keys: those known by name; `whole` if it also has all keys of the Vault entry under their own names (no `keys`, no `templates`); open if it may have others. */
	struct vec keys; /* struct produced_key */
	bool whole;
	bool open;
	/* Of a VaultSecret. */
	const struct data
		*path; /* spec.path; NULL: none; DATA_UNKNOWN also of several paths and of other engines than kv */
	bool takes_whole; /* reads keys of the entry that nobody can name, so perhaps all: a template ranges over .Secrets, `keys` is unknown */
};

/* What manifest_read() looks at: for helm_read(). */
helm_interest manifest_interest;

/* Whether objects of a kind say nothing at all, whatever is in them (ConfigMap). False where the API group is unknown. */
bool manifest_is_mute(struct str api_version, struct str kind);

/* Whether a text may hold anything of interest: a cheap search, so that templates without are never parsed. Never false where manifest_read() would find something. */
bool manifest_may_matter(struct str text);

/* Appends what a document says; a List is taken item by item; what is no Kubernetes object says nothing but its references. A document that is unknown as a
 * whole makes a Secret of an unknown name in an unknown namespace, and uses one. Everything but the vectors lives in arena
 * (those of producers are released by manifest_producers_release()). */
void manifest_read(struct vec *producers /* struct manifest_producer * */,
	struct vec *consumers /* struct manifest_consumer * */, struct arena *arena, const struct data *document);
void manifest_producers_release(struct vec *producers);

#endif
