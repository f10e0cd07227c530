#include "text/rst_directive.h"
#include "text/rst_directive_run.h"

#define NAMED                                                                                                          \
	{"class", rst_option_class},                                                                                   \
	{                                                                                                              \
		"name", rst_option_any                                                                                 \
	}

#define ADMONITION(directive, element)                                                                                 \
	{                                                                                                              \
		.name = (directive), .whitespace = true, .content = true, .needs_content = true,                       \
		.run = rst_run_admonition, .kind = (element), .options = {NAMED},                                      \
	}

#define QUOTE(directive)                                                                                               \
	{                                                                                                              \
		.name = (directive), .content = true, .needs_content = true, .run = rst_run_quote,                     \
	}

#define CODE(directive)                                                                                                \
	{                                                                                                              \
		.name = (directive), .optional = 1, .content = true, .needs_content = true, .run = rst_run_code,       \
		.options = {NAMED, {"number-lines", rst_option_number_lines}},                                         \
	}

#define IMAGE                                                                                                          \
	{"alt", rst_option_any}, {"height", rst_option_length}, {"width", rst_option_width},                           \
		{"scale", rst_option_percentage}, {"target", rst_option_required}, {"loading", rst_option_loading},    \
		NAMED

#define SECTION_NUMBERS(directive)                                                                                     \
	{                                                                                                              \
		.name = (directive), .run = rst_run_unsupported,                                                       \
		.options = {                                                                                           \
			{"depth", rst_option_integer},                                                                 \
			{"start", rst_option_integer},                                                                 \
			{"prefix", rst_option_required},                                                               \
			{"suffix", rst_option_required},                                                               \
		},                                                                                                     \
	}

#define CLASS(directive)                                                                                               \
	{                                                                                                              \
		.name = (directive), .required = 1, .whitespace = true, .content = true, .run = rst_run_class,         \
	}

#define TABLE                                                                                                          \
	{"class", rst_option_class}, {"name", rst_option_any}, {"align", rst_option_align},                            \
	{                                                                                                              \
		"width", rst_option_width                                                                              \
	}

#define DATA                                                                                                           \
	TABLE, {"widths", rst_option_auto_widths}, {"header-rows", rst_option_count},                                  \
	{                                                                                                              \
		"stub-columns", rst_option_count                                                                       \
	}

