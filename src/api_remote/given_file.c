#include "api_remote/given_file.h"

#include <fcntl.h>

#include "base/file.h"
#include "base/strbuf.h"
#include "statics/template.h"

/* Appends "path:line:column: ". */
static void append_place(struct strbuf *out, struct span span)
{
	struct position position = source_position(span.source, span.start);

	strbuf_append(out, span.source->path);
	strbuf_printf(out, ":%u:%u: ", (unsigned)position.line, (unsigned)position.column);
}

/* Says that a value is not used. */
static void note_ignored(struct given_values *given, struct vec *notes, const struct resolution *resolution,
	const struct static_value *value)
{
	struct str environment = resolution->environment->name;
	struct strbuf text = STRBUF_INIT;

	append_place(&text, node_span(value->key));
	strbuf_append(&text, given_visible(given, value->owner));
	strbuf_append_char(&text, ' ');
	strbuf_append(&text, given_visible(given, value->name));
	strbuf_append_c(&text, resolution_find(resolution, value->owner, value->name) ? " is not a static secret of "
										      : " is not a secret of ");
	strbuf_append(&text, environment);
	strbuf_append_c(&text, ", so the value that the file has for it is not used");
	*(struct str *)vec_push(notes) = arena_str(&given->arena, strbuf_str(&text));
	strbuf_release(&text);
}

static void take_secret(struct given_values *given, struct vec *notes, const struct resolution *resolution,
	const struct static_value *value)
{
	const struct resolved_secret *secret = resolution_find(resolution, value->owner, value->name);

	if (secret && secret->origin == ORIGIN_STATIC)
		given_values_add(given, value->owner, value->name, value->node ? GIVEN_VALUE : GIVEN_KEEP,
			static_value_secret(value));
	else if (value->node)
		note_ignored(given, notes, resolution, value);
}

/* The values of a registry follow each other. */
static void take_registry(struct given_values *given, const struct static_value *value)
{
	struct given_registry *registry = given->registries.len > 0 ? vec_last(&given->registries) : NULL;

	if (!registry || !str_equal(registry->host, value->owner)) {
		registry = vec_push(&given->registries);
		registry->host = arena_str(&given->arena, value->owner);
	}
	*(str_is(value->name, "password") ? &registry->password : &registry->username) = static_value_secret(value);
}

/* And so do those of a client. */
static void take_client(struct given_values *given, const struct static_value *value)
{
	struct given_client *client = given->clients.len > 0 ? vec_last(&given->clients) : NULL;
	struct secret **place;

	if (!client || !str_equal(client->name, value->owner)) {
		client = vec_push(&given->clients);
		client->name = arena_str(&given->arena, value->owner);
	}
	place = str_is(value->name, "id")       ? &client->id
		: str_is(value->name, "secret") ? &client->secret
						: &client->return_uri;
	*place = static_value_secret(value);
}

static void take_value(struct given_values *given, struct vec *notes, const struct resolution *resolution,
	const struct static_value *value)
{
	switch (value->kind) {
	case STATIC_SECRET:
		take_secret(given, notes, resolution, value);
		break;
	case STATIC_REGISTRY:
		take_registry(given, value);
		break;
	case STATIC_CLIENT:
		take_client(given, value);
		break;
	default:
		given->vault_write_token = static_value_secret(value);
		break;
	}
}

/* What the file has of one of the special secrets; NULL: no place for it. */
static const struct node *special(const struct static_secrets *file, enum template_member member)
{
	return node_get(file->root, template_member_name(member));
}

void given_from_static_secrets(struct given_values *given, struct vec *notes, const struct resolution *resolution,
	const struct static_secrets *file)
{
	given->source = GIVEN_FILE;
	given->name = arena_str(&given->arena, file->stream->source.path);
	/* A pull secret that is empty names its registries, of which there are none; one without that list, or with null, says nothing. */
	given->names_pull_secret = node_is_mapping(node_get(special(file, MEMBER_PULL_SECRET), STR("registries")));
	given->names_oidc_clients = node_is_mapping(special(file, MEMBER_OIDC_CLIENTS));
	for (size_t i = 0; i < file->values.len; i++)
		take_value(given, notes, resolution, vec_at(&file->values, i));
	given_values_seal(given);
}

bool given_file_refuse(const struct static_secrets *file, struct error *error)
{
	struct strbuf text = STRBUF_INIT;

	for (size_t i = 0; i < file->problems.len; i++) {
		const struct static_problem *problem = vec_at(&file->problems, i);

		if (i > 0)
			strbuf_append_char(&text, '\n');
		append_place(&text, problem->span);
		strbuf_append(&text, problem->message);
	}
	error_set(error, ERROR_USAGE, "%s", text.ptr);
	strbuf_release(&text);
	return false;
}

bool given_from_file(struct given_values *given, struct vec *notes, const struct resolution *resolution,
	const char *path, struct error *error)
{
	struct error cause = ERROR_INIT;
	struct static_secrets file;
	struct arena arena;
	struct str text;
	bool good;

	arena_init_sensitive(&arena);
	good = file_read(&text, &arena, AT_FDCWD, path, &cause);
	if (!good)
		error_set(error, cause.kind, "%s %s", path, cause.message);
	if (good) {
		static_secrets_read(&file, &arena, str_of(path), text, STATIC_NESTED);
		good = file.problems.len == 0 || given_file_refuse(&file, error);
		if (good)
			given_from_static_secrets(given, notes, resolution, &file);
		static_secrets_release(&file);
	}
	error_release(&cause);
	arena_release(&arena);
	return good;
}
