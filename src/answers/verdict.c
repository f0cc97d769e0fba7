#include "answers/verdict.h"

#include <string.h>

ent_judge ent_judge_of(ent_arena *arena, const ent_analysis *analysis, size_t account)
{
    return (ent_judge){analysis, &analysis->worlds[account],
                       ent_alloc(arena, (size_t)analysis->c->space.components + 1, double)};
}

static const ent_line *crossed_line(const ent_judge *judge, uint32_t party, const uint64_t *levels)
{
    return ent_line_crossed(&judge->analysis->c->space, &judge->worlds->lines, party, levels);
}

/* That the party accepts, or refuses, the outcome; its form is the judge's. */
static ent_row question_of(const ent_judge *judge, uint32_t party, const uint64_t *levels,
                           bool accept)
{
    const ent_stakes *stakes = judge->analysis->stakes[party];
    ent_value_form(&judge->analysis->c->space, stakes, levels, judge->form);
    for (uint32_t u = 0; !accept && u < stakes->k; u++) {
        judge->form[u] = -judge->form[u];
    }
    return (ent_row){.a = judge->form,
                     .beta = accept ? -1 : 1,
                     .strict = !accept,
                     .statement = ENT_NONE,
                     .claim = ENT_NONE};
}

bool ent_may(const ent_judge *judge, uint32_t party, const uint64_t *levels, bool accept,
             ent_feasibility *result)
{
    ent_feasibility found = {0};
    if (result != NULL) {
        *result = found;
    }
    if (accept && crossed_line(judge, party, levels) != NULL) {
        return false;
    }
    ent_row row = question_of(judge, party, levels, accept);
    const ent_row *extra[] = {&row};
    return ent_oracle_with(judge->worlds->oracles[party], extra, 1,
                           result != NULL ? result : &found);
}

/*
 * A sampled world is a witness only as far as float32 goes: near the boundary of the polytope it
 * may stand just outside, so a side with few worlds is decided by a program all the same.
 */
static uint32_t few(uint32_t worlds)
{
    return worlds / 100 > 16 ? worlds / 100 : 16;
}

ent_verdict ent_judge_party(const ent_judge *judge, uint32_t party, const uint64_t *levels,
                            uint32_t count, uint32_t worlds)
{
    if (count <= few(worlds) && !ent_may(judge, party, levels, true, NULL)) {
        return ENT_IMPOSSIBLE;
    }
    if (worlds - count <= few(worlds) && !ent_may(judge, party, levels, false, NULL)) {
        return ENT_NECESSARY;
    }
    return ENT_POSSIBLE;
}

/* The row indices that are the polytope's own (a question's added row comes after them). */
static void keep_own_rows(ent_arena *arena, const ent_polytope *polytope,
                          const ent_feasibility *found, ent_grounds *grounds)
{
    size_t *rows = ent_alloc(arena, found->core_count + 1, size_t);
    uint32_t *statements = ent_alloc(arena, found->core_count + 1, uint32_t);
    for (size_t i = 0; i < found->core_count; i++) {
        size_t row = found->core[i];
        if (row >= polytope->row_count) {
            continue;
        }
        rows[grounds->row_count++] = row;
        uint32_t statement = polytope->rows[row].statement;
        size_t at = 0;
        while (at < grounds->count && statements[at] < statement) {
            at++;
        }
        if (statement == ENT_NONE || (at < grounds->count && statements[at] == statement)) {
            continue;
        }
        for (size_t j = grounds->count++; j > at; j--) {
            statements[j] = statements[j - 1];
        }
        statements[at] = statement;
    }
    grounds->rows = rows;
    grounds->statements = statements;
}

static bool has(const ent_grounds *grounds, uint32_t statement)
{
    for (size_t i = 0; i < grounds->count; i++) {
        if (grounds->statements[i] == statement) {
            return true;
        }
    }
    return false;
}

/*
 * A certificate may use more than is needed: what goes without a statement goes without it (a
 * deletion filter, Chinneck and Dravnieks 1991). A program for each.
 */
static void shrink(ent_work *work, const ent_judge *judge, uint32_t party, const ent_row *question,
                   ent_grounds *grounds)
{
    const ent_polytope *polytope = &judge->worlds->polytopes[party];
    ent_oracle *oracle = ent_oracle_create(work->arena, polytope->stakes);
    const ent_row **rows = ent_alloc(work->arena, polytope->row_count + 2, const ent_row *);
    uint32_t *statements = ent_alloc(work->arena, grounds->count + 1, uint32_t);
    memcpy(statements, grounds->statements, grounds->count * sizeof *statements);
    grounds->statements = statements;
    for (size_t i = grounds->count; i-- > 0;) {
        size_t count = 0;
        rows[count++] = question;
        for (size_t r = 0; r < polytope->row_count; r++) {
            uint32_t s = polytope->rows[r].statement;
            if (s != statements[i] && (s == ENT_NONE || has(grounds, s))) {
                rows[count++] = &polytope->rows[r];
            }
        }
        if (!ent_oracle_decide(oracle, rows, count).consistent) {
            memmove(&statements[i], &statements[i + 1],
                    (--grounds->count - i) * sizeof *statements);
        }
    }
    size_t *kept = ent_alloc(work->arena, polytope->row_count + 1, size_t);
    grounds->row_count = 0;
    for (size_t r = 0; r < polytope->row_count; r++) {
        uint32_t s = polytope->rows[r].statement;
        if (s == ENT_NONE || has(grounds, s)) {
            kept[grounds->row_count++] = r;
        }
    }
    grounds->rows = kept;
}

ent_grounds ent_verdict_grounds(ent_work *work, const ent_analysis *analysis, size_t account,
                                uint32_t party, const uint64_t *levels, ent_verdict verdict)
{
    ent_grounds grounds = {0};
    ent_judge judge = ent_judge_of(work->arena, analysis, account);
    ent_feasibility found;
    grounds.line = verdict == ENT_IMPOSSIBLE ? crossed_line(&judge, party, levels) : NULL;
    if (grounds.line != NULL) {
        uint32_t *statement = ent_alloc(work->arena, 1, uint32_t);
        *statement = grounds.line->statement;
        grounds.statements = statement;
        grounds.count = 1;
        return grounds;
    }
    if (verdict != ENT_POSSIBLE &&
        !ent_may(&judge, party, levels, verdict == ENT_IMPOSSIBLE, &found)) {
        keep_own_rows(work->arena, &judge.worlds->polytopes[party], &found, &grounds);
        ent_row question = question_of(&judge, party, levels, verdict == ENT_IMPOSSIBLE);
        shrink(work, &judge, party, &question, &grounds);
    }
    return grounds;
}
