#include "check/settings.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"
#include "base/strbuf.h"
#include "check/form_words.h"
#include "check/schemas.h"
#include "yaml/stream.h"

void check_settings_init(struct check_settings *settings)
{
	*settings = (struct check_settings){
		.environments = VEC_INIT(struct str),
		.paths = VEC_INIT(struct str),
		.excludes = VEC_INIT(struct str),
		.fail_on = SEVERITY_WARNING,
		.show = SEVERITY_WARNING,
		.format = STR_ABSENT,
	};
	arena_init(&settings->arena);
	for (size_t i = 0; i < RULE_COUNT; i++)
		settings->severities[i] = rule_get((enum rule_id)i)->severity;
}

void check_settings_release(struct check_settings *settings)
{
	vec_release(&settings->environments);
	vec_release(&settings->paths);
	vec_release(&settings->excludes);
	arena_release(&settings->arena);
}

static void add_name(struct check_settings *settings, struct vec *names, struct str name)
{
	*(struct str *)vec_push(names) = arena_str(&settings->arena, name);
}

void check_settings_add_environment(struct check_settings *settings, struct str name)
{
	add_name(settings, &settings->environments, name);
}

void check_settings_add_path(struct check_settings *settings, struct str path)
{
	add_name(settings, &settings->paths, path);
}

/* The rules of a family stand together. */
static void append_families(struct strbuf *families)
{
	const char *last = "";

	for (size_t i = 0; i < RULE_COUNT; i++) {
		const char *family = rule_get((enum rule_id)i)->family;

		if (str_is(str_of(family), last))
			continue;
		strbuf_append_c(families, families->len > 0 ? ", " : "");
		strbuf_append_c(families, family);
		last = family;
	}
}

/* Says that a selector means nothing; the prefix tells where it stands. */
static bool reject_selector(struct error *error, const char *prefix, struct str selector)
{
	struct str suggestion = rule_suggest(selector);

	if (str_is_absent(suggestion)) {
		struct strbuf families = STRBUF_INIT;

		append_families(&families);
		error_set(error, ERROR_USAGE, "%sno rule has the code, name or family '%.*s'; the families are %s",
			prefix, STR_ARG(selector), families.ptr);
		strbuf_release(&families);
		return false;
	}
	return error_set(error, ERROR_USAGE, "%sno rule has the code, name or family '%.*s'; did you mean '%.*s'?",
		prefix, STR_ARG(selector), STR_ARG(suggestion));
}

static void mark_rules(bool marks[RULE_COUNT], struct str selector)
{
	for (size_t i = 0; i < RULE_COUNT; i++)
		marks[i] = marks[i] || rule_matches(rule_get((enum rule_id)i), selector);
}

bool check_settings_select(struct check_settings *settings, struct str selector, struct error *error)
{
	const struct rule *named = rule_by_code(selector);

	if (!rule_selector_is_known(selector))
		return reject_selector(error, "", selector);
	settings->has_selection = true;
	mark_rules(settings->selected, selector);
	if (named != NULL && settings->severities[rule_id(named)] == SEVERITY_OFF)
		settings->severities[rule_id(named)] = SEVERITY_NOTE;
	return true;
}

bool check_settings_ignore(struct check_settings *settings, struct str selector, struct error *error)
{
	if (!rule_selector_is_known(selector))
		return reject_selector(error, "", selector);
	mark_rules(settings->ignored, selector);
	return true;
}

enum severity check_settings_severity(const struct check_settings *settings, enum rule_id rule)
{
	if (rule_get(rule)->stop)
		return SEVERITY_ERROR;
	if (settings->ignored[rule] || (settings->has_selection && !settings->selected[rule]))
		return SEVERITY_OFF;
	return settings->severities[rule];
}

/* A settings file while it is read: mistakes are collected, a line each. */
struct reading {
	struct check_settings *settings;
	struct strbuf mistakes;
};

static void start_mistake(struct reading *reading, struct span span)
{
	struct position position = source_position(span.source, span.start);

	if (reading->mistakes.len > 0)
		strbuf_append_char(&reading->mistakes, '\n');
	strbuf_printf(&reading->mistakes, "%.*s:%u:%u: ", STR_ARG(span.source->path), position.line, position.column);
}

static void add_mistake(struct reading *reading, struct span span, struct str message)
{
	start_mistake(reading, span);
	strbuf_append(&reading->mistakes, message);
}

static enum severity severity_of(struct str name)
{
	static const char *const names[] = {
		[SEVERITY_OFF] = "off",
		[SEVERITY_NOTE] = "note",
		[SEVERITY_WARNING] = "warning",
		[SEVERITY_ERROR] = "error",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (str_is(name, names[i]))
			return (enum severity)i;
	}
	return SEVERITY_OFF;
}

/* `severities: {ASP303: warning, ASP3xx: note}`: what names fewer rules counts over what names more. A plain `off` is a boolean in YAML 1.1. */
static void read_severities(struct reading *reading, const struct node *mapping)
{
	bool named[RULE_COUNT] = {false};
	struct node_pairs walk;
	const struct node_pair *pair;

	node_pairs_begin(&walk, mapping);
	while ((pair = node_pairs_next(&walk)) != NULL) {
		struct str selector = node_text(pair->key);
		enum severity severity = severity_of(node_text(pair->value));
		const struct rule *single = rule_by_code(selector);
		struct error error = ERROR_INIT;

		if (!rule_selector_is_known(selector)) {
			reject_selector(&error, "", selector);
			add_mistake(reading, node_span(pair->key), str_of(error.message));
		}
		for (size_t i = 0; i < RULE_COUNT; i++) {
			const struct rule *rule = rule_get((enum rule_id)i);

			if (rule != single && (named[i] || !rule_matches(rule, selector)))
				continue;
			reading->settings->severities[i] = severity;
			named[i] = named[i] || rule == single;
		}
		error_release(&error);
	}
	node_pairs_end(&walk);
}

