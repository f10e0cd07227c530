/* Private to manifest/: annotations that concern Secrets. */
#ifndef ASPIS_MANIFEST_ANNOTATIONS_H
#define ASPIS_MANIFEST_ANNOTATIONS_H

#include "base/str.h"

/* They make cert-manager keep a certificate in the Secrets that `tls` of an Ingress names. */
struct certificate_annotation {
	const char *key;
	bool flag; /* it counts where it is "true" alone */
};
#define CERTIFICATE_ANNOTATION_COUNT 5
extern const struct certificate_annotation CERTIFICATE_ANNOTATIONS[CERTIFICATE_ANNOTATION_COUNT];

/* They make an object one of the time of a deployment alone. */
#define HOOK_ANNOTATION_COUNT 2
extern const char *const HOOK_ANNOTATIONS[HOOK_ANNOTATION_COUNT];

/* Whether an annotation of an object is looked at: those above, and those that name a Secret (references.h). */
bool annotation_matters(struct str key);

#endif
