#include "sync/plan_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json_writer.h"
#include "base/xalloc.h"
#include "store/json_values.h"
#include "sync/plan_report.h"
#include "sync/plan_static.h"
#include "yaml/stream.h"

/* What a plan begins with: whatever else there is, is not overwritten. */
#define PLAN_BEGINNING "{\n  \"plan\": 1,"

struct file_entry {
	struct str name;
	struct str state;
	uint64_t version;
};

struct file_step {
	struct str entry;
	struct str key;
	struct str action;
	uint64_t row;
};

struct plan_file {
	struct arena arena; /* sensitive, for the key */
	struct str path;
	struct str environment;
	struct str store;
	struct str source_kind;
	struct str source;
	struct str scheme;
	struct plan_options options;
	struct vec only;
	struct vec exclude;
	struct vec rotate;
	struct vec values;  /* struct plan_static */
	struct vec entries; /* struct file_entry */
	struct vec steps;   /* struct file_step */
	struct secret *key;
};

static const char *const state_names[] = {
	[STORE_ABSENT] = "absent",
	[STORE_DELETED] = "deleted",
	[STORE_PRESENT] = "present",
};

/* The flags of the options: name in the file and place. */
static const struct {
	const char *name;
	size_t offset;
} flags[] = {
	{"regenerate", offsetof(struct plan_options, regenerate)},
	{"delete", offsetof(struct plan_options, delete_unknown)},
	{"force", offsetof(struct plan_options, force)},
	{"deletePullSecret", offsetof(struct plan_options, delete_pull_secret)},
	{"partial", offsetof(struct plan_options, partial)},
};
#define FLAG_COUNT (sizeof(flags) / sizeof(flags[0]))

static void write_words(struct json_writer *json, const char *key, const struct vec *words)
{
	json_key(json, key);
	json_begin_array(json);
	for (size_t i = 0; words && i < words->len; i++)
		json_string(json, *(struct str *)vec_at(words, i));
	json_end_array(json);
}

static void write_options(struct json_writer *json, const struct plan_options *options)
{
	json_key(json, "options");
	json_begin_object(json);
	write_words(json, "only", options->only);
	write_words(json, "exclude", options->exclude);
	write_words(json, "rotate", options->rotate);
	for (size_t i = 0; i < FLAG_COUNT; i++)
		json_member_bool(json, flags[i].name, *(const bool *)((const char *)options + flags[i].offset));
	json_member_uint(json, "maxDelete", options->max_delete);
	json_end_object(json);
}

static void write_values(struct json_writer *json, const struct vec *values)
{
	json_key(json, "static");
	json_begin_array(json);
	for (size_t i = 0; i < values->len; i++) {
		const struct plan_static *value = vec_at(values, i);

		json_begin_object(json);
		json_member_str(json, "name", value->name);
		json_member_str(json, "state", value->state);
		json_member_str(json, "digest", value->digest);
		json_end_object(json);
	}
	json_end_array(json);
}

/* Takes down what the store holds, those that were deleted included. */
static void list_entries(struct vec *out, const struct store_snapshot *remote)
{
	for (size_t i = 0; i < remote->entries.len; i++) {
		const struct store_entry *entry = vec_pointer(&remote->entries, i);

		*(struct file_entry *)vec_push(out) = (struct file_entry){
			.name = entry->name, .state = str_of(state_names[entry->state]), .version = entry->version};
	}
}

/* … and what will be done. */
static void list_steps(struct vec *out, const struct plan *plan)
{
	for (size_t i = 0; i < plan->entries.len; i++) {
		const struct plan_entry *entry = vec_pointer(&plan->entries, i);

		for (size_t j = 0; j < entry->keys.len && !entry->excluded; j++) {
			const struct plan_key *key = vec_pointer(&entry->keys, j);

			if (key->action != PLAN_KEEP)
				*(struct file_step *)vec_push(out) = (struct file_step){.entry = entry->name,
					.key = key->key,
					.action = plan_action_name(key->action),
					.row = key->row};
		}
	}
}

static void write_entries(struct json_writer *json, const struct store_snapshot *remote)
{
	struct vec entries = VEC_INIT(struct file_entry);

	list_entries(&entries, remote);
	json_key(json, "entries");
	json_begin_array(json);
	for (size_t i = 0; i < entries.len; i++) {
		const struct file_entry *entry = vec_at(&entries, i);

		json_begin_object(json);
		json_member_str(json, "name", entry->name);
		json_member_str(json, "state", entry->state);
		json_member_uint(json, "version", entry->version);
		json_end_object(json);
	}
	json_end_array(json);
	vec_release(&entries);
}

