#include "base/ascii.h"
#include "base/utf8.h"
#include "text/rst_block.h"

size_t rst_count(struct str text, size_t start, char c)
{
	size_t end = start;

	while (end < text.len && text.ptr[end] == c)
		end++;
	return end - start;
}

/* A marker that ends at `end` must have blanks behind it or be all there is: the bytes of both, else 0. */
static size_t with_blanks(struct str line, size_t end)
{
	size_t blanks = rst_count(line, end, ' ');

	return blanks > 0 || end == line.len ? end + blanks : 0;
}

static size_t match_bullet(struct str line)
{
	size_t width;

	switch (utf8_decode(line, &width)) {
	case '-':
	case '+':
	case '*':
	case 0x2022:
	case 0x2023:
	case 0x2043:
		return with_blanks(line, width);
	default:
		return 0;
	}
}

/* Digits, one letter, or Roman digits in one case. */
static size_t match_ordinal(struct str line, size_t start)
{
	size_t end = start;

	while (end < line.len && ascii_is_digit(line.ptr[end]))
		end++;
	if (end == start && start < line.len && ascii_is_letter(line.ptr[start])) {
		const char *roman = ascii_is_lower(line.ptr[start]) ? "ivxlcdm" : "IVXLCDM";
		while (end < line.len && line.ptr[end] != '\0' && strchr(roman, line.ptr[end]))
			end++;
		end = end == start ? start + 1 : end;
	}
	if (end == start && start < line.len && line.ptr[start] == '#')
		end++;
	return end - start;
}

static size_t match_enumerator(struct str line)
{
	size_t start = line.ptr[0] == '(' ? 1 : 0;
	size_t end = start + match_ordinal(line, start);

	if (end == start || end >= line.len)
		return 0;
	if (line.ptr[end] != ')' && (start > 0 || line.ptr[end] != '.'))
		return 0;
	return with_blanks(line, end + 1);
}

size_t rst_match_field(struct str line)
{
	if (line.len < 3 || line.ptr[0] != ':' || line.ptr[1] == ':' || line.ptr[1] == ' ')
		return 0;
	for (size_t i = 1; i < line.len; i++) {
		char after = i + 1 < line.len ? line.ptr[i + 1] : ' ';
		if (line.ptr[i] == '\\')
			i++;
		else if (line.ptr[i] == ':' && after == '`')
			return 0;
		else if (line.ptr[i] == ':' && after == ' ')
			return line.ptr[i - 1] == ' ' ? 0 : with_blanks(line, i + 1);
	}
	return 0;
}

static size_t match_option_argument(struct str line, size_t start)
{
	size_t end = start;

	if (start < line.len && ascii_is_letter(line.ptr[start])) {
		while (end < line.len &&
			(ascii_is_alnum(line.ptr[end]) || line.ptr[end] == '_' || line.ptr[end] == '-'))
			end++;
	} else if (start < line.len && line.ptr[start] == '<') {
		for (end++; end < line.len && line.ptr[end] != '<' && line.ptr[end] != '>';)
			end++;
		end = end < line.len && line.ptr[end] == '>' && end > start + 1 ? end + 1 : start;
	}
	return end - start;
}

/* "-a", "-a ARG", "-aARG", "+a". */
static size_t match_short_option(struct str line, size_t start)
{
	if (start + 1 >= line.len || (line.ptr[start] != '-' && line.ptr[start] != '+') ||
		!ascii_is_alnum(line.ptr[start + 1]))
		return 0;
	size_t blank = start + 2 < line.len && line.ptr[start + 2] == ' ';
	size_t argument = match_option_argument(line, start + 2 + blank);
	return argument > 0 ? 2 + blank + argument : 2;
}

/* "--name", "--name ARG", "--name=ARG", "/name". */
static size_t match_long_option(struct str line, size_t start)
{
	size_t end = start;

	if (str_starts_with(str_slice(line, start, 2), STR("--")))
		end += 2;
	else if (start < line.len && line.ptr[start] == '/')
		end += 1;
	if (end == start || end >= line.len || !ascii_is_alnum(line.ptr[end]))
		return 0;
	while (end < line.len && (ascii_is_alnum(line.ptr[end]) || line.ptr[end] == '_' || line.ptr[end] == '-'))
		end++;
	if (end < line.len && (line.ptr[end] == ' ' || line.ptr[end] == '=')) {
		size_t argument = match_option_argument(line, end + 1);
		end += argument > 0 ? 1 + argument : 0;
	}
	return end - start;
}

