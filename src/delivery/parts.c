#include <stdint.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "base/xalloc.h"
#include "delivery/build.h"

/* A part while it is collected. */
struct draft {
	struct str name;
	char *text; /* what it says itself */
	size_t len;
	struct vec calls; /* struct str */
	bool calls_any;
};

struct collector {
	struct str text;
	char *own,
		*defined; /* copies of the file's own text, and of all definitions; they never grow longer than the text */
	size_t defined_len;
	struct vec drafts;  /* struct draft: the file's own text first */
	size_t current;     /* in drafts */
	unsigned depth;     /* of blocks */
	unsigned define_at; /* the depth within the definition that is open */
};

static bool is_word(char c)
{
	static const uint64_t words[4] = {0x03FF401000000000, 0x07FFFFFE87FFFFFE}; /* $ . 0-9 A-Z _ a-z */
	unsigned char byte = (unsigned char)c;

	return words[byte >> 6] >> (byte & 63) & 1;
}

/* The offset behind a quoted text that starts at `at`; text.len where it has no end. */
static size_t skip_quoted(struct str text, size_t at)
{
	char quote = text.ptr[at++];

	while (at < text.len && text.ptr[at] != quote)
		at += text.ptr[at] == '\\' && quote != '`' ? 2 : 1;
	return at < text.len ? at + 1 : text.len;
}

/* The name that a word of an action is about, which ends before `at`; absent where it is computed. */
static struct str name_behind(struct str text, size_t at)
{
	while (at < text.len && (ascii_is_white(text.ptr[at]) || text.ptr[at] == '('))
		at++;
	if (at >= text.len || (text.ptr[at] != '"' && text.ptr[at] != '`'))
		return STR_ABSENT;
	size_t end = skip_quoted(text, at);
	return end - at >= 2 ? str_slice(text, at + 1, end - at - 2) : STR_ABSENT;
}

static struct draft *current(struct collector *collector)
{
	return vec_at(&collector->drafts, collector->current);
}

static void begin_part(struct collector *collector, struct str name)
{
	struct draft *draft = vec_push(&collector->drafts);

	draft->name = name;
	draft->text = collector->drafts.len == 1 ? collector->own : collector->defined + collector->defined_len;
	vec_init(&draft->calls, sizeof(struct str));
	collector->current = collector->drafts.len - 1;
	collector->define_at = collector->depth;
}

static void call(struct draft *draft, struct str name)
{
	if (str_is_absent(name))
		draft->calls_any = true;
	else
		*(struct str *)vec_push(&draft->calls) = name;
}

/* What a word of an action does to the structure of the file. `else if` opens nothing. */
static void take_block_word(struct collector *collector, struct str word, size_t end)
{
	struct str text = collector->text;
	bool defines = str_is(word, "define") || str_is(word, "block");

	if (str_is(word, "end") && collector->depth > 0) {
		if (collector->current > 0 && collector->depth == collector->define_at)
			collector->current = 0;
		collector->depth--;
	} else if (defines || str_is(word, "if") || str_is(word, "range") || str_is(word, "with")) {
		collector->depth++;
		if (str_is(word, "block"))
			call(current(collector), name_behind(text, end));
		if (defines && collector->current == 0)
			begin_part(collector, name_behind(text, end));
	}
}

static bool makes_structure(struct str word)
{
	return str_is(word, "toYaml") || str_is(word, "toYamlPretty") || str_is(word, "toJson") ||
	       str_is(word, "toRawJson") || str_is(word, "toPrettyJson") || str_is(word, "tpl");
}

/* What an action may print beside text. */
struct prints {
	bool structure, called, indented;
};

/* A word of an action that ends before `end`. */
static void take_word(struct collector *collector, struct prints *prints, struct str word, size_t end)
{
	switch (*word.ptr) {
	case '.':
	case '$':
		prints->structure = prints->structure || str_ends_with(word, STR(".Files.Get"));
		break;
	case 'i':
	case 'n':
	case 't':
		if (str_is(word, "include") || str_is(word, "template")) {
			call(current(collector), name_behind(collector->text, end));
			prints->called = true;
		}
		prints->structure = prints->structure || makes_structure(word);
		prints->indented = prints->indented || str_is(word, "indent") || str_is(word, "nindent");
		break;
	default:
		break;
	}
}

