/* Builds without libzip: a workbook is refused with what to do. */
#include "io/zip.h"

ent_status ent_zip_open(ent_work *work, const ent_text *file, ent_zip **out)
{
    *out = NULL;
    return ent_fail(work->diags, ENT_INVALID, ENT_S132_BAD_WORKBOOK,
                    "save the sheet as .csv (UTF-8), which is read everywhere",
                    "`%s` is a workbook, and this program was built without the library that "
                    "opens them", file->name);
}

ent_status ent_zip_read(ent_zip *zip, const char *name, ent_text *out, bool *found)
{
    (void)zip, (void)name, (void)out;
    *found = false;
    return ENT_OK;
}
