/* The case decoder, its diagnostics as text, and the writer: what was written reads back. */
#include "libfyaml.h"
#include "base/diag_text.h"
#include "io/case.h"
#include "tree_check.h"

static ent_status no_file(void *user, ent_work *work, const char *path, size_t limit,
                          ent_text *text)
{
    (void)user, (void)path, (void)limit;
    *text = (ent_text){"source", "We would pay half of it, if it is boards.", 41};
    return work->arena == NULL ? ENT_IO : ENT_OK;
}

/* What was written reads back, and is then written the same. */
static void write_and_read(ent_work *work, const ent_case *c)
{
    ent_buffer first = ent_buffer_init(work->arena, 0);
    ent_buffer second = ent_buffer_init(work->arena, 0);
    ent_case *again = NULL;
    ent_put_case(&first, c);
    ent_text text = {"written.yaml", first.at, first.length};
    if (ent_read_case(work, NULL, &text, "", &again) != ENT_OK) {
        __builtin_trap();
    }
    ent_put_case(&second, again);
    if (strcmp(ent_buffer_text(&first), ent_buffer_text(&second)) != 0) {
        __builtin_trap();
    }
}

/* What is left of a valid case is valid, and redacting it once more leaves it as it is. */
static void redact(ent_work *work, const ent_text *text)
{
    for (int how = ENT_REDACT_ALL; how <= ENT_REDACT_WORDS; how++) {
        ent_case *once = NULL;
        ent_case *twice = NULL;
        work->redact = (ent_redaction)how;
        if (ent_read_case(work, NULL, text, "", &once) != ENT_OK ||
            ent_read_case(work, NULL, &once->text, "", &twice) != ENT_OK ||
            strcmp(once->hash, twice->hash) != 0) {
            __builtin_trap();
        }
    }
    work->redact = ENT_REDACT_NOTHING;
}

static ent_status one(void *argument)
{
    fuzz_input *input = argument;
    const ent_files files = {.read = no_file};
    ent_text text = {"fuzz.yaml", input->at, input->length};
    ent_case *c = NULL;
    ent_status status = ent_read_case(&input->work, &files, &text, "", &c);
    for (size_t i = 0; i < ent_diags_count(input->work.diags); i++) {
        ent_buffer shown = ent_buffer_init(input->work.arena, 0);
        ent_put_diag(&shown, ent_diags_get(input->work.diags, i), false);
    }
    if ((status == ENT_OK) != (c != NULL)) {
        __builtin_trap();
    }
    if (c != NULL) {
        write_and_read(&input->work, c);
        redact(&input->work, &text);
    }
    return ENT_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    return fuzz_run(bytes, length, one);
}
