#include "repo/glob.h"

#include "base/path.h"

/* A place to come back to when what follows a star does not match. */
struct retry {
	size_t pattern; /* behind the star */
	size_t text;    /* what the star has taken so far ends here */
	bool armed;
};

struct matcher {
	struct str pattern;
	struct str text;
	size_t p;
	size_t t;
	struct retry star;     /* within a component */
	struct retry globstar; /* across components */
};

/* Matches a set whose '[' stands at *p against c, and moves *p behind its ']'. An unclosed '[' is an ordinary character. */
static bool match_set(struct str pattern, size_t *p, char c)
{
	size_t i = *p + 1;
	bool negated = i < pattern.len && (pattern.ptr[i] == '!' || pattern.ptr[i] == '^');
	bool found = false;

	i += negated;
	for (size_t first = i; i < pattern.len && (pattern.ptr[i] != ']' || i == first); i++) {
		unsigned char low = (unsigned char)pattern.ptr[i];
		unsigned char high = low;
		if (i + 2 < pattern.len && pattern.ptr[i + 1] == '-' && pattern.ptr[i + 2] != ']') {
			high = (unsigned char)pattern.ptr[i + 2];
			i += 2;
		}
		found = found || (low <= (unsigned char)c && (unsigned char)c <= high);
	}
	if (i >= pattern.len) {
		*p += 1;
		return c == '[';
	}
	*p = i + 1;
	return found != negated;
}

/* Matches one character that is no star at the current places and moves behind it. */
static bool match_one(struct matcher *m)
{
	char c = m->text.ptr[m->t];
	char wanted = m->pattern.ptr[m->p];
	bool matched;

	if (wanted == '[' && c != '/') {
		matched = match_set(m->pattern, &m->p, c);
	} else if (wanted == '?') {
		matched = c != '/';
		m->p++;
		while (m->t + 1 < m->text.len && ((unsigned char)m->text.ptr[m->t + 1] & 0xC0) == 0x80)
			m->t++; /* the rest of a character of several bytes */
	} else {
		if (wanted == '\\' && m->p + 1 < m->pattern.len)
			wanted = m->pattern.ptr[++m->p];
		matched = c == wanted;
		m->p++;
	}
	m->t++;
	return matched;
}

/* Whether a `**` component starts at the current place of the pattern; *behind is then what follows it and its slash. */
static bool at_globstar(const struct matcher *m, size_t *behind)
{
	struct str rest = str_slice(m->pattern, m->p, 3);
	bool starts = m->p == 0 || m->pattern.ptr[m->p - 1] == '/';

	*behind = m->p + rest.len;
	return starts && (str_is(rest, "**/") || (rest.len == 2 && str_is(rest, "**")));
}

/* Goes back to the last star that can take one more character (the inner one), or component (the outer one). */
static bool retry(struct matcher *m)
{
	if (m->star.armed && m->star.text < m->text.len && m->text.ptr[m->star.text] != '/') {
		m->p = m->star.pattern;
		m->t = ++m->star.text;
		return true;
	}
	if (!m->globstar.armed)
		return false;
	struct str rest = str_slice(m->text, m->globstar.text, m->text.len);
	size_t slash = str_find(rest, '/');
	if (slash == rest.len)
		return false;
	m->globstar.text += slash + 1; /* the star is spent: it stands at the end of a component */
	m->p = m->globstar.pattern;
	m->t = m->globstar.text;
	return true;
}

static bool match_whole(struct str pattern, struct str text)
{
	struct matcher m = {.pattern = pattern, .text = text};

	while (m.t < text.len || m.p < pattern.len) {
		size_t behind;
		if (m.p < pattern.len && at_globstar(&m, &behind)) {
			if (behind == pattern.len && pattern.ptr[behind - 1] == '*')
				return m.t < text.len;
			m.globstar = (struct retry){.pattern = behind, .text = m.t, .armed = true};
			m.star.armed = false;
			m.p = behind;
		} else if (m.p < pattern.len && pattern.ptr[m.p] == '*') {
			m.p++;
			m.star = (struct retry){.pattern = m.p, .text = m.t, .armed = true};
		} else if (m.p == pattern.len || m.t == text.len || !match_one(&m)) {
			if (!retry(&m))
				return false;
		}
	}
	return true;
}

bool glob_match(struct str pattern, struct str path)
{
	if (pattern.len > 0 && pattern.ptr[pattern.len - 1] == '/')
		pattern.len--;
	if (pattern.len == 0)
		return false;
	if (str_find(pattern, '/') == pattern.len)
		return match_whole(pattern, path_base(path));
	if (pattern.ptr[0] == '/')
		pattern = str_slice(pattern, 1, pattern.len);
	return match_whole(pattern, path);
}
