/* Words of the command line into an ent_line. */
#include "cli/command.h"

#include <stdlib.h>
#include <string.h>

const ent_option_row ent_shared_options[] = {
    {"color", "WHEN", ENT_OPTION_TEXT, false, "always, never or auto (NO_COLOR is honoured)"},
    {"help", NULL, ENT_OPTION_FLAG, false, "print this help"},
    {"json", NULL, ENT_OPTION_FLAG, false, "print JSON (schemas in docs/JSON.md)"},
    {"output", "FILE", ENT_OPTION_TEXT, false, "write the answer to FILE (also -o)"},
    {"plain", NULL, ENT_OPTION_FLAG, false, "one record a line, fields parted by tabs"},
    {"quiet", NULL, ENT_OPTION_FLAG, false, "no warnings and no progress (also -q)"},
    {"svg", NULL, ENT_OPTION_FLAG, false, "print a picture, where there is one"},
    {"threads", "N", ENT_OPTION_COUNT, false, "threads to use; results never depend on it"},
};
const size_t ent_shared_option_count = sizeof ent_shared_options / sizeof *ent_shared_options;

int ent_complain(const char *message, const char *word, const char *hint)
{
    fprintf(stderr, "error[U102]: %s `%s`\n", message, word);
    if (hint != NULL) {
        fprintf(stderr, "  %s\n", hint);
    }
    return 2;
}

typedef struct words {
    int count;
    char **at;
    int next;
    ent_input *inputs;
    ent_option *options;
    ent_line *line;
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
    ent_complain("there is no option", name, hint);
    return false;
}

/* Two formats, or one option twice: which is meant? */
static bool twice(const char *name)
{
    fprintf(stderr, "error[U108]: `--%s` is given twice, or with another that it excludes\n", name);
    return false;
}

static bool set_format(ent_line *line, ent_output format, const char *name)
{
    if (line->format != ENT_TEXT && line->format != format) {
        return twice(name);
    }
    line->format = format;
    return true;
}

static bool set_shared(words *w, const char *name, const char *value)
{
    ent_line *line = w->line;
    char *end;
    switch (name[0]) {
    case 'c':
        line->color = strcmp(value, "always") == 0  ? ENT_WHEN_ALWAYS
                      : strcmp(value, "never") == 0 ? ENT_WHEN_NEVER
                                                    : ENT_WHEN_AUTO;
        return line->color != ENT_WHEN_AUTO || strcmp(value, "auto") == 0 ||
               ent_complain("--color is always, never or auto, not", value, NULL) == 0;
    case 'h':
        line->help = true;
        return true;
    case 'j':
        return set_format(line, ENT_JSON, name);
    case 'o':
        if (line->output != NULL) {
            return twice(name);
        }
        line->output = value;
        return true;
    case 'p':
        return set_format(line, ENT_PLAIN, name);
    case 'q':
        line->quiet = true;
        return true;
    case 's':
        return set_format(line, ENT_SVG, name);
    default: {
        long threads = strtol(value, &end, 10);
        line->threads = (int)threads;
        return (*end == '\0' && end != value && threads >= 1 && threads <= 4096) ||
               ent_complain("--threads takes a number from 1 to 4096, not", value, NULL) == 0;
    }
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
        return ent_complain("no value goes with the option", name, NULL) == 0;
    }
    if (row->kind != ENT_OPTION_FLAG && value == NULL) {
        if (w->next >= w->count) {
            return ent_complain("a value is missing after the option", name, NULL) == 0;
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
            return ent_complain("a file name is missing after", word, NULL) == 0;
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

static bool no_such_command(const char *name)
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
    fprintf(stderr, "error[U101]: there is no command `%s`\n", name);
    if (near == NULL) {
        fprintf(stderr, "  `entente help` lists the commands\n");
    } else {
        fprintf(stderr, "  did you mean `entente %s`?\n", near);
    }
    return false;
}

bool ent_parse_line(int argc, char **argv, ent_line *line)
{
    *line = (ent_line){.command = "help", .help = true};
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
        return no_such_command(line->command);
    }
    w.inputs = calloc((size_t)argc, sizeof *w.inputs);
    w.options = calloc((size_t)argc, sizeof *w.options);
    if (w.inputs == NULL || w.options == NULL) {
        fprintf(stderr, "error[U106]: out of memory\n");
        return false;
    }
    line->inputs = w.inputs;
    line->options = w.options;
    return take_words(&w);
}

void ent_finish_line(ent_line *line)
{
    free(line->inputs);
    free(line->options);
    free(line->standard_input);
    *line = (ent_line){0};
}
