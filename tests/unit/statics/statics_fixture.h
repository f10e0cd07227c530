/* A file of static secrets in memory that is wiped, for the tests of statics/. */
#ifndef ASPIS_TESTS_STATICS_FIXTURE_H
#define ASPIS_TESTS_STATICS_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "statics/static_secrets.h"

struct fixture {
	struct arena arena;
	struct static_secrets file;
};

static inline void fixture_init(struct fixture *fixture, const char *text)
{
	arena_init_sensitive(&fixture->arena);
	static_secrets_read(&fixture->file, &fixture->arena, STR("file.yaml"), arena_str(&fixture->arena, str_of(text)),
		STATIC_NESTED);
}

static inline void fixture_release(struct fixture *fixture)
{
	static_secrets_release(&fixture->file);
	arena_release(&fixture->arena);
}

#endif
