/* The tokens that a server has, found by what they are called. For this room alone. */
#ifndef ASPIS_ACCESS_TOKENS_H
#define ASPIS_ACCESS_TOKENS_H

#include <stdint.h>

#include "access/session.h"

struct token {
	struct str accessor;
	struct str display_name;
	struct vec policies; /* struct str */
	struct str expires;  /* as the server says it; absent: never */
	uint64_t ttl;        /* seconds that are left; 0: none, or it never expires */
};

/* Finds those with the display name of the environment's write token (struct token, texts in the session's arena), by accessor. False and an error where not all could be looked at. */
bool tokens_find(struct vec *tokens, struct access_session *session, struct error *error);
void tokens_release(struct vec *tokens);

/* Whether its policies say that it is the write token of another path, whose last component is called alike. */
bool token_is_of_another(const struct token *token, const struct access_session *session);

/* Looks one up. *found is false where it is gone. token is released by the caller in any case. */
bool token_look_up(
	struct token *token, bool *found, struct access_session *session, struct str accessor, struct error *error);
void token_release(struct token *token);

#endif
