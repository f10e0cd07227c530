/* Asking for secret values on the terminal, which shows none of what is typed. */
#ifndef ASPIS_CLI_PROMPT_H
#define ASPIS_CLI_PROMPT_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

#include <aspis/secret.h>

/* The terminal while it is asked on. Signals that end a program are held back, so that it is given back as it was before they do. */
struct prompt {
	int terminal;
	int signals; /* a signalfd */
	struct termios saved;
	sigset_t mask;               /* of signals, as it was */
	struct aspis_secret *buffer; /* what was read and not yet looked at … */
	size_t start;                /* … from here … */
	size_t end;                  /* … to here */
	bool returned;               /* the last byte was a carriage return: a line feed behind it belongs to it */
	int signal;                  /* that came, or 0 */
};

/* How an answer ends. */
enum prompt_end {
	PROMPT_VALUE,     /* with a value */
	PROMPT_SKIP,      /* empty */
	PROMPT_STOP,      /* Ctrl-D: no more questions */
	PROMPT_INTERRUPT, /* Ctrl-C */
	PROMPT_SIGNAL,    /* prompt->signal came, or the terminal has gone (SIGHUP) */
};

/* Takes the process's terminal. False, having said why, where it has none. */
bool prompt_open(struct prompt *prompt);

/* Gives the terminal back as it was, and lets signals through again. */
void prompt_close(struct prompt *prompt);

/* Writes text to the terminal, what could act on it made visible. */
void prompt_print(struct prompt *prompt, const char *text);

/* Reads an answer, every key of which is taken as it is but these: Enter ends it; Ctrl-E, as the first, begins one of several lines, which Ctrl-D at the start of
 * a line ends; Ctrl-F, as the first, asks for a file to take it from; Ctrl-U, Ctrl-W and Backspace take back; what the terminal pastes comes whole, each of
 * its line breaks as a line feed. A single line has no line break at its end, wherever it comes from. *value is set for PROMPT_VALUE, and the caller frees it. */
enum prompt_end prompt_ask(struct prompt *prompt, struct aspis_secret **value);

#endif