/* docutils' directives by their English names. */
static const struct rst_directive_spec directives[] = {
	ADMONITION("attention", DOCUMENT_ATTENTION),
	ADMONITION("caution", DOCUMENT_CAUTION),
	ADMONITION("danger", DOCUMENT_DANGER),
	ADMONITION("error", DOCUMENT_ERROR),
	ADMONITION("hint", DOCUMENT_HINT),
	ADMONITION("important", DOCUMENT_IMPORTANT),
	ADMONITION("note", DOCUMENT_NOTE),
	ADMONITION("tip", DOCUMENT_TIP),
	ADMONITION("warning", DOCUMENT_WARNING),
	{.name = "admonition",
		.required = 1,
		.whitespace = true,
		.content = true,
		.needs_content = true,
		.run = rst_run_admonition,
		.kind = DOCUMENT_ADMONITION,
		.options = {NAMED}},
	{.name = "topic", .required = 1, .whitespace = true, .content = true, .run = rst_run_topic, .options = {NAMED}},
	{.name = "sidebar",
		.optional = 1,
		.whitespace = true,
		.content = true,
		.run = rst_run_topic,
		.options = {NAMED, {"subtitle", rst_option_required}}},
	{.name = "line-block", .content = true, .needs_content = true, .run = rst_run_inline_only, .options = {NAMED}},
	{.name = "parsed-literal",
		.content = true,
		.needs_content = true,
		.run = rst_run_inline_only,
		.options = {NAMED}},
	CODE("code"),
	CODE("code-block"),
	CODE("sourcecode"),
	{.name = "math", .content = true, .run = rst_run_unsupported, .options = {NAMED}},
	{.name = "rubric",
		.required = 1,
		.whitespace = true,
		.run = rst_run_rubric,
		.kind = DOCUMENT_RUBRIC,
		.options = {NAMED}},
	QUOTE("epigraph"),
	QUOTE("highlights"),
	QUOTE("pull-quote"),
	{.name = "compound", .content = true, .needs_content = true, .run = rst_run_nested_only, .options = {NAMED}},
	{.name = "container",
		.optional = 1,
		.whitespace = true,
		.content = true,
		.needs_content = true,
		.run = rst_run_container,
		.options = {{"name", rst_option_any}}},
	{.name = "table",
		.optional = 1,
		.whitespace = true,
		.content = true,
		.run = rst_run_table,
		.options = {TABLE, {"widths", rst_option_widths}}},
	{.name = "csv-table",
		.optional = 1,
		.whitespace = true,
		.content = true,
		.run = rst_run_csv_table,
		.options = {DATA, {"header", rst_option_any}, {"file", rst_option_required},
			{"url", rst_option_required}, {"encoding", rst_option_required},
			{"delim", rst_option_delimiter}, {"keepspace", rst_option_flag},
			{"quote", rst_option_character}, {"escape", rst_option_character}}},
	{.name = "list-table",
		.optional = 1,
		.whitespace = true,
		.content = true,
		.needs_content = true,
		.run = rst_run_list_table,
		.options = {DATA}},
	{.name = "meta", .content = true, .needs_content = true, .run = rst_run_unsupported},
	{.name = "image",
		.required = 1,
		.whitespace = true,
		.run = rst_run_image,
		.options = {IMAGE, {"align", rst_option_image_align}}},
	{.name = "figure",
		.required = 1,
		.whitespace = true,
		.content = true,
		.run = rst_run_figure,
		.options = {IMAGE, {"align", rst_option_align}, {"figwidth", rst_option_figure_width},
			{"figclass", rst_option_class}, {"figname", rst_option_any}}},
	{.name = "include",
		.required = 1,
		.whitespace = true,
		.run = rst_run_unsupported,
		.options = {NAMED, {"literal", rst_option_flag}, {"code", rst_option_any},
			{"encoding", rst_option_required}, {"parser", rst_option_any},
			{"tab-width", rst_option_integer}, {"start-line", rst_option_integer},
			{"end-line", rst_option_integer}, {"start-after", rst_option_any},
			{"end-before", rst_option_any}, {"number-lines", rst_option_number_lines}}},
	{.name = "raw",
		.required = 1,
		.whitespace = true,
		.content = true,
		.run = rst_run_raw,
		.options = {{"file", rst_option_required}, {"url", rst_option_required},
			{"encoding", rst_option_required}, {"class", rst_option_class}}},
	{.name = "replace", .content = true, .run = rst_run_replace},
	{.name = "unicode",
		.required = 1,
		.whitespace = true,
		.run = rst_run_substituted_only,
		.options = {{"trim", rst_option_flag}, {"ltrim", rst_option_flag}, {"rtrim", rst_option_flag}}},
	{.name = "date", .content = true, .run = rst_run_substituted_only},
	CLASS("class"),
	CLASS("rst-class"),
	{.name = "role", .content = true, .run = rst_run_role},
	{.name = "default-role", .optional = 1, .run = rst_run_default_role},
	{.name = "title", .required = 1, .whitespace = true, .run = rst_run_title},
	{.name = "contents",
		.optional = 1,
		.whitespace = true,
		.run = rst_run_contents,
		.options = {{"depth", rst_option_count}, {"local", rst_option_flag},
			{"backlinks", rst_option_backlinks}, {"class", rst_option_class}}},
	SECTION_NUMBERS("sectnum"),
	SECTION_NUMBERS("section-numbering"),
	{.name = "header", .content = true, .needs_content = true, .run = rst_run_nested_only},
	{.name = "footer", .content = true, .needs_content = true, .run = rst_run_nested_only},
	{.name = "target-notes", .run = rst_run_unsupported, .options = {{"class", rst_option_class}}},
	{.name = "restructuredtext-test-directive",
		.optional = 1,
		.whitespace = true,
		.content = true,
		.run = rst_run_test,
		.options = {{"option", rst_option_required}}},
};

const struct rst_directive_spec *rst_find_directive(struct str name)
{
	for (size_t i = 0; i < sizeof(directives) / sizeof(directives[0]); i++) {
		if (rst_is_in_lower_case(name, directives[i].name))
			return &directives[i];
	}
	return NULL;
}
