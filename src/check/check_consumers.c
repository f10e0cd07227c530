/* Family 4xx: the way of each key from Vault to the pod, against what is declared. */
#include "check/consumers.h"

enum entry_state consumers_entry_state(const struct check *check, struct str entry)
{
	static const char *const special[] = {"oidc-clients", "pull-secret", "vault-write-token"};

	if (entry.len == 0 || str_find(entry, '/') < entry.len)
		return ENTRY_OUTSIDE;
	for (size_t i = 0; i < sizeof(special) / sizeof(special[0]); i++) {
		if (str_is(entry, special[i]))
			return ENTRY_OUTSIDE;
	}
	const struct application *application = model_application(check->model, entry);
	if (application == NULL)
		return ENTRY_MISSING;
	if (!application_declarations_are_sound(application))
		return ENTRY_OUTSIDE;
	return application_declares_secrets(application) ? ENTRY_DECLARED : ENTRY_MISSING;
}

bool application_declares_secrets(const struct application *application)
{
	if (application->secrets != NULL && application->secrets->specs.len > 0)
		return true;
	for (size_t i = 0; i < application->overlays.len; i++) {
		const struct application_overlay *overlay = vec_pointer(&application->overlays, i);

		if (overlay->secrets != NULL && overlay->secrets->specs.len > 0)
			return true;
	}
	return false;
}

/* What is asked about an application in an environment is mostly asked in a row. */
static bool is_sound(
	const struct check *check, const struct application *application, const struct environment *environment)
{
	struct soundness *last = check->last_soundness;

	if (last->application != application || last->environment != environment)
		*last = (struct soundness){
			application, environment, application_is_sound_in(application, environment->name)};
	return last->sound;
}

bool producer_is_certain(const struct check *check, const struct delivery_producer *producer,
	const struct delivery_environment *environment)
{
	return !producer->manifest->maybe && !producer->manifest->object->maybe &&
	       is_sound(check, producer->application, environment->environment);
}

bool consumer_is_certain(const struct check *check, const struct delivery_consumer *consumer,
	const struct delivery_environment *environment)
{
	return !consumer->manifest->maybe && !consumer->manifest->object->maybe &&
	       is_sound(check, consumer->application, environment->environment);
}

void consumers_each_environment(const struct check *check, environment_visitor *visit, void *context)
{
	for (size_t i = 0; i < check->environments.len; i++) {
		const struct environment *environment = vec_pointer(&check->environments, i);
		const struct delivery_environment *followed = delivery_environment(check->delivery, environment->name);

		if (followed != NULL && environment_is_sound(check, environment))
			visit(context, followed);
	}
}

struct str producer_words(struct arena *arena, const struct delivery_producer *producer)
{
	struct str kind = producer->manifest->object->kind;

	if (str_is_absent(kind) || kind.len == 0)
		return STR("a manifest");
	return arena_printf(arena, "%s %.*s", strchr("AEIO", kind.ptr[0]) != NULL ? "an" : "a", STR_ARG(kind));
}

void check_consumers(struct check *check)
{
	if (check->delivery == NULL)
		return;
	check_entries(check);
	check_unused_keys(check);
	check_kubernetes_secrets(check);
}
