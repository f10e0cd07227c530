#include "docs/view_private.h"

static struct str origin_words(enum secret_origin origin)
{
	static const char *const words[] = {
		[ORIGIN_STATIC] = "must be provided",
		[ORIGIN_VALUE] = "literal value",
		[ORIGIN_COPY] = "copied",
		[ORIGIN_GENERATE] = "generated",
	};

	return str_of(words[origin]);
}

static struct str generate_words(enum generate_type type)
{
	static const char *const words[] = {
		[GENERATE_PASSWORD] = "a random password",
		[GENERATE_GAFAELFAWR_TOKEN] = "a random Gafaelfawr token",
		[GENERATE_FERNET_KEY] = "a random Fernet key",
		[GENERATE_RSA_PRIVATE_KEY] = "a new RSA private key",
		[GENERATE_BCRYPT_PASSWORD_HASH] = "the bcrypt hash",
		[GENERATE_MTIME] = "the time of the last change",
		[GENERATE_OIDC_CLIENTS] = "the OpenID Connect clients",
		[GENERATE_TYPE_COUNT] = "in an unknown way",
	};

	return str_of(words[type]);
}

/* The markup of a document, or of its first paragraph. */
typedef void write_function(struct strbuf *out, const struct document_node *node, enum document_format format,
	const struct document_write_options *options);

/* Labels have no underscore: what a description defines is called as no secret is, and as nothing in another declaration of the same secret. */
static struct str id_prefix(struct arena *arena, const struct docs_declaration *declaration)
{
	const struct docs_secret *secret = declaration->secret;
	size_t place = 0;

	while (vec_pointer(&secret->declarations, place) != declaration)
		place++;
	if (place == 0)
		return arena_printf(arena, "%.*s_", STR_ARG(secret->link.label));
	return arena_printf(arena, "%.*s_%zu_", STR_ARG(secret->link.label), place + 1);
}

static struct mustache_value *write_prose(struct docs_views *views, const struct docs_declaration *declaration,
	write_function *write, const struct document_node *node)
{
	struct document_write_options options = {
		.id_prefix = id_prefix(&views->arena, declaration),
		.heading_base = views->format->heading,
		.roles = true,
	};

	strbuf_clear(&views->scratch);
	write(&views->scratch, node, views->format->prose, &options);
	return mustache_markup(&views->arena, arena_str(&views->arena, strbuf_str(&views->scratch)));
}

/* What is not valid stands as it is written, in a document of one literal block. */
static void set_verbatim(
	struct docs_views *views, struct mustache_value *map, const struct docs_declaration *declaration)
{
	struct document *document = document_new();
	struct document_node *block = document_add(document, document->root, DOCUMENT_LITERAL_BLOCK);
	struct document_node *paragraph = document_add(document, NULL, DOCUMENT_PARAGRAPH);

	block->text = str_trim(declaration->source_text);
	document_add_text(document, paragraph, str_slice(block->text, 0, str_find(block->text, '\n')));
	mustache_set(map, "description", write_prose(views, declaration, document_write, document->root));
	mustache_set(map, "summary", write_prose(views, declaration, document_write_inline, paragraph));
	document_free(document);
}

static void set_description(
	struct docs_views *views, struct mustache_value *map, const struct docs_declaration *declaration)
{
	const struct docs_declaration *source = declaration->description_of;
	const struct document *document = declaration->description;

	mustache_set(map, "has_description", view_bool(views, document != NULL));
	mustache_set(map, "is_verbatim", view_bool(views, document != NULL && declaration->is_rejected));
	mustache_set(map, "described_by",
		source != NULL ? (struct mustache_value *)view_secret(views, source->secret) : NULL);
	if (document == NULL) {
		mustache_set(map, "description", NULL);
		mustache_set(map, "summary", NULL);
	} else if (declaration->is_rejected) {
		set_verbatim(views, map, declaration);
	} else {
		mustache_set(map, "description", write_prose(views, declaration, document_write, document->root));
		mustache_set(map, "summary", write_prose(views, declaration, document_write_inline, document->root));
	}
}

