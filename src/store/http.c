#include "store/http.h"

#include <curl/curl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include "base/vec.h"
#include "base/wiping.h"
#include "base/xalloc.h"
#include "store/http_origin.h"
#include "store/http_retry.h"
#include "store/http_transfer.h"

#define CONCURRENCY_DEFAULT     64
#define CONNECT_TIMEOUT_DEFAULT 10000
#define TIMEOUT_DEFAULT         60000
#define RETRY_DELAY_DEFAULT     250
#define BODY_MAX_DEFAULT        ((size_t)32 << 20)

/* Changes under way have this long to be answered after an interruption, in milliseconds. */
#define GRACE 5000

/* Nothing is waited for longer than this at a time, in milliseconds. */
#define NAP 1000

/* Redirects that are followed for one request. */
#define REDIRECTS_MAX 5

void http_settings_init(struct http_settings *settings)
{
	*settings = (struct http_settings){.retries = HTTP_RETRIES_DEFAULT};
}

bool http_global_init(void)
{
	return curl_global_init_mem(CURL_GLOBAL_DEFAULT, wiping_malloc, wiping_free, wiping_realloc, wiping_strdup,
		       wiping_calloc) == CURLE_OK;
}

/* Milliseconds of a clock that nobody sets. */
static uint64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
}

/* The few requests that come first do not wait to see whether they can share a connection: where a server speaks HTTP/1.1 alone, that would be one connection
 * set up after another. */
#define IMPATIENT_MAX 4

struct http {
	struct arena arena;
	struct http_settings settings;
	CURLM *multi;
	unsigned started; /* up to IMPATIENT_MAX */
	/* Those that have not been begun, in the order in which they were started. */
	struct http_transfer *first;
	struct http_transfer *last;
	struct vec slots;      /* struct http_transfer *: under way, or waiting for their next attempt */
	atomic_uint cancelled; /* how often */
	uint64_t grace_end;    /* 0: not interrupted yet */
};

static unsigned or_default(unsigned value, unsigned fallback)
{
	return value > 0 ? value : fallback;
}

static void copy_settings(struct http *http, const struct http_settings *settings)
{
	struct http_settings *own = &http->settings;

	*own = *settings;
	own->ca_file = arena_str(&http->arena, settings->ca_file);
	own->ca_folder = arena_str(&http->arena, settings->ca_folder);
	own->client_certificate = arena_str(&http->arena, settings->client_certificate);
	own->client_key = arena_str(&http->arena, settings->client_key);
	own->server_name = arena_str(&http->arena, settings->server_name);
	own->concurrency = or_default(settings->concurrency, CONCURRENCY_DEFAULT);
	if (own->concurrency > CONCURRENCY_DEFAULT)
		own->concurrency = CONCURRENCY_DEFAULT;
	own->connect_timeout = or_default(settings->connect_timeout, CONNECT_TIMEOUT_DEFAULT);
	own->timeout = or_default(settings->timeout, TIMEOUT_DEFAULT);
	own->retry_delay = or_default(settings->retry_delay, RETRY_DELAY_DEFAULT);
	if (own->body_max == 0)
		own->body_max = BODY_MAX_DEFAULT;
}

struct http *http_new(const struct http_settings *settings, struct error *error)
{
	struct http *http = xcalloc(1, sizeof(*http));

	arena_init(&http->arena);
	vec_init(&http->slots, sizeof(struct http_transfer *));
	copy_settings(http, settings);
	http->multi = curl_multi_init();
	if (!http->multi) {
		error_set(error, ERROR_SYSTEM, "connections cannot be set up: libcurl has no memory");
		http_free(http);
		return NULL;
	}
	curl_multi_setopt(http->multi, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
	curl_multi_setopt(http->multi, CURLMOPT_MAX_CONCURRENT_STREAMS, (long)http->settings.concurrency);
	curl_multi_setopt(http->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, (long)http->settings.concurrency);
	curl_multi_setopt(http->multi, CURLMOPT_MAXCONNECTS, (long)http->settings.concurrency);
	return http;
}

void http_free(struct http *http)
{
	if (!http)
		return;
	if (http->multi)
		curl_multi_cleanup(http->multi);
	vec_release(&http->slots);
	arena_release(&http->arena);
	free(http);
}

const struct http_settings *http_settings_of(const struct http *http)
{
	return &http->settings;
}

void http_start(struct http *http, const struct http_request *request)
{
	struct http_transfer *transfer = http_transfer_new(&http->settings, request);

	transfer->patient = http->started == IMPATIENT_MAX;
	http->started += !transfer->patient;
	if (http->last)
		http->last->next = transfer;
	else
		http->first = transfer;
	http->last = transfer;
}

static struct http_transfer *take_first(struct http *http)
{
	struct http_transfer *transfer = http->first;

