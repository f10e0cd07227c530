#include "manifest/references.h"

#include <stdlib.h>

#include "manifest/kinds.h"

static bool is_under(const struct place *place, const char *key)
{
	return place->path->outer && str_is(place->path->outer->key, key);
}

static bool is_mapping(const struct data *value)
{
	return value->kind == DATA_MAP;
}

/* A mapping, or what may be one. */
static bool may_be_mapping(const struct data *value)
{
	return value->kind == DATA_MAP || value->kind == DATA_UNKNOWN;
}

static bool is_group(const struct reader *reader, const char *suffix)
{
	struct str version = reader->object->api_version;
	struct str group = str_slice(version, 0, str_is_absent(version) ? 0 : str_find(version, '/'));

	return group.len > 0 && str_ends_with(group, str_of(suffix));
}

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
static bool read_custom(struct reader *reader, const struct place *place, const struct data *value)
{
	struct reference reference;
	bool strimzi;

	if (!is_mapping(value))
		return false;
	reference = reference_of(reader, CONSUMER_REFERENCE, value, STR("name"), place->maybe);
	if (reference.secrets.count == 0 || is_open(value))
		reference.secrets = choices_of(reader, value, STR("secretName"));
	if (reference.secrets.count == 0)
		return false;
	strimzi = is_group(reader, "strimzi.io") || is_under(place, "trustedCertificates");
	if (read_key_fields(reader, &reference, value, strimzi) > 0)
		return true;
	reference.maybe = true;
	refer_unknown(reader, &reference);
	return true;
}

/* A reference, or a list of them. */
static bool read_each_custom(struct reader *reader, const struct place *place, const struct data *value)
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
static bool read_name(struct reader *reader, const struct place *place, const struct data *value, bool maybe)
{
	struct choices names = choices_of_data(reader, value, place->maybe);
	struct reference reference = reference_to(reader, CONSUMER_REFERENCE, names, maybe);

	if (value->kind == DATA_MAP || value->kind == DATA_LIST)
		return false;
	refer_unknown(reader, &reference);
	return true;
}

static bool contains_any_case(struct str s, const char *word)
{
	for (size_t i = 0, length = strlen(word); i + length <= s.len; i++) {
		if (strncasecmp(s.ptr + i, word, length) == 0)
			return true;
	}
	return false;
}

static bool read_secret_key_ref(struct reader *reader, const struct place *place, const struct data *value)
{
	const struct helm_path *source = place->path->outer; /* valueFrom */
	bool is_env = source && source->outer && contains_any_case(source->outer->key, "env");
	struct reference reference;
	struct choices keys;

	if (!may_be_mapping(value))
		return false;
	reference = reference_of(reader, is_env ? CONSUMER_ENV : CONSUMER_REFERENCE, value, STR("name"), place->maybe);
	keys = choices_of(reader, value, STR("key"));
	refer_keys(reader, &reference, &keys);
	return true;
}

static bool read_secret_ref(struct reader *reader, const struct place *place, const struct data *value)
{
	struct reference reference;

	if (!is_under(place, "envFrom"))
		return is_mapping(value) ? read_custom(reader, place, value) : read_name(reader, place, value, true);
	if (!may_be_mapping(value))
		return true;
	reference = reference_of(reader, CONSUMER_ENV_FROM, value, STR("name"), place->maybe);
	refer_whole(reader, &reference);
	return true;
}

/* The items of a volume: without any it holds all keys. */
static void read_volume(
	struct reader *reader, enum consumer_kind kind, const struct data *value, struct str name_key, bool maybe)
{
	struct reference reference = reference_of(reader, kind, value, name_key, maybe);
	struct field list = field_of(reader, value, STR("items"));
	struct data_items items = data_items(reader->arena, list.value);
	bool open = list.value->kind != DATA_NIL && is_open(list.value);

