/* What tests have in the place of src/generate/generate_cost.c. */
#include "generate/generate.h"

const unsigned generate_bcrypt_cost = 4;
