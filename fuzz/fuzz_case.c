/* The case decoder, its diagnostics as text, and the writer: what was written reads back. */
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

static ent_status one(void *argument)
{
    fuzz_input *input = argument;
    const ent_files files = {.read = no_file};
    ent_text text = {"fuzz.yaml", input->at, input->length};
    ent_case *c = NULL;
    ent_status status = ent_read_case(&input->work, &files, &text, "", &c);
    for (size_t i = 0; i < ent_diags_count(input->work.diags); i++) {
        ent_buffer shown = ent_buffer_init(input->work.arena, 0);
        ent_put_diag(&shown, ent_diags_get(input->work.diags, i));
    }
    if ((status == ENT_OK) != (c != NULL)) {
        __builtin_trap();
    }
    return ENT_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    return fuzz_run(bytes, length, one);
}
