/* ASP404 to ASP406: Secrets of Kubernetes, those who make them and those who use them. */
#include "base/nearest.h"
#include "check/consumers.h"
#include "check/suggest.h"
#include "repo/glob.h"

struct secret_rules {
	struct check *check;
	struct shared_findings unknown; /* ASP404, by place and Secret: const struct delivery_consumer * */
	struct shared_findings lacking; /* ASP405, by place, Secret and key: const struct delivery_consumer * */
	struct shared_findings
		duplicates; /* ASP406, by place of the later one and the earlier one: const struct duplicate * */
};

struct duplicate {
	const struct delivery_producer *first;
	const struct delivery_producer *later;
};

/* Of the Secrets in one environment, what could be there without being found. */
struct horizon {
	const struct delivery_environment *environment;
	struct map name_spaces;  /* NULL, by name: something in them makes Secrets that are not known */
	struct map applications; /* likewise, where it is not even known in which namespace */
	struct map secrets;      /* NULL, by name of a Secret made in a namespace that is not known */
	struct map certificates; /* NULL, by "namespace/name" of a Secret that an Ingress or its like has made for it */
};

/* Kinds whose Secret a pod cannot do without. Others are references of custom resources, which may as well say where a Secret is to go. */
static bool is_of_workload(enum consumer_kind kind)
{
	switch (kind) {
	case CONSUMER_ENV:
	case CONSUMER_ENV_FROM:
	case CONSUMER_VOLUME:
	case CONSUMER_PROJECTED:
	case CONSUMER_IMAGE_PULL:
	case CONSUMER_CSI:
		return true;
	default:
		return false;
	}
}

/* Secrets that Kubernetes, Argo CD, Helm and operators make by themselves, mostly beside another object. */
static bool is_commonly_provided(struct str secret)
{
	static const char *const patterns[] = {
		"argocd-*",
		"builder-dockercfg-*",
		"default-dockercfg-*",
		"default-token-*",
		"sh.helm.release.*",
		"*-token-[a-z0-9][a-z0-9][a-z0-9][a-z0-9][a-z0-9]",
		"*-webhook-*",
		"*-serving-cert",
		/* CloudNativePG, Crunchy and Zalando */
		"*-app",
		"*-ca",
		"*-replication",
		"*-server",
		"*-superuser",
		"*-pguser-*",
		"*.credentials.postgresql.acid.zalan.do",
		/* Strimzi */
		"*-ca-cert",
		"*-certs",
		/* Elastic */
		"*-es-elastic-user",
		"*-certs-public",
		"*-certs-internal",
		/* RabbitMQ */
		"*-default-user",
		"*-erlang-cookie",
	};

	for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++) {
		if (glob_match(str_of(patterns[i]), secret))
			return true;
	}
	return false;
}

static void horizon_init(struct horizon *horizon, struct check *check, const struct delivery_environment *environment)
{
	horizon->environment = environment;
	map_init(&horizon->name_spaces);
	map_init(&horizon->applications);
	map_init(&horizon->secrets);
	map_init(&horizon->certificates);
	for (size_t i = 0; i < environment->producers.len; i++) {
		const struct delivery_producer *producer = vec_pointer(&environment->producers, i);
		bool partial = delivery_is_partial(check->delivery, producer->application);

		if (!str_is_absent(producer->name_space) && (partial || str_is_absent(producer->manifest->secret)))
			map_set(&horizon->name_spaces, producer->name_space, NULL);
		else if (str_is_absent(producer->name_space) && str_is_absent(producer->manifest->secret))
			map_set(&horizon->applications, producer->application->name, NULL);
		else if (str_is_absent(producer->name_space))
			map_set(&horizon->secrets, producer->manifest->secret, NULL);
	}
	for (size_t i = 0; i < environment->consumers.len; i++) {
		const struct delivery_consumer *consumer = vec_pointer(&environment->consumers, i);

		if (str_is_absent(consumer->name_space))
			continue;
		if (delivery_is_partial(check->delivery, consumer->application))
			map_set(&horizon->name_spaces, consumer->name_space, NULL);
		if (consumer->manifest->kind == CONSUMER_TLS && !str_is_absent(consumer->manifest->secret))
			map_set(&horizon->certificates,
				subject_of(&check->arena, consumer->name_space, consumer->manifest->secret), NULL);
	}
}

static void horizon_release(struct horizon *horizon)
{
	map_release(&horizon->name_spaces);
	map_release(&horizon->applications);
	map_release(&horizon->secrets);
	map_release(&horizon->certificates);
}

static bool could_be_made(const struct horizon *horizon, struct check *check, const struct delivery_consumer *consumer)
{
	struct str name_space = consumer->name_space;
	struct str secret = consumer->manifest->secret;

	return delivery_producers_of(horizon->environment, name_space, secret) != NULL ||
	       delivery_is_partial(check->delivery, consumer->application) ||
	       map_has(&horizon->name_spaces, name_space) ||
	       map_has(&horizon->applications, consumer->application->name) || map_has(&horizon->secrets, secret) ||
	       map_has(&horizon->certificates, subject_of(&check->arena, name_space, secret)) ||
	       is_commonly_provided(secret);
}

