#include "text/template.h"

const struct template_delimiters TEMPLATE_HELM = {{"{{", 2}, {"}}", 2}};
const struct template_delimiters TEMPLATE_VAULT_SECRET = {{"{%", 2}, {"%}", 2}};
