#include <stdio.h>

#include <aspis/repository.h>
#include <aspis/rule.h>
#include <aspis/version.h>

int main(void)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	struct aspis_repository *repository = aspis_repository_open(NULL, &error);

	printf("%s, %d rules, %s\n", aspis_version(), aspis_rule_count() > 0, repository ? "open" : error.message);
	aspis_repository_free(repository);
	aspis_error_release(&error);
	return repository ? 0 : 1;
}
