#include "base/ascii.h"
#include "base/nearest.h"
#include "text/rst_inline_private.h"
#include "text/rst_reference_private.h"

/* What a role makes of its text. */
enum role_form {
	ROLE_ELEMENT,  /* an element of a kind */
	ROLE_RAW_TEXT, /* the same, with backslashes as they are */
	ROLE_PEP,
	ROLE_RFC,
	ROLE_WITHOUT_FORMAT, /* raw: good for nothing by itself */
	ROLE_UNIMPLEMENTED,  /* of a name that docutils keeps for later */
};

/* docutils' roles by all their names; the first name of a kind is its own one. */
#define RST_ROLES(ROW)                                                                                                 \
	ROW("abbreviation", ROLE_ELEMENT, DOCUMENT_ABBREVIATION)                                                       \
	ROW("ab", ROLE_ELEMENT, DOCUMENT_ABBREVIATION)                                                                 \
	ROW("acronym", ROLE_ELEMENT, DOCUMENT_ACRONYM)                                                                 \
	ROW("ac", ROLE_ELEMENT, DOCUMENT_ACRONYM)                                                                      \
	ROW("code", ROLE_RAW_TEXT, DOCUMENT_LITERAL)                                                                   \
	ROW("emphasis", ROLE_ELEMENT, DOCUMENT_EMPHASIS)                                                               \
	ROW("literal", ROLE_ELEMENT, DOCUMENT_LITERAL)                                                                 \
	ROW("math", ROLE_RAW_TEXT, DOCUMENT_MATH)                                                                      \
	ROW("pep-reference", ROLE_PEP, DOCUMENT_REFERENCE)                                                             \
	ROW("pep", ROLE_PEP, DOCUMENT_REFERENCE)                                                                       \
	ROW("rfc-reference", ROLE_RFC, DOCUMENT_REFERENCE)                                                             \
	ROW("rfc", ROLE_RFC, DOCUMENT_REFERENCE)                                                                       \
	ROW("strong", ROLE_ELEMENT, DOCUMENT_STRONG)                                                                   \
	ROW("subscript", ROLE_ELEMENT, DOCUMENT_SUBSCRIPT)                                                             \
	ROW("sub", ROLE_ELEMENT, DOCUMENT_SUBSCRIPT)                                                                   \
	ROW("superscript", ROLE_ELEMENT, DOCUMENT_SUPERSCRIPT)                                                         \
	ROW("sup", ROLE_ELEMENT, DOCUMENT_SUPERSCRIPT)                                                                 \
	ROW("title-reference", ROLE_ELEMENT, DOCUMENT_TITLE_REFERENCE)                                                 \
	ROW("title", ROLE_ELEMENT, DOCUMENT_TITLE_REFERENCE)                                                           \
	ROW("t", ROLE_ELEMENT, DOCUMENT_TITLE_REFERENCE)                                                               \
	ROW("raw", ROLE_WITHOUT_FORMAT, DOCUMENT_TEXT)                                                                 \
	ROW("index", ROLE_UNIMPLEMENTED, DOCUMENT_TEXT)                                                                \
	ROW("i", ROLE_UNIMPLEMENTED, DOCUMENT_TEXT)                                                                    \
	ROW("anonymous-reference", ROLE_UNIMPLEMENTED, DOCUMENT_TEXT)                                                  \
	ROW("citation-reference", ROLE_UNIMPLEMENTED, DOCUMENT_TEXT)                                                   \
	ROW("footnote-reference", ROLE_UNIMPLEMENTED, DOCUMENT_TEXT)                                                   \
	ROW("named-reference", ROLE_UNIMPLEMENTED, DOCUMENT_TEXT)                                                      \
	ROW("substitution-reference", ROLE_UNIMPLEMENTED, DOCUMENT_TEXT)                                               \
	ROW("uri-reference", ROLE_UNIMPLEMENTED, DOCUMENT_TEXT)                                                        \
	ROW("uri", ROLE_UNIMPLEMENTED, DOCUMENT_TEXT)                                                                  \
	ROW("url", ROLE_UNIMPLEMENTED, DOCUMENT_TEXT)                                                                  \
	ROW("target", ROLE_UNIMPLEMENTED, DOCUMENT_TEXT)                                                               \
	ROW("restructuredtext-unimplemented-role", ROLE_UNIMPLEMENTED, DOCUMENT_TEXT)

static const struct role {
	const char *name;
	enum role_form form;
	enum document_kind kind;
} roles[] = {
#define RST_ROLE_ROW(name, form, kind) {name, form, kind},
	RST_ROLES(RST_ROLE_ROW)
#undef RST_ROLE_ROW
};

static const struct role *find_role(struct str name)
{
	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
		if (str_is(name, roles[i].name))
			return &roles[i];
	}
	return NULL;
}

/* Whether the host has a role of that name, which is in lower case. */
static bool is_of_host(struct rst_reader *reader, struct str name)
{
	for (size_t i = 0; i < reader->options->role_count; i++) {
		if (str_equal(rst_normalize_name(reader, reader->options->roles[i]), name))
			return true;
	}
	return false;
}

bool rst_knows_role(struct rst_reader *reader, struct str name)
{
	struct str folded = rst_normalize_name(reader, name);

	return map_has(&reader->references->roles, folded) || find_role(folded) || is_of_host(reader, folded);
}

void rst_declare_role(struct rst_reader *reader, struct str name)
{
	map_set(&reader->references->roles, rst_normalize_name(reader, name), reader);
}

void rst_set_default_role(struct rst_reader *reader, struct str name)
{
	reader->references->default_role = rst_normalize_name(reader, name);
}

