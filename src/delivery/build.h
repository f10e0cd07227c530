/* How the delivery of an environment is found: charts and their templates, deployments, instances of charts, objects, and how they join. For delivery/ alone. */
#ifndef ASPIS_DELIVERY_BUILD_H
#define ASPIS_DELIVERY_BUILD_H

#include "delivery/delivery.h"
#include "helm/data_log.h"
#include "helm/evaluate.h"

struct chart_info;

/* What a template file renders by itself, or a named template that it defines. */
struct template_part {
	struct template_file *file;
	struct str name;   /* absent: the file's own text */
	bool matters;      /* it may say something about Secrets, what it calls apart */
	bool yields;       /* so may it, or something that it calls */
	struct str *calls; /* names of templates */
	size_t call_count;
	bool calls_any; /* names are computed */
};

/* A template file of a chart. */
struct template_file {
	const struct repo_file *file;
	struct chart_info *chart;
	struct str name;             /* as Helm names it within the chart: "templates/deployment.yaml" */
	bool rendered;               /* Helm makes manifests of it */
	bool wanted;                 /* to be read */
	struct template_part *parts; /* its own text first */
	size_t part_count;
	struct helm_template *read; /* NULL: not read */
};

/* Finds the parts of a file and what they call, without parsing it. */
void template_parts(struct template_file *out, struct arena *arena);

struct chart_part {
	const struct chart_dependency *dependency;
	struct chart_info *info;  /* NULL: it comes from elsewhere */
	bool conditional;         /* it has a condition or tags */
	const struct data *chart; /* .Chart of its instances; NULL: not asked for yet */
};

/* What is known of a chart whatever the environment. */
struct chart_info {
	const struct chart *chart;
	struct vec files;         /* struct template_file *, by path */
	struct chart_part *parts; /* one for each dependency */
	size_t part_count;
	bool library;           /* never rendered by itself */
	bool imports;           /* values of its dependencies are lifted into its own */
	bool partial;           /* something of it, or of a part, cannot be known */
	bool visiting;          /* the walk is in it: charts may depend on each other in circles */
	const struct data *own; /* values.yaml; NULL: not asked for yet, as the two below */
	const struct data
		*defaults; /* those over the defaults of all parts, each below its key; NULL: not asked for yet */
	const struct data *metadata; /* .Chart where it is on top */
};

/* A run over all environments. */
struct delivery_run {
	struct delivery *delivery;
	struct arena *arena; /* for what is kept */
	struct arena
		scratch; /* for all that is evaluated: it is taken back before each application, so that caches stay warm */
	unsigned jobs;
	struct vec files;          /* struct template_file *: of all charts in use */
	struct map argocd;         /* struct helm_template *, by path */
	struct map argocd_names;   /* struct named_template * of environments/templates */
	struct vec streams;        /* struct yaml_stream *: values that Applications hold as text */
	struct map values_by_path; /* const struct data *: whole values files */
	struct map
		names_by_charts; /* struct map * of struct named_template *, by the paths of the charts that define them */
	struct memory *memory; /* of what templates came to in other environments */
};

/* Charts (charts.c) */

/* The information of a chart and all that it depends on, made if need be. */
struct chart_info *chart_info_of(struct delivery_run *run, const struct chart *chart);
const struct chart_info *chart_info_find(const struct delivery *delivery, const struct chart *chart);

/* For the application at hand: its values.yaml, these over the defaults of its parts, and its .Chart on top or as a part. */
const struct data *chart_values(struct delivery_run *run, struct chart_info *info);
const struct data *chart_defaults(struct delivery_run *run, struct chart_info *info);
const struct data *chart_metadata(struct delivery_run *run, struct chart_info *info);
const struct data *part_metadata(struct delivery_run *run, struct chart_part *part);

/* An application begins, or what follows the last one: forgets all data of charts and values files, and takes the scratch memory back. changed: metadata, too, since
 * the last application has changed some (.Chart does not depend on the environment). */
void charts_begin(struct delivery_run *run, bool changed);
void chart_infos_release(struct delivery *delivery);

/* A values file: an empty map where there is none, unknown where it cannot be read. */
const struct data *values_of_file(struct delivery_run *run, const struct repo_file *file);

/* Marks the charts that depend on partial ones. */
void charts_settle(struct delivery *delivery);

/* Templates (templates.c) */

/* Finds the templates of all charts in use, decides which are to be read, and reads them. */
void templates_read(struct delivery_run *run);

/* Adds the named templates of a file. One that is there stays, unless it is empty. */
void names_add(struct map *names, struct arena *arena, const struct helm_template *read);

/* Deployments (argocd.c, parameters.c, deployment.c) */

