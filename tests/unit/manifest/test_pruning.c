/* What is of interest of a template is the same whether all of it is loaded or only what manifest_interest() asks for: of the templates of both corpora, and of
 * many that are put together at random. */
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

#include "../helm/helm_fixture.h"
#include "base/error.h"
#include "base/file.h"
#include "manifest/manifest.h"

#define GENERATED 5000

/* Data as text, without what nobody asks for: empty where nothing is left. */
static bool write_interesting(
	struct strbuf *out, struct arena *arena, const struct data *data, const struct helm_path *path);

static bool write_entry(
	struct strbuf *out, struct arena *arena, const struct data_entry *entry, const struct helm_path *outer)
{
	struct helm_path path = {.outer = outer, .key = entry->key};
	size_t start = out->len;
	bool written = false;

	strbuf_printf(out, "%.*s@%u: ", STR_ARG(entry->key), (unsigned)entry->key_span.start);
	switch (manifest_interest(&path)) {
	case HELM_SKIP:
		break;
	case HELM_DESCEND:
		written = write_interesting(out, arena, entry->value, &path);
		break;
	case HELM_NAMES:
		for (size_t i = 0; i < data_entries(arena, entry->value).count; i++)
			strbuf_printf(out, "%.*s ", STR_ARG(data_entries(arena, entry->value).items[i].key));
		written = true;
		break;
	case HELM_KEEP:
		write_data(out, arena, entry->value);
		written = true;
	}
	if (written)
		strbuf_append_c(out, ", ");
	else
		strbuf_truncate(out, start);
	return written;
}

static bool write_interesting(
	struct strbuf *out, struct arena *arena, const struct data *data, const struct helm_path *path)
{
	size_t start = out->len;
	bool written = false;

	if (data->kind == DATA_YAML)
		return write_interesting(out, arena, data->structure, path);
	if (data->kind != DATA_MAP && data->kind != DATA_LIST)
		return false;
	strbuf_append_c(out, data->maybe ? "maybe {" : "{");
	for (size_t i = 0; data->kind == DATA_MAP && i < data_entries(arena, data).count; i++)
		written = write_entry(out, arena, &data_entries(arena, data).items[i], path) || written;
	for (size_t i = 0; data->kind == DATA_LIST && i < data_items(arena, data).count; i++)
		written = write_interesting(out, arena, data_items(arena, data).items[i], path) || written;
	strbuf_append_c(out, data->open ? "…}" : "}");
	if (!written)
		strbuf_truncate(out, start);
	return written;
}

static void write_documents(struct strbuf *out, struct fixture *fixture)
{
	for (size_t i = 0; i < fixture->documents.len; i++) {
		size_t start = out->len;

		if (write_interesting(out, &fixture->arena, vec_pointer(&fixture->documents, i), NULL))
			strbuf_append_c(out, "\n");
		else
			strbuf_truncate(out, start);
	}
}

/* Whether all was loaded at once, so that both must come to the same. */
static bool is_sound(const struct helm_template *read)
{
	for (size_t i = 0; i < read->fragments.len; i++) {
		const struct helm_fragment *fragment = vec_at(&read->fragments, i);

		for (size_t j = 0; j < fragment->readings.len; j++) {
			if (((const struct helm_reading *)vec_at(&fragment->readings, j))->without)
				return false;
		}
		if (fragment->unreadable)
			return false;
	}
	return !read->gave_up;
}

/* Returns whether the two could be compared; *differs, whether they differ. */
static bool compare(const char *name, struct str text, const char *values, bool *differs)
{
	struct fixture whole, pruned;
	struct strbuf expected = STRBUF_INIT, found = STRBUF_INIT;
	bool sound;

	fixture_read(&whole, text, NULL);
	fixture_read(&pruned, text, manifest_interest);
	sound = is_sound(whole.read);
	if (sound) {
		fixture_expand(&whole, values);
		fixture_expand(&pruned, values);
		write_documents(&expected, &whole);
		write_documents(&found, &pruned);
	}
	*differs = !str_equal(strbuf_str(&expected), strbuf_str(&found));
	if (*differs)
		printf("%s:\n%.*s\nwhole:\n%.*s\npruned:\n%.*s\n", name, STR_ARG(text), STR_ARG(strbuf_str(&expected)),
			STR_ARG(strbuf_str(&found)));
	strbuf_release(&expected);
	strbuf_release(&found);
	fixture_release(&whole);
	fixture_release(&pruned);
	return sound;
}

/* Templates at random. */
struct generator {
	uint64_t state;
	struct strbuf out;
	unsigned budget; /* of members */
	bool after_end; /* a block has ended since the last member: what begins within it is never made to end behind it */
	bool in_named; /* in a named template, which includes none of those at random: they might never end */
};

static unsigned roll(struct generator *generator, unsigned sides)
{
	generator->state = generator->state * 6364136223846793005U + 1442695040888963407U;
	return (unsigned)(generator->state >> 33) % sides;
}

