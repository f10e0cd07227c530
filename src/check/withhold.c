/* Keeping secret values out of what is said of the files that hold them, whatever rule says it. */
#include "base/conceal.h"
#include "check/hygiene.h"

enum {
	LINE_STEP = 1024,
	LINE_WINDOW = 3 * LINE_STEP, /* bytes of a long line around a place: more is never shown */
	PAIRS_MAX = 64,              /* names with values in that */
	LEAST_COMMON = 4,            /* bytes of a value that are not repeated */
	VALUE_LOOKED_AT = 4096,
};

static struct str without_quotes(struct str text)
{
	text = str_trim(text);
	while (text.len > 0 && strchr("\"',", text.ptr[text.len - 1]) != NULL)
		text.len--;
	while (text.len > 0 && strchr("\"'", text.ptr[0]) != NULL)
		text = str_slice(text, 1, text.len);
	return text;
}

/* "- name" and "{name" are "name". */
static struct str without_indicators(struct str text)
{
	while (text.len > 0 && strchr(" \t-{[,?", text.ptr[0]) != NULL)
		text = str_slice(text, 1, text.len);
	return without_quotes(text);
}

/* How much is known of what a file holds. */
enum file_state {
	FILE_IS_READ,
	FILE_DECLARES, /* it declares secrets: a value may have been written where none belongs, or under a misspelled name */
	FILE_IS_BROKEN /* it is no YAML */
};

/* The first scalar of a text, without what ends flow collections. */
static struct str first_word(struct str text)
{
	size_t end = 0;

	while (end < text.len && strchr(" \t,}]#\"'", text.ptr[end]) == NULL)
		end++;
	return str_slice(text, 0, end);
}

/* Whether what stands behind a name may be a secret. Where the file is no YAML nothing is known of it, and a name is enough. */
static bool may_be_secret(struct str name, struct str value, enum file_state state)
{
	if (value.len == 0)
		return false;
	if (credential_of_setting(name, value) != NULL)
		return true;
	if (state == FILE_IS_BROKEN && (credential_is_named(name) || str_is(name, "value")))
		return true;
	return state != FILE_IS_READ && (credential_is_random(value) || credential_is_random(first_word(value)));
}

/* The part of a line that a finding at an offset may show: of a long line the same one for many offsets. */
static struct span shown_part(const struct source *source, uint32_t offset)
{
	uint32_t number = source_line_at(source, offset);
	uint32_t start = source_line_start(source, number);
	uint32_t end = start + (uint32_t)source_line(source, number).len;

	if (end - start > LINE_WINDOW) {
		uint32_t step = (offset - start) / LINE_STEP * LINE_STEP;

		start += step > LINE_STEP ? step - LINE_STEP : 0;
		end = end - start > LINE_WINDOW ? start + LINE_WINDOW : end;
	}
	return (struct span){.source = source, .start = start, .end = end};
}

/* Where a secret may stand in a line: behind a name, or all of it. source NULL: nowhere. */
static struct span secret_in_line(struct span line, enum file_state state)
{
	struct str text = span_text(line);
	unsigned pairs = 0;

	for (size_t i = 1; i < text.len && pairs < PAIRS_MAX; i++) {
		if (text.ptr[i - 1] != ':' || text.ptr[i] != ' ')
			continue;
		pairs++;
		struct str name = without_indicators(str_slice(text, 0, i - 1));
		struct str value = without_indicators(str_slice(text, i, text.len));

		if (may_be_secret(name, value, state))
			return (struct span){.source = line.source,
				.start = (uint32_t)(value.ptr - text.ptr) + line.start,
				.end = line.end};
	}
	/* What ends with a colon is a key, whose value follows on other lines. */
	if (state == FILE_DECLARES && str_ends_with(str_trim(text), STR(":")))
		state = FILE_IS_READ;
	if (may_be_secret(STR(""), without_indicators(text), state))
		return line;
	return (struct span){.source = NULL};
}

static enum file_state state_of(const struct repository *repository, const struct source *source)
{
	const struct repo_file *file = repository_file(repository, source->path);

	if (file == NULL)
		return FILE_IS_READ;
	if (file->stream != NULL && file->stream->broken)
		return FILE_IS_BROKEN;
	return file->role & (FILE_SECRETS | FILE_SECRETS_ENVIRONMENT) ? FILE_DECLARES : FILE_IS_READ;
}

