/* Family 0xx: files as such, whatever they mean. */
#include "check/context.h"

/* Files that are read as one document holding one mapping. */
#define SINGLE_MAPPING_ROLES                                                                                           \
	(FILE_ENVIRONMENT_DEFAULTS | FILE_ENVIRONMENT | FILE_CHART | FILE_VALUES | FILE_VALUES_ENVIRONMENT |           \
		FILE_SECRETS | FILE_SECRETS_ENVIRONMENT | FILE_PRE_COMMIT)

/* Files whose readers are known to build values as PyYAML does, and stop where it stops. */
#define CONSTRUCTED_ROLES (SINGLE_MAPPING_ROLES & ~(unsigned)FILE_CHART)

static bool has_component(struct str path, const char *name)
{
	while (!str_is_absent(path)) {
		if (str_is(str_cut(&path, '/'), name))
			return true;
	}
	return false;
}

/* Broken on purpose, it may be. */
static bool is_test_data(struct str path)
{
	static const char *const folders[] = {"test", "tests", "testdata", "fixtures", "__snapshots__"};
	struct str folder = str_slice(path, 0, str_find_last(path, '/'));

	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		if (folder.len < path.len && has_component(folder, folders[i]))
			return true;
	}
	return false;
}

/* Whether a text is likely to be made YAML by a template engine first. `${{ … }}`, as workflows have it, is YAML already. */
static bool is_templated(struct str text)
{
	if (str_contains(text, STR("{%")))
		return true;
	for (struct str rest = text; rest.len > 1;) {
		size_t brace = str_find(rest, '{');

		if (brace + 1 >= rest.len)
			return false;
		if (rest.ptr[brace + 1] == '{' && (brace == 0 || rest.ptr[brace - 1] != '$'))
			return true;
		brace += rest.ptr[brace + 1] == '{' ? 2 : 1;
		rest = str_slice(rest, brace, rest.len - brace);
	}
	return false;
}

/* Whether what the loader found matters in a file: of files that others read, only what every YAML parser would object to. */
static bool issue_matters(const struct repo_file *file, enum yaml_issue_kind kind)
{
	if (file->role & SINGLE_MAPPING_ROLES)
		return (kind != YAML_INVALID_SCALAR && kind != YAML_UNCONSTRUCTIBLE) ||
		       (file->role & CONSTRUCTED_ROLES);
	return (kind == YAML_INVALID || kind == YAML_DUPLICATE_KEY || kind == YAML_ENCODING) &&
	       !is_test_data(file->path) && !is_templated(file->source->text);
}

/* The text of a key as it is meant, near enough for a message. */
static struct str without_quotes(struct str text)
{
	bool is_quoted =
		text.len >= 2 && (text.ptr[0] == '"' || text.ptr[0] == '\'') && text.ptr[text.len - 1] == text.ptr[0];

	return is_quoted ? str_slice(text, 1, text.len - 2) : text;
}

/* What to write instead, by what the loader found too much of. */
static const char *nesting_advice(struct str what)
{
	if (str_contains(what, STR("alias")))
		return "write out what the aliases stand for";
	if (str_contains(what, STR("tags")) || str_contains(what, STR("%TAG")))
		return "write it without tags";
	return "drop levels, or divide it";
}

static struct diag *report_issue(struct diag_sink *sink, struct arena *scratch, const struct yaml_issue *issue)
{
	struct str what = issue->message;

	switch (issue->kind) {
	case YAML_INVALID:
		return diag_report(sink, rule_get(RULE_ASP002), issue->span,
			"This is not valid YAML: %.*s. Whoever reads the file stops here, and nothing that it says "
			"takes effect.",
			STR_ARG(what));
	case YAML_ENCODING:
		return diag_report(sink, rule_get(RULE_ASP006), issue->span,
			"The file is not UTF-8 text: %.*s. Whoever reads it stops here; save it as UTF-8.",
			STR_ARG(what));
	case YAML_NESTING:
		return diag_report(sink, rule_get(RULE_ASP007), issue->span,
			"The file cannot be read safely: %.*s. Nothing that it says is checked; %s.", STR_ARG(what),
			nesting_advice(what));
	case YAML_DUPLICATE_KEY: {
		struct str key = quoted(scratch, without_quotes(span_text(issue->span)));

		return diag_report(sink, rule_get(RULE_ASP003), issue->span,
			"The key %.*s stands here again. Only the last one counts, so everything below the first is "
			"lost; remove one of them, or rename it.",
			STR_ARG(key));
	}
	case YAML_UNCONSTRUCTIBLE:
		return diag_report(sink, rule_get(RULE_ASP008), issue->span,
			"This cannot be read: %.*s. Phalanx stops here, and nothing that the file says takes effect; "
			"%s.",
			STR_ARG(what),
			issue->related.source != NULL ? "give one of the two another name" : "write it in plain YAML");
	case YAML_INVALID_SCALAR:
		break;
	}
	return diag_report(sink, rule_get(RULE_ASP008), issue->span,
		"This cannot be read as a value: %.*s. Whoever reads the file stops here; put text into quotes, or "
		"correct it.",
		STR_ARG(what));
}

