/* What `aspis secrets list ENV` prints. */
#ifndef ASPIS_REPORT_LIST_H
#define ASPIS_REPORT_LIST_H

#include "base/strbuf.h"
#include "delivery/delivery.h"
#include "model/resolve.h"

/* A line "application key" for each required secret, sorted, as Phalanx's own command prints them. */
void list_text(struct strbuf *out, const struct resolution *resolution);

/* One JSON object: {"version":1,"environment","secrets":[{"application","key","origin","generate","description","declared","condition","originCondition",
 * "copiedFrom","derivedFrom","copiedTo":[],"derived":[],"consumers":[]}]}, ended by a newline. What does not apply is null.
 * - declared: {"path","line"} of the entry in the secrets file that counts here;
 * - condition (of the secret) and originCondition (of its copy or generate stanza): {"if","truth","decided":{"path","line"}}, decided being the value
 *   that decided it, null where nothing sets it;
 * - copiedFrom: {"application","key","resolved"}; derivedFrom: {"key","resolved"}: resolved is false where check reports that it dangles;
 * - copiedTo, derived: {"application","key"} of those that take this one, sorted;
 * - consumers: {"kind","application","workload":{"kind","name"},"secret","key","namespace","path","line","column","certain"} of those that take it from Vault, sorted by place. The kind
 *   is "vaultSecret" for the manifest that copies it to a Secret, else how a workload (any object) uses that Secret: "env", "envFrom", "volume" and so on. key is the key of the Secret,
 *   for a vaultSecret that of the Vault entry; null where all keys are taken, or it is unknown. What is unknown of the others is null, too. certain is false where a condition around
 *   it is unknown, something else may make the Secret, or the key is unknown. */
void list_json(struct strbuf *out, const struct resolution *resolution, const struct delivery_environment *delivery);

#endif
