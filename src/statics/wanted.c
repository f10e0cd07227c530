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

const struct wanted_secret *wanted_secrets_find(
	const struct wanted_secrets *wanted, struct str application, struct str key)
{
	size_t low = 0, high = wanted->secrets.len;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct wanted_secret *secret = vec_at(&wanted->secrets, middle);
		int order = str_compare(secret->application, application);

		if (order == 0)
			order = str_compare(secret->key, key);
		if (order == 0)
			return secret;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}
