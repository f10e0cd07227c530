#include "manifest/references.h"

#include "manifest/custom_references.h"

bool place_is_under(const struct place *place, const char *key)
{
	return place->path->outer && str_is(place->path->outer->key, key);
}

bool data_is_map(const struct data *value)
{
	return value->kind == DATA_MAP;
}

/* A mapping, or what may be one. */
bool data_may_be_map(const struct data *value)
{
	return value->kind == DATA_MAP || value->kind == DATA_UNKNOWN;
}

bool reader_is_group(const struct reader *reader, const char *suffix)
{
	struct str version = reader->object->api_version;
	struct str group = str_slice(version, 0, str_is_absent(version) ? 0 : str_find(version, '/'));

	return group.len > 0 && str_ends_with(group, str_of(suffix));
}

bool contains_any_case(struct str s, const char *word)
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

	if (!data_may_be_map(value))
		return false;
	reference = reference_of(reader, is_env ? CONSUMER_ENV : CONSUMER_REFERENCE, value, STR("name"), place->maybe);
	keys = choices_of(reader, value, STR("key"));
	refer_keys(reader, &reference, &keys);
	return true;
}

static bool read_secret_ref(struct reader *reader, const struct place *place, const struct data *value)
{
	struct reference reference;

	if (!place_is_under(place, "envFrom"))
		return data_is_map(value) ? read_custom(reader, place, value) : read_name(reader, place, value, true);
	if (!data_may_be_map(value))
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

	if (place_is_under(place, "sources") && data_may_be_map(value)) {
		read_volume(reader, CONSUMER_PROJECTED, value, STR("name"), place->maybe);
		return true;
	}
	if (data_may_be_map(value) && (in_volumes || field_of(reader, value, STR("secretName")).key_span.source)) {
		read_volume(reader, CONSUMER_VOLUME, value, STR("secretName"), place->maybe);
		return true;
	}
	if (data_is_map(value))
		return read_custom(reader, place, value);
	if (place_is_under(place, "basicAuth") || place_is_under(place, "digestAuth"))
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
			data_is_map(item) ? reference_of(reader, kind, item, STR("name"), maybe)
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
	if (place_is_under(place, "spec") && reader_is_group(reader, "monitoring.coreos.com")) {
		read_names(reader, place, value, CONSUMER_VOLUME, true);
		return true;
	}
	return false;
}

static bool read_node_publish(struct reader *reader, const struct place *place, const struct data *value)
{
	struct reference reference;

	if (!data_is_map(value))
		return false;
	reference = reference_of(reader, CONSUMER_CSI, value, STR("name"), place->maybe);
	refer_whole(reader, &reference);
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
	{"credentialName", read_lone_name}, /* of Istio's Gateway */
	{"credentials", read_credentials},
	{"credentialsSecret", read_lone_name},
	{"existingSecret", read_existing},
	{"githubConfigSecret", read_lone_name},
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

#define KNOWN_COUNT (sizeof(known_keys) / sizeof(*known_keys))

/* The first two letters of a key as a number. */
static unsigned letters_of(const char *key)
{
	return (unsigned)(unsigned char)key[0] << 8 | (unsigned char)key[1];
}

/* Of a key with two letters at least. Nearly all that are asked for are none of these: their first letters say so. */
static reference_reader *known_reader_of(struct str key)
{
	unsigned letters = letters_of(key.ptr);
	size_t low = 0, high = KNOWN_COUNT;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (letters_of(known_keys[middle].key) < letters)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < KNOWN_COUNT && letters_of(known_keys[low].key) == letters; low++) {
		if (str_is(key, known_keys[low].key))
			return known_keys[low].read;
	}
	return NULL;
}

/* By the last letter, which few keys share. */
static bool has_suffix(struct str key)
{
	switch (key.ptr[key.len - 1]) {
	case 'f':
		return str_ends_with(key, STR("SecretRef")) || str_ends_with(key, STR("SecretKeyRef"));
	case 't':
		return str_ends_with(key, STR("Secret"));
	case 'e':
		if (str_ends_with(key, STR("-secret-name"))) /* parameters of a StorageClass */
			return true;
		return str_ends_with(key, STR("SecretName")) && !str_ends_with(key, STR("xternalSecretName"));
	default:
		return false;
	}
}

reference_reader *reference_reader_of(struct str key)
{
	reference_reader *known;

	if (key.len < sizeof("secret") - 1) /* none is shorter */
		return NULL;
	known = known_reader_of(key);
	return known ? known : has_suffix(key) ? read_suffixed : NULL;
}

bool reference_matters(struct str key)
{
	return reference_reader_of(key) != NULL;
}
