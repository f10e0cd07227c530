#include "api/secret_spec.h"

#include "api/api.h"

_Static_assert((int)ASPIS_ORIGIN_STATIC == (int)ORIGIN_STATIC && (int)ASPIS_ORIGIN_VALUE == (int)ORIGIN_VALUE &&
		       (int)ASPIS_ORIGIN_COPY == (int)ORIGIN_COPY && (int)ASPIS_ORIGIN_GENERATE == (int)ORIGIN_GENERATE,
	"the origins are the same inside and outside");

void secret_spec_init(struct aspis_secret_spec *secret, struct arena *arena, const struct resolution *resolution,
	const struct resolved_secret *resolved)
{
	const struct secret_spec *spec = resolved->spec;
	const struct spec_text *description = resolved_description(resolution, resolved);

	*secret = (struct aspis_secret_spec){
		.resolved = resolved,
		.application = api_text(arena, resolved->application->name),
		.key = api_text(arena, spec->key),
		.description = api_text(arena, description->text),
		.path = api_text(arena, spec->file->path),
		.condition = resolved->condition.spec ? api_text(arena, resolved->condition.spec->text) : NULL,
	};
	if (resolved->origin == ORIGIN_COPY) {
		secret->copy_application = api_text(arena, spec->copy.application.text);
		secret->copy_key = api_text(arena, spec->copy.key.text);
	} else if (resolved->origin == ORIGIN_GENERATE) {
		secret->generate_type = api_text(arena, spec->generate.type_text.text);
		secret->generate_source = api_text(arena, spec->generate.source.text);
	}
}

const char *aspis_origin_name(enum aspis_origin origin)
{
	return secret_origin_name((enum secret_origin)origin).ptr;
}

const char *aspis_secret_spec_application(const struct aspis_secret_spec *secret)
{
	return secret->application;
}

const char *aspis_secret_spec_key(const struct aspis_secret_spec *secret)
{
	return secret->key;
}

const char *aspis_secret_spec_description(const struct aspis_secret_spec *secret)
{
	return secret->description;
}

struct aspis_span aspis_secret_spec_span(const struct aspis_secret_spec *secret)
{
	return api_span(node_span(secret->resolved->spec->key_node), secret->path);
}

enum aspis_origin aspis_secret_spec_origin(const struct aspis_secret_spec *secret)
{
	return (enum aspis_origin)secret->resolved->origin;
}

const char *aspis_secret_spec_copy_application(const struct aspis_secret_spec *secret)
{
	return secret->copy_application;
}

const char *aspis_secret_spec_copy_key(const struct aspis_secret_spec *secret)
{
	return secret->copy_key;
}

const char *aspis_secret_spec_generate_type(const struct aspis_secret_spec *secret)
{
	return secret->generate_type;
}

const char *aspis_secret_spec_generate_source(const struct aspis_secret_spec *secret)
{
	return secret->generate_source;
}

const char *aspis_secret_spec_condition(const struct aspis_secret_spec *secret)
{
	return secret->condition;
}
