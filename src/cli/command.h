/*
 * The command line: words in, a request to the engine, its reply out. Questions of the engine are
 * commands by themselves; what is not a question is one file cmd_*.c that ends in a const record.
 */
#ifndef ENT_CLI_COMMAND_H
#define ENT_CLI_COMMAND_H

#include "entente.h"

#include <stdio.h>

typedef enum ent_when { ENT_WHEN_AUTO, ENT_WHEN_ALWAYS, ENT_WHEN_NEVER } ent_when;

/* What a command has said so far. */
typedef struct ent_said {
    ent_diags *diags; /* of the question and of the command line itself */
    size_t printed;   /* of them on standard error */
    ent_status status; /* of the last that went wrong */
    bool answered;    /* something was delivered */
} ent_said;

/* What every command understands besides its own options. */
typedef struct ent_cli_line {
    const char *command;
    ent_input *inputs;
    size_t input_count;
    ent_option *options; /* those of the question */
    size_t option_count;
    ent_output format;
    const char *output; /* -o */
    ent_when color;
    int threads;
    bool quiet, help;
    const char *stdin_name; /* what messages call standard input; NULL: "stdin" */
    char *standard_input;   /* what was read of it, NULL if nothing was */
    char **pipes;           /* [input_count] what was read of the shell's pipes */
    ent_said *said;
    const ent_crew *crew; /* NULL: this is the only process */
} ent_cli_line;

typedef struct ent_command {
    const char *name, *form, *summary, *help;
    const ent_option_row *options;
    size_t option_count;
    int (*run)(const ent_cli_line *line); /* returns the exit code */
    bool json; /* has a JSON form; the questions have theirs */
} ent_command;

/* The commands that are not questions, sorted by name; NULL past the end. */
const ent_command *ent_command_at(size_t index);
/* What is known of a command, whether question or not: false if there is none of that name. */
bool ent_find_command(const char *name, ent_command *found, const ent_question_row **question);

/* The options that every command has. */
extern const ent_option_row ent_shared_options[];
extern const size_t ent_shared_option_count;

/* Parse the words into the line, to be finished after use. False after a message. */
bool ent_parse_line(int argc, char **argv, ent_said *said, ent_cli_line *line);
void ent_finish_line(ent_cli_line *line);

/* Ask the line's question and print the reply; returns the exit code. */
int ent_run_question(const ent_cli_line *line);
/* Write the text to -o or stdout; returns the exit code, that of status where writing worked. */
int ent_deliver(const ent_cli_line *line, const char *text, size_t length, ent_status status);
/* Read standard input for the input `-`, and pipes of the shell. False after a message. */
bool ent_take_streams(ent_cli_line *line);
/* Could the answer be written to -o? The exit code after a message, 0 if it could. */
int ent_can_deliver(const ent_cli_line *line);
/* Print what is new in what was said to stderr, all of it or with quiet only the errors. */
void ent_print_said(const ent_cli_line *line);
/* Say at the end what was not said: on stderr, and in JSON where that was asked for. */
void ent_finish_saying(const ent_cli_line *line, int code);
/* Has SIGINT come since an engine was made? user: not used. */
bool ent_interrupted(void *user);
/* An engine that shows progress on stderr and stops on SIGINT. */
ent_engine *ent_line_engine(const ent_cli_line *line);

/* Should text on the stream be coloured? --color over NO_COLOR over TERM=dumb over tty. */
bool ent_wants_color(const ent_cli_line *line, FILE *stream);
/* Columns: COLUMNS if set and sane, else those of the terminal on stdout, else 80. */
unsigned ent_columns(void);

/* The command's option that names topics of the kind; NULL: it has none. */
const ent_option_row *ent_names_topics(const ent_command *command, const ent_topic_kind *kind);

/* Help of one command, or of all with name NULL. */
void ent_print_help(const char *name, FILE *out);
/* An error of the command line; returns the status's exit code. hint NULL: none. */
int ent_complain(const ent_cli_line *line, ent_status status, const char *code, const char *hint,
                 const char *format, ...) ENT_PRINTF(5, 6);

extern const ent_command ent_cmd_completions, ent_cmd_help, ent_cmd_man, ent_cmd_serve,
    ent_cmd_version;

#endif
