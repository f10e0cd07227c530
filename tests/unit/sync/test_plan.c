/* What a plan says beyond its rows: entries, order, notes, numbers, options. */
#include "plan_fixture.h"

#include <limits.h>

#include "sync/plan_private.h"

static const struct plan_entry *entry_of(const struct planned *planned, const char *name)
{
	const struct plan_entry *entry = plan_find(planned->plan, str_of(name));
	assert_non_null(entry);
	return entry;
}

/* The texts of the notes of a kind, a line each. */
static void assert_notes(const struct planned *planned, enum plan_note_kind kind, const char *expected)
{
	struct strbuf actual = STRBUF_INIT;

	for (size_t i = 0; i < planned->plan->notes.len; i++) {
		const struct plan_note *note = vec_at(&planned->plan->notes, i);
		if (note->kind == kind)
			strbuf_printf(&actual, "%.*s\n", STR_ARG(note->text));
	}
	assert_string_equal(actual.ptr, expected);
	strbuf_release(&actual);
}

static void assert_text_of(struct secret *secret, const char *expected)
{
	assert_non_null(secret);
	assert_int_equal(secret_size(secret), strlen(expected));
	assert_memory_equal(secret_bytes(secret), expected, strlen(expected));
}

static struct plan_repository repository;

static int open_repository(void **state)
{
	(void)state;
	plan_repository_open(&repository, plan_files);
	return 0;
}

static int close_repository(void **state)
{
	(void)state;
	plan_repository_close(&repository);
	return 0;
}

static void writes_after_the_version_that_was_read(void **state)
{
	struct planned planned;

	(void)state;
	planned_open(&planned, &repository, "e", "a/static=x\nregistry h u p",
		"-a {\"static\": \"x\"}\nb {\"q\": 1}\nb {\"q\": 2}\n-pull-secret {}\n-nobody {\"x\": 1}", NULL);
	assert_null(entry_of(&planned, "a")->stored);
	assert_int_equal(entry_of(&planned, "a")->cas, 1);
	assert_non_null(entry_of(&planned, "b")->stored);
	assert_int_equal(entry_of(&planned, "b")->cas, 2);
	assert_int_equal(entry_of(&planned, "pull-secret")->cas, 1);
	assert_int_equal(entry_of(&planned, "pull-secret")->action, PLAN_ENTRY_WRITE);
	assert_null(plan_find(planned.plan, STR("nobody")));
	assert_null(plan_find(planned.plan, STR("plain")));
	planned_close(&planned);

	planned_open(&planned, &repository, "e", "a/static=x", NULL, NULL);
	assert_int_equal(entry_of(&planned, "a")->cas, 0);
	planned_close(&planned);
}

static void composes_as_python_does(void **state)
{
	struct planned planned;

	(void)state;
	planned_open(&planned, &repository, "e",
		"registry z.example.org u p\nregistry a.example.org \xC3\xBC \"\nclient one i1 s1 https://x\nclient "
		"two i2 s2 u2",
		NULL, NULL);
	assert_text_of(planned_key_of(&planned, "pull-secret/.dockerconfigjson")->value,
		"{\"auths\": {\"z.example.org\": {\"auth\": \"dTpw\", \"username\": \"u\", \"password\": \"p\"}, "
		"\"a.example.org\": {\"auth\": \"w7w6Ig==\", \"username\": \"\\u00fc\", \"password\": \"\\\"\"}}}");
	assert_text_of(planned_key_of(&planned, "a/clients")->value,
		"[{\"id\": \"i1\", \"secret\": \"s1\", \"return_uri\": \"https://x\"}, "
		"{\"id\": \"i2\", \"secret\": \"s2\", \"return_uri\": \"u2\"}]");
	planned_close(&planned);

	planned_open(&planned, &repository, "e", NULL, NULL, NULL);
	assert_text_of(planned_key_of(&planned, "a/clients")->value, "[]");
	planned_close(&planned);
}

