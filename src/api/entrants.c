#include "api/entrants.h"

#include "io/scenario.h"

#include <string.h>

/* The folder that the scenario lies in, without a stroke at its end. */
static const char *home_of(const ent_asking *asking, const char *path)
{
    bool folder = asking->files->is_folder(asking->files->user, path);
    char *home = ent_copy(asking->work->arena,
                          folder ? path : ent_path_folder(asking->work->arena, path));
    size_t length = strlen(home);
    while (length > 1 && home[length - 1] == '/') {
        home[--length] = '\0';
    }
    return length == 0 ? "." : home;
}

/*
 * Is the input a profile in the scenario's folder, by its name there or by its path? One in another
 * folder begins a scenario: there are formats that know no domain.
 */
static bool is_profile(const ent_asking *asking, const char *scenario, const char *input)
{
    ent_work *work = asking->work;
    const char *home = home_of(asking, scenario);
    if (asking->files->is_folder(asking->files->user, input)) {
        return false;
    }
    if (strchr(input, '/') == NULL &&
        ent_is_profile(work, asking->files, ent_path_join(work->arena, home, input))) {
        return true;
    }
    return strcmp(home_of(asking, input), home) == 0 &&
           ent_is_profile(work, asking->files, input);
}

static ent_status take_profile(const ent_asking *asking, ent_entrants *found, size_t of_input,
                               const char *input)
{
    ent_diags *diags = asking->work->diags;
    if (of_input != 1) {
        return ent_fail(diags, ENT_USAGE, ENT_U103_BAD_VALUE,
                        "name the scenario that it belongs to before it",
                        "`%s` is a profile, and what stands before it is not one scenario", input);
    }
    *ent_push(asking->work->arena, &found->at[found->count - 1].profiles) = input;
    return ENT_OK;
}

ent_status ent_find_entrants(const ent_asking *asking, ent_entrants *found)
{
    const ent_request *request = asking->request;
    size_t of_input = 0; /* how many scenarios the last input that is no profile stands for */
    ent_status status = ENT_OK;
    *found = (ent_entrants){0};
    for (size_t i = 0; i < request->input_count && status == ENT_OK; i++) {
        const char *input = request->inputs[i].path, *last = NULL;
        ent_paths all = {0};
        last = found->count > 0 ? found->at[found->count - 1].path : NULL;
        if (last != NULL && is_profile(asking, last, input)) {
            status = take_profile(asking, found, of_input, input);
            continue;
        }
        status = ent_add_scenario_paths(asking, input, &all);
        for (size_t k = 0; k < all.count; k++) {
            *ent_push(asking->work->arena, found) = (ent_entrant){.path = all.at[k]};
        }
        of_input = all.count;
    }
    return status;
}

void ent_put_profiles(ent_buffer *b, const ent_entrant *entrant)
{
    for (size_t k = 0; k < entrant->profiles.count; k++) {
        const char *slash = strrchr(entrant->profiles.at[k], '/');
        ent_putf(b, "profile %s\n", slash == NULL ? entrant->profiles.at[k] : slash + 1);
    }
}
