/* What the program exits with, everywhere (SPEC section 5). */
#ifndef ASPIS_CLI_STATUS_H
#define ASPIS_CLI_STATUS_H

enum status {
	STATUS_CLEAN = 0,
	STATUS_FINDINGS = 1,   /* findings at or above --fail-on */
	STATUS_USAGE = 2,      /* a wrong argument, or a broken configuration or input */
	STATUS_UNFINISHED = 3, /* could not finish: I/O, permission */
	STATUS_SIGNAL = 128,   /* added to the number of a signal */
};

#endif
