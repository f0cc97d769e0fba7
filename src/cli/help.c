/* Help, made from the tables of commands and options. */
#include "cli/command.h"

#include <string.h>

static void print_wrapped(FILE *out, const char *text, unsigned indent)
{
    unsigned columns = ent_columns();
    unsigned column = indent;
    fprintf(out, "%*s", (int)indent, "");
    while (*text != '\0') {
        unsigned length = (unsigned)strcspn(text, " \n");
        if (column > indent && column + 1 + length > columns) {
            fprintf(out, "\n%*s", (int)indent, "");
            column = indent;
        }
        fprintf(out, "%s%.*s", column > indent ? " " : "", (int)length, text);
        column += length + (column > indent);
        text += length;
        bool paragraph = strncmp(text, "\n\n", 2) == 0;
        text += strspn(text, " \n");
        if (paragraph && *text != '\0') {
            fprintf(out, "\n\n%*s", (int)indent, "");
            column = indent;
        }
    }
    fputc('\n', out);
}

static void print_options(FILE *out, const ent_option_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char form[80];
        snprintf(form, sizeof form, "--%s%s%s", rows[i].name, rows[i].value == NULL ? "" : " ",
                 rows[i].value == NULL ? "" : rows[i].value);
        fprintf(out, "  %-20s", form);
        if (strlen(form) > 19) {
            fprintf(out, "\n%22s", "");
        }
        fprintf(out, " %s%s\n", rows[i].help, rows[i].repeats ? "; may be repeated" : "");
    }
}

static void print_command(FILE *out, const ent_command *command)
{
    fprintf(out, "entente %s: %s\n\nusage: entente %s%s%s [options]\n", command->name,
            command->summary, command->name, command->form[0] == '\0' ? "" : " ", command->form);
    if (command->help[0] != '\0') {
        fputc('\n', out);
        print_wrapped(out, command->help, 0);
    }
    if (command->option_count > 0) {
        fputs("\noptions:\n", out);
        print_options(out, command->options, command->option_count);
    }
    fputs("\nshared options:\n", out);
    print_options(out, ent_shared_options, ent_shared_option_count);
}

static void print_all(FILE *out)
{
    fputs("Entente " ENT_VERSION ": negotiation analysis from a record of statements\n\n"
          "usage: entente COMMAND [INPUT...] [options]\n\n",
          out);
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
        fprintf(out, "  %-12s %s\n", first ? question->name : command->name,
                first ? question->summary : command->summary);
        q += first;
        c += !first;
    }
    fputs("\n`entente COMMAND --help` tells more. Exit codes: 0 done, 1 findings, 2 usage,\n"
          "3 invalid input, 4 stopped by a limit, 130 interrupted. The input `-` is\n"
          "standard input.\n",
          out);
}

void ent_print_help(const char *name, FILE *out)
{
    ent_command command;
    const ent_question_row *question;
    if (name == NULL || !ent_find_command(name, &command, &question)) {
        print_all(out);
    } else {
        print_command(out, &command);
    }
}

static int run_help(const ent_line *line)
{
    ent_command command;
    const ent_question_row *question;
    const char *name = line->input_count > 0 ? line->inputs[0].path : NULL;
    if (name != NULL && !ent_find_command(name, &command, &question)) {
        return ent_complain("there is no command", name, "`entente help` lists the commands");
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

static int run_version(const ent_line *line)
{
    (void)line;
    puts("entente " ENT_VERSION);
    return 0;
}

const ent_command ent_cmd_version = {
    .name = "version",
    .form = "",
    .summary = "the engine's version",
    .help = "",
    .run = run_version,
};