static void names_dropped_clients_and_counts_them(void **state)
{
	static const char stored[] = "a {\"clients\": \"[{\\\"id\\\": \\\"old\\\"}, {\\\"id\\\": \\\"kept\\\"}, "
				     "{\\\"id\\\": \\\"a\\\\nb\\\"}]\", \"stranger\": 1}";
	struct planned planned;

	(void)state;
	planned_open(&planned, &repository, "e", "client n kept s u", stored, "max=1");
	assert_notes(&planned, PLAN_NOTE_DROPPED_CLIENT,
		"a/clients loses the client a\\nb\na/clients loses the client old\n");
	assert_int_equal(planned.plan->deletions, 2);
	assert_notes(&planned, PLAN_NOTE_REFUSED,
		"2 deletions, more than the 1 that --max-delete allows: where that is meant, give --max-delete 2\n");
	planned_close(&planned);

	planned_open(&planned, &repository, "e", "client n kept s u", stored, "max=2");
	assert_notes(&planned, PLAN_NOTE_REFUSED, "");
	planned_close(&planned);

	planned_open(&planned, &repository, "e", "client n kept s u", stored, "max=2 delete");
	assert_int_equal(planned.plan->deletions, 3);
	assert_int_equal(plan_obstruction(planned.plan), 1);
	planned_close(&planned);

	/* A list as such instead of its text, ids that are no strings, and none. */
	planned_open(&planned, &repository, "e", "client n kept s u",
		"a {\"clients\": [{\"id\": \"old\"}, {\"id\": 12}, {\"secret\": \"s\"}, {\"id\": null}, {\"id\": "
		"\"kept\"}, {\"id\": "
		"\"old\"}]}",
		"max=3");
	assert_notes(&planned, PLAN_NOTE_DROPPED_CLIENT,
		"a/clients loses a client that has no id\na/clients loses a client that has no id\n"
		"a/clients loses the client 12\na/clients loses the client old\n");
	assert_int_equal(planned.plan->deletions, 4);
	planned_close(&planned);
}

static void deletes_entries_only_when_nothing_is_left(void **state)
{
	struct planned planned;

	(void)state;
	planned_open(&planned, &repository, "e", "registries",
		"nobody {\"a\": 1, \"b\": 2}\nempty {}\nb {\"stranger\": 1}\noff {\"x\": \"1\"}\nforeign {\"y\": 1}\n"
		"pull-secret {\".dockerconfigjson\": \"{\\\"auths\\\": {}}\", \"extra\": 1}",
		"delete delete-pull-secret max=9");
	assert_int_equal(entry_of(&planned, "nobody")->action, PLAN_ENTRY_DELETE);
	assert_int_equal(entry_of(&planned, "empty")->action, PLAN_ENTRY_DELETE);
	assert_int_equal(entry_of(&planned, "off")->action, PLAN_ENTRY_DELETE);
	assert_int_equal(entry_of(&planned, "pull-secret")->action, PLAN_ENTRY_DELETE);
	assert_int_equal(entry_of(&planned, "b")->action, PLAN_ENTRY_WRITE);
	assert_int_equal(entry_of(&planned, "foreign")->action, PLAN_ENTRY_KEEP);
	assert_int_equal(planned.plan->deletions, 7);
	assert_notes(&planned, PLAN_NOTE_KEPT,
		"foreign: nobody declares it, but a VaultSecret uses it: it stays until --force removes it\n");
	assert_int_equal(entry_of(&planned, "nobody")->level, planned.plan->level_count - 1);
	planned_close(&planned);

	planned_open(&planned, &repository, "e", NULL, "empty {}", "delete exclude=empty");
	assert_int_equal(entry_of(&planned, "empty")->action, PLAN_ENTRY_KEEP);
	assert_int_equal(planned.plan->deletions, 0);
	planned_close(&planned);

	planned_open(&planned, &repository, "e", "registries",
		"pull-secret {\".dockerconfigjson\": \"{\\\"auths\\\": {}}\", \"extra\": 1}\nempty {}",
		"delete-pull-secret");
	assert_int_equal(entry_of(&planned, "pull-secret")->action, PLAN_ENTRY_WRITE);
	assert_int_equal(entry_of(&planned, "empty")->action, PLAN_ENTRY_KEEP);
	assert_int_equal(planned.plan->deletions, 1);
	planned_close(&planned);
}

