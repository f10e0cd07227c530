#include "base/path.h"
#include "base/pool.h"
#include "base/xalloc.h"
#include "delivery/build.h"

#include <stdlib.h>

static struct template_file *file_at(const struct vec *files, size_t index)
{
	return vec_pointer(files, index);
}

/* The chart whose template a file is, and its name there. NULL: of none that is in use. */
static struct chart_info *owner_of(const struct delivery *delivery, struct str path, struct str *name)
{
	struct str folder = STR("/templates/");

	for (size_t at = 0; at + folder.len < path.len; at++) {
		if (path.ptr[at] != '/' || !str_starts_with(str_slice(path, at, folder.len), folder))
			continue;
		struct chart_info *info = map_get(&delivery->charts, str_slice(path, 0, at));
		if (info) {
			*name = str_slice(path, at + 1, path.len);
			return info;
		}
	}
	return NULL;
}

static void add_file(struct delivery_run *run, const struct repo_file *file)
{
	struct str name;
	struct chart_info *info = owner_of(run->delivery, file->path, &name);

	if (!info)
		return;
	struct template_file *template = arena_calloc(run->arena, 1, sizeof(*template));
	struct str base = path_base(name);
	template->file = file;
	template->name = name;
	template->chart = info;
	template->rendered = !info->library && base.ptr[0] != '_' && !str_ends_with(base, STR("NOTES.txt"));
	vec_push_pointer(&info->files, template);
	vec_push_pointer(&run->files, template);
	if (!file->loaded || !str_is_absent(file->problem))
		info->partial = true;
}

static void find_files(struct delivery_run *run)
{
	const struct vec *files = &run->delivery->model->repository->files;

	for (size_t i = 0; i < files->len; i++) {
		const struct repo_file *file = vec_pointer(files, i);
		if (file->role == FILE_TEMPLATE)
			add_file(run, file);
	}
}

/* What the workers of a pass share. */
struct pass {
	const struct vec *files;
	struct arena *arenas;
	struct arena *scratch;
};

/* Runs a function over files, with an arena a worker, the memory of which is the run's then, and another one for scratch. */
static void run_pass(struct delivery_run *run, const struct vec *files, pool_function *function)
{
	unsigned jobs = run->jobs > 0 ? run->jobs : 1;
	struct pass pass = {.files = files,
		.arenas = xcalloc(jobs, sizeof(*pass.arenas)),
		.scratch = xcalloc(jobs, sizeof(*pass.scratch))};

	for (unsigned i = 0; i < jobs; i++) {
		arena_init(&pass.arenas[i]);
		arena_init(&pass.scratch[i]);
	}
	pool_run(jobs, files->len, function, &pass);
	for (unsigned i = 0; i < jobs; i++) {
		arena_adopt(run->arena, &pass.arenas[i]);
		arena_release(&pass.scratch[i]);
	}
	free(pass.arenas);
	free(pass.scratch);
}

static void look_at_file(void *context, size_t item, unsigned worker)
{
	const struct pass *pass = context;

	template_parts(file_at(pass->files, item), &pass->arenas[worker]);
}

static void read_file(void *context, size_t item, unsigned worker)
{
	const struct pass *pass = context;
	struct template_file *file = file_at(pass->files, item);

	file->read =
		helm_read_next(&pass->arenas[worker], &pass->scratch[worker], file->file->source, manifest_interest);
}

/* Parts of files by names of templates: those that they have, or that they call. */
struct index {
	struct arena *arena;
	struct map by_name; /* struct vec * of struct template_part * */
	struct vec any;     /* struct template_part *: those that have a name, or call by computed ones */
};

static void index_init(struct index *index, struct arena *arena)
{
	index->arena = arena;
	map_init(&index->by_name);
	vec_init(&index->any, sizeof(struct template_part *));
}

static void index_release(struct index *index)
{
	for (size_t i = 0; i < index->by_name.len; i++)
		vec_release(index->by_name.entries[i].value);
	map_release(&index->by_name);
	vec_release(&index->any);
}

static void index_add(struct index *index, struct str name, struct template_part *part)
{
	void **slot = map_slot(&index->by_name, name);

	if (!*slot) {
		struct vec *parts = arena_alloc(index->arena, sizeof(*parts));
		vec_init(parts, sizeof(struct template_part *));
		*slot = parts;
	}
	vec_push_pointer(*slot, part);
}

static void mark_yielding(struct vec *work, const struct vec *parts)
{
	for (size_t i = 0; parts && i < parts->len; i++) {
		struct template_part *part = vec_pointer(parts, i);
		if (part->yields)
			continue;
		part->yields = true;
		vec_push_pointer(work, part);
	}
}

