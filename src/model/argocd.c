#include "model/argocd.h"

#include "base/strbuf.h"
#include "model/template_scan.h"

/* The last mapping keys that a line stands under. */
struct open_key {
	size_t indent;
	size_t path_len;  /* of the dotted path without this key */
	size_t parameter; /* its place in the parameters of the document + 1; 0: none */
};

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
};

struct reader {
	struct argocd_template *out;
	struct arena *arena;
	const struct repo_file *file;
	struct template_scan scan;
	size_t state;       /* index of the state that holds at the current line */
	struct vec keys;    /* struct open_key */
	struct strbuf path; /* of the last key */
	struct document document;
};

/* A line without its indentation. */
struct line {
	struct str text;
	size_t indent;
	uint32_t offset;
	bool item; /* it began with a dash */
};

/* A scalar as it stands in a line. */
struct value {
	struct str text; /* without quotes and comment */
	uint32_t offset;
	bool hole;
};

static bool has_hole(struct str text)
{
	return str_find(text, TEMPLATE_HOLE) < text.len;
}

static struct span span_at(const struct reader *reader, uint32_t offset, size_t len)
{
	return (struct span){.source = reader->file->source, .start = offset, .end = offset + (uint32_t)len};
}

static struct template_state state_of(const struct reader *reader)
{
	return *(struct template_state *)vec_at(&reader->scan.states, reader->state);
}

static size_t skip_blanks(struct str text)
{
	size_t i = 0;
	while (i < text.len && (text.ptr[i] == ' ' || text.ptr[i] == '\t'))
		i++;
	return i;
}

static struct value read_value(struct str text, uint32_t offset)
{
	size_t blanks = skip_blanks(text);
	struct value value = {.text = str_slice(text, blanks, text.len), .offset = offset + (uint32_t)blanks};
	char quote = value.text.len > 0 ? value.text.ptr[0] : '\0';

	if (quote == '"' || quote == '\'') {
		value.text = str_slice(value.text, 1, value.text.len);
		value.text.len = str_find(value.text, quote);
		value.offset++;
	} else {
		for (size_t i = 0; i < value.text.len; i++)
			if (value.text.ptr[i] == '#' && (i == 0 || value.text.ptr[i - 1] == ' '))
				value.text.len = i;
		value.text = str_trim(value.text);
	}
	value.hole = has_hole(value.text);
	return value;
}

static void add_parameter(struct reader *reader, struct str name, uint32_t offset)
{
	struct argocd_parameter *parameter = vec_push(&reader->document.parameters);
	parameter->name = arena_str(reader->arena, name);
	parameter->span = span_at(reader, offset, name.len);
}

static void take_kind(struct reader *reader, struct value value)
{
	bool application = str_is(value.text, "Application");

	reader->document.any_kind = true;
	if (value.hole || str_is(value.text, "ApplicationSet") || (application && state_of(reader).defined))
		reader->out->generates = true;
	else if (application)
		reader->document.application = true;
}

static void take_name(struct reader *reader, struct value value)
{
	if (!value.hole && str_is_absent(reader->document.name.name))
		reader->document.name = (struct named){
			.name = value.text,
			.span = span_at(reader, value.offset, value.text.len),
			.state = state_of(reader),
		};
}

static void take_path(struct reader *reader, struct value value)
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
	*named = (struct named){.name = name, .span = span_at(reader, offset, name.len), .state = state_of(reader)};
}

static void take_chart(struct reader *reader, struct value value)
{
	(void)value;
	reader->document.has_source = true;
}

static void take_parameter(struct reader *reader, struct value value)
{
	add_parameter(reader, value.hole ? STR("") : value.text, value.offset);
}

/* A whole block: what an action or a flow collection holds is not looked into; a block below it is read line by line. */
static void take_block(struct reader *reader, struct value value)
{
	if (value.text.len > 0 && value.text.ptr[0] != '|' && value.text.ptr[0] != '>')
		add_parameter(reader, STR(""), value.offset);
}

