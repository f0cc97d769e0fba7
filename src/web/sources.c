/*
 * The routes about the texts of sources, which the workbench shows and adds: files in the folder of
 * the case or below it, as `file` of a source names them. With --edit alone; nothing is followed
 * out of that folder, and no file is replaced whose content the client does not know.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include "web/parts.h"

#include "web/save.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { SOURCE_BYTES = 4 << 20, NAME_MOST = 200 };

static bool is_name_sign(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_' || c == '-' || c == '.' || c == '/';
}

/* Relative, of plain letters, no part of it empty or hidden: "texts/aj.txt". */
static bool is_plain(const char *name)
{
    size_t length = strlen(name);
    bool start = true;
    for (size_t i = 0; i < length; i++) {
        if (!is_name_sign(name[i]) || (start && (name[i] == '.' || name[i] == '/'))) {
            return false;
        }
        start = name[i] == '/';
    }
    return length > 0 && length <= NAME_MOST && !start;
}

static bool is_text_name(const char *name)
{
    size_t length = strlen(name);
    return length > 4 && strcmp(name + length - 4, ".txt") == 0;
}

/* The folder of a path with its slash, then the name. */
static void put_beside(web_text *path, const char *of, const char *name)
{
    const char *slash = strrchr(of, '/');
    web_put(path, slash == NULL ? "./" : of, slash == NULL ? 2 : (size_t)(slash - of) + 1);
    web_puts(path, name);
}

/* The folder that a path's file stands in, without links; malloc'ed, NULL where there is none. */
static char *real_folder(const char *path)
{
    web_text folder = {0};
    put_beside(&folder, path, "");
    char *real = folder.failed ? NULL : realpath(folder.at, NULL);
    free(folder.at);
    return real;
}

/* Does it stand in the case's folder or below, as no link and as a regular file or as nothing? */
static bool stands_inside(const char *case_path, const char *path, bool *there)
{
    char *home = real_folder(case_path);
    char *folder = real_folder(path);
    size_t length = home == NULL ? 0 : strlen(home);
    bool inside = home != NULL && folder != NULL && strncmp(folder, home, length) == 0 &&
                  (folder[length] == '\0' || folder[length] == '/' || length == 1);
    struct stat about;
    *there = inside && lstat(path, &about) == 0;
    free(home);
    free(folder);
    return inside && (!*there || S_ISREG(about.st_mode));
}

/*
 * The path of a source's text, NULL with the reply set where the client may not have it. A file
 * that is there is read to `*disk`, NULL where there is none.
 */
static char *find(web_app *app, const char *name, ent_reply **disk, web_reply *reply)
{
    web_text path = {0};
    bool there = false;
    *disk = NULL;
    if (!app->edit) {
        web_reply_error(reply, 403, "this server only reads; start it with --edit to write");
        return NULL;
    }
    if (name == NULL || !is_plain(name)) {
        web_reply_error(reply, 400, "no name of a text beside the case");
        return NULL;
    }
    put_beside(&path, web_held_path(app->held), name);
    if (path.failed || !stands_inside(web_held_path(app->held), path.at, &there)) {
        web_reply_error(reply, 403, "that is no file in the folder of the case");
        free(path.at);
        return NULL;
    }
    if (!there) {
        return path.at;
    }
    ent_engine *engine = ent_engine_create(NULL);
    ent_diags *diags = ent_diags_create();
    ent_status status = ENT_NOMEM;
    if (engine != NULL && diags != NULL) {
        status = ent_read_file(engine, path.at, SOURCE_BYTES, diags, disk);
    }
    if (status != ENT_OK) {
        web_reply_diags(reply, 422, diags);
        free(path.at);
        path.at = NULL;
    }
    ent_diags_destroy(diags);
    ent_engine_destroy(engine);
    return path.at;
}

static void put_text(web_text *out, const char *text, size_t length)
{
    char hash[ENT_FINGERPRINT_ROOM];
    ent_fingerprint(text, length, hash);
    web_puts(out, "\"hash\": ");
    web_put_json(out, hash, strlen(hash));
    web_puts(out, ", \"text\": ");
    web_put_json(out, text, length);
}

void web_get_source(web_app *app, const web_request *request, web_reply *reply)
{
    ent_reply *disk;
    char *path = find(app, web_query_value(request, "file"), &disk, reply);
    size_t length = 0;
    const char *text = disk == NULL ? NULL : ent_reply_text(disk, &length);
    if (path != NULL && text == NULL) {
        web_reply_error(reply, 404, "there is no such text");
    } else if (path != NULL && !web_is_utf8(text, length)) {
        web_reply_error(reply, 422, "the file is no text in UTF-8");
    } else if (path != NULL) {
        web_text out = {0};
        web_puts(&out, "{");
        put_text(&out, text, length);
        web_puts(&out, "}\n");
        web_reply_text(reply, 200, &out);
    }
    ent_reply_destroy(disk);
    free(path);
}

/* Write it, if what stands there is what the client knows: "" for nothing. */
static void save(const char *path, const ent_reply *disk, const char *text, size_t length,
                 const char *known, web_reply *reply)
{
    char hash[ENT_FINGERPRINT_ROOM] = "";
    size_t old = 0;
    const char *there = disk == NULL ? NULL : ent_reply_text(disk, &old);
    if (there != NULL) {
        ent_fingerprint(there, old, hash);
    }
    if (strcmp(hash, known) != 0) {
        web_reply_error(reply, 409, "another text stands in that file: choose another name");
        return;
    }
    ent_diags *diags = ent_diags_create();
    int lock = web_lock_folder(path);
    bool done = diags != NULL && lock >= 0 &&
                web_write_beside(path, "", text, length, diags) == WEB_WRITTEN;
    web_unlock_folder(lock);
    if (!done) {
        web_reply_diags(reply, 500, diags);
    } else {
        web_text out = {0};
        web_puts(&out, "{\"saved\": true}\n");
        web_reply_text(reply, 200, &out);
    }
    ent_diags_destroy(diags);
}

void web_save_source(web_app *app, const web_request *request, web_reply *reply)
{
    size_t length = 0;
    size_t other;
    char *name = web_json_member(request->body, request->body_length, "file", &other);
    char *text = web_json_member(request->body, request->body_length, "text", &length);
    char *known = web_json_member(request->body, request->body_length, "hash", &other);
    ent_reply *disk = NULL;
    char *path = NULL;
    if (name == NULL || text == NULL || known == NULL) {
        web_reply_error(reply, 400, "the body is no JSON object with `file`, `text` and `hash`");
    } else if (!is_text_name(name)) {
        web_reply_error(reply, 400, "the text of a source is a file whose name ends in .txt");
    } else if (length > SOURCE_BYTES) {
        web_reply_error(reply, 413, "a source's text has at most 4 MiB");
    } else {
        path = find(app, name, &disk, reply);
    }
    if (path != NULL) {
        save(path, disk, text, length, known, reply);
    }
    ent_reply_destroy(disk);
    free(path);
    free(name);
    free(text);
    free(known);
}
