#include "sync/given_decode.h"

#include "base/base64.h"
#include "base/utf8.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

struct secret *given_decode(struct secret *encoded, const char **problem)
{
	struct secret *secret = base64_decode(encoded);

	if (secret && utf8_valid_prefix(secret_str(secret)) == secret_size(secret))
		return secret;
	if (secret)
		*problem = "is base64 of something that is not text in UTF-8";
	else if (str_starts_with(secret_str(encoded), STR(BYTE_ORDER_MARK)))
		*problem = "has a byte order mark, which cannot be seen, before its base64";
	else
		*problem = "is not base64, although the secret is declared with `onepassword.encoded`";
	secret_free(secret);
	return NULL;
}
