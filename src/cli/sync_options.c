#include "cli/sync_options.h"

#include <stdlib.h>
#include <string.h>

#include "cli/output.h"

static void show_progress(void *context, const char *what, size_t done, size_t count)
{
	struct sync_options *options = context;

	progress_show(&options->progress, what, done, count);
}

static void warn(void *context, const char *message)
{
	struct sync_options *options = context;

	progress_clear(&options->progress);
	if (!arguments_has(options->arguments, OPTION_QUIET))
		message_print("%s", message);
}

/* Appends the values of an option to those that are there. */
static struct aspis_sync_words take_words(struct sync_options *options, size_t *used, enum option_id option)
{
	struct aspis_sync_words words = {.items = options->words + *used, .count = 0};
	size_t position = 0;
	const char *word;

	while ((word = arguments_next(options->arguments, option, &position)) != NULL) {
		options->words[(*used)++] = word;
		words.count++;
	}
	return words;
}

void sync_options_init(struct sync_options *options, const struct arguments *arguments, enum aspis_sync_purpose purpose)
{
	struct aspis_sync_options *inner = &options->options;
	const char *scheme = arguments_value(arguments, OPTION_ONEPASSWORD_SCHEME);
	size_t used = 0;

	options->arguments = arguments;
	options->words = calloc(arguments->option_count + 1, sizeof(*options->words));
	if (!options->words)
		abort();
	progress_init(&options->progress, arguments);
	aspis_sync_options_init(inner);
	inner->purpose = purpose;
	inner->secrets = arguments_value(arguments, OPTION_SECRETS);
	inner->legacy = scheme && strcmp(scheme, "legacy") == 0;
	inner->only = take_words(options, &used, OPTION_ONLY);
	inner->exclude = take_words(options, &used, OPTION_EXCLUDE);
	inner->rotate = take_words(options, &used, OPTION_ROTATE);
	inner->regenerate = arguments_has(arguments, OPTION_REGENERATE);
	inner->delete_unknown = arguments_has(arguments, OPTION_DELETE);
	inner->force = arguments_has(arguments, OPTION_FORCE);
	inner->delete_pull_secret = arguments_has(arguments, OPTION_DELETE_PULL_SECRET);
	inner->partial = arguments_has(arguments, OPTION_SYNC_PARTIAL);
	inner->max_delete = arguments_number(arguments, OPTION_MAX_DELETE, ASPIS_SYNC_MAX_DELETE);
	inner->plan = arguments_value(arguments, OPTION_PLAN);
	inner->progress = show_progress;
	inner->warn = warn;
	inner->context = options;
}

void sync_options_release(struct sync_options *options)
{
	progress_clear(&options->progress);
	free(options->words);
}
