#include <aspis/static_secrets.h>

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "api/api.h"
#include "api/environment.h"
#include "base/file.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "statics/fill.h"
#include "statics/template.h"
#include "statics/update.h"

struct aspis_static_secrets {
	struct arena arena; /* sensitive */
	struct wanted_secrets wanted;
	struct str path;            /* of the file that was opened; "": none was */
	struct str original;        /* its text */
	struct str text;            /* up to date, without what was given */
	struct static_secrets file; /* what the text says */
	struct vec changes;         /* struct aspis_static_change */
	struct vec missing;         /* const struct static_value * */
	struct vec places;          /* struct aspis_static_place, one for each of them */
	struct secret **given;      /* likewise; NULL: nothing was given */
	struct str filled;          /* the text with what was given; absent: to be made */
};

static enum static_form choose_form(const struct resolution *resolution, enum aspis_static_form form)
{
	if (form == ASPIS_STATIC_FORM_AUTO)
		return resolution->model->layout == LAYOUT_SQR079 ? STATIC_FLAT : STATIC_NESTED;
	return form == ASPIS_STATIC_FORM_FLAT ? STATIC_FLAT : STATIC_NESTED;
}

static struct aspis_static_secrets *create(const struct resolution *resolution, const char *path)
{
	struct aspis_static_secrets *secrets = xcalloc(1, sizeof(*secrets));

	arena_init_sensitive(&secrets->arena);
	secrets->path = arena_str(&secrets->arena, str_of(path));
	wanted_secrets_init(&secrets->wanted, resolution);
	vec_init(&secrets->changes, sizeof(struct aspis_static_change));
	vec_init(&secrets->missing, sizeof(const struct static_value *));
	vec_init(&secrets->places, sizeof(struct aspis_static_place));
	return secrets;
}

/* What a place is called: "pull-secret ghcr.io password". */
static const char *place_name(struct arena *arena, const struct static_value *value)
{
	switch (value->kind) {
	case STATIC_SECRET:
		return arena_printf(arena, "%.*s %.*s", STR_ARG(value->owner), STR_ARG(value->name)).ptr;
	case STATIC_CLIENT:
		return arena_printf(arena, "oidc-clients %.*s %.*s", STR_ARG(value->owner), STR_ARG(value->name)).ptr;
	case STATIC_REGISTRY:
		return arena_printf(arena, "pull-secret %.*s %.*s", STR_ARG(value->owner), STR_ARG(value->name)).ptr;
	default:
		return "vault-write-token";
	}
}

/* Reads the text that the object has now, and looks for places without values. */
static void take_text(struct aspis_static_secrets *secrets, enum static_form form)
{
	static_secrets_read(&secrets->file, &secrets->arena, secrets->path, secrets->text, form);
	static_missing(&secrets->missing, &secrets->file, &secrets->wanted);
	for (size_t i = 0; i < secrets->missing.len; i++) {
		const struct static_value *value = vec_pointer(&secrets->missing, i);

		*(struct aspis_static_place *)vec_push(&secrets->places) = (struct aspis_static_place){
			.name = place_name(&secrets->arena, value),
			.description = api_text(&secrets->arena, value->description),
		};
	}
	secrets->given = xcalloc(secrets->missing.len, sizeof(struct secret *));
}

struct aspis_static_secrets *aspis_static_secrets_new(
	const struct aspis_environment *environment, enum aspis_static_form form)
{
	const struct resolution *resolution = api_environment_resolution(environment);
	struct aspis_static_secrets *secrets = create(resolution, "");
	enum static_form chosen = choose_form(resolution, form);
	struct strbuf text = STRBUF_INIT;

	template_write(&text, chosen, &secrets->wanted);
	secrets->text = arena_str(&secrets->arena, strbuf_str(&text));
	strbuf_release(&text);
	take_text(secrets, chosen);
	return secrets;
}

/* Hands up what is wrong with a file, a line for each, and what follows from it. */
static bool fail_problems(const struct static_secrets *file, const char *consequence, struct aspis_error *error)
{
	struct strbuf text = STRBUF_INIT;

	for (size_t i = 0; i < file->problems.len; i++) {
		const struct static_problem *problem = vec_at(&file->problems, i);
		struct position position = source_position(problem->span.source, problem->span.start);

		if (i > 0)
			strbuf_append_char(&text, '\n');
		strbuf_append(&text, problem->span.source->path);
		strbuf_printf(&text, ":%u:%u: ", (unsigned)position.line, (unsigned)position.column);
		strbuf_append(&text, problem->message);
	}
	strbuf_append_c(&text, consequence);
	api_refuse(error, "%s", text.ptr);
	strbuf_release(&text);
	return false;
}

