/* The texts of the rules, rules/ASPnnn.md, as they are compiled into the program: an explanation in Markdown, then the sections "Bad" and "Good", whose fenced
 * blocks hold files to be laid over a small repository. For explain, the site, SARIF help and the tests that run every example. */
#ifndef ASPIS_CHECK_RULE_TEXT_H
#define ASPIS_CHECK_RULE_TEXT_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/embedded.h"
#include "base/str.h"
#include "base/strbuf.h"

/* All rule texts, ended by a row without a name. */
extern const struct embedded_file rule_texts[];

/* Parts of one text, borrowed from it; each without blank lines at both ends. */
struct rule_text {
	struct str whole;
	struct str explanation; /* Markdown, without the examples */
	struct str bad;         /* the section's Markdown, without its heading */
	struct str good;
};

/* The text of a rule. Every rule has one (asserted by tests/rules); without, all parts are empty. */
struct rule_text rule_text_get(const struct rule *rule);
struct rule_text rule_text_parse(struct str text);

/* Goes through the files of an example section. A file begins with a line "-- path --" inside a fenced block and ends before the next such line or the end of the
 * block; "-- path (base64) --" says that its content is base64, for what cannot stand in a text. */
struct rule_example {
	struct str rest; /* private */
	bool in_block;   /* private */
};

struct rule_example_file {
	struct str path;
	struct str text; /* as written, with the last line end */
	bool base64;
};

void rule_example_begin(struct rule_example *walk, struct str section);
bool rule_example_next(struct rule_example *walk, struct rule_example_file *file);

/* Appends the bytes of the file; false where its base64 is malformed. */
bool rule_example_content(struct strbuf *out, const struct rule_example_file *file);

#endif
