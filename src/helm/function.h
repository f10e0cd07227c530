/* Private to evaluate*.c and function*.c: the functions of templates. */
#ifndef ASPIS_HELM_FUNCTION_H
#define ASPIS_HELM_FUNCTION_H

#include "base/strbuf.h"
#include "helm/data_private.h"
#include "helm/evaluate_private.h"
#include "helm/function_table.h"

/* A call with its values; a value from a pipe is the last of them. */
struct call {
	struct evaluation *evaluation;
	struct arena *arena;
	bool maybe; /* the call stands where it is unknown whether it is executed */
	const struct data *const *arguments;
	size_t count;
};

/* Never NULL. What Helm would fail at is unknown, as no output follows. */
typedef const struct data *function_body(const struct call *call);

#define FUNCTION_DECLARE(name, min, max, accepts, body) function_body function_##body;
FUNCTIONS(FUNCTION_DECLARE)
#undef FUNCTION_DECLARE

struct function {
	const char *name;
	unsigned min, max; /* number of arguments */
	bool any;          /* may be called with unknown arguments; of others the result is then unknown */
	function_body *body;
};

/* NULL where the name is none that is known to depend on its arguments alone. */
const struct function *function_find(struct str name);

/* Calls, once the number and the knowledge of arguments has been checked. */
const struct data *function_call(const struct function *function, const struct call *call);

/* Arguments of a type, as Go wants them: false where they are not, which is a failure of the template. */
bool call_string(const struct call *call, size_t index, struct str *text);
bool call_integer(const struct call *call, size_t index, int64_t *value);
bool call_map(const struct call *call, size_t index, const struct data **map);

/* The items of a list of which all is known, their order included; the entries of such a map. */
bool call_items(const struct call *call, size_t index, struct data_items *items);
bool call_entries(const struct call *call, size_t index, struct data_entries *entries);

/* Whether an argument is text as toYaml and its like print it. */
bool call_is_yaml(const struct call *call, size_t index);

/* A result. Texts that are too long, and those that are absent, are unknown. The second takes the text from the buffer, which it releases. */
const struct data *call_text(const struct call *call, struct str text);
const struct data *call_take(const struct call *call, struct strbuf *text);
const struct data *call_truth(enum truth truth);
const struct data *call_list(const struct call *call, const struct data *const *items, size_t count);

/* The text that sprig's strval makes of a value: absent where it is unknown; nil is "<nil>". */
struct str function_strval(struct arena *arena, const struct data *data);

/* Whether two values are deeply equal (reflect.DeepEqual). Of what Go may hold in different types nothing is said. */
enum truth function_equal(struct evaluation *evaluation, const struct data *a, const struct data *b);

/* Appends text as Go quotes it with %q; false where it holds characters of which it is not known whether Go would escape them. */
bool function_append_quoted(struct strbuf *out, struct str text);

/* Whether a pattern finds a match in text; unknown where Go's syntax of regular expressions may mean something else than ours. */
enum truth function_regex_search(struct str pattern, struct str text);

#endif
