/* Private to manifest/: references of custom resources, of the Gateway API and of annotations, and what all readers of references ask. */
#ifndef ASPIS_MANIFEST_CUSTOM_REFERENCES_H
#define ASPIS_MANIFEST_CUSTOM_REFERENCES_H

#include "manifest/references.h"

/* Whether a value stands right below a key (the items of a list likewise). */
bool place_is_under(const struct place *place, const char *key);

/* Whether the group of the object's apiVersion ends so. */
bool reader_is_group(const struct reader *reader, const char *suffix);

bool data_is_map(const struct data *value);

/* A mapping, or what may be one. */
bool data_may_be_map(const struct data *value);

bool contains_any_case(struct str s, const char *word);

/* {name, key} or {secretName, key}. Without a key it is unknown what is used, or whether. Returns false where there is no name. */
reference_reader read_custom;

/* The same, or a list of them. */
reference_reader read_each_custom;

/* The mere name of a Secret, of which it may be unknown whether it is used. Returns false of lists and mappings. */
bool read_name(struct reader *reader, const struct place *place, const struct data *value, bool maybe);

/* By key, and by what keys end with. */
reference_reader read_annotation;
reference_reader read_basic_auth;
reference_reader read_certificate_refs;
reference_reader read_credentials;
reference_reader read_existing;
reference_reader read_lone_name;
reference_reader read_private_key;
reference_reader read_secret_name;
reference_reader read_suffixed;

#endif
