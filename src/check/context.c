#include "check/context.h"

#include "base/strbuf.h"
#include "base/utf8.h"

enum {
	QUOTED_MAX = 60, /* characters of a file's text in a message */
};

const struct vec *check_enabling(const struct check *check, const struct application *application)
{
	static const struct vec none = VEC_INIT(const struct environment *);
	const struct vec *environments = map_get(&check->enabling, application->name);

	return environments != NULL ? environments : &none;
}

bool check_wants(const struct check *check, enum rule_id rule)
{
	return check->settings != NULL ? check_settings_severity(check->settings, rule) != SEVERITY_OFF
				       : rule_get(rule)->severity != SEVERITY_OFF;
}

bool file_is_sound(const struct repo_file *file)
{
	if (file == NULL)
		return true;
	if (!str_is_absent(file->problem) || file->stream == NULL || file->stream->broken)
		return false;
	const struct node *root = yaml_root(file->stream);
	return file->stream->documents.len <= 1 && (node_is_null(root) || node_is_mapping(root));
}

static bool secrets_are_sound(const struct secret_file *secrets)
{
	return secrets == NULL || file_is_sound(secrets->file);
}

bool application_declarations_are_sound(const struct application *application)
{
	if (!secrets_are_sound(application->secrets))
		return false;
	for (size_t i = 0; i < application->overlays.len; i++) {
		const struct application_overlay *overlay = vec_pointer(&application->overlays, i);

		if (!secrets_are_sound(overlay->secrets))
			return false;
	}
	return true;
}

bool environment_is_sound(const struct check *check, const struct environment *environment)
{
	return file_is_sound(environment->file) && file_is_sound(check->model->defaults);
}

bool application_is_sound_in(const struct application *application, struct str environment)
{
	const struct application_overlay *overlay = application_overlay(application, environment);

	if (!secrets_are_sound(application->secrets) || !file_is_sound(application->chart->values))
		return false;
	return overlay == NULL || (secrets_are_sound(overlay->secrets) && file_is_sound(overlay->values));
}

const struct secret_file *first_declarations(const struct application *application)
{
	const struct secret_file *found = application->secrets;

	for (size_t i = 0; found == NULL && i < application->overlays.len; i++)
		found = (*(const struct application_overlay **)vec_at(&application->overlays, i))->secrets;
	return found;
}

struct str file_environment(const struct model *model, const struct repo_file *file)
{
	if (str_is_absent(file->environment) || model_environment(model, file->environment) == NULL)
		return STR_ABSENT;
	return file->environment;
}

struct span span_first_line(struct span span)
{
	if (span.source == NULL)
		return span;
	struct str text = span_text(span);
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '\n' || text.ptr[i] == '\r') {
			span.end = span.start + (uint32_t)i;
			break;
		}
	}
	return span;
}

struct str subject_of(struct arena *arena, struct str first, struct str second)
{
	size_t len = first.len + 1 + second.len;
	char *bytes = arena_bytes(arena, len + 1);

	if (first.len > 0)
		memcpy(bytes, first.ptr, first.len);
	bytes[first.len] = '/';
	if (second.len > 0)
		memcpy(bytes + first.len + 1, second.ptr, second.len);
	bytes[len] = '\0';
	return (struct str){.ptr = bytes, .len = len};
}

struct str quoted(struct arena *arena, struct str text)
{
	struct strbuf buffer = STRBUF_INIT;
	size_t count = 0;

	strbuf_append_char(&buffer, '\'');
	while (text.len > 0 && count++ < QUOTED_MAX) {
		size_t width;

		utf8_decode(text, &width);
		strbuf_append(&buffer, str_slice(text, 0, width));
		text = str_slice(text, width, text.len - width);
	}
	strbuf_append_c(&buffer, text.len > 0 ? "…'" : "'");
	struct str copy = arena_str(arena, strbuf_str(&buffer));
	strbuf_release(&buffer);
	return copy;
}

void shared_init(struct shared_findings *shared, struct arena *arena)
{
	shared->arena = arena;
	map_init(&shared->by_key);
}

void shared_release(struct shared_findings *shared)
{
	for (size_t i = 0; i < shared->by_key.len; i++) {
		struct shared_finding *finding = shared->by_key.entries[i].value;

		vec_release(&finding->environments);
		vec_release(&finding->others);
	}
	map_release(&shared->by_key);
}

/* Spans are told apart by their source, which is one object a file. */
static struct str shared_key(struct arena *arena, struct span span, struct str name)
{
	size_t size = sizeof(span.source) + sizeof(span.start) + sizeof(span.end) + name.len;
	char *key = arena_bytes(arena, size);
	char *next = key;

	memcpy(next, &span.source, sizeof(span.source));
	next += sizeof(span.source);
	memcpy(next, &span.start, sizeof(span.start));
	next += sizeof(span.start);
	memcpy(next, &span.end, sizeof(span.end));
	next += sizeof(span.end);
	if (name.len > 0)
		memcpy(next, name.ptr, name.len);
	return (struct str){.ptr = key, .len = size};
}

void shared_add(struct shared_findings *shared, struct span span, struct str name,
	const struct environment *environment, const void *what)
{
	void **slot = map_slot(&shared->by_key, shared_key(shared->arena, span, name));
	struct shared_finding *finding = *slot;

	if (finding == NULL) {
		finding = arena_calloc(shared->arena, 1, sizeof(*finding));
		finding->span = span;
		finding->first = what;
		vec_init(&finding->environments, sizeof(const struct environment *));
		vec_init(&finding->others, sizeof(const void *));
		*slot = finding;
	}
	if (environment != NULL)
		vec_push_pointer(&finding->environments, environment);
	*(const void **)vec_push(&finding->others) = what;
}

void shared_attach(struct diag_sink *sink, struct diag *diag, const struct shared_finding *finding)
{
	for (size_t i = 0; i < finding->environments.len; i++)
		diag_environment(sink, diag, (*(const struct environment **)vec_at(&finding->environments, i))->name);
}

void places_init(struct places *places, struct arena *arena)
{
	places->arena = arena;
	map_init(&places->known);
}

void places_add(struct places *places, struct span span)
{
	struct str key = shared_key(places->arena, span, STR(""));

	if (span.source == NULL || map_has(&places->known, key))
		return;
	if (places->known.len < PLACES_SHOWN)
		places->spans[places->known.len] = span;
	map_set(&places->known, key, NULL);
}

void places_relate(struct places *places, struct diag_sink *sink, struct diag *diag, const char *words)
{
	size_t count = places->known.len;

	for (size_t i = 0; i < count && i < PLACES_SHOWN; i++) {
		if (i + 1 == PLACES_SHOWN && count > PLACES_SHOWN)
			diag_relate(sink, diag, places->spans[i], "%s, and at %zu more place%s.", words,
				count - PLACES_SHOWN, count - PLACES_SHOWN > 1 ? "s" : "");
		else
			diag_relate(sink, diag, places->spans[i], "%s.", words);
	}
	map_release(&places->known);
}
