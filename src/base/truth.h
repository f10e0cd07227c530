/* Three-valued truth: of what is unknown nothing is said. */
#ifndef ASPIS_BASE_TRUTH_H
#define ASPIS_BASE_TRUTH_H

enum truth {
	TRUTH_NO,
	TRUTH_YES,
	TRUTH_UNKNOWN,
};

#endif
