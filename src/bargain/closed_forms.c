#include "bargain/closed_forms.h"

#include <math.h>

ent_pie_split ent_rubinstein(double proposer, double responder)
{
    double both = proposer * responder;
    if (!(proposer >= 0 && proposer <= 1 && responder >= 0 && responder <= 1) || both == 1) {
        return (ent_pie_split){(double)NAN, (double)NAN};
    }
    double share = (1 - responder) / (1 - both);
    return (ent_pie_split){share, 1 - share};
}

ent_pie_split ent_alternating(double discount, uint32_t rounds)
{
    double share = 0;
    for (uint32_t k = 0; k < rounds; k++) {
        share = 1 - discount * share;
    }
    return (ent_pie_split){share, rounds == 0 ? 0 : 1 - share};
}

ent_pie_split ent_breakdown(double risk, double proposer, double responder)
{
    double gain = 1 - proposer - responder;
    if (!(risk >= 0 && risk <= 1) || gain < 0) {
        return (ent_pie_split){(double)NAN, (double)NAN};
    }
    double first = gain / (2 - risk);
    return (ent_pie_split){proposer + first, responder + gain - first};
}

double ent_break_even(double walk, double later, double deal, double cost)
{
    double lost = walk - later + cost;
    double won = deal - later;
    if (lost <= 0) {
        return 0;
    }
    return won > 0 ? lost / won : HUGE_VAL;
}
