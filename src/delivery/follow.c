#include "delivery/build.h"
#include "helm/expand.h"

enum truth is_deployed(
	const struct model *model, const struct environment *environment, const struct application *application)
{
	bool enabled = environment_enabled(environment, application->name) != NULL;

	if (application->argocd.len == 0)
		return enabled ? TRUTH_YES : TRUTH_NO;
	enum truth deploys = model_deploys(model, environment, application);
	return deploys == TRUTH_UNKNOWN && enabled ? TRUTH_YES : deploys;
}

/* What is at hand while an instance is expanded. */
struct follower {
	struct delivery_run *run;
	struct delivery_environment *out;
	const struct deployment *deployment;
	struct str name_space; /* of its release */
	const struct instance *instance;
	struct vec documents; /* const struct data * */
	struct vec producers; /* struct manifest_producer * */
	struct vec consumers; /* struct manifest_consumer * */
	/* Of the application so far. */
	struct vec made; /* struct delivery_producer * */
	struct vec used; /* struct delivery_consumer * */
};

/* Where an object without a namespace of its own goes: to that of the release. */
static struct str namespace_of(const struct follower *follower, const struct manifest_object *object)
{
	if (object->name_space_unknown)
		return STR_ABSENT;
	return str_is_absent(object->name_space) ? follower->name_space : object->name_space;
}

/* What a template came to is shared by all environments: one of which something else holds here is copied. */
static const struct manifest_producer *producer_as(
	struct arena *arena, const struct manifest_producer *read, bool maybe, bool open)
{
	if (read->maybe == maybe && read->open == open)
		return read;
	struct manifest_producer *own = arena_alloc(arena, sizeof(*own));

	*own = *read;
	own->maybe = maybe;
	own->open = open;
	return own;
}

static const struct manifest_consumer *consumer_as(
	struct arena *arena, const struct manifest_consumer *read, bool maybe, bool optional)
{
	if (read->maybe == maybe && read->optional == optional)
		return read;
	struct manifest_consumer *own = arena_alloc(arena, sizeof(*own));

	*own = *read;
	own->maybe = maybe;
	own->optional = optional;
	return own;
}

static void add_producer(struct follower *follower, const struct manifest_producer *read)
{
	struct arena *arena = follower->run->arena;
	struct delivery_producer *producer = arena_calloc(arena, 1, sizeof(*producer));

	producer->manifest = producer_as(arena, read, read->maybe || follower->instance->maybe, read->open);
	producer->application = follower->deployment->application;
	producer->chart = follower->instance->info->chart;
	producer->name_space = namespace_of(follower, read->object);
	vec_init(&producer->consumers, sizeof(const struct delivery_consumer *));
	vec_push_pointer(&follower->made, producer);
}

static void add_consumer(struct follower *follower, const struct manifest_consumer *read)
{
	struct arena *arena = follower->run->arena;
	struct delivery_consumer *consumer = arena_calloc(arena, 1, sizeof(*consumer));

	consumer->manifest = consumer_as(arena, read, read->maybe || follower->instance->maybe, read->optional);
	consumer->application = follower->deployment->application;
	consumer->chart = follower->instance->info->chart;
	consumer->name_space = namespace_of(follower, read->object);
	vec_init(&consumer->producers, sizeof(const struct delivery_producer *));
	vec_push_pointer(&follower->used, consumer);
}

static const struct outcome *evaluate_file(
	struct follower *follower, struct evaluation *evaluation, const struct template_file *file)
{
	evaluation->effort = EVALUATION_EFFORT;
	helm_expand(&follower->documents, evaluation, file->read, follower->instance->root);
	for (size_t i = 0; i < follower->documents.len; i++)
		manifest_read(&follower->producers, &follower->consumers, evaluation->arena,
			vec_pointer(&follower->documents, i));
	const struct outcome *outcome =
		outcome_keep(follower->run->delivery, &follower->producers, &follower->consumers);
	vec_clear(&follower->documents);
	vec_clear(&follower->producers);
	vec_clear(&follower->consumers);
	return outcome;
}

