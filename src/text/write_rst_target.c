/* reStructuredText: targets, and the addresses of links. */
#include "base/utf8.h"
#include "text/escape.h"
#include "text/uri.h"
#include "text/write_rst_private.h"

/* What has a prefix stands beside other texts, where names of inline targets and addresses would clash without any use: references bring the addresses themselves. */
bool rst_is_written_target(const struct document_node *target, const struct document_write_options *options)
{
	bool alone = str_is_absent(options->id_prefix);

	if (write_trim(target->name).len == 0 || target->anonymous ||
		target->name.len + target->target.len > ESCAPE_LINE_MAX / 3)
		return false;
	if (target->first_child)
		return alone;
	return target->target.len == 0 || (alone && uri_is_plain(target->target));
}

/* Targets that stand in a paragraph have text, or belong to the reference before them. */
static bool is_block(const struct document_node *target)
{
	return !target->parent || document_kind_content(target->parent->kind) == DOCUMENT_HOLDS_BLOCKS;
}

void rst_collect_targets(
	struct map *targets, const struct document_node *root, const struct document_write_options *options)
{
	for (const struct document_node *node = document_next(root, NULL); node; node = document_next(root, node)) {
		struct str id = str_is_absent(node->id) ? node->refid : node->id;
		bool target = node->kind == DOCUMENT_TARGET && node->target.len == 0 &&
			      (node->first_child || is_block(node)) && rst_is_written_target(node, options);
		bool section =
			node->kind == DOCUMENT_SECTION && node->name.len > 0 && str_is_absent(options->id_prefix);

		if (id.len > 0 &&
			(target || section || node->kind == DOCUMENT_FOOTNOTE || node->kind == DOCUMENT_CITATION))
			map_set(targets, id, (void *)node);
	}
}

/* For back-quotes; in references and targets alike, so that both are the same. */
void rst_append_name(struct strbuf *out, struct str name, const struct document_write_options *options)
{
	struct strbuf whole = STRBUF_INIT;
	struct strbuf plain = STRBUF_INIT;
	struct str trimmed;

	strbuf_append(&whole, options->id_prefix);
	strbuf_append(&whole, name);
	escape_plain(&plain, strbuf_str(&whole));
	trimmed = write_trim(strbuf_str(&plain));
	for (size_t i = 0; i < trimmed.len; i++) {
		if (strchr("\\`:<>_", trimmed.ptr[i]))
			strbuf_append_char(out, '\\');
		strbuf_append_char(out, trimmed.ptr[i] == '\n' || trimmed.ptr[i] == '\t' ? ' ' : trimmed.ptr[i]);
	}
	strbuf_release(&whole);
	strbuf_release(&plain);
}

void rst_append_uri(struct strbuf *out, struct str uri)
{
	uri_append(out, uri);
	if (out->len > 0 && out->ptr[out->len - 1] == '_') { /* which would make it a name */
		strbuf_truncate(out, out->len - 1);
		strbuf_append_c(out, "\\_");
	}
}

bool rst_target(struct rst_writer *w, const struct document_node *target)
{
	struct strbuf line = STRBUF_INIT;

	if (!rst_is_written_target(target, w->options) || target->first_child)
		return false;
	strbuf_append_c(&line, ".. _");
	strbuf_append_char(&line, '`');
	rst_append_name(&line, target->name, w->options);
	strbuf_append_c(&line, "`:");
	if (target->target.len > 0) {
		strbuf_append_char(&line, ' ');
		rst_append_uri(&line, target->target);
	}
	lines_add(&w->lines, strbuf_str(&line));
	strbuf_release(&line);
	return true;
}

/* Numbers and names stand for themselves; symbols are given by docutils in their order. */
static bool is_symbol(struct str label)
{
	size_t width;

	return label.len > 0 && !utf8_is_letter_or_digit(utf8_decode(label, &width));
}

void rst_append_label(
	struct strbuf *out, enum document_kind kind, struct str label, const struct document_write_options *options)
{
	bool footnote = kind == DOCUMENT_FOOTNOTE || kind == DOCUMENT_FOOTNOTE_REFERENCE;

	if (footnote && is_symbol(label)) {
		strbuf_append_char(out, '*');
		return;
	}
	if (!str_is_absent(options->id_prefix)) {
		strbuf_append_c(out, footnote ? "#" : "");
		strbuf_append(out, options->id_prefix);
	}
	escape_plain(out, label);
}
