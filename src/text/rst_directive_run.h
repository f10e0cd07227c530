/* What directives do, for their table (rst_directive_table.c). For rst_directive*.c alone. */
#ifndef ASPIS_TEXT_RST_DIRECTIVE_RUN_H
#define ASPIS_TEXT_RST_DIRECTIVE_RUN_H

#include "text/rst_directive.h"

/* Those that make elements that this reader knows (rst_directive_body.c). */
rst_directive_run rst_run_admonition, rst_run_rubric, rst_run_quote, rst_run_code, rst_run_table;

/* Those that leave nothing where they stand (rst_directive_class.c, rst_directive_other.c). */
rst_directive_run rst_run_class, rst_run_title, rst_run_test;

/* Those that are outside of the subset, looked at for what docutils refuses about them (rst_directive_other.c, rst_directive_data.c). */
rst_directive_run rst_run_unsupported;      /* nothing more can be wrong, or it depends on files */
rst_directive_run rst_run_inline_only;      /* content with inline markup alone */
rst_directive_run rst_run_nested_only;      /* content of any elements */
rst_directive_run rst_run_substituted_only; /* for substitution definitions alone */
rst_directive_run rst_run_topic, rst_run_container, rst_run_image, rst_run_figure, rst_run_raw, rst_run_replace;
rst_directive_run rst_run_role, rst_run_default_role, rst_run_contents, rst_run_csv_table, rst_run_list_table;

/* Tells that a directive is unsupported and puts its source text in its place. */
void rst_set_aside(struct rst_directive *directive);

/* Looks at the inline markup of the argument, for what is wrong with it. */
void rst_judge_title(struct rst_directive *directive);

/* Reads the content into a detached element, for what is wrong with it. A document's root may hold what other elements may not: topics and tables of contents. */
struct document_node *rst_read_detached(struct rst_directive *directive, enum document_kind kind);

#endif
