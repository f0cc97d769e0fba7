/*
 * Time-based concession with a tolerance, which the strategies boulware, linear, conceder,
 * aspiration and exponential share (P. Faratin, C. Sierra, N. R. Jennings, "Negotiation decision
 * functions for autonomous agents", Robotics and Autonomous Systems 24, 1998).
 */
#ifndef ENT_HAGGLE_TIME_BASED_H
#define ENT_HAGGLE_TIME_BASED_H

#include "haggle/strategy.h"

/* What a time-based strategy remembers of the round it is in: both questions ask for the same. */
typedef struct ent_time_based {
    uint32_t round_next; /* the round + 1 that `least` is for; 0: none */
    double least;        /* what it accepts at the least */
} ent_time_based;

size_t ent_time_based_room(const ent_haggle_table *table, uint32_t party, uint32_t rounds);
void ent_time_based_begin(ent_haggler *h);
/* Accept from `least`, propose the worst outcome from there; aspiration(h) is 1 at most. */
ent_answer ent_time_based_answer(ent_haggler *h, uint32_t entry,
                                 double (*aspiration)(ent_haggler *));
uint32_t ent_time_based_propose(ent_haggler *h, double (*aspiration)(ent_haggler *));

/* 1 - t^e with e the first parameter. */
double ent_polynomial_aspiration(ent_haggler *h);
ent_answer ent_polynomial_answer(ent_haggler *h, uint32_t entry);
uint32_t ent_polynomial_propose(ent_haggler *h);

/* The strategies of that aspiration differ in name, exponent and what is said of them. */
#define ENT_EXPONENT(value)                                                                        \
    {                                                                                              \
        "e", (value), 0.001, 1000, NULL, "exponent; above 1 concedes late, below 1 early"          \
    }
#define ENT_POLYNOMIAL_DETAIL                                                                      \
    "Aspires at time t, the share of the rounds that is gone, to 1 - t^e of what it can gain "     \
    "over its reservation value. Accepts what is worth that, and offers the worst outcome that is."
#define ENT_POLYNOMIAL_STRATEGY(called, exponent, said)                                            \
    {                                                                                              \
        .name = (called), .summary = (said), .detail = ENT_POLYNOMIAL_DETAIL,                      \
        .source = "Faratin, Sierra, Jennings 1998", .parameters = (exponent),                      \
        .parameter_count = 1, .room = ent_time_based_room, .begin = ent_time_based_begin,          \
        .answer = ent_polynomial_answer, .propose = ent_polynomial_propose,                        \
    }

#endif
