/* What the rules of family 4xx share: they judge what delivery/ found. For this room alone. */
#ifndef ASPIS_CHECK_CONSUMERS_H
#define ASPIS_CHECK_CONSUMERS_H

#include "check/context.h"
#include "delivery/delivery.h"

/* What is known of an entry of Vault, named as it lies below an environment's vaultPathPrefix. */
enum entry_state {
	ENTRY_OUTSIDE, /* not an application's business (the pull secret, folders), or its declarations are not sound */
	ENTRY_MISSING, /* nothing declares secrets for it: no such application, or one without any */
	ENTRY_DECLARED,
};
enum entry_state consumers_entry_state(const struct check *check, struct str entry);

/* Whether an application declares any secret, for whatever environment. */
bool application_declares_secrets(const struct application *application);

/* Whether there is no condition around it of which nothing is known, and the files that decide on its application are sound: of anything else nothing is said. */
bool producer_is_certain(const struct check *check, const struct delivery_producer *producer,
	const struct delivery_environment *environment);
bool consumer_is_certain(const struct check *check, const struct delivery_consumer *consumer,
	const struct delivery_environment *environment);

/* Goes through the environments that were asked for, as far as their files are sound and they were followed. */
typedef void environment_visitor(void *context, const struct delivery_environment *environment);
void consumers_each_environment(const struct check *check, environment_visitor *visit, void *context);

/* How a producer is called in a sentence: "a VaultSecret", "a Secret", "a KafkaUser". Lives in arena. */
struct str producer_words(struct arena *arena, const struct delivery_producer *producer);

/* Parts of the family, each in a file of its own. */
void check_entries(struct check *check);            /* ASP401, ASP403, ASP407 */
void check_unused_keys(struct check *check);        /* ASP402 */
void check_kubernetes_secrets(struct check *check); /* ASP404 to ASP406 */

#endif
