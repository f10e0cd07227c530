/* Credentials that are more than a prefix and a body: addresses with passwords, private keys, tokens that hold JSON, settings within a text. */
#include "base/base64.h"
#include "check/credential_parts.h"

enum {
	LEAST_KEY = 16,      /* base64 characters behind the first line of a private key: less is an ellipsis */
	KEY_LOOKED_AT = 400, /* bytes behind the first line of a key */
	USER_MAX = 256,
	VALUE_MAX = 1024,
};

/* Of either alphabet. */
static int digit_value(char c)
{
	return base64_digit(c == '-' ? '+' : c == '_' ? '/' : c);
}

bool decode_base64(struct strbuf *out, struct str text)
{
	unsigned bits = 0;
	unsigned count = 0;
	size_t digits = 0;
	size_t padding = 0;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		int digit = digit_value(c);

		if (c == ' ' || c == '\n' || c == '\r' || c == '\t')
			continue;
		if (c == '=' && ++padding <= 2)
			continue;
		if (digit < 0 || padding > 0)
			return false;
		digits++;
		bits = (bits << 6 | (unsigned)digit) & 0xFFFF;
		count += 6;
		if (count >= 8) {
			count -= 8;
			strbuf_append_char(out, (char)(unsigned char)(bits >> count));
		}
	}
	return digits % 4 != 1 && (padding == 0 || (digits + padding) % 4 == 0);
}

static bool ends_address(char c)
{
	return (c >= '\0' && c <= ' ') || strchr("/?#\"'`<>\\|^", c) != NULL;
}

struct str connection_login(struct str text, size_t colon)
{
	size_t start = colon + 3;
	size_t end = start;
	size_t at = 0;

	if (colon == 0 || !ascii_is_alnum(text.ptr[colon - 1]))
		return STR_ABSENT;
	/* A password may hold an @, and the last one counts. */
	for (; end < text.len && !ends_address(text.ptr[end]) && end - start < VALUE_MAX; end++) {
		if (text.ptr[end] == '@')
			at = end;
	}
	if (at == 0 || at + 1 == end)
		return STR_ABSENT;
	struct str login = str_slice(text, start, at - start);
	size_t middle = str_find(login, ':');
	if (middle == login.len)
		return STR_ABSENT;
	struct str password = str_slice(login, middle + 1, login.len);
	return is_real_password(str_slice(login, 0, middle), password) ? login : STR_ABSENT;
}

bool is_connection_string(struct str text, size_t colon)
{
	return !str_is_absent(connection_login(text, colon));
}

/* "-----BEGIN RSA PRIVATE KEY-----" and enough behind it that can be a key. In JSON and the like the line ends are "\n". */
bool is_private_key(struct str text, size_t at)
{
	struct str line = str_slice(text, at, 64);
	size_t start = strlen("-----BEGIN ");
	size_t length = 0;

	while (start + length < line.len && line.ptr[start + length] != '-')
		length++;
	struct str label = str_slice(line, start, length);
	if (!str_ends_with(label, STR("PRIVATE KEY")) && !str_is(label, "PGP PRIVATE KEY BLOCK"))
		return false;
	struct str body = str_slice(text, at + start + length + strlen("-----"), KEY_LOOKED_AT);
	size_t characters = 0;
	for (size_t i = 0; i < body.len; i++) {
		if (str_starts_with(str_slice(body, i, 5), STR("-----")))
			body.len = i;
		else
			characters += digit_value(body.ptr[i]) >= 0;
	}
	return characters >= LEAST_KEY && diversity_of(body) >= 5 && !has_anywhere(body, "...") &&
	       !has_anywhere(body, "xxxx") && !has_anywhere(body, "{{") && !has_anywhere(body, "<");
}

/* Three parts, of which the first is a JSON object that names an algorithm. */
bool is_web_token(struct str token)
{
	struct str rest = token;
	struct str header = str_cut(&rest, '.');
	struct str payload = str_cut(&rest, '.');
	struct strbuf json = STRBUF_INIT;

	bool is_one = !str_is_absent(rest) && rest.len >= 16 && str_find(rest, '.') == rest.len && payload.len >= 2 &&
		      decode_base64(&json, header) && str_starts_with(strbuf_str(&json), STR("{")) &&
		      str_contains(strbuf_str(&json), STR("\"alg\"")) && diversity_of(rest) >= 6;
	strbuf_release(&json);
	return is_one;
}

static bool is_text(struct str bytes)
{
	for (size_t i = 0; i < bytes.len; i++) {
		if (bytes.ptr[i] < ' ' || bytes.ptr[i] > '~')
			return false;
	}
	return true;
}

bool is_basic_authorization(struct str base64)
{
	struct strbuf login = STRBUF_INIT;
	bool decoded = base64.len >= 8 && base64.len <= VALUE_MAX && decode_base64(&login, base64);
	struct str text = strbuf_str(&login);
	size_t colon = str_find(text, ':');

	bool is_one = decoded && is_text(text) && colon > 0 && colon < text.len &&
		      is_real_password(str_slice(text, 0, colon), str_slice(text, colon + 1, text.len));
	strbuf_release(&login);
	return is_one;
}

