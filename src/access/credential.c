#include "access/credential.h"

#include "base/ascii.h"
#include "base/base64.h"
#include "store/json_values.h"

#define CENTURY ((uint64_t)36525 * 24 * 3600)

void credential_init(struct credential *credential, enum credential_kind kind)
{
	*credential = (struct credential){
		.kind = kind, .role_id = STR_ABSENT, .display_name = STR_ABSENT, .expires = STR_ABSENT};
	arena_init_sensitive(&credential->arena);
	vec_init(&credential->policies, sizeof(struct str));
	vec_init(&credential->old, sizeof(struct str));
}

void credential_release(struct credential *credential)
{
	secret_free(credential->value);
	vec_release(&credential->policies);
	vec_release(&credential->old);
	arena_release(&credential->arena);
}

/* Pieces of a text, some of which are secret; what is made for it is freed with it. */
struct pieces {
	struct vec parts; /* struct str */
	struct vec owned; /* struct secret * */
};

static void pieces_init(struct pieces *pieces)
{
	vec_init(&pieces->parts, sizeof(struct str));
	vec_init(&pieces->owned, sizeof(struct secret *));
}

static struct secret *pieces_join(struct pieces *pieces)
{
	struct secret *text = json_values_join(pieces->parts.items, pieces->parts.len);

	for (size_t i = 0; i < pieces->owned.len; i++)
		secret_free(vec_pointer(&pieces->owned, i));
	vec_release(&pieces->owned);
	vec_release(&pieces->parts);
	return text;
}

static void add(struct pieces *pieces, struct str text)
{
	*(struct str *)vec_push(&pieces->parts) = text;
}

static void add_owned(struct pieces *pieces, struct secret *secret)
{
	vec_push_pointer(&pieces->owned, secret);
	add(pieces, secret_str(secret));
}

/* A text in double quotes, which is the same in YAML as in JSON. */
static void add_quoted(struct pieces *pieces, const char *before, struct str text, const char *behind)
{
	add(pieces, str_of(before));
	add_owned(pieces, json_values_quote(text));
	add(pieces, str_of(behind));
}

static void add_policies(struct pieces *pieces, const struct vec *policies)
{
	add(pieces, policies->len > 0 ? STR("policies:\n") : STR("policies: []\n"));
	for (size_t i = 0; i < policies->len; i++)
		add_quoted(pieces, "- ", *(const struct str *)vec_at(policies, i), "\n");
}

static void add_number(struct pieces *pieces, struct arena *arena, const char *key, uint64_t number)
{
	struct strbuf text = STRBUF_INIT;

	strbuf_printf(&text, "%s: ", key);
	strbuf_append_uint(&text, number);
	strbuf_append_char(&text, '\n');
	add(pieces, arena_str(arena, strbuf_str(&text)));
	strbuf_release(&text);
}

static void add_approle(struct pieces *pieces, const struct credential *credential, struct arena *arena)
{
	add_policies(pieces, &credential->policies);
	add_quoted(pieces, "role_id: ", credential->role_id, "\n");
	add_quoted(pieces, "secret_id: ", secret_str(credential->value), "\n");
	add_quoted(pieces, "secret_id_accessor: ", credential->accessor, "\n");
	add_number(pieces, arena, "token_max_ttl", credential->token_max_ttl);
	add_number(pieces, arena, "token_ttl", credential->token_ttl);
}

static void add_token(struct pieces *pieces, const struct credential *credential)
{
	add_quoted(pieces, "accessor: ", credential->accessor, "\n");
	add_quoted(pieces, "display_name: ", credential->display_name, "\n");
	if (str_is_absent(credential->expires))
		add(pieces, STR("expires: null\n"));
	else
		add_quoted(pieces, "expires: ", credential->expires, "\n");
	add_policies(pieces, &credential->policies);
	add_quoted(pieces, "token: ", secret_str(credential->value), "\n");
}

struct secret *credential_yaml(const struct credential *credential)
{
	struct pieces pieces;
	struct arena arena;

	arena_init(&arena);
	pieces_init(&pieces);
	if (credential->kind == CREDENTIAL_READ_APPROLE)
		add_approle(&pieces, credential, &arena);
	else
		add_token(&pieces, credential);
	struct secret *text = pieces_join(&pieces);
	arena_release(&arena);
	return text;
}

static void add_base64(struct pieces *pieces, const char *before, struct str bytes)
{
	struct secret *encoded = secret_new(NULL, base64_size(bytes.len));

	base64_encode(secret_bytes(encoded), bytes, false);
	add(pieces, str_of(before));
	add_owned(pieces, encoded);
	add(pieces, STR("\n"));
}

struct secret *credential_secret(const struct credential *credential, struct str name)
{
	struct pieces pieces;

	pieces_init(&pieces);
	add(&pieces, STR("apiVersion: v1\nkind: Secret\n"));
	add_quoted(&pieces, "metadata:\n  name: ", name, "\n  namespace: vault-secrets-operator\n");
	add(&pieces, STR("type: Opaque\ndata:\n"));
	add_base64(&pieces, "  VAULT_ROLE_ID: ", credential->role_id);
	add_base64(&pieces, "  VAULT_SECRET_ID: ", secret_str(credential->value));
	return pieces_join(&pieces);
}

bool credential_is_secret_name(struct str name)
{
	if (name.len == 0 || name.len > 253)
		return false;
	while (!str_is_absent(name)) {
		struct str label = str_cut(&name, '.');
		if (label.len == 0 || label.ptr[0] == '-' || label.ptr[label.len - 1] == '-')
			return false;
		for (size_t i = 0; i < label.len; i++) {
			char c = label.ptr[i];
			if (!ascii_is_lower(c) && !ascii_is_digit(c) && c != '-')
				return false;
		}
	}
	return true;
}

static uint64_t unit_seconds(char unit)
{
	static const struct {
		char name;
		uint64_t seconds;
	} units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}, {'w', 604800}};

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (units[i].name == unit)
			return units[i].seconds;
	}
	return 0;
}

bool credential_duration(uint64_t *seconds, struct str text)
{
	uint64_t sum = 0;

	while (text.len > 0) {
		uint64_t number = 0;
		size_t digits = 0;
		for (; digits < text.len && ascii_is_digit(text.ptr[digits]); digits++) {
			if (number > CENTURY)
				return false;
			number = number * 10 + (uint64_t)(text.ptr[digits] - '0');
		}
		/* A number alone is one of seconds. */
		uint64_t unit = digits < text.len ? unit_seconds(text.ptr[digits]) : sum == 0 ? 1 : 0;
		if (digits == 0 || unit == 0 || number > CENTURY / unit)
			return false;
		sum += number * unit;
		if (sum > CENTURY)
			return false;
		text = str_slice(text, digits + 1, text.len);
	}
	*seconds = sum;
	return sum > 0;
}
