/* Arithmetic, as sprig does it: on integers of 64 bits, whatever the arguments are. */
#include <math.h>

#include "helm/function.h"

/* A text that is a plain decimal integer: without leading zeros, which stand for another base. */
static bool read_decimal(struct str text, int64_t *value)
{
	bool negative = text.len > 0 && text.ptr[0] == '-';
	struct str digits = str_slice(text, negative ? 1 : 0, text.len);

	*value = 0;
	if (digits.len == 0 || digits.len > 18 || (digits.ptr[0] == '0' && digits.len > 1))
		return false;
	for (size_t i = 0; i < digits.len; i++) {
		if (digits.ptr[i] < '0' || digits.ptr[i] > '9')
			return false;
		*value = *value * 10 + (digits.ptr[i] - '0');
	}
	if (negative)
		*value = -*value;
	return true;
}

static bool cast_integer(const struct data *data, int64_t *value)
{
	switch (data->kind) {
	case DATA_INT:
		*value = data->integer;
		return true;
	case DATA_FLOAT:
		if (!(fabs(data->number) < 9e18))
			return false;
		*value = (int64_t)data->number;
		return true;
	case DATA_BOOL:
		*value = data->boolean ? 1 : 0;
		return true;
	case DATA_NIL:
		*value = 0;
		return true;
	case DATA_STRING:
		return read_decimal(data->string, value);
	default:
		return false;
	}
}

static bool cast_float(const struct data *data, double *value)
{
	int64_t integer;

	if (data->kind == DATA_FLOAT) {
		*value = data->number;
		return true;
	}
	if (!cast_integer(data, &integer) || integer > ((int64_t)1 << 53) || integer < -((int64_t)1 << 53))
		return false;
	*value = (double)integer;
	return true;
}

/* Takes the next number into the result; false where it overflows, or Go panics. */
typedef bool operation(int64_t *result, int64_t next);

static const struct data *fold(const struct call *call, operation *operate)
{
	int64_t result = 0, next;

	for (size_t i = 0; i < call->count; i++) {
		if (!cast_integer(call->arguments[i], &next))
			return &DATA_IS_UNKNOWN;
		if (i == 0)
			result = next;
		else if (!operate(&result, next))
			return &DATA_IS_UNKNOWN;
	}
	return data_int(call->arena, result);
}

static bool add(int64_t *result, int64_t next)
{
	return !__builtin_add_overflow(*result, next, result);
}

static bool subtract(int64_t *result, int64_t next)
{
	return !__builtin_sub_overflow(*result, next, result);
}

static bool multiply(int64_t *result, int64_t next)
{
	return !__builtin_mul_overflow(*result, next, result);
}

static bool divide(int64_t *result, int64_t next)
{
	if (next == 0 || (next == -1 && *result == INT64_MIN))
		return false;
	*result /= next;
	return true;
}

static bool remain(int64_t *result, int64_t next)
{
	if (next == 0 || next == -1)
		return false;
	*result %= next;
	return true;
}

static bool larger(int64_t *result, int64_t next)
{
	*result = next > *result ? next : *result;
	return true;
}

static bool smaller(int64_t *result, int64_t next)
{
	*result = next < *result ? next : *result;
	return true;
}

const struct data *function_add(const struct call *call)
{
	return fold(call, add);
}

const struct data *function_add1(const struct call *call)
{
	int64_t value;

	if (!cast_integer(call->arguments[0], &value) || !add(&value, 1))
		return &DATA_IS_UNKNOWN;
	return data_int(call->arena, value);
}

const struct data *function_sub(const struct call *call)
{
	return fold(call, subtract);
}

const struct data *function_mul(const struct call *call)
{
	return fold(call, multiply);
}

const struct data *function_div(const struct call *call)
{
	return fold(call, divide);
}

const struct data *function_mod(const struct call *call)
{
	return fold(call, remain);
}

const struct data *function_max(const struct call *call)
{
	return fold(call, larger);
}

const struct data *function_min(const struct call *call)
{
	return fold(call, smaller);
}

const struct data *function_int(const struct call *call)
{
	int64_t value;

	return cast_integer(call->arguments[0], &value) ? data_int(call->arena, value) : &DATA_IS_UNKNOWN;
}

const struct data *function_float64(const struct call *call)
{
	double value;

	return cast_float(call->arguments[0], &value) ? data_float(call->arena, value) : &DATA_IS_UNKNOWN;
}