static void follow_file(struct follower *follower, struct evaluation *evaluation, size_t index)
{
	struct delivery_run *run = follower->run;
	const struct template_file *file = vec_pointer(&follower->instance->info->files, index);
	const struct outcome *outcome = memory_find(run->memory, &run->scratch, index);

	if (!outcome) {
		outcome = evaluate_file(follower, evaluation, file);
		memory_add(run->memory, index, outcome, evaluation);
	}
	for (size_t i = 0; i < outcome->producer_count; i++)
		add_producer(follower, &outcome->producers[i]);
	for (size_t i = 0; i < outcome->consumer_count; i++)
		add_consumer(follower, &outcome->consumers[i]);
}

static void follow_instance(struct follower *follower, const struct map *names)
{
	struct delivery_run *run = follower->run;
	const struct vec *files = &follower->instance->info->files;
	struct evaluation evaluation = {.arena = &run->scratch, .names = names, .leaves_out = manifest_is_mute};

	memory_begin_instance(run->memory, &run->scratch, follower->deployment->application, follower->instance, names);
	for (size_t i = 0; i < files->len; i++) {
		const struct template_file *file = vec_pointer(files, i);
		if (file->rendered && file->parts[0].yields && file->read)
			follow_file(follower, &evaluation, i);
	}
}

static void follow_deployment(struct follower *follower)
{
	const struct application *application = follower->deployment->application;
	struct arena *kept = follower->run->arena;
	struct vec instances = VEC_INIT(struct instance);

	if (!instances_of(&instances, follower->run, follower->deployment))
		chart_info_of(follower->run, application->chart)->partial = true;
	follower->name_space = arena_str(kept, follower->deployment->name_space);
	const struct map *names = instances_names(follower->run, &instances);
	for (size_t i = 0; i < instances.len; i++) {
		follower->instance = vec_at(&instances, i);
		follow_instance(follower, names);
	}
	vec_release(&instances);
}

static int compare_spans(struct span a, struct span b)
{
	int order = !a.source - !b.source;

	if (a.source && b.source && a.source != b.source)
		order = str_compare(a.source->path, b.source->path);
	if (order == 0)
		order = a.start < b.start ? -1 : a.start > b.start;
	return order != 0 ? order : a.end < b.end ? -1 : a.end > b.end;
}

static int compare_texts(struct str a, struct str b)
{
	if (a.ptr == b.ptr && a.len == b.len)
		return 0;
	if (str_is_absent(a) || str_is_absent(b))
		return str_is_absent(a) - str_is_absent(b);
	return str_compare(a, b);
}

static int compare_objects(const struct manifest_object *a, const struct manifest_object *b)
{
	if (a == b)
		return 0;
	int order = compare_texts(a->kind, b->kind);
	return order != 0 ? order : compare_texts(a->name, b->name);
}

/* Equal are those of an application that say the same at the same place. */
static int compare_producers(const void *a, const void *b)
{
	const struct delivery_producer *one = *(struct delivery_producer *const *)a;
	const struct delivery_producer *other = *(struct delivery_producer *const *)b;
	int order = compare_spans(one->manifest->object->span, other->manifest->object->span);

	if (order == 0)
		order = compare_objects(one->manifest->object, other->manifest->object);
	if (order == 0)
		order = compare_spans(one->manifest->secret_span, other->manifest->secret_span);
	if (order == 0)
		order = compare_texts(one->manifest->secret, other->manifest->secret);
	return order != 0 ? order : compare_texts(one->name_space, other->name_space);
}

static struct span place_of(const struct manifest_consumer *manifest)
{
	return manifest->key_span.source ? manifest->key_span : manifest->secret_span;
}

static int compare_consumers(const void *a, const void *b)
{
	const struct delivery_consumer *one = *(struct delivery_consumer *const *)a;
	const struct delivery_consumer *other = *(struct delivery_consumer *const *)b;
	const struct manifest_consumer *mine = one->manifest, *others = other->manifest;
	int order = compare_spans(place_of(mine), place_of(others));

	if (order == 0)
		order = compare_objects(mine->object, others->object);
	if (order == 0)
		order = compare_texts(mine->secret, others->secret);
	if (order == 0)
		order = compare_texts(mine->key, others->key);
	if (order == 0)
		order = (int)mine->kind - (int)others->kind;
	if (order == 0)
		order = mine->whole - others->whole;
	return order != 0 ? order : compare_texts(one->name_space, other->name_space);
}

