#include "base/ascii.h"
#include "base/utf8.h"
#include "text/rst_directive.h"

bool rst_option_any(struct rst_reader *reader, struct str value)
{
	(void)reader;
	(void)value;
	return true;
}

bool rst_option_required(struct rst_reader *reader, struct str value)
{
	(void)reader;
	return !str_is_absent(value);
}

bool rst_option_flag(struct rst_reader *reader, struct str value)
{
	(void)reader;
	return str_is_absent(value);
}

/* Words of which names of classes can be made; none will do, but not no value. */
bool rst_option_class(struct rst_reader *reader, struct str value)
{
	bool valid = !str_is_absent(value);

	for (struct str word = valid ? rst_cut_word(&value) : STR(""); valid && word.len > 0;
		word = rst_cut_word(&value))
		valid = rst_make_id(reader, word).len > 0;
	return valid;
}

/* An integer as Python reads one: blanks around, a sign, single underscores between digits. *negative and *zero tell of what kind it is. */
static bool parse_integer(struct str value, bool *negative, bool *zero)
{
	bool digit_before = false;

	value = str_is_absent(value) ? STR("") : rst_strip(value);
	*negative = value.len > 0 && value.ptr[0] == '-';
	*zero = true;
	if (value.len > 0 && (value.ptr[0] == '-' || value.ptr[0] == '+'))
		value = str_slice(value, 1, value.len);
	if (value.len == 0)
		return false;
	for (size_t i = 0; i < value.len; i++) {
		bool digit = ascii_is_digit(value.ptr[i]);
		if (!digit && (value.ptr[i] != '_' || !digit_before))
			return false;
		*zero = *zero && (!digit || value.ptr[i] == '0');
		digit_before = digit;
	}
	*negative = *negative && !*zero;
	return digit_before;
}

bool rst_option_integer(struct rst_reader *reader, struct str value)
{
	bool negative, zero;

	(void)reader;
	return parse_integer(value, &negative, &zero);
}

bool rst_option_count(struct rst_reader *reader, struct str value)
{
	bool negative, zero;

	(void)reader;
	return parse_integer(value, &negative, &zero) && !negative;
}

bool rst_option_number_lines(struct rst_reader *reader, struct str value)
{
	return str_is_absent(value) || rst_option_integer(reader, value);
}

bool rst_option_percentage(struct rst_reader *reader, struct str value)
{
	if (str_is_absent(value))
		return false;
	while (value.len > 0 && (value.ptr[value.len - 1] == ' ' || value.ptr[value.len - 1] == '%'))
		value.len--;
	return rst_option_count(reader, value);
}

/* The bytes of a number with or without a fraction at the start of a measure; 0: none that is not negative. */
static size_t measure_number(struct str value)
{
	size_t end = 0, dots = 0, digits = 0;

	if (value.len > 0 && value.ptr[0] == '-')
		end++;
	bool negative = end > 0, zero = true;
	for (; end < value.len && (value.ptr[end] == '.' || ascii_is_digit(value.ptr[end])); end++) {
		dots += value.ptr[end] == '.';
		digits += value.ptr[end] != '.';
		zero = zero && (value.ptr[end] == '.' || value.ptr[end] == '0');
	}
	return digits > 0 && dots <= 1 && (!negative || zero) ? end : 0;
}

static bool is_measure(struct str value, bool percent)
{
	static const char *const units[] = {
		"", "em", "ex", "ch", "rem", "vw", "vh", "vmin", "vmax", "cm", "mm", "Q", "in", "pt", "pc", "px"};

	if (str_is_absent(value))
		return false;
	size_t end = measure_number(value);
	if (end == 0)
		return false;
	end += rst_count(value, end, ' ');
	struct str unit = str_slice(value, end, value.len);
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (str_is(unit, units[i]))
			return true;
	}
	return percent && str_is(unit, "%");
}

