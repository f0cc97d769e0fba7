/* Completions for bash and zsh, and man pages, from the same tables as the help. */
#include "cli/command.h"

#include <ctype.h>
#include <string.h>

typedef void visit(const ent_command *command, void *user);

static void each_command(visit *call, void *user)
{
    ent_command command;
    const ent_question_row *question;
    for (size_t i = 0; ent_question_at(i) != NULL; i++) {
        if (ent_find_command(ent_question_at(i)->name, &command, &question)) {
            call(&command, user);
        }
    }
    for (size_t i = 0; ent_command_at(i) != NULL; i++) {
        call(ent_command_at(i), user);
    }
}

static void print_name(const ent_command *command, void *user)
{
    (void)user;
    printf(" %s", command->name);
}

/* Names of options whose values are names too: `--pair) names=$strategies ;;`. */
static void print_named(const ent_command *command)
{
    const ent_topic_kind *kind;
    const char *before = "\n      case $previous in";
    for (size_t k = 0; (kind = ent_topic_kind_at(k)) != NULL; k++) {
        const ent_option_row *option = ent_names_topics(command, kind);
        if (option != NULL) {
            printf("%s --%s) names=$%s ;;", before, option->name, kind->plural);
            before = "";
        }
    }
    printf(before[0] == '\0' ? " esac ;;\n" : " ;;\n");
}

static void print_case(const ent_command *command, void *user)
{
    (void)user;
    printf("    %s) words=\"", command->name);
    for (size_t i = 0; i < command->option_count; i++) {
        printf("--%s ", command->options[i].name);
    }
    printf("$shared\"");
    print_named(command);
}

/* One variable for each kind: `strategies="..."`. */
static void print_topic_names(void)
{
    const ent_topic_kind *kind;
    ent_topic topic;
    for (size_t k = 0; (kind = ent_topic_kind_at(k)) != NULL; k++) {
        printf("  local %s=\"", kind->plural);
        for (size_t i = 0; ent_topic_at(k, i, &topic); i++) {
            printf("%s%s", i == 0 ? "" : " ", topic.name);
        }
        printf("\"\n");
    }
}

static void print_bash(void)
{
    printf("# bash completion for entente: source this file\n"
           "_entente() {\n"
           "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
           "  local words names= before= shared=\"");
    for (size_t i = 0; i < ent_shared_option_count; i++) {
        printf("%s--%s", i > 0 ? " " : "", ent_shared_options[i].name);
    }
    printf("\"\n");
    print_topic_names();
    printf("  if [ \"$COMP_CWORD\" -eq 1 ]; then\n    words=\"");
    each_command(print_name, NULL);
    printf("\"\n    COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n    return\n  fi\n"
           "  # --pair=name comes in three words\n"
           "  if [ \"$current\" = = ]; then current=; fi\n"
           "  if [ \"$previous\" = = ]; then previous=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
           "  case ${COMP_WORDS[1]} in\n");
    each_command(print_case, NULL);
    printf("  esac\n"
           "  # the last of several names, separated by commas\n"
           "  case $names,$current in ?*,*,*) before=${current%%,*}, ;; esac\n"
           "  if [ -n \"$names\" ]; then\n"
           "    COMPREPLY=($(compgen -P \"$before\" -W \"$names\" -- \"${current##*,}\"))\n"
           "    if [ ${#COMPREPLY[@]} -gt 0 ]; then return; fi\n"
           "  fi\n"
           "  case $current in\n"
           "    -*) COMPREPLY=($(compgen -W \"$words\" -- \"$current\")) ;;\n"
           "    *) COMPREPLY=($(compgen -f -- \"$current\")) ;;\n"
           "  esac\n}\ncomplete -o filenames -F _entente entente\n");
}

static int run_completions(const ent_cli_line *line)
{
    const char *shell = line->input_count > 0 ? line->inputs[0].path : "bash";
    if (strcmp(shell, "bash") != 0 && strcmp(shell, "zsh") != 0) {
        return ent_complain(line, ENT_USAGE, "U103", NULL,
                            "completions are for bash or zsh, not `%s`", shell);
    }
    if (strcmp(shell, "zsh") == 0) {
        puts("autoload -U +X bashcompinit && bashcompinit");
    }
    print_bash();
    return 0;
}

const ent_command ent_cmd_completions = {
    .name = "completions",
    .form = "[bash|zsh]",
    .summary = "completions for your shell",
    .help = "Prints a script; source it, for instance with `source <(entente completions)`.",
    .run = run_completions,
};