static const char *pick(struct generator *generator, const char *const *words, size_t count)
{
	return words[roll(generator, (unsigned)count)];
}
#define PICK(generator, words) pick(generator, words, sizeof(words) / sizeof(*(words)))

static void begin_line(struct generator *generator, unsigned column)
{
	strbuf_append_repeat(&generator->out, ' ', column);
}

static void add_insertion(struct generator *generator, unsigned column)
{
	static const char *const values[] = {"toYaml .Values.map", "toYaml .Values.list", "toYaml .Values.unknown.x",
		"include \"pairs\" .", "include \"items\" .", "include \"unknown\" .", "toYaml .Values.refs",
		"include \"random pairs\" $", "include \"random items\" $"};
	size_t count = sizeof(values) / sizeof(*values) - (generator->in_named ? 2 : 0);

	if (roll(generator, 5) == 0)
		column = roll(generator, 10);
	if (roll(generator, 2) == 0) {
		begin_line(generator, column);
		strbuf_printf(&generator->out, "{{ %s | indent 0 }}\n", pick(generator, values, count));
	} else {
		begin_line(generator, roll(generator, 6));
		strbuf_printf(&generator->out, "{{- %s | nindent %u }}\n", pick(generator, values, count), column);
	}
}

static void add_between(struct generator *generator, unsigned column)
{
	switch (generator->after_end ? 3 : roll(generator, 12)) {
	case 0:
		strbuf_append_c(&generator->out, roll(generator, 2) ? "\n" : "# a comment: with a colon\n");
		break;
	case 1:
		begin_line(generator, column + roll(generator, 3));
		strbuf_append_c(&generator->out, "# secretName: none\n");
		break;
	case 2:
		add_insertion(generator, column);
		break;
	default:
		break;
	}
}

static void add_map(struct generator *generator, unsigned column, bool begun);
static void add_list(struct generator *generator, unsigned column, bool begun);

static void add_scalar(struct generator *generator)
{
	static const char *const scalars[] = {"plain", "\"double: quoted\"", "'single'", "{{ .Values.x }}",
		"a-{{ .Values.x }}", "\"{{ .Values.x }}-b\"", "[a, b]", "{name: x, key: y}", "80", "plain # comment",
		"~", "{{ include \"name\" . }}", "http://a:80", "'it''s'", "{}"};

	strbuf_printf(&generator->out, " %s\n", roll(generator, 200) ? PICK(generator, scalars) : "&anchor x");
}

static void add_block_scalar(struct generator *generator, unsigned column)
{
	static const char *const heads[] = {" |\n", " |-\n", " >\n", " |+\n"};

	strbuf_append_c(&generator->out, PICK(generator, heads));
	column += 1 + roll(generator, 3);
	for (unsigned lines = roll(generator, 4); lines > 0; lines--) {
		begin_line(generator, column);
		strbuf_append_c(&generator->out,
			roll(generator, 3) ? "key: text # none\n" : "{{ .Values.x }} - {{ .Values.x }}\n");
		if (roll(generator, 4) == 0)
			strbuf_append_c(&generator->out, "\n");
	}
}

/* What stands behind a colon, which is there, of a key in a column. */
static void add_value(struct generator *generator, unsigned column)
{
	switch (generator->budget == 0 ? 0 : roll(generator, 9)) {
	case 0:
	case 1:
	case 2:
		add_scalar(generator);
		break;
	case 3:
		add_block_scalar(generator, column);
		break;
	case 4:
		strbuf_append_c(&generator->out, "\n");
		add_insertion(generator, column + 2);
		break;
	case 5:
		strbuf_append_c(&generator->out, "\n");
		add_between(generator, column + 2);
		add_list(generator, column + 2 * roll(generator, 2), false);
		break;
	case 6:
		strbuf_printf(&generator->out, " {{- toYaml .Values.refs | nindent %u }}\n", column + 2);
		break;
	default:
		strbuf_append_c(&generator->out, "\n");
		add_between(generator, column + 2);
		add_map(generator, column + 1 + roll(generator, 3), false);
	}
}

static void add_pair(struct generator *generator, unsigned column, unsigned key)
{
	static const char *const keys[] = {"metadata", "labels", "annotations", "name", "spec", "template", "env",
		"containers", "valueFrom", "secretKeyRef", "volumes", "secret", "secretName", "foo", "bar",
		"\"quoted\"", "data", "resources", "affinity", "imagePullSecrets", "x-{{ $.Values.x }}", "key", "tls",
		"items"};

	strbuf_printf(&generator->out, "%s:", keys[key % (sizeof(keys) / sizeof(*keys))]);
	add_value(generator, column);
}

