/* Private to function*.c: the functions that are known, one row each, sorted by name in byte order. */
#ifndef ASPIS_HELM_FUNCTION_TABLE_H
#define ASPIS_HELM_FUNCTION_TABLE_H

#include <stdint.h>

#define FUNCTION_ANY_COUNT UINT32_MAX

/* Name, least and largest number of arguments, whether it may be called with unknown ones (ANY) or is unknown then (KNOWN), and its body (function_…).
 * Of the same name, sprig's functions are those in force, not Go's (slice), and Helm's before sprig's (fromJson). `and`, `or` and `not` do not evaluate all
 * of their operands and stand in evaluate.c. */
/* clang-format off */
#define FUNCTIONS(ROW) \
	ROW("abbrev", 2, 2, KNOWN, abbrev) \
	ROW("add", 0, FUNCTION_ANY_COUNT, KNOWN, add) \
	ROW("add1", 1, 1, KNOWN, add1) \
	ROW("all", 0, FUNCTION_ANY_COUNT, ANY, all) \
	ROW("any", 0, FUNCTION_ANY_COUNT, ANY, any) \
	ROW("append", 2, 2, ANY, append) \
	ROW("atoi", 1, 1, KNOWN, atoi) \
	ROW("b64dec", 1, 1, KNOWN, b64dec) \
	ROW("b64enc", 1, 1, KNOWN, b64enc) \
	ROW("base", 1, 1, KNOWN, base) \
	ROW("biggest", 1, FUNCTION_ANY_COUNT, KNOWN, max) \
	ROW("cat", 0, FUNCTION_ANY_COUNT, KNOWN, cat) \
	ROW("ceil", 1, 1, KNOWN, ceil) \
	ROW("chunk", 2, 2, KNOWN, chunk) \
	ROW("coalesce", 0, FUNCTION_ANY_COUNT, ANY, coalesce) \
	ROW("compact", 1, 1, KNOWN, compact) \
	ROW("concat", 0, FUNCTION_ANY_COUNT, KNOWN, concat) \
	ROW("contains", 2, 2, KNOWN, contains) \
	ROW("deepCopy", 1, 1, KNOWN, deep_copy) \
	ROW("deepEqual", 2, 2, KNOWN, deep_equal) \
	ROW("default", 1, 2, ANY, default) \
	ROW("dict", 0, FUNCTION_ANY_COUNT, ANY, dict) \
	ROW("dig", 3, FUNCTION_ANY_COUNT, ANY, dig) \
	ROW("div", 2, 2, KNOWN, div) \
	ROW("empty", 1, 1, ANY, empty) \
	ROW("eq", 2, FUNCTION_ANY_COUNT, ANY, eq) \
	ROW("first", 1, 1, KNOWN, first) \
	ROW("float64", 1, 1, KNOWN, float64) \
	ROW("floor", 1, 1, KNOWN, floor) \
	ROW("fromJson", 1, 1, KNOWN, from_json) \
	ROW("fromJsonArray", 1, 1, KNOWN, from_json_array) \
	ROW("fromYaml", 1, 1, KNOWN, from_yaml) \
	ROW("fromYamlArray", 1, 1, KNOWN, from_yaml_array) \
	ROW("ge", 2, 2, KNOWN, ge) \
	ROW("get", 2, 2, KNOWN, get) \
	ROW("gt", 2, 2, KNOWN, gt) \
	ROW("has", 2, 2, ANY, has) \
	ROW("hasKey", 2, 2, KNOWN, has_key) \
	ROW("hasPrefix", 2, 2, KNOWN, has_prefix) \
	ROW("hasSuffix", 2, 2, KNOWN, has_suffix) \
	ROW("html", 1, FUNCTION_ANY_COUNT, KNOWN, html) \
	ROW("include", 2, 2, ANY, include) \
	ROW("indent", 2, 2, KNOWN, indent) \
	ROW("index", 1, FUNCTION_ANY_COUNT, KNOWN, index) \
	ROW("initial", 1, 1, KNOWN, initial) \
	ROW("initials", 1, 1, KNOWN, initials) \
	ROW("int", 1, 1, KNOWN, int) \
	ROW("int64", 1, 1, KNOWN, int) \
	ROW("join", 2, 2, KNOWN, join) \
	ROW("kebabcase", 1, 1, KNOWN, kebabcase) \
	ROW("keys", 0, FUNCTION_ANY_COUNT, KNOWN, keys) \
	ROW("kindIs", 2, 2, KNOWN, kind_is) \
	ROW("kindOf", 1, 1, KNOWN, kind_of) \
	ROW("last", 1, 1, KNOWN, last) \
	ROW("le", 2, 2, KNOWN, le) \
	ROW("len", 1, 1, KNOWN, len) \
	ROW("list", 0, FUNCTION_ANY_COUNT, ANY, list) \
	ROW("lower", 1, 1, KNOWN, lower) \
	ROW("lt", 2, 2, KNOWN, lt) \
	ROW("max", 1, FUNCTION_ANY_COUNT, KNOWN, max) \
	ROW("merge", 1, FUNCTION_ANY_COUNT, ANY, merge) \
	ROW("mergeOverwrite", 1, FUNCTION_ANY_COUNT, ANY, merge_overwrite) \
	ROW("min", 1, FUNCTION_ANY_COUNT, KNOWN, min) \
	ROW("mod", 2, 2, KNOWN, mod) \
	ROW("mul", 1, FUNCTION_ANY_COUNT, KNOWN, mul) \
	ROW("mustAppend", 2, 2, ANY, append) \
	ROW("mustChunk", 2, 2, KNOWN, chunk) \
	ROW("mustCompact", 1, 1, KNOWN, compact) \
	ROW("mustDeepCopy", 1, 1, KNOWN, deep_copy) \
	ROW("mustFirst", 1, 1, KNOWN, first) \
	ROW("mustHas", 2, 2, ANY, has) \
	ROW("mustInitial", 1, 1, KNOWN, initial) \
	ROW("mustLast", 1, 1, KNOWN, last) \
	ROW("mustMerge", 1, FUNCTION_ANY_COUNT, ANY, merge) \
	ROW("mustMergeOverwrite", 1, FUNCTION_ANY_COUNT, ANY, merge_overwrite) \
	ROW("mustPrepend", 2, 2, ANY, prepend) \
	ROW("mustPush", 2, 2, ANY, append) \
	ROW("mustRegexMatch", 2, 2, KNOWN, regex_match) \
	ROW("mustRest", 1, 1, KNOWN, rest) \
	ROW("mustReverse", 1, 1, KNOWN, reverse) \
	ROW("mustSlice", 1, 3, KNOWN, slice) \
	ROW("mustToJson", 1, 1, KNOWN, to_json) \
	ROW("mustToPrettyJson", 1, 1, KNOWN, to_json) \
	ROW("mustToRawJson", 1, 1, KNOWN, to_json) \
	ROW("mustUniq", 1, 1, KNOWN, uniq) \
	ROW("mustWithout", 1, FUNCTION_ANY_COUNT, KNOWN, without) \
	ROW("ne", 2, 2, KNOWN, ne) \
	ROW("nindent", 2, 2, KNOWN, nindent) \
	ROW("nospace", 1, 1, KNOWN, nospace) \
	ROW("omit", 1, FUNCTION_ANY_COUNT, KNOWN, omit) \
	ROW("pick", 1, FUNCTION_ANY_COUNT, KNOWN, pick) \
	ROW("pluck", 1, FUNCTION_ANY_COUNT, KNOWN, pluck) \
	ROW("plural", 3, 3, KNOWN, plural) \
	ROW("prepend", 2, 2, ANY, prepend) \
	ROW("print", 0, FUNCTION_ANY_COUNT, KNOWN, print) \
	ROW("printf", 1, FUNCTION_ANY_COUNT, ANY, printf) \
	ROW("println", 0, FUNCTION_ANY_COUNT, KNOWN, println) \
	ROW("push", 2, 2, ANY, append) \
	ROW("quote", 0, FUNCTION_ANY_COUNT, ANY, quote) \
	ROW("regexMatch", 2, 2, KNOWN, regex_match) \
	ROW("regexQuoteMeta", 1, 1, KNOWN, regex_quote_meta) \
	ROW("repeat", 2, 2, KNOWN, repeat) \
	ROW("replace", 3, 3, KNOWN, replace) \
	ROW("required", 2, 2, KNOWN, required) \
	ROW("rest", 1, 1, KNOWN, rest) \
	ROW("reverse", 1, 1, KNOWN, reverse) \
	ROW("round", 2, 2, KNOWN, round) \
	ROW("seq", 0, 3, KNOWN, seq) \
	ROW("set", 3, 3, ANY, set) \
	ROW("slice", 1, 3, KNOWN, slice) \
	ROW("snakecase", 1, 1, KNOWN, snakecase) \
	ROW("sortAlpha", 1, 1, KNOWN, sort_alpha) \
	ROW("split", 2, 2, KNOWN, split) \
	ROW("splitList", 2, 2, KNOWN, split_list) \
	ROW("splitn", 3, 3, KNOWN, splitn) \
	ROW("squote", 0, FUNCTION_ANY_COUNT, KNOWN, squote) \
	ROW("sub", 2, 2, KNOWN, sub) \
	ROW("substr", 3, 3, KNOWN, substr) \
	ROW("swapcase", 1, 1, KNOWN, swapcase) \
	ROW("ternary", 3, 3, ANY, ternary) \
	ROW("title", 1, 1, KNOWN, title) \
	ROW("toJson", 1, 1, KNOWN, to_json) \
	ROW("toPrettyJson", 1, 1, KNOWN, to_json) \
	ROW("toRawJson", 1, 1, KNOWN, to_json) \
	ROW("toString", 1, 1, KNOWN, to_string) \
	ROW("toStrings", 1, 1, KNOWN, to_strings) \
	ROW("toYaml", 1, 1, KNOWN, to_yaml) \
	ROW("toYamlPretty", 1, 1, KNOWN, to_yaml) \
	ROW("tpl", 2, 2, ANY, tpl) \
	ROW("trim", 1, 1, KNOWN, trim) \
	ROW("trimAll", 2, 2, KNOWN, trim_all) \
	ROW("trimPrefix", 2, 2, KNOWN, trim_prefix) \
	ROW("trimSuffix", 2, 2, KNOWN, trim_suffix) \
	ROW("trimall", 2, 2, KNOWN, trim_all) \
	ROW("trunc", 2, 2, KNOWN, trunc) \
	ROW("tuple", 0, FUNCTION_ANY_COUNT, ANY, list) \
	ROW("typeIs", 2, 2, KNOWN, type_is) \
	ROW("typeIsLike", 2, 2, KNOWN, type_is) \
	ROW("typeOf", 1, 1, KNOWN, type_of) \
	ROW("uniq", 1, 1, KNOWN, uniq) \
	ROW("unset", 2, 2, ANY, unset) \
	ROW("until", 1, 1, KNOWN, until) \
	ROW("untilStep", 3, 3, KNOWN, until_step) \
	ROW("untitle", 1, 1, KNOWN, untitle) \
	ROW("upper", 1, 1, KNOWN, upper) \
	ROW("urlquery", 1, FUNCTION_ANY_COUNT, KNOWN, urlquery) \
	ROW("values", 1, 1, KNOWN, values) \
	ROW("without", 1, FUNCTION_ANY_COUNT, KNOWN, without)
/* clang-format on */

#endif
