#include "model/argocd.h"

#include "model/template_lines.h"

/* What names an application: spec.source.path, or metadata.name where there is no path. */
struct named {
	struct str name;
	struct span span;
	struct template_state state;
};

/* One YAML document of a template. */
struct document {
	bool application;
	bool any_kind;
	bool has_source;     /* a path or a chart of any kind */
	bool generated_path; /* an action is part of a path */
	struct named name;   /* metadata.name; name absent where there is none */
	struct vec paths;    /* struct named */
	struct vec parameters;
	struct vec value_files;
	size_t last_key; /* number of the parameter that the last key of inline values is; 0: it is none */
};

struct reader {
	struct argocd_template *out;
	struct arena *arena;
	const struct repo_file *file;
	bool malformed;
	struct document document;
};

static struct span span_at(const struct reader *reader, uint32_t offset, size_t len)
{
	return (struct span){.source = reader->file->source, .start = offset, .end = offset + (uint32_t)len};
}

/* No path of values is longer. Keys of any length over many lines would take memory in the product of both. */
#define PARAMETER_LENGTH_MAX 250

/* What is too long stands for every path. */
static void add_parameter(struct reader *reader, struct str name, uint32_t offset)
{
	struct argocd_parameter *parameter = vec_push(&reader->document.parameters);
	if (name.len > PARAMETER_LENGTH_MAX)
		name = STR("");
	parameter->name = arena_str(reader->arena, name);
	parameter->span = span_at(reader, offset, name.len);
}

typedef void take_value(struct reader *reader, const struct template_line *line, struct template_value value);

static void take_kind(struct reader *reader, const struct template_line *line, struct template_value value)
{
	bool application = str_is(value.text, "Application");

	reader->document.any_kind = true;
	if (value.hole || str_is(value.text, "ApplicationSet") || (application && line->state.defined))
		reader->out->generates = true;
	else if (application)
		reader->document.application = true;
}

static void take_name(struct reader *reader, const struct template_line *line, struct template_value value)
{
	if (!value.hole && str_is_absent(reader->document.name.name))
		reader->document.name = (struct named){
			.name = value.text,
			.span = span_at(reader, value.offset, value.text.len),
			.state = line->state,
		};
}

static void take_path(struct reader *reader, const struct template_line *line, struct template_value value)
{
	struct str folder = STR("applications/");
	size_t skipped = str_starts_with(value.text, STR("./")) ? 2 : 0;
	struct str name = str_slice(value.text, skipped, value.text.len);

	reader->document.has_source = true;
	reader->document.generated_path = reader->document.generated_path || value.hole;
	if (value.hole || !str_starts_with(name, folder))
		return;
	name = str_slice(name, folder.len, name.len);
	name.len = str_find(name, '/');
	uint32_t offset = value.offset + (uint32_t)(skipped + folder.len);
	struct named *named = vec_push(&reader->document.paths);
	*named = (struct named){.name = name, .span = span_at(reader, offset, name.len), .state = line->state};
}

static void take_chart(struct reader *reader, const struct template_line *line, struct template_value value)
{
	(void)line;
	(void)value;
	reader->document.has_source = true;
}

static void take_parameter(struct reader *reader, const struct template_line *line, struct template_value value)
{
	(void)line;
	add_parameter(reader, value.hole ? STR("") : value.text, value.offset);
}

/* A whole block: what an action or a flow collection holds is not looked into; a block below it is read line by line. */
static void take_block(struct reader *reader, const struct template_line *line, struct template_value value)
{
	(void)line;
	if (value.text.len > 0 && value.text.ptr[0] != '|' && value.text.ptr[0] != '>')
		add_parameter(reader, STR(""), value.offset);
}

/* What is read of an entry of spec.source or spec.sources, and of the whole document. */
struct row {
	const char *path;
	take_value *take;
};

static const struct row source_rows[] = {
	{"path", take_path},
	{"chart", take_chart},
	{"helm", take_block},
	{"helm.parameters", take_block},
	{"helm.parameters.name", take_parameter},
	{"helm.values", take_block},
	{"helm.valuesObject", take_block},
	{NULL, NULL},
};

static const struct row document_rows[] = {
	{"kind", take_kind},
	{"metadata.name", take_name},
	{NULL, NULL},
};

/* What a path is below a source; absent where it is not. */
static struct str source_part(struct str path)
{
	static const char *const roots[] = {"spec.source.", "spec.sources."};

	for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]); i++)
		if (str_starts_with(path, str_of(roots[i])))
			return str_slice(path, strlen(roots[i]), path.len);
	return STR_ABSENT;
}

/* What a path is below the values that an Application sets inline; absent where it is not, "" for the values as a whole. */
static struct str inline_part(struct str path)
{
	static const char *const roots[] = {"helm.values", "helm.valuesObject"};
	struct str part = source_part(path);

