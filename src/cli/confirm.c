#include "cli/confirm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include <aspis/support.h>

#include "cli/arguments.h"

bool confirm_possible(const struct arguments *arguments)
{
	return isatty(STDIN_FILENO) == 1 && !arguments_has(arguments, OPTION_NO_INPUT);
}

bool confirm_ask(const char *question)
{
	char *visible = aspis_support_visible(question);
	char *answer = NULL;
	size_t size = 0;
	bool yes = false;

	fprintf(stderr, "%s [y/N] ", visible);
	fflush(stderr);
	free(visible);
	if (getline(&answer, &size, stdin) >= 0) {
		answer[strcspn(answer, "\r\n")] = '\0';
		yes = strcasecmp(answer, "y") == 0 || strcasecmp(answer, "yes") == 0;
	} else {
		fputc('\n', stderr);
	}
	free(answer);
	return yes;
}
