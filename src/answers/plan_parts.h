/* Shared by plan.c, plan_case.c and plan_change.c: the deal as an exchange of steps. */
#ifndef ENT_ANSWERS_PLAN_PARTS_H
#define ENT_ANSWERS_PLAN_PARTS_H

#include "answers/plan.h"

typedef struct ent_planning {
    ent_work *work;
    const ent_analysis *analysis;
    const ent_account_worlds *worlds;
    const ent_plan_request *request;
    ent_plan *plan;
    ent_exchange exchange;
    ent_phases *phases; /* NULL beyond ENT_PHASES_EXACT */
    double *on;         /* [steps] how far the deal switches each step on */
    uint32_t *unknown;  /* [parties of the plan][steps] index into the party's z, or ENT_NONE */
    double *gain, *kept; /* [parties][steps][lanes] for the solver */
    double *central;    /* [parties][steps] gain in the central world */
} ent_planning;

/* Steps, parties, who does what. */
ent_status ent_plan_read_deal(ent_planning *planning);
/* Fill lane values from gains [parties][steps] with some steps made to snap back. */
void ent_plan_set_lane(ent_planning *planning, uint32_t lane, const double *gain, uint64_t snap);
/* The gains of the central world. */
void ent_plan_central(ent_planning *planning);
/* gain[parties][steps] in a world. */
void ent_plan_world(const ent_planning *planning, uint32_t world, double *gain);
/* Blocks of lanes that can be solved in a second or so. */
uint32_t ent_plan_blocks(const ent_planning *planning);
/* What undo clauses would save, and the least set of them that makes the plan carry. */
void ent_plan_changes(ent_planning *planning);

#endif
