#include "fixture.h"

#define VAULT_SECRET "apiVersion: ricoberger.de/v1alpha1\nkind: VaultSecret\nmetadata: {name: db}\n"

static void reads_vault_secrets(void **state)
{
	(void)state;
	assert_producers(VAULT_SECRET "spec: {path: secret/app, type: Opaque}\n", "V db: *");
	assert_producers(VAULT_SECRET "spec: {path: secret/app, keys: [a, b]}\n", "V db: a<-a b<-b");
	assert_producers(VAULT_SECRET "spec: {path: secret/app, keys: [a, ...]}\n", "V db: a<-a + !");
	assert_producers(VAULT_SECRET "spec: {path: secret/app, keys: <?>}\n", "V db: + !");
	assert_producers(VAULT_SECRET "spec: {path: secret/app, keys: [a, {'~': b}]}\n", "V db: a<-a b<-b~");
	assert_producers(VAULT_SECRET "spec: {path: secret/app, ~keys: [a]}\n", "V db: a<-a~ + !");
	assert_producers(VAULT_SECRET "spec: {path: secret/app, keys: [], templates: {}}\n", "V db: *");
	assert_producers("kind: VaultSecret\nmetadata: {name: <?>, namespace: ns}\nspec: {path: p}\n", "V ?@ns: *");
	assert_producers("kind: VaultSecret\nmetadata: {~name: a, ~name : b}\nspec: {path: p, keys: [k]}\n",
		"V a~: k<-k; V b~: k<-k");
	assert_producers(VAULT_SECRET "spec: {path: p, keys: [k], reconcileStrategy: Merge}\n", "V db: k<-k + &");
	assert_producers(VAULT_SECRET "spec: {path: p, keys: [k], reconcileStrategy: Replace}\n", "V db: k<-k");
	assert_producers("apiVersion: other.dev/v1\nkind: VaultSecret\nmetadata: {name: a}\n", "");
}

static void reads_templates_of_vault_secrets(void **state)
{
	(void)state;
	assert_producers(VAULT_SECRET "spec:\n  path: p\n  templates:\n    a: '{% .Secrets.x %}'\n    b: '{% index "
				      ".Secrets \"y\" %}{% .Secrets.x %}'\n"
				      "    c: fixed\n",
		"V db: a<-x b<-y b<-x c");
	assert_producers(VAULT_SECRET
		"spec: {path: p, keys: [x], templates: {a: '{% .Secrets.x %}', b: '{% .Secrets.y %}'}}\n",
		"V db: a<-x b");
	assert_producers(VAULT_SECRET
		"spec: {path: p, templates: {a: '{% range $k, $v := .Secrets %}{% $k %}{% end %}'}}\n",
		"V db: a !");
	assert_producers(VAULT_SECRET "spec: {path: p, keys: [x, z], templates: {a: '{% toJson .Secrets %}'}}\n",
		"V db: a<-x a<-z");
	assert_producers(VAULT_SECRET "spec: {path: p, templates: <?>}\n", "V db: + !");
	assert_producers(
		VAULT_SECRET "spec: {path: p, templates: {...: 0, a: '{% .Secrets.x %}'}}\n", "V db: a<-x + !");
	assert_producers(VAULT_SECRET "spec: {path: p, templates: {a: <?>}}\n", "V db: a !");
	assert_producers(VAULT_SECRET "spec: {path: p, templates: {~a: '{% .Secrets.x %}'}}\n", "V db: a<-x~");
}

static void assert_key_span(const char *text, size_t index, const char *expected)
{
	struct manifest_fixture fixture;
	const struct manifest_producer *producer;
	const struct produced_key *key;

	fixture_open(&fixture, text);
	producer = vec_pointer(&fixture.producers, 0);
	key = vec_at(&producer->keys, index);
	if (!str_is(span_text(key->span), expected))
		fail_msg("\"%.*s\" is not \"%s\"", STR_ARG(span_text(key->span)), expected);
	fixture_close(&fixture);
}

