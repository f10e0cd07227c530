#include "report/list.h"

#include "base/json_writer.h"
#include "base/utf8.h"
#include "report/render.h"

void list_text(struct strbuf *out, const struct resolution *resolution)
{
	for (size_t i = 0; i < resolution->applications.len; i++) {
		const struct resolved_application *application = vec_pointer(&resolution->applications, i);

		for (size_t j = 0; j < application->secrets.len; j++) {
			const struct resolved_secret *secret = vec_pointer(&application->secrets, j);

			strbuf_append_visible(out, secret->application->name);
			strbuf_append_char(out, ' ');
			strbuf_append_visible(out, secret->spec->key);
			strbuf_append_char(out, '\n');
		}
	}
}

/* Lines and columns count from 1. */
static void write_number(struct json_writer *json, const char *key, uint32_t number)
{
	if (number > 0) {
		json_member_uint(json, key, number);
		return;
	}
	json_key(json, key);
	json_null(json);
}

/* "path","line","column" of a place, null where there is none. */
static void write_place(struct json_writer *json, struct span span)
{
	struct position position = {.line = 0};

	if (span.source)
		position = source_position(span.source, span.start);
	json_member_str(json, "path", span.source ? span.source->path : STR_ABSENT);
	write_number(json, "line", position.line);
	write_number(json, "column", position.column);
}

/* {"path","line"} of a node, or null. */
static void write_line(struct json_writer *json, const char *key, const struct node *node)
{
	json_key(json, key);
	if (node == NULL) {
		json_null(json);
		return;
	}
	struct span span = node_span(node);
	json_begin_object(json);
	json_member_str(json, "path", span.source->path);
	json_member_uint(json, "line", source_line_at(span.source, span.start));
	json_end_object(json);
}

static void write_condition(struct json_writer *json, const char *key, const struct condition *condition)
{
	const struct value_lookup *lookup = &condition->lookup;

	json_key(json, key);
	if (condition->spec == NULL || !spec_has(condition->spec)) {
		json_null(json);
		return;
	}
	json_begin_object(json);
	json_member_str(json, "if", condition->spec->text);
	json_member_bool(json, "truth", condition->truth);
	write_line(json, "decided", value_is_set(lookup) ? lookup->key : lookup->blocker_key);
	json_end_object(json);
}

static void write_copied_from(struct json_writer *json, const struct resolved_secret *secret)
{
	json_key(json, "copiedFrom");
	if (secret->origin != ORIGIN_COPY) {
		json_null(json);
		return;
	}
	json_begin_object(json);
	json_member_str(json, "application", secret->spec->copy.application.text);
	json_member_str(json, "key", secret->spec->copy.key.text);
	json_member_bool(json, "resolved", secret->source != NULL);
	json_end_object(json);
}

static void write_derived_from(struct json_writer *json, const struct resolved_secret *secret)
{
	json_key(json, "derivedFrom");
	if (secret->origin != ORIGIN_GENERATE || !generate_type_is_derived(secret->spec->generate.type)) {
		json_null(json);
		return;
	}
	json_begin_object(json);
	json_member_str(json, "key", secret->spec->generate.source.text);
	json_member_bool(json, "resolved", secret->source != NULL);
	json_end_object(json);
}

/* Those that take this secret in one way or the other. */
static void write_users(
	struct json_writer *json, const char *key, const struct resolved_secret *secret, enum secret_origin origin)
{
	json_key(json, key);
	json_begin_array(json);
	for (const struct resolved_secret *user = secret->first_user; user != NULL; user = user->next_user) {
		if (user->origin != origin)
			continue;
		json_begin_object(json);
		json_member_str(json, "application", user->application->name);
		json_member_str(json, "key", user->spec->key);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_consumer(struct json_writer *json, const struct vault_use *use)
{
	const struct manifest_producer *producer = use->producer->manifest;
	const struct manifest_object *object = vault_use_object(use);

	json_begin_object(json);
	json_member_c(json, "kind", vault_use_kind(use));
	json_member_str(json, "application", vault_use_application(use)->name);
	json_key(json, "workload");
	json_begin_object(json);
	json_member_str(json, "kind", object->kind);
	json_member_str(json, "name", object->name);
	json_end_object(json);
	json_member_str(json, "secret", producer->secret);
	json_member_str(json, "key", vault_use_key(use));
	json_member_str(json, "namespace", use->producer->name_space);
	write_place(json, use->span);
	json_member_bool(json, "certain", !use->maybe);
	json_end_object(json);
}

/* Of the entry that has the application's name: that is where its secrets are stored. */
static void write_consumers(
	struct json_writer *json, const struct resolved_secret *secret, const struct delivery_environment *delivery)
{
	struct vec uses;

	delivery_uses_of(&uses, delivery, secret->application->name, secret->spec->key);
	json_key(json, "consumers");
	json_begin_array(json);
	for (size_t i = 0; i < uses.len; i++)
		write_consumer(json, vec_pointer(&uses, i));
	json_end_array(json);
	vec_release(&uses);
}

static void write_secret(struct json_writer *json, const struct resolution *resolution,
	const struct resolved_secret *secret, const struct delivery_environment *delivery)
{
	const struct secret_spec *spec = secret->spec;
	const struct spec_text *description = resolved_description(resolution, secret);
	bool generated = secret->origin == ORIGIN_GENERATE;

	json_begin_object(json);
	json_member_str(json, "application", secret->application->name);
	json_member_str(json, "key", spec->key);
	json_member_str(json, "origin", secret_origin_name(secret->origin));
	json_member_str(json, "generate", generated ? generate_type_name(spec->generate.type) : STR_ABSENT);
	json_member_str(json, "description", description != NULL ? description->text : STR_ABSENT);
	write_line(json, "declared", spec->key_node);
	write_condition(json, "condition", &secret->condition);
	write_condition(json, "originCondition", &secret->origin_condition);
	write_copied_from(json, secret);
	write_derived_from(json, secret);
	write_users(json, "copiedTo", secret, ORIGIN_COPY);
	write_users(json, "derived", secret, ORIGIN_GENERATE);
	write_consumers(json, secret, delivery);
	json_end_object(json);
}

void list_json(struct strbuf *out, const struct resolution *resolution, const struct delivery_environment *delivery)
{
	struct json_writer json;

	json_writer_init(&json, out, 2);
	json_begin_object(&json);
	json_member_uint(&json, "version", 1);
	json_member_str(&json, "environment", resolution->environment->name);
	json_key(&json, "secrets");
	json_begin_array(&json);
	for (size_t i = 0; i < resolution->applications.len; i++) {
		const struct resolved_application *application = vec_pointer(&resolution->applications, i);

		for (size_t j = 0; j < application->secrets.len; j++)
			write_secret(&json, resolution, vec_pointer(&application->secrets, j), delivery);
	}
	json_end_array(&json);
	json_end_object(&json);
	json_writer_release(&json);
	strbuf_append_char(out, '\n');
}
