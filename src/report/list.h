/* What `aspis secrets list ENV` prints. */
#ifndef ASPIS_REPORT_LIST_H
#define ASPIS_REPORT_LIST_H

#include "base/strbuf.h"
#include "model/resolve.h"

/* A line "application key" for each required secret, sorted, as Phalanx's own command prints them. */
void list_text(struct strbuf *out, const struct resolution *resolution);

/* One JSON object: {"version":1,"environment","secrets":[{"application","key","origin","generate","description","declared","condition","originCondition",
 * "copiedFrom","derivedFrom","copiedTo":[],"derived":[]}]}, ended by a newline. What does not apply is null.
 * - declared: {"path","line"} of the entry in the secrets file that counts here;
 * - condition (of the secret) and originCondition (of its copy or generate stanza): {"if","truth","decided":{"path","line"}}, decided being the value
 *   that decided it, null where nothing sets it;
 * - copiedFrom: {"application","key","resolved"}; derivedFrom: {"key","resolved"}: resolved is false where check reports that it dangles;
 * - copiedTo, derived: {"application","key"} of those that take this one, sorted. */
void list_json(struct strbuf *out, const struct resolution *resolution);

#endif
