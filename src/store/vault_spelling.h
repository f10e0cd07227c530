/* What a text could stand for: a message of Vault's may quote a value in another spelling than it was sent in. For vault_message.c. */
#ifndef ASPIS_STORE_VAULT_SPELLING_H
#define ASPIS_STORE_VAULT_SPELLING_H

#include "base/strbuf.h"

/* Appends what text spells: with its percent-escapes (URLs) and its backslash-escapes (JSON) resolved, and the bytes of whatever in it could be hexadecimal or base64 (of either
 * alphabet), from any character on; a line feed after each. out has to be wiped; no more than 8 bytes a byte of text, and 8 more, are appended. */
void vault_spellings(struct strbuf *out, struct str text);

#endif
