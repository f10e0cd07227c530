/* The parts that credential.h is made of. For credential*.c alone. */
#ifndef ASPIS_CHECK_CREDENTIAL_PARTS_H
#define ASPIS_CHECK_CREDENTIAL_PARTS_H

#include "base/ascii.h"
#include "base/strbuf.h"
#include "check/credential.h"

/* Which characters a body may have. */
enum alphabet {
	ALNUM,        /* A-Z a-z 0-9 */
	WORD,         /* and _ */
	URL_SAFE,     /* and - */
	DOTTED,       /* and . */
	HEX,          /* 0-9 a-f */
	BASE64,       /* A-Z a-z 0-9 + / = */
	SLASHED,      /* A-Z a-z 0-9 / _ - */
	SLASHED_PLUS, /* A-Z a-z 0-9 + / */
	PERCENT,      /* BASE64 and % */
};

/* The length of the run of characters of an alphabet at an offset, which may lie behind the text; counting ends at one more than most. */
size_t body_length(struct str text, size_t start, enum alphabet alphabet, size_t most);

/* What the known form is that begins with the word at an offset, which is not the last one; NULL: none does. */
const char *form_at_word(struct str text, size_t at);

/* Whether text has needle, which is in lower case, at the offset or anywhere, in letters of any case. */
bool has_at(struct str text, size_t at, const char *needle);
bool has_anywhere(struct str text, const char *needle);

/* Whether most of a text reads like words: runs of letters in which the letters follow each other as they do in languages. */
bool reads_like_words(struct str text);

/* Whether a text is, or is made around, one of the words that people write where a value belongs: "changeme", "example", "xxxx". */
bool holds_dummy(struct str text);

/* Whether a body of a token is one: not repetitive, no dummy, no words. */
bool is_real_body(struct str body);

/* A password as it stands in an address: enough of it, no placeholder, not its user's name. */
bool is_real_password(struct str user, struct str password);

/* Whether a text may be random, or a password that a person made: most texts are short and without a digit, and neither. */
bool may_be_password(struct str text);

/* How many different characters a text is made of, as far as they occur equally often: the inverse of the chance that two of its characters are the same. */
size_t diversity_of(struct str text);

/* Whether a text goes up or down the alphabet or the digits, or repeats a part of itself. */
bool is_regular(struct str text);

/* Appends what base64 (either alphabet, padded or not, white space ignored) stands for; false where it is none. */
bool decode_base64(struct strbuf *out, struct str text);

/* Forms that are more than a prefix and a body, each at an offset of a text: where "://" stands, where "-----BEGIN " begins, a whole JSON Web Token, and the text behind "Basic ". */
bool is_connection_string(struct str text, size_t colon);
bool is_private_key(struct str text, size_t at);
bool is_web_token(struct str token);
bool is_basic_authorization(struct str base64);

/* The user and password of the address whose "://" stands at an offset, and what stands behind the name before the `=` or `:` at an offset.
 * Absent: there is none, or no credential. */
struct str connection_login(struct str text, size_t colon);
struct str setting_credential(struct str text, size_t at);

/* A text of settings (lines of `name = value`, JSON, `key=value;…`): what the first is that is a credential, or NULL. */
const char *credential_in_settings(struct str text);

#endif
