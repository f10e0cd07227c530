#include "docs/inventory_json.h"

#include "base/json_writer.h"

static void write_place_members(struct json_writer *json, struct span span)
{
	struct position position = source_position(span.source, span.start);

	json_member_str(json, "path", span.source->path);
	json_member_uint(json, "line", position.line);
	json_member_uint(json, "column", position.column);
}

static void write_place(struct json_writer *json, const char *key, struct span span)
{
	json_key(json, key);
	if (span.source == NULL) {
		json_null(json);
		return;
	}
	json_begin_object(json);
	write_place_members(json, span);
	json_end_object(json);
}

static void write_link(struct json_writer *json, const struct docs_link *link)
{
	json_member_str(json, "label", link->label);
	json_member_str(json, "page", link->page);
}

static void write_environment_names(struct json_writer *json, const char *key, const struct vec *environments)
{
	json_key(json, key);
	json_begin_array(json);
	for (size_t i = 0; i < environments->len; i++)
		json_string(json, ((const struct docs_environment *)vec_pointer(environments, i))->link.name);
	json_end_array(json);
}

/* An `if` as a file has it. */
static void write_if(struct json_writer *json, const spec_condition *condition)
{
	json_member_str(json, "if", spec_has(condition) ? condition->text : STR_ABSENT);
}

static void write_copy(struct json_writer *json, const struct spec_copy *copy)
{
	json_key(json, "copy");
	if (copy->node == NULL) {
		json_null(json);
		return;
	}
	json_begin_object(json);
	json_member_str(json, "application", copy->application.text);
	json_member_str(json, "key", copy->key.text);
	write_if(json, &copy->condition);
	json_end_object(json);
}

static void write_generate(struct json_writer *json, const struct spec_generate *generate)
{
	json_key(json, "generate");
	if (generate->node == NULL) {
		json_null(json);
		return;
	}
	json_begin_object(json);
	json_member_str(json, "type", generate->type_text.text);
	json_member_str(json, "source", spec_has(&generate->source) ? generate->source.text : STR_ABSENT);
	write_if(json, &generate->condition);
	json_end_object(json);
}

static void write_secret_name(struct json_writer *json, const char *key, const struct docs_secret *secret)
{
	json_key(json, key);
	if (secret == NULL) {
		json_null(json);
		return;
	}
	json_begin_object(json);
	json_member_str(json, "application", secret->application->link.name);
	json_member_str(json, "key", secret->link.name);
	json_end_object(json);
}

static void write_declaration(struct json_writer *json, const struct docs_declaration *declaration)
{
	const struct secret_spec *spec = declaration->spec;
	const struct docs_declaration *source = declaration->description_of;

	json_begin_object(json);
	json_member_str(json, "environment", declaration->environment);
	write_place(json, "declared", node_span(spec->key_node));
	json_member_str(json, "description", declaration->source_text);
	json_member_bool(json, "descriptionValid", !declaration->is_rejected);
	write_secret_name(json, "descriptionOf", source != NULL ? source->secret : NULL);
	write_if(json, &spec->condition);
	write_copy(json, &spec->copy);
	write_generate(json, &spec->generate);
	json_member_str(json, "value", declaration->literal);
	json_member_bool(json, "valueWithheld", declaration->is_withheld);
	json_member_bool(json, "encoded", spec->encoded);
	json_end_object(json);
}

