/* A job among helpers of all kinds: every piece is taken in once, whoever fails or leaves. */
#include "unit.h"

#include "base/crew.h"

enum { RANKS = 5, PIECES = 200, QUEUE = 1024 };
typedef enum temper { DILIGENT, FAILING, LEAVING, SLOW } temper;

typedef struct parcel {
    int from;
    size_t length;
    uint64_t word[3];
} parcel;

/* Helpers that answer as soon as they are sent something; SLOW ones when nothing else comes. */
typedef struct team {
    temper temper[RANKS];
    parcel queue[QUEUE], late[QUEUE];
    unsigned head, count, late_count, sent[RANKS], dismissed;
} team;

static void post(team *t, int from, size_t length, uint64_t piece, bool worked)
{
    parcel p = {from, length, {piece, worked, piece * piece}};
    if (t->temper[from] == SLOW && length > 0) {
        t->late[t->late_count++] = p;
    } else {
        t->queue[t->head + t->count++] = p;
    }
}

static void send(void *user, int to, const void *bytes, size_t length)
{
    team *t = user;
    uint64_t piece;
    assert_int_equal(length, sizeof piece);
    memcpy(&piece, bytes, sizeof piece);
    if (piece == UINT64_MAX) {
        t->dismissed++;
        return;
    }
    unsigned sent = t->sent[to]++;
    switch (t->temper[to]) {
    case DILIGENT:
    case SLOW:
        post(t, to, 24, piece, true);
        break;
    case FAILING:
        post(t, to, sent == 3 ? 16 : 24, piece, sent != 3);
        break;
    case LEAVING:
        if (sent < 4) {
            post(t, to, 24, piece, true);
        } else if (sent == 5) {
            post(t, to, 0, 0, false);
        }
        break;
    }
}

static bool receive(void *user, bool wait, int *from, void *bytes, size_t room, size_t *length)
{
    team *t = user;
    if (t->count == 0 && wait && t->late_count > 0) {
        t->queue[t->head + t->count++] = t->late[--t->late_count];
    }
    if (t->count == 0) {
        return false;
    }
    parcel p = t->queue[t->head++];
    t->count--;
    assert_true(p.length <= room);
    *from = p.from;
    *length = p.length;
    memcpy(bytes, p.word, p.length);
    return true;
}

typedef struct sum {
    uint64_t next, taken[PIECES];
    unsigned own;
    uint64_t fails; /* the piece that the leader itself fails at */
} sum;

static bool next(void *user, int rank, uint64_t *piece)
{
    sum *s = user;
    (void)rank;
    *piece = s->next;
    return s->next < PIECES && s->next++ < PIECES;
}

static ent_status act(void *user, uint64_t piece, void *result, size_t *length)
{
    sum *s = user;
    uint64_t square = piece * piece;
    s->own++;
    memcpy(result, &square, sizeof square);
    *length = sizeof square;
    return piece == s->fails ? ENT_LIMIT : ENT_OK;
}

static ent_status take(void *user, uint64_t piece, const void *result, size_t length)
{
    sum *s = user;
    uint64_t square;
    assert_int_equal(length, sizeof square);
    memcpy(&square, result, sizeof square);
    assert_int_equal(square, piece * piece);
    s->taken[piece]++;
    return ENT_OK;
}

static ent_crew_job job_of(sum *s)
{
    return (ent_crew_job){.room = 8, .next = next, .act = act, .take = take, .user = s};
}

static void check_all(const sum *s)
{
    for (unsigned k = 0; k < PIECES; k++) {
        assert_int_equal(s->taken[k], 1);
    }
}

UNIT(alone_every_piece_is_done)
{
    sum s = {.fails = PIECES};
    ent_crew_job job = job_of(&s);
    assert_int_equal(ent_crew_run(work, &job), ENT_OK);
    assert_int_equal(s.own, PIECES);
    check_all(&s);
    assert_true(ent_crew_leads(work));
    assert_int_equal(ent_crew_size(work), 1);
}

