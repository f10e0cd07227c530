/* Helm templates given as text: what they are as JSON, and what they come to with values. */
#ifndef ASPIS_UNIT_TEXT_HELM_FIXTURE_H
#define ASPIS_UNIT_TEXT_HELM_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/strbuf.h"
#include "helm/expand.h"
#include "helm/helm.h"
#include "yaml/stream.h"

struct fixture {
	struct arena arena;
	struct source source;
	struct helm_template *read;
	struct yaml_stream *values;
	struct map names;
	struct vec documents; /* const struct data * */
	struct strbuf text;
};

static inline void fixture_read(struct fixture *fixture, struct str text, helm_interest *interest)
{
	*fixture = (struct fixture){.text = STRBUF_INIT};
	arena_init(&fixture->arena);
	map_init(&fixture->names);
	vec_init(&fixture->documents, sizeof(const struct data *));
	source_init(&fixture->source, &fixture->arena, STR("test.yaml"), text);
	fixture->read = helm_read(&fixture->arena, &fixture->source, interest);
}

static inline void fixture_release(struct fixture *fixture)
{
	strbuf_release(&fixture->text);
	vec_release(&fixture->documents);
	map_release(&fixture->names);
	yaml_stream_release(fixture->values);
	helm_template_release(fixture->read);
	arena_release(&fixture->arena);
}

/* Expands with the values, which are YAML, {Release: {Name: app, Namespace: ns}} and {Chart: {Name: chart}}. */
static inline void fixture_expand(struct fixture *fixture, const char *values)
{
	struct evaluation evaluation = {
		.arena = &fixture->arena, .names = &fixture->names, .effort = EVALUATION_EFFORT};
	const struct template *syntax = fixture->read->syntax;
	struct strbuf text = STRBUF_INIT;

	for (size_t i = 0; i < syntax->define_count; i++) {
		struct named_template *named = arena_alloc(&fixture->arena, sizeof(*named));

		*named = (struct named_template){&syntax->defines[i], fixture->read};
		map_set(&fixture->names, syntax->defines[i].name, named);
	}
	strbuf_printf(&text, "Release: {Name: app, Namespace: ns}\nChart: {Name: chart}\nValues: %s\n", values);
	fixture->values =
		yaml_load(&fixture->arena, STR("values.yaml"), arena_str(&fixture->arena, strbuf_str(&text)), false);
	assert_false(fixture->values->broken);
	helm_expand(&fixture->documents, &evaluation, fixture->read,
		data_of_node(&fixture->arena, yaml_root(fixture->values), NULL));
	strbuf_release(&text);
}

static inline void write_data(struct strbuf *out, struct arena *arena, const struct data *data);

static inline void write_entries(struct strbuf *out, struct arena *arena, const struct data *data)
{
	struct data_entries entries = data_entries(arena, data);

	strbuf_append_char(out, '{');
	for (size_t i = 0; i < entries.count; i++) {
		strbuf_append_c(out, i > 0 ? ", " : "");
		strbuf_append(out, entries.items[i].key);
		strbuf_append_c(out, ": ");
		write_data(out, arena, entries.items[i].value);
	}
	strbuf_append_c(out, data->open ? " …}" : "}");
}

static inline void write_items(struct strbuf *out, struct arena *arena, const struct data *data)
{
	struct data_items items = data_items(arena, data);

	strbuf_append_char(out, '[');
	for (size_t i = 0; i < items.count; i++) {
		strbuf_append_c(out, i > 0 ? ", " : "");
		write_data(out, arena, items.items[i]);
	}
	strbuf_append_c(out, data->open ? " …]" : "]");
}

/* Data in a form for reading: `?` is unknown (with its tail), `…` what is open, a question mark before what may not be there. */
static inline void write_data(struct strbuf *out, struct arena *arena, const struct data *data)
{
	if (data->maybe)
		strbuf_append_c(out, "maybe ");
	switch (data->kind) {
	case DATA_UNKNOWN:
		strbuf_printf(out, "?%.*s", STR_ARG(data->tail));
		break;
	case DATA_NIL:
		strbuf_append_c(out, "null");
		break;
	case DATA_STRING:
		strbuf_printf(out, "'%.*s'", STR_ARG(data->string));
		break;
	case DATA_LIST:
		write_items(out, arena, data);
		break;
	case DATA_MAP:
		write_entries(out, arena, data);
		break;
	case DATA_YAML:
		write_data(out, arena, data->structure);
		break;
	default: {
		struct data sure = *data;

		sure.maybe = false;
		strbuf_append(out, data_text(arena, &sure));
	}
	}
}

/* All documents, one a line. */
static inline const char *fixture_text(struct fixture *fixture)
{
	strbuf_clear(&fixture->text);
	for (size_t i = 0; i < fixture->documents.len; i++) {
		strbuf_append_c(&fixture->text, i > 0 ? "\n" : "");
		write_data(&fixture->text, &fixture->arena, vec_pointer(&fixture->documents, i));
	}
	return fixture->text.ptr;
}

#endif
