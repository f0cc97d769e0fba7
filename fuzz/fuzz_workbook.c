/*
 * A byte of options and one of the form, then the members of a workbook parted by lines `%%`; an
 * archive is made of them, so that what is changed are members and not checksums. The form `z`
 * takes the bytes themselves for the archive.
 */
#include "table_fuzz.h"

#include "../tests/unit/stored_zip.h"

static const char *const xlsx[] = {"xl/worksheets/sheet1.xml", "xl/workbook.xml",
                                   "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml",
                                   "xl/styles.xml", "xl/worksheets/sheet2.xml", "_rels/.rels",
                                   "xl/worksheets/sheet3.xml"};
static const char *const ods[] = {"content.xml", "META-INF/manifest.xml"};

static ent_status body(void *argument)
{
    fuzz_input *r = argument;
    fuzz_files parts = {.count = 0}, shelf = {.count = 1};
    ent_table_options options = fuzz_table_options((uint8_t)r->at[0]);
    char form = r->at[1];
    stored_zip z = {.bytes = ent_buffer_init(r->work.arena, 0)};
    fuzz_input rest = {.work = r->work, .at = r->at + 2, .length = r->length - 2,
                     .extension = "xml"};
    fuzz_split(&rest, &parts);
    for (size_t i = 0; i < parts.count && i < (form == 'o' ? 2u : 8u); i++) {
        stored_add(&z, form == 'o' ? ods[i] : xlsx[i], parts.at[i].at, parts.at[i].length);
    }
    stored_end(&z);
    shelf.at[0] = (ent_text){"s/b.xlsx", z.bytes.at, z.bytes.length};
    if (form == 'z') {
        shelf.at[0] = (ent_text){"s/b.xlsx", ent_copy_text(r->work.arena, rest.at,
                                                           rest.length), rest.length};
    }
    fuzz_table t = {r->work, &shelf, "s/b.xlsx", 0, &options};
    return fuzz_table_body(&t);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size > 1) {
        (void)fuzz_once(bytes, size, NULL, body);
    }
    return 0;
}
