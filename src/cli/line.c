/* Words of the command line into an ent_cli_line. */
#include "cli/command.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

const ent_option_row ent_shared_options[] = {
    {"color", "WHEN", ENT_OPTION_TEXT, false, "always, never or auto (NO_COLOR is honoured)"},
    {"help", NULL, ENT_OPTION_FLAG, false, "print this help"},
    {"json", NULL, ENT_OPTION_FLAG, false, "print JSON (schemas in docs/JSON.md)"},
    {"output", "FILE", ENT_OPTION_TEXT, false, "write the answer to FILE (also -o)"},
    {"plain", NULL, ENT_OPTION_FLAG, false, "one record per line, tab-separated"},
    {"quiet", NULL, ENT_OPTION_FLAG, false, "no warnings and no progress (also -q)"},
    {"stdin-name", "NAME", ENT_OPTION_TEXT, false,
     "the path that the input `-` stands for, in messages and for its sources"},
    {"svg", NULL, ENT_OPTION_FLAG, false, "print a picture, where there is one"},
    {"threads", "N", ENT_OPTION_COUNT, false, "threads to use; results never depend on it"},
};
const size_t ent_shared_option_count = sizeof ent_shared_options / sizeof *ent_shared_options;

int ent_complain(const ent_cli_line *line, ent_status status, const char *code, const char *hint,
                 const char *format, ...)
{
    char words[600];
    va_list list;
    va_start(list, format);
    vsnprintf(words, sizeof words, format, list);
    va_end(list);
    ent_diags_add(line->said->diags, ENT_ERROR, code, words, hint);
    line->said->status = status;
    return ent_status_exit(status);
}

/* The same of a wrong option: always false. */
static bool wrong(const ent_cli_line *line, const char *message, const char *word, const char *hint)
{
    return ent_complain(line, ENT_USAGE, "U102", hint, "%s `%s`", message, word) == 0;
}

typedef struct words {
    int count;
    char **at;
    int next;
    ent_input *inputs;
    ent_option *options;
    ent_cli_line *line;
    ent_command command;
} words;

static const ent_option_row *row_of(const ent_option_row *rows, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rows[i].name, name) == 0) {
            return &rows[i];
        }
    }
    return NULL;
}

static bool unknown(const words *w, const char *name)
{
    const char *names[64];
    size_t count = 0;
    for (size_t i = 0; i < w->command.option_count && count < 64; i++) {
        names[count++] = w->command.options[i].name;
    }
    for (size_t i = 0; i < ent_shared_option_count && count < 64; i++) {
        names[count++] = ent_shared_options[i].name;
    }
    const char *near = ent_nearest_name(name, names, count);
    char hint[160];
    if (near != NULL) {
        snprintf(hint, sizeof hint, "did you mean `--%s`?", near);
    } else {
        snprintf(hint, sizeof hint, "`entente %s --help` lists the options", w->line->command);
    }
    return wrong(w->line, "there is no option", name, hint);
}

/* Two formats, or one option twice: which is meant? */
static bool twice(const ent_cli_line *line, const char *name)
{
    return ent_complain(line, ENT_USAGE, "U108", "leave one of them out",
                        "`--%s` is given twice, or with another that it excludes", name) == 0;
}

static bool set_format(ent_cli_line *line, ent_output format, const char *name)
{
    if (line->format != ENT_TEXT && line->format != format) {
        return twice(line, name);
    }
    line->format = format;
    return true;
}

static bool set_color(ent_cli_line *line, const char *value)
{
    line->color = strcmp(value, "always") == 0  ? ENT_WHEN_ALWAYS
                  : strcmp(value, "never") == 0 ? ENT_WHEN_NEVER
                                                : ENT_WHEN_AUTO;
    return line->color != ENT_WHEN_AUTO || strcmp(value, "auto") == 0 ||
           wrong(line, "--color is always, never or auto, not", value, NULL);
}

static bool set_threads(ent_cli_line *line, const char *value)
{
    char *end;
    long threads = strtol(value, &end, 10);
    line->threads = (int)threads;
    return (*end == '\0' && end != value && threads >= 1 && threads <= 4096) ||
           wrong(line, "--threads takes a number from 1 to 4096, not", value, NULL);
}

static bool set_once(ent_cli_line *line, const char **place, const char *name, const char *value)
{
    if (*place != NULL) {
        return twice(line, name);
    }
    *place = value;
    return true;
}

static bool set_shared(words *w, const char *name, const char *value)
{
    ent_cli_line *line = w->line;
    switch (name[0]) {
    case 'c':
        return set_color(line, value);
    case 'h':
        line->help = true;
        return true;
    case 'j':
        return set_format(line, ENT_JSON, name);
    case 'o':
        return set_once(line, &line->output, name, value);
    case 'p':
        return set_format(line, ENT_PLAIN, name);
    case 'q':
        line->quiet = true;
        return true;
    case 's':
        return name[1] == 'v' ? set_format(line, ENT_SVG, name)
                              : set_once(line, &line->stdin_name, name, value);
    default:
        return set_threads(line, value);
    }
}

