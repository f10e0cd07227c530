#include <aspis/docs.h>

#include <errno.h>
#include <stdlib.h>

#include "api/api.h"
#include "base/path.h"
#include "base/xalloc.h"
#include "check/check.h"
#include "check/credential.h"
#include "docs/docs.h"

struct aspis_docs {
	struct arena arena;
	struct aspis_repository *repository;
	struct vec formats;      /* const struct docs_format *, each once */
	struct vec environments; /* const struct environment *, each once; empty: all */
	const char *templates;
	struct docs_view_options view;
	aspis_docs_progress *progress;
	void *progress_context;
};

size_t aspis_docs_format_count(void)
{
	return docs_format_count();
}

const char *aspis_docs_format_name(size_t index)
{
	return docs_format_at(index)->name;
}

const char *aspis_docs_format_summary(size_t index)
{
	return docs_format_at(index)->summary;
}

static const char *const role_styles[] = {"plain", "phalanx"};

enum { ROLE_STYLE_PHALANX = 1 };

const char *aspis_docs_role_style_name(size_t index)
{
	return index < sizeof(role_styles) / sizeof(role_styles[0]) ? role_styles[index] : NULL;
}

struct aspis_docs *aspis_docs_new(struct aspis_repository *repository)
{
	struct aspis_docs *docs = xcalloc(1, sizeof(*docs));

	arena_init(&docs->arena);
	docs->repository = repository;
	vec_init(&docs->formats, sizeof(const struct docs_format *));
	vec_init(&docs->environments, sizeof(const struct environment *));
	return docs;
}

void aspis_docs_free(struct aspis_docs *docs)
{
	if (!docs)
		return;
	vec_release(&docs->formats);
	vec_release(&docs->environments);
	arena_release(&docs->arena);
	free(docs);
}

static void add_once(struct vec *pointers, const void *pointer)
{
	for (size_t i = 0; i < pointers->len; i++) {
		if (vec_pointer(pointers, i) == pointer)
			return;
	}
	vec_push_pointer(pointers, pointer);
}

bool aspis_docs_add_format(struct aspis_docs *docs, const char *name, struct aspis_error *error)
{
	const struct docs_format *format = docs_format_find(str_of(name));

	if (!format)
		return api_refuse(error, "there is no format '%s'; there are rst, html, json and myst", name);
	add_once(&docs->formats, format);
	return true;
}

bool aspis_docs_add_environment(struct aspis_docs *docs, const char *name, struct aspis_error *error)
{
	const struct environment *environment = api_environment(docs->repository, name, error);

	if (environment)
		add_once(&docs->environments, environment);
	return environment != NULL;
}

void aspis_docs_set_templates(struct aspis_docs *docs, const char *folder)
{
	docs->templates = arena_str(&docs->arena, str_of(folder)).ptr;
}

bool aspis_docs_set_role_style(struct aspis_docs *docs, const char *name, struct aspis_error *error)
{
	for (size_t i = 0; aspis_docs_role_style_name(i); i++) {
		if (!str_is(str_of(name), role_styles[i]))
			continue;
		docs->view.px_roles = i == ROLE_STYLE_PHALANX;
		return true;
	}
	return api_refuse(error, "there is no style of roles '%s'; there are plain and phalanx", name);
}

void aspis_docs_set_progress(struct aspis_docs *docs, aspis_docs_progress *progress, void *context)
{
	docs->progress = progress;
	docs->progress_context = context;
}

static int compare_environments(const void *a, const void *b)
{
	const struct environment *one = *(const struct environment *const *)a;
	const struct environment *other = *(const struct environment *const *)b;

	return str_compare(one->name, other->name);
}

/* What is made is read off an inventory, which borrows all the rest. */
struct made {
	struct diag_sink findings;
	struct delivery *delivery;
	struct docs_inventory *inventory;
	struct docs_output output;
};

static bool render(struct made *made, const struct aspis_docs *docs, struct error *error)
{
	static const char *const fallback = "rst";
	const struct docs_format *rst = docs_format_find(str_of(fallback));
	struct docs_request request = {
		.inventory = made->inventory,
		.formats = docs->formats.len > 0 ? docs->formats.items : (const void *)&rst,
		.format_count = docs->formats.len > 0 ? docs->formats.len : 1,
		.templates = docs->templates,
		.view = docs->view,
		.progress = docs->progress,
		.progress_context = docs->progress_context,
	};

	return docs_render(&made->output, &request, error);
}