/* What is read of an entry of spec.source or spec.sources, and of the whole document. */
struct handler {
	const char *path;
	void (*take)(struct reader *reader, struct value value);
};

static const struct handler source_handlers[] = {
	{"path", take_path},
	{"chart", take_chart},
	{"helm", take_block},
	{"helm.parameters", take_block},
	{"helm.parameters.name", take_parameter},
	{"helm.values", take_block},
	{"helm.valuesObject", take_block},
	{NULL, NULL},
};

static const struct handler document_handlers[] = {
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

	for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]); i++) {
		struct str root = str_of(roots[i]);
		if (str_starts_with(part, root) && (part.len == root.len || part.ptr[root.len] == '.'))
			return part.len == root.len ? STR("") : str_slice(part, root.len + 1, part.len);
	}
	return STR_ABSENT;
}

static void run_handlers(struct reader *reader, const struct handler *handlers, struct str path, struct value value)
{
	for (; handlers->path; handlers++)
		if (str_is(path, handlers->path))
			handlers->take(reader, value);
}

static void close_keys(struct reader *reader, size_t indent, bool item)
{
	while (reader->keys.len > 0) {
		const struct open_key *key = vec_last(&reader->keys);
		if (key->indent < indent || (item && key->indent == indent))
			return;
		strbuf_truncate(&reader->path, key->path_len);
		vec_pop(&reader->keys);
	}
}

/* Of inline values only what has no key below it is set as such: the key above is no parameter any more. */
static void replace_parameter(struct reader *reader, struct open_key *key, struct str name, uint32_t offset)
{
	if (reader->keys.len > 1) {
		struct open_key *above = vec_at(&reader->keys, reader->keys.len - 2);
		if (above->parameter > 0) {
			struct argocd_parameter *parameter = vec_at(&reader->document.parameters, above->parameter - 1);
			parameter->name = STR_ABSENT;
			above->parameter = 0;
		}
	}
	add_parameter(reader, name, offset);
	key->parameter = reader->document.parameters.len;
}

static void take_key(struct reader *reader, const struct line *line, struct str name, struct value value)
{
	struct open_key *key = vec_push(&reader->keys);

	key->indent = line->indent;
	key->path_len = reader->path.len;
	if (reader->path.len > 0)
		strbuf_append_char(&reader->path, '.');
	strbuf_append(&reader->path, name);

	struct str path = strbuf_str(&reader->path);
	struct str part = inline_part(path);
	if (part.len > 0)
		replace_parameter(reader, key, part, line->offset);
	run_handlers(reader, document_handlers, path, value);
	run_handlers(reader, source_handlers, source_part(path), value);
}

/* A line that an action fills: below a source it may set any value there is. At the top it may be a whole manifest. */
static void take_hole(struct reader *reader, const struct line *line)
{
	bool in_source = !str_is_absent(source_part(strbuf_str(&reader->path)));
	bool in_values = !str_is_absent(inline_part(strbuf_str(&reader->path)));

	if (line->indent == 0 && !reader->document.any_kind && !state_of(reader).defined)
		reader->out->generates = true;
	close_keys(reader, line->indent, false);

	struct str part = inline_part(strbuf_str(&reader->path));
	if (in_values && !str_is_absent(part))
		add_parameter(reader, part, line->offset);
	else if (in_source || line->indent == 0)
		add_parameter(reader, STR(""), line->offset);
}

static void take_item(struct reader *reader, struct value value)
{
	if (!str_is(source_part(strbuf_str(&reader->path)), "helm.valueFiles") || value.hole)
		return;
	struct str *name = vec_push(&reader->document.value_files);
	*name = arena_str(reader->arena, value.text);
}

/* The length of a key at the start of text, its quotes included, or text.len where there is no colon behind one. */
static size_t key_length(struct str text)
{
	size_t i = 0;

	if (text.len > 0 && (text.ptr[0] == '"' || text.ptr[0] == '\''))
		i = 1 + str_find(str_slice(text, 1, text.len), text.ptr[0]);
	for (; i < text.len; i++)
		if (text.ptr[i] == ':' && (i + 1 == text.len || text.ptr[i + 1] == ' ' || text.ptr[i + 1] == '\t'))
			return i;
	return text.len;
}

