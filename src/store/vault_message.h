/* What is told of an answer that is no success. For vault_request.c. */
#ifndef ASPIS_STORE_VAULT_MESSAGE_H
#define ASPIS_STORE_VAULT_MESSAGE_H

#include "base/strbuf.h"
#include "base/vec.h"
#include "store/vault_request.h"

/* Appends what Vault says in `errors`, on one line, made visible and cut. Where it repeats any of the texts (struct str), or eight bytes of one,
 * be it in base64, hexadecimal or with escapes, it is left out and false returned. */
bool vault_message_errors(struct strbuf *out, const struct node *root, const struct vec *concealed);

/* Appends the strings that stand as values (not keys) in JSON, and its longer numbers, to out (struct str), in arena. */
void vault_message_conceal(struct vec *out, struct arena *arena, struct str json);

/* Whether text (at any length) repeats value. */
bool vault_message_repeats(struct str text, struct str value);

#endif
