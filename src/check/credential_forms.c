/* The known forms of credentials: which prefix, which body, and what such a text is. */
#include "check/credential_parts.h"

enum {
	ENCODED_START = 14,       /* base64 characters of "-----BEGIN" */
	ENCODED_AUTHS = 12,       /* of {"auths": */
	ENCODED_LOOKED_AT = 1024, /* of a private key in base64 */
	FILE_LENGTH = 65536,
};

static bool in_alphabet(char c, enum alphabet alphabet)
{
	bool alnum = ascii_is_alnum(c);

	switch (alphabet) {
	case ALNUM:
		return alnum;
	case WORD:
		return alnum || c == '_';
	case URL_SAFE:
		return alnum || c == '_' || c == '-';
	case DOTTED:
		return alnum || c == '_' || c == '-' || c == '.';
	case HEX:
		return ascii_is_digit(c) || (c >= 'a' && c <= 'f');
	case BASE64:
		return alnum || c == '+' || c == '/' || c == '=';
	case SLASHED:
		return alnum || c == '/' || c == '_' || c == '-';
	case SLASHED_PLUS:
		return alnum || c == '+' || c == '/';
	case PERCENT:
		return alnum || c == '+' || c == '/' || c == '=' || c == '%';
	}
	return false;
}

typedef bool body_check(struct str token);

/* gt-, 22 characters, a full stop, 22 characters; and SendGrid's 22 and 43. */
static bool has_dot_at_22(struct str body)
{
	return body.len > 22 && body.ptr[22] == '.' && str_find_last(body, '.') == 22;
}

/* T…/B…/…, of which the last part is the secret. */
static bool is_slack_hook(struct str body)
{
	struct str rest = body;
	struct str team = str_cut(&rest, '/');
	struct str hook = str_cut(&rest, '/');

	return team.len >= 8 && hook.len >= 8 && rest.len >= 20 && is_real_body(rest);
}

static bool is_discord_hook(struct str body)
{
	size_t slash = str_find(body, '/');

	return slash >= 16 && body.len - slash > 60 && is_real_body(str_slice(body, slash + 1, body.len));
}

/* The body of a web token, whose first letters were the prefix; borrowed from the text, it begins three bytes earlier. */
static bool is_web_token_body(struct str body)
{
	return is_web_token((struct str){.ptr = body.ptr - 3, .len = body.len + 3});
}

/* The same for what begins with "-----BEGIN" in base64. */
static bool is_encoded_key(struct str body)
{
	struct str base64 = {.ptr = body.ptr - ENCODED_START, .len = body.len + ENCODED_START};
	struct strbuf text = STRBUF_INIT;

	if (base64.len > ENCODED_LOOKED_AT)
		base64.len = ENCODED_LOOKED_AT;
	bool is_one = decode_base64(&text, base64) && is_private_key(strbuf_str(&text), 0);
	strbuf_release(&text);
	return is_one;
}

/* What logs in to registries, as kubectl writes it, in base64: {"auths":… */
static bool is_encoded_login(struct str body)
{
	struct str base64 = {.ptr = body.ptr - ENCODED_AUTHS, .len = body.len + ENCODED_AUTHS};
	struct strbuf text = STRBUF_INIT;
	bool is_one = decode_base64(&text, base64) && credential_in_settings(strbuf_str(&text)) != NULL;

	strbuf_release(&text);
	return is_one;
}

/* A form that begins with a prefix. Its body has at least and at most so many characters, all of an alphabet. */
struct form {
	const char *prefix;
	enum alphabet alphabet;
	size_t least;
	size_t most;
	body_check *check;
	const char *what;
};

enum { ANY_LENGTH = 4096 };

