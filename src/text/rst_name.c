#include <stdlib.h>

#include <utf8proc.h>

#include "base/ascii.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "text/rst_private.h"

/* The arena's copy of what was built, which is released. */
static struct str take(struct rst_reader *reader, struct strbuf *built)
{
	struct str copy = arena_str(&reader->document->arena, strbuf_str(built));

	strbuf_release(built);
	return copy;
}

/* Appends a name with white space normalized: none at the ends, else one blank. */
static void append_normalized(struct strbuf *out, struct str name)
{
	size_t width;

	for (bool pending = false; name.len > 0; name = str_slice(name, width, name.len)) {
		if (rst_is_space(utf8_decode(name, &width))) {
			pending = true;
			continue;
		}
		if (pending && out->len > 0)
			strbuf_append_char(out, ' ');
		pending = false;
		strbuf_append(out, str_slice(name, 0, width));
	}
}

struct str rst_unescape(struct rst_reader *reader, struct str text, bool keep_lines)
{
	char *bytes = arena_bytes(&reader->document->arena, text.len + 1);
	size_t length = 0;

	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '\n' && !keep_lines)
			continue;
		if (text.ptr[i] == '\\') {
			i++;
			if (i == text.len || text.ptr[i] == ' ' || text.ptr[i] == '\n')
				continue;
		}
		bytes[length++] = text.ptr[i];
	}
	return (struct str){.ptr = bytes, .len = length};
}

struct str rst_normalize_space(struct rst_reader *reader, struct str name)
{
	struct strbuf out = STRBUF_INIT;

	append_normalized(&out, name);
	return take(reader, &out);
}

static bool is_letter(uint32_t codepoint)
{
	return codepoint != UTF8_INVALID && utf8proc_category((utf8proc_int32_t)codepoint) <= UTF8PROC_CATEGORY_LO &&
	       utf8proc_category((utf8proc_int32_t)codepoint) >= UTF8PROC_CATEGORY_LU;
}

/* In lower case by the full mapping of Unicode: one letter becomes two, and a Greek sigma at the end of a word has a form of its own. */
static void append_lower(struct strbuf *out, uint32_t codepoint, struct str rest, bool follows_letter)
{
	size_t width;

	if (codepoint == 0x130)
		strbuf_append(out, STR("i\xCC\x87"));
	else if (codepoint == 0x3A3 && follows_letter && (rest.len == 0 || !is_letter(utf8_decode(rest, &width))))
		strbuf_append_codepoint(out, 0x3C2);
	else
		strbuf_append_codepoint(out, (uint32_t)utf8proc_tolower((utf8proc_int32_t)codepoint));
}

static void append_folded(struct strbuf *out, struct str name)
{
	bool follows_letter = false;

	while (name.len > 0) {
		size_t width;
		uint32_t codepoint = utf8_decode(name, &width);
		struct str rest = str_slice(name, width, name.len);
		if (codepoint == UTF8_INVALID)
			strbuf_append(out, str_slice(name, 0, width));
		else
			append_lower(out, codepoint, rest, follows_letter);
		follows_letter = is_letter(codepoint);
		name = rest;
	}
}

struct str rst_normalize_name(struct rst_reader *reader, struct str name)
{
	struct strbuf folded = STRBUF_INIT, out = STRBUF_INIT;

	append_folded(&folded, name);
	append_normalized(&out, strbuf_str(&folded));
	strbuf_release(&folded);
	return take(reader, &out);
}

/* Letters that no decomposition makes ASCII, with what stands for them in ids; all in lower case. */
static const struct letter {
	uint32_t codepoint;
	const char *plain;
} letters[] = {
	{0x00DF, "sz"},
	{0x00E6, "ae"},
	{0x00F8, "o"},
	{0x0111, "d"},
	{0x0127, "h"},
	{0x0131, "i"},
	{0x0142, "l"},
	{0x0153, "oe"},
	{0x0167, "t"},
	{0x0180, "b"},
	{0x0183, "b"},
	{0x0188, "c"},
	{0x018C, "d"},
	{0x0192, "f"},
	{0x0199, "k"},
	{0x019A, "l"},
	{0x019E, "n"},
	{0x01A5, "p"},
	{0x01AB, "t"},
	{0x01AD, "t"},
	{0x01B4, "y"},
	{0x01B6, "z"},
	{0x01E5, "g"},
	{0x0225, "z"},
	{0x0234, "l"},
	{0x0235, "n"},
	{0x0236, "t"},
	{0x0237, "j"},
	{0x0238, "db"},
	{0x0239, "qp"},
	{0x023C, "c"},
	{0x023F, "s"},
	{0x0240, "z"},
	{0x0247, "e"},
	{0x0249, "j"},
	{0x024B, "q"},
	{0x024D, "r"},
	{0x024F, "y"},
};

static const char *plain_letter(uint32_t codepoint)
{
	for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++) {
		if (letters[i].codepoint == codepoint)
			return letters[i].plain;
	}
	return NULL;
}

/* What is left of a character in ASCII: its decomposition without marks, maybe nothing. White space stays. */
static void append_ascii(struct strbuf *out, uint32_t codepoint)
{
	utf8proc_int32_t parts[32];
	int boundary = 0;
	const char *plain = codepoint < 0x80 ? NULL : plain_letter(codepoint);

	if (plain || codepoint == UTF8_INVALID) {
		strbuf_append_c(out, plain ? plain : "");
		return;
	}
	utf8proc_ssize_t count = utf8proc_decompose_char((utf8proc_int32_t)codepoint, parts,
		sizeof(parts) / sizeof(parts[0]), UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, &boundary);
	for (utf8proc_ssize_t i = 0; i < count && i < (utf8proc_ssize_t)(sizeof(parts) / sizeof(parts[0])); i++) {
		if (parts[i] < 0x80)
			strbuf_append_char(out, (char)parts[i]);
	}
}

/* Runs of what is neither a letter nor a digit become one hyphen; none stands at the ends, nor digits at the start. */
static void append_hyphenated(struct strbuf *out, struct str ascii)
{
	bool pending = false;

	for (size_t i = 0; i < ascii.len; i++) {
		bool is_digit = ascii_is_digit(ascii.ptr[i]);
		if (!ascii_is_lower(ascii.ptr[i]) && !is_digit) {
			pending = true;
			continue;
		}
		if (is_digit && out->len == 0)
			continue;
		if (pending && out->len > 0)
			strbuf_append_char(out, '-');
		pending = false;
		strbuf_append_char(out, ascii.ptr[i]);
	}
}

struct str rst_make_id(struct rst_reader *reader, struct str name)
{
	struct strbuf ascii = STRBUF_INIT, out = STRBUF_INIT;
	struct str rest = rst_normalize_name(reader, name);

	for (size_t width; rest.len > 0; rest = str_slice(rest, width, rest.len))
		append_ascii(&ascii, utf8_decode(rest, &width));
	append_hyphenated(&out, strbuf_str(&ascii));
	strbuf_release(&ascii);
	return take(reader, &out);
}