static void write_steps(struct json_writer *json, const struct plan *plan)
{
	struct vec steps = VEC_INIT(struct file_step);

	list_steps(&steps, plan);
	json_key(json, "steps");
	json_begin_array(json);
	for (size_t i = 0; i < steps.len; i++) {
		const struct file_step *step = vec_at(&steps, i);

		json_begin_object(json);
		json_member_str(json, "entry", step->entry);
		json_member_str(json, "key", step->key);
		json_member_str(json, "action", step->action);
		json_member_uint(json, "row", step->row);
		json_end_object(json);
	}
	json_end_array(json);
	vec_release(&steps);
}

static void render(struct strbuf *out, const struct plan_subject *subject, const struct vec *values)
{
	struct json_writer json;

	json_writer_init(&json, out, 2);
	json_begin_object(&json);
	json_member_uint(&json, "plan", 1);
	json_member_str(&json, "environment", subject->plan->resolution->environment->name);
	json_member_str(&json, "store", subject->plan->store_name);
	write_options(&json, subject->options);
	json_key(&json, "source");
	json_begin_object(&json);
	json_member_str(&json, "kind", given_source_name(subject->given->source));
	json_member_str(&json, "name", subject->source);
	json_member_str(&json, "scheme", subject->scheme);
	json_end_object(&json);
	write_values(&json, values);
	write_entries(&json, subject->remote);
	write_steps(&json, subject->plan);
	json_end_object(&json);
	json_writer_release(&json);
	strbuf_append_char(out, '\n');
}

static struct str key_path(struct arena *arena, const char *path)
{
	return arena_printf(arena, "%s.key", path);
}

/* Whether what lies at a path may be replaced: nothing, or an earlier plan. */
static bool check_target(const char *path, struct arena *arena, struct error *error)
{
	struct error cause = ERROR_INIT;
	struct str text;
	bool good = access(path, F_OK) != 0;

	if (good)
		return true;
	if (!file_read(&text, arena, AT_FDCWD, path, &cause))
		error_set(error, cause.kind, "%s %s", path, cause.message);
	else if (!str_starts_with(text, STR(PLAN_BEGINNING)))
		error_set(error, ERROR_USAGE, "%s is there and is no plan; give another name to --plan-out", path);
	else
		good = true;
	error_release(&cause);
	return good;
}

static bool write_private(const char *path, struct str text, struct error *error)
{
	struct error cause = ERROR_INIT;
	bool good = file_write(path, text, FILE_WRITE_PRIVATE | FILE_WRITE_SYNC, NULL, &cause);

	if (!good)
		error_set(error, cause.kind, "%s %s", path, cause.message);
	error_release(&cause);
	return good;
}

