#include "api_remote/onepassword_file.h"

#include <assert.h>
#include <fcntl.h>
#include <unistd.h>

#include "api_remote/given_file.h"
#include "base/file.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "statics/fill.h"
#include "statics/template.h"
#include "yaml/emit.h"

/* The names that the values of registries and clients have in such a file. */
#define NAME_ID         STR("id")
#define NAME_SECRET     STR("secret")
#define NAME_RETURN_URI STR("return_uri")
#define NAME_USERNAME   STR("username")
#define NAME_PASSWORD   STR("password")

static void write_key(struct yaml_writer *writer, struct str key)
{
	yaml_write_string(writer, key, NODE_PLAIN);
}

/* A member that has no value yet: values do not pass through the writer. */
static void write_place(struct yaml_writer *writer, struct str name)
{
	write_key(writer, name);
	yaml_write_null(writer);
}

static void begin(struct yaml_writer *writer, size_t count)
{
	yaml_write_begin_mapping(writer, count > 0 ? NODE_BLOCK : NODE_FLOW);
}

static void write_applications(struct yaml_writer *writer, const struct vec *secrets)
{
	struct str application = STR_ABSENT;

	write_key(writer, template_member_name(MEMBER_APPLICATIONS));
	begin(writer, secrets->len);
	for (size_t i = 0; i < secrets->len; i++) {
		const struct given_secret *secret = vec_pointer(secrets, i);

		if (str_is_absent(application) || !str_equal(application, secret->application)) {
			if (!str_is_absent(application))
				yaml_write_end_mapping(writer);
			application = secret->application;
			write_key(writer, application);
			yaml_write_begin_mapping(writer, NODE_BLOCK);
		}
		write_key(writer, secret->key);
		yaml_write_begin_mapping(writer, NODE_BLOCK);
		write_place(writer, STR("value"));
		yaml_write_end_mapping(writer);
	}
	if (!str_is_absent(application))
		yaml_write_end_mapping(writer);
	yaml_write_end_mapping(writer);
}

static void write_clients(struct yaml_writer *writer, const struct vec *clients)
{
	write_key(writer, template_member_name(MEMBER_OIDC_CLIENTS));
	begin(writer, clients->len);
	for (size_t i = 0; i < clients->len; i++) {
		write_key(writer, ((const struct given_client *)vec_at(clients, i))->name);
		yaml_write_begin_mapping(writer, NODE_BLOCK);
		write_place(writer, NAME_ID);
		write_place(writer, NAME_RETURN_URI);
		write_place(writer, NAME_SECRET);
		yaml_write_end_mapping(writer);
	}
	yaml_write_end_mapping(writer);
}

static void write_pull_secret(struct yaml_writer *writer, const struct vec *registries)
{
	write_key(writer, template_member_name(MEMBER_PULL_SECRET));
	yaml_write_begin_mapping(writer, NODE_BLOCK);
	write_key(writer, STR("registries"));
	begin(writer, registries->len);
	for (size_t i = 0; i < registries->len; i++) {
		write_key(writer, ((const struct given_registry *)vec_at(registries, i))->host);
		yaml_write_begin_mapping(writer, NODE_BLOCK);
		write_place(writer, NAME_PASSWORD);
		write_place(writer, NAME_USERNAME);
		yaml_write_end_mapping(writer);
	}
	yaml_write_end_mapping(writer);
	yaml_write_end_mapping(writer);
}

/* The text with a place for each value. */
static struct str write_places(struct arena *arena, const struct given_values *given)
{
	static const struct yaml_writer_options options = {.indent = TEMPLATE_INDENT, .width = TEMPLATE_WIDTH};
	struct strbuf text = STRBUF_INIT;
	struct yaml_writer *writer = yaml_writer_new(&text, &options);
	struct str copy;

	yaml_write_begin_mapping(writer, NODE_BLOCK);
	write_applications(writer, &given->secrets);
	if (given->names_oidc_clients)
		write_clients(writer, &given->clients);
	if (given->names_pull_secret)
		write_pull_secret(writer, &given->registries);
	if (given->vault_write_token)
		write_place(writer, template_member_name(MEMBER_WRITE_TOKEN));
	yaml_write_end_mapping(writer);
	yaml_writer_free(writer);
	copy = arena_str(arena, strbuf_str(&text));
	strbuf_release(&text);
	return copy;
}

/* The values for the places of a text. */
struct filling {
	const struct static_secrets *file;
	struct vec values; /* struct given_value */
	struct error *error;
};

/* False where the value is no text in UTF-8. */
static bool fill(
	struct filling *filling, enum static_kind kind, struct str owner, struct str name, struct secret *value)
{
	const struct static_value *place = static_secrets_find(filling->file, kind, owner, name);
	struct str text;

