#include "text/mustache_private.h"

#include "base/vec.h"

#define NAME_SHOWN_MAX 80

/* A run of steps under way: a template, or the body of a section. */
struct frame {
	const struct mustache_template *mustache;
	size_t at;  /* the next step */
	size_t end; /* behind the last one */
	size_t start;
	const struct mustache_value *list; /* of a section: its list, or NULL */
	size_t next_item;
	bool pushed; /* a value of its own lies on the stack */
	bool is_partial;
	size_t indentation; /* bytes of it that were there before */
};

struct renderer {
	struct strbuf *out;
	const struct mustache_options *options;
	escape_function *escape;
	struct vec frames;         /* struct frame */
	struct vec values;         /* const struct mustache_value *: the context, the innermost last */
	struct strbuf indentation; /* of the partials under way */
	size_t partials;
	size_t steps;
	size_t before; /* what out held */
	struct error *error;
};

/* Where an error is: the template of the innermost frame. */
static const struct mustache_template *current(const struct renderer *renderer)
{
	return ((const struct frame *)vec_last(&renderer->frames))->mustache;
}

static void suggest(struct strbuf *out, struct nearest *nearest)
{
	if (!str_is_absent(nearest->best))
		strbuf_printf(out, "; did you mean '%.*s'?", STR_ARG(nearest->best));
}

static void offer_members(struct nearest *nearest, const struct mustache_value *value)
{
	if (!value || value->kind != MUSTACHE_MAP)
		return;
	for (; value; value = value->base) {
		for (size_t i = 0; i < value->count; i++)
			nearest_offer(nearest, value->members[i].name);
	}
}

static bool fail_unknown(struct renderer *renderer, const struct mustache_step *step, struct str part)
{
	struct strbuf hint = STRBUF_INIT;
	struct nearest nearest;

	nearest_init(&nearest, part);
	for (size_t i = renderer->values.len; i-- > 0;)
		offer_members(&nearest, vec_pointer(&renderer->values, i));
	suggest(&hint, &nearest);
	mustache_error(renderer->error, current(renderer), step->at, "nothing is called '%.*s' here%s",
		STR_ARG(str_slice(part, 0, NAME_SHOWN_MAX)), hint.ptr);
	strbuf_release(&hint);
	return false;
}

static bool fail_member(struct renderer *renderer, const struct mustache_step *step, struct str part,
	const struct mustache_value *holder)
{
	struct str before = {.ptr = step->text.ptr, .len = (size_t)(part.ptr - step->text.ptr) - 1};
	struct strbuf hint = STRBUF_INIT;
	struct nearest nearest;

	nearest_init(&nearest, part);
	offer_members(&nearest, holder);
	suggest(&hint, &nearest);
	mustache_error(renderer->error, current(renderer), step->at, "'%.*s' is %s and has no member '%.*s'%s",
		STR_ARG(str_slice(before, 0, NAME_SHOWN_MAX)), mustache_kind_phrase(holder),
		STR_ARG(str_slice(part, 0, NAME_SHOWN_MAX)), hint.ptr);
	strbuf_release(&hint);
	return false;
}

/* The value that a name means: its first part in the innermost map that has it, the others below that. False and an error where it is unknown. */
static bool look_up(struct renderer *renderer, const struct mustache_step *step, const struct mustache_value **value)
{
	const struct mustache_member *member = NULL;
	struct str rest = step->text;

	*value = NULL;
	if (str_is(rest, ".")) {
		*value = vec_last_pointer(&renderer->values);
		return true;
	}
	struct str part = str_cut(&rest, '.');
	for (size_t i = renderer->values.len; i-- > 0 && !member;)
		member = mustache_find(vec_pointer(&renderer->values, i), part);
	if (!member)
		return renderer->options->lenient || fail_unknown(renderer, step, part);
	const struct mustache_value *found = member->value;
	while (found && !str_is_absent(rest)) {
		part = str_cut(&rest, '.');
		member = mustache_find(found, part);
		if (!member)
			return renderer->options->lenient || fail_member(renderer, step, part, found);
		found = member->value;
	}
	*value = found;
	return true;
}