static void check_issues(
	const struct check *check, struct diag_sink *sink, struct arena *scratch, const struct repo_file *file)
{
	const struct vec *issues = &file->stream->issues;
	struct str environment = file_environment(check->model, file);

	for (size_t i = 0; i < issues->len; i++) {
		const struct yaml_issue *issue = vec_at(issues, i);

		if (!issue_matters(file, issue->kind))
			continue;
		struct diag *diag = report_issue(sink, scratch, issue);
		diag_identify(sink, diag, file->path, span_text(span_first_line(issue->span)));
		if (issue->related.source != NULL)
			diag_relate(sink, diag, issue->related,
				issue->kind == YAML_DUPLICATE_KEY ? "The first one is here." : "It begins here.");
		if (!str_is_absent(environment))
			diag_environment(sink, diag, environment);
	}
}

static struct diag *report_documents(struct diag_sink *sink, const struct repo_file *file)
{
	const struct yaml_document *second = vec_at(&file->stream->documents, 1);

	return diag_report(sink, rule_get(RULE_ASP004), span_first_line(second->span),
		"A second YAML document begins here, but only one is read from this file. Remove the divider, or move "
		"what follows to a file of its own.");
}

static bool is_constructed_otherwise(const struct node *node)
{
	return node->kind == NODE_MAPPING && node->type == TYPE_UNKNOWN;
}

static struct diag *report_root(struct diag_sink *sink, const struct node *root)
{
	return diag_report(sink, rule_get(RULE_ASP005), span_first_line(node_value_span(root)),
		"The file holds %s, but a mapping is read from it. Write what it says as `key: value`.",
		node_type_phrase(root));
}

static void check_shape(const struct check *check, struct diag_sink *sink, const struct repo_file *file)
{
	const struct node *root = yaml_root(file->stream);
	struct str environment = file_environment(check->model, file);
	struct diag *diag = NULL;

	if (file->stream->broken || !(file->role & SINGLE_MAPPING_ROLES))
		return;
	if (file->stream->documents.len > 1)
		diag = report_documents(sink, file);
	else if (!node_is_null(root) && !node_is_mapping(root) && !is_constructed_otherwise(root))
		diag = report_root(sink, root);
	if (diag == NULL)
		return;
	diag_identify(sink, diag, file->path, STR(""));
	if (!str_is_absent(environment))
		diag_environment(sink, diag, environment);
}

static void report_unreadable(struct diag_sink *sink, struct span span, struct str path, struct str problem)
{
	struct diag *diag = diag_report(sink, rule_get(RULE_ASP001), span,
		"'%.*s' %.*s. What it says is not known, so the run counts as not finished.", STR_ARG(path),
		STR_ARG(problem));

	diag_identify(sink, diag, path, STR(""));
}

/* A link that leads nowhere hides nothing, unless something in particular reads the file. */
static bool must_be_read(const struct repo_file *file)
{
	return file->role != FILE_YAML || str_is_absent(file->obstacle);
}

void check_file(const struct check *check, struct diag_sink *sink, struct arena *scratch, const struct repo_file *file)
{
	if (!str_is_absent(file->problem)) {
		if (must_be_read(file))
			report_unreadable(sink, span_of_source(file->source), file->path, file->problem);
	} else if (file->stream != NULL) {
		check_issues(check, sink, scratch, file);
		check_shape(check, sink, file);
	}
}

void check_folders(struct check *check)
{
	const struct vec *problems = &check->repository->problems;

	for (size_t i = 0; i < problems->len; i++) {
		const struct repo_problem *problem = vec_at(problems, i);

		report_unreadable(
			check->sink, span_of_source(problem->source), problem->source->path, problem->message);
	}
}
