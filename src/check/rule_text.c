#include "check/rule_text.h"

#include "yaml/construct.h"

/* Cuts the next line, with its line end, off *rest. */
static struct str cut_line(struct str *rest)
{
	size_t len = str_find(*rest, '\n');
	len = len < rest->len ? len + 1 : rest->len;
	struct str line = str_slice(*rest, 0, len);
	*rest = str_slice(*rest, len, rest->len - len);
	return line;
}

/* Blank lines at both ends go, the indentation of the first line stays. */
static struct str trim_lines(struct str text)
{
	for (struct str rest = text; rest.len > 0; text = rest) {
		if (str_trim(cut_line(&rest)).len > 0)
			break;
	}
	while (text.len > 0 && str_trim(str_slice(text, text.len - 1, 1)).len == 0)
		text.len--;
	return text;
}

struct rule_text rule_text_parse(struct str text)
{
	struct rule_text parts = {.whole = text, .explanation = STR(""), .bad = STR(""), .good = STR("")};
	struct str *part = &parts.explanation;
	const char *start = text.ptr;
	bool in_block = false;
	for (struct str rest = text; rest.len > 0;) {
		struct str line = cut_line(&rest);
		if (str_starts_with(line, STR("```")))
			in_block = !in_block;
		bool bad = !in_block && str_is(str_trim(line), "## Bad");
		bool good = !in_block && str_is(str_trim(line), "## Good");
		if (bad || good) {
			*part = trim_lines((struct str){.ptr = start, .len = (size_t)(line.ptr - start)});
			part = bad ? &parts.bad : &parts.good;
			start = line.ptr + line.len;
		}
	}
	*part = trim_lines((struct str){.ptr = start, .len = (size_t)(text.ptr + text.len - start)});
	return parts;
}

struct rule_text rule_text_get(const struct rule *rule)
{
	struct strbuf name = STRBUF_INIT;
	strbuf_printf(&name, "%s.md", rule->code);
	struct str text = embedded_find(rule_texts, name.ptr);
	strbuf_release(&name);
	return rule_text_parse(str_is_absent(text) ? STR("") : text);
}

void rule_example_begin(struct rule_example *walk, struct str section)
{
	*walk = (struct rule_example){.rest = section, .in_block = false};
}

/* Whether line is "-- path --"; sets path and encoding. */
static bool parse_header(struct str line, struct rule_example_file *file)
{
	line = str_trim(line);
	if (!str_starts_with(line, STR("-- ")) || !str_ends_with(line, STR(" --")) || line.len < sizeof("-- x --") - 1)
		return false;
	file->path = str_trim(str_slice(line, 3, line.len - 6));
	file->base64 = str_ends_with(file->path, STR(" (base64)"));
	if (file->base64)
		file->path.len -= sizeof(" (base64)") - 1;
	return true;
}

bool rule_example_next(struct rule_example *walk, struct rule_example_file *file)
{
	bool found = false;
	*file = (struct rule_example_file){.path = STR_ABSENT, .text = STR(""), .base64 = false};
	while (walk->rest.len > 0) {
		struct str before = walk->rest;
		struct str line = cut_line(&walk->rest);
		struct rule_example_file next = {.path = STR_ABSENT};
		if (str_starts_with(line, STR("```"))) {
			walk->in_block = !walk->in_block;
			if (found)
				return true;
		} else if (walk->in_block && parse_header(line, &next)) {
			if (found) {
				walk->rest = before;
				return true;
			}
			found = true;
			*file = next;
			file->text = (struct str){.ptr = line.ptr + line.len, .len = 0};
		} else if (found) {
			file->text.len += line.len;
		}
	}
	return found;
}

bool rule_example_content(struct strbuf *out, const struct rule_example_file *file)
{
	if (file->base64)
		return yaml_construct_binary(out, file->text);
	strbuf_append(out, file->text);
	return true;
}