/* clang-format off */
static const struct form forms_upper_a[] = {
	{"AGE-SECRET-KEY-1", ALNUM, 50, 70, is_real_body, "an age private key"},
	{"AIza", URL_SAFE, 35, 35, is_real_body, "a Google API key"},
	{"ATATT3xFfGF0", URL_SAFE, 100, 300, is_real_body, "an Atlassian token"},
	{"AccountKey=", BASE64, 80, 100, is_real_body, "an Azure storage key"},
	{.prefix = NULL},
};
static const struct form forms_upper_b[] = {
	{"Basic ", BASE64, 8, 1024, is_basic_authorization, "a login in an Authorization header"},
	{"Bearer ", DOTTED, 20, ANY_LENGTH, credential_is_random, "a token in an Authorization header"},
	{.prefix = NULL},
};
static const struct form forms_upper_l[] = {
	{"LS0tLS1CRUdJTi", BASE64, 64, FILE_LENGTH, is_encoded_key, "a private key in base64"},
	{.prefix = NULL},
};
static const struct form forms_upper_n[] = {
	{"NRAK-", ALNUM, 27, 27, is_real_body, "a New Relic API key"},
	{.prefix = NULL},
};
static const struct form forms_upper_p[] = {
	{"PMAK-", URL_SAFE, 59, 59, is_real_body, "a Postman API key"},
	{.prefix = NULL},
};
static const struct form forms_upper_s[] = {
	{"SG.", DOTTED, 66, 66, has_dot_at_22, "a SendGrid API key"},
	{"SharedAccessKey=", BASE64, 43, 88, is_real_body, "an Azure access key"},
	{.prefix = NULL},
};
static const struct form forms_a[] = {
	{"atlasv1.", URL_SAFE, 60, 70, is_real_body, "a Terraform token"},
	{.prefix = NULL},
};
static const struct form forms_b[] = {
	{"b.", URL_SAFE, 100, ANY_LENGTH, is_real_body, "a Vault token"},
	{.prefix = NULL},
};
static const struct form forms_d[] = {
	{"dapi", HEX, 32, 32, is_real_body, "a Databricks token"},
	{"dckr_oat_", URL_SAFE, 20, 80, is_real_body, "a Docker token"},
	{"dckr_pat_", URL_SAFE, 20, 80, is_real_body, "a Docker token"},
	{"discord.com/api/webhooks/", SLASHED, 60, 200, is_discord_hook, "the secret address of a Discord webhook"},
	{"discordapp.com/api/webhooks/", SLASHED, 60, 200, is_discord_hook, "the secret address of a Discord webhook"},
	{"doo_v1_", HEX, 64, 64, is_real_body, "a DigitalOcean token"},
	{"dop_v1_", HEX, 64, 64, is_real_body, "a DigitalOcean token"},
	{"dor_v1_", HEX, 64, 64, is_real_body, "a DigitalOcean token"},
	{"dp.pt.", ALNUM, 40, 44, is_real_body, "a Doppler token"},
	{.prefix = NULL},
};
static const struct form forms_e[] = {
	{"eyJ", DOTTED, 30, FILE_LENGTH, is_web_token_body, "a JSON Web Token"},
	{"eyJhdXRocyI6", BASE64, 24, FILE_LENGTH, is_encoded_login, "a login for a registry in base64"},
	{.prefix = NULL},
};
static const struct form forms_f[] = {
	{"figd_", URL_SAFE, 40, 60, is_real_body, "a Figma token"},
	{.prefix = NULL},
};
static const struct form forms_g[] = {
	{"ghp_", WORD, 36, 255, is_real_body, "a GitHub token"},
	{"gho_", WORD, 36, 255, is_real_body, "a GitHub token"},
	{"ghu_", WORD, 36, 255, is_real_body, "a GitHub token"},
	{"ghs_", WORD, 36, 255, is_real_body, "a GitHub token"},
	{"ghr_", WORD, 36, 255, is_real_body, "a GitHub token"},
	{"github_pat_", WORD, 36, 255, is_real_body, "a GitHub token"},
	{"glpat-", DOTTED, 20, 300, is_real_body, "a GitLab token"},
	{"gldt-", DOTTED, 20, 300, is_real_body, "a GitLab token"},
	{"glrt-", DOTTED, 20, 300, is_real_body, "a GitLab token"},
	{"glcbt-", DOTTED, 20, 300, is_real_body, "a GitLab token"},
	{"glptt-", DOTTED, 20, 300, is_real_body, "a GitLab token"},
	{"glsoat-", DOTTED, 20, 300, is_real_body, "a GitLab token"},
	{"glagent-", DOTTED, 20, 300, is_real_body, "a GitLab token"},
	{"glsa_", WORD, 41, 60, is_real_body, "a Grafana token"},
	{"glc_", BASE64, 40, 400, is_real_body, "a Grafana token"},
	{"gt-", DOTTED, 45, 45, has_dot_at_22, "a Gafaelfawr token"},
	{.prefix = NULL},
};
static const struct form forms_h[] = {
	{"hf_", ALNUM, 30, 50, is_real_body, "a Hugging Face token"},
	{"hooks.slack.com/services/", SLASHED, 36, 100, is_slack_hook, "the secret address of a Slack webhook"},
	{"hvb.", URL_SAFE, 24, ANY_LENGTH, is_real_body, "a Vault token"},
	{"hvr.", URL_SAFE, 24, ANY_LENGTH, is_real_body, "a Vault token"},
	{"hvs.", URL_SAFE, 24, ANY_LENGTH, is_real_body, "a Vault token"},
	{.prefix = NULL},
};
static const struct form forms_k[] = {
	{"key-", HEX, 32, 32, is_real_body, "a Mailgun API key"},
	{.prefix = NULL},
};
static const struct form forms_l[] = {
	{"lin_api_", ALNUM, 40, 40, is_real_body, "a Linear API key"},
	{.prefix = NULL},
};
static const struct form forms_n[] = {
	{"npm_", ALNUM, 36, 36, is_real_body, "an npm token"},
	{.prefix = NULL},
};
static const struct form forms_o[] = {
	{"ops_eyJ", URL_SAFE, 80, ANY_LENGTH, is_real_body, "a 1Password service account token"},
	{.prefix = NULL},
};
static const struct form forms_p[] = {
	{"pul-", HEX, 40, 40, is_real_body, "a Pulumi token"},
	{"pypi-AgE", URL_SAFE, 50, 400, is_real_body, "a PyPI token"},
	{.prefix = NULL},
};
static const struct form forms_r[] = {
	{"rk_live_", ALNUM, 16, 200, is_real_body, "a Stripe key"},
	{.prefix = NULL},
};
static const struct form forms_s[] = {
	{"s.", ALNUM, 24, 24, credential_is_random, "a Vault token"},
	{"shpat_", HEX, 32, 32, is_real_body, "a Shopify token"},
	{"shpca_", HEX, 32, 32, is_real_body, "a Shopify token"},
	{"shpss_", HEX, 32, 32, is_real_body, "a Shopify token"},
	{"sig=", PERCENT, 43, 120, is_real_body, "an Azure shared access signature"},
	{"sk-ant-", URL_SAFE, 20, 300, is_real_body, "an Anthropic API key"},
	{"sk-proj-", URL_SAFE, 20, 300, is_real_body, "an OpenAI API key"},
	{"sk-svcacct-", URL_SAFE, 20, 300, is_real_body, "an OpenAI API key"},
	{"sk-", ALNUM, 40, 64, is_real_body, "an OpenAI API key"},
	{"sk_live_", ALNUM, 16, 200, is_real_body, "a Stripe key"},
	{"sntrys_", SLASHED, 40, 500, is_real_body, "a Sentry token"},
	{"sntryu_", HEX, 64, 64, is_real_body, "a Sentry token"},
	{"sq0csp-", URL_SAFE, 43, 43, is_real_body, "a Square secret"},
	{"sqa_", HEX, 40, 40, is_real_body, "a SonarQube token"},
	{"sqp_", HEX, 40, 40, is_real_body, "a SonarQube token"},
	{"squ_", HEX, 40, 40, is_real_body, "a SonarQube token"},
	{.prefix = NULL},
};
static const struct form forms_t[] = {
	{"tskey-", URL_SAFE, 20, 100, is_real_body, "a Tailscale key"},
	{.prefix = NULL},
};
static const struct form forms_x[] = {
	{"xapp-", URL_SAFE, 20, 300, is_real_body, "a Slack token"},
	{"xoxa-", URL_SAFE, 20, 300, is_real_body, "a Slack token"},
	{"xoxb-", URL_SAFE, 20, 300, is_real_body, "a Slack token"},
	{"xoxe-", URL_SAFE, 20, 300, is_real_body, "a Slack token"},
	{"xoxe.", URL_SAFE, 20, 300, is_real_body, "a Slack token"},
	{"xoxp-", URL_SAFE, 20, 300, is_real_body, "a Slack token"},
	{"xoxr-", URL_SAFE, 20, 300, is_real_body, "a Slack token"},
	{"xoxs-", URL_SAFE, 20, 300, is_real_body, "a Slack token"},
	{.prefix = NULL},
};

