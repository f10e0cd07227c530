#include "base/ascii.h"
#include "text/enumeration.h"
#include "text/rst_block.h"

/* More digits than this are beyond any list; docutils counts on. */
#define DIGITS_MAX 15

enum sequence {
	ARABIC,
	LOWER_ALPHA,
	UPPER_ALPHA,
	LOWER_ROMAN,
	UPPER_ROMAN,
	AUTOMATIC, /* "#" */
	SEQUENCE_COUNT,
};

struct enumerator {
	struct str prefix, suffix; /* "(" and ")", "" and ")", "" and "." */
	struct str text;
	enum sequence sequence;
	long ordinal; /* 0: the text is no number of its sequence */
};

static const enum document_enumeration enumerations[SEQUENCE_COUNT] = {
	[ARABIC] = DOCUMENT_ARABIC,
	[LOWER_ALPHA] = DOCUMENT_LOWER_ALPHA,
	[UPPER_ALPHA] = DOCUMENT_UPPER_ALPHA,
	[LOWER_ROMAN] = DOCUMENT_LOWER_ROMAN,
	[UPPER_ROMAN] = DOCUMENT_UPPER_ROMAN,
	[AUTOMATIC] = DOCUMENT_ARABIC,
};

/* The number of a text that has the form of its sequence. */
static long read_ordinal(struct str text, enum sequence sequence)
{
	long ordinal = 0;

	switch (sequence) {
	case ARABIC:
		for (size_t i = 0; i < text.len && i < DIGITS_MAX; i++)
			ordinal = ordinal * 10 + (text.ptr[i] - '0');
		return ordinal;
	case LOWER_ALPHA:
		return text.ptr[0] - 'a' + 1;
	case UPPER_ALPHA:
		return text.ptr[0] - 'A' + 1;
	case LOWER_ROMAN:
	case UPPER_ROMAN:
		return enumeration_read_roman(text, enumerations[sequence]);
	default:
		return 1;
	}
}

/* Whether a text of an enumerator has the form of a sequence. */
static bool is_of_sequence(struct str text, enum sequence sequence)
{
	char c = text.ptr[0];
	bool is_lower = ascii_is_lower(c), is_upper = ascii_is_upper(c);
	const char *roman = is_lower ? "ivxlcdm" : "IVXLCDM";

	switch (sequence) {
	case ARABIC:
		return ascii_is_digit(c);
	case LOWER_ALPHA:
		return is_lower && text.len == 1;
	case UPPER_ALPHA:
		return is_upper && text.len == 1;
	case LOWER_ROMAN:
		return is_lower && strchr(roman, c);
	case UPPER_ROMAN:
		return is_upper && strchr(roman, c);
	default:
		return c == '#';
	}
}

/* The sequence of a text where nothing but it tells: "i" is Roman, other single letters are letters. */
static enum sequence guess_sequence(struct str text)
{
	enum sequence sequence = ARABIC;

	while (!is_of_sequence(text, sequence))
		sequence++;
	return sequence;
}

static struct enumerator parse_enumerator(struct str line, size_t marker, const struct document_node *list)
{
	struct str trimmed = str_trim(str_slice(line, 0, marker));
	size_t start = trimmed.ptr[0] == '(' ? 1 : 0;
	struct enumerator result = {
		.prefix = str_slice(line, 0, start),
		.suffix = str_slice(trimmed, trimmed.len - 1, 1),
		.text = str_slice(trimmed, start, trimmed.len - 1 - start),
	};

	if (result.text.ptr[0] == '#')
		result.sequence = AUTOMATIC;
	else if (list && is_of_sequence(result.text, (enum sequence)list->enumeration))
		result.sequence = (enum sequence)list->enumeration;
	else if (!list && (str_is(result.text, "i") || str_is(result.text, "I")))
		result.sequence = result.text.ptr[0] == 'i' ? LOWER_ROMAN : UPPER_ROMAN;
	else
		result.sequence = guess_sequence(result.text);
	result.ordinal = read_ordinal(result.text, result.sequence);
	return result;
}

/* Whether a line begins with the enumerator of such a text, as of the same list. */
static bool begins_with(struct str line, const struct enumerator *like, struct str text)
{
	if (str_is_absent(text) || !str_starts_with(line, like->prefix))
		return false;
	line = str_slice(line, like->prefix.len, line.len);
	if (!str_starts_with(line, text))
		return false;
	line = str_slice(line, text.len, line.len);
	return str_starts_with(line, like->suffix) && line.len > 1 && line.ptr[1] == ' ';
}

