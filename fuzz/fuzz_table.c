/*
 * A byte of options, then text tables parted by lines `%%`: with --layout weights each is a
 * party's sheet.
 */
#include "table_fuzz.h"

static ent_status body(void *argument)
{
    fuzz_input *r = argument;
    fuzz_files shelf = {.count = 0};
    ent_table_options options = fuzz_table_options((uint8_t)r->at[0]);
    fuzz_input rest = {.work = r->work, .at = r->at + 1, .length = r->length - 1,
                     .extension = "csv"};
    fuzz_split(&rest, &shelf);
    fuzz_table t = {r->work, &shelf, shelf.at[0].name, shelf.count - 1, &options};
    return fuzz_table_body(&t);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size > 0) {
        (void)fuzz_once(bytes, size, NULL, body);
    }
    return 0;
}