static void says_what_stays(void **state)
{
	struct planned planned;

	(void)state;
	planned_open(&planned, &repository, "e", NULL,
		"a {\"used\": 1, \"hidden\": 2, \"free\": 3}\nplain {\"x\": 1, \"y\": 2}\nother/\nmine/",
		"delete exclude=mine");
	assert_int_equal(planned.plan->deletions, 1);
	assert_notes(&planned, PLAN_NOTE_KEPT,
		"a/hidden: nobody declares it, but Deployment guesser perhaps uses it: it stays until --force removes "
		"it\n"
		"a/used: nobody declares it, but Deployment server uses it: it stays until --force removes it\n"
		"plain: its application is enabled and declares no secrets: it stays until --force removes it\n");
	assert_notes(
		&planned, PLAN_NOTE_FOLDER, "other/ is a folder in the store: it is not looked into and not touched\n");
	planned_close(&planned);
}

static void orders_writes_by_what_is_generated(void **state)
{
	struct planned planned;

	(void)state;
	/* b copies from a what is generated there. */
	planned_open(&planned, &repository, "e", NULL, NULL, NULL);
	assert_int_equal(entry_of(&planned, "a")->level, 0);
	assert_int_equal(entry_of(&planned, "b")->level, 1);
	assert_int_equal(entry_of(&planned, "a")->early_level, UINT_MAX);
	assert_int_equal(planned.plan->level_count, 2);
	assert_ptr_equal(planned_key_of(&planned, "b/again")->source, planned_key_of(&planned, "b/token"));
	assert_ptr_equal(planned_key_of(&planned, "b/token")->source, planned_key_of(&planned, "a/token"));
	planned_close(&planned);

	/* What is known orders nothing. */
	planned_open(&planned, &repository, "e", "a/static=y", "a {\"token\": \"@token\", \"password\": \"x\"}", NULL);
	assert_int_equal(entry_of(&planned, "a")->level, 0);
	assert_int_equal(entry_of(&planned, "b")->level, 0);
	assert_int_equal(planned.plan->level_count, 1);
	planned_close(&planned);
}

static void takes_what_is_wrong_with_the_source(void **state)
{
	struct planned planned;

	(void)state;
	planned_open(&planned, &repository, "e", "a/static bad", NULL, "partial");
	assert_notes(&planned, PLAN_NOTE_MALFORMED, "a/static: what static.yaml gives is not base64\n");
	assert_int_equal(plan_obstruction(planned.plan), 2);
	planned_close(&planned);

	planned_open(&planned, &repository, "e", "a/static bad", NULL, "exclude=a only=b");
	assert_notes(&planned, PLAN_NOTE_MALFORMED, "");
	planned_close(&planned);

	planned_open(&planned, &repository, "e", "a/literal=x\na/static=x\nghost/y=z", NULL, NULL);
	assert_notes(&planned, PLAN_NOTE_WARNING,
		"a/literal: it is not static in this environment, so that the value that is given for it is not used\n"
		"ghost/y: the environment needs no such secret, so that the value that is given for it is not used\n");
	planned_close(&planned);
}

static void names_the_source(void **state)
{
	struct planned planned;

	(void)state;
	planned_open(&planned, &repository, "e", "onepassword\na/static=x\na/encoded bad", NULL, NULL);
	assert_true(str_is(planned_key_of(&planned, "a/static")->reason, "1Password gives it"));
	assert_notes(&planned, PLAN_NOTE_MALFORMED, "a/encoded: what 1Password gives is not base64\n");
	planned_close(&planned);

	planned_open(&planned, &repository, "e", "a/static=x", "b {\"static\": \"y\"}", NULL);
	assert_true(str_is(planned_key_of(&planned, "a/static")->reason, "static.yaml gives it"));
	assert_true(str_is(planned_key_of(&planned, "b/static")->reason, "a/static has another value"));
	assert_true(str_is(planned_key_of(&planned, "b/token")->reason, "copied from a/token, which is generated now"));
	planned_close(&planned);
}

