/* Private to manifest/: the keys of mappings under which a Secret is named. */
#ifndef ASPIS_MANIFEST_REFERENCES_H
#define ASPIS_MANIFEST_REFERENCES_H

#include "manifest/reader.h"

/* Where a value stands. */
struct place {
	const struct helm_path *path;
	const struct data *around; /* the mapping */
	bool maybe;
};

/* Appends what the value under a key uses. Returns false where it is no reference after all, so that what is inside is to be looked into. */
typedef bool reference_reader(struct reader *reader, const struct place *place, const struct data *value);

/* The reader of a key, or NULL: of those that are known by name, and of those that end as references do. */
reference_reader *reference_reader_of(struct str key);

/* Whether what stands under a key is of interest as a whole. */
bool reference_matters(struct str key);

#endif
