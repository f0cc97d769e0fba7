/* Arbitrary bytes as XMCDA, each part a file of the data; what is read is valued and written. */
#include "scenario_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static ent_status body(void *argument)
{
    fuzz_input *r = argument;
    fuzz_files found = {.count = 0};
    ent_files files = fuzz_files_of(&found);
    ent_scenario *s = NULL;
    ent_scenario_files all = {.name = "s"};
    ent_text *texts = ent_alloc(r->work.arena, FUZZ_FILES, ent_text);
    const char *paths[FUZZ_FILES];
    fuzz_split(r, &found);
    for (size_t k = 1; k < found.count; k++) {
        texts[k - 1] = found.at[k];
        paths[k - 1] = found.at[k].name;
    }
    (void)ent_is_scenario(&r->work, &files, found.at[0].name);
    ent_status status = ent_read_scenario(&r->work, &files, found.at[0].name, paths,
                                          found.count - 1, &s);
    if (status != ENT_OK && ent_diags_count_of(r->work.diags, ENT_ERROR) == 0) {
        abort(); /* a failure that nobody is told of */
    }
    if (status == ENT_OK) {
        fuzz_use(r, s);
        return status;
    }
    ent_diags_clear(r->work.diags); /* whatever its root is called */
    all.domain = found.at[0];
    all.profiles = texts;
    all.count = found.count - 1;
    s = ent_alloc(r->work.arena, 1, ent_scenario);
    status = ent_format_xmcda.read(&r->work, &all, s);
    if (status != ENT_OK && ent_diags_count_of(r->work.diags, ENT_ERROR) == 0) {
        abort();
    }
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    (void)fuzz_once(bytes, size, "xml", body);
    return 0;
}
