#include "text/rst_directive_run.h"

static void run_without_data(struct rst_directive *directive)
{
	/* What the title refers to counts for docutils, although the title does not; and encodings are many. */
	if (directive->argument.text.len > 0 || rst_find_option(directive, "encoding"))
		rst_set_aside(directive);
	rst_refuse(directive, DOCUMENT_LEVEL_WARNING, "directive \"csv-table\" has no data; write them indented below");
}

void rst_run_csv_table(struct rst_directive *directive)
{
	bool file = rst_find_option(directive, "file") != NULL;
	bool url = rst_find_option(directive, "url") != NULL;

	if ((file && url) || (directive->content.len > 0 && (file || url))) {
		rst_refuse(directive, DOCUMENT_LEVEL_ERROR,
			"directive \"csv-table\" takes its data from text below, a file or a url, and one of them "
			"only");
	} else if (directive->content.len == 0 && !file && !url) {
		run_without_data(directive);
	} else {
		rst_judge_title(directive);
		rst_set_aside(directive);
	}
}

static size_t count_children(const struct document_node *node)
{
	size_t count = 0;

	for (const struct document_node *child = node->first_child; child; child = child->next)
		count++;
	return count;
}

/* The bullet list that is all there is in an element; NULL: it is not so. */
static const struct document_node *only_list(const struct document_node *node)
{
	const struct document_node *child = node->first_child;

	return child && !child->next && child->kind == DOCUMENT_BULLET_LIST ? child : NULL;
}

/* The columns of a list whose items all consist of a list with as many items; 0: they do not. */
static size_t count_columns(const struct document_node *rows)
{
	size_t columns = 0;

	for (const struct document_node *row = rows->first_child; row; row = row->next) {
		const struct document_node *cells = only_list(row);
		size_t count = cells ? count_children(cells) : 0;
		if (count == 0 || (columns > 0 && count != columns))
			return 0;
		columns = count;
	}
	return columns;
}

void rst_run_list_table(struct rst_directive *directive)
{
	rst_judge_title(directive);
	const struct document_node *rows = only_list(rst_read_detached(directive, DOCUMENT_ROOT));

	if (!rows || count_columns(rows) == 0)
		rst_refuse(directive, DOCUMENT_LEVEL_ERROR,
			"directive \"list-table\" must have a list of lists below, all with the same number of items");
	else
		rst_set_aside(directive);
}