/* roff takes a leading dot or quote, backslashes, hyphens and circumflexes as its own. */
static void print_roff(const char *text)
{
    bool fresh = true;
    for (const char *c = text; *c != '\0'; c++) {
        if (fresh && (*c == '.' || *c == '\'')) {
            fputs("\\&", stdout);
        }
        if (*c == '\\') {
            fputs("\\e", stdout);
        } else if (*c == '-') {
            fputs("\\-", stdout);
        } else if (*c == '^') {
            fputs("\\(ha", stdout);
        } else {
            putchar(*c);
        }
        fresh = *c == '\n';
    }
}

static void print_man_options(const ent_option_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        printf(".TP\n.B ");
        print_roff("--");
        print_roff(rows[i].name);
        if (rows[i].value != NULL) {
            printf(" \\fI%s\\fR", rows[i].value);
        }
        putchar('\n');
        print_roff(rows[i].help);
        puts(rows[i].repeats ? "; may be repeated." : ".");
    }
}

static void print_man_command(const ent_command *command, void *user)
{
    (void)user;
    printf(".SS entente ");
    print_roff(command->name);
    printf(" %s\n", command->form);
    print_roff(command->summary);
    puts(".");
    if (command->help[0] != '\0') {
        puts(".PP");
        print_roff(command->help);
        putchar('\n');
    }
    print_man_options(command->options, command->option_count);
}

static void print_man_topic(const ent_topic *topic)
{
    printf(".TP\n.B ");
    print_roff(topic->name);
    putchar('\n');
    print_roff(topic->summary);
    printf(".\n");
    print_roff(topic->detail);
    putchar('\n');
    for (size_t k = 0; k < topic->parameter_count; k++) {
        char text[400];
        (void)ent_topic_parameter_text(&topic->parameters[k], text, sizeof text);
        printf(".br\n");
        print_roff(text);
        putchar('\n');
    }
    printf(".br\nSource: ");
    print_roff(topic->source);
    puts(".");
}

/* A section for each kind: STRATEGIES. */
static void print_man_topics(void)
{
    const ent_topic_kind *kind;
    ent_topic topic;
    for (size_t k = 0; (kind = ent_topic_kind_at(k)) != NULL; k++) {
        printf(".SH ");
        for (const char *c = kind->plural; *c != '\0'; c++) {
            putchar(toupper((unsigned char)*c));
        }
        printf("\nParameters with the usual value and the range.\n");
        for (size_t i = 0; ent_topic_at(k, i, &topic); i++) {
            print_man_topic(&topic);
        }
    }
}

static int run_man(const ent_cli_line *line)
{
    (void)line;
    puts(".TH ENTENTE 1 \"\" \"entente " ENT_VERSION "\" \"Entente manual\"\n.SH NAME\n"
         "entente \\- negotiation analysis from a record of statements\n.SH SYNOPSIS\n"
         ".B entente\n.I COMMAND\n.RI [ INPUT ...]\n.RI [ options ]\n.SH DESCRIPTION\n"
         "Entente reads a case, a text file that holds what was said in a negotiation, by whom\n"
         "and on what source, and answers questions about it. Statements become constraints on\n"
         "what the parties may prefer; every answer is computed in all preference worlds that an\n"
         "account allows, and names the statements that it rests on.\n.SH COMMANDS");
    each_command(print_man_command, NULL);
    puts(".SH SHARED OPTIONS");
    print_man_options(ent_shared_options, ent_shared_option_count);
    print_man_topics();
    puts(".SH INPUT AND OUTPUT\nThe input\n.B \\-\n"
         "is standard input, which can be one input only. Results go\n"
         "to standard output or to the file after\n.BR \\-o ,\n"
         "which is written whole or not at all;\n"
         "messages and progress go to standard error. An option that takes one value may be given\n"
         "once; what follows\n.B \\-\\-\nis an input.");
    puts(".SH EXIT STATUS\n0 done; 1 findings; 2 usage; 3 the input cannot be read or is invalid;\n"
         "4 stopped by a limit (what was found is printed and marked); 130 interrupted.\n"
         ".SH ENVIRONMENT\n.B COLUMNS\nsets the width of text,\n.B NO_COLOR\nand\n"
         ".B TERM=dumb\nturn colour off. Text is UTF\\-8 in every locale.\n"
         ".SH FILES\nThe case format is described in docs/FORMAT.md, JSON output in docs/JSON.md.");
    return 0;
}

const ent_command ent_cmd_man = {
    .name = "man",
    .form = "",
    .summary = "the manual page, in roff",
    .help = "Prints entente.1; `make install` puts it where man finds it.",
    .run = run_man,
};