static struct str unquote(struct str text)
{
	text = str_trim(text);
	while (text.len > 0 && strchr("\"'\\,", text.ptr[text.len - 1]) != NULL)
		text.len--;
	while (text.len > 0 && strchr("\"'\\", text.ptr[0]) != NULL)
		text = str_slice(text, 1, text.len);
	return text;
}

/* The name before `=` or `:` at an offset. */
static struct str name_before(struct str text, size_t at)
{
	size_t end = at;

	while (end > 0 && at - end < 4 && strchr(" \"'\\", text.ptr[end - 1]) != NULL)
		end--;
	size_t start = end;
	while (start > 0 && end - start < USER_MAX &&
		(ascii_is_word(text.ptr[start - 1]) || text.ptr[start - 1] == '-' || text.ptr[start - 1] == '.'))
		start--;
	return str_slice(text, start, end - start);
}

/* What stands behind it, up to the end of its line, quotation or item. */
static struct str value_behind(struct str text, size_t at)
{
	size_t end = at + 1;
	char quote = '\0';

	while (end < text.len && (text.ptr[end] == ' ' || text.ptr[end] == '\\'))
		end++;
	if (end < text.len && (text.ptr[end] == '"' || text.ptr[end] == '\''))
		quote = text.ptr[end++];
	size_t start = end;
	for (; end < text.len && end - start < VALUE_MAX; end++) {
		char c = text.ptr[end];

		if (c == '\n' || c == '\0' || (quote != '\0' ? c == quote || c == '\\' : strchr(" ;&\t\r", c) != NULL))
			break;
	}
	return unquote(str_slice(text, start, end - start));
}

static bool names_password(struct str name)
{
	return has_anywhere(name, "password") || has_anywhere(name, "passwd") ||
	       (name.len == 3 && has_at(name, 0, "pwd"));
}

/* What tells "host=db user=app password=…" from any text with an equals sign. */
static bool names_server(struct str name)
{
	static const char *const names[] = {
		"host", "server", "data source", "dbname", "initial catalog", "source", "endpoint"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (name.len == strlen(names[i]) && has_at(name, 0, names[i]))
			return true;
	}
	return false;
}

static bool names_user(struct str name)
{
	return (name.len == 4 && has_at(name, 0, "user")) || (name.len == 3 && has_at(name, 0, "uid")) ||
	       (name.len == 8 && has_at(name, 0, "username"));
}

/* What a text of settings says of one server. */
struct settings_text {
	struct str user;
	struct str password; /* absent: none is said */
	bool server;
};

static const char *judge_setting(struct settings_text *settings, struct str text, size_t at)
{
	struct str name = name_before(text, at);
	bool equals = text.ptr[at] == '=';

	if (name.len == 0)
		return NULL;
	if (equals && names_server(name))
		settings->server = true;
	else if (names_user(name))
		settings->user = value_behind(text, at);
	else if (equals && names_password(name))
		settings->password = value_behind(text, at);
	if (str_is(name, "auth") && is_basic_authorization(value_behind(text, at)))
		return "a login for a registry";
	if (credential_is_named(name) && credential_is_random(value_behind(text, at)))
		return "a random password or token";
	return NULL;
}

struct str setting_credential(struct str text, size_t at)
{
	struct str name = name_before(text, at);

	if (name.len == 0)
		return STR_ABSENT;
	struct str value = value_behind(text, at);
	value = str_slice(value, 0, str_find(value, '`'));
	if ((str_is(name, "auth") && is_basic_authorization(value)) ||
		(credential_is_named(name) && credential_is_random(value)) ||
		(text.ptr[at] == '=' && names_password(name) && is_real_password(STR(""), value)))
		return value;
	return STR_ABSENT;
}

/* Whether the line that begins at an offset is a comment. */
static bool is_comment(struct str text, size_t at)
{
	while (at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == '\t'))
		at++;
	return at < text.len && (text.ptr[at] == '#' || text.ptr[at] == ';' || has_at(text, at, "//"));
}

const char *credential_in_settings(struct str text)
{
	struct settings_text settings = {.user = STR(""), .password = STR_ABSENT};
	bool comment = is_comment(text, 0);

	for (size_t i = 1; i + 1 < text.len; i++) {
		const char *what = NULL;

		if (text.ptr[i] == '\n')
			comment = is_comment(text, i + 1);
		else if (!comment && (text.ptr[i] == '=' || text.ptr[i] == ':'))
			what = judge_setting(&settings, text, i);
		if (what != NULL)
			return what;
	}
	if (settings.server && !str_is_absent(settings.password) && is_real_password(settings.user, settings.password))
		return "a connection string with a password";
	return NULL;
}
