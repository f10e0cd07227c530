/* The block collections that are open are levels of a stack. A line is kept if something in it is of interest, and with it those that its levels began with. Insertions
 * belong where helm_members.c will put them, which their columns say, and the members beside them: hence a pair or item that one follows, or precedes, is
 * kept as it is if the insertion is. */
#include "helm/helm_prune_private.h"

static struct prune_place here(const struct pruner *pruner)
{
	return (struct prune_place){pruner->lines.len - 1, pruner->insertion};
}

void prune_keep_line(struct pruner *pruner, size_t index)
{
	struct kept_line *line = line_of(pruner, index);

	if (line->empty)
		return;
	pruner->kept += !line->kept;
	line->kept = true;
}

/* Keeps all that begins in [from, to). */
static void keep_range(struct pruner *pruner, struct prune_place from, struct prune_place to)
{
	for (size_t i = from.line; i < to.line; i++)
		prune_keep_line(pruner, i);
	for (size_t i = from.insertion; i < to.insertion; i++)
		pruner->inserted[i] = true;
}

/* Keeps the last members of the first count levels, as far as they have to be there for what is inside. An item stands where its first part does. */
void prune_keep_levels(struct pruner *pruner, size_t count)
{
	while (count-- > 0) {
		struct prune_level *level = &pruner->levels[count];

		if (level->kept)
			return;
		level->kept = true;
		prune_keep_line(pruner, level->at.line);
		if (level->in_item && level->has_second && !level->first_kept) {
			keep_range(pruner, level->first, level->second);
			level->first_kept = true;
		}
	}
}

/* Keeps the last member of a level as it is, up to the line at hand. */
static void keep_member(struct pruner *pruner, size_t index, size_t insertion)
{
	const struct prune_level *level = &pruner->levels[index];

	prune_keep_levels(pruner, index + 1);
	keep_range(pruner, level->at, (struct prune_place){pruner->lines.len - 1, insertion});
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
void prune_place_insertions(struct pruner *pruner, uint32_t end, size_t from)
{
	size_t limit = pruner->depth;

	for (; is_pending(pruner, end); pruner->insertion++) {
		size_t level = level_of(pruner, pruner->insertion, from, limit);
		enum prune_care care = level < pruner->depth ? pruner->levels[level].care
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
void prune_place_first_insertions(struct pruner *pruner, uint32_t end)
{
	enum prune_care care = pruner->depth > 0 ? pruner->levels[pruner->depth - 1].member_care : CARE_ASK;

	for (; is_pending(pruner, end); pruner->insertion++) {
		if (care == CARE_NOTHING)
			continue;
		prune_keep_levels(pruner, pruner->depth);
		pruner->inserted[pruner->insertion] = true;
		pruner->pins_next = true;
	}
}

/* How many levels stay open where a member in a column follows; *joins: it belongs to the last of them, else it opens one. False where it cannot stand there. */
static bool find_level(const struct pruner *pruner, uint32_t column, bool is_sequence, size_t *count, bool *joins)
{
	const struct prune_level *levels = pruner->levels;
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
	return levels[at - 1].value == PRUNE_NOTHING && at < PRUNE_LEVELS_MAX;
}

/* Opens a level within the last member of the innermost one. */
static void open_level(struct pruner *pruner, uint32_t column, bool is_sequence)
{
	struct prune_level *outer = pruner->depth > 0 ? &pruner->levels[pruner->depth - 1] : NULL;

	pruner->levels[pruner->depth++] = (struct prune_level){.column = column,
		.is_sequence = is_sequence,
		.in_item = outer && outer->is_sequence,
		.care = outer ? outer->member_care : CARE_ASK,
		.owner = outer && !outer->is_sequence ? &outer->path
			 : outer                      ? outer->owner
			 : pruner->place              ? pruner->place->path
						      : NULL};
	if (outer)
		outer->value = PRUNE_KEY;
}

static enum prune_care ask(const struct pruner *pruner, const struct helm_path *path)
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
	struct prune_level *level = &pruner->levels[pruner->depth - 1];

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
		prune_keep_levels(pruner, pruner->depth);
}

/* The first member that begins on a line: at offset, in column. */
bool prune_begin_first(struct pruner *pruner, uint32_t offset, uint32_t column, bool is_sequence, struct str key)
{
	size_t count;
	bool joins;

	if (!find_level(pruner, column, is_sequence, &count, &joins))
		return false;
	if (joins)
		prune_place_insertions(pruner, offset, count - 1);
	else
		prune_place_first_insertions(pruner, offset);
	pruner->depth = count;
	if (!joins)
		open_level(pruner, column, is_sequence);
	begin_member(pruner, key);
	return true;
}

bool prune_begin_next(struct pruner *pruner, uint32_t column, bool is_sequence, struct str key)
{
	if (pruner->depth == PRUNE_LEVELS_MAX)
		return false;
	open_level(pruner, column, is_sequence);
	begin_member(pruner, key);
	return true;
}
