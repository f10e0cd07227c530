/* Reads templates, one a line in hexadecimal behind the letter of their delimiters (h: Helm's, v: those of VaultSecrets), and prints each as
 * template_dump.h does; "-" and the problem where it is none. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "template_dump.h"

static void decode(struct strbuf *out, struct str digits)
{
	for (size_t i = 0; i + 1 < digits.len; i += 2)
		strbuf_append_char(out, (char)(str_hex_digit(digits.ptr[i]) << 4 | str_hex_digit(digits.ptr[i + 1])));
}

static void print_dump(struct str line)
{
	const struct template_delimiters *delimiters = line.ptr[0] == 'v' ? &TEMPLATE_VAULT_SECRET : &TEMPLATE_HELM;
	struct strbuf text = STRBUF_INIT, out = STRBUF_INIT;
	const struct template *parsed;
	struct arena arena;

	arena_init(&arena);
	decode(&text, str_slice(line, 1, line.len));
	parsed = template_parse(&arena, strbuf_str(&text), delimiters);
	if (parsed->problem)
		strbuf_printf(&out, "- %s, at %u", parsed->problem, (unsigned)parsed->problem_at);
	else
		template_dump(&out, parsed);
	puts(out.ptr);
	strbuf_release(&out);
	strbuf_release(&text);
	arena_release(&arena);
}

int main(void)
{
	char *line = NULL;
	size_t capacity = 0;
	ssize_t len;

	while ((len = getline(&line, &capacity, stdin)) > 1)
		print_dump((struct str){.ptr = line, .len = (size_t)len - 1});
	free(line);
	return 0;
}
