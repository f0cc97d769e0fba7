#include "cli/document.h"

#include "cli/brief_styles.h"
#include "cli/child.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_ROOM = 4096, SAID_ROOM = 4000, PANDOC_SECONDS = 60, OFFICE_SECONDS = 180 };

#define INSTALL "`tools/setup docs` installs all of it; --format markdown and html need nothing"

static const ent_document_kind kinds[] = {{"docx", false}, {"odt", false}, {"pdf", true}};

const ent_document_kind *ent_asked_document(const ent_cli_line *line)
{
    const ent_document_kind *kind = NULL;
    for (size_t i = 0; i < line->option_count && strcmp(line->command, "report") == 0; i++) {
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
            if (strcmp(line->options[i].name, "format") == 0 &&
                strcmp(line->options[i].value, kinds[k].name) == 0) {
                kind = &kinds[k];
            }
        }
    }
    return kind;
}

int ent_can_make_document(const ent_cli_line *line, const ent_document_kind *kind)
{
    char path[PATH_ROOM];
    if (line->output == NULL && isatty(STDOUT_FILENO) == 1) {
        return ent_complain(line, ENT_USAGE, "U104", "name the file with -o FILE",
                            "a %s does not go to a terminal", kind->name);
    }
    if (!ent_find_program("pandoc", path, sizeof path)) {
        return ent_complain(line, ENT_USAGE, "U113", INSTALL,
                            "a %s is written by pandoc, which is not installed", kind->name);
    }
    if (kind->office && !ent_find_program("soffice", path, sizeof path)) {
        return ent_complain(line, ENT_USAGE, "U113", INSTALL,
                            "a %s is written by LibreOffice, which is not installed", kind->name);
    }
    return 0;
}

/* ---- A folder of our own -------------------------------------------------------------------- */

static bool make_folder(char *path, size_t room)
{
    const char *place = getenv("TMPDIR");
    int written = snprintf(path, room, "%s/entente-XXXXXX",
                           place != NULL && place[0] == '/' ? place : "/tmp");
    return written > 0 && (size_t)written < room && mkdtemp(path) != NULL;
}

/* The folder with all that LibreOffice left in it. Links are removed, not followed. */
static void remove_folder(const char *path, int depth)
{
    enum { DEEPEST = 30 };
    DIR *folder = depth < DEEPEST ? opendir(path) : NULL;
    struct dirent *entry;
    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        char inner[PATH_ROOM];
        struct stat about;
        int written = snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 || written < 0 ||
            (size_t)written >= sizeof inner || lstat(inner, &about) != 0) {
            continue;
        }
        if (S_ISDIR(about.st_mode)) {
            remove_folder(inner, depth + 1);
        } else {
            (void)unlink(inner);
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
    (void)rmdir(path);
}

static bool write_bytes(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "wbx");
    bool fine = file != NULL && fwrite(bytes, 1, length, file) == length;
    return file != NULL && fclose(file) == 0 && fine;
}

static bool read_bytes(const char *path, char **bytes, size_t *length)
{
    struct stat about;
    FILE *file = fopen(path, "rb");
    bool fine = file != NULL && fstat(fileno(file), &about) == 0 && about.st_size > 0;
    *length = fine ? (size_t)about.st_size : 0;
    *bytes = fine ? malloc(*length) : NULL;
    fine = *bytes != NULL && fread(*bytes, 1, *length, file) == *length;
    if (file != NULL) {
        fclose(file);
    }
    return fine;
}

/* ---- The two programs ----------------------------------------------------------------------- */

/* The exit code of what went wrong, after its message. */
static int fault(const ent_cli_line *line, const char *program, ent_child_end end,
                 const char *said)
{
    /* The last line that it said: those before may be warnings. */
    size_t length = strlen(said);
    while (length > 0 && said[length - 1] == '\n') {
        length--;
    }
    size_t first = length;
    while (first > 0 && said[first - 1] != '\n') {
        first--;
    }
    switch (end) {
    case ENT_CHILD_STOPPED:
        return ent_complain(line, ENT_CANCELLED, "U109", NULL,
                            "interrupted: nothing was written");
    case ENT_CHILD_LATE:
        return ent_complain(line, ENT_LIMIT, "U114", NULL, "%s did not end in time", program);
    case ENT_CHILD_NO_MEMORY:
        return ent_complain(line, ENT_NOMEM, "U106", NULL, "out of memory");
    case ENT_CHILD_FAILED:
    case ENT_CHILD_DONE:
        break;
    }
    return ent_complain(line, ENT_IO, "U114", INSTALL, "%s made no document%s%.*s", program,
                        length > first ? ": " : "", (int)(length - first), said + first);
}

