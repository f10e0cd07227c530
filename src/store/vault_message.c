#include "store/vault_message.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "store/vault_spelling.h"
#include "yaml/stream.h"

#define SHOWN_MAX 300

/* Of longer values, no piece of this size is repeated either. */
#define PIECE_SIZE 8

/* Numbers below this many digits are counts and versions. */
#define NUMBER_SIZE_MIN 6

bool vault_message_repeats(struct str text, struct str value)
{
	if (value.len == 0)
		return false;
	if (value.len < PIECE_SIZE)
		return str_contains(text, value);
	for (size_t i = 0; i + PIECE_SIZE <= text.len; i++) {
		if (str_contains(value, str_slice(text, i, PIECE_SIZE)))
			return true;
	}
	return false;
}

static void conceal_node(struct vec *out, struct arena *arena, const struct node *node)
{
	bool is_string = node->kind == NODE_SCALAR && node->type == TYPE_STR;
	bool is_number = node->kind == NODE_SCALAR && (node->type == TYPE_INT || node->type == TYPE_FLOAT);

	if (node->kind == NODE_MAPPING) {
		for (uint32_t i = 0; i < node->mapping.count; i++)
			conceal_node(out, arena, node->mapping.pairs[i].value);
	} else if (node->kind == NODE_SEQUENCE) {
		for (uint32_t i = 0; i < node->sequence.count; i++)
			conceal_node(out, arena, node->sequence.items[i]);
	} else if ((is_string && node->scalar.len > 0) || (is_number && node->scalar.len >= NUMBER_SIZE_MIN)) {
		*(struct str *)vec_push(out) = arena_str(arena, node->scalar);
	}
}

void vault_message_conceal(struct vec *out, struct arena *arena, struct str json)
{
	struct yaml_stream *stream = json_load(arena, STR("request"), json);
	const struct node *root = yaml_root(stream);

	if (root)
		conceal_node(out, arena, root);
	yaml_stream_release(stream);
}

/* Vault's lists of errors come with line breaks and tabs. */
static void append_on_one_line(struct strbuf *out, struct str text)
{
	text = str_trim(text);
	if (str_starts_with(text, STR("1 error occurred:")))
		text = str_trim(str_slice(text, sizeof("1 error occurred:") - 1, text.len));
	if (str_starts_with(text, STR("* ")))
		text = str_slice(text, 2, text.len);
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (!ascii_is_space(c))
			strbuf_append_char(out, c);
		else if (out->len > 0 && out->ptr[out->len - 1] != ' ')
			strbuf_append_char(out, ' ');
	}
}

/* Whether it repeats none of them, in any spelling. */
static bool is_fit(struct str text, const struct vec *concealed)
{
	struct strbuf spelled = STRBUF_INIT;
	bool fit = true;

	strbuf_reserve(&spelled, 8 * text.len + 8);
	vault_spellings(&spelled, text);
	for (size_t i = 0; i < concealed->len && fit; i++) {
		struct str value = *(struct str *)vec_at(concealed, i);

		fit = !vault_message_repeats(text, value) &&
		      (value.len < PIECE_SIZE || !vault_message_repeats(strbuf_str(&spelled), value));
	}
	secret_wipe(spelled.ptr, spelled.capacity);
	strbuf_release(&spelled);
	return fit;
}

bool vault_message_errors(struct strbuf *out, const struct node *root, const struct vec *concealed)
{
	const struct node *errors = root ? node_get(root, STR("errors")) : NULL;
	struct strbuf text = STRBUF_INIT;
	bool fit = true;

	/* One that is too long is the last: it does not move, so that all of it is wiped. */
	strbuf_reserve(&text, (size_t)6 * SHOWN_MAX);
	for (uint32_t i = 0; errors && errors->kind == NODE_SEQUENCE && i < errors->sequence.count; i++) {
		struct str error = str_slice(node_string(errors->sequence.items[i]), 0, (size_t)4 * SHOWN_MAX);

		if (text.len > SHOWN_MAX)
			break;
		fit = fit && is_fit(error, concealed);
		if (text.len > 0 && error.len > 0)
			strbuf_append_c(&text, "; ");
		append_on_one_line(&text, error);
	}
	if (fit) {
		strbuf_append_visible(out, utf8_prefix(strbuf_str(&text), SHOWN_MAX));
		if (text.len > SHOWN_MAX)
			strbuf_append_c(out, "…");
	}
	secret_wipe(text.ptr, text.capacity);
	strbuf_release(&text);
	return fit;
}