static void judge_secret(
	struct secret_rules *rules, const struct horizon *horizon, const struct delivery_consumer *consumer)
{
	const struct manifest_consumer *manifest = consumer->manifest;

	if (!is_of_workload(manifest->kind) || manifest->secret_span.source == NULL ||
		str_is_absent(consumer->name_space) || could_be_made(horizon, rules->check, consumer))
		return;
	shared_add(
		&rules->unknown, manifest->secret_span, manifest->secret, horizon->environment->environment, consumer);
}

static bool makes_key(const struct manifest_producer *producer, struct str key)
{
	for (size_t i = 0; i < producer->keys.len; i++) {
		const struct produced_key *produced = vec_at(&producer->keys, i);

		if (str_is_absent(produced->key) || str_equal(produced->key, key))
			return true;
	}
	return producer->keys.len == 0 || producer->whole || producer->open;
}

/* Kubernetes itself fills in Secrets of some types. */
static bool is_filled_in(const struct manifest_producer *producer)
{
	return !str_is_absent(producer->type) && str_is(producer->type, "kubernetes.io/service-account-token");
}

static void judge_key(struct secret_rules *rules, const struct delivery_environment *environment,
	const struct delivery_consumer *consumer)
{
	const struct manifest_consumer *manifest = consumer->manifest;

	if (manifest->whole || str_is_absent(manifest->key) || manifest->key_span.source == NULL ||
		consumer->producers.len != 1)
		return;
	const struct delivery_producer *producer = vec_pointer(&consumer->producers, 0);
	if (producer->application != consumer->application ||
		!producer_is_certain(rules->check, producer, environment) || is_filled_in(producer->manifest) ||
		makes_key(producer->manifest, manifest->key))
		return;
	shared_add(&rules->lacking, manifest->key_span,
		subject_of(&rules->check->arena, manifest->secret, manifest->key), environment->environment, consumer);
}

static bool is_rival(const struct check *check, const struct delivery_producer *producer,
	const struct delivery_environment *environment)
{
	return !str_is_absent(producer->manifest->secret) && !str_is_absent(producer->name_space) &&
	       producer->manifest->secret_span.source != NULL && producer_is_certain(check, producer, environment) &&
	       !producer->manifest->shares;
}

static void judge_producers(
	struct secret_rules *rules, const struct delivery_environment *environment, const struct vec *producers)
{
	struct arena *arena = &rules->check->arena;
	const struct delivery_producer *first = NULL;

	for (size_t i = 0; producers->len > 1 && i < producers->len; i++) {
		const struct delivery_producer *producer = vec_pointer(producers, i);

		if (!is_rival(rules->check, producer, environment))
			continue;
		if (first == NULL) {
			first = producer;
			continue;
		}
		struct duplicate *duplicate = arena_alloc(arena, sizeof(*duplicate));
		*duplicate = (struct duplicate){.first = first, .later = producer};
		shared_add(&rules->duplicates, producer->manifest->secret_span, producer->manifest->secret,
			environment->environment, duplicate);
	}
}

static void take_environment(void *context, const struct delivery_environment *environment)
{
	struct secret_rules *rules = context;
	const struct map *by_secret = &environment->producers_by_secret;
	struct horizon horizon;

	horizon_init(&horizon, rules->check, environment);
	for (size_t i = 0; i < environment->consumers.len; i++) {
		const struct delivery_consumer *consumer = vec_pointer(&environment->consumers, i);

		if (str_is_absent(consumer->manifest->secret) || consumer->manifest->secret.len == 0 ||
			consumer->manifest->optional || !consumer_is_certain(rules->check, consumer, environment))
			continue;
		judge_secret(rules, &horizon, consumer);
		judge_key(rules, environment, consumer);
	}
	horizon_release(&horizon);
	for (size_t i = 0; i < by_secret->len; i++)
		judge_producers(rules, environment, by_secret->entries[i].value);
}

/* The name most like one that is not there, among the Secrets of a namespace. */
static struct str nearest_secret(
	struct check *check, const struct delivery_environment *environment, const struct delivery_consumer *consumer)
{
	struct nearest nearest;

	if (check->effort < environment->producers.len)
		return STR_ABSENT;
	check->effort -= environment->producers.len;
	nearest_init(&nearest, consumer->manifest->secret);
	for (size_t i = 0; i < environment->producers.len; i++) {
		const struct delivery_producer *producer = vec_pointer(&environment->producers, i);

		if (!str_is_absent(producer->manifest->secret) && str_equal(producer->name_space, consumer->name_space))
			nearest_offer(&nearest, producer->manifest->secret);
	}
	return nearest.best;
}