/* From what matters on to what calls it. */
static void find_yielding(struct delivery_run *run, const struct index *callers)
{
	struct vec work = VEC_INIT(struct template_part *);

	for (size_t i = 0; i < run->files.len; i++) {
		struct template_file *file = file_at(&run->files, i);
		for (size_t j = 0; j < file->part_count; j++) {
			file->parts[j].yields = file->parts[j].matters;
			if (file->parts[j].matters)
				vec_push_pointer(&work, &file->parts[j]);
		}
	}
	while (work.len > 0) {
		const struct template_part *part = vec_last_pointer(&work);
		vec_pop(&work);
		if (str_is_absent(part->name))
			continue;
		mark_yielding(&work, map_get(&callers->by_name, part->name));
		mark_yielding(&work, &callers->any);
	}
	vec_release(&work);
}

static void mark_wanted(struct vec *work, const struct vec *parts)
{
	for (size_t i = 0; parts && i < parts->len; i++) {
		struct template_file *file = ((struct template_part *)vec_pointer(parts, i))->file;
		if (file->wanted)
			continue;
		file->wanted = true;
		vec_push_pointer(work, file);
	}
}

/* From the files that yield something on to those that define what they call. */
static void find_wanted(struct delivery_run *run, const struct index *definers)
{
	struct vec work = VEC_INIT(struct template_file *);

	for (size_t i = 0; i < run->files.len; i++) {
		struct template_file *file = file_at(&run->files, i);
		file->wanted = file->rendered && file->parts[0].yields;
		if (file->wanted)
			vec_push_pointer(&work, file);
	}
	while (work.len > 0) {
		const struct template_file *file = vec_last_pointer(&work);
		vec_pop(&work);
		for (size_t i = 0; i < file->part_count; i++) {
			const struct template_part *part = &file->parts[i];
			for (size_t j = 0; j < part->call_count; j++)
				mark_wanted(&work, map_get(&definers->by_name, part->calls[j]));
			if (part->calls_any)
				mark_wanted(&work, &definers->any);
		}
	}
	vec_release(&work);
}

static void index_part(struct index *callers, struct index *definers, struct template_part *part)
{
	for (size_t i = 0; i < part->call_count; i++)
		index_add(callers, part->calls[i], part);
	if (part->calls_any)
		vec_push_pointer(&callers->any, part);
	if (!str_is_absent(part->name)) {
		index_add(definers, part->name, part);
		vec_push_pointer(&definers->any, part);
	}
}

static void decide(struct delivery_run *run)
{
	struct index callers, definers;

	index_init(&callers, run->arena);
	index_init(&definers, run->arena);
	for (size_t i = 0; i < run->files.len; i++) {
		struct template_file *file = file_at(&run->files, i);
		for (size_t j = 0; j < file->part_count; j++)
			index_part(&callers, &definers, &file->parts[j]);
	}
	find_yielding(run, &callers);
	find_wanted(run, &definers);
	index_release(&callers);
	index_release(&definers);
}

static void keep(struct delivery *delivery, struct template_file *file)
{
	vec_push_pointer(&delivery->templates, file->read);
	map_set(&delivery->template_by_path, file->file->path, file->read);
	if (file->read->gave_up)
		file->chart->partial = true;
}

void templates_read(struct delivery_run *run)
{
	struct vec wanted = VEC_INIT(struct template_file *);

	find_files(run);
	run_pass(run, &run->files, look_at_file);
	decide(run);
	for (size_t i = 0; i < run->files.len; i++) {
		struct template_file *file = file_at(&run->files, i);
		if (file->wanted)
			vec_push_pointer(&wanted, file);
	}
	run_pass(run, &wanted, read_file);
	for (size_t i = 0; i < wanted.len; i++)
		keep(run->delivery, file_at(&wanted, i));
	vec_release(&wanted);
}

/* Whether nothing but white space and comments stands in a named template: such a definition replaces no other. */
static bool is_empty(const struct named_template *named)
{
	const struct helm_template *read = named->owner;
	const struct template_list *body = named->define->node->body;

	for (size_t i = 0; body && i < body->count; i++) {
		const struct template_node *node = body->nodes[i];
		if (node->kind == TEMPLATE_COMMENT || node->kind == TEMPLATE_DEFINE)
			continue;
		struct str text = str_slice(read->syntax->text, node->text_start, node->text_end - node->text_start);
		if (node->kind != TEMPLATE_TEXT || str_trim(text).len > 0)
			return false;
	}
	return true;
}

void names_add(struct map *names, struct arena *arena, const struct helm_template *read)
{
	for (size_t i = 0; i < read->syntax->define_count; i++) {
		const struct template_define *define = &read->syntax->defines[i];
		void **slot = map_slot(names, define->name);
		if (*slot && !is_empty(*slot))
			continue;
		struct named_template *named = arena_alloc(arena, sizeof(*named));
		*named = (struct named_template){.define = define, .owner = read};
		*slot = named;
	}
}