/* Two readings of one producer: the one that knows more stands for both, and what they do not agree on leaves it open. */
static void join_producers(
	struct arena *arena, struct delivery_producer *kept, const struct delivery_producer *repeated)
{
	const struct manifest_producer *one = kept->manifest, *other = repeated->manifest;
	bool open = one->open || other->open || one->keys.len != other->keys.len || one->whole != other->whole;

	kept->manifest =
		producer_as(arena, other->keys.len > one->keys.len ? other : one, one->maybe && other->maybe, open);
}

static void drop_repeated_producers(struct vec *producers, struct arena *arena)
{
	size_t kept = 0;

	for (size_t i = 0; i < producers->len; i++) {
		struct delivery_producer **item = vec_at(producers, i);
		struct delivery_producer **last = kept > 0 ? vec_at(producers, kept - 1) : NULL;
		if (last && compare_producers(last, item) == 0)
			join_producers(arena, *last, *item);
		else
			*(struct delivery_producer **)vec_at(producers, kept++) = *item;
	}
	producers->len = kept;
}

static void drop_repeated_consumers(struct vec *consumers, struct arena *arena)
{
	size_t kept = 0;

	for (size_t i = 0; i < consumers->len; i++) {
		struct delivery_consumer **item = vec_at(consumers, i);
		struct delivery_consumer **last = kept > 0 ? vec_at(consumers, kept - 1) : NULL;
		if (last && compare_consumers(last, item) == 0) {
			const struct manifest_consumer *one = (*last)->manifest, *other = (*item)->manifest;
			(*last)->manifest =
				consumer_as(arena, one, one->maybe && other->maybe, one->optional && other->optional);
		} else {
			*(struct delivery_consumer **)vec_at(consumers, kept++) = *item;
		}
	}
	consumers->len = kept;
}

/* Hands what an application came to on to the environment, in order. */
static void take_application(struct follower *follower)
{
	struct delivery_environment *out = follower->out;

	vec_sort(&follower->made, compare_producers);
	vec_sort(&follower->used, compare_consumers);
	drop_repeated_producers(&follower->made, follower->run->arena);
	drop_repeated_consumers(&follower->used, follower->run->arena);
	vec_append(&out->producers, follower->made.items, follower->made.len);
	vec_append(&out->consumers, follower->used.items, follower->used.len);
	vec_clear(&follower->made);
	vec_clear(&follower->used);
}

static void follow_application(struct follower *follower, const struct application *application, bool maybe)
{
	struct vec deployments = VEC_INIT(struct deployment);
	struct settings settings;

	charts_begin(follower->run, memory_begin(follower->run->memory));
	settings_init(&settings, follower->run, follower->out->environment);
	deployments_of(&deployments, follower->run, &settings, application, maybe);
	for (size_t i = 0; i < deployments.len; i++) {
		follower->deployment = vec_at(&deployments, i);
		follow_deployment(follower);
	}
	take_application(follower);
	deployments_release(&deployments);
	settings_release(&settings);
}

void follow_environment(struct delivery_environment *out, struct delivery_run *run)
{
	const struct model *model = run->delivery->model;
	struct follower follower = {
		.run = run,
		.out = out,
		.documents = VEC_INIT(const struct data *),
		.producers = VEC_INIT(struct manifest_producer *),
		.consumers = VEC_INIT(struct manifest_consumer *),
		.made = VEC_INIT(struct delivery_producer *),
		.used = VEC_INIT(struct delivery_consumer *),
	};

	for (size_t i = 0; i < model->applications.len; i++) {
		const struct application *application = vec_pointer(&model->applications, i);
		enum truth deployed = is_deployed(model, out->environment, application);
		if (deployed != TRUTH_NO)
			follow_application(&follower, application, deployed == TRUTH_UNKNOWN);
	}
	vec_release(&follower.documents);
	vec_release(&follower.producers);
	vec_release(&follower.consumers);
	vec_release(&follower.made);
	vec_release(&follower.used);
}
