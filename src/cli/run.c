/* Asking a question from the command line: engine, progress, messages, output. */
#include "cli/document.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t interrupted;

static void on_interrupt(int number)
{
    (void)number;
    interrupted = 1;
}

bool ent_wants_color(const ent_cli_line *line, FILE *stream)
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
    struct winsize size;
    if (columns <= 0 && isatty(STDOUT_FILENO) == 1 &&
        ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) {
        columns = size.ws_col;
    }
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

/* A signal handler sets it; any thread reads it. */
static bool stopped(void *user)
{
    (void)user;
    return interrupted != 0;
}

bool ent_interrupted(void *user)
{
    return stopped(user);
}

static void erase_progress(void)
{
    if (bar.shown) {
        fprintf(stderr, "\r\033[K");
        fflush(stderr);
        bar.shown = false;
    }
}

ent_engine *ent_line_engine(const ent_cli_line *line)
{
    struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = (int)SA_RESETHAND};
    sigaction(SIGINT, &action, NULL);
    bool shows = !line->quiet && line->crew == NULL && isatty(STDERR_FILENO) == 1;
    bar = (progress){.shows = shows, .started = now()};
    ent_engine_options options = {.threads = line->threads, .tick = tick,
                                  .stopped = stopped, .crew = line->crew};
    return ent_engine_create(&options);
}

void ent_print_said(const ent_cli_line *line)
{
    ent_said *said = line->said;
    bool color = ent_wants_color(line, stderr);
    for (; said->printed < ent_diags_count(said->diags); said->printed++) {
        const ent_diag *d = ent_diags_get(said->diags, said->printed);
        if (line->quiet && d->severity != ENT_ERROR) {
            continue;
        }
        size_t room = ent_diag_text(d, color, NULL, 0) + 1;
        char *text = malloc(room);
        if (text != NULL) {
            ent_diag_text(d, color, text, room);
            fputs(text, stderr);
        } else {
            fprintf(stderr, "%s: %s\n", d->code, d->message);
        }
        free(text);
    }
}

static bool helps(const ent_cli_line *line)
{
    return line->crew != NULL && line->crew->rank > 0;
}

/* The messages as a document on standard output: where -o points stays what it was. */
static void print_error_document(const ent_cli_line *line, ent_status status)
{
    ent_engine *engine = ent_line_engine(line);
    ent_reply *reply = NULL;
    if (engine != NULL &&
        ent_error_document(engine, status, line->said->diags, &reply) == ENT_OK) {
        fputs(ent_reply_text(reply, NULL), stdout);
    }
    ent_reply_destroy(reply);
    ent_engine_destroy(engine);
}

void ent_finish_saying(const ent_cli_line *line, int code)
{
    ent_print_said(line);
    if (line->format == ENT_JSON && code != 0 && !line->said->answered && !helps(line)) {
        print_error_document(line, line->said->status);
        (void)fflush(stdout);
    }
}

static int write_output(const ent_cli_line *line, const char *text, size_t length,
                        ent_status status)
{
    ent_engine *engine = ent_line_engine(line);
    ent_status written = ENT_NOMEM;
    if (engine != NULL) {
        written = ent_write_file(engine, line->output, text, length, line->said->diags);
    }
    ent_engine_destroy(engine);
    line->said->answered = written == ENT_OK;
    line->said->status = written == ENT_OK ? status : written;
    return ent_status_exit(line->said->status);
}

int ent_deliver(const ent_cli_line *line, const char *text, size_t length, ent_status status)
{
    if (line->output != NULL && strcmp(line->output, "-") != 0) {
        return write_output(line, text, length, status);
    }
    line->said->answered = true;
    if (fwrite(text, 1, length, stdout) == length && fflush(stdout) == 0) {
        return ent_status_exit(status);
    }
    return ent_complain(line, ENT_IO, "F104", NULL, "standard output could not be written");
}

/*
 * OpenMP's library ends the program by exit(1), which means "findings", where a thread cannot be
 * had after all. The line that is being answered; NULL: an orderly end.
 */
static const ent_cli_line *asking;

static void ended_inside(void)
{
    if (asking != NULL) {
        const ent_cli_line *line = asking;
        asking = NULL;
        int code = ent_complain(line, ENT_NOMEM, "U106", "ask for fewer with --threads",
                                "a thread could not be started");
        ent_finish_saying(line, code);
        (void)fflush(stdout);
        _exit(code);
    }
}

static ent_status ask(const ent_cli_line *line, ent_engine *engine, ent_reply **reply)
{
    bool written = line->output != NULL && strcmp(line->output, "-") != 0;
    ent_request request = {.question = line->command,
                           .inputs = line->inputs,
                           .input_count = line->input_count,
                           .options = line->options,
                           .option_count = line->option_count,
                           .format = line->format,
                           .width = ent_columns(),
                           .color = line->output == NULL && ent_wants_color(line, stdout),
                           .output = written ? line->output : NULL};
    static bool watched;
    if (!watched) {
        watched = atexit(ended_inside) == 0;
    }
    asking = line;
    ent_status status = ent_ask(engine, &request, line->said->diags, reply);
    asking = NULL;
    erase_progress();
    ent_print_said(line);
    return status;
}

int ent_run_question(const ent_cli_line *line)
{
    const ent_document_kind *document = ent_asked_document(line);
    int obstacle = ent_can_deliver(line);
    if (obstacle == 0 && document != NULL) {
        obstacle = ent_can_make_document(line, document);
    }
    if (obstacle != 0) {
        return obstacle;
    }
    ent_engine *engine = ent_line_engine(line);
    if (engine == NULL) {
        return ent_complain(line, ENT_NOMEM, "U106", NULL, "out of memory");
    }
    ent_reply *reply = NULL;
    ent_status status = ask(line, engine, &reply);
    ent_engine_destroy(engine);
    line->said->status = status;
    int code = ent_status_exit(status);
    if (reply != NULL && !helps(line)) {
        size_t length;
        const char *text = ent_reply_text(reply, &length);
        code = document != NULL ? ent_make_document(line, document, text, length, status)
                                : ent_deliver(line, text, length, status);
    }
    ent_reply_destroy(reply);
    return code;
}
