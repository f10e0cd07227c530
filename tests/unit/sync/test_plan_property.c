/* Random repositories, sources and stores: what a plan leaves behind needs no further plan, wherever it was interrupted; nothing that was generated is lost or made twice; nothing that is not
 * ours changes; and nobody copies what does not lie in the store yet. */
#include "plan_fixture.h"

#include <limits.h>

enum { ROUNDS = 250, APPLICATIONS = 5, KEYS = 6 };

struct chance {
	uint64_t state;
};

static unsigned draw(struct chance *chance, unsigned below)
{
	chance->state ^= chance->state << 13;
	chance->state ^= chance->state >> 7;
	chance->state ^= chance->state << 17;
	return (unsigned)(chance->state >> 33) % below;
}

static void write_origin(struct strbuf *out, struct chance *chance)
{
	static const char *const types[] = {"password", "gafaelfawr-token", "fernet-key"};

	switch (draw(chance, 8)) {
	case 0:
		strbuf_append_c(out, "description: d");
		return;
	case 1:
		strbuf_append_c(out, "description: d, value: literal");
		return;
	case 2:
	case 3:
		strbuf_printf(out, "description: d, copy: {application: a%u, key: k%u}", draw(chance, APPLICATIONS),
			draw(chance, KEYS));
		return;
	case 4:
		strbuf_printf(
			out, "description: d, generate: {type: bcrypt-password-hash, source: k%u}", draw(chance, KEYS));
		return;
	case 5:
		strbuf_printf(out, "description: d, generate: {type: mtime, source: k%u}", draw(chance, KEYS));
		return;
	default:
		strbuf_printf(out, "description: d, generate: {type: %s}", types[draw(chance, 3)]);
	}
}

/* The texts of the files live in arena. */
static void make_files(struct fixture_file *files, struct arena *arena, struct chance *chance)
{
	struct strbuf text = STRBUF_INIT;

	*files++ = (struct fixture_file){"environments/values.yaml",
		"name: e\nfqdn: e.example.org\nvaultPathPrefix: secret/e\n"
		"applications: {a0: true, a1: true, a2: true, a3: true, a4: true}\n"};
	*files++ = (struct fixture_file){"environments/values-e.yaml", "name: e\n"};
	for (unsigned i = 0; i < APPLICATIONS; i++) {
		strbuf_clear(&text);
		for (unsigned j = 0; j < KEYS; j++) {
			strbuf_printf(&text, "k%u: {", j);
			write_origin(&text, chance);
			strbuf_append_c(&text, "}\n");
		}
		*files++ = (struct fixture_file){arena_printf(arena, "applications/a%u/secrets.yaml", i).ptr,
			arena_str(arena, strbuf_str(&text)).ptr};
		*files++ = (struct fixture_file){
			arena_printf(arena, "applications/a%u/Chart.yaml", i).ptr, "name: some\n"};
	}
	*files = (struct fixture_file){NULL, NULL};
	strbuf_release(&text);
}

static void make_remote(struct strbuf *out, struct chance *chance)
{
	static const char *const values[] = {"\"x\"", "\"literal\"", "\"@token\"", "\"@fernet\"", "5",
		"\"2024-01-02T03:04:05Z\"", "\"@hash(x)\"", "\"@hash(y)\"", "\"@token\\n\"", "null", "\"wrong\"",
		"\"x\\n\""};

	for (unsigned i = 0; i < APPLICATIONS + 2; i++) {
		if (draw(chance, 3) == 0)
			continue;
		strbuf_printf(out, "%sa%u {", draw(chance, 9) == 0 ? "-" : "", i);
		for (unsigned j = 0; j < KEYS + 2; j++) {
			if (draw(chance, 2) == 0)
				strbuf_printf(out, "%s\"k%u\": %s", out->ptr[out->len - 1] == '{' ? "" : ", ", j,
					values[draw(chance, sizeof(values) / sizeof(values[0]))]);
		}
		if (draw(chance, 12) == 0)
			strbuf_append_c(
				out, out->ptr[out->len - 1] == '{' ? "\"x\": 1, \"x\": 2" : ", \"x\": 1, \"x\": 2");
		strbuf_append_c(out, "}\n");
	}
}

