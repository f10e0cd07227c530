#include "manifest/kinds.h"

static const struct kind_rule rules[] = {
	{.group = "ricoberger.de",
		.kind = "VaultSecret",
		.produces = PRODUCER_VAULT_SECRET,
		.own_name = true,
		.opaque = true,
		.fill = fill_vault_secret},
	{.group = "",
		.kind = "Secret",
		.produces = PRODUCER_SECRET,
		.own_name = true,
		.opaque = true,
		.fill = fill_secret},
	{.group = "external-secrets.io",
		.kind = "ExternalSecret",
		.produces = PRODUCER_OTHER,
		.name_at = "spec.target.name",
		.own_name = true,
		.opaque = true,
		.fill = fill_external_secret,
		.read = read_external_secret},
	{.group = "bitnami.com",
		.kind = "SealedSecret",
		.produces = PRODUCER_OTHER,
		.own_name = true,
		.opaque = true,
		.fill = fill_sealed_secret},
	{.group = "secrets.hashicorp.com",
		.kind = "VaultStaticSecret",
		.produces = PRODUCER_OTHER,
		.name_at = "spec.destination.name",
		.open = true,
		.fill = fill_hashicorp_secret},
	{.group = "secrets.hashicorp.com",
		.kind = "VaultDynamicSecret",
		.produces = PRODUCER_OTHER,
		.name_at = "spec.destination.name",
		.open = true,
		.fill = fill_hashicorp_secret},
	{.group = "secrets.hashicorp.com",
		.kind = "VaultPKISecret",
		.produces = PRODUCER_OTHER,
		.name_at = "spec.destination.name",
		.open = true,
		.fill = fill_hashicorp_secret},
	{.group = "secrets.hashicorp.com",
		.kind = "HCPVaultSecretsApp",
		.produces = PRODUCER_OTHER,
		.name_at = "spec.destination.name",
		.open = true,
		.fill = fill_hashicorp_secret},
	{.group = "onepassword.com",
		.kind = "OnePasswordItem",
		.produces = PRODUCER_OTHER,
		.own_name = true,
		.open = true,
		.opaque = true,
		.fill = fill_one_password},
	{.group = "secrets-store.csi.x-k8s.io",
		.kind = "SecretProviderClass",
		.produces = PRODUCER_OTHER,
		.opaque = true,
		.read = read_provider_class},
	{.group = "cert-manager.io",
		.kind = "Certificate",
		.produces = PRODUCER_OTHER,
		.name_at = "spec.secretName",
		.keys = "tls.crt tls.key ca.crt?",
		.fill = fill_certificate},
	{.group = "cert-manager.io",
		.kind = "Issuer",
		.produces = PRODUCER_OTHER,
		.name_at = "spec.acme.privateKeySecretRef.name",
		.open = true},
	{.group = "cert-manager.io",
		.kind = "ClusterIssuer",
		.produces = PRODUCER_OTHER,
		.name_at = "spec.acme.privateKeySecretRef.name",
		.open = true,
		.scattered = true},
	{.group = "networking.k8s.io", .kind = "Ingress", .produces = PRODUCER_OTHER, .read = read_ingress},
	{.group = "extensions", .kind = "Ingress", .produces = PRODUCER_OTHER, .read = read_ingress},
	{.group = "gafaelfawr.lsst.io",
		.kind = "GafaelfawrIngress",
		.produces = PRODUCER_OTHER,
		.read = read_gafaelfawr_ingress},
	{.group = "gafaelfawr.lsst.io",
		.kind = "GafaelfawrServiceToken",
		.produces = PRODUCER_OTHER,
		.own_name = true,
		.keys = "token"},
	{.group = "kafka.strimzi.io",
		.kind = "KafkaUser",
		.produces = PRODUCER_OTHER,
		.own_name = true,
		.fill = fill_kafka_user,
		.read = read_kafka_user},
	{.group = "kafka.strimzi.io",
		.kind = "Kafka",
		.produces = PRODUCER_OTHER,
		.own_name = true,
		.read = read_kafka},
	{.group = "access.strimzi.io",
		.kind = "KafkaAccess",
		.produces = PRODUCER_OTHER,
		.name_at = "spec.secretName",
		.own_name = true,
		.open = true},
	/* Those below make none. */
	{.group = "external-secrets.io", .kind = "ClusterExternalSecret", .opaque = true},
	{.group = "external-secrets.io", .kind = "ClusterSecretStore", .scattered = true},
	{.group = "", .kind = "ConfigMap", .opaque = true},
	{.group = "apiextensions.k8s.io", .kind = "CustomResourceDefinition", .opaque = true},
	{.group = "argoproj.io", .kind = "Application", .opaque = true},
	{.group = "argoproj.io", .kind = "ApplicationSet", .opaque = true},
	{.group = "helm.toolkit.fluxcd.io", .kind = "HelmRelease", .opaque = true},
	{.group = "kyverno.io", .kind = "ClusterPolicy", .opaque = true},
	{.group = "kyverno.io", .kind = "Policy", .opaque = true},
};

