#include "generate/generate.h"

const unsigned generate_bcrypt_cost = 15;
