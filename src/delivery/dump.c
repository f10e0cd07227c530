#include "delivery/dump.h"

#include "base/json_writer.h"

static void write_object(struct json_writer *json, const struct manifest_object *object)
{
	json_key(json, "object");
	json_begin_object(json);
	json_member_str(json, "apiVersion", object->api_version);
	json_member_str(json, "kind", object->kind);
	json_member_str(json, "name", object->name);
	json_end_object(json);
}

static void write_place(struct json_writer *json, struct span span)
{
	struct position position = {.line = 0};

	if (span.source)
		position = source_position(span.source, span.start);
	json_member_str(json, "file", span.source ? span.source->path : STR_ABSENT);
	json_member_uint(json, "line", position.line);
	json_member_uint(json, "column", position.column);
}

/* What both kinds of records begin with. */
struct record {
	const char *record;
	const struct environment *environment;
	const struct application *application;
	const struct chart *chart;
	struct str how;
	struct str name_space;
	struct str secret;
	struct str key;
	bool whole;
	bool maybe;
	const struct manifest_object *object;
	struct span span;
};

static void write_record(struct json_writer *json, const struct record *record)
{
	json_member_c(json, "record", record->record);
	json_member_str(json, "environment", record->environment->name);
	json_member_str(json, "application", record->application->name);
	json_member_str(json, "chart", record->chart->folder);
	json_member_str(json, "how", record->how);
	json_member_str(json, "namespace", record->name_space);
	json_member_str(json, "secret", record->secret);
	json_member_str(json, "key", record->key);
	json_member_bool(json, "whole", record->whole);
	json_member_bool(json, "certain", !record->maybe);
	write_object(json, record->object);
	write_place(json, record->span);
}

static void write_keys(struct json_writer *json, const struct vec *keys)
{
	json_key(json, "keys");
	json_begin_array(json);
	for (size_t i = 0; i < keys->len; i++) {
		const struct produced_key *key = vec_at(keys, i);
		json_begin_object(json);
		json_member_str(json, "key", key->key);
		json_member_str(json, "vaultKey", key->vault_key);
		json_member_bool(json, "certain", !key->maybe);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_producer(struct json_writer *json, const struct environment *environment,
	const struct delivery_producer *producer, struct arena *scratch)
{
	const struct manifest_producer *manifest = producer->manifest;
	struct record record = {
		.record = "producer",
		.environment = environment,
		.application = producer->application,
		.chart = producer->chart,
		.how = manifest->object->kind,
		.name_space = producer->name_space,
		.secret = manifest->secret,
		.key = STR_ABSENT,
		.whole = manifest->whole,
		.maybe = manifest->maybe,
		.object = manifest->object,
		.span = manifest->secret_span,
	};

	write_record(json, &record);
	write_keys(json, &manifest->keys);
	json_member_bool(json, "open", manifest->open);
	json_member_str(json, "type", manifest->type);
	json_member_str(json, "vaultPath", manifest->path ? data_text(scratch, manifest->path) : STR_ABSENT);
	json_member_str(json, "entry", producer->entry);
}

static void write_consumer(
	struct json_writer *json, const struct environment *environment, const struct delivery_consumer *consumer)
{
	const struct manifest_consumer *manifest = consumer->manifest;
	struct record record = {
		.record = "consumer",
		.environment = environment,
		.application = consumer->application,
		.chart = consumer->chart,
		.how = str_of(consumer_kind_name(manifest->kind)),
		.name_space = consumer->name_space,
		.secret = manifest->secret,
		.key = manifest->key,
		.whole = manifest->whole,
		.maybe = manifest->maybe,
		.object = manifest->object,
		.span = manifest->key_span.source ? manifest->key_span : manifest->secret_span,
	};

	write_record(json, &record);
}

/* A line: one object. */
typedef void write_function(void *context, struct json_writer *json, size_t index);

struct lines {
	const struct delivery_environment *environment;
	struct arena scratch;
};

static void write_one_producer(void *context, struct json_writer *json, size_t index)
{
	struct lines *lines = context;
	write_producer(json, lines->environment->environment, vec_pointer(&lines->environment->producers, index),
		&lines->scratch);
}

static void write_one_consumer(void *context, struct json_writer *json, size_t index)
{
	struct lines *lines = context;
	write_consumer(json, lines->environment->environment, vec_pointer(&lines->environment->consumers, index));
}

static void write_lines(struct strbuf *out, size_t count, write_function *write, struct lines *lines)
{
	for (size_t i = 0; i < count; i++) {
		struct json_writer json;

		json_writer_init(&json, out, 0);
		json_begin_object(&json);
		write(lines, &json, i);
		json_end_object(&json);
		json_writer_release(&json);
		strbuf_append_char(out, '\n');
	}
}

void delivery_dump(struct strbuf *out, const struct delivery *delivery)
{
	struct lines lines;

	arena_init(&lines.scratch);
	for (size_t i = 0; i < delivery->environments.len; i++) {
		lines.environment = vec_pointer(&delivery->environments, i);
		write_lines(out, lines.environment->producers.len, write_one_producer, &lines);
		write_lines(out, lines.environment->consumers.len, write_one_consumer, &lines);
	}
	arena_release(&lines.scratch);
}