	if (items.count == 0 && !open && !list.maybe) {
		refer_whole(reader, &reference);
		return;
	}
	reference.maybe = maybe || list.maybe;
	for (size_t i = 0; i < items.count; i++) {
		struct choices keys = choices_of(reader, items.items[i], STR("key"));

		reference.maybe = maybe || list.maybe || items.items[i]->maybe;
		refer_keys(reader, &reference, &keys);
	}
	reference.maybe = true;
	if (open || list.maybe)
		refer_unknown(reader, &reference);
}

static bool read_secret(struct reader *reader, const struct place *place, const struct data *value)
{
	bool in_volumes = place->path->outer && contains_any_case(place->path->outer->key, "volume");

	if (is_under(place, "sources") && may_be_mapping(value)) {
		read_volume(reader, CONSUMER_PROJECTED, value, STR("name"), place->maybe);
		return true;
	}
	if (may_be_mapping(value) && (in_volumes || field_of(reader, value, STR("secretName")).key_span.source)) {
		read_volume(reader, CONSUMER_VOLUME, value, STR("secretName"), place->maybe);
		return true;
	}
	if (is_mapping(value))
		return read_custom(reader, place, value);
	if (is_under(place, "basicAuth") || is_under(place, "digestAuth"))
		return read_name(reader, place, value, false);
	return false;
}

/* Items that are a name or a mapping with a name. */
static void read_names(
	struct reader *reader, const struct place *place, const struct data *value, enum consumer_kind kind, bool whole)
{
	struct data_items items = data_items(reader->arena, value);

	for (size_t i = 0; i < items.count; i++) {
		const struct data *item = structure_of(items.items[i]);
		bool maybe = place->maybe || items.items[i]->maybe;
		struct reference reference =
			is_mapping(item) ? reference_of(reader, kind, item, STR("name"), maybe)
					 : reference_to(reader, kind, choices_of_data(reader, item, maybe), false);

		if (whole)
			refer_whole(reader, &reference);
		else
			refer_unknown(reader, &reference);
	}
}

static bool read_pull_secrets(struct reader *reader, const struct place *place, const struct data *value)
{
	struct reference reference;

	if (value->kind == DATA_LIST) {
		read_names(reader, place, value, CONSUMER_IMAGE_PULL, true);
		return true;
	}
	if (value->kind == DATA_MAP)
		reference = reference_of(reader, CONSUMER_IMAGE_PULL, value, STR("name"), place->maybe);
	else
		reference =
			reference_to(reader, CONSUMER_IMAGE_PULL, choices_of_data(reader, value, place->maybe), false);
	refer_whole(reader, &reference);
	return true;
}

/* Of a ServiceAccount, and of the Prometheus operator, which mounts them. */
static bool read_secrets(struct reader *reader, const struct place *place, const struct data *value)
{
	if (value->kind != DATA_LIST)
		return false;
	if (!place->path->outer && str_is(reader->object->kind, "ServiceAccount")) {
		read_names(reader, place, value, CONSUMER_REFERENCE, false);
		return true;
	}
	if (is_under(place, "spec") && is_group(reader, "monitoring.coreos.com")) {
		read_names(reader, place, value, CONSUMER_VOLUME, true);
		return true;
	}
	return false;
}

static bool read_node_publish(struct reader *reader, const struct place *place, const struct data *value)
{
	struct reference reference;

	if (!is_mapping(value))
		return false;
	reference = reference_of(reader, CONSUMER_CSI, value, STR("name"), place->maybe);
	refer_whole(reader, &reference);
	return true;
}

/* Of the Gateway API: what is no Secret says so. */
static bool read_certificate_refs(struct reader *reader, const struct place *place, const struct data *value)
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
static bool read_basic_auth(struct reader *reader, const struct place *place, const struct data *value)
{
	static const char *const parts[] = {"username", "password"};

	for (size_t i = 0; is_mapping(value) && i < sizeof(parts) / sizeof(*parts); i++) {
		struct field part = field_of(reader, value, str_of(parts[i]));
		struct place inside = *place;

		inside.maybe = place->maybe || part.maybe;
		if (is_mapping(part.value) && field_of(reader, part.value, STR("key")).value->kind != DATA_NIL)
			read_custom(reader, &inside, part.value);
	}
	return false;
}

