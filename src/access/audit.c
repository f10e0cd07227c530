#include "access/audit.h"

#include <stdarg.h>

#include "access/approle.h"
#include "access/tokens.h"
#include "base/utf8.h"

/* Whoever is warned this long before has time to make another token. */
#define EXPIRY_WARNING ((uint64_t)7 * 24 * 3600)

void access_audit_init(struct access_audit *audit)
{
	*audit = (struct access_audit){.names = {STR_ABSENT, STR_ABSENT}};
	arena_init(&audit->arena);
	vec_init(&audit->problems, sizeof(struct audit_problem));
}

void access_audit_release(struct access_audit *audit)
{
	vec_release(&audit->problems);
	arena_release(&audit->arena);
}

static struct audit_problem *add(struct access_audit *audit, enum audit_subject subject, enum audit_problem_kind kind,
	const char *format, ...) __attribute__((format(printf, 4, 5)));

static struct audit_problem *add(
	struct access_audit *audit, enum audit_subject subject, enum audit_problem_kind kind, const char *format, ...)
{
	struct audit_problem *problem = vec_push(&audit->problems);
	va_list args;

	*problem = (struct audit_problem){
		.subject = subject, .kind = kind, .policy = STR_ABSENT, .path = STR_ABSENT, .accessor = STR_ABSENT};
	va_start(args, format);
	problem->message = arena_vprintf(&audit->arena, format, args);
	va_end(args);
	return problem;
}

/* The policies that a credential has: its own, and that of everybody. */
static void check_attached(struct access_audit *audit, enum audit_subject subject, const struct vec *policies,
	struct str wanted, struct str accessor)
{
	bool has_wanted = false;

	for (size_t i = 0; i < policies->len; i++) {
		struct str name = *(const struct str *)vec_at(policies, i);
		if (str_equal(name, wanted)) {
			has_wanted = true;
		} else if (!str_is(name, "default")) {
			struct audit_problem *problem = add(audit, subject, AUDIT_POLICY_EXTRA,
				"has the policy %.*s, which it should not", STR_ARG(name));
			problem->policy = arena_str(&audit->arena, name);
			problem->accessor = accessor;
		}
	}
	if (!has_wanted) {
		struct audit_problem *problem =
			add(audit, subject, AUDIT_POLICY_ABSENT, "does not have the policy %.*s", STR_ARG(wanted));
		problem->policy = wanted;
		problem->accessor = accessor;
	}
}

static void add_difference(struct access_audit *audit, enum audit_subject subject, struct str name,
	const struct policy_difference *difference)
{
	static const enum audit_problem_kind kind_of[] = {
		[POLICY_LACKS] = AUDIT_GRANT_MISSING,
		[POLICY_EXCEEDS] = AUDIT_GRANT_EXTRA,
		[POLICY_LIMITED] = AUDIT_GRANT_LIMITED,
		[POLICY_UNREAD] = AUDIT_POLICY_UNREAD,
	};
	struct strbuf text = STRBUF_INIT;

	policy_describe(&text, difference);
	struct audit_problem *problem =
		add(audit, subject, kind_of[difference->kind], "the policy %.*s %s", STR_ARG(name), text.ptr);
	strbuf_release(&text);
	problem->policy = name;
	problem->path = arena_str(&audit->arena, difference->path);
	problem->capabilities = difference->capabilities;
}

static void compare(struct access_audit *audit, enum audit_subject subject, struct str name, struct str wanted_text,
	struct str actual_text)
{
	struct vec differences = VEC_INIT(struct policy_difference);
	struct policy wanted, actual;

	policy_init(&wanted);
	policy_init(&actual);
	policy_read(&wanted, wanted_text);
	policy_read(&actual, actual_text);
	policy_compare(&differences, &wanted, &actual);
	for (size_t i = 0; i < differences.len; i++)
		add_difference(audit, subject, name, vec_at(&differences, i));
	vec_release(&differences);
	policy_release(&wanted);
	policy_release(&actual);
}

/* What the policy of a kind grants. */
static bool check_policy(struct access_audit *audit, struct access_session *session, enum audit_subject subject,
	enum policy_kind kind, struct error *error)
{
	struct str name = arena_str(&audit->arena, session->policies[kind]);
	struct str text;

	if (!access_read_policy(session, name, &text, error))
		return false;
	if (str_is_absent(text))
		add(audit, subject, AUDIT_POLICY_MISSING, "there is no policy %.*s", STR_ARG(name))->policy = name;
	else
		compare(audit, subject, name, policy_text(&session->arena, kind, session->mount, session->path), text);
	return true;
}

static bool check_approle(struct access_audit *audit, struct access_session *session, struct error *error)
{
	struct str wanted = arena_str(&audit->arena, session->policies[POLICY_KIND_READ]);
	struct approle approle;
	bool good = approle_read(&approle, session, error);

	if (good && approle.exists)
		check_attached(audit, AUDIT_READ_APPROLE, &approle.policies, wanted, STR_ABSENT);
	else if (good)
		add(audit, AUDIT_READ_APPROLE, AUDIT_MISSING, "does not exist");
	approle_release(&approle);
	return good && check_policy(audit, session, AUDIT_READ_APPROLE, POLICY_KIND_READ, error);
}

