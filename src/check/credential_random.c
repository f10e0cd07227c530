/* Telling what a machine drew by lot from what people write. */
#include <stdlib.h>

#include "check/credential_parts.h"

enum {
	LONG = 20,   /* characters from which two kinds of them are enough */
	MEDIUM = 12, /* from which three are */
	LEAST_DIVERSITY = 7,
	UUID_LENGTH = 36,
};

/* Characters that join parts of names, and tell nothing about how these came about. */
static bool is_separator(char c)
{
	return c == '-' || c == '_' || c == '.' || c == '/' || c == ':' || c == ',';
}

enum character_kind { KIND_LOWER, KIND_UPPER, KIND_DIGIT, KIND_SYMBOL, KIND_SEPARATOR, KIND_COUNT };

static enum character_kind kind_of(char c)
{
	if (ascii_is_lower(c))
		return KIND_LOWER;
	if (ascii_is_upper(c))
		return KIND_UPPER;
	if (ascii_is_digit(c))
		return KIND_DIGIT;
	return is_separator(c) ? KIND_SEPARATOR : KIND_SYMBOL;
}

/* What a text is made of. */
struct make {
	size_t count[KIND_COUNT];
	size_t kinds;   /* without separators */
	size_t changes; /* from one kind to another */
	size_t longest; /* run without separators */
};

static bool is_printable(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] <= ' ' || text.ptr[i] > '~')
			return false;
	}
	return true;
}

static void make_init(struct make *make, struct str text)
{
	enum character_kind last = KIND_SEPARATOR;
	size_t run = 0;

	*make = (struct make){.kinds = 0};
	for (size_t i = 0; i < text.len; i++) {
		enum character_kind kind = kind_of(text.ptr[i]);

		make->count[kind]++;
		run = kind == KIND_SEPARATOR ? 0 : run + 1;
		make->longest = run > make->longest ? run : make->longest;
		make->changes += kind != last && kind != KIND_SEPARATOR && last != KIND_SEPARATOR;
		last = kind;
	}
	for (size_t kind = 0; kind < KIND_SEPARATOR; kind++)
		make->kinds += make->count[kind] > 0;
}

size_t diversity_of(struct str text)
{
	size_t counts[256] = {0};
	size_t squares = 0;

	for (size_t i = 0; i < text.len; i++)
		counts[(unsigned char)text.ptr[i]]++;
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
		squares += counts[i] * counts[i];
	return squares > 0 ? text.len * text.len / squares : 0;
}

/* Whether it is a part of itself over and over again: by the borders of its beginnings. */
static bool repeats_itself(struct str text)
{
	size_t borders[UUID_LENGTH * 2] = {0};
	size_t length = text.len < UUID_LENGTH * 2 ? text.len : UUID_LENGTH * 2;
	size_t border = 0;

	for (size_t i = 1; i < length; i++) {
		while (border > 0 && text.ptr[i] != text.ptr[border])
			border = borders[border - 1];
		border += text.ptr[i] == text.ptr[border];
		borders[i] = border;
	}
	return length > 1 && borders[length - 1] * 2 >= length;
}

bool is_regular(struct str text)
{
	size_t steps = 0;

	for (size_t i = 1; i < text.len; i++)
		steps += abs(text.ptr[i] - text.ptr[i - 1]) <= 1;
	return text.len == 0 || steps * 5 >= text.len * 2 || repeats_itself(text);
}

bool is_real_body(struct str body)
{
	return diversity_of(body) >= LEAST_DIVERSITY && !repeats_itself(body) && !holds_dummy(body) &&
	       !reads_like_words(body);
}

bool is_real_password(struct str user, struct str password)
{
	return password.len >= 4 && !str_equal(user, password) && !credential_is_placeholder(password) &&
	       diversity_of(password) >= 3;
}

static bool is_uuid(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (dash ? text.ptr[i] != '-' : str_hex_digit(text.ptr[i]) < 0)
			return false;
	}
	return text.len == UUID_LENGTH;
}

/* "sha256:…", "vault:…", "https://…", "registry/name:tag": what stands before a colon says what is behind it. */
static bool has_scheme(struct str text)
{
	size_t colon = str_find(text, ':');
	struct str rest = str_slice(text, colon, text.len);
	size_t slash = str_find(text, '/');

	if (str_starts_with(rest, STR("://")))
		return true;
	for (size_t i = 0; i < colon && colon < text.len; i++) {
		if (!ascii_is_word(text.ptr[i]) && text.ptr[i] != '-' && text.ptr[i] != '/' && text.ptr[i] != '.')
			return false;
	}
	return colon < text.len && colon > 1 && (slash < colon || colon <= 10);
}

/* "db-1.example.org", "user@example.org", "/etc/secret", "10.0.0.1/8". */
static bool is_address(struct str text)
{
	size_t dot = str_find_last(text, '.');
	size_t at = str_find(text, '@');
	struct str last = str_slice(text, dot + 1, text.len);
	bool letters = last.len >= 2 && last.len <= 10;

	for (size_t i = 0; i < last.len; i++)
		letters = letters && ascii_is_lower(last.ptr[i]);
	if (str_starts_with(text, STR("/")) || str_starts_with(text, STR("./")) || str_starts_with(text, STR("~/")))
		return true;
	return dot < text.len && letters && (at > dot || at > 0);
}

static bool is_hexadecimal(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (str_hex_digit(text.ptr[i]) < 0)
			return false;
	}
	return true;
}

/* Letters and digits in turn: what names have little of. A text of letters alone needs capitals in all places. */
static bool is_mixed(const struct make *make, size_t length)
{
	if (length >= LONG) {
		bool letters_alone = make->count[KIND_DIGIT] == 0 && make->count[KIND_SYMBOL] == 0;

		return make->kinds >= 2 && make->longest >= MEDIUM && make->changes * 6 >= length &&
		       (!letters_alone || make->changes * 3 >= length);
	}
	if (make->count[KIND_DIGIT] == 0)
		return false;
	if (length >= MEDIUM && make->kinds >= 3)
		return make->longest >= CREDENTIAL_LENGTH_MIN && make->changes * 20 >= length * 7;
	if (length >= LONG - 4)
		return make->kinds >= 2 && make->longest == length && make->count[KIND_DIGIT] >= 3 &&
		       make->changes * 5 >= length * 2;
	return make->kinds == 4 || (make->kinds == 3 && make->changes * 2 >= length);
}

bool may_be_password(struct str text)
{
	if (text.len >= LONG)
		return true;
	for (size_t i = 0; i < text.len; i++) {
		if (ascii_is_digit(text.ptr[i]))
			return true;
	}
	return false;
}

bool credential_is_random(struct str text)
{
	struct make make;

	if (text.len < CREDENTIAL_LENGTH_MIN || text.len > CREDENTIAL_RANDOM_MAX || !is_printable(text))
		return false;
	make_init(&make, text);
	if (make.count[KIND_LOWER] + make.count[KIND_UPPER] == 0)
		return false;
	bool mixed =
		is_mixed(&make, text.len) || (text.len >= LONG && is_hexadecimal(text) && make.count[KIND_DIGIT] >= 4);
	return mixed && diversity_of(text) >= (text.len < MEDIUM ? 6 : LEAST_DIVERSITY) && !is_regular(text) &&
	       !is_uuid(text) && !has_scheme(text) && !is_address(text) && !credential_is_placeholder(text) &&
	       !credential_is_public(text) && !reads_like_words(text);
}