static void make_given(struct strbuf *out, struct chance *chance)
{
	static const char *const states[] = {"=x", "=y", " keep", " field", " bad"};

	for (unsigned i = 0; i < APPLICATIONS && draw(chance, 4) > 0; i++) {
		for (unsigned j = 0; j < KEYS; j++) {
			unsigned state = draw(chance, 12);
			strbuf_printf(out, "a%u/k%u%s\n", i, j, states[state < 5 ? state : 0]);
		}
	}
}

static const char *make_options(struct chance *chance)
{
	static const char *const options[] = {"", "regenerate", "delete", "delete force", "exclude=a1",
		"only=a0 only=a2", "rotate=a0/k0", "regenerate delete exclude=a6"};

	return options[draw(chance, 3) > 0 ? 0 : draw(chance, sizeof(options) / sizeof(options[0]))];
}

/* An apply as simple as it can be. */
struct carrier {
	struct planned *planned;
	struct arena arena;
	struct map
		made; /* struct secret *: what was generated, by "entry/key", with the number of the plan before it */
	struct map lying; /* struct secret *: what was generated and reached the store, by "entry/key" */
	struct vec owned; /* struct secret * */
	unsigned serial;
	size_t writes_left;
	bool early; /* of the write under way */
};

static struct str title_of(struct carrier *carrier, const struct plan_key *key)
{
	return arena_printf(&carrier->arena, "%.*s/%.*s", STR_ARG(key->entry->name), STR_ARG(key->key));
}

static struct secret *final_of(struct carrier *carrier, const struct plan_key *key);

static struct secret *generate(struct carrier *carrier, const struct plan_key *key)
{
	struct error error = ERROR_INIT;
	struct secret *made = NULL;

	switch (key->generate) {
	case GENERATE_PASSWORD:
		assert_true(generate_password(&made, &error));
		break;
	case GENERATE_GAFAELFAWR_TOKEN:
		assert_true(generate_gafaelfawr_token(&made, &error));
		break;
	case GENERATE_FERNET_KEY:
		assert_true(generate_fernet_key(&made, &error));
		break;
	case GENERATE_BCRYPT_PASSWORD_HASH:
		assert_true(generate_bcrypt_password_hash(&made, final_of(carrier, key->source), &error));
		break;
	case GENERATE_MTIME:
		assert_true(generate_mtime(&made, 1700000000 + carrier->serial++, &error));
		break;
	default:
		fail_msg("nothing generates this");
	}
	vec_push_pointer(&carrier->owned, made);
	return made;
}

static struct secret *final_of(struct carrier *carrier, const struct plan_key *key)
{
	struct str title = title_of(carrier, key);
	struct secret *made;

	switch (key->value_kind) {
	case PLAN_VALUE_KNOWN:
		return key->value;
	case PLAN_VALUE_STORED:
		assert_non_null(key->stored->text);
		return key->stored->text;
	case PLAN_VALUE_COPIED:
		return final_of(carrier, key->source);
	case PLAN_VALUE_GENERATED:
		made = map_get(&carrier->made, title);
		if (!made) {
			made = generate(carrier, key);
			map_set(&carrier->made, title, made);
		}
		return made;
	case PLAN_VALUE_NONE:
		break;
	}
	fail_msg("%.*s has no value to be written", STR_ARG(title));
	return NULL;
}

/* What is copied lies in the store already, unless it is written at the same time. */
static void assert_lies(struct carrier *carrier, const struct plan_key *key)
{
	const struct plan_key *root = key;

	while (root->value_kind == PLAN_VALUE_COPIED)
		root = root->source;
	if (root->value_kind != PLAN_VALUE_GENERATED || root->entry == key->entry)
		return;
	if (map_get(&carrier->lying, title_of(carrier, root)) != final_of(carrier, root))
		fail_msg("%.*s is copied before it is written", STR_ARG(title_of(carrier, root)));
}

