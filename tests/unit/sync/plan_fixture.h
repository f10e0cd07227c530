/* A small repository with a secret of every kind, and what a source gives and a store holds as short texts, for the tests of plan*.c and audit.c. */
#ifndef ASPIS_TESTS_SYNC_PLAN_FIXTURE_H
#define ASPIS_TESTS_SYNC_PLAN_FIXTURE_H

#include "../model/fixture.h"
#include "generate/generate.h"
#include "memory_store.h"
#include "model/resolve.h"
#include "sync/audit.h"
#include "sync/plan.h"
#include "sync/plan_rows.h"

#define PLAN_TOKEN  "gt-AAAAAAAAAAAAAAAAAAAAAA.BBBBBBBBBBBBBBBBBBBBBB"
#define PLAN_FERNET "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

#define PLAN_ARGOCD(name)                                                                                              \
	"{{- if (index .Values \"applications\" \"" name "\") -}}\n"                                                   \
	"apiVersion: argoproj.io/v1alpha1\n"                                                                           \
	"kind: Application\n"                                                                                          \
	"metadata:\n"                                                                                                  \
	"  name: \"" name "\"\n"                                                                                       \
	"spec:\n"                                                                                                      \
	"  destination:\n"                                                                                             \
	"    namespace: \"" name "\"\n"                                                                                \
	"  source:\n"                                                                                                  \
	"    path: \"applications/" name "\"\n"                                                                        \
	"    helm:\n"                                                                                                  \
	"      parameters:\n"                                                                                          \
	"        - name: \"global.vaultSecretsPath\"\n"                                                                \
	"          value: {{ .Values.vaultPathPrefix | quote }}\n"                                                     \
	"      valueFiles:\n"                                                                                          \
	"        - \"values.yaml\"\n"                                                                                  \
	"{{- end -}}\n"

#define PLAN_VAULT_SECRET(name, entry)                                                                                 \
	"apiVersion: ricoberger.de/v1alpha1\n"                                                                         \
	"kind: VaultSecret\n"                                                                                          \
	"metadata:\n"                                                                                                  \
	"  name: " name "\n"                                                                                           \
	"spec:\n"                                                                                                      \
	"  path: \"{{ .Values.global.vaultSecretsPath }}/" entry "\"\n"                                                \
	"  type: Opaque\n"

#define PLAN_VARIABLE(name, secret, key)                                                                               \
	"---\n"                                                                                                        \
	"apiVersion: apps/v1\n"                                                                                        \
	"kind: Deployment\n"                                                                                           \
	"metadata:\n"                                                                                                  \
	"  name: " name "\n"                                                                                           \
	"spec:\n"                                                                                                      \
	"  template:\n"                                                                                                \
	"    spec:\n"                                                                                                  \
	"      containers:\n"                                                                                          \
	"        - name: main\n"                                                                                       \
	"          env:\n"                                                                                             \
	"            - name: VARIABLE\n"                                                                               \
	"              valueFrom:\n"                                                                                   \
	"                secretKeyRef:\n"                                                                              \
	"                  name: " secret "\n"                                                                         \
	"                  key: " key "\n"

