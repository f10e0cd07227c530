/* ASP014: files that look as if they were read, and are not. */
#include <ctype.h>

#include "base/nearest.h"
#include "base/path.h"
#include "check/context.h"
#include "check/suggest.h"

/* "Secret_idfdev.yml" in parts: the word before the first separator in lower case, what stands behind it, and what it was probably meant to be. */
struct name_parts {
	struct str word;    /* "secret" */
	struct str rest;    /* "idfdev"; absent where there is none */
	const char *meant;  /* "secrets" or "values" */
	bool word_is_exact; /* the word is what is meant already, but for its case */
};

static bool is_separator(char c)
{
	return c == '-' || c == '_' || c == '.' || c == ' ';
}

static struct str lower_case(struct arena *arena, struct str text)
{
	char *copy = arena_bytes(arena, text.len);

	for (size_t i = 0; i < text.len; i++)
		copy[i] = (char)tolower((unsigned char)text.ptr[i]);
	return (struct str){.ptr = copy, .len = text.len};
}

/* The word that a word was meant to be: itself, its singular, or a slip of the keyboard. */
static const char *meant_word(struct str word)
{
	static const char *const words[] = {"secrets", "values"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		struct nearest nearest;
		struct str known = str_of(words[i]);

		if (str_equal(word, known) || str_equal(word, str_slice(known, 0, known.len - 1)))
			return words[i];
		nearest_init(&nearest, word);
		nearest_offer(&nearest, known);
		if (!str_is_absent(nearest.best) && word.len + 1 >= known.len && word.len <= known.len + 1 &&
			word.len > 0 && word.ptr[0] == known.ptr[0])
			return words[i];
	}
	return NULL;
}

/* Whether a name has the form of a YAML file that begins with a likely word. */
static bool parse_name(struct arena *arena, struct str name, struct name_parts *parts)
{
	struct str extension = lower_case(arena, path_extension(name));
	if (!str_is(extension, ".yaml") && !str_is(extension, ".yml"))
		return false;

	struct str stem = lower_case(arena, path_stem(name));
	size_t len = 0;
	while (len < stem.len && !is_separator(stem.ptr[len]))
		len++;
	parts->word = str_slice(stem, 0, len);
	parts->rest = len + 1 < stem.len ? str_slice(stem, len + 1, stem.len) : STR_ABSENT;
	parts->meant = meant_word(parts->word);
	parts->word_is_exact = parts->meant != NULL && str_is(parts->word, parts->meant);
	return parts->meant != NULL;
}

/* Endings of files that are there to be read by people. */
static bool is_sample(struct str rest)
{
	static const char *const samples[] = {"example", "examples", "sample", "template", "dist", "default", "schema",
		"test", "tests", "ci", "enc", "sops", "sealed"};

	while (!str_is_absent(rest)) {
		struct str part = str_cut(&rest, '.');

		for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
			if (str_is(part, samples[i]))
				return true;
		}
	}
	return false;
}

/* A Kubernetes manifest, an encrypted file or one that could not be read as a mapping is something else. */
static bool may_be_declarations(const struct repo_file *file)
{
	if (file->stream == NULL || file->stream->broken)
		return str_is_absent(file->problem);
	const struct node *root = yaml_root(file->stream);
	if (!node_is_mapping(root))
		return node_is_null(root);
	return !(node_get(root, STR("apiVersion")) != NULL && node_get(root, STR("kind")) != NULL) &&
	       node_get(root, STR("sops")) == NULL;
}

/* The environment that the end of a name means, exactly or nearly; separators count as hyphens. */
static struct str meant_environment(const struct check *check, struct str rest)
{
	if (str_is_absent(rest))
		return STR_ABSENT;
	const struct environment *environment = model_environment(check->model, rest);
	size_t effort = check->model->environments.len;
	return environment != NULL ? environment->name : nearest_environment(check->model, rest, &effort);
}

static void report_unread(struct check *check, const struct repo_file *file, struct str folder, struct str meant)
{
	struct str base = path_base(file->path);

	if (str_equal(base, meant))
		return;
	struct diag *diag = diag_report(check->sink, rule_get(RULE_ASP014), span_of_source(file->source),
		"Nothing reads '%.*s'. Its name is nearly that of a file that is read, but what it says takes no "
		"effect; did you mean '%.*s'?",
		STR_ARG(base), STR_ARG(meant));
	struct str path = path_join(&check->arena, folder, meant);
	const struct repo_file *other = repository_file(check->repository, path);

	if (other != NULL)
		diag_relate(check->sink, diag, span_of_source(other->source), "This file is there already.");
	diag_identify(check->sink, diag, file->path, base);
}

static struct str meant_name(struct check *check, const struct name_parts *parts, struct str environment)
{
	struct str end = str_is_absent(environment) ? parts->rest : environment;

	if (str_is_absent(end))
		return arena_printf(&check->arena, "%s.yaml", parts->meant);
	return arena_printf(&check->arena, "%s-%.*s.yaml", parts->meant, STR_ARG(end));
}

/* A file right in the folder of an application. The longer the way from a name that is read, the more has to speak for it. */
static void judge_application_file(
	struct check *check, const struct application *application, const struct repo_file *file)
{
	struct name_parts parts;
	struct str base = path_base(file->path);

	if (!parse_name(&check->arena, base, &parts) || is_value_file(application, base) || !may_be_declarations(file))
		return;
	struct str environment = meant_environment(check, parts.rest);
	if (!str_is_absent(parts.rest) && str_is_absent(environment) && (!parts.word_is_exact || is_sample(parts.rest)))
		return;
	report_unread(check, file, application->folder, meant_name(check, &parts, environment));
}

/* A file right in environments/: only values are read there. */
static void judge_environment_file(struct check *check, const struct repo_file *file)
{
	struct name_parts parts;

	if (!parse_name(&check->arena, path_base(file->path), &parts) || !str_is(str_of(parts.meant), "values") ||
		!may_be_declarations(file) || (!str_is_absent(parts.rest) && is_sample(parts.rest)))
		return;
	report_unread(check, file, path_directory(file->path), meant_name(check, &parts, STR_ABSENT));
}

/* The application whose folder this is. */
static const struct application *application_of_folder(const struct check *check, struct str folder)
{
	struct str rest = folder;

	if (!str_is(path_component(&rest), "applications") || str_is_absent(rest))
		return NULL;
	return model_application(check->model, rest);
}

void check_unread_files(struct check *check)
{
	const struct vec *files = &check->repository->files;

	if (check->model->environments.len == 0)
		return;
	for (size_t i = 0; i < files->len; i++) {
		const struct repo_file *file = vec_pointer(files, i);

		if (!(file->role & (FILE_YAML | FILE_OTHER)))
			continue;
		struct str folder = path_directory(file->path);
		const struct application *application = application_of_folder(check, folder);
		if (application != NULL)
			judge_application_file(check, application, file);
		else if (str_is(folder, "environments"))
			judge_environment_file(check, file);
	}
}
