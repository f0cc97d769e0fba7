#include "io/published.h"

#include "base/number.h"
#include "io/node.h"
#include "io/scenario_format.h"

#include <string.h>

/* A list of numbers of the given width at to; false where it is none. */
static bool take_vector(const ent_node *node, uint32_t width, double *to)
{
    if (node->kind == ENT_SCALAR) {
        return width == 1 && ent_parse_number(node->text, node->length, to);
    }
    bool good = node->kind == ENT_LIST && node->count == width;
    for (size_t k = 0; good && k < width; k++) {
        good = node->items[k]->kind == ENT_SCALAR &&
               ent_parse_number(node->items[k]->text, node->items[k]->length, &to[k]);
    }
    return good;
}

/* A number, or a list of vectors of one width. */
static void take_row(ent_work *work, const ent_entry *entry, ent_published *published)
{
    const ent_node *node = entry->value;
    bool list = node->kind == ENT_LIST && node->count > 0;
    uint32_t width = !list                                 ? 1
                     : node->items[0]->kind == ENT_LIST ? (uint32_t)node->items[0]->count
                                                           : 1;
    size_t count = list ? node->count : 1;
    double *value = ent_alloc(work->arena, count * width + 1, double);
    bool good = node->kind != ENT_MAP && (list || node->kind == ENT_SCALAR) && width > 0;
    for (size_t i = 0; i < count && good; i++) {
        good = take_vector(list ? node->items[i] : node, width, value + i * width);
    }
    if (good) {
        *ent_push(work->arena, &published->rows) =
            (ent_published_row){entry->key->text, value, count, width};
    }
}

ent_status ent_read_published(ent_work *work, const ent_files *files, const char *path,
                              ent_published *published)
{
    static const char *const names[] = {"_stats.yaml", "_stats.yml", "_stats.json", "specs.json"};
    const char *folder = files->is_folder(files->user, path)
                             ? path
                             : ent_path_folder(work->arena, path);
    const char *const *list = NULL;
    size_t count = 0;
    *published = (ent_published){.file = NULL};
    folder = *folder == '\0' ? "." : folder;
    ent_status status = files->list(files->user, work, folder, &list, &count);
    for (size_t i = 0; i < count && status == ENT_OK; i++) {
        for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
            published->file = strcmp(list[i], names[k]) == 0 ? names[k] : published->file;
        }
    }
    if (status != ENT_OK || published->file == NULL) {
        return status != ENT_OK
                   ? status
                   : ent_fail(work->diags, ENT_INVALID, ENT_S108_MISSING_PART,
                              "NegMAS keeps them as `_stats.yaml`, NegoLog as `specs.json`",
                              "`%s` holds no published statistics", folder);
    }
    ent_text text;
    const ent_node *root = NULL;
    const char *at = ent_path_join(work->arena, folder, published->file);
    status = files->read(files->user, work, at, ENT_NODE_BYTES, &text);
    if (status == ENT_OK) {
        bool json = strstr(published->file, ".json") != NULL;
        status = json ? ent_read_json(work, &text, &root) : ent_read_yaml(work, &text, &root);
    }
    for (size_t i = 0; status == ENT_OK && root->kind == ENT_MAP && i < root->count; i++) {
        take_row(work, &root->entries[i], published);
    }
    return status;
}