static void report_unknown(struct check *check, const struct shared_finding *finding)
{
	const struct delivery_consumer *consumer = finding->first;
	const struct environment *environment = vec_pointer(&finding->environments, 0);
	struct str suggestion =
		nearest_secret(check, delivery_environment(check->delivery, environment->name), consumer);
	struct str secret = quoted(&check->arena, consumer->manifest->secret);
	struct str hint = did_you_mean(&check->arena, suggestion);
	struct diag *diag = diag_report(check->sink, rule_get(RULE_ASP404), span_first_line(finding->span),
		"Nothing in the repository makes the Secret %.*s that %s is taken from. Unless somebody makes it in "
		"the "
		"namespace '%.*s' by hand, %s.%.*s",
		STR_ARG(secret), consumer_kind_words(consumer->manifest->kind), STR_ARG(consumer->name_space),
		consumer->manifest->kind == CONSUMER_IMAGE_PULL ? "images are pulled without credentials"
								: "the pods wait for it and never start",
		STR_ARG(hint));

	shared_attach(check->sink, diag, finding);
	diag_identify(check->sink, diag,
		subject_of(&check->arena, consumer->application->name, consumer->manifest->secret),
		consumer->manifest->secret);
}

static struct str nearest_produced(struct check *check, const struct manifest_producer *producer, struct str wanted)
{
	struct nearest nearest;

	if (check->effort < producer->keys.len)
		return STR_ABSENT;
	check->effort -= producer->keys.len;
	nearest_init(&nearest, wanted);
	for (size_t i = 0; i < producer->keys.len; i++)
		nearest_offer(&nearest, ((const struct produced_key *)vec_at(&producer->keys, i))->key);
	return nearest.best;
}

static void report_lacking(struct check *check, const struct shared_finding *finding)
{
	const struct delivery_consumer *consumer = finding->first;
	const struct delivery_producer *producer = vec_pointer(&consumer->producers, 0);
	struct str hint =
		did_you_mean(&check->arena, nearest_produced(check, producer->manifest, consumer->manifest->key));
	struct str key = quoted(&check->arena, consumer->manifest->key);
	struct str secret = quoted(&check->arena, consumer->manifest->secret);
	struct str words = producer_words(&check->arena, producer);
	struct diag *diag = diag_report(check->sink, rule_get(RULE_ASP405), span_first_line(finding->span),
		"The Secret %.*s has no key %.*s. It is made by %.*s, only with other keys, so that the pods never "
		"start; "
		"correct the name, or have the key made.%.*s",
		STR_ARG(secret), STR_ARG(key), STR_ARG(words), STR_ARG(hint));

	shared_attach(check->sink, diag, finding);
	diag_relate(check->sink, diag, span_first_line(producer->manifest->secret_span), "The Secret is made here.");
	diag_identify(check->sink, diag,
		subject_of(&check->arena, consumer->application->name, consumer->manifest->secret),
		consumer->manifest->key);
}

static void report_duplicate(struct check *check, const struct shared_finding *finding)
{
	const struct duplicate *duplicate = finding->first;
	const struct delivery_producer *first = duplicate->first;
	const struct delivery_producer *later = duplicate->later;
	struct str secret = quoted(&check->arena, later->manifest->secret);
	struct str others = STR("");

	if (first->application != later->application)
		others = arena_printf(&check->arena, " by the applications '%.*s' and '%.*s'",
			STR_ARG(first->application->name), STR_ARG(later->application->name));
	struct diag *diag = diag_report(check->sink, rule_get(RULE_ASP406), span_first_line(finding->span),
		"The Secret %.*s of the namespace '%.*s' is made twice%.*s. Each overwrites what the other one made; "
		"make it in "
		"one place, or give one of them another name.",
		STR_ARG(secret), STR_ARG(later->name_space), STR_ARG(others));

	shared_attach(check->sink, diag, finding);
	diag_relate(check->sink, diag, span_first_line(first->manifest->secret_span), "It is made here, too.");
	diag_identify(check->sink, diag, subject_of(&check->arena, later->application->name, later->manifest->secret),
		later->manifest->secret);
}

static void report_all(struct secret_rules *rules)
{
	for (size_t i = 0; i < rules->unknown.by_key.len; i++)
		report_unknown(rules->check, rules->unknown.by_key.entries[i].value);
	for (size_t i = 0; i < rules->lacking.by_key.len; i++)
		report_lacking(rules->check, rules->lacking.by_key.entries[i].value);
	for (size_t i = 0; i < rules->duplicates.by_key.len; i++)
		report_duplicate(rules->check, rules->duplicates.by_key.entries[i].value);
}

void check_kubernetes_secrets(struct check *check)
{
	struct secret_rules rules = {.check = check};

	shared_init(&rules.unknown, &check->arena);
	shared_init(&rules.lacking, &check->arena);
	shared_init(&rules.duplicates, &check->arena);
	consumers_each_environment(check, take_environment, &rules);
	report_all(&rules);
	shared_release(&rules.unknown);
	shared_release(&rules.lacking);
	shared_release(&rules.duplicates);
}
