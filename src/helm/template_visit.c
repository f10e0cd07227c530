#include "helm/template.h"

struct visit {
	template_operand_visitor *visitor;
	void *context;
};

static void visit_pipeline(
	const struct visit *visit, const struct template_pipeline *pipeline, const struct template_dot *dot);

static void visit_command(
	const struct visit *visit, const struct template_command *command, const struct template_dot *dot)
{
	for (size_t i = 0; i < command->count; i++) {
		const struct template_operand *operand = &command->operands[i];

		visit->visitor(visit->context, command, operand, dot);
		if (operand->kind == OPERAND_PIPELINE)
			visit_pipeline(visit, operand->pipeline, dot);
	}
}

static void visit_pipeline(
	const struct visit *visit, const struct template_pipeline *pipeline, const struct template_dot *dot)
{
	for (size_t i = 0; i < pipeline->command_count; i++)
		visit_command(visit, &pipeline->commands[i], dot);
}

/* What the dot is within the body of a node. */
static struct template_dot dot_within(const struct template_node *node, const struct template_dot *outer)
{
	const struct template_pipeline *pipeline = node->pipeline;
	bool is_one = pipeline && pipeline->command_count == 1 && pipeline->commands[0].count == 1;

	return (struct template_dot){.operand = is_one ? pipeline->commands[0].operands : NULL,
		.item = node->kind == TEMPLATE_RANGE,
		.outer = outer};
}

static void visit_list(const struct visit *visit, const struct template_list *list, const struct template_dot *dot);

static void visit_node(const struct visit *visit, const struct template_node *node, const struct template_dot *dot)
{
	struct template_dot inner = dot_within(node, dot);

	if (node->pipeline)
		visit_pipeline(visit, node->pipeline, dot);
	if (node->body && node->kind == TEMPLATE_DEFINE)
		visit_list(visit, node->body, NULL);
	else if (node->body)
		visit_list(visit, node->body, node->kind == TEMPLATE_IF ? dot : &inner);
	if (node->otherwise)
		visit_list(visit, node->otherwise, dot);
}

static void visit_list(const struct visit *visit, const struct template_list *list, const struct template_dot *dot)
{
	for (size_t i = 0; i < list->count; i++)
		visit_node(visit, list->nodes[i], dot);
}

void template_each_operand(const struct template *parsed, template_operand_visitor *visitor, void *context)
{
	const struct visit visit = {.visitor = visitor, .context = context};

	visit_list(&visit, parsed->root, NULL);
}
