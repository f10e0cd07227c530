#include "statics/wanted.h"

static void add_secret(
	struct wanted_secrets *wanted, const struct resolution *resolution, const struct resolved_secret *secret)
{
	*(struct wanted_secret *)vec_push(&wanted->secrets) = (struct wanted_secret){
		.application = secret->application->name,
		.key = secret->spec->key,
		.description = resolved_description(resolution, secret)->text,
		.encoded = secret->spec->encoded,
	};
}

void wanted_secrets_init(struct wanted_secrets *wanted, const struct resolution *resolution)
{
	vec_init(&wanted->secrets, sizeof(struct wanted_secret));
	for (size_t i = 0; i < resolution->applications.len; i++) {
		const struct resolved_application *application = vec_pointer(&resolution->applications, i);

		for (size_t j = 0; j < application->secrets.len; j++) {
			const struct resolved_secret *secret = vec_pointer(&application->secrets, j);

			if (secret->origin == ORIGIN_STATIC)
				add_secret(wanted, resolution, secret);
		}
	}
}

void wanted_secrets_release(struct wanted_secrets *wanted)
{
	vec_release(&wanted->secrets);
}

size_t wanted_application_end(const struct wanted_secrets *wanted, size_t first)
{
	const struct wanted_secret *secret = vec_at(&wanted->secrets, first);
	size_t end = first + 1;

	while (end < wanted->secrets.len &&
		str_equal(((struct wanted_secret *)vec_at(&wanted->secrets, end))->application, secret->application))
		end++;
	return end;
}
