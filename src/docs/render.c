#include <assert.h>

#include "docs/docs.h"
#include "docs/templates.h"

void docs_output_file(struct docs_output *output, struct str path, struct str text)
{
	struct docs_file *file = arena_calloc(&output->arena, 1, sizeof(*file));

	file->path = arena_printf(&output->arena, "%.*s%.*s", STR_ARG(output->folder), STR_ARG(path));
	file->text = arena_str(&output->arena, text);
	file->format = vec_last_pointer(&output->formats);
	assert(!map_has(&output->by_path, file->path));
	map_set(&output->by_path, file->path, file);
	vec_push_pointer(&output->files, file);
}

struct str docs_output_asset(struct docs_output *output, const char *name)
{
	return template_set_asset(output->templates, str_of(name));
}

/* The making of one format's pages. */
struct pages {
	struct docs_output *output;
	const struct docs_request *request;
	const struct docs_format *format;
	struct template_set templates;
	struct docs_views *views;
	struct arena arena; /* of one page's view */
	struct strbuf text;
	size_t done;
};

static bool make_page(struct pages *pages, const struct docs_page *page, struct error *error)
{
	const struct docs_request *request = pages->request;
	const struct docs_inventory *inventory = request->inventory;
	struct mustache_value *view = docs_view(pages->views, &pages->arena, page);

	if (request->progress != NULL)
		request->progress(request->progress_context, pages->format->name, pages->done,
			1 + inventory->applications.len + inventory->environments.len);
	if (pages->format->extend != NULL)
		pages->format->extend(view, &pages->arena, inventory, page);
	strbuf_clear(&pages->text);
	if (!template_set_render(&pages->text, &pages->templates, page->kind, view, error))
		return false;
	struct str path = arena_printf(&pages->arena, "%.*s%s", STR_ARG(page->page), pages->format->suffix);
	docs_output_file(pages->output, path, strbuf_str(&pages->text));
	arena_clear(&pages->arena);
	pages->done++;
	return true;
}

/* Those of which there is one: the first page, and those that lead to all of a kind. */
static bool make_single_pages(struct pages *pages, struct error *error)
{
	for (enum docs_page_kind kind = DOCS_PAGE_INDEX; kind <= DOCS_PAGE_ENVIRONMENTS; kind++) {
		struct docs_page page = {.kind = kind, .page = str_of(docs_page_kind_name(kind))};

		if (template_set_has(&pages->templates, kind) && !make_page(pages, &page, error))
			return false;
	}
	return true;
}

static bool make_pages(struct pages *pages, struct error *error)
{
	const struct docs_inventory *inventory = pages->request->inventory;
	struct docs_page page;
	bool done = make_single_pages(pages, error);

	for (size_t i = 0; done && i < inventory->applications.len; i++) {
		const struct docs_application *application = vec_pointer(&inventory->applications, i);

		page = (struct docs_page){
			.kind = DOCS_PAGE_APPLICATION, .page = application->link.page, .application = application};
		done = make_page(pages, &page, error);
	}
	for (size_t i = 0; done && i < inventory->environments.len; i++) {
		const struct docs_environment *environment = vec_pointer(&inventory->environments, i);

		page = (struct docs_page){
			.kind = DOCS_PAGE_ENVIRONMENT, .page = environment->link.page, .environment = environment};
		done = make_page(pages, &page, error);
	}
	return done;
}

static bool render_pages(struct pages *pages, struct error *error)
{
	const struct docs_request *request = pages->request;

	if (!template_set_init(&pages->templates, pages->format, request->templates, error) ||
		!template_set_check(&pages->templates, error))
		return false;
	pages->output->templates = &pages->templates;
	pages->views = docs_views_new(request->inventory, pages->format, &request->view);
	return make_pages(pages, error);
}

static bool render_format(struct docs_output *output, const struct docs_request *request,
	const struct docs_format *format, struct error *error)
{
	struct pages pages = {.output = output, .request = request, .format = format, .text = STRBUF_INIT};
	bool done = true;

	vec_push_pointer(&output->formats, format);
	if (request->format_count > 1)
		output->folder = arena_printf(&output->arena, "%s/", format->name);
	arena_init(&pages.arena);
	if (format->templates != NULL)
		done = render_pages(&pages, error);
	if (done && format->files != NULL)
		format->files(output, request->inventory);
	output->templates = NULL;
	docs_views_free(pages.views);
	if (format->templates != NULL)
		template_set_release(&pages.templates);
	arena_release(&pages.arena);
	strbuf_release(&pages.text);
	return done;
}

bool docs_render(struct docs_output *output, const struct docs_request *request, struct error *error)
{
	bool done = request->templates == NULL ||
		    template_folder_check(request->templates, request->formats, request->format_count, error);

	*output = (struct docs_output){
		.files = VEC_INIT(struct docs_file *),
		.formats = VEC_INIT(const struct docs_format *),
		.folder = STR(""),
	};
	arena_init(&output->arena);
	map_init(&output->by_path);
	for (size_t i = 0; done && i < request->format_count; i++)
		done = render_format(output, request, request->formats[i], error);
	return done;
}

void docs_output_release(struct docs_output *output)
{
	vec_release(&output->files);
	vec_release(&output->formats);
	map_release(&output->by_path);
	arena_release(&output->arena);
}