static void judges_options(void **state)
{
	struct planned planned;

	(void)state;
	planned_open(&planned, &repository, "e", NULL, "nobody {\"x\": 1}",
		"only=a only=nobody only=pull-secret only=plain only=ghost exclude=off rotate=a rotate=a/none "
		"rotate=a/static "
		"rotate=b/token rotate=a/clients rotate=a/literal rotate=a/token partial");
	assert_notes(&planned, PLAN_NOTE_USAGE,
		"--only ghost: neither does the environment enable such an application, nor has the store such an "
		"entry\n"
		"--rotate a/clients: it is made of the clients that the static source names\n"
		"--rotate a/literal: its value is written in secrets.yaml\n"
		"--rotate a/none: the environment needs no such secret\n"
		"--rotate a/static: it is a static secret: change it at its source\n"
		"--rotate a: write APPLICATION/KEY\n"
		"--rotate b/token: its entry is left out by --exclude or --only\n");
	assert_notes(&planned, PLAN_NOTE_WARNING,
		"--exclude off: neither does the environment enable such an application, nor has the store such an "
		"entry\n");
	assert_int_equal(plan_obstruction(planned.plan), 2);
	planned_close(&planned);

	planned_open(&planned, &repository, "e", NULL, NULL, "rotate=b/token");
	assert_notes(&planned, PLAN_NOTE_USAGE, "--rotate b/token: it is a copy: rotate what it is copied from\n");
	planned_close(&planned);
}

static void names_what_to_restart(void **state)
{
	struct planned planned;

	(void)state;
	planned_open(&planned, &repository, "e", NULL, "a {\"token\": \"@token\"}\nb {\"token\": \"@token\"}",
		"rotate=a/token exclude=b");
	assert_notes(&planned, PLAN_NOTE_RESTART, "Deployment keeper of a, which uses what changes\n");
	assert_notes(&planned, PLAN_NOTE_WARNING,
		"b/token is left out and stays, although a/token, which it is made from, changes\n");
	planned_close(&planned);

	planned_open(&planned, &repository, "e", NULL, NULL, "rotate=a/token");
	assert_notes(&planned, PLAN_NOTE_RESTART, "");
	planned_close(&planned);
}

static void counts(void **state)
{
	struct planned planned;

	(void)state;
	planned_open(&planned, &repository, "e", "a/static=x\na/encoded=x",
		"b {\"static\": \"y\", \"stranger\": 1, \"password\": \"x\"}\na {\"password\": \"x\"}\nnobody {\"x\": "
		"1}",
		"exclude=nobody");
	assert_int_equal(planned.plan->count[PLAN_UPDATE], 1);
	assert_int_equal(planned.plan->count[PLAN_KEEP], 2);
	assert_int_equal(planned.plan->count[PLAN_DELETE], 0);
	/* In a: dangling, what is derived of it, and a hash of an RSA key; in b: dangling, round and about. */
	assert_int_equal(planned.plan->count[PLAN_BLOCKED], 7);
	assert_int_equal(plan_blocked(planned.plan), 7);
	assert_int_equal(plan_obstruction(planned.plan), 1);
	assert_true(plan_has_work(planned.plan));
	planned_close(&planned);

	planned_open(&planned, &repository, "e", NULL, NULL, "only=plain partial");
	assert_false(plan_has_work(planned.plan));
	assert_int_equal(plan_obstruction(planned.plan), 0);
	planned_close(&planned);

	planned_open(&planned, &repository, "e", NULL, "folder/", "partial");
	assert_int_equal(plan_obstruction(planned.plan), 0);
	planned_close(&planned);

	planned_open(&planned, &repository, "e", NULL, "nobody {\"x\": 1}", "partial delete max=0");
	assert_int_equal(plan_obstruction(planned.plan), 1);
	planned_close(&planned);
}

static void blocks_entries_that_cannot_be_written(void **state)
{
	struct planned planned;

	(void)state;
	planned_open(&planned, &repository, "e", "a/static=x",
		"a {\"x\": 1, \"x\": 2, \"static\": \"y\"}\nnobody {\"x\": 1, \"x\": 2}", "delete");
	assert_int_equal(entry_of(&planned, "a")->action, PLAN_ENTRY_KEEP);
	assert_int_equal(entry_of(&planned, "nobody")->action, PLAN_ENTRY_KEEP);
	assert_int_equal(planned.plan->deletions, 0);
	assert_int_equal(planned_key_of(&planned, "a/static")->audit, AUDIT_MISMATCH);
	assert_true(str_starts_with(
		planned_key_of(&planned, "a/static")->reason, STR("the entry cannot be written without a loss: ")));
	/* The copy takes what stays. */
	assert_text_of(planned_key_of(&planned, "b/static")->value, "y");
	planned_close(&planned);
}

