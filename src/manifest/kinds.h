/* Private to manifest/: the kinds of objects that make Secrets, and those whose inside is not what it looks like. */
#ifndef ASPIS_MANIFEST_KINDS_H
#define ASPIS_MANIFEST_KINDS_H

#include "manifest/reader.h"

struct kind_rule {
	const char *group; /* "" of Kubernetes' own */
	const char *kind;
	enum producer_kind produces;
	const char *name_at; /* the place of the Secret's name; NULL: none but metadata.name */
	bool own_name;       /* the Secret is called like the object where name_at has nothing */
	bool open;           /* it may have more keys than are said here */
	bool opaque;         /* what looks like references inside is none, or concerns something else */
	bool scattered;      /* of no namespace, so that nobody knows where it looks for Secrets and makes them */
	const char *keys;    /* with blanks between; a '?' behind those that may be missing */
	/* Adds what it says of its Secret. NULL: nothing more. */
	void (*fill)(struct reader *reader, struct manifest_producer *producer, const struct data *root);
	/* Appends all its producers, in place of the above. NULL: there is one by the above; with neither name_at nor own_name there is none. */
	void (*read)(struct reader *reader, const struct data *root);
};

/* The rule of an object, or NULL. Where the group is unknown (absent), the kind alone decides. */
const struct kind_rule *kind_rule_of(struct str api_version, struct str kind);

/* Whether there is a kind of that name that makes a Secret without naming it anywhere. */
bool kind_is_telling(struct str kind);

/* Appends the producers of the reader's object. */
void kind_produce(struct reader *reader, const struct data *root);

/* The parts of rules, by file: vault_secret.c, secrets.c, certificates.c, kafka.c. */
void fill_vault_secret(struct reader *reader, struct manifest_producer *producer, const struct data *root);
void fill_secret(struct reader *reader, struct manifest_producer *producer, const struct data *root);
void fill_external_secret(struct reader *reader, struct manifest_producer *producer, const struct data *root);
void fill_sealed_secret(struct reader *reader, struct manifest_producer *producer, const struct data *root);
void fill_hashicorp_secret(struct reader *reader, struct manifest_producer *producer, const struct data *root);
void fill_one_password(struct reader *reader, struct manifest_producer *producer, const struct data *root);
void fill_certificate(struct reader *reader, struct manifest_producer *producer, const struct data *root);
void fill_kafka_user(struct reader *reader, struct manifest_producer *producer, const struct data *root);
void read_external_secret(struct reader *reader, const struct data *root);
void read_kafka_user(struct reader *reader, const struct data *root);
void read_provider_class(struct reader *reader, const struct data *root);
void read_ingress(struct reader *reader, const struct data *root);
void read_gafaelfawr_ingress(struct reader *reader, const struct data *root);
void read_kafka(struct reader *reader, const struct data *root);

/* Appends the one producer of a rule, whatever its `read` is. */
void produce_by_rule(struct reader *reader, const struct data *root);

#endif
