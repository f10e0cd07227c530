#include "docs/names.h"

#include <xxhash.h>

#include "base/ascii.h"
#include "base/strbuf.h"

enum { HASH_DIGITS = 8 };

void page_names_init(struct page_names *names, struct arena *arena)
{
	names->arena = arena;
	map_init(&names->taken);
}

void page_names_release(struct page_names *names)
{
	map_release(&names->taken);
}

static bool is_plain_char(char c)
{
	return ascii_is_lower(c) || ascii_is_digit(c);
}

/* Devices of DOS, which Windows still takes any file of that name for, and the first page of a folder. */
static bool is_reserved(struct str name)
{
	static const char *const reserved[] = {"index", "con", "prn", "aux", "nul"};

	for (size_t i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++) {
		if (str_is(name, reserved[i]))
			return true;
	}
	return name.len == 4 && (str_starts_with(name, STR("com")) || str_starts_with(name, STR("lpt"))) &&
	       ascii_is_digit(name.ptr[3]);
}

bool page_names_is_plain(struct str name)
{
	for (size_t i = 0; i < name.len; i++) {
		bool is_hyphen = name.ptr[i] == '-' && i > 0 && i + 1 < name.len && name.ptr[i - 1] != '-';

		if (!is_hyphen && !is_plain_char(name.ptr[i]))
			return false;
	}
	return name.len > 0 && name.len <= NAMES_LENGTH_MAX && !is_reserved(name);
}

/* Lower case, with a hyphen for whatever cannot stay. */
static void append_plain(struct strbuf *out, struct str name)
{
	size_t start = out->len;
	bool hyphen = false;

	for (size_t i = 0; i < name.len && out->len - start < NAMES_LENGTH_MAX; i++) {
		char c = ascii_to_lower(name.ptr[i]);

		if (!is_plain_char(c)) {
			hyphen = out->len > start;
			continue;
		}
		if (hyphen)
			strbuf_append_char(out, '-');
		strbuf_append_char(out, c);
		hyphen = false;
	}
}

/* What no other name has, unless by chance: then the next seed is tried. */
static void append_hash(struct strbuf *out, struct str original, uint64_t seed)
{
	uint64_t hash = XXH64(original.ptr, original.len, seed);

	strbuf_printf(out, "%0*llx", HASH_DIGITS, (unsigned long long)(hash >> (64 - 4 * HASH_DIGITS)));
}

struct str page_names_add(struct page_names *names, struct str prefix, struct str original)
{
	struct strbuf name = STRBUF_INIT;

	strbuf_append(&name, prefix);
	append_plain(&name, original);
	bool empty = name.len == prefix.len;
	bool distinct = !empty && original.len <= NAMES_LENGTH_MAX && !is_reserved(strbuf_str(&name)) &&
			!map_has(&names->taken, strbuf_str(&name));
	size_t stem = name.len;
	for (uint64_t seed = 0; !distinct; seed++) {
		strbuf_truncate(&name, stem);
		strbuf_append_c(&name, empty ? "x" : "-");
		append_hash(&name, original, seed);
		distinct = !map_has(&names->taken, strbuf_str(&name));
	}
	struct str result = arena_str(names->arena, strbuf_str(&name));
	map_set(&names->taken, result, NULL);
	strbuf_release(&name);
	return result;
}
