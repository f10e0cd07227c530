#include "check/markdown_habit.h"

#include "base/ascii.h"

enum {
	FENCE_LENGTH = 3,
	TARGET_MAX = 2048, /* bytes of a link that are looked at for its end */
};

/* The text with the elements in which nothing is a habit, as sorted ranges. */
struct scan {
	struct str text;
	struct vec quoted; /* struct range */
	size_t next;       /* the first range that ends behind the place at hand */
	struct habit_place *places;
};

struct range {
	size_t start, end;
};

static void note(struct scan *scan, enum habit habit, size_t start, size_t end)
{
	struct habit_place *place = &scan->places[habit];

	if (!place->found || start < place->start)
		*place = (struct habit_place){.found = true, .start = start, .end = end, .count = place->count};
	place->count++;
}

static bool is_quoted(const struct document_node *node)
{
	return document_kind_content(node->kind) == DOCUMENT_HOLDS_TEXT && node->kind != DOCUMENT_TEXT;
}

/* Code in the default role: interpreted text without a role that has a name. */
static bool is_backticks(struct str text, const struct document_node *node)
{
	return node->kind == DOCUMENT_TITLE_REFERENCE && node->end > node->start + 1 && node->end <= text.len &&
	       text.ptr[node->start] == '`' && text.ptr[node->end - 1] == '`';
}

/* A fence is read as the start of a literal, or as one of odd backticks. */
static bool is_fence(struct str text, size_t at)
{
	size_t line = at;

	while (line > 0 && ascii_is_blank(text.ptr[line - 1]))
		line--;
	return (line == 0 || text.ptr[line - 1] == '\n') &&
	       str_starts_with(str_slice(text, at, FENCE_LENGTH), STR("```"));
}

static void look_at_elements(struct scan *scan, const struct document *document)
{
	for (const struct document_node *node = document_next(document->root, NULL); node != NULL;
		node = document_next(document->root, node)) {
		if (is_backticks(scan->text, node))
			note(scan, HABIT_BACKTICKS, node->start, node->end);
		if (is_quoted(node) && node->end > node->start && !is_fence(scan->text, node->start))
			*(struct range *)vec_push(&scan->quoted) =
				(struct range){.start = node->start, .end = node->end};
	}
}

static bool is_inside_quoted(struct scan *scan, size_t at)
{
	while (scan->next < scan->quoted.len) {
		const struct range *range = vec_at(&scan->quoted, scan->next);

		if (range->end > at)
			return range->start <= at;
		scan->next++;
	}
	return false;
}

static bool is_word(char c)
{
	return ascii_is_alnum(c) || (unsigned char)c >= 0x80;
}

/* Where a link's bracket opens, looking back from its end on the same line; at: none. */
static size_t bracket_before(struct str text, size_t at)
{
	for (size_t i = at; i > 0 && text.ptr[i - 1] != '\n' && text.ptr[i - 1] != ']'; i--) {
		if (text.ptr[i - 1] == '[')
			return i - 1;
	}
	return at;
}

static bool is_destination(struct str target)
{
	return str_contains(target, STR("/")) || str_starts_with(target, STR("#")) ||
	       str_starts_with(target, STR("mailto:"));
}

/* "](" with what a link has around it. */
static void look_for_link(struct scan *scan, size_t at)
{
	struct str text = scan->text;
	size_t opening = bracket_before(text, at);
	struct str rest = str_slice(text, at + 2, TARGET_MAX);
	struct str target = str_slice(rest, 0, str_find(rest, ')'));

	if (opening < at && target.len < rest.len && str_find(target, '\n') == target.len && is_destination(target))
		note(scan, HABIT_LINK, opening, at + 2 + target.len + 1);
}

/* "**": opening where blank stands before it and none behind; what ends it must be followed by no letter. */
static void look_for_strong(struct scan *scan, const struct document *document)
{
	for (size_t i = 0; i < document->messages.len; i++) {
		const struct document_message *message = vec_at(&document->messages, i);
		struct str rest = str_slice(scan->text, message->start, scan->text.len);
		struct str bold = str_starts_with(rest, STR("**")) ? str_slice(rest, 2, rest.len) : STR_ABSENT;

		for (size_t j = 1; j + 2 < bold.len && bold.ptr[j - 1] != '\n'; j++) {
			if (bold.ptr[j] != '*' || bold.ptr[j + 1] != '*')
				continue;
			if (bold.ptr[j - 1] != ' ' && is_word(bold.ptr[j + 2]))
				note(scan, HABIT_STRONG, message->start, message->start + 2 + j + 2);
			break;
		}
	}
}

static void look_at_text(struct scan *scan)
{
	struct str text = scan->text;
	bool fenced = false;

	for (size_t i = 0; i + 1 < text.len; i++) {
		if (text.ptr[i] == ']' && text.ptr[i + 1] == '(' && !is_inside_quoted(scan, i))
			look_for_link(scan, i);
		if (text.ptr[i] != '`' || (i > 0 && text.ptr[i - 1] == '`') || !is_fence(text, i) ||
			is_inside_quoted(scan, i))
			continue;
		if (!fenced)
			note(scan, HABIT_FENCE, i, i + FENCE_LENGTH);
		fenced = !fenced;
	}
}

void find_habits(struct habit_place places[HABIT_COUNT], struct str text, const struct document *document)
{
	struct scan scan = {.text = text, .quoted = VEC_INIT(struct range), .places = places};

	for (size_t i = 0; i < HABIT_COUNT; i++)
		places[i] = (struct habit_place){.found = false};
	look_at_elements(&scan, document);
	look_at_text(&scan);
	look_for_strong(&scan, document);
	vec_release(&scan.quoted);
}
