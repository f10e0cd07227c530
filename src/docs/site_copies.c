#include "docs/site_private.h"

static void add_users(struct vec *copies, const struct docs_secret *secret, const struct docs_application *only)
{
	for (size_t i = 0; i < secret->users.len; i++) {
		const struct docs_user *user = vec_pointer(&secret->users, i);
		struct site_copy copy = {
			.from = secret->application, .to = user->secret->application, .source = secret, .user = user};

		if (user->origin == ORIGIN_COPY && copy.from != copy.to &&
			(only == NULL || only == copy.from || only == copy.to))
			vec_append(copies, &copy, 1);
	}
}

static int compare_copies(const void *a, const void *b)
{
	const struct site_copy *left = a;
	const struct site_copy *right = b;

	if (left->from != right->from)
		return left->from->index < right->from->index ? -1 : 1;
	return (left->to->index > right->to->index) - (left->to->index < right->to->index);
}

void site_copies(struct vec *copies, const struct docs_inventory *inventory, const struct docs_application *only)
{
	vec_init(copies, sizeof(struct site_copy));
	for (size_t i = 0; i < inventory->applications.len; i++) {
		const struct docs_application *application = vec_pointer(&inventory->applications, i);

		for (size_t j = 0; j < application->secrets.len; j++)
			add_users(copies, vec_pointer(&application->secrets, j), only);
	}
	vec_sort(copies, compare_copies);
}

size_t site_copies_alike(const struct vec *copies, size_t first)
{
	size_t count = 1;

	while (first + count < copies->len && compare_copies(vec_at(copies, first), vec_at(copies, first + count)) == 0)
		count++;
	return count;
}
