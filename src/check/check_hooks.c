/* ASP015: pre-commit hooks whose `files` expression misses files of the kind that it is for. */
#include "base/regex.h"
#include "base/strbuf.h"
#include "check/context.h"

enum {
	MISSED_SHOWN = 20, /* files named in the message */
};

/* A kind of files, and made-up members of it: an expression that matches none of these is about certain names, not about the kind. */
struct file_class {
	const char *phrase;
	unsigned roles;
	const char *probes[2];
};

static const struct file_class classes[] = {
	{"secrets files of applications", FILE_SECRETS | FILE_SECRETS_ENVIRONMENT,
		{"applications/example/secrets.yaml", "applications/example/secrets-example.yaml"}},
	{"values files of environments", FILE_ENVIRONMENT,
		{"environments/values-example.yaml", "environments/values-test.yaml"}},
};

enum { CLASS_COUNT = sizeof(classes) / sizeof(classes[0]) };

/* An expression of the configuration: there or not, and usable or not. */
struct filter {
	struct regex *regex; /* NULL: there is none */
	bool unknown;        /* there is one, but not one that can be judged */
};

static struct filter filter_of(const struct node *node)
{
	struct filter filter = {.regex = NULL, .unknown = false};
	struct error error = ERROR_INIT;

	if (node_is_null(node))
		return filter;
	if (node_is_string(node))
		filter.regex = regex_new(node_string(node), REGEX_PYTHON, &error);
	filter.unknown = filter.regex == NULL;
	error_release(&error);
	return filter;
}

/* The expressions that decide which files a hook sees. */
struct hook {
	const struct node *node;
	const struct node *files_node;
	struct filter files;
	struct filter exclude;
	const struct filter *all_files; /* of the whole configuration */
	const struct filter *all_exclude;
	bool undecided; /* an expression hit a limit */
};

static bool filter_matches(struct hook *hook, const struct filter *filter, struct str path)
{
	enum regex_result result = regex_search(filter->regex, path);

	if (result == REGEX_UNDECIDED)
		hook->undecided = true;
	return result == REGEX_MATCH;
}

/* Whether a file is left out by anything but the hook's own `files`: on purpose. */
static bool is_left_out(struct hook *hook, struct str path)
{
	if (hook->all_files->regex != NULL && !filter_matches(hook, hook->all_files, path))
		return true;
	if (hook->all_exclude->regex != NULL && filter_matches(hook, hook->all_exclude, path))
		return true;
	return hook->exclude.regex != NULL && filter_matches(hook, &hook->exclude, path);
}

static bool has_item(const struct node *list, struct str name)
{
	list = node_resolve(list);
	if (!node_is_sequence(list))
		return false;
	for (uint32_t i = 0; i < list->sequence.count; i++) {
		if (str_equal(node_string(list->sequence.items[i]), name))
			return true;
	}
	return false;
}

/* Whether the types that a hook asks for leave YAML files in: `types` must all hold, of `types_or` one. */
static bool takes_yaml(const struct node *hook)
{
	const struct node *types = node_resolve(node_get(hook, STR("types")));
	const struct node *any = node_get(hook, STR("types_or"));
	const struct node *none = node_get(hook, STR("exclude_types"));

	for (uint32_t i = 0; node_is_sequence(types) && i < types->sequence.count; i++) {
		struct str type = node_string(types->sequence.items[i]);

		if (!str_is(type, "file") && !str_is(type, "text") && !str_is(type, "yaml"))
			return false;
	}
	if (has_item(none, STR("file")) || has_item(none, STR("text")) || has_item(none, STR("yaml")))
		return false;
	return node_is_null(any) || has_item(any, STR("file")) || has_item(any, STR("text")) ||
	       has_item(any, STR("yaml"));
}

/* A hook that runs on everything anyhow: `files` is without effect. */
static bool ignores_files(const struct node *hook)
{
	const struct node *always = node_get(hook, STR("always_run"));
	const struct node *passes = node_get(hook, STR("pass_filenames"));

	return node_truth(always) && !node_is_null(passes) && !node_truth(passes);
}

static bool class_is_meant(struct hook *hook, const struct file_class *class)
{
	for (size_t i = 0; i < sizeof(class->probes) / sizeof(class->probes[0]); i++) {
		if (filter_matches(hook, &hook->files, str_of(class->probes[i])))
			return true;
	}
	return false;
}

struct coverage {
	size_t total;
	struct vec missed; /* const struct repo_file * */
};

