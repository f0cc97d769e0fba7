/*
 * Alternating offers with a risk of breakdown: each rejection ends the talks with a given chance,
 * which stands in for the parties' impatience (K. Binmore, A. Rubinstein, A. Wolinsky, "The Nash
 * bargaining solution in economic modelling", RAND Journal of Economics 17, 1986).
 */
#include "haggle/alternating.h"

static void run(ent_negotiation *n)
{
    ent_alternate(n, n->rules.breakdown);
}

static const ent_topic_parameter parameters[] = {
    ENT_HAGGLE_ROUNDS_ROW,
    ENT_HAGGLE_CLOCK_ROWS,
    {"--breakdown", ENT_HAGGLE_USUAL_BREAKDOWN, 0, 1, NULL,
     "chance that a rejection ends the talks"},
};

const ent_protocol ent_protocol_breakdown = {
    .name = "breakdown",
    .summary = "alternating offers; each rejection may end the talks",
    .detail = "As alternating, but that each rejection ends the talks with a given chance, which "
              "stands in for the parties' impatience.",
    .source = "Binmore, Rubinstein, Wolinsky 1986",
    .parameters = parameters,
    .parameter_count = sizeof parameters / sizeof *parameters,
    .run = run,
};
