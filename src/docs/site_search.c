#include "base/json_writer.h"
#include "base/utf8.h"
#include "docs/site_private.h"

/* Of each secret, so much of its descriptions can be searched. */
#define TEXT_SIZE_MAX 4000

/* What a secret is in an environment: a letter each. By enum secret_origin. */
static const char letters[] = {
	[ORIGIN_STATIC] = 's', [ORIGIN_VALUE] = 'v', [ORIGIN_COPY] = 'c', [ORIGIN_GENERATE] = 'g'};
#define LETTER_NOT_REQUIRED '-'
#define LETTER_NOT_ENABLED  ' '

/* A text on one line, with what could reorder or hide its neighbours made visible. */
static void append_line(struct strbuf *out, struct str text)
{
	bool after_word = false;

	while (text.len > 0) {
		size_t length = 0;

		while (length < text.len && (unsigned char)text.ptr[length] > ' ')
			length++;
		if (length > 0) {
			if (after_word)
				strbuf_append_char(out, ' ');
			strbuf_append_visible(out, str_slice(text, 0, length));
			after_word = true;
		}
		text = str_slice(text, length + 1, text.len);
	}
}

static void write_text(struct json_writer *json, struct strbuf *scratch, struct str text)
{
	strbuf_clear(scratch);
	append_line(scratch, text);
	json_string(json, strbuf_str(scratch));
}

/* The descriptions of a secret, those that are its own. */
static void write_descriptions(struct json_writer *json, struct strbuf *scratch, const struct docs_secret *secret)
{
	struct strbuf plain = STRBUF_INIT;

	for (size_t i = 0; i < secret->declarations.len && plain.len < TEXT_SIZE_MAX; i++) {
		const struct docs_declaration *declaration = vec_pointer(&secret->declarations, i);

		if (plain.len > 0)
			strbuf_append_char(&plain, ' ');
		if (declaration->description != NULL && !declaration->is_rejected)
			document_plain_text(&plain, declaration->description->root);
		else if (!str_is_absent(declaration->source_text))
			strbuf_append(&plain, declaration->source_text);
	}
	write_text(json, scratch, utf8_prefix(strbuf_str(&plain), TEXT_SIZE_MAX));
	strbuf_release(&plain);
}

/* A letter for each environment. */
static void write_kinds(struct json_writer *json, struct strbuf *scratch, const struct docs_inventory *inventory,
	const struct docs_secret *secret)
{
	strbuf_clear(scratch);
	strbuf_append_repeat(scratch, LETTER_NOT_ENABLED, inventory->environments.len);
	for (size_t i = 0; i < secret->needs.len; i++) {
		const struct docs_need *need = vec_pointer(&secret->needs, i);

		scratch->ptr[need->environment->index] =
			need->resolved != NULL ? letters[need->resolved->origin] : LETTER_NOT_REQUIRED;
	}
	json_string(json, strbuf_str(scratch));
}

static void write_secret(
	struct json_writer *json, const struct docs_inventory *inventory, const struct docs_secret *secret)
{
	struct strbuf scratch = STRBUF_INIT;

	json_begin_array(json);
	json_uint(json, secret->application->index);
	write_text(json, &scratch, view_shown(secret->link.name));
	json_string(json, secret->link.label);
	write_descriptions(json, &scratch, secret);
	write_kinds(json, &scratch, inventory, secret);
	json_end_array(json);
	strbuf_release(&scratch);
}

static void write_link(struct json_writer *json, const struct docs_link *link)
{
	struct strbuf scratch = STRBUF_INIT;
	struct arena arena;

	arena_init(&arena);
	json_begin_array(json);
	write_text(json, &scratch, view_shown(link->name));
	json_string(json, site_href(&arena, link, false));
	json_end_array(json);
	strbuf_release(&scratch);
	arena_release(&arena);
}

static void write_index(struct json_writer *json, const struct docs_inventory *inventory)
{
	json_begin_object(json);
	json_key(json, "environments");
	json_begin_array(json);
	for (size_t i = 0; i < inventory->environments.len; i++)
		write_link(json, &((const struct docs_environment *)vec_pointer(&inventory->environments, i))->link);
	json_end_array(json);
	json_key(json, "applications");
	json_begin_array(json);
	for (size_t i = 0; i < inventory->applications.len; i++)
		write_link(json, &((const struct docs_application *)vec_pointer(&inventory->applications, i))->link);
	json_end_array(json);
	json_key(json, "secrets");
	json_begin_array(json);
	for (size_t i = 0; i < inventory->applications.len; i++) {
		const struct docs_application *application = vec_pointer(&inventory->applications, i);

		for (size_t j = 0; j < application->secrets.len; j++)
			write_secret(json, inventory, vec_pointer(&application->secrets, j));
	}
	json_end_array(json);
	json_end_object(json);
}

void site_write_search(struct strbuf *out, const struct docs_inventory *inventory)
{
	struct json_writer json;

	strbuf_append_c(out, "window.aspisSearch=");
	json_writer_init(&json, out, 0);
	write_index(&json, inventory);
	json_writer_release(&json);
	strbuf_append_c(out, ";\n");
}
