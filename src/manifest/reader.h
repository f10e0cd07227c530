/* Private to manifest/: what reading one document goes by, and how it looks things up. */
#ifndef ASPIS_MANIFEST_READER_H
#define ASPIS_MANIFEST_READER_H

#include "manifest/manifest.h"

struct reader {
	struct vec *producers;
	struct vec *consumers;
	struct arena *arena;
	const struct manifest_object *object;
	const struct kind_rule *rule; /* of the object's kind; NULL: none */
	bool maybe;    /* all that it says: it may be of another kind, or look for its Secrets elsewhere */
	bool shares;   /* its Secrets are made to stand beside others of their name */
	size_t effort; /* how many parts may still be looked at */
};

/* What stands under a key. Where several candidates are left by conditions that nobody knows, the value is unknown. */
struct field {
	const struct data *value; /* never NULL: nil where there is nothing */
	struct span key_span;
	bool maybe; /* it may not be there, or not be this one */
};

/* A text that may stand under a key. */
struct choice {
	struct str text; /* absent: unknown */
	struct span span;
	bool maybe;
};
#define CHOICES_MAX 8
struct choices {
	struct choice items[CHOICES_MAX];
	size_t count; /* 0: there is none */
};

/* The structure of what toYaml gives, else the data itself. */
const struct data *structure_of(const struct data *data);

/* How each entry of a map counts: of equal keys the last one that is there for sure hides those before it. One per entry. */
enum entry_state { ENTRY_SURE, ENTRY_MAYBE, ENTRY_HIDDEN };
const unsigned char *entry_states(struct arena *arena, struct data_entries entries);

struct field field_of(struct reader *reader, const struct data *map, struct str key);
struct field field_at(struct reader *reader, const struct data *map, struct str dotted);

/* The texts under a key. Null, empty texts, lists and maps are no texts. */
struct choices choices_of(struct reader *reader, const struct data *map, struct str key);
struct choices choices_at(struct reader *reader, const struct data *map, struct str dotted);

/* A lone text: a list's item, say. */
struct choices choices_of_data(struct reader *reader, const struct data *data, bool maybe);

/* Whether a list or map is known to the last part; sets of anything else is not. To be asked once it has been looked into. */
bool is_open(const struct data *data);

/* A reference to a Secret, before it is known which of its keys are meant. */
struct reference {
	enum consumer_kind kind;
	const struct manifest_object *object;
	struct choices secrets;
	bool optional;
	bool maybe;
};

/* The reference of a map that has the name under name_key, and possibly `namespace` and `optional`. */
struct reference reference_of(
	struct reader *reader, enum consumer_kind kind, const struct data *map, struct str name_key, bool maybe);
struct reference reference_to(struct reader *reader, enum consumer_kind kind, struct choices secrets, bool maybe);

/* The same object, looking for its Secrets in another namespace (absent: an unknown one). */
const struct manifest_object *object_elsewhere(struct reader *reader, struct str name_space);

/* Appends consumers: of all keys, of one that is unknown, or of those under each choice. */
void refer_whole(struct reader *reader, const struct reference *reference);
void refer_unknown(struct reader *reader, const struct reference *reference);
void refer_keys(struct reader *reader, const struct reference *reference, const struct choices *keys);

/* Appends a producer without keys. */
struct manifest_producer *produce(struct reader *reader, enum producer_kind kind, const struct choice *secret);
void produce_key(struct manifest_producer *producer, struct str key, struct span span, bool maybe);

/* The keys of a map, all maybe if it may not be there. What is unknown, or open, leaves the producer open. */
void produce_keys_of(struct reader *reader, struct manifest_producer *producer, struct field map);

/* The text of a field that is known for sure, else absent. */
struct str sure_text(struct reader *reader, struct field field);

#endif
