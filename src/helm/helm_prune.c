/* Going over blanked text line by line: what is kept of it is decided by what each is a part of. */
#include "helm/helm_prune_private.h"

/* A key as the template has it; absent where that is on several lines. */
static struct str written_key(const struct pruner *pruner, const struct prune_line *parts, uint32_t start)
{
	struct str blanked = str_slice(pruner->text, start + parts->key_start, parts->key_end - parts->key_start);
	struct str written = str_slice(pruner->source, start + parts->key_start, blanked.len);

	if (str_equal(blanked, written))
		return parts->key;
	return pruner->blank->move_count > 0 ? STR_ABSENT : written;
}

/* A line with text in the column of indent. */
static bool take_line(struct pruner *pruner, struct str line, uint32_t start, uint32_t indent)
{
	struct prune_line parts;
	struct prune_level *last;
	struct str key;
	uint32_t base = pruner->blank->base;

	if ((pruner->has_tabs && memchr(line.ptr, '\t', line.len)) || !prune_read_line(&parts, line, indent))
		return false;
	for (size_t i = 0; i < parts.dash_count; i++) {
		uint32_t dash = parts.dashes[i];

		if (i == 0 ? !prune_begin_first(pruner, base + start + dash, dash, true, STR_ABSENT)
			   : !prune_begin_next(pruner, dash, true, STR_ABSENT))
			return false;
	}
	if (parts.content == PRUNE_KEY) {
		key = written_key(pruner, &parts, start);
		if (str_is_absent(key) ||
			(parts.dash_count == 0 ? !prune_begin_first(pruner, base + start + indent, indent, false, key)
					       : !prune_begin_next(pruner, parts.key_start, false, key)))
			return false;
	}
	last = &pruner->levels[pruner->depth - 1];
	last->value = parts.content == PRUNE_KEY ? parts.value : parts.content;
	if (last->value == PRUNE_FLOW && last->member_care == CARE_ASK)
		prune_keep_levels(pruner, pruner->depth); /* what is of interest may be inside */
	pruner->in_block = pruner->body_open = last->value == PRUNE_BLOCK;
	pruner->body = 0;
	return true;
}

/* The end of a document: what is inserted there belongs to it. It goes from its first member to its last: blocks of the template around it, or a part of it, are told
 * by that. Of one that is inserted itself it must be plain whether it is a mapping or a sequence, though nothing in it may be of interest. */
static void end_document(struct pruner *pruner, uint32_t offset)
{
	if (pruner->depth > 0)
		prune_place_insertions(pruner, offset, 0);
	else
		prune_place_first_insertions(pruner, offset);
	if (pruner->depth > 0 && (pruner->place || pruner->kept > pruner->kept_before)) {
		prune_keep_line(pruner, pruner->levels[0].first.line);
		prune_keep_line(pruner, pruner->levels[0].at.line);
	}
	pruner->kept_before = pruner->kept;
	pruner->depth = 0;
	pruner->pins_next = false;
	pruner->in_block = false;
}

static bool is_separator(struct str line)
{
	struct str rest = str_trim(str_slice(line, 3, line.len));

	return str_starts_with(line, STR("---")) && (rest.len == 0 || (*rest.ptr == '#' && line.ptr[3] != '#'));
}

/* Whether a line is part of the block scalar before it; text is in the column of indent. */
static bool is_body(struct pruner *pruner, struct str line, uint32_t indent)
{
	uint32_t least = pruner->body;

	if (!pruner->body_open)
		return false;
	if (least == 0)
		least = pruner->levels[pruner->depth - 1].column + 1;
	pruner->body_open = indent == line.len || indent >= least;
	if (pruner->body_open && indent < line.len && pruner->body == 0)
		pruner->body = indent;
	return pruner->body_open;
}

/* Whether a line is deep within a member of which all is kept, or nothing: then it need not be understood. */
static bool is_decided(struct pruner *pruner, uint32_t indent)
{
	const struct prune_level *level = pruner->depth > 0 ? &pruner->levels[pruner->depth - 1] : NULL;

	if (!level || level->member_care == CARE_ASK || indent <= level->column)
		return false;
	pruner->in_block = true; /* it may be of a block scalar, for all that is known */
	if (level->member_care == CARE_ALL)
		prune_keep_line(pruner, pruner->lines.len - 1);
	return true;
}

/* A line from start to end, without its line feed; it is the last that there is. */
static bool take_any_line(struct pruner *pruner, uint32_t start, uint32_t end)
{
	struct str line = str_slice(pruner->text, start, end - start);
	uint32_t indent = 0;

	while (line.len > 0 && (line.ptr[line.len - 1] == ' ' || line.ptr[line.len - 1] == '\r'))
		line.len--;
	while (indent < line.len && line.ptr[indent] == ' ')
		indent++;
	if (is_body(pruner, line, indent) || indent == line.len || line.ptr[indent] == '#') {
		line_of(pruner, pruner->lines.len - 1)->empty = !pruner->in_block;
		if (pruner->in_block && pruner->levels[pruner->depth - 1].kept)
			prune_keep_line(pruner, pruner->lines.len - 1);
		return true;
	}
	if (indent == 0 && is_separator(line)) {
		end_document(pruner, pruner->blank->base + start);
		prune_keep_line(pruner, pruner->lines.len - 1);
		pruner->kept_before = pruner->kept;
		return true;
	}
	if (indent == 0 && (str_starts_with(line, STR("---")) || str_starts_with(line, STR("..."))))
		return false;
	return is_decided(pruner, indent) || take_line(pruner, line, start, indent);
}

static void add_line(struct pruner *pruner, uint32_t start)
{
	struct kept_line *line = vec_push(&pruner->lines);

	*line = (struct kept_line){.start = start};
}

static bool take_text(struct pruner *pruner)
{
	uint32_t len = (uint32_t)pruner->text.len, start = 0, end;

	while (start < len) {
		end = start + (uint32_t)str_find(str_slice(pruner->text, start, len - start), '\n');
		add_line(pruner, start);
		if (!take_any_line(pruner, start, end))
			return false;
		start = end + 1;
	}
	add_line(pruner, len);
	end_document(pruner, UINT32_MAX);
	return true;
}

static void filter_insertions(struct helm_blank *blank, const struct pruner *pruner, struct arena *arena)
{
	struct helm_insertion *kept = arena_calloc(arena, blank->insertion_count, sizeof(*kept));
	size_t count = 0;

	for (size_t i = 0; i < blank->insertion_count; i++) {
		if (pruner->inserted[i])
			kept[count++] = blank->insertions[i];
	}
	blank->insertions = kept;
	blank->insertion_count = count;
}

bool helm_prune(
	struct helm_extract *out, struct helm_blank *blank, const struct helm_loader *loader, struct arena *scratch)
{
	struct pruner pruner = {.text = blank->text,
		.source = str_slice(loader->read->source->text, blank->base, blank->text.len),
		.blank = blank,
		.interest = loader->interest,
		.place = loader->place,
		.lines = VEC_INIT(struct kept_line),
		.inserted = arena_calloc(scratch, blank->insertion_count, sizeof(bool)),
		.has_tabs = str_find(blank->text, '\t') < blank->text.len};
	bool plain = prune_is_in_lines(blank->text) && take_text(&pruner);

	*out = (struct helm_extract){.text = STR("")};
	if (plain) {
		out->text = prune_text(loader->arena, blank, &pruner.lines);
		prune_find_pieces(out, scratch, blank, &pruner.lines, pruner.kept);
		filter_insertions(blank, &pruner, loader->arena);
	}
	vec_release(&pruner.lines);
	return plain;
}