struct withholding {
	const struct repository *repository;
	const struct diag_sink *sink;
	struct vec found; /* struct span */
	struct span last; /* the line that was looked into last */
};

/* Looks into a line of which the rules of family 6xx, who know more than a line, concealed nothing. */
static void look_into_line(struct withholding *withholding, struct span place)
{
	if (place.source == NULL || place.source->text.len == 0 || place.end == 0)
		return;
	struct span line = shown_part(place.source, place.start);
	if (line.source == withholding->last.source && line.start == withholding->last.start)
		return;
	withholding->last = line;
	if (conceal_find(&withholding->sink->concealed, line) != NULL)
		return;
	struct span secret = secret_in_line(line, state_of(withholding->repository, place.source));
	if (secret.source != NULL)
		vec_append(&withholding->found, &secret, 1);
}

/* The places of findings first, and then the others, so that places of one line follow each other. */
static void look_into_lines(struct withholding *withholding)
{
	const struct vec *diags = &withholding->sink->diags;

	for (size_t i = 0; i < diags->len; i++)
		look_into_line(withholding, ((const struct diag *)vec_pointer(diags, i))->span);
	for (size_t i = 0; i < diags->len; i++) {
		const struct diag *diag = vec_pointer(diags, i);

		for (size_t j = 0; j < diag->related.len; j++)
			look_into_line(withholding, ((const struct diag_related *)vec_at(&diag->related, j))->span);
	}
}

/* How many bytes at the start of text stand somewhere in value. */
static size_t common_length(struct str text, struct str value)
{
	size_t longest = 0;

	for (size_t i = 0; i < value.len; i++) {
		size_t length = 0;

		while (length < text.len && i + length < value.len && text.ptr[length] == value.ptr[i + length])
			length++;
		longest = length > longest ? length : longest;
	}
	return longest;
}

/* A copy of text with asterisks for what it has in common with a value; the text itself where that is nothing. */
static struct str without_value(struct arena *arena, struct str text, struct str value)
{
	struct strbuf masked = STRBUF_INIT;
	bool any = false;

	value = str_slice(value, 0, VALUE_LOOKED_AT);
	for (size_t i = 0; i < text.len;) {
		size_t length = common_length(str_slice(text, i, text.len), value);
		bool withheld = length >= LEAST_COMMON || (length > 0 && length == value.len);

		if (withheld)
			strbuf_append_repeat(&masked, '*', length);
		else
			strbuf_append_char(&masked, text.ptr[i]);
		any = any || withheld;
		i += withheld ? length : 1;
	}
	struct str result = any ? arena_str(arena, strbuf_str(&masked)) : text;
	strbuf_release(&masked);
	return result;
}

/* What a finding says of the places that it is about must not repeat what is concealed there; an identity could be guessed from. */
static void withhold_at(struct diag_sink *sink, struct diag *diag, struct span place)
{
	const struct span *concealed = conceal_find(&sink->concealed, place);

	if (concealed == NULL || diag->rule->sensitive)
		return;
	struct str value = without_quotes(span_text(*concealed));
	diag->message = without_value(&sink->arena, diag->message, value);
	diag->subject = without_value(&sink->arena, diag->subject, value);
	diag->token = without_value(&sink->arena, diag->token, value);
	for (size_t i = 0; i < diag->related.len; i++) {
		struct diag_related *related = vec_at(&diag->related, i);

		related->message = without_value(&sink->arena, related->message, value);
	}
}

void withhold_secrets(struct diag_sink *sink, const struct repository *repository)
{
	struct withholding withholding = {.repository = repository, .sink = sink, .found = VEC_INIT(struct span)};

	look_into_lines(&withholding);
	vec_append(&sink->concealed, withholding.found.items, withholding.found.len);
	vec_release(&withholding.found);
	conceal_sort(&sink->concealed);
	for (size_t i = 0; i < sink->diags.len && sink->concealed.len > 0; i++) {
		struct diag *diag = vec_pointer(&sink->diags, i);

		withhold_at(sink, diag, diag->span);
		for (size_t j = 0; j < diag->related.len; j++)
			withhold_at(sink, diag, ((const struct diag_related *)vec_at(&diag->related, j))->span);
	}
}
