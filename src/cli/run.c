/* Asking a question from the command line: engine, progress, messages, output. */
#include "cli/command.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t interrupted;

static void on_interrupt(int number)
{
    (void)number;
    interrupted = 1;
}

bool ent_wants_color(const ent_line *line, FILE *stream)
{
    const char *no_color = getenv("NO_COLOR");
    const char *term = getenv("TERM");
    if (line->color != ENT_WHEN_AUTO) {
        return line->color == ENT_WHEN_ALWAYS;
    }
    if (line->crew != NULL) {
        return false; /* the launcher's pipe may pass for a terminal */
    }
    if ((no_color != NULL && no_color[0] != '\0') || (term != NULL && strcmp(term, "dumb") == 0)) {
        return false;
    }
    return isatty(fileno(stream)) == 1;
}

unsigned ent_columns(void)
{
    const char *text = getenv("COLUMNS");
    long columns = text == NULL ? 0 : strtol(text, NULL, 10);
    return columns <= 0 ? 80 : columns < 1000 ? (unsigned)columns : 1000;
}

/* Progress is shown after a second, at most ten times a second, and erased at the end. */
typedef struct progress {
    bool shows, shown;
    double started, last;
} progress;

static progress bar;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void put_count(char *text, size_t room, uint64_t count)
{
    char digits[32];
    int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)count);
    size_t out = 0;
    for (int i = 0; i < length && out + 2 < room; i++) {
        if (i > 0 && (length - i) % 3 == 0) {
            text[out++] = ',';
        }
        text[out++] = digits[i];
    }
    text[out] = '\0';
}

static bool tick(void *user, const char *what, uint64_t done, uint64_t total)
{
    (void)user;
    double time = bar.shows ? now() : 0;
    if (bar.shows && time - bar.started > 1 && time - bar.last > 0.1) {
        char done_text[48];
        char total_text[48];
        put_count(done_text, sizeof done_text, done);
        put_count(total_text, sizeof total_text, total);
        if (total > 0) {
            fprintf(stderr, "\r\033[K%s of %s %s", done_text, total_text, what);
        } else {
            fprintf(stderr, "\r\033[K%s %s", done_text, what);
        }
        fflush(stderr);
        bar.last = time;
        bar.shown = true;
    }
    return interrupted != 0;
}

static void erase_progress(void)
{
    if (bar.shown) {
        fprintf(stderr, "\r\033[K");
        fflush(stderr);
        bar.shown = false;
    }
}

ent_engine *ent_line_engine(const ent_line *line)
{
    struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = (int)SA_RESETHAND};
    sigaction(SIGINT, &action, NULL);
    bool shows = !line->quiet && line->crew == NULL && isatty(STDERR_FILENO) == 1;
    bar = (progress){.shows = shows, .started = now()};
    ent_engine_options options = {.threads = line->threads, .tick = tick,
                                  .crew = line->crew};
    return ent_engine_create(&options);
}

void ent_print_diags(const ent_line *line, const ent_diags *diags)
{
    bool color = ent_wants_color(line, stderr);
    for (size_t i = 0; i < ent_diags_count(diags); i++) {
        const ent_diag *d = ent_diags_get(diags, i);
        if (line->quiet && d->severity != ENT_ERROR) {
            continue;
        }
        size_t room = ent_diag_text(d, color, NULL, 0) + 1;
        char *text = malloc(room);
        if (text != NULL) {
            ent_diag_text(d, color, text, room);
            fputs(text, stderr);
        }
        free(text);
    }
}

int ent_deliver(const ent_line *line, const char *text, size_t length, ent_status status)
{
    if (line->output != NULL && strcmp(line->output, "-") != 0) {
        ent_engine *engine = ent_line_engine(line);
        ent_diags *diags = ent_diags_create();
        ent_status written = engine == NULL || diags == NULL
                                 ? ENT_NOMEM
                                 : ent_write_file(engine, line->output, text, length, diags);
        if (diags != NULL) {
            ent_print_diags(line, diags);
        }
        ent_diags_destroy(diags);
        ent_engine_destroy(engine);
        return ent_status_exit(written != ENT_OK ? written : status);
    }
    bool whole = fwrite(text, 1, length, stdout) == length && fflush(stdout) == 0;
    if (!whole) {
        fprintf(stderr, "error[F104]: standard output could not be written\n");
    }
    return whole ? ent_status_exit(status) : ent_status_exit(ENT_IO);
}

ent_status ent_ask_line(const ent_line *line, ent_reply **reply)
{
    *reply = NULL;
    ent_engine *engine = ent_line_engine(line);
    ent_diags *diags = ent_diags_create();
    ent_status status = ENT_NOMEM;
    if (engine != NULL && diags != NULL) {
        ent_request request = {.question = line->command,
                               .inputs = line->inputs,
                               .input_count = line->input_count,
                               .options = line->options,
                               .option_count = line->option_count,
                               .format = line->format,
                               .width = ent_columns(),
                               .color = line->output == NULL && ent_wants_color(line, stdout)};
        status = ent_ask(engine, &request, diags, reply);
        erase_progress();
        ent_print_diags(line, diags);
    }
    ent_diags_destroy(diags);
    ent_engine_destroy(engine);
    return status;
}

int ent_run_question(const ent_line *line)
{
    if (!ent_can_deliver(line)) {
        return ent_status_exit(ENT_IO);
    }
    ent_reply *reply;
    ent_status status = ent_ask_line(line, &reply);
    int code = ent_status_exit(status);
    bool helps = line->crew != NULL && line->crew->rank > 0;
    if (reply != NULL && !helps) {
        size_t length;
        const char *text = ent_reply_text(reply, &length);
        code = ent_deliver(line, text, length, status);
    }
    ent_reply_destroy(reply);
    return code;
}
