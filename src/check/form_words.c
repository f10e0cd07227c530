#include "check/form_words.h"

#include "base/strbuf.h"
#include "check/context.h"
#include "check/suggest.h"
#include "schema/schema_uri.h"

enum {
	ECHO_MAX = 40, /* bytes of a value that are repeated as an advice */
};

bool error_is_of_key(const struct schema_error *error)
{
	return error->fault == SCHEMA_WRONG_TYPE && error->keyword.len == 0;
}

bool error_is_of_null(const struct schema_error *error)
{
	return error->fault == SCHEMA_WRONG_TYPE && !error_is_of_key(error) && node_is_null(error->node);
}

/* The part of the schema that holds the keyword at fault; NULL where the way there is none of names alone. */
static const struct node *faulty_schema(const struct form_words *words, const struct schema_error *error)
{
	const struct node *schema = words->schema;
	struct str pointer = error->schema_pointer;

	while (schema != NULL && pointer.len > 0) {
		struct str token = pointer_next(words->arena, &pointer);

		if (pointer.len == 0)
			break;
		schema = node_get(schema, token);
	}
	return schema;
}

/* The tokens of a pointer but for the last skipped ones: "`copy.if` of 'key'", "'key'", or of settings "`onepassword`". Empty for the file as a whole. */
static struct str place(const struct form_words *words, struct str pointer, bool without_last)
{
	struct strbuf path = STRBUF_INIT;
	struct str secret = STR("");
	struct str text;

	if (words->of_secrets && pointer.len > 0) {
		struct str key = pointer_next(words->arena, &pointer);

		if (pointer.len > 0 || !without_last)
			secret = quoted(words->arena, key);
	}
	while (pointer.len > 0) {
		struct str token = pointer_next(words->arena, &pointer);

		if (pointer.len == 0 && without_last)
			break;
		strbuf_printf(&path, "%s%.*s", path.len > 0 ? "." : "", STR_ARG(token));
	}
	if (path.len > 0 && secret.len > 0)
		text = arena_printf(words->arena, "`%s` of %.*s", path.ptr, STR_ARG(secret));
	else if (path.len > 0)
		text = arena_printf(words->arena, "`%s`", path.ptr);
	else
		text = secret;
	strbuf_release(&path);
	return text;
}

struct str form_place(struct arena *arena, struct str pointer)
{
	struct form_words words = {.arena = arena};

	return place(&words, pointer, false);
}

static void append_item(struct strbuf *out, size_t index, size_t count, const char *last)
{
	if (index > 0)
		strbuf_append_c(out, index + 1 == count ? last : ", ");
}

/* "`application`, `key` and `if`"; empty where a schema knows no keys. */
static struct str known_keys(const struct form_words *words, const struct node *schema)
{
	const struct node *properties = node_resolve(node_get(schema, STR("properties")));
	struct strbuf out = STRBUF_INIT;

	for (uint32_t i = 0; node_is_mapping(properties) && i < properties->mapping.count; i++) {
		append_item(&out, i, properties->mapping.count, " and ");
		strbuf_printf(&out, "`%.*s`", STR_ARG(node_string(properties->mapping.pairs[i].key)));
	}
	struct str text = arena_str(words->arena, strbuf_str(&out));
	strbuf_release(&out);
	return text;
}

static const char *type_phrase(struct str type)
{
	static const struct {
		const char *name;
		const char *phrase;
	} types[] = {
		{"string", "a string"},
		{"object", "a mapping"},
		{"array", "a list"},
		{"boolean", "a boolean"},
		{"integer", "an integer"},
		{"number", "a number"},
	};

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (str_is(type, types[i].name))
			return types[i].phrase;
	}
	return NULL;
}

/* The types that a schema allows, null apart: it stands for what is absent. */
struct expectation {
	struct str phrase; /* "a string or a boolean" */
	bool string;
	bool boolean;
	bool mapping;
};

static void expect(struct expectation *expectation, struct strbuf *out, struct str type)
{
	const char *phrase = type_phrase(type);

	if (phrase == NULL)
		return;
	strbuf_printf(out, "%s%s", out->len > 0 ? " or " : "", phrase);
	expectation->string = expectation->string || str_is(type, "string");
	expectation->boolean = expectation->boolean || str_is(type, "boolean");
	expectation->mapping = expectation->mapping || str_is(type, "object");
}

