/* The AppRole of an environment as the server has it. For this room alone. */
#ifndef ASPIS_ACCESS_APPROLE_H
#define ASPIS_ACCESS_APPROLE_H

#include <stdint.h>

#include "access/session.h"

struct approle {
	bool exists;
	struct vec policies; /* struct str, in the session's arena */
	uint64_t token_ttl;  /* seconds; 0: as the server has it */
	uint64_t token_max_ttl;
};

/* False and an error where the server does not say. The policies are released in any case. */
bool approle_read(struct approle *approle, struct access_session *session, struct error *error);
void approle_release(struct approle *approle);

#endif
