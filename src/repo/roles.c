#include "repo/roles.h"

#include "base/path.h"

/* The roles of files that the model is built from, and that have fixed places. */
#define FIXED_ROLES                                                                                                    \
	(FILE_ENVIRONMENT_DEFAULTS | FILE_ENVIRONMENT | FILE_CHART | FILE_VALUES | FILE_VALUES_ENVIRONMENT |           \
		FILE_SECRETS | FILE_SECRETS_ENVIRONMENT | FILE_PRE_COMMIT)

static bool is_yaml(struct str path)
{
	struct str extension = path_extension(path);
	return str_is(extension, ".yaml") || str_is(extension, ".yml");
}

/* Text that Helm renders from a templates/ folder. Anything else there (images, archives) is known by name only. */
static bool is_template_text(struct str path)
{
	struct str extension = path_extension(path);
	return is_yaml(path) || str_is(extension, ".tpl") || str_is(extension, ".txt") || str_is(extension, ".json");
}

static enum file_role plain_role(struct str path)
{
	return is_yaml(path) ? FILE_YAML : FILE_OTHER;
}

static enum file_role template_role(struct str path)
{
	return is_template_text(path) ? FILE_TEMPLATE : FILE_OTHER;
}

/* X of {prefix}X.yaml; absent where the name has another form. */
static struct str middle_of_name(struct str name, struct str prefix)
{
	struct str suffix = STR(".yaml");
	if (name.len <= prefix.len + suffix.len || !str_starts_with(name, prefix) || !str_ends_with(name, suffix))
		return STR_ABSENT;
	return str_slice(name, prefix.len, name.len - prefix.len - suffix.len);
}

/* Of a file right in the folder of an application. */
static enum file_role application_role(struct repo_file *file, struct str name)
{
	if (str_is(name, "secrets.yaml"))
		return FILE_SECRETS;
	file->environment = middle_of_name(name, STR("values-"));
	if (!str_is_absent(file->environment))
		return FILE_VALUES_ENVIRONMENT;
	file->environment = middle_of_name(name, STR("secrets-"));
	if (!str_is_absent(file->environment))
		return FILE_SECRETS_ENVIRONMENT;
	return plain_role(file->path);
}

/* Of a file in the folder of a chart, rest being its path from there: charts may hold charts. */
static enum file_role chart_role(struct repo_file *file, struct str rest, bool application)
{
	for (;;) {
		struct str first = path_component(&rest);
		if (str_is_absent(rest)) {
			if (str_is(first, "Chart.yaml"))
				return FILE_CHART;
			if (str_is(first, "values.yaml"))
				return FILE_VALUES;
			return application ? application_role(file, first) : plain_role(file->path);
		}
		if (str_is(first, "templates"))
			return template_role(file->path);
		if (!str_is(first, "charts"))
			return plain_role(file->path);
		path_component(&rest);
		if (str_is_absent(rest))
			return plain_role(file->path);
		application = false;
	}
}

static enum file_role environments_role(struct repo_file *file, struct str rest)
{
	struct str first = path_component(&rest);

	if (!str_is_absent(rest))
		return !str_is(first, "templates")    ? plain_role(file->path)
		       : is_template_text(file->path) ? FILE_ARGOCD_TEMPLATE
						      : FILE_OTHER;
	if (str_is(first, "values.yaml"))
		return FILE_ENVIRONMENT_DEFAULTS;
	file->environment = middle_of_name(first, STR("values-"));
	return str_is_absent(file->environment) ? plain_role(file->path) : FILE_ENVIRONMENT;
}

void role_assign(struct repo_file *file)
{
	struct str rest = file->path;
	struct str first = path_component(&rest);

	file->application = STR_ABSENT;
	file->environment = STR_ABSENT;
	file->role = plain_role(file->path);
	if (str_is_absent(rest)) {
		if (str_is(first, ".pre-commit-config.yaml"))
			file->role = FILE_PRE_COMMIT;
		return;
	}
	if (str_is(first, "environments")) {
		file->role = environments_role(file, rest);
		return;
	}
	bool application = str_is(first, "applications");
	if (!application && !str_is(first, "charts"))
		return;
	struct str name = path_component(&rest);
	if (str_is_absent(rest))
		return;
	if (application)
		file->application = name;
	file->role = chart_role(file, rest, application);
}

/* Whether path lies below a templates/ folder beside a Chart.yaml. */
static bool in_chart_templates(struct str path, const struct map *charts)
{
	struct str folder = path_directory(path);

	while (folder.len > 0) {
		struct str parent = path_directory(folder);
		if (str_is(path_base(folder), "templates") && map_has(charts, parent))
			return true;
		folder = parent;
	}
	return false;
}

void role_assign_plain(struct repo_file *file, const struct map *charts)
{
	file->environment = STR_ABSENT;
	if (str_is(file->path, ".pre-commit-config.yaml"))
		file->role = FILE_PRE_COMMIT;
	else if (in_chart_templates(file->path, charts))
		file->role = template_role(file->path);
	else
		file->role = plain_role(file->path);
}

bool role_expects_file(struct str path)
{
	struct repo_file file = {.path = path};
	role_assign(&file);
	return (file.role & FIXED_ROLES) != 0;
}
