/* What settings are called, and what people write where a value belongs. */
#include <strings.h>

#include "check/credential_parts.h"

enum {
	WORDS_MAX = 4,  /* of a name that are looked at: the last ones */
	DUMMY_MAX = 64, /* a text that is longer is not made around a dummy */
	RUN_MIN = 4,    /* letters that can be a word */
};

bool has_at(struct str text, size_t at, const char *needle)
{
	size_t i = 0;

	while (needle[i] != '\0' && at + i < text.len && ascii_to_lower(text.ptr[at + i]) == needle[i])
		i++;
	return needle[i] == '\0';
}

bool has_anywhere(struct str text, const char *needle)
{
	for (size_t i = 0; i < text.len; i++) {
		if (ascii_to_lower(text.ptr[i]) == needle[0] && has_at(text, i, needle))
			return true;
	}
	return false;
}

/* The last words of a name, the last one first: "clientSecret", "client_secret" and "CLIENT-SECRET" are "secret", "client". Borrowed. */
struct name_words {
	struct str words[WORDS_MAX];
	size_t count;
};

static bool begins_word(struct str name, size_t at)
{
	char before = at > 0 ? name.ptr[at - 1] : ' ';
	char here = name.ptr[at];

	if (!ascii_is_alnum(before))
		return true;
	if (!ascii_is_upper(here))
		return false;
	/* "fooBar", and the B of "FOOBar". */
	return !ascii_is_upper(before) || (at + 1 < name.len && ascii_is_lower(name.ptr[at + 1]));
}

/* "password2" is a "password". */
static struct str without_number(struct str word)
{
	while (word.len > 0 && ascii_is_digit(word.ptr[word.len - 1]))
		word.len--;
	return word;
}

static void split_name(struct name_words *out, struct str name)
{
	size_t end = name.len;

	out->count = 0;
	while (out->count < WORDS_MAX) {
		while (end > 0 && !ascii_is_alnum(name.ptr[end - 1]))
			end--;
		if (end == 0)
			break;
		size_t start = end - 1;
		while (start > 0 && !begins_word(name, start))
			start--;
		out->words[out->count] = without_number(str_slice(name, start, end - start));
		out->count += out->words[out->count].len > 0;
		end = start;
	}
}

static bool word_is(struct str word, const char *text)
{
	size_t i = 0;

	while (i < word.len && text[i] != '\0' && ascii_to_lower(word.ptr[i]) == text[i])
		i++;
	return i == word.len && text[i] == '\0';
}

static bool word_is_one_of(struct str word, const char *const *list)
{
	for (; *list != NULL; list++) {
		if (word_is(word, *list))
			return true;
	}
	return false;
}

/* A word in a list, its length being known. */
#define WORD(text)                                                                                                     \
	{                                                                                                              \
		text, sizeof(text) - 1                                                                                 \
	}

/* Names are often written as one word: "dbpassword", "clientsecret". The list ends with an absent word. */
static bool ends_with_word(struct str word, const struct str *list)
{
	char last = word.len > 0 ? ascii_to_lower(word.ptr[word.len - 1]) : '\0';

	for (; !str_is_absent(*list); list++) {
		if (last == list->ptr[list->len - 1] && word.len >= list->len &&
			strncasecmp(word.ptr + word.len - list->len, list->ptr, list->len) == 0)
			return true;
	}
	return false;
}

bool credential_is_named(struct str name)
{
	static const struct str secret_ends[] = {WORD("password"), WORD("passwd"), WORD("passphrase"), WORD("secret"),
		WORD("token"), WORD("apikey"), WORD("accesskey"), WORD("secretkey"), WORD("privatekey"),
		WORD("credential"), WORD("credentials"), {NULL, 0}};
	static const char *const secret_words[] = {"pass", "pwd", "pw", "bindpw", "rootpw", "psk", "bearer", NULL};
	static const char *const key_kinds[] = {"api", "secret", "private", "encryption", "signing", "hmac", "master",
		"fernet", "session", "cookie", "storage", "auth", "app", "webhook", NULL};
	struct name_words words;

	split_name(&words, name);
	if (words.count == 0)
		return false;
	if (word_is_one_of(words.words[0], secret_words))
		return true;
	if (ends_with_word(words.words[0], secret_ends))
		return !word_is(words.words[0], "accesskey");
	if (words.count > 2 && word_is(words.words[0], "base") && word_is(words.words[1], "key"))
		return word_is(words.words[2], "secret"); /* SECRET_KEY_BASE of Rails */
	if (words.count < 2 || !word_is(words.words[0], "key"))
		return false;
	if (word_is(words.words[1], "access") || word_is(words.words[1], "account"))
		return words.count > 2 && (word_is(words.words[2], "secret") || word_is(words.words[2], "storage"));
	return word_is_one_of(words.words[1], key_kinds);
}