static void take_content(struct reader *reader, struct line *line)
{
	while (line->text.len > 0 && line->text.ptr[0] == '-' && (line->text.len == 1 || line->text.ptr[1] == ' ')) {
		size_t skipped = 1 + skip_blanks(str_slice(line->text, 1, line->text.len));
		if (!line->item)
			close_keys(reader, line->indent, true);
		line->item = true;
		line->text = str_slice(line->text, skipped, line->text.len);
		line->indent += skipped;
		line->offset += (uint32_t)skipped;
	}
	size_t len = key_length(line->text);
	struct value key = read_value(str_slice(line->text, 0, len), line->offset);
	if (len == line->text.len || key.hole) {
		if (line->item)
			take_item(reader, key);
		else if (key.hole)
			take_hole(reader, line);
		return;
	}
	if (!line->item)
		close_keys(reader, line->indent, false);
	take_key(reader, line, key.text,
		read_value(str_slice(line->text, len + 1, line->text.len), line->offset + (uint32_t)len + 1));
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
	application->guard = reader->scan.malformed ? guard_unknown() : named->state.guard;
	application->conditional = named->state.conditional || reader->scan.malformed;
	vec_init(&application->parameters, sizeof(struct argocd_parameter));
	vec_init(&application->value_files, sizeof(struct str));
	for (size_t i = 0; i < document->parameters.len; i++) {
		const struct argocd_parameter *parameter = vec_at(&document->parameters, i);
		if (!str_is_absent(parameter->name))
			vec_append(&application->parameters, parameter, 1);
	}
	vec_append(&application->value_files, document->value_files.items, document->value_files.len);
	vec_append(&reader->out->applications, &application, 1);
}

/* Makes the Applications of a document, and begins the next. */
static void finish_document(struct reader *reader)
{
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
	vec_clear(&reader->keys);
	strbuf_clear(&reader->path);
}

static bool is_separator(struct str text)
{
	return str_starts_with(text, STR("---")) && (text.len == 3 || text.ptr[3] == ' ' || text.ptr[3] == '\t');
}

static void read_line(struct reader *reader, size_t start, size_t end)
{
	struct str text = {.ptr = reader->scan.text + start, .len = end - start};
	size_t indent = skip_blanks(text);
	struct line line = {.indent = indent, .offset = (uint32_t)(start + indent)};

	line.text = str_trim(str_slice(text, indent, text.len));
	if (line.text.len == 0 || line.text.ptr[0] == '#')
		return;
	while (reader->state + 1 < reader->scan.states.len) {
		const struct template_state *next = vec_at(&reader->scan.states, reader->state + 1);
		if (next->offset > line.offset)
			break;
		reader->state++;
	}
	if (indent == 0 && is_separator(line.text))
		finish_document(reader);
	else if (line.text.ptr[0] == TEMPLATE_HOLE)
		take_hole(reader, &line);
	else
		take_content(reader, &line);
}

void argocd_read(struct argocd_template *out, struct arena *arena, const struct repo_file *file)
{
	struct reader reader = {
		.out = out, .arena = arena, .file = file, .keys = VEC_INIT(struct open_key), .path = STRBUF_INIT};
	size_t start = 0;

	*out = (struct argocd_template){.applications = VEC_INIT(struct argocd_application *)};
	document_init(&reader.document);
	template_scan(&reader.scan, arena, file->source->text);
	while (start < reader.scan.len) {
		struct str rest = {.ptr = reader.scan.text + start, .len = reader.scan.len - start};
		size_t end = start + str_find(rest, '\n');
		read_line(&reader, start, end);
		start = end + 1;
	}
	finish_document(&reader);
	if (!str_is_absent(file->problem) || reader.scan.malformed)
		out->generates = true;
	document_release(&reader.document);
	template_scan_release(&reader.scan);
	vec_release(&reader.keys);
	strbuf_release(&reader.path);
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