/* Reads a file with values; its bytes lie in the arena alone. */
static bool read_file(struct str *text, struct arena *arena, const char *path, struct aspis_error *error)
{
	struct error inner = ERROR_INIT, cause = ERROR_INIT;

	if (file_read(text, arena, AT_FDCWD, path, &inner))
		return true;
	error_set(&cause, inner.kind, "%s %s", path, inner.message);
	error_release(&inner);
	return api_fail(error, &cause);
}

static void take_changes(struct aspis_static_secrets *secrets, const struct vec *changes)
{
	for (size_t i = 0; i < changes->len; i++) {
		const struct static_change *change = vec_at(changes, i);
		struct span span = change->span;

		*(struct aspis_static_change *)vec_push(&secrets->changes) = (struct aspis_static_change){
			.kind = (enum aspis_static_change_kind)change->kind,
			.application = api_text(&secrets->arena, change->application),
			.key = api_text(&secrets->arena, change->key),
			.line = span.source ? source_position(span.source, span.start).line : 0,
		};
	}
}

/* What shows that a file is in the nested form. */
static struct str nested_member(const struct node *root)
{
	unsigned member = 0;

	while (member + 1 < MEMBER_COUNT && !node_get(root, template_member_name((enum template_member)member)))
		member++;
	return template_member_name((enum template_member)member);
}

static bool check_form(
	const struct static_secrets *file, enum aspis_static_form form, const char *path, struct aspis_error *error)
{
	if (form == ASPIS_STATIC_FORM_AUTO || !file->root || file->root->mapping.count == 0 ||
		(form == ASPIS_STATIC_FORM_FLAT) == (file->form == STATIC_FLAT))
		return true;
	if (file->form == STATIC_NESTED)
		return api_refuse(error,
			"%s has `%.*s:` at the top, so it is not in the flat form, and its form stays as it is; "
			"leave --flat out",
			path, STR_ARG(nested_member(file->root)));
	return api_refuse(error,
		"%s has the applications at the top, so it is in the flat form, which stays as it is; leave the form "
		"out",
		path);
}

static bool update(struct aspis_static_secrets *secrets, enum aspis_static_form form, enum static_form empty_form,
	struct aspis_error *error)
{
	struct vec changes = VEC_INIT(struct static_change);
	struct static_secrets file;
	bool good;

	static_secrets_read(&file, &secrets->arena, secrets->path, secrets->original, empty_form);
	good = (file.problems.len == 0 || fail_problems(&file, "", error)) &&
	       check_form(&file, form, secrets->path.ptr, error) &&
	       (static_update(&secrets->text, &changes, &file, &secrets->wanted) || fail_problems(&file, "", error));
	if (good) {
		take_changes(secrets, &changes);
		take_text(secrets, file.form);
	}
	static_secrets_release(&file);
	vec_release(&changes);
	return good;
}

struct aspis_static_secrets *aspis_static_secrets_open(const struct aspis_environment *environment, const char *path,
	enum aspis_static_form form, struct aspis_error *error)
{
	const struct resolution *resolution = api_environment_resolution(environment);
	struct aspis_static_secrets *secrets = create(resolution, path);

	if (read_file(&secrets->original, &secrets->arena, path, error) &&
		update(secrets, form, choose_form(resolution, form), error))
		return secrets;
	aspis_static_secrets_free(secrets);
	return NULL;
}

void aspis_static_secrets_free(struct aspis_static_secrets *secrets)
{
	if (!secrets)
		return;
	for (size_t i = 0; i < secrets->missing.len; i++)
		secret_free(secrets->given[i]);
	free(secrets->given);
	static_secrets_release(&secrets->file);
	vec_release(&secrets->changes);
	vec_release(&secrets->missing);
	vec_release(&secrets->places);
	wanted_secrets_release(&secrets->wanted);
	arena_release(&secrets->arena);
	free(secrets);
}

size_t aspis_static_secrets_change_count(const struct aspis_static_secrets *secrets)
{
	return secrets->changes.len;
}

const struct aspis_static_change *aspis_static_secrets_change(const struct aspis_static_secrets *secrets, size_t index)
{
	return vec_at(&secrets->changes, index);
}

