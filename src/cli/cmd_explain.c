#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <aspis/report.h>
#include <aspis/rule.h>

#include "cli/cmd.h"
#include "cli/status.h"
#include "cli/terminal.h"

static void explain(const struct aspis_rule *rule, bool color, struct output *output)
{
	size_t size = 0;
	char *text = aspis_rule_render(rule, terminal_width(STDOUT_FILENO), color, &size);
	output_write(output, text, size);
	free(text);
}

static int fail_unknown(const char *code)
{
	char *near = aspis_rule_suggest(code);
	if (near && strcmp(near, code) == 0) {
		message_print("'%s' is a family of rules; name one of them ('aspis rules' lists them)", code);
		free(near);
		return STATUS_USAGE;
	}
	message_print("there is no rule '%s'%s%s%s", code, near ? "; did you mean " : "", near ? near : "",
		near ? "?" : "; 'aspis rules' lists them");
	free(near);
	return STATUS_USAGE;
}

int cmd_explain(const struct arguments *arguments, struct output *output)
{
	bool color = cmd_color(arguments, STDOUT_FILENO);

	for (size_t i = 0; i < arguments->operand_count; i++) {
		if (!aspis_rule_find(arguments->operands[i]))
			return fail_unknown(arguments->operands[i]);
	}
	for (size_t i = 0; i < arguments->operand_count; i++) {
		output_text(output, i > 0 ? "\n" : "");
		explain(aspis_rule_find(arguments->operands[i]), color, output);
	}
	return STATUS_CLEAN;
}
