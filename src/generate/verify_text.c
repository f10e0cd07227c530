/* The forms of values of one line, and what goes wrong when one is pasted. */
#include "base/ascii.h"
#include "base/base64.h"
#include "base/utf8.h"
#include "generate/verify.h"

enum {
	TOKEN_PART_LENGTH = 22,
	FERNET_LENGTH = 44,
	TEXT_LEAST = 12, /* bytes of text of one line that random ones will not be taken for */
};

static bool is_url_safe(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!base64_is_url_safe(text.ptr[i]))
			return false;
	}
	return true;
}

const char *verify_gafaelfawr_token(struct secret *value)
{
	struct str token = secret_str(value);
	struct str rest = str_slice(token, 3, token.len);
	struct str key = str_cut(&rest, '.');

	if (!str_starts_with(token, STR("gt-")))
		return "does not begin with gt-, as a Gafaelfawr token does";
	if (str_is_absent(rest))
		return "has no full stop between key and secret, as a Gafaelfawr token has";
	if (key.len != TOKEN_PART_LENGTH || rest.len != TOKEN_PART_LENGTH)
		return "does not have 22 characters on either side of its full stop, as a Gafaelfawr token has";
	if (!is_url_safe(key) || !is_url_safe(rest))
		return "has characters that are none of url-safe base64";
	return NULL;
}

const char *verify_fernet_key(struct secret *value)
{
	struct str key = secret_str(value);

	if (key.len != FERNET_LENGTH)
		return "is not 44 characters long, as 32 bytes in base64 are";
	if (key.ptr[FERNET_LENGTH - 1] != '=')
		return "does not end in =, as 32 bytes in base64 do";
	if (!is_url_safe(str_slice(key, 0, FERNET_LENGTH - 1)))
		return "has characters that are none of url-safe base64";
	return NULL;
}

/* The number of two digits at offset. */
static unsigned two_digits(struct str text, size_t offset)
{
	return 10 * (unsigned)(text.ptr[offset] - '0') + (unsigned)(text.ptr[offset + 1] - '0');
}

static bool is_moment(struct str text)
{
	static const unsigned days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	unsigned year = 100 * two_digits(text, 0) + two_digits(text, 2);
	unsigned month = two_digits(text, 5), day = two_digits(text, 8);
	bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	if (month < 1 || month > 12 || day < 1 || day > days[month - 1] + (month == 2 && is_leap))
		return false;
	return two_digits(text, 11) < 24 && two_digits(text, 14) < 60 && two_digits(text, 17) < 60;
}

const char *verify_mtime(struct secret *value)
{
	static const struct str form = {"0000-00-00T00:00:00Z", 20};
	struct str text = secret_str(value);
	bool fits = text.len == form.len;

	for (size_t i = 0; fits && i < form.len; i++)
		fits = form.ptr[i] == '0' ? ascii_is_digit(text.ptr[i]) : text.ptr[i] == form.ptr[i];
	if (!fits)
		return "is not of the form YYYY-MM-DDTHH:MM:SSZ";
	return is_moment(text) ? NULL : "is of the form YYYY-MM-DDTHH:MM:SSZ, but no moment that there is";
}

static bool is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

/* Whether there are line ends, but only behind all else. */
static bool ends_in_stray_line_break(struct str text)
{
	size_t end = text.len;

	while (end > 0 && is_line_end(text.ptr[end - 1]))
		end--;
	if (end == text.len)
		return false;
	text = str_slice(text, 0, end);
	return str_find(text, '\n') == text.len && str_find(text, '\r') == text.len;
}

/* Whether this is text that a person could have meant: several lines of it, or a line that is too long to be so by chance. */
static bool is_text(struct str bytes)
{
	bool has_lines = false;

	for (size_t i = 0; i < bytes.len; i++) {
		unsigned char c = (unsigned char)bytes.ptr[i];

		if ((c < ' ' && c != '\t' && !is_line_end((char)c)) || c == 0x7F)
			return false;
		has_lines = has_lines || c == '\n';
	}
	return utf8_valid_prefix(bytes) == bytes.len && bytes.len > 0 && (has_lines || bytes.len >= TEXT_LEAST);
}

static bool is_encoded_again(struct secret *value)
{
	struct secret *bytes = base64_decode(value);
	bool found = bytes && is_text(secret_str(bytes));

	secret_free(bytes);
	return found;
}

const char *verify_paste(struct secret *value, bool encoded)
{
	struct str text = secret_str(value);

	if (str_starts_with(text, STR("\xEF\xBB\xBF")))
		return "begins with a byte order mark";
	if (ends_in_stray_line_break(text))
		return "is one line, but ends in a line break";
	if (encoded && is_encoded_again(value))
		return "is encoded in base64 twice";
	return NULL;
}