static void made_release(struct made *made)
{
	docs_output_release(&made->output);
	docs_inventory_free(made->inventory);
	delivery_free(made->delivery);
	diag_sink_release(&made->findings);
}

static bool make(struct made *made, const struct aspis_docs *docs, const struct vec *environments, struct error *error)
{
	struct aspis_repository *repository = docs->repository;
	const struct model *model = api_model(repository, DELIVERY_ROLES);

	diag_sink_init(&made->findings);
	check_unresolved(&made->findings, model, environments);
	made->delivery = api_delivery(repository, environments);
	struct docs_inventory_options options = {
		.environments = environments,
		.delivery = made->delivery,
		.findings = &made->findings,
		.prose = &repository->settings.prose,
		.credential = credential_of_declaration,
		.conceal = credential_conceal,
	};
	made->inventory = docs_inventory_new(model, &options);
	return render(made, docs, error);
}

/* Compares the folder with what is made, and lets act do the rest. */
typedef bool act_function(void *context, const struct docs_comparison *comparison, struct error *error);

static void fill_result(
	struct aspis_docs_result *result, struct aspis_docs *docs, const struct docs_comparison *comparison)
{
	size_t kept = comparison->counts[DOCS_KEPT], next = 0;

	*result = (struct aspis_docs_result){
		.unchanged = comparison->counts[DOCS_SAME],
		.missing = comparison->counts[DOCS_MISSING],
		.stale = comparison->counts[DOCS_STALE],
		.foreign = comparison->counts[DOCS_FOREIGN],
		.orphaned = comparison->counts[DOCS_ORPHANED],
		.kept = kept,
		.kept_paths = arena_calloc(&docs->arena, kept + 1, sizeof(char *)),
		.differs = docs_is_stale(comparison),
	};
	for (size_t i = 0; i < comparison->entries.len; i++) {
		const struct docs_entry *entry = vec_at(&comparison->entries, i);

		if (entry->state == DOCS_KEPT)
			result->kept_paths[next++] = arena_str(&docs->arena, entry->path).ptr;
	}
}

static bool compare(struct aspis_docs *docs, const char *folder, const struct docs_output *output,
	struct aspis_docs_result *result, act_function *act, void *context, struct error *error)
{
	struct docs_comparison comparison;
	bool done = docs_compare(&comparison, folder, output, error);

	if (done)
		fill_result(result, docs, &comparison);
	done = done && act(context, &comparison, error);
	docs_comparison_release(&comparison);
	return done;
}

/* Without environments nothing is shown, and every page of an earlier run would be taken for one that is needed no more. */
static bool refuse_nothing(const struct aspis_docs *docs, const struct model *model, struct aspis_error *error)
{
	struct str root = docs->repository->files->root;

	if (model->environments.len > 0)
		return true;
	return api_refuse(error,
		"%.*s has no environments (environments/values-ENVIRONMENT.yaml), so that there is nothing to make "
		"pages of, and no page is written or removed; name the root of the repository with -c",
		STR_ARG(root));
}

/* Where a folder is, links followed as far as it is there. Absent: that cannot be said, and whoever writes into it will say why. */
static struct str real_folder(struct arena *arena, struct str folder)
{
	struct str known = folder, rest = STR("");

	while (true) {
		char *real = realpath(known.len > 0 ? arena_str(arena, known).ptr : ".", NULL);

		if (real != NULL) {
			struct str found = path_join(arena, arena_str(arena, str_of(real)), rest);
			free(real);
			return path_normalize(arena, found);
		}
		if ((errno != ENOENT && errno != ENOTDIR) || known.len == 0 || str_is(known, "/"))
			return STR_ABSENT;
		rest = path_join(arena, path_base(known), rest);
		known = path_directory(known);
	}
}

