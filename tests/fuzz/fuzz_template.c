/* Any bytes as a template of Helm and of a VaultSecret. */
#include <stdio.h>
#include <stdlib.h>

#include "helm/template.h"
#include "manifest/vault_template.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition, const char *what)
{
	if (condition)
		return;
	fprintf(stderr, "%s\n", what);
	abort();
}

static void check_pipeline(const struct template_pipeline *pipeline, uint32_t start, uint32_t end);

static void check_operand(const struct template_operand *operand, uint32_t start, uint32_t end)
{
	require(operand->start >= start && operand->end <= end && operand->start < operand->end,
		"an operand leaves its command");
	if (operand->pipeline)
		check_pipeline(operand->pipeline, operand->start, operand->end);
}

static void check_pipeline(const struct template_pipeline *pipeline, uint32_t start, uint32_t end)
{
	uint32_t from = pipeline->start;

	require(pipeline->start >= start && pipeline->end <= end && pipeline->command_count > 0,
		"a pipeline leaves its action");
	for (size_t i = 0; i < pipeline->command_count; i++) {
		const struct template_command *command = &pipeline->commands[i];

		require(command->start >= from && command->count > 0, "commands overlap");
		for (size_t j = 0; j < command->count; j++) {
			check_operand(&command->operands[j], from, command->end);
			from = command->operands[j].end;
		}
	}
	require(from <= pipeline->end, "a command leaves its pipeline");
}

static void check_list(const struct template_list *list, uint32_t start, uint32_t end);

static void check_node(const struct template_node *node)
{
	uint32_t end = node->body ? node->body->start : node->end;

	require(node->end > node->start, "a node is empty");
	if (node->kind == TEMPLATE_TEXT)
		require(node->text_start >= node->start && node->text_start <= node->text_end &&
				node->text_end <= node->end,
			"what is left of a text leaves it");
	if (node->pipeline)
		check_pipeline(node->pipeline, node->start, end);
	if (node->body)
		check_list(node->body, node->start, node->end);
	if (node->otherwise)
		check_list(node->otherwise, node->body->end, node->end);
}

/* Nodes follow one another without gaps. */
static void check_list(const struct template_list *list, uint32_t start, uint32_t end)
{
	uint32_t at = list->start;

	require(list->start >= start && list->end <= end, "a list leaves its block");
	for (size_t i = 0; i < list->count; i++) {
		require(list->nodes[i]->start == at, "there is a gap");
		check_node(list->nodes[i]);
		at = list->nodes[i]->end;
	}
	require(at == list->end, "a list does not end with its last node");
}

static void count_operand(void *context, const struct template_command *command, const struct template_operand *operand,
	const struct template_dot *dot)
{
	(void)dot;
	require(operand >= command->operands && operand < command->operands + command->count,
		"an operand is not of its command");
	++*(size_t *)context;
}

static void check_key(void *context, struct str key, uint32_t start, uint32_t end)
{
	const struct str *text = context;

	require(!str_is_absent(key) && start < end && end <= text->len, "a key is nowhere");
}

static void check_template(struct arena *arena, struct str text, const struct template_delimiters *delimiters)
{
	const struct template *parsed = template_parse(arena, text, delimiters);
	size_t operands = 0;

	check_list(parsed->root, 0, (uint32_t)text.len);
	require(parsed->problem || parsed->root->end == text.len, "the end of the text is lost");
	require(parsed->problem_at <= text.len, "the problem is nowhere");
	for (size_t i = 0; i < parsed->define_count; i++)
		require(parsed->defines[i].node->body, "a template has no body");
	template_each_operand(parsed, count_operand, &operands);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {(const char *)data, size};
	struct arena arena;

	arena_init(&arena);
	check_template(&arena, text, &TEMPLATE_HELM);
	check_template(&arena, text, &TEMPLATE_VAULT_SECRET);
	vault_template_each_key(&arena, text, check_key, &text);
	arena_release(&arena);
	return 0;
}