static void measure(struct check *check, struct hook *hook, const struct file_class *class, struct coverage *coverage)
{
	const struct vec *files = &check->repository->files;

	for (size_t i = 0; i < files->len; i++) {
		const struct repo_file *file = vec_pointer(files, i);

		if (!(file->role & class->roles) || is_left_out(hook, file->path))
			continue;
		coverage->total++;
		if (!filter_matches(hook, &hook->files, file->path))
			vec_push_pointer(&coverage->missed, file);
	}
}

static void describe(struct strbuf *out, const struct file_class *class, const struct coverage *coverage)
{
	if (out->len > 0)
		strbuf_append_c(out, ", and ");
	strbuf_printf(out, "%zu of %zu %s", coverage->missed.len, coverage->total, class->phrase);
}

static void list_missed(struct strbuf *out, const struct coverage *coverage)
{
	for (size_t i = 0; i < coverage->missed.len; i++) {
		const struct repo_file *file = vec_pointer(&coverage->missed, i);

		if (i == MISSED_SHOWN) {
			strbuf_printf(out, " and %zu more", coverage->missed.len - i);
			break;
		}
		strbuf_printf(out, "%s%.*s", out->len > 0 ? ", " : "", STR_ARG(file->path));
	}
}

static void report_hook(struct check *check, const struct hook *hook, struct str counts, struct str missed)
{
	struct str id = node_text(node_get(hook->node, STR("id")));
	struct diag *diag = diag_report(check->sink, rule_get(RULE_ASP015), node_value_span(hook->files_node),
		"The hook '%.*s' misses %.*s. It never sees mistakes in these: %.*s. Widen `files`, or say with "
		"`exclude` what is left out on purpose.",
		STR_ARG(str_is_absent(id) ? STR("?") : id), STR_ARG(counts), STR_ARG(missed));

	diag_identify(check->sink, diag, str_is_absent(id) ? STR("") : id, node_string(hook->files_node));
}

static void judge_hook(struct check *check, struct hook *hook)
{
	struct strbuf counts = STRBUF_INIT;
	struct strbuf missed = STRBUF_INIT;

	for (size_t i = 0; i < CLASS_COUNT; i++) {
		struct coverage coverage = {.total = 0, .missed = VEC_INIT(const struct repo_file *)};

		measure(check, hook, &classes[i], &coverage);
		if (coverage.missed.len > 0 && coverage.missed.len < coverage.total &&
			class_is_meant(hook, &classes[i])) {
			describe(&counts, &classes[i], &coverage);
			list_missed(&missed, &coverage);
		}
		vec_release(&coverage.missed);
	}
	if (counts.len > 0 && !hook->undecided)
		report_hook(check, hook, strbuf_str(&counts), strbuf_str(&missed));
	strbuf_release(&counts);
	strbuf_release(&missed);
}

static void check_hook(
	struct check *check, const struct node *node, const struct filter *all_files, const struct filter *all_exclude)
{
	struct hook hook = {.node = node, .all_files = all_files, .all_exclude = all_exclude};

	if (!node_is_mapping(node) || !takes_yaml(node) || ignores_files(node))
		return;
	hook.files_node = node_resolve(node_get(node, STR("files")));
	hook.files = filter_of(hook.files_node);
	hook.exclude = filter_of(node_get(node, STR("exclude")));
	if (hook.files.regex != NULL && !hook.exclude.unknown)
		judge_hook(check, &hook);
	regex_free(hook.files.regex);
	regex_free(hook.exclude.regex);
}

static void check_repositories(
	struct check *check, const struct node *root, const struct filter *all_files, const struct filter *all_exclude)
{
	const struct node *repositories = node_resolve(node_get(root, STR("repos")));

	for (uint32_t i = 0; node_is_sequence(repositories) && i < repositories->sequence.count; i++) {
		const struct node *repository = node_resolve(repositories->sequence.items[i]);
		const struct node *hooks =
			node_is_mapping(repository) ? node_resolve(node_get(repository, STR("hooks"))) : NULL;

		for (uint32_t j = 0; node_is_sequence(hooks) && j < hooks->sequence.count; j++)
			check_hook(check, node_resolve(hooks->sequence.items[j]), all_files, all_exclude);
	}
}

void check_hooks(struct check *check)
{
	const struct repo_file *file = repository_file(check->repository, STR(".pre-commit-config.yaml"));

	if (!check_wants(check, RULE_ASP015) || file == NULL || !file_is_sound(file))
		return;
	const struct node *root = yaml_root(file->stream);
	if (!node_is_mapping(root))
		return;
	struct filter all_files = filter_of(node_get(root, STR("files")));
	struct filter all_exclude = filter_of(node_get(root, STR("exclude")));
	if (!all_files.unknown && !all_exclude.unknown)
		check_repositories(check, root, &all_files, &all_exclude);
	regex_free(all_files.regex);
	regex_free(all_exclude.regex);
}
