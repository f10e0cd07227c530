#include "cli/prompt.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <aspis/support.h>

#include "cli/output.h"

#define BUFFER_SIZE 4096
#define ANSWER_SIZE 256
#define ANSWER_MAX  ((size_t)1 << 20)
#define PATH_SIZE   4096

/* How long an escape waits for what belongs to it, in milliseconds: a terminal sends a sequence at once, a person does not. */
#define ESCAPE_PATIENCE 250

/* Keys. */
#define KEY_INTERRUPT 0x03
#define KEY_STOP      0x04
#define KEY_LINES     0x05
#define KEY_FILE      0x06
#define KEY_BACKSPACE 0x08
#define KEY_KILL      0x15
#define KEY_WORD      0x17
#define KEY_ESCAPE    0x1B
#define KEY_DELETE    0x7F

/* What the terminal is told, to mark what it pastes, and what it then sends. */
#define PASTE_ON    "\033[?2004h"
#define PASTE_OFF   "\033[?2004l"
#define PASTE_BEGIN "[200~"
#define PASTE_END   "[201~"

/* What an escape turns out to be. */
enum escape {
	ESCAPE_ALONE,       /* the key itself, or a signal came */
	ESCAPE_SEQUENCE,    /* of a key that means nothing here */
	ESCAPE_PASTE_BEGIN, /* the terminal pastes from here … */
	ESCAPE_PASTE_END,   /* … to here */
};

/* An answer while it is typed. */
struct answer {
	struct aspis_secret *bytes; /* more than are used */
	size_t len;
	bool pasting;
	bool lines;
};

static void write_bytes(struct prompt *prompt, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t written = write(prompt->terminal, bytes, size);

		if (written < 0 && errno != EINTR)
			return;
		if (written > 0) {
			bytes += written;
			size -= (size_t)written;
		}
	}
}

static void write_text(struct prompt *prompt, const char *text)
{
	write_bytes(prompt, text, strlen(text));
}

void prompt_print(struct prompt *prompt, const char *text)
{
	char *visible = aspis_support_visible(text);

	write_text(prompt, visible);
	free(visible);
}

static bool hold_signals(struct prompt *prompt)
{
	sigset_t held;

	sigemptyset(&held);
	sigaddset(&held, SIGINT);
	sigaddset(&held, SIGTERM);
	sigaddset(&held, SIGHUP);
	sigaddset(&held, SIGQUIT);
	if (sigprocmask(SIG_BLOCK, &held, &prompt->mask) != 0)
		return false;
	prompt->signals = signalfd(-1, &held, SFD_CLOEXEC);
	if (prompt->signals >= 0)
		return true;
	sigprocmask(SIG_SETMASK, &prompt->mask, NULL);
	return false;
}

/* Each key comes by itself, none is shown, and none makes a signal. */
static bool silence(struct prompt *prompt)
{
	struct termios silent = prompt->saved;

	silent.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK | ECHONL | ICANON | ISIG | IEXTEN);
	silent.c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IGNCR | ISTRIP);
	silent.c_cc[VMIN] = 1;
	silent.c_cc[VTIME] = 0;
	return tcsetattr(prompt->terminal, TCSADRAIN, &silent) == 0;
}

bool prompt_open(struct prompt *prompt)
{
	*prompt = (struct prompt){.terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY), .signals = -1};
	if (prompt->terminal < 0) {
		message_print("values are asked for on a terminal, and there is none: /dev/tty: %s", strerror(errno));
		return false;
	}
	if (tcgetattr(prompt->terminal, &prompt->saved) == 0 && hold_signals(prompt)) {
		if (silence(prompt)) {
			prompt->buffer = aspis_secret_new(NULL, BUFFER_SIZE);
			write_text(prompt, PASTE_ON);
			return true;
		}
		sigprocmask(SIG_SETMASK, &prompt->mask, NULL);
		close(prompt->signals);
	}
	message_print("values are asked for on a terminal, and this one cannot be made silent: %s", strerror(errno));
	close(prompt->terminal);
	return false;
}

void prompt_close(struct prompt *prompt)
{
	write_text(prompt, PASTE_OFF);
	/* What was typed ahead would be shown by whoever reads next. */
	tcsetattr(prompt->terminal, TCSAFLUSH, &prompt->saved);
	close(prompt->signals);
	close(prompt->terminal);
	aspis_secret_free(prompt->buffer);
	sigprocmask(SIG_SETMASK, &prompt->mask, NULL);
}

