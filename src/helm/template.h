/* The syntax of Go templates (text/template of the Go standard library, as Helm and the VaultSecret operator use it) as a located tree. Nothing is
 * executed here: evaluate.h does that. Offsets are bytes of the text that was parsed. */
#ifndef ASPIS_HELM_TEMPLATE_H
#define ASPIS_HELM_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/* What stands around an action. */
struct template_delimiters {
	struct str left;
	struct str right;
};
extern const struct template_delimiters TEMPLATE_HELM;         /* {{ }} */
extern const struct template_delimiters TEMPLATE_VAULT_SECRET; /* {% %} */

struct template_pipeline;
struct template_list;

enum template_operand_kind {
	OPERAND_DOT,      /* . and .a.b (fields) */
	OPERAND_VARIABLE, /* $, $x and $x.a.b: text is "$" or "$x" */
	OPERAND_FUNCTION, /* text is its name, which need not exist; behind another operand it is called without operands */
	OPERAND_PIPELINE, /* ( … ) and ( … ).a.b */
	OPERAND_STRING,   /* text is the value: escapes are resolved */
	OPERAND_NUMBER,   /* text as written; a character constant too */
	OPERAND_BOOL,
	OPERAND_NIL,
};

struct template_operand {
	enum template_operand_kind kind;
	uint32_t start, end;
	bool boolean;
	struct str text;
	const struct template_pipeline *pipeline;
	const struct str *fields; /* behind a dot, a variable, a pipeline or (`f.a`) a function */
	size_t field_count;
};

struct template_command {
	uint32_t start, end;
	const struct template_operand *operands; /* one at least */
	size_t count;
};

/* $i, $x := a b | c d */
struct template_pipeline {
	uint32_t start, end;
	bool assigns;                /* "=" to variables that are there; else ":=" */
	const struct str *variables; /* "$i", "$x" */
	size_t variable_count;
	const struct template_command *commands; /* one at least */
	size_t command_count;
	bool changes_maps;
	bool waits; /* it declares a variable, and its value may as well be made when that is used: it does nothing but give one */
	uint32_t outermost; /* private to parsing: the outermost variable that it assigns; UINT32_MAX: none */
};

/* The first operand of a command that changes the map that it is (set and its like); NULL: it does not. */
const struct template_operand *template_changed_map(const struct template_command *command);

enum template_node_kind {
	TEMPLATE_TEXT,
	TEMPLATE_COMMENT,
	TEMPLATE_ACTION, /* a pipeline whose value is printed, unless it sets variables */
	TEMPLATE_IF,     /* `else if` is an otherwise that holds one TEMPLATE_IF */
	TEMPLATE_RANGE,
	TEMPLATE_WITH,
	TEMPLATE_CALL,   /* {{ template "name" pipeline }}; also the place of a {{ block }}, whose body is a define */
	TEMPLATE_DEFINE, /* stands for nothing where it is */
	TEMPLATE_BREAK,
	TEMPLATE_CONTINUE,
};

/* start and end take in the delimiters; of a block all from its opening action to the end of its {{ end }}. */
struct template_node {
	enum template_node_kind kind;
	uint32_t start, end;
	uint32_t text_start, text_end; /* of TEMPLATE_TEXT: what is left of it by the trim markers beside it */
	const struct template_pipeline *pipeline; /* NULL where there is none */
	const struct template_list *body;         /* of if, range, with, define */
	const struct template_list *otherwise;    /* of else; NULL: there is none */
	struct str name;                          /* of define and call */
	uint32_t name_start, name_end;            /* with its quotes */
};

/* What stands between two actions: start is the end of the opening one, end the start of the closing one. Where `else if` (or `else with`) stands for the
 * two, the otherwise is no more than that block, and both end at the same offset. */
struct template_list {
	uint32_t start, end;
	const struct template_node *const *nodes; /* without gaps, in the order of the text */
	size_t count;
	bool assigns; /* some pipeline in it, those of inner lists included, sets variables that are there before */
	bool acts; /* what is executed behind it may depend on its execution: outer variables are set, maps are changed, or a loop is left */
	bool changes;       /* private to parsing: one of the latter two */
	uint32_t outermost; /* private to parsing: as in a pipeline */
};

/* A named template: {{ define }} or {{ block }}, at any place of the file. */
struct template_define {
	struct str name;
	const struct template_node *node; /* TEMPLATE_DEFINE, or the TEMPLATE_CALL of a block, with its body */
	bool blank; /* white space and comments alone: gives way to any other template of its name, where others replace those before */
};

struct template
{
	struct str text;
	const struct template_list *root;
	const struct template_define *defines; /* in the order of the text */
	size_t define_count;
	const char *
		problem; /* why it is no Go template, a clause; NULL: it is one. What stands before the problem is in the tree */
	uint32_t problem_at;
};

/* Never NULL; lives in arena, borrows text. As text/template/parse of Go reads it, but for functions, of which any name will do, and for nesting, which is
 * bounded so that trees can be walked by recursion: beyond some hundred blocks (each `else if` is one within the one before) or parentheses is a problem. */
const struct template *template_parse(
	struct arena *arena, struct str text, const struct template_delimiters *delimiters);

/* Calls visitor for every operand of every pipeline, those in parentheses and blocks included, in the order of the text. dot tells what the dot stands for
 * where the operand is: the operand of the innermost `with`, `range` or `block` around it (of a range one of its items), but for their own pipelines and
 * what follows `else`; NULL: what the file, or the `define`, was given. */
struct template_dot {
	const struct template_operand *operand; /* the pipeline, where it is but one operand; else NULL: unknown */
	bool item;                              /* one of its items */
	const struct template_dot *outer;
};
typedef void template_operand_visitor(void *context, const struct template_command *command,
	const struct template_operand *operand, const struct template_dot *dot);
void template_each_operand(const struct template *parsed, template_operand_visitor *visitor, void *context);

#endif
