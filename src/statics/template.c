#include "statics/template.h"

const struct template_style template_nested = {
	.form = STATIC_NESTED, .mapping = NODE_BLOCK, .key = NODE_PLAIN, .prose = NODE_FOLDED};
const struct template_style template_flat = {
	.form = STATIC_FLAT, .mapping = NODE_BLOCK, .key = NODE_PLAIN, .prose = NODE_FOLDED};

/* Both texts are part of the format: another wording would be another file. */
struct str template_warning(void)
{
	return STR("If you store this secret in a 1Password item, encode it with base64 first.");
}

struct str template_pull_secret_description(void)
{
	return STR("Pull secrets for Docker registries. Each key under registries is the name of a Docker registry "
		   "that needs a pull secret. The value should have two keys, username and password, that provide the "
		   "HTTP Basic Auth credentials for that registry.");
}

static void write_key(struct yaml_writer *writer, const struct template_style *style, struct str key)
{
	yaml_write_string(writer, key, style->key);
}

static void begin_mapping(struct yaml_writer *writer, const struct template_style *style)
{
	yaml_write_begin_mapping(writer, style->mapping);
}

void template_write_prose(
	struct yaml_writer *writer, const struct template_style *style, const char *key, struct str text)
{
	write_key(writer, style, str_of(key));
	if (str_is_absent(text))
		yaml_write_null(writer);
	else
		yaml_write_string(writer, text, style->prose);
}

void template_write_entry(
	struct yaml_writer *writer, const struct template_style *style, const struct wanted_secret *secret)
{
	write_key(writer, style, secret->key);
	begin_mapping(writer, style);
	template_write_prose(writer, style, "description", secret->description);
	write_key(writer, style, STR("value"));
	yaml_write_null(writer);
	if (secret->encoded && style->form == STATIC_NESTED)
		template_write_prose(writer, style, "warning", template_warning());
	yaml_write_end_mapping(writer);
}

void template_write_application(struct yaml_writer *writer, const struct template_style *style,
	const struct wanted_secrets *wanted, size_t first)
{
	size_t end = wanted_application_end(wanted, first);

	write_key(writer, style, ((struct wanted_secret *)vec_at(&wanted->secrets, first))->application);
	begin_mapping(writer, style);
	for (size_t i = first; i < end; i++)
		template_write_entry(writer, style, vec_at(&wanted->secrets, i));
	yaml_write_end_mapping(writer);
}

static void write_applications(
	struct yaml_writer *writer, const struct template_style *style, const struct wanted_secrets *wanted)
{
	for (size_t i = 0; i < wanted->secrets.len; i = wanted_application_end(wanted, i))
		template_write_application(writer, style, wanted, i);
}

static void write_empty(struct yaml_writer *writer)
{
	yaml_write_begin_mapping(writer, NODE_FLOW);
	yaml_write_end_mapping(writer);
}

static void write_pull_secret(struct yaml_writer *writer, const struct template_style *style)
{
	begin_mapping(writer, style);
	template_write_prose(writer, style, "description", template_pull_secret_description());
	write_key(writer, style, STR("registries"));
	write_empty(writer);
	yaml_write_end_mapping(writer);
}

struct str template_member_name(enum template_member member)
{
	static const char *const names[MEMBER_COUNT] = {
		[MEMBER_APPLICATIONS] = "applications",
		[MEMBER_OIDC_CLIENTS] = "oidc-clients",
		[MEMBER_PULL_SECRET] = "pull-secret",
		[MEMBER_WRITE_TOKEN] = "vault-write-token",
	};

	return str_of(names[member]);
}

void template_write_member(struct yaml_writer *writer, const struct template_style *style,
	const struct wanted_secrets *wanted, enum template_member member)
{
	write_key(writer, style, template_member_name(member));
	switch (member) {
	case MEMBER_APPLICATIONS:
		begin_mapping(writer, style);
		write_applications(writer, style, wanted);
		yaml_write_end_mapping(writer);
		break;
	case MEMBER_PULL_SECRET:
		write_pull_secret(writer, style);
		break;
	case MEMBER_WRITE_TOKEN:
		yaml_write_null(writer);
		break;
	default:
		write_empty(writer);
		break;
	}
}

void template_write_members(
	struct yaml_writer *writer, const struct template_style *style, const struct wanted_secrets *wanted)
{
	if (style->form == STATIC_FLAT) {
		write_applications(writer, style, wanted);
		return;
	}
	for (unsigned member = 0; member < MEMBER_COUNT; member++)
		template_write_member(writer, style, wanted, (enum template_member)member);
}

void template_write(struct strbuf *out, enum static_form form, const struct wanted_secrets *wanted)
{
	static const struct yaml_writer_options options = {.indent = TEMPLATE_INDENT, .width = TEMPLATE_WIDTH};
	const struct template_style *style = form == STATIC_FLAT ? &template_flat : &template_nested;
	struct yaml_writer *writer = yaml_writer_new(out, &options);

	begin_mapping(writer, style);
	template_write_members(writer, style, wanted);
	yaml_write_end_mapping(writer);
	yaml_writer_free(writer);
}