/* Waits for keys or a signal, for so many milliseconds at most unless patience is negative. False where no key came; prompt->signal says why. */
static bool fill_buffer(struct prompt *prompt, int patience)
{
	struct pollfd files[2] = {
		{.fd = prompt->terminal, .events = POLLIN},
		{.fd = prompt->signals, .events = POLLIN},
	};
	struct signalfd_siginfo signal;
	ssize_t size;
	int ready;

	while ((ready = poll(files, 2, patience)) < 0) {
		if (errno != EINTR)
			return false;
	}
	if (ready == 0)
		return false;
	if ((files[1].revents & POLLIN) != 0 && read(prompt->signals, &signal, sizeof(signal)) == sizeof(signal)) {
		prompt->signal = (int)signal.ssi_signo;
		return false;
	}
	size = read(prompt->terminal, aspis_secret_bytes(prompt->buffer), BUFFER_SIZE);
	if (size <= 0) {
		prompt->signal = SIGHUP;
		return false;
	}
	prompt->start = 0;
	prompt->end = (size_t)size;
	return true;
}

/* The next byte, with '\n' for a line break of any kind; -1 where a signal came, or none in time. */
static int next_byte_within(struct prompt *prompt, int patience)
{
	for (;;) {
		bool after_return = prompt->returned;
		int key;

		if (prompt->start == prompt->end && !fill_buffer(prompt, patience))
			return -1;
		key = (unsigned char)aspis_secret_bytes(prompt->buffer)[prompt->start++];
		prompt->returned = key == '\r';
		if (key == '\r')
			return '\n';
		if (key != '\n' || !after_return)
			return key;
	}
}

static int next_byte(struct prompt *prompt)
{
	return next_byte_within(prompt, -1);
}

static void bell(struct prompt *prompt)
{
	write_text(prompt, "\a");
}

static void append(struct prompt *prompt, struct answer *answer, char c)
{
	size_t capacity = aspis_secret_size(answer->bytes);

	if (answer->len == ANSWER_MAX) {
		bell(prompt);
		return;
	}
	if (answer->len == capacity) {
		struct aspis_secret *larger = aspis_secret_new(NULL, 2 * capacity);

		memcpy(aspis_secret_bytes(larger), aspis_secret_bytes(answer->bytes), answer->len);
		aspis_secret_free(answer->bytes);
		answer->bytes = larger;
	}
	aspis_secret_bytes(answer->bytes)[answer->len++] = c;
}

/* Takes back the last character of the line. */
static void take_back(struct answer *answer)
{
	const char *bytes = aspis_secret_bytes(answer->bytes);
	bool part;

	do {
		if (answer->len == 0 || bytes[answer->len - 1] == '\n')
			return;
		part = ((unsigned char)bytes[--answer->len] & 0xC0) == 0x80;
	} while (part);
}

/* Takes back the last word of the line, and the blanks behind it. */
static void take_back_word(struct answer *answer)
{
	const char *bytes = aspis_secret_bytes(answer->bytes);

	while (answer->len > 0 && (bytes[answer->len - 1] == ' ' || bytes[answer->len - 1] == '\t'))
		answer->len--;
	while (answer->len > 0 && !strchr(" \t\n", bytes[answer->len - 1]))
		answer->len--;
}

/* Takes back the line. */
static void take_back_line(struct answer *answer)
{
	const char *bytes = aspis_secret_bytes(answer->bytes);

	while (answer->len > 0 && bytes[answer->len - 1] != '\n')
		answer->len--;
}

static bool at_line_start(const struct answer *answer)
{
	return answer->len == 0 || aspis_secret_bytes(answer->bytes)[answer->len - 1] == '\n';
}

/* Reads what follows an escape. */
static enum escape read_escape(struct prompt *prompt)
{
	char sequence[16];
	size_t len = 0;
	int key;

	do {
		key = next_byte_within(prompt, ESCAPE_PATIENCE);
		if (key < 0)
			break;
		if (key == KEY_ESCAPE)
			len = 0; /* The one before was alone. */
		else if (len < sizeof(sequence) - 1)
			sequence[len++] = (char)key;
	} while (len == 0 || (len == 1 && (key == '[' || key == 'O')) || (len > 1 && key < 0x40));
	sequence[len] = '\0';
	if (strcmp(sequence, PASTE_BEGIN) == 0)
		return ESCAPE_PASTE_BEGIN;
	if (strcmp(sequence, PASTE_END) == 0)
		return ESCAPE_PASTE_END;
	return len > 0 ? ESCAPE_SEQUENCE : ESCAPE_ALONE;
}

/* The value of an answer, and its memory: what is one line has no line break at its end. */
static struct aspis_secret *take_value(struct aspis_secret *bytes, size_t len)
{
	const char *text = aspis_secret_bytes(bytes);
	struct aspis_secret *value = NULL;

	if (len > 0 && memchr(text, '\n', len) == text + len - 1) {
		len--;
		if (len > 0 && text[len - 1] == '\r')
			len--;
	}
	if (len > 0)
		value = aspis_secret_new(text, len);
	aspis_secret_free(bytes);
	return value;
}

/* Takes back the last character of a path. */
static size_t take_back_path(struct prompt *prompt, const char *path, size_t len)
{
	bool part;

	do {
		if (len == 0)
			return 0;
		part = ((unsigned char)path[--len] & 0xC0) == 0x80;
	} while (part);
	write_text(prompt, "\b \b");
	return len;
}

