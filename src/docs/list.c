#include "docs/list.h"

#include <stdio.h>
#include <xxhash.h>

#include "base/json_writer.h"
#include "docs/tree.h"
#include "yaml/stream.h"

enum { LIST_VERSION = 1 };

void file_list_init(struct file_list *list)
{
	vec_init(&list->files, sizeof(struct listed_file));
	map_init(&list->by_path);
}

void file_list_release(struct file_list *list)
{
	vec_release(&list->files);
	map_release(&list->by_path);
}

void file_list_add(struct file_list *list, struct str path, struct str format, struct str fingerprint)
{
	*(struct listed_file *)vec_push(&list->files) =
		(struct listed_file){.path = path, .format = format, .fingerprint = fingerprint};
}

static bool is_fingerprint(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (str_hex_digit(text.ptr[i]) < 0)
			return false;
	}
	return text.len == FINGERPRINT_DIGITS;
}

static bool read_file(struct file_list *list, const struct node *node)
{
	struct str path = node_string(node_get(node, STR("path")));
	struct str format = node_string(node_get(node, STR("format")));
	struct str fingerprint = node_string(node_get(node, STR("fingerprint")));

	if (str_is_absent(path) || str_is_absent(format) || !tree_holds(path) || !is_fingerprint(fingerprint))
		return false;
	file_list_add(list, path, format, fingerprint);
	return true;
}

static bool read_root(struct file_list *list, const struct node *root)
{
	const struct node *files = node_resolve(node_get(root, STR("files")));

	if (!node_is_mapping(root) || !str_is(node_text(node_get(root, STR("version"))), "1") ||
		!node_is_sequence(files))
		return false;
	for (uint32_t i = 0; i < files->sequence.count; i++) {
		if (!node_is_mapping(files->sequence.items[i]) || !read_file(list, files->sequence.items[i]))
			return false;
	}
	return true;
}

bool file_list_read(struct file_list *list, struct arena *arena, struct str shown, struct str text, struct error *error)
{
	struct yaml_stream *stream = json_load(arena, shown, text);
	bool done = stream->issues.len == 0 && read_root(list, yaml_root(stream));

	yaml_stream_release(stream);
	if (!done)
		return error_set(error, ERROR_USAGE,
			"%.*s is not a list of pages as 'aspis docs' writes it, so nobody can tell which files are its "
			"own; "
			"restore it, or remove the folder to begin anew",
			STR_ARG(shown));
	for (size_t i = 0; i < list->files.len; i++) {
		struct listed_file *file = vec_at(&list->files, i);
		map_set(&list->by_path, file->path, file);
	}
	return true;
}

static int compare_files(const void *a, const void *b)
{
	return str_compare(((const struct listed_file *)a)->path, ((const struct listed_file *)b)->path);
}

void file_list_write(struct strbuf *out, struct file_list *list)
{
	struct json_writer json;

	vec_sort(&list->files, compare_files);
	json_writer_init(&json, out, 1);
	json_begin_object(&json);
	json_member_uint(&json, "version", LIST_VERSION);
	json_key(&json, "files");
	json_begin_array(&json);
	for (size_t i = 0; i < list->files.len; i++) {
		const struct listed_file *file = vec_at(&list->files, i);

		json_begin_object(&json);
		json_member_str(&json, "path", file->path);
		json_member_str(&json, "format", file->format);
		json_member_str(&json, "fingerprint", file->fingerprint);
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
	json_writer_release(&json);
	strbuf_append_char(out, '\n');
}

struct str fingerprint_of(struct arena *arena, struct str text)
{
	XXH128_canonical_t canonical;
	char digits[FINGERPRINT_DIGITS + 1];

	XXH128_canonicalFromHash(&canonical, XXH3_128bits(text.ptr, text.len));
	for (size_t i = 0; i < sizeof(canonical.digest); i++)
		snprintf(digits + 2 * i, 3, "%02x", (unsigned)canonical.digest[i]);
	return arena_str(arena, (struct str){.ptr = digits, .len = FINGERPRINT_DIGITS});
}
