/* What explicit markup consists of: targets, substitution definitions and directives. For rst_*.c alone. */
#ifndef ASPIS_TEXT_RST_DIRECTIVE_H
#define ASPIS_TEXT_RST_DIRECTIVE_H

#include "text/rst_block.h"

/* ".. _name: …" and ".. |name| …" from the machine's line on; `at` is the byte of the "_" or "|". False: it is malformed, which was told, and the machine is behind it. */
bool rst_read_target(struct rst_machine *machine, size_t at, bool *blank_finish);
bool rst_read_substitution(struct rst_machine *machine, size_t at, bool *blank_finish);

/* "__ …": gives back whether a blank line follows. */
bool rst_read_anonymous_target(struct rst_machine *machine, size_t marker);

/* A directive whose line loses its first `marker` bytes ("..  name:: "): gives back whether a blank line follows. */
bool rst_read_directive(struct rst_machine *machine, struct str name, size_t marker);

/* The same in a substitution definition, of which nothing is kept: for what is wrong with it. */
void rst_read_substituted(struct rst_machine *machine, struct str name, size_t marker);

/* A directive that is being read. */
struct rst_directive_spec;
struct rst_directive {
	struct rst_machine *machine;
	const struct rst_directive_spec *spec;
	struct str name;             /* as written */
	const struct rst_line *line; /* where it begins */
	size_t first, end;           /* its lines, of the machine's */
	bool substituted;            /* it stands in a substitution definition */
	struct rst_text argument;    /* all of them, stripped; empty: none */
	size_t argument_count;       /* words */
	struct vec options;          /* struct rst_option */
	struct rst_block content;    /* without blank lines at either end */
	const char *wrong;           /* what is wrong with its form; NULL: nothing */
};

/* An option as written: ":name: value", the value absent where there is none. */
struct rst_option {
	struct str name, value;
};

/* Whether a value is one that an option takes. */
typedef bool rst_option_check(struct rst_reader *reader, struct str value);
struct rst_option_spec {
	const char *name;
	rst_option_check *is_valid;
};
rst_option_check rst_option_any, rst_option_required, rst_option_flag, rst_option_class, rst_option_integer;
rst_option_check rst_option_count, rst_option_percentage, rst_option_length, rst_option_width, rst_option_figure_width;
rst_option_check rst_option_image_align, rst_option_align, rst_option_loading, rst_option_widths,
	rst_option_auto_widths;
rst_option_check rst_option_number_lines, rst_option_backlinks, rst_option_character, rst_option_delimiter;

/* Reads what is written after the "::" and in the lines below into arguments, options and content; what is wrong with the form is in `wrong`. */
void rst_parse_directive(struct rst_directive *directive, struct rst_block *block);
void rst_directive_release(struct rst_directive *directive);

/* Reads lines of options into a vector of struct rst_option, whatever their names and values; what is wrong with their form, NULL where nothing is. */
const char *rst_parse_options(
	struct rst_machine *machine, const struct rst_line *lines, size_t count, struct vec *options);

/* Cuts the first word off a text; empty where there is none left. */
struct str rst_cut_word(struct str *rest);

/* The value of an option, NULL where it is not given. */
const struct rst_option *rst_find_option(const struct rst_directive *directive, const char *name);

/* What is done with a directive of correct form. */
typedef void rst_directive_run(struct rst_directive *directive);

#define RST_DIRECTIVE_OPTIONS_MAX 20
struct rst_directive_spec {
	const char *name;
	unsigned required, optional; /* arguments */
	bool whitespace;             /* the last of which may have blanks in it */
	bool content;                /* there may be any */
	bool needs_content;          /* there must be any */
	rst_directive_run *run;
	enum document_kind kind; /* of the element that it makes */
	struct rst_option_spec options[RST_DIRECTIVE_OPTIONS_MAX];
};

/* The directive of a name, in any case; NULL: none (rst_directive_table.c). */
const struct rst_directive_spec *rst_find_directive(struct str name);

/* Tells that a directive is wrong, with what to write instead; nothing comes of it. */
void rst_refuse(struct rst_directive *directive, enum document_level level, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Adds the element of a directive to the machine's node, with the name that an option gives it. */
struct document_node *rst_add_directed(struct rst_directive *directive, enum document_kind kind);

#endif