static const struct fixture_file plan_files[] = {
	{"environments/values.yaml", "name: e\nfqdn: e.example.org\nvaultPathPrefix: secret/phalanx/e\n"
				     "applications: {a: true, b: true, plain: true, off: false, pull-secret: false, "
				     "other: false, sleeping: true}\n"},
	{"environments/values-e.yaml", "name: e\n"},
	{"environments/values-contested.yaml", "applications: {pull-secret: true, other: true}\n"},
	{"environments/templates/applications/all/a.yaml", PLAN_ARGOCD("a")},
	{"environments/templates/applications/all/plain.yaml", PLAN_ARGOCD("plain")},
	{"applications/a/Chart.yaml", "name: a\nversion: 1.0.0\n"},
	{"applications/a/values.yaml", "global: {}\nnever: false\n"},
	{"applications/a/templates/all.yaml",
		PLAN_VAULT_SECRET("a", "a") PLAN_VARIABLE("server", "a", "used") PLAN_VARIABLE("keeper", "a", "token")
			PLAN_VARIABLE("guesser", "{{ include \"name\" . }}", "hidden")
				PLAN_VARIABLE("stranger", "elsewhere", "free")},
	{"applications/a/secrets.yaml",
		"static: {description: d}\n"
		"encoded: {description: d, onepassword: {encoded: true}}\n"
		"literal: {description: d, value: written}\n"
		"password: {description: d, generate: {type: password}}\n"
		"token: {description: d, generate: {type: gafaelfawr-token}}\n"
		"fernet: {description: d, generate: {type: fernet-key}}\n"
		"rsa: {description: d, generate: {type: rsa-private-key}}\n"
		"clients: {description: d, generate: {type: oidc-clients}}\n"
		"hash: {description: d, generate: {type: bcrypt-password-hash, source: password}}\n"
		"time: {description: d, generate: {type: mtime, source: password}}\n"
		"static-hash: {description: d, generate: {type: bcrypt-password-hash, source: static}}\n"
		"static-time: {description: d, generate: {type: mtime, source: static}}\n"
		"rsa-hash: {description: d, generate: {type: bcrypt-password-hash, source: rsa}}\n"
		"dangling: {description: d, copy: {application: off, key: x}}\n"
		"dangling-hash: {description: d, generate: {type: bcrypt-password-hash, source: dangling}}\n"
		"dangling-time: {description: d, generate: {type: mtime, source: dangling}}\n"
		"never: {description: d, if: never}\n"},
	{"applications/b/Chart.yaml", "name: b\n"},
	{"applications/b/secrets.yaml", "static: {description: d, copy: {application: a, key: static}}\n"
					"token: {description: d, copy: {application: a, key: token}}\n"
					"again: {description: d, copy: {application: b, key: token}}\n"
					"password: {description: d, copy: {application: a, key: password}}\n"
					"dangling: {description: d, copy: {application: a, key: dangling}}\n"
					"round: {description: d, copy: {application: b, key: about}}\n"
					"about: {description: d, copy: {application: b, key: round}}\n"},
	{"applications/off/Chart.yaml", "name: off\n"},
	{"applications/off/secrets.yaml", "x: {description: d}\n"},
	{"applications/plain/Chart.yaml", "name: plain\nversion: 1.0.0\n"},
	{"applications/plain/values.yaml", "global: {}\n"},
	{"applications/plain/templates/all.yaml", PLAN_VAULT_SECRET("plain", "foreign")},
	{"applications/sleeping/Chart.yaml", "name: sleeping\n"},
	{"applications/sleeping/secrets.yaml", "x: {description: d, if: never}\n"},
	{"applications/other/Chart.yaml", "name: other\n"},
	{"applications/other/secrets.yaml", "one: {description: d}\ntwo: {description: d}\n"},
	{"applications/pull-secret/Chart.yaml", "name: pull-secret\n"},
	{"applications/pull-secret/secrets.yaml", ".dockerconfigjson: {description: d}\n"},
	{NULL, NULL},
};

/* A repository, resolved for an environment. */
struct plan_repository {
	struct fixture fixture;
	struct delivery *delivery;
};

/* A plan, and what it was made of. */
struct planned {
	const struct plan_repository *repository;
	struct resolution *resolution;
	struct given_values given;
	struct memory_store store;
	struct store_snapshot remote;
	struct vec only, exclude, rotate; /* struct str */
	struct plan_options options;
	struct strbuf option_text;
	struct plan *plan;
};

static inline void plan_repository_open(struct plan_repository *repository, const struct fixture_file *files)
{
	fixture_open(&repository->fixture, files);
	repository_load(repository->fixture.repository, DELIVERY_ROLES, 2);
	repository->delivery = delivery_new(repository->fixture.model, NULL, 2);
}

static inline void plan_repository_close(struct plan_repository *repository)
{
	delivery_free(repository->delivery);
	fixture_close(&repository->fixture);
}

/* "a/k=value", "a/k keep", "a/k field" and "a/k item" (missing from 1Password), "a/k bad", "registries", "registry HOST USER PASSWORD", "clients", "client NAME ID SECRET URI",
 * "onepassword"; '-' stands for what is missing. A line each. */
static inline struct secret *plan_given_text(struct str word)
{
	return str_is_absent(word) || str_is(word, "-") ? NULL : secret_new(word.ptr, word.len);
}

