#include "fixture.h"

static void reads_environments(void **state)
{
	(void)state;
	assert_consumers("kind: Pod\nspec:\n  containers:\n  - env:\n    - name: A\n      valueFrom:\n        "
			 "secretKeyRef: {name: db, key: "
			 "password}\n",
		"env db/password");
	assert_consumers(
		"kind: CronJob\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n"
		"          initContainers:\n          - env: [{valueFrom: {secretKeyRef: {name: a, key: b, optional: "
		"true}}}]\n"
		"          containers:\n          - envFrom: [{secretRef: {name: c}}, {configMapRef: {name: d}}]\n",
		"env a/b o; envFrom c/*");
	assert_consumers(
		"env: [{valueFrom: {secretKeyRef: {key: b}}}, {valueFrom: {secretKeyRef: {name: '', key: b}}}]\n", "");
	assert_consumers("env: [{valueFrom: {secretKeyRef: {name: a}}}]\n", "env a/?");
	assert_consumers("envFrom: [{secretRef: name}, {secretRef: {name: a, optional: <?>}}]\n", "envFrom a/* o");
}

static void reads_volumes(void **state)
{
	(void)state;
	assert_consumers("kind: Pod\nspec:\n  volumes:\n  - secret: {secretName: a}\n  - secret: {secretName: b, "
			 "items: [{key: x, path: y}, "
			 "{key: z, path: z}], optional: true}\n",
		"volume a/*; volume b/x o; volume b/z o");
	assert_consumers("volumes:\n- projected:\n    sources:\n    - secret: {name: a, items: [{key: x}]}\n    - "
			 "secret: {name: b}\n",
		"projected a/x; projected b/*");
	assert_consumers("volumes: [{secret: {secretName: a, items: []}}]\n", "volume a/*");
	assert_consumers("volumes: [{secret: {secretName: a, items: <?>}}]\n", "volume a/? ~");
	assert_consumers("volumes: [{secret: {secretName: a, items: [{key: x}, ...]}}]\n", "volume a/x; volume a/? ~");
	assert_consumers("volumes: [{secret: {secretName: a, '~items': [{key: x}]}}]\n", "volume a/x ~; volume a/? ~");
	assert_consumers("volumes: [{csi: {driver: d, nodePublishSecretRef: {name: a}}}]\n", "csi a/*");
}

static void reads_pull_secrets_and_certificates(void **state)
{
	(void)state;
	assert_consumers("kind: ServiceAccount\nimagePullSecrets: [{name: a}]\nsecrets: [{name: b}]\n",
		"imagePullSecret a/*; reference b/?");
	assert_consumers("kind: X\nspec: {imagePullSecrets: [a, {name: b}, <?>]}\n",
		"imagePullSecret a/*; imagePullSecret b/*; imagePullSecret ?/*");
	assert_consumers(
		"apiVersion: networking.k8s.io/v1\nkind: Ingress\nspec: {tls: [{hosts: [h], secretName: a}]}\n",
		"tls a/*");
	assert_consumers("apiVersion: gafaelfawr.lsst.io/v1alpha1\nkind: GafaelfawrIngress\ntemplate: {spec: {tls: "
			 "[{secretName: a}]}}\n",
		"tls a/*");
	assert_consumers("kind: Gateway\nspec: {listeners: [{tls: {certificateRefs: [{name: a}, {kind: Other, name: "
			 "b}, {name: c, "
			 "namespace: ns}]}}]}\n",
		"tls a/*; tls c@ns/*");
	assert_consumers("kind: Ingress\nmetadata: {annotations: {nginx.ingress.kubernetes.io/auth-secret: a, "
			 "nginx.ingress.kubernetes.io/auth-tls-secret: ns/b}}\n",
		"reference a/?; reference b@ns/?");
}

