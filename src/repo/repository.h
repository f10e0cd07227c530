/* Where the files of a repository lie (SPEC section 1): the root, the layout, every file with its role, and its text and tree once loaded. What the content means
 * is the business of model/. */
#ifndef ASPIS_REPO_REPOSITORY_H
#define ASPIS_REPO_REPOSITORY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/map.h"
#include "base/source.h"
#include "base/vec.h"
#include "yaml/stream.h"

enum repo_layout {
	LAYOUT_NONE,    /* no Phalanx layout: manifest checks only */
	LAYOUT_CURRENT, /* environments/values-*.yaml with an `applications` map */
	LAYOUT_SQR079,  /* {app}: {enabled: bool} at top level, mandatory applications in the templates */
};

/* What a path makes of a file. Roles are bits, so that a command can say what it needs loaded. */
enum file_role {
	FILE_ENVIRONMENT_DEFAULTS = 1 << 0, /* environments/values.yaml */
	FILE_ENVIRONMENT = 1 << 1,          /* environments/values-{env}.yaml */
	FILE_ARGOCD_TEMPLATE = 1 << 2,      /* environments/templates/…: Argo CD Applications (Helm templates) */
	FILE_CHART = 1 << 3,                /* {applications|charts}/{name}/Chart.yaml, and charts below it */
	FILE_VALUES = 1 << 4,               /* values.yaml of an application or of a chart it depends on */
	FILE_VALUES_ENVIRONMENT = 1 << 5,   /* applications/{app}/values-{env}.yaml */
	FILE_SECRETS = 1 << 6,              /* applications/{app}/secrets.yaml */
	FILE_SECRETS_ENVIRONMENT = 1 << 7,  /* applications/{app}/secrets-{env}.yaml */
	FILE_TEMPLATE = 1 << 8,             /* Helm templates of applications and charts: never parsed as they are */
	FILE_PRE_COMMIT = 1 << 9,           /* .pre-commit-config.yaml */
	FILE_YAML = 1 << 10,                /* any other *.yaml, *.yml */
	FILE_OTHER = 1 << 11,               /* known by name only */
};

struct repo_file {
	struct str path; /* relative to the root */
	enum file_role role;
	struct str application;     /* folder below applications/ that it belongs to; absent otherwise */
	struct str environment;     /* X of values-X.yaml, secrets-X.yaml; absent otherwise */
	struct source *source;      /* always there; the text is empty until loaded */
	struct yaml_stream *stream; /* NULL unless loaded and a YAML role */
	struct str problem;         /* why it could not be read (errno text); absent otherwise */
	bool loaded;
	bool excluded;       /* by a pattern, as itself or as part of a folder: nothing is to be said of it */
	struct str obstacle; /* private: why there is nothing to be read (a folder or a broken link, say) */
};

/* A folder that the walk could not look into. */
struct repo_problem {
	struct source *source;
	struct str message; /* a predicate: "is a folder that cannot be read: Permission denied" */
};

struct repository {
	struct arena arena;
	struct str root; /* absolute, as opened */
	enum repo_layout layout;
	struct vec files;    /* struct repo_file *, sorted by path */
	struct map by_path;  /* struct repo_file * */
	struct vec problems; /* struct repo_problem, sorted by path */
	struct vec arenas;   /* private: struct arena *, one for each worker of each load */
	int root_fd;         /* private */
};

/* Finds the root from a directory upwards (NULL: the working directory): the first that has an aspis.yaml, or both applications/ and environments/, or .git.
 * The absolute path goes to out, in arena. False when there is none, with an error that says what was looked for. */
bool repository_find_root(struct str *out, struct arena *arena, const char *start, struct error *error)
	__attribute__((warn_unused_result));

struct repository_options {
	const char *root; /* NULL: discovered from the working directory upwards */
	/* struct str: glob patterns of paths (glob.h) of which nothing is to be said; NULL: none. What they match in applications/, charts/ and
	 * environments/ is read all the same, marked as excluded, because other files depend on it; what they match elsewhere is not looked at. */
	const struct vec *excludes;
};

/* Walks the root, without loading anything. False when it cannot be found or read; what cannot be entered below it is a problem, not a failure. The caller frees.
 *
 * The list is the same for the same tree, whatever order the system gives. Not entered are .git and its like, and folders of installed packages (node_modules,
 * .venv …). A symbolic link to a file counts as the file, one to a folder as the folder, as long as it leads to a place within the root that is not above the link, and
 * is not itself reached through another link to a folder (which bounds the work). Other links to folders are passed over; a link, folder, FIFO or device in the place
 * of a file is an entry whose load gives a problem. */
bool repository_open(struct repository **out, const struct repository_options *options, struct error *error)
	__attribute__((warn_unused_result));
void repository_free(struct repository *repository);

/* Reads and parses the files whose role is in roles and that are not loaded yet, on up to jobs threads. */
void repository_load(struct repository *repository, unsigned roles, unsigned jobs);

/* The permission bits that a file has now (of a symbolic link, those of what it leads to). False where they cannot be told. */
bool repository_file_mode(const struct repository *repository, const struct repo_file *file, unsigned *mode);

struct repo_file *repository_file(const struct repository *repository, struct str path);

#endif
