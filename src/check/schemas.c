#include "check/schemas.h"

#include <assert.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "schema/builtin.h"
#include "yaml/stream.h"

static const char *const file_names[SCHEMA_COUNT] = {
	[SCHEMA_SECRETS] = "secrets.json",
	[SCHEMA_ENVIRONMENT] = "environment.json",
	[SCHEMA_CONFIG] = "config.json",
};

struct schema_set {
	struct arena arena;
	struct schema_registry *registry;
	struct yaml_stream *streams[SCHEMA_COUNT];
	struct schema *schemas[SCHEMA_COUNT];
};

struct schema_set *schema_set_new(void)
{
	struct schema_set *set = xcalloc(1, sizeof(*set));
	struct error error = ERROR_INIT;

	arena_init(&set->arena);
	set->registry = schema_registry_new();
	for (size_t i = 0; i < SCHEMA_COUNT; i++) {
		struct str text = embedded_find(schema_texts, file_names[i]);

		set->streams[i] = json_load(&set->arena, str_of(file_names[i]), text);
		set->schemas[i] = schema_compile(set->registry, STR(""), yaml_root(set->streams[i]), &error);
		assert(set->schemas[i] != NULL);
	}
	error_release(&error);
	return set;
}

void schema_set_free(struct schema_set *set)
{
	if (set == NULL)
		return;
	for (size_t i = 0; i < SCHEMA_COUNT; i++) {
		schema_free(set->schemas[i]);
		yaml_stream_release(set->streams[i]);
	}
	schema_registry_free(set->registry);
	arena_release(&set->arena);
	free(set);
}

const struct schema *schema_set_get(const struct schema_set *set, enum schema_name name)
{
	return set->schemas[name];
}

const struct node *schema_set_tree(const struct schema_set *set, enum schema_name name)
{
	return yaml_root(set->streams[name]);
}
