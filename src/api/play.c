/*
 * A scenario is made ready (tabulated, sorted, its frontier worked out) by each process that plays
 * on it, so a process stays with its scenario while there are blocks left, then begins one that
 * nobody has begun, and helps with the one that has most left when all are begun.
 */
#include "api/play.h"

#include "api/asked_rules.h"
#include "base/crew.h"

#include <string.h>

enum { BLOCK = ENT_CONTEST_BLOCK };

/* The scenario at hand, made ready in an arena of its own. */
typedef struct stage {
    ent_work work;
    ent_haggle_table table;
    ent_contest *contest;
    size_t at;
} stage;

/*
 * A block as it travels: runs, then utility[parties], advantage[parties] and score[parties] of
 * each, then what the strategies did wrong.
 */
typedef struct block {
    const ent_fixture *fixture;
    uint64_t first; /* of the scenario's runs */
    uint32_t count, parties;
    ent_contest_run *runs;
    ent_contest_seats seats;
    ent_faults *faults; /* [strategies] */
    size_t length;
} block;

typedef struct playing {
    ent_tournament *t;
    stage stage;
    bool *has;    /* [blocks] */
    size_t *seat; /* [ranks] the fixture each process is at; count: none yet */
    ent_result_run *rows;
    ent_result_seat *seats;
} playing;

static void leave_stage(void *object)
{
    stage *s = object;
    ent_arena_destroy(s->work.arena);
    s->work.arena = NULL;
}

static block block_of(const ent_tournament *t, uint64_t piece, void *bytes)
{
    size_t low = 0, high = t->count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        *(t->fixtures[middle].block <= piece ? &low : &high) = middle;
    }
    const ent_fixture *f = &t->fixtures[low];
    uint64_t first = (piece - f->block) * BLOCK, left = f->lineup.tuples * t->repetitions - first;
    block b = {.fixture = f, .first = first, .count = left < BLOCK ? (uint32_t)left : BLOCK,
               .parties = f->scenario->party_count, .runs = bytes};
    size_t seats = (size_t)b.count * b.parties;
    b.length = b.count * sizeof *b.runs + 3 * seats * sizeof(double) +
               t->strategies * sizeof *b.faults;
    if (bytes != NULL) {
        b.seats.utility = (double *)(void *)(b.runs + b.count);
        b.seats.advantage = b.seats.utility + seats;
        b.seats.score = b.seats.advantage + seats;
        b.faults = (ent_faults *)(void *)(b.seats.score + seats);
    }
    return b;
}

static ent_status set_stage(void *argument)
{
    playing *p = argument;
    stage *s = &p->stage;
    const ent_tournament *t = p->t;
    const ent_scenario *scenario = t->fixtures[s->at].scenario;
    ent_status status =
        ent_haggle_tabulate(&s->work, scenario, t->most_outcomes, t->rules.seed, &s->table);
    if (status == ENT_OK && t->rules.above) {
        ent_haggle_take_above(&s->table);
    }
    if (status == ENT_OK) {
        status = ent_contest_make(&s->work, scenario, &s->table, &t->rules, t->chosen,
                                  &t->fixtures[s->at].lineup, &s->contest);
    }
    return status;
}

static ent_status enter_stage(playing *p, size_t at)
{
    stage *s = &p->stage;
    if (s->work.arena != NULL && s->at == at) {
        return ENT_OK;
    }
    leave_stage(s);
    s->work = *p->t->work;
    s->at = at;
    s->work.arena = ent_arena_beside(p->t->work->arena);
    if (s->work.arena == NULL) {
        ent_out_of_memory(p->t->work->arena);
    }
    ent_status status = ent_protect(s->work.arena, set_stage, p);
    if (status != ENT_OK) {
        leave_stage(s);
    }
    return status;
}

static ent_status play_block(void *user, uint64_t piece, void *result, size_t *length)
{
    playing *p = user;
    const ent_tournament *t = p->t;
    block b = block_of(t, piece, result);
    if (ent_tick(t->work, "runs", t->done, t->runs)) {
        return ENT_CANCELLED;
    }
    ent_status status = enter_stage(p, (size_t)(b.fixture - t->fixtures));
    if (status == ENT_OK) {
        memset(result, 0, b.length);
        status = ent_contest_play(&p->stage.work, p->stage.contest, b.first,
                                  b.fixture->first + b.first, (uint32_t)t->repetitions, b.count,
                                  b.runs, &b.seats);
    }
    for (size_t k = 0; k < t->strategies && status == ENT_OK; k++) {
        b.faults[k] = ent_take_faults(t->chosen[k].strategy);
    }
    *length = b.length;
    return status;
}

static bool next_of(playing *p, ent_fixture *f, uint64_t *piece)
{
    while (f->next < f->blocks && p->has[f->block + f->next]) {
        f->next++;
    }
    *piece = f->block + f->next;
    return f->next < f->blocks && f->next++ < UINT64_MAX;
}

/* The fixture that the process goes to when it is through with its own. */
static size_t next_fixture(const ent_tournament *t)
{
    uint64_t most = 0;
    size_t best = t->count;
    for (size_t i = 0; i < t->count; i++) {
        const ent_fixture *f = &t->fixtures[i];
        if (f->next == 0) {
            return i;
        }
        if (f->blocks - f->next > most) {
            most = f->blocks - f->next;
            best = i;
        }
    }
    return best;
}

static bool next_block(void *user, int rank, uint64_t *piece)
{
    playing *p = user;
    size_t *at = &p->seat[rank];
    bool found = *at < p->t->count && next_of(p, &p->t->fixtures[*at], piece);
    while (!found && (*at = next_fixture(p->t)) < p->t->count) {
        found = next_of(p, &p->t->fixtures[*at], piece);
    }
    return found;
}

