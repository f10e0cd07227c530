#include "model/template_scan.h"

/* An action that `end` closes. */
struct frame {
	struct template_state outer;
	const struct guard *taken; /* that one of the branches before was taken */
	bool else_seen;            /* not even the last branch need be looked at any more */
};

struct scanner {
	struct template_scan *scan;
	struct arena *arena;
	struct str text;
	struct vec frames; /* struct frame */
};

/* The words that open a frame, and what they do to what is inside. */
static const struct opener {
	struct str word;
	bool readable; /* its pipeline is a guard */
	bool defines;
} openers[] = {
	{.word = {.ptr = "if", .len = 2}, .readable = true},
	{.word = {.ptr = "with", .len = 4}},
	{.word = {.ptr = "range", .len = 5}},
	{.word = {.ptr = "block", .len = 5}},
	{.word = {.ptr = "define", .len = 6}, .defines = true},
};

static struct template_state current_state(const struct scanner *scanner)
{
	return *(struct template_state *)vec_last(&scanner->scan->states);
}

static void enter_state(struct scanner *scanner, struct template_state state, size_t offset)
{
	struct template_state *next = vec_push(&scanner->scan->states);
	*next = state;
	next->offset = (uint32_t)offset;
}

/* The first word of an action; rest is what follows it. */
static struct str first_word(struct str body, struct str *rest)
{
	size_t end = 0;
	while (end < body.len && ((body.ptr[end] >= 'a' && body.ptr[end] <= 'z') || body.ptr[end] == '_'))
		end++;
	*rest = str_trim(str_slice(body, end, body.len));
	return str_slice(body, 0, end);
}

static void open_frame(struct scanner *scanner, const struct opener *opener, struct str pipeline, size_t offset)
{
	struct frame *frame = vec_push(&scanner->frames);
	struct template_state state = current_state(scanner);
	const struct guard *condition = opener->readable ? guard_parse(scanner->arena, pipeline) : guard_unknown();

	frame->outer = state;
	frame->taken = condition;
	if (opener->defines) {
		state.defined = true;
	} else {
		state.guard = guard_and(scanner->arena, state.guard, condition);
		state.conditional = true;
	}
	enter_state(scanner, state, offset);
}

static void next_branch(struct scanner *scanner, struct str rest, size_t offset)
{
	if (scanner->frames.len == 0) {
		scanner->scan->malformed = true;
		return;
	}

	struct frame *frame = vec_last(&scanner->frames);
	struct template_state state = frame->outer;
	struct str pipeline;
	struct str word = first_word(rest, &pipeline);
	const struct guard *guard = guard_not(scanner->arena, frame->taken);
	if (word.len > 0) {
		const struct guard *condition =
			str_is(word, "if") ? guard_parse(scanner->arena, pipeline) : guard_unknown();
		guard = guard_and(scanner->arena, guard, condition);
		frame->taken = guard_or(scanner->arena, frame->taken, condition);
	}
	scanner->scan->malformed = scanner->scan->malformed || frame->else_seen;
	frame->else_seen = word.len == 0;
	state.guard = guard_and(scanner->arena, state.guard, guard);
	state.conditional = true;
	enter_state(scanner, state, offset);
}

static void close_frame(struct scanner *scanner, size_t offset)
{
	if (scanner->frames.len == 0) {
		scanner->scan->malformed = true;
		return;
	}
	const struct frame *frame = vec_last(&scanner->frames);
	struct template_state outer = frame->outer;
	vec_pop(&scanner->frames);
	enter_state(scanner, outer, offset);
}

static bool is_assignment(struct str body)
{
	size_t equals = str_find(body, '=');
	return body.len > 0 && body.ptr[0] == '$' && equals < body.len && equals > 0 &&
	       (body.ptr[equals - 1] == ':' || body.ptr[equals - 1] == ' ');
}

/* Carries an action out; whether it leaves text behind. offset is where it ends. */
static bool run_action(struct scanner *scanner, struct str body, size_t offset)
{
	struct str rest;
	struct str word = first_word(body, &rest);

	for (size_t i = 0; i < sizeof(openers) / sizeof(openers[0]); i++) {
		if (str_equal(openers[i].word, word)) {
			open_frame(scanner, &openers[i], rest, offset);
			return false;
		}
	}
	if (str_is(word, "else"))
		next_branch(scanner, rest, offset);
	else if (str_is(word, "end"))
		close_frame(scanner, offset);
	else
		return !(body.len == 0 || is_assignment(body) || str_is(word, "break") || str_is(word, "continue"));
	return false;
}

