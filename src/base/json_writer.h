/* Writes JSON as it goes (RFC 8259). Commas, colons and indentation are its own; misuse (a value where a key belongs) is a programming error and asserted. */
#ifndef ASPIS_BASE_JSON_WRITER_H
#define ASPIS_BASE_JSON_WRITER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "base/strbuf.h"
#include "base/vec.h"

struct json_writer {
	struct strbuf *out;
	unsigned indent;  /* spaces a level; 0: all on one line, no space at all */
	struct vec stack; /* private */
	bool after_key;   /* private */
};

/* Appends to out, which is borrowed. */
void json_writer_init(struct json_writer *json, struct strbuf *out, unsigned indent);
void json_writer_release(struct json_writer *json);

void json_begin_object(struct json_writer *json);
void json_end_object(struct json_writer *json);
void json_begin_array(struct json_writer *json);
void json_end_array(struct json_writer *json);

void json_key(struct json_writer *json, const char *key);
void json_key_str(struct json_writer *json, struct str key);

/* Control characters (and U+2028 and U+2029, which end lines in JavaScript) are escaped; other text is written as UTF-8; a byte that is no UTF-8
 * becomes U+FFFD. An absent string is written as null. */
void json_string(struct json_writer *json, struct str value);
void json_string_c(struct json_writer *json, const char *value);
void json_uint(struct json_writer *json, uint64_t value);
void json_bool(struct json_writer *json, bool value);
void json_null(struct json_writer *json);

/* A number or another value that is JSON text already; it is not checked. */
void json_raw(struct json_writer *json, struct str text);

/* Key and value at once. */
void json_member_str(struct json_writer *json, const char *key, struct str value);
void json_member_c(struct json_writer *json, const char *key, const char *value);
void json_member_uint(struct json_writer *json, const char *key, uint64_t value);
void json_member_bool(struct json_writer *json, const char *key, bool value);

#endif
