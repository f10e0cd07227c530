#include "base/nearest.h"

#include "assert_str.h"
#include "base/strbuf.h"

static struct nearest nearest_of(const char *wanted, const char *const *candidates)
{
	struct nearest nearest;

	nearest_init(&nearest, str_of(wanted));
	for (; *candidates; candidates++)
		nearest_offer(&nearest, str_of(*candidates));
	return nearest;
}

static void check_distance(const char *wanted, const char *candidate, size_t distance)
{
	const char *const candidates[] = {candidate, NULL};
	struct nearest nearest = nearest_of(wanted, candidates);

	assert_false(str_is_absent(nearest.best));
	assert_int_equal(nearest.distance, distance);
}

static void check_far(const char *wanted, const char *candidate)
{
	const char *const candidates[] = {candidate, NULL};

	assert_true(str_is_absent(nearest_of(wanted, candidates).best));
}

static void test_distance(void **state)
{
	(void)state;
	check_distance("description", "description", 0);
	check_distance("descripton", "description", 2);
	check_distance("descriptiion", "description", 2);
	check_distance("descruption", "description", 2);
	check_distance("desrciption", "description", 2);
	check_distance("desrciptoin", "description", 4);
	check_distance("Description", "description", 1);
	check_distance("slack-alerts", "slack_alerts", 1);
	check_distance("slack-alerts", "slack.alerts", 1);
	check_distance("slackalerts", "slack-alerts", 1);
	check_distance("slack-alerts", "slackalerts", 1);
	check_distance("abc", "a-b-c", 2);
	check_distance("slackAlerts", "slack-alerts", 2);
	/* One code point, whatever its bytes. */
	check_distance("\xF0\x9F\x98\x80-x", "\xC3\xA4-x", 2);
}

static void test_limit(void **state)
{
	(void)state;
	/* One edit at least, but for a single character. */
	check_distance("ab", "ac", 2);
	check_far("a", "b");
	check_far("", "a");
	check_far("", "ab");
	check_far("abc", "xyc");
	/* A third of the length: three edits in nine, not four. */
	check_distance("abcdefghi", "xbcdyfghz", 6);
	check_far("abcdefghi", "xbcdyzghw");
	/* Nothing in common where they differ at all. */
	check_distance("abcdefghi", "xycdefghi", 4);
	check_far("abcdefghi", "xyzdefghi");
	check_far("abcdefghi", "abcdefghiwxyz");
	check_distance("abcdefghi", "abcdefghixyz", 6);
	check_far("exposurelog", "narrativelog-database");
}

static void test_best(void **state)
{
	const char *const names[] = {"lovelog-db", "exposurelog_db", "exposurelog-db2", "narrativelog_db", NULL};
	const char *const reversed[] = {"narrativelog_db", "exposurelog-db2", "exposurelog_db", "lovelog-db", NULL};

	(void)state;
	assert_str(nearest_of("exposurelog-db", names).best, "exposurelog_db");
	assert_str(nearest_of("exposurelog-db", reversed).best, "exposurelog_db");
}

static void test_ties(void **state)
{
	const char *const names[] = {"cat", "bat", "hat", NULL};
	const char *const reversed[] = {"hat", "bat", "cat", NULL};
	const char *const at_limit[] = {"zbcdef", "abcdez", NULL};

	(void)state;
	assert_str(nearest_of("rat", names).best, "bat");
	assert_str(nearest_of("rat", reversed).best, "bat");
	assert_str(nearest_of("abcdef", at_limit).best, "abcdez");
}

static void test_not_utf8(void **state)
{
	(void)state;
	check_distance("ab\xFF"
		       "d",
		"abcd", 2);
	check_distance("ab\xFF"
		       "d",
		"ab\xFF"
		"d",
		0);
}

/* Names of a length that nobody writes are near to nothing, and cost nothing. */
static void test_long(void **state)
{
	struct strbuf wanted = STRBUF_INIT;
	struct nearest nearest;

	(void)state;
	strbuf_append_repeat(&wanted, 'x', NEAREST_LENGTH_MAX);
	nearest_init(&nearest, strbuf_str(&wanted));
	nearest_offer(&nearest, strbuf_str(&wanted));
	assert_int_equal(nearest.distance, 0);
	strbuf_append_repeat(&wanted, 'x', 1000000);
	nearest_init(&nearest, strbuf_str(&wanted));
	for (int i = 0; i < 1000; i++)
		nearest_offer(&nearest, strbuf_str(&wanted));
	assert_true(str_is_absent(nearest.best));
	nearest_init(&nearest, STR("x"));
	nearest_offer(&nearest, strbuf_str(&wanted));
	assert_true(str_is_absent(nearest.best));
	strbuf_release(&wanted);
}

static void test_one_character(void **state)
{
	struct nearest nearest;

	(void)state;
	nearest_init(&nearest, STR("c"));
	nearest_offer(&nearest, STR("a"));
	assert_true(str_is_absent(nearest.best));
	nearest_offer(&nearest, STR("C"));
	assert_true(str_is(nearest.best, "C"));
}

static void test_any_case(void **state)
{
	struct nearest nearest;

	(void)state;
	nearest_init(&nearest, STR("IDFDEV"));
	nearest_offer(&nearest, STR("idfdev"));
	assert_true(str_is_absent(nearest.best));
	nearest_offer_any_case(&nearest, STR("IDFDE"));
	assert_true(str_is(nearest.best, "IDFDE"));
	nearest_offer_any_case(&nearest, STR("idfdev"));
	assert_true(str_is(nearest.best, "idfdev"));
	nearest_offer_any_case(&nearest, STR("idfdex"));
	assert_true(str_is(nearest.best, "idfdev"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_distance),
		cmocka_unit_test(test_limit),
		cmocka_unit_test(test_best),
		cmocka_unit_test(test_ties),
		cmocka_unit_test(test_not_utf8),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_one_character),
		cmocka_unit_test(test_any_case),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
