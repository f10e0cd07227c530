#include "docs/site_private.h"

static void add_copy(struct vec *copies, const struct docs_secret *source, const struct docs_secret *target,
	const struct docs_user *user)
{
	struct site_copy copy = {.source = source, .target = target, .user = user};

	if (source->application != target->application)
		vec_append(copies, &copy, 1);
}

static void add_users(struct vec *copies, const struct docs_secret *secret)
{
	for (size_t i = 0; i < secret->users.len; i++) {
		const struct docs_user *user = vec_pointer(&secret->users, i);

		if (user->origin == ORIGIN_COPY)
			add_copy(copies, secret, user->secret, user);
	}
}

/* What a secret is copied from: mostly the same in all environments. */
static void add_sources(struct vec *copies, const struct docs_secret *secret)
{
	size_t first = copies->len;

	for (size_t i = 0; i < secret->needs.len; i++) {
		const struct docs_need *need = vec_pointer(&secret->needs, i);
		bool is_known = need->resolved == NULL || need->resolved->origin != ORIGIN_COPY || need->source == NULL;

		for (size_t j = copies->len; j-- > first && !is_known;)
			is_known = ((const struct site_copy *)vec_at(copies, j))->source == need->source->secret;
		if (!is_known)
			add_copy(copies, need->source->secret, secret, NULL);
	}
}

static int compare_numbers(size_t left, size_t right)
{
	return (left > right) - (left < right);
}

static int compare_pairs(const struct site_copy *left, const struct site_copy *right)
{
	int from = compare_numbers(left->source->application->index, right->source->application->index);

	return from != 0 ? from : compare_numbers(left->target->application->index, right->target->application->index);
}

static int compare_copies(const void *a, const void *b)
{
	const struct site_copy *left = a;
	const struct site_copy *right = b;
	int order = compare_pairs(left, right);

	if (order == 0)
		order = compare_numbers(left->source->index, right->source->index);
	return order != 0 ? order : compare_numbers(left->target->index, right->target->index);
}

void site_copies(struct vec *copies, const struct docs_inventory *inventory)
{
	vec_init(copies, sizeof(struct site_copy));
	for (size_t i = 0; i < inventory->applications.len; i++) {
		const struct docs_application *application = vec_pointer(&inventory->applications, i);

		for (size_t j = 0; j < application->secrets.len; j++)
			add_users(copies, vec_pointer(&application->secrets, j));
	}
	vec_sort(copies, compare_copies);
}

void site_copies_of(struct vec *copies, const struct docs_application *application)
{
	vec_init(copies, sizeof(struct site_copy));
	for (size_t i = 0; i < application->secrets.len; i++) {
		add_users(copies, vec_pointer(&application->secrets, i));
		add_sources(copies, vec_pointer(&application->secrets, i));
	}
	vec_sort(copies, compare_copies);
}

size_t site_copies_alike(const struct vec *copies, size_t first)
{
	size_t count = 1;

	while (first + count < copies->len && compare_pairs(vec_at(copies, first), vec_at(copies, first + count)) == 0)
		count++;
	return count;
}