size_t aspis_static_secrets_missing_count(const struct aspis_static_secrets *secrets)
{
	return secrets->places.len;
}

const struct aspis_static_place *aspis_static_secrets_missing(const struct aspis_static_secrets *secrets, size_t index)
{
	return vec_at(&secrets->places, index);
}

bool aspis_static_secrets_fill(
	struct aspis_static_secrets *secrets, size_t index, struct aspis_secret *value, struct aspis_error *error)
{
	struct str text = {.ptr = aspis_secret_bytes(value), .len = aspis_secret_size(value)};

	if (text.len == 0)
		return api_refuse(error, "the value is empty");
	if (utf8_valid_prefix(text) < text.len)
		return api_refuse(error, "the value is not text in UTF-8, which is all that such a file can hold");
	secret_free(secrets->given[index]);
	secrets->given[index] = secret_new(text.ptr, text.len);
	secrets->filled = STR_ABSENT;
	return true;
}

/* Makes the text with what was given. */
static bool fill(struct aspis_static_secrets *secrets)
{
	struct vec given = VEC_INIT(struct given_value);
	bool good = true;

	for (size_t i = 0; i < secrets->missing.len; i++) {
		if (secrets->given[i])
			*(struct given_value *)vec_push(&given) = (struct given_value){
				.place = vec_pointer(&secrets->missing, i), .value = secrets->given[i]};
	}
	secrets->filled = secrets->text;
	if (given.len > 0)
		good = static_fill(&secrets->filled, &secrets->file, &given);
	vec_release(&given);
	return good;
}

const char *aspis_static_secrets_text(struct aspis_static_secrets *secrets, size_t *size, struct aspis_error *error)
{
	if (str_is_absent(secrets->filled) && !fill(secrets)) {
		secrets->filled = STR_ABSENT;
		api_refuse(error,
			"%s is written in a way that leaves no place for a value without touching others; write it in "
			"the form of the template",
			secrets->path.ptr);
		return NULL;
	}
	*size = secrets->filled.len;
	return secrets->filled.ptr;
}

/* Whether the file that was opened is still what it was. */
static bool check_unchanged(const struct aspis_static_secrets *secrets, struct aspis_error *error)
{
	const char *path = secrets->path.ptr;
	struct arena arena;
	struct str text;
	bool good;

	arena_init_sensitive(&arena);
	good = read_file(&text, &arena, path, error);
	if (good && !str_equal(text, secrets->original))
		good = api_refuse(error, "%s has been changed meanwhile by something else; nothing was written", path);
	arena_release(&arena);
	return good;
}

/* Whether a file may be overwritten by another one: it holds no values. */
static bool check_values(const char *path, struct aspis_error *error)
{
	struct static_secrets file = {.arena = NULL};
	struct arena arena;
	struct str text;
	bool good;
	size_t count;

	arena_init_sensitive(&arena);
	good = read_file(&text, &arena, path, error);
	if (good) {
		static_secrets_read(&file, &arena, str_of(path), text, STATIC_NESTED);
		good = file.problems.len == 0 ||
		       fail_problems(&file,
			       "\nWhether it holds values that would be lost cannot be told: it is left alone.", error);
	}
	count = good ? static_secrets_filled(&file) : 0;
	if (count > 0)
		good = api_refuse(error,
			"%s is there and has %zu value%s, which would be lost; '--update %s' brings it up to date and "
			"keeps %s",
			path, count, count == 1 ? "" : "s", path, count == 1 ? "it" : "them");
	static_secrets_release(&file);
	arena_release(&arena);
	return good;
}

/* Whether writing to a path loses nothing. */
static bool check_target(const struct aspis_static_secrets *secrets, const char *path, struct aspis_error *error)
{
	if (str_is(secrets->path, path))
		return check_unchanged(secrets, error);
	return access(path, F_OK) != 0 || check_values(path, error);
}

bool aspis_static_secrets_write(
	struct aspis_static_secrets *secrets, const char *path, bool *changed, struct aspis_error *error)
{
	struct error inner = ERROR_INIT, cause = ERROR_INIT;
	struct str text;

	text.ptr = aspis_static_secrets_text(secrets, &text.len, error);
	if (!text.ptr || !check_target(secrets, path, error))
		return false;
	if (file_write(path, text, FILE_WRITE_PRIVATE | FILE_WRITE_SYNC, changed, &inner))
		return true;
	error_set(&cause, inner.kind, "%s %s", path, inner.message);
	error_release(&inner);
	return api_fail(error, &cause);
}
