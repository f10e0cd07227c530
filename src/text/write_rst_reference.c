/* reStructuredText: references. */
#include "base/ascii.h"
#include "text/escape.h"
#include "text/uri.h"
#include "text/write_rst_private.h"

/* Whether a text consists of letters, digits and some punctuation between them; an underscore before anything else would end a reference. */
static bool consists_of(struct str s, const char *punctuation)
{
	for (size_t i = 0; i < s.len; i++) {
		char next = i + 1 < s.len ? s.ptr[i + 1] : '\0';

		if (ascii_is_alnum(s.ptr[i]))
			continue;
		if (s.ptr[i] == '\0' || next == '\0' || !strchr(punctuation, s.ptr[i]))
			return false;
		if ((s.ptr[i] == '_' || s.ptr[i] == '.') && !ascii_is_alnum(next))
			return false;
	}
	return s.len > 0 && ascii_is_alnum(s.ptr[0]);
}

/* Whether an element begins with what may follow an address without being taken for a part of it. */
static bool begins_with_end(const struct document_node *node)
{
	return node->kind == DOCUMENT_TEXT && node->text.len > 0 && strchr(" \n.,;!?)", node->text.ptr[0]) != NULL;
}

/* An address that docutils finds in the text by itself, whatever is around it. */
static bool is_standalone(const struct document_node *node, struct str content)
{
	struct str mail = STR("mailto:");
	size_t at = str_find(content, '@');

	if (!str_is_absent(node->name) || (node->next && !begins_with_end(node->next)))
		return false;
	if (str_starts_with(node->target, mail) &&
		str_equal(str_slice(node->target, mail.len, node->target.len), content))
		return at < content.len && consists_of(str_slice(content, 0, at), "._-") &&
		       consists_of(str_slice(content, at + 1, content.len), ".-");
	if (!str_equal(node->target, content))
		return false;
	return (str_starts_with(content, STR("http://")) || str_starts_with(content, STR("https://"))) &&
	       consists_of(content, "-:./~%?=#_");
}

static void address(struct rst_line *line, const struct document_node *node, struct str content)
{
	const struct document_node *next = node->next;
	bool named = next && next->kind == DOCUMENT_TARGET && str_equal(next->target, node->target) &&
		     !next->first_child && str_is_absent(line->writer->options->id_prefix);
	struct strbuf markup = STRBUF_INIT;

	if (is_standalone(node, content)) {
		rst_line_markup(line, content, content.len);
	} else {
		strbuf_append_char(&markup, '`');
		rst_append_content(&markup, content);
		strbuf_append_c(&markup, " <");
		rst_append_uri(&markup, node->target);
		strbuf_append_c(&markup, named ? ">`_" : ">`__");
		rst_line_markup(line, strbuf_str(&markup), 1);
	}
	strbuf_release(&markup);
}

/* A reference to a target of this document. */
static void local(struct rst_line *line, struct str name, struct str content)
{
	struct strbuf markup = STRBUF_INIT;

	strbuf_append_char(&markup, '`');
	rst_append_content(&markup, content);
	strbuf_append_c(&markup, " <");
	rst_append_name(&markup, name, line->writer->options);
	strbuf_append_c(&markup, "_>`__");
	rst_line_markup(line, strbuf_str(&markup), 1);
	strbuf_release(&markup);
}

static const struct document_node *target_of(const struct rst_line *line, const struct document_node *reference)
{
	if (!line->writer->targets || reference->refid.len == 0)
		return NULL;
	return map_get(line->writer->targets, reference->refid);
}

void rst_line_reference(struct rst_line *line, const struct document_node *node, struct str content)
{
	const struct document_node *target = target_of(line, node);

	if (str_trim(content).len == 0 ||
		(line->in_name && str_find(content, ':') < content.len && !is_standalone(node, content)))
		rst_line_text(line, content);
	else if (target && target->name.len > 0)
		local(line, target->name, content);
	else if (node->refid.len == 0 && uri_is_plain(node->target) &&
		 node->target.len + content.len < ESCAPE_LINE_MAX / 3)
		address(line, node, content);
	else
		rst_line_text(line, content);
}

void rst_line_note_reference(struct rst_line *line, const struct document_node *node, struct str content)
{
	struct strbuf markup = STRBUF_INIT;
	bool written = target_of(line, node) != NULL;

	strbuf_append_char(&markup, '[');
	if (written)
		rst_append_label(&markup, node->kind, content, line->writer->options);
	else
		strbuf_append(&markup, content);
	strbuf_append_c(&markup, written ? "]_" : "]");
	if (written)
		rst_line_markup(line, strbuf_str(&markup), 1);
	else
		rst_line_text(line, strbuf_str(&markup));
	strbuf_release(&markup);
}

bool rst_line_is_link(const struct rst_line *line, const struct document_node *node)
{
	const struct document_node *target = target_of(line, node);

	return (target && target->name.len > 0) || (node->refid.len == 0 && uri_is_plain(node->target));
}
