/* For run.py: `rule-examples` lists the rules, one "CODE SEVERITY" a line, then the names of the texts, one "NAME" a line with "text " in front;
 * `rule-examples CODE bad|good DIRECTORY` lays the files of an example over a directory and prints what the text says is reported. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/path.h"
#include "check/rule_text.h"
#include "check/rules.h"

static int list_rules(void)
{
	for (size_t i = 0; i < RULE_COUNT; i++) {
		const struct rule *rule = rule_get((enum rule_id)i);

		printf("%s %s\n", rule->code, rule->severity == SEVERITY_OFF ? "off" : "on");
	}
	for (const struct embedded_file *text = rule_texts; text->name != NULL; text++)
		printf("text %s\n", text->name);
	return 0;
}

static bool make_folders(struct arena *arena, struct str root, struct str folder)
{
	if (str_equal(folder, root) || folder.len <= root.len)
		return true;
	if (!make_folders(arena, root, path_directory(folder)))
		return false;
	return mkdir(arena_str(arena, folder).ptr, 0755) == 0 || errno == EEXIST;
}

static bool write_example(struct arena *arena, struct str root, const struct rule_example_file *file)
{
	struct strbuf content = STRBUF_INIT;
	struct error error = ERROR_INIT;
	struct str path = path_join(arena, root, file->path);
	bool done = rule_example_content(&content, file) && make_folders(arena, root, path_directory(path)) &&
		    file_write(path.ptr, strbuf_str(&content), 0, NULL, &error);

	if (!done)
		fprintf(stderr, "%.*s: %s\n", STR_ARG(path), error.message != NULL ? error.message : "malformed");
	error_release(&error);
	strbuf_release(&content);
	return done;
}

/* "Reported at `PATH:LINE:COLUMN`." below the files of a section. */
static void print_places(struct str section)
{
	struct str rest = section;

	while (!str_is_absent(rest)) {
		struct str line = str_cut(&rest, '\n');

		if (str_starts_with(line, STR("Reported at `")))
			printf("%.*s\n", STR_ARG(line));
	}
}

static int write_examples(const char *code, const char *which, const char *directory)
{
	const struct rule *rule = rule_by_code(str_of(code));
	struct arena arena;
	struct rule_example walk;
	struct rule_example_file file;
	bool done = rule != NULL;
	size_t count = 0;

	if (!done)
		return 2;
	struct rule_text text = rule_text_get(rule);
	struct str section = strcmp(which, "bad") == 0 ? text.bad : text.good;
	arena_init(&arena);
	rule_example_begin(&walk, section);
	while (done && rule_example_next(&walk, &file)) {
		done = write_example(&arena, str_of(directory), &file);
		count++;
	}
	print_places(section);
	arena_release(&arena);
	return done && count > 0 && text.explanation.len > 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
	if (argc == 1)
		return list_rules();
	if (argc == 4)
		return write_examples(argv[1], argv[2], argv[3]);
	fprintf(stderr, "usage: rule-examples [CODE bad|good DIRECTORY]\n");
	return 2;
}