/* By their first letter, so that most words are dismissed by a look at it. */
static const struct form *const forms_by_letter[128] = {
	['A'] = forms_upper_a, ['B'] = forms_upper_b, ['L'] = forms_upper_l, ['N'] = forms_upper_n, ['P'] = forms_upper_p,
	['S'] = forms_upper_s, ['a'] = forms_a, ['b'] = forms_b, ['d'] = forms_d, ['e'] = forms_e, ['f'] = forms_f, ['g'] = forms_g,
	['h'] = forms_h, ['k'] = forms_k, ['l'] = forms_l, ['n'] = forms_n, ['o'] = forms_o, ['p'] = forms_p, ['r'] = forms_r,
	['s'] = forms_s, ['t'] = forms_t, ['x'] = forms_x,
};
/* clang-format on */

size_t body_length(struct str text, size_t start, enum alphabet alphabet, size_t most)
{
	size_t length = 0;

	while (start + length < text.len && length <= most && in_alphabet(text.ptr[start + length], alphabet))
		length++;
	return length;
}

static bool form_matches(const struct form *form, struct str text, size_t at)
{
	size_t start = at + strlen(form->prefix);
	size_t length = body_length(text, start, form->alphabet, form->most);
	size_t end = start + length;

	if (length < form->least || length > form->most || (end < text.len && ascii_is_word(text.ptr[end])))
		return false;
	return form->check(str_slice(text, start, length));
}

