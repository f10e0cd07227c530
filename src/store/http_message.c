#include "store/http_message.h"

#include <assert.h>
#include <errno.h>
#include <stddef.h>

#include "base/utf8.h"

enum extra {
	EXTRA_NONE,
	EXTRA_DETAIL, /* in brackets behind the text */
	EXTRA_LIMIT,  /* in the text's "%g" */
	EXTRA_PLACE,  /* the detail in the text's "%s" */
	EXTRA_ERRNO,  /* what the system says */
};

struct cause {
	const char *before; /* the number or place that stands in the text */
	const char *behind;
	enum extra extra;
	bool passes;
};

/* flat */
static const struct cause causes[HTTP_CAUSE_COUNT] = {
	[HTTP_CAUSE_NAME] = {.before = "the name of the server cannot be found: see that it is spelled right and that "
				       "DNS works here (a VPN?)",
		.passes = true},
	[HTTP_CAUSE_PROXY_NAME] = {.before = "the name of the proxy cannot be found: see https_proxy and no_proxy in "
					     "the environment"},
	[HTTP_CAUSE_PROXY] = {.before = "the proxy of the environment (https_proxy) does not let the connection "
					"through; no_proxy names servers that need none",
		.extra = EXTRA_DETAIL},
	[HTTP_CAUSE_CONNECT] = {.before = "no connection", .extra = EXTRA_ERRNO, .passes = true},
	[HTTP_CAUSE_CONNECT_TIME] = {.before = "no connection within ",
		.behind = " s: the server is down, or a firewall or a missing VPN is in the way",
		.extra = EXTRA_LIMIT,
		.passes = true},
	[HTTP_CAUSE_TIME] = {.before = "no complete answer within ", .behind = " s", .extra = EXTRA_LIMIT},
	[HTTP_CAUSE_HANDSHAKE] = {.before = "no TLS connection could be agreed on: see whether this port speaks https "
					    "at all, and whether the server wants a client certificate "
					    "(VAULT_CLIENT_CERT)",
		.extra = EXTRA_DETAIL},
	[HTTP_CAUSE_CERTIFICATE_EXPIRED] = {.before = "the server's certificate, or one that it depends on, has "
						      "expired: whoever runs the server must renew it (or the clock "
						      "here is wrong)"},
	[HTTP_CAUSE_CERTIFICATE_EARLY] = {.before = "the server's certificate is not valid yet: see whether the clock "
						    "here is right"},
	[HTTP_CAUSE_CERTIFICATE_NAME] = {.before = "the server's certificate is for another host name: use the name "
						   "that it was made for, or have it made for this one"},
	[HTTP_CAUSE_CERTIFICATE_UNKNOWN] = {.before = "the server's certificate is signed by an authority that is not "
						      "known here: give its certificate with --ca-cert FILE or "
						      "VAULT_CACERT"},
	[HTTP_CAUSE_CERTIFICATE_OTHER] = {.before = "the server's certificate cannot be trusted",
		.extra = EXTRA_DETAIL},
	[HTTP_CAUSE_CA_FILE] = {.before = "the certificates of authorities (--ca-cert or VAULT_CACERT, VAULT_CAPATH) "
					  "cannot be read: the file must exist and be PEM"},
	[HTTP_CAUSE_CLIENT_CERTIFICATE] = {.before = "the client's own certificate or key (VAULT_CLIENT_CERT, "
						     "VAULT_CLIENT_KEY) cannot be used: both must be readable PEM and "
						     "belong together"},
	[HTTP_CAUSE_LOST] = {.before = "the connection was lost before the whole answer was there", .passes = true},
	[HTTP_CAUSE_BODY_SIZE] = {.before = "the answer is larger than ", .behind = " MiB", .extra = EXTRA_LIMIT},
	[HTTP_CAUSE_HEADER_SIZE] = {.before = "the answer has more headers than any sound server sends"},
	[HTTP_CAUSE_ENCODING] = {.before = "the answer's compression is broken", .passes = true},
	[HTTP_CAUSE_NO_HTTP] = {.before = "what answers there does not speak HTTP: see the port and whether it is "
					  "http or https"},
	[HTTP_CAUSE_REDIRECT_AWAY] = {.before = "the answer is a redirect to ",
		.behind = ", another server, to which no credentials are sent: if that is the one meant, write it into "
			  "the configuration",
		.extra = EXTRA_PLACE},
	[HTTP_CAUSE_REDIRECT_CHANGE] = {.before = "the answer to a change is a redirect to ",
		.behind = ", which is not followed: nothing was changed",
		.extra = EXTRA_PLACE},
	[HTTP_CAUSE_REDIRECTS] = {.before = "redirects lead in a circle"},
	[HTTP_CAUSE_INTERRUPTED] = {.before = "interrupted"},
	[HTTP_CAUSE_MEMORY] = {.before = "no memory for the connection"},
	[HTTP_CAUSE_OTHER] = {.before = "the request failed", .extra = EXTRA_DETAIL, .passes = true},
};

bool http_cause_passes(enum http_cause cause)
{
	return causes[cause].passes;
}

static const struct {
	int number;
	const char *text;
} connection_errors[] = {
	{ECONNREFUSED, "the connection was refused: nothing listens there (is the server up, and the port right?)"},
	{ENETUNREACH, "there is no way to its network from here (a VPN?)"},
	{EHOSTUNREACH, "there is no way to it from here (a VPN, a firewall?)"},
	{EACCES, "the system here does not allow the connection"},
	{ETIMEDOUT, "it does not answer: it is down, or a firewall or a missing VPN is in the way"},
};

static void append_errno(struct strbuf *out, const char *fallback, int number)
{
	for (size_t i = 0; i < sizeof(connection_errors) / sizeof(connection_errors[0]); i++) {
		if (connection_errors[i].number == number) {
			strbuf_append_c(out, connection_errors[i].text);
			return;
		}
	}
	strbuf_append_c(out, fallback);
	if (number != 0)
		strbuf_printf(out, ": %s", strerror(number));
}

static void append_cause(struct strbuf *out, const struct cause *cause, const struct http_problem *problem)
{
	if (cause->extra == EXTRA_ERRNO) {
		append_errno(out, cause->before, problem->os_error);
		return;
	}
	strbuf_append_c(out, cause->before);
	if (cause->extra == EXTRA_LIMIT)
		strbuf_printf(out, "%g", problem->limit);
	if (cause->extra == EXTRA_PLACE)
		strbuf_append_visible(out, utf8_prefix(problem->detail, 300));
	if (cause->behind)
		strbuf_append_c(out, cause->behind);
	if (cause->extra == EXTRA_DETAIL && problem->detail.len > 0) {
		strbuf_append_c(out, " (");
		strbuf_append_visible(out, utf8_prefix(problem->detail, 300));
		strbuf_append_c(out, ")");
	}
}

void http_message(struct strbuf *out, struct str server, const struct http_problem *problem)
{
	const struct cause *cause = &causes[problem->cause];

	assert(cause->before);
	strbuf_append(out, server);
	strbuf_append_c(out, ": ");
	append_cause(out, cause, problem);
	if (problem->attempts > 1)
		strbuf_printf(out, " (tried %u times)", problem->attempts);
}
