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
};

/* Runs a function over files, with an arena a worker; what it allocates is the run's. */
static void run_pass(struct delivery_run *run, const struct vec *files, pool_function *function)
{
	unsigned jobs = run->jobs > 0 ? run->jobs : 1;
	struct pass pass = {.files = files, .arenas = xcalloc(jobs, sizeof(*pass.arenas))};

	for (unsigned i = 0; i < jobs; i++)
		arena_init(&pass.arenas[i]);
	pool_run(jobs, files->len, function, &pass);
	for (unsigned i = 0; i < jobs; i++)
		arena_adopt(run->arena, &pass.arenas[i]);
	free(pass.arenas);
}

static void look_at_file(void *context, size_t item, unsigned worker)
{
	const struct pass *pass = context;
	struct template_file *file = file_at(pass->files, item);
	struct str text = file->file->source->text;

	template_references(file, &pass->arenas[worker], text);
	file->matters = manifest_may_matter(text) || (file->inserts_values && file->chart->values_matter);
}

static void read_file(void *context, size_t item, unsigned worker)
{
	const struct pass *pass = context;
	struct template_file *file = file_at(pass->files, item);

	file->read = helm_read(&pass->arenas[worker], file->file->source, manifest_interest);
}

/* Files by the names of templates that they define, or call. */
struct index {
	struct arena *arena;
	struct map by_name; /* struct vec * of struct template_file * */
	struct vec any;     /* struct template_file *: those that define anything, or call by computed names */
};

static void index_init(struct index *index, struct arena *arena)
{
	index->arena = arena;
	map_init(&index->by_name);
	vec_init(&index->any, sizeof(struct template_file *));
}

static void index_release(struct index *index)
{
	for (size_t i = 0; i < index->by_name.len; i++)
		vec_release(index->by_name.entries[i].value);
	map_release(&index->by_name);
	vec_release(&index->any);
}

static void index_add(struct index *index, const struct str *names, size_t count, struct template_file *file)
{
	for (size_t i = 0; i < count; i++) {
		void **slot = map_slot(&index->by_name, names[i]);
		if (!*slot) {
			struct vec *files = arena_alloc(index->arena, sizeof(*files));
			vec_init(files, sizeof(struct template_file *));
			*slot = files;
		}
		vec_push_pointer(*slot, file);
	}
}

static void mark(struct vec *work, const struct vec *files, bool *(*flag)(struct template_file *))
{
	for (size_t i = 0; files && i < files->len; i++) {
		struct template_file *file = file_at(files, i);
		if (*flag(file))
			continue;
		*flag(file) = true;
		vec_push_pointer(work, file);
	}
}

static bool *yields_flag(struct template_file *file)
{
	return &file->yields;
}

static bool *wanted_flag(struct template_file *file)
{
	return &file->wanted;
}

/* From the files that matter on to those that call what they define. */
static void find_yielding(struct delivery_run *run, const struct index *callers)
{
	struct vec work = VEC_INIT(struct template_file *);

	for (size_t i = 0; i < run->files.len; i++) {
		struct template_file *file = file_at(&run->files, i);
		file->yields = file->matters;
		if (file->matters)
			vec_push_pointer(&work, file);
	}
	while (work.len > 0) {
		const struct template_file *file = vec_last_pointer(&work);
		vec_pop(&work);
		for (size_t i = 0; i < file->define_count; i++)
			mark(&work, map_get(&callers->by_name, file->defines[i]), yields_flag);
		if (file->define_count > 0)
			mark(&work, &callers->any, yields_flag);
	}
	vec_release(&work);
}

/* From the files that yield something on to those that define what they call. */
static void find_wanted(struct delivery_run *run, const struct index *definers)
{
	struct vec work = VEC_INIT(struct template_file *);

	for (size_t i = 0; i < run->files.len; i++) {
		struct template_file *file = file_at(&run->files, i);
		file->wanted = file->rendered && file->yields;
		if (file->wanted)
			vec_push_pointer(&work, file);
	}
	while (work.len > 0) {
		const struct template_file *file = vec_last_pointer(&work);
		vec_pop(&work);
		for (size_t i = 0; i < file->call_count; i++)
			mark(&work, map_get(&definers->by_name, file->calls[i]), wanted_flag);
		if (file->calls_any)
			mark(&work, &definers->any, wanted_flag);
	}
	vec_release(&work);
}

static void decide(struct delivery_run *run)
{
	struct index callers, definers;

	index_init(&callers, run->arena);
	index_init(&definers, run->arena);
	for (size_t i = 0; i < run->files.len; i++) {
		struct template_file *file = file_at(&run->files, i);
		index_add(&callers, file->calls, file->call_count, file);
		index_add(&definers, file->defines, file->define_count, file);
		if (file->calls_any)
			vec_push_pointer(&callers.any, file);
		if (file->define_count > 0)
			vec_push_pointer(&definers.any, file);
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