/* The end of a string that starts at i: behind its closing quote, or where its line ends without one. */
static size_t skip_string(struct str text, size_t i)
{
	char quote = text.ptr[i++];

	for (; i < text.len && text.ptr[i] != quote; i++) {
		if (quote == '`')
			continue;
		if (text.ptr[i] == '\n')
			return i;
		if (text.ptr[i] == '\\' && i + 1 < text.len)
			i++;
	}
	return i < text.len ? i + 1 : i;
}

/* Whether a comment starts at i, behind the trim marker if there is one. *inside is then the offset of its content. */
static bool is_comment(struct str text, size_t i, size_t *inside)
{
	if (i < text.len && text.ptr[i] == '-')
		i++;
	while (i < text.len &&
		(text.ptr[i] == ' ' || text.ptr[i] == '\t' || text.ptr[i] == '\n' || text.ptr[i] == '\r'))
		i++;
	*inside = i + 2;
	return i + 1 < text.len && text.ptr[i] == '/' && text.ptr[i + 1] == '*';
}

/* The offset of the `}}` behind a comment whose content starts at i, or text.len. */
static size_t comment_close(struct str text, size_t i)
{
	for (; i + 1 < text.len; i++) {
		if (text.ptr[i] != '*' || text.ptr[i + 1] != '/')
			continue;
		size_t close = i + 2 + str_find(str_slice(text, i + 2, text.len), '}');
		return close + 1 < text.len && text.ptr[close + 1] == '}' ? close : text.len;
	}
	return text.len;
}

/* The offset of the `}}` that ends an action whose body starts at i, or text.len. */
static size_t action_close(struct str text, size_t i)
{
	while (i + 1 < text.len) {
		char c = text.ptr[i];
		if (c == '}' && text.ptr[i + 1] == '}')
			return i;
		i = c == '"' || c == '`' || c == '\'' ? skip_string(text, i) : i + 1;
	}
	return text.len;
}

static struct str trim_markers(struct str body)
{
	if (body.len > 0 && body.ptr[0] == '-')
		body = str_slice(body, 1, body.len);
	if (body.len > 0 && body.ptr[body.len - 1] == '-')
		body.len--;
	return str_trim(body);
}

/* Replaces the bytes of an action that starts at start; returns where it ends. */
static size_t take_action(struct scanner *scanner, size_t start)
{
	struct str text = scanner->text;
	size_t body = start + 2;
	bool comment = is_comment(text, start + 2, &body);
	size_t close = comment ? comment_close(text, body) : action_close(text, body = start + 2);
	size_t end = close == text.len ? close : close + 2;
	bool leaves_text = false;

	if (close == text.len)
		scanner->scan->malformed = true;
	else if (!comment)
		leaves_text = run_action(scanner, trim_markers(str_slice(text, body, close - body)), end);
	memset(scanner->scan->text + start, leaves_text ? TEMPLATE_HOLE : ' ', end - start);
	return end;
}

void template_scan(struct template_scan *out, struct arena *arena, struct str text)
{
	struct scanner scanner = {.scan = out, .arena = arena, .text = text, .frames = VEC_INIT(struct frame)};

	*out = (struct template_scan){.len = text.len, .states = VEC_INIT(struct template_state)};
	out->text = arena_bytes(arena, text.len + 1);
	memcpy(out->text, text.ptr, text.len);
	out->text[text.len] = '\0';
	enter_state(&scanner, (struct template_state){.guard = NULL}, 0);
	for (size_t i = 0; i + 1 < text.len;) {
		if (text.ptr[i] == '{' && text.ptr[i + 1] == '{')
			i = take_action(&scanner, i);
		else
			i++;
	}
	if (scanner.frames.len > 0)
		out->malformed = true;
	vec_release(&scanner.frames);
}

void template_scan_release(struct template_scan *scan)
{
	vec_release(&scan->states);
}
