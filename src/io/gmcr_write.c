#include "io/gmcr.h"

static void put_text(ent_buffer *out, const char *text)
{
    ent_put_char(out, '"');
    for (const unsigned char *at = (const unsigned char *)text; *at != 0; at++) {
        if (*at == '"' || *at == '\\') {
            ent_putf(out, "\\%c", *at);
        } else if (*at < 0x20) {
            ent_putf(out, "\\u%04x", *at);
        } else {
            ent_put_char(out, (char)*at);
        }
    }
    ent_put_char(out, '"');
}

static void put_pattern(ent_buffer *out, const ent_pattern *pattern)
{
    const char *comma = "";
    ent_put(out, "[");
    for (uint32_t k = 0; k < ENT_CONFLICT_OPTIONS; k++) {
        if ((pattern->mask >> k & 1) != 0) {
            ent_putf(out, "%s[%u, \"%c\"]", comma, k, (pattern->value >> k & 1) != 0 ? 'Y' : 'N');
            comma = ", ";
        }
    }
    ent_put(out, "]");
}

static void put_patterns(ent_buffer *out, const ent_pattern *patterns, size_t count)
{
    ent_put(out, "[");
    for (size_t i = 0; i < count; i++) {
        ent_put(out, i > 0 ? ", " : "");
        put_pattern(out, &patterns[i]);
    }
    ent_put(out, "]");
}

static void put_bits(ent_buffer *out, uint32_t mask)
{
    const char *comma = "";
    ent_put(out, "[");
    for (uint32_t k = 0; k < 32; k++) {
        if ((mask >> k & 1) != 0) {
            ent_putf(out, "%s%u", comma, k);
            comma = ", ";
        }
    }
    ent_put(out, "]");
}

static void put_wishes(ent_buffer *out, const ent_actor *actor)
{
    ent_put(out, "[");
    for (size_t w = 0; w < actor->wish_count; w++) {
        const ent_wish *wish = &actor->wishes[w];
        ent_put(out, w > 0 ? ",\n      " : "\n      ");
        if (wish->count == 1) {
            put_pattern(out, &wish->any[0]);
        } else {
            ent_put(out, "{\"compound\": true, \"members\": ");
            put_patterns(out, wish->any, wish->count);
            ent_put(out, "}");
        }
    }
    ent_put(out, "]");
}

/* The states of each tier, the best first; ties in a list. */
static void put_tiers(ent_buffer *out, const uint32_t *tiers, size_t states)
{
    size_t left = states;
    ent_put(out, "[");
    for (uint32_t tier = 0; left > 0; tier++) {
        const char *comma = left < states ? ", [" : "[";
        size_t before = left;
        for (size_t i = 0; i < states; i++) {
            if (tiers[i] == tier) {
                ent_putf(out, "%s%zu", comma, i + 1);
                comma = ", ";
                left--;
            }
        }
        ent_put(out, left < before ? "]" : "");
    }
    ent_put(out, "]");
}

static void put_actor(ent_buffer *out, const ent_actor *actor, size_t states)
{
    ent_put(out, "    {\"name\": ");
    put_text(out, actor->name);
    ent_put(out, ", \"options\": ");
    put_bits(out, actor->options);
    ent_put(out, ",\n     \"preferences\": ");
    put_wishes(out, actor);
    if (actor->tiers != NULL) {
        ent_put(out, ",\n     \"preferenceRanking\": ");
        put_tiers(out, actor->tiers, states);
    }
    if (actor->unseen_count > 0) {
        ent_put(out, ",\n     \"misperceptions\": ");
        put_patterns(out, actor->unseen, actor->unseen_count);
    }
    ent_put(out, "}");
}

static void put_options(ent_buffer *out, const ent_conflict *conflict)
{
    static const char *const ways[] = {"both", "fwd", "back"};
    for (uint32_t k = 0; k < conflict->option_count; k++) {
        ent_put(out, k > 0 ? ",\n    {\"name\": " : "\n    {\"name\": ");
        put_text(out, conflict->options[k].name);
        ent_putf(out, ", \"permittedDirection\": \"%s\"}", ways[conflict->options[k].direction]);
    }
}

void ent_write_gmcr(ent_arena *arena, ent_buffer *out, const ent_conflict *conflict)
{
    const uint32_t *states;
    size_t count;
    ent_conflict_states(arena, conflict, &states, &count);
    bool by_hand = false;
    ent_put(out, "{\"program\": \"entente\",\n");
    if (conflict->title != NULL) {
        ent_put(out, " \"title\": ");
        put_text(out, conflict->title);
        ent_put(out, ",\n");
    }
    ent_put(out, " \"options\": [");
    put_options(out, conflict);
    ent_put(out, "],\n \"decisionMakers\": [\n");
    for (uint32_t a = 0; a < conflict->actor_count; a++) {
        ent_put(out, a > 0 ? ",\n" : "");
        put_actor(out, &conflict->actors[a], count);
        by_hand = by_hand || conflict->actors[a].tiers != NULL;
    }
    ent_put(out, "],\n \"infeasibles\": ");
    put_patterns(out, conflict->infeasible, conflict->infeasible_count);
    ent_put(out, ",\n \"coalitions\": [");
    for (uint32_t a = 0; a < conflict->actor_count; a++) {
        ent_putf(out, "%s%u", a > 0 ? ", " : "", a);
    }
    for (size_t i = 0; i < conflict->coalition_count; i++) {
        ent_put(out, ", ");
        put_bits(out, conflict->coalitions[i]);
    }
    ent_putf(out, "],\n \"useManualPreferenceRanking\": %s}\n", by_hand ? "true" : "false");
}