bool rst_option_length(struct rst_reader *reader, struct str value)
{
	(void)reader;
	return is_measure(value, false);
}

bool rst_option_width(struct rst_reader *reader, struct str value)
{
	(void)reader;
	return is_measure(value, true);
}

static bool is_choice(struct str value, const char *const *choices, size_t count)
{
	value = str_is_absent(value) ? STR("") : rst_strip(value);
	for (size_t i = 0; i < count; i++) {
		if (rst_is_in_lower_case(value, choices[i]))
			return true;
	}
	return false;
}

bool rst_option_figure_width(struct rst_reader *reader, struct str value)
{
	return (!str_is_absent(value) && rst_is_in_lower_case(value, "image")) || rst_option_width(reader, value);
}

bool rst_option_image_align(struct rst_reader *reader, struct str value)
{
	static const char *const choices[] = {"top", "middle", "bottom", "left", "center", "right"};

	(void)reader;
	return is_choice(value, choices, sizeof(choices) / sizeof(choices[0]));
}

bool rst_option_align(struct rst_reader *reader, struct str value)
{
	static const char *const choices[] = {"left", "center", "right"};

	(void)reader;
	return is_choice(value, choices, sizeof(choices) / sizeof(choices[0]));
}

bool rst_option_loading(struct rst_reader *reader, struct str value)
{
	static const char *const choices[] = {"embed", "link", "lazy"};

	(void)reader;
	return is_choice(value, choices, sizeof(choices) / sizeof(choices[0]));
}

bool rst_option_backlinks(struct rst_reader *reader, struct str value)
{
	static const char *const choices[] = {"top", "entry", "none"};

	(void)reader;
	return is_choice(value, choices, sizeof(choices) / sizeof(choices[0]));
}

/* Positive integers, separated by commas if there is one, else by blanks. */
static bool is_list(struct str value)
{
	bool commas = str_find(value, ',') < value.len;
	bool negative, zero;

	for (value = commas ? value : rst_strip(value); !str_is_absent(value);) {
		size_t end = 0;
		while (end < value.len &&
			(commas ? value.ptr[end] != ',' : value.ptr[end] != ' ' && value.ptr[end] != '\n'))
			end++;
		if (!parse_integer(str_slice(value, 0, end), &negative, &zero) || negative || zero)
			return !commas && value.len == 0;
		if (end == value.len)
			return true;
		value = str_slice(value, end + 1, value.len);
		value = commas ? value : rst_strip(value);
	}
	return false;
}

bool rst_option_auto_widths(struct rst_reader *reader, struct str value)
{
	(void)reader;
	return !str_is_absent(value) && (str_is(value, "auto") || is_list(value));
}

bool rst_option_widths(struct rst_reader *reader, struct str value)
{
	return (!str_is_absent(value) && str_is(value, "grid")) || rst_option_auto_widths(reader, value);
}

/* One character, or the code of one. */
bool rst_option_character(struct rst_reader *reader, struct str value)
{
	static const char *const prefixes[] = {"0x", "0X", "x", "X", "\\x", "\\X", "U+", "u+", "U", "u", "\\u", "\\U"};

	(void)reader;
	if (str_is_absent(value))
		return false;
	if (utf8_length(value) <= 1)
		return true;
	size_t digits = 0;
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]) && digits == 0; i++) {
		if (str_starts_with(value, str_of(prefixes[i])))
			digits = strlen(prefixes[i]);
	}
	bool decimal = digits == 0;
	for (size_t i = digits; i < value.len; i++) {
		if (decimal ? !ascii_is_digit(value.ptr[i]) : str_hex_digit(value.ptr[i]) < 0)
			return false;
	}
	return value.len > digits && value.len - digits <= 7;
}

bool rst_option_delimiter(struct rst_reader *reader, struct str value)
{
	return (!str_is_absent(value) && (str_is(value, "tab") || str_is(value, "space"))) ||
	       rst_option_character(reader, value);
}
