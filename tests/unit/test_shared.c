/*
 * Worlds and sweeps shared by processes: real ones, forked, that talk over sockets. Whether all
 * help, or one leaves in the middle, the leader has the bytes that it would have alone.
 */
#include "bodies.h"
#include "toy.h"

#include "answers/sweep_plan.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { RANKS = 3 };

/* One end of the wires: to each helper at the leader, to the leader at a helper. */
typedef struct wires {
    int fd[RANKS];    /* -1: none, or closed */
    int sends, most;  /* a helper leaves instead of sending more than so often; -1: never */
} wires;

static void put(int fd, const void *bytes, size_t length)
{
    for (const char *at = bytes; length > 0;) {
        ssize_t part = send(fd, at, length, MSG_NOSIGNAL);
        if (part <= 0) {
            return; /* who is not there any more hears nothing */
        }
        at += part;
        length -= (size_t)part;
    }
}

static bool get(int fd, void *bytes, size_t length)
{
    for (char *at = bytes; length > 0;) {
        ssize_t part = read(fd, at, length);
        if (part <= 0) {
            return false;
        }
        at += part;
        length -= (size_t)part;
    }
    return true;
}

static void post(void *user, int to, const void *bytes, size_t length)
{
    wires *w = user;
    if (w->sends++ == w->most) {
        _exit(1);
    }
    put(w->fd[to], &length, sizeof length);
    put(w->fd[to], bytes, length);
}

static bool fetch(void *user, bool wait, int *from, void *bytes, size_t room, size_t *length)
{
    wires *w = user;
    struct pollfd at[RANKS];
    bool any = false;
    for (int k = 0; k < RANKS; k++) {
        at[k] = (struct pollfd){.fd = w->fd[k], .events = POLLIN};
        any = any || w->fd[k] >= 0;
    }
    if (!any || poll(at, RANKS, wait ? 60000 : 0) <= 0) {
        return false;
    }
    for (*from = 0; at[*from].fd < 0 || at[*from].revents == 0; ++*from) {
    }
    *length = 0; /* has left */
    if (!get(w->fd[*from], length, sizeof *length)) {
        close(w->fd[*from]);
        w->fd[*from] = -1;
        return true;
    }
    assert_true(*length <= room);
    return get(w->fd[*from], bytes, *length);
}

typedef ent_status task(ent_work *work, void *user);

/* In a helper: the same task, whose answer nobody wants. */
static void help(ent_work *work, int rank, int fd, int most, task *do_it, void *user)
{
    wires w = {{fd, -1, -1}, 0, most};
    ent_crew crew = {.rank = rank, .ranks = RANKS, .send = post, .receive = fetch, .user = &w};
    bool left[RANKS] = {false};
    work->crew = &crew;
    work->crew_left = left;
    (void)do_it(work, user);
    _exit(0);
}

/* The task by three processes, of which the second leaves after `most` messages (-1: does not). */
static ent_status together(ent_work *work, int most, task *do_it, void *user)
{
    wires w = {{-1, -1, -1}, 0, -1};
    ent_crew crew = {.rank = 0, .ranks = RANKS, .send = post, .receive = fetch, .user = &w};
    bool left[RANKS] = {false};
    pid_t child[RANKS];
    for (int rank = 1; rank < RANKS; rank++) {
        int pair[2];
        assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
        fflush(stdout);
        child[rank] = fork();
        if (child[rank] == 0) {
            for (int k = 1; k < rank; k++) {
                close(w.fd[k]); /* else the leader would not see that the other is gone */
            }
            close(pair[0]);
            help(work, rank, pair[1], rank == 1 ? most : -1, do_it, user);
        }
        close(pair[1]);
        w.fd[rank] = pair[0];
    }
    work->crew = &crew;
    work->crew_left = left;
    ent_status status = do_it(work, user);
    work->crew = NULL;
    work->crew_left = NULL;
    for (int rank = 1; rank < RANKS; rank++) {
        if (w.fd[rank] >= 0) {
            close(w.fd[rank]);
        }
        waitpid(child[rank], NULL, 0);
    }
    assert_false(left[1] && most < 0);
    assert_true(left[1] || most != 0);
    return status;
}

/* ---- Worlds -------------------------------------------------------------------------------- */

/* z_1 >= ... >= z_n, and with `slabs` forms that are held within a hair's breadth of each other. */
static body *narrow_body(ent_work *work, uint32_t n, bool slabs)
{
    uint32_t sizes[MOST];
    for (uint32_t g = 0; g < n; g++) {
        sizes[g] = 1;
    }
    body *b = make_body(work, n, sizes, 0, 0.1);
    for (uint32_t i = 0; i < n; i++) {
        b->inside[i] = 2.0 * (n - i) / (n * (n + 1.0));
    }
    b->inside[n] = 0.05;
    for (uint32_t i = 0; i + 1 < n; i++) {
        double *a = coefficients(add_row(work, b, 0, 0, false));
        a[i] = 1;
        a[i + 1] = -1;
    }
    for (uint32_t i = 0; slabs && i + 2 < n; i += 3) {
        for (int side = -1; side <= 1; side += 2) {
            ent_row *row = add_row(work, b, 0, 0, true);
            coefficients(row)[i] = side;
            coefficients(row)[i + 2] = -side;
            row->gamma = 1e-5 - side * (b->inside[i] - b->inside[i + 2]);
        }
    }
    return b;
}

