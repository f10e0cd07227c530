/* What libcurl says of an attempt, told in terms of http_message.h. */
#include <curl/curl.h>

#include "store/http_transfer.h"

static const struct {
	CURLcode code;
	enum http_cause cause;
} codes[] = {
	{CURLE_COULDNT_RESOLVE_HOST, HTTP_CAUSE_NAME},
	{CURLE_COULDNT_RESOLVE_PROXY, HTTP_CAUSE_PROXY_NAME},
	{CURLE_PROXY, HTTP_CAUSE_PROXY},
	{CURLE_COULDNT_CONNECT, HTTP_CAUSE_CONNECT},
	{CURLE_OPERATION_TIMEDOUT, HTTP_CAUSE_TIME},
	{CURLE_SSL_CONNECT_ERROR, HTTP_CAUSE_HANDSHAKE},
	{CURLE_SSL_CACERT_BADFILE, HTTP_CAUSE_CA_FILE},
	{CURLE_SSL_CERTPROBLEM, HTTP_CAUSE_CLIENT_CERTIFICATE},
	{CURLE_SEND_ERROR, HTTP_CAUSE_LOST},
	{CURLE_RECV_ERROR, HTTP_CAUSE_LOST},
	{CURLE_GOT_NOTHING, HTTP_CAUSE_LOST},
	{CURLE_PARTIAL_FILE, HTTP_CAUSE_LOST},
	{CURLE_HTTP2, HTTP_CAUSE_LOST},
	{CURLE_HTTP2_STREAM, HTTP_CAUSE_LOST},
	{CURLE_SEND_FAIL_REWIND, HTTP_CAUSE_LOST},
	{CURLE_ABORTED_BY_CALLBACK, HTTP_CAUSE_LOST},
	{CURLE_WRITE_ERROR, HTTP_CAUSE_ENCODING},
	{CURLE_BAD_CONTENT_ENCODING, HTTP_CAUSE_ENCODING},
	{CURLE_UNSUPPORTED_PROTOCOL, HTTP_CAUSE_NO_HTTP},
	{CURLE_WEIRD_SERVER_REPLY, HTTP_CAUSE_NO_HTTP},
	{CURLE_OUT_OF_MEMORY, HTTP_CAUSE_MEMORY},
};

/* Of the results of OpenSSL's verification (X509_V_ERR_…), those that a person can act on. */
static const struct {
	long result;
	enum http_cause cause;
} verify_results[] = {
	{7, HTTP_CAUSE_CERTIFICATE_UNKNOWN},
	{9, HTTP_CAUSE_CERTIFICATE_EARLY},
	{10, HTTP_CAUSE_CERTIFICATE_EXPIRED},
	{18, HTTP_CAUSE_CERTIFICATE_UNKNOWN},
	{19, HTTP_CAUSE_CERTIFICATE_UNKNOWN},
	{20, HTTP_CAUSE_CERTIFICATE_UNKNOWN},
	{21, HTTP_CAUSE_CERTIFICATE_UNKNOWN},
	{62, HTTP_CAUSE_CERTIFICATE_NAME},
	{64, HTTP_CAUSE_CERTIFICATE_NAME},
	/* The chain is right: libcurl compares the name itself, before it asks for the result. */
	{0, HTTP_CAUSE_CERTIFICATE_NAME},
	{1, HTTP_CAUSE_CERTIFICATE_NAME},
};

static enum http_cause certificate_cause(CURL *easy)
{
	long result = -1;

	curl_easy_getinfo(easy, CURLINFO_SSL_VERIFYRESULT, &result);
	for (size_t i = 0; i < sizeof(verify_results) / sizeof(verify_results[0]); i++) {
		if (verify_results[i].result == result)
			return verify_results[i].cause;
	}
	return HTTP_CAUSE_CERTIFICATE_OTHER;
}

static bool was_refused_by_proxy(CURL *easy)
{
	long status = 0;

	curl_easy_getinfo(easy, CURLINFO_HTTP_CONNECTCODE, &status);
	return status != 0 && status / 100 != 2;
}

static enum http_cause cause_of(const struct http_transfer *transfer, CURLcode code)
{
	if (code == CURLE_PEER_FAILED_VERIFICATION)
		return certificate_cause(transfer->easy);
	if (transfer->body_overflows)
		return HTTP_CAUSE_BODY_SIZE;
	if (transfer->headers_overflow)
		return HTTP_CAUSE_HEADER_SIZE;
	if (!transfer->sent && was_refused_by_proxy(transfer->easy))
		return HTTP_CAUSE_PROXY;
	if (!transfer->sent && code == CURLE_OPERATION_TIMEDOUT)
		return HTTP_CAUSE_CONNECT_TIME;
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		if (codes[i].code == code)
			return codes[i].cause;
	}
	return HTTP_CAUSE_OTHER;
}

static double limit_of(const struct http_settings *settings, enum http_cause cause)
{
	if (cause == HTTP_CAUSE_CONNECT_TIME)
		return (double)settings->connect_timeout / 1000;
	if (cause == HTTP_CAUSE_TIME)
		return (double)settings->timeout / 1000;
	return (double)settings->body_max / (1 << 20);
}

static void describe_failure(struct http_transfer *transfer, CURLcode code)
{
	struct http_problem *problem = &transfer->problem;
	long os_error = 0;
	bool is_about_connection;

	transfer->failed = true;
	problem->cause = cause_of(transfer, code);
	problem->uncertain = transfer->sent;
	problem->limit = limit_of(transfer->settings, problem->cause);
	curl_easy_getinfo(transfer->easy, CURLINFO_OS_ERRNO, &os_error);
	problem->os_error = (int)os_error;
	/* What libcurl says of a connection has nothing of the request in it. */
	is_about_connection = !transfer->sent && transfer->library_message[0] != '\0';
	problem->detail = arena_str(
		&transfer->arena, str_of(is_about_connection ? transfer->library_message : curl_easy_strerror(code)));
}

static struct str copy_info(struct http_transfer *transfer, CURLINFO info)
{
	char *text = NULL;

	curl_easy_getinfo(transfer->easy, info, &text);
	return text ? arena_str(&transfer->arena, str_of(text)) : STR_ABSENT;
}

void http_transfer_conclude(struct http_transfer *transfer, unsigned code)
{
	curl_off_t after = 0;
	long status = 0;

	/* libcurl takes a connection that ends amid headers for an answer. */
	if (code == CURLE_OK && !transfer->headers_end)
		code = CURLE_RECV_ERROR;
	if (code != CURLE_OK) {
		describe_failure(transfer, (CURLcode)code);
		return;
	}
	curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(transfer->easy, CURLINFO_RETRY_AFTER, &after);
	transfer->status = (unsigned)status;
	transfer->retry_after = after;
	transfer->content_type = copy_info(transfer, CURLINFO_CONTENT_TYPE);
	transfer->location = copy_info(transfer, CURLINFO_REDIRECT_URL);
}
