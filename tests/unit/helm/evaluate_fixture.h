/* Templates with values, for the tests of what they come to. */
#ifndef ASPIS_UNIT_TEXT_EVALUATE_FIXTURE_H
#define ASPIS_UNIT_TEXT_EVALUATE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "helm/evaluate.h"
#include "helm/helm.h"
#include "yaml/stream.h"

struct fixture {
	struct arena arena;
	struct yaml_stream *values;
	struct source helpers_source;
	struct helm_template helpers;
	struct map names;
	struct data *root;
	struct source source; /* of the template that was evaluated last */
	struct evaluation evaluation;
	struct scope scope;
};

static inline const struct data *fixture_text_data(struct fixture *fixture, const char *text)
{
	return data_string(&fixture->arena, str_of(text), (struct span){0});
}

static inline void fixture_add(struct data *map, struct fixture *fixture, const char *key, const struct data *value)
{
	data_map_add(&fixture->arena, map, str_of(key), (struct span){0}, value);
}

static inline void fixture_name_templates(struct fixture *fixture, const char *helpers)
{
	source_init(&fixture->helpers_source, &fixture->arena, STR("_helpers.tpl"), str_of(helpers));
	fixture->helpers = (struct helm_template){.source = &fixture->helpers_source,
		.syntax = template_parse(&fixture->arena, str_of(helpers), &TEMPLATE_HELM)};
	assert_null(fixture->helpers.syntax->problem);
	map_init(&fixture->names);
	for (size_t i = 0; i < fixture->helpers.syntax->define_count; i++) {
		struct named_template *named = arena_calloc(&fixture->arena, 1, sizeof(*named));

		named->define = &fixture->helpers.syntax->defines[i];
		named->owner = &fixture->helpers;
		map_set(&fixture->names, named->define->name, named);
	}
}

/* Values of a file, and .Unknown beside them. */
static inline void fixture_init(struct fixture *fixture, const char *values, const char *helpers)
{
	struct data *release, *chart;
	const struct data *layer;

	*fixture = (struct fixture){0};
	arena_init(&fixture->arena);
	fixture->values = yaml_load(&fixture->arena, STR("values.yaml"), str_of(values), false);
	layer = data_of_node(&fixture->arena, yaml_root(fixture->values), NULL);
	fixture_name_templates(fixture, helpers);
	fixture->root = data_map_new(&fixture->arena, (struct span){0});
	release = data_map_new(&fixture->arena, (struct span){0});
	chart = data_map_new(&fixture->arena, (struct span){0});
	fixture_add(fixture->root, fixture, "Values", data_merge(&fixture->arena, &layer, 1));
	fixture_add(fixture->root, fixture, "Unknown", &DATA_IS_UNKNOWN);
	fixture_add(fixture->root, fixture, "Release", release);
	fixture_add(fixture->root, fixture, "Chart", chart);
	fixture_add(release, fixture, "Name", fixture_text_data(fixture, "rel"));
	fixture_add(release, fixture, "Namespace", fixture_text_data(fixture, "ns"));
	fixture_add(chart, fixture, "Name", fixture_text_data(fixture, "demo"));
	fixture_add(chart, fixture, "AppVersion", fixture_text_data(fixture, "4.5"));
	fixture->evaluation =
		(struct evaluation){.arena = &fixture->arena, .names = &fixture->names, .effort = EVALUATION_EFFORT};
	scope_init(&fixture->scope, fixture->root);
}

static inline void fixture_release(struct fixture *fixture)
{
	map_release(&fixture->names);
	yaml_stream_release(fixture->values);
	arena_release(&fixture->arena);
}

static inline const struct template_list *fixture_parse(struct fixture *fixture, const char *text)
{
	const struct template *parsed = template_parse(&fixture->arena, str_of(text), &TEMPLATE_HELM);

	source_init(&fixture->source, &fixture->arena, STR("template.yaml"), str_of(text));
	return parsed->problem ? NULL : parsed->root;
}

/* What a whole template prints; NULL where it is no template. */
static inline const struct data *fixture_evaluate(struct fixture *fixture, const char *text)
{
	const struct template_list *list = fixture_parse(fixture, text);

	fixture->evaluation.effort = EVALUATION_EFFORT;
	scope_init(&fixture->scope, fixture->root);
	if (!list)
		return NULL;
	return evaluate_text(&fixture->evaluation, &fixture->source, list, 0, &fixture->scope, 0,
		(uint32_t)fixture->source.text.len);
}

#endif
