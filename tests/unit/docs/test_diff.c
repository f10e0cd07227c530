#include "docs/diff.h"

#include <time.h>

#include "../base/assert_str.h"

static void assert_diff(const char *old, const char *new, const char *wanted)
{
	struct strbuf out = STRBUF_INIT;

	diff_unified(&out, STR("page"), old ? str_of(old) : STR_ABSENT, new ? str_of(new) : STR_ABSENT);
	assert_string_equal(out.ptr, wanted);
	strbuf_release(&out);
}

#define HEAD "--- a/page\n+++ b/page\n"

static void test_small(void **state)
{
	(void)state;
	assert_diff("", "", "");
	assert_diff("a\nb\n", "a\nb\n", "");
	assert_diff("a\n", "b\n", HEAD "@@ -1 +1 @@\n-a\n+b\n");
	assert_diff("a\nb\nc\n", "a\nc\n", HEAD "@@ -1,3 +1,2 @@\n a\n-b\n c\n");
	assert_diff("a\nc\n", "a\nb\nc\n", HEAD "@@ -1,2 +1,3 @@\n a\n+b\n c\n");
	assert_diff("", "a\n", HEAD "@@ -0,0 +1 @@\n+a\n");
	assert_diff("a\n", "", HEAD "@@ -1 +0,0 @@\n-a\n");
	assert_diff(NULL, "a\n", "--- /dev/null\n+++ b/page\n@@ -0,0 +1 @@\n+a\n");
	assert_diff("a\nb", "a\nb\n", HEAD "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n");
}

/* Changes whose contexts touch are one hunk; three lines of context, no more. */
static void test_hunks(void **state)
{
	(void)state;
	assert_diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\nx\n3\n4\n5\n6\n7\ny\n9\n",
		HEAD "@@ -1,9 +1,9 @@\n 1\n-2\n+x\n 3\n 4\n 5\n 6\n 7\n-8\n+y\n 9\n");
	assert_diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n", "x\n2\n3\n4\n5\n6\n7\n8\ny\n10\n",
		HEAD "@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n 4\n@@ -6,5 +6,5 @@\n 6\n 7\n 8\n-9\n+y\n 10\n");
}

/* What a terminal could act on is shown as what it is. */
static void test_visible(void **state)
{
	(void)state;
	assert_diff("a\x1b[31m\tb\n", "", HEAD "@@ -1 +0,0 @@\n-a\\x1B[31m\tb\n");
}

/* The shortest difference: as many lines as the longest common subsequence leaves, by the textbook's table. */
static size_t shortest(const char *a, size_t n, const char *b, size_t m)
{
	static size_t table[65][65];

	for (size_t i = 0; i <= n; i++) {
		for (size_t j = 0; j <= m; j++) {
			if (i == 0 || j == 0)
				table[i][j] = i + j;
			else if (a[i - 1] == b[j - 1])
				table[i][j] = table[i - 1][j - 1];
			else
				table[i][j] =
					1 + (table[i - 1][j] < table[i][j - 1] ? table[i - 1][j] : table[i][j - 1]);
		}
	}
	return table[n][m];
}

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 16;
}

static size_t fill(struct strbuf *text, char *letters, uint32_t *seed)
{
	size_t count = next_random(seed) % 64;

	strbuf_clear(text);
	for (size_t i = 0; i < count; i++) {
		letters[i] = (char)('a' + next_random(seed) % 3);
		strbuf_append_char(text, letters[i]);
		strbuf_append_char(text, '\n');
	}
	return count;
}

/* Applies the lines of a diff of texts without hunks left out, and counts what it changes. */
static size_t apply(struct strbuf *result, struct str old, struct str diff)
{
	size_t changed = 0, line = 0;

	while (diff.len > 0) {
		struct str row = str_cut(&diff, '\n');

		if (str_starts_with(row, STR("--- ")) || str_starts_with(row, STR("+++ ")) || row.len == 0)
			continue;
		if (row.ptr[0] == '@') {
			struct str rest = str_slice(row, 4, row.len);
			size_t start = 0;
			bool none;
			for (; rest.ptr[0] >= '0' && rest.ptr[0] <= '9'; rest = str_slice(rest, 1, rest.len))
				start = start * 10 + (size_t)(rest.ptr[0] - '0');
			none = str_starts_with(rest, STR(",0 "));
			for (; line + (none ? 0 : 1) < start; line++)
				strbuf_append(result, str_slice(old, 2 * line, 2));
			continue;
		}
		changed += row.ptr[0] != ' ';
		line += row.ptr[0] != '+';
		if (row.ptr[0] != '-') {
			strbuf_append_char(result, row.ptr[1]);
			strbuf_append_char(result, '\n');
		}
	}
	strbuf_append(result, str_slice(old, 2 * line, old.len));
	return changed;
}

static void test_random(void **state)
{
	struct strbuf old = STRBUF_INIT, new = STRBUF_INIT, diff = STRBUF_INIT, result = STRBUF_INIT;
	char a[64], b[64];
	uint32_t seed = 1;

	(void)state;
	for (unsigned round = 0; round < 2000; round++) {
		size_t n = fill(&old, a, &seed), m = fill(&new, b, &seed);

		strbuf_clear(&diff);
		strbuf_clear(&result);
		diff_unified(&diff, STR("page"), strbuf_str(&old), strbuf_str(&new));
		size_t changed = apply(&result, strbuf_str(&old), strbuf_str(&diff));
		assert_string_equal(result.ptr, new.ptr);
		assert_int_equal(changed, shortest(a, n, b, m));
	}
	strbuf_release(&old);
	strbuf_release(&new);
	strbuf_release(&diff);
	strbuf_release(&result);
}

/* Two long texts that have nothing in common are told apart at once. */
static void test_long(void **state)
{
	struct strbuf old = STRBUF_INIT, new = STRBUF_INIT, diff = STRBUF_INIT;
	clock_t start = clock();

	(void)state;
	for (unsigned i = 0; i < 200000; i++) {
		strbuf_printf(&old, "old %u\n", i);
		strbuf_printf(&new, "new %u\n", i);
	}
	diff_unified(&diff, STR("page"), strbuf_str(&old), strbuf_str(&new));
	assert_true(diff.len > old.len + new.len);
	assert_true((clock() - start) / CLOCKS_PER_SEC < 10);
	strbuf_release(&old);
	strbuf_release(&new);
	strbuf_release(&diff);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_small),
		cmocka_unit_test(test_hunks),
		cmocka_unit_test(test_visible),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
