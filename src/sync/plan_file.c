#include <fcntl.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/xalloc.h"
#include "store/json_values.h"
#include "sync/plan_file_private.h"
#include "yaml/stream.h"

static const char *const state_names[] = {
	[STORE_ABSENT] = "absent",
	[STORE_DELETED] = "deleted",
	[STORE_PRESENT] = "present",
};

const struct plan_file_flag plan_file_flags[PLAN_FILE_FLAG_COUNT] = {
	{"regenerate", offsetof(struct plan_options, regenerate)},
	{"delete", offsetof(struct plan_options, delete_unknown)},
	{"force", offsetof(struct plan_options, force)},
	{"deletePullSecret", offsetof(struct plan_options, delete_pull_secret)},
	{"partial", offsetof(struct plan_options, partial)},
};

void plan_file_list_entries(struct vec *out, const struct store_snapshot *remote)
{
	for (size_t i = 0; i < remote->entries.len; i++) {
		const struct store_entry *entry = vec_pointer(&remote->entries, i);

		*(struct plan_file_entry *)vec_push(out) = (struct plan_file_entry){
			.name = entry->name, .state = str_of(state_names[entry->state]), .version = entry->version};
	}
}

static struct str made_from(struct arena *arena, const struct plan_key *key)
{
	bool is_generated = key->value_kind == PLAN_VALUE_GENERATED;
	struct str type = is_generated ? generate_type_name(key->generate) : STR("");
	struct strbuf text = STRBUF_INIT;
	struct str result;

	strbuf_append(&text, type);
	if (key->source)
		strbuf_printf(&text, "%s%.*s/%.*s", is_generated ? " of " : "", STR_ARG(key->source->entry->name),
			STR_ARG(key->source->key));
	result = text.len > 0 ? arena_str(arena, strbuf_str(&text)) : STR_ABSENT;
	strbuf_release(&text);
	return result;
}

static bool add_step(struct vec *out, struct arena *arena, const struct plan_key *key, struct secret *digest_key,
	struct error *error)
{
	bool is_literal = key->value_kind == PLAN_VALUE_KNOWN && key->secret && key->secret->origin == ORIGIN_VALUE;
	struct plan_file_step *step = vec_push(out);

	*step = (struct plan_file_step){
		.entry = key->entry->name,
		.key = key->key,
		.action = plan_action_name(key->action),
		.row = key->row,
		.made = made_from(arena, key),
		.digest = STR_ABSENT,
	};
	return !is_literal || plan_digest_named(&step->digest, arena,
				      arena_printf(arena, "step %.*s/%.*s", STR_ARG(step->entry), STR_ARG(step->key)),
				      key->value, digest_key, error);
}

bool plan_file_list_steps(
	struct vec *out, struct arena *arena, const struct plan *plan, struct secret *key, struct error *error)
{
	bool good = true;

	for (size_t i = 0; i < plan->entries.len; i++) {
		const struct plan_entry *entry = vec_pointer(&plan->entries, i);

		for (size_t j = 0; j < entry->keys.len && !entry->excluded && good; j++) {
			const struct plan_key *step = vec_pointer(&entry->keys, j);

			good = step->action == PLAN_KEEP || add_step(out, arena, step, key, error);
		}
	}
	return good;
}

bool plan_file_seal(struct str *out, struct arena *arena, struct str text, struct secret *key, struct error *error)
{
	struct secret *copy = secret_new(text.ptr, text.len);
	bool good = plan_digest_named(out, arena, STR("plan"), copy, key, error);

	secret_free(copy);
	return good;
}

struct str plan_file_key_path(struct arena *arena, const char *path)
{
	return arena_printf(arena, "%s.key", path);
}

static uint64_t number_of(const struct node *mapping, const char *name)
{
	uint64_t number = 0;

	return json_values_uint(&number, node_get(mapping, str_of(name))) ? number : 0;
}

static struct str text_of(const struct node *mapping, const char *name)
{
	return node_string(node_get(mapping, str_of(name)));
}

/* The items of a list, one a call; NULL at the end, or where it is none. */
static const struct node *item_of(const struct node *list, size_t index)
{
	return node_is_sequence(list) && index < node_resolve(list)->sequence.count
		       ? node_resolve(list)->sequence.items[index]
		       : NULL;
}

static void read_words(struct vec *out, const struct node *list)
{
	const struct node *item;

	for (size_t i = 0; (item = item_of(list, i)) != NULL; i++)
		*(struct str *)vec_push(out) = node_string(item);
}

static void read_options(struct plan_file *file, const struct node *options)
{
	read_words(&file->only, node_get(options, STR("only")));
	read_words(&file->exclude, node_get(options, STR("exclude")));
	read_words(&file->rotate, node_get(options, STR("rotate")));
	for (size_t i = 0; i < PLAN_FILE_FLAG_COUNT; i++)
		*(bool *)((char *)&file->options + plan_file_flags[i].offset) =
			node_truth(node_get(options, str_of(plan_file_flags[i].name)));
	file->options.max_delete = (unsigned)number_of(options, "maxDelete");
	file->options.only = &file->only;
	file->options.exclude = &file->exclude;
	file->options.rotate = &file->rotate;
}

