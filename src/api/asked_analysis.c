#include "api/ask.h"

/* An account that cannot be believed is told of, whatever the question is. */
static void tell_contradictions(const ent_asking *asking, const ent_analysis *analysis)
{
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        const ent_account *account = &analysis->accounts.at[i];
        if (!account->consistent) {
            ent_tell(asking->work->diags, ENT_WARNING, ENT_R101_CORE_CONTRADICTS, NULL,
                     (ent_pos){0, 0, 0}, "`entente accounts` names the statements that collide",
                     "the account `%s` contradicts itself and has no worlds", account->id);
        } else if (account->splits) {
            ent_tell(asking->work->diags, ENT_NOTE, ENT_R102_SIDE_SPLITS, NULL,
                     (ent_pos){0, 0, 0}, "`entente accounts` names what is left out",
                     "statements of the side of `%s` collide with each other", account->id);
        }
    }
}

void ent_tell_councils(const ent_asking *asking, const ent_analysis *analysis,
                       const uint64_t *levels)
{
    const ent_case *c = analysis->c;
    for (size_t k = 0; k < analysis->councils.count; k++) {
        const ent_council *council = &analysis->councils.at[k];
        bool needed = levels == NULL ||
                      ent_is_touched(council->asked, c->space.issue_count, levels);
        if (!council->implied && needed) {
            ent_tell(asking->work->diags, ENT_NOTE, ENT_A104_COUNCIL_NOT_ASKED, NULL,
                     (ent_pos){0, 0, 0}, "`entente deals` says whether it consents",
                     "the vote of `%s` is not asked for here", c->parties[council->party].id);
        }
    }
}

static ent_status analyse(ent_asking *asking, bool by_blocks, ent_analysis *analysis)
{
    const ent_case *c;
    ent_settings settings;
    ent_status status = ent_asked_case(asking, 0, &c);
    if (status == ENT_OK) {
        status = ent_asked_settings(asking, c, &settings);
    }
    if (status == ENT_OK) {
        settings.by_blocks = by_blocks;
        status = ent_analyse(asking->work, c, &settings, analysis);
    }
    if (status == ENT_OK) {
        tell_contradictions(asking, analysis);
    }
    return status;
}

ent_status ent_asked_analysis(ent_asking *asking, ent_analysis *analysis)
{
    return analyse(asking, false, analysis);
}

ent_status ent_asked_shares(ent_asking *asking, ent_analysis *analysis)
{
    return analyse(asking, true, analysis);
}

bool ent_has_answer(ent_asking *asking, ent_analysis *analysis, ent_status status, size_t answered)
{
    if (status == ENT_OK || status == ENT_LIMIT) {
        return true;
    }
    ent_output format = asking->request->format;
    bool any = false;
    for (size_t i = 0; i < analysis->accounts.count && status == ENT_CANCELLED; i++) {
        any = any || (i < answered && analysis->worlds[i].account != NULL);
        if (i >= answered) {
            analysis->worlds[i].account = NULL;
        }
    }
    asking->part = any && (format == ENT_TEXT || format == ENT_JSON);
    analysis->interrupted = asking->part;
    return asking->part;
}
