/* The findings as SARIF results. */
#include "base/utf8.h"
#include "report/line_hash.h"
#include "report/sarif.h"

enum {
	MOST_RESULTS = 25000, /* that code scanning takes in a run */
	MOST_RELATED = 100,   /* that it shows of a result */
};

struct result_writer {
	struct json_writer *json;
	const struct report *report;
	struct locator locator;
	size_t budget[SEVERITY_ERROR + 1]; /* results that may still be written, by severity */
	const struct source *hashed;       /* what hashes are of: findings come sorted by file */
	struct vec hashes;                 /* struct line_hash */
};

/* Errors take what they need of the limit, then warnings, then notes. */
static size_t share_limit(struct result_writer *writer)
{
	struct totals totals;
	size_t left = MOST_RESULTS;
	size_t left_out = 0;

	totals_count(&totals, writer->report);
	for (int severity = SEVERITY_ERROR; severity > SEVERITY_OFF; severity--) {
		size_t wanted = (enum severity)severity >= writer->report->show ? totals.of[severity] : 0;

		writer->budget[severity] = wanted < left ? wanted : left;
		left -= writer->budget[severity];
		left_out += wanted - writer->budget[severity];
	}
	return left_out;
}

void sarif_append_uri(struct strbuf *out, struct str path)
{
	static const char unreserved[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";

	if (str_starts_with(path, STR("/")))
		strbuf_append_c(out, "file://");
	for (size_t i = 0; i < path.len; i++) {
		unsigned char byte = (unsigned char)path.ptr[i];

		if (memchr(unreserved, byte, sizeof(unreserved) - 1) != NULL)
			strbuf_append_char(out, (char)byte);
		else
			strbuf_printf(out, "%%%02X", byte);
	}
}

static void write_region(struct json_writer *json, struct place place)
{
	json_key(json, "region");
	json_begin_object(json);
	json_member_uint(json, "startLine", place.start.line);
	json_member_uint(json, "startColumn", place.start.column);
	json_member_uint(json, "endLine", place.end.line);
	json_member_uint(json, "endColumn", place.end.column);
	json_end_object(json);
}

static void write_physical_location(struct json_writer *json, struct locator *locator, struct span span)
{
	struct place place = locate(locator, span);
	struct strbuf uri = STRBUF_INIT;

	sarif_append_uri(&uri, place.path);
	json_key(json, "physicalLocation");
	json_begin_object(json);
	json_key(json, "artifactLocation");
	json_begin_object(json);
	json_member_str(json, "uri", strbuf_str(&uri));
	if (!str_starts_with(place.path, STR("/")))
		json_member_c(json, "uriBaseId", "%SRCROOT%");
	json_end_object(json);
	write_region(json, place);
	json_end_object(json);
	strbuf_release(&uri);
}

/* Escapes brackets where they could be read as a link of somebody else's making. */
static void append_unlinked(struct strbuf *out, struct str visible)
{
	bool escape = str_contains(visible, STR("]("));

	for (size_t i = 0; i < visible.len; i++) {
		char c = visible.ptr[i];

		if (escape && (c == '[' || c == ']' || c == '\\'))
			strbuf_append_char(out, '\\');
		strbuf_append_char(out, c);
	}
}

static void append_message_text(struct strbuf *out, struct str text)
{
	struct strbuf visible = STRBUF_INIT;

	strbuf_append_visible(&visible, text);
	append_unlinked(out, strbuf_str(&visible));
	strbuf_release(&visible);
}

static void append_environments_text(struct strbuf *out, const struct diag *diag)
{
	struct strbuf names = STRBUF_INIT;

	append_environments(&names, diag);
	strbuf_append_c(out, "\nIn ");
	append_unlinked(out, strbuf_str(&names));
	strbuf_append_char(out, '.');
	strbuf_release(&names);
}

/* The words of a link, in which brackets must be escaped (SARIF section 3.11.6). */
static void append_link_text(struct strbuf *out, struct str text)
{
	struct strbuf visible = STRBUF_INIT;

	strbuf_append_visible(&visible, text);
	for (size_t i = 0; i < visible.len; i++) {
		if (strchr("[]\\", visible.ptr[i]) != NULL)
			strbuf_append_char(out, '\\');
		strbuf_append_char(out, visible.ptr[i]);
	}
	strbuf_release(&visible);
}

static size_t related_count(const struct diag *diag)
{
	return diag->related.len < MOST_RELATED ? diag->related.len : MOST_RELATED;
}

/* The message ends with a sentence for the environments and one for each related place, linked to it by its id, which is its number from 1. */
static void write_message(struct json_writer *json, const struct diag *diag)
{
	struct strbuf text = STRBUF_INIT;
	const char *separator = "\n";

	append_message_text(&text, diag->message);
	if (diag->environments.len > 0)
		append_environments_text(&text, diag);
	for (size_t i = 0; i < related_count(diag); i++) {
		const struct diag_related *related = vec_at(&diag->related, i);

		strbuf_append_c(&text, separator);
		strbuf_append_c(&text, i == 0 ? "See: [" : "[");
		append_link_text(&text, related->message);
		strbuf_printf(&text, "](%zu)", i + 1);
		separator = ", ";
	}
	sarif_message(json, "message", strbuf_str(&text));
	strbuf_release(&text);
}

static void write_related(struct json_writer *json, const struct diag *diag)
{
	struct locator locator = LOCATOR_INIT;

	if (diag->related.len == 0)
		return;
	json_key(json, "relatedLocations");
	json_begin_array(json);
	for (size_t i = 0; i < related_count(diag); i++) {
		const struct diag_related *related = vec_at(&diag->related, i);
		struct strbuf text = STRBUF_INIT;

		append_message_text(&text, related->message);
		json_begin_object(json);
		json_member_uint(json, "id", i + 1);
		write_physical_location(json, &locator, related->span);
		sarif_message(json, "message", strbuf_str(&text));
		json_end_object(json);
		strbuf_release(&text);
	}
	json_end_array(json);
}

static const struct line_hash *hash_of_line(struct result_writer *writer, const struct source *source, uint32_t line)
{
	if (writer->hashed != source) {
		vec_clear(&writer->hashes);
		line_hashes(&writer->hashes, source->text);
		writer->hashed = source;
	}
	return vec_at(&writer->hashes, line - 1);
}

static void write_fingerprints(struct result_writer *writer, const struct diag *diag)
{
	const struct source *source = diag->span.source;
	char fingerprint[REPORT_FINGERPRINT_SIZE];

	json_key(writer->json, "partialFingerprints");
	json_begin_object(writer->json);
	uint32_t line = source != NULL ? source_line_at(source, diag->span.start) : 0;
	if (line > 0 && !line_hash_reveals(source, line, writer->report->concealed)) {
		struct strbuf hash = STRBUF_INIT;

		append_line_hash(&hash, hash_of_line(writer, source, line));
		json_member_str(writer->json, "primaryLocationLineHash", strbuf_str(&hash));
		strbuf_release(&hash);
	}
	report_fingerprint(fingerprint, diag);
	json_member_c(writer->json, "aspis/v1", fingerprint);
	json_end_object(writer->json);
}

static void write_environments(struct json_writer *json, const struct diag *diag)
{
	if (diag->environments.len == 0)
		return;
	json_key(json, "properties");
	json_begin_object(json);
	json_key(json, "environments");
	json_begin_array(json);
	for (size_t i = 0; i < diag->environments.len; i++)
		json_string(json, *(const struct str *)vec_at(&diag->environments, i));
	json_end_array(json);
	json_end_object(json);
}

static void write_rule(struct json_writer *json, const struct report *report, const struct rule *rule)
{
	json_member_c(json, "ruleId", rule->code);
	for (size_t i = 0; i < report->rule_count; i++) {
		if (report->rules[i].rule->number == rule->number) {
			json_member_uint(json, "ruleIndex", i);
			return;
		}
	}
}

static void write_result(struct result_writer *writer, const struct diag *diag)
{
	struct json_writer *json = writer->json;

	json_begin_object(json);
	write_rule(json, writer->report, diag->rule);
	json_member_c(json, "level", sarif_level(diag->severity));
	write_message(json, diag);
	json_key(json, "locations");
	json_begin_array(json);
	json_begin_object(json);
	write_physical_location(json, &writer->locator, diag->span);
	json_end_object(json);
	json_end_array(json);
	write_related(json, diag);
	write_fingerprints(writer, diag);
	write_environments(json, diag);
	json_end_object(json);
}

size_t sarif_results(struct json_writer *json, const struct report *report)
{
	struct result_writer writer = {
		.json = json, .report = report, .locator = LOCATOR_INIT, .hashes = VEC_INIT(struct line_hash)};
	size_t left_out = share_limit(&writer);

	json_begin_array(json);
	for (size_t i = 0; i < report->diags->len; i++) {
		const struct diag *diag = report_diag(report, i);

		if (!report_shows(report, diag) || writer.budget[diag->severity] == 0)
			continue;
		writer.budget[diag->severity]--;
		write_result(&writer, diag);
	}
	json_end_array(json);
	vec_release(&writer.hashes);
	return left_out;
}
