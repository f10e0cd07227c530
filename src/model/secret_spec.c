#include "model/secret_spec.h"

#include "model/build.h"

static const struct {
	struct str name;
	bool derived;
} generate_types[GENERATE_TYPE_COUNT] = {
#define GENERATE_ROW(enumerator, text, derives)                                                                        \
	[enumerator] = {.name = {.ptr = "" text, .len = sizeof(text) - 1}, .derived = (derives)},
	GENERATE_TYPES(GENERATE_ROW)
#undef GENERATE_ROW
};

struct str generate_type_name(enum generate_type type)
{
	return type < GENERATE_TYPE_COUNT ? generate_types[type].name : STR_ABSENT;
}

bool generate_type_is_derived(enum generate_type type)
{
	return type < GENERATE_TYPE_COUNT && generate_types[type].derived;
}

enum generate_type generate_type_of(struct str name)
{
	unsigned type = 0;
	while (type < GENERATE_TYPE_COUNT && !str_equal(generate_types[type].name, name))
		type++;
	return (enum generate_type)type;
}

bool spec_copies_always(const struct secret_spec *spec)
{
	return spec->copy.node && !spec_has(&spec->copy.condition);
}

/* The value of a key that is not null. */
static const struct node *read_value(const struct node *mapping, struct str key)
{
	const struct node *value = node_resolve(node_get(mapping, key));
	return node_is_null(value) ? NULL : value;
}

static struct spec_text read_text(struct secret_spec *spec, const struct node *mapping, struct str key)
{
	const struct node *value = read_value(mapping, key);

	if (!value)
		return (struct spec_text){.text = STR_ABSENT};
	if (!node_is_string(value)) {
		spec->faulty = true;
		return (struct spec_text){.text = STR_ABSENT};
	}
	return (struct spec_text){.text = node_string(value), .node = value};
}

/* The same where "" counts as absent. */
static struct spec_text read_filled_text(struct secret_spec *spec, const struct node *mapping, struct str key)
{
	struct spec_text text = read_text(spec, mapping, key);

	if (!spec_has(&text) || text.text.len > 0)
		return text;
	spec->faulty = true;
	return (struct spec_text){.text = STR_ABSENT};
}

static const struct node *read_stanza(struct secret_spec *spec, struct str key)
{
	const struct node *stanza = read_value(spec->node, key);

	if (!stanza || node_is_mapping(stanza))
		return stanza;
	spec->faulty = true;
	return NULL;
}

static void read_copy(struct secret_spec *spec)
{
	struct spec_copy *copy = &spec->copy;

	copy->node = read_stanza(spec, STR("copy"));
	if (!copy->node)
		return;
	copy->application = read_filled_text(spec, copy->node, STR("application"));
	copy->key = read_filled_text(spec, copy->node, STR("key"));
	copy->condition = read_filled_text(spec, copy->node, STR("if"));
	if (!spec_has(&copy->application) || !spec_has(&copy->key))
		spec->faulty = true;
}

static void read_generate(struct secret_spec *spec)
{
	struct spec_generate *generate = &spec->generate;

	generate->type = GENERATE_TYPE_COUNT;
	generate->node = read_stanza(spec, STR("generate"));
	if (!generate->node)
		return;
	generate->type_text = read_text(spec, generate->node, STR("type"));
	generate->type = generate_type_of(generate->type_text.text);
	generate->source = read_filled_text(spec, generate->node, STR("source"));
	generate->condition = read_filled_text(spec, generate->node, STR("if"));
	if (generate->type == GENERATE_TYPE_COUNT ||
		generate_type_is_derived(generate->type) != spec_has(&generate->source))
		spec->faulty = true;
}

static void read_encoded(struct secret_spec *spec)
{
	const struct node *stanza = read_stanza(spec, STR("onepassword"));
	const struct node *encoded = stanza ? read_value(stanza, STR("encoded")) : NULL;

	if (!encoded)
		return;
	if (encoded->kind == NODE_SCALAR && encoded->type == TYPE_BOOL)
		spec->encoded = node_bool(encoded);
	else
		spec->faulty = true;
}

static void read_spec(struct secret_spec *spec)
{
	if (!node_is_mapping(spec->node)) {
		spec->faulty = true;
		spec->generate.type = GENERATE_TYPE_COUNT;
		return;
	}
	spec->description = read_text(spec, spec->node, STR("description"));
	spec->condition = read_filled_text(spec, spec->node, STR("if"));
	spec->value = read_filled_text(spec, spec->node, STR("value"));
	read_copy(spec);
	read_generate(spec);
	read_encoded(spec);
}

static int compare_specs(const void *a, const void *b)
{
	return str_compare((*(struct secret_spec *const *)a)->key, (*(struct secret_spec *const *)b)->key);
}

struct secret_file *build_secrets(struct model *model, const struct application *application,
	const struct repo_file *file, struct str environment)
{
	struct secret_file *secrets = arena_calloc(&model->arena, 1, sizeof(*secrets));
	const struct node_pair *pair;
	struct node_pairs pairs;

	secrets->file = file;
	secrets->environment = environment;
	vec_init(&secrets->specs, sizeof(struct secret_spec *));
	map_init(&secrets->by_key);
	node_pairs_begin(&pairs, file_mapping(file));
	while ((pair = node_pairs_next(&pairs))) {
		struct str key = node_text(pair->key);
		if (str_is_absent(key))
			continue;
		struct secret_spec *spec = arena_calloc(&model->arena, 1, sizeof(*spec));
		spec->application = application;
		spec->file = file;
		spec->key = key;
		spec->key_node = pair->key;
		spec->node = node_resolve(pair->value);
		read_spec(spec);
		map_set(&secrets->by_key, key, spec);
	}
	node_pairs_end(&pairs);
	for (size_t i = 0; i < secrets->by_key.len; i++)
		vec_append(&secrets->specs, &secrets->by_key.entries[i].value, 1);
	vec_sort(&secrets->specs, compare_specs);
	return secrets;
}