static inline void plan_give_special(struct given_values *given, struct str line)
{
	struct str kind = str_cut(&line, ' ');

	if (str_is(kind, "onepassword")) {
		given->source = GIVEN_ONEPASSWORD;
	} else if (str_is(kind, "registries") || str_is(kind, "registry")) {
		given->names_pull_secret = true;
		if (str_is(kind, "registries"))
			return;
		struct given_registry *registry = vec_push(&given->registries);
		registry->host = arena_str(&given->arena, str_cut(&line, ' '));
		registry->username = plan_given_text(str_cut(&line, ' '));
		registry->password = plan_given_text(str_cut(&line, ' '));
	} else if (str_is(kind, "clients") || str_is(kind, "client")) {
		given->names_oidc_clients = true;
		if (str_is(kind, "clients"))
			return;
		struct given_client *client = vec_push(&given->clients);
		client->name = arena_str(&given->arena, str_cut(&line, ' '));
		client->id = plan_given_text(str_cut(&line, ' '));
		client->secret = plan_given_text(str_cut(&line, ' '));
		client->return_uri = plan_given_text(str_cut(&line, ' '));
	} else {
		fail_msg("\"%.*s\" gives nothing", STR_ARG(kind));
	}
}

static inline void plan_give(struct given_values *given, struct str line)
{
	size_t slash = str_find(line, '/'), equals = str_find(line, '='), blank = str_find(line, ' ');
	size_t end = equals < blank ? equals : blank;
	struct str word = str_slice(line, end + 1, line.len);
	enum given_state state = GIVEN_VALUE;

	if (slash >= end) {
		plan_give_special(given, line);
		return;
	}
	if (equals > blank)
		state = str_is(word, "keep") ? GIVEN_KEEP : str_is(word, "bad") ? GIVEN_MALFORMED : GIVEN_MISSING;
	struct given_secret *secret =
		given_values_add(given, str_slice(line, 0, slash), str_slice(line, slash + 1, end - slash - 1), state,
			state == GIVEN_VALUE ? plan_given_text(word) : NULL);
	if (state == GIVEN_MALFORMED)
		secret->problem = STR("is not base64");
	secret->no_item = state == GIVEN_MISSING && str_is(word, "item");
}

/* Appends text with "@token", "@fernet", "@rsa" and "@hash(source)" filled in. */
static inline void plan_expand(struct strbuf *out, struct str text)
{
	while (text.len > 0) {
		size_t at = str_find(text, '@');
		struct error error = ERROR_INIT;
		struct secret *made = NULL;

		strbuf_append(out, str_slice(text, 0, at));
		text = str_slice(text, at, text.len);
		if (str_starts_with(text, STR("@token"))) {
			strbuf_append_c(out, PLAN_TOKEN);
			text = str_slice(text, 6, text.len);
		} else if (str_starts_with(text, STR("@fernet"))) {
			strbuf_append_c(out, PLAN_FERNET);
			text = str_slice(text, 7, text.len);
		} else if (str_starts_with(text, STR("@rsa"))) {
			text = str_slice(text, 4, text.len);
			assert_true(generate_rsa_private_key(&made, &error));
		} else if (str_starts_with(text, STR("@hash("))) {
			size_t end = str_find(text, ')');
			struct secret *source = secret_new(text.ptr + 6, end - 6);
			assert_true(generate_bcrypt_password_hash(&made, source, &error));
			secret_free(source);
			text = str_slice(text, end + 1, text.len);
		} else {
			strbuf_append(out, str_slice(text, 0, 1));
			text = str_slice(text, 1, text.len);
		}
		for (size_t i = 0; made && i < secret_size(made); i++) {
			char c = ((const char *)secret_bytes(made))[i];
			strbuf_append_c(out, c == '\n' ? "\\n" : (char[]){c, '\0'});
		}
		secret_free(made);
	}
}

/* "ENTRY {JSON}", "-ENTRY {JSON}" (deleted), "folder/". A line each. */
static inline void plan_store(struct planned *planned, struct str line)
{
	struct strbuf body = STRBUF_INIT;
	bool deleted = str_starts_with(line, STR("-"));
	struct str name;

	if (deleted)
		line = str_slice(line, 1, line.len);
	name = str_cut(&line, ' ');
	if (str_ends_with(name, STR("/")))
		return;
	plan_expand(&body, line);
	memory_put(&planned->store, name, strbuf_str(&body));
	memory_find(&planned->store, name)->deleted = deleted;
	strbuf_release(&body);
}