#define RULE_COUNT (sizeof(rules) / sizeof(*rules))

static struct str group_of(struct str api_version)
{
	size_t slash = str_find(api_version, '/');

	return str_is_absent(api_version) ? STR_ABSENT : str_slice(api_version, 0, slash < api_version.len ? slash : 0);
}

const struct kind_rule *kind_rule_of(struct str api_version, struct str kind)
{
	struct str group = group_of(api_version);

	if (kind.len == 0)
		return NULL;
	for (size_t i = 0; i < RULE_COUNT; i++) {
		if (*rules[i].kind == *kind.ptr && str_is(kind, rules[i].kind) &&
			(str_is_absent(group) || str_is(group, rules[i].group)))
			return &rules[i];
	}
	return NULL;
}

bool manifest_is_mute(struct str api_version, struct str kind)
{
	const struct kind_rule *rule = str_is_absent(api_version) ? NULL : kind_rule_of(api_version, kind);

	return rule && rule->opaque && !rule->read && !rule->name_at && !rule->own_name;
}

bool kind_is_telling(struct str kind)
{
	for (size_t i = 0; i < RULE_COUNT && kind.len > 0; i++) {
		if (rules[i].own_name && *rules[i].kind == *kind.ptr && str_is(kind, rules[i].kind))
			return true;
	}
	return false;
}

static struct choices names_of(struct reader *reader, const struct kind_rule *rule, const struct data *root)
{
	struct choices names = {.count = 0};

	if (rule->name_at)
		names = choices_at(reader, root, str_of(rule->name_at));
	if (names.count == 0 && rule->own_name)
		names = choices_at(reader, root, STR("metadata.name"));
	if (names.count == 0 && rule->own_name) {
		names.items[0] = (struct choice){.text = STR_ABSENT, .span = reader->object->span};
		names.count = 1;
	}
	return names;
}

static void produce_fixed_keys(struct manifest_producer *producer, const struct kind_rule *rule)
{
	struct str rest = rule->keys ? str_of(rule->keys) : STR_ABSENT;

	while (!str_is_absent(rest)) {
		struct str key = str_cut(&rest, ' ');
		bool maybe = str_ends_with(key, STR("?"));

		produce_key(producer, str_slice(key, 0, key.len - maybe), producer->secret_span, maybe);
	}
	producer->open = rule->open;
}

void produce_by_rule(struct reader *reader, const struct data *root)
{
	const struct kind_rule *rule = reader->rule;
	struct choices names = names_of(reader, rule, root);

	for (size_t i = 0; i < names.count; i++) {
		struct manifest_producer *producer = produce(reader, rule->produces, &names.items[i]);

		produce_fixed_keys(producer, rule);
		if (rule->fill)
			rule->fill(reader, producer, root);
	}
}

void kind_produce(struct reader *reader, const struct data *root)
{
	if (!reader->rule)
		return;
	if (reader->rule->read)
		reader->rule->read(reader, root);
	else
		produce_by_rule(reader, root);
}
