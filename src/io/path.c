/* Paths as texts: no disk is asked. */
#include "io/files.h"

#include <string.h>

char *ent_path_join(ent_arena *arena, const char *folder, const char *name)
{
    if (name[0] == '/' || folder == NULL || folder[0] == '\0') {
        return ent_copy(arena, name);
    }
    bool ends = folder[strlen(folder) - 1] == '/';
    return ent_format(arena, "%s%s%s", folder, ends ? "" : "/", name);
}

char *ent_path_folder(ent_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return ent_copy(arena, "");
    }
    return ent_copy_text(arena, path, slash == path ? 1 : (size_t)(slash - path));
}
