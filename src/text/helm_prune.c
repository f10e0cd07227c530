/* The block collections that are open are levels of a stack. A line is kept if something in it is of interest, and with it those that its levels began with. Insertions
 * belong where helm_members.c will put them, which their columns say, and the members beside them: hence a pair or item that one follows, or precedes, is
 * kept as it is if the insertion is. */
#include "text/helm_prune.h"

#include "base/vec.h"
#include "text/helm_prune_private.h"

#define LEVELS_MAX 64

enum care { CARE_ASK, CARE_ALL, CARE_NOTHING };

/* Where something begins: its line, and the first insertion from there on. */
struct place {
	size_t line, insertion;
};

struct level {
	uint32_t column;
	bool is_sequence;
	bool in_item; /* of a sequence: it begins on the line of the item's dash, mostly */
	bool has_first, has_second;
	enum care care;                /* of its members */
	const struct helm_path *owner; /* the pair whose value it is in */
	/* The last member so far. */
	struct helm_path path;
	struct place at;
	enum care member_care;
	enum prune_value value; /* PRUNE_KEY: a collection */
	bool kept;
	/* The first one: it begins at first and ends at second. */
	struct place first, second;
	bool first_kept;
};

struct pruner {
	struct str text;
	struct str source; /* of the same text, with its actions */
	const struct helm_blank *blank;
	helm_interest *interest;
	struct level levels[LEVELS_MAX];
	size_t depth;
	struct vec lines; /* struct kept_line */
	bool *inserted;   /* by insertion: it is kept */
	size_t insertion; /* the first that has no place yet */
	bool pins_next;   /* the member that comes next is kept as it is */
	bool in_block;    /* the last member is a block scalar: of its lines, and of those without text behind it */
	bool body_open;
	uint32_t body;            /* the column of its text; 0: not known yet */
	size_t kept, kept_before; /* lines that are, and those up to the document at hand */
};

static struct kept_line *line_of(const struct pruner *pruner, size_t index)
{
	return vec_at(&pruner->lines, index);
}

static struct place here(const struct pruner *pruner)
{
	return (struct place){pruner->lines.len - 1, pruner->insertion};
}

static void keep_line(struct pruner *pruner, size_t index)
{
	struct kept_line *line = line_of(pruner, index);

	if (line->empty)
		return;
	pruner->kept += !line->kept;
	line->kept = true;
}

/* Keeps all that begins in [from, to). */
static void keep_range(struct pruner *pruner, struct place from, struct place to)
{
	for (size_t i = from.line; i < to.line; i++)
		keep_line(pruner, i);
	for (size_t i = from.insertion; i < to.insertion; i++)
		pruner->inserted[i] = true;
}

/* Keeps the last members of the first count levels, as far as they have to be there for what is inside. An item stands where its first part does. */
static void keep_levels(struct pruner *pruner, size_t count)
{
	while (count-- > 0) {
		struct level *level = &pruner->levels[count];

		if (level->kept)
			return;
		level->kept = true;
		keep_line(pruner, level->at.line);
		if (level->in_item && level->has_second && !level->first_kept) {
			keep_range(pruner, level->first, level->second);
			level->first_kept = true;
		}
	}
}

/* Keeps the last member of a level as it is, up to the line at hand. */
static void keep_member(struct pruner *pruner, size_t index, size_t insertion)
{
	const struct level *level = &pruner->levels[index];

	keep_levels(pruner, index + 1);
	keep_range(pruner, level->at, (struct place){pruner->lines.len - 1, insertion});
}

static uint32_t column_of_insertion(const struct pruner *pruner, size_t index)
{
	return pruner->blank->insertions[index].column;
}

/* The level, from `from` on, that an insertion behind the last member belongs to, or limit: what the innermost member holds. */
static size_t level_of(const struct pruner *pruner, size_t insertion, size_t from, size_t limit)
{
	while (from < limit && column_of_insertion(pruner, insertion) > pruner->levels[from].column)
		from++;
	return from;
}

static bool is_pending(const struct pruner *pruner, uint32_t end)
{
	return pruner->insertion < pruner->blank->insertion_count &&
	       pruner->blank->insertions[pruner->insertion].node->start < end;
}

