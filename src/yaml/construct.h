/* Values as CSafeLoader constructs them from scalars (PyYAML constructor.py; YAML 1.1 types, https://yaml.org/type/). */
#ifndef ASPIS_YAML_CONSTRUCT_H
#define ASPIS_YAML_CONSTRUCT_H

#include <stdbool.h>

#include "base/json_writer.h"
#include "base/strbuf.h"
#include "yaml/node.h"
#include "yaml/stream.h"

/* The type that a plain scalar has by the implicit resolver of YAML 1.1 as PyYAML has it. */
enum node_type yaml_implicit_type(struct str text);

/* Appends the value of an integer in decimal, of any size (bases 2, 8, 10, 16, 60; underscores). False where it is none. */
bool yaml_construct_int(struct strbuf *out, struct str text);

/* Appends the shortest decimal that reads back as the same double, or "inf", "-inf", "nan". False where it is no float. */
bool yaml_construct_float(struct strbuf *out, struct str text);

/* Appends a timestamp as Python's isoformat(); *is_date tells a date from a date and time. False where CSafeLoader raises. */
bool yaml_construct_timestamp(struct strbuf *out, struct str text, bool *is_date);

/* Appends the bytes of !!binary (base64 as Python's decodebytes reads it). */
bool yaml_construct_binary(struct strbuf *out, struct str text);

/* One JSON line per document as SPEC section 13 describes (`aspis debug yaml`). False, with "error LINE:COL: …" in out instead, where CSafeLoader rejects. */
bool yaml_dump(struct strbuf *out, const struct yaml_stream *stream);

/* One node of a stream that CSafeLoader does not reject, in that form. */
void yaml_dump_node(struct json_writer *json, const struct node *node);

#endif
