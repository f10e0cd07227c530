/* What an origin is inside. For http_*.c alone. */
#ifndef ASPIS_STORE_HTTP_ORIGIN_H
#define ASPIS_STORE_HTTP_ORIGIN_H

#include "base/vec.h"
#include "store/http.h"
#include "store/http_url.h"

struct http_origin {
	struct arena arena;
	struct http_url url;
	struct str name;
	struct vec headers; /* struct secret *: "Name: value", NUL-terminated */
	bool common_tls;    /* http_origin_use_common_tls() */
};

/* The settings that a client was made with, defaults filled in. */
const struct http_settings *http_settings_of(const struct http *http);

#endif