static size_t match_option(struct str line)
{
	size_t end = 0;

	for (;;) {
		size_t length = match_short_option(line, end);
		length = length > 0 ? length : match_long_option(line, end);
		if (length == 0)
			return 0;
		end += length;
		if (!str_starts_with(str_slice(line, end, 2), STR(", ")))
			break;
		end += 2;
	}
	size_t blanks = rst_count(line, end, ' ');
	return blanks >= 2 || end + blanks == line.len ? end + blanks : 0;
}

bool rst_is_grid_border(struct str line)
{
	size_t len = line.len;

	while (len > 0 && line.ptr[len - 1] == ' ')
		len--;
	if (len < 5 || line.ptr[0] != '+' || line.ptr[1] != '-' || line.ptr[len - 2] != '-' || line.ptr[len - 1] != '+')
		return false;
	for (size_t i = 0; i < len; i++) {
		if (line.ptr[i] != '-' && line.ptr[i] != '+')
			return false;
	}
	return true;
}

/* "====  ===": at least two columns. */
static bool is_simple_table_top(struct str line)
{
	size_t columns = 0;

	for (size_t i = 0; i < line.len; columns++) {
		size_t run = rst_count(line, i, '=');
		if (run == 0)
			return false;
		i += run;
		i += rst_count(line, i, ' ');
	}
	return columns >= 2;
}

bool rst_is_rule(struct str line)
{
	if (line.len == 0 || !ascii_is_punctuation(line.ptr[0]))
		return false;
	size_t run = rst_count(line, 0, line.ptr[0]);
	return run + rst_count(line, run, ' ') == line.len;
}

static size_t match_doctest(struct str line)
{
	return str_starts_with(line, STR(">>>")) ? with_blanks(line, 3) : 0;
}

static size_t match_line_block(struct str line)
{
	return line.ptr[0] == '|' ? with_blanks(line, 1) : 0;
}

static size_t match_grid_table(struct str line)
{
	return rst_is_grid_border(line) ? line.len : 0;
}

static size_t match_simple_table(struct str line)
{
	return is_simple_table_top(line) ? line.len : 0;
}

static size_t match_explicit(struct str line)
{
	return str_starts_with(line, STR("..")) ? with_blanks(line, 2) : 0;
}

static size_t match_anonymous(struct str line)
{
	return str_starts_with(line, STR("__")) ? with_blanks(line, 2) : 0;
}

static size_t match_rule(struct str line)
{
	return rst_is_rule(line) ? line.len : 0;
}

struct rst_match rst_match_line(struct str line)
{
	static size_t (*const matchers[RST_PATTERN_COUNT])(struct str line) = {
		[RST_BULLET] = match_bullet,
		[RST_ENUMERATOR] = match_enumerator,
		[RST_FIELD] = rst_match_field,
		[RST_OPTION] = match_option,
		[RST_DOCTEST] = match_doctest,
		[RST_LINE_BLOCK] = match_line_block,
		[RST_GRID_TABLE] = match_grid_table,
		[RST_SIMPLE_TABLE] = match_simple_table,
		[RST_EXPLICIT] = match_explicit,
		[RST_ANONYMOUS] = match_anonymous,
		[RST_LINE] = match_rule,
	};

	if (line.len == 0)
		return (struct rst_match){.pattern = RST_BLANK};
	if (line.ptr[0] == ' ')
		return (struct rst_match){.pattern = RST_INDENT};
	for (enum rst_pattern pattern = RST_BULLET; pattern < RST_TEXT; pattern++) {
		size_t end = matchers[pattern](line);
		if (end > 0)
			return (struct rst_match){.pattern = pattern, .end = end};
	}
	return (struct rst_match){.pattern = RST_TEXT};
}
