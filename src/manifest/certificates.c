/* Certificates of cert-manager, and those that it makes for an Ingress which asks for them by an annotation. */
#include "manifest/kinds.h"

#include "manifest/annotations.h"

void fill_certificate(struct reader *reader, struct manifest_producer *producer, const struct data *root)
{
	struct field keystores = field_at(reader, root, STR("spec.keystores"));
	struct field formats = field_at(reader, root, STR("spec.additionalOutputFormats"));

	producer->type = STR("kubernetes.io/tls");
	if (keystores.value->kind != DATA_NIL || formats.value->kind != DATA_NIL)
		producer->open = true;
}

/* Whether an annotation asks cert-manager for certificates. */
static enum truth asks_for_certificates(struct reader *reader, struct field annotations)
{
	enum truth asks = TRUTH_NO;

	for (size_t i = 0; i < CERTIFICATE_ANNOTATION_COUNT; i++) {
		const struct certificate_annotation *annotation = &CERTIFICATE_ANNOTATIONS[i];
		struct field field = field_of(reader, annotations.value, str_of(annotation->key));
		struct str text = data_name(reader->arena, field.value);
		bool maybe = field.maybe || annotations.maybe;

		if (field.value->kind == DATA_UNKNOWN)
			asks = TRUTH_UNKNOWN;
		else if (text.len > 0 && (!annotation->flag || str_is(text, "true")) && !maybe)
			return TRUTH_YES;
		else if (text.len > 0 && maybe)
			asks = TRUTH_UNKNOWN;
	}
	return asks;
}

static void produce_certificate(struct reader *reader, const struct choice *secret, bool maybe)
{
	struct manifest_producer *producer = produce(reader, PRODUCER_OTHER, secret);

	producer->maybe = producer->maybe || maybe;
	producer->shares = true; /* cert-manager keeps one certificate for all that ask */
	producer->type = STR("kubernetes.io/tls");
	produce_key(producer, STR("tls.crt"), secret->span, false);
	produce_key(producer, STR("tls.key"), secret->span, false);
	produce_key(producer, STR("ca.crt"), secret->span, true);
}

static void read_ingress_at(
	struct reader *reader, const struct data *root, struct str annotations_at, struct str tls_at)
{
	struct field tls = field_at(reader, root, tls_at);
	struct data_items items = data_items(reader->arena, tls.value);
	enum truth asks = TRUTH_NO;

	if (items.count > 0)
		asks = asks_for_certificates(reader, field_at(reader, root, annotations_at));
	for (size_t i = 0; i < items.count && asks != TRUTH_NO; i++) {
		struct choices names = choices_of(reader, items.items[i], STR("secretName"));

		for (size_t j = 0; j < names.count; j++)
			produce_certificate(
				reader, &names.items[j], asks == TRUTH_UNKNOWN || tls.maybe || items.items[i]->maybe);
	}
}

void read_ingress(struct reader *reader, const struct data *root)
{
	read_ingress_at(reader, root, STR("metadata.annotations"), STR("spec.tls"));
}

void read_gafaelfawr_ingress(struct reader *reader, const struct data *root)
{
	read_ingress_at(reader, root, STR("template.metadata.annotations"), STR("template.spec.tls"));
}