static const char *form_at(struct str text, size_t at)
{
	unsigned char first = (unsigned char)text.ptr[at];
	const struct form *form = first < 128 ? forms_by_letter[first] : NULL;

	for (; form != NULL && form->prefix != NULL; form++) {
		if (form->prefix[1] == text.ptr[at + 1] &&
			str_starts_with(str_slice(text, at, text.len), str_of(form->prefix)) &&
			form_matches(form, text, at))
			return form->what;
	}
	return NULL;
}

/* Eight to ten digits, a colon, 35 characters. */
static bool is_telegram_token(struct str text, size_t at)
{
	size_t digits = 0;

	while (at + digits < text.len && digits <= 10 && ascii_is_digit(text.ptr[at + digits]))
		digits++;
	size_t start = at + digits + 1;
	return digits >= 8 && digits <= 10 && start < text.len && text.ptr[start - 1] == ':' &&
	       body_length(text, start, URL_SAFE, 35) == 35 && is_real_body(str_slice(text, start, 35));
}

/* The number of a user in base64, which begins with one of three letters, a time and a signature. */
static bool is_discord_token(struct str text, size_t at)
{
	size_t user = body_length(text, at, URL_SAFE, 28);
	size_t time = body_length(text, at + user + 1, URL_SAFE, 7);
	size_t start = at + user + 1 + time + 1;
	size_t length = body_length(text, start, URL_SAFE, 40);

	return user >= 24 && user <= 28 && time >= 6 && time <= 7 && length >= 27 && length <= 40 &&
	       text.ptr[at + user] == '.' && text.ptr[start - 1] == '.' && is_real_body(str_slice(text, at, user)) &&
	       is_real_body(str_slice(text, start, length));
}

const char *form_at_word(struct str text, size_t at)
{
	char first = text.ptr[at];
	const char *what = form_at(text, at);

	if (what == NULL && ascii_is_digit(first) && is_telegram_token(text, at))
		what = "a Telegram bot token";
	if (what == NULL && first >= 'M' && first <= 'O' && is_discord_token(text, at))
		what = "a Discord bot token";
	return what;
}
