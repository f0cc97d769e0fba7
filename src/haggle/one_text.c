/*
 * A mediated single text (R. Fisher's one-text procedure as told by H. Raiffa, "The Art and Science
 * of Negotiation", 1982, ch. 14; as an algorithm: M. Klein, P. Faratin, H. Sayama, Y. Bar-Yam,
 * "Negotiating complex contracts", Group Decision and Negotiation 12, 2003). A mediator who knows
 * nobody's values puts a draft on the table and changes one issue of it at random each round; a
 * change is kept when nobody is worse off by it, or while somebody can still not live with the
 * draft, when it makes nobody worse off who cannot live with the new one. The last draft is the
 * deal if all can live with it. The parties answer for themselves, so strategies play no part.
 * O(parties * issues) a round.
 */
#include "haggle/clock.h"

/* The entry that differs from this one in one issue, drawn at random; any other for samples. */
static uint32_t change(ent_negotiation *n, uint32_t entry)
{
    const ent_haggle_table *t = n->table;
    if (t->drawn != NULL || t->index != NULL || t->issues == 0) {
        return ent_draw_below(&n->chance, t->count);
    }
    ent_haggle_levels(t, entry, n->level);
    uint32_t i = ent_draw_below(&n->chance, t->issues);
    if (t->levels[i] > 1) {
        uint64_t other = ent_draw_below(&n->chance, (uint32_t)t->levels[i] - 1);
        n->level[i] = other < n->level[i] ? other : other + 1;
    }
    uint64_t index = 0;
    for (uint32_t k = 0; k < t->issues; k++) {
        index = index * t->levels[k] + n->level[k];
    }
    return (uint32_t)index;
}

static bool is_kept(const ent_negotiation *n, uint32_t draft, uint32_t entry)
{
    for (uint32_t p = 0; p < n->table->parties; p++) {
        const ent_haggle_side *side = &n->table->side[p];
        if (side->value[entry] < side->value[draft] && side->value[entry] < side->bar) {
            return false;
        }
    }
    bool all = true;
    bool worse = false;
    for (uint32_t p = 0; p < n->table->parties; p++) {
        const ent_haggle_side *side = &n->table->side[p];
        all = all && side->value[draft] >= side->bar;
        worse = worse || side->value[entry] < side->value[draft];
    }
    return !all || !worse;
}

static void run(ent_negotiation *n)
{
    if (n->last == 0 || !ent_clock_mediator(n, 0)) {
        return;
    }
    uint32_t last = n->last, draft = ent_draw_below(&n->chance, n->table->count);
    ent_haggle_table_offer(n, 0, ENT_HAGGLE_MEDIATOR, draft);
    for (uint32_t round = 1; round < n->last; round++) {
        if (!ent_clock_mediator(n, round)) {
            last = round; /* the draft of the deadline is the last */
            break;
        }
        uint32_t entry = change(n, draft);
        if (entry != draft && is_kept(n, draft, entry)) {
            draft = entry;
            ent_haggle_table_offer(n, round, ENT_HAGGLE_MEDIATOR, draft);
        }
    }
    for (uint32_t p = 0; p < n->table->parties; p++) {
        const ent_haggle_side *side = &n->table->side[p];
        if (side->value[draft] < side->bar || n->result.end == ENT_HAGGLE_SLOW) {
            return;
        }
    }
    n->result.end = ENT_HAGGLE_AGREED;
    n->result.entry = draft;
    n->result.round = last - 1;
    n->result.time = ent_relative_time(&n->rules, last - 1, n->result.seconds);
    n->result.party = ENT_HAGGLE_MEDIATOR;
}

static const ent_topic_parameter parameters[] = {
    ENT_HAGGLE_ROUNDS_ROW,
    ENT_HAGGLE_CLOCK_ROWS,
};

const ent_protocol ent_protocol_one_text = {
    .name = "one-text",
    .summary = "a mediator betters a single draft",
    .detail = "A mediator who knows nobody's values changes one issue of a draft at random each "
              "round. A change is kept when nobody is worse off by it. The last draft is the deal "
              "if all can live with it. The parties answer for themselves: strategies play no "
              "part.",
    .source = "Raiffa 1982; Klein, Faratin, Sayama, Bar-Yam 2003",
    .parameters = parameters,
    .parameter_count = sizeof parameters / sizeof *parameters,
    .run = run,
};