static void reads_references_of_custom_resources(void **state)
{
	(void)state;
	assert_consumers("apiVersion: keda.sh/v1alpha1\nkind: TriggerAuthentication\nspec: {secretTargetRef: "
			 "[{parameter: p, name: a, key: b}]}\n",
		"reference a/b");
	assert_consumers("apiVersion: cert-manager.io/v1\nkind: Issuer\nspec: {acme: {privateKeySecretRef: {name: "
			 "own}, solvers: [{dns01: "
			 "{route53: {secretAccessKeySecretRef: {name: a, key: b}}}}]}}\n",
		"reference a/b");
	assert_consumers("apiVersion: cert-manager.io/v1\nkind: ClusterIssuer\nspec: {ca: {secretName: a}}\n",
		"reference a/? ~");
	assert_consumers("apiVersion: kafka.strimzi.io/v1beta2\nkind: KafkaUser\nspec: {authentication: {password: "
			 "{valueFrom: {secretKeyRef: "
			 "{name: a, key: b}}}}}\n",
		"reference a/b");
	assert_consumers("apiVersion: kafka.strimzi.io/v1beta2\nkind: KafkaConnect\nspec:\n  tls: "
			 "{trustedCertificates: [{secretName: a, "
			 "certificate: ca.crt}, {secretName: b, pattern: '*.crt'}]}\n"
			 "  authentication: {certificateAndKey: {secretName: c, certificate: user.crt, key: user.key}, "
			 "passwordSecret: "
			 "{secretName: d, password: p}}\n",
		"reference a/ca.crt; reference b/? ~; reference c/user.key; reference c/user.crt; reference d/p");
	assert_consumers("apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nspec: {endpoints: [{basicAuth: "
			 "{username: {name: a, key: "
			 "u}, password: {name: a, key: p}}, bearerTokenSecret: {name: b, key: t}, authorization: "
			 "{credentials: {name: c, key: k}}}]}\n",
		"reference a/u; reference a/p; reference b/t; reference c/k");
	assert_consumers("kind: X\nspec: {fooSecretName: a, existingSecret: b, barSecretRef: {name: c, namespace: ns}, "
			 "clientSecret: plain}\n",
		"reference a/? ~; reference b/?; reference c@ns/? ~");
	assert_consumers(
		"kind: X\nspec: {valuesFrom: [{valueFrom: {secretKeyRef: {name: a, key: b}}}]}\n", "reference a/b");
}

static void leaves_alone_what_is_no_reference(void **state)
{
	(void)state;
	assert_consumers("apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: {secretKeyRef: "
			 "{name: a, key: b}}\n",
		"");
	assert_consumers("apiVersion: v1\nkind: ConfigMap\ndata: {secretName: a}\n", "");
	assert_consumers("apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec: {source: {helm: {valuesObject: "
			 "{existingSecret: a}}}}\n",
		"");
	assert_consumers("apiVersion: cert-manager.io/v1\nkind: Certificate\nspec: {secretName: a, keystores: {jks: "
			 "{passwordSecretRef: {name: "
			 "b, key: c}}}}\n",
		"reference b/c");
	assert_consumers("kind: X\nspec: {secretKeyRef: text, secretName: {type: string}, secret: {type: object}, "
			 "items: [1, 2]}\n",
		"");
}

static void says_maybe_where_it_does_not_know(void **state)
{
	(void)state;
	assert_consumers("kind: Pod\n~spec: {containers: [{env: [{valueFrom: {secretKeyRef: {name: a, key: b}}}]}]}\n",
		"env a/b ~");
	assert_consumers("env: [{'~': {valueFrom: {secretKeyRef: {name: a, key: b}}}}, {valueFrom: {secretKeyRef: "
			 "{name: c, key: d}}}]\n",
		"env a/b ~; env c/d");
	assert_consumers("env: [{valueFrom: {secretKeyRef: {~name: a, ~name : b, key: k}}}]\n", "env a/k ~; env b/k ~");
	assert_consumers("env: [{valueFrom: {secretKeyRef: {~name: a, name: b, key: k}}}]\n", "env b/k");
	assert_consumers("env: [{valueFrom: {secretKeyRef: {name: a, ~name: b, key: k}}}]\n", "env a/k ~; env b/k ~");
	assert_consumers("env: [{valueFrom: {secretKeyRef: <?>}}, {valueFrom: {secretKeyRef: {name: <?>, key: k}}}]\n",
		"env ?/? o ~; env ?/k");
	assert_consumers("env: [{valueFrom: {secretKeyRef: {...: 0, name: a}}}]\n", "env a/? o ~");
	assert_consumers("kind: <?>\nenv: [{valueFrom: {secretKeyRef: {name: a, key: k}}}]\n", "env a/k ~");
	assert_consumers(
		"~imagePullSecrets: [a]\n~imagePullSecrets : [b]\n", "imagePullSecret a/* ~; imagePullSecret b/* ~");
}