static void points_at_keys(void **state)
{
	static const char block[] = VAULT_SECRET
		"spec:\n  path: p\n  templates:\n    a: |\n      x: {% .Secrets.a %}\n      y: {% .Secrets.b %}"
		"{% .Secrets.b %}\n      z: {% index .Secrets \"c d\" %}\n    b: \"\\x41{% index .Secrets \\\"e\\\" "
		"%}\"\n";
	struct manifest_fixture fixture;
	const struct manifest_producer *producer;
	const struct produced_key *one, *other;

	(void)state;
	assert_key_span(VAULT_SECRET "spec: {keys: [one, two]}\n", 1, "two");
	assert_key_span(block, 0, ".Secrets.a");
	assert_key_span(block, 1, ".Secrets.b");
	assert_key_span(block, 2, ".Secrets.b");
	assert_key_span(block, 3, "\"c d\"");
	assert_key_span(block, 4, "\"\\x41{% index .Secrets \\\"e\\\" %}\"");
	fixture_open(&fixture, block);
	producer = vec_pointer(&fixture.producers, 0);
	one = vec_at(&producer->keys, 1);
	other = vec_at(&producer->keys, 2);
	assert_true(one->span.start < other->span.start);
	assert_true(str_is(span_text(producer->secret_span), "db"));
	fixture_close(&fixture);
}

static const struct data *path_in(struct manifest_fixture *fixture, const char *text)
{
	const struct manifest_producer *producer;

	fixture_open(fixture, text);
	producer = vec_pointer(&fixture->producers, 0);
	return producer->path;
}

static void reads_paths(void **state)
{
	struct manifest_fixture fixture;

	(void)state;
	assert_true(str_is(data_text(&fixture.arena, path_in(&fixture, VAULT_SECRET "spec: {path: a/b}\n")), "a/b"));
	fixture_close(&fixture);
	assert_true(str_is(data_text(&fixture.arena, path_in(&fixture, VAULT_SECRET "spec: {paths: [a/b]}\n")), "a/b"));
	fixture_close(&fixture);
	assert_int_equal(path_in(&fixture, VAULT_SECRET "spec: {path: a, paths: [b]}\n")->kind, DATA_UNKNOWN);
	fixture_close(&fixture);
	assert_int_equal(path_in(&fixture, VAULT_SECRET "spec: {path: a, secretEngine: pki}\n")->kind, DATA_UNKNOWN);
	fixture_close(&fixture);
	assert_null(path_in(&fixture, VAULT_SECRET "spec: {keys: [a]}\n"));
	fixture_close(&fixture);
}

static void reads_secrets(void **state)
{
	(void)state;
	assert_producers(
		"apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata: {x: eA==}\nstringData: {z: z, ~w: v}\n",
		"S a: x z w~");
	assert_producers("apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata: <?>\n", "S a: +");
	assert_producers("apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n~data: {x: v, ...: 0}\n", "S a: x~ +");
	assert_producers("apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ntype: "
			 "kubernetes.io/service-account-token\ndata: {x: y}\n",
		"S a: x +");
	assert_producers(
		"kind: List\nitems: [{apiVersion: v1, kind: Secret, metadata: {name: a}, data: {k: v}}]\n", "S a: k");
}

static void reads_operators(void **state)
{
	(void)state;
	assert_producers("apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: a}\nspec: "
			 "{target: {name: b}, data: "
			 "[{secretKey: x}]}\n",
		"O b: x");
	assert_producers("apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: a}\nspec: {data: "
			 "[{secretKey: x}], dataFrom: "
			 "[{extract: {key: k}}]}\n",
		"O a: x +");
	assert_producers("apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: a}\nspec: "
			 "{target: {template: {data: {z: z}}}, "
			 "data: [{secretKey: x}]}\n",
		"O a: z");
	assert_producers("apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: a}\nspec: "
			 "{target: {template: {mergePolicy: "
			 "Merge, data: {z: z}}}, data: [{secretKey: x}]}\n",
		"O a: z x");
	assert_producers("apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: a}\nspec: "
			 "{target: {creationPolicy: None}}\n",
		"");
	assert_producers("apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: a}\nspec: "
			 "{target: {creationPolicy: Merge}, data: "
			 "[{secretKey: x}]}\n",
		"O a~: x + &");
	assert_producers("apiVersion: v1\nkind: Secret\nmetadata: {name: a, annotations: {helm.sh/hook: "
			 "pre-install}}\ndata: {k: v}\n",
		"S a: k &");
	assert_producers("apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: a}\nspec: "
			 "{encryptedData: {dbSecretName: Ag}, "
			 "template: {data: {z: z}}}\n",
		"O a: dbSecretName z");
	assert_producers("apiVersion: secrets.hashicorp.com/v1beta1\nkind: VaultStaticSecret\nmetadata: {name: "
			 "a}\nspec: {destination: {name: b, "
			 "create: true}}\n",
		"O b: +");
	assert_producers(
		"apiVersion: onepassword.com/v1\nkind: OnePasswordItem\nmetadata: {name: a}\nspec: {itemPath: p}\n",
		"O a: +");
	assert_producers("apiVersion: secrets-store.csi.x-k8s.io/v1\nkind: SecretProviderClass\nmetadata: {name: "
			 "a}\nspec: {secretObjects: "
			 "[{secretName: b, type: Opaque, data: [{objectName: o, key: k}]}]}\n",
		"O b: k");
	assert_producers("apiVersion: gafaelfawr.lsst.io/v1alpha1\nkind: GafaelfawrServiceToken\nmetadata: {name: a}\n",
		"O a: token");
}