#define PAIR                                                                                                           \
	{"environments/values.yaml", "name: e\nfqdn: e.example.org\nvaultPathPrefix: secret/e\napplications: {a: "     \
				     "true, b: true, c: true, d: true}\n"},                                            \
		{"environments/values-e.yaml", "name: e\n"}, {"applications/a/Chart.yaml", "name: a\n"},               \
		{"applications/b/Chart.yaml", "name: b\n"}, {"applications/c/Chart.yaml", "name: c\n"},                \
	{                                                                                                              \
		"applications/d/Chart.yaml", "name: d\n"                                                               \
	}

static void parts_entries_that_wait_for_each_other(void **state)
{
	/* d → a ⇄ b → c: each arrow is a copy of what is generated. */
	static const struct fixture_file files[] = {PAIR,
		{"applications/a/secrets.yaml",
			"x: {description: d, generate: {type: password}}\n"
			"x-hash: {description: d, generate: {type: bcrypt-password-hash, source: x}}\n"
			"x-time: {description: d, generate: {type: mtime, source: x}}\n"
			"own: {description: d, generate: {type: password}}\n"
			"y: {description: d, copy: {application: b, key: y}}\n"
			"z: {description: d, copy: {application: d, key: z}}\n"},
		{"applications/b/secrets.yaml", "y: {description: d, generate: {type: password}}\n"
						"x: {description: d, copy: {application: a, key: x}}\n"
						"x-hash: {description: d, copy: {application: a, key: x-hash}}\n"},
		{"applications/c/secrets.yaml", "x: {description: d, copy: {application: b, key: x}}\ny: {description: "
						"d, copy: {application: b, key: y}}\n"},
		{"applications/d/secrets.yaml", "z: {description: d, generate: {type: password}}\n"}, {NULL, NULL}};
	struct plan_repository pair;
	struct planned planned;

	(void)state;
	plan_repository_open(&pair, files);
	planned_open(&planned, &pair, "e", NULL, NULL, NULL);
	assert_int_equal(entry_of(&planned, "d")->level, 0);
	assert_int_equal(entry_of(&planned, "a")->early_level, 1);
	assert_int_equal(entry_of(&planned, "b")->early_level, 1);
	assert_int_equal(entry_of(&planned, "a")->level, 2);
	assert_int_equal(entry_of(&planned, "b")->level, 2);
	assert_int_equal(entry_of(&planned, "c")->level, 3);
	assert_int_equal(entry_of(&planned, "c")->early_level, UINT_MAX);
	assert_int_equal(planned.plan->level_count, 4);
	assert_true(planned_key_of(&planned, "a/x")->early);
	assert_true(planned_key_of(&planned, "a/x-hash")->early);
	assert_true(planned_key_of(&planned, "a/x-time")->early);
	assert_true(planned_key_of(&planned, "b/y")->early);
	assert_false(planned_key_of(&planned, "a/own")->early);
	assert_false(planned_key_of(&planned, "a/y")->early);
	assert_false(planned_key_of(&planned, "b/x")->early);
	planned_close(&planned);

	/* Once one of them is there, nobody waits any more. */
	planned_open(&planned, &pair, "e", NULL, "b {\"y\": \"1\"}", NULL);
	assert_int_equal(entry_of(&planned, "a")->early_level, UINT_MAX);
	assert_int_equal(entry_of(&planned, "a")->level, 1);
	assert_int_equal(entry_of(&planned, "b")->level, 2);
	planned_close(&planned);
	plan_repository_close(&pair);
}

static void writes_times_with_what_they_are_of(void **state)
{
	static const struct fixture_file files[] = {PAIR,
		{"applications/a/secrets.yaml", "x: {description: d, generate: {type: password}}\n"
						"x-time: {description: d, generate: {type: mtime, source: x}}\n"
						"y: {description: d, copy: {application: b, key: y}}\n"},
		{"applications/b/secrets.yaml", "y: {description: d, generate: {type: password}}\n"
						"x: {description: d, copy: {application: a, key: x}}\n"},
		{NULL, NULL}};
	struct plan_repository pair;
	struct planned planned;

	(void)state;
	plan_repository_open(&pair, files);
	planned_open(&planned, &pair, "e", NULL, NULL, NULL);
	assert_true(planned_key_of(&planned, "a/x-time")->early);
	planned_close(&planned);
	plan_repository_close(&pair);
}