/* Some members, perhaps in a condition each; begun: the first one's line has begun in the column. */
static void add_members(struct generator *generator, unsigned column, bool begun, bool of_list)
{
	unsigned count = 1 + roll(generator, 4), key = roll(generator, 24);

	for (unsigned i = 0; i < count; i++) {
		bool in_block = !begun && roll(generator, 6) == 0;

		if (generator->budget > 0)
			generator->budget--;
		if (in_block)
			strbuf_append_c(&generator->out,
				roll(generator, 2) ? "{{- if .Values.x }}\n" : "  {{- range .Values.list }}\n");
		if (!begun)
			begin_line(generator, column);
		begun = generator->after_end = false;
		if (!of_list) {
			add_pair(generator, column, key + 5 * i);
		} else {
			strbuf_append_c(&generator->out, "-");
			switch (generator->budget == 0 ? 0 : roll(generator, 6)) {
			case 0:
				add_scalar(generator);
				break;
			case 1:
				strbuf_append_c(&generator->out, " ");
				add_list(generator, column + 2, true);
				break;
			case 2:
				strbuf_append_c(&generator->out, "\n");
				add_map(generator, column + 2, false);
				break;
			default:
				strbuf_append_c(&generator->out, " ");
				add_map(generator, column + 2, true);
			}
		}
		if (in_block)
			strbuf_append_c(&generator->out, "{{- end }}\n");
		generator->after_end = generator->after_end || in_block;
		add_between(generator, column);
	}
}

static void add_map(struct generator *generator, unsigned column, bool begun)
{
	add_members(generator, column, begun, false);
}

static void add_list(struct generator *generator, unsigned column, bool begun)
{
	add_members(generator, column, begun, true);
}

#define NAMED                                                                                                          \
	"{{ define \"pairs\" }}\nsecretName: a\npair: {secretRef: {name: b}}\n{{ end }}\n"                             \
	"{{ define \"items\" }}\n- name: a\n  secretRef: {name: b}\n{{ end }}\n"                                       \
	"{{ define \"name\" }}n{{ end }}\n"
#define VALUES                                                                                                         \
	"{x: foo, map: {secretName: c, a: {b: c}}, list: [{secretRef: {name: d}}, e], refs: {secretKeyRef: {name: f, " \
	"key: g}}}"

static void add_named(
	struct generator *generator, const char *name, void (*add)(struct generator *generator, unsigned, bool))
{
	generator->in_named = true;
	strbuf_printf(&generator->out, "{{ define \"%s\" }}\n", name);
	add(generator, 0, false);
	strbuf_append_c(&generator->out, "{{ end }}\n");
	generator->in_named = generator->after_end = false;
}

static void random_templates_come_to_the_same(void **state)
{
	struct generator generator = {.state = 20, .out = STRBUF_INIT};
	size_t compared = 0;
	bool differs = false;

	(void)state;
	for (unsigned i = 0; i < GENERATED && !differs; i++) {
		strbuf_clear(&generator.out);
		generator.after_end = false;
		generator.budget = 2 + roll(&generator, 1 + i * 30 / GENERATED);
		strbuf_append_c(&generator.out, NAMED);
		add_named(&generator, "random pairs", add_map);
		add_named(&generator, "random items", add_list);
		generator.budget = 2 + roll(&generator, 1 + i * 30 / GENERATED);
		if (roll(&generator, 8) == 0)
			add_insertion(&generator, 0);
		add_map(&generator, 0, false);
		while (roll(&generator, 3) == 0) {
			strbuf_append_c(&generator.out, roll(&generator, 4) ? "---\n" : "--- # another\n");
			add_map(&generator, 0, false);
		}
		compared += compare("generated", strbuf_str(&generator.out), VALUES, &differs);
	}
	strbuf_release(&generator.out);
	assert_false(differs);
	printf("%zu of %d templates were compared\n", compared, GENERATED);
	assert_true(compared > GENERATED / 4);
}

/* nftw() has no context to pass on. */
static size_t templates, different;

static int compare_file(const char *path, const struct stat *status, int type, struct FTW *place)
{
	struct error error = ERROR_INIT;
	struct str name = str_of(path), text;
	struct arena arena;
	bool differs = false;

	(void)status;
	(void)place;
	if (type != FTW_F || !str_contains(name, STR("/templates/")) || !str_ends_with(name, STR(".yaml")))
		return 0;
	arena_init(&arena);
	assert_true(file_read(&text, &arena, AT_FDCWD, path, &error));
	templates += compare(path, text, "{}", &differs);
	different += differs;
	arena_release(&arena);
	return 0;
}

static void templates_of_the_corpora_come_to_the_same(void **state)
{
	const char *shared = getenv("ASPIS_SHARED");
	char path[4096];

	(void)state;
	snprintf(path, sizeof(path), "%s/corpus", shared ? shared : "shared");
	if (nftw(path, compare_file, 16, FTW_PHYS) != 0 || templates == 0) {
		puts("no corpus");
		skip();
	}
	assert_int_equal(different, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_templates_come_to_the_same),
		cmocka_unit_test(templates_of_the_corpora_come_to_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
