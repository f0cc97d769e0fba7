/* Bargaining games that have an answer on paper: reference points beside what is simulated. */
#ifndef ENT_BARGAIN_CLOSED_FORMS_H
#define ENT_BARGAIN_CLOSED_FORMS_H

#include <stdint.h>

/* How a pie of size 1 is shared: by who proposes first and who responds. */
typedef struct ent_pie_split {
    double proposer, responder;
} ent_pie_split;

/*
 * Alternating offers without end, discount factors of the first proposer and of the responder in
 * [0, 1), not both 1: the proposer gets (1 - d2)/(1 - d1 d2) (Rubinstein, "Perfect Equilibrium in
 * a Bargaining Model", Econometrica 50, 1982). NaN for other factors.
 */
ent_pie_split ent_rubinstein(double proposer, double responder);

/*
 * The same with a common discount factor and no agreement possible after `rounds` offers
 * (Stahl 1972): the last proposer takes all; before that each offers the other what waiting is
 * worth to it. The first proposer's share is the sum of (-d)^k for k < rounds.
 */
ent_pie_split ent_alternating(double discount, uint32_t rounds);

/*
 * Alternating offers in which the talks break down with the chance `risk` in (0, 1] after each
 * rejection, which leaves the two with what breakdown gives them (sum at most 1):
 * the proposer gets its breakdown value and 1/(2 - risk) of what there is to gain. As the risk
 * goes to 0 this is Nash's solution with breakdown as the threat (Binmore, Rubinstein, Wolinsky,
 * "The Nash Bargaining Solution in Economic Modelling", RAND Journal 17, 1986).
 */
ent_pie_split ent_breakdown(double risk, double proposer, double responder);

/*
 * The chance of a later deal above which staying beats walking out: (walk - later + cost) /
 * (deal - later), where walk is the value of leaving now, later that of a breakdown later, deal
 * that of the deal and cost that of another round. 0 where staying cannot lose, above 1 where no
 * chance is enough, +infinity where the deal is no better than the breakdown and leaving is better.
 */
double ent_break_even(double walk, double later, double deal, double cost);

#endif
