#include "text/rst_inline_private.h"
#include "text/rst_reference_private.h"

/* The "<…>" at the end of a phrase: from the blanks before it, and what stands in it. */
struct embedded {
	size_t from;
	struct rst_range link;
};

static bool is_blank(uint32_t character)
{
	return character == ' ' || character == '\n';
}

/* What is embedded begins with the last "<" that is not escaped, and holds no ">" that is not. */
static bool find_embedded(struct embedded *out, const struct rst_inliner *in, struct rst_range content)
{
	const uint32_t *characters = in->characters;
	size_t close = content.to - 1;
	size_t open = close;

	if (characters[close] != '>' || close == content.from || rst_is_space(characters[close - 1]) ||
		characters[close - 1] == RST_ESCAPE)
		return false;
	while (open > content.from) {
		open--;
		bool escaped = open > content.from && characters[open - 1] == RST_ESCAPE;
		if (characters[open] == '>' && !escaped)
			return false;
		if (characters[open] == '<' && !escaped)
			break;
	}
	if (characters[open] != '<' || open + 1 == close || rst_is_space(characters[open + 1]))
		return false;
	out->link = (struct rst_range){open + 1, close};
	out->from = open;
	while (out->from > content.from && is_blank(characters[out->from - 1]))
		out->from--;
	return out->from < open || open == content.from;
}

struct str rst_join_uri(const struct rst_inliner *in, struct rst_range range)
{
	char *out = arena_bytes(&in->reader->document->arena, rst_raw(in, range).len + 1);
	size_t len = 0;

	for (size_t i = range.from; i < range.to; i++) {
		size_t size = in->bytes[i + 1] - in->bytes[i];
		if (in->characters[i] == RST_ESCAPE) {
			if (i + 1 < range.to && is_blank(in->characters[i + 1])) {
				out[len++] = ' ';
				i++;
			}
		} else if (!rst_is_space(in->characters[i])) {
			memcpy(out + len, in->text->text.ptr + in->bytes[i], size);
			len += size;
		}
	}
	return (struct str){.ptr = out, .len = len};
}

struct str rst_adjust_uri(struct rst_reader *reader, struct str uri)
{
	struct rst_text text = {.text = uri};
	struct rst_inliner in;

	rst_inliner_init(&in, reader, &text);
	bool is_email = rst_is_email(&in);
	rst_inliner_release(&in);
	return is_email ? arena_printf(&reader->document->arena, "mailto:%.*s", STR_ARG(uri)) : uri;
}

/* A URI as it is meant. A last underscore that an escaped backslash stands before loses that. */
static struct str embedded_uri(struct rst_inliner *in, struct rst_range link)
{
	struct arena *arena = &in->reader->document->arena;
	struct str uri = rst_adjust_uri(in->reader, rst_join_uri(in, link));

	if (str_ends_with(uri, STR("\\_")))
		uri = arena_printf(arena, "%.*s_", (int)(uri.len - 2), uri.ptr);
	return uri;
}

/* Whether what is embedded is the name of a target ("name_") instead of a URI. An escaped backslash before the underscore reads like an escaped underscore. */
static bool is_alias(struct rst_inliner *in, struct rst_range link)
{
	return in->characters[link.to - 1] == '_' && !str_ends_with(rst_raw(in, link), STR("\\_")) &&
	       !rst_starts_with_uri(in, link);
}

/* The target that goes with an embedded link, unless the reference is anonymous. */
static void add_embedded_target(
	struct rst_inliner *in, struct rst_range link, const struct document_node *reference, struct str alias)
{
	struct rst_reader *reader = in->reader;
	struct document_node *target = rst_add_inline(in, DOCUMENT_TARGET, link);

	target->name = rst_normalize_name(reader, reference->name);
	target->target = reference->target;
	rst_note_embedded_target(reader, target, alias, rst_line_of(in, link.from));
}

static void add_embedded(struct rst_inliner *in, struct rst_range whole, struct rst_range content,
	const struct embedded *embedded, bool anonymous)
{
	struct rst_reader *reader = in->reader;
	struct str alias = STR_ABSENT, uri = STR_ABSENT;
	struct rst_range link = embedded->link;

	if (is_alias(in, link))
		alias = rst_normalize_name(reader, rst_unescaped(in, (struct rst_range){link.from, link.to - 1}));
	else
		uri = embedded_uri(in, link);
	struct str text = rst_unescaped(in, (struct rst_range){content.from, embedded->from});
	if (embedded->from == content.from)
		text = str_is_absent(uri) ? alias : uri;
	struct document_node *node = rst_add_inline_text(in, DOCUMENT_REFERENCE, whole, text);
	node->name = rst_normalize_space(reader, text);
	node->target = uri;
	rst_note_reference(reader, node, alias, rst_line_of(in, whole.from));
	if (!anonymous)
		add_embedded_target(in, link, node, alias);
}

void rst_add_phrase_reference(struct rst_inliner *in, struct rst_range whole, struct rst_range content, bool anonymous)
{
	struct rst_reader *reader = in->reader;
	struct embedded embedded;

	if (find_embedded(&embedded, in, content)) {
		add_embedded(in, whole, content, &embedded, anonymous);
		return;
	}
	struct str text = rst_unescaped(in, content);
	struct document_node *node = rst_add_inline_text(in, DOCUMENT_REFERENCE, whole, text);
	node->name = rst_normalize_space(reader, text);
	node->anonymous = anonymous;
	rst_note_reference(
		reader, node, anonymous ? STR_ABSENT : rst_normalize_name(reader, text), rst_line_of(in, whole.from));
}
