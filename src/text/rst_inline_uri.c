/* URIs and e-mail addresses that stand in a text as they are. docutils finds them by a regular expression that may give characters back; here each run of characters is looked at once, and the places
 * where an address could end are remembered. */
#include "base/ascii.h"
#include "text/rst_inline_private.h"

/* The schemes that docutils knows: those of IANA's registry at the time and some more. In order. */
static const char *const schemes[] = {
	"about",
	"acap",
	"addbook",
	"afp",
	"afs",
	"aim",
	"callto",
	"castanet",
	"chttp",
	"cid",
	"crid",
	"data",
	"dav",
	"dict",
	"dns",
	"eid",
	"fax",
	"feed",
	"file",
	"finger",
	"freenet",
	"ftp",
	"go",
	"gopher",
	"gsm-sms",
	"h323",
	"h324",
	"hdl",
	"hnews",
	"http",
	"https",
	"hydra",
	"iioploc",
	"ilu",
	"im",
	"imap",
	"info",
	"ior",
	"ipp",
	"irc",
	"iris.beep",
	"iseek",
	"jar",
	"javascript",
	"jdbc",
	"ldap",
	"lifn",
	"livescript",
	"lrq",
	"mailbox",
	"mailserver",
	"mailto",
	"md5",
	"mid",
	"mocha",
	"modem",
	"mtqp",
	"mupdate",
	"news",
	"nfs",
	"nntp",
	"opaquelocktoken",
	"phone",
	"pop",
	"pop3",
	"pres",
	"printer",
	"prospero",
	"rdar",
	"res",
	"rtsp",
	"rvp",
	"rwhois",
	"rx",
	"sdp",
	"service",
	"shttp",
	"sip",
	"sips",
	"smb",
	"snews",
	"snmp",
	"soap.beep",
	"soap.beeps",
	"ssh",
	"t120",
	"tag",
	"tcp",
	"tel",
	"telephone",
	"telnet",
	"tftp",
	"tip",
	"tn3270",
	"tv",
	"urn",
	"uuid",
	"vemmi",
	"videotex",
	"view-source",
	"wais",
	"whodp",
	"whois++",
	"x-man-page",
	"xmlrpc.beep",
	"xmlrpc.beeps",
	"z39.50r",
	"z39.50s",
};

/* What was found of an address: its end, 0 where there is none. */
struct address {
	size_t from, to;
	size_t scheme_end; /* 0: an e-mail address */
};

/* A search in the characters of a range, whose ends count as those of a text. */
struct search {
	const struct rst_inliner *in;
	size_t begin, end;
	/* Runs that were looked at: what begins in one ends where it does. */
	struct rst_range scheme; /* characters of a scheme */
	struct rst_range uri;    /* characters of a URI */
	size_t uri_best;         /* the last place in it where an address may end, 0: none */
	struct rst_range local;  /* characters of an e-mail address */
	size_t local_dots;       /* behind the last ".." in it */
	size_t host, host_best;  /* where the last host that was looked at begins, and where an address with it ends */
};

static bool is_one_of(uint32_t character, const char *marks)
{
	if (character >= 0x80)
		return false;
	return ascii_is_alnum((char)character) || character == RST_ESCAPE || strchr(marks, (int)character);
}

static bool is_uri_character(uint32_t character)
{
	return is_one_of(character, "-_.!~*'()[];/:@&=+$,%");
}

static bool is_email_character(uint32_t character)
{
	return is_one_of(character, "-_!~*'{|}/#?^`&=+$%");
}

static bool is_scheme_character(uint32_t character)
{
	return character != RST_ESCAPE && is_one_of(character, ".+-");
}

static uint32_t character_at(const struct search *search, size_t at)
{
	return at < search->end ? search->in->characters[at] : RST_ESCAPE;
}

static bool is_at(const struct search *search, size_t at, uint32_t character)
{
	return at < search->end && search->in->characters[at] == character;
}

/* Whether an address may end behind a character: punctuation is part of the text around, but for that before a ">". */
static bool may_end_at(const struct search *search, size_t to)
{
	uint32_t last = search->in->characters[to - 1];
	bool is_end =
		(last != RST_ESCAPE && is_one_of(last, "_~*/=+")) || (is_uri_character(last) && is_at(search, to, '>'));

	return is_end && (to == search->end || rst_may_follow_end(search->in->characters[to]));
}

/* The last place in (from, to] where an address may end, or 0. */
static size_t last_end(const struct search *search, size_t from, size_t to)
{
	while (to > from && !may_end_at(search, to))
		to--;
	return to > from ? to : 0;
}

static size_t uri_run(const struct search *search, size_t at)
{
	while (at < search->end && is_uri_character(search->in->characters[at]))
		at++;
	return at;
}

/* Whether the last character of a run may be the last one of a URI's part: more may follow. */
static bool may_part_end(const struct search *search, size_t from, size_t to)
{
	uint32_t last = to > from ? search->in->characters[to - 1] : RST_ESCAPE;

	return last != RST_ESCAPE && is_one_of(last, "_~*/=+");
}

/* The end of a query or fragment that begins with its mark, and of what follows it; 0: none. */
static size_t part_end(const struct search *search, size_t at, uint32_t mark)
{
	if (!is_at(search, at, mark))
		return 0;
	size_t run = uri_run(search, at + 1);
	size_t more = mark == '?' && may_part_end(search, at + 1, run) ? part_end(search, run, '#') : 0;
	return more > 0 ? more : last_end(search, at + 1, run);
}

