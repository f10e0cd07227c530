#include "docs/templates.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"
#include "base/nearest.h"
#include "base/path.h"

#define TEMPLATE_SUFFIX ".mustache"

static int compare_names(const void *a, const void *b)
{
	return str_compare(*(const struct str *)a, *(const struct str *)b);
}

bool template_folder_check(
	const char *folder, const struct docs_format *const *formats, size_t count, struct error *error)
{
	bool found = false;
	struct arena arena;

	arena_init(&arena);
	for (size_t i = 0; i < count; i++) {
		struct str inner = path_join(&arena, str_of(folder), str_of(formats[i]->name));

		found = found || formats[i]->templates == NULL || access(inner.ptr, F_OK) == 0;
	}
	if (!found)
		error_set(error, ERROR_USAGE,
			"%s holds no templates: those of the format %s would be in %s/%s, as 'aspis docs "
			"--dump-templates' "
			"writes them",
			folder, formats[0]->name, folder, formats[0]->name);
	arena_release(&arena);
	return found;
}

static struct template_file *add_file(struct template_set *set, struct str name)
{
	void **slot = map_slot(&set->by_name, name);

	if (*slot == NULL) {
		struct template_file *file = arena_calloc(&set->arena, 1, sizeof(*file));

		file->name = name;
		vec_push_pointer(&set->files, file);
		*slot = file;
	}
	return *slot;
}

static void add_built_in(struct template_set *set)
{
	for (const struct embedded_file *row = set->format->templates; row->name != NULL; row++) {
		struct template_file *file = add_file(set, str_of(row->name));

		file->shown = arena_printf(&set->arena, "%s/%s (built in)", set->format->name, row->name);
		file->text = (struct str){.ptr = row->bytes, .len = row->size};
	}
}

/* The names in a folder, sorted; hidden ones and those of backups left out. Absent folders are empty. */
static bool list_folder(struct vec *names, struct arena *arena, struct str folder, struct error *error)
{
	DIR *directory = opendir(folder.ptr);
	const struct dirent *entry;

	if (directory == NULL)
		return errno == ENOENT || error_set_errno(error, errno, "%.*s cannot be read", STR_ARG(folder));
	while ((entry = readdir(directory)) != NULL) {
		struct str name = str_of(entry->d_name);

		if (name.ptr[0] != '.' && !str_ends_with(name, STR("~")))
			*(struct str *)vec_push(names) = arena_str(arena, name);
	}
	closedir(directory);
	vec_sort(names, compare_names);
	return true;
}

static bool add_own_file(struct template_set *set, struct str folder, struct str name, struct error *error)
{
	struct error cause = ERROR_INIT;
	struct str path = path_join(&set->arena, folder, name);
	struct template_file *file = add_file(set, name);

	file->shown = path;
	file->is_own = true;
	bool done = file_read(&file->text, &set->arena, AT_FDCWD, path.ptr, &cause) ||
		    error_set(error, cause.kind, "%.*s %s", STR_ARG(path), cause.message);
	error_release(&cause);
	return done;
}

static bool add_own(struct template_set *set, const char *folder, struct error *error)
{
	struct str inner = path_join(&set->arena, str_of(folder), str_of(set->format->name));
	struct vec names = VEC_INIT(struct str);
	bool done = list_folder(&names, &set->arena, inner, error);

	for (size_t i = 0; done && i < names.len; i++)
		done = add_own_file(set, inner, *(const struct str *)vec_at(&names, i), error);
	vec_release(&names);
	return done;
}

static bool parse_all(struct template_set *set, struct error *error)
{
	for (size_t i = 0; i < set->files.len; i++) {
		struct template_file *file = vec_pointer(&set->files, i);

		if (!str_ends_with(file->name, STR(TEMPLATE_SUFFIX)))
			continue;
		file->mustache = mustache_parse(file->shown, file->text, error);
		if (file->mustache == NULL)
			return false;
	}
	return true;
}

bool template_set_init(
	struct template_set *set, const struct docs_format *format, const char *folder, struct error *error)
{
	*set = (struct template_set){.format = format, .files = VEC_INIT(struct template_file *)};
	arena_init(&set->arena);
	map_init(&set->by_name);
	add_built_in(set);
	return (folder == NULL || add_own(set, folder, error)) && parse_all(set, error);
}

void template_set_release(struct template_set *set)
{
	for (size_t i = 0; i < set->files.len; i++)
		mustache_template_free(((struct template_file *)vec_pointer(&set->files, i))->mustache);
	vec_release(&set->files);
	map_release(&set->by_name);
	arena_release(&set->arena);
}

static const struct mustache_template *find_template(struct template_set *set, struct str name)
{
	struct strbuf full = STRBUF_INIT;

	strbuf_append(&full, name);
	strbuf_append_c(&full, TEMPLATE_SUFFIX);
	struct template_file *file = map_get(&set->by_name, strbuf_str(&full));
	strbuf_release(&full);
	return file != NULL ? file->mustache : NULL;
}

bool template_set_has(struct template_set *set, enum docs_page_kind kind)
{
	return find_template(set, str_of(docs_page_kind_name(kind))) != NULL;
}

static const struct mustache_template *find_partial(void *context, struct str name)
{
	return find_template(context, name);
}

bool template_set_render(struct strbuf *out, struct template_set *set, enum docs_page_kind kind,
	const struct mustache_value *view, struct error *error)
{
	struct mustache_options options = {
		.escape = set->format->escape,
		.partial = find_partial,
		.partial_context = set,
	};
	const struct mustache_template *page = find_template(set, str_of(docs_page_kind_name(kind)));

	assert(page != NULL);
	return mustache_render(out, page, view, &options, error);
}

struct str template_set_asset(struct template_set *set, struct str name)
{
	struct template_file *file = map_get(&set->by_name, name);

	assert(file != NULL);
	return file->text;
}

static bool is_built_in(const struct template_set *set, const struct template_file *file)
{
	return !str_is_absent(embedded_find(set->format->templates, file->name.ptr));
}

/* Whether another file speaks of a partial. */
static bool is_mentioned(const struct template_set *set, const struct template_file *partial)
{
	struct str stem = path_stem(partial->name);

	for (size_t i = 0; i < set->files.len; i++) {
		const struct template_file *file = vec_pointer(&set->files, i);

		if (file != partial && file->mustache != NULL && str_contains(file->text, stem))
			return true;
	}
	return false;
}

static bool refuse_file(const struct template_set *set, const struct template_file *file, struct error *error)
{
	struct nearest nearest;

	nearest_init(&nearest, file->name);
	for (const struct embedded_file *row = set->format->templates; row->name != NULL; row++)
		nearest_offer(&nearest, str_of(row->name));
	if (str_is_absent(nearest.best))
		return error_set(error, ERROR_USAGE,
			"%.*s is not a template that pages are made of, and no other one "
			"includes it; 'aspis docs --list-templates' names those that are",
			STR_ARG(file->shown));
	return error_set(error, ERROR_USAGE,
		"%.*s is not a template that pages are made of, and no other one includes it; "
		"did you mean '%.*s'?",
		STR_ARG(file->shown), STR_ARG(nearest.best));
}

bool template_set_check(const struct template_set *set, struct error *error)
{
	for (size_t i = 0; i < set->files.len; i++) {
		const struct template_file *file = vec_pointer(&set->files, i);

		if (file->is_own && !is_built_in(set, file) && !is_mentioned(set, file))
			return refuse_file(set, file, error);
	}
	return true;
}