/* The settings of an environment and what follows from them. */
struct settings {
	const struct environment *environment;
	const struct data *values; /* merged */
	struct str prefix;         /* vaultPathPrefix without '/' at its end; absent: unknown */
	const struct data *root;   /* what the Argo CD templates get as their dot */
	struct map
		expanded; /* struct vec * of const struct data *: the documents of an Argo CD template, by its path */
};
void settings_init(struct settings *settings, struct delivery_run *run, const struct environment *environment);
void settings_release(struct settings *settings);

/* Reads Argo CD templates: those of the given files, and those that define named templates. */
void argocd_prepare(struct delivery_run *run, const struct map *files /* const struct repo_file *, by path */);

/* The documents (const struct data *) that one makes in an environment. */
const struct vec *argocd_documents(struct delivery_run *run, struct settings *settings, const struct repo_file *file);

/* The values that the parameters of an Application set, as one layer: as Helm reads what Argo CD hands it with --set. */
const struct data *parameter_values(struct arena *arena, const struct data *helm);

/* Sets a path of a map, making maps on the way. */
void set_path(struct arena *arena, struct data *map, struct str dotted, const struct data *value);

/* An Argo CD Application, or what stands for it. */
struct deployment {
	const struct application *application;
	struct str release;    /* absent: unknown */
	struct str name_space; /* absent: unknown */
	struct vec layers;     /* const struct data *: of values, the first on top, without the chart's own */
	bool maybe;
};

/* Appends (struct deployment) how an environment deploys an application. */
void deployments_of(struct vec *out, struct delivery_run *run, struct settings *settings,
	const struct application *application, bool maybe);
void deployments_release(struct vec *deployments);

/* Whether a key of values holds, by its name, the path that an environment's Vault entries stand below. */
bool is_prefix_key(struct str key);

/* Instances (instance.c) */

/* A chart as it is rendered once. */
struct instance {
	const struct chart_info *info;
	const struct data *root; /* what its templates get as their dot */
	struct str path;         /* as Helm has it: "tap/charts/cadc-tap" */
	bool maybe;              /* unknown whether it is there */
};

/* Appends (struct instance) those of a deployment, the application's own chart first. False where there are more than anybody has: the rest is left out. */
bool instances_of(struct vec *out, struct delivery_run *run, const struct deployment *deployment);

/* The named templates that are known to all of them. */
const struct map *instances_names(struct delivery_run *run, const struct vec *instances);

/* What templates come to (keep.c, remember.c) */

/* What a template says of Secrets in an environment: arena memory, but for the keys of producers, which are released with the delivery. */
struct outcome {
	struct manifest_producer *producers;
	size_t producer_count;
	struct manifest_consumer *consumers;
	size_t consumer_count;
};

/* Copies what was read in scratch memory (struct manifest_producer *, struct manifest_consumer *) into that of the delivery, which takes over the vectors of keys. What a
 * path holds beyond its text is forgotten, and so are the trees of objects. */
struct outcome *outcome_keep(struct delivery *delivery, const struct vec *producers, const struct vec *consumers);

/* Most templates come to the same in most environments: it is remembered what each read of the values then, and what it came to. */
struct memory *memory_new(const struct delivery *delivery);
void memory_free(struct memory *memory);

/* The maps of an instance that make a difference between environments are watched. */
void memory_watch(struct memory *memory, struct arena *arena, const struct data *values, const struct data *release);

/* Data is made anew: what is remembered counts again, whatever was changed. True if that was anything that nobody watches. */
bool memory_begin(struct memory *memory);

/* The templates of an instance are about to be followed, with those names. */
void memory_begin_instance(struct memory *memory, struct arena *scratch, const struct application *application,
	const struct instance *instance, const struct map *names);

/* What the file of that number (of the chart's) came to where it read the same. NULL: it has to be evaluated, and what it reads is noted until memory_add(), which
 * remembers what it came to if that depends on nothing else. */
const struct outcome *memory_find(struct memory *memory, struct arena *scratch, size_t file);
void memory_add(struct memory *memory, size_t file, const struct outcome *outcome, const struct evaluation *evaluation);

/* Environments (follow.c, join.c) */

/* Fills in the producers and consumers of an environment, sorted, each once. */
void follow_environment(struct delivery_environment *out, struct delivery_run *run);

/* Puts them together, and finds who takes what from Vault. */
void join_environment(struct delivery_environment *environment, struct arena *arena, const struct settings *settings);

/* Whether an environment deploys an application, by its Argo CD templates, or by the environment's flags where there is none. */
enum truth is_deployed(
	const struct model *model, const struct environment *environment, const struct application *application);

#endif
