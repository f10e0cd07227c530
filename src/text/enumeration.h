/* The numbers of enumerated lists: how readers and writers of lists spell them. */
#ifndef ASPIS_TEXT_ENUMERATION_H
#define ASPIS_TEXT_ENUMERATION_H

#include "base/str.h"
#include "text/document.h"

/* Bytes for any number: the longest Roman numeral has 16 (4888), the longest Arabic one 20. */
#define ENUMERATION_ROOM 24

/* A number in the spelling of a kind of enumeration, without prefix and suffix: "12", "c", "C", "xii", "XII". The text is in room. Absent where the kind has no such number: letters
 * go from 1 to 26, Roman numerals from 1 to 4999. */
struct str enumeration_write(char room[ENUMERATION_ROOM], enum document_enumeration kind, long number);

/* The number of a Roman numeral that is spelt as enumeration_write() does for the kind (DOCUMENT_LOWER_ROMAN or DOCUMENT_UPPER_ROMAN), or 0: "iiii" is none, nor is "Iv". */
long enumeration_read_roman(struct str numeral, enum document_enumeration kind);

#endif
