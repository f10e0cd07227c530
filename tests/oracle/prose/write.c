/* Reads texts and writes them in another format, for the scripts beside it: write FROM TO [roles] [prefix=PREFIX] [indent=N] [heading=N]. Texts come on the standard input, each as its length in bytes on a line of its own
 * and then as many bytes; for each there is a line with the level of the worst message, the number of unsupported things and the length of what was written, and then that. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/document_write.h"
#include "text/markdown.h"
#include "text/rst.h"

static const char *const formats[] = {
#define FORMAT_NAME(enumerator, name) [enumerator] = (name),
	DOCUMENT_FORMATS(FORMAT_NAME)
#undef FORMAT_NAME
};

static enum document_format format_of(const char *name)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		if (strcmp(formats[i], name) == 0)
			return (enum document_format)i;
	}
	fprintf(stderr, "there is no format '%s'\n", name);
	exit(2);
}

static struct document_write_options options_of(char **arguments)
{
	struct document_write_options options = {.width = 72};

	for (; *arguments; arguments++) {
		const char *value = strchr(*arguments, '=');

		if (strcmp(*arguments, "roles") == 0)
			options.roles = true;
		else if (value && strncmp(*arguments, "prefix", 6) == 0)
			options.id_prefix = str_of(value + 1);
		else if (value && strncmp(*arguments, "indent", 6) == 0)
			options.indent = (unsigned)strtoul(value + 1, NULL, 10);
		else if (value && strncmp(*arguments, "heading", 7) == 0)
			options.heading_base = (unsigned)strtoul(value + 1, NULL, 10);
	}
	return options;
}

static void answer(struct str text, bool rst, enum document_format format, const struct document_write_options *options)
{
	struct str roles[] = {STR("ref"), STR("px-app"), STR("command")};
	struct rst_options known = {.roles = roles, .role_count = sizeof(roles) / sizeof(*roles)};
	struct document *document = rst ? rst_read(text, &known) : markdown_read(text);
	struct strbuf out = STRBUF_INIT;

	document_write(&out, document->root, format, options);
	printf("%d %zu %zu\n", (int)document_worst(document), document->unsupported.len, out.len);
	fwrite(out.ptr, 1, out.len, stdout);
	strbuf_release(&out);
	document_free(document);
}

int main(int argc, char **argv)
{
	struct document_write_options options;
	struct strbuf text = STRBUF_INIT;
	char line[32];

	if (argc < 3)
		return 2;
	options = options_of(argv + 3);
	while (fgets(line, sizeof(line), stdin)) {
		size_t length = strtoul(line, NULL, 10);

		strbuf_clear(&text);
		strbuf_append_repeat(&text, ' ', length);
		if (fread(text.ptr, 1, length, stdin) != length)
			return 2;
		answer(strbuf_str(&text), strcmp(argv[1], "rst") == 0, format_of(argv[2]), &options);
	}
	strbuf_release(&text);
	return fflush(stdout) == 0 ? 0 : 2;
}
