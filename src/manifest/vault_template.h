/* The templates of a VaultSecret: Go templates between {% and %} over the keys of a Vault entry. */
#ifndef ASPIS_MANIFEST_VAULT_TEMPLATE_H
#define ASPIS_MANIFEST_VAULT_TEMPLATE_H

#include <stdint.h>

#include "base/arena.h"

/* A use of a key: {% .Secrets.k %}, {% index .Secrets "k" %}, get and hasKey likewise, and all of these through variables, `with`, parentheses and
 * named templates. [start, end) is the operand that names the key: `.Secrets.k`, or the string. Lives as long as the arena and the text. */
typedef void vault_key_visitor(void *context, struct str key, uint32_t start, uint32_t end);

struct vault_template_uses {
	bool whole; /* it uses .Secrets in a way that does not name keys (range, toJson, a computed key …), or .SecretsPaths */
	bool invalid; /* no Go template: the operator would refuse it, so that it uses nothing */
};

/* Calls visitor for each use of a key in a template text; offsets are of the text. Whatever stands in a branch counts, as does a template that is
 * called; a template that nothing calls does not. FORMATS.md 3.7 */
struct vault_template_uses vault_template_each_key(
	struct arena *arena, struct str text, vault_key_visitor *visitor, void *context);

#endif
