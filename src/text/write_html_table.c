/* HTML: tables. */
#include "text/write_html_private.h"

static unsigned rows_after(const struct document_node *row)
{
	unsigned count = 0;

	for (const struct document_node *next = row->next; next; next = next->next)
		count++;
	return count;
}

static void cell(struct html_writer *w, const struct document_node *entry, bool header, unsigned rows_below)
{
	const char *tag = header ? "th" : "td";
	unsigned more_rows = entry->more_rows < rows_below ? entry->more_rows : rows_below;
	bool was_in_header = w->in_header;

	strbuf_printf(w->out, "<%s", tag);
	html_id(w, entry);
	if (header)
		strbuf_append_c(w->out, " scope=\"col\"");
	if (entry->more_columns > 0)
		strbuf_printf(w->out, " colspan=\"%u\"", entry->more_columns + 1);
	if (more_rows > 0)
		strbuf_printf(w->out, " rowspan=\"%u\"", more_rows + 1);
	strbuf_append_char(w->out, '>');
	w->in_header = w->in_header || header;
	html_content(w, entry);
	w->in_header = was_in_header;
	html_close(w, tag);
}

static void rows(struct html_writer *w, const struct document_node *group, bool header)
{
	const char *tag = header ? "thead" : "tbody";
	unsigned below = group->first_child ? rows_after(group->first_child) : 0;

	if (!group->first_child)
		return;
	strbuf_printf(w->out, "\n<%s>", tag);
	for (const struct document_node *row = group->first_child; row; row = row->next, below--) {
		strbuf_append_c(w->out, "\n<tr>");
		for (const struct document_node *entry = row->first_child; entry; entry = entry->next)
			cell(w, entry, header, below);
		strbuf_append_c(w->out, "</tr>");
	}
	strbuf_printf(w->out, "\n</%s>", tag);
}

static void group(struct html_writer *w, const struct document_node *tgroup)
{
	for (const struct document_node *child = tgroup->first_child; child; child = child->next) {
		if (child->kind == DOCUMENT_THEAD || child->kind == DOCUMENT_TBODY)
			rows(w, child, child->kind == DOCUMENT_THEAD);
	}
}

/* What is wider than the page scrolls by itself, and can be scrolled with the keyboard. */
void html_table(struct html_writer *w, const struct document_node *table)
{
	const struct document_node *title = write_child(table, DOCUMENT_TITLE);

	strbuf_append_c(w->out, "<div class=\"table\" role=\"group\" aria-label=\"Table\" tabindex=\"0\">\n");
	html_open(w, table, "table", NULL);
	if (title) {
		strbuf_append_c(w->out, "\n<caption>");
		html_inlines(w, title);
		strbuf_append_c(w->out, "</caption>");
	}
	for (const struct document_node *child = table->first_child; child; child = child->next) {
		if (child->kind == DOCUMENT_TGROUP)
			group(w, child);
	}
	strbuf_append_c(w->out, "\n</table>\n</div>");
}
