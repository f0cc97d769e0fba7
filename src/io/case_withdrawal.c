/* Withdrawals: `supersedes` of statements. Linear in the names that stand there. */
#include "io/case_decode.h"

static bool same_speaker(const ent_decoder *d, const ent_statement *a, const ent_statement *b)
{
    return a->side < d->c->party_count ? a->side == b->side
                                       : a->side == b->side && a->person != ENT_NONE &&
                                             a->person == b->person;
}

static bool is_dated(const ent_statement *statement)
{
    return statement->said.last != INT64_MIN;
}

/* Why `later` cannot withdraw `earlier`, told at the node; true where it can. */
static bool may_withdraw(ent_decoder *d, const ent_node *node, const ent_statement *later,
                         const ent_statement *earlier)
{
    if (later == earlier) {
        ent_error(d, ENT_C139_WITHDRAWAL, node->pos, "name the statement that it replaces",
                  "`%.100s` cannot withdraw itself", later->id);
    } else if (earlier->assumption) {
        ent_error(d, ENT_C139_WITHDRAWAL, node->pos, "take it out of `assumptions`",
                  "`%.100s` is an assumption: nobody said it, so nobody withdraws it",
                  earlier->id);
    } else if (!same_speaker(d, later, earlier)) {
        ent_error(d, ENT_C139_WITHDRAWAL, node->pos,
                  "what another denies is a claim of this statement: leave `supersedes` out",
                  "`%.100s` is not of the side that said `%.100s`", later->id, earlier->id);
    } else if (!is_dated(later) || !is_dated(earlier)) {
        const ent_statement *undated = is_dated(later) ? earlier : later;
        ent_error(d, ENT_C139_WITHDRAWAL, node->pos, "give both a `date`",
                  "`%.100s` has no date, so it is not known which of them was said later",
                  undated->id);
    } else if (earlier->said.last > later->said.last) {
        ent_error(d, ENT_C139_WITHDRAWAL, node->pos, "the later one withdraws the earlier",
                  "`%.100s`, of %.40s, is later than `%.100s`, of %.40s", earlier->id,
                  earlier->date, later->id, later->date);
    } else {
        return true;
    }
    return false;
}

static void decode_supersedes(ent_decoder *d, const ent_node *list, ent_statement *statement)
{
    ent_ids statements = ent_ids_of_statements(d);
    uint32_t *named = ent_alloc(d->work->arena, ent_some_count(list) + 1, uint32_t);
    ent_names seen = {0};
    for (size_t i = 0; i < ent_some_count(list); i++) {
        const ent_node *node = ent_some_at(list, i);
        uint32_t found = ent_resolve(d, node, &statements);
        if (found == ENT_NONE) {
            continue;
        }
        if (ent_names_add(d->work->arena, &seen, node->text, found) != ENT_NONE) {
            ent_error(d, ENT_C110_NAME_TWICE, node->pos, "name it once",
                      "`%.100s` stands here already", node->text);
        } else if (may_withdraw(d, node, statement, &d->statements[found])) {
            named[statement->supersedes_count++] = found;
        }
    }
    statement->supersedes = named;
}

/*
 * A circle, possible among equal dates: walk each chain to its end and mark what leads to none.
 * state[]: 0 not seen, 1 on the way, 2 done. The stack holds statement and next name to follow.
 */
typedef struct walk {
    uint8_t *state;
    uint32_t *stack, *next;
    size_t depth;
} walk;

static void visit(walk *w, uint32_t statement)
{
    w->state[statement] = 1;
    w->next[statement] = 0;
    w->stack[w->depth++] = statement;
}

static void find_circles(ent_decoder *d, const ent_node *list, uint32_t first, uint32_t from,
                         walk *w)
{
    visit(w, from);
    while (w->depth > 0) {
        uint32_t at = w->stack[w->depth - 1];
        const ent_statement *s = &d->statements[at];
        if (w->next[at] == s->supersedes_count) {
            w->state[at] = 2;
            w->depth--;
            continue;
        }
        uint32_t named = s->supersedes[w->next[at]++];
        if (w->state[named] == 0) {
            visit(w, named);
        } else if (w->state[named] == 1) {
            const ent_node *node = ent_node_get(list->items[at - first], "supersedes");
            ent_error(d, ENT_C139_WITHDRAWAL, node->pos, "leave one of them out",
                      "`%.100s` withdraws `%.100s`, which withdraws it in turn", s->id,
                      d->statements[named].id);
        }
    }
}

void ent_decode_withdrawals(ent_decoder *d, const ent_node *list, uint32_t first)
{
    uint32_t count = d->c->statement_count;
    for (uint32_t i = first; i < count; i++) {
        const ent_node *names = ent_node_get(list->items[i - first], "supersedes");
        decode_supersedes(d, names, &d->statements[i]);
    }
    walk w = {.state = ent_alloc(d->work->arena, count + 1, uint8_t),
              .stack = ent_alloc(d->work->arena, count + 1, uint32_t),
              .next = ent_alloc(d->work->arena, count + 1, uint32_t)};
    for (uint32_t i = first; i < count; i++) {
        if (w.state[i] == 0 && d->statements[i].supersedes_count > 0) {
            find_circles(d, list, first, i, &w);
        }
    }
}
