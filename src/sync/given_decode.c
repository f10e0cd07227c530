#include "sync/given_decode.h"

#include "base/utf8.h"
#include "generate/base64.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

static struct str text_of(struct secret *secret)
{
	return (struct str){.ptr = secret_bytes(secret), .len = secret_size(secret)};
}

struct secret *given_decode(struct secret *encoded, const char **problem)
{
	struct secret *secret = base64_decode(encoded);

	if (secret && utf8_valid_prefix(text_of(secret)) == secret_size(secret))
		return secret;
	if (secret)
		*problem = "is base64 of something that is not text in UTF-8";
	else if (str_starts_with(text_of(encoded), STR(BYTE_ORDER_MARK)))
		*problem = "has a byte order mark, which cannot be seen, before its base64";
	else
		*problem = "is not base64, although the secret is declared with `onepassword.encoded`";
	secret_free(secret);
	return NULL;
}