static inline void plan_option(struct planned *planned, struct str word)
{
	struct str name = str_cut(&word, '=');

	if (str_is(name, "only"))
		*(struct str *)vec_push(&planned->only) = word;
	else if (str_is(name, "exclude"))
		*(struct str *)vec_push(&planned->exclude) = word;
	else if (str_is(name, "rotate"))
		*(struct str *)vec_push(&planned->rotate) = word;
	else if (str_is(name, "regenerate"))
		planned->options.regenerate = true;
	else if (str_is(name, "delete"))
		planned->options.delete_unknown = true;
	else if (str_is(name, "force"))
		planned->options.force = true;
	else if (str_is(name, "partial"))
		planned->options.partial = true;
	else if (str_is(name, "delete-pull-secret"))
		planned->options.delete_pull_secret = true;
	else if (str_is(name, "max"))
		planned->options.max_delete = (unsigned)(word.ptr[0] - '0');
	else
		fail_msg("\"%.*s\" is no option", STR_ARG(name));
}

static inline void planned_options(struct planned *planned, const char *options)
{
	struct str rest;

	strbuf_append_c(&planned->option_text, options ? options : "");
	rest = strbuf_str(&planned->option_text);
	while (rest.len > 0)
		plan_option(planned, str_cut(&rest, ' '));
}

static inline void planned_lines(
	struct planned *planned, const char *text, void (*take)(struct planned *planned, struct str line))
{
	struct str rest = str_of(text ? text : "");

	while (rest.len > 0) {
		struct str line = str_cut(&rest, '\n');
		if (line.len > 0)
			take(planned, line);
	}
}

static inline void planned_give(struct planned *planned, struct str line)
{
	planned->given.source = planned->given.source == GIVEN_NONE ? GIVEN_FILE : planned->given.source;
	plan_give(&planned->given, line);
}

static inline void planned_folder(struct planned *planned, struct str line)
{
	if (str_ends_with(line, STR("/")))
		*(struct str *)vec_push(&planned->remote.folders) = line;
}

/* Makes a plan over what the store holds now. */
static inline void planned_make_with(struct planned *planned, struct bcrypt_verdicts *verdicts)
{
	const struct plan_input input = {
		.resolution = planned->resolution,
		.given = planned->given.source == GIVEN_NONE ? NULL : &planned->given,
		.remote = &planned->remote,
		.store_name = STR("memory"),
		.delivery = delivery_environment(planned->repository->delivery, planned->resolution->environment->name),
		.verdicts = verdicts,
		.options = &planned->options,
	};
	planned->plan = plan_new(&input);
}

static inline void planned_make(struct planned *planned)
{
	planned_make_with(planned, NULL);
}

static inline void planned_open(struct planned *planned, const struct plan_repository *repository,
	const char *environment, const char *given, const char *remote, const char *options)
{
	*planned = (struct planned){.repository = repository,
		.only = VEC_INIT(struct str),
		.exclude = VEC_INIT(struct str),
		.rotate = VEC_INIT(struct str),
		.option_text = STRBUF_INIT,
		.options = plan_options_default};
	planned->options.only = &planned->only;
	planned->options.exclude = &planned->exclude;
	planned->options.rotate = &planned->rotate;
	planned->resolution =
		resolve_environment(repository->fixture.model, fixture_environment(&repository->fixture, environment));
	given_values_init(&planned->given);
	planned->given.name = STR("somewhere/static.yaml");
	memory_init(&planned->store);
	planned_lines(planned, given, planned_give);
	given_values_seal(&planned->given);
	planned_lines(planned, remote, plan_store);
	memory_snapshot(&planned->store, &planned->remote);
	planned_lines(planned, remote, planned_folder);
	planned_options(planned, options);
	planned_make(planned);
}

static inline void planned_close(struct planned *planned)
{
	plan_free(planned->plan);
	store_snapshot_release(&planned->remote);
	memory_free(&planned->store.store);
	given_values_release(&planned->given);
	resolution_free(planned->resolution);
	vec_release(&planned->only);
	vec_release(&planned->exclude);
	vec_release(&planned->rotate);
	strbuf_release(&planned->option_text);
}

/* A key by "entry/key". */
static inline const struct plan_key *planned_key_of(const struct planned *planned, const char *name)
{
	struct str rest = str_of(name);
	struct str entry = str_cut(&rest, '/');
	const struct plan_key *key = plan_find_key(planned->plan, entry, rest);

	if (!key)
		fail_msg("the plan has no %s", name);
	return key;
}

#endif
