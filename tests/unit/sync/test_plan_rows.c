/* Every row of the decision table has a case here, with what it says written out once more; and docs/decisions.md is the table. */
#include "plan_fixture.h"

#include <fcntl.h>

#include "base/file.h"

struct row_case {
	unsigned row;
	const char *key;
	const char *given;
	const char *remote;
	const char *options;  /* "in contested": none, but the environment of that name */
	const char *decision; /* action, value, classes of the audit */
};

#define MOMENT "\"2024-01-02T03:04:05Z\""

static const struct row_case cases[] = {
	{11, "a/dangling", NULL, NULL, NULL, "blocked none unresolved"},
	{11, "b/round", NULL, NULL, NULL, "blocked none unresolved"},
	{11, "b/about", NULL, NULL, NULL, "blocked none unresolved"},
	{12, "a/dangling", NULL, "a {\"dangling\": \"x\"}", NULL, "blocked stored unresolved"},
	{12, "a/dangling", NULL, "a {\"dangling\": \"x\"}", "delete force", "blocked stored unresolved"},
	{13, "a/static", "a/static=x", NULL, "exclude=a", "keep none"},
	{13, "a/static", "a/static=x", NULL, "only=b", "keep none"},
	{14, "a/static", "a/static=x", "a {\"static\": \"y\"}", "exclude=a", "keep stored"},
	{14, "a/dangling", NULL, "a {\"dangling\": \"y\"}", "exclude=a", "keep stored"},
	{14, "nobody/a", NULL, "nobody {\"a\": \"y\"}", "delete force exclude=nobody", "keep stored"},
	{14, "nobody/a", NULL, "nobody {\"a\": \"y\"}", "delete force only=a", "keep stored"},
	{14, "a/token", NULL, "a {\"token\": \"x\"}", "regenerate exclude=a", "keep stored"},
	{15, "pull-secret/.dockerconfigjson", "registry h u p", NULL, "in contested", "conflict none unresolved"},
	{16, "pull-secret/.dockerconfigjson", NULL, "pull-secret {\".dockerconfigjson\": \"{}\"}", "in contested",
		"conflict stored unresolved"},
	{17, "a/token", NULL, "a {\"x\": 1, \"x\": 2}", NULL, "blocked none missing"},
	{18, "a/token", NULL, "a {\"x\": 1, \"x\": 2, \"token\": \"no\"}", NULL, "blocked stored malformed"},
	{18, "a/x", NULL, "a {\"x\": 1, \"x\": 2}", "delete", "blocked stored unknown"},

	{101, "a/static", "a/static=x", NULL, NULL, "create known missing"},
	{101, "a/static", "a/static=x", "-a {\"static\": \"x\"}", NULL, "create known missing"},
	{102, "a/static", "a/static=x", "a {\"static\": \"x\"}", NULL, "keep stored"},
	{103, "a/static", "a/static=\xEF\xBB\xBFx", "a {\"static\": \"\xEF\xBB\xBFx\"}", NULL, "keep stored malformed"},
	{104, "a/static", "a/static=x", "a {\"static\": \"y\"}", NULL, "update known mismatched"},
	{104, "a/static", "a/static=5", "a {\"static\": 5}", NULL, "update known mismatched"},
	{105, "a/static", NULL, NULL, NULL, "blocked none missing"},
	{105, "a/static", "a/static keep", NULL, NULL, "blocked none missing"},
	{105, "a/static", "a/other=x", NULL, NULL, "blocked none missing"},
	{105, "a/static", NULL, "a {\"static\": null}", NULL, "blocked none missing"},
	{106, "a/static", NULL, "a {\"static\": \"x\"}", NULL, "keep stored"},
	{106, "a/static", "a/static keep", "a {\"static\": \"x\"}", NULL, "keep stored"},
	{106, "a/static", NULL, "a {\"static\": \"one\\ntwo\\n\"}", NULL, "keep stored"},
	{107, "a/static", NULL, "a {\"static\": \"x\\n\"}", NULL, "keep stored malformed"},
	{107, "a/static", NULL, "a {\"static\": 5}", NULL, "keep stored malformed"},
	{107, "a/encoded", NULL, "a {\"encoded\": \"LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCg==\"}", NULL,
		"keep stored malformed"},
	{106, "a/static", NULL, "a {\"static\": \"LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCg==\"}", NULL, "keep stored"},
	{108, "a/static", "onepassword\na/static item", NULL, NULL, "blocked none missing missing_from_onepassword"},
	{109, "a/static", "onepassword\na/static field", "a {\"static\": \"x\"}", NULL,
		"blocked stored missing_from_onepassword"},
	{110, "a/static", "onepassword\na/static bad", NULL, NULL, "blocked none missing malformed"},
	{111, "a/static", "onepassword\na/static bad", "a {\"static\": \"x\"}", NULL, "blocked stored malformed"},

	{201, "a/literal", NULL, NULL, NULL, "create known missing"},
	{202, "a/literal", NULL, "a {\"literal\": \"written\"}", NULL, "keep stored"},
	{203, "a/literal", "a/literal=given", "a {\"literal\": \"given\"}", NULL, "update known mismatched"},

	{301, "b/static", "a/static=x", NULL, NULL, "create known missing"},
	{301, "b/static", NULL, "a {\"static\": \"x\"}", NULL, "create known missing"},
	{301, "b/static", "a/static=y", "a {\"static\": \"x\"}", "exclude=a", "create known missing"},
	{302, "b/static", "a/static=x", "b {\"static\": \"x\"}", NULL, "keep stored"},
	{302, "b/static", "a/static=y", "a {\"static\": \"x\"}\nb {\"static\": \"x\"}", "exclude=a", "keep stored"},
	{303, "b/static", "a/static=x", "b {\"static\": \"y\"}", NULL, "update known mismatched"},
	{301, "b/static", "a/static=x", "b {\"static\": null}", NULL, "create known missing"},
	{303, "b/static", "a/static=x", "b {\"static\": []}", NULL, "update known mismatched"},
	{303, "b/static", "onepassword\na/static item", "a {\"static\": \"x\"}\nb {\"static\": \"y\"}", NULL,
		"update known mismatched"},
	{304, "b/token", NULL, NULL, NULL, "create copied missing"},
	{304, "b/again", NULL, NULL, NULL, "create copied missing"},
	{305, "b/token", NULL, "b {\"token\": \"@token\"}", NULL, "update copied mismatched"},
	{306, "b/token", NULL, "a {\"token\": \"@token\"}", "rotate=a/token", "create copied missing"},
	{307, "b/token", NULL, "a {\"token\": \"@token\"}\nb {\"token\": \"@token\"}", "rotate=a/token",
		"rotate copied"},
	{307, "b/again", NULL, "a {\"token\": \"@token\"}\nb {\"token\": \"@token\", \"again\": \"@token\"}",
		"regenerate", "rotate copied"},
	{308, "b/static", NULL, NULL, NULL, "blocked none missing"},
	{308, "b/static", "a/static=x", NULL, "exclude=a", "blocked none missing"},
	{308, "b/token", NULL, "a {\"x\": 1, \"x\": 2}", NULL, "blocked none missing"},
	{309, "b/static", NULL, "b {\"static\": \"y\"}", NULL, "blocked stored"},
	{310, "b/static", NULL, "a {\"static\": 5}", NULL, "blocked none missing"},
	{311, "b/static", NULL, "a {\"static\": 5}\nb {\"static\": 5}", NULL, "keep stored"},
	{312, "b/static", NULL, "a {\"static\": 5}\nb {\"static\": \"5\"}", NULL, "blocked stored mismatched"},
	{313, "b/dangling", NULL, NULL, NULL, "blocked none unresolved"},
	{313, "b/dangling", NULL, "a {\"dangling\": \"x\"}", NULL, "blocked none unresolved"},
	{314, "b/dangling", NULL, "b {\"dangling\": \"x\"}", NULL, "blocked stored unresolved"},

	{401, "a/password", NULL, NULL, NULL, "create generated missing"},
	{401, "a/rsa", "a/rsa=given", NULL, NULL, "create generated missing"},
	{402, "a/password", NULL, "a {\"password\": \"anything \\n\"}", NULL, "keep stored"},
	{402, "a/password", NULL, "a {\"password\": \"\"}", NULL, "keep stored"},
	{402, "a/token", NULL, "a {\"token\": \"@token\"}", NULL, "keep stored"},
	{402, "a/fernet", NULL, "a {\"fernet\": \"@fernet\"}", NULL, "keep stored"},
	{402, "a/rsa", NULL, "a {\"rsa\": \"@rsa\"}", NULL, "keep stored"},
	{403, "a/token", NULL, "a {\"token\": \"@token\\n\"}", NULL, "update known malformed"},
	{403, "a/fernet", NULL, "a {\"fernet\": \"\xEF\xBB\xBF@fernet\\r\\n\"}", NULL, "update known malformed"},
	{404, "a/rsa", NULL, "a {\"rsa\": \"-----BEGIN EC PRIVATE KEY-----\\nx\\n-----END EC PRIVATE KEY-----\\n\"}",
		NULL, "keep stored malformed"},
	{405, "a/token", NULL, "a {\"token\": \"wrong\"}", NULL, "update generated malformed"},
	{405, "a/fernet", NULL, "a {\"fernet\": \"wrong\"}", NULL, "update generated malformed"},
	{405, "a/rsa", NULL, "a {\"rsa\": \"wrong\"}", NULL, "update generated malformed"},
	{405, "a/token", NULL, "a {\"token\": 5}", NULL, "update generated malformed"},
	{401, "a/token", NULL, "a {\"token\": null}", NULL, "create generated missing"},
	{401, "a/password", NULL, "a {\"password\": null}", NULL, "create generated missing"},
	{402, "a/password", NULL, "a {\"password\": 5}", NULL, "keep stored"},
	{406, "a/token", NULL, NULL, "regenerate", "create generated missing"},
	{407, "a/token", NULL, "a {\"token\": \"@token\"}", "regenerate", "rotate generated"},
	{407, "a/password", NULL, "a {\"password\": \"x\"}", "rotate=a/password", "rotate generated"},
	{402, "a/password", NULL, "a {\"password\": \"x\"}", "rotate=a/token", "keep stored"},

	{501, "a/hash", NULL, "a {\"password\": \"x\"}", NULL, "create generated missing"},
	{502, "a/hash", NULL, "a {\"password\": \"x\", \"hash\": \"@hash(x)\"}", NULL, "keep stored"},
	{502, "a/static-hash", NULL, "a {\"static\": \"x\", \"static-hash\": \"@hash(x)\"}", "regenerate",
		"keep stored"},
	{503, "a/hash", NULL, "a {\"password\": \"x\", \"hash\": \"@hash(y)\"}", NULL,
		"update generated stale_derived"},
	{503, "a/static-hash", "a/static=y", "a {\"static\": \"x\", \"static-hash\": \"@hash(x)\"}", NULL,
		"update generated stale_derived"},
	{504, "a/hash", NULL, "a {\"password\": \"x\", \"hash\": \"y\"}", NULL, "update generated malformed"},
	{505, "a/hash", NULL, NULL, NULL, "create generated missing"},
	{506, "a/hash", NULL, "a {\"hash\": \"@hash(x)\"}", NULL, "update generated stale_derived"},
	{507, "a/hash", NULL, "a {\"password\": \"x\"}", "rotate=a/password", "create generated missing"},
	{508, "a/hash", NULL, "a {\"password\": \"x\", \"hash\": \"@hash(x)\"}", "regenerate", "rotate generated"},
	{509, "a/hash", NULL, "a {\"password\": \"x\"}", "rotate=a/hash", "create generated missing"},
	{510, "a/hash", NULL, "a {\"password\": \"x\", \"hash\": \"@hash(x)\"}", "rotate=a/hash", "rotate generated"},
	{511, "a/static-hash", NULL, NULL, NULL, "blocked none missing"},
	{512, "a/static-hash", NULL, "a {\"static-hash\": \"@hash(x)\"}", NULL, "blocked stored"},
	{513, "a/rsa-hash", NULL, NULL, NULL, "blocked none missing"},
	{513, "a/static-hash", "a/static=0123456789012345678901234567890123456789012345678901234567890123456789012",
		NULL, NULL, "blocked none missing"},
	{501, "a/static-hash", "a/static=012345678901234567890123456789012345678901234567890123456789012345678901",
		NULL, NULL, "create generated missing"},
	{513, "a/hash", NULL, "a {\"password\": 5}", NULL, "blocked none missing"},
	{514, "a/rsa-hash", NULL, "a {\"rsa\": \"@rsa\", \"rsa-hash\": \"@hash(x)\"}", NULL,
		"blocked stored stale_derived"},
	{515, "a/dangling-hash", NULL, NULL, NULL, "blocked none unresolved"},
	{516, "a/dangling-hash", NULL, "a {\"dangling-hash\": \"@hash(x)\"}", NULL, "blocked stored"},

	{601, "a/time", NULL, "a {\"password\": \"x\"}", NULL, "create generated missing"},
	{602, "a/time", NULL, "a {\"password\": \"x\", \"time\": " MOMENT "}", NULL, "keep stored"},
	{602, "a/time", NULL, "a {\"password\": \"x\", \"time\": " MOMENT ", \"hash\": \"@hash(x)\"}", "rotate=a/token",
		"keep stored"},
	{603, "a/time", NULL, "a {\"password\": \"x\", \"time\": \"yesterday\"}", NULL, "update generated malformed"},
	{604, "a/time", NULL, NULL, NULL, "create generated missing"},
	{605, "a/time", NULL, "a {\"time\": " MOMENT "}", NULL, "update generated stale_derived"},
	{605, "a/static-time", "a/static=x", "a {\"static\": \"y\", \"static-time\": " MOMENT "}", NULL,
		"update generated stale_derived"},
	{606, "a/time", NULL, "a {\"password\": \"x\"}", "rotate=a/password", "create generated missing"},
	{607, "a/time", NULL, "a {\"password\": \"x\", \"time\": " MOMENT "}", "rotate=a/password", "rotate generated"},
	{608, "a/time", NULL, "a {\"password\": \"x\", \"hash\": \"@hash(y)\"}", NULL, "create generated missing"},
	{609, "a/time", NULL, "a {\"password\": \"x\", \"hash\": \"@hash(y)\", \"time\": \"z\"}", NULL,
		"update generated malformed"},
	{610, "a/time", NULL, "a {\"password\": \"x\", \"hash\": \"@hash(y)\", \"time\": " MOMENT "}", NULL,
		"update generated"},
	{610, "a/time", NULL, "a {\"password\": \"x\", \"hash\": \"@hash(x)\", \"time\": " MOMENT "}", "rotate=a/hash",
		"update generated"},
	{611, "a/time", NULL, "a {\"password\": \"x\"}", "rotate=a/time", "create generated missing"},
	{612, "a/time", NULL, "a {\"password\": \"x\", \"time\": " MOMENT "}", "rotate=a/time", "rotate generated"},
	{613, "a/static-time", NULL, NULL, NULL, "blocked none missing"},
	{614, "a/static-time", NULL, "a {\"static-time\": \"z\"}", NULL, "blocked stored malformed"},
	{615, "a/static-time", NULL, "a {\"static-time\": " MOMENT "}", NULL, "keep stored"},
	{616, "a/dangling-time", NULL, NULL, NULL, "blocked none unresolved"},
	{617, "a/dangling-time", NULL, "a {\"dangling-time\": \"z\"}", NULL, "blocked stored malformed"},
	{618, "a/dangling-time", NULL, "a {\"dangling-time\": " MOMENT "}", NULL, "keep stored"},

	{701, "a/clients", "client n i s u", NULL, NULL, "create known missing"},
	{702, "a/clients", "client n i s u",
		"a {\"clients\": \"[{\\\"return_uri\\\":\\\"u\\\",\\\"secret\\\":\\\"s\\\",\\\"id\\\":\\\"i\\\"}]\"}",
		NULL, "keep stored"},
	{702, "a/clients", "clients", "a {\"clients\": \"[ ]\"}", NULL, "keep stored"},
	{703, "a/clients", "client n i s u", "a {\"clients\": \"[]\"}", NULL, "update known mismatched"},
	{703, "a/clients", "clients", "a {\"clients\": 5}", NULL, "update known mismatched"},
	{704, "a/clients", NULL, NULL, NULL, "create known missing"},
	{704, "a/clients", "a/static=x", NULL, NULL, "create known missing"},
	{705, "a/clients", NULL, "a {\"clients\": \"[]\"}", NULL, "keep stored"},
	{705, "a/clients", "a/static=x", "a {\"clients\": \"[]\"}", NULL, "keep stored"},
	{706, "a/clients", NULL, "a {\"clients\": \"{}\"}", NULL, "keep stored malformed"},
	{707, "a/clients", "client n i - u", NULL, NULL, "blocked none missing"},
	{708, "a/clients", "client n i s -", "a {\"clients\": \"[]\"}", NULL, "blocked stored malformed"},

	{801, "pull-secret/.dockerconfigjson", "registry h u p", NULL, NULL, "create known missing"},
	{801, "pull-secret/.dockerconfigjson", "registry h u p", "pull-secret {\"other\": \"x\"}", NULL,
		"create known missing"},
	{802, "pull-secret/.dockerconfigjson", "registry h u p",
		"pull-secret {\".dockerconfigjson\": "
		"\"{\\\"auths\\\":{\\\"h\\\":{\\\"password\\\":\\\"p\\\",\\\"username\\\":\\\"u\\\",\\\"auth\\\":"
		"\\\"dTpw\\\"}}}\"}",
		NULL, "keep stored"},
	{803, "pull-secret/.dockerconfigjson", "registry h u p",
		"pull-secret {\".dockerconfigjson\": \"{\\\"auths\\\": {}}\"}", NULL, "update known mismatched"},
	{804, "pull-secret/.dockerconfigjson", "a/static=x",
		"pull-secret {\".dockerconfigjson\": \"{\\\"auths\\\": {}}\"}", "delete delete-pull-secret",
		"keep stored"},
	{805, "pull-secret/.dockerconfigjson", NULL, "pull-secret {\".dockerconfigjson\": \"x\"}", NULL,
		"keep stored malformed"},
	{806, "pull-secret/.dockerconfigjson", "registries",
		"pull-secret {\".dockerconfigjson\": \"{\\\"auths\\\": {}}\"}", "delete force", "keep stored"},
	{807, "pull-secret/.dockerconfigjson", "registries", "pull-secret {\".dockerconfigjson\": \"x\"}", NULL,
		"keep stored malformed"},
	{808, "pull-secret/.dockerconfigjson", "registries",
		"pull-secret {\".dockerconfigjson\": \"{\\\"auths\\\": {}}\"}", "delete-pull-secret", "delete none"},
	{809, "pull-secret/.dockerconfigjson", "registry h u -", NULL, NULL, "blocked none missing"},
	{810, "pull-secret/.dockerconfigjson", "registry h - p", "pull-secret {\".dockerconfigjson\": \"x\"}", NULL,
		"blocked stored malformed"},

	{901, "a/stranger", NULL, "a {\"stranger\": 5}", NULL, "keep stored unknown"},
	{901, "a/never", NULL, "a {\"never\": \"x\"}", NULL, "keep stored unknown"},
	{901, "pull-secret/other", "registry h u p", "pull-secret {\"other\": \"x\"}", NULL, "keep stored unknown"},
	{902, "a/stranger", NULL, "a {\"stranger\": 5}", "delete", "delete none unknown"},
	{902, "a/used", NULL, "a {\"used\": 5}", "delete force", "delete none unknown"},
	{903, "a/used", NULL, "a {\"used\": 5}", "delete", "keep stored unknown"},
	{904, "nobody/a", NULL, "nobody {\"a\": \"x\"}", NULL, "keep stored unknown"},
	{904, "pull-secret/.dockerconfigjson", "registries", "pull-secret {\".dockerconfigjson\": null}", NULL,
		"keep stored unknown"},
	{904, "off/x", NULL, "off {\"x\": \"x\"}", NULL, "keep stored unknown"},
	{904, "nobody/a", NULL, "nobody {\"a\": null}", NULL, "keep stored unknown"},
	{905, "sleeping/x", NULL, "sleeping {\"x\": \"x\"}", "delete", "delete none unknown"},
	{905, "nobody/a", NULL, "nobody {\"a\": \"x\"}", "delete", "delete none unknown"},
	{905, "foreign/a", NULL, "foreign {\"a\": \"x\"}", "delete force", "delete none unknown"},
	{905, "plain/a", NULL, "plain {\"a\": \"x\"}", "delete force", "delete none unknown"},
	{906, "foreign/a", NULL, "foreign {\"a\": \"x\"}", "delete", "keep stored unknown"},
	{907, "plain/a", NULL, "plain {\"a\": \"x\"}", "delete", "keep stored unknown"},
};

