/* Kinds that fill a Secret with what they fetch, unseal or hold themselves. FORMATS.md 3.4–3.7 */
#include "manifest/kinds.h"

void fill_secret(struct reader *reader, struct manifest_producer *producer, const struct data *root)
{
	struct field type = field_of(reader, root, STR("type"));

	producer->type = sure_text(reader, type);
	produce_keys_of(reader, producer, field_of(reader, root, STR("data")));
	produce_keys_of(reader, producer, field_of(reader, root, STR("stringData")));
	/* One without keys waits for somebody to fill it, and the token controller adds its own. */
	if (producer->keys.len == 0 || type.maybe || type.value->kind == DATA_UNKNOWN ||
		str_is(producer->type, "kubernetes.io/service-account-token"))
		producer->open = true;
}

static void fill_from_template(struct reader *reader, struct manifest_producer *producer, struct field template)
{
	struct field data = field_of(reader, template.value, STR("data"));
	struct field type = field_of(reader, template.value, STR("type"));

	data.maybe = data.maybe || template.maybe;
	type.maybe = type.maybe || template.maybe;
	producer->type = sure_text(reader, type);
	produce_keys_of(reader, producer, data);
}

void fill_sealed_secret(struct reader *reader, struct manifest_producer *producer, const struct data *root)
{
	struct field old = field_at(reader, root, STR("spec.data"));

	produce_keys_of(reader, producer, field_at(reader, root, STR("spec.encryptedData")));
	fill_from_template(reader, producer, field_at(reader, root, STR("spec.template")));
	if (old.value->kind != DATA_NIL || producer->keys.len == 0)
		producer->open = true;
}

/* The names under a key of each item of a list. */
static void produce_keys_of_items(
	struct reader *reader, struct manifest_producer *producer, struct field list, struct str key)
{
	struct data_items items = data_items(reader->arena, list.value);

	for (size_t i = 0; i < items.count; i++) {
		struct choices keys = choices_of(reader, items.items[i], key);

		for (size_t j = 0; j < keys.count; j++) {
			const struct choice *choice = &keys.items[j];

			if (str_is_absent(choice->text))
				producer->open = true;
			else
				produce_key(producer, choice->text, choice->span,
					list.maybe || items.items[i]->maybe || choice->maybe);
		}
	}
	producer->open = producer->open || is_open(list.value);
}

static bool is_filled(struct reader *reader, const struct data *data)
{
	return data->maybe || is_open(data) || data_truth(reader->arena, data) != TRUTH_NO;
}

/* Merge adds to a Secret of somebody else's. */
static bool is_sure_to_own(struct str policy)
{
	return str_is(policy, "Owner") || str_is(policy, "Orphan");
}

void read_external_secret(struct reader *reader, const struct data *root)
{
	struct field policy = field_at(reader, root, STR("spec.target.creationPolicy"));
	struct field manifest = field_at(reader, root, STR("spec.target.manifest"));
	bool maybe = reader->maybe;

	if (str_is(sure_text(reader, policy), "None") || manifest.value->kind == DATA_MAP)
		return;
	if (policy.value->kind != DATA_NIL && !is_sure_to_own(sure_text(reader, policy)))
		reader->maybe = true;
	produce_by_rule(reader, root);
	reader->maybe = maybe;
}

void fill_external_secret(struct reader *reader, struct manifest_producer *producer, const struct data *root)
{
	struct field template = field_at(reader, root, STR("spec.target.template"));
	struct field data = field_of(reader, template.value, STR("data"));
	struct field from = field_of(reader, template.value, STR("templateFrom"));
	struct field merge = field_of(reader, template.value, STR("mergePolicy"));
	struct field fetched = field_at(reader, root, STR("spec.dataFrom"));
	struct field policy = field_at(reader, root, STR("spec.target.creationPolicy"));
	bool replaces = data.value->kind == DATA_MAP && !data.maybe && !template.maybe &&
			data_entries(reader->arena, data.value).count > 0;

	fill_from_template(reader, producer, template);
	if (is_filled(reader, from.value) || merge.maybe || merge.value->kind == DATA_UNKNOWN)
		producer->open = true;
	if (!replaces || str_is(sure_text(reader, merge), "Merge")) {
		produce_keys_of_items(reader, producer, field_at(reader, root, STR("spec.data")), STR("secretKey"));
		if (is_filled(reader, fetched.value))
			producer->open = true;
	}
	if (policy.value->kind != DATA_NIL && !is_sure_to_own(sure_text(reader, policy))) {
		producer->open = true;
		producer->shares = true;
	}
}

void fill_hashicorp_secret(struct reader *reader, struct manifest_producer *producer, const struct data *root)
{
	struct field create = field_at(reader, root, STR("spec.destination.create"));

	producer->type = sure_text(reader, field_at(reader, root, STR("spec.destination.type")));
	/* Without `create` it fills a Secret that something else makes. */
	if (create.maybe || data_truth(reader->arena, create.value) != TRUTH_YES)
		producer->maybe = true;
}

void fill_one_password(struct reader *reader, struct manifest_producer *producer, const struct data *root)
{
	producer->type = sure_text(reader, field_of(reader, root, STR("type")));
}

void read_provider_class(struct reader *reader, const struct data *root)
{
	struct field objects = field_at(reader, root, STR("spec.secretObjects"));
	struct data_items items = data_items(reader->arena, objects.value);

	for (size_t i = 0; i < items.count; i++) {
		const struct data *object = items.items[i];
		struct choices names = choices_of(reader, object, STR("secretName"));

		for (size_t j = 0; j < names.count; j++) {
			struct manifest_producer *producer = produce(reader, PRODUCER_OTHER, &names.items[j]);

			producer->maybe = producer->maybe || objects.maybe || object->maybe;
			producer->type = sure_text(reader, field_of(reader, object, STR("type")));
			produce_keys_of_items(reader, producer, field_of(reader, object, STR("data")), STR("key"));
		}
	}
}
