#include "base/utf8.h"
#include "store/onepassword_private.h"

#define NAME_SHOWN_MAX 100

void onepassword_append_name(struct strbuf *out, struct str name)
{
	strbuf_append_char(out, '"');
	strbuf_append_visible(out, utf8_prefix(name, NAME_SHOWN_MAX));
	strbuf_append_c(out, name.len > NAME_SHOWN_MAX ? "…\"" : "\"");
}

/* What follows from a status, and what to do about it. */
static const char *advice(const struct onepassword_question *question, unsigned status)
{
	if (status == 401)
		return "it does not accept the token; OP_CONNECT_TOKEN has to hold a token of this Connect server that "
		       "has "
		       "neither expired nor been revoked";
	if (status == 403)
		return "the token in OP_CONNECT_TOKEN may not read that; give it access to the vault, or take a token "
		       "that has";
	/* To an id that is none the answer is 400. */
	if (status == 404 || status == 400)
		return question->not_found;
	if (status == 429)
		return "it is asked too much at the moment; try again later";
	if (status >= 500)
		return "something is wrong with the server or with what stands before it; look into its logs, see that "
		       "its "
		       "sync service runs, and try again";
	return "that is no answer of a Connect server; check its URL in the configuration of the environment";
}

static bool refuse_status(const struct onepassword_question *question, unsigned status, struct error *error)
{
	return error_set(error, ERROR_SYSTEM, "1Password Connect at %.*s answered %u when asked for %.*s: %s",
		STR_ARG(http_origin_name(question->origin)), status, STR_ARG(question->subject),
		advice(question, status));
}

static bool refuse_text(
	const struct onepassword_question *question, const struct http_response *response, struct error *error)
{
	bool page = str_starts_with(response->content_type, STR("text/html"));

	return error_set(error, ERROR_SYSTEM,
		"1Password Connect at %.*s answered with %s instead of JSON when asked for %.*s: a proxy or a login "
		"page may "
		"stand before it, or its URL in the configuration of the environment is that of something else",
		STR_ARG(http_origin_name(question->origin)), page ? "a web page" : "something else",
		STR_ARG(question->subject));
}

bool onepassword_answer_refuse(const struct onepassword_question *question, const char *expected, struct error *error)
{
	return error_set(error, ERROR_SYSTEM,
		"1Password Connect at %.*s answered with other JSON than a Connect server does when asked for %.*s: %s "
		"is "
		"expected; check its URL in the configuration of the environment",
		STR_ARG(http_origin_name(question->origin)), STR_ARG(question->subject), expected);
}

bool onepassword_answer_read(struct onepassword_answer *answer, const struct onepassword_question *question,
	const struct http_response *response, struct error *error)
{
	*answer = (struct onepassword_answer){.stream = NULL};
	arena_init_sensitive(&answer->arena);
	if (response->failure != HTTP_ANSWERED)
		return error_set(error, ERROR_SYSTEM, "1Password Connect did not answer when asked for %.*s: %s",
			STR_ARG(question->subject), response->message);
	if (response->status != 200)
		return refuse_status(question, response->status, error);
	answer->stream = json_load(&answer->arena, STR("1Password"), response->body);
	answer->root = yaml_root(answer->stream);
	if (answer->stream->broken || !answer->root)
		return refuse_text(question, response, error);
	return true;
}

void onepassword_answer_release(struct onepassword_answer *answer)
{
	if (answer->stream)
		yaml_stream_release(answer->stream);
	arena_release(&answer->arena);
}