/* A number as Python reads one: white space around it, a sign before it, single underscores within; -1 where it is none. */
static long parse_number(struct str text)
{
	struct str rest = rst_strip(text);
	bool is_negative = rest.len > 0 && rest.ptr[0] == '-';
	bool was_digit = false;
	long number = 0;

	if (is_negative || (rest.len > 0 && rest.ptr[0] == '+'))
		rest = str_slice(rest, 1, rest.len);
	for (size_t i = 0; i < rest.len; i++) {
		bool is_digit = ascii_is_digit(rest.ptr[i]);
		if (!is_digit && !(rest.ptr[i] == '_' && was_digit))
			return -1;
		if (is_digit && number < 1000000000)
			number = 10 * number + (rest.ptr[i] - '0');
		was_digit = is_digit;
	}
	if (!was_digit || (is_negative && number > 0))
		return -1;
	return number;
}

static void add_pep(struct rst_inliner *in, struct rst_range whole, struct str text)
{
	struct arena *arena = &in->reader->document->arena;
	long number = parse_number(text);

	if (number < 0 || number > 9999) {
		rst_problem(in, DOCUMENT_LEVEL_ERROR, whole, "\"%.*s\" is no PEP: write a number from 0 to 9999",
			STR_ARG(text));
		return;
	}
	struct document_node *node =
		rst_add_inline_text(in, DOCUMENT_REFERENCE, whole, arena_printf(arena, "PEP %.*s", STR_ARG(text)));
	node->target = arena_printf(arena, "https://peps.python.org/pep-%04ld", number);
}

static void add_rfc(struct rst_inliner *in, struct rst_range whole, struct str text)
{
	struct arena *arena = &in->reader->document->arena;
	size_t hash = str_find(text, '#');
	long number = parse_number(str_slice(text, 0, hash));

	if (number < 1) {
		rst_problem(
			in, DOCUMENT_LEVEL_ERROR, whole, "\"%.*s\" is no RFC: write a number from 1 on", STR_ARG(text));
		return;
	}
	struct document_node *node =
		rst_add_inline_text(in, DOCUMENT_REFERENCE, whole, arena_printf(arena, "RFC %ld", number));
	node->target = arena_printf(
		arena, "https://tools.ietf.org/html/rfc%ld.html%.*s", number, STR_ARG(str_slice(text, hash, text.len)));
}

static void add_known(struct rst_inliner *in, const struct role *role, struct rst_range whole, struct rst_range content)
{
	switch (role->form) {
	case ROLE_ELEMENT:
		rst_add_inline_text(in, role->kind, whole, rst_unescaped(in, content));
		break;
	case ROLE_RAW_TEXT:
		rst_add_inline_text(in, role->kind, whole, rst_raw(in, content));
		break;
	case ROLE_PEP:
		add_pep(in, whole, rst_unescaped(in, content));
		break;
	case ROLE_RFC:
		add_rfc(in, whole, rst_unescaped(in, content));
		break;
	case ROLE_WITHOUT_FORMAT:
		rst_problem(in, DOCUMENT_LEVEL_ERROR, whole,
			"the role \"raw\" has no format by itself, so nothing is shown: derive a role from it with `.. "
			"role::`");
		break;
	case ROLE_UNIMPLEMENTED:
		rst_problem(in, DOCUMENT_LEVEL_ERROR, whole,
			"the role \"%s\" is reserved and does nothing, so nothing is shown: use another one",
			role->name);
		break;
	}
}

/* "text <target>", of which the target alone is what a role of the host wants; else the text is both. */
static void add_of_host(struct rst_inliner *in, struct str name, struct rst_range whole, struct rst_range content)
{
	struct rst_range title = content, target = content;
	size_t open = content.to - 1;

	if (in->characters[open] == '>') {
		while (open > content.from && in->characters[open] != '<')
			open--;
		if (open > content.from && in->characters[open - 1] != RST_ESCAPE) {
			target = (struct rst_range){open + 1, content.to - 1};
			title.to = open;
			while (title.to > title.from && rst_is_space(in->characters[title.to - 1]))
				title.to--;
		}
	}
	struct document_node *node = rst_add_inline_text(in, DOCUMENT_ROLE, whole, rst_unescaped(in, title));
	node->name = arena_str(&in->reader->document->arena, name);
	node->target = rst_unescaped(in, target);
}

static void complain_of_unknown(struct rst_inliner *in, struct rst_range whole, struct str name)
{
	struct nearest nearest;

	nearest_init(&nearest, name);
	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		nearest_offer_any_case(&nearest, str_of(roles[i].name));
	for (size_t i = 0; i < in->reader->options->role_count; i++)
		nearest_offer_any_case(&nearest, in->reader->options->roles[i]);
	if (str_is_absent(nearest.best))
		rst_problem(in, DOCUMENT_LEVEL_ERROR, whole,
			"there is no role \"%.*s\": write ``…`` for a literal text, *…* for emphasis", STR_ARG(name));
	else
		rst_problem(in, DOCUMENT_LEVEL_ERROR, whole, "there is no role \"%.*s\": did you mean \"%.*s\"?",
			STR_ARG(name), STR_ARG(nearest.best));
}

void rst_add_interpreted(struct rst_inliner *in, struct rst_range whole, struct rst_range content, struct str name)
{
	const struct rst_references *references = in->reader->references;
	struct str folded = name.len > 0 ? rst_normalize_name(in->reader, name) : references->default_role;
	const struct role *role = find_role(folded.len > 0 ? folded : STR("title-reference"));

	if (map_has(&references->roles, folded) || (!role && is_of_host(in->reader, folded)))
		add_of_host(in, folded, whole, content);
	else if (role)
		add_known(in, role, whole, content);
	else
		complain_of_unknown(in, whole, name);
}
