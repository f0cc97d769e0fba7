#include "api/ask.h"
#include "report/accounts.h"

static const ent_option_row options[] = {
    {"as-of", "DATE", ENT_OPTION_TEXT, false, "leave out what was said after this date"},
    {"most", "N", ENT_OPTION_COUNT, false, "stop after this many disputes (2000)"},
    ENT_REDACT_OPTIONS,
    ENT_SUPPOSE_OPTION,
    {"with", "ID", ENT_OPTION_TEXT, true, "believe this statement before all others"},
    {"without", "ID", ENT_OPTION_TEXT, true, "leave this statement out"},
};

static ent_status accounts(ent_asking *asking)
{
    const ent_case *c;
    ent_settings settings;
    ent_analysis analysis;
    ent_disputes disputes;
    uint64_t most = 2000;
    ent_status status = ent_asked_case(asking, 0, &c);
    if (status == ENT_OK) {
        status = ent_asked_settings(asking, c, &settings);
    }
    if (status == ENT_OK) {
        status = ent_asked_count(asking, "most", 1, 1000000, &most);
    }
    if (status == ENT_OK) {
        status = ent_analyse_accounts(asking->work, c, &settings, &analysis);
    }
    if (status == ENT_OK) {
        status = ent_find_disputes(asking->work, c, analysis.on,
                                   (ent_dispute_limits){.disputes = (size_t)most}, &disputes);
    }
    if (status != ENT_OK) {
        return status;
    }
    if (asking->request->format == ENT_JSON) {
        ent_put_accounts_json(asking->out, &analysis, &disputes);
    } else if (asking->request->format == ENT_PLAIN) {
        ent_put_accounts_plain(asking->out, &analysis, &disputes);
    } else {
        ent_put_accounts_text(asking->out, &asking->style, &analysis, &disputes);
    }
    return disputes.complete ? ENT_OK : ENT_LIMIT;
}

const ent_question ent_ask_accounts = {
    .row = {.name = "accounts",
            .form = "CASE",
            .served = true,
            .least = 1,
            .most = 1,
            .summary = "the accounts, and why they conflict",
            .help = "Lists every minimal set of statements that cannot all be true, and the "
                    "accounts: what each side believes, what it leaves out and why.",
            .options = options,
            .option_count = sizeof options / sizeof *options,
            .has_plain = true},
    .answer = accounts,
};
