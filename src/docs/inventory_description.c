#include "docs/inventory_build.h"

enum { COPIES_MAX = 64 }; /* links of a chain that a description is looked for through */

/* Whether the reader's tree says what the text says. */
static bool is_sound(const struct document *document)
{
	return document_worst(document) < DOCUMENT_LEVEL_ERROR;
}

static void read_description(struct build *build, struct docs_declaration *declaration)
{
	const struct spec_text *description = &declaration->spec->description;

	if (!spec_has(description) || str_trim(description->text).len == 0)
		return;
	declaration->source_text = build_shown(build, description->text);
	declaration->description = prose_read(declaration->source_text, build->options->prose);
	declaration->is_rejected = !is_sound(declaration->description);
}

/* The declaration of a secret that counts where another one counts: for the same environment, else the first. */
static const struct docs_declaration *counterpart(const struct docs_secret *secret, struct str environment)
{
	const struct docs_declaration *first = vec_pointer(&secret->declarations, 0);

	for (size_t i = 0; !str_is_absent(environment) && i < secret->declarations.len; i++) {
		const struct docs_declaration *declaration = vec_pointer(&secret->declarations, i);

		if (!str_is_absent(declaration->environment) && str_equal(declaration->environment, environment))
			return declaration;
	}
	return first;
}

static void borrow_description(const struct docs_inventory *inventory, struct docs_declaration *declaration)
{
	const struct docs_declaration *source = declaration;

	for (unsigned i = 0; i < COPIES_MAX && source->description == NULL; i++) {
		const struct spec_copy *copy = &source->spec->copy;
		const struct docs_secret *secret = NULL;

		if (spec_has(&copy->application) && spec_has(&copy->key))
			secret = docs_inventory_secret(inventory, copy->application.text, copy->key.text);
		if (secret == NULL)
			return;
		source = counterpart(secret, declaration->environment);
	}
	if (source->description == NULL)
		return;
	source = source->description_of != NULL ? source->description_of : source;
	declaration->description = source->description;
	declaration->source_text = source->source_text;
	declaration->is_rejected = source->is_rejected;
	declaration->description_of = source;
}

void build_descriptions(struct build *build)
{
	const struct vec *declarations = &build->inventory->declarations;

	for (size_t i = 0; i < declarations->len; i++)
		read_description(build, vec_pointer(declarations, i));
	for (size_t i = 0; i < declarations->len; i++) {
		struct docs_declaration *declaration = vec_pointer(declarations, i);

		if (declaration->description == NULL)
			borrow_description(build->inventory, declaration);
	}
}
