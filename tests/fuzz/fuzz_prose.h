/* What must hold of every document, whatever it was read from, and of what is written from it. Shared by the fuzz targets of Markdown and reStructuredText. */
#ifndef ASPIS_FUZZ_PROSE_H
#define ASPIS_FUZZ_PROSE_H

#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "text/document_write.h"
#include "text/rst.h"

#define LINE_MAX_OF_DOCUTILS 10000

static inline void require_of(bool condition, const char *what, struct str written)
{
	if (condition)
		return;
	fprintf(stderr, "%s:\n%.*s\n", what, STR_ARG(written));
	abort();
}

static inline void check_tree(const struct document *document, size_t size)
{
	const struct document_node *root = document->root;

	for (const struct document_node *node = document_next(root, NULL); node; node = document_next(root, node)) {
		require_of(node->start <= node->end && node->end <= size, "an element leaves the text", node->text);
		require_of(node == root || node->parent, "an element has no parent", node->text);
		require_of(!node->last_child || !node->last_child->next, "the last child is not the last", node->text);
	}
	for (size_t i = 0; i < document->unsupported.len; i++) {
		const struct document_unsupported *unsupported = vec_at(&document->unsupported, i);

		require_of(unsupported->start <= unsupported->end && unsupported->end <= size && unsupported->line > 0,
			"what is unsupported leaves the text", unsupported->what);
	}
}

/* No control characters but line breaks and tabs, nothing that is no UTF-8. */
static inline void check_characters(struct str written, bool sequences)
{
	require_of(utf8_valid_prefix(written) == written.len, "what was written is no UTF-8", written);
	for (size_t i = 0; i < written.len; i++) {
		unsigned char c = (unsigned char)written.ptr[i];

		require_of(c >= ' ' || c == '\n' || c == '\t' || (sequences && c == 0x1B),
			"a control character was written", written);
		require_of(c != 0x7F && !(c == 0xC2 && (unsigned char)written.ptr[i + 1] < 0xA0),
			"a control character was written", written);
	}
}

static inline void check_lines(struct str written)
{
	struct str rest = written;

	while (!str_is_absent(rest))
		require_of(utf8_length(str_cut(&rest, '\n')) <= LINE_MAX_OF_DOCUTILS, "a line is too long", written);
}

/* What is written as reStructuredText is valid there, unless the document had something to warn of itself. */
static inline void check_rst(struct str written)
{
	struct document *again = rst_read(written, NULL);

	for (size_t i = 0; i < again->messages.len; i++) {
		const struct document_message *message = vec_at(&again->messages, i);

		if (message->level >= DOCUMENT_LEVEL_WARNING)
			fprintf(stderr, "line %zu: %.*s\n", message->line, STR_ARG(message->text));
	}
	require_of(document_worst(again) < DOCUMENT_LEVEL_WARNING, "what was written is no valid reStructuredText",
		written);
	document_free(again);
}

static inline void write_in(
	const struct document *document, enum document_format format, const struct document_write_options *options)
{
	struct strbuf out = STRBUF_INIT;

	document_write(&out, document->root, format, options);
	check_characters(strbuf_str(&out), format == DOCUMENT_FORMAT_TERMINAL);
	if (format == DOCUMENT_FORMAT_RST || format == DOCUMENT_FORMAT_MYST)
		check_lines(strbuf_str(&out));
	if (format == DOCUMENT_FORMAT_RST && !options->roles && options->indent == 0 &&
		document_worst(document) < DOCUMENT_LEVEL_WARNING)
		check_rst(strbuf_str(&out));
	strbuf_clear(&out);
	document_write_inline(&out, document->root, format, options);
	check_characters(strbuf_str(&out), format == DOCUMENT_FORMAT_TERMINAL);
	if (format != DOCUMENT_FORMAT_XML)
		require_of(str_find(strbuf_str(&out), '\n') == out.len, "one line has a line break", strbuf_str(&out));
	strbuf_release(&out);
}

static inline void write_in_all_formats(const struct document *document)
{
	static const struct document_write_options variants[] = {
		{.width = 40},
		{.id_prefix = {"app-key-", 8},
			.heading_base = 3,
			.indent = 4,
			.width = 20,
			.color = true,
			.hyperlinks = true,
			.roles = true},
		{.heading_base = 12, .id_prefix = {"x-", 2}},
	};
	static const enum document_format formats[] = {
#define FUZZED_FORMAT(enumerator, name) enumerator,
		DOCUMENT_FORMATS(FUZZED_FORMAT)
#undef FUZZED_FORMAT
	};

	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		for (size_t j = 0; j < sizeof(variants) / sizeof(*variants); j++)
			write_in(document, formats[i], &variants[j]);
	}
}

#endif