/* Reads a path, which is shown. What the terminal pastes is a part of it, but for line breaks. Returns its length; 0: none, or a signal came. */
static size_t read_path(struct prompt *prompt, char *path)
{
	size_t len = 0;
	bool pasting = false;

	write_text(prompt, "\n  File: ");
	for (;;) {
		int key = next_byte(prompt);

		if (key == KEY_ESCAPE) {
			enum escape escape = read_escape(prompt);

			if (escape == ESCAPE_ALONE)
				return 0;
			pasting = escape == ESCAPE_PASTE_BEGIN || (pasting && escape != ESCAPE_PASTE_END);
			if (escape == ESCAPE_SEQUENCE)
				bell(prompt);
		} else if (key < 0 || key == KEY_INTERRUPT || key == KEY_STOP) {
			return 0;
		} else if (key == '\n' && !pasting) {
			break;
		} else if (key == KEY_BACKSPACE || key == KEY_DELETE) {
			len = take_back_path(prompt, path, len);
		} else if (key == KEY_KILL) {
			while (len > 0)
				len = take_back_path(prompt, path, len);
		} else if (key >= ' ' && len < PATH_SIZE - 1) {
			path[len++] = (char)key;
			write_bytes(prompt, &path[len - 1], 1);
		}
	}
	path[len] = '\0';
	return len;
}

/* Takes the answer from a file that is asked for. NULL where there is none; *error says why, if there is a reason. */
static struct aspis_secret *ask_file(struct prompt *prompt, struct aspis_error *error)
{
	char path[PATH_SIZE];
	struct aspis_secret *content = NULL;

	if (read_path(prompt, path) > 0)
		content = aspis_secret_read(path, error);
	return content ? take_value(content, aspis_secret_size(content)) : NULL;
}

/* What a key does to the answer; true where it ends it. */
static bool press(struct prompt *prompt, struct answer *answer, int key)
{
	bool plain = (key >= ' ' && key != KEY_DELETE) || key == '\t';

	if (answer->pasting ? key != '\0' : plain) {
		append(prompt, answer, (char)key);
	} else if (key == '\n') {
		if (!answer->lines)
			return true;
		append(prompt, answer, '\n');
	} else if (key == KEY_BACKSPACE || key == KEY_DELETE) {
		take_back(answer);
	} else if (key == KEY_WORD) {
		take_back_word(answer);
	} else if (key == KEY_KILL) {
		take_back_line(answer);
	} else if (key == KEY_STOP && at_line_start(answer)) {
		return true;
	} else if (key == KEY_LINES && answer->len == 0 && !answer->lines) {
		answer->lines = true;
		write_text(prompt, "(lines, to Ctrl-D) ");
	} else {
		bell(prompt);
	}
	return false;
}

/* Types an answer to its end. */
static enum prompt_end type_answer(struct prompt *prompt, struct answer *answer, bool *file)
{
	for (;;) {
		int key = next_byte(prompt);

		if (key < 0)
			return PROMPT_SIGNAL;
		if (key == KEY_ESCAPE) {
			enum escape escape = read_escape(prompt);

			if (prompt->signal != 0)
				return PROMPT_SIGNAL;
			answer->pasting =
				escape == ESCAPE_PASTE_BEGIN || (answer->pasting && escape != ESCAPE_PASTE_END);
			if (escape == ESCAPE_ALONE || (escape == ESCAPE_SEQUENCE && !answer->pasting))
				bell(prompt);
			continue;
		}
		if (!answer->pasting && key == KEY_INTERRUPT)
			return PROMPT_INTERRUPT;
		if (!answer->pasting && key == KEY_FILE && answer->len == 0 && !answer->lines) {
			*file = true;
			return PROMPT_VALUE;
		}
		if (press(prompt, answer, key))
			return key == KEY_STOP && !answer->lines ? PROMPT_STOP : PROMPT_VALUE;
	}
}

enum prompt_end prompt_ask(struct prompt *prompt, struct aspis_secret **value)
{
	for (;;) {
		struct aspis_error error = ASPIS_ERROR_INIT;
		struct answer answer = {.bytes = aspis_secret_new(NULL, ANSWER_SIZE)};
		bool file = false;
		enum prompt_end end;

		write_text(prompt, "  Value: ");
		end = type_answer(prompt, &answer, &file);
		*value = end == PROMPT_VALUE && !file ? take_value(answer.bytes, answer.len) : NULL;
		if (end != PROMPT_VALUE || file)
			aspis_secret_free(answer.bytes);
		if (file)
			*value = ask_file(prompt, &error);
		write_text(prompt, "\n");
		if (prompt->signal != 0)
			return PROMPT_SIGNAL;
		if (end != PROMPT_VALUE)
			return end;
		if (!file || *value)
			return *value ? PROMPT_VALUE : PROMPT_SKIP;
		prompt_print(prompt, error.message ? error.message : "nothing was taken");
		write_text(prompt, "\n");
		aspis_error_release(&error);
	}
}
