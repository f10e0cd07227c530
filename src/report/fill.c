#include "report/fill.h"

#include "base/utf8.h"

void append_filled(struct strbuf *out, struct str words, size_t column, size_t indent, size_t width)
{
	bool first = true;

	while (!str_is_absent(words)) {
		struct str word = str_cut(&words, ' ');
		size_t columns = utf8_display_width(word, 0);

		if (word.len == 0)
			continue;
		if (!first && width > 0 && column + 1 + columns > width) {
			strbuf_append_char(out, '\n');
			strbuf_append_repeat(out, ' ', indent);
			column = indent;
		} else if (!first) {
			strbuf_append_char(out, ' ');
			column++;
		}
		strbuf_append(out, word);
		column += columns;
		first = false;
	}
}
