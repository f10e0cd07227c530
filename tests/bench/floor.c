/* The floor of `aspis check` (SPEC section 12): a single-threaded program that reads the same files and runs libyaml's event parser over
 * the YAML ones. On its input stands a file a line, with "yaml " or "read " before it: whether it is parsed or only read. */
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yaml.h>

struct text {
	unsigned char *bytes;
	size_t size;
	size_t capacity;
};

static bool read_whole(struct text *text, const char *path)
{
	struct stat status;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &status) != 0) {
		perror(path);
		return false;
	}
	text->size = (size_t)status.st_size;
	if (text->size > text->capacity) {
		free(text->bytes);
		text->capacity = 2 * text->size;
		text->bytes = malloc(text->capacity);
	}
	bool whole = text->size == 0 || (text->bytes && read(fd, text->bytes, text->size) == (ssize_t)text->size);
	close(fd);
	return whole;
}

static size_t count_events(const struct text *text)
{
	yaml_parser_t parser;
	size_t count = 0;
	bool ended = false;

	if (!yaml_parser_initialize(&parser))
		abort();
	yaml_parser_set_input_string(&parser, text->bytes, text->size);
	while (!ended) {
		yaml_event_t event;
		if (!yaml_parser_parse(&parser, &event))
			break;
		ended = event.type == YAML_STREAM_END_EVENT;
		count++;
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	return count;
}

int main(void)
{
	char line[4096];
	struct text text = {NULL, 0, 0};
	size_t files = 0, parsed = 0, bytes = 0, events = 0;

	while (fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\n")] = '\0';
		if (!read_whole(&text, line + 5))
			return 1;
		files++;
		bytes += text.size;
		if (strncmp(line, "yaml ", 5) == 0) {
			parsed++;
			events += count_events(&text);
		}
	}
	free(text.bytes);
	printf("%zu files, %zu bytes, %zu of them YAML, %zu events\n", files, bytes, parsed, events);
	return 0;
}