static void orders_early_writes_too(void **state)
{
	/* b's early hash is made of a copy of what a writes early. */
	static const struct fixture_file files[] = {PAIR,
		{"applications/a/secrets.yaml", "x: {description: d, generate: {type: password}}\n"
						"h: {description: d, copy: {application: b, key: h}}\n"},
		{"applications/b/secrets.yaml",
			"x: {description: d, copy: {application: a, key: x}}\n"
			"h: {description: d, generate: {type: bcrypt-password-hash, source: x}}\n"},
		{NULL, NULL}};
	struct plan_repository pair;
	struct planned planned;

	(void)state;
	plan_repository_open(&pair, files);
	planned_open(&planned, &pair, "e", NULL, NULL, NULL);
	assert_int_equal(entry_of(&planned, "a")->early_level, 0);
	assert_int_equal(entry_of(&planned, "b")->early_level, 1);
	assert_int_equal(entry_of(&planned, "a")->level, 2);
	assert_int_equal(entry_of(&planned, "b")->level, 2);
	assert_true(planned_key_of(&planned, "b/x")->early);
	assert_true(planned_key_of(&planned, "b/h")->early);
	planned_close(&planned);
	plan_repository_close(&pair);
}

static void follows_long_chains(void **state)
{
	enum { LENGTH = 20000 };
	struct strbuf secrets = STRBUF_INIT;
	struct plan_repository chain;
	struct planned planned;

	(void)state;
	strbuf_append_c(&secrets, "k0: {description: d, generate: {type: password}}\n");
	for (unsigned i = 1; i <= LENGTH; i++)
		strbuf_printf(&secrets, "k%u: {description: d, copy: {application: %s, key: k%u}}\n", i, "a", i - 1);
	const struct fixture_file files[] = {PAIR, {"applications/a/secrets.yaml", secrets.ptr},
		{"applications/b/secrets.yaml", "k: {description: d, copy: {application: a, key: k20000}}\n"},
		{NULL, NULL}};
	plan_repository_open(&chain, files);
	planned_open(&planned, &chain, "e", NULL, NULL, NULL);
	assert_int_equal(planned.plan->count[PLAN_CREATE], LENGTH + 2);
	assert_int_equal(entry_of(&planned, "b")->level, 1);
	planned_close(&planned);
	plan_repository_close(&chain);
	strbuf_release(&secrets);
}

static void blocks_what_is_declared_in_part(void **state)
{
	static const struct fixture_file files[] = {PAIR,
		{"applications/a/secrets.yaml",
			"x: {description: d, generate: {type: mtime}}\n"
			"y: {description: d, generate: {type: nothing}}\n"
			"z: {description: d, copy: {application: b}}\n"
			"self: {description: d, copy: {application: a, key: self}}\n"
			"both: {description: d, copy: {application: a, key: fine}, generate: {type: password}}\n"
			"fine: {description: d, generate: {type: password}}\n"},
		{NULL, NULL}};
	static const char *const keys[] = {"a/x", "a/y", "a/z", "a/self", "a/both"};
	static const char *const reasons[] = {"secrets.yaml does not say what it is made from",
		"secrets.yaml does not say what it is made from", "secrets.yaml does not say what it is made from",
		"it is made from itself", "it has several origins that are active at the same time"};
	struct plan_repository partial;
	struct planned planned;

	(void)state;
	plan_repository_open(&partial, files);
	planned_open(&planned, &partial, "e", NULL, NULL, NULL);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		assert_int_equal(planned_key_of(&planned, keys[i])->action, PLAN_BLOCKED);
		assert_true(str_is(planned_key_of(&planned, keys[i])->reason, reasons[i]));
	}
	assert_int_equal(planned_key_of(&planned, "a/fine")->action, PLAN_CREATE);
	planned_close(&planned);
	plan_repository_close(&partial);
}

