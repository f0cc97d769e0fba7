/* Help, made from the tables of commands and options. */
#include "cli/command.h"

#include <string.h>

enum { NARROW = 60, NAME = 20, NEAR = 6 };

/* The text wrapped: the line now stands at column `at`, all of the text at `indent` and beyond. */
static void print_wrapped(FILE *out, const char *text, unsigned at, unsigned indent)
{
    unsigned columns = ent_columns();
    unsigned column = at > indent ? at : indent;
    bool fresh = true;
    fprintf(out, "%*s", (int)(column - at), "");
    while (*text != '\0') {
        unsigned length = (unsigned)strcspn(text, " \n");
        if (!fresh && column + 1 + length > columns) {
            fprintf(out, "\n%*s", (int)indent, "");
            column = indent;
            fresh = true;
        }
        fprintf(out, "%s%.*s", fresh ? "" : " ", (int)length, text);
        column += length + !fresh;
        fresh = false;
        text += length;
        bool paragraph = strncmp(text, "\n\n", 2) == 0;
        text += strspn(text, " \n");
        if (paragraph && *text != '\0') {
            fprintf(out, "\n\n%*s", (int)indent, "");
            column = indent;
            fresh = true;
        }
    }
    fputc('\n', out);
}

/* Where what is said of a name stands: beside it, or below it where there is little room. */
static unsigned beside(void)
{
    return ent_columns() < NARROW ? NEAR : NAME + 3;
}

/* A name and what is said of it. */
static void print_entry(FILE *out, const char *name, const char *text)
{
    unsigned at = (unsigned)fprintf(out, "  %s", name), indent = beside();
    if (at >= indent || indent == NEAR) {
        fputc('\n', out);
        at = 0;
    }
    print_wrapped(out, text, at, indent);
}

static void print_options(FILE *out, const ent_option_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char form[80], help[400];
        snprintf(form, sizeof form, "--%s%s%s", rows[i].name, rows[i].value == NULL ? "" : " ",
                 rows[i].value == NULL ? "" : rows[i].value);
        snprintf(help, sizeof help, "%s%s", rows[i].help,
                 rows[i].repeats ? "; may be repeated" : "");
        print_entry(out, form, help);
    }
}

static void print_topic(FILE *out, const ent_topic *topic)
{
    print_entry(out, topic->name, topic->summary);
    for (size_t k = 0; k < topic->parameter_count; k++) {
        char text[400];
        (void)ent_topic_parameter_text(&topic->parameters[k], text, sizeof text);
        print_wrapped(out, text, 0, beside());
    }
    print_wrapped(out, topic->source, 0, beside());
}

const ent_option_row *ent_names_topics(const ent_command *command, const ent_topic_kind *kind)
{
    for (size_t i = 0; i < command->option_count; i++) {
        for (size_t k = 0; kind->options[k] != NULL; k++) {
            if (strcmp(command->options[i].name, kind->options[k]) == 0) {
                return &command->options[i];
            }
        }
    }
    return NULL;
}

/* The strategies of an option that names strategies, and so on. */
static void print_topics(FILE *out, const ent_command *command)
{
    const ent_topic_kind *kind;
    ent_topic topic;
    for (size_t k = 0; (kind = ent_topic_kind_at(k)) != NULL; k++) {
        const ent_option_row *option = ent_names_topics(command, kind);
        if (option == NULL) {
            continue;
        }
        char heading[200];
        snprintf(heading, sizeof heading,
                 "%s for --%s, with parameters (usual value, range) and source; `entente explain "
                 "NAME` tells more:",
                 kind->plural, option->name);
        fputc('\n', out);
        print_wrapped(out, heading, 0, 0);
        for (size_t i = 0; ent_topic_at(k, i, &topic); i++) {
            print_topic(out, &topic);
        }
    }
}

/* The options of every command, but for the formats that this one does not print. */
static void print_shared(FILE *out, const ent_question_row *question)
{
    for (size_t i = 0; i < ent_shared_option_count; i++) {
        const char *name = ent_shared_options[i].name;
        bool plain = question != NULL && question->has_plain;
        bool svg = question != NULL && question->has_svg;
        if ((plain || strcmp(name, "plain") != 0) && (svg || strcmp(name, "svg") != 0)) {
            print_options(out, &ent_shared_options[i], 1);
        }
    }
}

static void print_command(FILE *out, const ent_command *command, const ent_question_row *question)
{
    char line[200];
    snprintf(line, sizeof line, "entente %s: %s", command->name, command->summary);
    print_wrapped(out, line, 0, 0);
    snprintf(line, sizeof line, "usage: entente %s%s%s [options]", command->name,
             command->form[0] == '\0' ? "" : " ", command->form);
    fputc('\n', out);
    print_wrapped(out, line, 0, 0);
    if (command->help[0] != '\0') {
        fputc('\n', out);
        print_wrapped(out, command->help, 0, 0);
    }
    if (command->option_count > 0) {
        fputs("\noptions:\n", out);
        print_options(out, command->options, command->option_count);
    }
    fputs("\nshared options:\n", out);
    print_shared(out, question);
    print_topics(out, command);
}

static void print_all(FILE *out)
{
    print_wrapped(out, "Entente " ENT_VERSION ": negotiation analysis from a record of statements",
                  0, 0);
    fputc('\n', out);
    print_wrapped(out, "usage: entente COMMAND [INPUT...] [options]", 0, 0);
    fputc('\n', out);
    size_t q = 0;
    size_t c = 0;
    for (;;) { /* two sorted tables merged */
        const ent_question_row *question = ent_question_at(q);
        const ent_command *command = ent_command_at(c);
        if (question == NULL && command == NULL) {
            break;
        }
        bool first = command == NULL ||
                     (question != NULL && strcmp(question->name, command->name) < 0);
        unsigned at = (unsigned)fprintf(out, "  %-12s ", first ? question->name : command->name);
        print_wrapped(out, first ? question->summary : command->summary, at, at);
        q += first;
        c += !first;
    }
    fputc('\n', out);
    print_wrapped(out,
                  "`entente COMMAND --help` tells more. Exit codes: 0 done, 1 findings, 2 usage, "
                  "3 invalid input, 4 stopped by a limit, 130 interrupted. The input `-` is "
                  "standard input.",
                  0, 0);
}

void ent_print_help(const char *name, FILE *out)
{
    ent_command command;
    const ent_question_row *question;
    if (name == NULL || !ent_find_command(name, &command, &question)) {
        print_all(out);
    } else {
        print_command(out, &command, question);
    }
}

static int run_help(const ent_cli_line *line)
{
    ent_command command;
    const ent_question_row *question;
    const char *name = line->input_count > 0 ? line->inputs[0].path : NULL;
    if (name != NULL && !ent_find_command(name, &command, &question)) {
        return ent_complain(line, ENT_USAGE, "U101", "`entente help` lists the commands",
                            "there is no command `%s`", name);
    }
    ent_print_help(name, stdout);
    return 0;
}

const ent_command ent_cmd_help = {
    .name = "help",
    .form = "[COMMAND]",
    .summary = "the commands, or one command's options",
    .help = "",
    .run = run_help,
};

static int run_version(const ent_cli_line *line)
{
    puts(line->format == ENT_JSON
             ? "{\"schema\": \"entente.version/1\", \"engine\": \"" ENT_VERSION "\"}"
             : "entente " ENT_VERSION);
    return 0;
}

const ent_command ent_cmd_version = {
    .name = "version",
    .form = "",
    .summary = "the engine's version",
    .help = "",
    .run = run_version,
    .json = true,
};
