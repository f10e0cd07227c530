/* XML as docutils' docutils_xml writer gives it (its "Document Tree" and DTD), but for the declaration, and without white space between elements. */
#include "text/document_write_private.h"
#include "text/escape.h"

static void attribute(struct strbuf *out, const char *name, struct str value)
{
	if (str_is_absent(value))
		return;
	strbuf_printf(out, " %s=\"", name);
	escape_xml_attribute(out, value);
	strbuf_append_char(out, '"');
}

static void number_attribute(struct strbuf *out, const char *name, long value)
{
	if (value != 0)
		strbuf_printf(out, " %s=\"%ld\"", name, value);
}

/* An attribute that holds a list: blanks and backslashes of a member have a backslash before them. */
static void list_attribute(struct strbuf *out, const char *name, struct str prefix, struct str member)
{
	struct strbuf value = STRBUF_INIT;

	if (str_is_absent(member) || member.len == 0)
		return;
	strbuf_append(&value, prefix);
	for (size_t i = 0; i < member.len; i++) {
		if (member.ptr[i] == ' ' || member.ptr[i] == '\\')
			strbuf_append_char(&value, '\\');
		strbuf_append_char(&value, member.ptr[i]);
	}
	attribute(out, name, strbuf_str(&value));
	strbuf_release(&value);
}

static void id_attribute(struct strbuf *out, const char *name, struct str prefix, struct str id)
{
	struct strbuf value = STRBUF_INIT;

	if (str_is_absent(id))
		return;
	strbuf_append(&value, prefix);
	strbuf_append(&value, id);
	attribute(out, name, strbuf_str(&value));
	strbuf_release(&value);
}

static long count_columns(const struct document_node *tgroup)
{
	long count = 0;

	for (const struct document_node *child = tgroup->first_child; child; child = child->next)
		count += child->kind == DOCUMENT_COLSPEC;
	return count;
}

static void code_attributes(struct strbuf *out, const struct document_node *node)
{
	struct strbuf classes = STRBUF_INIT;

	if (node->name.len > 0) {
		strbuf_append_c(&classes, "code ");
		strbuf_append(&classes, node->name);
		attribute(out, "classes", strbuf_str(&classes));
	}
	strbuf_append_c(out, " xml:space=\"preserve\"");
	strbuf_release(&classes);
}

/* Attributes in the order of their names, as docutils sorts them. */
static void reference_attributes(struct strbuf *out, const struct document_node *node, struct str prefix)
{
	number_attribute(out, "anonymous", node->anonymous);
	attribute(out, "name", node->name);
	id_attribute(out, "refid", prefix, node->refid);
	attribute(out, "refuri", node->target);
}

static void target_attributes(struct strbuf *out, const struct document_node *node, struct str prefix)
{
	number_attribute(out, "anonymous", node->anonymous);
	list_attribute(out, "ids", prefix, node->id);
	list_attribute(out, "names", STR(""), node->name);
	id_attribute(out, "refid", prefix, node->refid);
	attribute(out, "refuri", node->target);
}

static void enumeration_attributes(struct strbuf *out, const struct document_node *node)
{
	strbuf_printf(out, " enumtype=\"%s\"", document_enumeration_name(node->enumeration));
	attribute(out, "prefix", str_is_absent(node->prefix) ? STR("") : node->prefix);
	if (node->start_number != 1)
		strbuf_printf(out, " start=\"%ld\"", node->start_number);
	attribute(out, "suffix", str_is_absent(node->suffix) ? STR("") : node->suffix);
}

/* flat */
static void attributes(struct strbuf *out, const struct document_node *node, struct str prefix)
{
	switch (node->kind) {
	case DOCUMENT_BULLET_LIST:
		attribute(out, "bullet", node->name);
		break;
	case DOCUMENT_ENUMERATED_LIST:
		enumeration_attributes(out, node);
		break;
	case DOCUMENT_LITERAL_BLOCK:
		code_attributes(out, node);
		break;
	case DOCUMENT_DOCTEST_BLOCK:
	case DOCUMENT_COMMENT:
		strbuf_append_c(out, " xml:space=\"preserve\"");
		break;
	case DOCUMENT_TGROUP:
		number_attribute(out, "cols", count_columns(node));
		break;
	case DOCUMENT_COLSPEC:
		number_attribute(out, "colwidth", (long)node->width);
		break;
	case DOCUMENT_ENTRY:
		number_attribute(out, "morecols", (long)node->more_columns);
		number_attribute(out, "morerows", (long)node->more_rows);
		break;
	case DOCUMENT_REFERENCE:
		reference_attributes(out, node, prefix);
		break;
	case DOCUMENT_TARGET:
		target_attributes(out, node, prefix);
		break;
	case DOCUMENT_OPTION_ARGUMENT:
		attribute(out, "delimiter", node->name);
		break;
	case DOCUMENT_ROLE:
		attribute(out, "name", node->name);
		attribute(out, "target", node->target);
		break;
	default:
		list_attribute(out, "ids", prefix, node->id);
		list_attribute(out, "names", STR(""), node->name);
		id_attribute(out, "refid", prefix, node->refid);
		break;
	}
}

static void open_tag(struct strbuf *out, const struct document_node *node, struct str prefix)
{
	if (node->kind == DOCUMENT_TEXT) {
		escape_xml_text(out, node->text);
		return;
	}
	strbuf_printf(out, "<%s", document_kind_name(node->kind));
	attributes(out, node, prefix);
	if (!node->first_child && node->text.len == 0) {
		strbuf_append_c(out, "/>");
		return;
	}
	strbuf_append_char(out, '>');
	if (node->text.len > 0)
		escape_xml_text(out, node->text);
}

static void close_tag(struct strbuf *out, const struct document_node *node)
{
	if (node->kind != DOCUMENT_TEXT && (node->first_child || node->text.len > 0))
		strbuf_printf(out, "</%s>", document_kind_name(node->kind));
}

void write_xml(struct strbuf *out, const struct document_node *root, const struct document_write_options *options)
{
	const struct document_node *node = root;

	open_tag(out, node, options->id_prefix);
	for (;;) {
		if (node->first_child) {
			node = node->first_child;
		} else {
			close_tag(out, node);
			for (; node != root && !node->next; node = node->parent)
				close_tag(out, node->parent);
			if (node == root)
				return;
			node = node->next;
		}
		open_tag(out, node, options->id_prefix);
	}
}

void write_xml_inline(
	struct strbuf *out, const struct document_node *node, const struct document_write_options *options)
{
	if (!document_kind_is_block(node->kind)) {
		write_xml(out, node, options);
		return;
	}
	for (const struct document_node *child = node->first_child; child; child = child->next)
		write_xml(out, child, options);
}