/* "--name", "--name=value" or "--name value". */
static bool take_long(words *w, char *word)
{
    char *name = word + 2;
    char *value = strchr(name, '=');
    if (value != NULL) {
        *value++ = '\0';
    }
    const ent_option_row *shared =
        row_of(ent_shared_options, ent_shared_option_count, name);
    const ent_option_row *own = row_of(w->command.options, w->command.option_count, name);
    const ent_option_row *row = own != NULL ? own : shared;
    if (row == NULL) {
        return unknown(w, name);
    }
    if (row->kind == ENT_OPTION_FLAG && value != NULL) {
        return wrong(w->line, "no value goes with the option", name, NULL);
    }
    if (row->kind != ENT_OPTION_FLAG && value == NULL) {
        if (w->next >= w->count) {
            return wrong(w->line, "a value is missing after the option", name, NULL);
        }
        value = w->at[w->next++];
    }
    if (own != NULL) {
        w->options[w->line->option_count++] = (ent_option){name, value};
        return true;
    }
    return set_shared(w, name, value);
}

static bool take_short(words *w, const char *word)
{
    if (strcmp(word, "-q") == 0 || strcmp(word, "-h") == 0) {
        return set_shared(w, word[1] == 'q' ? "quiet" : "help", NULL);
    }
    if (strcmp(word, "-o") == 0) {
        if (w->next >= w->count) {
            return wrong(w->line, "a file name is missing after", word, NULL);
        }
        return set_shared(w, "output", w->at[w->next++]);
    }
    return unknown(w, word);
}

static bool take_words(words *w)
{
    bool only_inputs = false;
    while (w->next < w->count) {
        char *word = w->at[w->next++];
        bool fine = true;
        if (!only_inputs && strcmp(word, "--") == 0) {
            only_inputs = true;
        } else if (!only_inputs && strncmp(word, "--", 2) == 0) {
            fine = take_long(w, word);
        } else if (!only_inputs && word[0] == '-' && word[1] != '\0') {
            fine = take_short(w, word);
        } else {
            w->inputs[w->line->input_count++] = (ent_input){word, NULL, 0};
        }
        if (!fine) {
            return false;
        }
    }
    return true;
}

static bool no_such_command(const ent_cli_line *line, const char *name)
{
    const char *names[128];
    size_t count = 0;
    for (size_t i = 0; ent_command_at(i) != NULL && count < 64; i++) {
        names[count++] = ent_command_at(i)->name;
    }
    for (size_t i = 0; ent_question_at(i) != NULL && count < 128; i++) {
        names[count++] = ent_question_at(i)->name;
    }
    const char *near = ent_nearest_name(name, names, count);
    char hint[160] = "`entente help` lists the commands";
    if (near != NULL) {
        snprintf(hint, sizeof hint, "did you mean `entente %s`?", near);
    }
    return ent_complain(line, ENT_USAGE, "U101", hint, "there is no command `%s`", name) == 0;
}

/* A line that cannot be parsed is told in JSON too, where that is asked for anywhere in it. */
static bool wants_json(int argc, char **argv)
{
    for (int i = 2; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--json") == 0) {
            return true;
        }
    }
    return false;
}

/* What a command that is no question cannot do, rather than doing it silently otherwise. */
static bool check_formats(const words *w, bool question)
{
    const ent_cli_line *line = w->line;
    bool json = line->format == ENT_JSON && (line->help || !w->command.json);
    if (question && !line->help) {
        return true; /* the engine knows */
    }
    if (json || line->format == ENT_PLAIN || line->format == ENT_SVG) {
        return ent_complain(line, ENT_USAGE, "U102", NULL,
                            line->help ? "the help of `entente %s` is printed as text only"
                                       : "`entente %s` does not print this format",
                            line->command) == 0;
    }
    return line->output == NULL ||
           ent_complain(line, ENT_USAGE, "U102", "send standard output there",
                        "`entente %s%s` does not write to a file", line->command,
                        line->help ? " --help" : "") == 0;
}

bool ent_parse_line(int argc, char **argv, ent_said *said, ent_cli_line *line)
{
    *line = (ent_cli_line){.command = "help", .help = true, .said = said};
    if (argc < 2) {
        return true;
    }
    line->help = false;
    line->command = argv[1];
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        line->command = "help";
    }
    if (strcmp(argv[1], "--version") == 0) {
        line->command = "version";
    }
    words w = {.count = argc, .at = argv, .next = 2, .line = line};
    const ent_question_row *question;
    if (!ent_find_command(line->command, &w.command, &question)) {
        line->format = wants_json(argc, argv) ? ENT_JSON : ENT_TEXT;
        return no_such_command(line, line->command);
    }
    w.inputs = calloc((size_t)argc, sizeof *w.inputs);
    w.options = calloc((size_t)argc, sizeof *w.options);
    line->pipes = calloc((size_t)argc, sizeof *line->pipes);
    line->inputs = w.inputs;
    line->options = w.options;
    if (w.inputs == NULL || w.options == NULL || line->pipes == NULL) {
        return ent_complain(line, ENT_NOMEM, "U106", NULL, "out of memory") == 0;
    }
    bool fine = take_words(&w) && check_formats(&w, question != NULL);
    if (!fine && wants_json(argc, argv)) {
        line->format = ENT_JSON;
    }
    return fine;
}

void ent_finish_line(ent_cli_line *line)
{
    for (size_t i = 0; line->pipes != NULL && i < line->input_count; i++) {
        free(line->pipes[i]);
    }
    free(line->pipes);
    free(line->inputs);
    free(line->options);
    free(line->standard_input);
    *line = (ent_cli_line){0};
}