static const char *const value_names[] = {
	[PLAN_VALUE_NONE] = "none",
	[PLAN_VALUE_STORED] = "stored",
	[PLAN_VALUE_KNOWN] = "known",
	[PLAN_VALUE_GENERATED] = "generated",
	[PLAN_VALUE_COPIED] = "copied",
};

static void describe(struct strbuf *out, const struct plan_key *key)
{
	strbuf_printf(out, "%.*s %s", STR_ARG(plan_action_name(key->action)), value_names[key->value_kind]);
#define DESCRIBE(enumerator, bit, name, heading)                                                                       \
	if (key->audit & (enumerator))                                                                                 \
		strbuf_append_c(out, " " name);
	AUDIT_CLASSES(DESCRIBE)
#undef DESCRIBE
}

static void check_case(const struct plan_repository *repository, const struct row_case *row)
{
	bool is_elsewhere = row->options && strncmp(row->options, "in ", 3) == 0;
	struct strbuf decision = STRBUF_INIT;
	struct planned planned;

	planned_open(&planned, repository, is_elsewhere ? row->options + 3 : "e", row->given, row->remote,
		is_elsewhere ? NULL : row->options);
	const struct plan_key *key = planned_key_of(&planned, row->key);
	describe(&decision, key);
	if (key->row != row->row || strcmp(decision.ptr, row->decision) != 0)
		fail_msg("%s given \"%s\" over \"%s\" with \"%s\" is decided by %u as \"%s\" (%.*s), not by %u as "
			 "\"%s\"",
			row->key, row->given ? row->given : "", row->remote ? row->remote : "",
			row->options ? row->options : "", key->row, decision.ptr, STR_ARG(key->reason), row->row,
			row->decision);
	assert_true(key->reason.len > 0);
	if (key->value_kind == PLAN_VALUE_KNOWN)
		assert_non_null(key->value);
	if (key->audit & AUDIT_MALFORMED)
		assert_true(key->malformed.len > 0);
	strbuf_release(&decision);
	planned_close(&planned);
}

