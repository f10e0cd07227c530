#include "text/rst_directive_run.h"

/* What a custom role may be given, by the role that it is made of. */
static const struct {
	const char *base;
	const char *option;
} base_options[] = {
	{"raw", "format"},
	{"code", "language"},
};

struct new_role {
	struct str name, base; /* base empty: none */
};

/* "name" or "name(base)", with blanks around the base. */
static bool parse_role(struct str line, struct new_role *role)
{
	role->name = str_slice(line, 0, rst_simple_name(line));
	role->base = STR("");
	line = rst_strip(str_slice(line, role->name.len, line.len));
	if (role->name.len == 0 || line.len == 0)
		return role->name.len > 0;
	if (line.ptr[0] != '(')
		return false;
	line = rst_strip(str_slice(line, 1, line.len));
	role->base = str_slice(line, 0, rst_simple_name(line));
	return role->base.len > 0 && str_is(rst_strip(str_slice(line, role->base.len, line.len)), ")");
}

static struct str lowered(struct rst_reader *reader, struct str name)
{
	return rst_normalize_name(reader, name);
}

/* Whether the role takes an option. */
static bool takes_option(struct rst_directive *directive, const struct new_role *role, struct str name)
{
	struct str base = lowered(directive->machine->reader, role->base);

	for (size_t i = 0; i < sizeof(base_options) / sizeof(base_options[0]); i++) {
		if (str_is(base, base_options[i].base) && str_is(name, base_options[i].option))
			return true;
	}
	return str_is(name, "class");
}

/* The options of a role stand in the lines below: the form of the directive is that of its base. What is wrong; NULL: nothing. */
static const char *judge_options(struct rst_directive *directive, const struct new_role *role)
{
	const struct rst_block *content = &directive->content;
	struct rst_reader *reader = directive->machine->reader;
	struct vec options = VEC_INIT(struct rst_option);
	size_t first = 1, end = 1;

	while (first < content->len && content->lines[first].text.len == 0)
		first++;
	for (end = first; end < content->len && content->lines[end].text.len > 0;)
		end++;
	const char *wrong = rst_parse_options(directive->machine, &content->lines[first], end - first, &options);
	for (size_t i = 0; i < options.len && !wrong; i++) {
		const struct rst_option *option = vec_at(&options, i);
		bool is_class = str_is(option->name, "class");
		if (!takes_option(directive, role, option->name))
			wrong = "it has no such option";
		else if (is_class && !rst_option_class(reader, option->value))
			wrong = "no class can be made of its option; write words that begin with a letter";
	}
	vec_release(&options);
	if (!wrong && end < content->len)
		wrong = "it takes no text below, but options only";
	return wrong;
}

static const char *judge_role(struct rst_directive *directive, struct new_role *role)
{
	struct rst_reader *reader = directive->machine->reader;

	/* The next line will do, the one behind it will not. */
	if (directive->content.len == 0 || directive->content.lines[0].number > directive->line->number + 1)
		return "it needs the name of the role behind the \"::\"";
	if (!parse_role(directive->content.lines[0].text, role))
		return "names of roles consist of letters and digits, with single hyphens; write \"name\" or "
		       "\"name(other)\"";
	if (role->base.len > 0 && !rst_knows_role(reader, role->base))
		return "there is no role of the name in parentheses";
	if (!rst_option_class(reader, role->name))
		return "no class can be made of its name; let it begin with a letter";
	return judge_options(directive, role);
}

void rst_run_role(struct rst_directive *directive)
{
	struct new_role role = {.name = STR("")};
	const char *wrong = judge_role(directive, &role);

	if (wrong) {
		rst_refuse(directive, DOCUMENT_LEVEL_ERROR, "directive \"role\": %s", wrong);
		return;
	}
	rst_declare_role(directive->machine->reader, role.name);
	rst_set_aside(directive);
}

void rst_run_default_role(struct rst_directive *directive)
{
	struct rst_reader *reader = directive->machine->reader;
	struct str name = directive->argument.text;

	if (name.len > 0 && !rst_knows_role(reader, name)) {
		rst_refuse(directive, DOCUMENT_LEVEL_ERROR, "there is no role \"%.*s\"", STR_ARG(name));
		return;
	}
	rst_set_default_role(reader, name);
	rst_set_aside(directive);
}
