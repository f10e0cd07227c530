#include "check/suggest.h"

#include "base/nearest.h"

/* Takes count names off the effort; false where it does not reach. */
static bool spend(size_t *effort, size_t count)
{
	if (*effort < count) {
		*effort = 0;
		return false;
	}
	*effort -= count;
	return true;
}

struct str nearest_environment(const struct model *model, struct str wanted, size_t *effort)
{
	struct nearest nearest;

	if (!spend(effort, model->environments.len))
		return STR_ABSENT;
	nearest_init(&nearest, wanted);
	for (size_t i = 0; i < model->environments.len; i++)
		nearest_offer_any_case(&nearest, (*(const struct environment **)vec_at(&model->environments, i))->name);
	return nearest.best;
}

struct str nearest_application(const struct model *model, struct str wanted, size_t *effort)
{
	struct nearest nearest;

	if (!spend(effort, model->applications.len))
		return STR_ABSENT;
	nearest_init(&nearest, wanted);
	for (size_t i = 0; i < model->applications.len; i++)
		nearest_offer_any_case(&nearest, (*(const struct application **)vec_at(&model->applications, i))->name);
	return nearest.best;
}

struct str nearest_key(const struct application *application, struct str wanted, size_t *effort)
{
	struct nearest nearest;

	nearest_init(&nearest, wanted);
	for (size_t i = 0; i <= application->overlays.len; i++) {
		const struct secret_file *secrets =
			i == 0 ? application->secrets
			       : (*(const struct application_overlay **)vec_at(&application->overlays, i - 1))->secrets;

		if (secrets != NULL && !spend(effort, secrets->specs.len))
			return STR_ABSENT;
		for (size_t j = 0; secrets != NULL && j < secrets->specs.len; j++)
			nearest_offer(&nearest, (*(const struct secret_spec **)vec_at(&secrets->specs, j))->key);
	}
	return nearest.best;
}

bool is_near_miss(struct str wanted, struct str known)
{
	struct nearest nearest;

	nearest_init(&nearest, wanted);
	nearest_offer(&nearest, known);
	return !str_is_absent(nearest.best) && nearest.distance > 0 && nearest.distance <= (wanted.len < 8 ? 2 : 4);
}

struct str did_you_mean(struct arena *arena, struct str suggestion)
{
	if (str_is_absent(suggestion))
		return STR("");
	return arena_printf(arena, " Did you mean '%.*s'?", STR_ARG(suggestion));
}