/* Whether the last letter of a name is an s. */
static bool may_be_plural(struct str name)
{
	while (name.len > 0 && !ascii_is_letter(name.ptr[name.len - 1]))
		name.len--;
	return name.len > 0 && ascii_to_lower(name.ptr[name.len - 1]) == 's';
}

bool credential_names_many(struct str name)
{
	static const struct str many[] = {
		WORD("passwords"), WORD("secrets"), WORD("tokens"), WORD("credentials"), WORD("apikeys"), {NULL, 0}};
	struct name_words words;

	if (!may_be_plural(name))
		return false;
	split_name(&words, name);
	return words.count > 0 &&
	       (ends_with_word(words.words[0], many) ||
		       (words.count > 1 && word_is(words.words[0], "keys") && word_is(words.words[1], "api")));
}

bool credential_is_identifier(struct str name)
{
	static const char *const ends[] = {"id", "ids", "uid", "uuid", "guid", "name", "user", "users", "username",
		"login", "email", "mail", "account", "url", "urls", "uri", "host", "hosts", "hostname", "server",
		"servers", "endpoint", "address", "port", "path", "dir", "directory", "file", "filename", "version",
		"tag", "revision", "commit", "digest", "checksum", "sha", "sha1", "sha256", "sha512", "md5",
		"fingerprint", "thumbprint", "region", "zone", "arn", "bucket", "project", "tenant", "realm", "issuer",
		"audience", "scope", "scopes", "domain", "type", "kind", "algorithm", "encryption", "method", "role",
		"namespace", "cluster", "database", "db", "dbname", "organization", "org", "description", "image",
		"repository", "schedule", "timezone", "serial", "crt", "cert", "certificate", "pem", "ca", "pub", "dsn",
		"format", "enabled", "insecure", "lifetime", "expiration", "expires", "ttl", "mtime", "date", "time",
		"timestamp", "salt", "nonce", "hash", NULL};
	struct name_words words;

	split_name(&words, name);
	if (words.count == 0)
		return false;
	if (word_is(words.words[0], "key") && words.count > 1)
		return word_is(words.words[1], "public") ||
		       (word_is(words.words[1], "access") && !(words.count > 2 && word_is(words.words[2], "secret")));
	return word_is_one_of(words.words[0], ends);
}

/* Without what people decorate dummies with: "<Change-Me!>" is "changeme", "p4ssw0rd" is "password". */
static size_t plain_letters(char *out, struct str text)
{
	size_t len = 0;

	for (size_t i = 0; i < text.len; i++) {
		char c = ascii_to_lower(text.ptr[i]);

		switch (c) {
		case '0':
			c = 'o';
			break;
		case '1':
		case '!':
			c = 'i';
			break;
		case '3':
			c = 'e';
			break;
		case '4':
		case '@':
			c = 'a';
			break;
		case '5':
		case '$':
			c = 's';
			break;
		default:
			break;
		}
		if (ascii_is_lower(c))
			out[len++] = c;
	}
	return len;
}

/* Words that are dummies wherever they stand, and those that are by themselves. Some are written in two, for whoever searches for unfinished work. */
/* clang-format off */
/* NOLINTBEGIN(bugprone-suspicious-missing-comma) */
static const char *const dummies_anywhere[] = {
	"changeme", "changeit", "changethis", "example", "password", "passwd", "placeholder", "replace", "redacted", "insert", "dummy",
	"yourtoken", "yoursecret", "yourpass", "yourkey", "yourapi", "notreal", "notasecret", "notsecret", "insecure", "foobar", "letmein",
	"qwerty", "secretsecret", "fakefake", "default", "sample", "undefined", "fix" "me", "xx" "xx", NULL,
};
static const char *const dummies_alone[] = {
	"secret", "topsecret", "supersecret", "mysecret", "admin", "administrator", "root", "user", "username", "test", "testing", "pass",
	"tbd", "none", "null", "nil", "empty", "guest", "demo", "minioadmin", "promoperator", "postgres", "postgresql", "mysql", "mariadb",
	"redis", "rabbitmq", "grafana", "foo", "bar", "baz", "hunter", "token", "mytoken", "key", "value", "fake", "your", "secure", "pw",
	"pwd", "to" "do", "x", "xx", "x" "xx", NULL,
};
/* NOLINTEND(bugprone-suspicious-missing-comma) */
/* clang-format on */

bool holds_dummy(struct str text)
{
	char letters[DUMMY_MAX];

	if (text.len > DUMMY_MAX)
		return has_anywhere(text, "example") || has_anywhere(text, "xxxxxx") ||
		       has_anywhere(text, "placeholder");
	struct str plain = {.ptr = letters, .len = plain_letters(letters, text)};
	for (const char *const *word = dummies_anywhere; *word != NULL; word++) {
		if (str_contains(plain, str_of(*word)))
			return true;
	}
	return word_is_one_of(plain, dummies_alone);
}

