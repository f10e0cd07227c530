/* The cases of what is generated, and of what is derived from other values. */
#include "generate/generate.h"
#include "generate/verify.h"
#include "sync/plan_private.h"

typedef const char *verify_function(struct secret *value);

/* The form of what is random. Of passwords any value is right. */
static const char *any_form(struct secret *value)
{
	(void)value;
	return NULL;
}

static verify_function *form_of(enum generate_type type)
{
	switch (type) {
	case GENERATE_GAFAELFAWR_TOKEN:
		return verify_gafaelfawr_token;
	case GENERATE_FERNET_KEY:
		return verify_fernet_key;
	case GENERATE_RSA_PRIVATE_KEY:
		return verify_rsa_private_key;
	default:
		return any_form;
	}
}

/* A value without a byte order mark and white space around it, where it is of the form then. NULL: it is not. */
static struct secret *trim(struct plan *plan, struct secret *value, verify_function *verify)
{
	static const struct str mark = {"\xEF\xBB\xBF", 3};
	struct str text = secret_str(value);
	struct secret *trimmed;

	if (str_starts_with(text, mark))
		text = str_slice(text, mark.len, text.len);
	text = str_trim(text);
	if (text.len == secret_size(value))
		return NULL;
	trimmed = secret_new(text.ptr, text.len);
	if (verify(trimmed)) {
		secret_free(trimmed);
		return NULL;
	}
	return plan_own(plan, trimmed);
}

/* What is malformed for us may still be a key that others use. */
static bool is_private_key(struct secret *value)
{
	return str_contains(secret_str(value), STR("PRIVATE KEY-----"));
}

void plan_case_generated(struct plan_case *out, struct planner *planner, const struct planned_key *key)
{
	verify_function *verify = form_of(key->key.generate);
	const struct store_value *stored = plan_held(&key->key);

	out->known = key->renewal ? KNOWN_RENEWAL : KNOWN_NOTHING;
	if (stored && verify == any_form) {
		out->remote = REMOTE_RIGHT;
		return;
	}
	if (!plan_case_stored(out, key))
		return;
	plan_case_judge(out, verify(stored->text));
	if (out->remote != REMOTE_MALFORMED)
		return;
	out->value = trim(planner->plan, stored->text, verify);
	if (out->value)
		out->remote = REMOTE_PADDED;
	else if (key->key.generate == GENERATE_RSA_PRIVATE_KEY && is_private_key(stored->text))
		out->remote = REMOTE_FOREIGN;
}

/* Why bcrypt cannot take a source; absent: it can. */
static struct str unfit(const struct planned_key *source)
{
	struct secret *value = plan_final(&source->key);

	if (!value) {
		bool is_long = source->root->value_kind == PLAN_VALUE_GENERATED &&
			       source->root->generate == GENERATE_RSA_PRIVATE_KEY;

		return is_long ? STR("is longer than the 72 bytes that bcrypt looks at") : STR_ABSENT;
	}
	if (str_find(secret_str(value), '\0') < secret_size(value))
		return STR("has a NUL byte, where bcrypt takes it to end");
	if (secret_size(value) > GENERATE_BCRYPT_SOURCE_MAX)
		return STR("is longer than the 72 bytes that bcrypt looks at");
	return STR_ABSENT;
}

/* What is known of the source of a hash. */
static void judge_source(struct plan_case *out, const struct planned_key *key)
{
	const struct planned_key *source = (const struct planned_key *)key->key.source;

	out->known = plan_source_state(&source->key);
	if (out->known == KNOWN_UNRESOLVED || out->known == KNOWN_NOTHING)
		return;
	out->why = out->known == KNOWN_UNFIT ? STR("is no string in the store") : unfit(source);
	if (!str_is_absent(out->why))
		out->known = KNOWN_UNFIT;
	else if (key->renewal)
		out->known = KNOWN_RENEWAL;
}

void plan_case_hash(struct plan_case *out, struct planner *planner, const struct planned_key *key)
{
	struct secret *hash;

	judge_source(out, key);
	out->remote = plan_held(&key->key) ? REMOTE_OTHER : REMOTE_ABSENT;
	if (out->known != KNOWN_VALUE || !plan_case_stored(out, key))
		return;
	hash = key->key.stored->text;
	plan_case_judge(out, verify_bcrypt_form(hash));
	if (out->remote == REMOTE_RIGHT &&
		!bcrypt_verdicts_ask(planner->input->verdicts, hash, plan_final(key->key.source)))
		out->remote = REMOTE_OTHER;
}

static bool renews_hash(struct planner *planner, const struct resolved_secret *user)
{
	struct planned_key *hash = plan_planned_key(planner->plan, user->application->name, user->spec->key);

	if (!hash || hash->key.generate != GENERATE_BCRYPT_PASSWORD_HASH)
		return false;
	plan_decide(planner, hash);
	return hash->key.action == PLAN_UPDATE || hash->key.action == PLAN_ROTATE;
}

/* Whether a hash of a source is renewed: asked for once a source. */
static bool is_rehashed(struct planner *planner, struct planned_key *source)
{
	const struct resolved_secret *user = source->key.secret->first_user;

	if (source->rehashed == TRISTATE_UNKNOWN) {
		source->rehashed = TRISTATE_NO;
		for (; user && source->rehashed == TRISTATE_NO; user = user->next_user) {
			if (user->origin == ORIGIN_GENERATE && renews_hash(planner, user))
				source->rehashed = TRISTATE_YES;
		}
	}
	return source->rehashed == TRISTATE_YES;
}

static enum plan_known time_state(struct planner *planner, const struct planned_key *key)
{
	struct planned_key *source = (struct planned_key *)key->key.source;
	enum plan_known state = plan_source_state(&source->key);

	if (state == KNOWN_NOTHING || state == KNOWN_UNRESOLVED)
		return state;
	if (key->renewal)
		return KNOWN_RENEWAL;
	if (source->key.action == PLAN_ROTATE)
		return KNOWN_ROTATED;
	if (plan_changes(source->key.action))
		return KNOWN_CHANGED;
	return is_rehashed(planner, source) ? KNOWN_REHASHED : KNOWN_VALUE;
}

void plan_case_time(struct plan_case *out, struct planner *planner, const struct planned_key *key)
{
	out->known = time_state(planner, key);
	if (plan_case_stored(out, key))
		plan_case_judge(out, verify_mtime(key->key.stored->text));
}
