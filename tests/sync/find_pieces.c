/* Searches files for many byte strings at once: what the canaries of a test must not be found by.
 *
 * find_pieces PIECES FILE…: PIECES is a file of lines "NUMBER HEX", each a string of 8 bytes at least. Prints a line "FILE-INDEX NUMBER OFFSET" for each place where one is found, no more than
 * 200 a file, none within another, and in the end the number of bytes that were searched. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD_SIZE     8 /* bytes that a piece is found by */
#define FILTER_BITS   23
#define BUCKET_BITS   18
#define HITS_PER_FILE 200

struct piece {
	uint64_t head;
	size_t size;
	unsigned char *bytes;
	unsigned long number;
	struct piece *next; /* of the bucket */
};

struct index {
	unsigned char filter[(size_t)1 << (FILTER_BITS - 3)];
	struct piece *buckets[(size_t)1 << BUCKET_BITS];
};

static uint64_t load(const unsigned char *bytes)
{
	uint64_t head;

	memcpy(&head, bytes, sizeof(head));
	return head;
}

static size_t hash(uint64_t head, int bits)
{
	return (size_t)((head * UINT64_C(0x9E3779B97F4A7C15)) >> (64 - bits));
}

static void *allocate(size_t count, size_t size)
{
	void *bytes = calloc(count, size);

	if (!bytes) {
		fputs("find_pieces: no memory\n", stderr);
		exit(2);
	}
	return bytes;
}

static void add(struct index *index, unsigned long number, const char *hex)
{
	struct piece *piece = allocate(1, sizeof(*piece));

	piece->size = strlen(hex) / 2;
	piece->bytes = allocate(piece->size + 1, 1);
	for (size_t i = 0; i < piece->size; i++) {
		char pair[] = {hex[2 * i], hex[2 * i + 1], '\0'};
		piece->bytes[i] = (unsigned char)strtoul(pair, NULL, 16);
	}
	if (piece->size < HEAD_SIZE) {
		fprintf(stderr, "find_pieces: piece %lu is too short\n", number);
		exit(2);
	}
	piece->head = load(piece->bytes);
	piece->number = number;
	size_t bit = hash(piece->head, FILTER_BITS);
	index->filter[bit >> 3] = (unsigned char)(index->filter[bit >> 3] | 1u << (bit & 7));
	struct piece **bucket = &index->buckets[hash(piece->head, BUCKET_BITS)];
	piece->next = *bucket;
	*bucket = piece;
}

static bool read_pieces(struct index *index, const char *path)
{
	FILE *file = fopen(path, "r");
	char *line = NULL;
	size_t room = 0;

	if (!file)
		return false;
	while (getline(&line, &room, file) > 0) {
		char *hex;
		unsigned long number = strtoul(line, &hex, 10);
		hex += strspn(hex, " ");
		hex[strcspn(hex, "\n")] = '\0';
		add(index, number, hex);
	}
	free(line);
	return fclose(file) == 0;
}

static void search(const struct index *index, int file, const unsigned char *bytes, size_t size)
{
	int hits = 0;

	for (size_t i = 0; i + HEAD_SIZE <= size && hits < HITS_PER_FILE; i++) {
		uint64_t head = load(bytes + i);
		size_t bit = hash(head, FILTER_BITS);
		if (!(index->filter[bit >> 3] >> (bit & 7) & 1))
			continue;
		for (const struct piece *piece = index->buckets[hash(head, BUCKET_BITS)]; piece; piece = piece->next) {
			if (piece->head != head || piece->size > size - i ||
				memcmp(piece->bytes, bytes + i, piece->size) != 0)
				continue;
			printf("%d %lu %zu\n", file, piece->number, i);
			hits++;
			i += piece->size - 1;
			break;
		}
	}
}

/* Returns the size, or -1. */
static intmax_t search_file(const struct index *index, int number, const char *path)
{
	struct stat about;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &about) != 0)
		return -1;
	if (about.st_size > 0) {
		void *bytes = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
		if (bytes == MAP_FAILED)
			return -1;
		search(index, number, bytes, (size_t)about.st_size);
		munmap(bytes, (size_t)about.st_size);
	}
	close(fd);
	return about.st_size;
}

int main(int argc, char **argv)
{
	struct index *index = allocate(1, sizeof(*index));
	intmax_t total = 0;

	if (argc < 2 || !read_pieces(index, argv[1])) {
		fprintf(stderr, "find_pieces: no pieces: %s\n", strerror(errno));
		return 2;
	}
	for (int i = 2; i < argc; i++) {
		intmax_t size = search_file(index, i - 2, argv[i]);
		if (size < 0) {
			fprintf(stderr, "find_pieces: %s: %s\n", argv[i], strerror(errno));
			return 2;
		}
		total += size;
	}
	printf("%" PRIdMAX " bytes\n", total);
	return 0;
}
