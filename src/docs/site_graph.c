#include "base/utf8.h"
#include "base/xalloc.h"
#include "docs/graph.h"
#include "docs/site_private.h"
#include "text/escape.h"

#include <stdlib.h>

#define LABEL_COLUMNS_MAX 28
#define LABEL_EIGHTHS     59 /* a column of the labels, in eighths of a pixel */
#define LABEL_PADDING     22
#define ARROW_LENGTH      7
#define ARROW_WIDTH       4

/* An application in the picture. */
struct box {
	const struct docs_application *application;
	struct str label;  /* in the picture's arena */
	size_t from_count; /* secrets that it copies */
	size_t to_count;   /* that are copied from it */
};

struct picture {
	struct strbuf *out;
	struct graph graph;
	struct arena arena;
	struct vec boxes;   /* struct box, as those of the graph */
	struct map by_name; /* struct box index + 1 */
	const struct vec *copies;
	struct vec firsts; /* size_t: of each edge, its first copy */
	const struct docs_application *self;
	struct str root;
};

/* A label that fits, with an ellipsis where it is cut. */
static struct str fit_label(struct arena *arena, struct str name)
{
	struct strbuf visible = STRBUF_INIT;
	struct str shown;

	strbuf_append_visible(&visible, utf8_prefix(view_shown(name), LABEL_COLUMNS_MAX * 8));
	shown = strbuf_str(&visible);
	while (utf8_display_width(shown, 0) > LABEL_COLUMNS_MAX)
		shown = utf8_prefix(shown, shown.len - 1);
	if (shown.len == visible.len &&
		utf8_prefix(view_shown(name), LABEL_COLUMNS_MAX * 8).len == view_shown(name).len)
		shown = arena_str(arena, shown);
	else
		shown = arena_printf(arena, "%.*s\xE2\x80\xA6", STR_ARG(shown));
	strbuf_release(&visible);
	return shown;
}

static size_t find_box(struct picture *picture, const struct docs_application *application)
{
	void **slot = map_slot(&picture->by_name, application->link.name);

	if (*slot == NULL) {
		struct box *box = vec_push(&picture->boxes);

		box->application = application;
		box->label = fit_label(&picture->arena, application->link.name);
		int columns = (int)utf8_display_width(box->label, 0);
		graph_add_box(&picture->graph, columns * LABEL_EIGHTHS / 8 + LABEL_PADDING);
		*slot = (void *)(uintptr_t)picture->boxes.len;
	}
	return (size_t)(uintptr_t)*slot - 1;
}

static void collect(struct picture *picture)
{
	for (size_t i = 0, count; i < picture->copies->len; i += count) {
		const struct site_copy *copy = vec_at(picture->copies, i);
		size_t from = find_box(picture, copy->source->application);
		size_t to = find_box(picture, copy->target->application);

		count = site_copies_alike(picture->copies, i);
		((struct box *)vec_at(&picture->boxes, from))->to_count += count;
		((struct box *)vec_at(&picture->boxes, to))->from_count += count;
		graph_add_edge(&picture->graph, from, to);
		vec_append(&picture->firsts, &i, 1);
	}
}

static void write_count(struct strbuf *out, size_t count, const char *one, const char *many)
{
	strbuf_printf(out, "%zu %s", count, count == 1 ? one : many);
}

/* "mobu → nublado: 2 secrets" and a line for each of them. */
static void write_edge_title(struct picture *picture, size_t first, size_t count)
{
	const struct site_copy *copy = vec_at(picture->copies, first);
	struct strbuf *out = picture->out;

	strbuf_append_c(out, "<title>");
	escape_html_text(out, copy->source->application->link.name);
	strbuf_append_c(out, " \xE2\x86\x92 ");
	escape_html_text(out, copy->target->application->link.name);
	strbuf_append_c(out, ": ");
	write_count(out, count, "secret", "secrets");
	for (size_t i = first; i < first + count; i++) {
		copy = vec_at(picture->copies, i);
		strbuf_append_c(out, "\n");
		escape_html_text(out, copy->source->link.name);
		if (str_equal(copy->source->link.name, copy->target->link.name))
			continue;
		strbuf_append_c(out, " as ");
		escape_html_text(out, copy->target->link.name);
	}
	strbuf_append_c(out, "</title>");
}

static void write_way(struct strbuf *out, const struct graph_edge *edge)
{
	struct graph_point at = edge->start;

	strbuf_printf(out, "M%d %d", at.x, at.y);
	for (size_t i = 0; i < edge->step_count; i++) {
		struct graph_point to = edge->steps[i].to;

		if (i + 1 == edge->step_count)
			to.x += edge->goes_back ? ARROW_LENGTH - 1 : 1 - ARROW_LENGTH;
		if (edge->steps[i].bends && to.y != at.y)
			strbuf_printf(out, "C%d %d %d %d %d %d", (at.x + to.x) / 2, at.y, (at.x + to.x) / 2, to.y, to.x,
				to.y);
		else
			strbuf_printf(out, "H%d", to.x);
		at = edge->steps[i].to;
	}
}

