#include "manifest/manifest.h"

static const struct {
	const char *name;
	const char *words;
} kinds[] = {
#define CONSUMER_ROW(enumerator, name, words) {name, words},
	CONSUMER_KINDS(CONSUMER_ROW)
#undef CONSUMER_ROW
};

const char *consumer_kind_name(enum consumer_kind kind)
{
	return kinds[kind].name;
}

const char *consumer_kind_words(enum consumer_kind kind)
{
	return kinds[kind].words;
}
