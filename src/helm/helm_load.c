/* Most templates load at once. Where one does not, each of its documents is loaded on its own; and where one of these does not either, because the
 * arms of an `if` cannot stand in one tree, it is loaded twice, each time without one of them. */
#include "helm/helm_load.h"

#include "helm/helm_prune.h"
#include "yaml/stream.h"

/* Loads of parts that a template may take beyond the first. */
#define ATTEMPTS_OF_READINGS 6

struct problem {
	uint32_t at;
	struct str message;
};

static int compare_ranges(const struct helm_range *range, uint32_t start)
{
	return range->start < start ? -1 : range->start > start;
}

/* The range that starts at offset, or NULL. */
static const struct helm_range *find_range(const struct helm_range *ranges, size_t count, uint32_t offset)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = compare_ranges(&ranges[middle], offset);

		if (order == 0)
			return &ranges[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* Gives a scalar all of the actions that it begins or ends with. Block scalars end with their last one, though it may have left nothing behind. */
static void settle_scalar(const struct helm_blank *blank, struct node *node)
{
	const struct helm_range *range;

	if (node->style == NODE_LITERAL || node->style == NODE_FOLDED) {
		range = find_range(blank->scalars, blank->scalar_count, node->value_start);
		node->end = range ? range->end : node->end;
	} else if (node->style == NODE_PLAIN && blank->move_count > 0 && node->scalar.len > 0) {
		range = find_range(blank->moves, blank->move_count, node->end);
		node->end = range ? range->end : node->end;
		range = find_range(blank->moves, blank->move_count, node->value_start);
		if (range && node->start == node->value_start)
			node->start = range->end;
		node->value_start = range ? range->end : node->value_start;
	}
}

/* Moves a tree to where its text stands in the template. */
static void settle(const struct helm_blank *blank, struct node *node, struct helm_extract *extract)
{
	bool is_empty = node->end <= node->start, is_bare = node->value_start <= node->start;

	node->start = helm_extract_start(extract, node->start);
	node->value_start = is_bare ? node->start : helm_extract_start(extract, node->value_start);
	switch ((enum node_kind)node->kind) {
	case NODE_MAPPING:
		for (uint32_t i = 0; i < node->mapping.count; i++) {
			settle(blank, node->mapping.pairs[i].key, extract);
			settle(blank, node->mapping.pairs[i].value, extract);
		}
		break;
	case NODE_SEQUENCE:
		for (uint32_t i = 0; i < node->sequence.count; i++)
			settle(blank, node->sequence.items[i], extract);
		break;
	case NODE_SCALAR:
	case NODE_ALIAS:
		break;
	}
	node->end = is_empty ? node->start : helm_extract_end(extract, node->end);
	if (node->kind == NODE_SCALAR)
		settle_scalar(blank, node);
}

static void add_zone(struct vec *zones, uint32_t start, uint32_t end, struct node *root)
{
	struct helm_zone *zone = vec_push(zones);

	*zone = (struct helm_zone){.start = start, .end = end, .root = root};
}

/* The documents of a stream as zones of [start, end); what stands before the first `---` is one, too. */
static void add_zones(struct vec *zones, const struct helm_blank *blank, const struct yaml_stream *stream,
	struct helm_extract *extract, uint32_t start, uint32_t end)
{
	uint32_t from = start;

	for (size_t i = 0; i < stream->documents.len; i++) {
		const struct yaml_document *document = vec_at(&stream->documents, i);
		uint32_t at = helm_extract_start(extract, document->span.start);
		bool is_marked = document->span.end > document->span.start;

		if (is_marked && at > from)
			add_zone(zones, from, at, NULL);
		if (i > 0 || is_marked)
			from = at;
		if (i + 1 < stream->documents.len)
			at = helm_extract_start(
				extract, ((struct yaml_document *)vec_at(&stream->documents, i + 1))->span.start);
		else
			at = end;
		if (document->root)
			settle(blank, document->root, extract);
		add_zone(zones, from, at, document->root);
		from = at;
	}
	if (stream->documents.len == 0)
		add_zone(zones, start, end, NULL);
}

/* Loads [start, end) of the template from what is extracted of its blanked text. */
static bool load_extract(struct helm_loader *loader, struct vec *zones, const struct helm_blank *blank,
	struct helm_extract *extract, uint32_t start, uint32_t end, struct problem *problem)
{
	struct yaml_stream *stream = yaml_load(loader->arena, loader->read->source->path, extract->text, false);
	bool loaded = !stream->broken;

	if (loaded) {
		add_zones(zones, blank, stream, extract, start, end);
		stream->source = *loader->read->source;
	} else {
		for (size_t i = 0; i < stream->issues.len; i++) {
			const struct yaml_issue *issue = vec_at(&stream->issues, i);

			*problem = (struct problem){helm_extract_start(extract, issue->span.start), issue->message};
			if (issue->kind == YAML_INVALID || issue->kind == YAML_ENCODING || issue->kind == YAML_NESTING)
				break;
		}
	}
	yaml_stream_release(stream);
	return loaded;
}

/* Loads all of [start, end). */
static bool load_part(struct helm_loader *loader, struct vec *zones, const struct helm_blank *blank, uint32_t start,
	uint32_t end, struct problem *problem)
{
	const struct helm_piece whole = {0, start};
	struct helm_extract extract = {
		.text = str_slice(blank->text, start - blank->base, end - start), .pieces = &whole, .piece_count = 1};

	return load_extract(loader, zones, blank, &extract, start, end, problem);
}

static void add_reading(struct helm_loader *loader, struct helm_fragment *fragment, const struct helm_blank *blank,
	const struct vec *zones, const struct helm_arm *without, uint32_t group)
{
	const struct helm_collection *documents = helm_members(loader, blank, zones);
	struct helm_reading *reading;

	if (documents->members.len == 0)
		return;
	reading = vec_push(&fragment->readings);
	*reading = (struct helm_reading){documents, without, group};
	vec_append(&fragment->documents, documents->members.items, documents->members.len);
}

static void give_up(struct helm_loader *loader, struct helm_fragment *fragment, const struct problem *problem)
{
	struct helm_template *read = loader->read;

	fragment->unreadable = true;
	if (read->gave_up || fragment->define)
		return;
	read->gave_up = true;
	read->problem = problem->message;
	read->problem_at = problem->at;
}

static bool is_without(const struct helm_arm *without, const struct template_list *list)
{
	for (; without; without = without->next) {
		if (without->list == list)
			return true;
	}
	return false;
}

/* Where the last arm of a block begins. */
static uint32_t last_arm(const struct template_node *node)
{
	return node->otherwise ? node->otherwise->start : node->body->start;
}

/* The block in [start, at) whose last arm begins last there; none of its arms is left out so far. */
static void find_choice(const struct template_node **found, const struct template_list *list,
	const struct helm_arm *without, uint32_t start, uint32_t at)
{
	for (size_t i = 0; list && i < list->count && list->nodes[i]->start <= at; i++) {
		const struct template_node *node = list->nodes[i];

		if (node->end <= start || !node->body || node->kind == TEMPLATE_DEFINE || node->kind == TEMPLATE_CALL)
			continue;
		if (last_arm(node) <= at && node->body->start >= start && !is_without(without, node->body) &&
			!is_without(without, node->otherwise) && (!*found || last_arm(*found) < last_arm(node)))
			*found = node;
		if (!is_without(without, node->body))
			find_choice(found, node->body, without, start, at);
		if (!is_without(without, node->otherwise))
			find_choice(found, node->otherwise, without, start, at);
	}
}

/* What is being read in readings. */
struct part {
	struct helm_fragment *fragment;
	uint32_t start, end;
	uint32_t group;
};

static bool read_without(struct helm_loader *loader, const struct part *part, const struct template_list *list,
	const struct helm_arm *without, unsigned attempts, struct problem *problem);

/* Tries a part that did not load without one, then without the other arm of the block before the problem. Of a block with one arm nothing can be read
 * that stands for its being executed. */
static bool read_arms(struct helm_loader *loader, const struct part *part, const struct helm_arm *without,
	unsigned attempts, struct problem *problem)
{
	const struct template_node *choice = NULL;
	bool loaded;

	if (attempts == 0)
		return false;
	find_choice(&choice, part->fragment->list, without, part->start, problem->at);
	if (!choice)
		return false;
	loaded = read_without(loader, part, choice->body, without, attempts - 1, problem);
	return !choice->otherwise
		       ? loaded
		       : read_without(loader, part, choice->otherwise, without, attempts - 1, problem) && loaded;
}

static bool has_root(const struct vec *zones)
{
	for (size_t i = 0; i < zones->len; i++) {
		if (((struct helm_zone *)vec_at(zones, i))->root)
			return true;
	}
	return false;
}

static bool read_without(struct helm_loader *loader, const struct part *part, const struct template_list *list,
	const struct helm_arm *without, unsigned attempts, struct problem *problem)
{
	struct helm_arm *arm = arena_alloc(loader->arena, sizeof(*arm));
	struct vec zones = VEC_INIT(struct helm_zone);
	struct problem found = {0};
	struct helm_blank blank;
	bool loaded;

	if (loader->attempts == 0)
		return false;
	loader->attempts--;
	*arm = (struct helm_arm){list, without};
	helm_blank(&blank, loader->arena, loader->scratch, loader->read->source->text, part->fragment->list, arm);
	loaded = load_part(loader, &zones, &blank, part->start, part->end, &found);
	if (loaded && has_root(&zones))
		add_reading(loader, part->fragment, &blank, &zones, arm, part->group);
	else if (loaded)
		loaded = false; /* what is left out is all that there is */
	else
		loaded = read_arms(loader, part, arm, attempts, &found);
	if (!loaded && str_is_absent(problem->message))
		*problem = found;
	vec_release(&zones);
	return loaded;
}

static void read_part(struct helm_loader *loader, struct helm_fragment *fragment, const struct helm_blank *blank,
	uint32_t start, uint32_t end)
{
	struct part part = {fragment, start, end, ++loader->groups};
	struct vec zones = VEC_INIT(struct helm_zone);
	struct problem problem = {0};

	if (load_part(loader, &zones, blank, start, end, &problem))
		add_reading(loader, fragment, blank, &zones, NULL, 0);
	else if (!read_arms(loader, &part, NULL, ATTEMPTS_OF_READINGS, &problem))
		give_up(loader, fragment, &problem);
	vec_release(&zones);
}

/* Whether a line that separates documents starts at offset. */
static bool is_separator(const struct helm_blank *blank, uint32_t offset)
{
	struct str line = str_slice(blank->text, offset - blank->base, 4);

	return str_starts_with(line, STR("---")) && (line.len == 3 || strchr(" \t\r\n", line.ptr[3]));
}

/* Reads the documents one by one. */
static void read_parts(struct helm_loader *loader, struct helm_fragment *fragment, const struct helm_blank *blank)
{
	uint32_t start = blank->base, end = blank->base + (uint32_t)blank->text.len;

	for (uint32_t at = start; at < end;) {
		at += (uint32_t)str_find(str_slice(blank->text, at - blank->base, blank->text.len), '\n') + 1;
		if (at >= end || is_separator(blank, at)) {
			at = at < end ? at : end;
			read_part(loader, fragment, blank, start, at);
			start = at;
		}
	}
}

/* Of a body without text the insertions are all that there is. */
static void keep_insertions(struct helm_blank *blank, struct arena *arena)
{
	struct helm_insertion *kept = arena_alloc(arena, blank->insertion_count * sizeof(*kept));

	if (blank->insertion_count > 0)
		memcpy(kept, blank->insertions, blank->insertion_count * sizeof(*kept));
	blank->insertions = kept;
}

/* Loads what is of interest, where that can be told beforehand. The blanked text is not kept then. */
static bool load_pruned(struct helm_loader *loader, struct helm_fragment *fragment)
{
	const struct template_list *list = fragment->list;
	struct vec zones = VEC_INIT(struct helm_zone);
	struct helm_blank blank;
	struct helm_extract extract = {.text = STR("")};
	struct problem problem;
	bool loaded;

	helm_blank(&blank, loader->scratch, loader->scratch, loader->read->source->text, list, NULL);
	if (!blank.has_text)
		keep_insertions(&blank, loader->arena);
	loaded = !blank.has_text || helm_prune(&extract, &blank, loader, loader->scratch);
	if (loaded && extract.text.len > 0)
		loaded = load_extract(loader, &zones, &blank, &extract, list->start, list->end, &problem);
	else if (loaded)
		add_zone(&zones, list->start, list->end, NULL);
	if (loaded)
		add_reading(loader, fragment, &blank, &zones, NULL, 0);
	vec_release(&zones);
	arena_clear(loader->scratch);
	return loaded;
}

void helm_load(struct helm_loader *loader, struct helm_fragment *fragment)
{
	const struct template_list *list = fragment->list;
	struct vec zones = VEC_INIT(struct helm_zone);
	struct problem problem = {0};
	struct helm_blank blank;

	if (loader->interest && load_pruned(loader, fragment))
		return;
	helm_blank(&blank, loader->arena, loader->scratch, loader->read->source->text, list, NULL);
	if (!blank.has_text)
		add_zone(&zones, list->start, list->end, NULL);
	if (!blank.has_text || load_part(loader, &zones, &blank, list->start, list->end, &problem))
		add_reading(loader, fragment, &blank, &zones, NULL, 0);
	else
		read_parts(loader, fragment, &blank);
	vec_release(&zones);
	arena_clear(loader->scratch);
}