static bool changes(const struct plan_key *key)
{
	return key->action == PLAN_CREATE || key->action == PLAN_UPDATE || key->action == PLAN_ROTATE;
}

static void write_entry(struct carrier *carrier, const struct plan_entry *entry, bool early)
{
	struct memory_store *store = &carrier->planned->store;
	struct vec members = VEC_INIT(struct store_value);
	struct error error = ERROR_INIT;

	assert_true(str_is_absent(entry->obstacle));
	assert_int_equal(memory_version(memory_find(store, entry->name)) - (entry->early_level != UINT_MAX && !early),
		entry->cas);
	for (size_t i = 0; i < entry->keys.len; i++) {
		const struct plan_key *key = vec_pointer(&entry->keys, i);
		bool is_new = changes(key) && (!early || key->early);

		if (is_new) {
			assert_lies(carrier, key);
			*(struct store_value *)vec_push(&members) =
				(struct store_value){.key = key->key, .text = final_of(carrier, key)};
		} else if (key->stored && (key->action != PLAN_DELETE || early)) {
			*(struct store_value *)vec_push(&members) =
				(struct store_value){.key = key->key, .json = key->stored->json};
		}
		if (is_new && key->value_kind == PLAN_VALUE_GENERATED)
			map_set(&carrier->lying, title_of(carrier, key), final_of(carrier, key));
	}
	struct secret *body = json_values_write(&members, 0, &error);
	assert_non_null(body);
	memory_put(store, entry->name, secret_str(body));
	secret_free(body);
	vec_release(&members);
}

/* Carries out what a plan says, until writes run out. */
static void carry_out(struct carrier *carrier)
{
	const struct plan *plan = carrier->planned->plan;

	for (unsigned level = 0; level < plan->level_count; level++) {
		for (size_t i = 0; i < plan->entries.len; i++) {
			const struct plan_entry *entry = vec_pointer(&plan->entries, i);
			bool early = entry->action == PLAN_ENTRY_WRITE && entry->early_level == level;

			if (entry->action == PLAN_ENTRY_KEEP || (entry->level != level && !early))
				continue;
			assert_false(entry->excluded);
			assert_true(entry->early_level == UINT_MAX || entry->early_level < entry->level);
			if (carrier->writes_left-- == 0) {
				carrier->writes_left = 0;
				return;
			}
			if (entry->action == PLAN_ENTRY_DELETE)
				memory_find(&carrier->planned->store, entry->name)->deleted = true;
			else
				write_entry(carrier, entry, early);
		}
	}
}

static void plan_again(struct planned *planned, bool afresh)
{
	plan_free(planned->plan);
	store_snapshot_release(&planned->remote);
	memory_snapshot(&planned->store, &planned->remote);
	if (afresh) {
		planned->options.regenerate = false;
		vec_clear(&planned->rotate);
	}
	planned_make(planned);
}

static void assert_no_work(const struct planned *planned, unsigned round)
{
	for (size_t i = 0; i < planned->plan->entries.len; i++) {
		const struct plan_entry *entry = vec_pointer(&planned->plan->entries, i);
		for (size_t j = 0; j < entry->keys.len; j++) {
			const struct plan_key *key = vec_pointer(&entry->keys, j);
			if (changes(key) || key->action == PLAN_DELETE)
				fail_msg("round %u: %.*s %.*s is still to be done by row %u: %.*s", round,
					STR_ARG(entry->name), STR_ARG(key->key), key->row, STR_ARG(key->reason));
		}
	}
	assert_false(plan_has_work(planned->plan));
	assert_int_equal(planned->plan->level_count, 0);
}

