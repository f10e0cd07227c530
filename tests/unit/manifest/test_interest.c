#include "../base/assert_str.h"
#include "manifest/manifest.h"

/* The care for a dotted path; '/' stands for a dot within a key. */
static enum helm_care care_for(const char *dotted)
{
	struct helm_path path[8];
	struct str rest = str_of(dotted);
	size_t count = 0;

	while (!str_is_absent(rest)) {
		path[count] =
			(struct helm_path){.outer = count > 0 ? &path[count - 1] : NULL, .key = str_cut(&rest, '|')};
		count++;
	}
	return manifest_interest(&path[count - 1]);
}

static void asks_for_what_says_something(void **state)
{
	static const struct {
		const char *path;
		enum helm_care care;
	} rows[] = {
		{"kind", HELM_KEEP},
		{"apiVersion", HELM_KEEP},
		{"metadata", HELM_DESCEND},
		{"metadata|name", HELM_KEEP},
		{"metadata|namespace", HELM_KEEP},
		{"metadata|labels", HELM_SKIP},
		{"metadata|annotations", HELM_DESCEND},
		{"metadata|annotations|cert-manager.io/issuer", HELM_KEEP},
		{"metadata|annotations|checksum/config", HELM_SKIP},
		{"template|metadata|annotations|cert-manager.io/issuer", HELM_KEEP},
		{"spec|template|metadata", HELM_SKIP},
		{"data", HELM_NAMES},
		{"stringData", HELM_NAMES},
		{"spec", HELM_DESCEND},
		{"spec|path", HELM_KEEP},
		{"spec|templates", HELM_KEEP},
		{"spec|rules|http|paths|path", HELM_DESCEND},
		{"spec|template|data", HELM_KEEP},
		{"spec|template|spec|containers", HELM_DESCEND},
		{"spec|template|spec|containers|resources", HELM_SKIP},
		{"spec|template|spec|containers|env|valueFrom|secretKeyRef", HELM_KEEP},
		{"spec|template|spec|volumes|secret", HELM_KEEP},
		{"spec|template|spec|imagePullSecrets", HELM_KEEP},
		{"spec|template|spec|affinity", HELM_SKIP},
		{"spec|fooSecretRef", HELM_KEEP},
		{"spec|tls|secretName", HELM_KEEP},
		{"items|metadata|name", HELM_KEEP},
		{"items|metadata|labels", HELM_SKIP},
		{"items|kind", HELM_KEEP},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		if (care_for(rows[i].path) != rows[i].care)
			fail_msg("%s: %d", rows[i].path, (int)care_for(rows[i].path));
	}
}

static void assert_matter(const char *text, bool expected)
{
	if (manifest_may_matter(str_of(text)) != expected)
		fail_msg("%s:\n%s", expected ? "does not matter" : "matters", text);
}

static void passes_over_what_says_nothing(void **state)
{
	(void)state;
	assert_matter("", false);
	assert_matter("kind: Service\nmetadata:\n  name: {{ include \"a.fullname\" . }}\n  labels:\n    {{- include "
		      "\"a.labels\" . | nindent 4 }}\n"
		      "spec:\n  ports:\n    - port: 80\n  selector:\n    {{- include \"a.selector\" . | nindent 4 }}\n",
		false);
	assert_matter("{{- if .Values.x }}\nkind: ConfigMap\ndata:\n  {{- toYaml .Values.config | nindent 2 }}\n  k: "
		      "|\n    kind: {{ .x }}\n{{- end }}\n",
		true);
	assert_matter("{{- $x := include \"a\" . }}\n{{/* a: {{ b }} */}}\nkind: KafkaTopic\nspec:\n  replicas: {{ "
		      ".Values.replicas }}\n",
		false);
	assert_matter("kind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - name: a\n         "
		      " resources:\n"
		      "            {{- toYaml .Values.resources | nindent 12 }}\n      {{- with .Values.tolerations "
		      "}}\n      tolerations:\n"
		      "        {{- toYaml . | nindent 8 }}\n      {{- end }}\n",
		false);
	assert_matter("kind: HorizontalPodAutoscaler\nspec:\n  args: ['{{ .Values.a }}']\n  hosts:\n    - {{ "
		      ".Values.host | quote }}\n",
		false);
}

static void sees_what_may_say_something(void **state)
{
	(void)state;
	assert_matter("a: {secretKeyRef: {}}\n", true);
	assert_matter("kind: VaultSecret\n", true);
	assert_matter("kind: KafkaUser # comment\n", true);
	assert_matter("{{ if .x }}kind: \"KafkaUser\"{{ end }}\n", true);
	assert_matter("items:\n  - kind: GafaelfawrServiceToken\r\n", true);
	assert_matter("kind: {{ .Values.kind }}\n", true);
	assert_matter("kind:\n  KafkaUser\n", true);
	assert_matter("      env:\n        {{- toYaml .Values.env | nindent 8 }}\n", true);
	assert_matter("      env: {{- toYaml .Values.env | nindent 8 }}\n", true);
	assert_matter("      env: {{ include \"a\"\n    . | nindent 8 }}\n", true);
	assert_matter("{{ include \"lib.deployment\" . }}\n", true);
	assert_matter("{{ template \"lib.deployment\" . }}\n", true);
	assert_matter("spec:\n  labels:\n    a: b\n  {{- toYaml .Values.more | nindent 2 }}\n", true);
	assert_matter("spec:\n  volumes:\n  {{- toYaml .Values.volumes | nindent .Values.n }}\n", true);
	assert_matter("spec: {tls: {certificateRefs: [{name: a}]}}\n", true);
	assert_matter("spec:\n  basicAuth:\n    username: {name: a, key: b}\n", true);
	assert_matter("{\"kind\": \"KafkaUser\"}\n", true);
	assert_matter("spec:\n  {{ $key }}: {name: a}\n", true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(asks_for_what_says_something),
		cmocka_unit_test(passes_over_what_says_nothing),
		cmocka_unit_test(sees_what_may_say_something),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
