#include "text/rst_directive_run.h"

void rst_set_aside(struct rst_directive *directive)
{
	struct rst_machine *machine = directive->machine;

	/* A substitution definition is unsupported as a whole. */
	if (!directive->substituted)
		rst_give_up(machine, NULL, directive->first, "directive \"%.*s\"", STR_ARG(directive->name));
}

struct document_node *rst_read_detached(struct rst_directive *directive, enum document_kind kind)
{
	struct document *document = directive->machine->reader->document;
	struct document_node *node = document_add(document, NULL, kind);

	rst_read_nested(directive->machine, directive->content.lines, directive->content.len, node);
	return node;
}

/* The inline markup of a title or text that is not kept. */
static void judge_inline(struct rst_directive *directive, const struct rst_text *text)
{
	struct document *document = directive->machine->reader->document;

	if (text->text.len > 0)
		rst_inline(directive->machine->reader, document_add(document, NULL, DOCUMENT_PARAGRAPH), text);
}

void rst_judge_title(struct rst_directive *directive)
{
	judge_inline(directive, &directive->argument);
}

void rst_run_unsupported(struct rst_directive *directive)
{
	rst_set_aside(directive);
}

void rst_run_inline_only(struct rst_directive *directive)
{
	struct rst_text text = rst_join(directive->machine->reader, directive->content.lines, directive->content.len);

	judge_inline(directive, &text);
	rst_set_aside(directive);
}

void rst_run_nested_only(struct rst_directive *directive)
{
	rst_read_detached(directive, DOCUMENT_BLOCK_QUOTE);
	rst_set_aside(directive);
}

static void refuse_outside(struct rst_directive *directive)
{
	rst_refuse(directive, DOCUMENT_LEVEL_ERROR,
		"directive \"%.*s\" can stand in a substitution definition only; write \".. |name| %.*s:: …\"",
		STR_ARG(directive->name), STR_ARG(directive->name));
}

void rst_run_substituted_only(struct rst_directive *directive)
{
	if (!directive->substituted)
		refuse_outside(directive);
}

/* What docutils keeps out of substitutions: what is broken, targets, and references whose target their order tells. */
static bool is_unfit(const struct document_node *node)
{
	switch (node->kind) {
	case DOCUMENT_PROBLEMATIC:
	case DOCUMENT_TARGET:
		return true;
	case DOCUMENT_REFERENCE:
		return node->anonymous;
	case DOCUMENT_FOOTNOTE_REFERENCE:
		return !str_is_absent(node->name) && node->name.len > 0 &&
		       (node->name.ptr[0] == '#' || node->name.ptr[0] == '*');
	default:
		return false;
	}
}

static bool holds_unfit(const struct document_node *root)
{
	for (const struct document_node *node = root; node; node = document_next(root, node)) {
		if (is_unfit(node))
			return true;
	}
	return false;
}

/* One paragraph, of which the inline markup is meant. */
void rst_run_replace(struct rst_directive *directive)
{
	if (!directive->substituted) {
		refuse_outside(directive);
		return;
	}
	if (directive->content.len == 0) {
		rst_refuse(directive, DOCUMENT_LEVEL_ERROR,
			"directive \"replace\" has no text; write it behind the \"::\"");
		return;
	}
	const struct document_node *content = rst_read_detached(directive, DOCUMENT_ROOT);
	if (content->first_child && (content->first_child->next || content->first_child->kind != DOCUMENT_PARAGRAPH))
		rst_refuse(directive, DOCUMENT_LEVEL_ERROR,
			"directive \"replace\" must have one paragraph and nothing else");
	else if (holds_unfit(content))
		rst_refuse(directive, DOCUMENT_LEVEL_ERROR,
			"the text of a substitution cannot hold broken markup, targets, or anonymous and numbered "
			"references");
}

/* Whether a topic or the contents may stand here: in the document or a section only. */
static bool is_structural(const struct rst_directive *directive)
{
	enum document_kind kind = directive->machine->node->kind;

	return kind == DOCUMENT_ROOT || kind == DOCUMENT_SECTION;
}