UNIT(what_helpers_leave_undone_the_leader_does)
{
    for (unsigned mix = 0; mix < 256; mix++) {
        team *t = ent_alloc(work->arena, 1, team);
        sum s = {.fails = PIECES};
        ent_crew crew = {.rank = 0, .ranks = RANKS, .send = send, .receive = receive, .user = t};
        ent_crew_job job = job_of(&s);
        for (unsigned k = 1; k < RANKS; k++) {
            t->temper[k] = (temper)(mix >> 2 * (k - 1) & 3);
        }
        work->crew = &crew;
        assert_int_equal(ent_crew_run(work, &job), ENT_OK);
        check_all(&s);
        assert_true(s.own < PIECES);
        work->crew = NULL;
    }
}

/* Otherwise the leader would wait for ever for what it handed to somebody who is not there. */
UNIT(who_left_in_one_job_is_not_asked_in_the_next)
{
    team *t = ent_alloc(work->arena, 1, team);
    ent_crew crew = {.rank = 0, .ranks = RANKS, .send = send, .receive = receive, .user = t};
    for (unsigned k = 1; k < RANKS; k++) {
        t->temper[k] = k == 2 ? FAILING : k == 3 ? LEAVING : DILIGENT;
    }
    work->crew = &crew;
    work->crew_left = ent_alloc(work->arena, RANKS, bool);
    unsigned failed = 0, left = 0;
    for (int job = 0; job < 3; job++) {
        sum s = {.fails = PIECES};
        ent_crew_job jobs = job_of(&s);
        t->head = t->count = 0;
        assert_int_equal(ent_crew_run(work, &jobs), ENT_OK);
        check_all(&s);
        assert_true(job == 0 || (t->sent[2] == failed && t->sent[3] == left));
        failed = t->sent[2];
        left = t->sent[3];
    }
    assert_true(work->crew_left[2] && work->crew_left[3] && !work->crew_left[1]);
    work->crew = NULL;
    work->crew_left = NULL;
}

UNIT(a_piece_that_the_leader_fails_at_ends_the_job)
{
    team *t = ent_alloc(work->arena, 1, team);
    sum s = {.fails = 20};
    ent_crew crew = {.rank = 0, .ranks = 1, .send = send, .receive = receive, .user = t};
    ent_crew_job job = job_of(&s);
    work->crew = &crew;
    assert_int_equal(ent_crew_run(work, &job), ENT_LIMIT);
    assert_int_equal(s.taken[19], 1);
    assert_int_equal(s.taken[21], 0);
}

typedef struct orders {
    unsigned at, count;
    uint64_t piece[8];
    uint64_t answers;
} orders;

static bool receive_order(void *user, bool wait, int *from, void *bytes, size_t room,
                          size_t *length)
{
    orders *o = user;
    assert_true(wait && room == 8);
    *from = 0;
    *length = o->at < o->count ? 8 : 0;
    memcpy(bytes, &o->piece[o->at++], *length);
    return true;
}

static void send_answer(void *user, int to, const void *bytes, size_t length)
{
    orders *o = user;
    uint64_t word[3];
    assert_int_equal(to, 0);
    assert_int_equal(length, sizeof word);
    memcpy(word, bytes, sizeof word);
    assert_int_equal(word[2], word[0] * word[0]);
    o->answers++;
}

UNIT(a_helper_works_until_it_is_dismissed_or_left)
{
    orders o = {.count = 4, .piece = {3, 1, 4, UINT64_MAX}};
    sum s = {.fails = PIECES};
    ent_crew crew = {.rank = 1, .ranks = 2, .send = send_answer, .receive = receive_order,
                     .user = &o};
    ent_crew_job job = job_of(&s);
    work->crew = &crew;
    assert_false(ent_crew_leads(work));
    assert_int_equal(ent_crew_run(work, &job), ENT_OK);
    assert_int_equal(o.answers, 3);
    o = (orders){.count = 1, .piece = {5}};
    assert_int_equal(ent_crew_run(work, &job), ENT_CANCELLED);
    assert_int_equal(o.answers, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alone_every_piece_is_done),
        cmocka_unit_test(what_helpers_leave_undone_the_leader_does),
        cmocka_unit_test(who_left_in_one_job_is_not_asked_in_the_next),
        cmocka_unit_test(a_piece_that_the_leader_fails_at_ends_the_job),
        cmocka_unit_test(a_helper_works_until_it_is_dismissed_or_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