/* Notes what the action calls whose inside starts at *at, and moves to its "}}". Returns whether it may print more than a text, what it calls apart. */
static bool take_words(struct collector *collector, size_t *at)
{
	struct str text = collector->text;
	struct prints prints = {.structure = false};
	bool first = true;
	size_t i = *at;

	while (i < text.len) {
		size_t start = i;

		while (i < text.len && is_word(text.ptr[i]))
			i++;
		if (i > start) {
			struct str word = str_slice(text, start, i - start);

			if (first)
				take_block_word(collector, word, i);
			take_word(collector, &prints, word, i);
			first = false;
		} else if (text.ptr[i] == '"' || text.ptr[i] == '`') {
			i = skip_quoted(text, i);
		} else if (text.ptr[i] == '}' && i + 1 < text.len && text.ptr[i + 1] == '}') {
			break;
		} else {
			i++;
		}
	}
	*at = i;
	return prints.structure || (prints.indented && !prints.called);
}

/* The offset of "}}" at an offset or behind it, or the end of the text. */
static size_t end_of_action(struct str text, size_t at)
{
	const char *end = memmem(text.ptr + at, text.len - at, "}}", 2);
	return end ? (size_t)(end - text.ptr) : text.len;
}

static size_t end_of_comment(struct str text, size_t at)
{
	const char *end = memmem(text.ptr + at, text.len - at, "*/", 2);
	return end ? (size_t)(end - text.ptr) : text.len;
}

static void grow(struct collector *collector, size_t len)
{
	current(collector)->len += len;
	if (collector->current > 0)
		collector->defined_len += len;
}

static void append(struct collector *collector, struct str text)
{
	struct draft *draft = current(collector);

	memcpy(draft->text + draft->len, text.ptr, text.len);
	grow(collector, text.len);
}

/* Blanks of the same shape, so that what follows keeps its column. */
static void append_blank(struct collector *collector, struct str text)
{
	struct draft *draft = current(collector);
	char *out = draft->text + draft->len;
	const char *feed = memchr(text.ptr, '\n', text.len);

	memset(out, ' ', text.len);
	for (; feed; feed = memchr(feed + 1, '\n', text.len - (size_t)(feed + 1 - text.ptr)))
		out[feed - text.ptr] = '\n';
	grow(collector, text.len);
}

/* An action with its delimiters from `start` on; returns the offset behind it. What prints a mere text, or something else that is looked at where it is defined, says nothing. */
static size_t take_action(struct collector *collector, size_t start)
{
	struct str text = collector->text;
	size_t at = start + 2;

	while (at < text.len && (ascii_is_white(text.ptr[at]) || text.ptr[at] == '-'))
		at++;
	bool comment = at + 1 < text.len && text.ptr[at] == '/' && text.ptr[at + 1] == '*', structure = false;
	struct draft *before = current(collector);
	if (comment)
		at = end_of_action(text, end_of_comment(text, at + 2));
	else
		structure = take_words(collector, &at);
	size_t behind = at + 2 < text.len ? at + 2 : text.len;
	struct str whole = str_slice(text, start, behind - start);
	if (current(collector) != before)
		return behind;
	if (structure)
		append(collector, whole);
	else
		append_blank(collector, whole);
	return behind;
}

/* The offset of the next action at `at` or behind it, or text.len. */
static size_t next_action(struct str text, size_t at)
{
	while (at < text.len) {
		at += str_find(str_slice(text, at, text.len), '{');
		if (at + 1 < text.len && text.ptr[at + 1] == '{')
			return at;
		at++;
	}
	return text.len;
}

static void collect(struct collector *collector)
{
	struct str text = collector->text;
	size_t at = 0;

	while (at < text.len) {
		size_t next = next_action(text, at);
		append(collector, str_slice(text, at, next - at));
		at = next < text.len ? take_action(collector, next) : next;
	}
}

static void finish(struct template_part *out, struct template_file *file, struct arena *arena, struct draft *draft)
{
	out->file = file;
	out->name = draft->name;
	out->matters = manifest_may_matter((struct str){draft->text, draft->len});
	out->calls_any = draft->calls_any;
	out->call_count = draft->calls.len;
	out->calls = arena_calloc(arena, draft->calls.len, sizeof(*out->calls));
	if (draft->calls.len > 0)
		memcpy(out->calls, draft->calls.items, draft->calls.len * sizeof(*out->calls));
	vec_release(&draft->calls);
}

void template_parts(struct template_file *out, struct arena *arena)
{
	struct collector collector = {.text = out->file->source->text, .drafts = VEC_INIT(struct draft)};

	collector.own = xmalloc(collector.text.len * 2);
	collector.defined = collector.own + collector.text.len;
	begin_part(&collector, STR_ABSENT);
	collect(&collector);
	out->part_count = collector.drafts.len;
	out->parts = arena_calloc(arena, out->part_count, sizeof(*out->parts));
	for (size_t i = 0; i < out->part_count; i++)
		finish(&out->parts[i], out, arena, vec_at(&collector.drafts, i));
	vec_release(&collector.drafts);
	free(collector.own);
}
