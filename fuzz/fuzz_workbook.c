/*
 * A byte of options and one of the form, then the members of a workbook parted by lines `%%`; an
 * archive is made of them, so that what is changed are members and not checksums. The form `z`
 * takes the bytes themselves for the archive.
 */
#include "table_fuzz.h"

#include "../tests/unit/stored_zip.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const char *const xlsx[] = {"xl/worksheets/sheet1.xml", "xl/workbook.xml",
                                   "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml",
                                   "xl/styles.xml", "xl/worksheets/sheet2.xml", "_rels/.rels",
                                   "xl/worksheets/sheet3.xml"};
static const char *const ods[] = {"content.xml", "META-INF/manifest.xml"};

static ent_status body(void *argument)
{
    fuzz_run *r = argument;
    fuzz_files parts = {.count = 0}, shelf = {.count = 1};
    ent_table_options options = fuzz_table_options(r->bytes[0]);
    char form = (char)r->bytes[1];
    stored_zip z = {.bytes = ent_buffer_init(r->work.arena, 0)};
    fuzz_run rest = {.work = r->work, .bytes = r->bytes + 2, .size = r->size - 2,
                     .extension = "xml"};
    fuzz_split(&rest, &parts);
    for (size_t i = 0; i < parts.count && i < (form == 'o' ? 2u : 8u); i++) {
        stored_add(&z, form == 'o' ? ods[i] : xlsx[i], parts.at[i].at, parts.at[i].length);
    }
    stored_end(&z);
    shelf.at[0] = (ent_text){"s/b.xlsx", z.bytes.at, z.bytes.length};
    if (form == 'z') {
        shelf.at[0] = (ent_text){"s/b.xlsx", ent_copy_text(r->work.arena, (const char *)rest.bytes,
                                                           rest.size), rest.size};
    }
    fuzz_table t = {r->work, &shelf, "s/b.xlsx", 0, &options};
    return fuzz_table_body(&t);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    fuzz_run r = {.bytes = bytes, .size = size};
    r.work = (ent_work){.arena = ent_arena_create(NULL), .diags = ent_diags_create(),
                        .threads = 1};
    if (size > 1) {
        (void)ent_protect(r.work.arena, body, &r);
    }
    ent_arena_destroy(r.work.arena);
    ent_diags_destroy(r.work.diags);
    return 0;
}
