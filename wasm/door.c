/*
 * The one door of the engine in WebAssembly: a question goes in as a block (block.h), an answer
 * comes out as one.
 *
 * A request: question, format, width, then a count and that many paths of inputs, a count and as
 * many pairs of an option's name and value (absent for a flag), a count and as many pairs of a
 * file's path and bytes. A reply: exit code, status in words, the document (absent: none), a
 * count of messages and of each its severity, code, file, line, column, length, message, hint,
 * source, and text for people.
 */
#include "block.h"
#include "files.h"

#include "entente.h"

#include <emscripten.h>
#include <stdlib.h>
#include <string.h>

char *door_make(size_t length);
void door_free(char *block);
char *door_ask(const char *block, size_t length, size_t *reply_length);
char *door_questions(size_t *reply_length);

/* Nearly all that keeping worlds can save is saved by the last few sets of them. */
enum { KEPT_BYTES = 32 << 20, MOST_LIST = 4096 };

/* The page's side of the progress: wasm/door.library.js. True asks to stop. */
extern int door_tick(const char *what, double done, double total);

static bool tick(void *user, const char *what, uint64_t done, uint64_t total)
{
    (void)user;
    return door_tick(what, (double)done, (double)total) != 0;
}

typedef struct asked {
    ent_request request;
    ent_input *inputs;
    ent_option *options;
    wasm_file *files;
    size_t file_count;
} asked;

static bool read_lists(wasm_reader *r, asked *a)
{
    size_t length;
    a->request.input_count = wasm_read_count(r);
    a->inputs = calloc(a->request.input_count % MOST_LIST + 1, sizeof *a->inputs);
    for (size_t i = 0; a->inputs != NULL && i < a->request.input_count % MOST_LIST; i++) {
        a->inputs[i].path = wasm_read(r, &length);
    }
    a->request.option_count = wasm_read_count(r);
    a->options = calloc(a->request.option_count % MOST_LIST + 1, sizeof *a->options);
    for (size_t i = 0; a->options != NULL && i < a->request.option_count % MOST_LIST; i++) {
        a->options[i].name = wasm_read(r, &length);
        a->options[i].value = wasm_read(r, &length);
    }
    a->file_count = wasm_read_count(r);
    a->files = calloc(a->file_count % MOST_LIST + 1, sizeof *a->files);
    for (size_t i = 0; a->files != NULL && i < a->file_count % MOST_LIST; i++) {
        a->files[i].path = wasm_read(r, &length);
        a->files[i].bytes = wasm_read(r, &a->files[i].length);
    }
    a->request.inputs = a->inputs;
    a->request.options = a->options;
    return a->inputs != NULL && a->options != NULL && a->files != NULL;
}

/* Every name and path is there, and no list is longer than a page would make it. */
static bool is_whole(const asked *a)
{
    bool whole = a->request.question != NULL && a->request.input_count < MOST_LIST &&
                 a->request.option_count < MOST_LIST && a->file_count < MOST_LIST;
    for (size_t i = 0; whole && i < a->request.input_count; i++) {
        whole = a->inputs[i].path != NULL;
    }
    for (size_t i = 0; whole && i < a->request.option_count; i++) {
        whole = a->options[i].name != NULL;
    }
    for (size_t i = 0; whole && i < a->file_count; i++) {
        whole = a->files[i].path != NULL && a->files[i].bytes != NULL;
    }
    return whole;
}

static bool read_asked(const char *block, size_t length, asked *a)
{
    wasm_reader r = {block, length};
    size_t ignored;
    *a = (asked){0};
    a->request.question = wasm_read(&r, &ignored);
    const char *format = wasm_read(&r, &ignored);
    a->request.width = (unsigned)wasm_read_count(&r);
    a->request.format = format == NULL                ? ENT_TEXT
                        : strcmp(format, "json") == 0  ? ENT_JSON
                        : strcmp(format, "plain") == 0 ? ENT_PLAIN
                        : strcmp(format, "svg") == 0   ? ENT_SVG
                                                       : ENT_TEXT;
    return read_lists(&r, a) && is_whole(a);
}

