#include "api/asked_scenario.h"

#include "base/number.h"
#include "io/scenario.h"

#include <string.h>

static ent_status layout_asked(const ent_asking *asking, ent_table_layout *layout)
{
    const char *name = ent_asked_text(asking, "layout");
    *layout = ENT_LAYOUT_RECOGNISED;
    for (int k = 1; name != NULL && k < ENT_LAYOUT_COUNT; k++) {
        if (strcmp(name, ent_layout_names[k]) == 0) {
            *layout = (ent_table_layout)k;
        }
    }
    return name == NULL || *layout != ENT_LAYOUT_RECOGNISED
               ? ENT_OK
               : ent_fail(asking->work->diags, ENT_USAGE, ENT_U103_BAD_VALUE, NULL,
                          "`--layout` is outcomes, scoring, weights or offers, not `%s`", name);
}

static ent_status decimal_asked(const ent_asking *asking, char *mark)
{
    const char *name = ent_asked_text(asking, "decimal");
    bool comma = name != NULL && (strcmp(name, "comma") == 0 || strcmp(name, ",") == 0);
    bool point = name != NULL && (strcmp(name, "point") == 0 || strcmp(name, ".") == 0);
    *mark = comma ? ',' : point ? '.' : '\0';
    return name == NULL || comma || point
               ? ENT_OK
               : ent_fail(asking->work->diags, ENT_USAGE, ENT_U103_BAD_VALUE, NULL,
                          "`--decimal` is comma or point, not `%s`", name);
}

/* The parts between commas, without blanks around; `\,` is a comma of a name. */
static size_t parts_of(ent_arena *arena, const char *text, const char ***parts)
{
    struct {
        const char **at;
        size_t count, room;
    } list = {0};
    ent_buffer part = ent_buffer_init(arena, 0);
    for (;; text++) {
        if (*text == '\\' && text[1] == ',') {
            ent_put_char(&part, *++text);
        } else if (*text != ',' && *text != '\0') {
            ent_put_char(&part, *text);
        } else {
            const char *from = ent_buffer_text(&part);
            from += strspn(from, " ");
            size_t length = strlen(from);
            while (length > 0 && from[length - 1] == ' ') {
                length--;
            }
            if (length > 0) {
                *ent_push(arena, &list) = ent_copy_text(arena, from, length);
            }
            part = ent_buffer_init(arena, 0);
            if (*text == '\0') {
                break;
            }
        }
    }
    *parts = list.at;
    return list.count;
}

static bool range_of(const char *text, ent_row_range *range)
{
    const char *dash = strchr(text, '-');
    size_t length = dash == NULL ? strlen(text) : (size_t)(dash - text);
    uint64_t first, last;
    bool is = ent_parse_count(text, length, UINT32_MAX, &first) && first > 0;
    last = first;
    if (is && dash != NULL) {
        is = ent_parse_count(dash + 1, strlen(dash + 1), UINT32_MAX, &last) && last >= first;
    }
    *range = (ent_row_range){(uint32_t)(is ? first : 0), (uint32_t)(is ? last : 0)};
    return is;
}

ent_status ent_asked_rows(const ent_asking *asking, ent_table_options *options)
{
    const char *text = ent_asked_text(asking, "skip-rows");
    const char **parts = NULL;
    options->skip_none = text != NULL && strcmp(text, "none") == 0;
    if (text == NULL || options->skip_none) {
        return ENT_OK;
    }
    size_t count = parts_of(asking->work->arena, text, &parts);
    ent_row_range *ranges = ent_alloc(asking->work->arena, count, ent_row_range);
    for (size_t i = 0; i < count; i++) {
        if (!range_of(parts[i], &ranges[i])) {
            return ent_fail(asking->work->diags, ENT_USAGE, ENT_U103_BAD_VALUE, NULL,
                            "`--skip-rows` takes rows as 1,8-10, or none, not `%s`", text);
        }
    }
    options->skip = ranges;
    options->skip_count = count;
    return ENT_OK;
}

