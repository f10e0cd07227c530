#include "manifest/custom_references.h"

#include "manifest/kinds.h"

/* The key of a Secret that a reference of a custom resource names: Strimzi has a name of its own for each. */
static size_t read_key_fields(
	struct reader *reader, const struct reference *reference, const struct data *map, bool strimzi)
{
	static const char *const names[] = {"key", "secretKey", "certificate", "password"};
	size_t count = strimzi ? sizeof(names) / sizeof(*names) : 2;
	size_t found = 0;

	for (size_t i = 0; i < count; i++) {
		struct choices keys = {.count = 0};

		if (field_of(reader, map, str_of(names[i])).key_span.source || !is_open(map))
			keys = choices_of(reader, map, str_of(names[i]));
		if (keys.count == 0)
			continue;
		refer_keys(reader, reference, &keys);
		found++;
	}
	return found;
}

/* {name, key} or {secretName, key} of a custom resource. Without a key it is unknown what is used, or whether. */
bool read_custom(struct reader *reader, const struct place *place, const struct data *value)
{
	struct reference reference;
	bool strimzi;

	if (!data_is_map(value))
		return false;
	reference = reference_of(reader, CONSUMER_REFERENCE, value, STR("name"), place->maybe);
	if (reference.secrets.count == 0 || is_open(value))
		reference.secrets = choices_of(reader, value, STR("secretName"));
	if (reference.secrets.count == 0)
		return false;
	strimzi = reader_is_group(reader, "strimzi.io") || place_is_under(place, "trustedCertificates");
	if (read_key_fields(reader, &reference, value, strimzi) > 0)
		return true;
	reference.maybe = true;
	refer_unknown(reader, &reference);
	return true;
}

/* A reference, or a list of them. */
bool read_each_custom(struct reader *reader, const struct place *place, const struct data *value)
{
	struct data_items items = data_items(reader->arena, value);
	bool found = false;

	if (value->kind != DATA_LIST)
		return read_custom(reader, place, value);
	for (size_t i = 0; i < items.count; i++) {
		struct place item = *place;

		item.maybe = place->maybe || items.items[i]->maybe;
		found = read_custom(reader, &item, structure_of(items.items[i])) || found;
	}
	return found;
}

/* The mere name of a Secret. */
bool read_name(struct reader *reader, const struct place *place, const struct data *value, bool maybe)
{
	struct choices names = choices_of_data(reader, value, place->maybe);
	struct reference reference = reference_to(reader, CONSUMER_REFERENCE, names, maybe);

	if (value->kind == DATA_MAP || value->kind == DATA_LIST)
		return false;
	refer_unknown(reader, &reference);
	return true;
}

/* Of the Gateway API: what is no Secret says so. */
bool read_certificate_refs(struct reader *reader, const struct place *place, const struct data *value)
{
	struct data_items items = data_items(reader->arena, value);

	for (size_t i = 0; i < items.count; i++) {
		const struct data *item = structure_of(items.items[i]);
		struct field kind = field_of(reader, item, STR("kind"));
		struct reference reference =
			reference_of(reader, CONSUMER_TLS, item, STR("name"), place->maybe || items.items[i]->maybe);

		reference.maybe = reference.maybe || kind.value->kind == DATA_UNKNOWN || kind.maybe;
		if (kind.value->kind == DATA_NIL || kind.value->kind == DATA_UNKNOWN ||
			str_is(sure_text(reader, kind), "Secret"))
			refer_whole(reader, &reference);
	}
	return true;
}

/* Of the Prometheus operator: {username: {name, key}, password: {name, key}}. */
bool read_basic_auth(struct reader *reader, const struct place *place, const struct data *value)
{
	static const char *const parts[] = {"username", "password"};

	for (size_t i = 0; data_is_map(value) && i < sizeof(parts) / sizeof(*parts); i++) {
		struct field part = field_of(reader, value, str_of(parts[i]));
		struct place inside = *place;

		inside.maybe = place->maybe || part.maybe;
		if (data_is_map(part.value) && field_of(reader, part.value, STR("key")).value->kind != DATA_NIL)
			read_custom(reader, &inside, part.value);
	}
	return false;
}

bool read_credentials(struct reader *reader, const struct place *place, const struct data *value)
{
	return place_is_under(place, "authorization") && read_custom(reader, place, value);
}

/* Whether a secretName says what a Secret is to be called that the object makes. */
static bool names_own_secret(const struct reader *reader, const struct place *place)
{
	const struct helm_path *outer = place->path->outer;

	return reader->rule && reader->rule->name_at && str_is(str_of(reader->rule->name_at), "spec.secretName") &&
	       outer && !outer->outer && str_is(outer->key, "spec");
}

bool read_secret_name(struct reader *reader, const struct place *place, const struct data *value)
{
	bool tls = place->path->outer && contains_any_case(place->path->outer->key, "tls");
	struct reference reference;
	bool strimzi;

	if (value->kind == DATA_MAP || value->kind == DATA_LIST)
		return false;
	if (names_own_secret(reader, place))
		return true;
	reference = reference_to(
		reader, tls ? CONSUMER_TLS : CONSUMER_REFERENCE, choices_of_data(reader, value, place->maybe), false);
	strimzi = reader_is_group(reader, "strimzi.io");
	if (read_key_fields(reader, &reference, place->around, strimzi) > 0)
		return true;
	if (tls) {
		refer_whole(reader, &reference);
		return true;
	}
	reference.maybe = true;
	refer_unknown(reader, &reference);
	return true;
}

bool read_existing(struct reader *reader, const struct place *place, const struct data *value)
{
	return read_name(reader, place, value, false) || read_custom(reader, place, value);
}

/* The account key of an ACME issuer is made by cert-manager itself. */
bool read_private_key(struct reader *reader, const struct place *place, const struct data *value)
{
	if (reader_is_group(reader, "cert-manager.io") && place_is_under(place, "acme"))
		return true;
	return read_custom(reader, place, value);
}

/* "name" or "namespace/name" in an annotation. */
bool read_annotation(struct reader *reader, const struct place *place, const struct data *value)
{
	struct choices names = choices_of_data(reader, value, place->maybe);
	struct reference reference = reference_to(reader, CONSUMER_REFERENCE, names, false);
	struct choice *name = &reference.secrets.items[0];
	size_t slash;

	if (names.count == 0 || str_is_absent(name->text))
		return true;
	slash = str_find(name->text, '/');
	if (slash < name->text.len) {
		reference.object = object_elsewhere(reader, str_slice(name->text, 0, slash));
		name->text = str_slice(name->text, slash + 1, name->text.len);
	}
	refer_unknown(reader, &reference);
	return true;
}

/* A lone name, or {name}, of a Secret that is used in ways which only its operator knows. */
bool read_lone_name(struct reader *reader, const struct place *place, const struct data *value)
{
	return read_name(reader, place, value, true) || read_custom(reader, place, value);
}

/* {name, key} under a key that ends like a reference, a lone name under one that says it is a name: perhaps of a Secret that is used, perhaps of one
 * that the object makes. */
bool read_suffixed(struct reader *reader, const struct place *place, const struct data *value)
{
	if (value->kind == DATA_MAP || value->kind == DATA_LIST)
		return read_each_custom(reader, place, value);
	if (str_ends_with(place->path->key, STR("SecretName")) || str_ends_with(place->path->key, STR("-secret-name")))
		return read_name(reader, place, value, true);
	return false;
}
