#include "statics/updater.h"
#include "statics/verify.h"

/* Removals of neighbours in a flow mapping take several rounds. */
#define ROUNDS_MAX 40

/* How an update goes about it: with the fewest bytes, unless values would be others then. */
enum care {
	CARE_FOR_BYTES,
	CARE_THOROUGH,  /* as changer.thorough says */
	CARE_ENDS_LINE, /* and ends the last line, which what has become the last scalar may need */
};

static void write_member(struct yaml_writer *writer, const struct template_style *style, const void *context)
{
	const struct addition *addition = context;

	template_write_member(writer, style, addition->updater->wanted, (enum template_member)addition->index);
}

static void write_members(struct yaml_writer *writer, const struct template_style *style, const void *context)
{
	const struct updater *updater = context;

	template_write_members(writer, style, updater->wanted);
}

/* The special secrets: what the pull secret is for may have another wording. */
static void update_pull_secret(struct updater *updater, const struct node_pair *pair)
{
	struct members members;

	if (!pair || !updater_is_own(pair->value) || pair->value->mapping.count == 0)
		return;
	members_init(&members, pair->value);
	if (updater_refresh_prose(updater, &members, "description", template_pull_secret_description()))
		updater_tell(updater, STATIC_DESCRIBED, STR_ABSENT, node_text(pair->key), pair->key);
	members_release(&members);
}

/* `applications` of the nested form. */
static void update_applications_member(struct updater *updater, const struct node *root, const struct node_pair *pair)
{
	struct vec additions = VEC_INIT(struct addition);

	if (!updater_is_empty(pair->value)) {
		const struct node *applications = node_resolve(pair->value);
		bool shared = pair->value->kind == NODE_ALIAS || !str_is_absent(node_anchor(applications));

		if (updater_update_applications(updater, applications, shared))
			change_empty(&updater->changer, pair);
		return;
	}
	for (size_t i = 0; i < updater->wanted->secrets.len; i++) {
		const struct wanted_secret *wanted = updater_wanted(updater, i);

		updater_tell(updater, STATIC_ADDED, wanted->application, wanted->key, NULL);
		if (additions.len == 0 || !str_equal(wanted->application, updater_wanted(updater, i - 1)->application))
			*(struct addition *)vec_push(&additions) =
				(struct addition){.updater = updater, .write = updater_write_application, .index = i};
	}
	updater_fill(updater, root, pair, &additions);
	vec_release(&additions);
}

static void update_nested(struct updater *updater, const struct node *root)
{
	struct vec additions = VEC_INIT(struct addition);
	struct members members;

	members_init(&members, root);
	for (unsigned i = 0; i < MEMBER_COUNT; i++) {
		struct str name = template_member_name((enum template_member)i);
		const struct node_pair *pair = members_find(&members, name);

		if (pair && i == MEMBER_APPLICATIONS) {
			update_applications_member(updater, root, pair);
		} else if (pair && i == MEMBER_PULL_SECRET) {
			update_pull_secret(updater, pair);
		} else if (!node_find(root, name)) {
			*(struct addition *)vec_push(&additions) =
				(struct addition){.updater = updater, .write = write_member, .index = i, .key = name};
			updater_tell(updater, STATIC_ADDED, STR_ABSENT, name, NULL);
		}
	}
	updater_insert(updater, &members, &additions);
	members_release(&members);
	vec_release(&additions);
}

/* A file without anything. */
static void update_empty(struct updater *updater)
{
	/* `{}` may be either form, and is as good as any. */
	if ((updater->file->form == STATIC_FLAT || updater->file->root) && updater->wanted->secrets.len == 0)
		return;
	for (size_t i = 0; i < updater->wanted->secrets.len; i++) {
		const struct wanted_secret *wanted = updater_wanted(updater, i);

		updater_tell(updater, STATIC_ADDED, wanted->application, wanted->key, NULL);
	}
	for (unsigned i = MEMBER_APPLICATIONS + 1; updater->file->form == STATIC_NESTED && i < MEMBER_COUNT; i++)
		updater_tell(updater, STATIC_ADDED, STR_ABSENT, template_member_name((enum template_member)i), NULL);
	change_fill_root(&updater->changer, write_members, updater);
}