static void read_excludes(struct check_settings *settings, const struct node *list)
{
	list = node_resolve(list);
	for (uint32_t i = 0; node_is_sequence(list) && i < list->sequence.count; i++) {
		if (node_is_string(list->sequence.items[i]))
			add_name(settings, &settings->excludes, node_string(list->sequence.items[i]));
	}
}

static void read_output(struct check_settings *settings, const struct node *output)
{
	struct str format = node_string(node_get(output, STR("format")));
	const struct node *show = node_get(output, STR("show"));
	const struct node *fail_on = node_get(output, STR("fail-on"));

	if (!str_is_absent(format))
		settings->format = arena_str(&settings->arena, format);
	if (!node_is_null(show))
		settings->show = severity_of(node_text(show));
	if (!node_is_null(fail_on))
		settings->fail_on = severity_of(node_text(fail_on));
}

static void read_prose(struct check_settings *settings, const struct node *markup, const struct node *roles)
{
	struct str *names;

	if (!node_is_null(markup))
		settings->prose.markup = prose_markup_of(node_string(markup));
	roles = node_resolve(roles);
	if (!node_is_sequence(roles))
		return;
	settings->prose.roles = names = arena_calloc(&settings->arena, roles->sequence.count, sizeof(*names));
	settings->prose.role_count = roles->sequence.count;
	for (uint32_t i = 0; i < roles->sequence.count; i++)
		names[i] = arena_str(&settings->arena, node_string(roles->sequence.items[i]));
}

static void read_root(struct reading *reading, const struct node *root)
{
	const struct node *severities = node_get(root, STR("severities"));

	if (node_is_mapping(severities))
		read_severities(reading, severities);
	read_excludes(reading->settings, node_get(root, STR("exclude")));
	read_output(reading->settings, node_get(root, STR("output")));
	read_prose(reading->settings, node_get(root, STR("descriptions")), node_get(root, STR("roles")));
}

static void add_schema_mistake(struct reading *reading, const struct schema_error *error)
{
	struct str place = error->fault == SCHEMA_UNKNOWN_PROPERTY || error_is_of_key(error)
				   ? STR("")
				   : form_place(&reading->settings->arena, error->pointer);

	start_mistake(reading, node_value_span(error->node));
	if (place.len > 0)
		strbuf_printf(&reading->mistakes, "%.*s: ", STR_ARG(place));
	strbuf_append(&reading->mistakes, error->message);
	if (!str_is_absent(error->suggestion))
		strbuf_printf(&reading->mistakes, "; did you mean '%.*s'?", STR_ARG(error->suggestion));
}

static int compare_places(const void *a, const void *b)
{
	const struct schema_error *one = a, *other = b;

	return (one->node->start > other->node->start) - (one->node->start < other->node->start);
}

static void find_schema_mistakes(struct reading *reading, const struct node *root)
{
	struct schema_set *schemas = schema_set_new();
	struct vec errors = VEC_INIT(struct schema_error);

	schema_validate(schema_set_get(schemas, SCHEMA_CONFIG), root, &reading->settings->arena, &errors);
	vec_sort(&errors, compare_places);
	for (size_t i = 0; i < errors.len; i++) {
		const struct schema_error *error = vec_at(&errors, i);

		add_schema_mistake(reading, error);
	}
	vec_release(&errors);
	schema_set_free(schemas);
}

static void read_stream(struct reading *reading, const struct yaml_stream *stream)
{
	const struct node *root = yaml_root(stream);

	for (size_t i = 0; i < stream->issues.len; i++) {
		const struct yaml_issue *issue = vec_at(&stream->issues, i);

		add_mistake(reading, issue->span, issue->message);
	}
	if (!stream->broken && stream->documents.len > 1)
		add_mistake(reading, ((const struct yaml_document *)vec_at(&stream->documents, 1))->span,
			STR("a second document begins here, but only one is read"));
	if (node_is_null(root) || reading->mistakes.len > 0)
		return;
	find_schema_mistakes(reading, root);
	if (reading->mistakes.len == 0)
		read_root(reading, root);
}

bool check_settings_read(struct check_settings *settings, struct str path, struct str text, struct error *error)
{
	struct reading reading = {.settings = settings, .mistakes = STRBUF_INIT};
	struct yaml_stream *stream = yaml_load(
		&settings->arena, arena_str(&settings->arena, path), arena_str(&settings->arena, text), false);

	read_stream(&reading, stream);
	bool correct = reading.mistakes.len == 0;
	if (!correct)
		error_set(error, ERROR_USAGE, "%s", reading.mistakes.ptr);
	strbuf_release(&reading.mistakes);
	yaml_stream_release(stream);
	return correct;
}

bool check_settings_load(struct check_settings *settings, const char *path, const char *shown, struct error *error)
{
	struct error cause = ERROR_INIT;
	struct str text;
	bool is_missing = access(path, F_OK) != 0 && errno == ENOENT;
	bool done = file_read(&text, &settings->arena, AT_FDCWD, path, &cause);

	if (done)
		done = check_settings_read(settings, str_of(shown), text, error);
	else
		error_set(error, is_missing ? ERROR_USAGE : cause.kind, "%s %s", shown, cause.message);
	error_release(&cause);
	return done;
}