/* Whether a line with an enumerator is an item by the line below: a blank or indented one, or the next item. */
static bool is_item(const struct rst_machine *machine, const struct enumerator *enumerator)
{
	char room[ENUMERATION_ROOM];

	if (enumerator->ordinal == 0 && enumerator->sequence != ARABIC)
		return false;
	if (machine->at + 1 >= machine->len)
		return true;
	const struct rst_line *next = &machine->lines[machine->at + 1];
	if (next->text.len == 0 || rst_line_indent(next) > 0)
		return true;
	struct str following =
		enumerator->sequence == AUTOMATIC
			? STR("#")
			: enumeration_write(room, enumerations[enumerator->sequence], enumerator->ordinal + 1);
	/* A sequence that is at its end has no next item, not even an automatic one. */
	return !str_is_absent(following) &&
	       (begins_with(next->text, enumerator, following) || begins_with(next->text, enumerator, STR("#")));
}

static bool is_beyond_counting(const struct rst_machine *machine, const struct enumerator *enumerator)
{
	struct str line = machine->lines[machine->at].text;

	if (enumerator->text.len <= DIGITS_MAX)
		return false;
	return line.ptr[0] == '(' ? line.ptr[1] <= '9' : line.ptr[0] <= '9';
}

struct sequence_state {
	struct enumerator first;
	long last;
	bool automatic;
};

/* Whether the machine's line, which has an enumerator, continues a list. */
static bool continues(const struct rst_machine *machine, size_t marker, const struct document_node *list,
	struct sequence_state *state)
{
	struct enumerator next = parse_enumerator(machine->lines[machine->at].text, marker, list);

	if (!str_equal(next.prefix, state->first.prefix) || !str_equal(next.suffix, state->first.suffix) ||
		is_beyond_counting(machine, &next))
		return false;
	if (next.sequence != AUTOMATIC && ((enum document_enumeration)next.sequence != list->enumeration ||
						  state->automatic || next.ordinal != state->last + 1))
		return false;
	if (!is_item(machine, &next))
		return false;
	state->automatic = state->automatic || next.sequence == AUTOMATIC;
	state->last = next.ordinal;
	return true;
}

/* The machine stands at the next line that is not blank if that is the list's next item. */
static bool find_next(
	struct rst_machine *machine, const struct document_node *list, struct sequence_state *state, size_t *marker)
{
	size_t before = machine->at;

	while (machine->at < machine->len && machine->lines[machine->at].text.len == 0)
		machine->at++;
	if (machine->at < machine->len) {
		struct rst_match match = rst_match_line(machine->lines[machine->at].text);
		*marker = match.end;
		if (match.pattern == RST_ENUMERATOR && continues(machine, match.end, list, state))
			return true;
	}
	machine->at = before;
	return false;
}

static struct document_node *begin_list(
	struct rst_machine *machine, const struct rst_line *line, const struct enumerator *enumerator)
{
	struct document_node *list = rst_add(machine, machine->node, DOCUMENT_ENUMERATED_LIST, line);

	list->enumeration = enumerations[enumerator->sequence];
	list->prefix = enumerator->prefix;
	list->suffix = enumerator->suffix;
	list->start_number = enumerator->ordinal;
	if (enumerator->ordinal != 1)
		rst_complain(machine, DOCUMENT_LEVEL_INFO, line, 1,
			"this list begins with %.*s, not with its first number; is it one?", STR_ARG(enumerator->text));
	return list;
}

bool rst_read_enumerated_list(struct rst_machine *machine, size_t marker)
{
	const struct rst_line *line = &machine->lines[machine->at];
	struct sequence_state state = {.first = parse_enumerator(line->text, marker, NULL)};
	bool blank_finish;

	if (is_beyond_counting(machine, &state.first)) {
		rst_unsupported(machine->reader, line->number, rst_line_start(line), rst_line_end(line),
			"an enumerator of more than %d digits", DIGITS_MAX);
		return false;
	}
	if (!is_item(machine, &state.first))
		return false;
	struct document_node *list = begin_list(machine, line, &state.first);
	state.last = state.first.ordinal;
	state.automatic = state.first.sequence == AUTOMATIC;
	do
		blank_finish = rst_read_item(machine, list, marker);
	while (find_next(machine, list, &state, &marker));
	rst_close(machine, list);
	if (!blank_finish)
		rst_complain_unindent(machine, "enumerated list");
	return true;
}
