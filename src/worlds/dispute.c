#include "worlds/beliefs.h"
#include "worlds/dispute.h"
ent_status ent_find_disputes(ent_work *work, const ent_case *c, const bool *on,
                             ent_dispute_limits limits, ent_disputes *disputes)
{
    const ent_dispute *one;
    bool consistent;
    (void)limits;
    ent_status status = ent_consistent(work, c, on, &consistent, &one);
    *disputes = (ent_disputes){.at = one, .count = consistent ? 0 : 1, .complete = consistent};
    return status;
}