/* Gives the insertions in front of an offset their place: what comes next is a member of level `from`. */
static void place_insertions(struct pruner *pruner, uint32_t end, size_t from)
{
	size_t limit = pruner->depth;

	for (; is_pending(pruner, end); pruner->insertion++) {
		size_t level = level_of(pruner, pruner->insertion, from, limit);
		enum care care = level < pruner->depth ? pruner->levels[level].care
						       : pruner->levels[pruner->depth - 1].member_care;

		limit = level;
		if (care == CARE_NOTHING)
			continue;
		keep_member(pruner, level < pruner->depth ? level : level - 1, pruner->insertion);
		pruner->inserted[pruner->insertion] = true;
		if (level_of(pruner, pruner->insertion, 0, from) < from)
			pruner->pins_next = true;
	}
}

/* Those in front of the first member of a level that is being opened. */
static void place_first_insertions(struct pruner *pruner, uint32_t end)
{
	enum care care = pruner->depth > 0 ? pruner->levels[pruner->depth - 1].member_care : CARE_ASK;

	for (; is_pending(pruner, end); pruner->insertion++) {
		if (care == CARE_NOTHING)
			continue;
		keep_levels(pruner, pruner->depth);
		pruner->inserted[pruner->insertion] = true;
		pruner->pins_next = true;
	}
}

/* How many levels stay open where a member in a column follows; *joins: it belongs to the last of them, else it opens one. False where it cannot stand there. */
static bool find_level(const struct pruner *pruner, uint32_t column, bool is_sequence, size_t *count, bool *joins)
{
	const struct level *levels = pruner->levels;
	size_t at = pruner->depth;

	while (at > 0 && levels[at - 1].column > column)
		at--;
	if (at > 1 && !is_sequence && levels[at - 1].column == column && levels[at - 1].is_sequence &&
		levels[at - 2].column == column)
		at--;
	*count = at;
	*joins = at > 0 && levels[at - 1].column == column && levels[at - 1].is_sequence == is_sequence;
	if (*joins)
		return true;
	if (at == 0)
		return pruner->depth == 0;
	if (levels[at - 1].column == column && !is_sequence)
		return false;
	return levels[at - 1].value == PRUNE_NOTHING && at < LEVELS_MAX;
}

/* Opens a level within the last member of the innermost one. */
static void open_level(struct pruner *pruner, uint32_t column, bool is_sequence)
{
	struct level *outer = pruner->depth > 0 ? &pruner->levels[pruner->depth - 1] : NULL;

	pruner->levels[pruner->depth++] = (struct level){.column = column,
		.is_sequence = is_sequence,
		.in_item = outer && outer->is_sequence,
		.care = outer ? outer->member_care : CARE_ASK,
		.owner = outer && !outer->is_sequence ? &outer->path
			 : outer                      ? outer->owner
						      : NULL};
	if (outer)
		outer->value = PRUNE_KEY;
}

static enum care ask(const struct pruner *pruner, const struct helm_path *path)
{
	switch (pruner->interest(path)) {
	case HELM_SKIP:
		return CARE_NOTHING;
	case HELM_DESCEND:
		return CARE_ASK;
	case HELM_NAMES:
	case HELM_KEEP:
		break;
	}
	return CARE_ALL;
}

/* Begins a member of the innermost level; of a sequence the key is absent. */
static void begin_member(struct pruner *pruner, struct str key)
{
	struct level *level = &pruner->levels[pruner->depth - 1];

	if (!level->has_first) {
		level->first = here(pruner);
	} else if (!level->has_second) {
		level->has_second = true;
		level->second = here(pruner);
		level->first_kept = level->kept;
	}
	level->has_first = true;
	level->at = here(pruner);
	level->kept = false;
	level->value = PRUNE_NOTHING;
	level->member_care = level->care;
	level->path = (struct helm_path){.outer = level->owner, .key = key};
	if (level->care == CARE_ASK && !level->is_sequence)
		level->member_care = ask(pruner, &level->path);
	if (pruner->pins_next && level->care == CARE_ASK)
		level->member_care = CARE_ALL;
	pruner->pins_next = false;
	if (level->member_care == CARE_ALL)
		keep_levels(pruner, pruner->depth);
}

