/* A case written in the test, read and analysed as a file would be. */
#ifndef ENT_MADE_CASE_H
#define ENT_MADE_CASE_H

#include "unit.h"

#include "answers/analysis.h"
#include "io/case.h"

#include <stdlib.h>

static inline void made_case(ent_work *work, const char *yaml, uint32_t worlds,
                             ent_analysis *analysis)
{
    ent_case *c = NULL;
    ent_text text = {"made.yaml", yaml, strlen(yaml)};
    assert_int_equal(ent_read_case(work, &ent_disk, &text, "", &c), ENT_OK);
    ent_settings settings = ent_settings_default();
    settings.worlds = worlds;
    assert_int_equal(ent_analyse(work, c, &settings, analysis), ENT_OK);
    assert_non_null(analysis->worlds[0].account);
}

/* Value of the outcome to the party in a world, straight from the definition. */
static inline double made_value(const ent_analysis *analysis, size_t account, uint32_t party,
                                uint32_t world, const uint64_t *levels)
{
    const ent_stakes *stakes = analysis->stakes[party];
    const ent_world_set *set = &analysis->worlds[account].sets[party];
    double *form = malloc((stakes->k + 1) * sizeof *form);
    double value = 0;
    ent_value_form(&analysis->c->space, stakes, levels, form);
    for (uint32_t u = 0; u < stakes->k; u++) {
        value += form[u] * (double)set->z[(size_t)u * set->stride + world];
    }
    free(form);
    return value;
}

#endif