static void decides_each_case_by_its_row(void **state)
{
	struct plan_repository repository;

	(void)state;
	plan_repository_open(&repository, plan_files);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check_case(&repository, &cases[i]);
	plan_repository_close(&repository);
}

static void has_a_case_for_each_row(void **state)
{
	(void)state;
	for (size_t i = 0; plan_row_at(i); i++) {
		bool found = false;
		for (size_t j = 0; j < sizeof(cases) / sizeof(cases[0]); j++)
			found = found || cases[j].row == plan_row_at(i)->number;
		if (!found)
			fail_msg("no case is decided by row %u", plan_row_at(i)->number);
		assert_ptr_equal(plan_row_find(plan_row_at(i)->number), plan_row_at(i));
		if (i > 0)
			assert_true(plan_row_at(i)->number > plan_row_at(i - 1)->number);
	}
	assert_null(plan_row_find(1));
}

/* Cases that can arise: what is desired, what may be known of it, and what the store may hold. */
#define STATE(state) (1U << (state))
static const struct {
	enum plan_desire desire;
	unsigned known;
	unsigned remotes;
} possible[] = {
	{WANT_UNRESOLVED, STATE(KNOWN_ANY), STATE(REMOTE_ABSENT) | STATE(REMOTE_OTHER)},
	{WANT_EXCLUDED, STATE(KNOWN_ANY), STATE(REMOTE_ABSENT) | STATE(REMOTE_OTHER)},
	{WANT_CONTESTED, STATE(KNOWN_ANY), STATE(REMOTE_ABSENT) | STATE(REMOTE_OTHER)},
	{WANT_OBSTRUCTED, STATE(KNOWN_ANY), STATE(REMOTE_ABSENT) | STATE(REMOTE_OTHER)},
	{WANT_STATIC, STATE(KNOWN_VALUE),
		STATE(REMOTE_ABSENT) | STATE(REMOTE_RIGHT) | STATE(REMOTE_OTHER) | STATE(REMOTE_MALFORMED)},
	{WANT_STATIC, STATE(KNOWN_NOTHING), STATE(REMOTE_ABSENT) | STATE(REMOTE_RIGHT) | STATE(REMOTE_MALFORMED)},
	{WANT_STATIC, STATE(KNOWN_NO_ITEM) | STATE(KNOWN_MALFORMED), STATE(REMOTE_ABSENT) | STATE(REMOTE_OTHER)},
	{WANT_LITERAL, STATE(KNOWN_VALUE), STATE(REMOTE_ABSENT) | STATE(REMOTE_RIGHT) | STATE(REMOTE_OTHER)},
	{WANT_COPY, STATE(KNOWN_VALUE) | STATE(KNOWN_UNFIT),
		STATE(REMOTE_ABSENT) | STATE(REMOTE_RIGHT) | STATE(REMOTE_OTHER)},
	{WANT_COPY, STATE(KNOWN_NEW) | STATE(KNOWN_ROTATED) | STATE(KNOWN_NOTHING) | STATE(KNOWN_UNRESOLVED),
		STATE(REMOTE_ABSENT) | STATE(REMOTE_OTHER)},
	{WANT_GENERATED, STATE(KNOWN_NOTHING) | STATE(KNOWN_RENEWAL),
		STATE(REMOTE_ABSENT) | STATE(REMOTE_RIGHT) | STATE(REMOTE_PADDED) | STATE(REMOTE_FOREIGN) |
			STATE(REMOTE_MALFORMED)},
	{WANT_HASH, STATE(KNOWN_VALUE),
		STATE(REMOTE_ABSENT) | STATE(REMOTE_RIGHT) | STATE(REMOTE_OTHER) | STATE(REMOTE_MALFORMED)},
	{WANT_HASH,
		STATE(KNOWN_NEW) | STATE(KNOWN_ROTATED) | STATE(KNOWN_RENEWAL) | STATE(KNOWN_NOTHING) |
			STATE(KNOWN_UNFIT) | STATE(KNOWN_UNRESOLVED),
		STATE(REMOTE_ABSENT) | STATE(REMOTE_OTHER)},
	{WANT_TIME,
		STATE(KNOWN_VALUE) | STATE(KNOWN_CHANGED) | STATE(KNOWN_ROTATED) | STATE(KNOWN_REHASHED) |
			STATE(KNOWN_RENEWAL) | STATE(KNOWN_NOTHING) | STATE(KNOWN_UNRESOLVED),
		STATE(REMOTE_ABSENT) | STATE(REMOTE_RIGHT) | STATE(REMOTE_MALFORMED)},
	{WANT_CLIENTS, STATE(KNOWN_VALUE), STATE(REMOTE_ABSENT) | STATE(REMOTE_RIGHT) | STATE(REMOTE_OTHER)},
	{WANT_CLIENTS, STATE(KNOWN_NOTHING), STATE(REMOTE_ABSENT) | STATE(REMOTE_RIGHT) | STATE(REMOTE_MALFORMED)},
	{WANT_CLIENTS, STATE(KNOWN_MALFORMED), STATE(REMOTE_ABSENT) | STATE(REMOTE_OTHER)},
	{WANT_PULL_SECRET, STATE(KNOWN_VALUE), STATE(REMOTE_ABSENT) | STATE(REMOTE_RIGHT) | STATE(REMOTE_OTHER)},
	{WANT_PULL_SECRET, STATE(KNOWN_NOTHING) | STATE(KNOWN_EMPTY) | STATE(KNOWN_REMOVAL),
		STATE(REMOTE_RIGHT) | STATE(REMOTE_MALFORMED)},
	{WANT_PULL_SECRET, STATE(KNOWN_MALFORMED), STATE(REMOTE_ABSENT) | STATE(REMOTE_OTHER)},
	{WANT_NO_KEY, STATE(KNOWN_NOTHING) | STATE(KNOWN_REMOVAL) | STATE(KNOWN_USED), STATE(REMOTE_OTHER)},
	{WANT_NO_ENTRY, STATE(KNOWN_NOTHING) | STATE(KNOWN_REMOVAL) | STATE(KNOWN_USED) | STATE(KNOWN_UNDECLARED),
		STATE(REMOTE_OTHER)},
};
#undef STATE