static void verifies_hashes_ahead(void **state)
{
	struct bcrypt_verdicts *verdicts = bcrypt_verdicts_new();
	struct error error = ERROR_INIT;
	struct secret *sources[6], *hashes[6];

	(void)state;
	for (unsigned i = 0; i < 6; i++) {
		char text[] = {(char)('a' + i), '\0'};
		sources[i] = secret_new(text, 1);
		assert_true(generate_bcrypt_password_hash(&hashes[i], sources[i], &error));
	}
	for (unsigned i = 0; i < 6; i++)
		bcrypt_verdicts_start(verdicts, hashes[i], sources[i]);
	for (unsigned i = 0; i < 6; i++) {
		bcrypt_verdicts_start(verdicts, hashes[i], sources[(i + 1) % 6]);
		assert_true(bcrypt_verdicts_ask(verdicts, hashes[i], sources[i]));
		assert_false(bcrypt_verdicts_ask(verdicts, hashes[i], sources[(i + 1) % 6]));
		assert_false(bcrypt_verdicts_ask(verdicts, hashes[i], sources[(i + 2) % 6]));
	}
	bcrypt_verdicts_free(verdicts);
	/* With something under way and something still waiting. */
	verdicts = bcrypt_verdicts_new();
	for (unsigned i = 0; i < 6; i++)
		bcrypt_verdicts_start(verdicts, hashes[i], sources[i]);
	bcrypt_verdicts_free(verdicts);
	for (unsigned i = 0; i < 6; i++) {
		secret_free(sources[i]);
		secret_free(hashes[i]);
	}
}

static void foresees_what_a_plan_asks(void **state)
{
	static const struct fixture_file files[] = {PAIR,
		{"applications/a/secrets.yaml",
			"given: {description: d}\n"
			"given-hash: {description: d, generate: {type: bcrypt-password-hash, source: given}}\n"
			"literal: {description: d, value: l}\n"
			"literal-hash: {description: d, generate: {type: bcrypt-password-hash, source: literal}}\n"
			"copy: {description: d, copy: {application: b, key: k}}\n"
			"copy-hash: {description: d, generate: {type: bcrypt-password-hash, source: copy}}\n"
			"stored: {description: d, generate: {type: password}}\n"
			"stored-hash: {description: d, generate: {type: bcrypt-password-hash, source: stored}}\n"
			"round: {description: d, copy: {application: a, key: round}}\n"
			"round-hash: {description: d, generate: {type: bcrypt-password-hash, source: round}}\n"},
		{"applications/b/secrets.yaml", "k: {description: d}\n"}, {NULL, NULL}};
	struct bcrypt_verdicts *verdicts = bcrypt_verdicts_new();
	struct plan_repository hashes;
	struct planned planned;

	(void)state;
	plan_repository_open(&hashes, files);
	planned_open(&planned, &hashes, "e", "a/given=g\nb/k=c",
		"a {\"given\": \"old\", \"copy\": \"old\", \"stored\": \"s\", \"round\": \"r\", \"given-hash\": "
		"\"@hash(g)\", "
		"\"literal-hash\": \"@hash(l)\", \"copy-hash\": \"@hash(c)\", \"stored-hash\": \"@hash(s)\", "
		"\"round-hash\": 5}",
		NULL);
	bcrypt_verdicts_foresee(
		verdicts, planned.resolution, &planned.given, store_snapshot_find(&planned.remote, STR("a")));
	assert_int_equal(bcrypt_verdicts_count(verdicts), 4);
	plan_free(planned.plan);
	planned_make_with(&planned, verdicts);
	assert_int_equal(bcrypt_verdicts_count(verdicts), 4);
	assert_int_equal(planned_key_of(&planned, "a/copy-hash")->action, PLAN_KEEP);
	planned_close(&planned);
	plan_repository_close(&hashes);
	bcrypt_verdicts_free(verdicts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_after_the_version_that_was_read),
		cmocka_unit_test(composes_as_python_does),
		cmocka_unit_test(names_dropped_clients_and_counts_them),
		cmocka_unit_test(deletes_entries_only_when_nothing_is_left),
		cmocka_unit_test(says_what_stays),
		cmocka_unit_test(orders_writes_by_what_is_generated),
		cmocka_unit_test(takes_what_is_wrong_with_the_source),
		cmocka_unit_test(names_the_source),
		cmocka_unit_test(judges_options),
		cmocka_unit_test(names_what_to_restart),
		cmocka_unit_test(counts),
		cmocka_unit_test(blocks_entries_that_cannot_be_written),
		cmocka_unit_test(parts_entries_that_wait_for_each_other),
		cmocka_unit_test(writes_times_with_what_they_are_of),
		cmocka_unit_test(orders_early_writes_too),
		cmocka_unit_test(follows_long_chains),
		cmocka_unit_test(blocks_what_is_declared_in_part),
		cmocka_unit_test(verifies_hashes_ahead),
		cmocka_unit_test(foresees_what_a_plan_asks),
	};
	return cmocka_run_group_tests(tests, open_repository, close_repository);
}
