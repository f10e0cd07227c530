/* Texts that are credentials: of a known form, or made by chance. Everything here would rather say nothing than accuse what is none: names, references, ciphertext,
 * identifiers, public keys, placeholders and documented defaults are no credentials. For family 6xx. */
#ifndef ASPIS_CHECK_CREDENTIAL_H
#define ASPIS_CHECK_CREDENTIAL_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

/* No credential is shorter; of longer texts only so much is looked at where they are to be random. */
enum {
	CREDENTIAL_LENGTH_MIN = 8,
	CREDENTIAL_RANDOM_MAX = 4096,
};

/* What a text holds that is a credential by its form, somewhere in it: a phrase for messages ("a GitHub token"). NULL: nothing. The name of the setting (absent: none) decides
 * where the form alone says too little, as of AWS secret access keys and password hashes. Linear in the length. */
const char *credential_form(struct str name, struct str text);

/* The same by the text alone, and without what takes a look at settings within it: cheap enough for texts of any kind. */
const char *credential_anywhere(struct str text);

/* What the value of a setting is, by its form, or because the name says that it is a secret and the text is random: a phrase, or NULL. */
const char *credential_of_setting(struct str name, struct str text);

/* What the `value` of a secret's declaration is: a credential by its form, or, whatever the name, a random text. Names of identifiers are left in peace. A phrase, or NULL. */
const char *credential_of_declaration(struct str key, struct str text);

/* The text without the credentials in it that are known by their form or by the name before them: each is replaced by letters X, byte for byte, so that tables and the
 * like stay what they are. Blanks stay. Itself where it holds none. Linear in the length. */
struct str credential_conceal(struct arena *arena, struct str text);

/* Whether the name of a setting says that its value is a secret itself ("password", "clientSecret", "API_TOKEN"), not what a secret is called or where it lies
 * ("secretName", "passwordKey", "tokenUrl"). */
bool credential_is_named(struct str name);

/* Whether the name says that its values are secrets, each under a name of its own ("passwords", "apiTokens"). */
bool credential_names_many(struct str name);

/* Whether the name is that of an identifier, an address or anything else that is not secret ("client_id", "username", "url"). */
bool credential_is_identifier(struct str name);

/* Whether a text was made by chance, as generated passwords, tokens and keys are: no word of any language, no name, no path, no date, no UUID. */
bool credential_is_random(struct str text);

/* Whether a text stands for a value that comes from elsewhere or is none: empty, a hole of a template, a variable, a reference, ciphertext. */
bool credential_is_reference(struct str text);

/* Likewise, and what nobody takes for a value: "changeme". */
bool credential_is_placeholder(struct str text);

/* Whether a text is public as a whole: certificates, public keys. */
bool credential_is_public(struct str text);

#endif