static void fill_row(playing *p, const block *b, uint32_t k)
{
    const ent_tournament *t = p->t;
    const ent_fixture *f = b->fixture;
    const ent_contest_run *r = &b->runs[k];
    uint64_t tuple = (b->first + k) / t->repetitions;
    ent_result_seat *seats = p->seats + (size_t)k * b->parties;
    for (uint32_t i = 0; i < b->parties; i++) {
        size_t at = (size_t)k * b->parties + i;
        seats[i] = (ent_result_seat){ent_lineup_strategy(&f->lineup, tuple, i),
                                     b->seats.utility[at], b->seats.advantage[at],
                                     b->seats.score[at]};
    }
    p->rows[k] = (ent_result_run){.job = f->first + b->first + k,
                                  .cell = f->first / t->repetitions + tuple,
                                  .scenario = (uint32_t)(f - t->fixtures),
                                  .parties = b->parties,
                                  .ending = ent_haggle_end_names[r->result.end],
                                  .round = r->result.round,
                                  .offers = r->result.offers,
                                  .outcome = r->outcome,
                                  .welfare = r->welfare,
                                  .pareto = r->pareto,
                                  .nash = r->nash,
                                  .kalai = r->kalai,
                                  .nash_negmas = r->nash_negmas,
                                  .kalai_negmas = r->kalai_negmas,
                                  .seat = seats};
}

/* Who took longer than the step limit; a mediator is nobody's strategy. */
static void add_slow(playing *p, const block *b, uint32_t k)
{
    const ent_haggle_result *r = &b->runs[k].result;
    if (r->end == ENT_HAGGLE_SLOW && r->party < b->parties) {
        p->t->slow[p->rows[k].seat[r->party].strategy]++;
    }
}

/* Some were found before, or come from a block that was not finished. */
static ent_status add_faults(ent_tournament *t, const ent_faults *found)
{
    ent_status status = ENT_OK;
    for (size_t s = 0; s < t->strategies; s++) {
        ent_faults own = found == NULL ? ent_take_faults(t->chosen[s].strategy) : found[s];
        for (int k = 0; k < ENT_FAULTS; k++) {
            t->faults[s].of[k] += own.of[k];
        }
        status = t->faults[s].of[ENT_FAULT_HANG] > ENT_MOST_HANGS ? ENT_LIMIT : status;
    }
    return status;
}

static ent_status take_block(void *user, uint64_t piece, const void *result, size_t length)
{
    playing *p = user;
    union {
        const void *from;
        void *to;
    } bytes = {result};
    block b = block_of(p->t, piece, bytes.to);
    if (length != b.length) {
        return ENT_INVALID;
    }
    for (uint32_t k = 0; k < b.count; k++) {
        fill_row(p, &b, k);
        add_slow(p, &b, k);
    }
    p->t->done += b.count;
    ent_status status = ent_results_add(p->t->results, p->rows, b.count);
    ent_status fine = add_faults(p->t, b.faults);
    return status == ENT_OK ? fine : status;
}

/* Number the blocks, and find those whose runs are there. */
static ent_status set_blocks(playing *p, size_t *room)
{
    ent_tournament *t = p->t;
    uint64_t blocks = 0;
    ent_status status = ENT_OK;
    for (size_t i = 0; i < t->count; i++) {
        ent_fixture *f = &t->fixtures[i];
        f->block = blocks;
        f->blocks = (f->lineup.tuples * t->repetitions + BLOCK - 1) / BLOCK;
        f->next = 0;
        blocks += f->blocks;
    }
    p->has = ent_alloc(t->work->arena, blocks + 1, bool);
    for (uint64_t k = 0; k < blocks && status == ENT_OK; k++) {
        block b = block_of(t, k, NULL);
        *room = b.length > *room ? b.length : *room;
        if (t->done > 0) {
            status = ent_results_has(t->results, b.fixture->first + b.first, b.count, &p->has[k]);
        }
    }
    return status;
}

static ent_status tell_faults(ent_tournament *t, ent_status status)
{
    (void)add_faults(t, NULL);
    for (size_t s = 0; s < t->strategies; s++) {
        ent_status told = ent_tell_faults(t->work, t->chosen[s].strategy, &t->faults[s]);
        status = status == ENT_OK ? told : status;
    }
    ent_tell_slow(t->work, t->chosen, t->strategies, t->slow);
    return status;
}

ent_status ent_play_tournament(ent_tournament *t)
{
    size_t ranks = (size_t)ent_crew_size(t->work), room = 0;
    ent_arena *arena = t->work->arena;
    playing *p = ent_alloc(arena, 1, playing);
    p->t = t;
    t->faults = ent_alloc(arena, t->strategies, ent_faults);
    t->slow = ent_alloc(arena, t->strategies, uint32_t);
    ent_defer(arena, leave_stage, &p->stage);
    ent_status status = set_blocks(p, &room);
    p->seat = ent_alloc(arena, ranks, size_t);
    for (size_t rank = 0; rank < ranks; rank++) {
        p->seat[rank] = t->count;
    }
    p->rows = ent_alloc(arena, BLOCK, ent_result_run);
    p->seats = ent_alloc(arena, (size_t)BLOCK * ENT_HAGGLE_PARTIES, ent_result_seat);
    ent_crew_job job = {.room = room, .next = next_block, .act = play_block,
                        .take = take_block, .user = p};
    if (status == ENT_OK) {
        status = ent_crew_run(t->work, &job);
    }
    leave_stage(&p->stage);
    return tell_faults(t, status);
}
