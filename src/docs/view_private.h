/* What the files that make views share. For view*.c alone. */
#ifndef ASPIS_DOCS_VIEW_PRIVATE_H
#define ASPIS_DOCS_VIEW_PRIVATE_H

#include "docs/view.h"

enum { ORIGIN_COUNT = ORIGIN_GENERATE + 1 };

/* Tables are by the index of what they are about; what is not there yet is made when it is asked for. */
struct docs_views {
	const struct docs_inventory *inventory;
	const struct docs_format *format;
	struct docs_view_options options;
	struct arena arena; /* of all that pages share */
	struct strbuf scratch;
	struct mustache_value *yes, *no;
	struct mustache_value **applications; /* LINK */
	struct mustache_value **environments; /* LINK */
	struct mustache_value **secrets;      /* SECRET */
	struct mustache_value **declarations; /* SECRET and DESCRIPTION */
	struct mustache_value **origins; /* these and ORIGIN: by declaration, origin and whether its source is there */
	struct mustache_value *no_origin;
	struct mustache_value *common; /* of all pages */
};

/* A page, or what is shared, while it is made: where its values live. */
struct scope {
	struct docs_views *views;
	struct arena *arena;
};

struct mustache_value *view_bool(const struct docs_views *views, bool value); /* shared */
void view_set_code(const struct scope *scope, struct mustache_value *map, const char *name, struct str text);

/* Sets a name and the one beside it with which it is a literal. */
void view_set_both(const struct scope *scope, struct mustache_value *map, const char *name, const char *code_name,
	struct str text);

/* A list under way: each item is a map of its own that has what base has (NULL: nothing), and knows whether it is first or last. */
struct items {
	const struct scope *scope;
	struct mustache_value *list;
	struct mustache_value *previous;
	size_t count;
};
struct items items_begin(const struct scope *scope);
struct mustache_value *items_add(struct items *items, const struct mustache_value *base)
	__attribute__((returns_nonnull));

/* Puts the list and its has_… into a map. */
void items_end(struct items *items, struct mustache_value *map, const char *name, const char *has_name);

/* The maps of view.h by what they are about. Those that borrow are shared and never to be changed. */
const struct mustache_value *view_application(struct docs_views *views, const struct docs_application *application);
const struct mustache_value *view_environment(struct docs_views *views, const struct docs_environment *environment);
const struct mustache_value *view_secret(struct docs_views *views, const struct docs_secret *secret);
const struct mustache_value *view_declaration(struct docs_views *views, const struct docs_declaration *declaration);

/* The members of LINK, of what has a page of its own. */
void view_set_link(const struct scope *scope, struct mustache_value *map, const struct docs_link *link);

/* SECRET of one that need not exist. */
struct mustache_value *view_named_secret(const struct scope *scope, struct str application, struct str key);

/* LINK of an environment that need not be shown, nor exist. */
const struct mustache_value *view_named_environment(const struct scope *scope, struct str name);

/* Puts the declarations of a secret into a map, those together that say the same; singles are the items of each by itself. */
void view_set_groups(const struct scope *scope, struct mustache_value *map, const struct docs_secret *secret,
	const struct mustache_value *const *singles);

/* ORIGIN with all that is known of the declaration; of what is not required, all of it is false. */
const struct mustache_value *view_origin(struct docs_views *views, const struct docs_need *need);

/* NULL where there is nothing to speak of. */
struct mustache_value *view_place(const struct scope *scope, struct span span);
struct mustache_value *view_condition(const struct scope *scope, const struct condition *condition);
struct mustache_value *view_if(const struct scope *scope, const spec_condition *condition);
struct mustache_value *view_generate(
	const struct scope *scope, const struct docs_declaration *declaration, bool is_resolved);
struct mustache_value *view_literal(const struct scope *scope, const struct docs_declaration *declaration);

/* The members of FINDING. */
void view_set_finding(const struct scope *scope, struct mustache_value *map, const struct diag *diag);
void view_set_findings(const struct scope *scope, struct mustache_value *map, const char *name, const char *has_name,
	const struct vec *diags);

/* Environments as a list of LINK. */
void view_set_environments(const struct scope *scope, struct mustache_value *map, const char *name,
	const char *has_name, const struct vec *environments);

/* "=====" below a title, as wide as what the format writes for it: as text or as a literal. */
struct mustache_value *view_rule(const struct scope *scope, struct str text, escape_function *write, char rule);

/* The kinds of pages. */
void view_fill_index(const struct scope *scope, struct mustache_value *view, enum docs_page_kind kind);
void view_fill_application(
	const struct scope *scope, struct mustache_value *view, const struct docs_application *application);
void view_fill_environment(
	const struct scope *scope, struct mustache_value *view, const struct docs_environment *environment);

#endif
