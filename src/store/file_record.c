#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "store/file_private.h"
#include "store/json_values.h"
#include "yaml/stream.h"

bool file_identity_of(struct file_identity *out, struct str path)
{
	struct stat status;

	if (stat(path.ptr, &status) != 0)
		return false;
	*out = (struct file_identity){
		.size = (uint64_t)status.st_size,
		.seconds = (uint64_t)status.st_mtim.tv_sec,
		.nanoseconds = (uint64_t)status.st_mtim.tv_nsec,
	};
	return true;
}

bool file_identity_equal(const struct file_identity *a, const struct file_identity *b)
{
	return a->size == b->size && a->seconds == b->seconds && a->nanoseconds == b->nanoseconds;
}

static bool read_fields(struct file_record *out, const struct node *root)
{
	const struct node *size = node_get(root, STR("size"));

	if (!json_values_uint(&out->version, node_get(root, STR("version"))) || out->version == 0)
		return false;
	out->has_identity = size != NULL;
	return !size || (json_values_uint(&out->identity.size, size) &&
				json_values_uint(&out->identity.seconds, node_get(root, STR("seconds"))) &&
				json_values_uint(&out->identity.nanoseconds, node_get(root, STR("nanoseconds"))));
}

bool file_record_read(struct file_record *out, struct str path, struct error *error)
{
	struct yaml_stream *stream = NULL;
	const struct node *root;
	struct arena arena;
	struct str text;
	bool done = true;

	*out = (struct file_record){.version = 0};
	if (faccessat(AT_FDCWD, path.ptr, F_OK, 0) != 0 && errno == ENOENT)
		return true;
	arena_init(&arena);
	done = file_read(&text, &arena, AT_FDCWD, path.ptr, error);
	if (done) {
		stream = json_load(&arena, path, text);
		root = stream->broken ? NULL : yaml_root(stream);
		done = (root && root->kind == NODE_MAPPING && read_fields(out, root)) ||
		       error_set(error, ERROR_SYSTEM, "is no record of a version");
	}
	yaml_stream_release(stream);
	arena_release(&arena);
	return done;
}

bool file_record_write(struct str path, const struct file_record *record, struct error *error)
{
	struct strbuf text = STRBUF_INIT;
	bool done;

	strbuf_printf(&text, "{\"version\": %" PRIu64, record->version);
	if (record->has_identity)
		strbuf_printf(&text, ", \"size\": %" PRIu64 ", \"seconds\": %" PRIu64 ", \"nanoseconds\": %" PRIu64,
			record->identity.size, record->identity.seconds, record->identity.nanoseconds);
	strbuf_append_c(&text, "}\n");
	done = file_write(path.ptr, strbuf_str(&text), FILE_WRITE_SYNC | FILE_WRITE_PRIVATE, NULL, error);
	strbuf_release(&text);
	return done;
}
