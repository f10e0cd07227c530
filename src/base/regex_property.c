#include "base/regex_property.h"

/* General categories: the short name, which PCRE2 takes, and the long ones. */
struct category {
	const char *name;
	const char *aliases[2];
};

static const struct category categories[] = {
	{"C", {"Other", NULL}},
	{"Cc", {"Control", "cntrl"}},
	{"Cf", {"Format", NULL}},
	{"Cn", {"Unassigned", NULL}},
	{"Co", {"Private_Use", NULL}},
	{"Cs", {"Surrogate", NULL}},
	{"L", {"Letter", NULL}},
	{"L&", {"LC", "Cased_Letter"}},
	{"Ll", {"Lowercase_Letter", NULL}},
	{"Lm", {"Modifier_Letter", NULL}},
	{"Lo", {"Other_Letter", NULL}},
	{"Lt", {"Titlecase_Letter", NULL}},
	{"Lu", {"Uppercase_Letter", NULL}},
	{"M", {"Mark", "Combining_Mark"}},
	{"Mc", {"Spacing_Mark", NULL}},
	{"Me", {"Enclosing_Mark", NULL}},
	{"Mn", {"Nonspacing_Mark", NULL}},
	{"N", {"Number", NULL}},
	{"Nd", {"Decimal_Number", "digit"}},
	{"Nl", {"Letter_Number", NULL}},
	{"No", {"Other_Number", NULL}},
	{"P", {"Punctuation", "punct"}},
	{"Pc", {"Connector_Punctuation", NULL}},
	{"Pd", {"Dash_Punctuation", NULL}},
	{"Pe", {"Close_Punctuation", NULL}},
	{"Pf", {"Final_Punctuation", NULL}},
	{"Pi", {"Initial_Punctuation", NULL}},
	{"Po", {"Other_Punctuation", NULL}},
	{"Ps", {"Open_Punctuation", NULL}},
	{"S", {"Symbol", NULL}},
	{"Sc", {"Currency_Symbol", NULL}},
	{"Sk", {"Modifier_Symbol", NULL}},
	{"Sm", {"Math_Symbol", NULL}},
	{"So", {"Other_Symbol", NULL}},
	{"Z", {"Separator", NULL}},
	{"Zl", {"Line_Separator", NULL}},
	{"Zp", {"Paragraph_Separator", NULL}},
	{"Zs", {"Space_Separator", NULL}},
};

/* Binary properties; PCRE2 knows them by the same names. */
static const char *const binary_properties[][2] = {
	{"ASCII_Hex_Digit", "AHex"},
	{"Alphabetic", "Alpha"},
	{"Bidi_Control", "Bidi_C"},
	{"Bidi_Mirrored", "Bidi_M"},
	{"Case_Ignorable", "CI"},
	{"Cased", NULL},
	{"Changes_When_Casefolded", "CWCF"},
	{"Changes_When_Casemapped", "CWCM"},
	{"Changes_When_Lowercased", "CWL"},
	{"Changes_When_Titlecased", "CWT"},
	{"Changes_When_Uppercased", "CWU"},
	{"Dash", NULL},
	{"Default_Ignorable_Code_Point", "DI"},
	{"Deprecated", "Dep"},
	{"Diacritic", "Dia"},
	{"Emoji", NULL},
	{"Emoji_Component", "EComp"},
	{"Emoji_Modifier", "EMod"},
	{"Emoji_Modifier_Base", "EBase"},
	{"Emoji_Presentation", "EPres"},
	{"Extended_Pictographic", "ExtPict"},
	{"Extender", "Ext"},
	{"Grapheme_Base", "Gr_Base"},
	{"Grapheme_Extend", "Gr_Ext"},
	{"Hex_Digit", "Hex"},
	{"IDS_Binary_Operator", "IDSB"},
	{"IDS_Trinary_Operator", "IDST"},
	{"ID_Continue", "IDC"},
	{"ID_Start", "IDS"},
	{"Ideographic", "Ideo"},
	{"Join_Control", "Join_C"},
	{"Logical_Order_Exception", "LOE"},
	{"Lowercase", "Lower"},
	{"Math", NULL},
	{"Noncharacter_Code_Point", "NChar"},
	{"Pattern_Syntax", "Pat_Syn"},
	{"Pattern_White_Space", "Pat_WS"},
	{"Quotation_Mark", "QMark"},
	{"Radical", NULL},
	{"Regional_Indicator", "RI"},
	{"Sentence_Terminal", "STerm"},
	{"Soft_Dotted", "SD"},
	{"Terminal_Punctuation", "Term"},
	{"Unified_Ideograph", "UIdeo"},
	{"Uppercase", "Upper"},
	{"Variation_Selector", "VS"},
	{"White_Space", "space"},
	{"XID_Continue", "XIDC"},
	{"XID_Start", "XIDS"},
};

static const char *find_category(struct str name)
{
	for (size_t i = 0; i < sizeof(categories) / sizeof(categories[0]); i++) {
		const struct category *category = &categories[i];

		if (str_is(name, category->name) && !str_is(name, "L&"))
			return category->name;
		for (size_t j = 0; j < 2; j++)
			if (category->aliases[j] != NULL && str_is(name, category->aliases[j]))
				return category->name;
	}
	return NULL;
}

static const char *find_binary_property(struct str name)
{
	for (size_t i = 0; i < sizeof(binary_properties) / sizeof(binary_properties[0]); i++)
		for (size_t j = 0; j < 2; j++)
			if (binary_properties[i][j] != NULL && str_is(name, binary_properties[i][j]))
				return binary_properties[i][0];
	return NULL;
}

/* The names of scripts are left to PCRE2, which is lax about case: ECMA is not. */
static bool looks_like_script(struct str name)
{
	if (name.len < 2 || name.ptr[0] < 'A' || name.ptr[0] > 'Z' || name.ptr[1] < 'a' || name.ptr[1] > 'z')
		return false;
	for (size_t i = 2; i < name.len; i++) {
		char c = name.ptr[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && c != '_')
			return false;
	}
	return true;
}

static void append_escape(struct strbuf *out, bool negated, const char *prefix, struct str name)
{
	strbuf_printf(out, "\\%c{%s%.*s}", negated ? 'P' : 'p', prefix, STR_ARG(name));
}

static bool append_by_value(struct strbuf *out, struct str property, struct str value, bool negated)
{
	if (str_is(property, "General_Category") || str_is(property, "gc")) {
		const char *category = find_category(value);

		if (category == NULL)
			return false;
		append_escape(out, negated, "", str_of(category));
		return true;
	}
	if (!looks_like_script(value))
		return false;
	if (str_is(property, "Script") || str_is(property, "sc"))
		append_escape(out, negated, "sc:", value);
	else if (str_is(property, "Script_Extensions") || str_is(property, "scx"))
		append_escape(out, negated, "scx:", value);
	else
		return false;
	return true;
}

bool regex_append_property(struct strbuf *out, struct str expression, bool negated)
{
	struct str value = expression;
	struct str property = str_cut(&value, '=');
	const char *name;

	if (!str_is_absent(value))
		return append_by_value(out, property, value, negated);
	name = find_category(property);
	if (name == NULL)
		name = find_binary_property(property);
	if (name != NULL)
		append_escape(out, negated, "", str_of(name));
	else if (str_is(property, "Any"))
		append_escape(out, negated, "", property);
	else if (str_is(property, "ASCII"))
		append_escape(out, negated, "", property);
	else if (str_is(property, "Assigned"))
		append_escape(out, !negated, "", STR("Cn"));
	else
		return false;
	return true;
}
