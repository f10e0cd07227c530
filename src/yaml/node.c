#include "yaml/node.h"

#include "base/strbuf.h"
#include "yaml/construct.h"
#include "yaml/internal.h"
#include "yaml/number.h"

bool node_is_mapping(const struct node *node)
{
	node = node_resolve(node);
	return node && node->kind == NODE_MAPPING && node->type == TYPE_MAP;
}

bool node_is_sequence(const struct node *node)
{
	node = node_resolve(node);
	return node && node->kind == NODE_SEQUENCE && node->type == TYPE_SEQ;
}

bool node_is_string(const struct node *node)
{
	node = node_resolve(node);
	return node && node->kind == NODE_SCALAR && node->type == TYPE_STR;
}

bool node_is_null(const struct node *node)
{
	node = node_resolve(node);
	return !node || node->type == TYPE_NULL;
}

bool node_bool(const struct node *node)
{
	struct str text;

	node = node_resolve(node);
	if (!node || node->type != TYPE_BOOL)
		return false;
	text = verify_scalar_text(node);
	/* yes, true, on against no, false, off: told by a character. */
	if (text.len == 2)
		return (text.ptr[1] | 0x20) == 'n';
	return text.len == 4 || (text.len == 3 && (text.ptr[0] | 0x20) == 'y');
}

/* Whether a number is anything but zero. */
static bool number_truth(const struct node *node)
{
	double value;

	if (node->type == TYPE_INT)
		return !number_is_zero(verify_scalar_text(node));
	return !number_float(&value, verify_scalar_text(node)) || value != 0;
}

static bool bytes_truth(const struct node *node)
{
	struct strbuf bytes = STRBUF_INIT;
	bool truth = !yaml_construct_binary(&bytes, verify_scalar_text(node)) || bytes.len > 0;

	strbuf_release(&bytes);
	return truth;
}

static bool mapping_truth(const struct node *node)
{
	struct node_pairs walk;
	bool truth;

	node_pairs_begin(&walk, node);
	truth = walk.count > 0;
	node_pairs_end(&walk);
	return truth;
}

bool node_truth(const struct node *node)
{
	node = node_resolve(node);
	if (!node)
		return false;
	switch ((enum node_type)node->type) {
	case TYPE_NULL:
		return false;
	case TYPE_BOOL:
		return node_bool(node);
	case TYPE_INT:
	case TYPE_FLOAT:
		return number_truth(node);
	case TYPE_BINARY:
		return bytes_truth(node);
	case TYPE_TIMESTAMP:
		return true;
	default:
		if (node->kind == NODE_MAPPING)
			return mapping_truth(node);
		return node->kind == NODE_SEQUENCE ? node->sequence.count > 0 : node->scalar.len > 0;
	}
}

struct span node_span(const struct node *node)
{
	if (!node)
		return (struct span){.source = NULL, .start = 0, .end = 0};
	return stream_span(node->stream, node->start, node->end);
}

struct span node_value_span(const struct node *node)
{
	if (!node)
		return (struct span){.source = NULL, .start = 0, .end = 0};
	return stream_span(node->stream, node->value_start, node->end);
}

struct walk {
	size_t budget;
	node_visitor *visitor;
	void *context;
	bool stopped;
};

static bool visit(struct walk *walk, const struct node *node, unsigned depth)
{
	enum node_visit verdict;
	bool within = true;

	if (walk->budget == 0)
		return false;
	walk->budget--;
	node = node_resolve(node);
	verdict = walk->visitor(walk->context, node, depth);
	walk->stopped = verdict == NODE_STOP;
	if (verdict != NODE_CONTINUE)
		return true;
	if (node->kind == NODE_SEQUENCE) {
		for (uint32_t i = 0; within && !walk->stopped && i < node->sequence.count; i++)
			within = visit(walk, node->sequence.items[i], depth + 1);
	} else if (node->kind == NODE_MAPPING) {
		for (uint32_t i = 0; within && !walk->stopped && i < node->mapping.count; i++) {
			within = visit(walk, node->mapping.pairs[i].key, depth + 1);
			if (within && !walk->stopped)
				within = visit(walk, node->mapping.pairs[i].value, depth + 1);
		}
	}
	return within;
}

bool node_walk(const struct node *node, size_t budget, node_visitor *visitor, void *context)
{
	struct walk walk = {.budget = budget, .visitor = visitor, .context = context, .stopped = false};

	return !node || visit(&walk, node, 0);
}

const char *node_type_phrase(const struct node *node)
{
	static const char *const phrases[] = {
		[TYPE_NULL] = "null",
		[TYPE_BOOL] = "a boolean",
		[TYPE_INT] = "an integer",
		[TYPE_FLOAT] = "a number",
		[TYPE_TIMESTAMP] = "a timestamp",
		[TYPE_STR] = "a string",
		[TYPE_BINARY] = "binary data",
		[TYPE_MERGE] = "a merge key",
		[TYPE_VALUE] = "a bare =",
		[TYPE_SEQ] = "a list",
		[TYPE_MAP] = "a mapping",
		[TYPE_SET] = "a set",
		[TYPE_OMAP] = "an ordered mapping",
		[TYPE_PAIRS] = "a list of pairs",
		[TYPE_UNKNOWN] = "a value with an unknown tag",
	};

	node = node_resolve(node);
	return node ? phrases[node->type] : "nothing";
}
