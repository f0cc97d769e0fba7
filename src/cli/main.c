#include "cli/command.h"

#include "batch/batch.h"

#include <string.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

static const ent_command *const commands[] = {
    &ent_cmd_completions,
    &ent_cmd_help,
    &ent_cmd_man,
    &ent_cmd_serve,
    &ent_cmd_version,
};

const ent_command *ent_command_at(size_t index)
{
    return index < sizeof commands / sizeof *commands ? commands[index] : NULL;
}

bool ent_find_command(const char *name, ent_command *found, const ent_question_row **question)
{
    *question = NULL;
    for (size_t i = 0; ent_command_at(i) != NULL; i++) {
        if (strcmp(ent_command_at(i)->name, name) == 0) {
            *found = *ent_command_at(i);
            return true;
        }
    }
    for (size_t i = 0; ent_question_at(i) != NULL; i++) {
        const ent_question_row *row = ent_question_at(i);
        if (strcmp(row->name, name) == 0) {
            *question = row;
            *found = (ent_command){row->name,    row->form,         row->summary,     row->help,
                                   row->options, row->option_count, ent_run_question, true};
            return true;
        }
    }
    return false;
}

static bool helps(const ent_cli_line *line)
{
    return line->crew != NULL && line->crew->rank > 0;
}

static int run(ent_cli_line *line)
{
    ent_command command;
    const ent_question_row *question;
    bool found = ent_find_command(line->command, &command, &question);
    if (helps(line) && (line->help || question == NULL || !question->shared)) {
        return 0; /* the first process does it alone */
    }
    if (line->help) {
        ent_print_help(strcmp(line->command, "help") == 0 ? NULL : line->command, stdout);
        return 0;
    }
    if (question != NULL && !ent_take_streams(line)) {
        return ent_status_exit(line->said->status);
    }
    return found ? command.run(line) : 2; /* ent_parse_line has said so */
}

/*
 * An analysis takes and gives back large blocks by the hundred. Left to itself the allocator
 * returns each to the system, which then clears its pages anew: a tenth of a short command's time.
 */
static void keep_memory(void)
{
#ifdef __GLIBC__
    (void)mallopt(M_MMAP_THRESHOLD, 1 << 28);
    (void)mallopt(M_TRIM_THRESHOLD, 1 << 28);
    (void)mallopt(M_TOP_PAD, 1 << 22);
#endif
}

int main(int argc, char **argv)
{
    keep_memory();
    ent_cli_line line;
    ent_said said = {.diags = ent_diags_create()};
    if (said.diags == NULL) {
        fprintf(stderr, "error[U106]: out of memory\n");
        return ent_status_exit(ENT_NOMEM);
    }
    const ent_crew *crew = ent_batch_join(&argc, &argv);
    bool fine = ent_parse_line(argc, argv, &said, &line);
    line.crew = crew;
    int code = fine ? run(&line) : ent_status_exit(said.status);
    if (fflush(stdout) != 0 && code == 0) {
        code = ent_complain(&line, ENT_IO, "F104", NULL, "standard output could not be written");
    }
    ent_finish_saying(&line, code);
    ent_finish_line(&line);
    ent_diags_destroy(said.diags);
    ent_batch_leave(crew);
    return crew != NULL && crew->rank > 0 ? 0 : code;
}