/* The last pull secrets that are there for sure hide those before; those that may be there do not, but make them uncertain. */
static void assert_hiding(unsigned fill)
{
	static const char expected[] = "imagePullSecret b/* ~; imagePullSecret c/* ~";
	struct strbuf text = STRBUF_INIT;

	strbuf_append_c(&text, "imagePullSecrets: [a]\n");
	for (unsigned i = 0; i < fill; i++)
		strbuf_printf(&text, "k%u: [v]\n", i);
	strbuf_append_c(&text, "'imagePullSecrets': [b]\n~imagePullSecrets: [c]\n");
	assert_consumers(text.ptr, expected);
	strbuf_release(&text);
}

static void hides_what_is_set_again(void **state)
{
	(void)state;
	assert_hiding(0);
	assert_hiding(100);
}

static void reads_lists_and_namespaces(void **state)
{
	(void)state;
	assert_consumers("kind: List\nitems:\n- kind: Pod\n  metadata: {namespace: ns}\n  imagePullSecrets: [a]\n- "
			 "kind: Pod\n  metadata: "
			 "{namespace: <?>}\n  imagePullSecrets: [b]\n- '~': {kind: Pod, imagePullSecrets: [c]}\n",
		"imagePullSecret a@ns/*; imagePullSecret b@?/*; imagePullSecret c/* ~");
	assert_consumers("kind: List\n~items: [{kind: Pod, imagePullSecrets: [a]}]\n", "imagePullSecret a/* ~");
	assert_consumers("[1, 2]\n", "");
	assert_consumers("text\n---\n", "");
}

static void bounds_its_work(void **state)
{
	struct manifest_fixture fixture;
	struct strbuf text = STRBUF_INIT;

	(void)state;
	strbuf_append_c(&text, "imagePullSecrets: [a]\n");
	for (unsigned i = 0; i < 20000; i++)
		strbuf_printf(&text, "k%u: {secretKeyRef: {name: a, key: k%u}}\n", i, i);
	fixture_open(&fixture, text.ptr);
	assert_int_equal(fixture.consumers.len, 20001);
	fixture_close(&fixture);
	strbuf_clear(&text);
	strbuf_append_c(&text, "a: ");
	for (unsigned i = 0; i < 900; i++)
		strbuf_append_c(&text, "[");
	for (unsigned i = 0; i < 900; i++)
		strbuf_append_c(&text, "]");
	fixture_open(&fixture, text.ptr);
	assert_int_equal(fixture.consumers.len, 0);
	fixture_close(&fixture);
	strbuf_release(&text);
}

static void points_at_names_and_keys(void **state)
{
	struct manifest_fixture fixture;
	const struct manifest_consumer *consumer;

	(void)state;
	fixture_open(&fixture, "kind: Pod\nmetadata:\n  name: pod\nspec:\n  containers:\n  - env: [{valueFrom: "
			       "{secretKeyRef: {name: db, key: \"p w\"}}}]\n");
	consumer = vec_pointer(&fixture.consumers, 0);
	assert_true(str_is(span_text(consumer->secret_span), "db"));
	assert_true(str_is(span_text(consumer->key_span), "\"p w\""));
	assert_true(str_is(span_text(consumer->object->span), "pod"));
	assert_true(str_is(consumer->object->kind, "Pod"));
	assert_true(str_is(consumer->object->name, "pod"));
	fixture_close(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_environments),
		cmocka_unit_test(reads_volumes),
		cmocka_unit_test(reads_pull_secrets_and_certificates),
		cmocka_unit_test(reads_references_of_custom_resources),
		cmocka_unit_test(leaves_alone_what_is_no_reference),
		cmocka_unit_test(says_maybe_where_it_does_not_know),
		cmocka_unit_test(hides_what_is_set_again),
		cmocka_unit_test(reads_lists_and_namespaces),
		cmocka_unit_test(bounds_its_work),
		cmocka_unit_test(points_at_names_and_keys),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
