#include "api/ask.h"
#include "answers/deals.h"
#include "report/diff.h"

#include <math.h>
#include <string.h>

static const ent_option_row options[] = {
    ENT_CASE_OPTIONS,
};

/* One case of the two with its zones and best deals. */
typedef struct answered {
    const ent_case *c;
    ent_settings settings;
    ent_analysis analysis;
    ent_deals *deals;
} answered;

static ent_status read_case(ent_asking *asking, size_t input, answered *a)
{
    ent_status status = ent_asked_case(asking, input, &a->c);
    return status == ENT_OK ? ent_asked_settings(asking, a->c, &a->settings) : status;
}

static ent_status answer_case(ent_asking *asking, answered *a)
{
    ent_status status = ent_analyse(asking->work, a->c, &a->settings, &a->analysis);
    if (status != ENT_OK) {
        return status;
    }
    size_t count = a->analysis.accounts.count;
    a->deals = ent_alloc(asking->work->arena, count + 1, ent_deals);
    ent_deals_request request = {.top = 1};
    for (size_t i = 0; i < count && (status == ENT_OK || status == ENT_LIMIT); i++) {
        if (a->analysis.worlds[i].account != NULL) {
            status = ent_answer_deals(asking->work, &a->analysis, i, &request, &a->deals[i]);
        }
    }
    return status == ENT_LIMIT ? ENT_OK : status;
}

static size_t account_called(const ent_analysis *analysis, const char *id)
{
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        if (strcmp(analysis->accounts.at[i].id, id) == 0 &&
            analysis->worlds[i].account != NULL) {
            return i;
        }
    }
    return SIZE_MAX;
}

static ent_answer_change compare(const answered both[2], const char *id)
{
    ent_answer_change change = {.account = id, .error = 0};
    for (size_t k = 0; k < 2; k++) {
        size_t i = account_called(&both[k].analysis, id);
        const ent_deals *deals = i == SIZE_MAX ? NULL : &both[k].deals[i];
        change.zone[k] = deals == NULL ? (double)NAN : deals->zone.share;
        change.best[k] =
            deals == NULL || deals->count == 0 ? (double)NAN : deals->at[0].joint;
        change.deal[k] = deals == NULL || deals->count == 0 ? NULL : deals->at[0].levels;
        double other = deals == NULL ? (double)NAN : deals->zone.error;
        /* hypot would differ in the last digit between C libraries; the square root does not. */
        change.error = sqrt(change.error * change.error + other * other);
    }
    return change;
}

/* Accounts of the first case, then those that only the second has. */
static size_t compare_accounts(const answered both[2], ent_answer_change *changes)
{
    size_t count = 0;
    for (size_t k = 0; k < 2; k++) {
        const ent_accounts *accounts = &both[k].analysis.accounts;
        for (size_t i = 0; i < accounts->count; i++) {
            const char *id = accounts->at[i].id;
            bool here = account_called(&both[k].analysis, id) != SIZE_MAX;
            if (here && (k == 0 || account_called(&both[0].analysis, id) == SIZE_MAX)) {
                changes[count++] = compare(both, id);
            }
        }
    }
    return count;
}

static ent_status diff(ent_asking *asking)
{
    answered both[2];
    ent_status status = read_case(asking, 0, &both[0]);
    if (status == ENT_OK) {
        status = read_case(asking, 1, &both[1]);
    }
    if (status != ENT_OK) {
        return status;
    }
    for (size_t k = 0; k < 2 && status == ENT_OK; k++) {
        status = answer_case(asking, &both[k]);
    }
    asking->part = status == ENT_CANCELLED;
    if (status != ENT_OK && !asking->part) {
        return status;
    }
    for (size_t k = 0; k < 2 && asking->part; k++) { /* the records are compared without */
        both[k].analysis = (ent_analysis){.c = both[k].c, .settings = both[k].settings,
                                          .interrupted = true};
    }
    ent_arena *arena = asking->work->arena;
    const ent_case *before = both[0].c;
    const ent_case *after = both[1].c;
    ent_changes changes = ent_compare_cases(arena, before, after);
    size_t room = both[0].analysis.accounts.count + both[1].analysis.accounts.count + 1;
    ent_answer_change *answers = ent_alloc(arena, room, ent_answer_change);
    size_t count = compare_accounts(both, answers);
    if (asking->request->format == ENT_JSON) {
        ent_put_diff_json(asking->out, before, &both[1].analysis, &changes, answers, count);
    } else {
        ent_put_diff_text(asking->out, &asking->style, before, after, &changes, answers, count);
    }
    return asking->part ? status : changes.count > 0 ? ENT_FINDINGS : ENT_OK;
}

const ent_question ent_ask_diff = {
    .row = {.name = "diff",
            .form = "CASE CASE",
            .least = 2,
            .most = 2,
            .summary = "what changed between two cases",
            .help = "Compares the records of two cases, object by object, and says how the answer "
                    "of each account moved. Exit code 1 when the records differ.",
            .options = options,
            .option_count = sizeof options / sizeof *options},
    .answer = diff,
};
