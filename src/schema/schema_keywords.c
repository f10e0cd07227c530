#include "schema/schema_keywords.h"

#include <stddef.h>

static const struct keyword rows[KEYWORD_COUNT] = {
#define X(constant, text, group, form, action)                                                                         \
	[KEYWORD_##constant] = {text, VOCABULARY_##group, SHAPE_##form, OPERATION_##action},
	SCHEMA_KEYWORDS(X)
#undef X
};

static const struct {
	const char *name;
	enum schema_vocabulary bit;
} vocabularies[] = {
	{"core", VOCABULARY_CORE},
	{"applicator", VOCABULARY_APPLICATOR},
	{"unevaluated", VOCABULARY_UNEVALUATED},
	{"validation", VOCABULARY_VALIDATION},
	{"meta-data", VOCABULARY_METADATA},
	{"format-annotation", VOCABULARY_FORMAT},
	{"content", VOCABULARY_CONTENT},
};

const struct keyword *keyword_row(enum schema_keyword keyword)
{
	return &rows[keyword];
}

enum schema_keyword keyword_find(struct str name)
{
	for (size_t i = 0; i < KEYWORD_COUNT; i++)
		if (str_is(name, rows[i].name))
			return (enum schema_keyword)i;
	return KEYWORD_COUNT;
}

unsigned vocabulary_find(struct str uri)
{
	struct str base = STR("https://json-schema.org/draft/2020-12/vocab/");

	if (!str_starts_with(uri, base))
		return 0;
	for (size_t i = 0; i < sizeof(vocabularies) / sizeof(vocabularies[0]); i++)
		if (str_is(str_slice(uri, base.len, uri.len), vocabularies[i].name))
			return vocabularies[i].bit;
	return 0;
}
