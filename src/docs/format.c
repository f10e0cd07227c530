#include "docs/format.h"

#include "docs/inventory_json.h"
#include "docs/site.h"

extern const struct embedded_file docs_rst_templates[];
extern const struct embedded_file docs_myst_templates[];
extern const struct embedded_file docs_html_templates[];

/* Links are roles with a title in front of the label: a title must not look as if it had a label of its own. */
static void escape_rst_title(struct strbuf *out, struct str text)
{
	struct strbuf escaped = STRBUF_INIT;
	bool is_escaped = false;

	escape_rst(&escaped, text);
	for (size_t i = 0; i < escaped.len; i++) {
		if (escaped.ptr[i] == '<' && !is_escaped)
			strbuf_append_char(out, '\\');
		strbuf_append_char(out, escaped.ptr[i]);
		is_escaped = escaped.ptr[i] == '\\' && !is_escaped;
	}
	strbuf_release(&escaped);
}

static void code_html(struct strbuf *out, struct str text)
{
	strbuf_append_c(out, "<code>");
	escape_html_text(out, text);
	strbuf_append_c(out, "</code>");
}

static const struct docs_format formats[] = {
	{
		.name = "rst",
		.suffix = ".rst",
		.summary = "reStructuredText for Sphinx",
		.prose = DOCUMENT_FORMAT_RST,
		.heading = 2,
		.escape = escape_rst_title,
		.code = escape_rst_literal,
		.templates = docs_rst_templates,
	},
	{
		.name = "html",
		.suffix = ".html",
		.summary = "A site of its own, which needs no server",
		.prose = DOCUMENT_FORMAT_HTML,
		.heading = 3,
		.escape = escape_html_attribute,
		.code = code_html,
		.templates = docs_html_templates,
		.extend = site_extend,
		.files = site_files,
	},
	{
		.name = "json",
		.suffix = ".json",
		.summary = "The whole resolved model as data",
		.files = inventory_json_files,
	},
	{
		.name = "myst",
		.suffix = ".md",
		.summary = "MyST Markdown for Sphinx",
		.prose = DOCUMENT_FORMAT_MYST,
		.heading = 2,
		.escape = escape_myst,
		.code = escape_myst_literal,
		.templates = docs_myst_templates,
	},
};

static const char *const page_kind_names[DOCS_PAGE_KIND_COUNT] = {
	[DOCS_PAGE_INDEX] = "index",
	[DOCS_PAGE_APPLICATIONS] = "applications",
	[DOCS_PAGE_ENVIRONMENTS] = "environments",
	[DOCS_PAGE_APPLICATION] = "application",
	[DOCS_PAGE_ENVIRONMENT] = "environment",
};

const char *docs_page_kind_name(enum docs_page_kind kind)
{
	return page_kind_names[kind];
}

size_t docs_format_count(void)
{
	return sizeof(formats) / sizeof(formats[0]);
}

const struct docs_format *docs_format_at(size_t index)
{
	return &formats[index];
}

const struct docs_format *docs_format_find(struct str name)
{
	for (size_t i = 0; i < docs_format_count(); i++) {
		if (str_is(name, formats[i].name))
			return &formats[i];
	}
	return NULL;
}