	for (size_t i = 0; part.len > 0 && i < sizeof(roots) / sizeof(roots[0]); i++) {
		struct str root = str_of(roots[i]);
		if (str_starts_with(part, root) && (part.len == root.len || part.ptr[root.len] == '.'))
			return part.len == root.len ? STR("") : str_slice(part, root.len + 1, part.len);
	}
	return STR_ABSENT;
}

/* Of inline values only what has no key below it is set as such: a key right below the last one takes its place. */
static void add_inline_key(struct reader *reader, struct str name, uint32_t offset)
{
	struct document *document = &reader->document;

	if (document->last_key > 0 && document->last_key == document->parameters.len) {
		const struct argocd_parameter *last = vec_last(&document->parameters);
		if (name.len > last->name.len && name.ptr[last->name.len] == '.' && str_starts_with(name, last->name))
			vec_pop(&document->parameters);
	}
	add_parameter(reader, name, offset);
	document->last_key = document->parameters.len;
}

static void run_rows(struct reader *reader, const struct row *rows, struct str path, const struct template_line *line,
	struct template_value value)
{
	for (; rows->path; rows++)
		if (str_is(path, rows->path))
			rows->take(reader, line, value);
}

static void on_key(void *context, const struct template_line *line, struct template_value value)
{
	struct reader *reader = context;
	struct str part = inline_part(line->path);

	if (part.len > 0)
		add_inline_key(reader, part, line->offset);
	run_rows(reader, document_rows, line->path, line, value);
	run_rows(reader, source_rows, source_part(line->path), line, value);
}

static void on_item(void *context, const struct template_line *line, struct template_value value)
{
	struct reader *reader = context;

	if (!str_is(source_part(line->path), "helm.valueFiles") || value.hole)
		return;
	struct str *name = vec_push(&reader->document.value_files);
	*name = arena_str(reader->arena, value.text);
}

/* Below a source an action may set any value there is. At the top it may be a whole manifest. */
static void on_action(void *context, const struct template_line *line)
{
	struct reader *reader = context;
	struct str part = inline_part(line->path);

	if (line->indent == 0 && !reader->document.any_kind && !line->state.defined)
		reader->out->generates = true;
	reader->document.last_key = 0;
	if (!str_is_absent(part))
		add_parameter(reader, part, line->offset);
	else if (line->indent == 0 || !str_is_absent(source_part(line->previous)))
		add_parameter(reader, STR(""), line->offset);
}

static void document_init(struct document *document)
{
	*document = (struct document){
		.paths = VEC_INIT(struct named),
		.parameters = VEC_INIT(struct argocd_parameter),
		.value_files = VEC_INIT(struct str),
	};
}

static void document_release(struct document *document)
{
	vec_release(&document->paths);
	vec_release(&document->parameters);
	vec_release(&document->value_files);
}

static void add_application(struct reader *reader, const struct named *named)
{
	struct argocd_application *application = arena_calloc(reader->arena, 1, sizeof(*application));
	const struct document *document = &reader->document;

	application->name = arena_str(reader->arena, named->name);
	application->file = reader->file;
	application->span = named->span;
	application->guard = reader->malformed ? guard_unknown() : named->state.guard;
	application->conditional = named->state.conditional || reader->malformed;
	vec_init(&application->parameters, sizeof(struct argocd_parameter));
	vec_init(&application->value_files, sizeof(struct str));
	vec_append(&application->parameters, document->parameters.items, document->parameters.len);
	vec_append(&application->value_files, document->value_files.items, document->value_files.len);
	vec_append(&reader->out->applications, &application, 1);
}

/* Makes the Applications of a document, and begins the next. */
static void on_separator(void *context)
{
	struct reader *reader = context;
	struct document *document = &reader->document;

	if (document->application && document->generated_path)
		reader->out->generates = true;
	if (document->application && !document->has_source) {
		if (str_is_absent(document->name.name))
			reader->out->generates = true;
		else
			add_application(reader, &document->name);
	}
	for (size_t i = 0; document->application && i < document->paths.len; i++)
		add_application(reader, vec_at(&document->paths, i));
	document_release(document);
	document_init(document);
}

void argocd_read(struct argocd_template *out, struct arena *arena, const struct repo_file *file)
{
	struct reader reader = {.out = out, .arena = arena, .file = file};
	struct template_handler handler = {
		.context = &reader, .key = on_key, .item = on_item, .action = on_action, .separator = on_separator};
	struct template_scan scan;

	*out = (struct argocd_template){.applications = VEC_INIT(struct argocd_application *)};
	template_scan(&scan, arena, file->source->text);
	reader.malformed = scan.malformed;
	out->generates = !str_is_absent(file->problem) || scan.malformed;
	document_init(&reader.document);
	template_lines(&scan, &handler);
	on_separator(&reader);
	document_release(&reader.document);
	template_scan_release(&scan);
}

void argocd_application_release(struct argocd_application *application)
{
	vec_release(&application->parameters);
	vec_release(&application->value_files);
}

void argocd_template_release(struct argocd_template *template)
{
	vec_release(&template->applications);
}