static struct expectation expectation_of(const struct form_words *words, const struct node *schema)
{
	const struct node *types = node_resolve(node_get(schema, STR("type")));
	struct expectation expectation = {.phrase = STR("")};
	struct strbuf out = STRBUF_INIT;

	if (node_is_string(types))
		expect(&expectation, &out, node_string(types));
	for (uint32_t i = 0; node_is_sequence(types) && i < types->sequence.count; i++)
		expect(&expectation, &out, node_string(types->sequence.items[i]));
	expectation.phrase = arena_str(words->arena, strbuf_str(&out));
	strbuf_release(&out);
	return expectation;
}

/* "write it in quotes: `"yes"`", with the text itself if that is simple. */
static struct str quote_advice(const struct form_words *words, const struct node *node)
{
	struct str text = node_text(node);
	bool is_simple = text.len > 0 && text.len <= ECHO_MAX;

	for (size_t i = 0; i < text.len && is_simple; i++)
		is_simple = text.ptr[i] >= ' ' && text.ptr[i] < 0x7f && text.ptr[i] != '"' && text.ptr[i] != '\\' &&
			    text.ptr[i] != '`';
	if (!is_simple)
		return STR("; write it in quotes");
	return arena_printf(words->arena, "; write it in quotes: `\"%.*s\"`", STR_ARG(text));
}

/* "; write one of 'password' or 'mtime'" for a schema that lists texts. */
static struct str allowed_values(const struct form_words *words, const struct node *schema)
{
	const struct node *values = node_resolve(node_get(schema, STR("enum")));
	struct strbuf out = STRBUF_INIT;

	strbuf_append_c(&out, "; write one of ");
	for (uint32_t i = 0; node_is_sequence(values) && i < values->sequence.count; i++) {
		append_item(&out, i, values->sequence.count, " or ");
		strbuf_printf(&out, "'%.*s'", STR_ARG(node_text(values->sequence.items[i])));
	}
	struct str text = arena_str(words->arena, strbuf_str(&out));
	strbuf_release(&out);
	return text;
}

/* "the key `encoded`", "the keys `application`, `key` and `if`"; empty where a schema knows none. */
static struct str key_list(const struct form_words *words, const struct node *schema)
{
	struct str keys = known_keys(words, schema);
	bool is_one = str_find(keys, ' ') == keys.len;

	return keys.len > 0 ? arena_printf(words->arena, "the key%s %.*s", is_one ? "" : "s", STR_ARG(keys)) : keys;
}

static struct str type_advice(
	const struct form_words *words, const struct schema_error *error, const struct expectation *expectation)
{
	const struct node *schema = faulty_schema(words, error);
	struct str keys = key_list(words, schema);
	bool is_scalar = error->node != NULL && node_resolve(error->node)->kind == NODE_SCALAR;

	if (words->of_secrets && str_ends_with(error->pointer, STR("/if")))
		return STR("; write the path of a Helm value, such as `config.enabled`");
	if (node_get(schema, STR("enum")) != NULL)
		return allowed_values(words, schema);
	if (expectation->string && is_scalar)
		return quote_advice(words, error->node);
	if (expectation->string)
		return STR("; write a single text");
	if (expectation->mapping && keys.len == 0)
		return STR("; write it as `key: value`");
	if (expectation->mapping)
		return arena_printf(words->arena, "; write a mapping with %.*s", STR_ARG(keys));
	return STR("");
}

static struct str word_type(const struct form_words *words, const struct schema_error *error)
{
	struct expectation expectation = expectation_of(words, faulty_schema(words, error));
	struct str subject = place(words, error->pointer, false);
	struct str advice = type_advice(words, error, &expectation);

	if (expectation.boolean && node_is_string(error->node))
		return arena_printf(words->arena,
			"%.*s must be %.*s, not %s. Whether it counts as true depends on who reads it; write `true` or "
			"`false`, without quotes.",
			STR_ARG(subject), STR_ARG(expectation.phrase), node_type_phrase(error->node));
	return arena_printf(words->arena, "%.*s must be %.*s, not %s. %s%.*s.", STR_ARG(subject),
		STR_ARG(expectation.phrase), node_type_phrase(error->node), words->consequence, STR_ARG(advice));
}

