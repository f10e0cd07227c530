/* A template as one line of text, in a form that says all that Go's parser knows of it. Shared by unit tests and the comparison with Go. */
#ifndef ASPIS_TEMPLATE_DUMP_H
#define ASPIS_TEMPLATE_DUMP_H

#include "base/map.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "helm/template.h"

static inline void dump_quoted(struct strbuf *out, struct str text)
{
	strbuf_append_char(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if (c < 0x20 || c > 0x7E || c == '"' || c == '\\')
			strbuf_printf(out, "\\x%02x", c);
		else
			strbuf_append_char(out, (char)c);
	}
	strbuf_append_char(out, '"');
}

static inline void dump_pipeline(struct strbuf *out, const struct template_pipeline *pipeline);

static inline void dump_operand(struct strbuf *out, const struct template_operand *operand)
{
	switch (operand->kind) {
	case OPERAND_DOT:
		if (operand->field_count == 0)
			strbuf_append_char(out, '.');
		break;
	case OPERAND_VARIABLE:
		strbuf_append(out, operand->text);
		break;
	case OPERAND_FUNCTION:
		strbuf_append_char(out, '@');
		strbuf_append(out, operand->text);
		break;
	case OPERAND_PIPELINE:
		strbuf_append_char(out, '(');
		dump_pipeline(out, operand->pipeline);
		strbuf_append_char(out, ')');
		break;
	case OPERAND_STRING:
		dump_quoted(out, operand->text);
		break;
	case OPERAND_NUMBER:
		strbuf_append_char(out, '#');
		dump_quoted(out, operand->text);
		break;
	case OPERAND_BOOL:
		strbuf_append_c(out, operand->boolean ? "true" : "false");
		break;
	case OPERAND_NIL:
		strbuf_append_c(out, "nil");
		break;
	}
	for (size_t i = 0; i < operand->field_count; i++) {
		strbuf_append_char(out, '.');
		strbuf_append(out, operand->fields[i]);
	}
}

static inline void dump_pipeline(struct strbuf *out, const struct template_pipeline *pipeline)
{
	for (size_t i = 0; i < pipeline->variable_count; i++) {
		strbuf_append(out, pipeline->variables[i]);
		strbuf_append_char(out, ' ');
	}
	if (pipeline->variable_count > 0)
		strbuf_append_c(out, pipeline->assigns ? "= " : ":= ");
	for (size_t i = 0; i < pipeline->command_count; i++) {
		if (i > 0)
			strbuf_append_c(out, " | ");
		for (size_t j = 0; j < pipeline->commands[i].count; j++) {
			if (j > 0)
				strbuf_append_char(out, ' ');
			dump_operand(out, &pipeline->commands[i].operands[j]);
		}
	}
}

/* The comment from slash to slash. */
static inline struct str dump_comment(struct str text, const struct template_node *node)
{
	struct str all = str_slice(text, node->start, node->end - node->start);
	size_t start = str_find(all, '/');

	return str_slice(all, start, str_find_last(all, '/') + 1 - start);
}

static inline void dump_list(struct strbuf *out, struct str text, const struct template_list *list);

static inline void dump_node(struct strbuf *out, struct str text, const struct template_node *node)
{
	static const char *const words[] = {[TEMPLATE_TEXT] = "text",
		[TEMPLATE_COMMENT] = "comment",
		[TEMPLATE_ACTION] = "print",
		[TEMPLATE_IF] = "if",
		[TEMPLATE_RANGE] = "range",
		[TEMPLATE_WITH] = "with",
		[TEMPLATE_CALL] = "call",
		[TEMPLATE_BREAK] = "break",
		[TEMPLATE_CONTINUE] = "continue"};

	strbuf_printf(out, "{%s", words[node->kind]);
	if (node->kind == TEMPLATE_TEXT)
		dump_quoted(out, str_slice(text, node->text_start, node->text_end - node->text_start));
	if (node->kind == TEMPLATE_COMMENT)
		dump_quoted(out, dump_comment(text, node));
	if (node->kind == TEMPLATE_CALL)
		dump_quoted(out, node->name);
	if (node->pipeline) {
		strbuf_append_char(out, ' ');
		dump_pipeline(out, node->pipeline);
	}
	if (node->body && node->kind != TEMPLATE_CALL)
		dump_list(out, text, node->body);
	if (node->otherwise)
		dump_list(out, text, node->otherwise);
	strbuf_append_char(out, '}');
}

/* Go has no nodes for what trim markers leave nothing of, and keeps templates apart. */
static inline bool dump_leaves_out(const struct template_node *node)
{
	return node->kind == TEMPLATE_DEFINE || (node->kind == TEMPLATE_TEXT && node->text_start == node->text_end);
}

static inline void dump_list(struct strbuf *out, struct str text, const struct template_list *list)
{
	strbuf_append_char(out, '[');
	for (size_t i = 0; i < list->count; i++)
		if (!dump_leaves_out(list->nodes[i]))
			dump_node(out, text, list->nodes[i]);
	strbuf_append_char(out, ']');
}

/* The templates by name; of several, the one that is not blank, else the last. */
static inline void dump_defines(struct strbuf *out, const struct template *parsed)
{
	struct vec names = VEC_INIT(struct map_entry);
	struct map map;

	map_init(&map);
	for (size_t i = 0; i < parsed->define_count; i++) {
		const struct template_define *define = &parsed->defines[i];
		void **slot = map_slot(&map, define->name);
		const struct template_define *before = *slot;

		if (!before || before->blank)
			*slot = (void *)(uintptr_t)define;
	}
	vec_append(&names, map.entries, map.len);
	for (size_t done = 0; done < names.len; done++) { /* few: a selection is enough */
		struct map_entry *entries = names.items, least;
		size_t found = done;

		for (size_t i = done; i < names.len; i++)
			if (str_compare(entries[i].key, entries[found].key) < 0)
				found = i;
		least = entries[found];
		entries[found] = entries[done];
		entries[done] = least;
		strbuf_append_char(out, ' ');
		dump_quoted(out, least.key);
		dump_list(out, parsed->text, ((const struct template_define *)least.value)->node->body);
	}
	map_release(&map);
	vec_release(&names);
}

static inline void template_dump(struct strbuf *out, const struct template *parsed)
{
	dump_list(out, parsed->text, parsed->root);
	dump_defines(out, parsed);
}

#endif