/* The first member that begins on a line: at offset, in column. */
static bool begin_first(struct pruner *pruner, uint32_t offset, uint32_t column, bool is_sequence, struct str key)
{
	size_t count;
	bool joins;

	if (!find_level(pruner, column, is_sequence, &count, &joins))
		return false;
	if (joins)
		place_insertions(pruner, offset, count - 1);
	else
		place_first_insertions(pruner, offset);
	pruner->depth = count;
	if (!joins)
		open_level(pruner, column, is_sequence);
	begin_member(pruner, key);
	return true;
}

static bool begin_next(struct pruner *pruner, uint32_t column, bool is_sequence, struct str key)
{
	if (pruner->depth == LEVELS_MAX)
		return false;
	open_level(pruner, column, is_sequence);
	begin_member(pruner, key);
	return true;
}

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
	struct level *last;
	struct str key;
	uint32_t base = pruner->blank->base;

	if (memchr(line.ptr, '\t', line.len) || !prune_read_line(&parts, line, indent))
		return false;
	for (size_t i = 0; i < parts.dash_count; i++) {
		uint32_t dash = parts.dashes[i];

		if (i == 0 ? !begin_first(pruner, base + start + dash, dash, true, STR_ABSENT)
			   : !begin_next(pruner, dash, true, STR_ABSENT))
			return false;
	}
	if (parts.content == PRUNE_KEY) {
		key = written_key(pruner, &parts, start);
		if (str_is_absent(key) ||
			(parts.dash_count == 0 ? !begin_first(pruner, base + start + indent, indent, false, key)
					       : !begin_next(pruner, parts.key_start, false, key)))
			return false;
	}
	last = &pruner->levels[pruner->depth - 1];
	last->value = parts.content == PRUNE_KEY ? parts.value : parts.content;
	if (last->value == PRUNE_FLOW && last->member_care == CARE_ASK)
		keep_levels(pruner, pruner->depth); /* what is of interest may be inside */
	pruner->in_block = pruner->body_open = last->value == PRUNE_BLOCK;
	pruner->body = 0;
	return true;
}

/* The end of a document: what is inserted there belongs to it. It goes from its first member to its last: blocks of the template around it, or a part of it, are told
 * by that. */
static void end_document(struct pruner *pruner, uint32_t offset)
{
	if (pruner->depth > 0)
		place_insertions(pruner, offset, 0);
	else
		place_first_insertions(pruner, offset);
	if (pruner->depth > 0 && pruner->kept > pruner->kept_before) {
		keep_line(pruner, pruner->levels[0].first.line);
		keep_line(pruner, pruner->levels[0].at.line);
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
	const struct level *level = pruner->depth > 0 ? &pruner->levels[pruner->depth - 1] : NULL;

	if (!level || level->member_care == CARE_ASK || indent <= level->column)
		return false;
	pruner->in_block = true; /* it may be of a block scalar, for all that is known */
	if (level->member_care == CARE_ALL)
		keep_line(pruner, pruner->lines.len - 1);
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
			keep_line(pruner, pruner->lines.len - 1);
		return true;
	}
	if (indent == 0 && is_separator(line)) {
		end_document(pruner, pruner->blank->base + start);
		keep_line(pruner, pruner->lines.len - 1);
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

bool helm_prune(struct helm_extract *out, struct helm_blank *blank, struct arena *arena, struct str source,
	helm_interest *interest)
{
	struct pruner pruner = {.text = blank->text,
		.source = str_slice(source, blank->base, blank->text.len),
		.blank = blank,
		.interest = interest,
		.lines = VEC_INIT(struct kept_line),
		.inserted = arena_calloc(arena, blank->insertion_count, sizeof(bool))};
	bool plain = prune_is_in_lines(blank->text) && take_text(&pruner);

	*out = (struct helm_extract){.text = STR("")};
	if (plain) {
		prune_extract(out, arena, blank, &pruner.lines, pruner.kept);
		filter_insertions(blank, &pruner, arena);
	}
	vec_release(&pruner.lines);
	return plain;
}
