/* Manifests of YAML in which a few words stand for what is not known:
 *   <?>            something unknown
 *   ~key: value    an entry that may not be there (a key may then be there several times)
 *   ...: 0, - ...  there may be more in this map, or list
 *   - {"~": item}  an item that may not be there */
#ifndef ASPIS_TEST_MANIFEST_FIXTURE_H
#define ASPIS_TEST_MANIFEST_FIXTURE_H

#include "manifest/manifest.h"

#include "../base/assert_str.h"
#include "base/strbuf.h"
#include "yaml/stream.h"

struct manifest_fixture {
	struct arena arena;
	struct yaml_stream *stream;
	struct vec producers;
	struct vec consumers;
};

static const struct data *fixture_data(struct arena *arena, const struct node *node);

static inline const struct data *fixture_map(struct arena *arena, const struct node *node)
{
	struct data *map = data_map_new(arena, node_value_span(node));

	for (uint32_t i = 0; i < node->mapping.count; i++) {
		const struct node_pair *pair = &node->mapping.pairs[i];
		const struct data *value = fixture_data(arena, pair->value);
		struct str key = node_text(pair->key);

		if (str_is(key, "...")) {
			map->open = true;
			continue;
		}
		if (key.len > 0 && *key.ptr == '~') {
			key = str_slice(key, 1, key.len);
			value = data_maybe(arena, value);
		}
		data_map_add(arena, map, key, node_span(pair->key), value);
	}
	return map;
}

static inline const struct data *fixture_list(struct arena *arena, const struct node *node)
{
	struct data *list = data_list_new(arena, node_value_span(node));

	for (uint32_t i = 0; i < node->sequence.count; i++) {
		const struct node *item = node->sequence.items[i];
		bool maybe = item->kind == NODE_MAPPING && item->mapping.count == 1 &&
			     str_is(node_text(item->mapping.pairs[0].key), "~");

		if (str_is(node_text(item), "..."))
			list->open = true;
		else if (maybe)
			data_list_add(
				arena, list, data_maybe(arena, fixture_data(arena, item->mapping.pairs[0].value)));
		else
			data_list_add(arena, list, fixture_data(arena, item));
	}
	return list;
}

static const struct data *fixture_data(struct arena *arena, const struct node *node)
{
	node = node_resolve(node);
	if (node && node->kind == NODE_MAPPING)
		return fixture_map(arena, node);
	if (node && node->kind == NODE_SEQUENCE)
		return fixture_list(arena, node);
	if (str_is(node_text(node), "<?>"))
		return data_unknown(arena, STR(""), node_value_span(node));
	return data_of_node(arena, node, NULL);
}

static inline void fixture_open(struct manifest_fixture *fixture, const char *text)
{
	arena_init(&fixture->arena);
	vec_init(&fixture->producers, sizeof(struct manifest_producer *));
	vec_init(&fixture->consumers, sizeof(struct manifest_consumer *));
	fixture->stream = yaml_load(&fixture->arena, STR("m.yaml"), str_of(text), false);
	assert_false(fixture->stream->broken);
	for (size_t i = 0; i < fixture->stream->documents.len; i++) {
		const struct yaml_document *document = vec_at(&fixture->stream->documents, i);

		manifest_read(&fixture->producers, &fixture->consumers, &fixture->arena,
			fixture_data(&fixture->arena, document->root));
	}
}

static inline void fixture_close(struct manifest_fixture *fixture)
{
	manifest_producers_release(&fixture->producers);
	vec_release(&fixture->consumers);
	yaml_stream_release(fixture->stream);
	arena_release(&fixture->arena);
}

static inline void append_text(struct strbuf *out, struct str text)
{
	strbuf_append(out, str_is_absent(text) ? STR("?") : text);
}

static inline void append_object(struct strbuf *out, const struct manifest_object *object)
{
	if (object->name_space_unknown)
		strbuf_append_c(out, "@?");
	else if (!str_is_absent(object->name_space))
		strbuf_printf(out, "@%.*s", STR_ARG(object->name_space));
}

/* "env db/password", a star for all keys and ? for what is unknown, with "~" for what may not be and "o" for what is optional. */
static inline void describe_consumer(struct strbuf *out, const struct manifest_consumer *consumer)
{
	strbuf_printf(out, "%s ", consumer_kind_name(consumer->kind));
	append_text(out, consumer->secret);
	append_object(out, consumer->object);
	strbuf_append_char(out, '/');
	append_text(out, consumer->whole ? STR("*") : consumer->key);
	if (consumer->optional)
		strbuf_append_c(out, " o");
	if (consumer->maybe)
		strbuf_append_c(out, " ~");
}

/* "1 db: a<-x b~ * +": kind, name, keys with those of Vault, `whole`, `open`, "!" takes_whole, "&" shares. */
static inline void describe_producer(struct strbuf *out, const struct manifest_producer *producer)
{
	strbuf_printf(out, "%c ", "VSO"[producer->kind]);
	append_text(out, producer->secret);
	append_object(out, producer->object);
	strbuf_append_c(out, producer->maybe ? "~:" : ":");
	for (size_t i = 0; i < producer->keys.len; i++) {
		const struct produced_key *key = vec_at(&producer->keys, i);

		strbuf_append_char(out, ' ');
		append_text(out, key->key);
		if (!str_is_absent(key->vault_key))
			strbuf_printf(out, "<-%.*s", STR_ARG(key->vault_key));
		strbuf_append_c(out, key->maybe ? "~" : "");
	}
	strbuf_append_c(out, producer->whole ? " *" : "");
	strbuf_append_c(out, producer->open ? " +" : "");
	strbuf_append_c(out, producer->takes_whole ? " !" : "");
	strbuf_append_c(out, producer->shares ? " &" : "");
}

static inline void fixture_describe(struct strbuf *out, const struct manifest_fixture *fixture, bool producers)
{
	const struct vec *all = producers ? &fixture->producers : &fixture->consumers;

	for (size_t i = 0; i < all->len; i++) {
		strbuf_append_c(out, i > 0 ? "; " : "");
		if (producers)
			describe_producer(out, vec_pointer(all, i));
		else
			describe_consumer(out, vec_pointer(all, i));
	}
}

static inline void assert_manifest(const char *text, bool producers, const char *expected)
{
	struct manifest_fixture fixture;
	struct strbuf found = STRBUF_INIT;

	fixture_open(&fixture, text);
	fixture_describe(&found, &fixture, producers);
	if (!str_is(strbuf_str(&found), expected))
		fail_msg("\"%s\" is not \"%s\" for:\n%s", found.ptr, expected, text);
	strbuf_release(&found);
	fixture_close(&fixture);
}

static inline void assert_consumers(const char *text, const char *expected)
{
	assert_manifest(text, false, expected);
}

static inline void assert_producers(const char *text, const char *expected)
{
	assert_manifest(text, true, expected);
}

#endif