static bool refuse_nested(struct rst_directive *directive)
{
	if (is_structural(directive))
		return false;
	rst_refuse(directive, DOCUMENT_LEVEL_ERROR,
		"directive \"%.*s\" cannot stand inside of another element; move it to the left margin",
		STR_ARG(directive->name));
	return true;
}

void rst_run_topic(struct rst_directive *directive)
{
	if (rst_find_option(directive, "subtitle") && directive->argument.text.len == 0) {
		rst_refuse(directive, DOCUMENT_LEVEL_ERROR,
			"directive \"%.*s\" has a subtitle but no title; write "
			"one behind the \"::\"",
			STR_ARG(directive->name));
		return;
	}
	if (refuse_nested(directive))
		return;
	if (directive->content.len == 0) {
		rst_refuse(directive, DOCUMENT_LEVEL_ERROR,
			"directive \"%.*s\" has no text; write it indented below, behind a blank line",
			STR_ARG(directive->name));
		return;
	}
	rst_judge_title(directive);
	/* A sidebar may hold what a topic may not. */
	rst_read_detached(directive, directive->spec->required > 0 ? DOCUMENT_BLOCK_QUOTE : DOCUMENT_ROOT);
	rst_set_aside(directive);
}

void rst_run_contents(struct rst_directive *directive)
{
	if (refuse_nested(directive))
		return;
	rst_judge_title(directive);
	rst_set_aside(directive);
}

void rst_run_container(struct rst_directive *directive)
{
	if (directive->argument.text.len > 0 &&
		!rst_option_class(directive->machine->reader, directive->argument.text)) {
		rst_refuse(directive, DOCUMENT_LEVEL_ERROR,
			"directive \"container\": no class can be made of its argument; write words that begin with a "
			"letter");
		return;
	}
	rst_read_detached(directive, DOCUMENT_BLOCK_QUOTE);
	rst_set_aside(directive);
}

/* The values of `align` that an image may have depend on where it stands. */
static bool is_aligned_wrongly(const struct rst_directive *directive)
{
	const struct rst_option *align = rst_find_option(directive, "align");

	return align && rst_option_align(directive->machine->reader, align->value) == directive->substituted;
}

void rst_run_image(struct rst_directive *directive)
{
	if (is_aligned_wrongly(directive))
		rst_refuse(directive, DOCUMENT_LEVEL_ERROR, "directive \"image\": align is %s here",
			directive->substituted ? "top, middle or bottom" : "left, center or right");
	else
		rst_set_aside(directive);
}

/* The caption is the first element of the content, but for targets: a paragraph, or an empty comment. */
static bool is_caption(const struct document_node *node)
{
	while (node && node->kind == DOCUMENT_TARGET)
		node = node->next;
	return !node || node->kind == DOCUMENT_PARAGRAPH || (node->kind == DOCUMENT_COMMENT && node->text.len == 0);
}

void rst_run_figure(struct rst_directive *directive)
{
	if (!is_caption(rst_read_detached(directive, DOCUMENT_ROOT)->first_child))
		rst_refuse(directive, DOCUMENT_LEVEL_ERROR,
			"directive \"figure\": its text must begin with a paragraph, which is the caption, or with an "
			"empty comment");
	else
		rst_set_aside(directive);
}

void rst_run_raw(struct rst_directive *directive)
{
	bool file = rst_find_option(directive, "file") != NULL;
	bool url = rst_find_option(directive, "url") != NULL;

	if (file + url + (directive->content.len > 0) != 1)
		rst_refuse(directive, DOCUMENT_LEVEL_ERROR,
			"directive \"raw\" needs either text below, or a file, or a url, and one of them only");
	else
		rst_set_aside(directive);
}

void rst_run_title(struct rst_directive *directive)
{
	/* The name of the whole, for who lists it; no part of the text. */
	(void)directive;
}

void rst_run_test(struct rst_directive *directive)
{
	rst_refuse(directive, DOCUMENT_LEVEL_INFO, "directive \"%.*s\" does nothing but be read",
		STR_ARG(directive->name));
}
