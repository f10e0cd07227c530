/* The JSON Schemas that are part of the program, by the names of their files in schemas/ ("secrets.json"); embedded_find() finds one. */
#ifndef ASPIS_SCHEMA_BUILTIN_H
#define ASPIS_SCHEMA_BUILTIN_H

#include "base/embedded.h"

extern const struct embedded_file schema_texts[];

#endif
