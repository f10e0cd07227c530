#include <aspis/static_secrets.h>

#include <stdlib.h>

#include "api/api.h"
#include "api/environment.h"
#include "base/file.h"
#include "base/xalloc.h"
#include "statics/template.h"

struct aspis_static_secrets {
	struct arena arena; /* sensitive */
	struct str text;
};

static enum static_form choose_form(const struct resolution *resolution, enum aspis_static_form form)
{
	if (form == ASPIS_STATIC_FORM_AUTO)
		return resolution->model->layout == LAYOUT_SQR079 ? STATIC_FLAT : STATIC_NESTED;
	return form == ASPIS_STATIC_FORM_FLAT ? STATIC_FLAT : STATIC_NESTED;
}

struct aspis_static_secrets *aspis_static_secrets_new(
	const struct aspis_environment *environment, enum aspis_static_form form)
{
	const struct resolution *resolution = api_environment_resolution(environment);
	struct aspis_static_secrets *secrets = xcalloc(1, sizeof(*secrets));
	struct wanted_secrets wanted;
	struct strbuf text = STRBUF_INIT;

	arena_init_sensitive(&secrets->arena);
	wanted_secrets_init(&wanted, resolution);
	template_write(&text, choose_form(resolution, form), &wanted);
	secrets->text = arena_str(&secrets->arena, strbuf_str(&text));
	strbuf_release(&text);
	wanted_secrets_release(&wanted);
	return secrets;
}

void aspis_static_secrets_free(struct aspis_static_secrets *secrets)
{
	if (!secrets)
		return;
	arena_release(&secrets->arena);
	free(secrets);
}

const char *aspis_static_secrets_text(const struct aspis_static_secrets *secrets, size_t *size)
{
	*size = secrets->text.len;
	return secrets->text.ptr;
}

bool aspis_static_secrets_write(
	const struct aspis_static_secrets *secrets, const char *path, bool *changed, struct aspis_error *error)
{
	struct error inner = ERROR_INIT;
	struct error cause = ERROR_INIT;

	if (file_write(path, secrets->text, FILE_WRITE_PRIVATE | FILE_WRITE_SYNC, changed, &inner))
		return true;
	error_set(&cause, inner.kind, "%s %s", path, inner.message);
	error_release(&inner);
	return api_fail(error, &cause);
}
