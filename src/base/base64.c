#include "base/base64.h"

void base64_encode(char *out, struct str bytes, bool url_safe)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
	const char *last = url_safe ? "-_" : "+/";

	for (size_t i = 0; i < bytes.len; i += 3) {
		struct str group = str_slice(bytes, i, 3);
		unsigned bits = 0;

		for (size_t j = 0; j < 3; j++)
			bits = bits << 8 | (j < group.len ? (unsigned char)group.ptr[j] : 0);
		for (size_t j = 0; j < 4; j++) {
			unsigned digit = bits >> (18 - 6 * j) & 63;

			if (j > group.len)
				*out++ = '=';
			else
				*out++ = digit < 62 ? letters[digit] : last[digit - 62];
		}
	}
}

/* Where decoding stands. Without out, bytes are counted only. */
struct decoder {
	unsigned char *out;
	size_t size;
	unsigned bits;
	unsigned digits;  /* of the current group of four */
	unsigned padding; /* likewise */
};

static bool decoder_take(struct decoder *decoder, char c)
{
	int value = base64_digit(c);

	if (c == '=') {
		decoder->padding++;
		return decoder->digits >= 2 && decoder->digits + decoder->padding <= 4;
	}
	if (value < 0 || decoder->padding > 0)
		return false;
	decoder->bits = decoder->bits << 6 | (unsigned)value;
	if (decoder->digits > 0) {
		if (decoder->out)
			decoder->out[decoder->size] = (unsigned char)(decoder->bits >> (6 - 2 * decoder->digits));
		decoder->size++;
	}
	decoder->digits = (decoder->digits + 1) % 4;
	return true;
}

static bool decode(struct decoder *decoder, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!ascii_is_space(text.ptr[i]) && !decoder_take(decoder, text.ptr[i]))
			return false;
	}
	return decoder->digits == 0 ? decoder->padding == 0 : decoder->digits + decoder->padding == 4;
}

struct secret *base64_decode(struct secret *text)
{
	struct str characters = secret_str(text);
	struct decoder counting = {.out = NULL}, decoding = {.out = NULL};
	struct secret *bytes;

	if (!decode(&counting, characters))
		return NULL;
	bytes = secret_new(NULL, counting.size);
	decoding.out = secret_bytes(bytes);
	decode(&decoding, characters);
	secret_wipe(&decoding, sizeof(decoding));
	secret_wipe(&counting, sizeof(counting));
	return bytes;
}

bool base64_is_url_safe(char c)
{
	return ascii_is_word(c) || c == '-';
}
