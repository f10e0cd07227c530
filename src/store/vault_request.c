#include "store/vault_request.h"

#include <assert.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "store/vault_message.h"
#include "yaml/stream.h"

struct vault_server {
	struct http *http;
	struct http_origin *origin;
	struct secret *token; /* NULL: none; kept, that no message repeats it */
};

/* One that is under way. */
struct exchange {
	struct vault_server *server;
	struct vault_request request;
	struct arena arena; /* path */
};

static bool set_headers(struct vault_server *server, struct str namespace_name, struct error *error)
{
	struct str name = str_trim(namespace_name);

	for (size_t i = 0; i < name.len; i++) {
		if ((unsigned char)name.ptr[i] <= ' ' || name.ptr[i] == 0x7F)
			return error_set(
				error, ERROR_USAGE, "the Vault namespace has a character in it that no namespace has");
	}
	http_origin_header(server->origin, "X-Vault-Request", STR("true"));
	if (name.len > 0)
		http_origin_header(server->origin, "X-Vault-Namespace", name);
	return !server->token || http_origin_credential(server->origin, "X-Vault-Token", "", server->token, error);
}

struct vault_server *vault_server_new(
	struct http *http, struct str url, struct str namespace_name, struct secret *token, struct error *error)
{
	struct http_origin *origin = http_origin_new(http, url, error);
	struct vault_server *server;

	if (!origin)
		return NULL;
	server = xcalloc(1, sizeof(*server));
	server->http = http;
	server->origin = origin;
	server->token = token ? secret_new(secret_bytes(token), secret_size(token)) : NULL;
	if (set_headers(server, namespace_name, error))
		return server;
	vault_server_free(server);
	return NULL;
}

void vault_server_free(struct vault_server *server)
{
	if (!server)
		return;
	http_origin_free(server->origin);
	secret_free(server->token);
	free(server);
}

struct str vault_server_name(const struct vault_server *server)
{
	return http_origin_name(server->origin);
}

bool vault_answer_refuses(const struct vault_answer *answer)
{
	return answer->failure == HTTP_ANSWERED && answer->status >= 400 && answer->status < 500 &&
	       answer->status != 429;
}

const struct node *vault_answer_data(const struct vault_answer *answer)
{
	const struct node *data = answer->root ? node_get(answer->root, STR("data")) : NULL;

	return data && data->kind == NODE_MAPPING ? data : NULL;
}

static bool has_words(struct str text, struct str words)
{
	for (size_t i = 0; i + words.len <= text.len; i++) {
		size_t same = 0;

		while (same < words.len && ascii_to_lower(text.ptr[i + same]) == ascii_to_lower(words.ptr[same]))
			same++;
		if (same == words.len)
			return true;
	}
	return false;
}

static const struct node *find_list(const struct vault_answer *answer, const char *list)
{
	const struct node *node = answer->root ? node_get(answer->root, str_of(list)) : NULL;

	return node && node->kind == NODE_SEQUENCE ? node : NULL;
}

bool vault_answer_says(const struct vault_answer *answer, const char *list, const char *words)
{
	const struct node *node = find_list(answer, list);

	for (uint32_t i = 0; node && i < node->sequence.count; i++) {
		if (has_words(node_string(node->sequence.items[i]), str_of(words)))
			return true;
	}
	return false;
}

bool vault_answer_is_silent(const struct vault_answer *answer)
{
	const struct node *node = find_list(answer, "errors");

	return node && node->sequence.count == 0;
}

static const char *method_name(enum http_method method)
{
	static const char *const names[] = {[HTTP_GET] = "GET",
		[HTTP_LIST] = "LIST",
		[HTTP_POST] = "POST",
		[HTTP_PUT] = "PUT",
		[HTTP_DELETE] = "DELETE"};

	return names[method];
}

/* What the server says, if it may be shown. */
static void append_errors(struct strbuf *out, const struct exchange *exchange, const struct vault_answer *answer)
{
	struct vec concealed = VEC_INIT(struct str);
	struct strbuf said = STRBUF_INIT;

	if (exchange->server->token)
		*(struct str *)vec_push(&concealed) = secret_str(exchange->server->token);
	if (exchange->request.body && exchange->request.body_is_secret)
		vault_message_conceal(&concealed, answer->arena, secret_str(exchange->request.body));
	if (!vault_message_errors(&said, answer->root, &concealed))
		strbuf_append_c(out, " (what it says is not shown, as it repeats a part of what was sent)");
	else if (said.len > 0)
		strbuf_printf(out, ": %s", said.ptr);
	strbuf_release(&said);
	vec_release(&concealed);
}