static void write_arrow(struct strbuf *out, const struct graph_edge *edge)
{
	struct graph_point tip = edge->steps[edge->step_count - 1].to;
	int back = tip.x + (edge->goes_back ? ARROW_LENGTH : -ARROW_LENGTH);

	strbuf_printf(out, "<path class=\"tip\" d=\"M%d %dL%d %dL%d %dz\"/>", tip.x, tip.y, back, tip.y - ARROW_WIDTH,
		back, tip.y + ARROW_WIDTH);
}

static void write_edges(struct picture *picture)
{
	struct strbuf *out = picture->out;

	for (size_t i = 0; i < picture->graph.edges.len; i++) {
		const struct graph_edge *edge = vec_at(&picture->graph.edges, i);
		size_t first = *(const size_t *)vec_at(&picture->firsts, i);
		size_t count = site_copies_alike(picture->copies, first);

		strbuf_printf(out, "<g class=\"edge%s\" data-from=\"%zu\" data-to=\"%zu\">", count > 1 ? " wide" : "",
			edge->from, edge->to);
		write_edge_title(picture, first, count);
		strbuf_append_c(out, "<path class=\"way\" d=\"");
		write_way(out, edge);
		strbuf_append_c(out, "\"/>");
		write_arrow(out, edge);
		strbuf_append_c(out, "</g>\n");
	}
}

static void write_box_title(struct strbuf *out, const struct box *box)
{
	strbuf_append_c(out, "<title>");
	escape_html_text(out, view_shown(box->application->link.name));
	if (box->from_count > 0) {
		strbuf_append_c(out, ": copies ");
		write_count(out, box->from_count, "secret", "secrets");
	}
	if (box->to_count > 0) {
		strbuf_append_c(out, box->from_count > 0 ? ", gives " : ": gives ");
		write_count(out, box->to_count, "secret", "secrets");
	}
	strbuf_append_c(out, "</title>");
}

static void write_box(struct picture *picture, size_t index)
{
	const struct box *box = vec_at(&picture->boxes, index);
	const struct graph_box *place = vec_at(&picture->graph.boxes, index);
	const char *kind = box->from_count == 0 ? " gives" : box->to_count == 0 ? " takes" : "";
	struct strbuf *out = picture->out;

	strbuf_printf(out, "<a class=\"box%s%s\" data-box=\"%zu\" href=\"", kind,
		box->application == picture->self ? " self" : "", index);
	escape_html_attribute(out, picture->root);
	escape_html_attribute(out, site_href(&picture->arena, &box->application->link, false));
	strbuf_append_c(out, "\">");
	write_box_title(out, box);
	strbuf_printf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"5\"/><text x=\"%d\" y=\"%d\">",
		place->corner.x, place->corner.y, place->given_width, GRAPH_BOX_HEIGHT,
		place->corner.x + place->given_width / 2, place->corner.y + GRAPH_BOX_HEIGHT / 2 + 4);
	escape_html_text(out, box->label);
	strbuf_append_c(out, "</text></a>\n");
}

static void write_picture(struct picture *picture)
{
	struct strbuf *out = picture->out;
	int width = picture->graph.width;
	int height = picture->graph.height;

	strbuf_printf(out,
		"<svg class=\"graph\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"group\" "
		"aria-labelledby=\"graph-title\" aria-describedby=\"graph-description\">\n",
		width, height, width, height);
	strbuf_append_c(out, "<title id=\"graph-title\">Which application copies secrets from which</title>\n");
	strbuf_append_c(out, "<desc id=\"graph-description\">");
	write_count(out, picture->boxes.len, "application", "applications");
	strbuf_append_c(out, " as boxes, ");
	write_count(out, picture->graph.edges.len, "arrow", "arrows");
	strbuf_append_c(out, " from where secrets are copied to where the copies are.");
	strbuf_append_c(out, picture->self == NULL ? " The table below says the same.</desc>\n" : "</desc>\n");
	write_edges(picture);
	for (size_t i = 0; i < picture->boxes.len; i++)
		write_box(picture, i);
	strbuf_append_c(out, "</svg>");
}

void site_write_graph(
	struct strbuf *out, const struct vec *copies, const struct docs_application *self, struct str root)
{
	struct picture picture = {.out = out,
		.boxes = VEC_INIT(struct box),
		.copies = copies,
		.firsts = VEC_INIT(size_t),
		.self = self,
		.root = root};

	arena_init(&picture.arena);
	map_init(&picture.by_name);
	graph_init(&picture.graph);
	collect(&picture);
	graph_lay_out(&picture.graph);
	write_picture(&picture);
	graph_release(&picture.graph);
	map_release(&picture.by_name);
	vec_release(&picture.boxes);
	vec_release(&picture.firsts);
	arena_release(&picture.arena);
}