/* What was generated and had reached the store is what it holds in the end. */
static void assert_nothing_lost(struct carrier *carrier, unsigned round)
{
	for (size_t i = 0; i < carrier->lying.len; i++) {
		struct str rest = carrier->lying.entries[i].key;
		struct str entry = str_cut(&rest, '/');
		const struct plan_key *key = plan_find_key(carrier->planned->plan, entry, rest);

		if (!key || !key->stored || !key->stored->text ||
			!secret_equal(key->stored->text, carrier->lying.entries[i].value))
			fail_msg("round %u: what was generated for %.*s/%.*s was lost", round, STR_ARG(entry),
				STR_ARG(rest));
	}
}

/* Keys and entries that nobody manages are what they were, unless a plan that may delete them said so. */
static void assert_others_untouched(const struct planned *planned, const struct store_snapshot *before, unsigned round)
{
	for (size_t i = 0; i < before->entries.len; i++) {
		const struct store_entry *entry = vec_pointer(&before->entries, i);
		const struct store_entry *now = store_snapshot_find(&planned->remote, entry->name);
		const struct resolved_application *application = map_get(&planned->resolution->by_name, entry->name);

		for (size_t j = 0; j < entry->values.len; j++) {
			const struct store_value *value = vec_at(&entry->values, j);
			const struct store_value *kept = now ? store_entry_find(now, value->key) : NULL;

			if (application && map_has(&application->by_key, value->key))
				continue;
			if (!kept && planned->options.delete_unknown)
				continue;
			if (!kept || !secret_equal(kept->json, value->json))
				fail_msg("round %u: %.*s %.*s was lost", round, STR_ARG(entry->name),
					STR_ARG(value->key));
		}
	}
}

static void carrier_close(struct carrier *carrier)
{
	for (size_t i = 0; i < carrier->owned.len; i++)
		secret_free(vec_pointer(&carrier->owned, i));
	vec_release(&carrier->owned);
	map_release(&carrier->made);
	map_release(&carrier->lying);
	arena_release(&carrier->arena);
}

static void carrier_open(struct carrier *carrier, struct planned *planned)
{
	*carrier = (struct carrier){.planned = planned, .owned = VEC_INIT(struct secret *)};
	arena_init(&carrier->arena);
	map_init(&carrier->made);
	map_init(&carrier->lying);
}

/* A run that is interrupted after some writes, and one that is not. */
static void live(struct planned *planned, struct chance *chance, unsigned round)
{
	struct store_snapshot before;
	struct carrier carrier;

	memory_snapshot(&planned->store, &before);
	carrier_open(&carrier, planned);
	if (draw(chance, 2) == 0) {
		carrier.writes_left = draw(chance, APPLICATIONS + 2);
		carry_out(&carrier);
		/* Whoever asked for a renewal asks for the others now. What had not reached the store is gone. */
		map_release(&carrier.made);
		map_init(&carrier.made);
		plan_again(planned, true);
	}
	carrier.writes_left = SIZE_MAX;
	carry_out(&carrier);
	plan_again(planned, true);
	assert_no_work(planned, round);
	assert_nothing_lost(&carrier, round);
	assert_others_untouched(planned, &before, round);
	store_snapshot_release(&before);
	carrier_close(&carrier);
}

static void play(unsigned round)
{
	struct chance chance = {.state = 88172645463325252U + round * 7919U};
	struct fixture_file files[3 + 2 * APPLICATIONS];
	struct strbuf remote = STRBUF_INIT, given = STRBUF_INIT;
	struct plan_repository repository;
	struct planned planned;
	struct arena arena;

	for (unsigned i = 0; i < 20; i++)
		draw(&chance, 2);
	arena_init(&arena);
	make_files(files, &arena, &chance);
	make_remote(&remote, &chance);
	make_given(&given, &chance);
	plan_repository_open(&repository, files);
	planned_open(&planned, &repository, "e", given.ptr, remote.ptr, make_options(&chance));
	live(&planned, &chance, round);
	planned_close(&planned);
	plan_repository_close(&repository);
	strbuf_release(&given);
	strbuf_release(&remote);
	arena_release(&arena);
}

static void leaves_nothing_to_be_done(void **state)
{
	(void)state;
	for (unsigned round = 0; round < ROUNDS; round++)
		play(round);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(leaves_nothing_to_be_done),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
