#include "store/http_transfer.h"

#include <curl/curl.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "store/http_origin.h"

/* All headers of a response together. */
#define HEADERS_MAX   ((size_t)256 << 10)

#define BODY_SIZE_MIN ((size_t)16 << 10)

struct http_transfer *http_transfer_new(const struct http_settings *settings, const struct http_request *request)
{
	struct http_transfer *transfer = xcalloc(1, sizeof(*transfer));
	const struct http_url *url = &request->origin->url;

	arena_init_sensitive(&transfer->arena);
	strbuf_init(&transfer->message);
	transfer->settings = settings;
	transfer->request = *request;
	transfer->method = request->method;
	transfer->path = arena_printf(&transfer->arena, "%.*s%.*s", STR_ARG(url->path), STR_ARG(request->path));
	return transfer;
}

static void forget_answer(struct http_transfer *transfer)
{
	secret_free(transfer->body);
	transfer->body = NULL;
	transfer->body_len = 0;
	transfer->header_len = 0;
	transfer->body_overflows = false;
	transfer->headers_overflow = false;
	transfer->headers_end = false;
	transfer->failed = false;
	transfer->status = 0;
	transfer->retry_after = 0;
	transfer->content_type = STR_ABSENT;
	transfer->location = STR_ABSENT;
	transfer->problem = (struct http_problem){.cause = HTTP_CAUSE_OTHER};
}

void http_transfer_free(struct http_transfer *transfer)
{
	http_transfer_end(transfer);
	forget_answer(transfer);
	strbuf_release(&transfer->message);
	arena_release(&transfer->arena);
	free(transfer);
}

void http_transfer_end(struct http_transfer *transfer)
{
	if (transfer->easy)
		curl_easy_cleanup(transfer->easy);
	transfer->easy = NULL;
	transfer->library_message = NULL;
}

/* What libcurl calls: */

/* Called when a connection stands, before each time that the request goes out: libcurl itself would send one again that got no answer on a connection that was
 * used before, even a change. */
static int before_sending(void *context, char *remote_address, char *local_address, int remote_port, int local_port)
{
	struct http_transfer *transfer = context;

	(void)remote_address;
	(void)local_address;
	(void)remote_port;
	(void)local_port;
	if (transfer->sent && !transfer->request.idempotent)
		return CURL_PREREQFUNC_ABORT;
	transfer->sent = true;
	transfer->sends++;
	return CURL_PREREQFUNC_OK;
}

/* Room for more bytes of a body and the NUL behind it. */
static void reserve_body(struct http_transfer *transfer, size_t more)
{
	size_t needed = transfer->body_len + more + 1;
	size_t size = transfer->body ? secret_size(transfer->body) : BODY_SIZE_MIN;

	if (transfer->body && needed <= size)
		return;
	while (size < needed)
		size *= 2;
	struct secret *grown = secret_new(NULL, size);
	if (transfer->body)
		memcpy(secret_bytes(grown), secret_bytes(transfer->body), transfer->body_len);
	secret_free(transfer->body);
	transfer->body = grown;
}

static size_t take_body(char *bytes, size_t size, size_t count, void *context)
{
	struct http_transfer *transfer = context;
	size_t len = size * count;
	char *body;

	if (len > transfer->settings->body_max - transfer->body_len) {
		transfer->body_overflows = true;
		return 0;
	}
	reserve_body(transfer, len);
	body = secret_bytes(transfer->body);
	memcpy(body + transfer->body_len, bytes, len);
	transfer->body_len += len;
	body[transfer->body_len] = '\0';
	return len;
}

static size_t take_header(char *bytes, size_t size, size_t count, void *context)
{
	struct http_transfer *transfer = context;
	size_t len = size * count;
	struct str line = {.ptr = bytes, .len = len};

	/* Answers come with others before them, such as 100 and 103. */
	if (str_starts_with(line, STR("HTTP/")))
		transfer->headers_end = false;
	if (str_trim(line).len == 0)
		transfer->headers_end = true;
	if (len > HEADERS_MAX - transfer->header_len) {
		transfer->headers_overflow = true;
		return 0;
	}
	transfer->header_len += len;
	return len;
}

/* What libcurl is told: */

static void set_text(CURL *easy, CURLoption option, struct str text)
{
	if (!str_is_absent(text))
		curl_easy_setopt(easy, option, text.ptr);
}