static void has_no_hole(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(possible) / sizeof(possible[0]); i++) {
		for (unsigned known = 0; known <= KNOWN_ANY; known++) {
			for (unsigned remote = 0; remote <= REMOTE_PRESENT; remote++) {
				if (possible[i].known >> known & 1 && possible[i].remotes >> remote & 1 &&
					!plan_row_for(possible[i].desire, known, remote))
					fail_msg("no row decides desire %u, known %u, remote %u", possible[i].desire,
						known, remote);
			}
		}
	}
}

/* ASPIS_UPDATE=1 writes the page. */
static void is_the_page_of_decisions(void **state)
{
	const char *source = getenv("ASPIS_SOURCE");
	struct strbuf path = STRBUF_INIT, expected = STRBUF_INIT;
	struct error error = ERROR_INIT;
	struct arena arena;
	struct str page;

	(void)state;
	strbuf_printf(&path, "%s/docs/decisions.md", source ? source : ".");
	plan_rows_markdown(&expected);
	if (getenv("ASPIS_UPDATE")) {
		FILE *file = fopen(path.ptr, "w");
		assert_non_null(file);
		assert_true(fputs(expected.ptr, file) >= 0);
		assert_int_equal(fclose(file), 0);
	}
	arena_init(&arena);
	if (!file_read(&page, &arena, AT_FDCWD, path.ptr, &error))
		fail_msg("%s", error.message);
	if (!str_equal(page, strbuf_str(&expected)))
		fail_msg("%s is not the table: write it anew with ASPIS_UPDATE=1 set for this test", path.ptr);
	arena_release(&arena);
	strbuf_release(&expected);
	strbuf_release(&path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decides_each_case_by_its_row),
		cmocka_unit_test(has_a_case_for_each_row),
		cmocka_unit_test(has_no_hole),
		cmocka_unit_test(is_the_page_of_decisions),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
