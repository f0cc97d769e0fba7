#include "answers/whole.h"
#include "api/ask.h"
#include "base/number.h"
#include "io/gmcr.h"
#include "report/conflict.h"
#include "report/holds.h"

#include <string.h>

static bool is_gmcr(const ent_asking *asking)
{
    const char *path = asking->request->inputs[0].path;
    size_t length = strlen(path);
    return length >= 5 && strcmp(path + length - 5, ".gmcr") == 0;
}

/* A state by its Y and N or by its number. */
static ent_status read_state(ent_asking *asking, const ent_graph *g, const char *text,
                             uint32_t *state)
{
    uint64_t number;
    uint32_t mask = 0;
    size_t length = strlen(text);
    if (ent_parse_count(text, length, g->count, &number) && number > 0) {
        *state = g->states[number - 1];
        return ENT_OK;
    }
    bool named = length == g->bits;
    for (uint32_t k = 0; named && k < g->bits; k++) {
        named = text[k] == 'Y' || text[k] == 'N';
        mask |= (uint32_t)(text[k] == 'Y') << k;
    }
    if (!named || !g->feasible[mask]) {
        return ent_fail(asking->work->diags, ENT_USAGE, ENT_G107_NO_SUCH_STATE,
                        ent_format(asking->work->arena,
                                   "write %s Y and N, or a number from 1 to %zu",
                                   ent_counted(asking->work->arena, g->bits, "letters"),
                                   g->count),
                        "there is no state `%s`", text);
    }
    *state = mask;
    return ENT_OK;
}

static ent_status read_states(ent_asking *asking, ent_conflict_view *view)
{
    const char *state = ent_asked_text(asking, "state");
    const char *from = ent_asked_text(asking, "from");
    ent_status status = ENT_OK;
    if (state != NULL) {
        status = read_state(asking, view->graph, state, &view->state);
        view->has_state = true;
    }
    if (status == ENT_OK && from != NULL) {
        status = read_state(asking, view->graph, from, &view->from);
        view->has_from = true;
    }
    if (status == ENT_OK && view->has_from && !view->has_state) {
        return ent_fail(asking->work->diags, ENT_USAGE, ENT_U104_MISSING_ARGUMENT, NULL,
                        "`--from` needs `--state`, where the way leads to");
    }
    return status;
}

static ent_status limit_coalitions(ent_asking *asking, const ent_conflict_view *view)
{
    bool asked = view->coalitions || view->conflict->coalition_count > 0;
    bool many = view->coalitions && view->graph->actors > 8;
    if (asked && (view->graph->count > ENT_COALITION_STATES || many)) {
        return ent_fail(asking->work->diags, ENT_LIMIT, ENT_G108_COALITION_LIMIT, NULL,
                        "coalitions are left out: %zu states, %u parties", view->graph->count,
                        view->graph->actors);
    }
    return ENT_OK;
}

typedef struct printing {
    ent_asking *asking;
    const ent_conflict_view *view;
} printing;

static ent_status print(void *argument)
{
    const printing *p = argument;
    ent_asking *asking = p->asking;
    const ent_conflict_view *view = p->view;
    ent_arena *arena = asking->work->arena;
    ent_status status = limit_coalitions(asking, view);
    ent_conflict_view shown = *view;
    ent_conflict plain = *view->conflict;
    if (status != ENT_OK) {
        plain.coalition_count = 0;
        shown.conflict = &plain;
        shown.coalitions = false;
    }
    if (ent_asked_flag(asking, "gmcr")) {
        asking->as_it_is = true;
        ent_write_gmcr(arena, asking->out, view->conflict);
    } else if (asking->request->format == ENT_JSON) {
        ent_json json = ent_json_document(asking->out, "stability");
        ent_json_conflict(arena, &json, &shown);
        ent_json_end_document(&json);
    } else if (asking->request->format == ENT_PLAIN) {
        ent_put_conflict_plain(arena, asking->out, &shown);
    } else {
        ent_put_conflict(arena, asking->out, &asking->style, &shown);
    }
    return status;
}