	http->first = transfer->next;
	if (!http->first)
		http->last = NULL;
	return transfer;
}

void http_cancel(struct http *http)
{
	atomic_fetch_add(&http->cancelled, 1);
	curl_multi_wakeup(http->multi);
}

/* Tells what became of a request, and forgets it. */
static void respond(struct http_transfer *transfer)
{
	struct http_response response;

	http_transfer_response(transfer, &response);
	transfer->request.done(transfer->request.context, &response);
	http_transfer_free(transfer);
}

static void leave_slot(struct http *http, struct http_transfer *transfer)
{
	size_t index = 0;

	while (vec_pointer(&http->slots, index) != transfer)
		index++;
	*(void **)vec_at(&http->slots, index) = vec_last_pointer(&http->slots);
	vec_pop(&http->slots);
}

static void detach(struct http *http, struct http_transfer *transfer)
{
	if (transfer->easy)
		curl_multi_remove_handle(http->multi, transfer->easy);
	http_transfer_end(transfer);
}

static void finish(struct http *http, struct http_transfer *transfer)
{
	leave_slot(http, transfer);
	respond(transfer);
}

/* Sends a request that has a slot. */
static void send_now(struct http *http, struct http_transfer *transfer)
{
	if (http_transfer_begin(transfer, now()) && curl_multi_add_handle(http->multi, transfer->easy) == CURLM_OK)
		return;
	http_transfer_end(transfer);
	transfer->problem.cause = HTTP_CAUSE_MEMORY;
	transfer->failed = true;
	finish(http, transfer);
}

/* Whether a request that has not been answered, or not as hoped, is to be sent again. */
static bool is_worth_another(const struct http *http, const struct http_transfer *transfer)
{
	if (!transfer->request.idempotent || transfer->failures > http->settings.retries || http->grace_end > 0)
		return false;
	if (!transfer->failed)
		return http_retry_status(transfer->status);
	return http_cause_passes(transfer->problem.cause) && now() - transfer->begun < http->settings.timeout;
}

static void fail(struct http_transfer *transfer, enum http_cause cause)
{
	transfer->failed = true;
	transfer->problem.cause = cause;
}

/* A redirect becomes a failure, or another path to ask for. Returns whether there is one. */
static bool follow(struct http_transfer *transfer)
{
	struct str path = STR_ABSENT;
	enum http_target target = http_transfer_target(transfer, &path);

	transfer->problem.detail = path;
	if (target == HTTP_TARGET_OTHER)
		fail(transfer, HTTP_CAUSE_REDIRECT_AWAY);
	else if (!transfer->request.idempotent)
		fail(transfer, HTTP_CAUSE_REDIRECT_CHANGE);
	else if (++transfer->redirects > REDIRECTS_MAX)
		fail(transfer, HTTP_CAUSE_REDIRECTS);
	if (transfer->failed) {
		/* Nobody acts on what he sends elsewhere. */
		transfer->problem.uncertain = false;
		return false;
	}
	http_transfer_redirect(transfer, path);
	return true;
}

/* Goes on with a request after an attempt: it is sent once more, now or later, or done. */
static void proceed(struct http *http, struct http_transfer *transfer)
{
	if (!transfer->failed && http_transfer_is_redirect(transfer) && follow(transfer)) {
		send_now(http, transfer);
		return;
	}
	transfer->failures++;
	if (!is_worth_another(http, transfer)) {
		finish(http, transfer);
		return;
	}
	transfer->due = now() + http_retry_delay(transfer->failures, http->settings.retry_delay, transfer->retry_after);
}

static void collect(struct http *http)
{
	CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(http->multi, &left))) {
		struct http_transfer *transfer = NULL;
		CURLcode code = message->data.result;

		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&transfer);
		http_transfer_conclude(transfer, code);
		detach(http, transfer);
		proceed(http, transfer);
	}
}

/* Sends what is due, and what there is room for. */
static void send_due(struct http *http)
{
	for (size_t i = http->slots.len; i-- > 0;) {
		struct http_transfer *transfer = vec_pointer(&http->slots, i);
		if (!transfer->easy && transfer->due <= now())
			send_now(http, transfer);
	}
	while (http->first && http->slots.len < http->settings.concurrency) {
		struct http_transfer *transfer = take_first(http);
		vec_push_pointer(&http->slots, transfer);
		send_now(http, transfer);
	}
}

static void drop(struct http *http, struct http_transfer *transfer)
{
	bool uncertain = transfer->easy ? transfer->sent : transfer->problem.uncertain;

	detach(http, transfer);
	fail(transfer, HTTP_CAUSE_INTERRUPTED);
	transfer->problem.uncertain = uncertain;
	finish(http, transfer);
}

/* After an interruption, changes that were sent may still be answered, for a while; nothing else is waited for. */
static void drop_cancelled(struct http *http)
{
	unsigned cancelled = atomic_load(&http->cancelled);

	if (cancelled == 0)
		return;
	if (http->grace_end == 0)
		http->grace_end = now() + GRACE;
	for (size_t i = http->slots.len; i-- > 0;) {
		struct http_transfer *transfer = vec_pointer(&http->slots, i);
		bool is_change = transfer->easy && transfer->sent && !transfer->request.idempotent;
		if (!is_change || cancelled > 1 || now() >= http->grace_end)
			drop(http, transfer);
	}
	while (http->first) {
		struct http_transfer *transfer = take_first(http);
		fail(transfer, HTTP_CAUSE_INTERRUPTED);
		respond(transfer);
	}
}

/* How long there is nothing to do but to wait for servers, in milliseconds. */
static int nap_length(const struct http *http)
{
	uint64_t nap = NAP;

	for (size_t i = 0; i < http->slots.len; i++) {
		const struct http_transfer *transfer = vec_pointer(&http->slots, i);
		uint64_t left = transfer->due > now() ? transfer->due - now() : 0;
		if (!transfer->easy && left < nap)
			nap = left;
	}
	return (int)nap;
}

void http_run(struct http *http)
{
	int running = 0;

	while (http->first || http->slots.len > 0) {
		drop_cancelled(http);
		send_due(http);
		curl_multi_perform(http->multi, &running);
		collect(http);
		secret_wipe_stack();
		if (http->slots.len > 0 && !(http->first && http->slots.len < http->settings.concurrency))
			curl_multi_poll(http->multi, NULL, 0, nap_length(http), NULL);
	}
}