/* A text of the template, each of its lines behind the indentation; empty ones stay empty. */
static void write_text(struct renderer *renderer, const struct mustache_step *step)
{
	struct str text = step->text;
	bool line_start = step->line_start;

	if (renderer->indentation.len == 0) {
		strbuf_append(renderer->out, text);
		return;
	}
	do {
		size_t length = str_find(text, '\n');
		struct str line = str_slice(text, 0, length + 1);

		if (line_start && !str_is(line, "\n") && !str_is(line, "\r\n"))
			strbuf_append(renderer->out, strbuf_str(&renderer->indentation));
		strbuf_append(renderer->out, line);
		text = str_slice(text, line.len, text.len);
		line_start = true;
	} while (text.len > 0);
}

static void escape_specified(struct strbuf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		switch (text.ptr[i]) {
		case '&':
			strbuf_append_c(out, "&amp;");
			break;
		case '<':
			strbuf_append_c(out, "&lt;");
			break;
		case '>':
			strbuf_append_c(out, "&gt;");
			break;
		case '"':
			strbuf_append_c(out, "&quot;");
			break;
		default:
			strbuf_append_char(out, text.ptr[i]);
		}
	}
}

static bool write_variable(struct renderer *renderer, const struct mustache_step *step)
{
	const struct mustache_value *value;

	if (!look_up(renderer, step, &value))
		return false;
	if (!value)
		return true;
	if (value->kind == MUSTACHE_LIST || value->kind == MUSTACHE_MAP)
		return renderer->options->lenient ||
		       mustache_error(renderer->error, current(renderer), step->at,
			       "'%.*s' is %s and cannot be shown as such; write a section {{#%.*s}}...{{/%.*s}}",
			       STR_ARG(str_slice(step->text, 0, NAME_SHOWN_MAX)), mustache_kind_phrase(value),
			       STR_ARG(str_slice(step->text, 0, NAME_SHOWN_MAX)),
			       STR_ARG(str_slice(step->text, 0, NAME_SHOWN_MAX)));
	if (step->kind == MUSTACHE_STEP_VERBATIM || value->kind == MUSTACHE_MARKUP)
		strbuf_append(renderer->out, value->text);
	else
		renderer->escape(renderer->out, value->text);
	return true;
}

static void push_value(struct renderer *renderer, struct frame *frame, const struct mustache_value *value)
{
	vec_push_pointer(&renderer->values, value);
	frame->pushed = true;
}

/* Goes into the body of a section, or past it. */
static bool enter_section(struct renderer *renderer, const struct mustache_step *step)
{
	struct frame *outer = vec_last(&renderer->frames);
	struct frame body = {.mustache = outer->mustache, .at = outer->at, .start = outer->at, .end = step->end};
	const struct mustache_value *value;

	if (!look_up(renderer, step, &value))
		return false;
	outer->at = step->end;
	if (mustache_truth(value) != (step->kind == MUSTACHE_STEP_SECTION) || body.at == body.end)
		return true;
	if (step->kind == MUSTACHE_STEP_SECTION && value->kind == MUSTACHE_LIST) {
		body.list = value;
		push_value(renderer, &body, value->items[body.next_item++]);
	} else if (step->kind == MUSTACHE_STEP_SECTION && value->kind != MUSTACHE_BOOL) {
		push_value(renderer, &body, value);
	}
	vec_append(&renderer->frames, &body, 1);
	return true;
}