/* Pages among the files of the repository would be read as an application, an environment or a chart of it. */
static bool refuse_inside(const struct aspis_docs *docs, const char *folder, struct str real, struct aspis_error *error)
{
	static const char *const parts[] = {"applications", "environments", "charts"};
	struct arena arena;
	bool taken = false;

	arena_init(&arena);
	struct str root = real_folder(&arena, docs->repository->files->root);
	for (size_t i = 0; !taken && i < sizeof(parts) / sizeof(parts[0]); i++) {
		taken = path_is_within(real, path_join(&arena, root, str_of(parts[i])));
		if (taken)
			api_refuse(error,
				"%s is in the folder %s of the repository, where pages would be read as a part of it; "
				"write into "
				"a folder of their own, such as docs/secrets",
				folder, parts[i]);
	}
	if (!taken && str_equal(real, root)) {
		taken = true;
		api_refuse(error,
			"%s is the root of the repository, where pages would be read as a part of it; write into a "
			"folder "
			"of their own, such as docs/secrets",
			folder);
	}
	arena_release(&arena);
	return !taken;
}

/* Several formats have a folder each below the one that is named. */
static bool refuse_folder(const struct aspis_docs *docs, const char *folder, struct aspis_error *error)
{
	size_t count = docs->formats.len > 0 ? docs->formats.len : 1;
	struct arena arena;
	bool may = true;

	arena_init(&arena);
	for (size_t i = 0; may && i < count; i++) {
		struct str path = path_normalize(&arena, str_of(folder));

		if (count > 1)
			path = path_join(&arena, path,
				str_of(((const struct docs_format *)vec_pointer(&docs->formats, i))->name));
		struct str real = real_folder(&arena, path);
		may = str_is_absent(real) || refuse_inside(docs, folder, real, error);
	}
	arena_release(&arena);
	return may;
}

static bool run(struct aspis_docs *docs, const char *folder, struct aspis_docs_result *result,
	struct aspis_diag_list **broken, act_function *act, void *context, struct aspis_error *error)
{
	const struct model *model = api_model(docs->repository, DELIVERY_ROLES);
	const struct vec *environments = docs->environments.len > 0 ? &docs->environments : &model->environments;
	struct error cause = ERROR_INIT;
	struct made made;

	if (!refuse_nothing(docs, model, error) || !refuse_folder(docs, folder, error))
		return false;
	vec_sort(&docs->environments, compare_environments);
	*broken = api_broken(docs->repository, environments);
	if (*broken)
		return api_refuse(error,
			"no pages can be made: %zu error%s in the files that the environments depend on",
			aspis_diag_list_count(*broken), aspis_diag_list_count(*broken) == 1 ? "" : "s");
	bool done = make(&made, docs, environments, &cause) &&
		    compare(docs, folder, &made.output, result, act, context, &cause);
	made_release(&made);
	return done || api_fail(error, &cause);
}

static bool act_write(void *context, const struct docs_comparison *comparison, struct error *error)
{
	(void)context;
	return docs_apply(comparison, error);
}

bool aspis_docs_write(struct aspis_docs *docs, const char *folder, struct aspis_docs_result *result,
	struct aspis_diag_list **broken, struct aspis_error *error)
{
	return run(docs, folder, result, broken, act_write, NULL, error);
}

static bool act_report(void *context, const struct docs_comparison *comparison, struct error *error)
{
	(void)error;
	docs_report(context, comparison);
	return true;
}

char *aspis_docs_check(struct aspis_docs *docs, const char *folder, size_t *size, struct aspis_docs_result *result,
	struct aspis_diag_list **broken, struct aspis_error *error)
{
	struct strbuf text = STRBUF_INIT;

	if (run(docs, folder, result, broken, act_report, &text, error))
		return api_detach(&text, size);
	strbuf_release(&text);
	return NULL;
}

char *aspis_docs_list_templates(size_t *size)
{
	struct strbuf text = STRBUF_INIT;
	struct docs_built_in file;

	for (size_t i = 0; docs_built_in_at(&file, i); i++)
		strbuf_printf(&text, "%s/%s\n", file.format->name, file.name);
	return api_detach(&text, size);
}

bool aspis_docs_dump_templates(const char *folder, size_t *written, struct aspis_error *error)
{
	struct error cause = ERROR_INIT;

	return docs_dump_templates(folder, written, &cause) || api_fail(error, &cause);
}
