#include "cli/program.h"

int main(int argc, char **argv)
{
	const struct program program = {.table = &program_table};

	program_occupy_streams();
	return program_run(&program, argc, (const char *const *)argv);
}