	assert(place);
	if (!value || secret_size(value) == 0)
		return true;
	text = secret_str(value);
	if (utf8_valid_prefix(text) < text.len)
		return error_set(filling->error, ERROR_USAGE,
			"the value of %.*s %.*s is not text in UTF-8, which is all that a file of static secrets can "
			"hold",
			STR_ARG(owner), STR_ARG(name));
	*(struct given_value *)vec_push(&filling->values) = (struct given_value){.place = place, .value = value};
	return true;
}

static bool fill_secrets(struct filling *filling, const struct vec *secrets)
{
	for (size_t i = 0; i < secrets->len; i++) {
		const struct given_secret *secret = vec_pointer(secrets, i);

		if (!fill(filling, STATIC_SECRET, secret->application, secret->key, secret->value))
			return false;
	}
	return true;
}

static bool fill_clients(struct filling *filling, const struct vec *clients)
{
	for (size_t i = 0; i < clients->len; i++) {
		const struct given_client *client = vec_at(clients, i);

		if (!fill(filling, STATIC_CLIENT, client->name, NAME_ID, client->id) ||
			!fill(filling, STATIC_CLIENT, client->name, NAME_SECRET, client->secret) ||
			!fill(filling, STATIC_CLIENT, client->name, NAME_RETURN_URI, client->return_uri))
			return false;
	}
	return true;
}

static bool fill_registries(struct filling *filling, const struct vec *registries)
{
	for (size_t i = 0; i < registries->len; i++) {
		const struct given_registry *registry = vec_at(registries, i);

		if (!fill(filling, STATIC_REGISTRY, registry->host, NAME_USERNAME, registry->username) ||
			!fill(filling, STATIC_REGISTRY, registry->host, NAME_PASSWORD, registry->password))
			return false;
	}
	return true;
}

static bool fill_token(struct filling *filling, struct secret *token)
{
	return !token || fill(filling, STATIC_TOKEN, STR_ABSENT, STR_ABSENT, token);
}

bool onepassword_file_text(struct str *out, struct arena *arena, const struct given_values *given, struct error *error)
{
	struct static_secrets file;
	struct filling filling = {.file = &file, .values = VEC_INIT(struct given_value), .error = error};
	bool good;

	static_secrets_read(&file, arena, STR("1Password"), write_places(arena, given), STATIC_NESTED);
	good = file.problems.len == 0 || given_file_refuse(&file, error);
	good = good && fill_secrets(&filling, &given->secrets) && fill_clients(&filling, &given->clients) &&
	       fill_registries(&filling, &given->registries) && fill_token(&filling, given->vault_write_token);
	if (good && !static_fill(out, &file, &filling.values))
		good = error_set(error, ERROR_SYSTEM,
			"what 1Password has cannot be written as a file of static secrets that reads back as the same");
	vec_release(&filling.values);
	static_secrets_release(&file);
	return good;
}

/* Whether a file has a value that another one does not have, too. */
static bool would_lose(const struct static_secrets *old, const struct static_secrets *new)
{
	for (size_t i = 0; i < old->values.len; i++) {
		const struct static_value *value = vec_at(&old->values, i);
		const struct static_value *other = static_secrets_find(new, value->kind, value->owner, value->name);

		if (value->node && (!other || !other->node || !str_equal(value->node->scalar, other->node->scalar)))
			return true;
	}
	return false;
}

/* The same of a text that is there. */
static bool check_values(const char *path, struct arena *arena, struct str there, struct str text, struct error *error)
{
	struct static_secrets old, new;
	bool good;

	static_secrets_read(&old, arena, str_of(path), there, STATIC_NESTED);
	static_secrets_read(&new, arena, STR("1Password"), text, STATIC_NESTED);
	good = old.problems.len == 0 ||
	       error_set(error, ERROR_USAGE,
		       "%s is there and is no file of static secrets that can be read, so it is left alone; write to "
		       "another one",
		       path);
	if (good && would_lose(&old, &new))
		good = error_set(error, ERROR_USAGE,
			"%s is there and has values that 1Password does not have, which would be lost; write to "
			"another "
			"file",
			path);
	static_secrets_release(&old);
	static_secrets_release(&new);
	return good;
}

bool onepassword_file_may_replace(const char *path, struct str text, struct error *error)
{
	struct error cause = ERROR_INIT;
	struct arena arena;
	struct str there;
	bool good;

	if (access(path, F_OK) != 0)
		return true;
	arena_init_sensitive(&arena);
	if (file_read(&there, &arena, AT_FDCWD, path, &cause))
		good = check_values(path, &arena, there, text, error);
	else
		good = error_set(error, cause.kind, "%s %s", path, cause.message);
	error_release(&cause);
	arena_release(&arena);
	return good;
}