static void append_verdict(struct strbuf *out, const struct exchange *exchange, const struct vault_answer *answer)
{
	unsigned status = answer->status;

	if (status < 300) {
		strbuf_printf(out, " was answered with %u, but not with JSON: what answers there is no Vault", status);
	} else if (status < 400) {
		strbuf_printf(out, " was answered with %u, a redirect that is not followed", status);
	} else {
		strbuf_printf(out, status == 403 ? " was refused (%u)" : " failed (%u)", status);
		if (answer->root)
			append_errors(out, exchange, answer);
		else
			strbuf_append_c(out, ", and not in Vault's way: is there something between it and Vault?");
	}
}

static struct str describe(const struct exchange *exchange, const struct vault_answer *answer)
{
	struct strbuf text = STRBUF_INIT;
	struct str result;

	strbuf_append(&text, vault_server_name(exchange->server));
	if (answer->sealed) {
		strbuf_append_c(&text, ": this Vault is sealed; unseal it first (`vault operator unseal`)");
	} else {
		strbuf_printf(&text, ": %s ", method_name(exchange->request.method));
		strbuf_append_visible(&text, exchange->request.path);
		append_verdict(&text, exchange, answer);
	}
	result = arena_str(answer->arena, strbuf_str(&text));
	strbuf_release(&text);
	return result;
}

/* The tree of a body, where there is one. */
static const struct node *read_body(struct yaml_stream **stream, struct arena *arena, struct str body)
{
	const struct node *root;

	*stream = NULL;
	if (body.len == 0)
		return NULL;
	*stream = json_load(arena, STR("answer"), body);
	root = (*stream)->broken ? NULL : yaml_root(*stream);
	return root && root->kind == NODE_MAPPING ? root : NULL;
}

static void on_response(void *context, const struct http_response *response)
{
	struct exchange *exchange = context;
	struct vault_answer answer = {.failure = response->failure, .status = response->status};
	struct yaml_stream *stream = NULL;
	struct arena arena;

	arena_init_sensitive(&arena);
	answer.arena = &arena;
	if (response->failure == HTTP_ANSWERED) {
		answer.root = read_body(&stream, &arena, response->body);
		answer.sealed = response->status == 503 && vault_answer_says(&answer, "errors", "is sealed");
		answer.success = response->status < 300 && (answer.root || str_trim(response->body).len == 0);
		answer.message = answer.success ? STR_ABSENT : describe(exchange, &answer);
	} else {
		answer.message = arena_str(&arena, str_of(response->message));
	}
	exchange->request.answered(exchange->request.context, &answer);
	yaml_stream_release(stream);
	arena_release(&arena);
	arena_release(&exchange->arena);
	free(exchange);
}

/* "/v1/" and the path, doubled slashes made one. */
static struct str encode_path(struct arena *arena, struct str path, struct str query)
{
	struct strbuf text = STRBUF_INIT;
	struct str encoded, result;

	strbuf_append_c(&text, "/v1");
	for (size_t i = 0; i < path.len; i++) {
		if (i == 0 && path.ptr[0] != '/')
			strbuf_append_char(&text, '/');
		if (path.ptr[i] != '/' || text.ptr[text.len - 1] != '/')
			strbuf_append_char(&text, path.ptr[i]);
	}
	encoded = http_encode(arena, strbuf_str(&text), true);
	result = str_is_absent(query) ? encoded : arena_printf(arena, "%.*s?%.*s", STR_ARG(encoded), STR_ARG(query));
	strbuf_release(&text);
	return result;
}

void vault_start(struct vault_server *server, const struct vault_request *request)
{
	struct exchange *exchange = xcalloc(1, sizeof(*exchange));

	assert(request->answered);
	exchange->server = server;
	exchange->request = *request;
	arena_init(&exchange->arena);
	exchange->request.path = arena_str(&exchange->arena, request->path);
	http_start(server->http, &(struct http_request){
					 .method = request->method,
					 .origin = server->origin,
					 .path = encode_path(&exchange->arena, request->path, request->query),
					 .body = request->body,
					 .idempotent = request->idempotent,
					 .done = on_response,
					 .context = exchange,
				 });
}