static void update_flat(struct updater *updater, const struct node *root)
{
	if (updater_update_applications(updater, root, !str_is_absent(node_anchor(root))))
		change_empty_root(&updater->changer, root);
}

static void run(struct updater *updater)
{
	const struct node *root = updater->file->root;

	for (size_t i = 0; i < updater->wanted->secrets.len; i = wanted_application_end(updater->wanted, i))
		map_set(&updater->applications, updater_wanted(updater, i)->application, (void *)(i + 1));
	if (!root || root->mapping.count == 0)
		update_empty(updater);
	else if (updater->file->form == STATIC_NESTED)
		update_nested(updater, root);
	else
		update_flat(updater, root);
}

/* One round. Returns whether it changed anything. */
static bool round_of(struct str *text, struct vec *changes, struct static_secrets *file,
	const struct wanted_secrets *wanted, enum care care)
{
	struct updater updater = {.file = file, .wanted = wanted, .changes = changes};
	struct str end;
	bool changed;

	changer_init(&updater.changer, file);
	updater.changer.thorough = care >= CARE_THOROUGH;
	map_init(&updater.applications);
	end = changer_end_line(&updater.changer);
	run(&updater);
	if (end.len > 0 && updater.changer.edits.list.len > 0)
		change_seal(&updater.changer);
	changed = updater.changer.edits.list.len > 0 && file->problems.len == 0;
	if (changed)
		*text = edits_apply(&updater.changer.edits, file->arena, updater.changer.text);
	if (changed && care < CARE_ENDS_LINE && str_ends_with(*text, end))
		text->len -= end.len;
	map_release(&updater.applications);
	changer_release(&updater.changer);
	return changed;
}

/* The problem of a later round, said of the file as it was. */
static bool give_up(struct static_secrets *file)
{
	if (file->problems.len == 0)
		*(struct static_problem *)vec_push(&file->problems) = (struct static_problem){
			.span = span_of_source(&file->stream->source),
			.message = STR("The file is written in a way that cannot be changed in places without touching "
				       "values that stand there; write it in the form of the template."),
		};
	return false;
}

static int compare_changes(const void *a, const void *b)
{
	const struct static_change *first = a, *second = b;
	bool first_special = str_is_absent(first->application), second_special = str_is_absent(second->application);
	int order = (int)first_special - (int)second_special;

	if (order == 0 && !first_special)
		order = str_compare(first->application, second->application);
	return order != 0 ? order : str_compare(first->key, second->key);
}

/* All rounds, from the text of the file on. Problems of the first are those of the file. */
static struct str update(
	struct vec *changes, struct static_secrets *file, const struct wanted_secrets *wanted, enum care care)
{
	struct str text = file->stream->source.text;
	bool changed = true;

	for (unsigned i = 0; changed && i < ROUNDS_MAX; i++) {
		struct static_secrets next;

		static_secrets_read(&next, file->arena, file->stream->source.path, text, file->form);
		changed = next.problems.len == 0 && round_of(&text, i == 0 ? changes : NULL, &next, wanted, care);
		if (i == 0)
			vec_append(&file->problems, next.problems.items, next.problems.len);
		static_secrets_release(&next);
	}
	return text;
}

bool static_update(
	struct str *out, struct vec *changes, struct static_secrets *file, const struct wanted_secrets *wanted)
{
	bool good = false;

	for (unsigned care = CARE_FOR_BYTES; !good && file->problems.len == 0 && care <= CARE_ENDS_LINE; care++) {
		*out = update(care == CARE_FOR_BYTES ? changes : NULL, file, wanted, (enum care)care);
		good = file->problems.len == 0 && verify_update(file, *out, wanted);
	}
	vec_sort(changes, compare_changes);
	return good || give_up(file);
}
