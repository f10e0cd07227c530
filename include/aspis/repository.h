/* A GitOps repository on disk: where everything begins. Nothing here touches the network. */
#ifndef ASPIS_REPOSITORY_H
#define ASPIS_REPOSITORY_H

#include <stdbool.h>
#include <stddef.h>

#include <aspis/error.h>
#include <aspis/export.h>
#include <aspis/rule.h>

#ifdef __cplusplus
extern "C" {
#endif

/* An open repository. Files are read once and kept until it is freed; whatever else this library hands out borrows from it and must be freed
 * before it. One repository is used by one thread at a time. */
struct aspis_repository;

/* All members may be zero. */
struct aspis_repository_options {
	const char *root;        /* NULL: found from the working directory upwards */
	const char *config_file; /* settings; NULL: aspis.yaml at the root, if there is one */
	/* Threads that read files; 0: one for each 2,048 files, at most as many as there are cores to use. */
	unsigned jobs;
};

enum aspis_layout {
	ASPIS_LAYOUT_NONE,    /* not laid out as Phalanx is */
	ASPIS_LAYOUT_CURRENT, /* environments/values-*.yaml with a mapping `applications` */
	ASPIS_LAYOUT_SQR079,  /* as the technical note SQR-079 describes it */
};

/* Finds the root, reads the settings and looks where the files lie. NULL and an error where there is no repository, it cannot be read,
 * or the settings are wrong. The options are not needed afterwards and may be NULL. */
ASPIS_API struct aspis_repository *aspis_repository_open(
	const struct aspis_repository_options *options, struct aspis_error *error);
ASPIS_API void aspis_repository_free(struct aspis_repository *repository);

ASPIS_API const char *aspis_repository_root(const struct aspis_repository *repository); /* absolute */

/* What aspis.yaml says of the output: the severity from which on findings fail a run (warning by default), the least that is shown (likewise),
 * and the format of the report (NULL where it does not say). */
ASPIS_API enum aspis_severity aspis_repository_fail_on(const struct aspis_repository *repository);
ASPIS_API enum aspis_severity aspis_repository_show(const struct aspis_repository *repository);
ASPIS_API const char *aspis_repository_report_format(const struct aspis_repository *repository);

/* What follows depends on the content of files; the first question reads them. */
ASPIS_API enum aspis_layout aspis_repository_layout(struct aspis_repository *repository);

/* The environments and the applications by name, sorted. */
ASPIS_API size_t aspis_repository_environment_count(struct aspis_repository *repository);
ASPIS_API const char *aspis_repository_environment_name(struct aspis_repository *repository, size_t index);
ASPIS_API size_t aspis_repository_application_count(struct aspis_repository *repository);
ASPIS_API const char *aspis_repository_application_name(struct aspis_repository *repository, size_t index);

#ifdef __cplusplus
}
#endif

#endif