/* " in `copy` of 'key'", or "" at the top. */
static struct str within(const struct form_words *words, const struct schema_error *error)
{
	struct str owner = place(words, error->pointer, true);

	return owner.len > 0 ? arena_printf(words->arena, " in %.*s", STR_ARG(owner)) : STR("");
}

static struct str word_key(const struct form_words *words, const struct schema_error *error)
{
	struct str inside = within(words, error);
	struct str shown = quoted(words->arena, node_text(error->node));
	struct str advice = quote_advice(words, error->node);

	if (node_text(error->node).len == 0)
		return arena_printf(words->arena, "A key%.*s is missing before its colon. %s; write one.",
			STR_ARG(inside), words->consequence);
	return arena_printf(words->arena, "The key %.*s%.*s is %s, not a string. %s%.*s.", STR_ARG(shown),
		STR_ARG(inside), node_type_phrase(error->node), words->consequence, STR_ARG(advice));
}

static struct str word_unknown(const struct form_words *words, const struct schema_error *error)
{
	struct str inside = within(words, error);
	struct str shown = quoted(words->arena, error->property);
	struct str keys = known_keys(words, faulty_schema(words, error));

	if (!str_is_absent(error->suggestion) || keys.len == 0) {
		struct str hint = did_you_mean(words->arena, error->suggestion);

		return arena_printf(words->arena, "The key %.*s%.*s is not known. %s.%.*s", STR_ARG(shown),
			STR_ARG(inside), words->consequence, STR_ARG(hint));
	}
	return arena_printf(words->arena, "The key %.*s%.*s is not known. %s; known are %.*s.", STR_ARG(shown),
		STR_ARG(inside), words->consequence, STR_ARG(keys));
}

static struct str word_missing(const struct form_words *words, const struct schema_error *error)
{
	struct str subject = place(words, error->pointer, false);

	return arena_printf(words->arena, "%.*s has no `%.*s`. %s; add it.", STR_ARG(subject), STR_ARG(error->property),
		words->consequence);
}

static struct str word_null(const struct form_words *words, const struct schema_error *error)
{
	struct str subject = place(words, error->pointer, false);

	return arena_printf(words->arena, "%.*s has no value, which is as if it were missing. %s; write one.",
		STR_ARG(subject), words->consequence);
}

static struct str word_value(const struct form_words *words, const struct schema_error *error)
{
	struct str subject = place(words, error->pointer, false);
	struct str shown = quoted(words->arena, node_text(error->node));
	struct str hint = did_you_mean(words->arena, error->suggestion);

	if (str_is(error->keyword, "minLength") && node_string(error->node).len == 0)
		return arena_printf(words->arena,
			"%.*s is empty, which is as if it were missing. Write what is meant, or remove the key.",
			STR_ARG(subject));
	if (str_is(error->keyword, "enum") && node_is_string(error->node))
		return arena_printf(words->arena, "%.*s cannot be %.*s. %s; %.*s.%.*s", STR_ARG(subject),
			STR_ARG(shown), words->consequence, STR_ARG(error->message), STR_ARG(hint));
	return arena_printf(words->arena, "%.*s: %.*s. %s.%.*s", STR_ARG(subject), STR_ARG(error->message),
		words->consequence, STR_ARG(hint));
}

struct str form_message(const struct form_words *words, const struct schema_error *error)
{
	switch (error->fault) {
	case SCHEMA_UNKNOWN_PROPERTY:
		return word_unknown(words, error);
	case SCHEMA_MISSING_PROPERTY:
		return word_missing(words, error);
	case SCHEMA_WRONG_TYPE:
		if (error_is_of_key(error))
			return word_key(words, error);
		return error_is_of_null(error) ? word_null(words, error) : word_type(words, error);
	case SCHEMA_INVALID_VALUE:
	case SCHEMA_UNDECIDED:
		break;
	}
	return word_value(words, error);
}