static void read_lists(struct plan_file *file, const struct node *root)
{
	const struct node *values = node_get(root, STR("static")), *entries = node_get(root, STR("entries"));
	const struct node *steps = node_get(root, STR("steps")), *item;

	for (size_t i = 0; (item = item_of(values, i)) != NULL; i++)
		*(struct plan_static *)vec_push(&file->values) = (struct plan_static){
			.name = text_of(item, "name"),
			.state = text_of(item, "state"),
			.digest = text_of(item, "digest"),
		};
	for (size_t i = 0; (item = item_of(entries, i)) != NULL; i++)
		*(struct plan_file_entry *)vec_push(&file->entries) = (struct plan_file_entry){
			.name = text_of(item, "name"),
			.state = text_of(item, "state"),
			.version = number_of(item, "version"),
		};
	for (size_t i = 0; (item = item_of(steps, i)) != NULL; i++)
		*(struct plan_file_step *)vec_push(&file->steps) = (struct plan_file_step){
			.entry = text_of(item, "entry"),
			.key = text_of(item, "key"),
			.action = text_of(item, "action"),
			.row = number_of(item, "row"),
			.made = text_of(item, "made"),
			.digest = text_of(item, "digest"),
		};
}

static bool read_content(struct plan_file *file, struct str text, struct error *error)
{
	struct yaml_stream *stream = json_load(&file->arena, file->path, text);
	const struct node *root = yaml_root(stream);
	const struct node *source = node_get(root, STR("source"));
	bool good = !stream->broken && node_is_mapping(root) && number_of(root, "plan") == 1;

	if (good) {
		file->environment = text_of(root, "environment");
		file->store = text_of(root, "store");
		file->source_kind = text_of(source, "kind");
		file->source = text_of(source, "name");
		file->scheme = text_of(source, "scheme");
		read_options(file, node_get(root, STR("options")));
		read_lists(file, root);
	} else {
		error_set(error, ERROR_USAGE, "%s is no plan that --plan-out has written", file->path.ptr);
	}
	yaml_stream_release(stream);
	return good;
}

static bool read_key(struct plan_file *file, struct error *error)
{
	struct error cause = ERROR_INIT;
	struct str path = plan_file_key_path(&file->arena, file->path.ptr), bytes;
	bool good = file_read(&bytes, &file->arena, AT_FDCWD, path.ptr, &cause);

	if (!good)
		error_set(error, ERROR_USAGE, "%s, which belongs to the plan, %s; plan again with --plan-out", path.ptr,
			cause.message);
	else if (bytes.len != DIGEST_SIZE)
		good = error_set(error, ERROR_USAGE, "%s is no key of a plan; plan again with --plan-out", path.ptr);
	else
		file->key = secret_new(bytes.ptr, bytes.len);
	error_release(&cause);
	return good;
}

/* Who has looked at a plan has to get that plan: one that was altered since, or that another key belongs to, is none. */
static bool check_seal(struct plan_file *file, struct str text, struct error *error)
{
	size_t tail = sizeof(PLAN_SEAL_BEFORE PLAN_SEAL_AFTER) - 1 + (size_t)2 * DIGEST_SIZE;
	struct str seal, start = text.len > tail ? str_slice(text, 0, text.len - tail) : STR("");
	struct strbuf whole = STRBUF_INIT;
	bool good;

	strbuf_append(&whole, start);
	strbuf_append_c(&whole, PLAN_END);
	good = plan_file_seal(&seal, &file->arena, strbuf_str(&whole), file->key, error);
	if (good) {
		strbuf_clear(&whole);
		strbuf_append(&whole, start);
		strbuf_append_c(&whole, PLAN_SEAL_BEFORE);
		strbuf_append(&whole, seal);
		strbuf_append_c(&whole, PLAN_SEAL_AFTER);
		good = str_equal(strbuf_str(&whole), text) ||
		       error_set(error, ERROR_USAGE,
			       "%s is not as --plan-out wrote it, or %s.key belongs to another plan; plan again with "
			       "--plan-out",
			       file->path.ptr, file->path.ptr);
	}
	strbuf_release(&whole);
	return good;
}

struct plan_file *plan_file_read(const char *path, struct error *error)
{
	struct plan_file *file = xcalloc(1, sizeof(*file));
	struct error cause = ERROR_INIT;
	struct str text;
	bool good;

	arena_init_sensitive(&file->arena);
	file->path = arena_str(&file->arena, str_of(path));
	vec_init(&file->only, sizeof(struct str));
	vec_init(&file->exclude, sizeof(struct str));
	vec_init(&file->rotate, sizeof(struct str));
	vec_init(&file->values, sizeof(struct plan_static));
	vec_init(&file->entries, sizeof(struct plan_file_entry));
	vec_init(&file->steps, sizeof(struct plan_file_step));
	good = file_read(&text, &file->arena, AT_FDCWD, path, &cause);
	if (!good)
		error_set(error, ERROR_USAGE, "%s %s", path, cause.message);
	error_release(&cause);
	if (good && read_content(file, text, error) && read_key(file, error) && check_seal(file, text, error))
		return file;
	plan_file_free(file);
	return NULL;
}

void plan_file_free(struct plan_file *file)
{
	if (!file)
		return;
	secret_free(file->key);
	vec_release(&file->only);
	vec_release(&file->exclude);
	vec_release(&file->rotate);
	vec_release(&file->values);
	vec_release(&file->entries);
	vec_release(&file->steps);
	arena_release(&file->arena);
	free(file);
}

const struct plan_options *plan_file_options(const struct plan_file *file)
{
	return &file->options;
}

struct str plan_file_environment(const struct plan_file *file)
{
	return file->environment;
}

struct str plan_file_source(const struct plan_file *file)
{
	return file->source;
}

struct str plan_file_scheme(const struct plan_file *file)
{
	return file->scheme;
}
