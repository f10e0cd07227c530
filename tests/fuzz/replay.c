/* Runs a fuzz target without libFuzzer: replay FILE-OR-FOLDER… gives it each file, then variations of it, the same in every run: cut short,
 * a byte changed, a piece doubled, two files joined. What goes wrong ends the process, as with libFuzzer. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { VARIATIONS = 60, SIZE_MAX_VARIED = 1 << 16 };

struct input {
	uint8_t *data;
	size_t size;
};

struct inputs {
	struct input *items;
	size_t count;
};

/* xorshift64: the same sequence everywhere. */
static size_t next_number(uint64_t *state, size_t below)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return (size_t)(*state % below);
}

static void *allocate(size_t size)
{
	void *memory = malloc(size + 1);
	if (!memory)
		abort();
	return memory;
}

/* The input is copied to memory of exactly its size, so that reading past its end is noticed. */
static void run(const uint8_t *data, size_t size)
{
	uint8_t *exact = malloc(size > 0 ? size : 1);
	if (!exact)
		abort();
	if (size > 0)
		memcpy(exact, data, size);
	LLVMFuzzerTestOneInput(exact, size);
	free(exact);
}

static size_t vary(uint8_t *out, const struct input *input, const struct input *other, uint64_t *state)
{
	static const char interesting[] = "\0\t\n\r !\"#%&'*,-.:<=>?@[\\]`{|}~0\x7f\x80\xc2\xe2\xf0\xff";
	size_t at = next_number(state, input->size + 1);
	size_t from = next_number(state, other->size + 1);

	memcpy(out, input->data, input->size);
	switch (next_number(state, 4)) {
	case 0:
		return at;
	case 1:
		if (at < input->size)
			out[at] = (uint8_t)interesting[next_number(state, sizeof(interesting) - 1)];
		return input->size;
	case 2:
		memcpy(out + at, other->data + from, other->size - from);
		return at + other->size - from;
	default:
		memcpy(out + input->size, input->data + at, input->size - at);
		return input->size + input->size - at;
	}
}

static void run_variations(const struct inputs *inputs)
{
	uint64_t state = 0x9e3779b97f4a7c15u;

	for (size_t i = 0; i < inputs->count; i++) {
		const struct input *input = &inputs->items[i];
		if (input->size == 0 || input->size > SIZE_MAX_VARIED)
			continue;
		for (size_t n = 0; n < VARIATIONS; n++) {
			const struct input *other = &inputs->items[next_number(&state, inputs->count)];
			uint8_t *varied = allocate(2 * input->size + other->size);
			size_t size = vary(varied, input, other, &state);
			run(varied, size);
			free(varied);
		}
	}
}

static void read_file(struct inputs *inputs, const char *path)
{
	FILE *file = fopen(path, "rb");
	struct stat status;

	if (!file || fstat(fileno(file), &status) != 0) {
		perror(path);
		exit(1);
	}
	struct input input = {.size = (size_t)status.st_size, .data = allocate((size_t)status.st_size)};
	if (fread(input.data, 1, input.size, file) != input.size) {
		perror(path);
		exit(1);
	}
	fclose(file);
	inputs->items = realloc(inputs->items, (inputs->count + 1) * sizeof(*inputs->items));
	if (!inputs->items)
		abort();
	inputs->items[inputs->count++] = input;
}

static void read_path(struct inputs *inputs, const char *path)
{
	struct dirent **entries;
	int count = scandir(path, &entries, NULL, alphasort);

	if (count < 0) {
		read_file(inputs, path);
		return;
	}
	for (int i = 0; i < count; i++) {
		char name[4096];
		if (entries[i]->d_name[0] != '.') {
			snprintf(name, sizeof(name), "%s/%s", path, entries[i]->d_name);
			read_path(inputs, name);
		}
		free(entries[i]);
	}
	free(entries);
}

int main(int argc, char **argv)
{
	struct inputs inputs = {NULL, 0};

	for (int i = 1; i < argc; i++)
		read_path(&inputs, argv[i]);
	if (inputs.count == 0) {
		fprintf(stderr, "replay: no input: name files or folders\n");
		return 1;
	}
	run(NULL, 0);
	for (size_t i = 0; i < inputs.count; i++)
		run(inputs.items[i].data, inputs.items[i].size);
	run_variations(&inputs);
	printf("%zu inputs, %d variations of each\n", inputs.count, VARIATIONS);
	for (size_t i = 0; i < inputs.count; i++)
		free(inputs.items[i].data);
	free(inputs.items);
	return 0;
}
