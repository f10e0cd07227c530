#include "text/enumeration.h"

#include <stdio.h>

#include "base/ascii.h"

#define LETTERS   26
#define ROMAN_MAX 4999

static const struct {
	long value;
	const char *digits;
} roman[] = {
	{1000, "m"},
	{900, "cm"},
	{500, "d"},
	{400, "cd"},
	{100, "c"},
	{90, "xc"},
	{50, "l"},
	{40, "xl"},
	{10, "x"},
	{9, "ix"},
	{5, "v"},
	{4, "iv"},
	{1, "i"},
};

static struct str write_roman(char *room, long number)
{
	size_t used = 0;

	for (size_t i = 0; i < sizeof(roman) / sizeof(roman[0]); i++) {
		for (; number >= roman[i].value; number -= roman[i].value) {
			for (const char *digit = roman[i].digits; *digit; digit++)
				room[used++] = *digit;
		}
	}
	return (struct str){.ptr = room, .len = used};
}

static struct str write_arabic(char *room, long number)
{
	return (struct str){.ptr = room, .len = (size_t)snprintf(room, ENUMERATION_ROOM, "%ld", number)};
}

struct str enumeration_write(char room[ENUMERATION_ROOM], enum document_enumeration kind, long number)
{
	bool letter = kind == DOCUMENT_LOWER_ALPHA || kind == DOCUMENT_UPPER_ALPHA;
	struct str text;

	if (kind == DOCUMENT_ARABIC)
		return write_arabic(room, number);
	if (number < 1 || number > (letter ? LETTERS : ROMAN_MAX))
		return STR_ABSENT;
	if (letter) {
		room[0] = (char)('a' + number - 1);
		text = (struct str){.ptr = room, .len = 1};
	} else {
		text = write_roman(room, number);
	}
	for (size_t i = 0; i < text.len && (kind == DOCUMENT_UPPER_ALPHA || kind == DOCUMENT_UPPER_ROMAN); i++)
		room[i] = ascii_to_upper(room[i]);
	return text;
}

/* Whether a text goes on with small letters, itself in any case. */
static bool goes_on(struct str text, struct str small)
{
	if (text.len < small.len)
		return false;
	for (size_t i = 0; i < small.len; i++) {
		if (ascii_to_lower(text.ptr[i]) != small.ptr[i])
			return false;
	}
	return true;
}

long enumeration_read_roman(struct str numeral, enum document_enumeration kind)
{
	char room[ENUMERATION_ROOM];
	struct str rest = numeral;
	long number = 0;

	for (size_t i = 0; i < sizeof(roman) / sizeof(roman[0]) && number <= ROMAN_MAX; i++) {
		struct str digits = str_of(roman[i].digits);

		for (; goes_on(rest, digits) && number <= ROMAN_MAX; rest = str_slice(rest, digits.len, rest.len))
			number += roman[i].value;
	}
	/* Well-formed is what would be written in the same way. */
	return str_equal(enumeration_write(room, kind, number), numeral) ? number : 0;
}
