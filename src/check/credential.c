/* The way through a text in search of credentials, and what the name of a setting adds to it. */
#include "check/credential.h"

#include <stdint.h>

#include "check/credential_parts.h"

enum {
	SHORTEST_FORM = 12,
	LEAST_RUN = 24, /* prefix and body of any form; logins and bearer tokens have a blank between */
	FERNET_LENGTH = 44,
	AWS_LENGTH = 40,
};

/* What may begin at a sign that is in no word. */
static const char *form_at_sign(struct str text, size_t at)
{
	struct str rest = str_slice(text, at, strlen("-----BEGIN "));

	if (str_starts_with(rest, STR("://")) && is_connection_string(text, at))
		return "an address with a password";
	return str_is(rest, "-----BEGIN ") && is_private_key(text, at) ? "a private key" : NULL;
}

/* The characters that the forms of LEAST_RUN characters and more are made of: those of words and %+-./:= */
static bool is_in_run(char c)
{
	static const uint64_t bits[4] = {0x27FFE82000000000, 0x07FFFFFE87FFFFFE, 0, 0};
	unsigned char code = (unsigned char)c;

	return (bits[code >> 6] >> (code & 63) & 1) != 0;
}

/* Whether a form begins with one of the words of a run, which must leave room for it. */
static bool run_holds_form(struct str text, size_t start, size_t end)
{
	for (size_t i = start; i + LEAST_RUN <= end; i++) {
		if (ascii_is_word(text.ptr[i]) && (i == start || !ascii_is_word(text.ptr[i - 1])) &&
			form_at_word(text, i) != NULL)
			return true;
	}
	return false;
}

/* Most of a text is in shorter runs. They are passed over by a look at where a long one would end. */
static bool holds_form_in_run(struct str text)
{
	for (size_t start = 0; start + LEAST_RUN <= text.len;) {
		size_t end = start + LEAST_RUN;
		size_t broken = end;

		while (broken > start && is_in_run(text.ptr[broken - 1]))
			broken--;
		if (broken == start) {
			while (end < text.len && is_in_run(text.ptr[end]))
				end++;
			if (run_holds_form(text, start, end))
				return true;
			broken = end;
		}
		start = broken;
	}
	return false;
}

/* Whether the beginning of a form stands in a text that may be shorter, or has a blank in it. */
static bool holds_short_beginning(struct str text)
{
	if (str_find(text, '@') < text.len && str_contains(text, STR("://")))
		return true;
	for (size_t i = 0; i < text.len; i++) {
		struct str rest = str_slice(text, i, text.len);
		size_t next = str_find(rest, 'B');

		rest = str_slice(rest, next, strlen("Bearer "));
		if (str_starts_with(rest, STR("Bearer ")) || str_starts_with(rest, STR("Basic ")) ||
			str_starts_with(rest, STR("BEGIN ")))
			return true;
		i += next;
	}
	return false;
}

const char *credential_anywhere(struct str text)
{
	size_t end = text.len >= SHORTEST_FORM ? text.len - SHORTEST_FORM + 1 : 0;

	if (!holds_short_beginning(text) && !holds_form_in_run(text))
		return NULL;
	for (size_t i = 0; i < end; i++) {
		const char *what = NULL;

		if (ascii_is_word(text.ptr[i])) {
			what = form_at_word(text, i);
			while (i + 1 < end && ascii_is_word(text.ptr[i + 1]))
				i++;
		} else if ((text.ptr[i] == ':' && text.ptr[i + 1] == '/') ||
			   (text.ptr[i] == '-' && text.ptr[i + 1] == '-')) {
			what = form_at_sign(text, i);
		}
		if (what != NULL)
			return what;
	}
	return NULL;
}

/* The length of what stands at an offset up to a blank, a quotation mark or the like. The parameters of Argon2 have commas between. */
static size_t hash_length(struct str text, size_t at)
{
	const char *ends = has_at(text, at, "$argon2") ? ";\"'" : ",;\"'";
	size_t length = 0;

	while (at + length < text.len && text.ptr[at + length] > ' ' && strchr(ends, text.ptr[at + length]) == NULL)
		length++;
	return length;
}