static void write_users(
	struct json_writer *json, const char *key, const struct docs_secret *secret, enum secret_origin origin)
{
	json_key(json, key);
	json_begin_array(json);
	for (size_t i = 0; i < secret->users.len; i++) {
		const struct docs_user *user = vec_pointer(&secret->users, i);

		if (user->origin != origin)
			continue;
		json_begin_object(json);
		json_member_str(json, "application", user->secret->application->link.name);
		json_member_str(json, "key", user->secret->link.name);
		write_environment_names(json, "environments", &user->environments);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_consumer(struct json_writer *json, const struct docs_consumer *consumer)
{
	const struct vault_use *use = consumer->use;
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
	write_place(json, "place", use->span);
	json_member_bool(json, "certain", !consumer->maybe);
	write_environment_names(json, "environments", &consumer->environments);
	json_end_object(json);
}

static void write_required_in(struct json_writer *json, const struct docs_secret *secret)
{
	json_key(json, "requiredIn");
	json_begin_array(json);
	for (size_t i = 0; i < secret->needs.len; i++) {
		const struct docs_need *need = vec_pointer(&secret->needs, i);

		if (need->resolved != NULL)
			json_string(json, need->environment->link.name);
	}
	json_end_array(json);
}

static void write_secret(struct json_writer *json, const struct docs_secret *secret)
{
	json_begin_object(json);
	json_member_str(json, "key", secret->link.name);
	write_link(json, &secret->link);
	json_key(json, "declarations");
	json_begin_array(json);
	for (size_t i = 0; i < secret->declarations.len; i++)
		write_declaration(json, vec_pointer(&secret->declarations, i));
	json_end_array(json);
	write_required_in(json, secret);
	write_users(json, "copiedTo", secret, ORIGIN_COPY);
	write_users(json, "derived", secret, ORIGIN_GENERATE);
	json_key(json, "consumers");
	json_begin_array(json);
	for (size_t i = 0; i < secret->consumers.len; i++)
		write_consumer(json, vec_pointer(&secret->consumers, i));
	json_end_array(json);
	json_end_object(json);
}

static void write_application(struct json_writer *json, const struct docs_application *application)
{
	json_begin_object(json);
	json_member_str(json, "name", application->link.name);
	write_link(json, &application->link);
	json_member_str(json, "folder", application->application->folder);
	json_key(json, "environments");
	json_begin_array(json);
	for (size_t i = 0; i < application->enablings.len; i++) {
		const struct docs_enabling *enabling = vec_pointer(&application->enablings, i);

		json_string(json, enabling->environment->link.name);
	}
	json_end_array(json);
	json_key(json, "secrets");
	json_begin_array(json);
	for (size_t i = 0; i < application->secrets.len; i++)
		write_secret(json, vec_pointer(&application->secrets, i));
	json_end_array(json);
	json_end_object(json);
}

static void write_condition(struct json_writer *json, const char *key, const struct condition *condition)
{
	const struct value_lookup *lookup = &condition->lookup;

	json_key(json, key);
	if (condition->spec == NULL) {
		json_null(json);
		return;
	}
	const struct node *decided = value_is_set(lookup) ? lookup->key : lookup->blocker_key;
	json_begin_object(json);
	json_member_str(json, "if", condition->spec->text);
	json_member_bool(json, "truth", condition->truth);
	write_place(json, "decided", decided != NULL ? node_span(decided) : (struct span){.source = NULL});
	json_end_object(json);
}

static void write_findings(struct json_writer *json, const struct docs_need *need)
{
	json_key(json, "unresolved");
	json_begin_array(json);
	for (size_t i = 0; i < need->findings.len; i++) {
		const struct diag *diag = vec_pointer(&need->findings, i);

		json_begin_object(json);
		json_member_c(json, "code", diag->rule->code);
		json_member_c(json, "name", diag->rule->name);
		json_member_str(json, "message", diag->message);
		write_place_members(json, diag->span);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_need(struct json_writer *json, const struct docs_need *need)
{
	const struct docs_secret *source = need->source != NULL ? need->source->secret : NULL;

	json_begin_object(json);
	json_member_str(json, "application", need->secret->application->link.name);
	json_member_str(json, "key", need->secret->link.name);
	json_member_str(json, "origin", secret_origin_name(need->resolved->origin));
	write_place(json, "declared", node_span(need->resolved->spec->key_node));
	write_condition(json, "condition", &need->condition);
	write_condition(json, "originCondition", &need->resolved->origin_condition);
	write_secret_name(json, "source", source);
	write_findings(json, need);
	json_end_object(json);
}

static void write_settings(struct json_writer *json, const struct docs_environment *environment)
{
	json_member_str(json, "fqdn", environment->fqdn.text);
	json_member_str(json, "settings", environment->environment->file->path);
	json_key(json, "vault");
	json_begin_object(json);
	json_member_str(json, "url", environment->vault_url.text);
	json_member_str(json, "path", environment->vault_path.text);
	json_end_object(json);
	json_key(json, "onepassword");
	if (str_is_absent(environment->connect_url.text)) {
		json_null(json);
		return;
	}
	json_begin_object(json);
	json_member_str(json, "connectUrl", environment->connect_url.text);
	json_member_str(json, "vaultTitle", environment->vault_title.text);
	json_end_object(json);
}

static void write_environment(struct json_writer *json, const struct docs_environment *environment)
{
	json_begin_object(json);
	json_member_str(json, "name", environment->link.name);
	write_link(json, &environment->link);
	write_settings(json, environment);
	json_key(json, "applications");
	json_begin_array(json);
	for (size_t i = 0; i < environment->enablings.len; i++)
		json_string(json, ((const struct docs_enabling *)vec_pointer(&environment->enablings, i))->name);
	json_end_array(json);
	json_key(json, "secrets");
	json_begin_array(json);
	for (size_t i = 0; i < environment->enablings.len; i++) {
		const struct docs_enabling *enabling = vec_pointer(&environment->enablings, i);

		for (size_t j = 0; j < enabling->needs.len; j++)
			write_need(json, vec_pointer(&enabling->needs, j));
	}
	json_end_array(json);
	json_end_object(json);
}

static void write_inventory(struct strbuf *out, const struct docs_inventory *inventory)
{
	struct json_writer json;

	json_writer_init(&json, out, 1);
	json_begin_object(&json);
	json_member_uint(&json, "version", 1);
	json_key(&json, "environments");
	json_begin_array(&json);
	for (size_t i = 0; i < inventory->environments.len; i++)
		write_environment(&json, vec_pointer(&inventory->environments, i));
	json_end_array(&json);
	json_key(&json, "applications");
	json_begin_array(&json);
	for (size_t i = 0; i < inventory->applications.len; i++)
		write_application(&json, vec_pointer(&inventory->applications, i));
	json_end_array(&json);
	json_end_object(&json);
	json_writer_release(&json);
	strbuf_append_char(out, '\n');
}

void inventory_json_files(struct docs_output *output, const struct docs_inventory *inventory)
{
	struct strbuf text = STRBUF_INIT;

	write_inventory(&text, inventory);
	docs_output_file(output, STR("inventory.json"), strbuf_str(&text));
	strbuf_release(&text);
}