static ent_status answer_gmcr(ent_asking *asking)
{
    ent_work *work = asking->work;
    ent_text text;
    ent_conflict conflict;
    ent_status status = ent_asked_file(asking, 0, ENT_GMCR_BYTES, &text);
    if (status == ENT_OK) {
        status = ent_read_gmcr(work, &text, &conflict);
    }
    if (status != ENT_OK) {
        return status;
    }
    ent_graph graph = ent_graph_of(work, &conflict);
    if (ent_stopped(work)) {
        return ENT_CANCELLED;
    }
    ent_stability stability = ent_stability_of(work->arena, &graph);
    if (ent_stopped(work)) {
        return ENT_CANCELLED;
    }
    ent_conflict_view view = {.title = conflict.title != NULL ? conflict.title : text.name,
                              .conflict = &conflict, .graph = &graph,
                              .stability = &stability,
                              .coalitions = ent_asked_flag(asking, "coalitions")};
    status = read_states(asking, &view);
    return status == ENT_OK ? ent_while_wanted(work, print, &(printing){asking, &view}) : status;
}

static void print_case(ent_asking *asking, const ent_analysis *analysis, const ent_held *held,
                       size_t count)
{
    if (asking->request->format == ENT_JSON) {
        ent_put_holds_json(asking->out, analysis, held, count);
    } else if (asking->request->format == ENT_PLAIN) {
        ent_put_holds_plain(asking->out, analysis, held, count);
    } else {
        ent_put_holds_text(asking->out, &asking->style, analysis, held, count);
    }
}

static ent_status answer_case(ent_asking *asking)
{
    ent_analysis analysis;
    uint64_t top = 3;
    uint64_t *asked = NULL;
    ent_status status = ent_asked_analysis(asking, &analysis);
    if (status == ENT_OK) {
        status = ent_asked_count(asking, "top", 1, 1000, &top);
    }
    const char *deal = ent_asked_text(asking, "deal");
    if (status == ENT_OK && deal != NULL) {
        asked = ent_alloc(asking->work->arena, analysis.c->space.issue_count, uint64_t);
        status = ent_asked_package(asking, analysis.c, deal, asked);
    }
    if (status != ENT_OK) {
        return status;
    }
    ent_whole_wish wish = ent_usual_wish(ENT_PART_HOLDS);
    ent_whole whole;
    wish.deal = asked;
    wish.hold_top = (size_t)top;
    status = ent_answer_whole(asking->work, &analysis, &wish, &whole);
    if (ent_has_answer(asking, &analysis, status, whole.answered)) {
        ent_tell_councils(asking, &analysis, asked);
        print_case(asking, &analysis, whole.held, whole.held_count);
    }
    return status;
}

static ent_status answer(ent_asking *asking)
{
    return is_gmcr(asking) ? answer_gmcr(asking) : answer_case(asking);
}

static const ent_option_row options[] = {
    ENT_CASE_OPTIONS,
    {"deal", "PACKAGE", ENT_OPTION_TEXT, false, "case: this outcome, not the best ones"},
    {"top", "N", ENT_OPTION_COUNT, false, "case: the best packages by joint share (3)"},
    {"state", "STATE", ENT_OPTION_TEXT, false, ".gmcr: explain this state, by number or Y and N"},
    {"from", "STATE", ENT_OPTION_TEXT, false, ".gmcr: the ways from here to --state"},
    {"coalitions", NULL, ENT_OPTION_FLAG, false, ".gmcr: what parties could do together"},
    {"gmcr", NULL, ENT_OPTION_FLAG, false, ".gmcr: print the conflict in that format"},
};

const ent_question ent_ask_stability = {
    .row = {.name = "stability",
            .form = "PATH",
            .least = 1,
            .most = 1,
            .summary = "who would move away from an outcome",
            .help = "Who could leave which outcome alone, and whether the answers of the others "
                    "would deter it: the graph model for conflict resolution (Nash, GMR, SMR, SEQ, "
                    "symmetric SEQ). PATH is a case, or a .gmcr file as the GMCR programs save it.",
            .options = options,
            .option_count = sizeof options / sizeof *options,
            .has_plain = true,
            .shared = true},
    .answer = answer,
};
