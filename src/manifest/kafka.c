/* Secrets that Strimzi makes: of users, and of the certificate authorities of a cluster. */
#include "manifest/kinds.h"

static struct field type_of_user(struct reader *reader, const struct data *root)
{
	return field_at(reader, root, STR("spec.authentication.type"));
}

/* Without authentication, and with certificates from elsewhere, there is no Secret. */
void read_kafka_user(struct reader *reader, const struct data *root)
{
	struct field type = type_of_user(reader, root);
	bool maybe = reader->maybe;

	if (type.value->kind == DATA_NIL || str_is(sure_text(reader, type), "tls-external"))
		return;
	reader->maybe = maybe || type.maybe || type.value->kind == DATA_UNKNOWN;
	produce_by_rule(reader, root);
	reader->maybe = maybe;
}

void fill_kafka_user(struct reader *reader, struct manifest_producer *producer, const struct data *root)
{
	static const char *const password[] = {"password", "sasl.jaas.config"};
	static const char *const certificate[] = {"ca.crt", "user.crt", "user.key", "user.p12", "user.password"};
	struct field type = type_of_user(reader, root);
	struct str text = sure_text(reader, type);

	producer->open = str_is_absent(text);
	if (str_is(text, "scram-sha-512")) {
		for (size_t i = 0; i < sizeof(password) / sizeof(*password); i++)
			produce_key(producer, str_of(password[i]), type.value->span, false);
	} else if (str_is(text, "tls")) {
		for (size_t i = 0; i < sizeof(certificate) / sizeof(*certificate); i++)
			produce_key(producer, str_of(certificate[i]), type.value->span, false);
	} else {
		producer->open = true;
	}
}

static const struct authority {
	const char *suffix;
	const char *generated_at; /* false: the user brings it along; NULL: always made */
} authorities[] = {
	{"-cluster-ca-cert", "spec.clusterCa.generateCertificateAuthority"},
	{"-cluster-ca", "spec.clusterCa.generateCertificateAuthority"},
	{"-clients-ca-cert", "spec.clientsCa.generateCertificateAuthority"},
	{"-clients-ca", "spec.clientsCa.generateCertificateAuthority"},
	{"-cluster-operator-certs", NULL},
	{"-entity-topic-operator-certs", NULL},
	{"-entity-user-operator-certs", NULL},
	{"-kafka-brokers", NULL},
};

static void produce_authority(
	struct reader *reader, const struct data *root, const struct choice *cluster, const struct authority *authority)
{
	struct choice secret = *cluster;

	if (authority->generated_at) {
		struct field generated = field_at(reader, root, str_of(authority->generated_at));

		if (generated.value->kind == DATA_BOOL && !generated.value->boolean && !generated.maybe)
			return;
		secret.maybe = secret.maybe || generated.maybe || generated.value->kind == DATA_UNKNOWN;
	}
	secret.text = arena_printf(reader->arena, "%.*s%s", STR_ARG(cluster->text), authority->suffix);
	produce(reader, PRODUCER_OTHER, &secret)->open = true;
}

void read_kafka(struct reader *reader, const struct data *root)
{
	struct choices names = choices_at(reader, root, STR("metadata.name"));

	for (size_t i = 0; i < names.count; i++) {
		for (size_t j = 0;
			j < sizeof(authorities) / sizeof(*authorities) && !str_is_absent(names.items[i].text); j++)
			produce_authority(reader, root, &names.items[i], &authorities[j]);
	}
}
