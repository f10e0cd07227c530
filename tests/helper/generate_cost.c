/* The helper of the tests hashes quickly. */
#include "generate/generate.h"

const unsigned generate_bcrypt_cost = 4;