/* The name that the certificate of the server is for, where it is another than that of the URL; else absent. */
static struct str other_name(const struct http_transfer *transfer)
{
	return transfer->request.origin->common_tls ? STR_ABSENT : transfer->settings->server_name;
}

/* An authority of one's own is trusted instead of those of the system, as Vault's own client has it; what is set here alone takes the place of libcurl's default. */
static void set_authorities(CURL *easy, const struct http_settings *settings, bool common)
{
	if (str_is_absent(settings->ca_file) && str_is_absent(settings->ca_folder))
		return;
	if (!common || !str_is_absent(settings->ca_file))
		curl_easy_setopt(easy, CURLOPT_CAINFO, settings->ca_file.ptr);
	if (!common || !str_is_absent(settings->ca_folder))
		curl_easy_setopt(easy, CURLOPT_CAPATH, settings->ca_folder.ptr);
}

static void set_tls(CURL *easy, const struct http_settings *settings, bool common)
{
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	set_authorities(easy, settings, common);
	if (common)
		return;
	set_text(easy, CURLOPT_SSLCERT, settings->client_certificate);
	set_text(easy, CURLOPT_SSLKEY, settings->client_key);
}

static struct curl_slist *add_node(struct http_transfer *transfer, struct curl_slist *next, char *data)
{
	struct curl_slist *node = arena_alloc(&transfer->arena, sizeof(*node));

	*node = (struct curl_slist){.data = data, .next = next};
	return node;
}

static char *text_of(struct http_transfer *transfer, struct str text)
{
	char *bytes = arena_bytes(&transfer->arena, text.len + 1);

	memcpy(bytes, text.ptr, text.len);
	bytes[text.len] = '\0';
	return bytes;
}

/* The list borrows the lines with credentials, which stay where they are. */
static void set_headers(struct http_transfer *transfer)
{
	const struct vec *lines = &transfer->request.origin->headers;
	struct curl_slist *list = NULL;

	for (size_t i = lines->len; i-- > 0;)
		list = add_node(transfer, list, secret_bytes(vec_pointer(lines, i)));
	if (transfer->request.body)
		list = add_node(transfer, list, text_of(transfer, STR("Content-Type: application/json")));
	/* A server that refuses to be asked beforehand would be sent the request twice. */
	list = add_node(transfer, list, text_of(transfer, STR("Expect:")));
	if (!str_is_absent(other_name(transfer))) {
		const struct http_url *url = &transfer->request.origin->url;
		list = add_node(transfer, list,
			text_of(transfer, arena_printf(&transfer->arena, "Host: %.*s:%u", STR_ARG(url->host),
						  (unsigned)url->port)));
	}
	curl_easy_setopt(transfer->easy, CURLOPT_HTTPHEADER, list);
}

/* The URL; where the certificate is for another name than the one that is connected to, with that name in it. */
static void set_url(struct http_transfer *transfer)
{
	const struct http_url *url = &transfer->request.origin->url;
	struct str name = other_name(transfer);
	struct str host = str_is_absent(name) ? url->host : name;
	struct str text = arena_printf(&transfer->arena, "%s://%.*s:%u%.*s", url->tls ? "https" : "http", STR_ARG(host),
		(unsigned)url->port, STR_ARG(transfer->path));

	curl_easy_setopt(transfer->easy, CURLOPT_URL, text.ptr);
	curl_easy_setopt(transfer->easy, CURLOPT_PROTOCOLS_STR, url->tls ? "https" : "http");
	curl_easy_setopt(transfer->easy, CURLOPT_PATH_AS_IS, 1L);
	if (!str_is_absent(name)) {
		struct str to = arena_printf(&transfer->arena, "%.*s:%u:%.*s:%u", STR_ARG(host), (unsigned)url->port,
			STR_ARG(url->host), (unsigned)url->port);
		curl_easy_setopt(transfer->easy, CURLOPT_CONNECT_TO, add_node(transfer, NULL, text_of(transfer, to)));
	}
	/* What is on this machine is not reached through another. */
	if (http_url_is_loopback(url))
		curl_easy_setopt(transfer->easy, CURLOPT_NOPROXY, "*");
}

