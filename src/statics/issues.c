#include "statics/issues.h"

static bool starts_with(struct span span, char c)
{
	struct str text = span_text(span);

	return text.len > 0 && text.ptr[0] == c;
}

/* What to tell somebody who wrote a value as it is where YAML wants quotes, or indented with tabs; else "". */
static struct str hint(struct arena *arena, const struct yaml_issue *issue)
{
	if (str_contains(issue->message, STR("mapping values are not allowed")))
		return STR("; a value with a colon and a blank in it has to be in quotes");
	if (!str_contains(issue->message, STR("cannot start any token")) || span_text(issue->span).len == 0)
		return STR("");
	if (starts_with(issue->span, '\t'))
		return STR("; indent with blanks, not with tabs");
	return arena_printf(arena, "; a value that begins with %.1s has to be in quotes", span_text(issue->span).ptr);
}

/* What an issue says without a word of the file. */
static struct str describe(struct arena *arena, const struct yaml_issue *issue)
{
	struct str advice = hint(arena, issue);

	switch (issue->kind) {
	case YAML_DUPLICATE_KEY:
		return arena_printf(arena,
			"This key is there already, in line %u, and of the two values one would be lost; keep one.",
			(unsigned)source_position(issue->related.source, issue->related.start).line);
	case YAML_INVALID_SCALAR:
		return STR("The text is not what YAML takes it for; put it in quotes, so that it is a string.");
	case YAML_UNCONSTRUCTIBLE:
		if (starts_with(issue->span, '!'))
			return STR("The tag is unknown; a value that begins with ! has to be in quotes.");
		if (starts_with(issue->span, '&'))
			return STR("The anchor is there already; a value that begins with & has to be in quotes.");
		break;
	case YAML_INVALID:
		if (starts_with(issue->span, '*'))
			return STR("The alias has no anchor; a value that begins with * has to be in quotes.");
		break;
	default:
		break;
	}
	return arena_printf(
		arena, "The file is not YAML that can be used: %.*s%.*s.", STR_ARG(issue->message), STR_ARG(advice));
}

static void add(struct static_secrets *secrets, struct span span, struct str message)
{
	*(struct static_problem *)vec_push(&secrets->problems) =
		(struct static_problem){.span = span, .message = message};
}

void static_issues_add(struct static_secrets *secrets)
{
	const struct yaml_stream *stream = secrets->stream;

	for (size_t i = 0; i < stream->issues.len; i++) {
		const struct yaml_issue *issue = vec_at(&stream->issues, i);

		add(secrets, issue->span, describe(secrets->arena, issue));
	}
	if (stream->documents.len > 1)
		add(secrets, ((struct yaml_document *)vec_at(&stream->documents, 1))->span,
			STR("A second document begins here; a file of static secrets is one."));
}