/* "$2b$12$…", "$argon2id$v=19$…", "$6$…", "user:$apr1$…": hashes that a password can be guessed from. */
static bool holds_password_hash(struct str text)
{
	static const char *const starts[] = {"$2a$", "$2b$", "$2y$", "$argon2", "$6$", "$5$", "$y$", "$apr1$"};

	for (size_t i = 0; i + SHORTEST_FORM <= text.len; i++) {
		for (size_t j = 0; text.ptr[i] == '$' && j < sizeof(starts) / sizeof(starts[0]); j++) {
			size_t length;

			if (!has_at(text, i, starts[j]))
				continue;
			length = hash_length(text, i);
			if (length >= 30 && diversity_of(str_slice(text, i, length)) >= 12)
				return true;
			i += length > 0 ? length - 1 : 0;
			break;
		}
	}
	return false;
}

/* What takes the name of the setting to be recognised. */
static const char *form_by_name(struct str name, struct str text)
{
	static const char *const hash_names[] = {"passw", "auth", "users", "hash", "secret"};

	text = str_trim(text);
	if (text.len == AWS_LENGTH && (has_anywhere(name, "secret") && has_anywhere(name, "key")) &&
		body_length(text, 0, SLASHED_PLUS, AWS_LENGTH) == AWS_LENGTH && credential_is_random(text))
		return "an AWS secret access key";
	if (text.len == FERNET_LENGTH && has_anywhere(name, "fernet") && text.ptr[FERNET_LENGTH - 1] == '=' &&
		body_length(text, 0, URL_SAFE, FERNET_LENGTH) == FERNET_LENGTH - 1 && is_real_body(text))
		return "a Fernet key";
	for (size_t i = 0; str_find(text, '$') < text.len && i < sizeof(hash_names) / sizeof(hash_names[0]); i++) {
		if (has_anywhere(name, hash_names[i]))
			return holds_password_hash(text) ? "the hash of a password" : NULL;
	}
	return NULL;
}

/* Several settings in one text, on lines or in a row, or an option of a command: --password=… */
static bool may_hold_settings(struct str text)
{
	static const char separators[] = " ;\n{&"; /* and the NUL */

	if (str_find(text, '=') == text.len && str_find(text, ':') == text.len)
		return false;
	if (text.ptr[0] == '-')
		return true;
	for (size_t i = 0; i < sizeof(separators); i++) {
		if (str_find(text, separators[i]) < text.len)
			return true;
	}
	return false;
}

const char *credential_form(struct str name, struct str text)
{
	if (text.len < SHORTEST_FORM)
		return NULL;
	const char *what = credential_anywhere(text);
	if (what == NULL)
		what = form_by_name(name, text);
	if (what == NULL && may_hold_settings(text))
		what = credential_in_settings(text);
	return what;
}

/* A password as a person makes it to satisfy rules: letters, digits and a sign that no name has. */
static bool is_decorated_password(struct str name, struct str text)
{
	size_t letters = 0;
	size_t digits = 0;
	size_t signs = 0;

	if (!has_anywhere(name, "passw") && !has_anywhere(name, "passphrase") && !has_anywhere(name, "pwd"))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c <= ' ' || c > '~' || c == '/')
			return false;
		letters += ascii_is_letter(c);
		digits += ascii_is_digit(c);
		signs += strchr("!#$%&*@^?+=~|;", c) != NULL;
	}
	return text.len >= CREDENTIAL_LENGTH_MIN && text.len <= 64 && letters >= 3 && digits > 0 && signs > 0 &&
	       diversity_of(text) >= 5 && !is_regular(text);
}

const char *credential_of_setting(struct str name, struct str text)
{
	const char *what = credential_form(name, text);

	if (what != NULL || text.len < CREDENTIAL_LENGTH_MIN || !may_be_password(text) || !credential_is_named(name))
		return what;
	text = str_trim(text);
	if (credential_is_random(text))
		return "a random password or token";
	return is_decorated_password(name, text) && !credential_is_placeholder(text) ? "a password" : NULL;
}

const char *credential_of_declaration(struct str key, struct str text)
{
	const char *what = credential_of_setting(key, text);

	if (what == NULL && !credential_is_identifier(key) && credential_is_random(text))
		what = "a random password or token";
	return what;
}

bool credential_is_public(struct str text)
{
	static const char *const starts[] = {"-----begin certificate", "-----begin public key",
		"-----begin rsa public key", "-----begin trusted certificate", "-----begin x509",
		"-----begin pgp public key", "-----begin ec parameters", "-----begin dh parameters",
		"---- begin ssh2 public key", "ssh-rsa ", "ssh-ed25519 ", "ssh-dss ", "ecdsa-sha2-", "sk-ssh-",
		"sk-ecdsa-", "age1", "ls0tls1crudjti"};

	text = str_trim(text);
	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
		if (has_at(text, 0, starts[i]))
			return !str_contains(text, STR("PRIVATE KEY"));
	}
	return false;
}