const struct mustache_value *view_declaration(struct docs_views *views, const struct docs_declaration *declaration)
{
	struct mustache_value **slot = &views->declarations[declaration->index];

	if (*slot != NULL)
		return *slot;
	struct mustache_value *map = mustache_map(&views->arena);
	mustache_inherit(map, view_secret(views, declaration->secret));
	set_description(views, map, declaration);
	mustache_set(map, "encoded", view_bool(views, declaration->spec->encoded));
	*slot = map;
	return map;
}

struct mustache_value *view_literal(const struct scope *scope, const struct docs_declaration *declaration)
{
	if (str_is_absent(declaration->literal) && !declaration->is_withheld)
		return NULL;
	struct mustache_value *map = mustache_map(scope->arena);

	view_set_both(scope, map, "value", "value_code", declaration->literal);
	mustache_set(map, "is_withheld", view_bool(scope->views, declaration->is_withheld));
	return map;
}

struct mustache_value *view_generate(
	const struct scope *scope, const struct docs_declaration *declaration, bool is_resolved)
{
	const struct spec_generate *generate = &declaration->spec->generate;
	struct mustache_value *source = NULL;

	if (generate->node == NULL)
		return NULL;
	struct mustache_value *map = mustache_map(scope->arena);
	if (spec_has(&generate->source)) {
		source = view_named_secret(scope, declaration->secret->application->link.name, generate->source.text);
		mustache_set(source, "is_resolved", view_bool(scope->views, is_resolved));
	}
	view_set_both(scope, map, "type", "type_code", generate->type_text.text);
	mustache_set_text(map, "type_words", generate_words(generate->type));
	mustache_set(map, "source", source);
	return map;
}

static struct mustache_value *view_copy(
	const struct scope *scope, const struct docs_declaration *declaration, bool is_resolved)
{
	const struct spec_copy *copy = &declaration->spec->copy;

	if (copy->node == NULL)
		return NULL;
	struct mustache_value *map = view_named_secret(scope, copy->application.text, copy->key.text);
	mustache_set(map, "is_resolved", view_bool(scope->views, is_resolved));
	return map;
}

static struct mustache_value *make_origin(struct docs_views *views, const struct docs_declaration *declaration,
	enum secret_origin origin, bool is_resolved)
{
	struct scope scope = {.views = views, .arena = &views->arena};
	struct mustache_value *map = mustache_map(&views->arena);
	struct mustache_value *copy = NULL, *generate = NULL, *literal = NULL;

	if (origin == ORIGIN_COPY)
		copy = view_copy(&scope, declaration, is_resolved);
	else if (origin == ORIGIN_GENERATE)
		generate = view_generate(&scope, declaration, is_resolved);
	else if (origin == ORIGIN_VALUE)
		literal = view_literal(&scope, declaration);
	mustache_inherit(map, view_declaration(views, declaration));
	mustache_set_text(map, "origin", secret_origin_name(origin));
	mustache_set_text(map, "origin_words", origin_words(origin));
	mustache_set(map, "is_static", view_bool(views, origin == ORIGIN_STATIC));
	mustache_set(map, "is_value", view_bool(views, origin == ORIGIN_VALUE));
	mustache_set(map, "is_copy", view_bool(views, origin == ORIGIN_COPY));
	mustache_set(map, "is_generate", view_bool(views, origin == ORIGIN_GENERATE));
	mustache_set(map, "copy", copy);
	mustache_set(map, "generate", generate);
	mustache_set(map, "literal", literal);
	return map;
}

/* The names of ORIGIN, and nothing in them. */
static const struct mustache_value *no_origin(struct docs_views *views)
{
	static const char *const names[] = {"origin", "origin_words", "is_static", "is_value", "is_copy", "is_generate",
		"copy", "generate", "literal"};

	if (views->no_origin == NULL) {
		views->no_origin = mustache_map(&views->arena);
		for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
			mustache_set(views->no_origin, names[i], NULL);
	}
	return views->no_origin;
}

const struct mustache_value *view_origin(struct docs_views *views, const struct docs_need *need)
{
	if (need->resolved == NULL || need->declaration == NULL)
		return no_origin(views);
	enum secret_origin origin = need->resolved->origin;
	bool is_resolved = need->source != NULL;
	size_t index = (need->declaration->index * ORIGIN_COUNT + origin) * 2 + (is_resolved ? 1 : 0);
	if (views->origins[index] == NULL)
		views->origins[index] = make_origin(views, need->declaration, origin, is_resolved);
	return views->origins[index];
}
