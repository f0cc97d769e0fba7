/*
 * A byte of options, then text tables parted by lines `%%`: with --layout weights each is a
 * party's sheet.
 */
#include "table_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static ent_status body(void *argument)
{
    fuzz_run *r = argument;
    fuzz_files shelf = {.count = 0};
    ent_table_options options = fuzz_table_options(r->bytes[0]);
    fuzz_run rest = {.work = r->work, .bytes = r->bytes + 1, .size = r->size - 1,
                     .extension = "csv"};
    fuzz_split(&rest, &shelf);
    fuzz_table t = {r->work, &shelf, shelf.at[0].name, shelf.count - 1, &options};
    return fuzz_table_body(&t);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    fuzz_run r = {.bytes = bytes, .size = size};
    r.work = (ent_work){.arena = ent_arena_create(NULL), .diags = ent_diags_create(),
                        .threads = 1};
    if (size > 0) {
        (void)ent_protect(r.work.arena, body, &r);
    }
    ent_arena_destroy(r.work.arena);
    ent_diags_destroy(r.work.diags);
    return 0;
}