bool plan_file_write(const char *path, const struct plan_subject *subject, struct error *error)
{
	struct vec values = VEC_INIT(struct plan_static);
	struct strbuf text = STRBUF_INIT;
	struct secret *key = NULL;
	struct arena arena;
	bool good;

	arena_init_sensitive(&arena);
	good = check_target(path, &arena, error) && digest_key(&key, error) &&
	       plan_static_digest(&values, &arena, subject->given, key, error);
	if (good) {
		struct str bytes = {.ptr = secret_bytes(key), .len = secret_size(key)};

		render(&text, subject, &values);
		/* The key first: a plan without it is of no use. */
		good = write_private(key_path(&arena, path).ptr, bytes, error) &&
		       write_private(path, strbuf_str(&text), error);
	}
	secret_free(key);
	strbuf_release(&text);
	vec_release(&values);
	arena_release(&arena);
	return good;
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
	for (size_t i = 0; i < FLAG_COUNT; i++)
		*(bool *)((char *)&file->options + flags[i].offset) =
			node_truth(node_get(options, str_of(flags[i].name)));
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
		*(struct file_entry *)vec_push(&file->entries) = (struct file_entry){
			.name = text_of(item, "name"),
			.state = text_of(item, "state"),
			.version = number_of(item, "version"),
		};
	for (size_t i = 0; (item = item_of(steps, i)) != NULL; i++)
		*(struct file_step *)vec_push(&file->steps) = (struct file_step){
			.entry = text_of(item, "entry"),
			.key = text_of(item, "key"),
			.action = text_of(item, "action"),
			.row = number_of(item, "row"),
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
	struct str path = key_path(&file->arena, file->path.ptr), bytes;
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
	vec_init(&file->entries, sizeof(struct file_entry));
	vec_init(&file->steps, sizeof(struct file_step));
	good = file_read(&text, &file->arena, AT_FDCWD, path, &cause);
	if (!good)
		error_set(error, ERROR_USAGE, "%s %s", path, cause.message);
	error_release(&cause);
	if (good && read_content(file, text, error) && read_key(file, error))
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

/* Where the sentences about changes go. */
struct changes {
	struct vec *list;
	struct arena *arena;
};

static void add_change(struct changes *changes, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void add_change(struct changes *changes, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	*(struct str *)vec_push(changes->list) = arena_vprintf(changes->arena, format, args);
	va_end(args);
}

static bool same(struct str a, struct str b)
{
	return str_is_absent(a) == str_is_absent(b) && str_equal(a, b);
}

static void compare_values(struct changes *changes, const struct vec *before, const struct vec *now)
{
	struct map known;

	map_init(&known);
	for (size_t i = 0; i < before->len; i++) {
		struct plan_static *value = vec_at(before, i);

		map_set(&known, value->name, value);
	}
	for (size_t i = 0; i < now->len; i++) {
		const struct plan_static *value = vec_at(now, i), *old = map_set(&known, value->name, NULL);

		if (!old)
			add_change(changes, "the static source gives %.*s, which it did not", STR_ARG(value->name));
		else if (!same(old->state, value->state) || !same(old->digest, value->digest))
			add_change(changes, "the static source gives another value for %.*s", STR_ARG(value->name));
	}
	for (size_t i = 0; i < known.len; i++) {
		if (known.entries[i].value)
			add_change(changes, "the static source does not give %.*s any more",
				STR_ARG(known.entries[i].key));
	}
	map_release(&known);
}

static void compare_entries(struct changes *changes, const struct vec *before, const struct vec *now)
{
	struct map known;

	map_init(&known);
	for (size_t i = 0; i < before->len; i++) {
		struct file_entry *entry = vec_at(before, i);

		map_set(&known, entry->name, entry);
	}
	for (size_t i = 0; i < now->len; i++) {
		const struct file_entry *entry = vec_at(now, i), *old = map_set(&known, entry->name, NULL);

		if (!old)
			add_change(changes, "the store has the entry %.*s, which it had not", STR_ARG(entry->name));
		else if (!same(old->state, entry->state))
			add_change(changes, "the entry %.*s of the store was %.*s and is %.*s now",
				STR_ARG(entry->name), STR_ARG(old->state), STR_ARG(entry->state));
		else if (old->version != entry->version)
			add_change(changes, "the entry %.*s of the store had version %llu and has %llu now",
				STR_ARG(entry->name), (unsigned long long)old->version,
				(unsigned long long)entry->version);
	}
	for (size_t i = 0; i < known.len; i++) {
		if (known.entries[i].value)
			add_change(changes, "the entry %.*s of the store is gone", STR_ARG(known.entries[i].key));
	}
	map_release(&known);
}

static struct str step_name(struct arena *arena, const struct file_step *step)
{
	return arena_printf(arena, "%.*s %.*s", STR_ARG(step->entry), STR_ARG(step->key));
}

/* What the files of the repository say now. */
static void compare_steps(struct changes *changes, const struct vec *before, const struct vec *now)
{
	struct map known;

	map_init(&known);
	for (size_t i = 0; i < before->len; i++) {
		struct file_step *step = vec_at(before, i);

		map_set(&known, step_name(changes->arena, step), step);
	}
	for (size_t i = 0; i < now->len; i++) {
		const struct file_step *step = vec_at(now, i);
		struct str name = step_name(changes->arena, step);
		const struct file_step *old = map_set(&known, name, NULL);

		if (!old)
			add_change(changes, "a new step: %.*s %.*s", STR_ARG(step->action), STR_ARG(name));
		else if (!same(old->action, step->action) || old->row != step->row)
			add_change(changes, "%.*s was to be: %.*s; now it is: %.*s (row %llu of the decisions)",
				STR_ARG(name), STR_ARG(old->action), STR_ARG(step->action),
				(unsigned long long)step->row);
	}
	for (size_t i = 0; i < known.len; i++) {
		const struct file_step *old = known.entries[i].value;

		if (old)
			add_change(changes, "a step has gone: %.*s %.*s", STR_ARG(old->action),
				STR_ARG(known.entries[i].key));
	}
	map_release(&known);
}

bool plan_file_compare(const struct plan_file *file, const struct plan_subject *subject, struct vec *changes,
	struct arena *arena, struct error *error)
{
	struct changes sentences = {.list = changes, .arena = arena};
	struct vec values = VEC_INIT(struct plan_static);
	struct vec entries = VEC_INIT(struct file_entry);
	struct vec steps = VEC_INIT(struct file_step);
	struct str source = given_source_name(subject->given->source);
	bool good = plan_static_digest(&values, arena, subject->given, file->key, error);

	if (good) {
		list_entries(&entries, subject->remote);
		list_steps(&steps, subject->plan);
		if (!same(file->store, subject->plan->store_name))
			add_change(&sentences, "it was made for %.*s, and this is %.*s", STR_ARG(file->store),
				STR_ARG(subject->plan->store_name));
		if (!same(file->source_kind, source))
			add_change(&sentences, "static values came from %.*s, and come from %.*s now",
				STR_ARG(file->source_kind), STR_ARG(source));
		compare_values(&sentences, &file->values, &values);
		compare_entries(&sentences, &file->entries, &entries);
		compare_steps(&sentences, &file->steps, &steps);
	}
	vec_release(&values);
	vec_release(&entries);
	vec_release(&steps);
	return good;
}
