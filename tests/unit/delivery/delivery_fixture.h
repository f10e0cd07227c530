/* Repositories with two applications and what is found in them, as lines that a test can compare. */
#ifndef ASPIS_TESTS_DELIVERY_FIXTURE_H
#define ASPIS_TESTS_DELIVERY_FIXTURE_H

#include "../model/fixture.h"
#include "delivery/delivery.h"

/* The Argo CD Application of an application, which lands in the namespace NAME-space. */
#define APPLICATION(name)                                                                                              \
	"{{- if (index .Values \"applications\" \"" name "\") -}}\n"                                                   \
	"apiVersion: argoproj.io/v1alpha1\n"                                                                           \
	"kind: Application\n"                                                                                          \
	"metadata:\n"                                                                                                  \
	"  name: \"" name "\"\n"                                                                                       \
	"spec:\n"                                                                                                      \
	"  destination:\n"                                                                                             \
	"    namespace: \"" name "-space\"\n"                                                                          \
	"  source:\n"                                                                                                  \
	"    path: \"applications/" name "\"\n"                                                                        \
	"    helm:\n"                                                                                                  \
	"      parameters:\n"                                                                                          \
	"        - name: \"global.vaultSecretsPath\"\n"                                                                \
	"          value: {{ .Values.vaultPathPrefix | quote }}\n"                                                     \
	"      valueFiles:\n"                                                                                          \
	"        - \"values.yaml\"\n"                                                                                  \
	"        - \"values-{{ .Values.name }}.yaml\"\n"                                                               \
	"{{- end -}}\n"

/* A VaultSecret; rest are further lines of its spec. */
#define VAULT_SECRET(name, path, rest)                                                                                 \
	"apiVersion: ricoberger.de/v1alpha1\n"                                                                         \
	"kind: VaultSecret\n"                                                                                          \
	"metadata:\n"                                                                                                  \
	"  name: " name "\n"                                                                                           \
	"spec:\n"                                                                                                      \
	"  path: \"" path "\"\n"                                                                                       \
	"  type: Opaque\n" rest

/* A Pod with one variable from a Secret. */
#define POD(name, secret, key)                                                                                         \
	"apiVersion: v1\n"                                                                                             \
	"kind: Pod\n"                                                                                                  \
	"metadata:\n"                                                                                                  \
	"  name: " name "\n"                                                                                           \
	"spec:\n"                                                                                                      \
	"  containers:\n"                                                                                              \
	"    - name: main\n"                                                                                           \
	"      env:\n"                                                                                                 \
	"        - name: VARIABLE\n"                                                                                   \
	"          valueFrom:\n"                                                                                       \
	"            secretKeyRef:\n"                                                                                  \
	"              name: " secret "\n"                                                                             \
	"              key: " key "\n"

#define ENVIRONMENT(name, applications)                                                                                \
	"name: " name "\nfqdn: " name ".example.com\nvaultPathPrefix: secret/" name "\napplications:\n" applications

struct followed {
	struct fixture fixture;
	struct delivery *delivery;
	struct strbuf lines;
};

static inline void followed_open(struct followed *followed, const struct fixture_file *files)
{
	fixture_open(&followed->fixture, files);
	repository_load(followed->fixture.repository, DELIVERY_ROLES, 2);
	followed->delivery = delivery_new(followed->fixture.model, NULL, 2);
	strbuf_init(&followed->lines);
}

static inline void followed_close(struct followed *followed)
{
	strbuf_release(&followed->lines);
	delivery_free(followed->delivery);
	fixture_close(&followed->fixture);
}

static inline const struct delivery_environment *followed_environment(const struct followed *followed, const char *name)
{
	const struct delivery_environment *environment = delivery_environment(followed->delivery, str_of(name));
	assert_non_null(environment);
	return environment;
}

static inline struct str or_unknown(struct str text)
{
	return str_is_absent(text) ? STR("?") : text;
}

/* "makes NAMESPACE/SECRET from ENTRY" and "uses NAMESPACE/SECRET KEY", with "maybe" behind where it is not certain. */
static inline const char *followed_lines(struct followed *followed, const char *name)
{
	const struct delivery_environment *environment = followed_environment(followed, name);

	strbuf_clear(&followed->lines);
	for (size_t i = 0; i < environment->producers.len; i++) {
		const struct delivery_producer *producer = vec_pointer(&environment->producers, i);
		strbuf_printf(&followed->lines, "makes %.*s/%.*s from %.*s%s\n",
			STR_ARG(or_unknown(producer->name_space)), STR_ARG(or_unknown(producer->manifest->secret)),
			STR_ARG(or_unknown(producer->entry)), producer->manifest->maybe ? " maybe" : "");
	}
	for (size_t i = 0; i < environment->consumers.len; i++) {
		const struct delivery_consumer *consumer = vec_pointer(&environment->consumers, i);
		strbuf_printf(&followed->lines, "uses %.*s/%.*s %.*s%s\n", STR_ARG(or_unknown(consumer->name_space)),
			STR_ARG(or_unknown(consumer->manifest->secret)),
			STR_ARG(consumer->manifest->whole ? STR("*") : or_unknown(consumer->manifest->key)),
			consumer->manifest->maybe ? " maybe" : "");
	}
	return followed->lines.ptr;
}

/* "ENTRY KEY KIND" for each use of Vault. */
static inline const char *followed_uses(struct followed *followed, const char *name)
{
	const struct delivery_environment *environment = followed_environment(followed, name);

	strbuf_clear(&followed->lines);
	for (size_t i = 0; i < environment->uses.len; i++) {
		const struct vault_use *use = vec_pointer(&environment->uses, i);
		strbuf_printf(&followed->lines, "%.*s %.*s %s%s\n", STR_ARG(use->entry),
			STR_ARG(use->whole ? STR("*") : or_unknown(use->key)),
			use->consumer ? consumer_kind_name(use->consumer->manifest->kind) : "vaultSecret",
			use->maybe ? " maybe" : "");
	}
	return followed->lines.ptr;
}

#endif