/* "$NAME", "$dex.clientSecret": a dollar and a name, and nothing else. */
static bool is_variable(struct str text)
{
	if (text.len < 2 || text.ptr[0] != '$' || !(ascii_is_letter(text.ptr[1]) || text.ptr[1] == '_'))
		return false;
	for (size_t i = 1; i < text.len; i++) {
		if (!ascii_is_word(text.ptr[i]) && strchr(".:-", text.ptr[i]) == NULL)
			return false;
	}
	return true;
}

static bool is_bracketed(struct str text)
{
	static const char *const pairs[] = {"<>", "[]", "{}", "%%", "@@", "()", "**"};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		if (text.len > 1 && text.ptr[0] == pairs[i][0] && text.ptr[text.len - 1] == pairs[i][1])
			return true;
	}
	return false;
}

/* What kubeseal makes with a key of 4096 or 2048 bits: their number in bytes, and so many bytes and more, in base64. */
static bool is_sealed(struct str text)
{
	if (text.len < 3 || text.ptr[0] != 'A' || text.ptr[2] < 'A' || text.ptr[2] > 'D')
		return false;
	return (text.ptr[1] == 'g' && text.len >= 704) || (text.ptr[1] == 'Q' && text.len >= 364);
}

/* What other tools put in the place of a value: their ciphertexts, and where they find it. */
static bool is_reference(struct str text)
{
	static const char *const starts[] = {"enc[", "vault:", "ref+", "op://", "arn:", "secret://",
		"file:", "env:", "$ansible_vault", "azurekeyvault", "awssm", "gcpsm", "secretref", "valuefrom", "age1",
		"!vault", "-----begin age", "-----begin pgp message",
		/* Jasypt, Spring Cloud Config, the key management services of AWS and Google */
		"enc(", "{cipher}", "sealed:", "aqicah", "aqecah", "ciqa", NULL};

	for (const char *const *start = starts; *start != NULL; start++) {
		if (has_at(text, 0, *start))
			return true;
	}
	return is_sealed(text);
}

bool credential_is_reference(struct str text)
{
	static const char *const holes[] = {"{{", "${", "$(", "<%", "%("};

	text = str_trim(text);
	if (text.len == 0)
		return true;
	if (is_reference(text) || is_variable(text) || (is_bracketed(text) && text.len <= 256 && text.ptr[0] != '{'))
		return true;
	for (size_t i = 0; i < sizeof(holes) / sizeof(holes[0]); i++) {
		if (str_contains(text, str_of(holes[i])))
			return true;
	}
	return false;
}

bool credential_is_placeholder(struct str text)
{
	return credential_is_reference(text) || holds_dummy(str_trim(text));
}

/* For each letter those that often follow it, in English and in what technical things are called. */
static const char *const followers[26] = {
	"bcdfgiklmnprstuvwyx", /* a */
	"aeilorsuy",
	"acehikloqrtuy",
	"aeiorsuyd",
	"abcdefgilmnpqrstvwxy", /* e */
	"aefilortu",
	"aeghilnorsu",
	"aeioruty",
	"abcdefgklmnoprstvz", /* i */
	"aeou",
	"aeisnuy",
	"adefikloprstuvy",
	"abeimopsuy",
	"acdefgiknostuvy",
	"abcdfgiklmnoprstuvwyx", /* o */
	"aehiloprstuy",
	"lu",
	"acdegiklmnoprstuvy",
	"acehikloptmnqsuwy",
	"aehiloprstuwy",
	"abcdegilmnprst", /* u */
	"aeio",
	"aehinors",
	"aceptiy",
	"aelmnopst",
	"aeioyz",
};

static bool often_follows(char first, char second)
{
	return strchr(followers[ascii_to_lower(first) - 'a'], ascii_to_lower(second)) != NULL;
}

/* Whether a run of letters may be words: by what follows what, and by where capitals stand. */
static bool is_word_run(struct str run)
{
	size_t common = 0;
	size_t humps = 0;

	for (size_t i = 1; i < run.len; i++) {
		if (often_follows(run.ptr[i - 1], run.ptr[i]))
			common++;
		if (ascii_is_lower(run.ptr[i - 1]) && ascii_is_upper(run.ptr[i]))
			humps++;
	}
	return common * 4 >= (run.len - 1) * 3 && humps * 4 <= run.len;
}

bool reads_like_words(struct str text)
{
	size_t worded = 0;
	size_t all = 0;

	for (size_t i = 0; i < text.len;) {
		size_t start = i;

		while (i < text.len && ascii_is_letter(text.ptr[i]))
			i++;
		if (i - start >= RUN_MIN && is_word_run(str_slice(text, start, i - start)))
			worded += i - start;
		all += i - start;
		if (i < text.len && ascii_is_digit(text.ptr[i]))
			all++;
		if (i < text.len)
			i++;
	}
	return worded > 0 && worded * 2 >= all;
}
