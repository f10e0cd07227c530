/* Family 7xx: descriptions as the pages will show them. Everything is found at the very characters, through the folding and indentation of block scalars. */
#include "base/ascii.h"
#include "check/context.h"
#include "check/markdown_habit.h"
#include "check/secrets.h"
#include "check/settings.h"
#include "text/prose.h"
#include "yaml/scalar_map.h"

/* A description with what its reader made of it. */
struct prose {
	const struct check *check;
	struct diag_sink *sink;
	struct arena *scratch;
	const struct secret_spec *spec;
	struct str environment; /* that its file is for; absent: all */
	struct str text;
	struct document *document;
	struct scalar_map *map; /* made for the first finding */
	struct habit_place habits[HABIT_COUNT];
};

/* Where bytes of the text stand in the file: at least one character, and the first line of what is longer. */
static struct span place(struct prose *prose, size_t start, size_t end)
{
	const struct node *node = prose->spec->description.node;
	size_t line_end = start + str_find(str_slice(prose->text, start, prose->text.len), '\n');

	if (prose->map == NULL)
		prose->map = scalar_map_new(node);
	if (prose->map == NULL)
		return span_first_line(node_value_span(node));
	if (end > line_end)
		end = line_end;
	if (end <= start)
		end = start < prose->text.len ? start + 1 : start;
	return scalar_map_span(prose->map, start, end);
}

static void identify(struct prose *prose, struct diag *diag, struct str token)
{
	const struct secret_spec *spec = prose->spec;

	diag_identify(prose->sink, diag, subject_of(prose->scratch, spec->application->name, spec->key), token);
	if (!str_is_absent(prose->environment))
		diag_environment(prose->sink, diag, prose->environment);
}

/* What is Markdown explains why docutils stumbles over it: one cause, one finding. */
static bool is_explained(const struct prose *prose, const struct document_message *message)
{
	for (size_t i = 0; i < HABIT_COUNT; i++) {
		const struct habit_place *habit = &prose->habits[i];

		if (message->level < DOCUMENT_LEVEL_ERROR && habit->found && i != HABIT_BACKTICKS &&
			message->start >= habit->start && message->start < habit->end)
			return true;
	}
	return false;
}

static void check_messages(struct prose *prose)
{
	const struct vec *messages = &prose->document->messages;

	for (size_t i = 0; i < messages->len; i++) {
		const struct document_message *message = vec_at(messages, i);
		bool invalid = message->level >= DOCUMENT_LEVEL_ERROR;

		if (message->level < DOCUMENT_LEVEL_WARNING || is_explained(prose, message))
			continue;
		struct diag *diag = diag_report(prose->sink, rule_get(invalid ? RULE_ASP701 : RULE_ASP702),
			place(prose, message->start, message->end),
			"The description of '%.*s' is %s reStructuredText: %.*s. %s", STR_ARG(prose->spec->key),
			invalid ? "invalid" : "doubtful", STR_ARG(message->text),
			invalid ? "Docutils reports an error, so that pages show the source text instead."
				: "Docutils warns of it, and a build of the pages with -W fails.");
		identify(prose, diag, message->text);
	}
}

static void check_unsupported(struct prose *prose)
{
	const struct vec *unsupported = &prose->document->unsupported;

	for (size_t i = 0; i < unsupported->len; i++) {
		const struct document_unsupported *part = vec_at(unsupported, i);
		struct diag *diag = diag_report(prose->sink, rule_get(RULE_ASP704),
			place(prose, part->start, part->end),
			"The pages cannot show a part of the description of '%.*s': %.*s. It is valid, but will stand "
			"there as its source text; say it in paragraphs, lists, literal blocks or links.",
			STR_ARG(prose->spec->key), STR_ARG(part->what));

		identify(prose, diag, part->what);
	}
}

static const struct {
	const char *is; /* what it is there */
	const char *instead;
} habit_words[HABIT_COUNT] = {
	[HABIT_BACKTICKS] = {"single backticks are the title of a work in reStructuredText and come out in italics",
		"Write code in double backticks"},
	[HABIT_LINK] = {"reStructuredText does not know Markdown's links, and shows the brackets",
		"Write `text <https://...>`__"},
	[HABIT_FENCE] = {"reStructuredText does not know Markdown's fences, and runs the lines between them together",
		"End the paragraph before with `::` and indent the code behind a blank line"},
	[HABIT_STRONG] = {"in reStructuredText the end of strong text is not seen where a letter follows it",
		"Put `\\ ` (backslash and blank) between them"},
};

