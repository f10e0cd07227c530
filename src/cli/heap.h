/* The memory that malloc() gives out. It belongs to the whole process, so that the program may arrange it, but the library must not. */
#ifndef ASPIS_CLI_HEAP_H
#define ASPIS_CLI_HEAP_H

/* Prepares for some tens of megabytes that are filled in a tenth of a second, most of which stay in use to the end. Only time depends on it: what the C
 * library or the kernel does not offer is left out. For the thread that is alone. */
void heap_expect_much(void);

/* The same, and none of it is in a core: for a program whose libraries keep values and tokens in what malloc() gives them, as nghttp2 does. What grows beyond the expected is not
 * covered. For the thread that is alone, before there is anything to hide. */
void heap_conceal(void);

#endif