static bool read_credentials(struct reader *reader, const struct place *place, const struct data *value)
{
	return is_under(place, "authorization") && read_custom(reader, place, value);
}

/* Whether a secretName says what a Secret is to be called that the object makes. */
static bool names_own_secret(const struct reader *reader, const struct place *place)
{
	const struct helm_path *outer = place->path->outer;

	return reader->rule && reader->rule->name_at && str_is(str_of(reader->rule->name_at), "spec.secretName") &&
	       outer && !outer->outer && str_is(outer->key, "spec");
}

static bool read_secret_name(struct reader *reader, const struct place *place, const struct data *value)
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
	strimzi = is_group(reader, "strimzi.io");
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

static bool read_existing(struct reader *reader, const struct place *place, const struct data *value)
{
	return read_name(reader, place, value, false) || read_custom(reader, place, value);
}

/* The account key of an ACME issuer is made by cert-manager itself. */
static bool read_private_key(struct reader *reader, const struct place *place, const struct data *value)
{
	if (is_group(reader, "cert-manager.io") && is_under(place, "acme"))
		return true;
	return read_custom(reader, place, value);
}

/* "name" or "namespace/name" in an annotation. */
static bool read_annotation(struct reader *reader, const struct place *place, const struct data *value)
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

static const struct known_key {
	const char *key;
	reference_reader *read;
} known_keys[] = {
	/* sorted by byte */
	{"accessToken", read_custom},
	{"basicAuth", read_basic_auth},
	{"brokerCertChainAndKey", read_custom},
	{"certificateAndKey", read_custom},
	{"certificateRefs", read_certificate_refs},
	{"credentials", read_credentials},
	{"existingSecret", read_existing},
	{"imagePullSecret", read_pull_secrets},
	{"imagePullSecrets", read_pull_secrets},
	{"nginx.ingress.kubernetes.io/auth-secret", read_annotation},
	{"nginx.ingress.kubernetes.io/auth-tls-secret", read_annotation},
	{"nginx.ingress.kubernetes.io/proxy-ssl-secret", read_annotation},
	{"nodePublishSecretRef", read_node_publish},
	{"privateKeySecretRef", read_private_key},
	{"refreshToken", read_custom},
	{"secret", read_secret},
	{"secretKeyRef", read_secret_key_ref},
	{"secretName", read_secret_name},
	{"secretRef", read_secret_ref},
	{"secretTargetRef", read_each_custom},
	{"secrets", read_secrets},
	{"tlsTrustedCertificates", read_each_custom},
	{"trustedCertificates", read_each_custom},
};

static int compare_key(const void *key, const void *row)
{
	return str_compare(*(const struct str *)key, str_of(((const struct known_key *)row)->key));
}

/* {name, key} under a key that ends like a reference, a lone name under one that says it is a name: perhaps of a Secret that is used, perhaps of one
 * that the object makes. */
static bool read_suffixed(struct reader *reader, const struct place *place, const struct data *value)
{
	if (value->kind == DATA_MAP || value->kind == DATA_LIST)
		return read_each_custom(reader, place, value);
	if (str_ends_with(place->path->key, STR("SecretName")))
		return read_name(reader, place, value, true);
	return false;
}

reference_reader *reference_reader_of(struct str key)
{
	const struct known_key *known =
		bsearch(&key, known_keys, sizeof(known_keys) / sizeof(*known_keys), sizeof(*known_keys), compare_key);

	if (known)
		return known->read;
	if (str_ends_with(key, STR("SecretRef")) || str_ends_with(key, STR("SecretKeyRef")) ||
		str_ends_with(key, STR("Secret")))
		return read_suffixed;
	if (str_ends_with(key, STR("SecretName")) && !str_ends_with(key, STR("xternalSecretName")))
		return read_suffixed;
	return NULL;
}

bool reference_matters(struct str key)
{
	return reference_reader_of(key) != NULL;
}
