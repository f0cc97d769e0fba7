/* entente serve: the page, live, on the user's own machine. */
#include "cli/command.h"
#include "web/http.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const ent_option_row options[] = {
    {"edit", NULL, ENT_OPTION_FLAG, false, "let the page write the case file"},
    {"lazy", NULL, ENT_OPTION_FLAG, false, "compute nothing before it is asked for"},
    {"redact", NULL, ENT_OPTION_FLAG, false,
     "as if what the case marks `private` were not in it; the page only reads"},
    {"redact-words", NULL, ENT_OPTION_FLAG, false,
     "without its words and names, with what follows from it; the page only reads"},
    {"port", "N", ENT_OPTION_COUNT, false, "listen there; by default on a free port"},
};

static const char *option(const ent_cli_line *line, const char *name, bool *given)
{
    *given = false;
    const char *value = NULL;
    for (size_t i = 0; i < line->option_count; i++) {
        if (strcmp(line->options[i].name, name) == 0) {
            *given = true;
            value = line->options[i].value;
        }
    }
    return value;
}

/* 32 bytes of the system's randomness in hexadecimal. */
static bool make_token(char token[WEB_TOKEN_ROOM])
{
    unsigned char bytes[32];
    FILE *random = fopen("/dev/urandom", "rb");
    bool read = random != NULL && fread(bytes, 1, sizeof bytes, random) == sizeof bytes;
    if (random != NULL) {
        fclose(random);
    }
    for (size_t i = 0; i < sizeof bytes; i++) {
        snprintf(token + 2 * i, 3, "%02x", bytes[i]);
    }
    return read;
}

static void leave(int number)
{
    (void)number;
    _exit(0);
}

static int serve_until_stopped(const ent_cli_line *line, web_app *app, unsigned port,
                               const char *token)
{
    unsigned bound;
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGINT);
    sigaddset(&stop, SIGTERM);
    sigaddset(&stop, SIGHUP);
    sigprocmask(SIG_BLOCK, &stop, NULL); /* before threads start, so that only sigwait sees them */
    web_server *server = web_server_start(app, port, &bound);
    if (server == NULL) {
        return ent_complain(line, ENT_USAGE, "F105",
                            "choose another with --port, or leave it out for a free one",
                            "port %u cannot be listened on; it may be in use", port);
    }
    printf("http://127.0.0.1:%u/#token=%s\n", bound, token);
    fflush(stdout);
    if (!line->quiet) {
        fprintf(stderr, "serving %s on this machine only; stop with Ctrl-C\n",
                line->inputs[0].path);
    }
    int received = 0;
    sigwait(&stop, &received);
    sigprocmask(SIG_UNBLOCK, &stop, NULL); /* a second signal ends the program at once */
    /* Whatever still computes: nothing of it is kept; a file that is written is whole or old. */
    struct sigaction late = {.sa_handler = leave};
    sigaction(SIGALRM, &late, NULL);
    (void)alarm(1);
    web_server_stop(server);
    return 0;
}

/* How the case is shown, NULL: as it is; false where the options say different things. */
static bool redaction_of(const ent_cli_line *line, bool edit, const char **how)
{
    bool all, words;
    option(line, "redact", &all);
    option(line, "redact-words", &words);
    *how = all ? "redact" : words ? "redact-words" : NULL;
    if (all && words) {
        (void)ent_complain(line, ENT_USAGE, "U108", "leave one of them out",
                           "`--redact` and `--redact-words` say different things");
        return false;
    }
    if (edit && *how != NULL) {
        (void)ent_complain(line, ENT_USAGE, "U108",
                           "leave `--edit` out, or write the redacted case with `entente convert` "
                           "and edit that",
                           "`--edit` writes the whole case, and `--%s` shows a part of it", *how);
        return false;
    }
    return true;
}

static int run_serve(const ent_cli_line *line)
{
    bool edit, lazy, ported;
    char token[WEB_TOKEN_ROOM];
    option(line, "edit", &edit);
    option(line, "lazy", &lazy);
    const char *port_text = option(line, "port", &ported);
    char *end = NULL;
    unsigned long port = ported ? strtoul(port_text, &end, 10) : 0;
    if (ported && (*end != '\0' || end == port_text || port < 1 || port > 65535)) {
        return ent_complain(line, ENT_USAGE, "U103", NULL,
                            "--port takes a number from 1 to 65535, not `%s`", port_text);
    }
    /* A full disk, a reader that left: errors to be told, not to die of. */
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGXFSZ, &ignore, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
    if (line->input_count != 1) {
        return ent_complain(line, ENT_USAGE, "U104", NULL, "`entente serve` needs one CASE");
    }
    const char *redact;
    if (!redaction_of(line, edit, &redact)) {
        return ent_status_exit(ENT_USAGE);
    }
    if (!make_token(token)) {
        return ent_complain(line, ENT_NOMEM, "U106", NULL, "the system gives no random numbers");
    }
    web_options web = {.path = line->inputs[0].path, .token = token, .edit = edit, .lazy = lazy,
                       .redact = redact, .threads = line->threads};
    web_app *app = web_app_create(&web, line->said->diags);
    ent_print_said(line);
    int code = app == NULL ? 3 : serve_until_stopped(line, app, (unsigned)port, token);
    web_app_destroy(app);
    return code;
}

const ent_command ent_cmd_serve = {
    .name = "serve",
    .form = "CASE",
    .summary = "the page, live, on this machine",
    .help = "Prints an address to open in a browser. The page shows the analysis, recomputes it "
            "when statements are switched, and follows the file as it changes. Nothing but this "
            "machine can reach it. With --edit the page can write the case file. "
            "With --redact it is the page for those who may not see what is private.",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .run = run_serve,
};
