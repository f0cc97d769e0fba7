#include "record/approval.h"

ent_consent ent_approval_of(const ent_approval *approval, const bool *accepts)
{
    uint32_t votes = 0;
    for (uint32_t m = 0; m < approval->member_count; m++) {
        bool yes = accepts[approval->members[m]];
        if (!yes && approval->veto[m]) {
            return ENT_CONSENT_NO;
        }
        votes += yes;
    }
    uint32_t unnamed = approval->of - approval->member_count;
    if (votes >= approval->votes) {
        return ENT_CONSENT_YES;
    }
    return votes + unnamed >= approval->votes ? ENT_CONSENT_OPEN : ENT_CONSENT_NO;
}

uint32_t ent_approval_needed(const ent_approval *approval, ent_unnamed unnamed)
{
    uint32_t brought = unnamed == ENT_UNNAMED_STATED ? approval->others
                       : unnamed == ENT_UNNAMED_FOR  ? approval->of - approval->member_count
                                                     : 0;
    return brought < approval->votes ? approval->votes - brought : 0;
}
