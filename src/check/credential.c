/* The known forms of credentials, and the way through a text in search of them. */
#include "check/credential.h"

#include "check/credential_parts.h"

enum {
	SHORTEST_FORM = 12,
	FERNET_LENGTH = 44,
	AWS_LENGTH = 40,
	ENCODED_MAX = 16384, /* base64 that is looked into */
};

/* Which characters a body may have. */
enum alphabet {
	ALNUM,     /* A-Z a-z 0-9 */
	WORD,      /* and _ */
	URL_SAFE,  /* and - */
	DOTTED,    /* and . */
	HEX,       /* 0-9 a-f */
	BASE64,    /* A-Z a-z 0-9 + / = */
	SLASHED,   /* A-Z a-z 0-9 / _ - */
	PERCENT,   /* BASE64 and % */
};

static bool in_alphabet(char c, enum alphabet alphabet)
{
	bool alnum = is_letter(c) || is_digit(c);

	switch (alphabet) {
	case ALNUM:
		return alnum;
	case WORD:
		return alnum || c == '_';
	case URL_SAFE:
		return alnum || c == '_' || c == '-';
	case DOTTED:
		return alnum || c == '_' || c == '-' || c == '.';
	case HEX:
		return is_digit(c) || (c >= 'a' && c <= 'f');
	case BASE64:
		return alnum || c == '+' || c == '/' || c == '=';
	case SLASHED:
		return alnum || c == '/' || c == '_' || c == '-';
	case PERCENT:
		return alnum || c == '+' || c == '/' || c == '=' || c == '%';
	}
	return false;
}

typedef bool body_check(struct str token);

/* gt-, 22 characters, a full stop, 22 characters; and SendGrid's 22 and 43. */
static bool has_dot_at_22(struct str body)
{
	return body.len > 22 && body.ptr[22] == '.' && str_find_last(body, '.') == 22;
}

/* T…/B…/…, of which the last part is the secret. */
static bool is_slack_hook(struct str body)
{
	struct str rest = body;
	struct str team = str_cut(&rest, '/');
	struct str hook = str_cut(&rest, '/');

	return team.len >= 8 && hook.len >= 8 && rest.len >= 20 && is_real_body(rest);
}

static bool is_discord_hook(struct str body)
{
	size_t slash = str_find(body, '/');

	return slash >= 16 && body.len - slash > 60 && is_real_body(str_slice(body, slash + 1, body.len));
}

static bool is_openai_key(struct str body)
{
	return str_contains(body, STR("T3BlbkFJ")) || (body.len >= 40 && str_find(body, '-') == body.len);
}

/* The body of a web token, whose first letters were the prefix; borrowed from the text, it begins three bytes earlier. */
static bool is_web_token_body(struct str body)
{
	return is_web_token((struct str){.ptr = body.ptr - 3, .len = body.len + 3});
}

static bool is_encoded_key(struct str body)
{
	struct str base64 = {.ptr = body.ptr - 14, .len = body.len + 14 < ENCODED_MAX ? body.len + 14 : ENCODED_MAX};
	struct strbuf text = STRBUF_INIT;

	base64.len -= base64.len % 4;
	bool is_one = decode_base64(&text, base64) && is_private_key(strbuf_str(&text), 0);
	strbuf_release(&text);
	return is_one;
}

static bool is_bearer(struct str body)
{
	return credential_is_random(body);
}

/* A form that begins with a prefix. Its body has at least and at most so many characters, all of an alphabet. */
struct form {
	const char *prefix;
	enum alphabet alphabet;
	size_t least;
	size_t most;
	body_check *check; /* NULL: the body is no dummy and no words */
	const char *what;
};

/* Sorted by nothing but the first letter: a text is compared with those of its own letter alone. */
static const struct form forms[] = {
	{"A3T", HEX, 999, 0, NULL, "never"},
	{"AGE-SECRET-KEY-1", ALNUM, 50, 70, NULL, "an age private key"},
	{"AIza", URL_SAFE, 35, 35, NULL, "a Google API key"},
	{"AccountKey=", BASE64, 80, 100, NULL, "an Azure storage key"},
	{"Basic ", BASE64, 8, 1024, is_basic_authorization, "a login in an Authorization header"},
	{"Bearer ", DOTTED, 20, 4096, is_bearer, "a token in an Authorization header"},
};
