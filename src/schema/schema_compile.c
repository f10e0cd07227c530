#include "schema/schema_compile.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/strbuf.h"
#include "base/xalloc.h"
#include "schema/schema.h"
#include "schema/schema_uri.h"
#include "schema/schema_value.h"

#define DRAFT_2020_12 STR("https://json-schema.org/draft/2020-12/schema")

bool compile_fail(struct compiler *compiler, const struct node *node, const char *format, ...)
{
	struct span span = node_span(node);
	struct strbuf text = STRBUF_INIT;
	va_list args;

	va_start(args, format);
	if (span.source != NULL) {
		struct position position = source_position(span.source, span.start);

		if (span.source->path.len > 0)
			strbuf_printf(&text, "%.*s:", STR_ARG(span.source->path));
		strbuf_printf(&text, "%u:%u: ", (unsigned)position.line, (unsigned)position.column);
	}
	strbuf_vprintf(&text, format, args);
	va_end(args);
	error_set(compiler->error, ERROR_USAGE, "%s", text.ptr);
	strbuf_release(&text);
	return false;
}

static struct str address_key(const void *const *pointer)
{
	return (struct str){.ptr = (const char *)pointer, .len = sizeof(*pointer)};
}

static bool read_vocabularies(struct compiler *compiler, const struct node *declaration, unsigned *vocabularies)
{
	struct node_pairs walk;
	const struct node_pair *pair;
	bool done = true;

	*vocabularies = VOCABULARY_CORE;
	node_pairs_begin(&walk, declaration);
	while (done && (pair = node_pairs_next(&walk)) != NULL) {
		unsigned bit = vocabulary_find(node_string(pair->key));
		bool required = json_types(pair->value) == JSON_BOOLEAN && node_bool(node_resolve(pair->value));

		*vocabularies |= bit;
		if (bit == 0 && required)
			done = compile_fail(compiler, pair->key, "the vocabulary '%.*s' is required, but not known",
				STR_ARG(node_text(pair->key)));
	}
	node_pairs_end(&walk);
	return done;
}

bool compile_dialect(struct compiler *compiler, const struct schema_resource *resource, unsigned *vocabularies)
{
	const struct node *declaration = node_get(resource->root, STR("$schema"));
	struct str uri = node_string(declaration);
	const struct schema_resource *metaschema;

	*vocabularies = VOCABULARY_ALL;
	if (str_is_absent(uri))
		return resource->parent == NULL || compile_dialect(compiler, resource->parent, vocabularies);
	uri_cut_fragment(&uri);
	if (str_equal(uri, DRAFT_2020_12))
		return true;
	metaschema = schema_lookup_resource(&compiler->lookup, uri);
	if (metaschema == NULL)
		return compile_fail(compiler, declaration,
			"the dialect '%.*s' is not known; 2020-12 is 'https://json-schema.org/draft/2020-12/schema'",
			STR_ARG(uri));
	declaration = node_resolve(node_get(metaschema->root, STR("$vocabulary")));
	return !node_is_mapping(declaration) || read_vocabularies(compiler, declaration, vocabularies);
}

static struct program_resource *enter_resource(struct compiler *compiler, struct schema_resource *resource)
{
	const void *address = resource;
	struct program_resource *entered = map_get(&compiler->resources, address_key(&address));

	if (entered != NULL)
		return entered;
	entered = arena_calloc(&compiler->schema->arena, 1, sizeof(*entered));
	entered->resource = resource;
	entered->number = compiler->schema->resources.len;
	if (!compile_dialect(compiler, resource, &entered->vocabularies))
		return NULL;
	vec_push_pointer(&compiler->schema->resources, entered);
	map_set(&compiler->resources, address_key((const void *const *)&entered->resource), entered);
	return entered;
}

struct subschema *compile_subschema(struct compiler *compiler, struct schema_place place)
{
	const struct schema_place *known;
	struct subschema *schema;
	const void *address;
	unsigned types;

