/* Whether the credentials of an environment are there and grant what they have to. */
#ifndef ASPIS_ACCESS_AUDIT_H
#define ASPIS_ACCESS_AUDIT_H

#include "access/session.h"
#include "base/strbuf.h"

enum audit_subject { AUDIT_READ_APPROLE, AUDIT_WRITE_TOKEN, AUDIT_SUBJECT_COUNT };

/* What is wrong, by the names that JSON has for it. */
#define AUDIT_PROBLEMS(X)                                                                                              \
	X(MISSING, "missing")                   /* the AppRole or the token */                                         \
	X(SEVERAL, "several")                   /* tokens of one name */                                               \
	X(POLICY_ABSENT, "policy-not-attached") /* the credential does not have its policy */                          \
	X(POLICY_EXTRA, "policy-beyond")        /* it has another besides */                                           \
	X(POLICY_MISSING, "policy-missing")     /* there is no such policy */                                          \
	X(GRANT_MISSING, "grant-missing")                                                                              \
	X(GRANT_EXTRA, "grant-beyond")                                                                                 \
	X(GRANT_LIMITED, "grant-limited")                                                                              \
	X(POLICY_UNREAD, "policy-unreadable")                                                                          \
	X(EXPIRED, "expired")                                                                                          \
	X(EXPIRES, "expires-soon")

enum audit_problem_kind {
#define X(id, name) AUDIT_##id,
	AUDIT_PROBLEMS(X)
#undef X
		AUDIT_PROBLEM_KIND_COUNT
};

struct audit_problem {
	enum audit_subject subject;
	enum audit_problem_kind kind;
	struct str policy;     /* absent: it is about none */
	struct str path;       /* of a grant */
	unsigned capabilities; /* of a grant: bits of enum policy_capability */
	struct str accessor;   /* of a token */
	struct str message;    /* a clause */
};

struct access_audit {
	struct arena arena;
	struct vec problems; /* struct audit_problem, by subject */
	struct str names[AUDIT_SUBJECT_COUNT];
};

void access_audit_init(struct access_audit *audit);
void access_audit_release(struct access_audit *audit);

/* Looks at everything and changes nothing. False and an error where not everything could be looked at. */
bool access_audit_run(struct access_audit *audit, struct access_session *session, struct error *error);

/* "Read AppRole idfdev:" with a line for each problem and the command that mends them, and the same for the token; nothing where nothing is wrong. */
void access_audit_text(struct strbuf *out, const struct access_audit *audit, struct str environment);
void access_audit_json(struct strbuf *out, const struct access_audit *audit, struct str environment);

#endif
