#include "text/rst_directive_run.h"

void rst_run_admonition(struct rst_directive *directive)
{
	struct rst_machine *machine = directive->machine;
	struct document_node *node = rst_add_directed(directive, directive->spec->kind);

	if (directive->spec->required > 0) {
		struct document_node *title = rst_add(machine, node, DOCUMENT_TITLE, directive->line);
		title->start = directive->argument.at[0];
		title->end = directive->argument.at[directive->argument.text.len];
		rst_inline(machine->reader, title, &directive->argument);
	}
	rst_read_nested(machine, directive->content.lines, directive->content.len, node);
}

void rst_run_rubric(struct rst_directive *directive)
{
	struct document_node *node = rst_add_directed(directive, DOCUMENT_RUBRIC);

	rst_inline(directive->machine->reader, node, &directive->argument);
}

void rst_run_quote(struct rst_directive *directive)
{
	rst_read_quotes(directive->machine, directive->content.lines, directive->content.len, directive->machine->node);
}

/* Languages that Pygments, by which docutils colours code, knows by these names in all its versions. Of others docutils warns, or not, by the version that is there. */
static const char *const languages[] = {"bash", "c", "console", "cpp", "css", "diff", "docker", "dockerfile", "go",
	"html", "ini", "java", "javascript", "js", "json", "make", "makefile", "markdown", "md", "nginx", "perl", "php",
	"python", "python3", "rb", "rest", "rst", "ruby", "rust", "sh", "shell", "sql", "text", "toml", "xml", "yaml",
	"yml"};

static bool is_known_language(struct str language)
{
	for (size_t i = 0; i < sizeof(languages) / sizeof(languages[0]); i++) {
		if (str_is(language, languages[i]))
			return true;
	}
	return language.len == 0;
}

void rst_run_code(struct rst_directive *directive)
{
	struct rst_machine *machine = directive->machine;

	/* Numbers of lines become part of docutils' text. */
	if (!is_known_language(directive->argument.text) || rst_find_option(directive, "number-lines")) {
		rst_set_aside(directive);
		return;
	}
	struct document_node *node = rst_add_directed(directive, DOCUMENT_LITERAL_BLOCK);
	node->name = directive->argument.text.len > 0 ? directive->argument.text : STR_ABSENT;
	node->text = rst_join_plain(machine->reader, directive->content.lines, directive->content.len);
}

/* A table without a title is what its content is; anything else is outside of the subset. */
void rst_run_table(struct rst_directive *directive)
{
	if (directive->content.len == 0) {
		rst_refuse(directive, DOCUMENT_LEVEL_WARNING,
			"directive \"table\" has no table; write one indented below");
		return;
	}
	rst_judge_title(directive);
	const struct document_node *content = rst_read_detached(directive, DOCUMENT_ROOT);
	const struct document_node *only = content->first_child;
	if (!only || only->next || only->kind != DOCUMENT_TABLE) {
		rst_refuse(directive, DOCUMENT_LEVEL_ERROR,
			"directive \"table\" must have one table and nothing else below");
		return;
	}
	rst_set_aside(directive);
}
