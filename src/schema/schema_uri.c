#include "schema/schema_uri.h"

/* The parts of a URI reference; absent is not the same as empty, but for the path. */
struct uri {
	struct str scheme, authority, path, query;
};

struct str uri_cut_fragment(struct str *uri)
{
	size_t hash = str_find(*uri, '#');
	struct str fragment = hash < uri->len ? str_slice(*uri, hash + 1, uri->len) : STR_ABSENT;

	*uri = str_slice(*uri, 0, hash);
	return fragment;
}

static size_t scheme_length(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

		if (c == ':')
			return i;
		if (!letter && (i == 0 || (!(c >= '0' && c <= '9') && c != '+' && c != '-' && c != '.')))
			break;
	}
	return 0;
}

static struct uri uri_parse(struct str text)
{
	struct uri uri = {.scheme = STR_ABSENT, .authority = STR_ABSENT, .query = STR_ABSENT};
	size_t scheme = scheme_length(text);
	size_t query;

	if (scheme > 0) {
		uri.scheme = str_slice(text, 0, scheme);
		text = str_slice(text, scheme + 1, text.len);
	}
	query = str_find(text, '?');
	if (query < text.len)
		uri.query = str_slice(text, query + 1, text.len);
	text = str_slice(text, 0, query);
	if (str_starts_with(text, STR("//"))) {
		text = str_slice(text, 2, text.len);
		uri.authority = str_slice(text, 0, str_find(text, '/'));
		text = str_slice(text, uri.authority.len, text.len);
	}
	uri.path = text;
	return uri;
}

/* Section 5.2.4, segment by segment. */
static void append_without_dots(struct strbuf *out, struct str path)
{
	size_t start = out->len;
	struct str rest = path;
	bool absolute = str_starts_with(path, STR("/"));

	if (absolute)
		rest = str_slice(path, 1, path.len);
	for (bool last = false; !last;) {
		struct str segment = str_cut(&rest, '/');
		bool dots = str_is(segment, ".") || str_is(segment, "..");

		last = str_is_absent(rest);
		if (str_is(segment, "..") && out->len > start) {
			struct str written = str_slice(strbuf_str(out), start, out->len - 1 - start);
			size_t slash = str_find_last(written, '/');

			strbuf_truncate(out, start + (slash < written.len ? slash + 1 : absolute));
		}
		if (out->len == start && absolute)
			strbuf_append_char(out, '/');
		if (!dots)
			strbuf_append(out, segment);
		if (!dots && !last)
			strbuf_append_char(out, '/');
	}
}

static void append_merged(struct strbuf *out, const struct uri *base, struct str path)
{
	size_t slash = str_find_last(base->path, '/');

	if (!str_is_absent(base->authority) && base->path.len == 0)
		strbuf_append_char(out, '/');
	else if (slash < base->path.len)
		strbuf_append(out, str_slice(base->path, 0, slash + 1));
	strbuf_append(out, path);
}

static void append_path(struct strbuf *out, const struct uri *base, const struct uri *reference)
{
	struct strbuf merged = STRBUF_INIT;

	if (str_starts_with(reference->path, STR("/")) || !str_is_absent(reference->authority)) {
		append_without_dots(out, reference->path);
	} else {
		append_merged(&merged, base, reference->path);
		append_without_dots(out, strbuf_str(&merged));
	}
	strbuf_release(&merged);
}

struct str uri_resolve(struct arena *arena, struct str base_text, struct str reference_text)
{
	struct uri base = uri_parse(base_text);
	struct uri reference = uri_parse(reference_text);
	struct strbuf out = STRBUF_INIT;
	bool own_authority = !str_is_absent(reference.authority);
	struct str result;

	if (reference_text.len == 0)
		return arena_str(arena, base_text);
	if (base_text.len == 0 || !str_is_absent(reference.scheme))
		return arena_str(arena, reference_text);
	if (!str_is_absent(base.scheme)) {
		strbuf_append(&out, base.scheme);
		strbuf_append_char(&out, ':');
	}
	if (own_authority || !str_is_absent(base.authority)) {
		strbuf_append_c(&out, "//");
		strbuf_append(&out, own_authority ? reference.authority : base.authority);
	}
	if (reference.path.len == 0 && !own_authority)
		strbuf_append(&out, base.path);
	else if (reference.path.len > 0)
		append_path(&out, &base, &reference);
	if (!str_is_absent(reference.query)) {
		strbuf_append_char(&out, '?');
		strbuf_append(&out, reference.query);
	}
	result = arena_str(arena, strbuf_str(&out));
	strbuf_release(&out);
	return result;
}

struct str uri_decode(struct arena *arena, struct str text)
{
	char *out = arena_bytes(arena, text.len + 1);
	size_t len = 0;

	for (size_t i = 0; i < text.len; i++) {
		int high = text.ptr[i] == '%' && i + 2 < text.len ? str_hex_digit(text.ptr[i + 1]) : -1;
		int low = high >= 0 ? str_hex_digit(text.ptr[i + 2]) : -1;

		out[len++] = low >= 0 ? (char)(high * 16 + low) : text.ptr[i];
		if (low >= 0)
			i += 2;
	}
	out[len] = '\0';
	return (struct str){.ptr = out, .len = len};
}

struct str pointer_next(struct arena *arena, struct str *pointer)
{
	struct str rest = str_slice(*pointer, 1, pointer->len);
	struct str token = str_slice(rest, 0, str_find(rest, '/'));
	char *out = arena_bytes(arena, token.len + 1);
	size_t len = 0;

	*pointer = str_slice(rest, token.len, rest.len);
	for (size_t i = 0; i < token.len; i++) {
		bool escape = token.ptr[i] == '~' && i + 1 < token.len &&
			      (token.ptr[i + 1] == '0' || token.ptr[i + 1] == '1');

		out[len++] = !escape ? token.ptr[i] : token.ptr[i + 1] == '0' ? '~' : '/';
		i += escape;
	}
	out[len] = '\0';
	return (struct str){.ptr = out, .len = len};
}

void pointer_append(struct strbuf *pointer, struct str token)
{
	size_t start = 0;

	strbuf_append_char(pointer, '/');
	for (size_t i = 0; i < token.len; i++) {
		if (token.ptr[i] != '~' && token.ptr[i] != '/')
			continue;
		strbuf_append(pointer, str_slice(token, start, i - start));
		strbuf_append_c(pointer, token.ptr[i] == '~' ? "~0" : "~1");
		start = i + 1;
	}
	strbuf_append(pointer, str_slice(token, start, token.len));
}