	place.node = node_resolve(place.node);
	address = place.node;
	schema = map_get(&compiler->subschemas, address_key(&address));
	if (schema != NULL)
		return schema;
	types = json_types(place.node);
	if (types != JSON_OBJECT && types != JSON_BOOLEAN) {
		compile_fail(compiler, place.node, "expected a schema (a mapping or a boolean), found %s",
			node_type_phrase(place.node));
		return NULL;
	}
	known = schema_lookup_place(&compiler->lookup, place.node);
	if (known == NULL && types == JSON_OBJECT) {
		schema_index_scan(compiler->lookup.own, place);
		known = schema_lookup_place(&compiler->lookup, place.node);
	}
	schema = arena_calloc(&compiler->schema->arena, 1, sizeof(*schema));
	schema->place = known != NULL ? *known : place;
	schema->is_boolean = types == JSON_BOOLEAN;
	schema->allows = schema->is_boolean && node_bool(place.node);
	schema->resource = enter_resource(compiler, schema->place.resource);
	if (schema->resource == NULL)
		return NULL;
	map_set(&compiler->subschemas, address_key((const void *const *)&schema->place.node), schema);
	vec_push_pointer(&compiler->pending, schema);
	return schema;
}

static int compare_operations(const void *a, const void *b)
{
	return (int)((const struct instruction *)a)->operation - (int)((const struct instruction *)b)->operation;
}

static void finish_subschema(struct builder *builder)
{
	struct subschema *schema = builder->schema;
	size_t size = builder->instructions.len * sizeof(struct instruction);

	vec_sort(&builder->instructions, compare_operations);
	schema->count = builder->instructions.len;
	schema->instructions = arena_alloc(&builder->compiler->schema->arena, size);
	if (size > 0)
		memcpy(schema->instructions, builder->instructions.items, size);
	for (size_t i = 0; i < schema->count; i++) {
		enum schema_operation operation = schema->instructions[i].operation;

		schema->collects = schema->collects || operation == OPERATION_UNEVALUATED_ITEMS ||
				   operation == OPERATION_UNEVALUATED_PROPERTIES;
	}
}

static bool compile_pair(struct builder *builder, const struct node_pair *pair)
{
	enum schema_keyword keyword;
	const struct keyword *row;

	if (!node_is_string(pair->key))
		return compile_fail(builder->compiler, pair->key, "a keyword must be a string");
	keyword = keyword_find(node_string(pair->key));
	if (keyword == KEYWORD_COUNT)
		return true;
	row = keyword_row(keyword);
	if (!(builder->schema->resource->vocabularies & row->vocabulary))
		return true;
	return compile_shape(builder->compiler, keyword, pair->value) &&
	       (row->operation == OPERATION_NONE || compile_keyword(builder, keyword, pair->value));
}

static bool compile_mapping(struct compiler *compiler, struct subschema *schema)
{
	struct builder builder = {.compiler = compiler, .schema = schema};
	struct node_pairs walk;
	const struct node_pair *pair;
	bool done = true;

	vec_init(&builder.instructions, sizeof(struct instruction));
	node_pairs_begin(&walk, schema->place.node);
	while (done && (pair = node_pairs_next(&walk)) != NULL)
		done = compile_pair(&builder, pair);
	node_pairs_end(&walk);
	if (done)
		finish_subschema(&builder);
	vec_release(&builder.instructions);
	return done;
}

static bool compile_pending(struct compiler *compiler)
{
	while (compiler->pending.len > 0) {
		struct subschema *schema = vec_last_pointer(&compiler->pending);

		vec_pop(&compiler->pending);
		if (!schema->is_boolean && !compile_mapping(compiler, schema))
			return false;
	}
	return true;
}