static void check_expiry(struct access_audit *audit, const struct token *token, struct str accessor)
{
	struct audit_problem *problem;

	if (str_is_absent(token->expires) || token->ttl > EXPIRY_WARNING)
		return;
	if (token->ttl == 0)
		problem = add(audit, AUDIT_WRITE_TOKEN, AUDIT_EXPIRED, "has expired (%.*s)", STR_ARG(token->expires));
	else
		problem = add(audit, AUDIT_WRITE_TOKEN, AUDIT_EXPIRES, "will expire within 7 days (%.*s)",
			STR_ARG(token->expires));
	problem->accessor = accessor;
}

static void check_tokens(struct access_audit *audit, const struct access_session *session, const struct vec *tokens)
{
	struct str wanted = arena_str(&audit->arena, session->policies[POLICY_KIND_WRITE]);
	size_t own = 0;

	for (size_t i = 0; i < tokens->len; i++) {
		const struct token *token = vec_at(tokens, i);
		struct str accessor = arena_str(&audit->arena, token->accessor);
		if (token_is_of_another(token, session))
			continue;
		own++;
		check_attached(audit, AUDIT_WRITE_TOKEN, &token->policies, wanted, accessor);
		check_expiry(audit, token, accessor);
	}
	if (own == 0)
		add(audit, AUDIT_WRITE_TOKEN, AUDIT_MISSING, "does not exist");
	if (own > 1)
		add(audit, AUDIT_WRITE_TOKEN, AUDIT_SEVERAL, "is there %zu times", own);
}

bool access_audit_run(struct access_audit *audit, struct access_session *session, struct error *error)
{
	struct vec tokens;

	audit->names[AUDIT_READ_APPROLE] = arena_str(&audit->arena, session->name);
	audit->names[AUDIT_WRITE_TOKEN] = arena_str(&audit->arena, session->display_name);
	bool good = check_approle(audit, session, error);
	if (!good)
		return false;
	good = tokens_find(&tokens, session, error);
	if (good)
		check_tokens(audit, session, &tokens);
	tokens_release(&tokens);
	return good && check_policy(audit, session, AUDIT_WRITE_TOKEN, POLICY_KIND_WRITE, error);
}

static const struct {
	const char *title;
	const char *name;
	const char *remedy; /* the command that makes the credential and its policy anew */
} subjects[AUDIT_SUBJECT_COUNT] = {
	[AUDIT_READ_APPROLE] = {"Read AppRole", "read-approle", "create-read-approle"},
	[AUDIT_WRITE_TOKEN] = {"Write token", "write-token", "create-write-token"},
};

static void append_subject(
	struct strbuf *out, const struct access_audit *audit, enum audit_subject subject, struct str environment)
{
	bool begun = false;

	for (size_t i = 0; i < audit->problems.len; i++) {
		const struct audit_problem *problem = vec_at(&audit->problems, i);
		if (problem->subject != subject)
			continue;
		if (!begun) {
			strbuf_append_c(out, out->len > 0 ? "\n" : "");
			strbuf_printf(out, "%s %.*s:\n", subjects[subject].title, STR_ARG(audit->names[subject]));
			begun = true;
		}
		strbuf_append_c(out, "• ");
		strbuf_append_visible(out, problem->message);
		if (!str_is_absent(problem->accessor)) {
			strbuf_append_c(out, " (accessor ");
			strbuf_append_visible(out, problem->accessor);
			strbuf_append_char(out, ')');
		}
		strbuf_append_char(out, '\n');
	}
	if (!begun)
		return;
	strbuf_printf(out, "to do: 'aspis vault %s ", subjects[subject].remedy);
	strbuf_append_visible(out, environment);
	strbuf_append_c(out, "' makes a new one that has what it has to, and ends the old\n");
}

void access_audit_text(struct strbuf *out, const struct access_audit *audit, struct str environment)
{
	for (unsigned i = 0; i < AUDIT_SUBJECT_COUNT; i++)
		append_subject(out, audit, (enum audit_subject)i, environment);
}

static void append_capabilities(struct json_writer *json, unsigned capabilities)
{
	json_key(json, "capabilities");
	json_begin_array(json);
	for (unsigned i = 0; i < POLICY_CAPABILITY_COUNT; i++) {
		if (capabilities & 1U << i)
			json_string_c(json, policy_capability_name((enum policy_capability)i));
	}
	json_end_array(json);
}

static void append_problem(
	struct json_writer *json, const struct access_audit *audit, const struct audit_problem *problem)
{
	static const char *const kinds[] = {
#define X(id, name) [AUDIT_##id] = name,
		AUDIT_PROBLEMS(X)
#undef X
	};

	json_begin_object(json);
	json_member_c(json, "subject", subjects[problem->subject].name);
	json_member_str(json, "name", audit->names[problem->subject]);
	json_member_c(json, "problem", kinds[problem->kind]);
	json_member_str(json, "message", problem->message);
	json_member_str(json, "policy", problem->policy);
	json_member_str(json, "path", problem->path);
	append_capabilities(json, problem->capabilities);
	json_member_str(json, "accessor", problem->accessor);
	json_end_object(json);
}

void access_audit_json(struct strbuf *out, const struct access_audit *audit, struct str environment)
{
	struct json_writer json;

	json_writer_init(&json, out, 2);
	json_begin_object(&json);
	json_member_uint(&json, "version", 1);
	json_member_str(&json, "environment", environment);
	json_key(&json, "problems");
	json_begin_array(&json);
	for (size_t i = 0; i < audit->problems.len; i++)
		append_problem(&json, audit, vec_at(&audit->problems, i));
	json_end_array(&json);
	json_end_object(&json);
	json_writer_release(&json);
	strbuf_append_char(out, '\n');
}