static void reads_certificates(void **state)
{
	(void)state;
	assert_producers(
		"apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: a}\nspec: {secretName: b}\n",
		"O b: tls.crt tls.key ca.crt~");
	assert_producers("apiVersion: cert-manager.io/v1\nkind: Certificate\nspec: {secretName: b, keystores: {jks: "
			 "{create: true}}}\n",
		"O b: tls.crt tls.key ca.crt~ +");
	assert_producers(
		"apiVersion: cert-manager.io/v1\nkind: ClusterIssuer\nspec: {acme: {privateKeySecretRef: {name: a}}}\n",
		"O a~: +");
	assert_producers("apiVersion: networking.k8s.io/v1\nkind: Ingress\nspec: {tls: [{secretName: a}]}\n", "");
	assert_producers("apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {annotations: "
			 "{cert-manager.io/cluster-issuer: i}}\n"
			 "spec: {tls: [{secretName: a}]}\n",
		"O a: tls.crt tls.key ca.crt~ &");
	assert_producers("kind: Ingress\nmetadata: {annotations: <?>}\nspec: {tls: [{secretName: a}]}\n",
		"O a~: tls.crt tls.key ca.crt~ &");
	assert_producers(
		"apiVersion: gafaelfawr.lsst.io/v1alpha1\nkind: GafaelfawrIngress\ntemplate: {metadata: {annotations: "
		"{cert-manager.io/issuer: i}}, spec: {tls: [{secretName: a}]}}\n",
		"O a: tls.crt tls.key ca.crt~ &");
}

static void reads_kafka(void **state)
{
	(void)state;
	assert_producers("apiVersion: kafka.strimzi.io/v1\nkind: KafkaUser\nmetadata: {name: a}\nspec: "
			 "{authentication: {type: scram-sha-512}}\n",
		"O a: password sasl.jaas.config");
	assert_producers("apiVersion: kafka.strimzi.io/v1\nkind: KafkaUser\nmetadata: {name: a}\nspec: "
			 "{authentication: {type: tls}}\n",
		"O a: ca.crt user.crt user.key user.p12 user.password");
	assert_producers("apiVersion: kafka.strimzi.io/v1\nkind: KafkaUser\nmetadata: {name: a}\nspec: "
			 "{authentication: {type: <?>}}\n",
		"O a~: +");
	assert_producers("apiVersion: kafka.strimzi.io/v1\nkind: KafkaUser\nmetadata: {name: a}\nspec: {authorization: "
			 "{type: simple}}\n",
		"");
	assert_producers("apiVersion: kafka.strimzi.io/v1\nkind: KafkaUser\nmetadata: {name: a}\nspec: "
			 "{authentication: {type: tls-external}}\n",
		"");
	assert_producers("apiVersion: kafka.strimzi.io/v1\nkind: Kafka\nmetadata: {name: a}\nspec: {clusterCa: "
			 "{generateCertificateAuthority: "
			 "false}}\n",
		"O a-clients-ca-cert: +; O a-clients-ca: +; O a-cluster-operator-certs: +; O "
		"a-entity-topic-operator-certs: +; "
		"O a-entity-user-operator-certs: +; O a-kafka-brokers: +");
	assert_producers("apiVersion: access.strimzi.io/v1alpha1\nkind: KafkaAccess\nmetadata: {name: a}\nspec: "
			 "{kafka: {name: k}}\n",
		"O a: +");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_vault_secrets),
		cmocka_unit_test(reads_templates_of_vault_secrets),
		cmocka_unit_test(points_at_keys),
		cmocka_unit_test(reads_paths),
		cmocka_unit_test(reads_secrets),
		cmocka_unit_test(reads_operators),
		cmocka_unit_test(reads_certificates),
		cmocka_unit_test(reads_kafka),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
