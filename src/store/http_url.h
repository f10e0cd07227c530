/* The URLs of servers, taken apart strictly: what another reader of URLs could take for something else is refused. */
#ifndef ASPIS_STORE_HTTP_URL_H
#define ASPIS_STORE_HTTP_URL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

struct http_url {
	bool tls;
	struct str host; /* in small letters; an IPv6 address in brackets */
	uint16_t port;
	struct str path; /* what stands before the path of each request: "" or "/…", without a slash at its end */
};

/* Reads the URL of a server. False and an error (ERROR_USAGE, which shows no credentials) for what is no http or https URL, or has a user, a query or a fragment. The texts are in arena. */
bool http_url_parse(struct http_url *url, struct arena *arena, struct str text, struct error *error)
	__attribute__((warn_unused_result));

/* localhost, 127.0.0.0/8 and ::1. */
bool http_url_is_loopback(const struct http_url *url);

/* "https://vault.example.org", with the port where it is not the scheme's own. In arena, NUL-terminated. */
struct str http_url_origin(const struct http_url *url, struct arena *arena);

/* Where a redirect leads. */
enum http_target {
	HTTP_TARGET_SAME,  /* the origin itself; *path is set */
	HTTP_TARGET_OTHER, /* another one; *path is its origin, for a message, or "an address that is none" */
};

/* Where a URL (absolute) leads, seen from an origin. *path, in arena, is the path with the query, as sent after the host. */
enum http_target http_url_follow(
	const struct http_url *origin, struct arena *arena, struct str location, struct str *path);

#endif