static bool enter_partial(struct renderer *renderer, const struct mustache_step *step)
{
	const struct mustache_options *options = renderer->options;
	const struct mustache_template *partial =
		options->partial ? options->partial(options->partial_context, step->text) : NULL;

	if (!partial)
		return options->lenient ||
		       mustache_error(renderer->error, current(renderer), step->at, "there is no partial '%.*s'",
			       STR_ARG(str_slice(step->text, 0, NAME_SHOWN_MAX)));
	if (renderer->partials == MUSTACHE_PARTIAL_DEPTH_MAX)
		return mustache_error(renderer->error, current(renderer), step->at,
			"partials nest deeper than %d levels here: does '%.*s' include itself without end?",
			MUSTACHE_PARTIAL_DEPTH_MAX, STR_ARG(str_slice(step->text, 0, NAME_SHOWN_MAX)));
	struct frame frame = {.mustache = partial,
		.end = partial->steps.len,
		.is_partial = true,
		.indentation = renderer->indentation.len};
	strbuf_append(&renderer->indentation, step->blank);
	renderer->partials++;
	vec_append(&renderer->frames, &frame, 1);
	return true;
}

/* At the end of a frame: once more for the next item of its list, or out of it. */
static void leave(struct renderer *renderer)
{
	struct frame *frame = vec_last(&renderer->frames);

	if (frame->pushed)
		vec_pop(&renderer->values);
	if (frame->list && frame->next_item < frame->list->count) {
		frame->at = frame->start;
		push_value(renderer, frame, frame->list->items[frame->next_item++]);
		return;
	}
	if (frame->is_partial) {
		strbuf_truncate(&renderer->indentation, frame->indentation);
		renderer->partials--;
	}
	vec_pop(&renderer->frames);
}

static bool take_step(struct renderer *renderer, const struct mustache_step *step)
{
	if (++renderer->steps > MUSTACHE_STEPS_MAX || renderer->out->len - renderer->before > MUSTACHE_OUTPUT_MAX)
		return mustache_error(renderer->error, current(renderer), step->at,
			"this grows beyond %zu steps or %zu bytes: do partials include others more than once?",
			MUSTACHE_STEPS_MAX, MUSTACHE_OUTPUT_MAX);
	switch (step->kind) {
	case MUSTACHE_STEP_TEXT:
		write_text(renderer, step);
		return true;
	case MUSTACHE_STEP_VARIABLE:
	case MUSTACHE_STEP_VERBATIM:
		return write_variable(renderer, step);
	case MUSTACHE_STEP_SECTION:
	case MUSTACHE_STEP_INVERTED:
		return enter_section(renderer, step);
	case MUSTACHE_STEP_PARTIAL:
		return enter_partial(renderer, step);
	}
	return true;
}

static bool run(struct renderer *renderer)
{
	while (renderer->frames.len > 0) {
		struct frame *frame = vec_last(&renderer->frames);

		if (frame->at == frame->end)
			leave(renderer);
		else if (!take_step(renderer, vec_at(&frame->mustache->steps, frame->at++)))
			return false;
	}
	return true;
}

bool mustache_render(struct strbuf *out, const struct mustache_template *mustache, const struct mustache_value *data,
	const struct mustache_options *options, struct error *error)
{
	static const struct mustache_options defaults = {.escape = NULL};
	struct renderer renderer = {.out = out,
		.options = options ? options : &defaults,
		.frames = VEC_INIT(struct frame),
		.values = VEC_INIT(const struct mustache_value *),
		.indentation = STRBUF_INIT,
		.before = out->len,
		.error = error};
	struct frame whole = {.mustache = mustache, .end = mustache->steps.len};

	renderer.escape = renderer.options->escape ? renderer.options->escape : escape_specified;
	vec_append(&renderer.frames, &whole, 1);
	vec_push_pointer(&renderer.values, data);
	bool rendered = run(&renderer);
	if (!rendered)
		strbuf_truncate(out, renderer.before);
	vec_release(&renderer.frames);
	vec_release(&renderer.values);
	strbuf_release(&renderer.indentation);
	return rendered;
}
