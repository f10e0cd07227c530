/* Comparison, defaults and kinds. */
#include "helm/function.h"

/* Behind eq: of the same basic kind, or one of them nil. Go fails at other pairs. */
static enum truth is_equal(const struct data *a, const struct data *b)
{
	bool is_nil = a->kind == DATA_NIL || b->kind == DATA_NIL;

	if (a->kind == DATA_UNKNOWN || b->kind == DATA_UNKNOWN || a->kind == DATA_YAML || b->kind == DATA_YAML)
		return TRUTH_UNKNOWN;
	if (is_nil && (a->kind == DATA_LIST || a->kind == DATA_MAP || b->kind == DATA_LIST || b->kind == DATA_MAP))
		return TRUTH_UNKNOWN;
	if (a->kind != b->kind)
		return is_nil ? TRUTH_NO : TRUTH_UNKNOWN;
	switch (a->kind) {
	case DATA_NIL:
		return TRUTH_YES;
	case DATA_BOOL:
		return a->boolean == b->boolean ? TRUTH_YES : TRUTH_NO;
	case DATA_INT:
		return a->integer == b->integer ? TRUTH_YES : TRUTH_NO;
	case DATA_FLOAT:
		return a->number == b->number ? TRUTH_YES : TRUTH_NO;
	case DATA_STRING:
		return str_equal(a->string, b->string) ? TRUTH_YES : TRUTH_NO;
	default:
		return TRUTH_UNKNOWN;
	}
}

const struct data *function_eq(const struct call *call)
{
	enum truth truth = TRUTH_NO;

	for (size_t i = 1; i < call->count; i++) {
		enum truth next = is_equal(call->arguments[0], call->arguments[i]);

		if (next == TRUTH_YES)
			return data_bool(true);
		if (next == TRUTH_UNKNOWN)
			truth = next;
	}
	return call_truth(truth);
}

const struct data *function_ne(const struct call *call)
{
	enum truth truth = is_equal(call->arguments[0], call->arguments[1]);

	return truth == TRUTH_UNKNOWN ? &DATA_IS_UNKNOWN : data_bool(truth == TRUTH_NO);
}

/* -1, 0, 1; 2 where Go fails. */
static int order_of(const struct call *call)
{
	const struct data *a = call->arguments[0], *b = call->arguments[1];

	if (a->kind != b->kind)
		return 2;
	if (a->kind == DATA_INT)
		return (a->integer > b->integer) - (a->integer < b->integer);
	if (a->kind == DATA_FLOAT)
		return (a->number > b->number) - (a->number < b->number);
	if (a->kind != DATA_STRING)
		return 2;
	return (str_compare(a->string, b->string) > 0) - (str_compare(a->string, b->string) < 0);
}

const struct data *function_lt(const struct call *call)
{
	return order_of(call) == 2 ? &DATA_IS_UNKNOWN : data_bool(order_of(call) < 0);
}

const struct data *function_le(const struct call *call)
{
	return order_of(call) == 2 ? &DATA_IS_UNKNOWN : data_bool(order_of(call) <= 0);
}

const struct data *function_gt(const struct call *call)
{
	return order_of(call) == 2 ? &DATA_IS_UNKNOWN : data_bool(order_of(call) > 0);
}

const struct data *function_ge(const struct call *call)
{
	return order_of(call) == 2 ? &DATA_IS_UNKNOWN : data_bool(order_of(call) >= 0);
}

const struct data *function_deep_equal(const struct call *call)
{
	return call_truth(function_equal(call->evaluation, call->arguments[0], call->arguments[1]));
}

const struct data *function_default(const struct call *call)
{
	enum truth truth = call->count > 1 ? data_truth(call->arena, call->arguments[1]) : TRUTH_NO;

	if (truth == TRUTH_UNKNOWN)
		return &DATA_IS_UNKNOWN;
	return call->arguments[truth == TRUTH_YES ? 1 : 0];
}

const struct data *function_coalesce(const struct call *call)
{
	for (size_t i = 0; i < call->count; i++) {
		enum truth truth = data_truth(call->arena, call->arguments[i]);

		if (truth != TRUTH_NO)
			return truth == TRUTH_YES ? call->arguments[i] : &DATA_IS_UNKNOWN;
	}
	return &DATA_IS_NIL;
}

const struct data *function_empty(const struct call *call)
{
	enum truth truth = data_truth(call->arena, call->arguments[0]);

	return truth == TRUTH_UNKNOWN ? &DATA_IS_UNKNOWN : data_bool(truth == TRUTH_NO);
}

/* Whether one of the arguments has the truth that decides. */
static const struct data *decide(const struct call *call, enum truth decides)
{
	bool unknown = false;

	for (size_t i = 0; i < call->count; i++) {
		enum truth truth = data_truth(call->arena, call->arguments[i]);

		if (truth == decides)
			return data_bool(decides == TRUTH_YES);
		unknown = unknown || truth == TRUTH_UNKNOWN;
	}
	return unknown ? &DATA_IS_UNKNOWN : data_bool(decides != TRUTH_YES);
}

const struct data *function_all(const struct call *call)
{
	return decide(call, TRUTH_NO);
}

const struct data *function_any(const struct call *call)
{
	return decide(call, TRUTH_YES);
}

const struct data *function_ternary(const struct call *call)
{
	const struct data *condition = call->arguments[2];

	return condition->kind == DATA_BOOL ? call->arguments[condition->boolean ? 0 : 1] : &DATA_IS_UNKNOWN;
}

const struct data *function_required(const struct call *call)
{
	const struct data *value = call->arguments[1];

	if (value->kind == DATA_NIL || (value->kind == DATA_STRING && value->string.len == 0))
		return &DATA_IS_UNKNOWN;
	return value;
}

/* What reflect calls it; NULL where that cannot be told (integers: int, int64). */
static const char *kind_of(const struct data *data)
{
	static const char *const kinds[] = {
		[DATA_NIL] = "invalid",
		[DATA_BOOL] = "bool",
		[DATA_FLOAT] = "float64",
		[DATA_STRING] = "string",
		[DATA_LIST] = "slice",
		[DATA_MAP] = "map",
		[DATA_YAML] = "string",
	};

	return kinds[data->kind];
}

const struct data *function_kind_of(const struct call *call)
{
	const char *kind = kind_of(call->arguments[0]);

	return kind ? call_text(call, str_of(kind)) : &DATA_IS_UNKNOWN;
}

const struct data *function_kind_is(const struct call *call)
{
	const char *kind = kind_of(call->arguments[1]);
	struct str wanted;

	if (!call_string(call, 0, &wanted))
		return &DATA_IS_UNKNOWN;
	if (kind)
		return data_bool(str_is(wanted, kind));
	return str_starts_with(wanted, STR("int")) ? &DATA_IS_UNKNOWN : data_bool(false);
}

/* As fmt prints it with %T. Types of maps and lists depend on where they come from. */
static const char *type_of(const struct data *data)
{
	if (data->kind == DATA_NIL)
		return "<nil>";
	return data->kind == DATA_LIST || data->kind == DATA_MAP ? NULL : kind_of(data);
}

const struct data *function_type_of(const struct call *call)
{
	const char *type = type_of(call->arguments[0]);

	return type ? call_text(call, str_of(type)) : &DATA_IS_UNKNOWN;
}

const struct data *function_type_is(const struct call *call)
{
	const char *type = type_of(call->arguments[1]);
	struct str wanted;

	if (!type || !call_string(call, 0, &wanted))
		return &DATA_IS_UNKNOWN;
	return data_bool(str_is(wanted, type));
}