static void check_habits(struct prose *prose)
{
	for (size_t i = 0; i < HABIT_COUNT; i++) {
		const struct habit_place *habit = &prose->habits[i];

		if (!habit->found)
			continue;
		struct str source = str_slice(prose->text, habit->start, habit->end - habit->start);
		struct str shown = quoted(prose->scratch, source);
		struct str others =
			habit->count > 1 ? arena_printf(prose->scratch, " (%zu times in all)", habit->count) : STR("");
		struct diag *diag =
			diag_report(prose->sink, rule_get(RULE_ASP703), place(prose, habit->start, habit->end),
				"The description of '%.*s' has %.*s%.*s: %s. %s; if all descriptions are "
				"Markdown, set `descriptions: markdown` in aspis.yaml.",
				STR_ARG(prose->spec->key), STR_ARG(shown), STR_ARG(others), habit_words[i].is,
				habit_words[i].instead);
		identify(prose, diag, source);
	}
}

/* Words that advice on rotation has in it, in lower case. */
static const char *const rotation_words[] = {"rotat", "renew", "expire", "expiry", "regenerat", "re-generat", "replac",
	"roll over", "rollover", "reissu", "re-issu", "revok", "chang", "invalidat", "new value", "reset"};

static bool has_rotation_advice(struct arena *scratch, struct str text)
{
	char *lower = arena_bytes(scratch, text.len);

	for (size_t i = 0; i < text.len; i++)
		lower[i] = ascii_to_lower(text.ptr[i]);
	for (size_t i = 0; i < sizeof(rotation_words) / sizeof(rotation_words[0]); i++) {
		if (str_contains((struct str){.ptr = lower, .len = text.len}, str_of(rotation_words[i])))
			return true;
	}
	return false;
}

static void check_rotation(struct prose *prose)
{
	/* What is copied rotates at its source. */
	if (!check_wants(prose->check, RULE_ASP705) || spec_copies_always(prose->spec) ||
		has_rotation_advice(prose->scratch, prose->text))
		return;
	struct diag *diag = diag_report(prose->sink, rule_get(RULE_ASP705), node_value_span(prose->spec->key_node),
		"The description of '%.*s' says nothing on rotation. Whoever has to replace the value in a hurry does "
		"not know what breaks; say how a new one is made and what must be restarted.",
		STR_ARG(prose->spec->key));

	identify(prose, diag, STR("description"));
}

static void check_text(struct prose *prose)
{
	const struct check_settings *settings = prose->check->settings;

	prose->document = prose_read(prose->text, settings != NULL ? &settings->prose : NULL);
	if (settings == NULL || settings->prose.markup == PROSE_RST)
		find_habits(prose->habits, prose->text, prose->document);
	check_messages(prose);
	check_unsupported(prose);
	check_habits(prose);
	scalar_map_free(prose->map);
	document_free(prose->document);
}

/* Words apart from the white space between them, for comparison. */
static struct str normalize(struct arena *scratch, struct str text)
{
	char *bytes = arena_bytes(scratch, text.len);
	size_t len = 0;

	text = str_trim(text);
	for (size_t i = 0; i < text.len; i++) {
		bool blank = ascii_is_white(text.ptr[i]);

		if (!blank || bytes[len - 1] != ' ')
			bytes[len++] = blank ? ' ' : text.ptr[i];
	}
	return (struct str){.ptr = bytes, .len = len};
}

static void check_duplicate(struct prose *prose, struct map *known)
{
	void **slot;

	if (!check_wants(prose->check, RULE_ASP706))
		return;
	slot = map_slot(known, normalize(prose->scratch, prose->text));
	if (*slot == NULL) {
		*slot = (void *)prose->spec;
		return;
	}
	const struct secret_spec *first = *slot;
	if (first->key_node->start > prose->spec->key_node->start) {
		*slot = (void *)prose->spec;
		prose->spec = first;
		first = *slot;
	}
	struct diag *diag = diag_report(prose->sink, rule_get(RULE_ASP706),
		span_first_line(node_value_span(prose->spec->description.node)),
		"'%.*s' is described in the same words as '%.*s'. Whoever provides the values cannot tell them apart; "
		"say what each is for.",
		STR_ARG(prose->spec->key), STR_ARG(first->key));

	diag_relate(prose->sink, diag, span_first_line(node_value_span(first->description.node)),
		"The same words stand here.");
	identify(prose, diag, STR("description"));
}

void check_prose(const struct check *check, struct diag_sink *sink, struct arena *scratch, const struct repo_file *file)
{
	const struct secret_file *secrets = secret_file_of(check->model, file);
	struct map known;

	map_init(&known);
	for (size_t i = 0; secrets != NULL && i < secrets->specs.len; i++) {
		struct prose prose = {
			.check = check,
			.sink = sink,
			.scratch = scratch,
			.spec = vec_pointer(&secrets->specs, i),
			.environment = file_environment(check->model, file),
		};

		prose.text = prose.spec->description.text;
		if (!spec_has(&prose.spec->description) || str_trim(prose.text).len == 0)
			continue;
		check_text(&prose);
		check_rotation(&prose);
		check_duplicate(&prose, &known);
	}
	map_release(&known);
}