typedef struct drawing {
    const body *b;
    ent_world_set set;
    uint32_t worlds;
} drawing;

static ent_status draw(ent_work *work, void *user)
{
    drawing *d = user;
    ent_sampling sampling = {.worlds = d->worlds, .seed = 7, .stream = 3,
                             .prior = ENT_PRIOR_IMPORTANCE, .start = d->b->inside};
    return ent_draw_worlds(work, &d->b->polytope, &sampling, &d->set);
}

static void check_same_worlds(const ent_world_set *a, const ent_world_set *b)
{
    assert_memory_equal(a->z, b->z, (size_t)a->k * a->stride * sizeof *a->z);
    assert_memory_equal(a->b, b->b, a->stride * sizeof *a->b);
    assert_true(a->effective == b->effective && a->rhat == b->rhat && a->steps == b->steps);
    assert_int_equal(a->poor, b->poor);
}

UNIT(worlds_are_the_same_whoever_draws_them)
{
    for (int slabs = 0; slabs < 2; slabs++) {
        /* So many unknowns that it pays to share their draws. */
        drawing alone = {.b = narrow_body(work, 30 + 6 * (uint32_t)slabs, slabs), .worlds = 9000};
        assert_int_equal(draw(work, &alone), ENT_OK);
        assert_string_equal(alone.set.method, "chains");
        for (int most = -1; most < 4; most++) {
            drawing shared = {.b = alone.b, .worlds = alone.worlds};
            assert_int_equal(together(work, most, draw, &shared), ENT_OK);
            check_same_worlds(&alone.set, &shared.set);
        }
    }
}

/* Too few worlds to share, and a helper that goes on all the same. */
UNIT(few_worlds_are_drawn_by_everyone)
{
    drawing alone = {.b = narrow_body(work, 6, true), .worlds = 500}, shared = alone;
    assert_int_equal(draw(work, &alone), ENT_OK);
    assert_int_equal(together(work, -1, draw, &shared), ENT_OK);
    check_same_worlds(&alone.set, &shared.set);
}

/* ---- Sweeps -------------------------------------------------------------------------------- */

typedef struct sweeping {
    ent_grid grid;
    ent_voter voter[3];
    ent_voters voters;
    uint8_t *available; /* NULL: all */
    ent_sweep sweep;
} sweeping;

static ent_status sweep(ent_work *work, void *user)
{
    sweeping *s = user;
    return ent_sweep_grid(work, &s->grid, &s->voters, s->available, &s->sweep);
}

static void make_sweeping(ent_work *work, sweeping *s, bool all)
{
    enum { ISSUES = 7 };
    ent_issue_kind kinds[ISSUES];
    uint64_t sizes[ISSUES];
    bool *asked = ent_alloc(work->arena, ISSUES, bool);
    ent_stream draw_from = ent_stream_of(5, 1, 0);
    for (uint32_t i = 0; i < ISSUES; i++) {
        kinds[i] = i < 3 ? ENT_OPTIONS : ENT_RANGE;
        sizes[i] = 4;
        asked[i] = i % 2 == 0;
    }
    ent_space *space = toy_space(work->arena, kinds, sizes, ISSUES);
    assert_true(ent_grid_of(work->arena, space, NULL, &s->grid));
    for (uint32_t v = 0; v < 3; v++) {
        int8_t signs[ISSUES] = {1, -1, 1, -1, 1, -1, 1};
        signs[v] = 0;
        const ent_stakes *stakes = toy_stakes(work->arena, space, signs);
        s->voter[v] = (ent_voter){.stakes = stakes,
                                  .set = toy_worlds(work->arena, stakes, 700, 0.4, 3 + v),
                                  .asked = v == 2 ? asked : NULL};
        s->voter[v].lines = toy_lines(work->arena, &draw_from, space, v, v);
    }
    s->voters = (ent_voters){.at = s->voter, .count = 3};
    s->available = all ? NULL : ent_alloc(work->arena, s->grid.outcomes, uint8_t);
    for (uint64_t i = 0; i < s->grid.outcomes && !all; i++) {
        s->available[i] = ent_draw_below(&draw_from, 3) != 0;
    }
}

UNIT(a_sweep_counts_the_same_whoever_sweeps)
{
    for (int all = 0; all < 2; all++) {
        sweeping s = {.grid.outcomes = 0};
        ent_sweep alone;
        make_sweeping(work, &s, all);
        assert_int_equal(ent_sweep_here(work, &s.grid, &s.voters, s.available, &alone), ENT_OK);
        assert_true(alone.zone_count > 0 && alone.zone_count < alone.worlds);
        for (int most = -1; most < 2; most++) {
            assert_int_equal(together(work, most, sweep, &s), ENT_OK);
            assert_int_equal(s.sweep.zone_count, alone.zone_count);
            assert_memory_equal(s.sweep.zone, alone.zone, alone.worlds);
            for (size_t v = 0; v < s.voters.count; v++) {
                assert_memory_equal(s.sweep.counts[v], alone.counts[v],
                                    alone.outcomes * sizeof *alone.counts[v]);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worlds_are_the_same_whoever_draws_them),
        cmocka_unit_test(few_worlds_are_drawn_by_everyone),
        cmocka_unit_test(a_sweep_counts_the_same_whoever_sweeps),
    };
    return cmocka_run_group_tests_name("shared", tests, NULL, NULL);
}
