/* The inventory as JSON (schemas/inventory.json). For this room alone. */
#ifndef ASPIS_DOCS_INVENTORY_JSON_H
#define ASPIS_DOCS_INVENTORY_JSON_H

#include "docs/format.h"

/* Makes the one file of the format: inventory.json. */
void inventory_json_files(struct docs_output *output, const struct docs_inventory *inventory);

#endif