/* Markdown in which only what a report writes is markup: no file, no address is fetched. */
#define READER                                                                                     \
    "markdown-raw_html-raw_tex-raw_attribute-native_divs-native_spans-tex_math_dollars-citations-" \
    "yaml_metadata_block-pandoc_title_block-smart"

static bool write_styles(const char *path, const char *writer)
{
    FILE *file = fopen(path, "wbx");
    bool fine = file != NULL && ent_write_brief_styles(file, writer);
    return file != NULL && fclose(file) == 0 && fine;
}

static int run_pandoc(const ent_cli_line *line, const char *folder, const char *to,
                      const char *text, size_t length, char **made, size_t *made_length)
{
    char path[PATH_ROOM], said[SAID_ROOM], styles[PATH_ROOM];
    const char *const argv[] = {"pandoc", "--from", READER, "--to", to, "--reference-doc", styles,
                                "--output", "-", NULL};
    (void)snprintf(styles, sizeof styles, "%s/styles.%s", folder, to);
    if (!ent_find_program("pandoc", path, sizeof path)) {
        return ent_complain(line, ENT_USAGE, "U113", INSTALL, "pandoc is not installed");
    }
    if (!write_styles(styles, to)) {
        return ent_complain(line, ENT_IO, "F104", NULL, "cannot write `%s`", styles);
    }
    ent_child child = {path, argv, text, length, PANDOC_SECONDS, ent_interrupted};
    ent_child_end end = ent_run_child(&child, made, made_length, said, sizeof said);
    return end == ENT_CHILD_DONE && *made_length > 0 ? 0 : fault(line, "pandoc", end, said);
}

/* In a folder and with a profile of its own, so that no open LibreOffice answers in its place. */
static int run_office(const ent_cli_line *line, const char *folder, char **made, size_t *length)
{
    char path[PATH_ROOM], said[SAID_ROOM], profile[PATH_ROOM], odt[PATH_ROOM], pdf[PATH_ROOM];
    if (!ent_find_program("soffice", path, sizeof path) ||
        snprintf(profile, sizeof profile, "-env:UserInstallation=file://%s/profile", folder) < 0 ||
        snprintf(odt, sizeof odt, "%s/brief.odt", folder) < 0 ||
        snprintf(pdf, sizeof pdf, "%s/brief.pdf", folder) < 0) {
        return ent_complain(line, ENT_USAGE, "U113", INSTALL, "LibreOffice is not installed");
    }
    const char *const argv[] = {"soffice",      profile, "--headless", "--norestore",
                                "--convert-to", "pdf",   "--outdir",   folder,
                                odt,            NULL};
    ent_child child = {path, argv, "", 0, OFFICE_SECONDS, ent_interrupted};
    char *printed;
    size_t printed_length;
    ent_child_end end = ent_run_child(&child, &printed, &printed_length, said, sizeof said);
    free(printed);
    return end == ENT_CHILD_DONE && read_bytes(pdf, made, length)
               ? 0
               : fault(line, "LibreOffice", end, said);
}

static int make_pdf(const ent_cli_line *line, const char *folder, char **made, size_t *length)
{
    char odt[PATH_ROOM];
    (void)snprintf(odt, sizeof odt, "%s/brief.odt", folder);
    bool written = write_bytes(odt, *made, *length);
    free(*made);
    *made = NULL;
    return written ? run_office(line, folder, made, length)
                   : ent_complain(line, ENT_IO, "F104", NULL, "cannot write `%s`", odt);
}

int ent_make_document(const ent_cli_line *line, const ent_document_kind *kind, const char *text,
                      size_t length, ent_status status)
{
    char folder[PATH_ROOM / 2];
    char *made = NULL;
    size_t made_length = 0;
    if (!make_folder(folder, sizeof folder)) {
        return ent_complain(line, ENT_IO, "F104", "set TMPDIR to a folder that can be written",
                            "no folder for temporary files could be made");
    }
    int code = run_pandoc(line, folder, kind->office ? "odt" : kind->name, text, length, &made,
                          &made_length);
    if (code == 0 && kind->office) {
        code = make_pdf(line, folder, &made, &made_length);
    }
    remove_folder(folder, 0);
    if (code == 0) {
        code = ent_deliver(line, made, made_length, status);
    }
    free(made);
    return code;
}
