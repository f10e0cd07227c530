/* What the parser of templates keeps while it reads. Private: template.c reads blocks, template_pipeline.c what stands in actions. */
#ifndef ASPIS_HELM_TEMPLATE_PARSER_H
#define ASPIS_HELM_TEMPLATE_PARSER_H

#include "base/map.h"
#include "base/vec.h"
#include "helm/template_lex.h"

/* Parentheses within each other. */
#define TEMPLATE_PARENTHESES_MAX 200

/* A variable that is in scope. */
struct template_declaration {
	struct str name;
	void *shadowed; /* what names had for it before */
	uint32_t
		home; /* the declaration that it stands for: itself, or what an assignment (which counts as one, too) sets */
};

struct template_parser {
	struct arena *arena;
	struct template_lexer lexer;
	struct template_token ahead[2];
	unsigned ahead_count;
	uint32_t last_end; /* of the token that was taken last */
	const char *problem;
	uint32_t problem_at;
	/* Stacks: who opens a list remembers how long its stack was, and takes what is above when it closes. */
	struct vec nodes;    /* const struct template_node * */
	struct vec commands; /* struct template_command */
	struct vec operands; /* struct template_operand */
	struct vec words;    /* struct str: fields and variables */
	/* Scopes. */
	struct map names;        /* of variables: the index of the declaration in scope, plus 1 */
	struct vec declarations; /* struct template_declaration */
	size_t visible;          /* declarations before this belong to another template */
	unsigned parentheses;
};

/* The token that comes next: valid until it is taken. */
const struct template_token *template_peek(struct template_parser *parser);
struct template_token template_take(struct template_parser *parser);
void template_skip(struct template_parser *parser); /* takes it without a look */

/* Keeps the first problem; one of the lexer at token goes before. Returns NULL, for who has nothing to give then. */
void *template_fail(struct template_parser *parser, const struct template_token *token, const char *problem);

/* Takes the items above a length off a stack into the arena. */
void *template_take_above(struct template_parser *parser, struct vec *stack, size_t base, size_t *count);

/* Forgets the variables that were declared after there were count. */
void template_leave_scope(struct template_parser *parser, size_t count);

/* Up to the token that ends it, which is taken too. NULL: a problem. is_range: two variables may be declared. */
const struct template_pipeline *template_parse_pipeline(
	struct template_parser *parser, enum token_kind end, bool is_range);

/* The string that stands there, a template's name; false: a problem. */
bool template_parse_name(struct template_parser *parser, struct str *name, struct template_token *token);

#endif
