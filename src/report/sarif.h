/* The parts of a SARIF log. For this room alone. */
#ifndef ASPIS_REPORT_SARIF_H
#define ASPIS_REPORT_SARIF_H

#include "base/json_writer.h"
#include "report/render.h"

/* "error", "warning", "note" or "none". */
const char *sarif_level(enum severity severity);

/* {"text": …}, under key. */
void sarif_message(struct json_writer *json, const char *key, struct str text);

/* The array of reportingDescriptor objects. */
void sarif_rules(struct json_writer *json, const struct report *report);

/* The array of results; returns how many of those shown were left out, because code scanning refuses a run with more than 25,000. Notes are left out
 * first, errors last. */
size_t sarif_results(struct json_writer *json, const struct report *report);

/* A path as a URI reference (RFC 3986): relative to %SRCROOT%, or with the scheme `file` where it is absolute. Every byte that is no unreserved character is
 * percent-encoded, so that any path will do, UTF-8 or not. */
void sarif_append_uri(struct strbuf *out, struct str path);

#endif
