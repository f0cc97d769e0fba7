/* Zip archives by libzip. What it allocates is its own and goes when the archive is closed. */
#include "io/zip.h"

#include "base/text.h"
#include "io/node.h"

#include <zip.h>

struct ent_zip {
    ent_work *work;
    const ent_text *file;
    zip_t *archive;
    size_t left; /* bytes that may still be unpacked */
};

static void release(void *object)
{
    ent_zip *z = object;
    if (z->archive != NULL) {
        zip_discard(z->archive);
        z->archive = NULL;
    }
}

static ent_status bad(const ent_zip *z, const char *hint, const char *message)
{
    return ent_fail(z->work->diags, ENT_INVALID, ENT_S132_BAD_WORKBOOK, hint, "`%s` %s",
                    z->file->name, message);
}

ent_status ent_zip_open(ent_work *work, const ent_text *file, ent_zip **out)
{
    ent_zip *z = ent_alloc(work->arena, 1, ent_zip);
    *z = (ent_zip){.work = work, .file = file, .left = (size_t)ENT_NODE_BYTES * 4};
    ent_defer(work->arena, release, z);
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(file->at, file->length, 0, &error);
    if (source != NULL) {
        z->archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    }
    if (z->archive == NULL) {
        zip_source_free(source);
        bool memory = zip_error_code_zip(&error) == ZIP_ER_MEMORY;
        zip_error_fini(&error);
        if (memory) {
            ent_out_of_memory(work->arena);
        }
        return bad(z, "save it again, or as .csv", "is no workbook: the archive cannot be opened");
    }
    zip_error_fini(&error);
    *out = z;
    return ENT_OK;
}

/* Exactly `size` bytes and then the end, which is where libzip compares the checksum. */
static ent_status unpack(const ent_zip *z, const char *name, char *bytes, size_t size)
{
    zip_file_t *file = zip_fopen(z->archive, name, 0);
    char one;
    zip_int64_t count = file == NULL ? -1 : 0;
    size_t at = 0;
    while (count >= 0 && at < size && (count = zip_fread(file, bytes + at, size - at)) > 0) {
        at += (size_t)count;
    }
    bool whole = file != NULL && at == size && zip_fread(file, &one, 1) == 0;
    bool closed = file != NULL && zip_fclose(file) == 0;
    return whole && closed ? ENT_OK
                           : bad(z, "save it again, or as .csv",
                                 ent_format(z->work->arena, "is damaged: `%s` does not unpack to "
                                                            "what the archive says", name));
}

ent_status ent_zip_read(ent_zip *zip, const char *name, ent_text *out, bool *found)
{
    zip_stat_t about;
    zip_stat_init(&about);
    *found = zip_stat(zip->archive, name, 0, &about) == 0;
    if (!*found) {
        return ENT_OK;
    }
    bool known = (about.valid & ZIP_STAT_SIZE) != 0 && (about.valid & ZIP_STAT_COMP_SIZE) != 0;
    if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 &&
        about.encryption_method != ZIP_EM_NONE) {
        return bad(zip, "save it without one", "is protected by a password");
    }
    if (!known || about.size > ENT_NODE_BYTES || about.size > zip->left) {
        return ent_fail(zip->work->diags, ENT_INVALID, ENT_S104_TOO_MUCH, "save the sheet as .csv",
                        "`%s` of `%s` unpacks to more than %d MiB", name, zip->file->name,
                        ENT_NODE_BYTES >> 20);
    }
    zip->left -= (size_t)about.size;
    char *bytes = ent_alloc(zip->work->arena, (size_t)about.size + 1, char);
    *out = (ent_text){ent_format(zip->work->arena, "%s:%s", zip->file->name, name), bytes,
                      (size_t)about.size};
    return unpack(zip, name, bytes, (size_t)about.size);
}
