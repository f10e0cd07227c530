/* Sends requests with store/http.h, for test_http.py:
 *
 *   http_client [SETTING=VALUE]… URL [METHOD[!] PATH]…
 *
 * "!": idempotent. POST and PUT take BODY of the environment as their body, all requests TOKEN as their token. For each answer a line of JSON is printed. With then=PATH
 * the first answer starts another request; cancel=N interrupts after N milliseconds; with stop=1 the process stops at its end, to be looked into. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/json_writer.h"
#include "store/http.h"

struct client {
	struct http *http;
	struct http_origin *origin;
	struct secret *body;
	const char *then;
	unsigned cancel; /* milliseconds */
};

struct call {
	struct client *client;
	const char *path;
};

static const char *const failures[] = {
	[HTTP_ANSWERED] = "answered",
	[HTTP_NOT_SENT] = "not sent",
	[HTTP_UNCERTAIN] = "uncertain",
};

static void start(struct client *client, const char *method, const char *path);

static void print(const char *path, const struct http_response *response)
{
	struct strbuf line = STRBUF_INIT;
	struct json_writer json;

	json_writer_init(&json, &line, 0);
	json_begin_object(&json);
	json_member_c(&json, "path", path);
	json_member_c(&json, "failure", failures[response->failure]);
	json_member_uint(&json, "status", response->status);
	json_member_uint(&json, "attempts", response->attempts);
	json_member_uint(&json, "size", response->body.len);
	json_member_str(&json, "body", str_slice(response->body, 0, 1000));
	json_member_str(&json, "content_type", response->content_type);
	json_member_str(&json, "message", response->message ? str_of(response->message) : STR_ABSENT);
	json_member_bool(&json, "terminated", response->body.ptr[response->body.len] == '\0');
	json_end_object(&json);
	puts(line.ptr);
	fflush(stdout);
	json_writer_release(&json);
	strbuf_release(&line);
}

static void take(void *context, const struct http_response *response)
{
	struct call *call = context;
	struct client *client = call->client;

	print(call->path, response);
	if (client->then) {
		const char *then = client->then;
		client->then = NULL;
		start(client, "GET!", then);
	}
	free(call);
}

static enum http_method method_of(struct str name)
{
	static const char *const names[] = {
		[HTTP_GET] = "GET",
		[HTTP_LIST] = "LIST",
		[HTTP_POST] = "POST",
		[HTTP_PUT] = "PUT",
		[HTTP_DELETE] = "DELETE",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (str_is(name, names[i]))
			return (enum http_method)i;
	}
	fprintf(stderr, "no method\n");
	exit(2);
}

static void start(struct client *client, const char *method, const char *path)
{
	struct str name = str_of(method);
	bool idempotent = str_ends_with(name, STR("!"));
	enum http_method kind = method_of(str_slice(name, 0, name.len - idempotent));
	struct call *call = malloc(sizeof(*call));

	if (!call)
		abort();
	*call = (struct call){.client = client, .path = path};
	http_start(client->http, &(struct http_request){.method = kind,
					 .origin = client->origin,
					 .path = str_of(path),
					 .body = kind == HTTP_POST || kind == HTTP_PUT ? client->body : NULL,
					 .idempotent = idempotent,
					 .done = take,
					 .context = call});
}

static struct secret *secret_of(const char *variable)
{
	const char *value = getenv(variable);
	return value ? secret_new(value, strlen(value)) : NULL;
}

static void stop(void)
{
	raise(SIGSTOP);
}

static void set(struct http_settings *settings, struct client *client, struct str name, const char *value)
{
	unsigned number = (unsigned)strtoul(value, NULL, 10);

	if (str_is(name, "ca"))
		settings->ca_file = str_of(value);
	else if (str_is(name, "certificate"))
		settings->client_certificate = str_of(value);
	else if (str_is(name, "key"))
		settings->client_key = str_of(value);
	else if (str_is(name, "server"))
		settings->server_name = str_of(value);
	else if (str_is(name, "insecure"))
		settings->insecure_http = true;
	else if (str_is(name, "concurrency"))
		settings->concurrency = number;
	else if (str_is(name, "connect"))
		settings->connect_timeout = number;
	else if (str_is(name, "timeout"))
		settings->timeout = number;
	else if (str_is(name, "retries"))
		settings->retries = number;
	else if (str_is(name, "delay"))
		settings->retry_delay = number;
	else if (str_is(name, "max"))
		settings->body_max = number;
	else if (str_is(name, "then"))
		client->then = value;
	else if (str_is(name, "cancel"))
		client->cancel = number;
	else if (str_is(name, "stop"))
		atexit(stop);
	else
		abort();
}

static void *cancel(void *context)
{
	struct client *client = context;

	usleep(client->cancel * 1000);
	http_cancel(client->http);
	return NULL;
}

static bool open_client(struct client *client, const struct http_settings *settings, const char *url)
{
	struct error error = ERROR_INIT;
	struct secret *token = secret_of("TOKEN");

	client->http = http_new(settings, &error);
	client->origin = client->http ? http_origin_new(client->http, str_of(url), &error) : NULL;
	if (client->origin && token && !http_origin_credential(client->origin, "X-Vault-Token", "", token, &error)) {
		http_origin_free(client->origin);
		client->origin = NULL;
	}
	secret_free(token);
	if (!client->origin)
		fprintf(stderr, "%s\n", error.message);
	error_release(&error);
	return client->origin;
}

int main(int argc, char **argv)
{
	struct http_settings settings;
	struct client client = {.body = secret_of("BODY")};
	pthread_t thread;
	int at = 1;

	/* No buffer that what is printed would stay in. */
	setvbuf(stdout, NULL, _IONBF, 0);
	http_settings_init(&settings);
	for (; at < argc && !strstr(argv[at], "://") && strchr(argv[at], '='); at++) {
		struct str rest = str_of(argv[at]);
		struct str name = str_cut(&rest, '=');
		set(&settings, &client, name, rest.ptr);
	}
	if (!http_global_init() || at >= argc)
		return 2;
	bool opened = open_client(&client, &settings, argv[at++]);
	for (; opened && at + 1 < argc; at += 2)
		start(&client, argv[at], argv[at + 1]);
	bool cancels = opened && client.cancel > 0 && pthread_create(&thread, NULL, cancel, &client) == 0;
	if (opened)
		http_run(client.http);
	if (cancels)
		pthread_join(thread, NULL);
	http_origin_free(client.origin);
	http_free(client.http);
	secret_free(client.body);
	return opened ? 0 : 3;
}
