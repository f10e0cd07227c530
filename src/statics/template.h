/* The text of a file of static secrets that nobody has filled in yet, whole and in parts, byte for byte as Phalanx's own command prints it. */
#ifndef ASPIS_STATICS_TEMPLATE_H
#define ASPIS_STATICS_TEMPLATE_H

#include "base/strbuf.h"
#include "statics/wanted.h"
#include "yaml/emit.h"

/* Where Phalanx folds its lines. */
#define TEMPLATE_WIDTH  70
#define TEMPLATE_INDENT 2

/* What stands in the entry of a secret that is base64 in 1Password. */
struct str template_warning(void);

/* What pull secrets are, for the person who fills them in. */
struct str template_pull_secret_description(void);

/* How parts are written. */
struct template_style {
	enum static_form form;
	enum node_style mapping; /* NODE_BLOCK, or NODE_FLOW */
	enum node_style key;     /* NODE_PLAIN, or the quotes that keys are to have */
	enum node_style prose;   /* of descriptions: NODE_FOLDED, or NODE_DOUBLE_QUOTED in flow mappings */
};
extern const struct template_style template_nested;
extern const struct template_style template_flat;

/* Key and value of a pair, for a mapping that has been begun: the entry of a secret, and an application with all that it wants from first on. */
void template_write_entry(
	struct yaml_writer *writer, const struct template_style *style, const struct wanted_secret *secret);
void template_write_application(struct yaml_writer *writer, const struct template_style *style,
	const struct wanted_secrets *wanted, size_t first);

/* A member of an entry or of the pull secret that is a text for the reader. */
void template_write_prose(
	struct yaml_writer *writer, const struct template_style *style, const char *key, struct str text);

/* The members of the nested form, sorted. */
enum template_member {
	MEMBER_APPLICATIONS,
	MEMBER_OIDC_CLIENTS,
	MEMBER_PULL_SECRET,
	MEMBER_WRITE_TOKEN,
	MEMBER_COUNT,
};
struct str template_member_name(enum template_member member);
void template_write_member(struct yaml_writer *writer, const struct template_style *style,
	const struct wanted_secrets *wanted, enum template_member member);

/* The whole file. */
void template_write(struct strbuf *out, enum static_form form, const struct wanted_secrets *wanted);

/* The pairs of the whole file, for a mapping that has been begun. */
void template_write_members(
	struct yaml_writer *writer, const struct template_style *style, const struct wanted_secrets *wanted);

#endif
