#include "text/prose.h"

#include "text/markdown.h"
#include "text/rst.h"

static const char *const names[] = {
#define PROSE_NAME(enumerator, name) [enumerator] = (name),
	PROSE_MARKUPS(PROSE_NAME)
#undef PROSE_NAME
};

enum prose_markup prose_markup_of(struct str name)
{
	size_t markup = 0;

	while (markup < PROSE_MARKUP_COUNT && !str_is(name, names[markup]))
		markup++;
	return (enum prose_markup)markup;
}

struct document *prose_read(struct str text, const struct prose_settings *settings)
{
	if (settings == NULL)
		return rst_read(text, NULL);
	if (settings->markup == PROSE_MARKDOWN)
		return markdown_read(text);
	return rst_read(text, &(struct rst_options){.roles = settings->roles, .role_count = settings->role_count});
}