/* The end of a URI whose scheme ends before a colon, or 0. */
static size_t uri_end(struct search *search, size_t colon)
{
	size_t from = colon + 1;

	if (from < search->uri.from || from >= search->uri.to) {
		size_t run = uri_run(search, from);
		size_t more = 0;
		if (may_part_end(search, from, run)) {
			more = part_end(search, run, '?');
			more = more > 0 ? more : part_end(search, run, '#');
		}
		search->uri = (struct rst_range){from, run};
		search->uri_best = more > 0 ? more : last_end(search, from, run);
	}
	return search->uri_best > from ? search->uri_best : 0;
}

static size_t scheme_end(struct search *search, size_t at)
{
	uint32_t first = character_at(search, at);

	if (first >= 0x80 || !ascii_is_letter((char)first))
		return 0;
	if (at < search->scheme.from || at >= search->scheme.to) {
		size_t end = at;
		while (end < search->end && is_scheme_character(search->in->characters[end]))
			end++;
		search->scheme = (struct rst_range){at, end};
	}
	return is_at(search, search->scheme.to, ':') ? search->scheme.to : 0;
}

static bool is_local_character(uint32_t character)
{
	return character == '.' || is_email_character(character);
}

/* Where an address ends whose host begins at a place, or 0. */
static size_t host_end(struct search *search, size_t at)
{
	size_t run = at;

	if (search->host == at)
		return search->host_best;
	while (run < search->end && is_local_character(search->in->characters[run]))
		run++;
	search->host = at;
	search->host_best = 0;
	if (run == at || search->in->characters[at] == '.')
		return 0;
	/* One character more where that stands before a ">". */
	if (run < search->end && is_uri_character(search->in->characters[run]) && is_at(search, run + 1, '>'))
		search->host_best = run + 1;
	else
		search->host_best = last_end(search, at + 1, run);
	return search->host_best;
}

/* Dots in the part before the "@" stand alone, and neither first nor last. */
static size_t email_end(struct search *search, size_t at)
{
	if (!is_email_character(character_at(search, at)) || at >= search->end)
		return 0;
	if (at < search->local.from || at >= search->local.to) {
		size_t end = at;
		search->local_dots = 0;
		for (; end < search->end && is_local_character(search->in->characters[end]); end++) {
			if (end > at && search->in->characters[end] == '.' && search->in->characters[end - 1] == '.')
				search->local_dots = end;
		}
		search->local = (struct rst_range){at, end};
	}
	size_t sign = search->local.to;
	uint32_t last = search->in->characters[sign - 1];
	if (!is_at(search, sign, '@') || last == '.' || last == RST_ESCAPE || at < search->local_dots)
		return 0;
	return host_end(search, sign + 1);
}

static bool match_address(struct address *out, struct search *search, size_t at)
{
	size_t colon = scheme_end(search, at);

	*out = (struct address){.from = at, .to = colon > 0 ? uri_end(search, colon) : 0, .scheme_end = colon};
	if (out->to == 0) {
		out->to = email_end(search, at);
		out->scheme_end = 0;
	}
	return out->to > 0;
}

static bool find_address(struct address *out, const struct rst_inliner *in, struct rst_range range)
{
	struct search search = {.in = in, .begin = range.from, .end = range.to};

	for (size_t at = range.from; at < range.to; at++) {
		if (rst_starts_here(in, at, range.from) && match_address(out, &search, at))
			return true;
	}
	return false;
}

static int compare_scheme(struct str scheme, const char *known)
{
	for (size_t i = 0; i < scheme.len; i++) {
		int difference = ascii_to_lower(scheme.ptr[i]) - known[i];
		if (difference != 0)
			return difference;
	}
	return known[scheme.len] == '\0' ? 0 : -1;
}

static bool is_scheme(struct str scheme)
{
	size_t low = 0, high = sizeof(schemes) / sizeof(schemes[0]);

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int difference = compare_scheme(scheme, schemes[middle]);
		if (difference == 0)
			return true;
		if (difference < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}

static void add_address(struct rst_inliner *in, const struct address *address)
{
	struct arena *arena = &in->reader->document->arena;
	struct rst_range range = {address->from, address->to};
	struct str text = rst_unescaped(in, range);
	struct document_node *node = rst_add_inline_text(in, DOCUMENT_REFERENCE, range, text);

	node->target = address->scheme_end > 0 ? text : arena_printf(arena, "mailto:%.*s", STR_ARG(text));
}

static void add_text(struct rst_inliner *in, struct rst_range range)
{
	struct str text = range.to > range.from ? rst_unescaped(in, range) : STR("");

	if (text.len > 0)
		rst_add_inline_text(in, DOCUMENT_TEXT, range, text);
}

/* An unknown scheme makes all of the rest text: docutils looks no further then. What stands before an address is not looked at again: an address there would have been found first. */
void rst_add_plain(struct rst_inliner *in, struct rst_range range)
{
	struct address address;

	while (range.to > range.from && find_address(&address, in, range)) {
		if (address.scheme_end > 0 &&
			!is_scheme(rst_raw(in, (struct rst_range){address.from, address.scheme_end})))
			break;
		add_text(in, (struct rst_range){range.from, address.from});
		add_address(in, &address);
		range.from = address.to;
	}
	add_text(in, range);
}

bool rst_starts_with_uri(const struct rst_inliner *in, struct rst_range range)
{
	struct search search = {.in = in, .begin = range.from, .end = range.to};
	struct address address;

	return match_address(&address, &search, range.from);
}

bool rst_is_email(struct rst_inliner *in)
{
	struct search search = {.in = in, .end = in->len};

	return in->len > 0 && email_end(&search, 0) == in->len;
}
