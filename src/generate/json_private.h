/* JSON values that are secret, for a moment. Private to the room. */
#ifndef ASPIS_GENERATE_JSON_PRIVATE_H
#define ASPIS_GENERATE_JSON_PRIVATE_H

#include "base/secret.h"
#include "yaml/stream.h"

struct secret_json {
	struct arena arena; /* sensitive */
	struct yaml_stream *stream;
	const struct node *root; /* NULL: no JSON */
};

/* Reads value, which must outlive it. */
void secret_json_init(struct secret_json *json, struct secret *value);
void secret_json_release(struct secret_json *json);

#endif