const struct data *function_floor(const struct call *call)
{
	double value;

	return cast_float(call->arguments[0], &value) ? data_float(call->arena, floor(value)) : &DATA_IS_UNKNOWN;
}

const struct data *function_ceil(const struct call *call)
{
	double value;

	return cast_float(call->arguments[0], &value) ? data_float(call->arena, ceil(value)) : &DATA_IS_UNKNOWN;
}

/* Half goes up, where the fraction is positive; what is negative goes down. */
const struct data *function_round(const struct call *call)
{
	double value, whole, fraction, scaled, power = 1;
	int64_t places;

	if (!cast_float(call->arguments[0], &value) || !call_integer(call, 1, &places) || places < 0 || places > 15)
		return &DATA_IS_UNKNOWN;
	for (int64_t i = 0; i < places; i++)
		power *= 10;
	scaled = power * value;
	fraction = modf(scaled, &whole);
	return data_float(call->arena, (fraction >= 0.5 ? ceil(scaled) : floor(scaled)) / power);
}

/* strconv.Atoi: leading zeros are no base here, and what is no number is 0. Numbers beyond all bounds are left unknown. */
const struct data *function_atoi(const struct call *call)
{
	struct str text, digits;
	bool is_number;
	int64_t value = 0;

	if (!call_string(call, 0, &text) || text.len > 18)
		return &DATA_IS_UNKNOWN;
	digits = str_slice(text, text.len > 0 && (text.ptr[0] == '-' || text.ptr[0] == '+') ? 1 : 0, text.len);
	is_number = digits.len > 0;
	for (size_t i = 0; i < digits.len && is_number; i++) {
		is_number = digits.ptr[i] >= '0' && digits.ptr[i] <= '9';
		value = value * 10 + (digits.ptr[i] - '0');
	}
	if (!is_number)
		value = 0;
	return data_int(call->arena, text.len > 0 && text.ptr[0] == '-' ? -value : value);
}

/* Numbers from start on, step by step, before stop. */
static const struct data *count_up(const struct call *call, int64_t start, int64_t stop, int64_t step)
{
	struct data *list = data_list_new(call->arena, (struct span){0});
	bool down = stop < start;
	size_t count = 0;

	if ((down && step >= 0) || (!down && step <= 0))
		return list;
	for (int64_t i = start; down ? i > stop : i < stop; i += step) {
		if (++count > EVALUATION_ITEMS_MAX || !evaluation_spend(call->evaluation, 1))
			return &DATA_IS_UNKNOWN;
		data_list_add(call->arena, list, data_int(call->arena, i));
		if (down ? i < INT32_MIN : i > INT32_MAX)
			return &DATA_IS_UNKNOWN;
	}
	return list;
}

static bool are_moderate(const struct call *call, int64_t *values)
{
	for (size_t i = 0; i < call->count; i++) {
		if (!call_integer(call, i, &values[i]) || values[i] > INT32_MAX || values[i] < INT32_MIN)
			return false;
	}
	return true;
}

const struct data *function_until(const struct call *call)
{
	int64_t count;

	if (!are_moderate(call, &count))
		return &DATA_IS_UNKNOWN;
	return count_up(call, 0, count, count < 0 ? -1 : 1);
}

const struct data *function_until_step(const struct call *call)
{
	int64_t values[3];

	if (!are_moderate(call, values))
		return &DATA_IS_UNKNOWN;
	return count_up(call, values[0], values[1], values[2]);
}

/* Numbers from the first to the last, both included, with blanks between them. */
const struct data *function_seq(const struct call *call)
{
	int64_t values[3] = {0}, first, last, step;
	struct strbuf text = STRBUF_INIT;
	struct data_items items;
	const struct data *list;

	if (!are_moderate(call, values))
		return &DATA_IS_UNKNOWN;
	if (call->count == 0)
		return call_text(call, STR(""));
	first = call->count > 1 ? values[0] : 1;
	last = values[call->count - 1];
	step = call->count == 3 ? values[1] : last < first ? -1 : 1;
	if (call->count == 3 && last < first && step > 0)
		return call_text(call, STR(""));
	list = count_up(call, first, last + (last < first ? -1 : 1), step);
	if (list->kind != DATA_LIST)
		return list;
	items = data_items(call->arena, list);
	for (size_t i = 0; i < items.count; i++)
		strbuf_printf(&text, "%s%lld", i > 0 ? " " : "", (long long)items.items[i]->integer);
	return call_take(call, &text);
}