/* Every resource that can be in the dynamic scope and has one of the dynamic anchors may be where a $dynamicRef leads; compiling those may bring in more. */
static bool compile_dynamic_targets(struct compiler *compiler)
{
	struct schema *schema = compiler->schema;
	size_t seen = 0;

	while (seen != schema->resources.len * schema->dynamic_names.len + 1) {
		seen = schema->resources.len * schema->dynamic_names.len + 1;
		for (size_t i = 0; i < schema->resources.len; i++) {
			const struct program_resource *resource = vec_pointer(&schema->resources, i);

			for (size_t j = 0; j < schema->dynamic_names.len; j++) {
				const struct schema_anchor *anchor = map_get(
					&resource->resource->anchors, *(struct str *)vec_at(&schema->dynamic_names, j));

				if (anchor != NULL && anchor->dynamic &&
					compile_subschema(compiler, anchor->place) == NULL)
					return false;
			}
		}
		if (!compile_pending(compiler))
			return false;
	}
	return true;
}

static void link_dynamic_targets(struct compiler *compiler)
{
	struct schema *schema = compiler->schema;
	size_t count = schema->resources.len;

	schema->dynamic_targets =
		arena_calloc(&schema->arena, count * schema->dynamic_names.len + 1, sizeof(*schema->dynamic_targets));
	for (size_t i = 0; i < count; i++) {
		const struct program_resource *resource = vec_pointer(&schema->resources, i);

		for (size_t j = 0; j < schema->dynamic_names.len; j++) {
			const struct schema_anchor *anchor =
				map_get(&resource->resource->anchors, *(struct str *)vec_at(&schema->dynamic_names, j));
			const void *address = anchor != NULL ? anchor->place.node : NULL;

			if (anchor != NULL && anchor->dynamic)
				schema->dynamic_targets[j * count + i] =
					map_get(&compiler->subschemas, address_key(&address));
		}
	}
}

static struct schema *schema_new(void)
{
	struct schema *schema = xcalloc(1, sizeof(*schema));

	arena_init(&schema->arena);
	schema_index_init(&schema->index);
	vec_init(&schema->resources, sizeof(struct program_resource *));
	vec_init(&schema->dynamic_names, sizeof(struct str));
	vec_init(&schema->regexes, sizeof(struct regex *));
	vec_init(&schema->maps, sizeof(struct map *));
	return schema;
}

struct schema *schema_compile(
	const struct schema_registry *registry, struct str uri, const struct node *root, struct error *error)
{
	struct schema *schema = schema_new();
	struct compiler compiler = {.schema = schema, .error = error};
	struct schema_place place = {.node = root};
	bool done;

	compiler.lookup.own = &schema->index;
	compiler.lookup.shared = registry != NULL ? &registry->index : NULL;
	map_init(&compiler.subschemas);
	map_init(&compiler.resources);
	vec_init(&compiler.pending, sizeof(struct subschema *));
	place.resource = schema_index_add(&schema->index, uri, root);
	schema->root = compile_subschema(&compiler, place);
	done = schema->root != NULL && compile_pending(&compiler) && compile_dynamic_targets(&compiler);
	if (done)
		link_dynamic_targets(&compiler);
	map_release(&compiler.subschemas);
	map_release(&compiler.resources);
	vec_release(&compiler.pending);
	if (!done) {
		schema_free(schema);
		return NULL;
	}
	return schema;
}

void schema_free(struct schema *schema)
{
	if (schema == NULL)
		return;
	for (size_t i = 0; i < schema->regexes.len; i++)
		regex_free(*(struct regex **)vec_at(&schema->regexes, i));
	for (size_t i = 0; i < schema->maps.len; i++)
		map_release(*(struct map **)vec_at(&schema->maps, i));
	vec_release(&schema->regexes);
	vec_release(&schema->maps);
	vec_release(&schema->resources);
	vec_release(&schema->dynamic_names);
	schema_index_release(&schema->index);
	arena_release(&schema->arena);
	free(schema);
}