ent_status ent_asked_table(const ent_asking *asking, ent_table_options *options)
{
    *options = ent_no_table_options;
    const char *utilities = ent_asked_text(asking, "utilities");
    ent_status status = layout_asked(asking, &options->layout);
    status = status == ENT_OK ? decimal_asked(asking, &options->decimal) : status;
    status = status == ENT_OK ? ent_asked_rows(asking, options) : status;
    options->reservation_row = ent_asked_text(asking, "reservation-row");
    options->sheet = ent_asked_text(asking, "sheet");
    if (utilities != NULL && status == ENT_OK) {
        const char **names = NULL;
        options->utility_count = parts_of(asking->work->arena, utilities, &names);
        options->utilities = names;
        if (options->utility_count == 0) {
            return ent_fail(asking->work->diags, ENT_USAGE, ENT_U103_BAD_VALUE, NULL,
                            "`--utilities` names no column");
        }
    }
    return status;
}

static const ent_option_row rows[] = {ENT_TABLE_OPTIONS};

void ent_put_table_options(ent_buffer *b, const ent_asking *asking)
{
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        const char *value = ent_asked_text(asking, rows[k].name);
        if (value != NULL) {
            ent_putf(b, "--%s %s\n", rows[k].name, value);
        }
    }
}

/* The name of a table option that was given, or NULL. */
static const char *given(const ent_asking *asking)
{
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        if (ent_asked_flag(asking, rows[k].name)) {
            return rows[k].name;
        }
    }
    return NULL;
}

typedef struct wanted {
    const ent_asking *asking;
    const ent_files *files;
    const char *path;
    const ent_paths *profiles;
    ent_scenario **out;
} wanted;

static ent_status read_wanted(void *argument)
{
    const wanted *w = argument;
    const ent_asking *asking = w->asking;
    const char *path = w->path;
    ent_scenario **out = w->out;
    ent_work *work = asking->work;
    ent_table_options options;
    ent_status status = ent_asked_table(asking, &options);
    if (status == ENT_OK) {
        status = ent_read_scenario_as(work, w->files, path, w->profiles->at, w->profiles->count,
                                      &options, out);
    }
    if (status == ENT_OK && (*out)->read_as == NULL && given(asking) != NULL) {
        return ent_fail(work->diags, ENT_USAGE, ENT_U103_BAD_VALUE, NULL,
                        "`--%s` is about tables, and `%s` is none", given(asking), path);
    }
    return status;
}

ent_status ent_asked_scenario(const ent_asking *asking, const ent_files *files, const char *path,
                              size_t first, ent_scenario **out)
{
    const ent_request *request = asking->request;
    ent_paths profiles = {0};
    for (size_t i = first; i < request->input_count; i++) {
        *ent_push(asking->work->arena, &profiles) = request->inputs[i].path;
    }
    return ent_asked_profiles(asking, files, path, &profiles, out);
}

ent_status ent_asked_profiles(const ent_asking *asking, const ent_files *files, const char *path,
                              const ent_paths *profiles, ent_scenario **out)
{
    wanted w = {asking, files, path, profiles, out};
    return ent_while_wanted(asking->work, read_wanted, &w);
}

static ent_status add_paths(const ent_asking *asking, const char *path, unsigned depth,
                            ent_paths *found)
{
    enum { DEEPEST = 8 };
    const ent_files *files = asking->files;
    ent_work *work = asking->work;
    const char *const *names;
    size_t count;
    if (!files->is_folder(files->user, path) || ent_is_scenario(work, files, path)) {
        *ent_push(work->arena, found) = path;
        return ENT_OK;
    }
    ent_status status = files->list(files->user, work, path, &names, &count);
    for (size_t i = 0; i < count && status == ENT_OK && depth < DEEPEST; i++) {
        const char *inner = ent_path_join(work->arena, path, names[i]);
        if (files->is_folder(files->user, inner)) {
            status = add_paths(asking, inner, depth + 1, found);
        }
    }
    return status;
}

ent_status ent_add_scenario_paths(const ent_asking *asking, const char *path, ent_paths *found)
{
    size_t before = found->count;
    ent_status status = add_paths(asking, path, 0, found);
    if (status == ENT_OK && found->count == before) {
        *ent_push(asking->work->arena, found) = path;
    }
    return status;
}