static void write_diag(wasm_writer *w, const ent_diag *d)
{
    static const char *const severities[] = {"note", "warning", "error"};
    wasm_write_text(w, severities[d->severity]);
    wasm_write_text(w, d->code);
    wasm_write_text(w, d->file);
    wasm_write_count(w, d->line);
    wasm_write_count(w, d->column);
    wasm_write_count(w, d->length);
    wasm_write_text(w, d->message);
    wasm_write_text(w, d->hint);
    wasm_write_text(w, d->source);
    size_t room = ent_diag_text(d, false, NULL, 0) + 1;
    char *text = malloc(room);
    w->failed = w->failed || text == NULL;
    if (text != NULL) {
        (void)ent_diag_text(d, false, text, room);
        wasm_write_text(w, text);
    }
    free(text);
}

static void write_reply(wasm_writer *w, ent_status status, const ent_reply *reply,
                        const ent_diags *diags)
{
    size_t length = 0;
    const char *text = reply == NULL ? NULL : ent_reply_text(reply, &length);
    wasm_write_count(w, (size_t)ent_status_exit(status));
    wasm_write_text(w, ent_status_text(status));
    wasm_write(w, text, length);
    size_t count = diags == NULL ? 0 : ent_diags_count(diags);
    wasm_write_count(w, count);
    for (size_t i = 0; i < count; i++) {
        write_diag(w, ent_diags_get(diags, i));
    }
}

/* The block, the receiver's to free; NULL where memory was out. */
static char *finish(wasm_writer *w, size_t *length)
{
    if (w->failed) {
        free(w->at);
        *w = (wasm_writer){.failed = true};
    }
    *length = w->length;
    return w->at;
}

/* Room for a request; NULL when memory is out. */
EMSCRIPTEN_KEEPALIVE char *door_make(size_t length)
{
    return malloc(length);
}

EMSCRIPTEN_KEEPALIVE void door_free(char *block)
{
    free(block);
}

/*
 * Answer the request. The reply is the caller's to free, *length its length; NULL when memory is
 * out. Worlds that were drawn are kept from one question to the next, as long as this engine
 * lives.
 */
EMSCRIPTEN_KEEPALIVE char *door_ask(const char *block, size_t length, size_t *reply_length)
{
    static ent_draws *draws;
    static ent_engine *engine;
    if (engine == NULL) {
        draws = ent_draws_create(KEPT_BYTES);
        engine = ent_engine_create(
            &(ent_engine_options){.threads = 1, .tick = tick, .draws = draws});
    }
    asked a;
    ent_diags *diags = ent_diags_create();
    ent_reply *reply = NULL;
    ent_status status = ENT_USAGE;
    if (!read_asked(block, length, &a)) {
        status = ENT_USAGE;
    } else if (engine == NULL || diags == NULL) {
        status = ENT_NOMEM;
    } else {
        wasm_set_files(a.files, a.file_count);
        status = ent_ask(engine, &a.request, diags, &reply);
        wasm_set_files(NULL, 0);
    }
    wasm_writer w = {0};
    write_reply(&w, status, reply, diags);
    ent_reply_destroy(reply);
    ent_diags_destroy(diags);
    free(a.inputs);
    free(a.options);
    free(a.files);
    return finish(&w, reply_length);
}

/*
 * The table of questions, in the same form: of each its name, form of inputs, least and most of
 * them, one line of help, whether it prints plain text and pictures, a count of options and of
 * each its name, value (absent: a flag), kind, whether it may be repeated, and help.
 */
EMSCRIPTEN_KEEPALIVE char *door_questions(size_t *reply_length)
{
    static const char *const kinds[] = {"flag", "count", "number", "text"};
    wasm_writer w = {0};
    const ent_question_row *row;
    for (size_t i = 0; (row = ent_question_at(i)) != NULL; i++) {
        wasm_write_text(&w, row->name);
        wasm_write_text(&w, row->form);
        wasm_write_count(&w, row->least);
        wasm_write_count(&w, row->most);
        wasm_write_text(&w, row->summary);
        wasm_write_count(&w, row->has_plain);
        wasm_write_count(&w, row->has_svg);
        wasm_write_count(&w, row->option_count);
        for (size_t j = 0; j < row->option_count; j++) {
            const ent_option_row *option = &row->options[j];
            wasm_write_text(&w, option->name);
            wasm_write_text(&w, option->value);
            wasm_write_text(&w, kinds[option->kind]);
            wasm_write_count(&w, option->repeats);
            wasm_write_text(&w, option->help);
        }
    }
    return finish(&w, reply_length);
}