static const struct {
	const char *name;
	bool has_body; /* also an empty one */
} methods[] = {
	[HTTP_GET] = {"GET", false},
	[HTTP_LIST] = {"LIST", false},
	[HTTP_POST] = {"POST", true},
	[HTTP_PUT] = {"PUT", true},
	[HTTP_DELETE] = {"DELETE", false},
};

static void set_method(struct http_transfer *transfer)
{
	struct secret *body = transfer->request.body;
	CURL *easy = transfer->easy;

	if (methods[transfer->method].has_body) {
		curl_easy_setopt(easy, CURLOPT_POST, 1L);
		curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)(body ? secret_size(body) : 0));
		curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body ? secret_bytes(body) : "");
	}
	if (transfer->method != HTTP_GET && transfer->method != HTTP_POST)
		curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, methods[transfer->method].name);
}

static void set_limits(struct http_transfer *transfer)
{
	const struct http_settings *settings = transfer->settings;
	CURL *easy = transfer->easy;

	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)settings->connect_timeout);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)settings->timeout);
	curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
	curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
	/* Whether a connection can be shared, TLS tells as it begins. */
	curl_easy_setopt(easy, CURLOPT_PIPEWAIT, transfer->patient && transfer->request.origin->url.tls ? 1L : 0L);
	curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	curl_easy_setopt(easy, CURLOPT_HEADEROPT, (long)CURLHEADER_SEPARATE);
}

static void set_callbacks(struct http_transfer *transfer)
{
	CURL *easy = transfer->easy;

	curl_easy_setopt(easy, CURLOPT_PRIVATE, transfer);
	curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, before_sending);
	curl_easy_setopt(easy, CURLOPT_PREREQDATA, transfer);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, transfer);
	curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(easy, CURLOPT_HEADERDATA, transfer);
	transfer->library_message = arena_calloc(&transfer->arena, 1, CURL_ERROR_SIZE);
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer->library_message);
}

bool http_transfer_begin(struct http_transfer *transfer, uint64_t now)
{
	forget_answer(transfer);
	if (transfer->begun == 0)
		transfer->begun = now;
	transfer->easy = curl_easy_init();
	if (!transfer->easy)
		return false;
	set_callbacks(transfer);
	set_limits(transfer);
	set_tls(transfer->easy, transfer->settings, transfer->request.origin->common_tls);
	set_headers(transfer);
	set_method(transfer);
	set_url(transfer);
	curl_easy_setopt(transfer->easy, CURLOPT_USERAGENT, "aspis/" ASPIS_VERSION);
	return curl_easy_setopt(transfer->easy, CURLOPT_ACCEPT_ENCODING, "gzip") == CURLE_OK;
}

bool http_transfer_is_redirect(const struct http_transfer *transfer)
{
	static const unsigned statuses[] = {301, 302, 303, 307, 308};

	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
		if (transfer->status == statuses[i])
			return !str_is_absent(transfer->location);
	}
	return false;
}

enum http_target http_transfer_target(struct http_transfer *transfer, struct str *path)
{
	struct http_url url = transfer->request.origin->url;
	enum http_target target = http_url_follow(&url, &transfer->arena, transfer->location, path);

	/* A relative redirect is made absolute with the name that the certificate is for. */
	if (target == HTTP_TARGET_OTHER && !str_is_absent(transfer->settings->server_name)) {
		url.host = transfer->settings->server_name;
		target = http_url_follow(&url, &transfer->arena, transfer->location, path);
	}
	return target;
}

void http_transfer_redirect(struct http_transfer *transfer, struct str path)
{
	transfer->path = path;
	if (transfer->status == 303) {
		transfer->method = HTTP_GET;
		transfer->request.body = NULL;
	}
}

void http_transfer_response(struct http_transfer *transfer, struct http_response *response)
{
	*response = (struct http_response){.attempts = transfer->sends, .body = STR(""), .content_type = STR_ABSENT};
	if (transfer->failed) {
		transfer->problem.attempts = transfer->failures;
		http_message(&transfer->message, transfer->request.origin->name, &transfer->problem);
		response->failure = transfer->problem.uncertain ? HTTP_UNCERTAIN : HTTP_NOT_SENT;
		response->message = transfer->message.ptr;
		return;
	}
	response->failure = HTTP_ANSWERED;
	response->status = transfer->status;
	response->content_type = transfer->content_type;
	if (transfer->body)
		response->body = (struct str){.ptr = secret_bytes(transfer->body), .len = transfer->body_len};
}
