/* Any bytes as the name of a setting, up to the first line end, and its value behind that. */
#include <stdint.h>
#include <stdlib.h>

#include "check/credential.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* A copy of its own for the value: to read behind its end is an error then. */
	struct str input = {(const char *)data, size};
	size_t line_end = str_find(input, '\n');
	struct str name = str_slice(input, 0, line_end);
	struct str rest = str_slice(input, line_end + 1, size);
	char *bytes = malloc(rest.len > 0 ? rest.len : 1);

	if (bytes == NULL)
		abort();
	if (rest.len > 0)
		memcpy(bytes, rest.ptr, rest.len);
	struct str text = {bytes, rest.len};
	const char *form = credential_form(name, text);
	const char *setting = credential_of_setting(name, text);

	if (form != NULL && setting != form)
		abort();
	if (credential_anywhere(text) != NULL && form == NULL)
		abort();
	if (credential_is_random(text) && (credential_is_placeholder(text) || credential_is_public(text)))
		abort();
	credential_names_many(name);
	credential_is_identifier(name);
	free(bytes);
	return 0;
}
