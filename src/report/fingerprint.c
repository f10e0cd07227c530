/* The identity of a finding for baselines and trackers. */
#include <stdio.h>
#include <xxhash.h>

#include "report/report.h"

/* With its length in front, so that no two lists of parts give the same bytes. */
static void append_part(struct strbuf *bytes, struct str part)
{
	strbuf_append_uint(bytes, part.len);
	strbuf_append_char(bytes, ':');
	strbuf_append(bytes, part);
}

void report_fingerprint(char out[REPORT_FINGERPRINT_SIZE], const struct diag *diag)
{
	bool identified = !str_is_absent(diag->subject) || !str_is_absent(diag->token);
	struct strbuf bytes = STRBUF_INIT;
	XXH128_canonical_t canonical;

	append_part(&bytes, str_of(diag->rule->code));
	if (identified) {
		append_part(&bytes, diag->subject);
		append_part(&bytes, diag->token);
	} else {
		append_part(&bytes, diag->span.source != NULL ? diag->span.source->path : STR_ABSENT);
		append_part(&bytes, diag->message);
	}
	XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes.ptr, bytes.len));
	for (size_t i = 0; i < sizeof(canonical.digest); i++)
		snprintf(out + 2 * i, 3, "%02x", (unsigned)canonical.digest[i]);
	strbuf_release(&bytes);
}
