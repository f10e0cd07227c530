/* Texts that people are to read, without the credentials that were written into them. */
#include "check/credential_parts.h"

#include <string.h>

enum { KEY_BEGINNING = 64 }; /* bytes that the first line of a private key has at most */

/* A text and its copy, once there is anything to conceal. */
struct concealing {
	struct arena *arena;
	struct str text;
	char *bytes;
};

static void conceal(struct concealing *concealing, size_t start, size_t end)
{
	struct str text = concealing->text;

	if (concealing->bytes == NULL)
		concealing->bytes = memcpy(arena_bytes(concealing->arena, text.len), text.ptr, text.len);
	while (end < text.len && ((unsigned char)text.ptr[end] & 0xC0) == 0x80)
		end++;
	for (size_t i = start; i < end; i++) {
		if ((unsigned char)text.ptr[i] > ' ')
			concealing->bytes[i] = 'X';
	}
}

static void conceal_part(struct concealing *concealing, struct str part)
{
	size_t start = str_is_absent(part) ? 0 : (size_t)(part.ptr - concealing->text.ptr);

	if (!str_is_absent(part))
		conceal(concealing, start, start + part.len);
}

/* A token as far as it may reach, without what ends a sentence. Behind the name of a scheme it stands after a blank. */
static void conceal_token(struct concealing *concealing, size_t at)
{
	struct str text = concealing->text;
	struct str word = str_slice(text, at, strlen("Bearer "));
	size_t end;

	if (str_starts_with(word, STR("Bearer ")) || str_starts_with(word, STR("Basic ")))
		at += str_find(word, ' ') + 1;
	end = at;
	while (end < text.len && (ascii_is_word(text.ptr[end]) || strchr("%+-./:=~", text.ptr[end]) != NULL) &&
		text.ptr[end] != '\0')
		end++;
	while (end > at && (text.ptr[end - 1] == '.' || text.ptr[end - 1] == ':'))
		end--;
	conceal(concealing, at, end);
}

/* From behind the first line to the last one, or to an empty line where there is none. Returns where it ends. */
static size_t conceal_key(struct concealing *concealing, size_t at)
{
	struct str rest = str_slice(concealing->text, at, concealing->text.len);
	struct str label = str_slice(rest, strlen("-----BEGIN "), KEY_BEGINNING);
	size_t start = strlen("-----BEGIN ") + str_find(label, '-') + strlen("-----");
	size_t end = start;

	while (end < rest.len && !str_starts_with(str_slice(rest, end, strlen("-----END")), STR("-----END")))
		end++;
	if (end == rest.len) {
		end = start;
		while (end < rest.len && !str_starts_with(str_slice(rest, end, 2), STR("\n\n")))
			end++;
	}
	conceal(concealing, at + start, at + end);
	return at + end;
}

struct str credential_conceal(struct arena *arena, struct str text)
{
	struct concealing concealing = {.arena = arena, .text = text};

	for (size_t i = 0; i + 1 < text.len; i++) {
		char c = text.ptr[i];
		bool begins = ascii_is_word(c) && (i == 0 || !ascii_is_word(text.ptr[i - 1]));

		if (begins && form_at_word(text, i) != NULL)
			conceal_token(&concealing, i);
		else if (c == ':' && str_starts_with(str_slice(text, i, 3), STR("://")))
			conceal_part(&concealing, connection_login(text, i));
		else if (c == '=' || c == ':')
			conceal_part(&concealing, setting_credential(text, i));
		else if (c == '-' && str_is(str_slice(text, i, strlen("-----BEGIN ")), "-----BEGIN ") &&
			 is_private_key(text, i))
			i = conceal_key(&concealing, i) - 1;
	}
	return concealing.bytes != NULL ? (struct str){.ptr = concealing.bytes, .len = text.len} : text;
}
