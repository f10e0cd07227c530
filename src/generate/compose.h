/* Values that are composed of others (SPEC section 9), spelled as Python's json.dumps() spells them. */
#ifndef ASPIS_GENERATE_COMPOSE_H
#define ASPIS_GENERATE_COMPOSE_H

#include <stddef.h>

#include "base/secret.h"
#include "base/str.h"

/* The login to a registry. */
struct compose_login {
	struct str host;
	struct secret *username;
	struct secret *password;
};

/* A client of the environment's OpenID Connect server. */
struct compose_client {
	struct secret *id;
	struct secret *secret;
	struct secret *return_uri;
};

/* Each returns a new secret that the caller frees, or NULL where a text is not UTF-8, which JSON cannot hold. All is borrowed. */

/* {"auths": {host: {"auth": …, "username": …, "password": …}, …}}: the value of .dockerconfigjson; auth is username:password in base64. In the given order. */
struct secret *compose_docker_config(const struct compose_login *logins, size_t count);

/* [{"id": …, "secret": …, "return_uri": …}, …]: the value of oidc-clients. In the given order. */
struct secret *compose_oidc_clients(const struct compose_client *clients, size_t count);

#endif
