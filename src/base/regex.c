#include "base/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/regex_translate.h"
#include "base/utf8.h"
#include "base/xalloc.h"

/* Steps, depth and memory (KiB) of one search. The steps take well under a second. */
#define SEARCH_STEPS UINT64_C(4000000)
#define DEPTH_LIMIT  200000
#define HEAP_LIMIT   32768

/* Most searches need few steps: they are tried with few, then with so many times more. */
#define STEPS_FIRST     32
#define STEPS_PER_START 2
#define STEPS_GROWTH    16

struct regex {
	pcre2_code *code;
	pcre2_match_context *limits;
	bool anchored; /* is tried at the start of the subject alone */
	bool ascii_subjects;
};

static size_t origin_of(const struct regex_translation *translation, size_t out)
{
	size_t source = 0;

	for (size_t i = 0; i < translation->origins.len; i++) {
		const struct regex_origin *origin = vec_at(&translation->origins, i);

		if (origin->out > out)
			break;
		source = origin->source;
	}
	return source;
}

static pcre2_code *compile(struct regex_translation *translation)
{
	uint32_t options = PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C;
	pcre2_compile_context *context = pcre2_compile_context_create(NULL);
	pcre2_code *code;
	PCRE2_UCHAR text[256];
	PCRE2_SIZE offset;
	int status;

	if (context == NULL)
		xalloc_fail(0);
	if (translation->unset_backreferences)
		options |= PCRE2_MATCH_UNSET_BACKREF;
	pcre2_set_newline(context, PCRE2_NEWLINE_LF);
	pcre2_set_parens_nest_limit(context, 2 * REGEX_NESTING_MAX);
	code = pcre2_compile(
		(PCRE2_SPTR)translation->out.ptr, translation->out.len, options, &status, &offset, context);
	if (code == NULL) {
		pcre2_get_error_message(status, text, sizeof(text));
		regex_fail(translation, origin_of(translation, offset), "not supported: %s", (const char *)text);
	}
	pcre2_compile_context_free(context);
	return code;
}

static struct regex *regex_wrap(pcre2_code *code, bool ascii_subjects)
{
	struct regex *regex = xcalloc(1, sizeof(*regex));
	uint32_t options = 0;

	pcre2_pattern_info(code, PCRE2_INFO_ALLOPTIONS, &options);
	regex->anchored = options & PCRE2_ANCHORED;
	regex->code = code;
	regex->ascii_subjects = ascii_subjects;
	regex->limits = pcre2_match_context_create(NULL);
	if (regex->limits == NULL)
		xalloc_fail(0);
	pcre2_set_depth_limit(regex->limits, DEPTH_LIMIT);
	pcre2_set_heap_limit(regex->limits, HEAP_LIMIT);
	return regex;
}

struct regex *regex_new(struct str pattern, enum regex_dialect dialect, struct error *error)
{
	struct regex_translation translation = {.source = pattern, .error = error};
	struct regex *regex = NULL;
	pcre2_code *code;
	bool translated;

	strbuf_init(&translation.out);
	vec_init(&translation.origins, sizeof(struct regex_origin));
	if (utf8_valid_prefix(pattern) != pattern.len) {
		regex_fail(&translation, utf8_valid_prefix(pattern), "not UTF-8");
		goto done;
	}
	translated = dialect == REGEX_ECMA ? regex_translate_ecma(&translation) : regex_translate_python(&translation);
	if (!translated)
		goto done;
	code = compile(&translation);
	if (code != NULL)
		regex = regex_wrap(code, translation.ascii_subjects);
done:
	strbuf_release(&translation.out);
	vec_release(&translation.origins);
	return regex;
}

void regex_free(struct regex *regex)
{
	if (regex == NULL)
		return;
	pcre2_match_context_free(regex->limits);
	pcre2_code_free(regex->code);
	free(regex);
}

/* PCRE2 counts the steps anew for each place of the subject that it tries. */
enum regex_result regex_search_within(const struct regex *regex, struct str subject, uint64_t *steps)
{
	uint64_t starts = regex->anchored ? 1 : (uint64_t)subject.len + 1;
	uint64_t limit = starts < STEPS_FIRST / STEPS_PER_START ? STEPS_FIRST / starts : STEPS_PER_START;
	pcre2_match_context *context;
	pcre2_match_data *data;
	int status = PCRE2_ERROR_MATCHLIMIT;

	if (regex->ascii_subjects && !utf8_is_ascii(subject))
		return REGEX_UNDECIDED;
	context = pcre2_match_context_copy(regex->limits);
	data = pcre2_match_data_create(1, NULL);
	if (context == NULL || data == NULL)
		xalloc_fail(0);
	for (; status == PCRE2_ERROR_MATCHLIMIT && limit * starts <= *steps; limit *= STEPS_GROWTH) {
		*steps -= limit * starts;
		pcre2_set_match_limit(context, (uint32_t)limit);
		status = pcre2_match(regex->code, (PCRE2_SPTR)(subject.ptr == NULL ? "" : subject.ptr), subject.len, 0,
			0, data, context);
	}
	pcre2_match_data_free(data);
	pcre2_match_context_free(context);
	if (status >= 0)
		return REGEX_MATCH;
	return status == PCRE2_ERROR_NOMATCH ? REGEX_NO_MATCH : REGEX_UNDECIDED;
}

enum regex_result regex_search(const struct regex *regex, struct str subject)
{
	uint64_t steps = SEARCH_STEPS;

	return regex_search_within(regex, subject, &steps);
}
