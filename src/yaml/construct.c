#include "yaml/construct.h"

#include "base/base64.h"
#include "base/utf8.h"
#include "yaml/timestamp.h"

bool yaml_construct_timestamp(struct strbuf *out, struct str text, bool *is_date)
{
	struct timestamp timestamp;

	if (!timestamp_match(&timestamp, text) || !timestamp_valid(&timestamp))
		return false;
	timestamp_format(out, &timestamp);
	*is_date = !timestamp.has_time;
	return true;
}

/* Python's lenient decoder: characters that are no digits are skipped, what follows sufficient padding is ignored, and a group must not be left
 * unfinished. */
bool yaml_construct_binary(struct strbuf *out, struct str text)
{
	unsigned digits = 0, padding = 0, bits = 0; /* of the current group of four digits */
	bool complete = false;

	if (!utf8_is_ascii(text))
		return false;
	for (size_t i = 0; i < text.len && !complete; i++) {
		int value = base64_digit(text.ptr[i]);

		if (text.ptr[i] == '=' && digits >= 2) {
			padding++;
			complete = digits + padding >= 4;
		} else if (value >= 0) {
			padding = 0;
			bits = bits << 6 | (unsigned)value;
			if (digits > 0)
				strbuf_append_char(out, (char)(bits >> (6 - 2 * digits) & 0xFF));
			digits = (digits + 1) % 4;
		}
	}
	return complete || digits == 0;
}
