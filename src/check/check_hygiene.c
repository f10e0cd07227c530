/* Family 6xx, file by file: what is looked for in which. */
#include "base/path.h"
#include "base/strbuf.h"
#include "check/hygiene.h"

struct str hygiene_path_text(struct arena *arena, const struct hygiene_path *path)
{
	struct str outer = path->outer != NULL ? hygiene_path_text(arena, path->outer) : STR("");
	struct str key = path->key;

	if (str_is_absent(key))
		return arena_printf(arena, "%.*s[%u]", STR_ARG(outer), path->index);
	if (credential_form(STR(""), key) != NULL)
		key = STR("…");
	return arena_printf(arena, "%.*s%s%.*s", STR_ARG(outer), outer.len > 0 ? "." : "", STR_ARG(key));
}

struct str hygiene_text(const struct hygiene *hygiene, const struct node *node)
{
	struct str text = node_string(node);

	if (str_is_absent(text) || (hygiene->template != NULL && helm_has_hole(hygiene->template, node)))
		return STR_ABSENT;
	return text;
}

struct span hygiene_span(const struct hygiene *hygiene, const struct node *node)
{
	node = node_resolve(node);
	return (struct span){.source = hygiene->file->source, .start = node->value_start, .end = node->end};
}

bool hygiene_is_encrypted(const struct node *root)
{
	return node_is_mapping(root) && node_is_mapping(node_get(root, STR("sops")));
}

static void check_documents(const struct hygiene *hygiene)
{
	const struct vec *documents = &hygiene->file->stream->documents;

	for (size_t i = 0; i < documents->len; i++)
		hygiene_manifests(hygiene, ((const struct yaml_document *)vec_at(documents, i))->root);
}

/* Whether text ends in a key `kind` and what may stand between it and its value. */
static bool ends_with_kind(struct str text)
{
	while (text.len > 0 && memchr("\"': \t", text.ptr[text.len - 1], strlen("\"': \t")) != NULL)
		text.len--;
	return str_ends_with(text, STR("kind"));
}

/* Whether `kind: Secret` may stand in a text, quoted or not. */
static bool may_hold_secret(struct str text)
{
	struct str kind = STR("Secret");

	for (size_t at = 0; (at += str_find(str_slice(text, at, text.len), 'S')) < text.len; at++) {
		struct str rest = str_slice(text, at, kind.len + 1);

		if (str_starts_with(rest, kind) &&
			(rest.len == kind.len || strchr("\"' \t\r\n#,}", rest.ptr[kind.len]) != NULL) &&
			ends_with_kind(str_slice(text, 0, at)))
			return true;
	}
	return false;
}

/* A text in which neither a Secret nor a known credential stands is not worth parsing. */
static bool is_worth_reading(struct str text)
{
	return may_hold_secret(text) || credential_anywhere(text) != NULL;
}

static void check_template(struct hygiene *hygiene)
{
	const struct repo_file *file = hygiene->file;

	if (!str_ends_with(file->path, STR(".yaml")) && !str_ends_with(file->path, STR(".yml")))
		return;
	if (!is_worth_reading(file->source->text))
		return;
	struct helm_template *template = helm_read(hygiene->scratch, file->source, NULL);
	hygiene->template = template;
	for (size_t i = 0; i < template->fragments.len; i++) {
		const struct helm_fragment *fragment = vec_at(&template->fragments, i);

		for (size_t j = 0; j < fragment->documents.len; j++)
			hygiene_manifests(hygiene, ((const struct helm_member *)vec_at(&fragment->documents, j))->item);
	}
	helm_template_release(template);
}

/* Values of charts outside of the layout have no role of their own. */
static bool is_values_file(const struct repo_file *file)
{
	struct str name = path_base(file->path);

	return str_starts_with(name, STR("values")) && name.len > strlen("values") &&
	       strchr("-_.", name.ptr[6]) != NULL;
}

void check_hygiene(
	const struct check *check, struct diag_sink *sink, struct arena *scratch, const struct repo_file *file)
{
	struct hygiene hygiene = {.check = check, .sink = sink, .scratch = scratch, .file = file};
	unsigned valued = FILE_ENVIRONMENT_DEFAULTS | FILE_ENVIRONMENT | FILE_VALUES | FILE_VALUES_ENVIRONMENT |
			  FILE_SECRETS | FILE_SECRETS_ENVIRONMENT;

	if (!str_is_absent(file->problem))
		return;
	if (file->role & FILE_TEMPLATE)
		check_template(&hygiene);
	else if (file->stream == NULL || file->stream->broken)
		return;
	else if ((file->role & valued) || is_values_file(file))
		hygiene_values(&hygiene);
	else if (file->role & FILE_YAML) {
		check_documents(&hygiene);
		hygiene_static_secrets(&hygiene);
	}
}
