/* The templates of a VaultSecret: Go templates between {% and %} over the keys of a Vault entry. */
#ifndef ASPIS_MANIFEST_VAULT_TEMPLATE_H
#define ASPIS_MANIFEST_VAULT_TEMPLATE_H

#include "base/arena.h"
#include "base/source.h"

/* What a template uses: {% .Secrets.k %}, {% index .Secrets "k" %}, and through variables and `with`. */
typedef void vault_key_visitor(void *context, struct str key, uint32_t start, uint32_t end);

struct vault_template_uses {
	bool whole;   /* it uses .Secrets as a whole: range, toJson … */
	bool invalid; /* no Go template: the operator would refuse it */
};

/* Calls visit for each key that a template text uses; offsets are of the text. */
struct vault_template_uses vault_template_each_key(
	struct arena *arena, struct str text, vault_key_visitor *visit, void *context);

#endif
